"""One date in a language other than English: the groups of a form, turned into a value.

    form of `languages/`      year=一九九七 month=二 day=十二      ->  Atom 1997-02-12

What a group means is the same in every language; which words stand in it is the language's business. A date that cannot be
(30 February, month 13) is none.
"""

from __future__ import annotations

import re
from typing import Final

from regesta.dates.atoms import Atom
from regesta.dates.days import month_length
from regesta.dates.languages.eras import ERAS, Era
from regesta.dates.numerals import myriad_value
from regesta.dates.tongue import Tongue

__all__ = ["full_year", "read_atom", "roman_value"]

_PIVOT: Final = 30
"""Two digits below it are years of the twenty-first century, the others of the twentieth."""
_ROMAN: Final = {"I": 1, "V": 5, "X": 10}
_NUMBER: Final = re.compile(r"[0-9]+")
_AND: Final = frozenset({"und", "et", "и", "y", "と", "和", "와", "과"})
_OR: Final = frozenset({"oder", "ou", "или", "o", "或", "또는"})


def full_year(two: int) -> int:
    """Return the year that two digits stand for.

    >>> full_year(97), full_year(5)
    (1997, 2005)
    """
    return two + (2000 if two < _PIVOT else 1900)


def roman_value(written: str) -> int | None:
    """Return the value of a Roman number of centuries, None if it is none.

    >>> roman_value("XIX"), roman_value("xx"), roman_value("19")
    (19, 20, None)
    """
    values = [_ROMAN.get(letter, 0) for letter in written.upper()]
    if not values or not all(values):
        return None
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def read_atom(
    found: re.Match[str], tongue: Tongue, *, is_lunar: bool = False
) -> tuple[Atom, str | None] | None:
    """Return the date of a form with narrower bounds if it has them, None where it can be none."""
    groups = {name: value for name, value in found.groupdict().items() if value is not None}
    start, end = found.span()
    if "bc" in groups:
        number = _number(groups["bc"])
        if not number:
            return None
        return Atom(start, end, f"-{number - 1:04d}" if number > 1 else "0000", "date", "year"), None
    if "century" in groups:
        return _century(groups, start, end)
    if "decade" in groups:
        return _decade(groups["decade"], tongue, start, end)
    year, hint, era = _year(groups)
    if year is None:
        return None
    if "year2" in groups:
        return _years(year, groups["year2"], start, end)
    if "season" in groups:
        code = tongue.seasons[_key(groups["season"])]
        return Atom(start, end, f"{year}-{code}", "season", "season"), None
    is_lunar = (
        is_lunar
        or "lunar" in groups
        or "lunar_day" in groups
        or (era is not None and year.isdecimal() and int(year) <= era.lunar_until)
    )
    if is_lunar and (groups.keys() & {"month", "lunar", "lone"}):
        return _lunar(year, groups, start, end)
    atom = _month(year, groups, tongue, start, end) if groups.keys() & {"month", "name", "lone"} else None
    if atom is None and groups.keys() & {"month", "name", "lone"}:
        return None
    if atom is None:
        return Atom(start, end, year, "date", "year"), hint
    if era is not None and not _in_era(atom.value, era):
        atom = atom._replace(value=f"{atom.value}?") if "/" not in atom.value else atom
    return atom, None


def _key(words: str) -> str:
    return " ".join(words.lower().replace("’", "'").split())


def _number(written: str) -> int | None:
    digits = _NUMBER.search(written)
    return int(digits[0]) if digits else myriad_value(written.strip())


def _year(groups: dict[str, str]) -> tuple[str | None, str | None, Era | None]:
    """Return (year, narrower bounds, era); `XXXX` where none is said."""
    if "era" in groups:
        era = ERAS[groups["era"]]
        count = 1 if groups["era_year"] in {"元", "원"} else _number(groups["era_year"])
        if not count:
            return None, None, None
        year = era.before + count
        if "also" in groups and abs(int(groups["also"]) - year) > 0:
            return groups["also"], None, None
        if not 1 <= year <= 2200:
            return None, None, None
        low = era.first if era.first[:4] == str(year) else ""
        high = era.last if era.last[:4] == str(year) else ""
        hint = f"{low or f'{year}-01-01'}/{high or f'{year}-12-31'}" if low or high else None
        return f"{year:04d}", hint, era
    if "year" in groups:
        number = _number(groups["year"]) if groups["year"][0] not in "西公서" else _number(groups["year"][2:])
        return (f"{number:04d}" if number and number <= 2200 else None), None, None
    if "short" in groups:
        number = _number(groups["short"])
        return (None if number is None else str(full_year(number))), None, None
    return "XXXX", None, None


