"""Clusters of mentions, worked out so that one bad pair cannot chain two crowds together.

    pairs with scores ──► every two clusters that are each other's best are joined, and again, while a score is high enough

Two clusters are compared as wholes. The name's score is the mean over all pairs of their mentions, those that were never
worth comparing counted as strangers; each feature's score is its mean over the pairs that have it; their sum decides. So a
mention that resembles one of ten stays out, and one without features goes where its name alone would take it. This is
average linkage (R. R. Sokal and C. D. Michener, 1958) feature by feature, by reciprocal nearest neighbours (F. Murtagh,
1983), with constraints: pairs that must be one are joined first, pairs that must not be one are never in one cluster.

All is done on arrays of integers, a score in steps of a millionth of a bit, so that no order of adding decides anything; ties are
broken by the numbers of the mentions. What no pair connects does not touch: some components may be done here and others there, by the
same function (`grow`), and the result is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from regesta.relations import Relations

__all__ = ["Clusters", "Join", "Scored", "cluster", "grow"]

_MOST_DOUBTS: Final = 3
"""Doubtful neighbours of one cluster that are told."""
_UNIT: Final = 1 << 20
"""Steps in which a score is counted, in one bit."""
_NEVER: Final = -(1 << 62)
"""Score of what must not become one."""
_ENDS: Final = 9
"""Columns of a packed edge before its features."""
_TOLD: Final = 5
"""Columns of the answer of `grow`."""
_MOVED, _JOINED, _DOUBTED = range(3)
"""What a row of the answer of `grow` tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Pairs of mentions and what speaks for their being one, in log2 of odds."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    """`left < right`, each pair once."""
    name: NDArray[np.float64]
    """What the names say."""
    features: NDArray[np.float64]
    """A row a pair, a column a feature; NaN where one of the two lacks it."""
    is_entry: NDArray[np.bool_]
    """Two entries of one list."""
    is_forbidden: NDArray[np.bool_]
    """Facts that cannot both be true of one person."""


@dataclass(frozen=True, slots=True)
class Join:
    """Two clusters that became one, or nearly, by the pair of mentions that speaks loudest for it."""

    left: int
    right: int
    score: float
    """Of the clusters, not of the pair."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """Which mentions are one."""

    of: NDArray[np.int64]
    """Mention -> the smallest number of its cluster."""
    joins: list[Join] = field(default_factory=list)
    """In the order in which they were made."""
    doubts: list[Join] = field(default_factory=list)
    """What is left apart and shown to a person."""


@dataclass(frozen=True, slots=True)
class _Terms:
    """What joins and what does not, in steps of `_UNIT`."""

    threshold: int
    doubtful: int
    stranger: int
    entries: int


@dataclass(slots=True)
class _Edges:
    """What is known of two clusters: sums over the pairs of their mentions."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    """`a < b`, each pair of clusters once."""
    name: NDArray[np.int64]
    """By how much the name says more than that of a stranger, which those say that were never worth comparing."""
    n: NDArray[np.int64]
    sums: NDArray[np.int64]
    counts: NDArray[np.int64]
    is_entry: NDArray[np.bool_]
    is_forbidden: NDArray[np.bool_]
    best: NDArray[np.int64]
    """The best score of a single pair, and which it is."""
    pair: NDArray[np.int64]

    def only(self, kept: NDArray[np.bool_] | NDArray[np.int64]) -> _Edges:
        """Return some of the edges, or all in another order."""
        return _Edges(*(getattr(self, name)[kept] for name in self.__slots__))

    def joined(self, label: NDArray[np.int64]) -> _Edges:
        """Return the edges between the clusters that these have become."""
        import numpy as np

        moved = np.flatnonzero(label != np.arange(len(label)))
        if not len(moved):
            return self
        grown = np.zeros(
            len(label), bool
        )  # most edges lead to no cluster that has changed, and stay what they are
        grown[moved] = grown[label[moved]] = True
        near = grown[self.a] | grown[self.b]
        return self.only(~near).beside(self.only(near).merged(label))

    def beside(self, other: _Edges) -> _Edges:
        """Return these edges and others."""
        import numpy as np

        return _Edges(
            *(np.concatenate((getattr(self, name), getattr(other, name))) for name in self.__slots__)
        )

    def merged(self, label: NDArray[np.int64]) -> _Edges:
        """Return the edges between the clusters that these have become, those of two clusters as one."""
        import numpy as np

        a, b = label[self.a], label[self.b]
        self.a, self.b = np.minimum(a, b), np.maximum(a, b)
        edges = self.only(self.a != self.b)
        if not len(edges.a):
            return edges
        edges = edges.only(np.lexsort((edges.pair, -edges.best, edges.b, edges.a)))
        is_first = np.ones(len(edges.a), bool)
        is_first[1:] = (edges.a[1:] != edges.a[:-1]) | (edges.b[1:] != edges.b[:-1])
        first = np.flatnonzero(is_first)
        if len(first) == len(edges.a):
            return edges
        whole = edges.only(first)
        whole.name, whole.n = np.add.reduceat(edges.name, first), np.add.reduceat(edges.n, first)
        whole.sums, whole.counts = np.add.reduceat(edges.sums, first), np.add.reduceat(edges.counts, first)
        whole.is_entry = np.logical_or.reduceat(edges.is_entry, first)
        whole.is_forbidden = np.logical_or.reduceat(edges.is_forbidden, first)
        return whole


def cluster(
    scored: Scored,
    size: int,
    *,
    threshold: float,
    doubtful: float,
    stranger: float,
    entries: float,
    joined: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
    begun: NDArray[np.int64] | None = None,
    component: NDArray[np.int64] | None = None,
    relations: Relations | None = None,
) -> Clusters:
    """Return the clusters of the mentions 0 to `size`; `joined` pairs are one whatever their score, `apart` ones never.

    `begun` are clusters of an earlier call, as its `of`: they grow, and are never parted.

    `stranger` is the name's score of a pair that is not among the scored ones, `entries` what being two entries of one
    list costs a pair of clusters, once. A pair that is both joined and apart is joined: the caller settles that first.
    `component` says of each mention with which it hangs together by pairs, scored or joined; then `relations` do the work.

    >>> import numpy as np
    >>> none = np.zeros(2, bool)
    >>> pairs = Scored(left=np.array([0, 1]), right=np.array([1, 2]), name=np.array([8.0, 1.0]),
    ...     features=np.empty((2, 0)), is_entry=none, is_forbidden=none)
    >>> cluster(pairs, 3, threshold=0, doubtful=-5, stranger=-9, entries=-12).of.tolist()
    [0, 0, 2]
    """
    import numpy as np

    terms = _Terms(*(round(_UNIT * term) for term in (threshold, doubtful, stranger, entries)))
    label = np.arange(size) if begun is None else begun.copy()
    for a, b in joined if begun is None else ():
        one, other = sorted((int(label[a]), int(label[b])))
        label[label == other] = one
    members = np.bincount(label, minlength=size)
    edges = _edges(scored, terms).joined(label)
    walls = _walls(apart, label)
    if component is None or relations is None or not len(edges.a):
        told = _grown(edges, members, walls, terms)
    else:
        walls = walls[component[walls[:, 0]] == component[walls[:, 1]]]
        rows = _packed(edges, members, walls)
        told = relations.spread(rows, component[rows[:, 0]], partial(grow, terms=terms), _TOLD)
    moved, joins, doubts = (told[told[:, 0] == kind] for kind in (_MOVED, _JOINED, _DOUBTED))
    step = np.arange(size)
    step[moved[:, 1]] = moved[:, 2]
    ordered = joins[np.lexsort((joins[:, 2], -joins[:, 3], joins[:, 1]))]
    near = doubts[np.lexsort((doubts[:, 2], -doubts[:, 3], doubts[:, 1]))]
    return Clusters(step[label], _joins(scored, ordered), _joins(scored, near))


def grow(rows: NDArray[np.int64], terms: _Terms) -> NDArray[np.int64]:
    """Join clusters as far as it goes; `rows` are packed edges of whole components, wherever they lie.

    A row of the answer: 0, cluster, the one it is of now; 1, round, cluster, score, pair; 2, cluster, cluster, score, pair.
    """
    import numpy as np

    seen = np.zeros(int(rows[:, :2].max(initial=-1)) + 1, bool)
    seen[rows[:, :2]] = True
    number = np.flatnonzero(seen)
    ends = (np.cumsum(seen) - 1)[rows[:, :2]]
    members = np.zeros(len(number), np.int64)
    members[ends] = rows[:, 2:4]
    is_edge = rows[:, 4] >= 0
    kept, width = rows[is_edge], (rows.shape[1] - _ENDS) // 2
    edges = _Edges(
        a=ends[is_edge, 0], b=ends[is_edge, 1], name=kept[:, 5], n=kept[:, 6], sums=kept[:, _ENDS : _ENDS + width],
        counts=kept[:, _ENDS + width :], is_entry=kept[:, 7] % 2 > 0, is_forbidden=kept[:, 7] > 1, best=kept[:, 8],
        pair=kept[:, 4],
    )  # fmt: skip
    told = _grown(edges, members, np.sort(ends[~is_edge], axis=1), terms)
    told[:, 2] = number[told[:, 2]]
    named = told[:, 0] != _JOINED
    told[named, 1] = number[told[named, 1]]
    return told


def _packed(edges: _Edges, members: NDArray[np.int64], walls: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a row an edge, and one with -1 for its pair for what must not become one."""
    import numpy as np

    marks = edges.is_entry + 2 * edges.is_forbidden.astype(np.int64)
    rows = np.column_stack((
        edges.a, edges.b, members[edges.a], members[edges.b], edges.pair, edges.name, edges.n, marks, edges.best,
        edges.sums, edges.counts,
    ))  # fmt: skip
    apart = np.zeros((len(walls), rows.shape[1]), np.int64)
    apart[:, :2], apart[:, 2:4], apart[:, 4] = walls, members[walls], -1
    return np.concatenate((rows, apart))


