"""What is known of every two clusters that a pair of mentions connects, and what the odds are that they are one.

    a  b      sums over the pairs of their mentions      best pair      score
    0  7      name, features, marks                       12            +3.1

Clusters that become one bring their edges along: those between the same two are added up in the place of the first. All sums are of whole
numbers, so no order of adding decides anything. Which clusters become one is for `clustering` to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from regesta.abreast import abreast, firsts, ordering

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["MISSING", "NEVER", "UNIT", "Edges", "Scored", "Terms", "edges_of", "pair_of"]

UNIT: Final = 1 << 20
"""Steps in which a score is counted, in one bit."""
MISSING: Final = -(1 << 31)
"""Score of a feature that one of the two lacks."""
NEVER: Final = -(1 << 62)
"""Score of what must not become one."""
_MOST: Final = 1 << 30
"""The score of a single pair counts for no more than this, nor for less than its opposite."""
_PAIRS: Final = (1 << 32) - 1
"""The largest number of a pair."""
_ENTRY, _FORBIDDEN = 1, 2
"""Marks of an edge."""
_PART: Final = 1 << 16
"""Edges that are worked on at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Pairs of mentions and what speaks for their being one, in log2 of odds."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    """`left < right`, each pair once."""
    name: NDArray[np.float64]
    """What the names say."""
    features: NDArray[np.int32]
    """A row a pair, a column a feature, in steps of `UNIT`; `MISSING` where one of the two lacks it."""
    is_entry: NDArray[np.bool_]
    """Two entries of one list."""
    is_forbidden: NDArray[np.bool_]
    """Facts that cannot both be true of one person."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What joins and what does not, in steps of `UNIT`."""

    threshold: int
    doubtful: int
    stranger: int
    entries: int


