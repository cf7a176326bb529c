"""Reading a syllable that the table has never seen, by how its onset, vowel and coda are spelled elsewhere.

    cherll -> ch + er + ll -> 철        karm -> k + a + rm -> 감        ihk -> ih + k -> 익

Every cut of the letters into consonants, vowels and consonants is tried, first as they stand, then with doubled letters made
single, then without an h or r that only lengthens the vowel; each step costs. What comes back is far less sure than a
reading from the table, and says so by its small probabilities.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import Final

from regesta.names.korean.hangul import CODAS, ONSETS, VOWELS
from regesta.names.korean.table import Candidates, Place, code_of, prior, spell_part

__all__ = ["read_parts"]

_DOUBLE: Final = re.compile(r"([a-z])\1+")
_LONG: Final = re.compile(r"(?<=[aeiou])[hr](?=[kgnmptbl])")
_STEP: Final = 0.1
_SEEN: Final = re.compile(r"[bcdfghjklmnpqrstvxz]*[aeiouyw]{1,4}[bcdfghjklmnpqrstvxz]*")
_MAX: Final = 9  # letters of one syllable


@cache
def _table(kind: str, role: str) -> dict[str, list[tuple[int, float]]]:
    """Return for each spelling of a part which it may be, as what it adds to the number of a syllable."""
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    letters, step = {"onset": (ONSETS, 588), "vowel": (VOWELS, 28), "coda": (CODAS, 1)}[kind]
    for number, letter in enumerate(letters):
        for text, share in spell_part(kind, role, letter or "-").items():
            found[text].append((number * step, share))
    return dict(found)


def read_parts(place: Place, spelling: str) -> Candidates:
    """Return what letters may stand for as one syllable, the likeliest first; surnames are read from their first syllable.

    >>> from regesta.names.korean.reading import hangul_of
    >>> [hangul_of(row[0]) for row in read_parts("l", "cherll")][:1], read_parts("l", "strength")
    (['철'], ())
    """
    if len(spelling) > _MAX or not _SEEN.fullmatch(spelling):
        return ()
    found: dict[str, float] = defaultdict(float)
    cost = 1.0
    tried: set[str] = set()
    for text in (spelling, _DOUBLE.sub(r"\1", spelling), _LONG.sub("", _DOUBLE.sub(r"\1", spelling))):
        if text not in tried:
            tried.add(text)
            _collect(place, text, cost, found)
        if found:
            break
        cost *= _STEP
    shares = prior(place)
    rows = sorted(((name, weight) for name, weight in found.items()), key=lambda row: -row[1])[:6]
    return tuple((code_of(name), weight, 0.0, 0.0, 0.0, shares[name]) for name, weight in rows)


def _collect(place: Place, text: str, cost: float, found: dict[str, float]) -> None:
    """Add the syllables that the letters may stand for."""
    onsets = _table("onset", "later" if place == "l" else "first")
    codas = _table("coda", "any")
    shares = prior(place)
    for start in range(min(4, len(text))):
        heads = onsets.get(text[:start])
        if not heads:
            continue
        for end in range(start + 1, len(text) + 1):
            tails = codas.get(text[end:])
            vowels = (
                _table("vowel", "open" if end == len(text) else "closed").get(text[start:end])
                if tails
                else None
            )
            if not tails or not vowels:
                continue
            for onset, onset_share in heads:
                for vowel, vowel_share in vowels:
                    for coda, coda_share in tails:
                        name = chr(0xAC00 + onset + vowel + coda)
                        share = shares.get(name)
                        if share is not None:
                            found[name] += cost * onset_share * vowel_share * coda_share * share
