r"""iCalendar of what happened on one day: an all-day event each, with the words that say it.

    BEGIN:VEVENT
    UID:c-65ecd16d04454295@regesta.example     DTSTART;VALUE=DATE:19530921
    SUMMARY:Ada Brook: arrival 1953-09-21      DESCRIPTION:“flew ... to Sund” (list.txt 45–105)

A calendar knows days and no doubt: claims that are dated to a month, about a day, or not at all, and those that a source denies
or only intends, stand in `chronicle-ics-left-out.jsonl`. DTSTAMP is the newest day of the sources, not the hour of the export.
Source: RFC 5545. Reserved, by RFC 2606: the name of the host in UID.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from regesta.dates import Edge, Interval, parse
from regesta.errors import DateError
from regesta.export.stamp import newest_day
from regesta.export.told import HELD, Left, Telling, tellings, words
from regesta.export.works import plain_date

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["days_of", "folded", "write"]

_MARKS: Final = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_MARK: Final = re.compile(r"[\\;,\n]")
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def write(chronicle: Chronicle, folder: Path) -> list[Path]:
    """Write `chronicle.ics` and the claims left out, and return both."""
    path, left_path = folder / "chronicle.ics", folder / "chronicle-ics-left-out.jsonl"
    stamp = f"{newest_day(chronicle):%Y%m%d}T000000Z"
    with path.open("w", encoding="utf-8", newline="") as file, Left(left_path) as left:

        def put(*lines: str) -> None:
            file.writelines(folded(line) for line in lines)

        put("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//regesta//chronicle//EN", "CALSCALE:GREGORIAN")
        for telling in tellings(chronicle):
            days, reason = _days(telling)
            if days is None:
                left.add(reason, telling, date=telling.claim.value_edtf or telling.claim.when_edtf)
            else:
                put(*_event(telling, days, stamp))
        put("END:VCALENDAR")
    return [path, left_path]


def days_of(edtf: str) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day of a date to the day or of a range of such; None for any other.

    >>> days_of("1953-09-21"), days_of("1953-09"), days_of("1953-09-21~")
    ((datetime.date(1953, 9, 21), datetime.date(1953, 9, 21)), None, None)
    """
    try:
        value = parse(edtf)
    except DateError:
        return None
    ends = (value.start, value.end) if isinstance(value, Interval) else (value, value)
    found = []
    for end in ends:
        date = None if isinstance(end, Edge) else plain_date(str(end))
        if date is None or not date.day or date.is_approximate or date.is_uncertain:
            return None
        found.append(dt.date(int(date.year), int(date.month), int(date.day)))
    return found[0], found[1]


def folded(line: str) -> str:
    r"""Return a content line with its end, in pieces of at most 75 octets (RFC 5545, 3.1).

    >>> [len(piece.encode()) for piece in folded("SUMMARY:" + "한" * 40).split("\r\n")]
    [74, 55, 0]
    """
    if len(line) * 4 <= 75 or len(line.encode()) <= 75:
        return line + "\r\n"
    pieces, start, used = [], 0, 0
    for at, letter in enumerate(line):
        width = len(letter.encode())
        if used + width > 75:
            pieces.append(line[start:at])
            start, used = at, 1  # the space that says that the line goes on
        used += width
    return "\r\n ".join([*pieces, line[start:]]) + "\r\n"


def _days(telling: Telling) -> tuple[tuple[dt.date, dt.date] | None, str]:
    claim = telling.claim
    told = claim.value_edtf or claim.when_edtf
    if told is None:
        return None, "not dated"
    if claim.modality not in HELD:
        return None, f"the source does not say that it is so: {claim.modality}"
    days = days_of(told)
    return days, "" if days is not None else "not dated to the day"


def _event(telling: Telling, days: tuple[dt.date, dt.date], stamp: str) -> Iterator[str]:
    claim = telling.claim
    yield "BEGIN:VEVENT"
    yield f"UID:{claim.id}@regesta.example"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{days[0].strftime('%Y%m%d').zfill(8)}"
    if days[1] > days[0] and days[1] < dt.date.max:
        yield f"DTEND;VALUE=DATE:{(days[1] + dt.timedelta(1)).strftime('%Y%m%d').zfill(8)}"
    yield f"SUMMARY:{_text(words(claim))}"
    if claim.where_text:
        yield f"LOCATION:{_text(claim.where_text)}"
    said = "\n".join(f"“{each.quote}” ({each.source} {each.start}–{each.end})" for each in telling.passages)
    yield f"DESCRIPTION:{_text(said)}"
    yield f"CATEGORIES:{_text(claim.predicate)}"
    yield f"STATUS:{'CONFIRMED' if claim.modality == 'asserted' else 'TENTATIVE'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(told: str) -> str:
    plain = _CONTROL.sub(" ", told.replace("\r\n", "\n").replace("\r", "\n"))
    return _MARK.sub(lambda mark: _MARKS[mark[0]], plain)
