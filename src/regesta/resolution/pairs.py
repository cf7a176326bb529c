"""Pairs of mentions that may be one person, and what their names and features say.

    names ──spellings──► pairs ──► name score, a score a feature

Which names may be one is asked once for every two spellings (`spellings`), so the work grows with the namesakes and not with
the square of the corpus.

The name's score is log2 of `p / n`: `p` the probability that the two spell one name, `n` how many other people are
expected to bear it, those that the corpus shows and those that the world would add. Everything is arrays; nothing decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from regesta.abreast import abreast, firsts, ordering
from regesta.resolution.bearers import by_generation, fits_better, is_tail, one_script
from regesta.resolution.clustering import MISSING, UNIT, Scored
from regesta.resolution.corpus import MOST_WORDS
from regesta.resolution.weights import Feature, Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from regesta.relations import Relations
    from regesta.resolution.corpus import Corpus
    from regesta.resolution.spellings import Met

    Ints = NDArray[np.int32]
    _Compared = Callable[[Ints, Ints], tuple[Ints, NDArray[np.bool_]]]

__all__ = ["LARGEST", "Pairs", "compare", "feature_scores"]

LARGEST: Final = 400
"""Names of one key that are all compared with each other, and bearers of one name."""
_LEAST: Final = 0.2
"""Probability that two spell one name, below which a pair is not worth looking at."""
_RARE: Final = 16.0
"""A name whose parts nobody else bears is at most so many times rarer than names are."""
_SLIP: Final = 0.97
"""Probability of one name, below which two spellings differ by more than habits of spelling do."""
_MOST: Final = 300.0
"""Bits beyond which no weight of a feature counts."""
_FAR: Final = 12
"""Years apart, beyond which it is no slip of memory."""
_NO_DAY: Final = -(1 << 30)
_YEAR: Final = 365.2425
"""Days."""
_WIDTHS: Final = (1, 31, 366, 3660)
"""Days: shorter than the first is a day, than the second a month, a year, a decade."""
_CHUNK: Final = 1 << 17
"""Pairs whose features are compared at a time."""


@dataclass(slots=True)
class Pairs:
    """Pairs of referents by their numbers in the corpus, `left < right`, each once, in order."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    same_name: NDArray[np.float64]
    """Probability that both spell one name."""
    world: NDArray[np.float64]
    """How many others who might be meant bear the name, shown by the corpus or not."""
    features: NDArray[np.int32]
    """As in `Scored`, a column for each feature of which the corpus tells."""
    is_entry: NDArray[np.bool_]
    is_forbidden: NDArray[np.bool_]
    likely: NDArray[np.float64]
    """How many others are expected to bear the name by chance; see `namesakes`."""
    n_skipped: int = 0
    """Pairs that were not compared because too many bear their names, or names of their key."""
    crowds: tuple[tuple[str, int], ...] = ()
    """As in `Spellings`."""

    def scored(self, namesakes: NDArray[np.float64]) -> Scored:
        """Return the pairs with the score of their names, where so many other people bear them."""
        import numpy as np

        name = np.empty(len(self.left))

        def fill(part: slice) -> None:
            name[part] = np.log2(np.clip(self.same_name[part], 1e-4, 1.0))
            name[part] -= np.log2(namesakes[part] + self.world[part])

        abreast(fill, _parts(len(name)))
        return Scored(
            left=self.left, right=self.right, name=name, features=self.features, is_entry=self.is_entry,
            is_forbidden=self.is_forbidden,
        )  # fmt: skip


