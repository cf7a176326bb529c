"""References as BibTeX and CSL JSON, read back by bibtexparser, pybtex, jsonschema and citeproc-py."""

from __future__ import annotations

import dataclasses
import json
import re
import warnings
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from bibtexparser.entrypoint import parse_string as parse_bibtex
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from regesta.chronicle import flatten, settle, write
from regesta.chronicle import open as open_chronicle
from regesta.chronicle.rows import CitationRow, Identifier
from regesta.export import export
from regesta.export.bibtex import entry, escaped
from regesta.export.csl import item
from regesta.export.works import Author, Work, works
from regesta.resolution import resolve

Make = Callable[..., Any]

REFERENCES: tuple[dict[str, Any], ...] = (
    {"title": "Über {Flucht} & 100% «Wege»", "authors": ("Okafor, Chidi", "Ursula von der Leyen"), "publisher": "Brill", "date": "1998~", "identifiers": (("isbn", "978-1-4028-9462-6"),)},
    {"title": "Boats on the Strait", "authors": ("Olga Petrenko",), "publisher": "Kyiv Post", "date": "2004-03-09", "retrieved": "2011-05", "url": "https://kp.example/a_b?x={1}&y=%20#z"},
    {"title": "Counting people", "authors": ("Ministry of Health and Welfare",), "publisher": "Demography", "date": "2001-21", "identifiers": (("doi", "10.1000/a_b(1)"), ("issn", "0070-3370"))},
    {"title": "Camps", "date": "198X", "url": "http://camps.example/"},
    {"title": None, "date": "2004/2006", "identifiers": (("oclc", "43427983"), ("pmid", "77"))},
    {"title": "Camps", "date": "[1667,1668]", "publisher": "The Herald", "authors": ("King, Jr., Martin Luther", "Li Wei and Sons Ltd")},
)  # fmt: skip
KINDS = ["book", "article-newspaper", "article-journal", "webpage", "article-journal", "document"]

NAME = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        key: {"type": "string", "minLength": 1}
        for key in ("family", "given", "suffix", "literal", "non-dropping-particle")
    },
}
DATE = {
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "properties": {
        "date-parts": {
            "type": "array", "minItems": 1, "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        },
        "season": {"enum": [1, 2, 3, 4]},
        "circa": {"type": "boolean"},
        "literal": {"type": "string"},
    },
}  # fmt: skip
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string"},
            "type": {"enum": ["book", "article-journal", "article-newspaper", "webpage", "document"]},
            "author": {"type": "array", "items": NAME},
            "issued": DATE,
            "accessed": DATE,
            "custom": {"type": "object"},
            **{
                key: {"type": "string"}
                for key in (
                    "title",
                    "container-title",
                    "publisher",
                    "URL",
                    "ISBN",
                    "ISSN",
                    "DOI",
                    "PMID",
                    "note",
                )
            },
        },
    },
}
"""What of the schema of CSL 1.0.2 the export makes use of."""


@pytest.fixture
def cited(tmp_path: Path, made: Make) -> Path:
    """A chronicle with references of every kind."""
    document, extraction = made()
    first = document.references[0]
    others = [
        dataclasses.replace(
            first, **{"id": f"r-{n:08x}00000000", "authors": (), "date": None, "identifiers": (), "title": None, **told}
        )
        for n, told in enumerate(REFERENCES, 1)
    ]  # fmt: skip
    document = dataclasses.replace(document, references=(first, *others))
    path = tmp_path / "cited.duckdb"
    made_of = [(document, [extraction])]
    write(path, chain(flatten(made_of), settle(resolve(made_of))), {})
    return path


@pytest.fixture
def bib(cited: Path, tmp_path: Path) -> str:
    with open_chronicle(cited) as chronicle:
        (path,) = export(chronicle, "bibtex", tmp_path)
    return path.read_text("utf-8")


def csl_of(path: Path, folder: Path) -> list[dict[str, Any]]:
    with open_chronicle(path) as chronicle:
        (file,) = export(chronicle, "csl-json", folder)
    found: list[dict[str, Any]] = json.loads(file.read_bytes())
    return found


def test_bibtexparser_reads_every_entry(bib: str, cited: Path) -> None:
    library = parse_bibtex(bib)
    assert not library.failed_blocks
    with open_chronicle(cited) as chronicle:
        rows = {row.id: row for row in chronicle.references()}
        assert len(library.entries) == len(rows) == 7
    for found in library.entries:
        fields = {field.key: field.value for field in found.fields}
        row = rows[fields["regesta-id"]]
        place = (fields["regesta-source"], int(fields["regesta-start"]), int(fields["regesta-end"]))
        assert place == (row.source, row.start_char, row.end_char)
    assert len({found.key for found in library.entries}) == 7


