"""The gazetteer: is this word a place, whose people does this adjective name, and which place is meant, with coordinates.

    gazetteer/countries.txt   written by hand: codes, names, demonyms, also of countries that are gone and of peoples
    gazetteer/countries_abroad.txt   made by scripts/make_exonyms.py from CLDR: what other languages call countries
    gazetteer/regions.txt     written by hand: regions, seas, rivers, borders and spots of importance
    gazetteer/cities.txt      made by scripts/make_gazetteer.py from GeoNames (CC BY 4.0)
    gazetteer/atlas.txt       made by scripts/make_places.py: countries, divisions, cities, with ids and coordinates
    gazetteer/generic.txt     written by hand: the words that say what kind of place a name is of

`kind`, `country` and `demonym` are quick and loose: they read the first four files, for whoever reads a text. `identify`
and `settled` are strict and read the last two, for whoever decides what is the same place.

Names are compared without marks on letters and without a leading "the"; a name must begin with a capital ("turkey" is
no country). Being in the gazetteer does not make a word a place: "Jordan" and "Sofia" are also people; the caller
weighs that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.places.fold import folded
from regesta.places.generic import bare, says_nothing
from regesta.places.lookup import PlaceKind, country, country_name, demonym, is_place, kind

if TYPE_CHECKING:
    from regesta.places.atlas import AtlasKind, Candidate, identify, nearby, settled

__all__ = [
    "AtlasKind",
    "Candidate",
    "PlaceKind",
    "bare",
    "country",
    "country_name",
    "demonym",
    "folded",
    "identify",
    "is_place",
    "kind",
    "nearby",
    "says_nothing",
    "settled",
]

_OF_ATLAS = frozenset({"AtlasKind", "Candidate", "identify", "nearby", "settled"})


def __getattr__(name: str) -> object:
    """Return what is strict when it is first asked for: reading a text does without."""
    if name in _OF_ATLAS:
        from regesta.places import atlas

        return getattr(atlas, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
