"""Every stretch of words that stands in two places: exact, found by sorting.

Runs of `size` words (n-grams) that are equal are a group (`groups`). Of what stands in a few places every two are a pair; only where a stretch of pairs begins and where it ends is kept, so a page
that is copied whole costs two numbers. What stands in more than MANY places (a footer, a menu, a copy of a copy of a copy) is
linked to the place before it in the same text, or to the first place of all: the connection is kept, at linear cost. Such places are
asked again with longer runs, which may stand in few places, so that a copy is found though a formula is all it begins with.

    words 12 15 09 33 12 15 09 71    size 3    ->   (0, 4, length 3)

The groups may be given where they are known (`again`). It does not forgive a changed word; `aligning` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from regesta.sharing.groups import groups_of, parts_of
from regesta.sharing.words import Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regesta.relations import Relations

    Array = NDArray[Any]

__all__ = [
    "MANY",
    "RARE",
    "SHORT",
    "Rare",
    "Runs",
    "among",
    "find_runs",
    "find_short_runs",
    "rare_runs",
]

MANY = 8
"""In how many places a run of words may stand for every two of them to be a pair."""

LONGER = (2, 4, 8, 16)
"""By how many words runs are made longer, step by step, where they stand in too many places: a copy that holds a formula."""

SHORT, RARE = 5, 3
"""Words of a short run, and in how many places it may stand."""
_AT_ONCE: Final = 1 << 18
_BITS_LOOKED_AT: Final = 22
_BITS: Final = 30
"""Of a place, where two of them and a number up to MANY are to fit into one of 64 bits."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Stretches of equal words at two places, `first < second`; by diagonal, then place."""

    first: Array
    second: Array
    length: Array
    places: Array
    """In how many places the rarest run of words seen of it stands."""


@dataclass(frozen=True, slots=True)
class Rare:
    """Runs of SHORT words that stand more than once, but seldom."""

    members: Array
    """Places, equal runs together."""
    counts: Array
    """How many each group has, at most RARE."""
    frequent: Array
    """Of each place whether a run starts there that stands more often; one more than there are words."""


def find_runs(
    words: Words,
    size: int,
    relations: Relations | None = None,
    groups: tuple[Array, Array] | None = None,
) -> Runs:
    """Return all stretches of at least `size` equal words at two places, those of frequent words linked once.

    `groups` are what `groups_of` gives of runs of `size` words.

    >>> from regesta.sharing.words import read_words
    >>> runs = find_runs(read_words(["a b c d e", "x b c d y"]), 3)
    >>> runs.first.tolist(), runs.second.tolist(), runs.length.tolist(), runs.places.tolist()
    ([2], [8], [3], [2])
    """
    import numpy as np

    found = []
    asked: Array | None = None
    for length in (size, *(size + more for more in LONGER)):
        known = groups if asked is None else None
        members, heads = known or groups_of(words.hashes, length, asked, relations)
        counts = np.diff(np.append(heads, len(members)))
        group = np.repeat(np.arange(len(heads)), counts)
        many = counts > MANY
        frequent = np.zeros(len(words.hashes) + 1, np.bool_)
        frequent[members[many[group]]] = True
        elsewhere = frequent if asked is None else frequent | ~asked
        begins, ends = _bounds(words.hashes, length, members, group, counts, elsewhere)
        reach = ends[0] - begins[0] + begins[0].dtype.type(length)
        found.append((*begins[:2], reach, np.minimum(begins[2], ends[2])))
        del begins, ends, reach
        if asked is None and many.any():
            found += _linked(words, members, heads, counts, length)
        if not many.any():
            break
        asked = frequent
    return _joined(found)


def rare_runs(hashes: Array, relations: Relations | None = None) -> Rare:
    """Return the runs of SHORT words that stand more than once, but seldom."""
    import numpy as np

    frequent = np.zeros(len(hashes) + 1, np.bool_)
    parts = []
    for part, heads in parts_of(hashes, SHORT, None, relations):
        counts = np.diff(np.append(heads, len(part)))
        rare = np.repeat(counts <= RARE, counts)
        frequent[part[~rare]] = True
        parts.append((part[rare].astype(_small(hashes)), counts[counts <= RARE].astype(np.uint8)))
        del part, rare
    members, counts = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Rare(members, counts, frequent)


def find_short_runs(words: Words, size: int, rare: Rare) -> Runs:
    """Return stretches of SHORT words and more, but less than `size`, that stand in at most RARE places and in two texts.

    One of them means nothing; two that follow each other closely in the same two texts are a copy with a word changed between.
    Those alone in their two texts are left out.
    """
    import numpy as np

    members, counts, frequent = rare.members, rare.counts, rare.frequent
    group = np.repeat(np.arange(len(counts), dtype=members.dtype), counts)
    begins, ends = _bounds(words.hashes, SHORT, members, group, counts, frequent, RARE)
    first, second, places = (column.astype(np.int64) for column in begins)
    length = ends[0].astype(np.int64) - first + SHORT
    left, right = words.text_of(first), words.text_of(second)
    both = left * len(words.first) + right
    kept = np.flatnonzero((length < size) & (left != right))
    ordered = np.sort(both[kept])
    again = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    kept = kept[among(both[kept], again)]
    return Runs(first[kept], second[kept], length[kept], places[kept])