def test_pybtex_reads_every_entry(bib: str) -> None:
    found = {key.rpartition("-")[2]: entry for key, entry in parse_string(bib, "bibtex").entries.items()}
    assert len(found) == 7
    first = found["00000001"]
    assert first.type == "book"
    okafor, leyen = first.persons["author"]
    assert (okafor.last_names, okafor.first_names) == (["Okafor"], ["Chidi"])
    assert (leyen.prelast_names, leyen.last_names, leyen.first_names) == (
        ["von", "der"],
        ["Leyen"],
        ["Ursula"],
    )
    assert first.fields["title"] == r"{Über \textbraceleft{}Flucht\textbraceright{} \& 100\% «Wege»}"
    assert (first.fields["year"], first.fields["date"]) == ("1998", "1998~")
    news = found["00000002"]
    assert (news.type, news.fields["journal"], news.fields["urldate"]) == ("article", "Kyiv Post", "2011-05")
    assert news.fields["url"] == "https://kp.example/a_b?x=%7B1%7D&y=%20#z"
    assert (news.fields["year"], news.fields["month"], news.fields["date"]) == ("2004", "March", "2004-03-09")
    assert found["00000003"].fields["doi"] == "10.1000/a_b(1)"
    (ministry,) = found["00000003"].persons["author"]
    assert ministry.last_names == ["{Ministry of Health and Welfare}"]
    assert found["00000004"].fields["date"] == "198X"
    assert "year" not in found["00000004"].fields
    assert found["00000005"].fields["date"] == "2004/2006"
    king, firm = found["00000006"].persons["author"]
    assert (king.last_names, king.lineage_names, king.first_names) == (
        ["King"],
        ["Jr."],
        ["Martin"],
    )
    assert firm.last_names == ["{Li Wei and Sons Ltd}"]
    assert found["00000006"].fields["note"] == "date: [1667,1668]"


def test_csl_json_fits_the_schema(cited: Path, tmp_path: Path) -> None:
    items = csl_of(cited, tmp_path)
    jsonschema.validate(items, SCHEMA)
    by = {each["custom"]["regesta"]["id"]: each for each in items}
    told = [by[f"r-{n:08x}00000000"] for n in range(1, 7)]
    assert [each["type"] for each in told] == KINDS
    assert told[0]["author"][1] == {"family": "Leyen", "given": "Ursula", "non-dropping-particle": "von der"}
    assert told[0]["issued"] == {"date-parts": [[1998]], "circa": True}
    assert told[1]["accessed"] == {"date-parts": [[2011, 5]]}
    assert told[2]["issued"] == {"date-parts": [[2001]], "season": 1}
    assert told[4]["title"] == told[4]["custom"]["regesta"]["quote"]
    assert (told[4]["note"], told[4]["PMID"]) == ("OCLC: 43427983", "77")
    assert told[5]["issued"] == {"literal": "[1667,1668]"}


def test_both_call_a_work_by_the_same_key(bib: str, cited: Path, tmp_path: Path) -> None:
    items = csl_of(cited, tmp_path / "csl")
    assert [each["id"] for each in items] == re.findall(r"^@\w+\{([^,]+),$", bib, re.MULTILINE)


def test_citeproc_cites_every_item(cited: Path, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from citeproc import (
            Citation,
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.source.json import CiteProcJSON

        items = [{k: v for k, v in each.items() if k != "custom"} for each in csl_of(cited, tmp_path)]
        for each in items:
            if "literal" in each.get("issued", {}):
                del each["issued"]  # citeproc-py knows no literal dates
        source = CiteProcJSON(items)
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        book = CitationStylesBibliography(style, source, formatter.plain)
        for each in items:
            book.register(Citation([CitationItem(each["id"].lower())]))
        book.sort()
        told = [str(each) for each in book.bibliography()]
    assert len(told) == 7
    assert any("Okafor" in each and "1998" in each for each in told)


def row(**told: Any) -> CitationRow:
    usual: dict[str, Any] = {
        "id": "r-0123456789abcdef", "source": "a.txt", "kind": "footnote", "marker": "1", "title": None,
        "authors": (), "publisher": None, "date": None, "retrieved": None, "url": None, "identifiers": (),
        "start_char": 1, "end_char": 9, "quote": "A. B. C.",
    }  # fmt: skip
    return CitationRow(**{**usual, **told})


WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cn"]), min_size=1, max_size=30)


@settings(max_examples=60)
@given(title=WORDS, family=WORDS, given_=WORDS, url=WORDS, isbn=WORDS, quote=WORDS)
def test_no_words_break_an_entry(
    title: str, family: str, given_: str, url: str, isbn: str, quote: str
) -> None:
    told = row(title=title, url=url, identifiers=(Identifier("isbn", isbn),), quote=quote)
    author = Author(f"{given_} {family}", family, given_)
    work = Work("key-1", "book", title, (author,), None, family, told)
    text = entry(work)
    assert text.count("{") == text.count("}")
    library = parse_bibtex(text + entry(dataclasses.replace(work, key="key-2")))
    assert not library.failed_blocks
    assert [found.key for found in library.entries] == ["key-1", "key-2"]
    assert library.entries[0]["regesta-quote"] == escaped(quote)
    assert set(parse_string(text, "bibtex").entries) == {"key-1"}
    jsonschema.validate([item(work)], SCHEMA)


def test_keys_stay_when_others_are_added(cited: Path, chronicle_path: Path) -> None:
    with open_chronicle(cited) as many, open_chronicle(chronicle_path) as few:
        keys = {work.row.id: work.key for work in works(many)}
        for work in works(few):
            assert keys[work.row.id] == work.key
        assert all(re.fullmatch(r"[a-z0-9]+-[0-9a-f]{8}", key) for key in keys.values())
