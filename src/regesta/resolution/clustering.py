"""Clusters of mentions, worked out so that one bad pair cannot chain two crowds together.

    pairs with scores ──► every two clusters that are each other's best are joined, and again, while a score is high enough

Two clusters are compared as wholes. The name's score is the mean over all pairs of their mentions, those that were never
worth comparing counted as strangers; each feature's score is its mean over the pairs that have it; their sum decides. So a
mention that resembles one of ten stays out, and one without features goes where its name alone would take it. This is
average linkage (R. R. Sokal and C. D. Michener, 1958) feature by feature, by reciprocal nearest neighbours (F. Murtagh,
1983), with constraints: pairs that must be one are joined first, pairs that must not be one are never in one cluster.

All is done on arrays of integers, a score in steps of a millionth of a bit, so that no order of adding decides anything; ties are
broken by the numbers of the mentions. A score is reckoned anew only where one of its two clusters has changed. What no pair connects does
not touch: some components may be done here and others there, by the same function (`grow`), and the result is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from regesta.resolution.edges import MISSING, NEVER, UNIT, Edges, Scored, Terms, edges_of, pair_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from regesta.relations import Relations

__all__ = ["MISSING", "UNIT", "Clusters", "Join", "Scored", "cluster", "grow"]

_MOST_DOUBTS: Final = 3
"""Doubtful neighbours of one cluster that are told."""
_MANY: Final = 1 << 22
"""Edges of a component that is given to no worker: this process holds them anyway, a worker has less room."""
_ENDS: Final = 7
"""Columns of a packed edge before its features."""
_TOLD: Final = 5
"""Columns of the answer of `grow`."""
_MOVED, _JOINED, _DOUBTED = range(3)
"""What a row of the answer of `grow` tells."""


class Join(NamedTuple):
    """Two clusters that became one, or nearly, by the pair of mentions that speaks loudest for it."""

    left: int
    right: int
    score: float
    """Of the clusters, not of the pair."""
    pair: int
    """Its row."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """Which mentions are one."""

    of: NDArray[np.int64]
    """Mention -> the smallest number of its cluster."""
    joins: list[Join] = field(default_factory=list)
    """In the order in which they were made."""
    doubts: list[Join] = field(default_factory=list)
    """What is left apart and shown to a person."""


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
    ...     features=np.empty((2, 0), np.int32), is_entry=none, is_forbidden=none)
    >>> cluster(pairs, 3, threshold=0, doubtful=-5, stranger=-9, entries=-12).of.tolist()
    [0, 0, 2]
    """
    import numpy as np

    terms = Terms(*(round(UNIT * term) for term in (threshold, doubtful, stranger, entries)))
    label = np.arange(size) if begun is None else begun.copy()
    for a, b in joined if begun is None else ():
        one, other = sorted((int(label[a]), int(label[b])))
        label[label == other] = one
    members = np.bincount(label, minlength=size)
    edges = edges_of(scored, label, terms)
    walls = _walls(apart, label)
    if component is None or relations is None or not len(edges.a):
        told = _grown(edges, members, walls, terms)
    else:
        walls = walls[component[walls[:, 0]] == component[walls[:, 1]]]
        rows = _packed(edges, members, walls)
        del edges
        told = _spread(rows, component[rows[:, 0]], partial(grow, terms=terms), relations)
        del rows
    moved, joins, doubts = (told[told[:, 0] == kind] for kind in (_MOVED, _JOINED, _DOUBTED))
    step = np.arange(size)
    step[moved[:, 1]] = moved[:, 2]
    ordered = joins[np.lexsort((joins[:, 2], -joins[:, 3], joins[:, 1]))]
    near = doubts[np.lexsort((doubts[:, 2], -doubts[:, 3], doubts[:, 1]))]
    return Clusters(step[label], _joins(scored, ordered), _joins(scored, near))


def _spread(
    rows: NDArray[np.int64],
    of: NDArray[np.int64],
    work: Callable[[NDArray[np.int64]], NDArray[np.int64]],
    relations: Relations,
) -> NDArray[np.int64]:
    """Return what `work` gives for all rows, done by others but for components of too many."""
    import numpy as np

    is_many = (np.bincount(of) > _MANY)[of]
    if not is_many.any():
        return relations.spread(rows, of, work, _TOLD)
    told = work(rows[is_many])
    rest = ~is_many
    return np.concatenate((told, relations.spread(rows[rest], of[rest], work, _TOLD))) if rest.any() else told


def grow(rows: NDArray[np.int64], terms: Terms) -> NDArray[np.int64]:
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
    is_edge = rows[:, 5] >= 0
    kept, width = rows[is_edge], (rows.shape[1] - _ENDS) // 2
    between = ends[is_edge].astype(np.int32)
    edges = Edges(
        a=between[:, 0], b=between[:, 1], name=kept[:, 6], sums=kept[:, _ENDS : _ENDS + width],
        counts=kept[:, _ENDS + width :].astype(np.int32), marks=kept[:, 5].astype(np.uint8), best=kept[:, 4],
        score=np.empty(len(kept), np.int64),
    )  # fmt: skip
    told = _grown(edges, members, np.sort(ends[~is_edge], axis=1), terms)
    told[:, 2] = number[told[:, 2]]
    named = told[:, 0] != _JOINED
    told[named, 1] = number[told[named, 1]]
    return told


