"""Why two mentions are one, or may be, in words: what speaks for it, what against it, and how much.

    Ri Min-ho and Lee Minho: one name with probability 0.98, +9.1; arrival agrees to the day, +10.0; role shares captain, +3.2

The numbers are log2 of odds: +1 doubles them, -1 halves them; a sum above 0 joins. Nothing is computed here.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from regesta.resolution.weights import Feature, weights

if TYPE_CHECKING:
    from regesta.resolution.corpus import Corpus
    from regesta.resolution.pairs import Pairs

__all__ = ["Reasons"]

_LEVELS: Final = {
    "day": "agrees to the day",
    "month": "agrees to the month",
    "year": "agrees to the year",
    "decade": "fits the same years",
    "near": "is a year apart",
    "apart": "differs",
    "equal": "is equal",
}
_MOST_WORDS: Final = 4


class Reasons:
    """Tells the reasons of pairs, each looked up by its two referents."""

    def __init__(self, corpus: Corpus, pairs: Pairs, names: list[float]) -> None:
        self._corpus, self._pairs, self._names = corpus, pairs, names
        size = len(corpus)
        codes = (pairs.left * size + pairs.right).tolist()
        self._row = {code: row for row, code in enumerate(codes)}
        self._size = size
        self._words: dict[str, dict[int, list[str]]] = {}

    def of(self, a: int, b: int) -> str:
        """Return the reason of a pair in one line."""
        a, b = sorted((a, b))
        labels = f"{self._corpus.labels[a]} and {self._corpus.labels[b]}"
        row = self._row.get(a * self._size + b)
        if row is None:
            return f"{labels}: not compared"
        p = float(self._pairs.same_name[row])
        parts = [f"{labels}: one name with probability {p:.2f}, {self._names[row]:+.1f}"]
        for feature, score in zip(weights().features, self._pairs.features[row].tolist(), strict=True):
            if score == score:  # not NaN: one of the two lacks it  # noqa: PLR0124
                parts.append(f"{feature.name} {self._told(feature, score, a, b)}, {score:+.1f}")
        if self._pairs.is_entry[row]:
            parts.append(f"two entries of one document, {weights().prior.entries:+.1f}")
        if self._pairs.is_forbidden[row]:
            parts.append("facts that cannot both be true of one person")
        return "; ".join(parts)

    def _told(self, feature: Feature, score: float, a: int, b: int) -> str:
        if feature.compare == "words":
            said = self._said(feature.name)
            shared = [word for word in said[a] if word in said[b]][:_MOST_WORDS]
            return f"shares {' '.join(shared)}" if shared else "differs"
        level = next((name for name, value in feature.levels.items() if value == score), "")
        return _LEVELS.get(level, "says little")

    def _said(self, feature: str) -> dict[int, list[str]]:
        if feature not in self._words:
            found: dict[int, list[str]] = defaultdict(list)
            for number, word in self._corpus.words.get(feature, ()):
                found[number].append(word)
            self._words[feature] = found
        return self._words[feature]
