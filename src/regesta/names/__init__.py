"""Personal names: lists of given names and surnames, the parts of a name, and how much a row of words looks like one.

    lists.py   is this token a given name, a surname; is it also an ordinary word (weak)
    parse.py   "Ludwig van Beethoven", "Pollack, Andrew", "Kim Min-su" -> given, particles, family, suffix
    shape.py   tokens -> 0..1, with reasons

The lists lie in `lists/`, made by `scripts/make_names.py`. This room knows nothing of places, nations or offices: whether
"Jordan Committee" is a person is the caller's to say, who also knows the lexicon and the gazetteer.
"""

from __future__ import annotations

from regesta.names.lists import (
    asian_surnames,
    given_names,
    is_given,
    is_surname,
    is_weak,
    korean_surnames,
    surnames,
)
from regesta.names.parse import PersonName, parse_name
from regesta.names.shape import explain_name, looks_like_name

__all__ = [
    "PersonName",
    "asian_surnames",
    "explain_name",
    "given_names",
    "is_given",
    "is_surname",
    "is_weak",
    "korean_surnames",
    "looks_like_name",
    "parse_name",
    "surnames",
]
