"""Names of things in a form that can be compared: words in small letters, spellings and numbers made alike.

    "The Organisation for Defence, Inc."  ->  organization for defense
    "Camp Number 15", "Camp No. 15"       ->  camp n15
    "South Korea's Unification Ministry"  ->  unification ministry, of KR

The words are data, `things.txt` beside this file. Nothing here decides what is the same; `things` does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from regesta.places import country, demonym, folded

__all__ = ["Words", "initials", "lexicon", "owned", "short_form", "split_year", "words_of"]

_FILE: Final = Path(__file__).parent / "things.txt"
_POSSESSIVE: Final = re.compile(r"['’‘]s?$")
_NUMBER: Final = re.compile(
    r"(?:\b(?:no|nr|number|num|n°|№)\b\.?|№|#)\s*(?P<n>\d{1,6}|[a-z]+)\b", re.IGNORECASE
)
_MAYBE: Final = re.compile(r"[#№°]|\b[Nn](?:[OoRr]|[Uu][Mm])")
_SHORT: Final = re.compile(r"(?P<long>.{3,}?)\s*\((?P<short>[A-Z][A-Za-z.&-]{1,9})\)\s*")
_YEAR: Final = re.compile(r"(?:\b(?:of|in|from)\s+|,\s*)?[(\[]?\b(?P<year>1[4-9]\d\d|20\d\d)\b[)\]]?")
_SMALL: Final = frozenset("of the for and on in to at de la du des und für y e".split())
_DIGITS: Final = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split()
    )
}
_CO: Final = re.compile(r"\bco (?=(?:operat|ordinat)\w)")
_ZED: Final = re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|ing|ation|ations|ational)$)")
_KEPT: Final = tuple(
    "advert exerc prom comprom surpr prais apprais prem expert enterpr franch merchand telev superv rev disgu parad "
    "treat improv prec conc cru dev adv chast dem desp exc inc rais".split()
)
"""Stems of words in -ise that are never written with a z."""


@dataclass(frozen=True, slots=True)
class Words:
    """The groups of `things.txt`; `generic` are those words that alone, or with each other, name no organisation."""

    same: dict[str, str]
    known: dict[str, str]
    groups: dict[str, frozenset[str]]


@cache
def lexicon() -> Words:
    """Return the words by which things are compared."""
    same: dict[str, str] = {}
    known: dict[str, str] = {}
    groups: dict[str, frozenset[str]] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        group, _, cell = line.partition("|")
        words = cell.split(";")
        if group == "same":
            same.update((word, words[0]) for word in words[1:])
        elif group == "known":
            known.update((word, words[0]) for word in words)
        else:
            groups[group] = frozenset(words)
    groups["generic"] = groups["subject"] | groups["organ"] | groups["academic"] | groups["school"]
    return Words(same, known, groups)


def words_of(name: str) -> list[str]:
    """Return the words of a name, alike in spelling, with `No. 2` as `n2`; none of an empty or an endless one.

    >>> words_of("The Organisation for Defence & Labour"), words_of("Camp Number Two")
    (['organization', 'for', 'defense', 'and', 'labor'], ['camp', 'n2'])
    """
    name = _POSSESSIVE.sub("", name.strip(" \t\n.,;:"))
    if _MAYBE.search(name):
        name = _NUMBER.sub(_number, name)
    same = lexicon().same
    plain = folded(name)
    if "co o" in plain:
        plain = _CO.sub("co", plain)
    return [same.get(word) or _spelled(word) for word in _split(plain)]


def _split(name: str) -> list[str]:
    """Return the words without the marks that fold leaves."""
    return [word for part in name.split() if (word := part.strip(",:;!?*…·~^|<>=+"))]


@lru_cache(16384)
def _spelled(word: str) -> str:
    """Return a word with -ize for -ise."""
    if len(word) > 7 and "is" in word and not word.startswith(_KEPT):
        return _ZED.sub("iz", word)
    return word


def _number(match: re.Match[str]) -> str:
    found = match["n"].lower()
    digits = found if found.isdigit() else _DIGITS.get(found)
    return match[0] if digits is None else f"n{int(digits)}"


def short_form(name: str) -> tuple[str, str] | None:
    """Return the long and the short form of a name that gives both, None where the letters do not fit.

    >>> short_form("World Food Programme (WFP)"), short_form("Berlin (West)")
    (('World Food Programme', 'WFP'), None)
    """
    match = _SHORT.fullmatch(name)
    if match is None:
        return None
    return (match["long"], match["short"]) if initials(match["long"], match["short"]) else None


def initials(long: str, short: str) -> bool:
    """Return whether a short form is made of the first letters of the words, or of the last four or more of them.

    Small words ("of", "for") may count or not. Of one long word they are letters in its order.

    >>> initials("Ministry of State Security", "MSS"), initials("Department of Justice", "DoJ"), initials("Smith", "S")
    (True, True, False)
    """
    letters = re.sub(r"[^a-z]", "", short.lower())
    words = folded(long).split()
    if len(letters) < 2 or not words:
        return False
    if len(words) == 1:
        rest = iter(words[0])
        return (
            len(letters) > 2
            and short.isupper()
            and words[0][0] == letters[0]
            and all(c in rest for c in letters)
        )
    every = "".join(word[0] for word in words)
    large = "".join(word[0] for word in words if word not in _SMALL)
    return letters in {every, large} or (len(letters) > 3 and letters == large[-len(letters) :])


def split_year(name: str) -> tuple[str, str]:
    """Return a title without its year and the year; the title whole where it has none or several.

    >>> split_year("Immigration Act of 1971"), split_year("1951 Refugee Convention"), split_year("Plan 1950-1953")
    (('Immigration Act', '1971'), ('Refugee Convention', '1951'), ('Plan 1950-1953', ''))
    """
    found = list(_YEAR.finditer(name))
    if len(found) != 1:
        return name, ""
    match = found[0]
    left = f"{name[: match.start()]} {name[match.end() :]}".strip(" ,")
    return (left, match["year"]) if left else (name, "")


def owned(name: str) -> tuple[str, str | None]:
    """Return a name without the country it tells of, and that country's code; None where it tells of none or of two.

    >>> owned("South Korean Ministry of Unification"), owned("Foreign Ministry of Japan"), owned("Radio Free Asia")
    (('Ministry of Unification', 'KR'), ('Foreign Ministry', 'JP'), ('Radio Free Asia', None))
    """
    words = name.split()
    if words and words[0] in {"The", "the"}:
        words = words[1:]
    for count in range(min(4, len(words) - 1), 0, -1):
        first = " ".join(words[:count]).rstrip(",")
        if (code := _country(_POSSESSIVE.sub("", first))) is not None:
            return " ".join(words[count:]), code
    for count in range(min(7, len(words) - 1), 0, -1):
        last = " ".join(words[-count:])
        if (code := _country(last.strip("()"))) is not None:
            left = words[:-count]
            before = left[-1].lower()
            if before in {"of", "the"} or left[-1].endswith(",") or last.startswith("("):
                while left and left[-1].lower() in {"of", "the"}:
                    left.pop()
                return " ".join(left).rstrip(","), code
    return name, None


@lru_cache(16384)
def _country(words: str) -> str | None:
    words = words.removeprefix("the ")
    code = country(words) or demonym(words)
    return None if code is None or code in {"x-jews", "x-arabs", "x-west"} else code
