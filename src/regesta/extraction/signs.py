"""Where the words stand that show dates, numbers and other languages: what lies between them is not looked at for these.

    Shops stayed open late. | In May 1990 some 40 people met.       a passage without a sign has no date and no number
                                 [-----------]  [-]

Each word of a language is judged once (`regesta.dates.may_date`, `quantities.may_count`) and found by the index of `Tokens`. What
a sign is part of, if anything, is for `find_dates` and `find_quantities` to say.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from regesta.dates import (
    DatePhrase,
    find_dates,
    has_strange,
    is_english_before,
    is_foreign,
    may_be_foreign,
    may_date,
    shared_months,
)
from regesta.extraction.quantities import may_count
from regesta.extraction.tokens import Tokens, sift
from regesta.text.span import Span

__all__ = ["Signs"]

_BEFORE = 3
"""Words before a sign of a number at which its expression may begin: "in his early thirties"."""


@lru_cache(maxsize=1 << 17)
def _kinds(word: str) -> tuple[bool, bool, bool]:
    """Return whether a word may date, may count, may be foreign."""
    return may_date(word), may_count(word), may_be_foreign(word)


_DULL: set[str] = set()
"""Words known to show nothing."""


class Signs:
    """The signs of one text, of which `spoken` is the language (BCP 47) where it is known.

    >>> text = "Shops stayed open. In 1990 some 40 people met."
    >>> signs = Signs(text, Tokens(text))
    >>> signs.of_dates(Span(19, 46)), signs.of_numbers(Span(0, 18)), signs.of_numbers(Span(19, 46))
    ([(22, 26), (32, 34)], [], [(6, 26), (19, 34)])
    """

    def __init__(self, folded: str, tokens: Tokens, spoken: str | None = None) -> None:
        self._tokens = tokens
        self.text = folded
        rows: tuple[list[int], list[int], list[int]] = ([], [], [])
        for word in sift(tokens.by_word, _DULL, lambda word: any(_kinds(word))):
            for row, shows in zip(rows, _kinds(word), strict=True):
                if shows:
                    row.extend(tokens.by_word[word])
        self._dating, self._counting, foreign = map(sorted, rows)
        shared = shared_months()
        self._foreign = [at for at in foreign if tokens.lowers[at] not in shared or not self._is_english(at)]
        self._is_foreign = is_foreign(spoken)
        self._may_be_strange = has_strange(folded, 0, len(folded))

    def _is_english(self, at: int) -> bool:
        """Return whether a month that other languages spell alike stands as in English: "in April", not "12. April"."""
        token, before = self._tokens[at], self._tokens[at - 1]
        return (
            at > 0
            and token.is_capital
            and self.text[before.end : token.start] == " "
            and is_english_before(before.lower)
        )

    def dates(self, start: int, end: int) -> list[DatePhrase]:
        """Return the dates in `[start, end)`, in order."""
        return find_dates(self.text, start, end, words=self.of_dates(Span(start, end)))

    def of_dates(self, span: Span) -> list[tuple[int, int]] | None:
        """Return the words in `span` at which a date may begin, None where all of it has to be looked at."""
        words = self._plain(span)
        if words is None:
            return None
        tokens = self._tokens
        return [(tokens.starts[at], min(tokens.ends[at], span.end)) for at in _within(self._dating, words)]

    def of_numbers(self, span: Span) -> list[tuple[int, int]] | None:
        """Return the stretches, with a few words before each, in which numbers of `span` may begin; None: all of it."""
        words = self._plain(span)
        tokens = self._tokens
        if words is None or (words and tokens.ends[words.stop - 1] > span.end):
            return None  # half a word may be one that the whole is not
        return [
            (tokens.starts[max(at - _BEFORE, 0)], tokens.ends[at]) for at in _within(self._counting, words)
        ]

    def _plain(self, span: Span) -> range | None:
        """Return the words of a span in plain English that begins with one, None for any other."""
        words = self._tokens.between(*span)
        if self._is_foreign or _within(self._foreign, words):
            return None
        if self._may_be_strange and has_strange(self.text, *span):
            return None
        before = words.start - 1
        return None if before >= 0 and self._tokens.ends[before] > span.start else words


def _within(row: list[int], words: range) -> list[int]:
    """Return the words of a row that are among some words."""
    first = bisect_left(row, words.start)
    if first == len(row) or row[first] >= words.stop:
        return []
    return row[first : bisect_left(row, words.stop, first)]
