"""Dates as citations write them: closed forms, one a place, in the languages of the world's libraries.

    17 February 1997   February 17, 1997   17.2.1997   1997-02-17   Feb. 1997   Spring 1997   1997/98   c. 1997   1997a

`regesta.dates` reads dates in prose ("since the late 1990s"); a citation's title may hold such words and does not mean
its own date by them. Values are EDTF.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["CitationDate", "date_at", "find_citation_dates"]


class CitationDate(NamedTuple):
    """One date and where it stands."""

    start: int
    end: int
    edtf: str

    @property
    def precision(self) -> int:
        """3 for a day, 2 for a month or season, 1 for a year."""
        return min(3, self.edtf.split("/")[0].count("-") + 1)


_MONTHS = (
    "january jan janvier janv enero ene januar jänner janeiro gennaio stycznia января січня",
    "february feb février févr fév febrero febr februar fevereiro fev febbraio lutego февраля лютого",
    "march mar mars marzo märz mär março marca марта березня",
    "april apr avril avr abril abr aprile kwietnia апреля квітня",
    "may mai mayo maio maggio maja мая травня",
    "june jun juin junio juni junho giugno czerwca июня червня",
    "july jul juillet juil julio juli julho luglio lipca июля липня",
    "august aug août agosto ago sierpnia августа серпня",
    "september sep sept septembre septiembre setembro set settembre września сентября вересня",
    "october oct octobre octubre oktober okt outubro out ottobre października октября жовтня",
    "november nov novembre noviembre novembro listopada ноября листопада",
    "december dec décembre déc diciembre dic dezember dez dezembro dicembre grudnia декабря грудня",
)
_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_SEASON = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_YEAR = r"(?:1[4-9]|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_WORD = r"[^\W\d_]{3,12}"
# A word in a month's place may be any word: `_read` looks it up, and takes the year alone where it is no month.
_DATE = re.compile(
    rf"""(?<![\w.,:/-])(?:
        (?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)(?![\d-])
      | (?P<dd>{_DAY})\.\s?(?P<dm>0?[1-9]|1[0-2])\.\s?(?P<dy>{_YEAR})(?!\d)
      | (?P<d1>{_DAY})(?:\s?[-–/]\s?{_DAY})?(?:st|nd|rd|th|er|º)?\.?\s(?:de\s|of\s)?(?P<m1>{_WORD})\.?,?\s(?:de\s)?(?P<y1>{_YEAR})(?!\d)
      | (?P<m2>{_WORD})\.?\s(?P<d2>{_DAY})(?:st|nd|rd|th)?(?:\s?[-–—]\s?{_DAY})?,?\s(?P<y2>{_YEAR})(?!\d)
      | (?P<y6>{_YEAR}),?\s(?P<m6>{_WORD})(?!\w)\.?(?:\s(?P<d6>{_DAY})(?!\d))?
      | (?P<m3>{_WORD})\.?(?:\s?[-–—/]\s?(?P<m3b>{_WORD})\.?)?,?\s(?:de\s)?(?P<y3>{_YEAR})(?![\d-])
      | (?P<ky>{_YEAR})\s?[年년]\s?(?P<km>\d{{1,2}})\s?[月월](?:\s?(?P<kd>\d{{1,2}})\s?[日일])?
      | {_YEAR}
    )""",
    re.VERBOSE,
)
_HAS_YEAR = re.compile(r"1[4-9]\d\d|20\d\d")  # every date has one; most of what is asked about has none
_LONGEST_BEFORE = 40  # code points between the beginning of a date and its year, and some
_BARE = re.compile(
    rf"(?P<y>{_YEAR})(?:[a-h](?!\w))?(?:\s?[-–/]\s?(?P<to>{_YEAR}|\d\d)(?![\d-]))?\]?(?P<q>\?)?(?![\w%-]|[.,]\d)"
)
_ABOUT = re.compile(r"(?<![\w])(?:c\.\s?|ca\.\s?|circa\s)\[?$", re.IGNORECASE)


def find_citation_dates(words: str) -> list[CitationDate]:
    """Return the dates in order.

    >>> [date.edtf for date in find_citation_dates("3 May 2010; Feb. 1997; Winter 2001; 1998/99; c. 1950; 5.11.2003")]
    ['2010-05-03', '1997-02', '2001-24', '1998/1999', '1950~', '2003-11-05']
    """
    found: list[CitationDate] = []
    position = 0
    while year := _HAS_YEAR.search(words, position):
        match = _DATE.search(words, max(position, year.start() - _LONGEST_BEFORE))
        if match is None:
            break
        date = _read(words, match)
        if date is not None:
            found.append(date)
        position = max(date.end if date else 0, match.start() + 4)
    return found


def date_at(words: str, start: int) -> CitationDate | None:
    """Return the date that begins at `start`, None where none does."""
    match = _DATE.match(words, start)
    date = _read(words, match) if match else None
    return date if date is not None and date.start == start else None


def _read(words: str, match: re.Match[str]) -> CitationDate | None:
    part = match.groupdict()
    start, end = match.span()
    if part["iso"]:
        return CitationDate(start, end, part["iso"])
    for year, month, day in (("dy", "dm", "dd"), ("ky", "km", "kd")):
        if part[year]:
            return CitationDate(start, end, _join(part[year], int(part[month]), part[day]))
    for suffix in "126":
        month_number = _NUMBER.get((part[f"m{suffix}"] or "").casefold())
        if part[f"y{suffix}"] and month_number:
            return CitationDate(start, end, _join(part[f"y{suffix}"], month_number, part[f"d{suffix}"]))
    if part["y3"]:
        name = part["m3"].casefold()
        last = _NUMBER.get((part["m3b"] or "").casefold())
        if name in _NUMBER:
            first = _join(part["y3"], _NUMBER[name], None)
            return CitationDate(start, end, f"{first}/{_join(part['y3'], last, None)}" if last else first)
        if last:
            return CitationDate(match.start("m3b"), end, _join(part["y3"], last, None))
        if name in _SEASON:
            return CitationDate(start, end, f"{part['y3']}-{_SEASON[name]}")
    return _bare_year(words, next((match.start(g) for g in ("y1", "y2", "y6", "y3") if part[g]), start))


def _bare_year(words: str, start: int) -> CitationDate | None:
    about = _ABOUT.search(words, max(0, start - 8), start)
    match = _BARE.match(words, start)
    if match is None:
        return None
    year, last = match.group("y"), match.group("to")
    if last:
        last = last if len(last) == 4 else year[:2] + last
        return CitationDate(start, match.end(), f"{year}/{last}" if last > year else year)
    mark = "~" if about else "?" if match.group("q") else ""
    return CitationDate(about.start() if about else start, match.end(), year + mark)


def _join(year: str, month: int, day: str | None) -> str:
    if not 1 <= month <= 12:
        return year
    return f"{year}-{month:02}" + (f"-{int(day):02}" if day and 1 <= int(day) <= 31 else "")
