"""Dates as people read them: an EDTF string in the words of a language, never more precise than the string.

    1997-02~      about February 1997
    198X          1980s
    16XX          1600 to 1699
    ../2004       until 2004
    [1953,1955]   1953 or 1955

The patterns are words of the catalogue (`date.*`). What no pattern says is shown as it is written. Nothing here finds
dates in text or compares them.
"""

from __future__ import annotations

from functools import lru_cache

from regesta.dates import Date, DateSet, Edge, Edtf, Interval, parse
from regesta.errors import DateError
from regesta.pages.wording import Words, words_of

__all__ = ["in_words"]


def in_words(edtf: str, words: Words) -> str:
    """Return a date in words; a string that is no date comes back as it is.

    >>> from regesta.pages.wording import words_of
    >>> [in_words(d, words_of("en")) for d in ("1953-09-21", "1997-02~", "198X", "16XX", "../2004", "[1953,1955]", "2001-23?")]
    ['21 September 1953', 'about February 1997', '1980s', '1600 to 1699', 'until 2004', '1953 or 1955', 'perhaps autumn 2001']
    >>> in_words("1953-09-21", words_of("ko")), in_words("nothing", words_of("ko"))
    ('1953년 9월 21일', 'nothing')
    """
    return _in_words(edtf, words.language) if words is words_of(words.language) else _worded(edtf, words)


@lru_cache(maxsize=20_000)
def _in_words(edtf: str, language: str) -> str:
    """Return what was said of a date before; a page names the same years again and again."""
    return _worded(edtf, words_of(language))


def _worded(edtf: str, words: Words) -> str:
    try:
        return _said(parse(edtf), words)
    except DateError:
        return edtf


def _said(value: Edtf, words: Words) -> str:
    if isinstance(value, Date):
        return _date(value, words)
    if isinstance(value, Interval):
        return _interval(value, words)
    assert isinstance(value, DateSet)
    items = [
        _date(item, words) if isinstance(item, Date) else _stretch(item.start, item.end, words)
        for item in value.items
    ]
    *some, last = items
    if not some:
        return last
    return words("date.all" if value.is_all else "date.one_of", some=", ".join(some), last=last)


def _interval(value: Interval, words: Words) -> str:
    start = None if isinstance(value.start, Edge) else value.start
    end = None if isinstance(value.end, Edge) else value.end
    return _stretch(start, end, words)


def _stretch(start: Date | None, end: Date | None, words: Words) -> str:
    if start and end:
        return words("date.from_to", start=_date(start, words), end=_date(end, words))
    if start:
        return words("date.from", start=_date(start, words))
    return words("date.until", end=_date(end, words)) if end else "…"


def _date(date: Date, words: Words) -> str:
    said = _plain(date, words)
    if date.is_approximate:
        said = words("date.about", date=said)
    return words("date.perhaps", date=said) if date.is_uncertain else said


def _plain(date: Date, words: Words) -> str:
    """Return a date without its qualifiers."""
    bare = "-".join(part for part in (date.year, date.month, date.day) if part)
    if date.time or date.significant is not None or not date.year.isdecimal():
        if len(date.year) == 4 and not date.month:
            known = date.year.rstrip("X")
            if known.isdecimal() and len(known) == 3:
                return words("date.decade", decade=int(known) * 10)
            if known.isdecimal() and len(known) == 2:
                first, last = (words("date.year", year=int(f"{known}{end}")) for end in ("00", "99"))
                return words("date.from_to", start=first, end=last)
        return bare
    year = date.year.lstrip("0") or "0"
    if not date.month or (date.month == "XX" and date.day in ("", "XX")):
        return words("date.year", year=year)
    if date.season is not None:
        name = words.entries.get(f"date.season.{date.season}")
        return words("date.season_of", season=name, year=year) if name else bare
    if not date.month.isdecimal() or not (date.day.isdecimal() or date.day in ("", "XX")):
        return bare
    month = words(f"date.month.{int(date.month)}")
    if not date.day.isdecimal():
        return words("date.month_of", month=month, year=year)
    return words("date.day", day=int(date.day), month=month, year=year)
