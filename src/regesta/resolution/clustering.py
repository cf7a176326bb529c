"""Clusters of mentions, worked out so that one bad pair cannot chain two crowds together.

    pairs with scores ──► every two clusters that are each other's best are joined, and again, while a score is high enough

Two clusters are compared as wholes. The name's score is the mean over all pairs of their mentions, those that were never
worth comparing counted as strangers; each feature's score is its mean over the pairs that have it; their sum decides. So a
mention that resembles one of ten stays out, and one without features goes where its name alone would take it. This is
average linkage (R. R. Sokal and C. D. Michener, 1958) feature by feature, by reciprocal nearest neighbours (F. Murtagh,
1983), with constraints: pairs that must be one are joined first, pairs that must not be one are never in one cluster.

Ties are broken by the numbers of the mentions, so the result depends on nothing but the scores. All is done on arrays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Clusters", "Join", "Scored", "cluster"]

_MOST_DOUBTS: Final = 3
"""Doubtful neighbours of one cluster that are told."""


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


@dataclass(slots=True)
class _Edges:
    """What is known of two clusters: sums over the pairs of their mentions."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    """`a < b`, each pair of clusters once, in order."""
    name: NDArray[np.float64]
    n: NDArray[np.int64]
    sums: NDArray[np.float64]
    counts: NDArray[np.int64]
    is_entry: NDArray[np.bool_]
    is_forbidden: NDArray[np.bool_]
    best: NDArray[np.float64]
    """The best score of a single pair, and which it is."""
    pair: NDArray[np.int64]

    def only(self, kept: NDArray[np.bool_] | NDArray[np.int64]) -> _Edges:
        """Return some of the edges, or all in another order."""
        return _Edges(*(getattr(self, name)[kept] for name in self.__slots__))

    def joined(self, label: NDArray[np.int64]) -> _Edges:
        """Return the edges between the clusters that these have become."""
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
) -> Clusters:
    """Return the clusters of the mentions 0 to `size`; `joined` pairs are one whatever their score, `apart` ones never.

    `begun` are clusters of an earlier call, as its `of`: they grow, and are never parted.

    `stranger` is the name's score of a pair that is not among the scored ones, `entries` what being two entries of one
    list costs a pair of clusters, once. A pair that is both joined and apart is joined: the caller settles that first.

    >>> import numpy as np
    >>> none = np.zeros(2, bool)
    >>> pairs = Scored(left=np.array([0, 1]), right=np.array([1, 2]), name=np.array([8.0, 1.0]),
    ...     features=np.empty((2, 0)), is_entry=none, is_forbidden=none)
    >>> cluster(pairs, 3, threshold=0, doubtful=-5, stranger=-9, entries=-12).of.tolist()
    [0, 0, 2]
    """
    import numpy as np

    label = np.arange(size) if begun is None else begun.copy()
    for a, b in joined if begun is None else ():
        one, other = sorted((int(label[a]), int(label[b])))
        label[label == other] = one
    members = np.bincount(label, minlength=size)
    edges = _edges(scored, entries).joined(label)
    walls = _walls(apart, label)
    joins: list[Join] = []
    while len(edges.a):
        scores = _scores(edges, members, walls, stranger, entries)
        chosen = _mutual(edges, scores, threshold, size)
        if not len(chosen):
            break
        for row in chosen[np.lexsort((edges.a[chosen], -scores[chosen]))].tolist():
            pair = int(edges.pair[row])
            joins.append(Join(int(scored.left[pair]), int(scored.right[pair]), float(scores[row])))
        step = np.arange(size)
        step[edges.b[chosen]] = edges.a[chosen]
        label = step[label]
        members = np.bincount(label, minlength=size)
        walls = _moved(walls, step)
        edges = edges.joined(step)
    doubts: list[Join] = []
    if len(edges.a):
        doubts = _doubts(edges, scored, _scores(edges, members, walls, stranger, entries), doubtful)
    return Clusters(label, joins, doubts)


def _edges(scored: Scored, entries: float) -> _Edges:
    import numpy as np

    known = ~np.isnan(scored.features)
    used = known.any(axis=0)
    sums = np.where(known[:, used], scored.features[:, used], 0.0)
    total = scored.name + sums.sum(axis=1) + entries * scored.is_entry
    return _Edges(
        a=scored.left, b=scored.right, name=scored.name, n=np.ones(len(scored.left), np.int64), sums=sums,
        counts=known[:, used].astype(np.int64), is_entry=scored.is_entry, is_forbidden=scored.is_forbidden,
        best=np.where(scored.is_forbidden, -np.inf, total), pair=np.arange(len(scored.left)),
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
    edges: _Edges, members: NDArray[np.int64], walls: NDArray[np.int64], stranger: float, entries: float
) -> NDArray[np.float64]:
    """Return log2 of the odds that the two clusters of each edge are one."""
    import numpy as np

    n = members[edges.a] * members[edges.b]
    scores = (edges.name + (n - edges.n) * stranger) / n
    scores = scores + (edges.sums / np.maximum(edges.counts, 1)).sum(axis=1) + entries * edges.is_entry
    scores[edges.is_forbidden] = -np.inf
    if len(walls):
        size = len(members)
        scores[np.isin(edges.a * size + edges.b, walls[:, 0] * size + walls[:, 1])] = -np.inf
    return np.asarray(scores, np.float64)


def _mutual(edges: _Edges, scores: NDArray[np.float64], threshold: float, size: int) -> NDArray[np.int64]:
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


def _doubts(edges: _Edges, scored: Scored, scores: NDArray[np.float64], doubtful: float) -> list[Join]:
    """Return the edges that are nearly good enough, the best few of each cluster."""
    import numpy as np

    near = np.flatnonzero(scores > doubtful)
    near = near[np.lexsort((edges.b[near], -scores[near], edges.a[near]))]
    first = (
        np.concatenate(([True], edges.a[near][1:] != edges.a[near][:-1])) if len(near) else np.empty(0, bool)
    )
    turn = np.arange(len(near)) - np.maximum.accumulate(np.where(first, np.arange(len(near)), 0))
    kept = near[turn < _MOST_DOUBTS]
    pairs = edges.pair[kept]
    return [
        Join(a, b, score)
        for a, b, score in zip(
            scored.left[pairs].tolist(), scored.right[pairs].tolist(), scores[kept].tolist(), strict=True
        )
    ]
