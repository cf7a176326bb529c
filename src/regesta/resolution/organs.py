"""Keys of organisations and facilities: equal keys are one body or one building.

    "Ministry of Unification of South Korea", "South Korean Unification Ministry"  ->  of KR: ministry unification
    "World Food Programme (WFP)", "WFP"                                            ->  world food program
    "Embassy of Japan in Beijing", "Japanese embassy, Beijing"                     ->  of JP: embassy, in that city
    "Department of Physics"                                                        ->  None: every university has one

What every country has (a ministry, an army, a supreme court) is a key only with its country.
"""

from __future__ import annotations

import re
from typing import Final

from regesta.places import settled
from regesta.resolution.wording import lexicon, owned, short_form, words_of

__all__ = ["facility_key", "organisation_key"]

_SMALL: Final = frozenset("of the for and on in to at s".split())
_JOINING: Final = frozenset("of the at in".split())
_ACRONYM: Final = re.compile(r"(?:[A-Z][.&]?\s?){2,7}s?")
_MISSION: Final = re.compile(
    r"(?P<what>embassy|consulate[- ]general|consulate|legation|high commission)", re.IGNORECASE
)
_IN: Final = re.compile(r"^(?P<owner>.*?)\s*(?:,|\bin\b|\bat\b)\s+(?P<place>[^,]+?)$")


def organisation_key(name: str, near: frozenset[str]) -> str | None:
    """Return the key of an organisation, None where the name alone does not say which one.

    >>> organisation_key("The Whale Defence Organisation, Inc.", frozenset())
    'whale defense organization'
    >>> organisation_key("Foreign Ministry", frozenset()), organisation_key("Foreign Ministry", frozenset({"JP"}))
    (None, 'affairs foreign ministry @JP')
    """
    if (parts := short_form(name)) is not None:
        name = parts[0]
    words = _without_legal_form(words_of(name))
    if not words:
        return None
    whole = " ".join(words)
    if (known := lexicon().known.get(whole)) is not None and (
        len(whole) > 4 or name.replace(".", "").isupper()
    ):
        return known
    if _ACRONYM.fullmatch(name):
        return None
    if _is_generic(words):
        return _of_country(words, near, None)
    left, code = owned(name)
    if code is not None:
        core = _without_legal_form(words_of(left))
        if core and _is_generic(core) and not lexicon().groups["about"].intersection(core):
            return _of_country(core, near, code) or whole
    groups = lexicon().groups
    if words[0] in groups["school"] and groups["academic"].intersection(words):
        return _sorted(words, _JOINING)
    if words[-1] in groups["academic"] and groups["school"].intersection(words):
        return _sorted(words, _JOINING)
    return whole


def facility_key(name: str, near: frozenset[str]) -> str | None:
    """Return the key of a facility, None where the name alone does not say which one.

    >>> facility_key("the Embassy of Japan in Beijing", frozenset()) == facility_key("Japanese embassy, Beijing", frozenset())
    True
    >>> facility_key("Camp No. 15", frozenset({"KP"})), facility_key("Central Prison", frozenset({"KP"}))
    ('camp n15 @KP', None)
    """
    if (mission := _MISSION.search(name)) is not None:
        return _mission(name, mission)
    if (parts := short_form(name)) is not None:
        name = parts[0]
    words = words_of(name)
    if not words:
        return None
    words = [f"n{int(word)}" if word.isdecimal() and len(word) < 9 else word for word in words]
    generic = lexicon().groups["facility"]
    numbered = [word for word in words if word[:1] == "n" and word[1:].isdecimal()]
    if all(word in generic or word in numbered for word in words):
        if not numbered or len(near) != 1:
            return None
        return f"{_sorted(words)} @{next(iter(near))}"
    turn = lexicon().groups["turn"]
    if len(words) > 2 and words[0] in turn and words[1] == "of":
        words = [*words[2:], words[0]]
    return " ".join(words)


def _mission(name: str, mission: re.Match[str]) -> str | None:
    """Return the key of an embassy or consulate: whose, and where."""
    head, tail = name[: mission.start()].strip(), name[mission.end() :].strip()
    what = mission["what"].lower().replace("-", " ")
    match = _IN.fullmatch(tail) if tail else None
    place = match["place"] if match else ""
    owner = (match["owner"] if match else tail).strip(" ,")
    _, code = owned(f"{head} X") if head not in {"", "the", "The"} else owned(f"X {owner}")
    where = settled(place.removesuffix(" City")) if place else None
    if code is None or where is None or where.kind != "city":
        return None
    return f"{what} of {code} in {where.id}"


def _without_legal_form(words: list[str]) -> list[str]:
    legal = lexicon().groups["legal"]
    end = len(words)
    if end > 2 and words[-2:] == ["a", "s"]:
        end -= 2
    while end > 1 and words[end - 1] in legal:
        end -= 1
    if end > 1 and words[end - 1] == "co":
        return [*words[: end - 1], "company"]
    return words[:end]


def _is_generic(words: list[str]) -> bool:
    return lexicon().groups["generic"].issuperset(words)


def _of_country(words: list[str], near: frozenset[str], code: str | None) -> str | None:
    """Return the key of a body that every country has, with its country."""
    groups = lexicon().groups
    if groups["school"].intersection(words) and groups["academic"].intersection(words):
        return None
    if not groups["organ"].intersection(words):
        return None
    if code is None:
        if len(near) != 1:
            return None
        code = next(iter(near))
    if set(words) == {"foreign", "ministry"}:
        words = [*words, "affairs"]
    return f"{_sorted(words)} @{code}"


def _sorted(words: list[str], without: frozenset[str] = _SMALL) -> str:
    return " ".join(sorted(word for word in words if word not in without))
