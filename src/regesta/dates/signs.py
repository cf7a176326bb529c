"""The words without which a text holds no date, told one by one: most words of a text are none of them.

    he  fled  in  late  1953 , two  years  later        `may_date`: 1953, years
    im  Herbst  des  Jahres                             `may_be_foreign`: im, Herbst, des, Jahres

Whoever knows the words of a text asks once for each, and `find_dates` then looks at the places of these alone. A word that
is told here may still be no part of a date; one that is not told never begins one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from regesta.dates.languages import SHOWING, STRANGE, TONGUES
from regesta.dates.patterns import compile_patterns

__all__ = [
    "has_strange",
    "is_english_before",
    "is_foreign",
    "may_be_foreign",
    "may_date",
    "runs_into_name",
    "shared_months",
]

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


@cache
def _anchor() -> re.Pattern[str]:
    return re.compile(rf"[0-9]|(?<![^\W_])(?:{compile_patterns().anchor.pattern})", re.IGNORECASE)


def may_date(word: str) -> bool:
    """Return whether an English date may begin at a word, or within it behind a hyphen or an apostrophe.

    >>> may_date("1953"), may_date("mid-may"), may_date("knowledge")
    (True, True, False)
    """
    return _anchor().search(word) is not None


@cache
def _showing() -> frozenset[str]:
    return frozenset(
        found[0] for word in SHOWING if (found := _WORD.search(word.replace("’", "'").lower())) is not None
    )


def may_be_foreign(word: str) -> bool:
    """Return whether a word in small letters may show that a text is not in English, in Latin letters.

    >>> may_be_foreign("l'octobre"), may_be_foreign("october")
    (True, False)
    """
    return word in _showing()


@cache
def shared_months() -> frozenset[str]:
    """Return the names of months, in small letters, that English and another language spell alike.

    >>> sorted(shared_months())
    ['april', 'december', 'november', 'september']
    """
    return frozenset(compile_patterns().language.months) & _showing()


def is_english_before(word: str) -> bool:
    """Return whether a word, in small letters, leads up to a month in English, or is the number of a day.

    >>> [is_english_before(word) for word in ("in", "by", "5", "ende", "1950")]
    [True, True, True, False, False]
    """
    language = compile_patterns().language
    leads = word in language.month_prepositions or word in language.time_prepositions
    return leads or (len(word) <= 2 and word.isascii() and word.isdecimal())


def has_strange(text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]` has a letter of a script with dates of its own, or one for which it is composed first.

    >>> has_strange("fled in 1997", 0, 12), has_strange("1997년", 0, 5)
    (False, True)
    """
    return not text.isascii() and STRANGE.search(text, start, end) is not None


def is_foreign(language: str | None) -> bool:
    """Return whether a language (BCP 47) is one of those in Latin letters, other than English, whose dates are known.

    >>> is_foreign("de-AT"), is_foreign("en"), is_foreign(None)
    (True, False, False)
    """
    code = (language or "").partition("-")[0].lower()
    return any(tongue.code == code for tongue in TONGUES if tongue.date_words)


def runs_into_name(left: str, right: str, text: str, end: int) -> bool:
    """Return whether what looks like a range from a day to a month is a day and somebody, for what stands behind the month.

    `left` and `right` are the precisions of the two, `end` is where the month ends in `text`.

    >>> [runs_into_name("day", "month", text, 12) for text in ("7 June – Jan Balin, sailor", "7 June – Jan")]
    [True, False]
    >>> runs_into_name("day", "day", "7 – 9 June Balin left", 10)
    False
    """
    return (left, right) == ("day", "month") and _SURNAME.match(text, end) is not None


_SURNAME: Final = re.compile(r"[ ][A-ZÀ-Þ][^\W\d_A-ZÀ-Þ]")
