"""Months that English and other languages spell alike: where they stand as in English, nothing else is looked for."""

from __future__ import annotations

import pytest

from regesta.dates import find_dates
from regesta.extraction.signs import Signs
from regesta.extraction.tokens import Tokens
from regesta.text.span import Span


def _signs(text: str) -> list[tuple[int, int]] | None:
    return Signs(text, Tokens(text)).of_dates(Span(0, len(text)))


@pytest.mark.parametrize("lead", ["in", "by", "since early", "on 5", "between 3 and 5"])
@pytest.mark.parametrize("month", ["April", "September", "November", "December"])
def test_a_month_that_stands_as_in_english_is_read_in_english_alone(lead: str, month: str) -> None:
    text = f"The ferry was laid up {lead} {month} 1951, they say."
    words = _signs(text)
    assert words is not None
    assert find_dates(text, words=words) == find_dates(text)


@pytest.mark.parametrize(
    "text", ["Die Liste, 12. April 1950", "Ende April 1950", "Lijst van 12 december 1950"]
)
def test_a_month_that_does_not_is_looked_at_in_other_languages(text: str) -> None:
    assert _signs(text) is None