def _grown(
    edges: _Edges, members: NDArray[np.int64], walls: NDArray[np.int64], terms: _Terms
) -> NDArray[np.int64]:
    """Do what `grow` says with clusters that are numbered from 0."""
    import numpy as np

    size = len(members)
    label = np.arange(size)
    edges = edges.joined(label)
    told: list[NDArray[np.int64]] = []
    turn = 0
    while len(edges.a):
        scores = _scores(edges, members, walls, terms)
        chosen = _mutual(edges, scores, terms.threshold, size)
        if not len(chosen):
            break
        told.append(_rows(_JOINED, turn, edges.a[chosen], scores[chosen], edges.pair[chosen]))
        turn += 1
        step = np.arange(size)
        step[edges.b[chosen]] = edges.a[chosen]
        label = step[label]
        members = np.bincount(step, members, size).astype(np.int64)
        walls = _moved(walls, step)
        edges = edges.joined(step)
    if len(edges.a):
        scores = _scores(edges, members, walls, terms)
        kept = _doubts(edges, scores, terms.doubtful)
        told.append(_rows(_DOUBTED, edges.a[kept], edges.b[kept], scores[kept], edges.pair[kept]))
    moved = np.flatnonzero(label != np.arange(size))
    told.append(_rows(_MOVED, moved, label[moved], 0, 0))
    return np.concatenate(told)


