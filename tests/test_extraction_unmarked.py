"""Marks of emphasis and addresses of links stand between no two words that belong together, and quotes still come from the file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from regesta.extraction import extract
from regesta.extraction.unmarked import unmarked
from regesta.model import Document, Source
from regesta.reading import read_bytes

PIECES = st.sampled_from(
    [
        "*",
        "**",
        "_",
        "__",
        "***",
        " ",
        "\n",
        "\n\n",
        "[",
        "](x.md)",
        "][a]",
        "\\*",
        "<b>",
        "</b>",
        "Kask",
        "5 May",
        "é",
        "|",
        "[^1]",
        "`",
        "# ",
    ]
)


def document(text: str, name: str = "a.md") -> Document:
    return read_bytes(text.encode(), Source(name=name))


@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_letter_told_stands_where_it_was_read(text: str) -> None:
    told = unmarked(document("# T\n\n" + text), 7)
    for at, letter in enumerate(told.document.text):
        here = told.within((at, at + 1))
        assert here.of(told.read.text) == letter
        assert told.back((at, at + 1)) == here.shift(7)
    whole = told.within((0, len(told.document.text)))
    assert whole.end - whole.start >= len(told.document.text)
    for block in told.document.blocks:
        assert 0 <= block.span.start <= block.content.start <= block.content.end <= block.span.end
        assert block.span.end <= len(told.document.text)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_word_is_lost(text: str) -> None:
    told = unmarked(document("# T\n\n" + text))
    for word in ("Kask", "5 May", "é", "[^1]"):
        assert told.document.text.count(word) == told.read.text.count(word)


def test_marks_go_and_words_stay() -> None:
    for marked, plain in (
        ("**Arnold** and *his* brother", "Arnold and his brother"),
        ("__Arnold__ and _his_ brother", "Arnold and his brother"),
        ("***Arnold*** and **his *own* brother**", "Arnold and his own brother"),
        ("the [a][Kask](x.md)", "the [a]Kask"),
        ("the [a][Kask][b]", "the [a]Kask"),
        ("on the [*Juhan*](ships/juhan_(1).md 'x')", "on the [Juhan](ships/juhan_(1).md 'x')"),
        ("on the [*Juhan*](ships/juhan_(1).md)", "on the Juhan"),
        ("see [the list][l1] and [^2]", "see the list and [^2]"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("* 5 May 1921, left * 6 May", "* 5 May 1921, left * 6 May"),
        ("1962\\. He left<sup>a</sup>", "1962. He lefta"),
        ("`a *b* c`", "`a b c`"),
    ):
        assert unmarked(document(f"# T\n\n{marked}\n")).document.text == f"# T\n\n{plain}\n", marked


def test_what_is_no_markdown_stays() -> None:
    text = "He *left* on the **Juhan**.\n"
    assert unmarked(document(text, "a.txt")).document.text == text


def test_a_table_keeps_its_cells() -> None:
    told = unmarked(document("| **Year** | *People* |\n| --- | --- |\n| **1944** | 12 |\n"))
    table = told.document.tables[0]
    assert table.rows == (("Year", "People"), ("1944", "12"))
    assert [[cell.of(told.document.text) for cell in row] for row in table.cells] == [
        list(r) for r in table.rows
    ]


def test_what_is_said_through_marks_is_quoted_with_them() -> None:
    text = (
        "# People\n\n* **Arnold Kask** and his brother **Evald** reached Stockholm on **4 October** 1944.\n"
        "* **Leida Saar** wrote *The Boats of Hiiumaa* in 1961.\n"
    )
    told = extract(document(text))
    labels = {r.key: r.label for r in told.referents}
    said = {
        (labels[c.subject], c.predicate, getattr(c.value, "edtf", None) or getattr(c.value, "text", ""))
        for c in told.claims
    }
    assert ("Arnold Kask", "arrival", "1944-10-04") in said
    assert ("Evald", "arrival", "1944-10-04") in said
    assert ("Leida Saar", "authored", "The Boats of Hiiumaa") in said
    for claim in told.claims:
        for one in claim.evidence:
            assert text[one.start : one.end] == one.quote
