"""Why two mentions are one, or may be, in words: what speaks for it, what against it, and how much.

    Ri Min-ho and Lee Minho: one name in two spellings, +5.9; arrival on the same day, +10.0; the same role: captain, +3.2

The numbers are log2 of odds: +1 doubles them, -1 halves them; a sum above 0 joins. A build of a million mentions tells nearly as many
reasons, so nothing is put into words twice. Nothing is computed here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from regesta.names import fold
from regesta.resolution.clustering import MISSING, UNIT
from regesta.resolution.corpus import letters
from regesta.resolution.weights import Feature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
        self._told = _Telling(corpus)

    def of(self, joins: Sequence[Join], scored: Scored) -> Iterator[str]:
        """Yield the reason of each in one line; `scored` are the pairs with the scores by which they were joined."""
        corpus, pairs = self._corpus, self._pairs
        labels = corpus.labels
        rows = [join.pair for join in joins]
        names, chances = scored.name[rows].tolist(), pairs.same_name[rows].tolist()
        features = pairs.features[rows].tolist()
        entries, forbidden = pairs.is_entry[rows].tolist(), pairs.is_forbidden[rows].tolist()
        between_entries = f"two entries of one document, {corpus.weights.prior.entries:+.1f}"
        for (a, b, _, _), score, p, scores, is_entry, is_forbidden in zip(
            joins, names, chances, features, entries, forbidden, strict=True
        ):
            parts = [f"{labels[a]} and {labels[b]}: {self._name(a, b, p, score)}, {score:+.1f}"]
            parts += self._told.features(scores, a, b)
            if is_entry:
                parts.append(between_entries)
            if is_forbidden:
                parts.append("what is told of both cannot be true of one person")
            yield "; ".join(parts)

    def _name(self, a: int, b: int, p: float, score: float) -> str:
        """Return what is to say of the two names."""
        ours, theirs = self._names(a), self._names(b)
        label, other = self._corpus.labels[a], self._corpus.labels[b]
        shared = ours[0] if ours == theirs else _shared(ours, theirs)
        if shared is not None:
            is_label = label == other or letters(label) == letters(other)
            told = "the same name" if is_label else f"both are called {shared}"
        elif (words := _words(label)) != (others := _words(other)) and sorted(words) == sorted(others):
            told = "the same name in another order"
        elif p >= _SURE:
            told = "one name in two spellings"
        else:
            told = f"perhaps one name in two spellings ({100 * p:.0f} %)"
        return told if score >= _FEW else f"{told}, that others may bear"

    def _names(self, number: int) -> tuple[str, ...]:
        also = self._corpus.aliases.get(number)
        return (*self._corpus.names[number], *also) if also else self._corpus.names[number]


def _shared(ours: tuple[str, ...], theirs: tuple[str, ...]) -> str | None:
    """Return the first of our names that they have too, but for what is no letter."""
    if len(ours) == len(theirs) == 1:
        return ours[0] if letters(ours[0]) == letters(theirs[0]) else None
    spelled = {letters(name): name for name in ours}
    known = {letters(name) for name in theirs}
    return next((name for bare, name in spelled.items() if bare in known), None)


@lru_cache(maxsize=1 << 16)
def _words(name: str) -> list[str]:
    """Return the words of a name, folded: marks of letters are no other order."""
    return _WORD.findall(fold(name))


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
        self._features = corpus.told()
        self._said = {
            feature.name: _Said(corpus.words[feature.name], len(corpus))
            for feature in self._features
            if feature.compare == "words"
        }
        self._levels: dict[tuple[str, int], str] = {}
        """Phrases of features that are no words, by feature and score."""

    def features(self, scores: list[int], a: int, b: int) -> list[str]:
        """Return a phrase for each feature that both have, with its weight."""
        return [
            _in_words(feature.name, score, self._said[feature.name].of(a), self._said[feature.name].of(b))
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


@lru_cache(maxsize=1 << 14)
def _in_words(feature: str, score: int, ours: tuple[str, ...], theirs: tuple[str, ...]) -> str:
    """Return what two share of the words that are told of them."""
    noun = _NOUNS.get(feature, feature)
    shared = [word for word in dict.fromkeys(ours) if word in theirs][:_MOST_WORDS]
    told = f"the same {noun}: {' '.join(shared)}" if shared else f"nothing shared in {noun}"
    return f"{told}, {score / UNIT:+.1f}"


class _Said:
    """The words that are told of each referent, in their order."""

    def __init__(self, rows: Sequence[tuple[int, str]], size: int) -> None:
        import numpy as np

        numbers, words = zip(*rows, strict=True)
        number = np.array(numbers, np.int64)
        self._begin = np.concatenate(([0], np.cumsum(np.bincount(number, minlength=size)))).tolist()
        self._words = tuple(words[row] for row in np.argsort(number, kind="stable").tolist())

    def of(self, number: int) -> tuple[str, ...]:
        return self._words[self._begin[number] : self._begin[number + 1]]
