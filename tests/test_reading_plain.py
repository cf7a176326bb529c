"""Plain text: layouts of many kinds, and the laws of blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.errors import ReadError
from regesta.model import Block, Document, Source
from regesta.reading import read, read_bytes
from regesta.reading.plain.lines import INVISIBLE, Stretch, scan
from regesta.reading.tree import outline, to_json

GOLDEN = Path(__file__).parent / "golden" / "plain.md"
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
SHORT = {"list_item": "item", "footnote": "note", "bibliography": "bib", "heading": "h"}


def document_of(text: str | bytes, name: str = "a.txt") -> Document:
    return read_bytes(text.encode() if isinstance(text, str) else text, Source(name=name))


def cases() -> Iterator[Any]:
    for case in GOLDEN.read_text("utf-8").split("\n## ")[1:]:
        title, _, rest = case.partition("\n~~~text\n")
        text, _, tree = rest.partition("\n~~~\n")
        number = GOLDEN.read_text("utf-8").split(case, maxsplit=1)[0].count("\n") + 1
        yield pytest.param(text.replace("→", "\t") + "\n", tree.strip(), id=f"{number}: {title}")


def line_of(document: Document, index: int) -> str:
    block: Block = document.blocks[index]
    depth = sum(1 for _ in document.ancestors(index))
    level = str(block.level) if block.level else ""
    if block.kind == "row":
        words = " | ".join(document.blocks[c].content.of(document.text) for c in document.children[index])
    else:
        words = "" if block.kind == "table" else block.content.of(document.text)
    words = re.sub(r"\s*\n\s*", " / ", words)
    marker = f"<{block.marker}>" if block.marker and block.kind != "heading" else ""
    parts = [SHORT.get(block.kind, block.kind) + level, marker, words]
    return "  " * depth + " ".join(part for part in parts if part).rstrip()


def tree_of(document: Document) -> str:
    return "\n".join(line_of(document, i) for i, b in enumerate(document.blocks) if b.kind != "cell")


@pytest.mark.parametrize(("text", "tree"), list(cases()))
def test_golden(text: str, tree: str) -> None:
    document = document_of(text)
    assert tree_of(document).splitlines() == [line.rstrip() for line in tree.splitlines()]
    check_laws(document)


def test_there_are_enough_cases() -> None:
    assert len(list(cases())) >= 15


def check_laws(document: Document) -> None:
    text, blocks = document.text, document.blocks
    for index, block in enumerate(blocks):
        assert 0 <= block.span.start <= block.span.end <= len(text)
        assert block.span.contains(block.content), block
        assert block.parent < index
        if block.parent >= 0:
            assert blocks[block.parent].span.contains(block.span), (blocks[block.parent], block)
        if block.kind != "cell" and block.content.start < block.content.end:
            assert not text[block.content.start].isspace()
            assert not text[block.content.end - 1].isspace()
    starts = [block.span.start for block in blocks]
    assert starts == sorted(starts)
    covered = [block.span for block in blocks if block.parent < 0]
    for one, other in pairwise(covered):
        assert one.end <= other.start
    position = 0
    for line in re.split(r"(\r\n|\n|\r)", text):
        seen = re.sub(rf"^[\s{INVISIBLE}]+|[\s{INVISIBLE}]+$", "", line)
        if seen and line not in ("\r\n", "\n", "\r"):
            start = position + line.index(seen)
            gaps = set(range(start, start + len(seen))) - {i for s in covered for i in range(*s)}
            assert not "".join(text[i] for i in gaps).strip(), seen
        position += len(line)
    for reference in document.references:
        assert reference.span.of(text).strip()
    for marker in document.markers:
        assert marker.span.of(text)
        assert marker.reference is None or marker.reference in {r.id for r in document.references}
    for table in document.tables:
        assert len({len(row) for row in table.rows}) == 1
        for row, cells in zip(table.rows, table.cells, strict=True):
            assert [cell.of(text) for cell in cells] == list(row)


PIECES = st.sampled_from(
    [
        "\n", "\n\n", "\r\n", "\r", "\t", "  ", "    ", " • ", "* ", "** ", "- ", "– ", "1. ", "2) ", "(a) ", "[1] ", "a. ", "^ ", "^ a b ",
        "# ", "== Notes ==", "====", "---", "> ", "| ", "|---|", "a | b | c", "x\ty\tz", "Name: value", "1953", "1980s", "References",
        "External links", "Contents", "Kim fled.", "He swam over the river in the cold of a January night and was", "and", "ISBN 0306406152",
        '"A title". The Herald. Retrieved 3 May 2010.', "Doe, J. (2004). Title. House.", "[edit]", "See alsoEdit", "Did you know?", "\ufeff", "\u200b",
        "word.12 ", "[2]", "³", "ALL CAPITALS", "\x0c", "\x85", "Hangul 탈북자", "A man standing at the gate of the camp", "12. Mai 1953", "·", "o  ",
    ]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map("".join))
@settings(max_examples=400, deadline=None)
def test_every_visible_line_lies_in_a_block_and_spans_are_exact(text: str) -> None:
    text = text.replace("\0", "")
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return
    document = document_of(data)
    assert document.text == text
    check_laws(document)
    to_json(document)
    outline(document)


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    text = "\ufeffTitle\r\n\r\n• One\r\n• Two\r\n"
    document = document_of(text)
    assert document.text == text
    assert [b.content.of(text) for b in document.blocks] == ["Title", "One", "Two"]
    assert [b.place.line for b in document.blocks] == [1, 3, 4]
    assert not document.problems


def test_other_encodings_are_read_and_told() -> None:
    for encoding, words in (
        ("cp1252", "Émigrés from Köln crossed the Süd – in the night"),
        ("utf-16", "Émigrés"),
        ("cp949", "통일부 탈북자 정착 지원 사무소 설립"),
        ("shift_jis", "船で漂着した四人のひとびと"),
    ):
        document = document_of(words.encode(encoding))
        assert document.text.lstrip("\ufeff") == words, encoding
        assert [code for _, code, _ in document.problems] == ["R001"]


def test_what_is_no_text_is_refused_with_what_to_do() -> None:
    with pytest.raises(ReadError, match=r"a\.txt: this is no text file.*save it as UTF-8"):
        document_of(b"\x7fELF\r\n\0\0\0")
    with pytest.raises(ReadError, match=r"a\.txt: this is a picture.*--ocr"):
        document_of(b"\x89PNG\r\n\0\0\0")


def test_an_empty_file_is_a_document_with_a_problem() -> None:
    document = document_of(b"\n \n")
    assert document.blocks == ()
    assert [code for _, code, _ in document.problems] == ["R002"]


def test_the_id_depends_on_the_text_and_not_on_the_name() -> None:
    assert document_of("Kim fled.").id == document_of("Kim fled.", "b.txt").id != document_of("Kim swam.").id


def test_marks_in_the_notes_do_not_count() -> None:
    document = document_of(
        "Camps\n\nThey fled.[1][7]\n\nNotes\n1. See [2].\n2. Doe, J. (2004). Title. House.\n"
    )
    assert [(m.label, m.reference is not None) for m in document.markers] == [("1", True), ("7", False)]
    assert [r.marker for r in document.references] == ["[1]", "[2]"]
    assert [len(r.cited_at) for r in document.references] == [1, 0]


def test_notes_that_lost_their_numbers_count_from_one() -> None:
    document = document_of(
        'Camps\n\nThey fled.[2]\n\nReferences\n^ "One". Herald. 2001.\n^ "Two". Herald. 2002.\n'
    )
    assert [(r.marker, r.title) for r in document.references] == [("[1]", "One"), ("[2]", "Two")]
    assert document.markers[0].reference == document.references[1].id


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1. ^ Doe, J. (2004). Title. House.", "Doe, J. (2004). Title. House."),
        ("1. ^ a b Doe, J. (2004). Title. House.", "Doe, J. (2004). Title. House."),
        ("1. ^ Jump up to: a b c Doe, J. (2004). Title. House.", "Doe, J. (2004). Title. House."),
        ("1. ↑ 1,0 1,1 Doe, J. (2004). Title. House.", "Doe, J. (2004). Title. House."),
        ("[1] de Gaulle, C. (1954). Title. House.", "de Gaulle, C. (1954). Title. House."),
        ("1. ^ de Gaulle, C. (1954). Title. House.", "de Gaulle, C. (1954). Title. House."),
        ("¹ Doe, J. (2004). Title. House.", "Doe, J. (2004). Title. House."),
        ("1 Doe, J. (2004). Title. House.", "Doe, J. (2004). Title. House."),
        ("Note 1: Doe, J. (2004). Title. House.", "Doe, J. (2004). Title. House."),
    ],
)
def test_a_note_is_its_words_without_number_and_back_links(written: str, words: str) -> None:
    document = document_of(f"Camps\n\nThey fled.\n\nNotes\n\n{written}\n")
    assert [r.span.of(document.text) for r in document.references] == [words]
    assert [r.kind for r in document.references] == ["footnote"]


def test_files_without_a_known_suffix_are_recognised_by_their_look() -> None:
    assert (
        document_of("<!DOCTYPE html><html><body><p>Kim fled.</p></body></html>", "page").source.format
        == "html"
    )
    assert document_of("Kim fled.\n\nPark stayed.\n", "LIST").source.format == "text"


def test_the_format_that_a_source_names_decides() -> None:
    document = read_bytes(b"# Kim", Source(name="a.html", format="text"))
    assert document.source.format == "text"
    assert document.text == "# Kim"


def test_unknown_formats_and_absent_files_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="unknown format: found 'pfd'; one of"):
        read_bytes(b"", Source(name="a", format="pfd"))
    with pytest.raises(ReadError, match="no such file"):
        read(tmp_path / "absent.txt")
    with pytest.raises(ReadError, match="this is a folder"):
        read(tmp_path)


def test_ordinary_lines_between_blank_ones_are_one_stretch_on_every_python() -> None:
    """Before 3.11.5 a possessive repeat of a group kept what its last, failed turn had read (gh-106052)."""
    found = scan("A title\n\nOne line of words\nand another.\n\nA third one.\n\n    Indented.\n")
    assert [(type(one) is Stretch, one.start, one.end) for one in found] == [
        (False, 0, 7),
        (True, 9, 39),
        (True, 41, 53),
        (False, 59, 68),
    ]


def test_a_long_line_takes_no_longer_than_its_length() -> None:
    for piece in ("a ", "[1]", "* ", "| ", "  x", "1. ", "=", "- - ", "A: ", "cookie "):
        document_of(piece * 30000)
        document_of((piece * 20 + "\n") * 1500)


def test_the_outline_shows_line_kind_and_words() -> None:
    lines = outline(document_of("Annals\n\n1953\n • Kim fled.\n")).splitlines()
    assert lines[1:4] == [
        "    1  heading 1  Annals",
        "    3    heading 2  1953",
        "    4      list_item  • Kim fled.",
    ]


def test_json_tells_each_block() -> None:
    told = to_json(document_of("Annals\n\n • Kim fled.[1]\n\nNotes\n1. Doe, J. (2004). Title. House.\n"))
    assert set(told) >= {"text", "blocks", "references", "tables"}
    assert told["blocks"][1] == {
        "kind": "list_item",
        "level": 1,
        "marker": "•",
        "start": 9,
        "end": 23,
        "content": [11, 23],
        "parent": -1,
        "place": {"line": 3},
    }
    assert told["references"][0]["identifiers"] == {}
    assert told["references"][0]["cited_at"] == [20]


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.exists(), reason="there is no ../shared")
@pytest.mark.parametrize(("name", "n_notes", "n_works", "n_marks"), [("nwe", 9, 9, 9), ("wp", 29, 0, 23)])
def test_real_pages(name: str, n_notes: int, n_works: int, n_marks: int) -> None:
    document = read(SEEDS / f"{name}.txt")
    check_laws(document)
    kinds = [reference.kind for reference in document.references]
    assert (kinds.count("footnote"), kinds.count("bibliography")) == (n_notes, n_works)
    assert len(document.markers) == n_marks
    assert all(marker.reference for marker in document.markers)
