"""Markdown: the text is the file; laws on random files, hostile files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.errors import ReadError
from regesta.model import Document, Source
from regesta.reading.markdown import read, sniff

sys.path.insert(0, str(Path(__file__).parent / "blocks"))

from nesting import outside

LINES = st.lists(
    st.sampled_from([
        "# H", "## H2 #", "para", "  more", "- a", "  - b", "1. c", "   text", "> q", "> > r", "| a | b |", "|---|---|",
        "| 1 | `x|y` |", "```", "    code", "", "", "---", "===", "[^1]: note", "    goes on", "x[^1]", "<div>", "<table>", "<tr><td>a</td><td>b", "</table> c", "[l]: http://a",
        "\ttab", "* * *", "2) d", "é😀 **b**", "- | a | b |", "  |---|---|", "\ufeff", "&amp;",
    ]),
    max_size=20,
)  # fmt: skip


def page(words: str) -> Document:
    return read(words.encode(), Source(name="a.md"))


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
@settings(deadline=None, max_examples=300)
def test_the_text_is_the_file_and_every_word_is_in_a_block(lines: list[str], end: str) -> None:
    words = end.join(lines)
    document = page(words)
    assert document.text == words
    assert not outside(document).strip(" \t\r\n\ufeff")


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| a | b |", ["a", "b"]),
        ("a|b", ["a", "b"]),
        ("|a\\|b|c|", ["a\\|b", "c"]),
        ("|  | x |", ["", "x"]),
        ("| **b** | [l](u) |  ", ["**b**", "[l](u)"]),
    ],
)
def test_cells_stand_where_they_are_written(row: str, cells: list[str]) -> None:
    document = page(f"| h | i |\n|---|---|\n{row}\n")
    (table,) = document.tables
    assert [span.of(document.text) for span in table.cells[1]] == cells


def test_front_matter_speaks_for_the_source_unless_the_caller_does() -> None:
    words = b"---\ntitle: A\ndate: 2001-02-03\n---\n\n# B\n"
    assert read(words, Source(name="a.md")).title == "A"
    assert read(words, Source(name="a.md", title="C", date="1999")).source.date == "1999"
    assert page("---\n\nno front matter\n\n---\n").source.title is None


@pytest.mark.parametrize(
    "words",
    [
        b"> " * 5_000 + b"x", b"- " * 5_000 + b"x", b"abc def " * 600_000, b"|a" * 20_000 + b"\n" + b"|-" * 20_000,
        b"```\n" * 5_000, b"[^a]: x\n" * 5_000, b"[^a]" * 20_000, b"[" * 20_000, b"\xff\xfa# x", b"", b"a\rb\r\n\nc\x0bd\x85e",
        b"\0", b"".join(b" " * n + b"- x\n" for n in range(300)),
    ],
    ids=range(13),
)  # fmt: skip
def test_hostile_files_give_a_document_or_a_read_error(words: bytes) -> None:
    try:
        document = read(words, Source(name="a.md"))
    except ReadError:
        assert b"\0" in words
        return
    assert all(b.span.end <= len(document.text) for b in document.blocks)


def test_sniff() -> None:
    assert sniff(b"# Note\n\ntext\n\n## More\n")
    assert sniff(b"# A\n\n> quoted\n")
    assert not sniff(b"Kim fled.\n\n- or so\n")
    assert not sniff(b"#hash only\n")
