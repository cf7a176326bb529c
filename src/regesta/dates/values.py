"""Small sums on simple EDTF strings: the last day of "end of May", the year before "prior to 1997".

These work on the values that phrases have (`1953`, `1953-09`, `1953-09-21`, `198X`, `18XX`, `1990-21`, their `XXXX-`
forms, with `~ ? %` behind), not on all of EDTF.
"""

from __future__ import annotations

from regesta.dates.days import Day, day_number, from_day_number, month_length

__all__ = ["end_of", "first_day", "fill_year", "last_day", "part_of", "predecessor", "qualify", "split_mark"]

_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
_EARLY_MID_LATE = {
    # part: (first, last) of the years of a decade, the decades of a century, the months of a year, the days of a month
    "early": ((0, 3), (0, 3), (1, 4), (1, 10)),
    "mid": ((4, 6), (4, 6), (5, 8), (11, 20)),
    "late": ((7, 9), (7, 9), (9, 12), (21, 31)),
    "early-mid": ((0, 6), (0, 6), (1, 8), (1, 20)),
    "mid-late": ((4, 9), (4, 9), (5, 12), (11, 31)),
    "beginning": ((0, 1), (0, 1), (1, 2), (1, 5)),
    "end": ((8, 9), (8, 9), (11, 12), (25, 31)),
}


def split_mark(value: str) -> tuple[str, str]:
    """Return the value without its final qualifier, and the qualifier or an empty string."""
    return (value[:-1], value[-1]) if value[-1:] in {"~", "?", "%"} else (value, "")


def qualify(value: str, mark: str) -> str:
    """Return the value with one more qualifier.

    >>> qualify("1950", "~"), qualify("1950~", "?"), qualify("1950~", "~")
    ('1950~', '1950%', '1950~')
    """
    if not mark or value[:1] in {"[", "{"} or "/" in value:
        return value
    bare, old = split_mark(value)
    return bare + (mark if old in {"", mark} else "%")


def fill_year(value: str, year: str) -> str:
    """Return a value whose `XXXX` is replaced, everywhere, by a year.

    >>> fill_year("XXXX-05-12/XXXX-05-14", "1986")
    '1986-05-12/1986-05-14'
    """
    return value.replace("XXXX", year)


def first_day(value: str) -> Day:
    """Return the first day of a simple value."""
    return _edge(value, last=False)


def last_day(value: str) -> Day:
    """Return the last day of a simple value.

    >>> last_day("198X"), last_day("1990-02")
    (Day(year=1989, month=12, day=31), Day(year=1990, month=2, day=28))
    """
    return _edge(value, last=True)


def _edge(value: str, *, last: bool) -> Day:
    bare, _ = split_mark(value)
    sign = -1 if bare.startswith("-") else 1
    year, *rest = bare.lstrip("-").split("-")
    masked = "9" if last == (sign > 0) else "0"
    number = sign * int(year.replace("X", masked))
    month = int(rest[0]) if rest and rest[0].isdecimal() else (12 if last else 1)
    if month in _SEASON_MONTHS:
        month = _SEASON_MONTHS[month][last]
        number, month = (number + 1, month - 12) if month > 12 else (number, month)
    if len(rest) > 1 and rest[1].isdecimal():
        return Day(number, month, int(rest[1]))
    return Day(number, month, month_length(number, month) if last else 1)


def predecessor(value: str) -> str:
    """Return what lies just before a value, as precise as it: the end of "before 1997".

    >>> predecessor("1997"), predecessor("1997-01"), predecessor("1997-03-01"), predecessor("198X~")
    ('1996', '1996-12', '1997-02-28', '1979~')
    """
    bare, mark = split_mark(value)
    start = first_day(bare)
    before = from_day_number(day_number(start) - 1)
    depth = bare.lstrip("-").count("-")
    year = f"{before.year:04d}" if before.year >= 0 else f"-{-before.year:04d}"
    if depth == 2:
        return f"{year}-{before.month:02d}-{before.day:02d}{mark}"
    return (f"{year}-{before.month:02d}" if depth == 1 else year) + mark


def part_of(value: str, part: str, precision: str) -> tuple[str, str | None]:
    """Return (EDTF, bounds) of the early, middle or late part of a value.

    EDTF has no "early": the value stays as it is and the bounds say what is meant, `198X` and `1980/1983`. The end and
    the beginning of a month, a year or a decade are near a unit that EDTF can name: `2020-12~`.

    >>> part_of("198X", "early", "decade"), part_of("2020", "end", "year")
    (('198X', '1980/1983'), ('2020-12~', None))
    """
    low_high = _EARLY_MID_LATE[part]
    bare, mark = split_mark(value)
    if precision == "decade":
        if part in {"end", "beginning"}:
            return f"{bare[:-1]}{'9' if part == 'end' else '0'}~", None
        low, high = low_high[0]
        return value, f"{bare[:-1]}{low}/{bare[:-1]}{high}"
    if precision == "century":
        low, high = low_high[1]
        return value, f"{bare[:-2]}{low}0/{bare[:-2]}{high}9"
    if precision == "year":
        if part in {"end", "beginning"}:
            return f"{bare}-{'12' if part == 'end' else '01'}~", None
        low, high = low_high[2]
        return value, f"{bare}-{low:02d}/{bare}-{high:02d}"
    if precision == "month":
        year, month = bare.rsplit("-", 1)
        longest = month_length(int(year) if year.isdecimal() else 2001, int(month))
        if part in {"end", "beginning"}:
            return f"{bare}-{longest if part == 'end' else 1:02d}~", None
        low, high = low_high[3]
        return value, f"{bare}-{low:02d}/{bare}-{min(high, longest):02d}" if year != "XXXX" else None
    return qualify(value, mark), None


def end_of(value: str) -> tuple[str, str]:
    """Return the two ends of a value that may be an interval or a set.

    >>> end_of("1953/1962"), end_of("1990"), end_of("../1996")
    (('1953', '1962'), ('1990', '1990'), ('', '1996'))
    """
    if value[:1] in {"[", "{"}:
        items = value[1:-1].split(",")
        return items[0], items[-1]
    low, mark, high = value.partition("/")
    return ("" if low == ".." else low, "" if high == ".." else high) if mark else (value, value)
