"""Pairs of mentions that may be one person, and what their names and features say.

    names ──spellings──► pairs ──► name score, a score a feature

Which names may be one is asked once for every two spellings (`spellings`), so the work grows with the namesakes and not with
the square of the corpus.

The name's score is log2 of `p / n`: `p` the probability that the two spell one name, `n` how many other people are
expected to bear it, those that the corpus shows and those that the world would add. Everything is arrays; nothing decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from regesta.resolution.bearers import by_generation, fits_better
from regesta.resolution.clustering import Scored
from regesta.resolution.corpus import MOST_WORDS
from regesta.resolution.weights import Feature, Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from regesta.relations import Relations
    from regesta.resolution.corpus import Corpus

__all__ = ["LARGEST", "Pairs", "compare", "feature_scores"]

LARGEST: Final = 400
"""Names of one key that are all compared with each other, and bearers of one name."""
_LEAST: Final = 0.2
"""Probability that two spell one name, below which a pair is not worth looking at."""
_SLIP: Final = 0.97
"""Probability of one name, below which two spellings differ by more than habits of spelling do."""
_FAR: Final = 12
"""Years apart, beyond which it is no slip of memory."""
_NO_DAY: Final = -(1 << 40)


@dataclass(slots=True)
class Pairs:
    """Pairs of referents by their numbers in the corpus, `left < right`, each once, in order."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    same_name: NDArray[np.float64]
    """Probability that both spell one name."""
    bits: NDArray[np.float64]
    """Log2 of one over how often such a name is borne in the world."""
    features: NDArray[np.float64]
    is_entry: NDArray[np.bool_]
    is_forbidden: NDArray[np.bool_]
    n_people: float
    """How many people there may be."""
    n_skipped: int = 0
    """Pairs that were not compared because too many bear their names, or names of their key."""

    def scored(self, namesakes: NDArray[np.float64]) -> Scored:
        """Return the pairs with the score of their names, where so many other people bear them."""
        import numpy as np

        expected = namesakes + self.n_people * np.exp2(-self.bits)
        name = np.log2(np.clip(self.same_name, 1e-4, 1.0)) - np.log2(expected)
        return Scored(
            left=self.left, right=self.right, name=name, features=self.features, is_entry=self.is_entry,
            is_forbidden=self.is_forbidden,
        )  # fmt: skip

    def namesakes_at_first(self, mentions_each: float) -> NDArray[np.float64]:
        """Return how many others bear the name of each pair, where nothing is known but how often it stands there."""
        import numpy as np

        size = int(self.right.max(initial=0)) + 1
        near = np.bincount(self.left, self.same_name, size) + np.bincount(self.right, self.same_name, size)
        others = near[self.left] + near[self.right] - 2 * self.same_name
        return np.asarray(others / (2 * mentions_each), np.float64)

    def namesakes_of(self, cluster_of: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return how many other clusters bear the name of each pair, each counted as far as it spells the same name."""
        import numpy as np

        a, b = cluster_of[self.left], cluster_of[self.right]
        mention = np.concatenate((self.left, self.right))
        other = np.concatenate((b, a))
        own = np.concatenate((a, b))
        p = np.concatenate((self.same_name, self.same_name))
        outside = own != other
        size = len(cluster_of)
        code = mention[outside] * size + other[outside]
        order = np.lexsort((-p[outside], code))
        code, p = code[order], p[outside][order]
        first = np.ones(len(code), bool)
        first[1:] = code[1:] != code[:-1]
        code, p = code[first], p[first]
        total = np.bincount(code // size, p, size)

        def of(
            mention: NDArray[np.int64], own: NDArray[np.int64], other: NDArray[np.int64]
        ) -> NDArray[np.float64]:
            place = np.searchsorted(code, wanted := mention * size + other)
            place = np.minimum(place, max(len(code) - 1, 0))
            hit = (code[place] == wanted) & (own != other) if len(code) else np.zeros(len(mention), bool)
            return np.asarray(total[mention] - np.where(hit, p[place] if len(code) else 0.0, 0.0), np.float64)

        return np.maximum((of(self.left, a, b) + of(self.right, b, a)) / 2, 0.0)


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
    one, other, p = met.left, met.right, met.p
    a, b = spelled.owner[one].astype(np.int64), spelled.owner[other].astype(np.int64)
    prior = weights.prior
    is_group = np.array([kind == "group" for kind in corpus.kinds], bool)
    is_full = spelled.is_full[spelled.name[one]]
    bits = np.where(
        is_full & ~is_group[a] & ~is_group[b], prior.name_bits, prior.mononym_bits
    )  # a family is called by its surname
    is_other = spelled.shape[spelled.name[one]] != spelled.shape[spelled.name[other]]
    bits -= prior.shortened * is_other
    document = np.array(corpus.document, np.int64)
    # two names a letter apart in one text are two people's
    told_apart = (document[a] == document[b]) & ~is_other & (p < _SLIP)
    code = np.minimum(a, b) * len(corpus) + np.maximum(a, b)
    order = np.lexsort((other, one, -p, code))
    order = order[_firsts(code[order])]
    a, b = np.divmod(code[order], max(len(corpus), 1))
    p, bits, told_apart = p[order], bits[order], told_apart[order]
    del code, order, one, other, is_full, is_other, met
    scores, forbidden = feature_scores(corpus, a, b, weights.features)
    bits, differ = by_generation(corpus, a, b, bits, prior.generation)
    is_entry = _are_entries(corpus, a, b)
    told_apart &= ~is_entry  # what two entries cost is known
    forbidden |= differ | told_apart | fits_better(a, b, p, told_apart)
    return Pairs(
        left=a,
        right=b,
        same_name=p,
        bits=bits,
        features=scores,
        is_entry=is_entry,
        is_forbidden=forbidden,
        n_people=max(len(members) / prior.namesakes, prior.population),
        n_skipped=spelled.n_skipped,
    )


def _firsts(code: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which of ascending numbers are the first of their kind."""
    import numpy as np

    first = np.ones(len(code), bool)
    first[1:] = code[1:] != code[:-1]
    return first


def _are_entries(corpus: Corpus, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which pairs stand in two entries of one document."""
    import numpy as np

    document = np.array(corpus.document, np.int64)
    entry = np.array(corpus.entry, np.int64)
    both = (entry[a] >= 0) & (entry[b] >= 0) & (entry[a] != entry[b])
    return np.asarray((document[a] == document[b]) & both)


def feature_scores(
    corpus: Corpus, a: NDArray[np.int64], b: NDArray[np.int64], features: Sequence[Feature]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return a score a pair and feature, NaN where one of the two lacks it, and which pairs facts forbid."""
    import numpy as np

    scores = np.full((len(a), len(features)), np.nan)
    forbidden = np.zeros(len(a), bool)
    for column, feature in enumerate(features):
        if feature.compare == "date" and feature.name in corpus.dates:
            scores[:, column], apart = _dates(corpus, feature, a, b)
            if feature.forbids:
                forbidden |= apart
        elif feature.compare == "words" and feature.name in corpus.words:
            scores[:, column] = _words(corpus, feature, a, b)
        elif feature.compare == "number" and feature.name in corpus.numbers:
            scores[:, column] = _numbers(corpus, feature, a, b)
    return scores, forbidden


def _columns(rows: list[tuple[Any, ...]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the referent of each row, and how many rows of that referent stand before it."""
    import numpy as np

    number = np.fromiter((row[0] for row in rows), np.int64, len(rows))
    order = np.argsort(number, kind="stable")
    ranked = number[order]
    begin = np.flatnonzero(np.concatenate(([True], ranked[1:] != ranked[:-1])))
    rank = np.empty(len(rows), np.int64)
    rank[order] = np.arange(len(rows)) - np.repeat(begin, np.diff(np.append(begin, len(rows))))
    return number, rank


def _dates(
    corpus: Corpus, feature: Feature, a: NDArray[np.int64], b: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    import numpy as np

    rows = list(dict.fromkeys(corpus.dates[feature.name]))
    number, rank = _columns(rows)
    first = np.full((len(corpus), 2), _NO_DAY, np.int64)
    last = first.copy()
    kept = rank < 2
    values = np.array([row[1:] for row in rows], np.int64)
    first[number[kept], rank[kept]] = values[kept, 0]
    last[number[kept], rank[kept]] = values[kept, 1]
    best = np.full(len(a), np.nan)
    apart = np.zeros(len(a), bool)
    level = feature.levels
    for i in (0, 1):
        for j in (0, 1):
            fa, la, fb, lb = first[a, i], last[a, i], first[b, j], last[b, j]
            known = (fa != _NO_DAY) & (fb != _NO_DAY)
            if not known.any():
                continue
            overlap = (fa <= lb) & (fb <= la)
            width = np.maximum(la - fa, lb - fb)
            gap = np.maximum(fa - lb, fb - la)
            years = np.abs(fa // 365.2425 - fb // 365.2425)
            score = np.where(
                overlap,
                np.select(
                    [width < 1, width < 31, width < 366, width < 3660],
                    [level["day"], level["month"], level["year"], level["decade"]],
                    0.0,
                ),
                np.select(
                    [(gap <= 366) | (years <= 1), years <= _FAR],
                    [level["near"], level["apart"]],
                    level["far"],
                ),
            )
            best = np.where(known, np.fmax(best, score), best)
            apart |= known & ~overlap
    return best, apart & ~(best > level["near"])


def _words(
    corpus: Corpus, feature: Feature, a: NDArray[np.int64], b: NDArray[np.int64]
) -> NDArray[np.float64]:
    import numpy as np

    rows = list(dict.fromkeys(corpus.words[feature.name]))
    ids: dict[str, int] = {}
    word = np.fromiter((ids.setdefault(row[1], len(ids)) for row in rows), np.int64, len(rows))
    number, rank = _columns(rows)
    width = min(int(rank.max()) + 1, MOST_WORDS)
    kept = rank < width
    held = np.full((len(corpus), width), -1, np.int64)
    held[number[kept], rank[kept]] = word[kept]
    bearers = len(np.unique(number))
    often = np.bincount(word, minlength=len(ids)) + 1.0
    worth = np.clip(np.log2(0.85 * (bearers + 8.0) / often), 0.3, feature.levels["most"])
    left, right = held[a], held[b]
    total = np.zeros(len(a))
    for i in range(width):
        shared = (left[:, i : i + 1] == right).any(axis=1) & (left[:, i] >= 0)
        total += np.where(shared, worth[left[:, i]], 0.0)
    total = np.where(total > 0, np.minimum(total, feature.levels["most"]), feature.levels["differ"])
    return np.where((left[:, 0] >= 0) & (right[:, 0] >= 0), total, np.nan)


def _numbers(
    corpus: Corpus, feature: Feature, a: NDArray[np.int64], b: NDArray[np.int64]
) -> NDArray[np.float64]:
    import numpy as np

    held = np.full(len(corpus), np.nan)
    for number, value in reversed(corpus.numbers[feature.name]):
        held[number] = value
    gap = np.abs(held[a] - held[b])
    level = feature.levels
    score = np.where(gap == 0, level["equal"], np.where(gap <= 1, level["near"], level["apart"]))
    return np.where(np.isnan(gap), np.nan, score)
