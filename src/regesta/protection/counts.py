"""Small counts: nobody who is not shown by name may be the only one of a decade, year, country, sex, role and age.

                    all 31                   each person has a key, from coarse to fine
              ┌───────┴────────┐             a cell is divided where what comes of it has k people each;
            199X 12          200X 19         the cells that would be too small stay together, and where these are still
            ┌──┴──┐                          too few, the smallest of the others joins them
          1997    rest

`depths` says how much of their key may be shown of each person. With a larger k nobody is shown more finely; neither are
others where somebody is withheld, if they are counted as `gone`. `differences` compares two editions. Figures that a source
published are not counted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Counted", "depths", "differences", "tally"]

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """One person or group, as it is counted."""

    key: Key
    """From coarse to fine, all of one length; an empty part is one that nobody knows, and a value like others."""
    weight: int = 1
    """How many people."""
    is_gone: bool = False
    """Withheld altogether: it is not shown and makes no crowd, but its cell stays as it was, lest others stand out by that."""


def depths(people: Sequence[Counted], k: int) -> list[int]:
    """Return for each person how many parts of the key may be shown, -1 where not even that they exist.

    >>> depths([Counted(("199X", "1997"))] * 3 + [Counted(("199X", "1998"))] * 2, 2)
    [2, 2, 2, 2, 2]
    >>> depths([Counted(("199X", "1997"))] * 3 + [Counted(("199X", "1998"))] * 2, 3)
    [1, 1, 1, 1, 1]
    >>> depths([Counted(("199X", "1997"))], 2)
    [-1]
    """
    found = [-1] * len(people)
    everyone = list(range(len(people)))
    length = len(people[0].key) if people else 0
    if _weigh(people, everyone)[0] < k:
        return found
    waiting = [(everyone, 0)]
    while waiting:
        cell, depth = waiting.pop()
        children: dict[str, list[int]] = {}
        if depth < length:
            for index in cell:
                children.setdefault(people[index].key[depth], []).append(index)
        kept = _kept(people, children, k)
        divided = {index for child in kept for index in child}
        for index in cell:
            if index not in divided:
                found[index] = depth
        waiting += [(child, depth + 1) for child in kept]
    return [-1 if person.is_gone else depth for person, depth in zip(people, found, strict=True)]


def _weigh(people: Sequence[Counted], cell: Iterable[int]) -> tuple[int, int]:
    """Return how many people of a cell are shown, and how many there are with those that are gone."""
    shown = full = 0
    for index in cell:
        full += people[index].weight
        shown += 0 if people[index].is_gone else people[index].weight
    return shown, full


def _kept(people: Sequence[Counted], children: Mapping[str, list[int]], k: int) -> list[list[int]]:
    """Return the cells that may stand apart: the most, from the largest on, that leave none too small and no small rest."""
    weighed = sorted(
        ((*_weigh(people, cell), word) for word, cell in children.items()), key=lambda row: (-row[1], row[2])
    )
    rest_shown, rest_full = sum(row[0] for row in weighed), sum(row[1] for row in weighed)
    best = 0
    for place, (shown, full, _) in enumerate(weighed, 1):
        if shown < k:
            break
        rest_shown, rest_full = rest_shown - shown, rest_full - full
        if rest_full == 0 or rest_shown >= k:
            best = place
    return [children[word] for _, _, word in weighed[:best]]


def tally(people: Sequence[Counted], shown: Sequence[int]) -> dict[Key, int]:
    """Return how many people share what is shown of them; `shown` is what `depths` returned.

    >>> people = [Counted(("199X", "1997"), 4), Counted(("199X", "1998"))]
    >>> tally(people, [1, 1])
    {('199X',): 5}
    """
    counts: dict[Key, int] = {}
    for person, depth in zip(people, shown, strict=True):
        if depth >= 0:
            key = person.key[:depth]
            counts[key] = counts.get(key, 0) + person.weight
    return dict(sorted(counts.items()))


def differences(now: Mapping[Key, int], before: Mapping[Key, int], k: int) -> dict[Key, int]:
    """Return the cells, of any depth, in which two editions differ by some people but fewer than k.

    Who has both editions can subtract one from the other: what is left is as small a group as if it were published. The
    value is the difference, which may be told nobody outside.

    >>> differences({("199X",): 31, ("200X",): 12}, {("199X",): 28}, 10)
    {('199X',): 3}
    >>> differences({("199X",): 31}, {("199X",): 31}, 10)
    {}
    """
    sums: dict[Key, int] = {}
    for counts, sign in ((now, 1), (before, -1)):
        for key, count in counts.items():
            for depth in range(len(key) + 1):
                sums[key[:depth]] = sums.get(key[:depth], 0) + sign * count
    return {key: change for key, change in sorted(sums.items()) if 0 < abs(change) < k}
