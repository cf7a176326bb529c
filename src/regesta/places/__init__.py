"""The gazetteer: is this word a country, a city, a region or a water, and whose people does this adjective name.

    gazetteer/countries.txt   written by hand: codes, names, demonyms, also of countries that are gone and of peoples
    gazetteer/regions.txt     written by hand: regions, seas, rivers, borders and spots of importance
    gazetteer/cities.txt      made by scripts/make_gazetteer.py from GeoNames (CC BY 4.0)

Names are compared without marks on letters and without a leading "the"; a name must begin with a capital ("turkey" is
no country). Being in the gazetteer does not make a word a place: "Jordan" and "Sofia" are also people; the caller
weighs that. No coordinates are held.
"""

from __future__ import annotations

from regesta.places.lookup import PlaceKind, country, country_name, demonym, is_place, kind

__all__ = ["PlaceKind", "country", "country_name", "demonym", "is_place", "kind"]
