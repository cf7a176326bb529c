"""Short lines of two texts that are nearly the same, though no eight words of them in a row are.

    Ada Brook – pilot, left Orland in March 1953        Ada Brook – a pilot, left Orland in April 1953

Lines of 8 to 40 words that share four words in a row are compared whole; they are one where at least LIKE of their words agree, in
order. Four words that stand in more than FEW places say nothing ("retrieved on 5 May") and are passed over.

It compares lines of different texts only: within one text such lines are rows made after one pattern, not copies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regesta.sharing.aligning import Boxes
from regesta.sharing.seeds import groups_of
from regesta.sharing.words import FIRST, Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["similar_lines"]

LIKE = 0.75
LONGEST = 40
FEW = 4
_SEED = 4


def similar_lines(words: Words, least: int, known: Boxes) -> Boxes:
    """Return pairs of short lines of two texts that nearly agree and that no box of `known` joins already."""
    import numpy as np

    starts = np.flatnonzero(((words.flags & FIRST) != 0) & (words.hashes != 0))
    stops = np.flatnonzero(((words.flags & FIRST) != 0) | (words.hashes == 0))
    ends = np.append(stops, len(words.hashes))[np.searchsorted(stops, starts, side="right")]
    short = (ends - starts >= least) & (ends - starts <= LONGEST)
    starts, ends = starts[short], ends[short]
    nothing = np.zeros(0, np.int64)
    none = Boxes(nothing, nothing, nothing, nothing, nothing, nothing)
    if len(starts) < 2:
        return none
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
    open_ = ~_covered(starts[one], ends[one], starts[two], ends[two], known)
    one, two = one[open_], two[open_]
    alike = _agreeing(words, starts, ends, one, two)
    good = 2 * alike >= LIKE * (ends[one] - starts[one] + ends[two] - starts[two])
    one, two, alike = one[good], two[good], alike[good]
    return Boxes(starts[one], ends[one], starts[two], ends[two], alike, np.full(len(one), 2, np.int64))


def _covered(p0: Array, p1: Array, q0: Array, q1: Array, known: Boxes) -> Array:
    """Return which pairs of lines one of the known boxes already lies on, on both sides."""
    import numpy as np

    # a known box is entered once for each side's place; a pair of lines is short, so a box on it starts near it or spans it
    covered = np.zeros(len(p0), np.bool_)
    order = np.argsort(known.p0, kind="stable")
    start, end = known.p0[order], known.p1[order]
    low = np.searchsorted(start, p0 - LONGEST, side="left")
    high = np.searchsorted(start, p1, side="left")
    longest = np.maximum.accumulate(end) if len(end) else end
    for index in range(len(p0)):
        first = int(low[index])
        while first > 0 and longest[first - 1] > p0[index] and int(low[index]) - first < 64:
            first -= 1
        box = order[first : min(int(high[index]), first + 256)]
        covered[index] = bool(
            (
                (known.p0[box] < p1[index])
                & (known.p1[box] > p0[index])
                & (known.q0[box] < q1[index])
                & (known.q1[box] > q0[index])
            ).any()
        )
    return covered


def _agreeing(words: Words, starts: Array, ends: Array, one: Array, two: Array) -> Array:
    """Return how many words of two lines agree, in order (the longest common subsequence)."""
    import numpy as np
    from rapidfuzz.distance import LCSseq

    found = np.zeros(len(one), np.int64)
    for index, (a, b) in enumerate(zip(one.tolist(), two.tolist(), strict=True)):
        found[index] = LCSseq.similarity(
            words.hashes[starts[a] : ends[a]].tolist(), words.hashes[starts[b] : ends[b]].tolist()
        )
    return found
