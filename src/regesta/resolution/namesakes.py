"""How many others bear a name: those that the corpus seems to show, and those that the parts of the name let one expect.

    "Kim Min-su" in nine sources     many are called Kim, many Min-su: several people, until something says that they are one
    "Ihor Dovbysh" in nine           nobody else is called Dovbysh: one man of whom nine tell, unless something sets two apart

Clusters that stand apart only because nothing is told of them look like namesakes, the more so the more sources tell of somebody. So
what looks like namesakes counts no further than chance would make them (first and last name drawn each for itself, as often as others
bear them), but where anything told, or one list that holds both, shows that two are two.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from regesta.abreast import abreast, firsts
from regesta.resolution.clustering import MISSING, UNIT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from regesta.resolution.pairs import Pairs

    Ints = NDArray[np.int32]
    Floats = NDArray[np.float64]

__all__ = ["at_first", "likely", "of_clusters"]

_TOLD_AT_ONCE: Final = 1 << 20
"""Ends of pairs of which is told at a time who else bears their names."""
_AS_MANY: Final = 2.0
"""Namesakes are believed up to so many times what chance would make."""
_SET_APART: Final = -4.0
"""Bits of what is told of two below which they are taken for two people, unless their name is so rare that it speaks louder."""


def likely(surnames: NDArray[np.int64], given: NDArray[np.int64], bearers: NDArray[np.int64]) -> Floats:
    """Return for each name how many mentions of others are expected to bear it by chance; infinite where it has one part alone.

    Each part is as frequent as it is among those who bear another name. `bearers` are the mentions of each.

    >>> import numpy as np
    >>> parts = np.array([1, 1, 1, 2]), np.array([5, 6, 7, 8])
    >>> likely(*parts, np.array([4, 4, 4, 4])).round(2).tolist()
    [0.56, 0.56, 0.56, 0.06]
    """
    import numpy as np

    is_whole = (surnames != 0) & (given != 0)
    parts, names = np.unique(np.concatenate((surnames, given)), return_inverse=True)
    one, other = names[: len(surnames)].astype(np.int64), names[len(surnames) :].astype(np.int64)
    n = np.where(is_whole, bearers, 0)
    often = np.bincount(one, n, len(parts)) + np.bincount(other, n, len(parts))
    both, pair = np.unique(one * len(parts) + other, return_inverse=True)
    own = np.bincount(pair, n, len(both))[pair]
    total = max(float(n.sum()), 1.0)
    expected = (often[one] - own + 1.0) * (often[other] - own + 1.0) / total
    return np.where(is_whole, expected, np.inf)


def at_first(pairs: Pairs, mentions_each: float) -> Floats:
    """Return how many others bear the name of each pair, where nothing is joined yet: by how often it stands there.

    Where something sets another of that name apart from one of the two, it is one at the least.
    """
    import numpy as np

    size = int(pairs.right.max(initial=0)) + 1
    near = np.bincount(pairs.left, pairs.same_name, size) + np.bincount(pairs.right, pairs.same_name, size)
    others = (near[pairs.left] + near[pairs.right] - 2 * pairs.same_name) / (2 * mentions_each)
    has_namesake = _have_namesakes(pairs, np.arange(size))
    least = has_namesake[pairs.left] | has_namesake[pairs.right]
    return np.asarray(np.maximum(others, least), np.float64)


def of_clusters(pairs: Pairs, cluster_of: NDArray[np.int64]) -> Floats:
    """Return how many other clusters bear the name of each pair, each counted as far as it spells the same name.

    Where nothing sets any of them apart from the two, no more than `likely` lets one expect.
    """
    import numpy as np

    found = _others(pairs, cluster_of)
    has_namesake = _have_namesakes(pairs, cluster_of)
    is_told = has_namesake[cluster_of[pairs.left]] | has_namesake[cluster_of[pairs.right]]
    return np.asarray(np.minimum(found, np.where(is_told, np.inf, _AS_MANY * pairs.likely)), np.float64)


def _have_namesakes(pairs: Pairs, cluster_of: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return of each cluster whether something told of it, or a list, sets another of its name apart from it."""
    import numpy as np

    found = np.zeros(len(cluster_of), bool)

    def look(begin: int) -> None:
        part = slice(begin, begin + _TOLD_AT_ONCE)
        one, other = cluster_of[pairs.left[part]], cluster_of[pairs.right[part]]
        features = pairs.features[part]
        told = features.sum(axis=1, where=features != MISSING, dtype=np.int64) / UNIT
        is_apart = told <= np.minimum(_SET_APART, np.log2(pairs.world[part]))
        two = (one != other) & (pairs.is_forbidden[part] | pairs.is_entry[part] | is_apart)
        found[one[two]] = found[other[two]] = True  # all write the same

    abreast(look, range(0, len(pairs.left), _TOLD_AT_ONCE))
    return found


def _others(pairs: Pairs, cluster_of: NDArray[np.int64]) -> Floats:
    """Return how many other clusters bear the name of each pair."""
    import numpy as np

    size = len(cluster_of)
    of = cluster_of.astype(np.int32)
    behind = np.cumsum(np.bincount(pairs.left, minlength=size) + np.bincount(pairs.right, minlength=size))
    n_parts = 2 * len(pairs.left) // _TOLD_AT_ONCE + 1
    ends = np.searchsorted(behind, np.arange(1, n_parts) * (2 * len(pairs.left) // n_parts))
    found = np.zeros((2, len(pairs.left)))

    def count(mentions: tuple[int, int]) -> None:
        first, end = mentions
        ours = slice(*np.searchsorted(pairs.left, mentions).tolist())
        theirs = np.flatnonzero((pairs.right >= first) & (pairs.right < end))
        mention = np.concatenate((pairs.left[ours], pairs.right[theirs])) - first
        other = np.concatenate((of[pairs.right[ours]], of[pairs.left[theirs]]))
        p = np.concatenate((pairs.same_name[ours], pairs.same_name[theirs]))
        others = _further(mention, other, p, of[first:end], size)
        found[0, ours], found[1, theirs] = np.split(others, [ours.stop - ours.start])

    abreast(count, [*pairwise([0, *ends.tolist(), size])])
    return np.asarray(np.maximum((found[0] + found[1]) / 2, 0.0), np.float64)


def _further(mention: Ints, other: Ints, p: NDArray[np.float64], own: Ints, size: int) -> NDArray[np.float64]:
    """Return for each pair of a mention and a cluster of how many further clusters, of `size`, the name is; `own` is that of each mention."""
    import numpy as np

    outside = np.flatnonzero(own[mention] != other)
    code = mention[outside].astype(np.int64) * size + other[outside]
    order = np.argsort(code)
    code, outside = code[order], outside[order]
    first = np.flatnonzero(firsts(code))
    if not len(first):
        return np.zeros(len(mention))
    nearest = np.maximum.reduceat(
        p[outside], first
    )  # of a mention and a cluster, by the names that are most alike
    total = np.bincount(mention[outside[first]], nearest, len(own))
    others = total[mention]
    others[outside] -= np.repeat(nearest, np.diff(np.append(first, len(outside))))
    return np.asarray(others, np.float64)