def _rows(*columns: NDArray[np.int64] | int) -> NDArray[np.int64]:
    import numpy as np

    return np.stack(np.broadcast_arrays(*(np.asarray(column, np.int64) for column in columns)), axis=-1)


def _joins(scored: Scored, told: NDArray[np.int64]) -> list[Join]:
    pairs = told[:, 4]
    scores = (told[:, 3] / _UNIT).tolist()
    return [
        Join(*each)
        for each in zip(scored.left[pairs].tolist(), scored.right[pairs].tolist(), scores, strict=True)
    ]


def _edges(scored: Scored, terms: _Terms) -> _Edges:
    import numpy as np

    known = ~np.isnan(scored.features)
    used = known.any(axis=0)
    known = known[:, used]
    sums = np.rint(_UNIT * np.where(known, scored.features[:, used], 0.0)).astype(np.int64)
    name = np.rint(_UNIT * scored.name).astype(np.int64)
    total = name + sums.sum(axis=1) + terms.entries * scored.is_entry
    return _Edges(
        a=scored.left, b=scored.right, name=name - terms.stranger, n=np.ones(len(scored.left), np.int64), sums=sums,
        counts=known.astype(np.int64), is_entry=scored.is_entry, is_forbidden=scored.is_forbidden,
        best=np.where(scored.is_forbidden, _NEVER, total), pair=np.arange(len(scored.left)),
    )  # fmt: skip


