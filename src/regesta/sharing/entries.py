"""Short lines of two texts that are nearly the same, though no eight words of them in a row are.

    Ada Brook – pilot, left Orland in March 1953        Ada Brook – a pilot, left Orland in April 1953

Lines of 8 to 40 words that share four words in a row are compared whole; they are one where at least LIKE of their words agree, in
order. Four words that stand in more than FEW places say nothing ("retrieved on 5 May") and are passed over.

It compares lines of different texts only: within one text such lines are rows made after one pattern, not copies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regesta.sharing.aligning import Boxes
from regesta.sharing.groups import groups_of
from regesta.sharing.words import FIRST, Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["Lines", "pair_lines", "similar_lines"]

LIKE = 0.75
LONGEST = 40
FEW = 4
_SEED = 4


@dataclass(frozen=True, slots=True)
class Lines:
    """Pairs of short lines of two texts, `[p0, p1)` and `[q0, q1)` of all words, that may be one."""

    p0: Array
    p1: Array
    q0: Array
    q1: Array


def pair_lines(words: Words, least: int) -> Lines:
    """Return the pairs of short lines of two texts that share words that few have, and are about as long as each other."""
    import numpy as np

    starts = np.flatnonzero(((words.flags & FIRST) != 0) & (words.hashes != 0))
    stops = np.flatnonzero(((words.flags & FIRST) != 0) | (words.hashes == 0))
    ends = np.append(stops, len(words.hashes))[np.searchsorted(stops, starts, side="right")]
    short = (ends - starts >= least) & (ends - starts <= LONGEST)
    starts, ends = starts[short], ends[short]
    if len(starts) < 2:
        nothing = np.zeros(0, np.int64)
        return Lines(nothing, nothing, nothing, nothing)
    edge = np.zeros(len(words.hashes) + 1, np.int8)
    edge[starts] += 1
    edge[ends - _SEED + 1] -= 1
    members, heads = groups_of(words.hashes, _SEED, np.cumsum(edge[:-1], dtype=np.int8) > 0)
    del edge
    counts = np.diff(np.append(heads, len(members)))
    group = np.repeat(np.arange(len(heads)), counts)
    line = np.searchsorted(starts, members, side="right") - 1
    text = words.text_of(members)
    pairs = []
    for step in range(1, FEW):
        left = np.arange(max(0, len(members) - step))
        right = left + step
        kept = (group[left] == group[right]) & (counts[group[left]] <= FEW) & (text[left] != text[right])
        pairs.append(line[left[kept]] * len(starts) + line[right[kept]])
    one, two = np.divmod(np.unique(np.concatenate(pairs)), len(starts))
    size_one, size_two = ends[one] - starts[one], ends[two] - starts[two]
    fits = 2 * np.minimum(size_one, size_two) >= LIKE * (size_one + size_two)
    one, two = one[fits], two[fits]
    return Lines(starts[one], ends[one], starts[two], ends[two])


def similar_lines(words: Words, lines: Lines, known: Boxes) -> Boxes:
    """Return the pairs of lines that nearly agree and that no box of `known` joins already."""
    import numpy as np

    p0, p1, q0, q1 = lines.p0, lines.p1, lines.q0, lines.q1
    open_ = ~_covered(words, lines, known)
    p0, p1, q0, q1 = p0[open_], p1[open_], q0[open_], q1[open_]
    alike = _agreeing(words, p0, p1, q0, q1)
    good = 2 * alike >= LIKE * (p1 - p0 + q1 - q0)
    return Boxes(p0[good], p1[good], q0[good], q1[good], alike[good], np.full(int(good.sum()), 2, np.int64))


def _covered(words: Words, lines: Lines, known: Boxes) -> Array:
    """Return which pairs of lines one of the known boxes already lies on, on both sides: one of the same two texts."""
    import numpy as np

    n_texts = len(words.first)
    both = words.text_of(lines.p0) * n_texts + words.text_of(lines.q0)
    of_box = words.text_of(known.p0) * n_texts + words.text_of(known.q0)
    order = np.argsort(of_box, kind="stable")
    low, high = (np.searchsorted(of_box[order], both, side=side) for side in ("left", "right"))
    covered = np.zeros(len(both), np.bool_)
    for index in np.flatnonzero(low < high):
        box = order[low[index] : high[index]]
        covered[index] = bool(
            (
                (known.p0[box] < lines.p1[index])
                & (known.p1[box] > lines.p0[index])
                & (known.q0[box] < lines.q1[index])
                & (known.q1[box] > lines.q0[index])
            ).any()
        )
    return covered


def _agreeing(words: Words, p0: Array, p1: Array, q0: Array, q1: Array) -> Array:
    """Return how many words of two lines agree, in order (the longest common subsequence)."""
    import numpy as np
    from rapidfuzz.distance import LCSseq

    found = np.zeros(len(p0), np.int64)
    ends = zip(*(column.tolist() for column in (p0, p1, q0, q1)), strict=True)
    for index, (a, b, c, d) in enumerate(ends):
        found[index] = LCSseq.similarity(words.hashes[a:b].tolist(), words.hashes[c:d].tolist())
    return found
