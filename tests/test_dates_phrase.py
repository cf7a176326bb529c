"""Dates in text: golden cases, resolving, and laws."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.dates import DatePhrase, bounds, find_dates, in_words, parse, resolve
from regesta.text.span import Span

GOLDEN = Path(__file__).parent / "golden" / "dates.md"
ELSEWHERE = Span(1000, 1004)


def _cases() -> list[object]:
    cases: list[object] = []
    section = ""
    for part in GOLDEN.read_text(encoding="utf-8").split("\n\n"):
        lines = part.strip("\n").split("\n")
        if lines[0].startswith("## "):
            section = lines[0][3:]
        elif lines[0].startswith("> "):
            marks = [pytest.mark.xfail(strict=True)] if section == "Known failures" else []
            cases.append(
                pytest.param(lines[0][2:].replace("⏎", "\n"), lines[1:], id=lines[0][2:], marks=marks)
            )
    return cases


def _shown(phrase: DatePhrase, text: str) -> str:
    """Return a phrase in the notation of the golden file."""
    parts = [phrase.span.of(text).replace("\n", "⏎"), phrase.edtf or phrase.partial or "-", phrase.kind]
    if phrase.core != phrase.span:
        parts.append(f"core={phrase.core.of(text)}")
    if phrase.qualifier:
        parts.append(f"qualifier={phrase.qualifier}")
    if phrase.edtf and phrase.core_edtf != phrase.edtf:
        parts.append(f"core_edtf={phrase.core_edtf}")
    if phrase.offset:
        parts.append(f"offset={phrase.offset[0]:+d} {phrase.offset[1]}")
    if phrase.relative_to:
        parts.append(f"relative_to={phrase.relative_to}")
    if phrase.bounds_hint:
        parts.append(f"bounds_hint={phrase.bounds_hint}")
    if len(phrase.evidence) > 1:
        parts.append(f"lent={phrase.evidence[1].of(text)}")
    return " | ".join(parts)


@pytest.mark.parametrize(("text", "expected"), _cases())
def test_golden(text: str, expected: list[str]) -> None:
    assert ([_shown(phrase, text) for phrase in find_dates(text)] or ["nothing"]) == expected


def test_the_golden_file_is_large_enough() -> None:
    assert len(_cases()) >= 250


def _one(text: str) -> DatePhrase:
    (phrase,) = find_dates(text)
    return phrase


@pytest.mark.parametrize(
    ("text", "year", "expected", "hint"),
    [
        ("21 September", 1953, "1953-09-21", None),
        ("September", "1953", "1953-09", None),
        ("September", "195X", "195X-09", None),
        ("September", "1953~", "1953-09", None),
        ("12–14 May", 1986, "1986-05-12/1986-05-14", None),
        ("before September", 1990, "../1990-08", None),
        ("until May", 1990, "../1990-05", None),
        ("since 12 May", 1990, "1990-05-12/..", None),
        ("in early May", 1990, "1990-05", "1990-05-01/1990-05-10"),
        ("late February", 1991, "1991-02", "1991-02-21/1991-02-28"),
        ("by the end of February", 1991, "../1991-02-28~", None),
        ("29 February", 1992, "1992-02-29", None),
        ("29 February", 1991, None, None),
        ("29 February", "199X", "199X-02-29", None),
        ("September", "1953/1954", None, None),
        ("that summer", 1961, "1961-22", None),
        ("later that year", 1961, "1961", None),
        ("the following year", 1961, "1962", None),
        ("the next day", 1961, None, None),
    ],
)
def test_a_lent_year(text: str, year: int | str, expected: str | None, hint: str | None) -> None:
    phrase = _one(text)
    resolved = resolve(phrase, year=(year, ELSEWHERE))
    assert resolved.edtf == expected
    if expected is None:
        assert resolved == phrase
    else:
        assert resolved.evidence == (phrase.span, ELSEWHERE)
        assert resolved.bounds_hint == hint
        parse(expected)


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("two years later", "1953-09-21", "1955"),
        ("a decade later", "199X/..", "200X"),
        ("a year earlier", "1997", "1996"),
        ("about two years later", "1953", "1955~"),
        ("the previous year", "2016-04-11", "2015"),
        ("the next day", "1989-12-31", "1990-01-01"),
        ("the next day", "2020-12~", "2020-12~"),
        ("the following month", "1989-12-31", "1990-01"),
        ("three days before", "1990-03-02", "1990-02-27"),
        ("later that year", "1990-03-02", "1990"),
        ("the same day", "1990-03-02", "1990-03-02"),
        ("a year and a half later", "1990-05", "1991-11"),
        ("half a century later", "1945", "1995"),
        ("late the following year", "1990", "1991"),
        ("by the end of that year", "1990-05", "../1990-12~"),
        ("until the next day", "1990-05-12", "../1990-05-13"),
        ("in December of the following year", "1990-05", "1991-12"),
        ("the following March", "1990-05-12", "1991-03"),
        ("the following September", "1990-05-12", "1990-09"),
        ("on 12 June", "1990-05-03", "1990-06-12"),
        ("on 12 June", "1990/1992", None),
        ("several years later", "1990", None),
        ("three days before the trial", "1990-03-02", None),
        ("ten years ago", "1990-03-02", None),
    ],
)
def test_an_anchor(text: str, anchor: str, expected: str | None) -> None:
    phrase = _one(text)
    resolved = resolve(phrase, anchor=(anchor, ELSEWHERE))
    assert resolved.edtf == expected
    if expected:
        assert resolved.evidence == (phrase.span, ELSEWHERE)
        parse(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "../2016-04"),
        ("ten years ago", "2006"),
        ("last year", "2015"),
        ("this year", "2016"),
        ("May 12", None),
    ],
)
def test_the_date_of_the_source(text: str, expected: str | None) -> None:
    assert resolve(_one(text), source_date="2016-04").edtf == expected


def test_a_year_wins_over_an_anchor_and_a_stated_value_over_both() -> None:
    anchor = ("1990-05-03", ELSEWHERE)
    assert resolve(_one("12 June"), year=(1953, ELSEWHERE), anchor=anchor).edtf == "1953-06-12"
    stated = _one("12 June 1961")
    assert resolve(stated, year=(1953, ELSEWHERE), anchor=anchor, source_date="2016") is stated


def test_nothing_outside_the_window_is_looked_at() -> None:
    text = "until 21 September 1953 and May 1990"
    start = text.index("21")
    assert [p.edtf for p in find_dates(text, start)] == ["1953-09-21", "1990-05"]
    found = find_dates(text, 0, text.index(" 1953"))
    assert [(p.partial, p.span.of(text)) for p in found] == [("XXXX-09-21", "until 21 September")]


def test_the_seeds(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        _check_laws(text)
        assert len(find_dates(text)) > 50


def _check_laws(text: str) -> None:
    last = 0
    for phrase in find_dates(text):
        assert last <= phrase.span.start < phrase.span.end <= len(text)
        assert phrase.span.contains(phrase.core)
        assert phrase.evidence[0] == phrase.span
        assert phrase.span.of(text) == phrase.span.of(text).strip()
        for value in (phrase.edtf, phrase.partial, phrase.core_edtf, phrase.bounds_hint):
            if value:
                parse(value)
        if phrase.bounds_hint and phrase.edtf:
            wide, narrow = bounds(phrase.edtf), bounds(phrase.bounds_hint)
            assert wide.earliest is None or narrow.earliest is None or wide.earliest <= narrow.earliest
            assert wide.latest is None or narrow.latest is None or narrow.latest <= wide.latest
        last = phrase.span.end


MONTHS = "January February March April May June July August September October November December".split()
days = st.dates(dt.date(1400, 1, 1), dt.date(2100, 12, 31))
FORMS = (
    "{d} {M} {y}",
    "{d} {m} {y}",
    "{d} {m}. {y}",
    "{o} {M} {y}",
    "{o} of {M}, {y}",
    "{M} {d}, {y}",
    "{M} {o}, {y}",
    "{m}. {d}, {y}",
    "{M} {d} {y}",
    "{d}.{n}.{y}",
    "{y}-{n:02d}-{d:02d}",
    "{y}/{n:02d}/{d:02d}",
    "{d}-{m}-{y}",
    "{y}년 {n}월 {d}일",
)
AROUND = st.sampled_from(
    [
        ("", ""),
        ("On ", " he left."),
        ("(", ")"),
        ("• ", " – a name"),
        ("He came on ", ", alone."),
        ("died\n", "\n"),
    ]
)


def _ordinal(day: int) -> str:
    ending = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


@given(days, st.sampled_from(FORMS), AROUND)
def test_a_date_in_any_order_is_found_with_its_span_and_value(
    day: dt.date, form: str, around: tuple[str, str]
) -> None:
    name = MONTHS[day.month - 1]
    short = name if name == "May" else name[:3]
    if "{m}." in form and name == "May":
        return
    written = form.format(d=day.day, o=_ordinal(day.day), M=name, m=short, n=day.month, y=day.year)
    text = around[0] + written + around[1]
    (phrase,) = find_dates(text)
    assert phrase.span.of(text) == written
    assert phrase.edtf == day.isoformat()


@given(days, days)
def test_words_are_read_back(a: dt.date, b: dt.date) -> None:
    first, last = sorted([a, b])
    for value in (
        first.isoformat(),
        first.isoformat()[:7],
        first.isoformat()[:4],
        f"{first.year // 10}X",
        f"../{first.isoformat()[:7]}" if first.year < 2100 else "../1990",
        f"{first.isoformat()}/..",
        f"{first.isoformat()[:7]}~",
        f"{first.isoformat()}/{last.isoformat()}" if first != last else "1990/1991",
        f"{first.year}/{last.year}" if first.year < last.year else "1990/1991",
    ):
        if value.endswith("0X") and first.year < 2000:
            continue  # "the 1900s" is read as the century
        (phrase,) = find_dates(in_words(value))
        assert phrase.edtf == value


WORDS = (
    "in on until since from to between and or the early late mid- mid about c. 1953 1960 '80s 1980s 21 12th May March "
    "September Sept. 1984, – - / . ( ) two years later before after previous year following end of century 19th now "
    "spring summer 1950–53 1,139 people No. $ BC Christmas Monday, day month 2001-02 12/5/1990 \n • ₩ 월 1997년 half a"
).split(" ")


@given(st.lists(st.sampled_from(WORDS), max_size=25), st.sampled_from([" ", "", "  ", "\n"]))
def test_any_heap_of_date_words_keeps_the_laws(words: list[str], joint: str) -> None:
    _check_laws(joint.join(words))


@given(st.text(max_size=200))
def test_any_text_keeps_the_laws(text: str) -> None:
    _check_laws(text)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece",
    [
        "1953 ",
        "12 May ",
        "from the early to mid ",
        "1950–",
        "a year and a half ",
        "the the ",
        "\n",
        "1-",
        "May, ",
    ],
)
def test_long_repetitions_do_not_run_away(piece: str) -> None:
    find_dates(piece * 20_000)
