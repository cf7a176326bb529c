"""One page of JSON into regions of lines, in the order in which people read them.

    words ─► turned upright ─► tables between rules taken out ─► pieces of lines ─► columns ─► lines

What runs in another direction than most of the page, or stands outside it, is set aside. Nothing here compares pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from regesta.reading.pdf.columns import Thing, atoms_of, reading_order
from regesta.reading.pdf.lines import is_right_to_left, joined, line_of, pieces, repaired
from regesta.reading.pdf.pages import Box, Line, Page, Region, RuledTable, Word
from regesta.reading.pdf.ruled import tables_between

__all__ = ["lay_out"]

_HEAVY = ("bold", "black", "heavy", "demi", "-bd", ",bd", "cmbx", "sfbx", "ecbx", "lmbx")
"""What the names of heavy fonts hold."""
_FEW = 12  # characters that a page number over a picture may have


def lay_out(heard: dict[str, Any]) -> Page:
    """Return the page that `glyphs` told of; a page without words has no regions."""
    index = heard["index"]
    if heard.get("failed") or heard.get("broken"):
        return Page(index, 0, 0, [], [], [], problem="failed")
    width, height = heard["width"], heard["height"]
    turned = _main_direction(heard["words"])
    words, others = _words(heard, turned)
    if turned in (90, 270):
        width, height = height, width
    turn = _turner(turned, heard["width"], heard["height"])
    rules = [_turned_box(turn, rule) for rule in heard["rules"]]
    tables, words, free = tables_between(index, rules, words)
    page = Page(index, width, height, _regions(index, words, tables, height), _aside(index, others), free)
    page.n_characters, page.n_unmapped = heard["n_characters"], heard["n_unmapped"]
    n_seen = sum(len(word.text) for word in words) + sum(len(line.text) for line in page.aside)
    page.is_picture = n_seen <= _FEW and not tables and _is_covered(heard)
    return page


def _is_covered(heard: dict[str, Any]) -> bool:
    """Return whether pictures cover a good part of the page."""
    width, height = heard["width"], heard["height"]
    area = 0.0
    for left, top, right, bottom in heard["images"]:
        area += max(0.0, min(right, width) - max(left, 0)) * max(0.0, min(bottom, height) - max(top, 0))
    return bool(area > 0.25 * width * height)


def _main_direction(words: Sequence[Sequence[Any]]) -> int:
    counted: Counter[int] = Counter()
    for word in words:
        counted[round(word[9] / 90) * 90 % 360] += len(word[0])
    return counted.most_common(1)[0][0] if counted else 0


def _turner(turned: int, width: float, height: float) -> Any:
    """Return what leads from a point of the page as people see it to where it is when the text stands upright."""
    if turned == 90:
        return lambda x, y: (height - y, x)
    if turned == 180:
        return lambda x, y: (width - x, height - y)
    if turned == 270:
        return lambda x, y: (y, width - x)
    return lambda x, y: (x, y)


def _turned_box(turn: Any, box: Sequence[float]) -> Box:
    x0, y0 = turn(box[0], box[1])
    x1, y1 = turn(box[2], box[3])
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _words(heard: dict[str, Any], turned: int) -> tuple[list[Word], list[Word]]:
    """Return the words of the page's direction, upright, and the others as they stand."""
    width, height, fonts = heard["width"], heard["height"], [_is_bold(*font) for font in heard["fonts"]]
    turn = _turner(turned, width, height)
    words, others = [], []
    for text, left, top, right, bottom, x, y, size, font, angle in heard["words"]:
        written = repaired(text)
        if not written:
            continue
        box = (left, top, right, bottom)
        is_outside = right < 0 or bottom < 0 or left > width or top > height
        difference = (angle - turned) % 360
        if is_outside or 5 < difference < 355:
            others.append(Word(written, left, top, right, bottom, y, size, fonts[font], box))
            continue
        a, b, c, d = _turned_box(turn, box)
        words.append(Word(written, a, b, c, d, turn(x, y)[1], size or 1.0, fonts[font], box))
    return words, others


def _is_bold(name: str, is_heavy: int) -> bool:
    folded = name.lower()
    return is_heavy == 1 or any(sign in folded for sign in _HEAVY)


def _aside(index: int, words: Sequence[Word]) -> list[Line]:
    """Return words of other directions as they follow one another in the file, a line for each stretch."""
    found: list[list[Word]] = []
    for word in words:
        last = found[-1][-1] if found else None
        reach = 2.5 * word.size
        if (
            last is not None
            and word.left - last.right < reach
            and last.left - word.right < reach
            and word.top - last.bottom < reach
            and last.top - word.bottom < reach
        ):
            found[-1].append(word)
        else:
            found.append([word])
    return [line_of(index, stretch) for stretch in found]


def _regions(index: int, words: list[Word], tables: list[RuledTable], height: float) -> list[Region]:
    things: list[Thing] = []
    for stretch in pieces(words):
        main = max(stretch, key=lambda w: (w.size, len(w.text)))
        things.append(
            Thing(
                left=min(w.left for w in stretch),
                top=main.base - 0.72 * main.size,
                right=max(w.right for w in stretch),
                bottom=main.base + 0.2 * main.size,
                base=main.base,
                size=main.size,
                n_characters=sum(len(w.text) for w in stretch) + len(stretch) - 1,
                is_bold=main.is_bold,
                origin=stretch,
            )
        )
    things += [
        Thing(t.left, t.top, t.right, t.bottom, t.bottom, 10.0, 1000, False, t, is_solid=True) for t in tables
    ]
    regions = []
    heads, body, feet = _edges(things, height)
    for group in (*heads, *reading_order(body, backwards=is_right_to_left(words)), *feet):
        items: list[Line | RuledTable] = [t.origin for t in group if isinstance(t.origin, RuledTable)]
        items += joined(index, [t.origin for t in group if isinstance(t.origin, list)])
        items.sort(key=lambda item: item.base)
        regions.append(Region(items, min(t.left for t in group), max(t.right for t in group)))
    return regions


def _edges(things: list[Thing], height: float) -> tuple[list[list[Thing]], list[Thing], list[list[Thing]]]:
    """Return rows at the top that stand off from the rest, the rest, and such rows at the foot.

    Most are running heads, which would mislead the search for columns; where one is not, nothing is lost.
    """
    atoms = atoms_of(things)
    first, last = 0, len(atoms)
    while first < min(2, last - 1) and _stands_off(atoms[first], atoms[first + 1]):
        if atoms[first][0].base > 0.13 * height:
            break
        first += 1
    while last > max(first + 1, len(atoms) - 2) and _stands_off(atoms[last - 1], atoms[last - 2]):
        if atoms[last - 1][0].base < 0.88 * height:
            break
        last -= 1
    return atoms[:first], [thing for atom in atoms[first:last] for thing in atom], atoms[last:]


def _stands_off(row: list[Thing], others: list[Thing]) -> bool:
    if (
        len(row) > 3
        or any(thing.is_solid for thing in row)
        or max(t.base for t in row) - min(t.base for t in row) > 2
    ):
        return False
    above, below = (row, others) if row[0].base < others[0].base else (others, row)
    gap = min(thing.top for thing in below) - max(thing.bottom for thing in above)
    return gap > 0.7 * row[0].size
