"""Citations of many kinds, and the laws of their parsing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.model import Marker, Reference
from regesta.reading.citing import footnotes
from regesta.reading.citing.citation_dates import find_citation_dates
from regesta.reading.citing.identifiers import find_identifiers
from regesta.reading.citing.references import parse_reference
from regesta.text.span import Span

GOLDEN = Path(__file__).parent / "golden" / "references.md"
SCHEMES = ("isbn", "issn", "doi", "oclc", "asin", "pmid", "jstor")


def cases() -> Iterator[Any]:
    for number, line in enumerate(lines := GOLDEN.read_text("utf-8").splitlines(), 1):
        if not line.startswith("## "):
            continue
        fields: dict[str, str] = {}
        entry = ""
        for below in lines[number:]:
            if below.startswith("## "):
                break
            if below.startswith("> "):
                entry = below[2:]
            elif ": " in below:
                name, _, value = below.partition(": ")
                fields[name] = value
        yield pytest.param(entry, fields, id=f"{number}: {line[3:]}")


def parse(entry: str, kind: Any = "footnote") -> Reference:
    return parse_reference(entry, Span(0, len(entry)), kind=kind, marker="[1]", source_name="a.txt")


@pytest.mark.parametrize(("entry", "fields"), list(cases()))
def test_golden(entry: str, fields: dict[str, str]) -> None:
    reference = parse(entry, fields.pop("kind", "footnote"))
    said = {
        "title": reference.title,
        "authors": " | ".join(reference.authors),
        "publisher": reference.publisher,
        "date": reference.date,
        "retrieved": reference.retrieved,
        "url": reference.url,
        **dict(reference.identifiers),
    }
    assert {name: value for name, value in said.items() if value} == fields


def test_there_are_enough_cases() -> None:
    assert len(list(cases())) >= 30


def test_an_entry_over_several_lines_reads_like_one() -> None:
    entry = 'Doe, Jane (2004).\n    "The long\n    way home". The Herald.'
    assert parse(entry).title == "The long way home"
    assert parse(entry).publisher == "The Herald"


def test_the_entry_keeps_its_place_and_the_id_depends_on_it() -> None:
    text = "x " * 10 + '"A title". The Herald.'
    one = parse_reference(text, Span(20, len(text)), kind="bibliography", source_name="a.txt")
    other = parse_reference(text, Span(20, len(text)), kind="bibliography", source_name="b.txt")
    assert one.span.of(text).startswith('"A')
    assert one.id != other.id
    assert one.id == parse_reference(text, Span(20, len(text)), kind="bibliography", source_name="a.txt").id


def test_a_link_target_wins_over_an_address_in_the_words() -> None:
    entry = "Title. https://example.org/a"
    found = parse_reference(
        entry, Span(0, len(entry)), kind="link", source_name="a", url="https://example.org/b"
    )
    assert found.url == "https://example.org/b"


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("30/31 October 1956", "1956-10-30"),
        ("14 de abril de 1980", "1980-04-14"),
        ("12 mai 1988", "1988-05-12"),
        ("May 4-6, 1999", "1999-05-04"),
        ("July/August 2001", "2001-07/2001-08"),
        ("2004, May 3", "2004-05-03"),
        ("1st of June 1990", "1990-06-01"),
        ("1999a", "1999"),
        ("[1972]", "1972"),
        ("1972?", "1972?"),
        ("2007년 6월 3일", "2007-06-03"),
        ("4 Bogus 1990", "1990"),
    ],
)
def test_dates_of_citations(words: str, edtf: str) -> None:
    assert [date.edtf for date in find_citation_dates(words)] == [edtf]


@pytest.mark.parametrize(
    "words", ["12,1984 people", "no. 19845", "978-1-984", "file 3.1984", "3 May", "1999-13-45x"]
)
def test_no_dates(words: str) -> None:
    assert find_citation_dates(words) == []


def test_identifiers_keep_their_order_and_come_once() -> None:
    found = find_identifiers(
        "OCLC 12345. ISBN 0-306-40615-2 (OCLC 12345) doi:10.1000/xyz.12. https://doi.org/10.1000/xyz.12"
    )
    assert [(i.scheme, i.value) for i in found] == [
        ("oclc", "12345"),
        ("isbn", "0-306-40615-2"),
        ("doi", "10.1000/xyz.12"),
    ]


SNIPPETS = st.sampled_from(
    [
        "Doe, Jane", "(2004)", '"A title"', "The Herald", "Retrieved 3 May 2010", "ISBN 0-306-40615-2", ". ", ", ", " - ",
        "https://example.org/x", "“open", "v. ", "Ibid.", "\n", "  ", "王", "c. 1950", "In ", ": ", "(", ")", "[", "'", "J. R. ",
    ]
)  # fmt: skip


@given(st.lists(st.one_of(SNIPPETS, st.text(max_size=12)), max_size=14).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_words_are_parsed_into_words_of_theirs(entry: str) -> None:
    reference = parse(entry)
    flat = re.sub(r"\s+", " ", entry)
    for author in reference.authors:
        assert author.strip()
    for field in (reference.publisher, reference.url):
        assert field is None or field.strip()
    if reference.url:
        assert reference.url in flat
    if reference.title is not None:
        assert reference.title.strip()
    assert reference.span == Span(0, len(entry))
    assert reference.id.startswith("r-")


def test_a_long_entry_takes_no_longer_than_its_length() -> None:
    for piece in ('"', "A. ", "(", "and ", "Aa ", "1999 ", "https://", "ISBN 1", "v. A", ", Bb"):
        parse(piece * 2000)


def reference(label: str) -> Reference:
    return Reference(id=f"r-{label}", kind="footnote", marker=f"[{label}]", span=Span(0, 0))


def marks(text: str, *labels: str) -> list[str]:
    return [m.label for m in footnotes.find(text, [Span(0, len(text))], [reference(x) for x in labels])]


@pytest.mark.parametrize(
    ("text", "labels", "found"),
    [
        ("South Korea.[1] Then[4][5] he", "1 4 5", "1 4 5"),
        ("as told [1, 3] and [2–4].", "", "1 3 2 4"),
        ("He fled [sic] in 1953.[citation needed] So [...] it [edit] went.", "1", ""),
        ("[1997] was cold.", "1", ""),
        ("see [1997].", "1997", "1997"),
        ("told twice.[note 2][a]", "note 2|a", "note 2|a"),
        ("a refuge[e]s and [a] man", "1", ""),
        ("at sea.³ Later,¹² too", "", "3 12"),
        ("an area of 12 km² and 5 m³", "1 2 3", ""),
        ("at sea.1 The crew, he said,2 slept.", "1 2", "1 2"),
        ("at sea.1 The crew", "", ""),
        ("In 1953, 12 people. Then 3.5 km, MiG-15 and 2.", "1 2 3", ""),
        ("He wrote.[1] It was version.2 of it", "1 2", "1"),
    ],
)
def test_marks(text: str, labels: str, found: str) -> None:
    separator = "|" if "|" in labels + found else " "
    assert marks(text, *filter(None, labels.split(separator))) == [x for x in found.split(separator) if x]


def test_marks_have_their_brackets() -> None:
    text = "A.[1, 22] B.[3]"
    found = footnotes.find(text, [Span(0, len(text))], [])
    assert [m.span.of(text) for m in found] == ["[1", "22]", "[3]"]


def test_links_go_both_ways_and_dangling_marks_stay() -> None:
    text = "A.[1] B.[9] C.[1]"
    marks, references = footnotes.link(
        footnotes.find(text, [Span(0, len(text))], []), [reference("1"), reference("2")]
    )
    assert [m.reference for m in marks] == ["r-1", None, "r-1"]
    assert [r.cited_at for r in references] == [(2, 14), ()]


def test_a_mark_that_knows_its_reference_keeps_it() -> None:
    given_mark = Marker(span=Span(3, 6), label="7", reference="r-2")
    marks, references = footnotes.link([given_mark], [reference("1"), reference("2"), reference("7")])
    assert marks == (given_mark,)
    assert [r.cited_at for r in references] == [(), (3,), ()]
