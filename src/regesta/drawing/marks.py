"""One date as a mark: a diamond for a day, a pale bar for "some day of these", a full one for "all of these".

    footprint(extent, scale)        -> the pixels it takes, for whoever packs rows
    mark(extent, scale, y, height)  -> its markup

Ends that are approximate fade in three steps, what is uncertain is hatched, alternatives stand in square brackets, several dates
are tied by a line, and an end that is open is an arrow (dashed where it has an end that nobody knows). What lies outside the
scale is cut off at its edge. Shapes tell all of this without colour, for print and forced colours.
"""

from __future__ import annotations

from typing import Final

from regesta.drawing.extent import Extent, Piece, extent_of
from regesta.drawing.scales import TimeScale
from regesta.drawing.svg import Drawing, hatching, num, root

__all__ = ["ARROW", "footprint", "mark", "span"]

ARROW: Final = 26.0
"""Pixels of the arrow of an end that is open."""
_FADE: Final = 3.0
_BRACKET: Final = 3.0
_LEAST: Final = 2.5


def footprint(extent: Extent, scale: TimeScale, height: float) -> tuple[float, float] | None:
    """Return the first and last pixel of a mark, None where nothing of it falls into the scale."""
    known_first, known_last = extent.known
    if (known_last < scale.first and not extent.open_end) or (
        known_first > scale.last and not extent.open_start
    ):
        return None
    left, right = scale.at(known_first), scale.at(known_last + 1)
    if right - left < height:
        middle = (left + right) / 2
        left, right = middle - height / 2, middle + height / 2
    before = ARROW if extent.open_start else 0.0
    after = ARROW if extent.open_end else 0.0
    edge = _BRACKET + 1 if extent.group == "one-of" else 0.0
    fades = 3 * _FADE if any(p.is_approximate for p in extent.pieces) else 0.0
    return (
        max(left - max(before, edge, fades), scale.start),
        min(right + max(after, edge, fades), scale.end),
    )


def mark(extent: Extent, scale: TimeScale, y: float, height: float) -> str:
    """Return the markup of a date on a scale, in a row that begins at `y`."""
    parts = []
    known_first, known_last = extent.known
    middle = y + height / 2
    left, right = scale.at(known_first), scale.at(known_last + 1)
    if extent.group and len(extent.pieces) > 1 and right - left > 1:
        kind = "either" if extent.group == "one-of" else "tie"
        parts.append(f'<path class="{kind}" d="M{num(left)} {num(middle)}H{num(right)}"/>')
    for piece in extent.pieces:
        if piece.first is None or piece.last is None:
            if piece.first is None and piece.last is not None:
                parts.append(_arrow(extent, scale, y, height, is_end=False))
            elif piece.first is not None:
                parts.append(_arrow(extent, scale, y, height, is_end=True))
        elif piece.last >= scale.first and piece.first <= scale.last:
            parts.append(_piece(piece, scale, y, height))
    if extent.group == "one-of":
        left, right = max(left - _BRACKET, scale.start), min(right + _BRACKET, scale.end)
        top, foot, in_ = num(y), num(y + height), num(_BRACKET)
        parts.append(
            f'<path class="bracket" d="M{num(left + _BRACKET)} {top}h-{in_}V{foot}h{in_}'
            f'M{num(right - _BRACKET)} {top}h{in_}V{foot}h-{in_}"/>'
        )
    return "".join(parts)


def _piece(piece: Piece, scale: TimeScale, y: float, height: float) -> str:
    left, right = scale.at(piece.first or 0), scale.at((piece.last or 0) + 1)
    doubt = " doubted" if piece.is_uncertain else ""
    if piece.kind == "point":
        centre, half = (left + right) / 2, height / 2
        centre = min(max(centre, scale.start + half), scale.end - half)
        fades = _fades(centre - half, centre + half, y, height, scale) if piece.is_approximate else ""
        h = num(half)
        return f'{fades}<path class="point{doubt}" d="M{num(centre - half)} {num(y + half)}l{h} -{h} {h} {h} -{h} {h}z"/>'
    if right - left < _LEAST:
        left = min(max((left + right - _LEAST) / 2, scale.start), scale.end - _LEAST)
        right = left + _LEAST
    top, tall = (y + height * 0.25, height * 0.5) if piece.kind == "during" else (y + 1, height - 2)
    if piece.is_approximate:
        body = f'<path class="{piece.kind} faded{doubt}" d="M{num(left)} {num(top)}H{num(right)}v{num(tall)}H{num(left)}z"/>'
        body += _fades(left, right, top, tall, scale)
    else:
        body = (
            f'<rect class="{piece.kind}{doubt}" x="{num(left)}" y="{num(top)}" '
            f'width="{num(right - left)}" height="{num(tall)}"/>'
        )
    if piece.is_uncertain:
        body += f'<path class="hatch" d="{hatching(left, top, right - left, tall, 4)}"/>'
    return body


