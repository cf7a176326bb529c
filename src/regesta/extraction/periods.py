"""Labels of statistical periods and what they are in EDTF: "pre-1989", "1998/99", "FY2004", "Jan 2001", "2016 (to June)".

A label is short and formal, unlike a date in prose; what is not one of these forms is asked of `find_dates`, and is a
period only if the date fills the whole label.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, Protocol

from regesta.dates import find_dates
from regesta.text.patterns import lazy

__all__ = [
    "Dates",
    "Period",
    "PhraseOfDate",
    "cover",
    "is_month",
    "month_of",
    "period_at",
    "read_period",
    "with_year",
]


class PhraseOfDate(Protocol):
    """What is used of a date phrase."""

    @property
    def span(self) -> tuple[int, int]: ...  # noqa: D102
    @property
    def edtf(self) -> str | None: ...  # noqa: D102


Dates = Callable[[str, int, int], Sequence[PhraseOfDate]]


class Period(NamedTuple):
    """A period read at the beginning of a piece of text."""

    end: int
    edtf: str
    """`--05` for a month whose year stands elsewhere; `with_year` adds it."""


_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ["january jan", "february feb febr", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sep sept", "october oct", "november nov", "december dec"],
        1,
    )
    for name in names.split()
}  # fmt: skip
_YEAR: Final = r"(?:1[4-9]|20)\d\d"
_MONTH: Final = r"[adfjmnos][aceopu][a-z]{1,7}"
"""Words that may be months; `_MONTHS` knows which are."""
_LABEL: Final = lazy(
    rf"""(?:
        (?P<open> pre[-– ]? | before[ ] | prior[ ]to[ ] | until[ ] | till[ ] | up[ ]to[ ] | to[ ] | through[ ] | by[ ] | since[ ] | from[ ]
                | after[ ] | post[-– ]? )?
        (?P<hedge> (?:c\.|ca\.|circa|about|around|approx\.?)[ ]? | ~ )?
        (?: (?:FY|F\.Y\.|fiscal[ ]year|financial[ ]year|year|calendar[ ]year|CY)[ ]?['’]? )?
        (?:
            (?P<quarter> q[1-4] | [1-4]q ) [ /-]? (?P<qy>{_YEAR})
          | (?P<yq>{_YEAR}) [ /:-]? q(?P<nq>[1-4])
          | (?P<half> h[12] ) [ /-]? (?P<hy>{_YEAR})
          | (?P<m1>{_MONTH})\.?[ ]?(?:-|–|to)[ ]?(?P<m2>{_MONTH})\.?,?[ ](?P<my>{_YEAR})
          | (?P<d1>\d{{1,2}})[ ]?[-–][ ]?(?P<d2>\d{{1,2}})[ ](?P<dm>{_MONTH})\.?(?:,?[ ](?P<dy>{_YEAR}))?(?![^\W_])
          | (?P<em>{_MONTH})\.?[ ](?P<e1>\d{{1,2}})[ ]?[-–][ ]?(?P<e2>\d{{1,2}})(?:,?[ ](?P<ey>{_YEAR}))?(?![^\W_])
          | (?P<day>\d{{1,2}})[ ](?P<daym>{_MONTH})\.?(?![^\W_]|,?[ ]{_YEAR})
          | (?P<mon>{_MONTH})\.?,?[ /-]?(?P<mony>{_YEAR})
          | (?P<ymy>{_YEAR})[ /-](?P<ymon>{_MONTH})(?![^\W_])
          | (?P<isoy>{_YEAR})-(?P<isom>0[1-9]|1[0-2])(?![\d-])
          | (?P<decade>{_YEAR})['’]?s(?![^\W_])
          | (?P<from>{_YEAR})[ ]?(?:-|–|—|/|to[ ])[ ]?(?P<to>{_YEAR}|\d\d)(?![\d,.]\d|\d|[ ]?[%])
          | (?P<year>{_YEAR})(?!\d|[-/.]\d|,\d{{3}}(?!\d))
          | (?P<only>{_MONTH})\.?(?![^\W_])
        )
        (?: [ ]and[ ](?P<back>before|earlier|prior) | [ ]and[ ](?P<on>after|later) | [ ]onwards?\b )?
        (?: [ ]?\((?:up[ ])?(?:to|until|till|through|thru|as[ ]of)[ ](?:the[ ]end[ ]of[ ]|end[ ])?(?P<um>{_MONTH})\.?\)
          | [ ]?\((?:jan(?:uary)?)\.?[ ]?[-–][ ]?(?P<um2>{_MONTH})\.?\) )?
        (?: [ ]?\(?(?:p|e|r|prov\.?|provisional|est\.?|estimate|estimated|partial|preliminary|projected)\)? (?![^\W_])
          | [*†‡]{{1,3}} )?
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_SHORT: Final = re.compile(
    r"\s*(?P<open>[~∼～-]|up to |until |to )?\s*['’‘`](?P<year>\d\d)\s?[년年]?(?:\s?\((?:p|prov\.?|provisional|잠정|暂定|暫定)\))?[*†]?\s*",
    re.IGNORECASE,
)
"""A year in two figures behind an apostrophe, as heads of columns have it: "'07", "~'98" for all years until then."""
_TURN: Final = 40
"""Years in two figures up to here are of the twenty-first century."""
_LONGEST_MONTH: Final = 31
_MONTH_GROUPS: Final = ("m1", "m2", "mon", "ymon", "dm", "em", "daym", "only", "um", "um2")


def period_at(text: str, start: int, end: int) -> Period | None:
    """Return the formal period that begins at `start`; None where none does.

    >>> [period_at(x, 0, len(x)).edtf for x in ("pre-1989 – 607", "1998/99: 312", "FY2004 1,234", "2016 (to June) 5", "Q2 2005")]
    ['../1988', '1998/1999', '2004', '2016-01/2016-06', '2005-34']
    """
    match = _LABEL.match(text, start, end)
    if match is None or (match.end() < end and text[match.end()].isalnum()):
        return None
    months = [match[name] for name in _MONTH_GROUPS if match[name]]
    edtf = _edtf(match) if all(month.lower() in _MONTHS for month in months) else None
    if edtf is None:
        return None
    edtf = _opened(edtf, (match["open"] or "").strip(" -–").lower(), match)
    return Period(match.end(), edtf)


def _edtf(match: re.Match[str]) -> str | None:
    """Return the value without what opens it on one side."""
    if quarter := match["quarter"] or match["nq"]:
        number = int(re.sub(r"\D", "", quarter))
        return f"{match['qy'] or match['yq']}-{32 + number}"
    if half := match["half"]:
        year = match["hy"]
        return f"{year}-01/{year}-06" if half[1] == "1" else f"{year}-07/{year}-12"
    if match["m1"]:
        return f"{match['my']}-{month_of(match['m1']):02}/{match['my']}-{month_of(match['m2']):02}"
    if match["d1"] or match["e1"]:
        in_month = f"{match['dy'] or match['ey'] or '-'}-{month_of(match['dm'] or match['em']):02}"
        begin, end = int(match["d1"] or match["e1"]), int(match["d2"] or match["e2"])
        return f"{in_month}-{begin:02}/{in_month}-{end:02}" if 0 < begin < end <= 31 else None
    if match["day"]:
        return (
            f"--{month_of(match['daym']):02}-{int(match['day']):02}"
            if 0 < int(match["day"]) <= _LONGEST_MONTH
            else None
        )
    if match["mony"] or match["ymy"]:
        return f"{match['mony'] or match['ymy']}-{month_of(match['mon'] or match['ymon']):02}"
    if match["isoy"]:
        return f"{match['isoy']}-{match['isom']}"
    if decade := match["decade"]:
        return f"{decade[:3]}X" if decade.endswith("0") else None
    if first := match["from"]:
        last = match["to"] if len(match["to"]) == 4 else first[:2] + match["to"]
        if int(last) < int(first) and len(match["to"]) == 2 and match["to"] == "00":
            last = str(int(first[:2]) + 1) + "00"
        return f"{first}/{last}" if int(first) < int(last) else None
    if year := match["year"]:
        month = match["um"] or match["um2"]
        return f"{year}-01/{year}-{month_of(month):02}" if month else year
    return f"--{month_of(match['only']):02}" if not match["open"] else None


def _opened(edtf: str, opener: str, match: re.Match[str]) -> str:
    """Add an open end; "before 1989" ends with 1988, "until 1989" with 1989."""
    if match["hedge"]:
        edtf += "~"
    if match["back"]:
        return f"../{edtf}"
    if match["on"]:
        return f"{edtf}/.."
    if not opener or "/" in edtf:
        return edtf
    if opener in ("since", "from"):
        return f"{edtf}/.."
    plain = len(edtf) == 4 and edtf.isdigit()
    if opener in ("after", "post"):
        return f"{int(edtf) + 1}/.." if plain else f"{edtf}/.."
    if opener in ("pre", "before", "prior to"):
        return f"../{int(edtf) - 1}" if plain else f"../{edtf}"
    return f"../{edtf}"


def read_period(text: str, start: int, end: int, dates: Dates = find_dates) -> Period | None:
    """Return the period that fills `text[start:end]`, by its form or as a date in words; None where it is none.

    >>> text = "in the first half of 1997"; read_period("31 May 2004", 0, 11).edtf
    '2004-05-31'
    >>> [read_period(x, 0, len(x)).edtf for x in ("'07", "~’98")]
    ['2007', '../1998']
    """
    if short := _SHORT.fullmatch(text, start, end):
        year = int(short["year"])
        year += 2000 if year <= _TURN else 1900
        return Period(end, f"../{year}" if short["open"] else str(year))
    found = period_at(text, start, end)
    if found and _is_rest(text[found.end : end]):
        return found
    if end - start > 60 or not any(c.isdigit() for c in text[start:end]):
        return None
    for phrase in dates(text, start, end):
        if phrase.edtf and phrase.span[0] - start <= 4 and _is_rest(text[phrase.span[1] : end]):
            return Period(phrase.span[1], phrase.edtf)
    return None


def _is_rest(rest: str) -> bool:
    """Whether nothing but marks stands behind a period: `[3]`, `*`, a colon."""
    return not re.sub(r"\[[^\]]{1,12}\]|[\s*†‡.:,)–—-]|\((?:p|e|r|prov\w*|est\w*)\.?\)", "", rest)


def with_year(edtf: str, year: str) -> str:
    """Return a value that lacks its year with it.

    >>> with_year("--05", "1990"), with_year("--08-25/--08-31", "2017")
    ('1990-05', '2017-08-25/2017-08-31')
    """
    return "/".join(f"{year}{part[1:]}" if part.startswith("--") else part for part in edtf.split("/"))


def month_of(name: str) -> int:
    """Return the number of a month's name or abbreviation.

    >>> month_of("Sept"), month_of("may")
    (9, 5)
    """
    return _MONTHS[name.lower().rstrip(".")]


def is_month(word: str) -> bool:
    """Return whether a word is the name of a month or its abbreviation.

    >>> is_month("Sept."), is_month("Total")
    (True, False)
    """
    return word.lower().rstrip(".") in _MONTHS


def cover(periods: Sequence[str]) -> str:
    """Return the interval from the earliest to the latest of EDTF periods, as coarse as the coarsest; open where one is.

    >>> cover(["../1988", "1990", "2009"]), cover(["2001-02", "2001-01"]), cover(["1990"])
    ('../2009', '2001-01/2001-02', '1990')
    """
    starts, ends = [], []
    shortest = min((len(x.rstrip("~?%")) for p in periods for x in p.split("/") if x != ".."), default=10)
    for period in periods:
        first, _, last = period.partition("/")
        starts.append(first.rstrip("~?%"))
        ends.append((last or first).rstrip("~?%"))
    first = ".." if ".." in starts else min(starts)[:shortest]
    last = ".." if ".." in ends else max(ends)[:shortest]
    return first if first == last else f"{first}/{last}"
