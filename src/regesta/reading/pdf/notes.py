"""Footnotes: small lines at the foot of a column that begin with a number, and what goes on from the page before.

    ... beyond the river.³            body
    ______                            often a short rule
    ² goes on from page 4             no mark: the rest of the last note of the page before
    ³ Doe, Jane (1997).               mark, raised or not, then words

The zone is taken out of the column before its paragraphs are made. Endnotes are no matter of this module: they are lists under a
heading, in the size of the text or near it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from regesta.reading.pdf.pages import Line, Page, Region, RuledTable
from regesta.reading.pdf.styles import Styles

__all__ = ["Note", "take_notes"]

_MARK = re.compile(
    r"^(?:(\d{1,3})(?:[.)]?\s+|(?=[^\W\d_\"“'‘(]))|([*†‡§¶]{1,3})\s*|([a-z])(?:[.)]\s+))(?=\S)"
)
_RAISED = re.compile(r"^(\d{1,3}|[*†‡§¶]{1,3}|[a-z])\s*")


@dataclass(slots=True)
class Note:
    """One note at the foot of a page."""

    page: int
    label: str
    """Empty for what goes on from the page before."""
    lines: list[Line]
    skip: int
    """Code points of the first line that are the mark."""


def take_notes(page: Page, styles: Styles) -> list[Note]:
    """Take the footnotes out of the regions of a page and return them in order."""
    found: list[Note] = []
    for region in page.regions:
        zone = _zone(page, region, styles)
        if not zone:
            continue
        region.items = [item for item in region.items if id(item) not in {id(line) for line in zone}]
        found += _notes(page, zone)
    page.regions = [region for region in page.regions if region.items]
    return found


def _zone(page: Page, region: Region, styles: Styles) -> list[Line]:
    """Return the lines of the region's end that are notes."""
    tail: list[Line] = []
    for item in reversed(region.items):
        if isinstance(item, RuledTable) or item.size > 0.93 * styles.size:
            break
        tail.append(item)
    tail.reverse()
    ruled = _below_rule(page, region)
    if ruled and len(ruled) >= len(tail):
        return ruled if _mark(ruled[0]) or (tail and any(map(_mark, ruled))) else []
    first = next((n for n, line in enumerate(tail) if _mark(line)), None)
    if first is None:
        return ruled if ruled and tail and ruled[0] in tail else []
    if first and not (ruled and tail[0] in ruled):
        # Small lines above the first mark belong to the body's end (a source below a table), unless a rule says otherwise.
        tail = tail[first:]
    label = (_mark(tail[0]) or ("", 0))[0]
    above = [item for item in region.items if item.base < tail[0].base]
    if not above and label not in {"1", "*", "a"} and not ruled and tail[0].base < 0.4 * page.height:
        return []  # a whole column of small numbered lines is a list
    return tail


def _below_rule(page: Page, region: Region) -> list[Line]:
    """Return the lines below the lowest short rule at the left, if a numbered one is first or small ones are all."""
    rules = [
        rule
        for rule in page.rules
        if 18 < rule[2] - rule[0] < 0.62 * max(1.0, region.right - region.left)
        and rule[0] < region.left + 0.2 * (region.right - region.left)
        and rule[2] > region.left
        and rule[1] > 0.25 * page.height
    ]
    for rule in sorted(rules, key=lambda r: -r[1]):
        below = [item for item in region.items if not isinstance(item, RuledTable) and item.top > rule[1] - 2]
        if below and not any(isinstance(i, RuledTable) and i.bottom > rule[1] for i in region.items):
            return below
    return []


def _mark(line: Line) -> tuple[str, int] | None:
    """Return the label that a line begins with, and how many code points it takes."""
    if 0 in line.raised and (match := _RAISED.match(line.text)):
        return match[1], match.end()
    match = _MARK.match(line.text)
    return (match[1] or match[2] or match[3], match.end()) if match else None


def _notes(page: Page, zone: list[Line]) -> list[Note]:
    found: list[Note] = []
    size = zone[0].size
    hang = min(line.left for line in zone)
    for line in zone:
        mark = _mark(line)
        if mark and found and found[-1].label and not _follows(found[-1].label, mark[0], line, hang + size):
            mark = None
        if mark:
            found.append(Note(page.index, mark[0], [line], mark[1]))
        elif found:
            found[-1].lines.append(line)
        else:
            found.append(Note(page.index, "", [line], 0))
    return found


def _follows(before: str, label: str, line: Line, reach: float) -> bool:
    """Return whether a mark may come after another: numbers count upwards, a raised one always may."""
    if 0 in line.raised:
        return True
    if label.isdecimal() and before.isdecimal():
        return 0 < int(label) - int(before) <= 3
    return not label.isdigit() and line.left < reach
