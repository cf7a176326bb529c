"""Laws of the arithmetic of criticism: slow plain references, and text made to be slow."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.criticism.durations import between, moved
from regesta.criticism.figures import focus
from regesta.criticism.parts import listed
from regesta.criticism.relative_years import offset_of
from regesta.criticism.wordings import Block, number_of

_DAYS = st.dates(date(1600, 1, 1), date(2400, 1, 1))
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(number: int) -> str:
    """Return a number below a million in English words."""
    if number >= 1000:
        rest = number % 1000
        return f"{spelled(number // 1000)} thousand" + (f" {spelled(rest)}" if rest else "")
    if number >= 100:
        rest = number % 100
        return f"{_ONES[number // 100]} hundred" + (f" {spelled(rest)}" if rest else "")
    if number >= 20:
        return _TENS[number // 10 - 2] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    return _ONES[number]


@given(st.integers(1, 999_999))
def test_a_number_in_words_or_digits_is_read_back(number: int) -> None:
    assert number_of(spelled(number)) == number
    assert number_of(f"{number:,}") == number


@given(_DAYS, st.lists(st.integers(0, 400), max_size=5))
def test_days_are_added_one_by_one(day: date, numbers: list[int]) -> None:
    slow = day
    for _ in range(sum(numbers)):
        slow += timedelta(days=1)
    assert moved(day, [(number, "day", None) for number in numbers]) == slow


@given(_DAYS, st.integers(0, 600))
def test_a_month_keeps_the_day_or_takes_the_last(day: date, number: int) -> None:
    later = moved(day, [(number, "month", None)])
    assert (later.year - day.year) * 12 + later.month - day.month == number
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(_DAYS, _DAYS, st.integers(0, 60), st.integers(0, 60))
def test_every_pair_of_days_lies_between_the_bounds(a: date, b: date, wide: int, far: int) -> None:
    least, most = between(a, a + timedelta(days=wide), b, b + timedelta(days=far))
    apart = [(b + timedelta(days=j) - a - timedelta(days=i)).days for i in (0, wide) for j in (0, far)]
    assert (least, most) == (min(apart), max(apart))


@given(st.lists(st.from_regex(r"\A[b-m]{2,6}\Z"), min_size=2, max_size=9), st.booleans())
def test_plain_lists_have_as_many_things_as_words(things: list[str], has_comma: bool) -> None:
    words = ", ".join(things[:-1]) + (", and " if has_comma else " and ") + things[-1]
    fewest, most = listed(words)
    assert fewest <= len(things) <= most
    assert listed("; ".join(things)) == (len(things), len(things))


@given(st.text(max_size=400), st.integers(0, 400))
def test_sentences_hold_the_place_asked_for(text: str, at: int) -> None:
    block = Block("a.txt", 0, "paragraph", None, 0, text)
    low, high = block.sentence(min(at, len(text)))
    assert 0 <= low <= high <= max(low, len(text))


@given(st.text(max_size=300), st.integers(0, 10**6))
def test_a_focus_lies_in_its_quote(quote: str, number: int) -> None:
    low, high = focus(quote, number)
    assert 0 <= low <= high <= len(quote)


@pytest.mark.parametrize(
    ("quote", "years"),
    [
        ("was freed ten years later", 10),
        ("had left a year earlier", -1),
        ("married the following year", 1),
        ("died the year before", -1),
        ("in the previous year's tournament", None),
        ("two years later than planned by 1950", 2),
        ("three years before the war", None),
    ],
)
def test_words_that_count_years(quote: str, years: int | None) -> None:
    found = offset_of(quote)
    assert (found[0] if found else None) == years


def test_sentences_of_a_block_do_not_overlap() -> None:
    text = "Dr. Lee left at 5 p.m. on Monday. In all 20 came.[3] Then none! Was it so? Yes."
    block = Block("a.txt", 0, "paragraph", None, 0, text)
    spans = sorted({block.sentence(at) for at in range(len(text))})
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert len(spans) == 5