def compare(
    corpus: Corpus,
    members: Sequence[int],
    weights: Weights,
    relations: Relations | None = None,
    *,
    largest: int = LARGEST,
) -> Pairs:
    """Return the pairs of `members` whose names may be one, with the scores of their features.

    `largest` bounds how many names of one key, and how many bearers of one name, are all compared with each other.
    """
    import numpy as np

    from regesta.resolution.spellings import spellings_of

    spelled = spellings_of(corpus, members)
    met = spelled.met(corpus, _LEAST, largest, relations)
    kept = _once(met, spelled.owner, len(corpus))
    p = met.p[kept]
    a, b = spelled.owner[met.left[kept]], spelled.owner[met.right[kept]]
    one, other = spelled.name[met.left[kept]], spelled.name[met.right[kept]]
    del met, kept
    prior = weights.prior
    is_other = spelled.shape[one] != spelled.shape[other]
    is_group = np.array([kind == "group" for kind in corpus.kinds], bool)
    bits = np.where(
        spelled.is_full[one] & ~is_group[a] & ~is_group[b], prior.name_bits, prior.mononym_bits
    )  # a family is called by its surname
    bits -= prior.shortened * is_other
    document = np.array(corpus.document, np.int32)
    together = document[a] == document[b]
    told_apart = together & ~is_other & (p < _SLIP)  # two names a letter apart in one text are two people's
    for row in np.flatnonzero(told_apart).tolist():
        told_apart[row] = one_script(spelled.surfaces[one[row]], spelled.surfaces[other[row]])
    for row in np.flatnonzero(together & is_other).tolist():
        told_apart[row] = is_tail(spelled.surfaces[one[row]], spelled.surfaces[other[row]])
    a, b = np.minimum(a, b), np.maximum(a, b)
    scores, forbidden = feature_scores(corpus, a, b, corpus.told())
    bits, differ = by_generation(corpus, a, b, bits, prior.generation)
    is_entry = _are_entries(corpus, a, b, together)
    told_apart &= ~is_entry  # what two entries cost is known
    forbidden |= differ | told_apart | fits_better(a, b, p, told_apart)
    told = len(members) / prior.namesakes
    people = max(told, prior.population)
    world = people * np.exp2(-bits)
    chance = np.maximum(spelled.likely[one], spelled.likely[other]) / prior.namesakes
    return Pairs(
        left=a,
        right=b,
        same_name=p,
        world=np.clip(
            chance * (people / told), world / _RARE, world
        ),  # few documents show no name to be rare
        likely=chance,
        features=scores,
        is_entry=is_entry,
        is_forbidden=forbidden,
        n_skipped=spelled.n_skipped,
        crowds=spelled.crowds,
    )


def _parts(size: int) -> list[slice]:
    return [slice(begin, begin + _CHUNK) for begin in range(0, size, _CHUNK)]


def _once(met: Met, owner: NDArray[np.int32], size: int) -> NDArray[np.int64]:
    """Return which pairs of names stand for their owners, by whose numbers they are in order: those that are most alike."""
    import numpy as np

    code = np.empty(len(met.left), np.int64)

    def fill(part: slice) -> None:
        a, b = owner[met.left[part]], owner[met.right[part]]
        code[part] = np.minimum(a, b).astype(np.int64) * size + np.maximum(a, b)

    abreast(fill, _parts(len(code)))
    order = ordering(code)
    code = code[order]
    is_first = firsts(code)
    if is_first.all():
        return order
    several = ~is_first
    several[:-1] |= ~is_first[1:]
    some = order[several]
    order[several] = some[np.lexsort((met.right[some], met.left[some], -met.p[some], code[several]))]
    return np.asarray(order[is_first], np.int64)


def _are_entries(
    corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32], together: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which pairs stand in two entries of one document; `together` are those of one document."""
    import numpy as np

    entry = np.array(corpus.entry, np.int64)
    is_entry = together.copy()
    here = np.flatnonzero(together)
    ours, theirs = entry[a[here]], entry[b[here]]
    is_entry[here] = (ours >= 0) & (theirs >= 0) & (ours != theirs)
    return is_entry


def feature_scores(
    corpus: Corpus, a: NDArray[Any], b: NDArray[Any], features: Sequence[Feature]
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Return a score a pair and feature, in steps of `UNIT`, `MISSING` where one of the two lacks it, and which facts forbid."""
    import numpy as np

    scores = np.full((len(a), len(features)), MISSING, np.int32)
    forbidden = np.zeros(len(a), bool)
    asked = [
        (column, feature.forbids, compared)
        for column, feature in enumerate(features if len(a) else ())
        if (compared := _COMPARED[feature.compare](corpus, feature)) is not None
    ]

    def compare_part(part: slice) -> None:
        for column, forbids, compared in asked:
            scores[part, column], apart = compared(a[part], b[part])
            if forbids:
                forbidden[part] |= apart

    abreast(compare_part, _parts(len(a)))
    return scores, forbidden


