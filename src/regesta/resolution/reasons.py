"""Why two mentions are one, or may be, in words: what speaks for it, what against it, and how much.

    Ri Min-ho and Lee Minho: one name in two spellings, +5.9; arrival on the same day, +10.0; the same role: captain, +3.2

The numbers are log2 of odds: +1 doubles them, -1 halves them; a sum above 0 joins. Nothing is computed here.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from regesta.resolution.corpus import content_words, letters
from regesta.resolution.weights import Feature

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.resolution.clustering import Scored
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
_MOST_WORDS: Final = 4
_SURE: Final = 0.95
_FEW: Final = 3.0
"""Score of a name that few others bear."""


class Reasons:
    """Tells the reasons of pairs, each looked up by its two referents."""

    def __init__(self, corpus: Corpus, pairs: Pairs, names: list[float]) -> None:
        self._corpus, self._pairs, self._names = corpus, pairs, names
        self._size = len(corpus)
        self._codes = pairs.left * self._size + pairs.right
        self._told = _Telling(corpus)

    def of(self, a: int, b: int) -> str:
        """Return the reason of a pair in one line."""
        a, b = sorted((a, b))
        labels = f"{self._corpus.labels[a]} and {self._corpus.labels[b]}"
        code = a * self._size + b
        row = int(self._codes.searchsorted(code))
        if row == len(self._codes) or self._codes[row] != code:
            return f"{labels}: not compared"
        parts = [f"{labels}: {self._name(row, a, b)}, {self._names[row]:+.1f}"]
        parts += self._told.features(self._pairs.features[row].tolist(), a, b)
        if self._pairs.is_entry[row]:
            parts.append(f"two entries of one document, {self._corpus.weights.prior.entries:+.1f}")
        if self._pairs.is_forbidden[row]:
            parts.append("what is told of both cannot be true of one person")
        return "; ".join(parts)

    def _name(self, row: int, a: int, b: int) -> str:
        """Return what is to say of the two names."""
        ours, theirs = (
            {letters(x): x for x in (*self._corpus.names[n], *self._corpus.aliases.get(n, ()))}
            for n in (a, b)
        )
        shared = [ours[name] for name in ours if name in theirs]
        p = float(self._pairs.same_name[row])
        if shared:
            is_label = letters(self._corpus.labels[a]) == letters(self._corpus.labels[b])
            told = "the same name" if is_label else f"both are called {shared[0]}"
        elif sorted(content_words(self._corpus.labels[a])) == sorted(content_words(self._corpus.labels[b])):
            told = "the same name in another order"
        elif p >= _SURE:
            told = "one name in two spellings"
        else:
            told = f"perhaps one name in two spellings ({100 * p:.0f} %)"
        return told if self._names[row] >= _FEW else f"{told}, that others may bear"


class UnnamedReasons:
    """Tells the reasons of pairs without names; `anchors` are the named people by whom each is described."""

    def __init__(self, corpus: Corpus, scored: Scored, anchors: Mapping[int, set[int]]) -> None:
        self._corpus, self._anchors, self._features = corpus, anchors, scored.features
        size = len(corpus)
        self._row = {code: row for row, code in enumerate((scored.left * size + scored.right).tolist())}
        self._told = _Telling(corpus)

    def of(self, a: int, b: int) -> str:
        """Return the reason of a pair in one line."""
        a, b = sorted((a, b))
        corpus = self._corpus
        shared = sorted(self._anchors.get(a, set()) & self._anchors.get(b, set()))
        parts = [f"both told of with {corpus.labels[person]}" for person in shared[:1]]
        if corpus.sizes[a] is not None and corpus.sizes[a] == corpus.sizes[b]:
            parts.append(f"both are {corpus.sizes[a]}")
        row = self._row.get(a * len(corpus) + b)
        if row is not None:
            parts += self._told.features(self._features[row].tolist(), a, b)
        told = "; ".join(parts) or "described in the same words"
        return f"{corpus.labels[a]} and {corpus.labels[b]}, without names: {told}"


class _Telling:
    """Puts the scores of features into words."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._words: dict[str, dict[int, list[str]]] = {}
        self._levels: dict[tuple[str, float], str] = {}
        """Phrases of features that are no words, by feature and score."""

    def features(self, scores: list[float], a: int, b: int) -> list[str]:
        """Return a phrase for each feature that both have, with its weight."""
        return [
            f"{self._told(feature, score, a, b)}, {score:+.1f}"
            for feature, score in zip(self._corpus.weights.features, scores, strict=True)
            if score == score  # not NaN: one of the two lacks it  # noqa: PLR0124
        ]

    def _told(self, feature: Feature, score: float, a: int, b: int) -> str:
        noun = _NOUNS.get(feature.name, feature.name)
        if feature.compare == "words":
            said = self._said(feature.name)
            shared = [word for word in dict.fromkeys(said[a]) if word in said[b]][:_MOST_WORDS]
            return f"the same {noun}: {' '.join(shared)}" if shared else f"nothing shared in {noun}"
        phrase = self._levels.get((feature.name, score))
        if phrase is None:
            level = next((name for name, value in feature.levels.items() if value == score), "")
            told = _NUMBERS if feature.compare == "number" else _LEVELS
            phrase = self._levels[feature.name, score] = told.get(level, "{} says little").format(noun)
        return phrase

    def _said(self, feature: str) -> dict[int, list[str]]:
        if feature not in self._words:
            found: dict[int, list[str]] = defaultdict(list)
            for number, word in self._corpus.words.get(feature, ()):
                found[number].append(word)
            self._words[feature] = found
        return self._words[feature]
