"""The Extended Date/Time Format, ISO 8601-2 (2019), levels 0 and 1 and of level 2 all but exotic groupings.

    Edtf
    ├── Date       1953-09-21 · 198X · 1996-XX-05 · 2004?-06-~11 · 2001-21 · Y-17E7 · 1950S2 · 2004-01-01T10:10:10Z
    ├── Interval   1962/1993 · ../1996 · 1999/ · 1984~/2004-06
    └── DateSet    [1667,1670..1672] one of them · {1960,1961-12} all of them · [..1760-12-03]

Values keep the characters that were written, so that `str(parse(text)) == text` (white space in sets aside). A qualifier to
the right of a component is said of it and of all to its left, one to the left of it alone. What a value means in days is the
business of `bounds`.

Source: Library of Congress, "Extended Date/Time Format (EDTF) Specification", 4 February 2019.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import product
from typing import Literal

from regesta.dates.days import is_leap, month_length
from regesta.errors import DateError

__all__ = ["Date", "DateSet", "Edge", "Edtf", "Interval", "Precision", "Stretch", "format_edtf", "parse"]

Precision = Literal["day", "month", "season", "year", "decade", "century", "millennium"]

_LONGEST = 2000
"""Characters; a set of more dates than fit here is no date."""
_DATE = re.compile(
    r"(?P<ly>[?~%]?)(?P<year>-?[0-9X]{4}|Y-?[1-9][0-9]{4,17}|Y-?[1-9][0-9]{0,8}E[1-9][0-9]?)(?:S(?P<significant>[1-9][0-9]?))?(?P<ry>[?~%]?)"
    r"(?:-(?P<lm>[?~%]?)(?P<month>[0-9X]{2})(?P<rm>[?~%]?)(?:-(?P<ld>[?~%]?)(?P<day>[0-9X]{2})(?P<rd>[?~%]?))?)?"
    r"(?P<time>T.{1,40})?"
)
_TIME = re.compile(
    r"T(?P<hour>[01][0-9]|2[0-4]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9])(?P<fraction>\.[0-9]{1,9})?"
    r"(?P<zone>Z|(?P<sign>[+-])(?P<zh>[01][0-9])(?::?(?P<zm>[0-5][0-9]))?)?"
)
_SEASONS = range(21, 42)
_MONTHS = tuple(f"{n:02d}" for n in range(1, 13))
_DAYS = tuple(f"{n:02d}" for n in range(1, 32))


class Edge(Enum):
    """An end of an interval that is no date."""

    OPEN = ".."
    """It has no end, or none that matters."""
    UNKNOWN = ""
    """It has one, and nobody knows which."""


class Edtf:
    """A value of the Extended Date/Time Format; `str()` writes it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Date(Edtf):
    """A single date of any precision, its characters as written.

    >>> date = parse("2004?-06-~11")
    >>> date.month, date.is_uncertain, date.is_approximate, date.precision
    ('06', True, True, 'day')
    """

    year: str
    """`1953`, `-0043`, `198X`, `Y170000002`, `Y17E7`."""
    month: str = ""
    """`01` to `12`, masked with `X`; `21` to `41` is a season."""
    day: str = ""
    time: str = ""
    """With its `T` and its zone."""
    significant: int | None = None
    """How many digits of the year are sure: 2 in `1950S2`."""
    marks: tuple[str, str, str, str, str, str] = ("", "", "", "", "", "")
    """The qualifiers left and right of year, month and day."""

    def __str__(self) -> str:
        marks = self.marks
        text = f"{marks[0]}{self.year}{f'S{self.significant}' if self.significant else ''}{marks[1]}"
        if self.month:
            text += f"-{marks[2]}{self.month}{marks[3]}"
        if self.day:
            text += f"-{marks[4]}{self.day}{marks[5]}"
        return text + self.time

    @property
    def is_approximate(self) -> bool:
        """Whether any part is qualified by `~` or `%`."""
        return "~" in self.marks or "%" in self.marks

    @property
    def is_uncertain(self) -> bool:
        """Whether any part is qualified by `?` or `%`."""
        return "?" in self.marks or "%" in self.marks

    @property
    def is_masked(self) -> bool:
        """Whether any digit is unspecified."""
        return "X" in self.year or "X" in self.month or "X" in self.day or self.significant is not None

    @property
    def season(self) -> int | None:
        """The code of the season, 21 to 41, or None."""
        return int(self.month) if self.month.isdecimal() and int(self.month) in _SEASONS else None

    @property
    def precision(self) -> Precision:
        """The finest part that is written, masks read as what they leave open: a decade for `198X`."""
        if self.day:
            return "day"
        if self.month:
            return "month" if self.season is None else "season"
        open_digits = len(self.year) - len(self.year.rstrip("X"))
        coarse: tuple[Precision, ...] = ("year", "decade", "century", "millennium", "millennium")
        return coarse[open_digits]

    def years(self) -> Iterator[int]:
        """Yield the years that fit the mask, ascending."""
        yield from fitting_years(self.year, self.significant)


