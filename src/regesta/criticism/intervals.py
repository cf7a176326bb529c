"""F033: "51 days later", "after nine days at sea", "for 14 months, from ... to ..." against the two dates beside it.

    first plane on 18 September 1972. By 8 November 1972, 51 days later      18 September + 51 days = 8 November: ok
    stayed for 14 months, from February 1834 to April 1835                   ok
    from 2 May to 30 May 1921, 48 days                                       28 days

The two dates must be those of the sentence, or the last of the sentence before and the one of this. A count may include its first
day or not. That it does not fit is told only where the sentence itself joins the two dates ("from ... to", or with nothing between
them but a verb and a name): else the time may be counted from something that has no date. Ways of people are also `durations`' work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from regesta.criticism.durations import moved
from regesta.criticism.lengths import lengths
from regesta.criticism.relative_days import relative_days
from regesta.criticism.sentence_figures import ToldDate, dates_of
from regesta.criticism.view import View, finding
from regesta.criticism.wordings import NUMBER, Block, blocks_saying, figure, number_of, stretches
from regesta.dates import bounds, in_words
from regesta.model import Finding

__all__ = ["intervals"]

_N: Final = rf"(?i:{NUMBER})"
_LENGTH: Final = re.compile(
    rf"(?<![\w.,-])(?P<n>{_N}|an?)(?: and a half)?[ -](?P<unit>day|night|week|month|year)s?\b(?!['’-]|\s(?:old|of age|ago|before|earlier)\b)"
)
_CUE: Final = (
    r"(?i)\b(?:[0-9]{1,4}|an?|[a-z]+(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?) (?:days?|nights?|weeks?|months?|years?) "
    r"(?:later|after(?:wards)?)\b|\b(?:after|for|in|within|lasted|took|takes|lasting|of|was|spent|stayed|waited|and|than|another|through) (?:a (?:journey|voyage|siege|wait|stay|march) of )?"
    r"(?:[0-9]{1,4}|[a-z]+(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)[ -](?:days?|nights?|weeks?|months?|years?)\b"
    r"|[,(–] ?(?:[0-9]{1,4}|[a-z]+(?:-[a-z]+)?) (?:days?|weeks?|months?|years?)\b"
)
_LATER: Final = re.compile(r"^\s?(?:later|after(?:wards)?)\b", re.IGNORECASE)
_SLACK: Final = {"day": 1, "night": 1, "week": 3, "month": 15, "year": 0}
"""Days by which a length of that unit may be off, beside what the dates leave open."""
_SAME: Final = re.compile(
    r"\W*(?:(?:and|then|to|until|till|by|up)\W+)*(?:(?:[a-z]+ed|left|reached|came|went|began|ended|was|were|through|back|lay|got|ran)\W+)?(?:[\w'’-]+\W+){0,4}",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"\b(?:about|around|some|nearly|almost|over|more than|less than|roughly|several|few|many|every|each|another|further|first|last|next|"
    r"half|or|within|old|aged|sentence\w*|prison|per|than)\b",
    re.IGNORECASE,
)
_LONGEST: Final = 400
_FEW: Final = 4
"""So few days are counted right: one more or less is not the first day counted too."""
_WORTH: Final = 2
"""A length of one unit is no calculation."""


def intervals(view: View) -> Iterator[Finding]:
    """Hold a length of time against the two dates that it lies between."""
    held = view.source_by_source(_intervals)
    yield from held
    told = [m for one in held for m in one.members]
    for found in lengths(view):
        if not any(
            m.source == t.source and m.start < t.end and t.start < m.end for m in found.members for t in told
        ):
            yield found
    yield from relative_days(view)


def _intervals(view: View) -> Iterator[Finding]:
    for block in blocks_saying(view, _CUE):
        seen: set[int] = set()
        for start in _cues(block.text):
            low, high = block.sentence(start + 1)
            if low in seen or high - low > _LONGEST:
                continue
            seen.add(low)
            found = _judged(block, low, high)
            if found is not None:
                yield found


_UNITS: Final = ("day", "night", "week", "month", "year")
_LEAD, _TAIL = 120, 24
"""Code points before and behind a word for a unit of time within which a cue lies."""


def _cues(text: str) -> Iterator[int]:
    """Yield where cues begin; between words for units of time none can stand."""
    for low, high in stretches(text, _UNITS, _LEAD, _TAIL):
        for cue in _CUES.finditer(text, low, high):
            yield cue.start()


_CUES: Final = re.compile(_CUE)


def _judged(block: Block, low: int, high: int) -> Finding | None:
    text = block.text[low:high]
    lengths = [m for m in _LENGTH.finditer(text) if number_of(m["n"]) or m["n"].lower() in {"a", "an"}]
    if len(lengths) != 1 or " and a half" in lengths[0][0]:
        return None
    length = lengths[0]
    number, unit = number_of(length["n"]) or 1, "day" if length["unit"] == "night" else length["unit"].lower()
    start = low
    if low:
        start = block.sentence(max(0, low - 2))[0]
    dates = dates_of(block.text[max(0, start) : high])
    own = [one for one in dates if one.start + start >= low]
    earlier = [one for one in dates if one.start + start < low]
    is_later = _LATER.match(text[length.end() :]) is not None
    if len(own) == 2 and len(_days_of(own[0], own[1])) == 2:
        pair, is_joined = (own[0], own[1]), True
    elif (
        len(own) == 1
        and len(earlier) == 1
        and (is_later or re.search(r"\bafter\s$", text[: length.start()], re.IGNORECASE))
    ):
        pair, is_joined = (earlier[0], own[0]), False
    else:
        return None
    first, second = sorted(pair, key=lambda one: one.edtf)
    (a_low, a_high), (b_low, b_high) = _span(first.edtf), _span(second.edtf)
    if number < _WORTH or a_low is None or b_high is None or b_low is None or a_high is None:
        return None
    counted = [(number, unit, None)]
    earliest, latest = moved(a_low, counted), moved(a_high, counted)
    slack = _SLACK[unit]
    off = max((earliest - b_high).days, (b_low - latest).days)
    spots = sorted(
        [(one.start + start, one.end + start) for one in pair] + [(low + length.start(), low + length.end())]
    )
    said = [block.said(*spot) for spot in spots]
    is_exact = (
        re.match(r"\s(?:after|before|later|earlier)\b", text[length.end() :]) is not None and number < _FEW
    )
    words = f"{figure(number)} {unit}{'s' * (number != 1)}"
    working = f"{in_words(first.edtf)} + {words} = {_words(earliest, latest, first.edtf)}"
    computed = {"working": working, "stated": second.edtf}
    if len("1921") in (len(first.edtf), len(second.edtf)) or (
        unit in ("day", "week") and len(first.edtf) != len(second.edtf)
    ):
        return None  # too wide to show anything
    if 0 < off <= slack and unit == "day" and is_exact:
        return None  # "two days after the armistice of 19 September" is no 20 September, but may be meant so
    if off <= 0 or (off <= slack and unit == "day"):
        how = (
            "as the text says"
            if off <= 0
            else f"and the text says {in_words(second.edtf)}: counting one day more or less, they agree"
        )
        return finding("F033", "arithmetic-check", "ok", f"{working}, {how}.", said, **computed)
    exact = len(first.edtf) == len(second.edtf) == len("1921-05-02") and unit in ("day", "week")
    if (
        not (is_joined and exact)
        or off <= 2 * slack + number // 10
        or _OTHER.search(text[max(0, length.start() - 24) : length.start()])
    ):
        return None
    one, two = sorted((one.start + start, one.end + start) for one in pair)
    between = block.text[one[1] : two[0]]
    is_range = re.search(r"\bfrom\s$|\bbetween\s$", block.text[max(0, one[0] - 8) : one[0]], re.IGNORECASE)
    if is_range:
        if not re.fullmatch(r"\W*(?:to|until|till|and|[–—-])\W*", between) or not _close(
            block.text, low + length.start(), low + length.end(), one[0], two[1]
        ):
            return None
    elif (
        not is_later
        or not _SAME.fullmatch(between)
        or not re.fullmatch(r"[,\s(–]{1,3}", block.text[two[1] : low + length.start()])
    ):
        return None
    apart = (b_low - a_low).days
    summary = f"{in_words(first.edtf)} to {in_words(second.edtf)} are {figure(apart)} days, not {words}."
    return finding("F033", "sum-mismatch", "warning", summary, said, **computed)


def _close(text: str, start: int, end: int, first: int, last: int) -> bool:
    """Whether a length stands right before or right behind a range."""
    gap = text[last:start] if start >= last else text[end:first]
    return re.fullmatch(r"[,\s(:–]*(?:(?:that is|i\.e\.|or|for|from)\W+)?", gap) is not None


def _days_of(first: ToldDate, second: ToldDate) -> set[str]:
    return {first.edtf, second.edtf}


def _span(edtf: str) -> tuple[date | None, date | None]:
    found = bounds(edtf)
    if found.earliest is None or found.latest is None or not 1 < found.earliest.year < 9000:
        return None, None
    first, last = found.earliest, found.latest
    return date(first.year, first.month, first.day), date(last.year, last.month, last.day)


def _words(low: date, high: date, edtf: str) -> str:
    """Return a day, or the month of a range of days."""
    if low == high:
        return in_words(low.isoformat())
    return in_words(low.isoformat()[: len(edtf)])
