"""Whether two values of one predicate exclude one another: rules over `predicates.toml` and `exclusive.toml`.

    accused_kin   father             grandfather                  exclude
    accused_kin   father             parent                       one says the other more precisely
    vehicle       fishing boat       MiG-15                       exclude: water, air
    vehicle       fishing boat       Sirius                       nothing is known of a Sirius
    rank          captain            major                        exclude
    rank          colonel            colonel of artillery         one says the other more precisely
    status        refugee status     refused refugee status       exclude

Only words are looked at. Whether the two are told of one time, one event and one person is for the caller to know; and so
is what it means that they exclude one another.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from regesta.errors import VocabularyError
from regesta.vocab.lexicon import Kin, lexicon
from regesta.vocab.terms import predicates

__all__ = ["classes_of", "excludes"]

_HERE: Final = Path(__file__).parent / "exclusive.toml"
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_LONGEST: Final = 400
"""Code points of a value that are looked at."""
_EMPTY: Final = frozenset(
    "a an the of in on at by with and from his her their its to into was were been aboard".split()
)
_VAGUE: Final = frozenset(
    (
        "relative",
        "ancestor",
        "descendant",
        "in-law",
        "partner",
        "lover",
        "guardian",
        "ward",
        "predecessor",
        "late parent",
    )
)
"""What another is to such a relative says nothing: a father is a relative, and an ancestor."""
_STEP: Final = re.compile(r"^(?:step-?|half-?|foster |adoptive )")
_OBJECTS: Final = frozenset(
    "asylum refugee visa citizenship passport protection residence application request claim registration permit".split()
)


def excludes(predicate: str, left: str, right: str) -> bool:
    """Return whether no subject can have both values at once; False where the words do not say so.

    >>> excludes("accused_kin", "father", "grandfather"), excludes("accused_kin", "mother", "parents")
    (True, False)
    >>> excludes("vehicle", "in a small fishing boat", "MiG-15"), excludes("vehicle", "Sirius", "by train")
    (True, False)
    >>> excludes("rank", "Captain", "major"), excludes("rank", "colonel", "lieutenant-colonel")
    (True, False)
    >>> excludes("status", "asylum in Kenya", "refused asylum"), excludes("role", "cook", "driver")
    (True, False)
    """
    known = predicates().get(predicate)
    how = known.exclusive if known is not None else None
    if how is None:
        return False
    left, right = left[:_LONGEST].casefold(), right[:_LONGEST].casefold()
    if how == "relation":
        return _apart(_relative(left), _relative(right))
    a, b = _words(left), _words(right)
    if not a or not b or a <= b or b <= a:
        return how == "outcome" and bool(a and b) and _outcomes_differ(a, b)
    if how == "words":
        return not a & b
    if how == "class":
        one, other = _classes(predicate, left), _classes(predicate, right)
        return len(one) == len(other) == 1 and one != other
    return _outcomes_differ(a, b)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text)) - _EMPTY


def _relative(text: str) -> Kin | None:
    """Return which relative a text begins with; None for several, for a vague word, or for none."""
    kin = lexicon().kin
    tokens = text.split()
    for n in (3, 2, 1):
        word = " ".join(tokens[:n]).strip(",.").removesuffix("'s")
        found = kin.get(word)
        if found is not None:
            is_many = word == found.plural and word != found.relation
            return None if is_many or found.inverse in _VAGUE else kin.get(_STEP.sub("", word), found)
    return None


def _apart(left: Kin | None, right: Kin | None) -> bool:
    """Whether nobody can be both; an older brother is a brother."""
    if left is None or right is None:
        return False
    if left.relation.split()[-1] == right.relation.split()[-1]:
        return False
    if left.inverse.split()[-1] != right.inverse.split()[-1]:
        return True
    return left.gender != right.gender and bool(left.gender and right.gender)


@cache
def _sections() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """Return for each predicate its classes, each a pattern of whole words."""
    try:
        rows = tomllib.loads(_HERE.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError("not readable as TOML", where=str(_HERE), hint=str(error)) from error
    return {
        predicate: {
            name: re.compile(
                r"(?<![^\W\d_])(?:"
                + "|".join(re.escape(w.strip()) for w in words.split(","))
                + r")s?(?![^\W\d_])"
            )
            for name, words in classes.items()
        }
        for predicate, classes in rows.items()
    }


def classes_of(predicate: str, text: str) -> frozenset[str]:
    """Return the classes of `exclusive.toml` whose words a value has, none where it has no such word.

    >>> sorted(classes_of("vehicle", "a wooden fishing boat")), sorted(classes_of("vehicle", "Sirius"))
    (['water'], [])
    """
    return _classes(predicate, text[:_LONGEST].casefold())


def _classes(predicate: str, text: str) -> frozenset[str]:
    sections = _sections().get(predicate, {})
    return frozenset(name for name, pattern in sections.items() if pattern.search(text))


def _outcomes_differ(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether one side refuses what the other grants, both of the same thing."""
    if not left & right & _OBJECTS:
        return False
    one, other = (_outcome(" ".join(sorted(words))) for words in (left, right))
    return {one, other} == {"refused", "granted"}


def _outcome(text: str) -> str:
    """Return `refused`, `sought` or `granted`; what is only named was granted."""
    found = _classes("status", text)
    return next((name for name in ("refused", "sought") if name in found), "granted")
