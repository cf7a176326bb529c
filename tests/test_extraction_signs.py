"""What is found at the signs of dates and numbers is what a look at all of the text finds."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from regesta.dates import find_dates
from regesta.extraction.quantities import find_quantities
from regesta.extraction.signs import Signs
from regesta.extraction.tokens import Tokens, fold
from regesta.text.span import Span

_PIECES = (
    "they fled in May, 12 March 1997 -12 1990s '68 now nowadays knowing mid-May mid-thirties in his early thirties for many years a year an "
    "hour's tenfold twenty-one TWO Two two's half a million 3million ½ 1/2 once _1990_ x1990 the last century two years later that month "
    "Christmas snow ten|ant der die und Februar février du le la 1997년 １２ é n° 21st $5 several of the few . , - ' _"
).split(" ")
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=24).map(" ".join) | st.lists(
    st.sampled_from(_PIECES), max_size=9
).map("".join)


def _signs(text: str, spoken: str | None = None) -> tuple[str, Signs]:
    folded = fold(text)
    return folded, Signs(folded, Tokens(folded), spoken)


@given(_TEXTS, st.integers(0, 60), st.integers(0, 60))
@example("the tenant fled", 4, 3)
@example("in 19901", 3, 4)
def test_dates_are_those_of_a_look_at_every_place(text: str, start: int, length: int) -> None:
    folded, signs = _signs(text)
    span = Span(min(start, len(folded)), min(start + length, len(folded)))
    assert signs.dates(*span) == find_dates(folded, *span)
    assert signs.dates(0, len(folded)) == find_dates(folded)


@given(_TEXTS, st.integers(0, 60), st.integers(0, 60))
@example("the tenant fled", 4, 3)
@example("in his early thirties", 0, 21)
def test_numbers_are_those_of_a_look_at_every_place(text: str, start: int, length: int) -> None:
    folded, signs = _signs(text)
    for span in (
        Span(min(start, len(folded)), min(start + length, len(folded))),
        Span(0, len(folded)),
    ):
        within = signs.of_numbers(span)
        assert find_quantities(folded, *span, within=within) == find_quantities(folded, *span)


@pytest.mark.parametrize(
    "text", ["Im Jahr 1997 kamen zwei Menschen und ein Hund.", "1997년", "Ｍay １９９７"]
)
def test_what_may_be_in_another_language_is_looked_at_whole(text: str) -> None:
    folded, signs = _signs(text)
    assert signs.of_dates(Span(0, len(folded))) is None
    assert signs.of_numbers(Span(0, len(folded))) is None


def test_a_text_that_is_said_to_be_german_is_looked_at_whole() -> None:
    folded, signs = _signs("Am 3. Mai", "de-AT")
    assert signs.of_dates(Span(0, len(folded))) is None


@given(_TEXTS, st.integers(-2, 70), st.integers(-2, 70))
def test_words_between_two_places_are_those_that_begin_there(text: str, start: int, end: int) -> None:
    tokens = Tokens(fold(text))
    inside = [at for at, begins in enumerate(tokens.starts) if start <= begins < end]
    assert list(tokens.between(start, end)) == inside
