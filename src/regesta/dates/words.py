"""EDTF values in English words, short enough for a table and exact enough to be read back.

1953-09-21  21 September 1953          ../1996       before 1997
198X        the 1980s                  1999/..       since 1999
1950~       about 1950                 1962/1993     1962 to 1993
1990-21     spring 1990                [1953,1954]   1953 or 1954
"""

from __future__ import annotations

from regesta.dates.edtf import Date, DateSet, Edge, Edtf, Interval, Stretch, parse, year_limits

__all__ = ["in_words"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SEASONS = {
    21: "spring", 22: "summer", 23: "autumn", 24: "winter",
    25: "northern spring", 26: "northern summer", 27: "northern autumn", 28: "northern winter",
    29: "southern spring", 30: "southern summer", 31: "southern autumn", 32: "southern winter",
    33: "the first quarter of", 34: "the second quarter of", 35: "the third quarter of", 36: "the last quarter of",
    37: "the first third of", 38: "the second third of", 39: "the last third of",
    40: "the first half of", 41: "the second half of",
}  # fmt: skip
_HEDGES = {"": "", "~": "about ", "?": "possibly ", "%": "possibly about "}


def in_words(value: str | Edtf) -> str:
    """Return the value in words, without a capital unless a name begins it.

    Raises `DateError` for a string that is no EDTF date.

    >>> in_words("2020-12~"), in_words("../1996"), in_words("1986-05-12/1986-05-14")
    ('about December 2020', 'before 1997', '12 to 14 May 1986')
    """
    edtf = parse(value) if isinstance(value, str) else value
    if isinstance(edtf, Date):
        return _date(edtf)
    if isinstance(edtf, Interval):
        return _interval(edtf)
    assert isinstance(edtf, DateSet)
    words = [_item(item) for item in edtf.items]
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} {'and' if edtf.is_all else 'or'} {words[-1]}"


def _item(item: Date | Stretch) -> str:
    if isinstance(item, Date):
        return _date(item)
    if item.start is None:
        assert item.end is not None
        return f"{_date(item.end)} or earlier"
    return (
        f"{_date(item.start)} or later" if item.end is None else f"{_date(item.start)} to {_date(item.end)}"
    )


def _interval(interval: Interval) -> str:
    start, end = interval.start, interval.end
    if isinstance(start, Edge):
        if isinstance(end, Edge):
            return (
                "at any time"
                if Edge.UNKNOWN not in {start, end}
                else "from an unknown date to an unknown date"
            )
        if start is Edge.UNKNOWN:
            return f"from an unknown date to {_date(end)}"
        following = _successor(end)
        return f"before {_date(following)}" if following else f"until {_date(end)}"
    if isinstance(end, Edge):
        return f"since {_date(start)}" if end is Edge.OPEN else f"from {_date(start)} to an unknown date"
    return f"{_date(start, beside=end)} to {_date(end)}"


def _successor(date: Date) -> Date | None:
    """Return the next plain year or month, None for anything else."""
    if any(date.marks) or date.is_masked or date.day or date.season or not date.year.isdecimal():
        return None
    year, month = int(date.year), date.month
    if not month:
        return Date(f"{year + 1:04d}") if year < 9999 else None
    return (
        Date(f"{year + (month == '12'):04d}", "01" if month == "12" else f"{int(month) + 1:02d}")
        if year < 9999
        else None
    )


def _date(date: Date, beside: Date | None = None) -> str:
    """Return a single date; what it shares with the date `beside` it is left out."""
    last = 5 if date.day else 3 if date.month else 1
    hedge = _HEDGES[date.marks[last]]
    others = [mark for index, mark in enumerate(date.marks) if mark and index != last]
    words = _plain(date, beside if not any(date.marks) else None)
    note = ""
    if others:
        parts = ("year", "year", "month", "month", "day", "day")
        named = {
            part: mark
            for index, (part, mark) in enumerate(zip(parts, date.marks, strict=True))
            if mark and index != last
        }
        kinds = {"~": "approximate", "?": "uncertain", "%": "uncertain and approximate"}
        note = f" ({', '.join(f'{part} {kinds[mark]}' for part, mark in named.items())})"
    return f"{hedge}{words}{note}"


def _plain(date: Date, beside: Date | None) -> str:
    if beside is not None and beside.year == date.year and date.day and beside.day and not any(beside.marks):
        if beside.month == date.month and date.day.isdecimal():
            return str(int(date.day))
        return _day_month(date)
    year = _year(date)
    masked = "X" in date.year
    if date.season is not None:
        name = _SEASONS[date.season]
        return f"{name} in {year}" if masked and not name.endswith("of") else f"{name} {year}"
    if date.day:
        joint = " in " if masked and date.year != "XXXX" else " of " if masked or "X" in date.month else " "
        return f"{_day_month(date)}{joint}{year}" + (f", {date.time[1:]}" if date.time else "")
    if date.month:
        if date.month.isdecimal():
            joint = " of " if date.year == "XXXX" else " in " if masked else " "
            return f"{_MONTHS[int(date.month) - 1]}{joint}{year}"
        return f"an unknown month of {year}"
    return year


def _day_month(date: Date) -> str:
    month = _MONTHS[int(date.month) - 1] if date.month.isdecimal() else "an unknown month"
    if date.day.isdecimal():
        return f"{int(date.day)} {month}" if date.month.isdecimal() else f"day {int(date.day)} of {month}"
    return f"an unknown day of {month}" if date.month.isdecimal() else "an unknown day"


def _year(date: Date) -> str:
    text = date.year
    if text == "XXXX":
        return "an unknown year"
    if date.significant:
        low, high = year_limits(text, date.significant)
        return f"about {text.removeprefix('Y')} ({low} to {high})"
    if "X" not in text:
        number = year_limits(text)[0]
        if number > 0:
            return str(number)
        return f"{1 - number} BC"
    low, high = year_limits(text)
    if low >= 0 and text.endswith("X") and "X" not in text[:3]:
        return f"the {low}s"
    if low >= 0 and text.endswith("XX") and "X" not in text[:2]:
        return f"the {_ordinal(low // 100 + 1)} century"
    if low >= 0 and text.endswith("XXX") and text[0] != "X":
        return f"the {_ordinal(low // 1000 + 1)} millennium"
    return f"a year between {low} and {high}" if low >= 0 else f"a year between {1 - low} and {1 - high} BC"


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
