"""Reading the gazetteer's four files into one dictionary, on first use, and looking names up in it.

    "The HAGUE" -> "hague"? no: a leading article goes, capitals of headings are lowered to a title, marks are folded:
    "Łódź" -> "Lodz" -> ("city", "PL")

Earlier files win: a country before a region before a city.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import filterfalse
from pathlib import Path
from typing import Final, Literal, cast

__all__ = ["PlaceKind", "country", "country_name", "demonym", "is_place", "kind"]

PlaceKind = Literal["country", "city", "region", "water"]

_FOLDER: Final = Path(__file__).parent / "gazetteer"
_SPELLED: Final = str.maketrans(
    {
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "þ": "th",
        "Þ": "Th",
        "’": "'",
        "‘": "'",
        "ʻ": "'",
        "–": "-",
    }
)  # letters that Unicode does not take apart


def country(word: str) -> str | None:
    """Return the code of the country (ISO 3166-1, 3166-3 for those that are gone, `x-` for peoples), else None.

    >>> country("Republic of Korea"), country("East Germany"), country("Suède"), country("turkey")
    ('KR', 'DDDE', 'SE', None)
    """
    return _countries().get(_key(word))


def country_name(code: str) -> str | None:
    """Return the usual English name of a code.

    >>> country_name("DDDE"), country_name("x-kurds")
    ('East Germany', 'Kurdistan')
    """
    return _names().get(code)


@lru_cache(maxsize=1 << 15)
def demonym(word: str) -> str | None:
    """Return the code of the country or people that an adjective or noun names, in the singular or plural.

    >>> demonym("Soviet"), demonym("East Germans"), demonym("Frenchmen"), demonym("Tibetan"), demonym("polish")
    ('SUHH', 'DDDE', 'FR', 'x-tibet', None)
    """
    return _demonyms().get(_key(word))


def is_place(name: str) -> bool:
    """Return whether the gazetteer has this name; it must begin with a capital.

    >>> is_place("Gdańsk"), is_place("the Soviet Union"), is_place("Sea of Japan"), is_place("mobile")
    (True, True, True, False)
    """
    return kind(name) is not None


@lru_cache(maxsize=1 << 15)
def kind(name: str) -> PlaceKind | None:
    """Return what kind of place has this name, None where the gazetteer has none.

    >>> kind("Yalu River"), kind("Siberia"), kind("Vienna"), kind("Cuba"), kind("Smith")
    ('water', 'region', 'city', 'country', None)
    """
    key = _key(name)
    if not key:
        return None
    if key in _countries():
        return "country"
    if (found := _regions().get(key)) is not None:
        return found
    return "city" if key in _cities() else None


def _key(name: str) -> str:
    """Return the form under which names are kept; empty for what cannot be a name."""
    if name[:4].lower() == "the ":
        name = name[4:]
    if not name[:1].isupper():
        return ""
    if len(name) > 4 and name.isupper():  # a heading; "USSR" and "DPRK" are names
        name = name.title() if "." not in name else name
    return name if name.isascii() else _folded(name)


def _folded(name: str) -> str:
    """Return the name in plain letters."""
    taken_apart = unicodedata.normalize("NFKD", name.translate(_SPELLED))
    return "".join(filterfalse(unicodedata.combining, taken_apart))


def _rows(file: str) -> Iterator[list[str]]:
    """Yield the cells of each line that is not a comment."""
    for line in (_FOLDER / file).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("|")


@cache
def _country_rows() -> list[list[str]]:
    return list(_rows("countries.txt"))


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, names, *_ in [*_country_rows(), *_rows("countries_abroad.txt")]:
        for name in names.split(";"):
            found.setdefault(_key(name), code)
    found.pop("", None)
    return found


@cache
def _names() -> dict[str, str]:
    return {code: names.split(";")[0] or demonyms.split(";")[0] for code, names, demonyms in _country_rows()}


@cache
def _demonyms() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, _, demonyms in _country_rows():
        for word in demonyms.split(";"):
            key = _key(word)
            if key:
                found.setdefault(key, code)
                found.setdefault(_plural(key), code)
    return found


def _plural(word: str) -> str:
    """Return the plural of a demonym; those in -ese, -sh, -ch and -ss have none of their own."""
    if word.endswith("man") and word.endswith(
        ("hman", "tsman", "nchman", "xman", "shman", "woman", "tchman")
    ):
        return word[:-2] + "en"
    if word.endswith(("s", "sh", "ch", "ese", "x")):
        return word
    return word + "s"


@cache
def _regions() -> dict[str, PlaceKind]:
    found: dict[str, PlaceKind] = {}
    for what, names in _rows("regions.txt"):
        for name in names.split(";"):
            found.setdefault(_key(name.partition("=")[0]), cast("PlaceKind", what))
    return found


@cache
def _cities() -> frozenset[str]:
    return frozenset((_FOLDER / "cities.txt").read_text("utf-8").split("\n")[1:])
