"""Small sums on the EDTF strings of phrases: the year before "prior to 1997", the bounds of "the early 1980s".

They work on what phrases are made of (`1953`, `1953-09`, `1953-09-21`, `198X`, `18XX`, `1990-21`, the same with `XXXX` for
the year, `~ ? %` behind), and are kept apart from `edtf`, which knows the whole standard.
"""

from __future__ import annotations

from regesta.dates.bounds import bounds
from regesta.dates.days import day_number, from_day_number, month_length

__all__ = [
    "ends",
    "fill_year",
    "is_complete",
    "part_of",
    "predecessor",
    "qualify",
    "split_mark",
    "turns_year",
]

_SHARES: dict[str, tuple[tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    # part: first and last year of a decade (or decade of a century), month of a year, day of a month
    "early": ((0, 3), (1, 4), (1, 10)),
    "mid": ((4, 6), (5, 8), (11, 20)),
    "late": ((7, 9), (9, 12), (21, 31)),
    "early-mid": ((0, 6), (1, 8), (1, 20)),
    "mid-late": ((4, 9), (5, 12), (11, 31)),
    "first-half": ((0, 4), (1, 6), (1, 15)),
    "second-half": ((5, 9), (7, 12), (16, 31)),
    "beginning": ((0, 1), (1, 2), (1, 5)),
    "end": ((8, 9), (11, 12), (25, 31)),
}


def is_complete(value: str) -> bool:
    """Return whether a value says its year.

    >>> is_complete("XXXX-09"), is_complete("198X")
    (False, True)
    """
    return not value.startswith(("XXXX-", "[XXXX-", "{XXXX-"))


def split_mark(value: str) -> tuple[str, str]:
    """Return the value without its final qualifier, and the qualifier or an empty string."""
    return (value[:-1], value[-1]) if value[-1:] in {"~", "?", "%"} else (value, "")


def qualify(value: str, mark: str) -> str:
    """Return the value with one more qualifier; sets and intervals stay as they are.

    >>> qualify("1950", "~"), qualify("1950~", "?"), qualify("1950~", "~")
    ('1950~', '1950%', '1950~')
    """
    if not mark or value[:1] in {"[", "{"} or "/" in value:
        return value
    bare, old = split_mark(value)
    return bare + (mark if old in {"", mark} else "%")


def fill_year(value: str, year: str) -> str:
    """Return a value whose `XXXX` is replaced, everywhere, by a year; what ends in an earlier month ends a year later.

    >>> fill_year("XXXX-05-12/XXXX-05-14", "1986"), fill_year("XXXX-12/XXXX-02", "1986")
    ('1986-05-12/1986-05-14', '1986-12/1987-02')
    """
    if turns_year(value) and year.isdecimal():
        low, _, high = value.partition("/")
        return f"{low.replace('XXXX', year)}/{high.replace('XXXX', f'{int(year) + 1:04d}')}"
    return value.replace("XXXX", year)


def turns_year(value: str) -> bool:
    """Return whether a stretch without a year ends in an earlier month than it begins in.

    >>> turns_year("XXXX-12/XXXX-02"), turns_year("XXXX-02/XXXX-12"), turns_year("XXXX-12")
    (True, False, False)
    """
    low, _, high = value.partition("/")
    return low[:5] == high[:5] == "XXXX-" and high[5:7] < low[5:7]


def ends(value: str) -> tuple[str, str]:
    """Return the two ends of a value that may be an interval or a set, empty where it is open.

    >>> ends("1953/1962"), ends("1990"), ends("../1996")
    (('1953', '1962'), ('1990', '1990'), ('', '1996'))
    """
    if value[:1] in {"[", "{"}:
        items = value[1:-1].split(",")
        return items[0], items[-1]
    low, mark, high = value.partition("/")
    return ("" if low == ".." else low, "" if high == ".." else high) if mark else (value, value)


def predecessor(value: str) -> str:
    """Return what lies just before a value, as precise as it: the end of "before 1997".

    >>> predecessor("1997"), predecessor("1997-01"), predecessor("1997-03-01"), predecessor("198X~")
    ('1996', '1996-12', '1997-02-28', '1979~')
    """
    bare, mark = split_mark(value)
    first = bounds(bare).earliest
    assert first is not None
    before = str(from_day_number(day_number(first) - 1))
    depth = bare.lstrip("-").count("-")
    return (before if depth == 2 else before[:-3] if depth == 1 else before[:-6]) + mark


def part_of(value: str, part: str, precision: str) -> tuple[str, str | None]:
    """Return (EDTF, bounds) of the early, middle or late part of a value.

    EDTF has no "early": the value stays as it is and the bounds say what is meant, `198X` and `1980/1983`. The end and
    the beginning of a month, a year or a decade are near a unit that EDTF can name: `2020-12~`.

    >>> part_of("198X", "early", "decade"), part_of("2020", "end", "year")
    (('198X', '1980/1983'), ('2020-12~', None))
    """
    share, months, days = _SHARES[part]
    bare, _ = split_mark(value)
    edge = part in {"end", "beginning"}
    if precision == "century":
        return value, f"{bare[:-2]}{share[0]}0/{bare[:-2]}{share[1]}9"
    if precision == "decade":
        if edge:
            return f"{bare[:-1]}{share[part == 'end']}~", None
        return value, f"{bare[:-1]}{share[0]}/{bare[:-1]}{share[1]}"
    if precision == "year":
        if edge:
            return f"{bare}-{months[part == 'end']:02d}~", None
        return value, f"{bare}-{months[0]:02d}/{bare}-{months[1]:02d}"
    if precision == "month":
        year, month = bare[:-3], int(bare[-2:])
        longest = month_length(int(year) if year.isdecimal() else 2001, month)
        if edge:
            return f"{bare}-{longest if part == 'end' else 1:02d}~", None
        hint = f"{bare}-{days[0]:02d}/{bare}-{min(days[1], longest):02d}"
        return value, hint if is_complete(bare) else None
    return value, None