@dataclass(frozen=True, slots=True)
class Interval(Edtf):
    """From one date to another, both included."""

    start: Date | Edge
    end: Date | Edge

    def __str__(self) -> str:
        return "/".join(
            side.value if isinstance(side, Edge) else str(side) for side in (self.start, self.end)
        )


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive dates as an item of a set: `1670..1672`, `..1984`, `1984..`."""

    start: Date | None
    end: Date | None

    def __str__(self) -> str:
        return f"{self.start or ''}..{self.end or ''}"


@dataclass(frozen=True, slots=True)
class DateSet(Edtf):
    """Several dates: one of them, it is not known which, or all of them."""

    items: tuple[Date | Stretch, ...]
    """In the order written, never empty."""
    is_all: bool
    """True for `{..}`, False for `[..]`."""

    def __str__(self) -> str:
        inner = ",".join(str(item) for item in self.items)
        return f"{{{inner}}}" if self.is_all else f"[{inner}]"


@lru_cache(maxsize=4096)
def parse(text: str) -> Edtf:
    """Return the value that an EDTF string writes.

    Raises `DateError` (problem, found, hint) if it is none. White space around it and between the members of a set is
    allowed. An interval must not end before it begins.

    >>> parse("1984~/2004-06")
    Interval(start=Date(year='1984', month='', day='', time='', significant=None, marks=('', '~', '', '', '', '')), end=Date(year='2004', month='06', day='', time='', significant=None, marks=('', '', '', '', '', '')))
    >>> str(parse("[1667, 1668, 1670..1672]"))
    '[1667,1668,1670..1672]'
    """
    if not isinstance(text, str):  # callers without types
        raise DateError("a date must be a string", found=text)
    bare = text.strip()
    if not bare:
        raise DateError("an empty string is no date", found=text, hint="write XXXX for an unknown year")
    if len(bare) > _LONGEST:
        raise DateError(f"longer than {_LONGEST} characters", found=bare[:40] + "...")
    if bare[0] in "[{":
        return _parse_set(bare)
    if "/" in bare:
        return _parse_interval(bare)
    return _parse_date(bare, bare)


def format_edtf(value: Edtf) -> str:
    """Return the string of a value: the inverse of `parse`.

    >>> format_edtf(Interval(Edge.OPEN, Date("1996")))
    '../1996'
    """
    return str(value)


def fitting_years(year: str, significant: int | None = None) -> Iterator[int]:
    """Yield the years that a masked year allows, ascending; a plain year yields itself.

    >>> list(fitting_years("198X"))[:3], list(fitting_years("-000X"))[:2], next(fitting_years("Y-17E7"))
    ([1980, 1981, 1982], [-9, -8], -170000000)
    """
    low, high = year_limits(year, significant)
    if "X" not in year:
        yield from range(low, high + 1)
        return
    digits = year.lstrip("-")
    numbers = [int("".join(choice)) for choice in product(*("0123456789" if d == "X" else d for d in digits))]
    yield from sorted(-n for n in numbers) if year.startswith("-") else numbers


def year_limits(year: str, significant: int | None = None) -> tuple[int, int]:
    """Return the first and the last year that a masked year allows.

    >>> year_limits("1950", 2), year_limits("1XX3"), year_limits("-03XX")
    ((1900, 1999), (1003, 1993), (-399, -300))
    """
    plain = year.removeprefix("Y")
    if "E" in plain:
        base, exponent = plain.split("E")
        plain = base + "0" * int(exponent)
    sign = -1 if plain.startswith("-") else 1
    digits = plain.lstrip("-")
    low, high = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    if significant is not None:
        unit = 10 ** max(len(digits) - significant, 0)
        low, high = low // unit * unit, low // unit * unit + unit - 1
    return (low, high) if sign > 0 else (-high, -low)


def fitting(mask: str, choices: tuple[str, ...]) -> list[int]:
    """Return the numbers among `choices` that fit a two-digit mask; all for an empty one."""
    if not mask:
        return [int(c) for c in choices]
    if "X" not in mask:
        return [int(mask)] if mask in choices else []
    return [int(c) for c in choices if all(m in {"X", d} for m, d in zip(mask, c, strict=True))]


def fitting_months(mask: str) -> list[int]:
    """Return the months that fit, 1..12."""
    return fitting(mask, _MONTHS)


def fitting_days(mask: str) -> list[int]:
    """Return the days that fit, 1..31, whatever the month."""
    return fitting(mask, _DAYS)


def _parse_date(text: str, whole: str) -> Date:
    found = _DATE.fullmatch(text)
    if found is None:
        raise DateError("not an EDTF date", found=whole, hint=_hint(text))
    year, month, day, time = (found[g] or "" for g in ("year", "month", "day", "time"))
    marks = tuple(found[g] or "" for g in ("ly", "ry", "lm", "rm", "ld", "rd"))
    significant = int(found["significant"]) if found["significant"] else None
    if year == "-0000":
        raise DateError("year zero has no sign", found=whole, hint="write 0000, which is 1 BC")
    if year.startswith("Y") and month:
        raise DateError("a year with Y has neither month nor day", found=whole)
    if significant and (month or "X" in year or significant > len(year.lstrip("Y-"))):
        raise DateError("significant digits belong to a plain year, no more than it has", found=whole)
    if month and not fitting_months(month):
        if not (month.isdecimal() and int(month) in _SEASONS):
            raise DateError(f"month is {month}", found=whole, hint="months are 01 to 12, seasons 21 to 41")
        if day:
            raise DateError("a season has no days", found=whole)
    if day:
        _check_day(year, month, day, whole)
    if time:
        _check_time(time, whole, is_plain=bool(day) and not any(marks) and "X" not in year + month + day)
    return Date(year, month, day, time, significant, marks)  # type: ignore[arg-type]


def _check_day(year: str, month: str, day: str, whole: str) -> None:
    days = fitting_days(day)
    if not days:
        raise DateError(f"day is {day}", found=whole, hint="days are 01 to 31")
    months = fitting_months(month)
    longest = max(month_length(2001, m) for m in months)
    if days[0] <= longest:
        return
    if days[0] == 29 and any(is_leap(y) for y in fitting_years(year)):
        return
    raise DateError(f"that month has no day {day}", found=whole)


def _check_time(time: str, whole: str, *, is_plain: bool) -> None:
    found = _TIME.fullmatch(time)
    if found is None or not is_plain:
        raise DateError(
            "not a time of day" if is_plain else "a time needs a whole date before it",
            found=whole,
            hint="write 2004-01-01T10:10:10Z",
        )
    if found["hour"] == "24" and (
        found["minute"],
        found["second"],
        (found["fraction"] or "").strip(".0"),
    ) != ("00", "00", ""):
        raise DateError("a day ends with 24:00:00", found=whole)
    if found["sign"]:
        minutes = int(found["zh"]) * 60 + int(found["zm"] or 0)
        if minutes > (14 * 60 if found["sign"] == "+" else 12 * 60) or (
            found["sign"] == "-" and minutes == 0
        ):
            raise DateError(
                "no such time zone", found=whole, hint="zones are -12:00 to +14:00, without -00:00"
            )


def _parse_interval(text: str) -> Interval:
    sides = text.split("/")
    if len(sides) != 2:
        raise DateError("an interval has two sides", found=text, hint="write 1962/1993")
    start, end = (_parse_side(side, text) for side in sides)
    if isinstance(start, Date) and isinstance(end, Date) and _first(start) > _last(end):
        raise DateError("the interval ends before it begins", found=text, hint="swap its sides")
    return Interval(start, end)


def _parse_side(side: str, whole: str) -> Date | Edge:
    if side in {"", ".."}:
        return Edge(side)
    return _parse_date(side, whole)


def _parse_set(text: str) -> DateSet:
    if len(text) < 3 or text[-1] != {"[": "]", "{": "}"}[text[0]]:
        raise DateError("a set must be closed by the bracket that opens it", found=text)
    items = tuple(_parse_item(item.strip(), text) for item in text[1:-1].split(","))
    for index, item in enumerate(items):
        if isinstance(item, Stretch) and (
            (item.start is None and index > 0) or (item.end is None and index < len(items) - 1)
        ):
            raise DateError("only the first member may be open before it, the last behind it", found=text)
    return DateSet(items, text[0] == "{")


def _parse_item(item: str, whole: str) -> Date | Stretch:
    if ".." not in item:
        return _parse_date(item, whole)
    left, _, right = item.partition("..")
    if not left and not right:
        raise DateError("a member of a set needs a date", found=whole)
    start = _parse_date(left, whole) if left else None
    end = _parse_date(right, whole) if right else None
    if start and end and _first(start) > _last(end):
        raise DateError("the stretch ends before it begins", found=whole, hint="swap its sides")
    return Stretch(start, end)


def _first(date: Date) -> tuple[int, int, int]:
    """Return what sorts no later than any day of the date; seasons count by their year alone."""
    month = 1 if date.season else fitting_months(date.month)[0]
    return year_limits(date.year, date.significant)[0], month, fitting_days(date.day)[0]


def _last(date: Date) -> tuple[int, int, int]:
    month = 12 if date.season else fitting_months(date.month)[-1]
    return year_limits(date.year, date.significant)[1], month, fitting_days(date.day)[-1]


def _hint(text: str) -> str:
    """Return the likeliest remedy for a string that is no date."""
    if "u" in text or "x" in text:
        return "write X, in capitals, for an unknown digit"
    if "?~" in text or "~?" in text:
        return "write % for both uncertain and approximate"
    if "(" in text:
        return "write the qualifier beside its part, as in 2004-?06"
    if text.lower() in {"open", "unknown"}:
        return "write .. for an open end and nothing for an unknown one"
    if re.fullmatch(r"-?[0-9]{5,}", text):
        return "write Y before a year of more than four digits"
    if re.fullmatch(r"-?[0-9]{1,3}", text):
        return "write a year with four digits"
    return "write it like 1953-09-21, 1953-09, 1953, 198X, 1950~ or 1962/1993"