def among(values: Array, wanted: Array) -> Array:
    """Return which values are among some that are ascending: most are told from these by a few of their bits.

    >>> import numpy as np
    >>> among(np.array([7, 1, 4]), np.array([4, 7])).tolist()
    [True, False, True]
    """
    import numpy as np

    if not len(wanted):
        return np.zeros(len(values), np.bool_)
    table = np.zeros(1 << _BITS_LOOKED_AT, np.bool_)
    table[_few_bits(wanted)] = True
    found = np.zeros(len(values), np.bool_)
    for low in range(0, len(values), _AT_ONCE):
        own = values[low : low + _AT_ONCE]
        may = np.flatnonzero(table[_few_bits(own)])
        own = own[may]
        found[low + may] = wanted[np.minimum(np.searchsorted(wanted, own), len(wanted) - 1)] == own
    return found


def _few_bits(values: Array) -> Array:
    import numpy as np

    return (values.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - _BITS_LOOKED_AT)


def _bounds(
    hashes: Array, size: int, members: Array, group: Array, counts: Array, elsewhere: Array, most: int = MANY
) -> tuple[tuple[Array, Array, Array], tuple[Array, Array, Array]]:
    """Return where stretches of pairs begin and where their last run starts, both by diagonal, so that they match one to one.

    `elsewhere` says of each place that its pairs are not among these.
    """
    import numpy as np

    small = _small(hashes)
    begins: list[tuple[Array, Array, Array]] = []
    ends: list[tuple[Array, Array, Array]] = []
    for step in range(1, most):
        for low in range(0, max(0, len(members) - step), _AT_ONCE):
            left = np.arange(low, min(low + _AT_ONCE, len(members) - step))
            own = group[left]
            left = left[(own == group[left + step]) & (counts[own] <= most)]
            first, second = members[left].astype(np.int64), members[left + step].astype(np.int64)
            places = counts[group[left]]
            before, after = hashes[first - 1], hashes[first + size]
            goes_on = (before == hashes[second - 1]) & (before != 0) & ~elsewhere[first - 1]
            goes_over = (after == hashes[second + size]) & (after != 0) & ~elsewhere[first + 1]
            for kept, into in ((~goes_on, begins), (~goes_over, ends)):
                into.append(
                    (first[kept].astype(small), second[kept].astype(small), places[kept].astype(np.uint8))
                )
    return _sorted(begins), _sorted(ends)


def _small(hashes: Array) -> Any:
    """Return the type in which places wait that are very many."""
    import numpy as np

    return np.uint32 if len(hashes) < 1 << 32 else np.int64


def _sorted(parts: list[tuple[Array, Array, Array]]) -> tuple[Array, Array, Array]:
    import numpy as np

    if not parts:
        nothing = np.zeros(0, np.int64)
        return nothing, nothing, nothing
    first, second, places = (np.concatenate(column) for column in zip(*parts, strict=True))
    parts.clear()
    if len(first) and int(second.max()) < 1 << _BITS:  # one number each sorts in a fifth of the time of three
        step = np.uint64(_BITS)
        key = ((second - first).astype(np.uint64) << step | first) << np.uint64(4) | places
        key.sort()
        found = ((key >> np.uint64(4)) & np.uint64((1 << _BITS) - 1)).astype(first.dtype)
        apart = (key >> np.uint64(4 + _BITS)).astype(first.dtype)
        return found, found + apart, (key & np.uint64(15)).astype(first.dtype)
    order = np.lexsort((first, second - first))
    return first[order], second[order], places[order].astype(first.dtype)


def _linked(
    words: Words, members: Array, heads: Array, counts: Array, size: int
) -> list[tuple[Array, Array, Array, Array]]:
    """Return runs of `size` words of the frequent: each place with the one before it in its text, or with the first of all."""
    import numpy as np

    which = np.flatnonzero(np.repeat(counts > MANY, counts))
    place = members[which]
    group = np.repeat(np.arange(len(heads)), counts)[which]
    text = words.text_of(place)
    near = np.zeros(len(place), np.bool_)
    near[1:] = (group[1:] == group[:-1]) & (text[1:] == text[:-1])
    first = np.where(near, np.append(place[:1], place[:-1]), members[heads[group]])
    kept = first < place
    first, place, number = first[kept], place[kept], counts[group[kept]]
    small = _small(words.hashes)
    return [
        (first.astype(small), place.astype(small), np.full(len(first), size, small), number.astype(small))
    ]


def _joined(parts: list[tuple[Array, Array, Array, Array]]) -> Runs:
    """Return the runs with those on one diagonal that touch or overlap made one."""
    import numpy as np

    first, second, length, places = (np.concatenate(column) for column in zip(*parts, strict=True))
    parts.clear()
    diagonal = second - first
    if len(first) and int(second.max()) < 1 << _BITS:  # of equal ones it is all the same which comes first
        order = np.argsort((diagonal.astype(np.uint64) << np.uint64(_BITS)) | first.astype(np.uint64))
    else:
        order = np.lexsort((first, diagonal))
    first, second, length, places, diagonal = (
        column[order] for column in (first, second, length, places, diagonal)
    )
    if not len(first):
        return Runs(first, second, length, places)
    # `reach` is ascending along a diagonal but for runs within runs; a maximum over (diagonal, end) keeps diagonals apart
    rank = np.cumsum(np.append(0, diagonal[1:] != diagonal[:-1]))
    del diagonal, order
    wide = np.int64(int((first + length).max()) + 1)
    rank *= wide
    reach = np.maximum.accumulate(rank + first + length)
    head = np.ones(len(first), np.bool_)
    head[1:] = rank[1:] + first[1:] > reach[:-1]
    at = np.flatnonzero(head)
    end = (reach[np.append(at[1:], len(first)) - 1] - rank[at]).astype(first.dtype)
    return Runs(first[at], second[at], end - first[at], np.minimum.reduceat(places, at))
