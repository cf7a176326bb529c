"""Findings in the reader's language: a sentence where code and values suffice, else the check's own."""

from __future__ import annotations

import json
import re
import string
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import regesta
from regesta.pages.reasoning import PHRASES, left_out, phrase_of, reason_of
from regesta.pages.summing import SENTENCES, summary_of
from regesta.pages.wording import LANGUAGES, words_of
from regesta.reading import protocol


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


def test_without_its_values_a_sentence_says_less() -> None:
    few = summary_of(_row("F003", "They add up."), words_of("ko"))  # type: ignore[arg-type]
    assert few.lang == "ko"
    assert few.text == SENTENCES["ko"]["F003"][-1]
    nobody = _row("F008", "No name before a colon", predicate="age", values=["1"])
    assert summary_of(nobody, words_of("ko")).text == SENTENCES["ko"]["F008"][-1]  # type: ignore[arg-type]


def test_a_check_that_nobody_knows_speaks_for_itself() -> None:
    row = _row("F999", "Something new.", working="1 + 1")
    assert summary_of(row, words_of("ko")) == (row["summary"], "en")  # type: ignore[arg-type]


def test_years_stay_years_and_long_lists_are_cut() -> None:
    row = _row("F084", "x", count=9, has="a.txt", lacks="b.txt", people=[f"P{n}" for n in range(9)])
    assert "P5 …" in summary_of(row, words_of("ko")).text  # type: ignore[arg-type]
    row = _row("F085", "x", after=1999, before=2015, has="a", lacks="b")
    assert "1999년과 2015년" in summary_of(row, words_of("ko")).text  # type: ignore[arg-type]


def test_every_check_has_a_sentence_that_needs_nothing() -> None:
    room = Path(regesta.__file__).parent / "criticism"
    codes = {
        code for path in room.rglob("*.py") for code in re.findall(r'"(F\d{3})"', path.read_text("utf-8"))
    }
    assert len(codes) > 50
    for language in LANGUAGES[1:]:
        assert set(SENTENCES[language]) == codes  # a new check: write its sentence into pages/summing.py
        for code, sentences in SENTENCES[language].items():
            needs = [[name for _, name, _, _ in string.Formatter().parse(one) if name] for one in sentences]
            assert needs[-1] == [], code
            assert all(needs[:-1]), code


def test_every_phrase_of_a_reason_has_words() -> None:
    room = Path(regesta.__file__).parent / "resolution"
    text = (room / "reasons.py").read_text("utf-8")
    tables = [
        value
        for name in ("_NOUNS", "_LEVELS", "_NUMBERS")
        for value in re.findall(rf"{name}: Final = {{(.*?)}}\n", text, re.DOTALL)
    ]
    told = [one.replace("{}", "arrival") for table in tables[1:] for one in re.findall(r': "([^"]+)"', table)]
    nouns = re.findall(r': "([^"]+)"', tables[0])
    told += [f"the same {noun}: a b" for noun in nouns] + [f"nothing shared in {noun}" for noun in nouns]
    assert len(told) > 15
    for one in (*told, "the same name, that others may bear", "perhaps one name in two spellings (71 %)"):
        said = phrase_of(one, words_of("ko"))
        assert said.lang == "ko", one
        assert not re.search(r"[a-z]{5}", said.text), said.text
    assert {f"because.{name}" for name, _ in PHRASES} <= set(words_of("ko").entries)


def test_a_phrase_that_nobody_knows_stays_as_it_is() -> None:
    reason = "A and B: the same age, +3.0; a hunch"
    assert reason_of(reason, words_of("ko")) == (reason, "en")
    assert phrase_of("a hunch", words_of("ko")) == ("a hunch", "en")


@given(st.text(max_size=80))
def test_any_words_are_told_somehow(said: str) -> None:
    for language in LANGUAGES:
        assert reason_of(said, words_of(language)).lang in ("en", language)


def test_what_is_left_out_says_why_in_every_language() -> None:
    told = {f"R{number}" for number in re.findall(r"^    R(\d{3})  ", protocol.__doc__ or "", re.MULTILINE)}
    assert len(told) > 10
    for code in ("X101", "X102", "X103", "X104", "X105", *told):
        assert left_out(code, "", words_of("en")).text != code
        assert left_out(code, "why", words_of("ko")).lang == "ko"
        assert left_out(code, "why", words_of("en")) == ("why", "en")