def _walls(apart: Iterable[tuple[int, int]], label: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the pairs of clusters that must not become one, a row each."""
    import numpy as np

    pairs = sorted(set(apart))
    walls = label[np.array(pairs, np.int64).reshape(-1, 2)] if pairs else np.empty((0, 2), np.int64)
    return np.sort(walls[walls[:, 0] != walls[:, 1]], axis=1)


def _moved(walls: NDArray[np.int64], step: NDArray[np.int64]) -> NDArray[np.int64]:
    import numpy as np

    return np.sort(step[walls], axis=1) if len(walls) else walls


def _scores(
    edges: _Edges, members: NDArray[np.int64], walls: NDArray[np.int64], terms: _Terms
) -> NDArray[np.int64]:
    """Return log2 of the odds that the two clusters of each edge are one."""
    import numpy as np

    scores = edges.name // (members[edges.a] * members[edges.b]) + terms.stranger
    means = edges.sums.copy()
    np.floor_divide(means, edges.counts, out=means, where=edges.counts > 1)
    scores += means.sum(axis=1) + terms.entries * edges.is_entry
    scores[edges.is_forbidden] = _NEVER
    if len(walls):
        size = len(members)
        scores[np.isin(edges.a * size + edges.b, walls[:, 0] * size + walls[:, 1])] = _NEVER
    return np.asarray(scores, np.int64)


def _mutual(edges: _Edges, scores: NDArray[np.int64], threshold: int, size: int) -> NDArray[np.int64]:
    """Return the edges above the threshold that are the best of both their clusters."""
    import numpy as np

    good = np.flatnonzero(scores > threshold)
    order = good[np.lexsort((edges.b[good], edges.a[good], -scores[good]))]
    rank = np.full(size, len(order))
    places = np.arange(len(order))
    np.minimum.at(rank, edges.a[order], places)
    np.minimum.at(rank, edges.b[order], places)
    is_mutual = (rank[edges.a[order]] == places) & (rank[edges.b[order]] == places)
    return np.asarray(order[is_mutual], np.int64)


def _doubts(edges: _Edges, scores: NDArray[np.int64], doubtful: int) -> NDArray[np.int64]:
    """Return the edges that are nearly good enough, the best few of each cluster."""
    import numpy as np

    near = np.flatnonzero(scores > doubtful)
    near = near[np.lexsort((edges.b[near], -scores[near], edges.a[near]))]
    first = (
        np.concatenate(([True], edges.a[near][1:] != edges.a[near][:-1])) if len(near) else np.empty(0, bool)
    )
    turn = np.arange(len(near)) - np.maximum.accumulate(np.where(first, np.arange(len(near)), 0))
    return np.asarray(near[turn < _MOST_DOUBTS], np.int64)