def _in_era(value: str, era: Era) -> bool:
    """Return whether a date may lie within an era: in part, for a month."""
    last = era.last[: len(value)]
    return value >= era.first[: len(value)] and (not last or value <= last)


def _century(groups: dict[str, str], start: int, end: int) -> tuple[Atom, None] | None:
    number = roman_value(groups["century"]) or _number(groups["century"])
    if not number or number > 30:
        return None
    if "decade" in groups:
        tens = _number(groups["decade"])
        return (
            None
            if tens is None
            else (Atom(start, end, f"{number - 1:02d}{tens // 10}X", "decade", "decade"), None)
        )
    if "before_christ" in groups:
        return (Atom(start, end, f"-{number - 1:02d}XX", "century", "century"), None) if number > 1 else None
    return Atom(start, end, f"{number - 1:02d}XX", "century", "century"), None


def _decade(written: str, tongue: Tongue, start: int, end: int) -> tuple[Atom, None] | None:
    tens = tongue.decades.get(_key(written))
    number = tens if tens is not None else _number(written)
    if number is None or number % 10:
        return None
    if number < 100:
        number += 2000 if number < 20 and tens is None else 1900
    return Atom(start, end, f"{number // 10}X", "decade", "decade"), None


def _years(year: str, written: str, start: int, end: int) -> tuple[Atom, None] | None:
    last = int(written) if len(written) == 4 else int(year[:2] + written)
    return (Atom(start, end, f"{year}/{last:04d}", "range", "list"), None) if last > int(year) else None


def _lunar(year: str, groups: dict[str, str], start: int, end: int) -> tuple[Atom, None] | None:
    """Return the year of a date of the lunar calendar; its last two months may lie in the next."""
    if year == "XXXX":
        return None
    month = myriad_value(groups["month"]) if "month" in groups else 12 if "last_month" in groups else 1
    if month is not None and month <= 10:
        return Atom(start, end, year, "date", "year"), None
    return Atom(start, end, f"[{year},{int(year) + 1:04d}]", "date", "list"), None


def _month(year: str, groups: dict[str, str], tongue: Tongue, start: int, end: int) -> Atom | None:
    """Return a month or a day, or two of them joined."""
    if "lone" in groups:
        day = _number(groups["day"])
        return Atom(start, end, f"{year}-XX-{day:02d}", "date", "day")
    month = tongue.months[_key(groups["name"])] if "name" in groups else _number(groups["month"])
    if not month or not 1 <= month <= 12:
        return None
    if "month2" in groups:
        second = int(groups["month2"])
        return (
            Atom(start, end, f"{year}-{month:02d}/{year}-{second:02d}", "range", "list")
            if month < second <= 12
            else None
        )
    if "day" not in groups:
        return Atom(start, end, f"{year}-{month:02d}", "date", "month")
    first = _day(year, month, groups["day"])
    if first is None or "day2" not in groups:
        return None if first is None else Atom(start, end, first, "date", "day")
    last = _day(year, month, groups["day2"])
    if last is None or last <= first:
        return None
    joint = (groups.get("joint") or "").strip().lower()
    if joint in _OR:
        return Atom(start, end, f"[{first},{last}]", "date", "list")
    if joint in _AND:
        return Atom(start, end, f"{{{first},{last}}}", "date", "list")
    return Atom(start, end, f"{first}/{last}", "range", "list")


def _day(year: str, month: int, written: str) -> str | None:
    day = _number(written)
    longest = month_length(int(year) if year.isdecimal() else 2000, month)
    return f"{year}-{month:02d}-{day:02d}" if day and day <= longest else None
