"""Korean personal names in any spelling: which Hangul name a string stands for, and whether two strings are one name.

    hangul.py     syllables as numbers, the law of initial sounds       systems.py   the regular romanisations, as rules
    spelling.py   a name as written -> tokens                           table.py     spelling -> syllables, counted
    parts.py      a spelling never seen, by onset, vowel and coda       hanja.py     readings of Han characters
    foreign.py    how likely the string is as another name              reading.py   a name parsed once into weighted readings
    pairs.py      arrays of pairs -> probabilities                      explaining.py   one pair, in words
    varying.py    how else a name is spelled

The tables lie in `tables/`, made by `scripts/make_korean.py`; the model is written down in docs/guide/korean-names.md. Names
that are not Korean are compared elsewhere; that two people share a name is for `resolution` to weigh.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regesta.names.korean.explaining import Explanation, Reading, explain, readings
    from regesta.names.korean.pairs import KoreanNames
    from regesta.names.korean.varying import VARIANT_SYSTEMS, Variant, variants

__all__ = [
    "VARIANT_SYSTEMS",
    "Explanation",
    "KoreanNames",
    "Reading",
    "Variant",
    "explain",
    "readings",
    "variants",
]

_HOME = {"KoreanNames": "pairs", "VARIANT_SYSTEMS": "varying", "Variant": "varying", "variants": "varying"}


def __getattr__(name: str) -> object:
    """Import what is asked for, when it is first asked for; the tables are read later still."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME.get(name, 'explaining')}"), name)
    globals()[name] = value
    return value
