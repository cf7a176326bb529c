"""Why two names are one, or not, in a sentence.

    Bill Clinton | William Clinton      Bill and William are forms of one given name; Clinton stands in both
    A. N. Lankov | Andrei Lankov        A. may be Andrei; Lankov stands in both; N. stands on one side only
    Hans Müller | Karl Müller           Hans is not Karl; Müller stands in both

The sentence is made from the same alignment as the probability. It weighs nothing itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from regesta.names.general.columns import columns
from regesta.names.general.scoring import (
    Aligned,
    Likeness,
    align,
    is_possible,
    order,
    probability,
    same_syllables,
)
from regesta.names.general.tokens import spell

__all__ = ["Told", "tell"]

_AMBIGUOUS: Final = (0.2, 0.9)
_SAID: Final = {
    Likeness.INITIAL: "{} may be {}",
    Likeness.TWO_SLIPS: "{} and {} are alike, a little",
    Likeness.SLIP: "{} and {} are a letter apart",
    Likeness.CONSONANTS: "{} and {} have the same consonants",
    Likeness.VOWELS: "{} and {} differ in their vowels",
    Likeness.KIN: "{} and {} are forms of one given name",
    Likeness.SOUNDS: "{} and {} sound the same",
}
_WORD: Final = re.compile(r"[^\s,-]+")


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be said of two names."""

    probability: float
    """That both spell one name, the prior being one half."""
    reason: str
    """One sentence."""
    tokens: tuple[tuple[str, ...], tuple[str, ...]]
    """What each was compared as."""
    is_ambiguous: bool
    """The letters leave it open."""


def tell(a: str, b: str) -> Told:
    """Return how alike two names are, and why.

    >>> tell("Bill Clinton", "William Clinton").reason
    'Bill and William are forms of one given name; Clinton stands in both'
    >>> tell("Hans Müller", "Karl Müller").reason
    'Hans is not Karl; Müller stands in both'
    """
    names, tokens = columns([a, b])
    left, right = order(names, np.array([0], np.int32), np.array([1], np.int32))
    chance = float(probability(names, tokens, left, right)[0])
    one, other = spell(a).tokens, spell(b).tokens
    is_ambiguous = _AMBIGUOUS[0] < chance < _AMBIGUOUS[1]
    if not one or not other:
        return Told(chance, "one of them has no letters of a name", (one, other), is_ambiguous=False)
    if names.is_hangul[0] != names.is_hangul[1]:
        reason = "one is in Hangul, the other is not, and no Korean name is read in both"
        return Told(chance, reason, (one, other), is_ambiguous=False)
    if not is_possible(names, left, right)[0]:
        return Told(
            chance, f"{' '.join(one)} and {' '.join(other)} share nothing", (one, other), is_ambiguous=False
        )
    is_swapped = bool(left[0] == 1)
    aligned = align(names, tokens, left, right)
    words = [_written(name, own) for name, own in ((a, one), (b, other))]
    shorter, longer = reversed(words) if is_swapped else words
    if names.squash[0] == names.squash[1] and (aligned.partner[0] < 0).any():
        reason = f"{' '.join(words[0])} and {' '.join(words[1])} are the same letters, joined otherwise"
        return Told(chance, reason, (one, other), is_ambiguous)
    if same_syllables(names, left, right)[0] and (aligned.partner[0] < 0).any():
        reason = f"{a} and {b} may write the same Chinese syllables, in Wade-Giles and in Pinyin"
        return Told(chance, reason, (one, other), is_ambiguous)
    said = _say(shorter, longer, aligned, is_swapped=is_swapped)
    suffixes = {int(names.suffix[0]), int(names.suffix[1])}
    if len(suffixes) > 1:
        said.append(
            "one is Jr. or numbered, the other is not" if 0 in suffixes else "Jr., Sr. or numbers differ"
        )
    return Told(chance, "; ".join(said), (one, other), is_ambiguous)


def _say(shorter: list[str], longer: list[str], aligned: Aligned, *, is_swapped: bool) -> list[str]:
    """Return a clause for each pair of words, then for what stands in both, then for what stands alone."""
    said: list[str] = []
    same: list[str] = []
    alone: list[str] = []
    met: set[int] = set()
    for place, word in enumerate(shorter):
        partner = int(aligned.partner[0, place])
        kind = Likeness(int(aligned.likeness[0, place]))
        if partner < 0:
            alone.append(word)
            continue
        met.add(partner)
        pair = (longer[partner], word) if is_swapped else (word, longer[partner])
        if kind == Likeness.LETTERS:
            same.append(pair[0])
            continue
        if kind == Likeness.INITIAL:
            few, many = sorted(pair, key=len)
            pair = (few if few.endswith(".") else f"{few}.", many)
        said.append(_SAID[kind].format(*pair))
    others = [word for place, word in enumerate(longer) if place not in met]
    pairs = zip(others, alone, strict=False) if is_swapped else zip(alone, others, strict=False)
    said += [f"{x} is not {y}" for x, y in pairs]
    said += [f"{' '.join(x)} {'stand' if len(x) > 1 else 'stands'} in both" for x in (same,) if x]
    extra = others[len(alone) :]
    said += [f"{' '.join(x)} {'stand' if len(x) > 1 else 'stands'} on one side only" for x in (extra,) if x]
    return said


def _written(name: str, tokens: tuple[str, ...]) -> list[str]:
    """Return each token as it stands in the name; as compared where it is not a word of its own there."""
    words: dict[str, str] = {}
    for word in _WORD.findall(name[:200]):
        own = spell(word).tokens
        if len(own) == 1:
            words.setdefault(own[0], word)
    return [words.get(token, token) for token in tokens]
