"""Readings of Han characters in Korean names, from the field kHangul of Unicode's Unihan database.

    金大中 -> 김대중        a surname takes the reading that surnames have (金 is 김, not 금)
    李承晩 -> 이승만        the law of initial sounds holds at the beginning of surname and given name

Simplified characters have no Korean reading: a name with one is no Korean name. Which characters people choose is not known
here, only how they are read.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from pathlib import Path
from typing import Final

from regesta.names.korean.hangul import southern
from regesta.names.korean.spelling import DOUBLE_SURNAMES
from regesta.names.korean.table import prior

__all__ = ["is_han", "read_hanja"]

_FILE: Final = Path(__file__).parent / "tables/hanja.txt"
_WEIGHTS: Final = (1.0, 0.15, 0.05)


@cache
def _readings() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in _FILE.read_text("utf-8").splitlines():  # in order of first, second, third reading
        _, reading, chars = line.split(" ")
        for char in chars:
            found.setdefault(char, []).append(reading)
    return found


def is_han(char: str) -> bool:
    """Return whether the character is a Han character of the blocks in use.

    >>> is_han("金"), is_han("김")
    (True, False)
    """
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def read_hanja(text: str) -> dict[str, float]:
    """Return the Hangul readings of a name in Han characters with their shares; empty where one has no Korean reading.

    >>> max(read_hanja("金大中").items(), key=lambda item: item[1])[0], read_hanja("习近平")
    ('김대중', {})
    """
    table = _readings()
    if not 2 <= len(text) <= 4:
        return {}
    rows = [table.get(char, []) for char in text]
    if not all(rows):
        return {}
    cut = 2 if len(text) > 2 and rows[0][0] + rows[1][0] in DOUBLE_SURNAMES else 1
    shares = prior("s")
    found: dict[str, float] = {}
    for chosen in product(*(list(zip(row, _WEIGHTS, strict=False)) for row in rows)):
        syllables = [syllable for syllable, _ in chosen]
        syllables[cut] = southern(syllables[cut])
        weight = 1.0
        for _, share in chosen[cut:]:
            weight *= share
        if cut == 1:
            syllables[0] = southern(syllables[0])
            weight *= shares.get(syllables[0], 1e-6)
        name = "".join(syllables)
        found[name] = found.get(name, 0.0) + weight
    total = sum(found.values())
    return {name: weight / total for name, weight in found.items()}