@dataclass(slots=True)
class Edges:
    """What is known of two clusters: sums over the pairs of their mentions."""

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    """`a < b`, each pair of clusters once."""
    name: NDArray[np.int64]
    """By how much the name says more than that of a stranger, which those say that were never worth comparing."""
    sums: NDArray[np.int64]
    counts: NDArray[np.int32]
    marks: NDArray[np.uint8]
    best: NDArray[np.int64]
    """The best score of a single pair, and which it is, the first of several: in one number, so that the greatest is asked for."""
    score: NDArray[np.int64]
    """Of the two clusters, as `judge` found it."""
    n_gone: int = 0
    """Edges that lead nowhere any more."""

    def judge(
        self, some: NDArray[np.int64], members: NDArray[np.int64], walls: NDArray[np.int64], terms: Terms
    ) -> None:
        """Find log2 of the odds that the two clusters are one, for these edges."""
        import numpy as np

        forbidden = np.sort(_codes(walls[:, 0], walls[:, 1], members))

        def fill(part: slice) -> None:
            here = some[part]
            a, b, marks = self.a[here], self.b[here], self.marks[here]
            score = self.name[here] // (members[a] * members[b]) + terms.stranger
            for sums, counts in zip(self.sums[here].T, self.counts[here].T, strict=True):
                score += sums // np.maximum(counts, 1)
            score += np.where(marks & _ENTRY, terms.entries, 0)
            score[marks >= _FORBIDDEN] = NEVER
            if len(forbidden):
                code = _codes(a, b, members)
                score[forbidden[np.searchsorted(forbidden[:-1], code)] == code] = NEVER
            self.score[here] = score

        abreast(fill, _parts(len(some)))

    def join(self, label: NDArray[np.int64]) -> NDArray[np.int64]:
        """Make these the edges between the clusters that theirs have become; return those that are not what they were.

        Of several between the same two the first is kept, with the sums; the others lead nowhere and are let go of by and by.
        """
        import numpy as np

        size = len(label)
        moved = np.flatnonzero(label != np.arange(size))
        if not len(moved):
            return moved
        if 2 * self.n_gone > len(self.a):
            self.let_go(size)
        grown = np.zeros(size + 1, bool)
        grown[moved] = grown[label[moved]] = True
        near = self._near(grown)
        code = np.empty(len(near), np.int64)

        def fill(part: slice) -> None:
            a, b = label[self.a[near[part]]], label[self.b[near[part]]]
            code[part] = np.minimum(a, b) * size + np.maximum(a, b)

        abreast(fill, _parts(len(near)))
        order = ordering(code)
        code, rows = code[order], near[order]
        is_first = firsts(code)
        of_several, is_gone = ~is_first, ~is_first
        of_several[:-1] |= is_gone[1:]

        def settle(part: slice) -> None:
            here = rows[part]
            a = code[part] // size
            b = code[part] - a * size
            is_gone[part] |= a == b
            of_several[part] &= a != b
            self.a[here], self.b[here] = np.where(is_gone[part], size, (a, b))

        abreast(settle, _parts(len(rows)))
        self._add_up(rows[of_several], np.flatnonzero(is_first[of_several]))
        gone = rows[is_gone]
        self.score[gone] = NEVER
        self.n_gone += len(gone)
        return np.asarray(rows[~is_gone], np.int64)

    def _near(self, grown: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return the edges of clusters that have grown."""
        import numpy as np

        def near(part: slice) -> NDArray[np.int64]:
            return np.asarray(
                np.flatnonzero(grown[self.a[part]] | grown[self.b[part]]) + part.start, np.int64
            )

        return np.concatenate([*abreast(near, _parts(len(self.a))), np.empty(0, np.int64)])

    def _add_up(self, several: NDArray[np.int64], first: NDArray[np.int64]) -> None:
        """Sum up several edges, each sum beginning at one of the firsts, and keep it there."""
        import numpy as np

        ways = (
            (self.name, np.add), (self.sums, np.add), (self.counts, np.add), (self.marks, np.bitwise_or), (self.best, np.maximum),
        )  # fmt: skip
        ends = np.append(first, len(several))

        def add_up(part: slice) -> None:
            begin = first[part]
            some = several[begin[0] : ends[part.start + len(begin)]]
            for column, way in ways:
                sums = way.reduceat(column.take(some, axis=0), begin - begin[0], dtype=column.dtype)
                column[several[begin]] = sums

        abreast(add_up, _parts(len(first)))

    def let_go(self, nowhere: int) -> None:
        """Keep no edges but those that lead somewhere."""
        import numpy as np

        if not self.n_gone:
            return
        kept = np.flatnonzero(self.a < nowhere)
        for name in ("a", "b", "name", "sums", "counts", "marks", "best", "score"):
            setattr(self, name, getattr(self, name).take(kept, axis=0))
        self.n_gone = 0


def _parts(size: int) -> list[slice]:
    """Return parts of so many edges, each so short that what is in between stays in the processor's cache."""
    return [slice(begin, begin + _PART) for begin in range(0, size, _PART)]


def _codes(a: NDArray[Any], b: NDArray[Any], nodes: NDArray[Any]) -> NDArray[np.int64]:
    """Return a number for each two of so many nodes."""
    import numpy as np

    return np.asarray(a.astype(np.int64) * len(nodes) + b, np.int64)


def edges_of(scored: Scored, label: NDArray[np.int64], terms: Terms) -> Edges:
    """Return the edges between these clusters."""
    import numpy as np

    def between(part: slice) -> NDArray[np.int64]:
        is_between = label[scored.left[part]] != label[scored.right[part]]
        return np.asarray(np.flatnonzero(is_between) + part.start, np.int64)

    kept = np.concatenate([*abreast(between, _parts(len(scored.left))), np.empty(0, np.int64)])
    shape = len(kept), scored.features.shape[1]
    edges = Edges(
        a=scored.left[kept], b=scored.right[kept], name=np.empty(len(kept), np.int64), sums=np.empty(shape, np.int64),
        counts=np.empty(shape, np.int32), marks=np.empty(len(kept), np.uint8), best=np.empty(len(kept), np.int64),
        score=np.empty(len(kept), np.int64),
    )  # fmt: skip

    def fill(part: slice) -> None:
        rows = kept[part]
        features = scored.features.take(rows, axis=0)
        known = features != MISSING
        features[~known] = 0
        is_entry, is_forbidden = scored.is_entry[rows], scored.is_forbidden[rows]
        name = np.rint(UNIT * scored.name[rows]).astype(np.int64)
        total = name + terms.entries * is_entry
        for column in features.T:
            total += column
        np.clip(total, -_MOST, _MOST, out=total)
        total[is_forbidden] = -_MOST
        edges.name[part], edges.sums[part], edges.counts[part] = name - terms.stranger, features, known
        edges.marks[part] = _ENTRY * is_entry + _FORBIDDEN * is_forbidden
        edges.best[part] = (total << 32) + (_PAIRS - rows)

    abreast(fill, _parts(len(kept)))
    edges.join(label)
    edges.let_go(len(label))
    return edges


def pair_of(best: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return which pair is the best of an edge."""
    return _PAIRS - (best & _PAIRS)
