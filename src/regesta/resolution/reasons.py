"""Why two mentions are one, or may be, in words: what speaks for it, what against it, and how much.

    Ri Min-ho and Lee Minho: one name in two spellings, +5.9; arrival on the same day, +10.0; the same role: captain, +3.2

The numbers are log2 of odds: +1 doubles them, -1 halves them; a sum above 0 joins. A build of a million mentions tells nearly as many
reasons, so nothing is put into words twice. Nothing is computed here.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from regesta.names import fold
from regesta.resolution.clustering import MISSING, UNIT
from regesta.resolution.corpus import letters
from regesta.resolution.weights import Feature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from regesta.resolution.clustering import Join, Scored
    from regesta.resolution.corpus import Corpus
    from regesta.resolution.pairs import Pairs

__all__ = ["Reasons", "UnnamedReasons"]

_NOUNS: Final = {
    "held": "place of imprisonment",
    "vehicle": "means of transport",
    "company": "kin and companions",
    "works": "works written",
    "origin": "place of origin",
}
_LEVELS: Final = {
    "day": "{} on the same day",
    "month": "{} in the same month",
    "year": "{} in the same year",
    "decade": "what is told of {} fits the same years",
    "near": "{} a year apart at most",
    "apart": "{} at other times",
    "far": "{} many years apart",
}
_NUMBERS: Final = {"equal": "the same {}", "near": "{} one apart", "apart": "another {}"}
_WORD: Final = re.compile(r"[^\W_]+")
_MOST_WORDS: Final = 4
_SURE: Final = 0.95
_FEW: Final = 3.0
"""Score of a name that few others bear."""


class Reasons:
    """Tells why pairs of people with names are one."""

    def __init__(self, corpus: Corpus, pairs: Pairs) -> None:
        self._corpus, self._pairs = corpus, pairs
        self._names = corpus.names
        if corpus.aliases:
            self._names = [(*own, *corpus.aliases.get(n, ())) for n, own in enumerate(corpus.names)]
        self._told = _Telling(corpus)
        self._rest: dict[tuple[object, ...], str] = {}
        """What is said beside the names, by all that it follows from."""
        self._bare: dict[str, str] = {}

    def of(self, joins: Sequence[Join], scored: Scored) -> Iterator[str]:
        """Yield the reason of each in one line; `scored` are the pairs with the scores by which they were joined."""
        pairs, labels = self._pairs, self._corpus.labels
        rows = [join.pair for join in joins]
        names, chances = scored.name[rows].tolist(), pairs.same_name[rows].tolist()
        marks = pairs.is_entry[rows].tolist(), pairs.is_forbidden[rows].tolist()
        follows = self._told.follows(pairs.features[rows], [j.left for j in joins], [j.right for j in joins])
        keys = zip(*marks, *follows, strict=True)
        for (a, b, _, row), score, p, key in zip(joins, names, chances, keys, strict=True):
            rest = self._rest.get(key)
            if rest is None:
                rest = self._rest[key] = self._beside_names(a, b, row)
            yield f"{labels[a]} and {labels[b]}: {self._name(a, b, p, score)}, {score:+.1f}{rest}"

    def _beside_names(self, a: int, b: int, row: int) -> str:
        """Return what else is to say of a pair."""
        pairs = self._pairs
        parts = ["", *self._told.features(pairs.features[row].tolist(), a, b)]
        if pairs.is_entry[row]:
            parts.append(f"two entries of one document, {self._corpus.weights.prior.entries:+.1f}")
        if pairs.is_forbidden[row]:
            parts.append("what is told of both cannot be true of one person")
        return "; ".join(parts)

    def _name(self, a: int, b: int, p: float, score: float) -> str:
        """Return what is to say of the two names."""
        ours, theirs = self._names[a], self._names[b]
        label, other = self._corpus.labels[a], self._corpus.labels[b]
        if ours == theirs and label == other:
            told = "the same name"
        elif (shared := ours[0] if ours == theirs else self._shared(ours, theirs)) is not None:
            is_label = label == other or self._letters(label) == self._letters(other)
            told = "the same name" if is_label else f"both are called {shared}"
        elif self._is_turned(label, other):
            told = "the same name in another order"
        elif p >= _SURE:
            told = "one name in two spellings"
        else:
            told = f"perhaps one name in two spellings ({100 * p:.0f} %)"
        return told if score >= _FEW else f"{told}, that others may bear"

    def _shared(self, ours: tuple[str, ...], theirs: tuple[str, ...]) -> str | None:
        """Return the first of our names that they have too, but for what is no letter."""
        if len(ours) == len(theirs) == 1:
            return ours[0] if self._letters(ours[0]) == self._letters(theirs[0]) else None
        spelled = {self._letters(name): name for name in ours}
        known = {self._letters(name) for name in theirs}
        return next((name for bare, name in spelled.items() if bare in known), None)

    def _is_turned(self, label: str, other: str) -> bool:
        """Return whether two names are the same words in another order; marks of letters are no other order."""
        if label.isascii() and other.isascii() and len(self._letters(label)) != len(self._letters(other)):
            return False
        words, others = _WORD.findall(fold(label)), _WORD.findall(fold(other))
        return words != others and sorted(words) == sorted(others)

    def _letters(self, name: str) -> str:
        """Return `letters` of a name; of a million names each is asked for several times."""
        bare = self._bare.get(name)
        if bare is None:
            bare = self._bare[name] = letters(name)
        return bare


class UnnamedReasons:
    """Tells why pairs without names are one; `anchors` are the named people by whom each is described."""

    def __init__(self, corpus: Corpus, scored: Scored, anchors: Mapping[int, set[int]]) -> None:
        self._corpus, self._anchors, self._features = corpus, anchors, scored.features
        self._told = _Telling(corpus)

    def of(self, joins: Sequence[Join]) -> Iterator[str]:
        """Yield the reason of each in one line."""
        corpus = self._corpus
        for a, b, _, row in joins:
            shared = sorted(self._anchors.get(a, set()) & self._anchors.get(b, set()))
            parts = [f"both told of with {corpus.labels[person]}" for person in shared[:1]]
            if corpus.sizes[a] is not None and corpus.sizes[a] == corpus.sizes[b]:
                parts.append(f"both are {corpus.sizes[a]}")
            parts += self._told.features(self._features[row].tolist(), a, b)
            told = "; ".join(parts) or "described in the same words"
            yield f"{corpus.labels[a]} and {corpus.labels[b]}, without names: {told}"


class _Telling:
    """Puts the scores of features into words."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus, self._features = corpus, corpus.told()
        self._levels: dict[tuple[str, int], str] = {}
        """Phrases of features that are no words, by feature and score."""

    @cached_property
    def _said(self) -> dict[str, list[tuple[str, ...]]]:
        """Feature -> the words that are told of each referent."""
        words, size = self._corpus.words, len(self._corpus)
        return {one.name: _said(words[one.name], size) for one in self._features if one.compare == "words"}

    def follows(self, scores: NDArray[np.int32], left: list[int], right: list[int]) -> Iterator[list[object]]:
        """Yield columns, a row a pair, of all that its phrases follow from."""
        yield from scores.T.tolist()
        for said in self._said.values():
            yield [said[number] for number in left]
            yield [said[number] for number in right]

    def features(self, scores: list[int], a: int, b: int) -> list[str]:
        """Return a phrase for each feature that both have, with its weight."""
        return [
            _in_words(feature.name, score, self._said[feature.name][a], self._said[feature.name][b])
            if feature.compare == "words"
            else self._levels.get((feature.name, score)) or self._level(feature, score)
            for feature, score in zip(self._features, scores, strict=True)
            if score != MISSING
        ]

    def _level(self, feature: Feature, score: int) -> str:
        level = next((name for name, value in feature.levels.items() if round(UNIT * value) == score), "")
        told = _NUMBERS if feature.compare == "number" else _LEVELS
        phrase = told.get(level, "{} says little").format(_NOUNS.get(feature.name, feature.name))
        self._levels[feature.name, score] = told_all = f"{phrase}, {score / UNIT:+.1f}"
        return told_all


def _in_words(feature: str, score: int, ours: tuple[str, ...], theirs: tuple[str, ...]) -> str:
    """Return what two share of the words that are told of them."""
    noun = _NOUNS.get(feature, feature)
    shared = [word for word in dict.fromkeys(ours) if word in theirs][:_MOST_WORDS]
    told = f"the same {noun}: {' '.join(shared)}" if shared else f"nothing shared in {noun}"
    return f"{told}, {score / UNIT:+.1f}"


def _said(rows: Sequence[tuple[int, str]], size: int) -> list[tuple[str, ...]]:
    """Return the words that are told of each referent, in their order."""
    import numpy as np

    numbers, words = zip(*rows, strict=True)
    number = np.array(numbers, np.int64)
    begin = np.concatenate(([0], np.cumsum(np.bincount(number, minlength=size)))).tolist()
    words = tuple(words[row] for row in np.argsort(number, kind="stable").tolist())
    known: dict[tuple[str, ...], tuple[str, ...]] = {}  # of many who are told the same, one is kept
    return [known.setdefault(said, said) for one, other in pairwise(begin) for said in (words[one:other],)]
