"""Wikitext: laws on random pages, hostile pages, notes and their numbers."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.model import Document, Source
from regesta.reading.wikitext import read, sniff
from regesta.reading.wikitext.masking import mask

sys.path.insert(0, str(Path(__file__).parent / "blocks"))

from nesting import outside

PIECES = st.lists(
    st.sampled_from([
        "* a", "** b", "# c", "; t : d", ": e", "\n", "\n\n", "== H ==\n", "'''bold'''", "[[A|b]]", "[[A]]", "{{lang|fr|c}}",
        "<ref>n</ref>", '<ref name="x">m</ref>', '<ref name="x" />', "{|\n| a || b\n|-\n| c\n|}\n", "{|", "|}", "}}", "{{", "]]",
        "[[File:a.jpg|thumb|cap]]", "<!-- x -->", "&amp;", "<br>", "{{efn|f}}", "{{odd|1}}", "<div>", "</div>", "words ", "é😀",
        "[http://a.example t]", "<nowiki>*</nowiki>", "{{cite web|title=T|url=http://a.example}}", "{{reflist}}", "----",
    ]),
    max_size=25,
).map("".join)  # fmt: skip


def page(markup: str) -> Document:
    return read(markup.encode(), Source(name="a.wiki"))


@given(PIECES)
@settings(deadline=None, max_examples=200)
def test_spans_nest_and_nothing_stands_outside_a_block(markup: str) -> None:
    document = page(markup)
    assert not outside(document).strip()
    for marker in document.markers:
        assert marker.span.of(document.text) == f"[{marker.label}]"
    for table in document.tables:
        for words, spans in zip(table.rows, table.cells, strict=True):
            assert list(words) == [span.of(document.text) for span in spans]


@given(PIECES)
@settings(deadline=None, max_examples=100)
def test_masking_keeps_every_offset(markup: str) -> None:
    masked, _ = mask(markup)
    assert len(masked) == len(markup)
    assert all(a == b or "\ue000" <= b <= "\ue002" for a, b in zip(markup, masked, strict=True))


def test_place_is_where_the_block_begins_in_the_raw_file() -> None:
    markup = "Lead.\n\n== Two ==\n* item\n** nested\n{|\n! h\n|-\n| cell\n|}\n"
    for block in page(markup).blocks:
        assert block.place.offset is not None
        rest = markup[block.place.offset :].lstrip("*|! ")
        words = block.content.of(page(markup).text)
        assert rest.startswith((words, "==", "{|", "-"))
        assert block.place.line == markup.count("\n", 0, block.place.offset) + 1


def test_a_named_note_is_one_reference_cited_from_all_its_marks() -> None:
    document = page(
        'a<ref name=x />, b<ref>y</ref>, c<ref name="x">The *book*.</ref>, d<ref name=x/>, e<ref name=gone />'
    )
    assert [m.label for m in document.markers] == ["1", "2", "1", "1", "3"]
    first = document.references[0]
    assert first.span.of(document.text) == "The *book*."
    assert list(first.cited_at) == [m.span.start for m in document.markers if m.label == "1"]
    assert document.markers[-1].reference is None


def test_a_citation_template_fills_the_reference() -> None:
    (reference,) = page(
        "x<ref>{{Cite book |last1=Kim |first1=A. |author2=Lee B. |chapter=Two |title=[[Whole]] |publisher=P |year=1999 "
        "|isbn=0-19-852663-6 |oclc=12 |url=https://b.example |access-date=5 May 2010}}</ref>"
    ).references
    assert reference.authors == ("Kim, A.", "Lee B.")
    assert (reference.title, reference.publisher, reference.date) == ("Two", "P", "1999")
    assert (reference.retrieved, reference.url) == ("2010-05-05", "https://b.example")
    assert reference.identifiers == (("isbn", "0-19-852663-6"), ("oclc", "12"))


@pytest.mark.parametrize(
    "markup",
    [
        "{{a|" * 5_000,
        "[[a|" * 5_000,
        "[http://a " * 5_000,
        "{|\n|-\n| a\n" * 2_000,
        "<ref>x" * 2_000,
        "<div>x" * 10_000,
        "*" * 5_000 + " x",
        "'''a ''b" * 3_000,
        "abc def " * 600_000,
        "<!--" * 5_000,
        "&#xFFFFFFFF;&amp" * 2_000,
        "{{a|{{b|" * 1_000 + "}}}}" * 1_000,
        "",
        "\ufeff",
    ],
    ids=range(14),
)
def test_hostile_pages_give_a_document(markup: str) -> None:
    document = page(markup)
    assert all(b.span.end <= len(document.text) for b in document.blocks)


def test_sniff() -> None:
    assert sniff(b"{{x}}\n[[a]]")
    assert sniff(b"'''A''' is.<ref>b</ref>")
    assert not sniff(b"# a\n- [x](y)")
    assert not sniff(b"plain [[sic]] words")
