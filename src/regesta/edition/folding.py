"""A text folded for comparison: letters and digits alone, in small plain form, with the places where words begin.

    "Kim Ch'ŏl-su's"  ──►  k i m c h o l s u s       words begin at k, c (of chol), o, s, s
    "김철수는"         ──►  김 철 수 는               each Han character, Kana and Hangul syllable is a token of its own

Case, accents, width and compatibility forms are no difference (Unicode NFKD, case folding); marks that join nothing are dropped:
modifier letters, combining marks, soft hyphens, joiners. What stands between words is a boundary and no more, so that a name is
the same however its parts are joined. All of it is arrays of numpy, a few passes over a text; nothing is searched here.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from regesta.text.letters import UNDIVIDED

__all__ = ["DIVIDER", "Folded", "fold_text"]

DIVIDER: Final = " \x01 "
"""Set between strings that are folded together: a token that stands in no pattern."""

_BETWEEN: Final = 0
_DROPPED: Final = -1
_SEVERAL: Final = -2
"""The character folds to several: a ligature, a sharp s."""
_OWN: Final = {**UNDIVIDED, "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k"}
"""Letters that Unicode does not decompose."""
_EAST: Final = (
    (0x1100, 0x1200),
    (0x3040, 0x3100),
    (0x3400, 0xA000),
    (0xAC00, 0xD7A4),
    (0xF900, 0xFB00),
    (0x20000, 0x32000),
)
"""Hangul, Kana and Han: written without spaces, or with endings glued on."""

Codes = NDArray[np.int32]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Folded:
    """What is left of a text, and where it stood."""

    codes: NDArray[np.uint64]
    """Code points of the letters and digits, folded."""
    origin: Places
    """Of each code where its character stood in the text."""
    tokens: Places
    """Indices into `codes` at which a token begins, and the number of codes at the end."""
    words: Places
    """As `tokens`, of words: what stands between two boundaries."""


def fold_text(text: str) -> Folded:
    """Return a text folded.

    >>> folded = fold_text("Łukasz-K. ﬁnd")
    >>> "".join(map(chr, folded.codes)), folded.words.tolist()
    ('lukaszkfind', [0, 6, 7, 11])
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = _codes_of(points)
    places = np.arange(len(codes), dtype=np.int64)
    if (codes == _SEVERAL).any():
        codes, places = _spread(points, codes)
    seen = codes != _DROPPED
    if not seen.all():
        codes, places = codes[seen], places[seen]
    kept = codes > _BETWEEN
    before = np.empty(len(codes), dtype=bool)
    before[:1] = True
    before[1:] = ~kept[:-1]
    squeezed = codes[kept]
    starts = before[kept]
    alone = _is_east(squeezed)
    fine = starts.copy()
    if alone.any():
        fine |= alone
        fine[1:] |= alone[:-1]
    end = [len(squeezed)]
    return Folded(
        squeezed.astype(np.uint64),
        places[kept],
        np.append(np.flatnonzero(fine), end).astype(np.int64),
        np.append(np.flatnonzero(starts), end).astype(np.int64),
    )


_TABLE_SIZE: Final = 0x3000
"""Code points below are looked up in one table, others one by one."""


def _codes_of(points: NDArray[np.uint32]) -> Codes:
    table = _table()
    if not len(points) or int(points.max()) < _TABLE_SIZE:
        return table[points]
    low = points < _TABLE_SIZE
    codes = np.empty(len(points), dtype=np.int32)
    codes[low] = table[points[low]]
    high = points[~low]
    known, where = np.unique(high, return_inverse=True)
    codes[~low] = np.array([_code(int(point)) for point in known], dtype=np.int32)[where]
    return codes


@lru_cache(maxsize=1)
def _table() -> Codes:
    return np.array([_code(point) for point in range(_TABLE_SIZE)], dtype=np.int32)


def _code(point: int) -> int:
    if point == 1:
        return 1
    folded = _folded(point)
    if len(folded) > 1:
        return _SEVERAL
    if folded:
        return ord(folded)
    return _DROPPED if unicodedata.category(chr(point)) in ("Mn", "Me", "Lm", "Cf") else _BETWEEN


@lru_cache(maxsize=1 << 16)
def _folded(point: int) -> str:
    """Return what a character folds to: letters and digits, perhaps none."""
    sign = chr(point)
    if 0xAC00 <= point < 0xD7A4:
        return sign
    if unicodedata.category(sign) == "Lm":
        return ""
    plain = unicodedata.normalize("NFKD", sign).casefold()
    plain = "".join(_OWN.get(x, x) for x in plain)
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(x for x in plain if x.isalnum())


def _spread(points: NDArray[np.uint32], codes: Codes) -> tuple[Codes, Places]:
    """Return the codes with each character that folds to several in as many places."""
    several = np.flatnonzero(codes == _SEVERAL)
    lengths = np.ones(len(codes), dtype=np.int64)
    lengths[several] = [len(_folded(int(points[i]))) for i in several]
    places = np.repeat(np.arange(len(codes), dtype=np.int64), lengths)
    spread = codes[places]
    first = np.cumsum(lengths) - lengths
    for i in several:
        made = _folded(int(points[i]))
        spread[first[i] : first[i] + len(made)] = [ord(x) for x in made]
    return spread, places


def _is_east(codes: Codes) -> NDArray[np.bool_]:
    found = np.zeros(len(codes), dtype=bool)
    if len(codes) and int(codes.max()) >= _EAST[0][0]:
        for low, high in _EAST:
            found |= (codes >= low) & (codes < high)
    return found
