"""The JSON that TimelineJS 3 reads: a slide for each claim that has a date, with the words that say it.

    {"events": [{"unique_id": "c-...", "start_date": {"year": 1997, "month": 8}, "display_date": "1997-08", "text": {...}}]}

A date is as precise as the claim; one that is only bounded begins and ends with its bounds, and `display_date` says in EDTF what the
source gives. TimelineJS takes headlines and texts for HTML, so words of sources are escaped. Claims without a date or without
bounds, and those that a source denies or only intends, stand in `timeline-left-out.jsonl`. TimelineJS itself is not in here.
"""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from regesta.dates import Day, bounds
from regesta.errors import DateError
from regesta.export.told import HELD, Left, Telling, tellings, words
from regesta.export.works import plain_date

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["span_of", "write"]


def write(chronicle: Chronicle, folder: Path) -> list[Path]:
    """Write `timeline.json` and the claims left out, and return both."""
    path, left_path = folder / "timeline.json", folder / "timeline-left-out.jsonl"
    encode = msgspec.json.Encoder().encode
    with path.open("wb") as file, Left(left_path) as left:
        file.write(b'{"events":[')
        count = 0
        for telling in tellings(chronicle):
            made, reason = _slide(telling)
            if made is None:
                left.add(reason, telling, date=telling.claim.value_edtf or telling.claim.when_edtf)
            else:
                file.write((b",\n" if count else b"\n") + encode(made))
                count += 1
        file.write(b"\n]}\n")
    return [path, left_path]


def span_of(edtf: str) -> tuple[dict[str, int], dict[str, int] | None] | None:
    """Return start and end of a date as TimelineJS has them, no end where the date is one; None without both bounds.

    >>> span_of("1997-08"), span_of("198X"), span_of("../1996")
    (({'year': 1997, 'month': 8}, None), ({'year': 1980, 'month': 1, 'day': 1}, {'year': 1989, 'month': 12, 'day': 31}), None)
    """
    date = plain_date(edtf)
    if date is not None:
        parts = {"year": date.year, "month": date.month, "day": date.day}
        return {name: int(part) for name, part in parts.items() if part}, None
    try:
        limits = bounds(edtf)
    except DateError:
        return None
    if limits.earliest is None or limits.latest is None:
        return None
    return _day(limits.earliest), _day(limits.latest)


def _day(day: Day) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _slide(telling: Telling) -> tuple[dict[str, Any] | None, str]:
    claim = telling.claim
    told = claim.value_edtf or claim.when_edtf
    if told is None:
        return None, "not dated"
    if claim.modality not in HELD:
        return None, f"the source does not say that it is so: {claim.modality}"
    span = span_of(told)
    if span is None:
        return None, "the date has no two bounds"
    said = "".join(
        f"<blockquote>{html.escape(each.quote)}</blockquote><p>{html.escape(each.source)} {each.start}–{each.end}</p>"
        for each in telling.passages
    )
    made: dict[str, Any] = {
        "unique_id": claim.id,
        "start_date": span[0],
        "display_date": told,
        "text": {"headline": html.escape(words(claim)), "text": said},
        "group": claim.predicate,
    }
    if span[1] is not None:
        made["end_date"] = span[1]
    return made, ""