def _ranks(number: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return of each row, of a referent by its number, how many rows of that referent stand before it."""
    import numpy as np

    order = np.argsort(number, kind="stable")
    begin = np.flatnonzero(np.diff(number[order], prepend=-1))
    rank = np.empty(len(number), np.int64)
    rank[order] = np.arange(len(number)) - np.repeat(begin, np.diff(np.append(begin, len(number))))
    return rank


def _steps(score: float) -> int:
    return round(UNIT * min(max(score, -_MOST), _MOST))


def _dates(corpus: Corpus, feature: Feature) -> _Compared | None:
    import numpy as np

    rows = dict.fromkeys(corpus.dates.get(feature.name, ()))
    if not rows:
        return None
    number, begin, end = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    rank = _ranks(number)
    first = np.full((2, len(corpus)), _NO_DAY, np.int32)
    last = first.copy()
    kept = rank < 2
    first[rank[kept], number[kept]] = begin[kept]
    last[rank[kept], number[kept]] = end[kept]
    year = np.floor(first / _YEAR).astype(np.int32)
    level = {name: _steps(score) for name, score in feature.levels.items()}
    agree = np.array([*(level[name] for name in ("day", "month", "year", "decade")), 0], np.int32)

    def compared(a: Ints, b: Ints) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        best = np.full(len(a), MISSING, np.int32)
        apart = np.zeros(len(a), bool)
        for i, j in ((0, 0), (0, 1), (1, 0), (1, 1)):
            here = np.flatnonzero((first[i, a] != _NO_DAY) & (first[j, b] != _NO_DAY))
            one, other = a[here], b[here]
            fa, la, fb, lb = first[i, one], last[i, one], first[j, other], last[j, other]
            overlap = (fa <= lb) & (fb <= la)
            score = agree[np.searchsorted(_WIDTHS, np.maximum(la - fa, lb - fb), "right")]
            years = np.abs(year[i, one] - year[j, other])
            is_near = (np.maximum(fb - la, fa - lb) <= 366) | (years <= 1)
            far = np.where(years <= _FAR, level["apart"], level["far"])
            score = np.where(overlap, score, np.where(is_near, level["near"], far))
            best[here] = np.maximum(best[here], score)
            apart[here] |= ~overlap
        return best, apart & (best <= level["near"])

    return compared


def _words(corpus: Corpus, feature: Feature) -> _Compared | None:
    import numpy as np

    rows = dict.fromkeys(corpus.words.get(feature.name, ()))
    if not rows:
        return None
    numbers, words = zip(*rows, strict=True)
    ids = {word: at for at, word in enumerate(dict.fromkeys(words))}
    number, word = np.array(numbers, np.int64), np.fromiter(map(ids.__getitem__, words), np.int32, len(rows))
    rank = _ranks(number)
    width = min(int(rank.max()) + 1, MOST_WORDS)
    kept = rank < width
    held = np.full((width, len(corpus)), -1, np.int32)
    held[rank[kept], number[kept]] = word[kept]
    bearers = np.count_nonzero(held[0] >= 0)
    often = np.bincount(word, minlength=len(ids)) + 1.0
    most, differ = _steps(feature.levels["most"]), _steps(feature.levels["differ"])
    worth = np.clip(np.log2(0.85 * (bearers + 8.0) / often), 0.3, most / UNIT)
    worth = np.rint(UNIT * worth).astype(np.int32)

    def compared(a: Ints, b: Ints) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        score = np.full(len(a), MISSING, np.int32)
        here = np.flatnonzero((held[0, a] >= 0) & (held[0, b] >= 0))
        left, right = held[:, a[here]], held[:, b[here]]
        total = np.zeros(len(here), np.int32)
        for one in left:
            shared = ((one == right) & (one >= 0)).any(axis=0)
            total += np.where(shared, worth[one], 0)
        score[here] = np.where(total > 0, np.minimum(total, most), differ)
        return score, np.zeros(len(a), bool)

    return compared


def _numbers(corpus: Corpus, feature: Feature) -> _Compared | None:
    import numpy as np

    rows = corpus.numbers.get(feature.name, ())
    if not rows:
        return None
    held = np.full(len(corpus), np.nan)
    for number, value in reversed(rows):
        held[number] = value
    level = {name: _steps(score) for name, score in feature.levels.items()}

    def compared(a: Ints, b: Ints) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        gap = np.abs(held[a] - held[b])
        score = np.where(gap == 0, level["equal"], np.where(gap <= 1, level["near"], level["apart"]))
        return np.where(np.isnan(gap), MISSING, score).astype(np.int32), np.zeros(len(a), bool)

    return compared


_COMPARED: Final = {"date": _dates, "words": _words, "number": _numbers}
