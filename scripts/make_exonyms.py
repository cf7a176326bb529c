#!/usr/bin/env python3
"""Write `src/regesta/places/gazetteer/countries_abroad.txt`: what countries are called in the languages that documents are read in.

    pip install babel && python scripts/make_exonyms.py

Source: the Unicode Common Locale Data Repository (https://cldr.unicode.org, Unicode License), as packed by Babel (BSD-3-Clause). Names
that the written lists of countries, regions and cities have already are left out, and those that are a word of English or
mostly a name of people: "Island" is Iceland to half of Europe.
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale

from regesta import places
from regesta.places import lookup

LANGUAGES = "de fr es it pt nl pl sv da nb cs ru uk".split()
TARGET = Path(__file__).parent.parent / "src/regesta/places/gazetteer/countries_abroad.txt"
HEADER = "# Names of countries in {}; made by scripts/make_exonyms.py from CLDR, Unicode License"
OTHERWISE = frozenset(
    "Island Indie Dania Dominika Dominique Guadalupe Malte Maurice Mauricio Maurício".split()
)
"""Words of English, and names that people bear more often than countries."""


def exonyms() -> dict[str, list[str]]:
    """Return the names of each country that English does not use."""
    found: dict[str, list[str]] = {}
    codes = {row[0] for row in lookup._country_rows() if len(row[0]) == 2}  # noqa: SLF001 - the files are made for it
    taken: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in sorted(Locale(language).territories.items()):
            key = lookup._key(name)  # noqa: SLF001 - the same
            if code not in codes or not key or "(" in name or name in OTHERWISE or places.is_place(name):
                continue
            if taken.setdefault(key, code) == code and name not in found.setdefault(code, []):
                found[code].append(name)
    return found


def main() -> None:
    """Write the file."""
    TARGET.write_text("", "utf-8")  # what an earlier run wrote is no reason to leave a name out
    lines = [HEADER.format(" ".join(LANGUAGES))]
    lines += [f"{code}|{';'.join(known)}" for code, known in sorted(exonyms().items()) if known]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
