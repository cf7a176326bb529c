"""JSON and JSON Lines: records as sections or tables, every word at its pointer, and hostile files."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from regesta.errors import ReadError
from regesta.model import Document, Place, Source
from regesta.reading import read_bytes
from regesta.reading.records.json_values import Flaw, Item, items, line_items, pointer

sys.path.insert(0, str(Path(__file__).parent / "blocks"))

from nesting import outside

RECORDS = [
    {
        "id": 1,
        "headline": "Landing at Sund",
        "url": "https://x.example/1",
        "publishedDate": "1997-05-03",
        "author": {"name": "Ada Brook", "home": "Sund"},
        "Body": "Amina Diallo (34), a nurse, came from Kayes to Lisbon.\n\nHer brother followed in June.",
    },
    {
        "id": 2,
        "headline": "두 번째",
        "html": "<p>Nuno <b>Lopes</b>, a teacher, was born in Porto in the year 1950, they say.</p><ul><li>He left.</li></ul>",
        "years": [{"year": 1997, "persons": 56}, {"year": 1998, "persons": 71}],
        "tags": ["boats", "lists"],
    },
]


def read(data: str | bytes, name: str = "a.json") -> Document:
    return read_bytes(data.encode() if isinstance(data, str) else data, Source(name=name))


def shown(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.content.of(document.text)) for block in document.blocks]


def value_at(whole: object, way: str) -> str:
    """Return the value at a JSON pointer as words, by RFC 6901 and nothing of ours."""
    here = whole
    for step in way.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        here = here[int(key)] if isinstance(here, list) else here[key]  # type: ignore[index]
    if isinstance(here, list):
        return "; ".join(str(x) for x in here)
    return str(here)


def leads_back(document: Document, whole: Callable[[Place], object]) -> int:
    """Check that the words of every block that holds words are the value that its pointer leads to."""
    n = 0
    for block in document.blocks:
        words = block.content.of(document.text)
        if (
            block.kind in ("paragraph", "definition", "list_item")
            or (block.kind == "cell" and not block.is_header)
            or (block.kind == "heading")
        ):
            assert block.place.pointer is not None
            stored = re.sub(r"<[^>]*>|\s", "", value_at(whole(block.place), block.place.pointer))
            assert re.sub(r"\s", "", words) in stored
            n += 1
    return n


def test_records_are_sections_and_lead_back() -> None:
    text = json.dumps(RECORDS, indent=1, ensure_ascii=False)
    document = read(text)
    blocks = shown(document)
    assert [words for kind, words in blocks if kind == "heading"] == ["Landing at Sund", "두 번째"]
    assert ("paragraph", "Her brother followed in June.") in blocks
    assert ("list_item", "He left.") in blocks
    assert ("furniture", "Url: https://x.example/1") in blocks
    assert ("paragraph", "1997-05-03") in blocks
    assert "Published date: 1997-05-03\n" in document.text
    assert blocks[blocks.index(("term", "Author name")) + 1] == ("definition", "Ada Brook")
    assert blocks[blocks.index(("term", "Tags")) + 1] == ("definition", "boats; lists")
    assert [table.rows for table in document.tables] == [
        (("year", "persons"), ("1997", "56"), ("1998", "71"))
    ]
    assert leads_back(document, lambda _: RECORDS) >= 14
    lines = text.split("\n")
    second = next(b for b in document.blocks if b.content.of(document.text) == "두 번째")
    assert second.place.line is not None
    assert lines[second.place.line - 1].strip() == "{"


def test_the_same_records_a_line_each() -> None:
    text = "\n".join(json.dumps(r) for r in RECORDS)
    document = read(text, "a.jsonl")
    assert leads_back(document, lambda place: json.loads(text.split("\n")[(place.line or 0) - 1])) >= 14
    assert {b.place.line for b in document.blocks} == {1, 2}


def test_an_object_around_records_says_what_the_file_is() -> None:
    whole = {
        "title": "Arrivals",
        "license": "CC0",
        "published": "2019-03-02T10:00",
        "lang": "en",
        "items": RECORDS,
        "rights": "x",
    }
    document = read(json.dumps(whole))
    assert shown(document)[0] == ("heading", "Arrivals")
    source = document.source
    assert (document.title, source.licence, source.date, source.language) == (
        "Arrivals",
        "CC0",
        "2019-03-02",
        "en",
    )
    assert leads_back(document, lambda _: whole) >= 14


def test_one_record_is_one_document() -> None:
    whole = {
        "name": "Kim",
        "date": "1999",
        "url": "https://x.example/k",
        "aliases": ["A", "B"],
        "bio": "Kim fled in 1953.",
    }
    document = read(json.dumps(whole))
    assert (document.title, document.source.url, document.source.date) == (
        "Kim",
        "https://x.example/k",
        "1999",
    )
    assert ("definition", "A; B") in shown(document)
    assert leads_back(document, lambda _: whole) == 4


ROWS = [
    {"name": "Amina Diallo", "born": 1963, "share": 0.10},
    {"name": "Nuno Lopes", "born": None, "share": 1e400, "note": "x"},
]


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"title": "T", "rows": rows}])
def test_flat_records_are_a_table(wrap: Callable[[object], object]) -> None:
    text = json.dumps(wrap(ROWS)).replace("0.1", "0.10").replace("Infinity", "1e400")
    document = read(text)
    (table,) = document.tables
    assert table.n_header_rows == 1
    assert table.rows == (
        ("name", "born", "share", "note"),
        ("Amina Diallo", "1963", "0.10", ""),
        ("Nuno Lopes", "", "1e400", "x"),
    )
    for row, cells in zip(table.rows, table.cells, strict=True):
        assert tuple(cell.of(document.text) for cell in cells) == row
    way = next(b.place.pointer for b in document.blocks if b.content.of(document.text) == "Nuno Lopes")
    assert value_at(json.loads(text), way or "") == "Nuno Lopes"


def test_arrays_of_arrays_are_a_table() -> None:
    document = read('[["Year","Arrivals"],[1997,56],[1998,71]]')
    assert document.tables[0].rows[1] == ("1997", "56")
    assert document.tables[0].n_header_rows == 1


def test_numbers_stay_as_they_are_written() -> None:
    digits = "9" * 6000
    document = read(f'{{"a": {digits}, "b": 1.50, "c": -0, "d": NaN, "e": true}}')
    assert [w for k, w in shown(document) if k == "definition"] == [digits, "1.50", "-0", "NaN", "true"]


def test_what_is_whole_of_a_broken_file_is_read_and_the_rest_is_said() -> None:
    document = read(
        '[{"title": "A", "body": "Kim fled."},\n{"title": "B", "body": "Lee stayed."},\n{"title": "C", "bo'
    )
    assert [w for k, w in shown(document) if k == "heading"] == ["A", "B"]
    ((_, code, reason),) = document.problems
    assert code == "R041"
    assert "line 3" in reason
    document = read('{"items": [{"title": "A", "body": "Kim fled."},\n oops]}')
    assert [w for k, w in shown(document) if k == "heading"] == ["A"]
    assert "line 2" in document.problems[0][2]


def test_a_broken_line_does_not_stop_the_next() -> None:
    document = read(
        '{"title": "A", "body": "x y"}\n{"title": \n"loose words of a line"\n{"title": "B", "body": "z"} x\n',
        "a.ndjson",
    )
    assert [w for k, w in shown(document) if k in ("heading", "paragraph")][0::2][0] == "A"
    assert [reason.split("line ")[1][0] for _, code, reason in document.problems if code == "R041"] == [
        "2",
        "4",
    ]
    assert "B" in document.text


def test_deep_nesting_is_passed_over_and_said() -> None:
    deep = "[" * 100_000 + "]" * 100_000
    document = read('[{"title": "A", "x": ' + deep + '}, {"title": "B", "body": "Kim fled."}]')
    assert ("heading", "B") in shown(document)
    assert [code for _, code, _ in document.problems] == ["R042"]
    document = read('{"x": ' + deep + '}\n{"title": "B", "body": "Kim fled."}', "a.jsonl")
    assert [code for _, code, _ in document.problems] == ["R042"]
    nested = '{"a":' * 50 + '"x"' + "}" * 50
    assert [code for _, code, _ in read(nested).problems] == ["R042", "R002"]


@pytest.mark.parametrize(
    "data",
    [
        "", " ", "[", "{", '"', "[" * 100_000, '{"a":' * 100_000, '[{"a": "' + '\\"' * 200_000, "[" + "{}," * 100_000, '{"":""}', "[[],[]]", "null", "12",
        '["\\ud800", "a\\u0000b"]', '{"a": "\\ud83d"}', '{"a": 1, "a": 2}', "[1,2,,3]", "{'a': 1}", '[{"a":1}] trailing', "\ufeff[]", "[NaN]", '{"a" 1}',
        '[{"' + "k" * 100_000 + '": 1}, {"' + "j" * 100_000 + '": 2}]', "[" + ",".join(f'{{"k{n}": 1}}' for n in range(3000)) + "]", "[" + "[1,2]," * 3 + '{"a": 3}]',
        '{"a": {"a": [[{"a": [{"a": "b"}, {"a": "c"}]}]]}}', "\\" * 100_000, '[{"a": "' + "<p>" * 50_000 + '"}]', '["' + "x\\n" * 50_000 + '"]',
    ],
    ids=range(29),
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_hostile_files_give_a_document(data: str, name: str) -> None:
    document = read(data, name)
    document.text.encode()
    assert all(b.span.end <= len(document.text) for b in document.blocks)
    for table in document.tables:
        for row, cells in zip(table.rows, table.cells, strict=True):
            assert tuple(cell.of(document.text) for cell in cells) == row


def test_bytes_that_are_no_text_are_said() -> None:
    with pytest.raises(ReadError, match=r"^a\.json"):
        read(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    document = read('{"a": "été"}'.encode("cp1252"))
    assert "été" in document.text
    assert document.problems[0][1] == "R001"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


def _words(value: object) -> list[str]:
    if isinstance(value, dict):
        return [w for inner in value.values() for w in _words(inner)]
    if isinstance(value, list):
        return [w for inner in value for w in _words(inner)]
    return [value] if isinstance(value, str) else []


@given(VALUES, st.sampled_from([None, 1]))
@example([[[{"": "\uaaf7"}]]], None)
@settings(deadline=None, max_examples=300)
def test_no_word_of_any_value_is_lost(value: object, indent: int | None) -> None:
    document = read(json.dumps(value, indent=indent))
    problems = {code for _, code, _ in document.problems}
    assert problems <= {"R002", "R042"}
    if "R042" not in problems:
        laid = re.sub(r"[\s\ufffd]", "", document.text)
        for words in _words(value):
            if "<" not in words and "&" not in words:
                assert re.sub(r"[\s\ufffd\0\ufeff]", "", words) in laid.replace("\ufeff", "")
    assert not re.sub(r"[:\s]", "", outside(document))


@given(st.lists(VALUES, max_size=5))
@settings(deadline=None, max_examples=100)
def test_values_are_those_of_the_standard_library(values: list[object]) -> None:
    def plain(value: object) -> object:
        return json.loads(json.dumps(value), parse_int=str, parse_float=str, parse_constant=str)

    found = [x for x in items(json.dumps(values, indent=2)) if not isinstance(x, Flaw)]
    assert [(item.way, item.value) for item in found] == [((n,), plain(v)) for n, v in enumerate(values)]
    lined = list(line_items("\n".join(map(json.dumps, values))))
    assert [item.value for item in lined if isinstance(item, Item)] == [plain(v) for v in values]


def test_pointers() -> None:
    assert pointer(("a/b", "c~d", 0, "")) == "/a~1b/c~0d/0/"


@pytest.mark.parametrize(
    ("data", "form"),
    [(b'[{"a": 1}]', "json"), (b'{"a": 1}\n{"a": 2}\n', "jsonl"), (b"{{Infobox}} [[a]] [[b]]", "wikitext"), (b"[[Kim]] '''fled'''", "wikitext"), (b'{"a": 1}', "json")],
)  # fmt: skip
def test_files_without_a_suffix_are_known_by_their_look(data: bytes, form: str) -> None:
    assert read(data, "noname").source.format == form