def _fades(left: float, right: float, top: float, tall: float, scale: TimeScale) -> str:
    """Return the steps by which a bar fades away on both sides, without what leaves the scale."""
    parts = []
    for step in (1, 2, 3):
        drop = tall * 0.12 * step
        box = f'y="{num(top + drop)}" width="{num(_FADE - 1)}" height="{num(tall - 2 * drop)}"'
        if left - step * _FADE >= scale.start:
            parts.append(f'<rect class="fade{step}" x="{num(left - step * _FADE)}" {box}/>')
        if right + step * _FADE <= scale.end:
            parts.append(f'<rect class="fade{step}" x="{num(right + step * _FADE - _FADE + 1)}" {box}/>')
    return "".join(parts)


def _arrow(extent: Extent, scale: TimeScale, y: float, height: float, *, is_end: bool) -> str:
    """Return the arrow of an end that is open, and the bar by which it leaves from what is known."""
    known_first, known_last = extent.known
    sign = 1 if is_end else -1
    piece = extent.pieces[-1] if is_end else extent.pieces[0]
    at = scale.at((piece.first or 0) if is_end else (piece.last or 0) + 1)
    far = scale.at(known_last + 1) if is_end else scale.at(known_first)
    tip = min(max(far + sign * ARROW, scale.start), scale.end)
    middle, head = y + height / 2, height * 0.35
    if abs(tip - at) < head:
        at = min(max(tip - sign * ARROW, scale.start), scale.end)
    is_unknown = extent.unknown_end if is_end else extent.unknown_start
    day = (piece.first if is_end else piece.last) or 0
    stop = f"M{num(at)} {num(y + 1)}v{num(height - 2)}" if scale.first <= day <= scale.last else ""
    line = f"{stop}M{num(at)} {num(middle)}H{num(tip)}"
    if is_unknown:
        return f'<path class="open unknown" d="{line}"/>'
    back = num(tip - sign * head)
    line += f"M{back} {num(middle - head)}L{num(tip)} {num(middle)}L{back} {num(middle + head)}"
    return f'<path class="open" d="{line}"/>'


def _beyond(scale: TimeScale, height: float, *, is_later: bool) -> str:
    """Return the sign at the edge that a date lies beyond it."""
    x, sign = (scale.end - 5, 1) if is_later else (scale.start + 5, -1)
    half = num(height * 0.3)
    middle = num(height / 2)
    return f'<path class="beyond" d="M{num(x)} {middle}m{-4 * sign} -{half}l{4 * sign} {half} {-4 * sign} {half}"/>'


def span(
    when: str, *, first: str, last: str, title: str, width: float = 160, height: float = 14, desc: str = ""
) -> Drawing:
    """Return one date alone, small enough for a line of text, on the range from `first` to `last` (EDTF).

    A date outside the range is a chevron at that edge. A date that cannot be drawn (`XXXX`) is an empty track; it stands in `omitted`.

    >>> drawing = span("1997", first="1990", last="1999", title="1997, some day of the year", width=100)
    >>> print(drawing.svg.partition("</title>")[2])
    <path class="track" d="M0 7H100"/><rect class="within" x="70" y="1" width="10" height="12"/></svg>
    """
    range_first, range_last = extent_of(first), extent_of(last)
    extent = extent_of(when)
    track = f'<path class="track" d="M0 {num(height / 2)}H{num(width)}"/>'
    inside = [track]
    if extent is not None:
        low = (range_first or extent).known[0]
        high = max((range_last or extent).known[1], low)
        scale = TimeScale(low, high, 0, width)
        if footprint(extent, scale, height) is not None:
            inside.append(mark(extent, scale, 0, height))
        else:
            inside.append(_beyond(scale, height, is_later=extent.known[0] > high))
    return root(
        inside,
        width=width,
        height=height,
        kind="drawing-span",
        title=title,
        desc=desc,
        omitted=() if extent is not None else (when,),
    )
