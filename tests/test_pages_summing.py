"""Findings in the reader's language: a sentence where code and values suffice, else the check's own."""

from __future__ import annotations

import json
import string

import pytest

from regesta.pages.summing import SENTENCES, summary_of
from regesta.pages.wording import LANGUAGES, words_of


def _row(code: str, summary: str, **computed: object) -> dict[str, str]:
    return {"code": code, "summary": summary, "computed": json.dumps(computed)}


def test_conflict_names_whom_and_what() -> None:
    row = _row(
        "F008",
        "Ada Brook: arrival 1961 (a.txt) against 1963 (b.txt).",
        predicate="arrival",
        values=["1961", "1963"],
    )
    said = summary_of(row, words_of("ko"))  # type: ignore[arg-type]
    assert said.lang == "ko"
    assert said.text.startswith("Ada Brook: ")
    assert "1961, 1963" in said.text
    assert summary_of(row, words_of("en")).text == row["summary"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "row",
    [
        _row("F003", "They add up."),
        _row("F999", "Something new.", working="1 + 1"),
        _row("F008", "No name before a colon", predicate="age", values=["1"]),
    ],
)
def test_without_sentence_or_value_the_check_speaks(row: dict[str, str]) -> None:
    assert summary_of(row, words_of("ko")) == (row["summary"], "en")  # type: ignore[arg-type]


def test_years_stay_years_and_long_lists_are_cut() -> None:
    row = _row("F084", "x", count=9, has="a.txt", lacks="b.txt", people=[f"P{n}" for n in range(9)])
    assert "P5 …" in summary_of(row, words_of("ko")).text  # type: ignore[arg-type]
    row = _row("F085", "x", after=1999, before=2015, has="a", lacks="b")
    assert "1999년과 2015년" in summary_of(row, words_of("ko")).text  # type: ignore[arg-type]


def test_sentences_are_of_languages_of_the_pages() -> None:
    for language, sentences in SENTENCES.items():
        assert language in LANGUAGES
        for one in (text for texts in sentences.values() for text in texts):
            assert any(name for _, name, _, _ in string.Formatter().parse(one)), one
