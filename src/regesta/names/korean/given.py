"""The readings of a given name: cut at its hyphens or, where it is joined, wherever both sides can be read.

    Yong-ch'ol   two syllables      Yongchol   cut in two wherever it can be      Haneulbit   three, which are rare

Of very many readings only the strongest go on.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from regesta.names.korean.pieces import KEPT, LEAST, LENGTHS, MAX_WORD, POOR, Given, look
from regesta.names.korean.table import BASE, MIX, Candidates, known

__all__ = ["cuts_of", "readings_of_given"]

_WIDEST: Final = 5  # readings of one piece that go on
_H, _R, _M, _B = MIX
_SQUARE: Final = BASE**2
_CUBE: Final = BASE**3


@lru_cache(maxsize=1 << 15)
def readings_of_given(given: str) -> tuple[Given, ...]:
    """Return the readings of a given name, cut at its hyphens or, where it is joined, wherever it can be."""
    parts = [part for part in given.split("-") if part]
    if not 1 <= len(parts) <= 3 or sum(map(len, parts)) > MAX_WORD:
        return ()
    found: list[Given] = []
    if len(parts) == 2:
        found = _two(look("f", parts[0]), look("l", parts[1]))
        if not found:
            for cut in cuts_of(parts[0]):
                found += _three(look("f", parts[0][:cut]), look("l", parts[0][cut:]), look("l", parts[1]))
            for cut in cuts_of(parts[1]):
                found += _three(look("f", parts[0]), look("l", parts[1][:cut]), look("l", parts[1][cut:]))
    elif len(parts) == 3:
        found = _three(look("f", parts[0]), look("l", parts[1]), look("l", parts[2]))
    else:
        word = parts[0]
        for cut in cuts_of(word):
            found += _two(look("f", word[:cut]), look("l", word[cut:]))
        if len(word) <= 8 and (not found or word in known()["f"]):
            found += _one(look("f", word))
        if len(word) >= 6 and all(row[0] < POOR for row in found):
            found += _three_joined(word)
        if not found:
            first, later = known()["f"], known()["l"]
            for cut in range(1, len(word)):
                if word[:cut] in first or word[cut:] in later:
                    found += _two(look("f", word[:cut]), look("l", word[cut:]))
    found.sort(reverse=True)
    kept: dict[int, Given] = {}
    for row in found[: 3 * KEPT]:
        old = kept.get(row[1])
        kept[row[1]] = row if old is None else _sum(old, row)
        if len(kept) == KEPT or row[0] < found[0][0] * LEAST:
            break
    return tuple(kept.values())


def _sum(one: Given, other: Given) -> Given:
    """Return the sum of two ways to come to the same syllables."""
    strength, code, power, h, r, m, b, shares = one
    return strength + other[0], code, power, h + other[3], r + other[4], m + other[5], b + other[6], shares


def _one(rows: Candidates) -> list[Given]:
    """Return the readings as a given name of one syllable."""
    p = LENGTHS[1]
    return [
        (p * (_H * h + _R * r + _M * m + _B * b), code, BASE, p * h, p * r, p * m, p * b, seen)
        for code, h, r, m, b, seen in rows
    ]


def _two(first: Candidates, second: Candidates) -> list[Given]:
    """Return the readings as a given name of two syllables."""
    p = LENGTHS[2]
    found = []
    for one, ph, pr, pm, pb, seen in first[:_WIDEST]:
        h, r, m, b = p * ph, p * pr, p * pm, p * pb
        found += [
            (
                _H * h * sh + _R * r * sr + _M * m * sm + _B * b * sb,
                one * BASE + two,
                _SQUARE,
                h * sh,
                r * sr,
                m * sm,
                b * sb,
                seen + s,
            )
            for two, sh, sr, sm, sb, s in second[:_WIDEST]
        ]
    return found


def _three(first: Candidates, second: Candidates, third: Candidates) -> list[Given]:
    """Return the readings as a given name of three syllables."""
    p = LENGTHS[3] / LENGTHS[2]
    found = []
    for strength, code, _, ph, pr, pm, pb, seen in sorted(_two(first, second), reverse=True)[:4]:
        if strength > 0:
            h, r, m, b = p * ph, p * pr, p * pm, p * pb
            found += [
                (
                    _H * h * sh + _R * r * sr + _M * m * sm + _B * b * sb,
                    code * BASE + last,
                    _CUBE,
                    h * sh,
                    r * sr,
                    m * sm,
                    b * sb,
                    seen + s,
                )
                for last, sh, sr, sm, sb, s in third[:3]
            ]
    return found


def cuts_of(word: str) -> list[int]:
    """Return where a joined word can be cut in two that the table knows."""
    first, later = known()["f"], known()["l"]
    return [cut for cut in range(1, len(word)) if word[cut:] in later and word[:cut] in first]


def _three_joined(word: str) -> list[Given]:
    """Return the readings of a joined word as three syllables."""
    heads, later = known()["f"], known()["l"]
    found: list[Given] = []
    for first in range(1, min(7, len(word) - 1)):
        if word[:first] not in heads:
            continue
        for second in range(first + 1, min(first + 7, len(word))):
            if word[first:second] in later and word[second:] in later:
                found += _three(
                    look("f", word[:first]), look("l", word[first:second]), look("l", word[second:])
                )
    return found
