"""Latin letters that Unicode does not take apart, spelled with plain ones.

A letter with an accent is a plain letter and a mark in normal form NFKD, and the mark can be left out. A letter with a
stroke, a ligature, a dotless i have no such form, so whoever folds names, places or words needs this list too. What else
is folded (apostrophes, hyphens, marks) differs from use to use and stands there.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["UNDIVIDED"]

UNDIVIDED: Final[Mapping[str, str]] = MappingProxyType(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Small letters with what they are folded to.

>>> "Łødź".lower().translate(str.maketrans(dict(UNDIVIDED)))
'lodź'
"""
