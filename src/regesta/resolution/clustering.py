"""Clusters of mentions, worked out so that one bad pair cannot chain two crowds together.

    pairs with scores ──► the best pair of clusters is joined, and again, while its score is above the threshold

Two clusters are compared as wholes. The name's score is the mean over all pairs of their mentions, those that were never
worth comparing counted as strangers; each feature's score is its mean over the pairs that have it; their sum decides. So a
mention that resembles one of ten stays out, and one without features goes where its name alone would take it. This is
average linkage (R. R. Sokal and C. D. Michener, 1958) feature by feature, with constraints: pairs that must be one are
joined first, pairs that must not be one are never in one cluster.

Ties are broken by the numbers of the mentions, so the result depends on nothing but the scores.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Clusters", "Doubt", "Join", "Scored", "cluster"]

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
    """Two clusters that became one, by the pair of mentions that speaks loudest for it."""

    left: int
    right: int
    score: float
    """Of the clusters, not of the pair."""


Doubt = Join
"""Two clusters that did not become one, but nearly."""


@dataclass(slots=True)
class Clusters:
    """Which mentions are one."""

    of: dict[int, int]
    """Mention -> the smallest number of its cluster; those that are missing are their own."""
    joins: list[Join] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(slots=True)
class _Edge:
    """What is known of two clusters: sums over the pairs of their mentions."""

    name: float
    n: int
    sums: list[float]
    counts: list[int]
    entries: int
    forbidden: bool
    best: float
    pair: tuple[int, int]

    def add(self, other: _Edge) -> None:
        self.name += other.name
        self.n += other.n
        for i, (total, count) in enumerate(zip(other.sums, other.counts, strict=True)):
            self.sums[i] += total
            self.counts[i] += count
        self.entries += other.entries
        self.forbidden |= other.forbidden
        if (-other.best, other.pair) < (-self.best, self.pair):
            self.best, self.pair = other.best, other.pair


def cluster(
    scored: Scored,
    *,
    threshold: float,
    doubtful: float,
    stranger: float,
    entries: float,
    joined: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> Clusters:
    """Return the clusters; `joined` pairs are one whatever their score, `apart` pairs never are.

    `stranger` is the name's score of a pair that is not among the scored ones, `entries` what being two entries of one
    list costs a pair of clusters, once. A pair that is both joined and apart is joined: the caller settles that first.

    >>> import numpy as np
    >>> none = np.zeros(2, bool)
    >>> pairs = Scored(left=np.array([0, 1]), right=np.array([1, 2]), name=np.array([8.0, 1.0]),
    ...     features=np.empty((2, 0)), is_entry=none, is_forbidden=none)
    >>> cluster(pairs, threshold=0, doubtful=-5, stranger=-9, entries=-12).of
    {1: 0}
    """
    work = _Work(threshold, doubtful, stranger, entries)
    forced = _Union()
    for a, b in joined:
        forced.unite(a, b)
    work.load(scored, forced, apart)
    return work.run(forced)


class _Union:
    """Sets of numbers, each named by its smallest."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def find(self, number: int) -> int:
        parent = self._parent
        root = number
        while (above := parent.get(root, root)) != root:
            root = above
        while parent.get(number, number) != root:
            parent[number], number = root, parent[number]
        return root

    def unite(self, a: int, b: int) -> None:
        a, b = sorted((self.find(a), self.find(b)))
        if a != b:
            self._parent[b] = a

    def members(self) -> Iterable[int]:
        return self._parent


