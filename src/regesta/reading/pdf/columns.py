"""The order in which people read a page: bands from top to bottom, and in each band columns.

    A title across the page          band 1
    left 1        right 1
    left 2        right 2            band 2: a gutter runs through it, so left before right
    [ a table as wide as both ]      band 3
    left 3        right 3            band 4

Things that overlap in height form an atom. Atoms are gathered from top to bottom while some upright strip stays empty in all of
them. Such a strip is a gutter only where both sides look like prose: lines that fill their column, or that do not stand on
the same heights; else it is a blank within lines (a table without rules, numbers at the right of a list of contents).
A recursive cut after Nagy and Seth (1984), with the cuts across taken only where they open a way down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Thing", "atoms_of", "bands", "reading_order"]

_MAX_DEPTH = 5
_OLD = 4  # atoms after which an empty strip is no accident
_FEW = 6  # atoms of a band that is tried again without its first one
Strip = tuple[float, float]


@dataclass(slots=True)
class Thing:
    """What is put into order: a piece of a line, or a table."""

    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    n_characters: int
    is_bold: bool
    origin: object
    is_solid: bool = False
    """A table: as good as prose for its neighbours, and never part of a row."""


@dataclass(slots=True)
class _Band:
    atoms: list[list[Thing]]
    gutters: list[Strip]

    @property
    def things(self) -> list[Thing]:
        return [thing for atom in self.atoms for thing in atom]


def reading_order(things: Sequence[Thing], *, backwards: bool = False, depth: int = 0) -> list[list[Thing]]:
    """Return the things region by region; within a region they stand below or beside one another in rows.

    `backwards` is for scripts that are read from right to left: the right column comes first.
    """
    found: list[list[Thing]] = []
    plain: list[Thing] = []
    for band in bands(things):
        if not band.gutters or depth >= _MAX_DEPTH:
            plain += band.things
            continue
        if plain:
            found.append(plain)
            plain = []
        columns = _split(band.things, band.gutters)
        for column in reversed(columns) if backwards else columns:
            found += reading_order(column, backwards=backwards, depth=depth + 1)
    if plain:
        found.append(plain)
    return found


def bands(things: Sequence[Thing]) -> list[_Band]:
    """Return the things from top to bottom, in bands that have the same gutters or none."""
    atoms = atoms_of(things)
    found: list[_Band] = []
    n = 0
    while n < len(atoms):
        gutters, end = _reach(atoms, n)
        band = _Band(atoms[n:end], gutters)
        band.gutters = _real(band)
        if band.gutters:
            found += _trimmed(band) if end < len(atoms) else [band]
        elif gutters and end - n <= _FEW:
            # A line with a blank in it may have begun this: what stands below may still be columns.
            found.append(_Band([atoms[n]], []))
            end = n + 1
        else:
            found.append(band)
        n = end
    return _merged(found)


def _reach(atoms: Sequence[Sequence[Thing]], start: int) -> tuple[list[Strip], int]:
    """Return the strips that stay empty from an atom on, and how far; without any, how far there are none.

    A strip that dies young was a wide blank within a line; where an old one dies, something lies across the columns.
    """
    gutters = _free(atoms[start])
    for end in range(start + 1, len(atoms)):
        if gutters:
            kept = [_narrowed(strip, atoms[end]) for strip in gutters]
            alive = [strip for strip in kept if strip is not None]
            if not alive or (len(alive) < len(gutters) and end - start >= _OLD):
                return gutters, end
            gutters = alive
        elif _free(atoms[end]):
            return [], end
    return gutters, len(atoms)


def _merged(found: list[_Band]) -> list[_Band]:
    merged: list[_Band] = []
    for band in found:
        if merged and not merged[-1].gutters and not band.gutters:
            merged[-1].atoms += band.atoms
        else:
            merged.append(band)
    return merged


def atoms_of(things: Sequence[Thing]) -> list[list[Thing]]:
    """Return the things that overlap in height, group by group from the top."""
    found: list[list[Thing]] = []
    reach = float("-inf")
    for thing in sorted(things, key=lambda t: (t.top, t.left)):
        if found and thing.top < reach - 0.5:
            found[-1].append(thing)
            reach = max(reach, thing.bottom)
        else:
            found.append([thing])
            reach = thing.bottom
    return found


def _free(atom: Sequence[Thing]) -> list[Strip]:
    """Return the upright strips between things of an atom that nothing touches."""
    found: list[Strip] = []
    reach = None
    for thing in sorted(atom, key=lambda t: t.left):
        if reach is not None and thing.left - reach > 0.75 * thing.size and thing.left - reach > 5:
            found.append((reach, thing.left))
        reach = thing.right if reach is None else max(reach, thing.right)
    return found


def _narrowed(strip: Strip, atom: Sequence[Thing]) -> Strip | None:
    """Return what of a strip stays empty beside the things, None where too little does."""
    low, high = strip
    for thing in atom:
        if thing.right <= low or thing.left >= high:
            continue
        if (thing.left + thing.right) / 2 < (low + high) / 2:
            low = max(low, thing.right)
        else:
            high = min(high, thing.left)
    size = min((thing.size for thing in atom), default=10.0)
    return (low, high) if high - low > max(4.5, 0.6 * size) else None


def _split(things: Sequence[Thing], gutters: Sequence[Strip]) -> list[list[Thing]]:
    columns: list[list[Thing]] = [[] for _ in range(len(gutters) + 1)]
    for thing in things:
        middle = (thing.left + thing.right) / 2
        columns[sum(middle > (left + right) / 2 for left, right in gutters)].append(thing)
    return columns


def _real(band: _Band) -> list[Strip]:
    """Return the gutters of a band that have prose on both sides."""
    things = band.things
    found = []
    for gutter in band.gutters:
        sides = _split(things, [gutter])
        if all(map(_is_column, sides)) and not _are_rows(sides, gutter):
            found.append(gutter)
    while found:
        bad = next((n for n, column in enumerate(_split(things, found)) if not _is_column(column)), None)
        if bad is None:
            break
        # Bullets between two gutters belong to what is at their right.
        found.pop(bad if bad < len(found) else bad - 1)
    return found


def _is_column(things: Sequence[Thing]) -> bool:
    if any(thing.is_solid for thing in things):
        return True
    heights = {round(thing.base) for thing in things}
    width = max(t.right for t in things) - min(t.left for t in things) if things else 0.0
    size = max((t.size for t in things), default=1.0)
    return len(heights) >= 2 and width > 7 * size and sum(t.n_characters for t in things) >= 30


def _are_rows(sides: Sequence[Sequence[Thing]], gutter: Strip) -> bool:
    """Return whether both sides read as rows: on the same heights, and the left one does not fill its width."""
    left, right = sides
    heights = sorted(thing.base for thing in left if not thing.is_solid)
    others = [thing for thing in right if not thing.is_solid]
    if not heights or not others:
        return False
    levels = {round(height) for height in heights}
    n_same = sum(
        bool({round(thing.base) - 1, round(thing.base), round(thing.base) + 1} & levels) for thing in others
    )
    if n_same < 0.7 * min(len(others), len(levels)):
        return False
    edge = max(thing.right for thing in left)
    fills = [thing.right > edge - 0.12 * (edge - min(t.left for t in left)) - thing.size for thing in left]
    n_rows = len({round(height) for height in heights})
    mean = sum(thing.n_characters for thing in left) / max(1, n_rows)
    mean_right = sum(t.n_characters for t in others) / max(1, len({round(t.base) for t in others}))
    # Justified or ragged prose fills most of its lines; cells, labels and entries of a list of contents do not.
    return min(mean, mean_right) < 14 or sum(fills) < 0.34 * len(fills) or gutter[1] - gutter[0] > 60 > mean


def _trimmed(band: _Band) -> list[_Band]:
    """Return a band without the atoms at its end that belong to what follows: a heading at the left, say."""
    first_gutter = band.gutters[0]
    n = len(band.atoms)
    while n > 1 and all(thing.right <= first_gutter[1] for thing in band.atoms[n - 1]):
        n -= 1
    tail = band.atoms[n:]
    for number, atom in enumerate(tail):
        above = band.atoms[n + number - 1]
        gap = min(t.top for t in atom) - max(t.bottom for t in above)
        usual = atom[0].size
        if gap > 1.1 * usual or (atom[0].is_bold and not above[-1].is_bold):
            kept, rest = band.atoms[: n + number], band.atoms[n + number :]
            return [_Band(kept, band.gutters), _Band(rest, [])]
    return [band]
