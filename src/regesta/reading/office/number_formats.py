r"""What a spreadsheet's number format makes of a value, as far as it adds a meaning.

    45200   "d mmm yyyy"        2023-10-01      dates in ISO form, as precise as they are shown
    45200   "mmm-yy"            2023-10
    0.256   "0%"                25.6%
    12.5    '"€ "#,##0.00'      € 12.5          currencies and units; digits are those of the value
    30.0    "General"           30

Values are never rounded to what a narrow column shows, and no thousands are marked: the value is the evidence. Source of the
codes: ISO/IEC 29500-1, 18.8.31. Nothing here reads a file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal

__all__ = ["BUILT_IN", "NumberFormat", "number_format", "plain_number", "worded"]

BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    **dict.fromkeys((27, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy-mm-dd"), 28: "yyyy-mm-dd", 29: "yyyy-mm-dd",
    32: "h:mm", 33: "h:mm:ss", 34: "h:mm", 35: "h:mm:ss", 55: "yyyy-mm", 56: "yyyy-mm-dd",
}  # fmt: skip
"""Formats that files name by number only."""

_PIECE = re.compile(
    r'"([^"]{0,60})"|\\(.)|\[\$([^\]-]{0,10})[^\]]{0,20}\]|\[(h+|m+|s+)\]|\[[^\]]{0,40}\]|[_*].|(am/pm|a/p)'
    r"|(general|standard)|(e[+-])|([ymdhsgbe])\8*|(.)",
    re.IGNORECASE | re.DOTALL,
)
_WORDY = re.compile(r"[^\W\d_]|[$€£¥₩₽₹₺₫₴¢°‰]")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - cells have no time zone
_MAX_SERIAL = 2_958_466


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What a format adds to a value."""

    kind: Literal["number", "percent", "date", "time", "elapsed"] = "number"
    precision: Literal["year", "month", "day"] = "day"
    has_time: bool = False
    before: str = ""
    after: str = ""


@lru_cache(maxsize=2048)
def number_format(code: str) -> NumberFormat:
    """Return what a format code means.

    >>> number_format("[$-409]mmm yyyy").precision, number_format('0.0" km"').after
    ('month', ' km')
    """
    letters: set[str] = set()
    before, after = "", ""
    is_percent, is_elapsed, has_digits = False, False, False
    for match in _PIECE.finditer(code[:200]):
        quoted, escaped, currency, elapsed, _, general, _, token, other = match.groups()
        if other == ";":
            break
        literal = quoted or escaped or currency or (other if other in set("$€£¥₩ ") else "")
        if literal:
            if has_digits:
                after += literal
            else:
                before += literal
        elif elapsed:
            is_elapsed = True
        elif token:
            letters.add(token[0].lower())
        elif general or (other and other in "0#?@"):
            has_digits = True
        elif other == "%":
            is_percent = True
    dated = letters & set("ydge") if not has_digits or letters & set("yd") else set()
    if is_elapsed:
        return NumberFormat("elapsed")
    if dated or (letters & {"m"} and not letters & set("hs") and not has_digits):
        precision: Literal["year", "month", "day"] = (
            "day" if "d" in letters else "month" if "m" in letters and not letters & set("hs") else "year"
        )
        return NumberFormat(
            "date", precision if not letters & set("hs") else "day", bool(letters & set("hs"))
        )
    if letters & set("hs"):
        return NumberFormat("time")
    before = before.lstrip() if _WORDY.search(before) else ""
    after = after.rstrip() if _WORDY.search(after) else ""
    return NumberFormat("percent" if is_percent else "number", before=before, after=after)


def plain_number(value: float) -> str:
    """Return a number in digits, to the 15 that a cell holds.

    >>> plain_number(1990.0), plain_number(0.1 + 0.2), plain_number(1e21)
    ('1990', '0.3', '1e+21')
    """
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"


def worded(value: float, form: NumberFormat, *, since_1904: bool = False) -> str:
    """Return a cell's number as the format has it.

    >>> worded(36000, number_format("yyyy")), worded(0.5, number_format("h:mm")), worded(1.5, number_format("[h]:mm"))
    ('1998', '12:00', '36:00')
    """
    if value != value or abs(value) == float("inf"):  # noqa: PLR0124 - not a number
        return str(value)
    if form.kind == "percent":
        return f"{form.before}{plain_number(float(f'{value * 100:.13g}'))}%{form.after}"
    if form.kind == "elapsed":
        seconds = round(value * 86400)
        hours, rest = divmod(abs(seconds), 3600)
        tail = f":{rest % 60:02d}" if rest % 60 else ""
        return f"{'-' if seconds < 0 else ''}{hours}:{rest // 60:02d}{tail}"
    if form.kind in {"date", "time"}:
        moment = value + 1462 if since_1904 else value
        if 0 <= moment < _MAX_SERIAL:
            return _moment(moment, form, since_1904=since_1904)
        return plain_number(value)
    return (
        f"{form.before}{plain_number(value)}{form.after}"
        if form.before or form.after
        else plain_number(value)
    )


def _moment(serial: float, form: NumberFormat, *, since_1904: bool) -> str:
    days = int(serial)
    seconds = round((serial - days) * 86400)
    if days < 60 and not since_1904:
        days += 1  # Excel counts a 29 February 1900 that never was
    moment = _EPOCH + timedelta(days=days, seconds=seconds)
    clock = moment.strftime("%H:%M:%S" if moment.second else "%H:%M")
    if form.kind == "time":
        return clock if serial < 1 else f"{moment:%Y-%m-%d} {clock}"
    if form.precision == "year":
        return f"{moment.year:04d}"
    if form.precision == "month":
        return f"{moment.year:04d}-{moment.month:02d}"
    return f"{moment:%Y-%m-%d} {clock}" if form.has_time and seconds else f"{moment:%Y-%m-%d}"
