"""How much room text takes, without a font at hand: generous widths by character, so that a guess is seldom too small.

    width_of("Seoul", 12)  -> 36.0        shorten("Ministry of Unification", 60, 12)  -> "Ministr…"

The sizes are those of `drawing.css`. A character of East Asian width takes a whole em, a combining mark nothing. Real fonts are
up to a fifth narrower; that is air around the label. Not here: shaping, ligatures and right-to-left runs, whose width is
that of their letters.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from regesta.drawing.svg import letters, num, titled

__all__ = ["LARGE", "LINE", "SMALL", "shorten", "width_of", "written"]

LARGE: Final = 12
"""Pixels: names, values, the legend."""
SMALL: Final = 10.5
"""Pixels: ticks and notes."""
LINE: Final = 15
"""Pixels from one line of text to the next."""

_NARROW: Final = frozenset(" ijlftr.,:;'|!()[]IJ/’‘·")
_WIDE: Final = frozenset("mwMW@%—…≈≥≤")
_MEASURED: Final = 400


@lru_cache(8192)
def width_of(text: str, size: float = LARGE) -> float:
    """Return the pixels that text needs at a size of letters, rather too many.

    >>> width_of("1997", 10) < width_of("MMMM", 10) < width_of("한국어말", 10)
    True
    """
    return size * sum(map(_em, text[:_MEASURED]))


@lru_cache(4096)
def _em(char: str) -> float:
    if char in _NARROW:
        return 0.37
    if char in _WIDE:
        return 0.95
    if char < "\u0300":
        return 0.72 if char.isupper() else 0.6
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Mn"}:
        return 0.0
    return 1.0 if unicodedata.east_asian_width(char) in "WF" else 0.7


def shorten(text: str, width: float, size: float = LARGE) -> str:
    """Return text that fits, cut with an ellipsis where it must; nothing where not even two letters fit.

    >>> shorten("Vladivostok", 200), shorten("Vladivostok", 50), shorten("Vladivostok", 10)
    ('Vladivostok', 'Vladi…', '')
    """
    text = " ".join(text[: 2 * _MEASURED].split())
    if width_of(text, size) <= width and len(text) <= _MEASURED:
        return text
    room = width - size * _em("…")
    kept = 0
    for char in text[:_MEASURED]:
        room -= size * _em(char)
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip() + "…" if kept >= 2 else ""


def written(
    words: str, x: float, y: float, class_: str, *, anchor: str = "", size: float = SMALL, most: float = 0
) -> str:
    """Return a line of text, with the whole as its title where `most` pixels cut it."""
    shown = shorten(words, most, size) if most else words
    if not shown:
        return ""
    whole = titled(words) if shown != words and width_of(words, size) > most > 0 else ""
    side = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text class="{class_}" x="{num(x)}" y="{num(y)}"{side}>{whole}{letters(shown)}</text>'