class _Work:
    def __init__(self, threshold: float, doubtful: float, stranger: float, entries: float) -> None:
        self.threshold, self.doubtful = threshold, doubtful
        self.stranger, self.entries = stranger, entries
        self.edges: dict[int, dict[int, _Edge]] = {}
        self.size: dict[int, int] = {}
        self.apart: dict[int, set[int]] = {}

    def load(self, scored: Scored, forced: _Union, apart: Iterable[tuple[int, int]]) -> None:
        """Take in the pairs of the components that some good pair holds together."""
        import numpy as np

        total = scored.name + np.nansum(scored.features, axis=1) + self.entries * scored.is_entry
        total[scored.is_forbidden] = -np.inf
        linked = _Union()
        for a in list(forced.members()):
            linked.unite(a, forced.find(a))
        good = total > self.doubtful
        for a, b in zip(scored.left[good].tolist(), scored.right[good].tolist(), strict=True):
            linked.unite(a, b)
        roots = {a: linked.find(a) for a in linked.members()}
        biggest = max(int(scored.right.max(initial=0)), max(roots, default=0)) + 1
        component = np.arange(biggest)
        if roots:
            component[np.fromiter(roots, np.int64, len(roots))] = np.fromiter(
                roots.values(), np.int64, len(roots)
            )
        kept = np.flatnonzero(component[scored.left] == component[scored.right])
        known = ~np.isnan(scored.features[kept])
        sums = np.where(known, scored.features[kept], 0.0).tolist()
        rows = zip(
            scored.left[kept].tolist(), scored.right[kept].tolist(), scored.name[kept].tolist(), sums,
            known.astype(int).tolist(), scored.is_entry[kept].tolist(), scored.is_forbidden[kept].tolist(),
            total[kept].tolist(), strict=True,
        )  # fmt: skip
        for a, b, name, values, counts, is_entry, is_forbidden, score in rows:
            edge = _Edge(name, 1, values, counts, int(is_entry), is_forbidden, score, (a, b))
            self._meet(forced.find(a), forced.find(b), edge)
        for a in forced.members():
            root = forced.find(a)
            self.size[root] = self.size.get(root, 1) + (a != root)
        for one, other in apart:
            a, b = forced.find(one), forced.find(other)
            if a != b:
                self.apart.setdefault(a, set()).add(b)
                self.apart.setdefault(b, set()).add(a)

    def _meet(self, a: int, b: int, edge: _Edge) -> None:
        if a == b:
            return
        known = self.edges.setdefault(a, {}).get(b)
        if known is not None:
            known.add(edge)
        else:
            self.edges[a][b] = edge
            self.edges.setdefault(b, {})[a] = edge

    def score(self, a: int, b: int, edge: _Edge) -> float:
        """Return log2 of the odds that two clusters are one."""
        if edge.forbidden or b in self.apart.get(a, ()):
            return float("-inf")
        n = self.size.get(a, 1) * self.size.get(b, 1)
        total = (edge.name + (n - edge.n) * self.stranger) / n
        for value, count in zip(edge.sums, edge.counts, strict=True):
            if count:
                total += value / count
        return total + self.entries if edge.entries else total

    def run(self, forced: _Union) -> Clusters:
        found = Clusters({a: forced.find(a) for a in forced.members()})
        heap = [
            (-score, a, b)
            for a, around in self.edges.items()
            for b, edge in around.items()
            if a < b and (score := self.score(a, b, edge)) > self.threshold
        ]
        heapq.heapify(heap)
        while heap:
            negative, a, b = heapq.heappop(heap)
            edge = self.edges.get(a, {}).get(b)
            if edge is None or self.score(a, b, edge) != -negative:
                continue
            found.joins.append(Join(*edge.pair, -negative))
            forced.unite(a, b)
            for score, x, y in self._merge(a, b):
                heapq.heappush(heap, (-score, x, y))
        found.of = {a: forced.find(a) for a in forced.members()}
        found.doubts = self._doubts()
        return found

    def _merge(self, a: int, b: int) -> Iterable[tuple[float, int, int]]:
        """Make `b` a part of `a`; yield the scores of its edges, those above the threshold."""
        around = self.edges.pop(b)
        del around[a], self.edges[a][b]
        for c, edge in around.items():
            del self.edges[c][b]
            self._meet(a, c, edge)
        self.size[a] = self.size.get(a, 1) + self.size.pop(b, 1)
        for c in self.apart.pop(b, ()):
            self.apart[c].discard(b)
            self.apart[c].add(a)
            self.apart.setdefault(a, set()).add(c)
        for c, edge in self.edges[a].items():
            score = self.score(a, c, edge)
            if score > self.threshold:
                yield score, min(a, c), max(a, c)

    def _doubts(self) -> list[Doubt]:
        found: dict[int, list[tuple[float, int, int]]] = {}
        for a, around in self.edges.items():
            for b, edge in around.items():
                if a < b and (score := self.score(a, b, edge)) > self.doubtful:
                    found.setdefault(a, []).append((-score, *edge.pair))
        doubts = [d for several in found.values() for d in sorted(several)[:_MOST_DOUBTS]]
        return [Doubt(a, b, -score) for score, a, b in sorted(doubts)]
