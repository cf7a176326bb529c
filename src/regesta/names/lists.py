"""Lists of names, read on first use: lower case, plain letters without marks, one token each.

    "Jean-Pierre" -> "jean" and "pierre"      a hyphenated token is a given name if all its parts are
    "Müller"      -> "muller"                 marks are folded on both sides
    "Shin-jo"     -> Korean syllables         so is a token whose parts are all syllables of Korean given names

A *weak* token is in a list and is also an ordinary English word or a place: "Will", "Rose", "Paris". It counts as a name
only where something else says so.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from regesta.names.cyrillic import is_cyrillic, is_surname_form, latin_forms
from regesta.text.letters import UNDIVIDED

__all__ = [
    "asian_surnames",
    "fold",
    "given_names",
    "is_east_asian_given",
    "is_given",
    "is_native_surname",
    "is_surname",
    "is_weak",
    "korean_surnames",
    "surnames",
]

_FOLDER: Final = Path(__file__).parent / "lists"
_SPELLED: Final = str.maketrans(
    {
        **UNDIVIDED,
        "ə": "a",
        "’": "'",
        "‘": "'",
        "ʻ": "'",
        "ʼ": "'",
        "`": "'",
        "‐": "-",
        "‑": "-",
        "–": "-",
    }
)  # letters that Unicode does not take apart, and the hyphens and apostrophes of names
_SHORTEST: Final = 2
"""Letters of a word in Cyrillic that is never a given name by itself."""
_MAX_TOKEN: Final = 60  # letters; no name is longer, and folding stays cheap


def fold(token: str) -> str:
    """Return the token in lower case and plain letters, as the lists hold it.

    >>> fold("Łukasiewicz"), fold("Lan’kov"), fold("Nguyễn")
    ('lukasiewicz', "lan'kov", 'nguyen')
    """
    token = token[:_MAX_TOKEN].lower()
    if token.isascii():
        return token
    taken_apart = unicodedata.normalize("NFKD", token.translate(_SPELLED))
    return "".join(char for char in taken_apart if not unicodedata.combining(char))


@cache
def given_names() -> frozenset[str]:
    """Return all given names, folded.

    >>> {"olga", "mohammed", "ngoc", "jean"} <= given_names()
    True
    """
    return frozenset((_FOLDER / "given.txt").read_text("utf-8").split())


@cache
def surnames() -> frozenset[str]:
    """Return all surnames, folded.

    >>> {"schmidt", "garcia", "ivanov", "nguyen", "pak"} <= surnames()
    True
    """
    return frozenset((_FOLDER / "surnames.txt").read_text("utf-8").split())


@cache
def _weak() -> frozenset[str]:
    return frozenset((_FOLDER / "weak.txt").read_text("utf-8").split())


@cache
def _asian() -> dict[str, list[str]]:
    """Return the rows of the East Asian file: label -> words."""
    rows = (line.partition(":") for line in (_FOLDER / "asian.txt").read_text("utf-8").splitlines())
    return {label: words.split() for label, _, words in rows if not label.startswith("#")}


@cache
def korean_surnames() -> Mapping[str, int]:
    """Return romanised Korean surnames with how often each spelling was seen.

    >>> korean_surnames()["kim"] > korean_surnames()["pak"] > 0
    True
    """
    pairs = (word.split("=") for word in _asian()["korean-surnames"])
    return MappingProxyType({name: int(count) for name, count in pairs})


@cache
def asian_surnames() -> frozenset[str]:
    """Return the romanised surnames of Korean, Chinese and Vietnamese, which stand before the given name.

    >>> {"kim", "zhang", "nguyen", "chiang"} <= asian_surnames()
    True
    """
    rows = _asian()
    return frozenset((*korean_surnames(), *rows["chinese-surnames"], *rows["vietnamese-surnames"]))


@cache
def _asian_given() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    rows = _asian()
    return tuple(  # type: ignore[return-value]
        frozenset(rows[label]) for label in ("korean-syllables", "chinese-syllables", "vietnamese-given")
    )


@cache
def _native_surnames() -> frozenset[str]:
    return frozenset((*_asian()["hangul-surnames"], *_asian()["han-surnames"]))


def is_native_surname(text: str) -> bool:
    """Return whether a name in Hangul or Han letters begins with a surname of one or two of them.

    >>> is_native_surname("김민수"), is_native_surname("歐陽修"), is_native_surname("편지")
    (True, True, False)
    """
    return text[:1] in _native_surnames() or text[:2] in _native_surnames()


@lru_cache(maxsize=4096)
def is_east_asian_given(token: str) -> bool:
    """Return whether the token is one to three syllables of Korean, Chinese or Vietnamese given names.

    Joined syllables count where a cut exists ("Zedong", "Jisoo"); so the test is meant for words that stand by an East
    Asian surname, not for any word.

    >>> [is_east_asian_given(x) for x in ("Shin-jo", "Jisoo", "Zedong", "Kai-shek", "Van", "Basinger")]
    [True, True, True, True, True, False]
    """
    parts = fold(token).replace("'", "").split("-")
    if not 1 <= len(parts) <= 3 or not all(part.isalpha() for part in parts):
        return False
    if len(parts) > 1 and token.split("-")[1][:1].islower() and all(len(part) <= 6 for part in parts):
        return True  # "Kai-shek", "Hsiao-p'ing": the small letter after the hyphen is the sign
    for syllables in _asian_given():
        if all(part in syllables for part in parts):
            return True
        if len(parts) == 1 and any(
            parts[0][:cut] in syllables and parts[0][cut:] in syllables for cut in range(1, len(parts[0]))
        ):
            return True
    return False


@lru_cache(maxsize=1 << 15)
def is_given(token: str) -> bool:
    """Return whether the token is a given name, weak ones included.

    >>> [is_given(x) for x in ("Jean-Pierre", "Olga", "Shin-jo", "Lieutenant", "Ольгу")]
    [True, True, True, False, True]
    """
    known = given_names()
    word = fold(token)
    if word in known:
        return True
    if is_cyrillic(word):
        return len(word) > _SHORTEST and any(latin in known for _, latin in latin_forms(token))
    if "-" not in word:
        return False
    parts = word.split("-")
    if all(part in known for part in parts) and not _weak().issuperset(parts):
        return True
    syllables = _asian_given()[0]
    return len(parts) == 2 and all(part in syllables for part in parts)


@lru_cache(maxsize=1 << 15)
def is_surname(token: str) -> bool:
    """Return whether the token is a surname, weak ones included; of a double one, both parts must be.

    >>> [is_surname(x) for x in ("Müller", "Garcia-Lopez", "Park", "Lieutenant")]
    [True, True, True, False]
    """
    word = fold(token)
    known = surnames()
    if word in known or ("'" in word and word.replace("'", "") in known):  # "Ch'oe"
        return True
    if is_cyrillic(word):
        return is_surname_form(token.lower())
    if "-" not in word:
        return False
    parts = word.split("-")
    return all(part in known for part in parts) and not _weak().issuperset(parts)  # "in-law"


def is_weak(token: str) -> bool:
    """Return whether the token is a name that is also an ordinary word or a place.

    >>> [is_weak(x) for x in ("Will", "Rose", "Paris", "Olga")]
    [True, True, True, False]
    """
    return fold(token) in _weak()
