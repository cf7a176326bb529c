"""Dates in languages other than English: golden cases, and laws that hold in every script."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from languages import cases_of
from regesta.dates import DatePhrase, find_dates, parse

LETTERS = "년월일年月日元初末底0123456789 ~-./부터까지昭和平成農曆음력Februar Mai Ende février début de à von bis года в мая１２年\u0301\u200f́"


def _shown(phrase: DatePhrase, text: str) -> str:
    shown = f"{phrase.span.of(text)} | {phrase.edtf or phrase.partial or '-'}"
    if phrase.offset:
        shown += f" {phrase.offset[0]:+d} {phrase.offset[1]} {phrase.relative_to}"
    return shown + (f" hint={phrase.bounds_hint}" if phrase.bounds_hint else "")


CASES = cases_of("dates_languages.md")


@pytest.mark.parametrize(("section", "text", "expected"), CASES, ids=[text for _, text, _ in CASES])
def test_golden(section: str, text: str, expected: list[str]) -> None:
    assert [_shown(phrase, text) for phrase in find_dates(text)] == expected, section


@pytest.mark.parametrize(
    ("language", "least"),
    [("Korean", 45), ("Chinese", 45), ("Japanese", 45), ("German", 45), ("French", 45), ("Russian", 25)],
)
def test_the_golden_file_is_large_enough(language: str, least: int) -> None:
    assert sum(section == language for section, _, _ in CASES) >= least


@pytest.mark.parametrize(("section", "text", "expected"), CASES, ids=[text for _, text, _ in CASES])
def test_decomposed_text_has_the_same_dates(section: str, text: str, expected: list[str]) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    found = find_dates(decomposed)
    assert [
        unicodedata.normalize("NFC", phrase.span.of(decomposed)) for phrase in found if not phrase.offset
    ] == [
        unicodedata.normalize("NFC", line.rpartition(" | ")[0]) for line in expected if not _counted(line)
    ], section


def _counted(line: str) -> bool:
    return line.rpartition(" ")[2] in {"source", "anchor"}


@pytest.mark.parametrize(("section", "text", "expected"), CASES, ids=[text for _, text, _ in CASES])
def test_a_date_is_found_within_longer_text_and_bounds_hold(
    section: str, text: str, expected: list[str]
) -> None:
    before = "It was so. " * 2
    found = find_dates(before + text, len(before))
    assert [_shown(phrase, before + text) for phrase in found] == expected, section
    for cut in range(len(text)):
        for phrase in find_dates(text, 0, cut):
            assert phrase.span.end <= cut
        for phrase in find_dates(text, cut):
            assert phrase.span.start >= cut


@given(st.text(st.sampled_from(LETTERS), max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    last = 0
    for phrase in find_dates(text):
        assert last <= phrase.span.start < phrase.span.end <= len(text)
        assert phrase.span.start <= phrase.core.start <= phrase.core.end <= phrase.span.end
        last = phrase.span.end
        for value in (phrase.edtf, phrase.core_edtf):
            if value is not None:
                parse(value)


@pytest.mark.parametrize(
    ("language", "expected"), [("de", "1997-02-12"), ("fr-CA", "1997-02-12"), ("en", "[1997-02-12,1997-12-02]"), (None, "[1997-02-12,1997-12-02]")]
)  # fmt: skip
def test_the_language_of_a_document_says_which_number_is_the_day(language: str | None, expected: str) -> None:
    assert [phrase.edtf for phrase in find_dates("12/02/1997", spoken=language)] == [expected]


@pytest.mark.parametrize("piece", ["1997년 ", "12. ", "年月日", "Ende ", "昭和", "de ", "1~", "é́ "])
def test_long_runs_cost_no_more_than_their_length(piece: str) -> None:
    find_dates(piece * 5_000)
