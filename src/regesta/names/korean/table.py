"""The table of spellings, read on first use: what a romanised piece may stand for, and how likely.

A piece stands at one of three places: `s` surname, `f` first syllable of the given name, `l` a later one. A line of
`tables/spellings.txt` names place and spelling and each syllable with four numbers, the probabilities of *this syllable here
and so spelled* under four habits of spelling:

    0 habit     as people spell their own names ("Lee", "young", "-sook"): counted
    1 revised   Revised Romanization of 2000, by rule
    2 marked    McCune-Reischauer with its marks, by rule over all neighbours
    3 bare      the same without marks, and the spelling of the North

Written by `scripts/make_korean.py`; its sources are in docs/decisions/korean-names.md. A spelling that is not in the table is
read by its parts (`parts.py`), not here.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Final

__all__ = [
    "BASE",
    "MIX",
    "Candidates",
    "Place",
    "code_of",
    "known",
    "prior",
    "share_of",
    "spell_part",
    "take_apart",
]

BASE: Final = 11173
"""Names are numbers to this base, a syllable a digit (1 to 11172), the surname first."""
MIX: Final = (0.6, 0.06, 0.2, 0.14)
"""How many names are spelled by habit, revised, marked, bare."""
Place = str
"""`s`, `f` or `l`."""
Candidates = tuple[tuple[int, float, float, float, float, float], ...]
"""Number of the syllables, probability under each habit, share of the syllable at that place."""

_FOLDER: Final = Path(__file__).parent / "tables"
_VALUES: Final = [math.exp(-number / 10) for number in range(400)]
_LEAK: Final = (0.02, 0.02, 0.04)
"""What share of one habit's probability another takes over, since people slip: into habit, into marked, into bare."""
_LEAST: Final = 1e-3  # readings of a piece below this share of the best are left out
RARE: Final = 1e-4
_NAMES: Final = {"s": "surname", "f": "first", "l": "later"}


@cache
def known() -> dict[Place, dict[str, str]]:
    """Return for each place the lines of the table by spelling, not yet taken apart.

    >>> "kim" in known()["s"], "soo" in known()["l"], "xyz" in known()["s"]
    (True, True, False)
    """
    found = {}
    for block in (_FOLDER / "spellings.txt").read_text("utf-8").rstrip("\n").split("\n\n"):
        place, _, rows = block.partition("\n")
        words = rows.replace("\n", "\t").split("\t")
        found[place] = dict(zip(words[0::2], words[1::2], strict=True))
    return found


@cache
def _rows() -> dict[str, str]:
    text = (_FOLDER / "parts.txt").read_text("utf-8")
    rows = (line.split(" ", 3) for line in text.splitlines())
    return {f"{kind} {role} {what}": rest for kind, role, what, rest in rows}


@cache
def prior(place: Place) -> dict[str, float]:
    """Return how frequent each surname or syllable is at a place, as shares.

    >>> prior("s")["김"] > prior("s")["박"] > prior("s")["궉"] > 0
    True
    """
    found = {}
    for word in _rows()[f"prior {_NAMES[place]} -"].split(" "):
        name = word.rstrip("0123456789")
        found[name] = _VALUES[int(word[len(name) :])]
    return found


def share_of(place: Place, name: str) -> float:
    """Return how frequent a surname or syllable is at a place, a small number for one never seen there.

    >>> share_of("f", "뷁")
    0.0001
    """
    return prior(place).get(name, RARE)


def spell_part(kind: str, role: str, what: str) -> dict[str, float]:
    """Return how an onset, a vowel or a coda is spelled, as shares; nothing for one that names do not have.

    >>> max(spell_part("coda", "any", "ㅇ").items(), key=lambda item: item[1])[0]
    'ng'
    """
    row = _rows().get(f"{kind} {role} {what}", "")
    pairs = (word.split("=") for word in row.split(" ") if word)
    return {"" if text == "-" else text: _VALUES[int(number)] for text, number in pairs}


def code_of(syllables: str) -> int:
    """Return the number of one or more syllables.

    >>> code_of("가"), code_of("가가")
    (1, 11174)
    """
    code = 0
    for point in map(ord, syllables):
        code = code * BASE + point - 0xABFF
    return code


def take_apart(place: Place, spelling: str) -> Candidates:
    """Return what a spelling may stand for at a place, the likeliest first; nothing where the table has no such spelling.

    >>> from regesta.names.korean.reading import hangul_of
    >>> [hangul_of(row[0]) for row in take_apart("l", "soo")][0]
    '수'
    """
    line = known()[place].get(spelling)
    if line is None:
        return ()
    found = []
    shares = prior(place)
    for word in line.split(" "):
        cut = 2 if "가" <= word[1] <= "힣" else 1
        name = word[:cut]
        code = ord(name) - 0xABFF if cut == 1 else code_of(name)
        if "," not in word:  # by habit alone, as most
            h = _VALUES[int(word[cut:])]
            row = (code, h, 0.0, _LEAK[1] * h, _LEAK[2] * h, shares[name])
        else:
            h, r, m, b = (
                _VALUES[int(text)] if text else 0.0 for text in (*word[cut:].split(","), "", "")[:4]
            )
            row = (code, h + _LEAK[0] * (m + b), r, m + _LEAK[1] * h, b + _LEAK[2] * h, shares[name])
        found.append((row[1] + row[2] + row[3] + row[4], row))
    if len(found) == 1:
        return (found[0][1],)
    found.sort(reverse=True)
    least = found[0][0] * _LEAST
    return tuple([row for strength, row in found if strength > least])
