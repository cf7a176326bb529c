"""Events on an axis of time, each date drawn as what it is: fading, bracketed, open or hatched (see `marks`).

    timeline([Event("1997~", "the treaty"), Event("[1998,1999]", "the flood")], title="What happened")

Lanes stand one above the other, one for each kind. A lane shows marks with names where they fit into its rows, else marks alone
(the name is their title), else counts by year or whatever unit of the calendar fits, so that five thousand events are a picture too.
`start` and `end` make a part of the time the whole picture: zooming is a plain link to the same page with other bounds.
Not here: who makes the links; a bin asks the caller's `zoom` for its address.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from regesta.dates.days import from_day_number
from regesta.drawing.bands import Band, lay, pack
from regesta.drawing.extent import Extent, extent_of
from regesta.drawing.lettering import LINE, SMALL, shorten, width_of, written
from regesta.drawing.marks import footprint, mark
from regesta.drawing.scales import TimeScale, beginnings, compact, unit_of
from regesta.drawing.svg import Drawing, letters, num, root, told
from regesta.drawing.words import Words

__all__ = ["Event", "timeline"]

_EDGE: Final = 8.0
_NAMED_ROW: Final = 17.0
_BARE_ROW: Final = 11.0
_BIN_HEIGHT: Final = 64.0
_LONGEST_NAMES: Final = (430.0, 190.0, 110.0)
"""Pixels of the longest name in a lane: the first for which all names fit into its rows."""
_ENOUGH: Final = 60.0
"""Pixels beside a mark in which a name is shortened; with less it stands on the mark, where that is long."""
_ROWS: Final = 56
"""Rows with names that all lanes together have, each by the share of its events; each has at least ten."""

Zoom = Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True)
class Event:
    """Something with a date."""

    when: str
    """EDTF."""
    name: str
    lane: str = ""
    """The kind by which events are put together; lanes stand in the order in which they first come."""
    title: str = ""
    """Shown on pointing; date and name where empty."""
    link: str | None = None
    count: int = 1
    """How many events of this date it stands for; a lane with one that stands for several shows counts."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """An event that falls into the picture."""

    event: Event
    extent: Extent
    left: float
    right: float


def timeline(
    events: Sequence[Event],
    *,
    title: str,
    desc: str = "",
    start: str | None = None,
    end: str | None = None,
    width: float = 720,
    bands: Sequence[Band] = (),
    zoom: Zoom | None = None,
    words: Words | None = None,
) -> Drawing:
    """Return a timeline; its height is what the rows need.

    `start` and `end` (EDTF) bound the picture, else the events do. What lies outside is counted at the edges; what has no date that
    can be drawn is in `omitted`. `zoom` gets the first and the last day of a bin (ISO 8601) and returns the address of its events.

    >>> drawing = timeline([Event("1997~", "treaty"), Event("[1998,1999]", "flood")], title="Events")
    >>> drawing.svg.count('class="event"'), "bracket" in drawing.svg, "fade1" in drawing.svg
    (2, True, True)
    """
    words = words or Words()
    lanes: dict[str, list[tuple[Event, Extent]]] = {}
    omitted = []
    for event in events:
        extent = extent_of(event.when)
        if extent is None:
            omitted.append(event.name)
        else:
            lanes.setdefault(event.lane, []).append((event, extent))
    first, last = _bounds([extent for lane in lanes.values() for _, extent in lane], start, end)
    gutter = _gutter(lanes, width)
    time = TimeScale(first, last, _EDGE + gutter, width - _EDGE)
    laid = lay(bands, time, (time.start, time.end))
    y = top = 6 + laid.height
    earlier, later, parts = 0, 0, []
    shown: dict[str, list[_Seen]] = {}
    for name, lane in lanes.items():
        seen = shown.setdefault(name, [])
        for event, extent in lane:
            taken = footprint(extent, time, 9)
            if taken is not None:
                seen.append(_Seen(event, extent, *taken))
            elif extent.known[0] < first:
                earlier += event.count
            else:
                later += event.count
    total = sum(map(len, shown.values()))
    for name, seen in shown.items():
        if name:
            y += 4 if gutter else LINE + 3
            parts.append(
                written(name, _EDGE, y + (10 if gutter else -5), "lane", size=12, most=gutter or width - 20)
            )
        limit = max(10, round(_ROWS * len(seen) / max(total, 1)))
        drawn, y = _lane(seen, time, y, limit, zoom, words)
        parts.append(drawn)
        y += 6
        if len(lanes) > 1:
            parts.append(f'<path class="grid" d="M{num(_EDGE)} {num(y)}H{num(width - _EDGE)}"/>')
            y += 3
    axis, foot = _axis(time, top, y + 2, words, earlier, later)
    ground = laid.draw(6, y + 2, (time.start, time.end))
    omitted += laid.omitted
    return root(
        [ground, axis, *parts],
        width=width,
        height=foot,
        kind="drawing-timeline",
        title=title,
        desc=desc,
        omitted=omitted,
    )


def _bounds(extents: Sequence[Extent], start: str | None, end: str | None) -> tuple[int, int]:
    """Return the first and last day of the picture, with a little room where events set them."""
    asked_first = extent_of(start) if start else None
    asked_last = extent_of(end) if end else None
    known = [extent.known for extent in extents]
    first = min((pair[0] for pair in known), default=0)
    last = max((pair[1] for pair in known), default=first + 365)
    room = max((last - first) // 40, 2)
    first, last = first - room, last + room
    if asked_first:
        first = asked_first.known[0]
    if asked_last:
        last = asked_last.known[1]
    return first, max(last, first + 1)


def _gutter(lanes: dict[str, list[tuple[Event, Extent]]], width: float) -> float:
    """Return the pixels for the names of lanes on the left; none in a narrow picture, where they stand above."""
    if width < 600 or not any(lanes):
        return 0.0
    return min(max(width_of(name, 12) for name in lanes) + 10, 150.0)


def _lane(
    seen: list[_Seen], time: TimeScale, y: float, limit: int, zoom: Zoom | None, words: Words
) -> tuple[str, float]:
    """Return the markup of a lane and where it ends: with names, without, or counted, whichever is the first to fit."""
    if not seen:
        return "", y + 12
    seen.sort(key=lambda one: (one.left, one.right, one.event.when, one.event.name))
    plot = time.end - time.start
    marks = sum(one.right - one.left for one in seen)
    if any(one.event.count > 1 for one in seen):
        return _bins(seen, time, y, zoom, words), y + _BIN_HEIGHT + 16
    for longest in _LONGEST_NAMES:
        names = sum(min(width_of(one.event.name, SMALL), longest) for one in seen[: limit * 40])
        if (marks + names) / plot >= limit or len(seen) > limit * 40:
            continue  # no packing can fit
        named = [_name(one, time, longest) for one in seen]
        rows = pack(
            [
                (min(one.left, x), max(one.right, x + room) + 7)
                for one, (_, x, room) in zip(seen, named, strict=True)
            ]
        )
        if max(rows) < limit:
            parts = [
                _event(one, time, y + row * _NAMED_ROW + 3, 10, name)
                for one, row, name in zip(seen, rows, named, strict=True)
            ]
            return "".join(parts), y + (max(rows) + 1) * _NAMED_ROW
    if marks / plot < limit * 1.5 and len(seen) <= limit * 120:
        rows = pack([(one.left, one.right + 1.5) for one in seen])
        if max(rows) < limit * 1.5:
            parts = [
                _event(one, time, y + row * _BARE_ROW + 1, 9, None)
                for one, row in zip(seen, rows, strict=True)
            ]
            return "".join(parts), y + (max(rows) + 1) * _BARE_ROW + 2
    return _bins(seen, time, y, zoom, words), y + _BIN_HEIGHT + 16


def _name(one: _Seen, time: TimeScale, longest: float) -> tuple[str, float, float]:
    """Return the name of an event as shown, where it begins, and its width: right of the mark, left of it, or inside."""
    right, left = time.end - one.right - 5, one.left - time.start - 5
    whole = min(width_of(one.event.name, SMALL), longest)
    if max(left, right) < min(whole, _ENOUGH) and one.right - one.left > max(whole, left, right) + 12:
        shown = shorten(one.event.name, one.right - one.left - 12, SMALL)
        return shown, one.left + 6, width_of(shown, SMALL)
    most = whole if right >= whole or left >= whole else max(right, left)
    shown = shorten(one.event.name, most + 0.01, SMALL)
    room = width_of(shown, SMALL)
    if not shown:
        return "", one.left, 0.0
    return shown, one.right + 5 if right >= room else one.left - 5 - room, room


def _event(
    one: _Seen, time: TimeScale, y: float, height: float, name: tuple[str, float, float] | None
) -> str:
    event = one.event
    drawn = mark(one.extent, time, y, height)
    if name is not None and name[0]:
        shown, x, room = name
        if one.left < x < one.right:  # on the mark itself
            drawn += (
                f'<rect class="paper" x="{num(x - 2)}" y="{num(y - 1)}" width="{num(room + 4)}" height="13"/>'
            )
        side, x = ("", x) if x > one.left else (' text-anchor="end"', x + room)
        drawn += f'<text class="note event-name" x="{num(x)}" y="{num(y + 9)}"{side}>{letters(shown)}</text>'
    return told(drawn, event.title or f"{event.when} {event.name}", event.link, "event")


def _bins(seen: list[_Seen], time: TimeScale, y: float, zoom: Zoom | None, words: Words) -> str:
    """Return counts by a unit of the calendar; what may also lie later than its bin is the pale part on top."""
    unit, step = unit_of(9 / time.per_day)
    days = {"day": 1, "month": 31, "year": 366}[unit] * step
    starts = [
        time.first,
        *(d for d in beginnings(time.first - days, time.last, unit, step) if d > time.first),
    ]
    ends = [*(d - 1 for d in starts[1:]), time.last]
    sure, unsure = [0] * len(starts), [0] * len(starts)
    for one in seen:
        first, last = one.extent.known
        place = bisect_right(starts, max(first, time.first)) - 1
        is_sure = last <= ends[place] and not one.extent.open_start and not one.extent.open_end
        (sure if is_sure else unsure)[place] += one.event.count
    most = max(a + b for a, b in zip(sure, unsure, strict=True))
    foot = y + _BIN_HEIGHT + 14
    per = _BIN_HEIGHT / most
    peak = max(range(len(starts)), key=lambda n: sure[n] + unsure[n])
    parts = [f'<path class="track" d="M{num(time.start)} {num(foot)}H{num(time.end)}"/>']
    for n, (first, last) in enumerate(zip(starts, ends, strict=True)):
        count = sure[n] + unsure[n]
        if not count:
            continue
        x, wide = time.at(first), max(time.at(last + 1) - time.at(first) - 1, 0.8)
        solid, pale = sure[n] * per, unsure[n] * per
        shape = ""
        if sure[n]:
            shape += f'<rect class="bin" x="{num(x)}" y="{num(foot - solid)}" width="{num(wide)}" height="{num(solid)}"/>'
        if unsure[n]:
            shape += f'<rect class="loosely" x="{num(x)}" y="{num(foot - solid - pale)}" width="{num(wide)}" height="{num(pale)}"/>'
        if n == peak:
            half = width_of(compact(count), SMALL) / 2
            at = min(max(x + wide / 2, time.start + half), time.end - half)
            shape += written(compact(count), at, foot - solid - pale - 3, "value", anchor="middle")
        a, b = str(from_day_number(first)), str(from_day_number(last))
        title = words.others.format(count=compact(count), first=a, last=b)
        if unsure[n]:
            title += "; " + words.unsure.format(count=compact(unsure[n]))
        parts.append(told(shape, title, zoom(a, b) if zoom else None, "event"))
    return "".join(parts)


def _axis(
    time: TimeScale, top: float, foot: float, words: Words, earlier: int, later: int
) -> tuple[str, float]:
    """Return the axis below the lanes with its lines through them, and where the picture ends."""
    room = max(width_of(label, SMALL) for _, label in (*time.ticks(6), (0, "2000"))) + 22
    parts = []
    reached = 0.0
    for day, label in time.ticks(max(int((time.end - time.start) / room), 1)):
        x, half = time.at(day), width_of(label, SMALL) / 2
        parts.append(f'<path class="grid" d="M{num(x)} {num(top)}V{num(foot + 4)}"/>')
        at = min(max(x, time.start - _EDGE + half), time.end + _EDGE - half)
        if at - half >= reached:
            parts.append(written(label, at, foot + LINE, "tick", anchor="middle"))
            reached = at + half + 4
    parts.append(f'<path class="axis" d="M{num(time.start)} {num(foot)}H{num(time.end)}"/>')
    end = foot + LINE + 6
    if earlier or later:
        end += LINE
        if earlier:
            parts.append(
                written("← " + words.earlier.format(count=compact(earlier)), time.start, end - 6, "note")
            )
        if later:
            parts.append(
                written(
                    words.later.format(count=compact(later)) + " →", time.end, end - 6, "note", anchor="end"
                )
            )
    return "".join(parts), end
