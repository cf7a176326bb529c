"""Bounds, three-valued comparison, civil days and words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.dates import after, before, bounds, in_words, overlaps, parse, same, within
from regesta.dates.days import Day, day_number, from_day_number, month_length
from regesta.dates.shift import recurrence, shift

VALUES = """
1990 1990-05 1990-05-12 1990-05-13 1989 1991 198X 199X 19XX 18XX 1990~ 1990-05~ 1990? 1990% 199X~ 1990-21 1990-24 1990-33
../1989 ../1990 ../1990-05 1990/.. 1991/.. /1990 1990/ ../.. / 1985/1990 1990-05/1991-02 1985~/1990 [1989,1990] [1990,1995..]
{1985,1990} [..1990-05] XXXX-05 1990-XX-12 -0043 0000 Y170000002 Y-17E7 2004?-06-11 1990-?05 2020-12~ 1950S2
""".split()
values = st.sampled_from(VALUES)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1953-09-21", (1953, 9, 21), (1953, 9, 21)),
        ("1990-02", (1990, 2, 1), (1990, 2, 28)),
        ("2000-02", (2000, 2, 1), (2000, 2, 29)),
        ("198X", (1980, 1, 1), (1989, 12, 31)),
        ("18XX", (1800, 1, 1), (1899, 12, 31)),
        ("-03XX", (-399, 1, 1), (-300, 12, 31)),
        ("1996-XX-05", (1996, 1, 5), (1996, 12, 5)),
        ("1996-XX-31", (1996, 1, 31), (1996, 12, 31)),
        ("1996-02-XX", (1996, 2, 1), (1996, 2, 29)),
        ("19XX-02-29", (1904, 2, 29), (1996, 2, 29)),
        ("1990-1X", (1990, 10, 1), (1990, 12, 31)),
        ("1990-21", (1990, 3, 1), (1990, 5, 31)),
        ("1990-24", (1990, 12, 1), (1991, 2, 28)),
        ("1990-31", (1990, 3, 1), (1990, 5, 31)),
        ("1990-36", (1990, 10, 1), (1990, 12, 31)),
        ("1950S2", (1900, 1, 1), (1999, 12, 31)),
        ("../1996", None, (1996, 12, 31)),
        ("1999/..", (1999, 1, 1), None),
        ("/1999", None, (1999, 12, 31)),
        ("[..1760-12-03]", None, (1760, 12, 3)),
        ("[1667,1760-12]", (1667, 1, 1), (1760, 12, 31)),
        ("{1960,1950..1955}", (1950, 1, 1), (1960, 12, 31)),
        ("Y-17E7", (-170000000, 1, 1), (-170000000, 12, 31)),
        ("2016-05-02T23:59:59-12:00", (2016, 5, 2), (2016, 5, 2)),
    ],
)
def test_bounds(
    text: str, earliest: tuple[int, int, int] | None, latest: tuple[int, int, int] | None
) -> None:
    found = bounds(text)
    assert found.earliest == earliest
    assert found.latest == latest
    assert bounds(parse(text)) == found


def test_a_qualifier_moves_no_bound_but_is_told() -> None:
    assert bounds("1950~")[:2] == bounds("1950")[:2]
    assert bounds("1950~").is_approximate
    assert not bounds("1950~").is_uncertain
    assert bounds("1950%").is_uncertain
    assert bounds("1940/1950~").is_approximate


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("1989", "1990", True),
        ("1990", "1989", False),
        ("1990", "1990", None),
        ("1990", "1990-05", None),
        ("1990-05-12", "1990-05-12", False),
        ("../1989", "1990", True),
        ("1990", "../1989", False),
        ("1990/..", "1995", None),
        ("1990/..", "1989", False),
        ("1950~", "1952", True),
        ("1950~", "1951", None),
        ("1950%", "1952", None),
        ("195X~", "1965", None),
        ("195X~", "1970", True),
        ("/", "1990", None),
        ("-0043", "0000", True),
    ],
)
def test_before(a: str, b: str, expected: bool | None) -> None:
    assert before(a, b) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("1990", "1990", True),
        ("1990", "1990-05", None),
        ("1990", "1991", False),
        ("198X", "198X", None),
        ("1990~", "1991", None),
        ("1990~", "1993", False),
        ("1990/1993", "1990/1993", True),
    ],
)
def test_same(a: str, b: str, expected: bool | None) -> None:
    assert same(a, b) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("1990-05", "1990", True),
        ("1990", "1990-05", None),
        ("1991", "1990", False),
        ("1985", "198X", None),
        ("198X", "1980/1989", True),
        ("1950~", "1940/1960", True),
        ("1950~", "1950", None),
        ("1990", "../1996", True),
        ("../1990", "../1996", True),
        ("../1996", "1990", None),
    ],
)
def test_within(a: str, b: str, expected: bool | None) -> None:
    assert within(a, b) is expected


@given(values, values)
def test_mirrors_hold(a: str, b: str) -> None:
    assert before(a, b) == after(b, a)
    assert same(a, b) == same(b, a)
    assert overlaps(a, b) == overlaps(b, a)


@given(values, values)
def test_answers_agree_with_one_another(a: str, b: str) -> None:
    if before(a, b):
        assert before(b, a) is False
        assert overlaps(a, b) is False
        assert same(a, b) is False
        assert within(a, b) is False
    if same(a, b):
        assert overlaps(a, b) is True
        assert within(a, b) is True
    if within(a, b):
        assert overlaps(a, b) is True
    if overlaps(a, b) is False:
        assert within(a, b) is False


@given(values, values, values)
def test_before_is_transitive(a: str, b: str, c: str) -> None:
    if before(a, b) and before(b, c):
        assert before(a, c) is True


plain = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))


@given(plain, plain)
def test_single_days_compare_like_the_standard_library(a: dt.date, b: dt.date) -> None:
    assert before(a.isoformat(), b.isoformat()) is (a < b)
    assert same(a.isoformat(), b.isoformat()) is (a == b)


@given(plain)
def test_day_numbers_agree_with_the_standard_library(day: dt.date) -> None:
    number = day_number(Day(day.year, day.month, day.day))
    assert number - day_number(Day(1, 1, 1)) == day.toordinal() - 1
    assert from_day_number(number) == (day.year, day.month, day.day)


@given(st.integers(-(10**9), 10**9))
def test_day_numbers_round_trip_in_any_year(number: int) -> None:
    day = from_day_number(number)
    assert day_number(day) == number
    assert 1 <= day.day <= month_length(day.year, day.month)


@given(plain, st.integers(-5000, 5000))
def test_days_are_shifted_like_timedeltas(day: dt.date, days: int) -> None:
    try:
        moved = day + dt.timedelta(days=days)
    except OverflowError:
        return
    assert shift(day.isoformat(), days, "day") == moved.isoformat()


@pytest.mark.parametrize(
    ("base", "amount", "unit", "expected"),
    [
        ("1953-09-21", 2, "year", "1955"),
        ("1953-09-21", 0, "day", "1953-09-21"),
        ("1990-01-31", 1, "month", "1990-02"),
        ("1990-05", 1, "month", "1990-06"),
        ("1990", 1, "month", "[1990,1991]"),
        ("1990-05", 1, "day", "[1990-05,1990-06]"),
        ("2020-12~", 1, "day", "2020-12~"),
        ("1990~", 1, "year", "1991~"),
        ("199X", 1, "decade", "200X"),
        ("199X/..", 1, "decade", "200X"),
        ("1998", 1, "decade", "2008~"),
        ("18XX", 1, "century", "19XX"),
        ("1990-05/1991-02", 1, "year", "1991/1992"),
        ("../1990", 1, "year", "1991"),
        ("../..", 1, "year", None),
        ("Y17E7", 1, "year", None),
        ("9999", 1, "year", None),
    ],
)
def test_shift(base: str, amount: int, unit: str, expected: str | None) -> None:
    assert shift(base, amount, unit) == expected


def test_recurrence() -> None:
    assert recurrence("XXXX-05-12", "1990-05-12", 1) == "1991-05-12"
    assert recurrence("XXXX-05-13", "1990-05-12", 1) == "1990-05-13"
    assert recurrence("XXXX-05-12", "1990-05-12", -1) == "1989-05-12"
    assert recurrence("XXXX-21", "1990-05", 1) == "1991-21"
    assert recurrence("XXXX-05", "../1990", 1) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1953-09-21", "21 September 1953"),
        ("1953-09", "September 1953"),
        ("1953", "1953"),
        ("198X", "the 1980s"),
        ("18XX", "the 19th century"),
        ("20XX", "the 21st century"),
        ("1XXX", "the 2nd millennium"),
        ("2020-12~", "about December 2020"),
        ("1950?", "possibly 1950"),
        ("1950%", "possibly about 1950"),
        ("../1996", "before 1997"),
        ("../1996-12", "before January 1997"),
        ("../1996~", "until about 1996"),
        ("../1996-05-12", "until 12 May 1996"),
        ("1962/1993", "1962 to 1993"),
        ("1953/198X", "1953 to the 1980s"),
        ("1999/..", "since 1999"),
        ("199X/..", "since the 1990s"),
        ("1999/", "from 1999 to an unknown date"),
        ("1990-21", "spring 1990"),
        ("198X-21", "spring in the 1980s"),
        ("2001-34", "the second quarter of 2001"),
        ("1986-05-12/1986-05-14", "12 to 14 May 1986"),
        ("1986-05-12/1986-06-03", "12 May to 3 June 1986"),
        ("1986-05-12~/1986-05-14", "about 12 May 1986 to 14 May 1986"),
        ("[1953-04-09,1953-09-04]", "9 April 1953 or 4 September 1953"),
        ("[1667,1668,1670..1672]", "1667, 1668 or 1670 to 1672"),
        ("{1960,1961-12}", "1960 and December 1961"),
        ("[1760-12..]", "December 1760 or later"),
        ("XXXX-09-21", "21 September of an unknown year"),
        ("1996-XX-05", "day 5 of an unknown month of 1996"),
        ("1996-05-XX", "an unknown day of May 1996"),
        ("2004?-06-~11", "11 June 2004 (year uncertain, day approximate)"),
        ("-0043", "44 BC"),
        ("0000", "1 BC"),
        ("../..", "at any time"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert in_words(text) == words


@given(values)
def test_everything_has_words(text: str) -> None:
    assert in_words(text)