def _packed(edges: Edges, members: NDArray[np.int64], walls: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a row an edge, and one with -1 for its marks for what must not become one."""
    import numpy as np

    columns = edges.a, edges.b, members[edges.a], members[edges.b], edges.best, edges.marks, edges.name
    n_edges, width = len(edges.a), edges.sums.shape[1]
    rows = np.zeros(
        (n_edges + len(walls), _ENDS + 2 * width), np.int64
    )  # filled in place: there may be very many
    for number, column in enumerate(columns):
        rows[:n_edges, number] = column
    rows[:n_edges, _ENDS : _ENDS + width], rows[:n_edges, _ENDS + width :] = edges.sums, edges.counts
    rows[n_edges:, :2], rows[n_edges:, 2:4], rows[n_edges:, 5] = walls, members[walls], -1
    return rows


def _grown(
    edges: Edges, members: NDArray[np.int64], walls: NDArray[np.int64], terms: Terms
) -> NDArray[np.int64]:
    """Do what `grow` says with clusters that are numbered from 0."""
    import numpy as np

    size = len(members)
    label = np.arange(size)
    told: list[NDArray[np.int64]] = []
    turn = 0
    edges.judge(np.arange(len(edges.a)), members, walls, terms)
    while len(chosen := _mutual(edges, terms.threshold, size)):
        a, b = edges.a[chosen], edges.b[chosen]
        told.append(_rows(_JOINED, turn, a, edges.score[chosen], pair_of(edges.best[chosen])))
        turn += 1
        step = np.arange(size)
        step[b] = a
        label = step[label]
        members = np.bincount(step, members, size).astype(np.int64)
        walls = np.sort(step[walls], axis=1)
        edges.judge(edges.join(step), members, walls, terms)
    kept = _doubts(edges, terms.doubtful)
    told.append(_rows(_DOUBTED, edges.a[kept], edges.b[kept], edges.score[kept], pair_of(edges.best[kept])))
    moved = np.flatnonzero(label != np.arange(size))
    told.append(_rows(_MOVED, moved, label[moved], 0, 0))
    return np.concatenate(told)


def _rows(*columns: NDArray[Any] | int) -> NDArray[np.int64]:
    import numpy as np

    return np.stack(np.broadcast_arrays(*(np.asarray(column, np.int64) for column in columns)), axis=-1)


def _joins(scored: Scored, told: NDArray[np.int64]) -> list[Join]:
    pairs = told[:, 4]
    ends = scored.left[pairs].tolist(), scored.right[pairs].tolist()
    return [*map(Join._make, zip(*ends, (told[:, 3] / UNIT).tolist(), pairs.tolist(), strict=True))]


def _walls(apart: Iterable[tuple[int, int]], label: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the pairs of clusters that must not become one, a row each."""
    import numpy as np

    pairs = sorted(set(apart))
    walls = label[np.array(pairs, np.int64).reshape(-1, 2)] if pairs else np.empty((0, 2), np.int64)
    return np.sort(walls[walls[:, 0] != walls[:, 1]], axis=1)


def _mutual(edges: Edges, threshold: int, size: int) -> NDArray[np.int64]:
    """Return the edges above the threshold that are the best of both their clusters; of equal ones the first in number."""
    import numpy as np

    good = np.flatnonzero(edges.score > threshold)
    a, b, score = edges.a[good], edges.b[good], edges.score[good]
    code = a.astype(np.int64) * size + b
    best, first = np.full(size, NEVER), np.full(size, size * size)
    for end in (a, b):
        np.maximum.at(best, end, score)
    for end in (a, b):
        at_best = score == best[end]
        np.minimum.at(first, end[at_best], code[at_best])
    is_mutual = (score == best[a]) & (score == best[b]) & (code == first[a]) & (code == first[b])
    return np.asarray(good[is_mutual], np.int64)


def _doubts(edges: Edges, doubtful: int) -> NDArray[np.int64]:
    """Return the edges that are nearly good enough, the best few of each cluster."""
    import numpy as np

    near = np.flatnonzero(edges.score > doubtful)
    near = near[np.lexsort((edges.b[near], -edges.score[near], edges.a[near]))]
    first = (
        np.concatenate(([True], edges.a[near][1:] != edges.a[near][:-1])) if len(near) else np.empty(0, bool)
    )
    turn = np.arange(len(near)) - np.maximum.accumulate(np.where(first, np.arange(len(near)), 0))
    return np.asarray(near[turn < _MOST_DOUBTS], np.int64)
