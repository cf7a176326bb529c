"""Which bearers of names are worth comparing: every two spellings are asked once, however many bear them.

    names ──keys──► names that meet (blocking) ──compare──► spellings of one name ──► pairs of their bearers

A *crowd* is a name that very many bear: of its bearers, and those of its other spellings, each meets the next few in the order of
each kind of date that is told of them, so that the cost stays in proportion to the input. What is passed over is counted. Nothing
here weighs anything but names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from regesta.abreast import abreast, firsts, ordering
from regesta.resolution.bearers import compared, is_full, shape
from regesta.resolution.blocking import ask_names, meeting, ordered, passed_over
from regesta.resolution.namesakes import likely

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from regesta.relations import Relations
    from regesta.resolution.corpus import Corpus

__all__ = ["Met", "Spellings", "spellings_of"]

_NEAR: Final = 8
"""A member of a crowd meets an eighth as many others in each order as a name that few bear meets in all."""
_AT_ONCE: Final = 1 << 18
"""Pairs of places that are made at a time."""
_NO_DAY: Final = 1 << 40


@dataclass(frozen=True, slots=True)
class Met:
    """Pairs of places in `Spellings.owner`, `left < right`, of two owners, each once; and how likely their names are one."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    p: NDArray[np.float64]


@dataclass(slots=True)
class Spellings:
    """The names of referents: a place for each referent and name of theirs."""

    surfaces: list[str]
    """Each distinct one once, in the order of letters; their numbers are those of `name`."""
    owner: NDArray[np.int32]
    name: NDArray[np.int32]
    is_full: NDArray[np.bool_]
    """Of each surface."""
    shape: NDArray[np.int32]
    likely: NDArray[np.float64]
    """Of each surface, how many others are expected to bear it by chance; known once they have met."""
    n_skipped: int = 0
    """Pairs of places that were not looked at."""
    crowds: tuple[tuple[str, int], ...] = ()
    """Names that too many bear for all of them to meet, and how many do, the most first."""

    def met(self, corpus: Corpus, least: float, largest: int, relations: Relations | None = None) -> Met:
        """Return the pairs of places whose names are one with a probability of `least`, as far as they meet."""
        import numpy as np

        one, other, p = self._alike(least, largest, relations)
        bearers = np.bincount(self.name, minlength=len(self.surfaces))
        is_crowd = bearers > largest
        crowded = is_crowd[one] | is_crowd[other]
        place = np.argsort(self.name, kind="stable").astype(np.int32)
        start = np.cumsum(bearers) - bearers
        few = np.flatnonzero(~crowded)
        left, right, of = _all_pairs(place, start, bearers, one[few], other[few])
        met = Met(left, right, p[few][of])
        if crowded.any():
            own = np.flatnonzero(crowded)
            borne = [(self.surfaces[n], int(bearers[n])) for n in np.flatnonzero(is_crowd).tolist()]
            self.crowds = tuple(sorted(borne, key=lambda one: (-one[1], one[0])))
            far = self._crowd(corpus, one[own], other[own], p[own], is_crowd, largest)
            whole = bearers[one[own]] * bearers[other[own]]
            whole = np.where(one[own] == other[own], (whole - bearers[one[own]]) // 2, whole)
            self.n_skipped += max(int(whole.sum()) - len(far.left), 0)
            met = Met(
                np.concatenate((met.left, far.left)),
                np.concatenate((met.right, far.right)),
                np.concatenate((met.p, far.p)),
            )
        apart = self.owner[met.left] != self.owner[met.right]
        return Met(met.left[apart], met.right[apart], met.p[apart])

    def _alike(
        self, least: float, largest: int, relations: Relations | None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """Return pairs of names, the smaller number first, each once, a name with itself too; and their probabilities."""
        import numpy as np

        from regesta.names.comparing import NameTable

        table = NameTable(self.surfaces)
        size = max(len(self.surfaces), 1)
        bearers = np.bincount(self.name, minlength=len(self.surfaces))
        several = np.flatnonzero(bearers > 1)
        codes, chances = [several * size + several], [table.compare(several, several)]
        of_name, keys = table.keys()
        self.likely = likely(*table.halves(), bearers)
        name, key = ordered(of_name.astype(np.int64), keys)
        self.n_skipped += passed_over(name, key, bearers, largest)
        pairs: Iterable[tuple[NDArray[np.int64], NDArray[np.int64]]] = meeting(name, key, largest)
        if relations is not None and len(key) >= relations.least:
            pairs = ask_names(relations, name, key, largest)
        for one, other in pairs:
            same = self.is_full[one] == self.is_full[other]  # a surname alone is not a name
            code = _distinct(one[same] * size + other[same])
            one = code // size  # noqa: PLW2901
            other = code - one * size  # noqa: PLW2901
            p = table.compare(one, other, least=least)
            good = p >= least
            codes.append(one[good] * size + other[good])
            chances.append(p[good])
        code, p = np.concatenate(codes), np.concatenate(chances)
        order = ordering(code)
        code, p = code[order], p[order]
        kept = firsts(code) & (p >= least)
        return code[kept] // size, code[kept] % size, p[kept]

    def _crowd(
        self,
        corpus: Corpus,
        one: NDArray[np.int64],
        other: NDArray[np.int64],
        p: NDArray[np.float64],
        is_crowd: NDArray[np.bool_],
        largest: int,
    ) -> Met:
        """Return the pairs of near bearers of these pairs of names, one of each two being a crowd."""
        import numpy as np

        size = len(self.surfaces)
        crowd_of = _crowds(one, other, is_crowd)
        name, crowd = ordered(np.concatenate((one, other)), crowd_of[np.concatenate((one, other))])
        place = np.argsort(self.name, kind="stable")
        bearers = np.bincount(self.name, minlength=size)
        start = np.cumsum(bearers) - bearers
        n = bearers[name]
        within = np.arange(int(n.sum())) - np.repeat(np.cumsum(n) - n, n)
        places = place[np.repeat(start[name], n) + within]
        crowd = np.repeat(crowd, n)
        known = one * size + other
        found: list[NDArray[np.int64]] = []
        for order in _orders(corpus, self.owner[places], crowd):
            near, group = places[order], crowd[order]
            for ahead in range(1, max(largest // _NEAR, 1) + 1):
                here = np.flatnonzero(group[:-ahead] == group[ahead:])
                a, b = near[here], near[here + ahead]
                x, y = self.name[a].astype(np.int64), self.name[b].astype(np.int64)
                asked = np.minimum(x, y) * size + np.maximum(x, y)
                good = known[np.minimum(np.searchsorted(known, asked), len(known) - 1)] == asked
                found.append(np.minimum(a, b)[good] * len(self.owner) + np.maximum(a, b)[good])
        code = np.unique(np.concatenate(found))
        left, right = (code // len(self.owner)).astype(np.int32), (code % len(self.owner)).astype(np.int32)
        x, y = self.name[left].astype(np.int64), self.name[right].astype(np.int64)
        return Met(left, right, p[np.searchsorted(known, np.minimum(x, y) * size + np.maximum(x, y))])


def _distinct(code: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers in their order, each once."""
    import numpy as np

    code = np.sort(code)  # np.unique does not sort first, and is slower by far
    return np.asarray(code[firsts(code)], np.int64)


def spellings_of(corpus: Corpus, members: Sequence[int]) -> Spellings:
    """Return the names of referents, which are given by their numbers."""
    import numpy as np

    owner: list[int] = []
    said: list[str] = []
    aliases = corpus.aliases
    for number in members:
        names = corpus.names[number]
        if len(names) == 1 and number not in aliases:
            owner.append(number)
            said.append(names[0])
            continue
        several = compared((*names, *aliases.get(number, ())))
        owner += [number] * len(several)
        said += several
    surfaces = sorted(set(said))
    numbers = {surface: number for number, surface in enumerate(surfaces)}
    return Spellings(
        surfaces=surfaces,
        owner=np.array(owner, np.int32),
        name=np.fromiter((numbers[one] for one in said), np.int32, len(said)),
        is_full=np.array([is_full(surface) for surface in surfaces], bool),
        shape=np.array([shape(surface) for surface in surfaces], np.int32),
        likely=np.full(len(surfaces), np.inf),
    )


def _all_pairs(
    place: NDArray[np.int32],
    start: NDArray[np.int64],
    bearers: NDArray[np.int64],
    one: NDArray[np.int64],
    other: NDArray[np.int64],
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]:
    """Return all pairs of places of two names, the smaller place first, and of which pair of names they are."""
    import numpy as np

    behind = np.cumsum(bearers[one] * bearers[other])
    n_parts = int(behind[-1]) // _AT_ONCE + 1 if len(one) else 1
    ends = np.searchsorted(behind, np.arange(1, n_parts) * _AT_ONCE)

    def pair(part: tuple[int, int]) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]:
        x, y = one[slice(*part)], other[slice(*part)]
        n = bearers[x] * bearers[y]
        of = np.repeat(np.arange(len(x)), n)
        within = np.arange(len(of)) - np.repeat(np.cumsum(n) - n, n)
        row, column = np.divmod(within, bearers[y][of])
        once = (x != y)[of] | (row < column)
        of, row, column = of[once], row[once], column[once]
        a, b = place[start[x][of] + row], place[start[y][of] + column]
        return np.minimum(a, b), np.maximum(a, b), of + part[0]

    left, right, of = zip(*abreast(pair, [*pairwise([0, *ends.tolist(), len(one)])]), strict=True)
    return np.concatenate(left), np.concatenate(right), np.concatenate(of)


def _crowds(
    one: NDArray[np.int64], other: NDArray[np.int64], is_crowd: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return for each name the crowd to which it belongs: crowds that are spellings of one name are one."""
    import numpy as np

    crowd = np.arange(len(is_crowd))
    both = is_crowd[one] & is_crowd[other]
    a, b = one[both], other[both]
    while True:  # the smallest number spreads over what is joined
        least = np.minimum(crowd[a], crowd[b])
        before = crowd.copy()
        np.minimum.at(crowd, a, least)
        np.minimum.at(crowd, b, least)
        crowd = crowd[crowd]
        if (crowd == before).all():
            break
    few = ~is_crowd[other]
    crowd[other[few]] = crowd[one[few]]
    few = ~is_crowd[one]
    crowd[one[few]] = crowd[other[few]]
    return crowd


def _orders(corpus: Corpus, owner: NDArray[np.int32], crowd: NDArray[np.int64]) -> Iterator[NDArray[np.intp]]:
    """Yield orders in which members of one crowd stand side by side, those of near dates nearest: by each kind of date."""
    import numpy as np

    days = []
    for rows in corpus.dates.values():
        first = np.full(len(corpus), _NO_DAY, np.int64)
        for number, day, _ in reversed(rows):
            first[number] = day
        days.append(first[owner])
    for turn in range(max(len(days), 1)):
        keys = (*days[turn:], *days[:turn])
        yield np.lexsort((owner, *reversed(keys), crowd))
