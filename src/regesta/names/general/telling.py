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
from regesta.names.general.scoring import Likeness, align, is_possible, order, probability
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
    'bill and william are forms of one given name; clinton stands in both'
    >>> tell("Hans Müller", "Karl Müller").reason
    'hans is not karl; muller stands in both'
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
    shorter, longer = (other, one) if is_swapped else (one, other)
    aligned = align(names, tokens, left, right)
    said: list[str] = []
    same: list[str] = []
    open_short: list[str] = []
    met: set[int] = set()
    for place, token in enumerate(shorter):
        partner = int(aligned.partner[0, place])
        if partner < 0:
            open_short.append(token)
            continue
        met.add(partner)
        kind = Likeness(int(aligned.likeness[0, place]))
        if kind == Likeness.LETTERS:
            same.append(token)
            continue
        pair = (token, longer[partner])
        if kind == Likeness.INITIAL:
            pair = tuple(f"{x}." if len(x) == 1 else x for x in sorted(pair, key=len))  # type: ignore[assignment]
        said.append(
            _SAID[kind].format(*(reversed(pair) if is_swapped and kind != Likeness.INITIAL else pair))
        )
    open_long = [token for place, token in enumerate(longer) if place not in met]
    is_joined = bool(names.squash[0] == names.squash[1])
    if is_joined and open_short:
        return Told(
            chance,
            f"{' '.join(one)} and {' '.join(other)} are the same letters joined otherwise",
            (one, other),
            is_ambiguous,
        )
    for x, y in zip(open_short, open_long, strict=False):
        said.append(f"{y} is not {x}" if is_swapped else f"{x} is not {y}")
    if same:
        said.append(f"{' '.join(same)} {'stand' if len(same) > 1 else 'stands'} in both")
    extra = open_long[len(open_short) :]
    if extra:
        said.append(f"{' '.join(extra)} {'stand' if len(extra) > 1 else 'stands'} on one side only")
    suffixes = {int(names.suffix[0]), int(names.suffix[1])}
    if len(suffixes) > 1:
        said.append(
            "one is Jr. or numbered, the other is not" if 0 in suffixes else "Jr., Sr. or numbers differ"
        )
    return Told(chance, "; ".join(said), (one, other), is_ambiguous)
