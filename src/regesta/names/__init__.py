"""Personal names: lists of given names and surnames, the parts of a name, how much words look like one, and comparing.

    lists.py      is this token a given name, a surname; is it also an ordinary word (weak)
    parse.py      "Ludwig van Beethoven", "Pollack, Andrew", "Kim Min-su" -> given, particles, family, suffix
    shape.py      tokens -> 0..1, with reasons
    comparing.py  are two strings spellings of one name: many pairs        explaining.py  one pair in words; how else one is spelled
    korean/       the model of Korean names              general/   names of every other language

The lists lie in `lists/`, made by `scripts/make_names.py`. This room knows nothing of places, nations or offices: whether
"Jordan Committee" is a person is the caller's to say, who also knows the lexicon and the gazetteer. What compares is imported
when it is first asked for, and numpy with what compares many; `from regesta import names` asks for all of it. Rooms that read
import `names.lists`, and pay for nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from regesta.names.lists import (
    asian_surnames,
    fold,
    given_names,
    is_given,
    is_surname,
    is_weak,
    korean_surnames,
    surnames,
)
from regesta.names.parse import PersonName, parse_name
from regesta.names.shape import explain_name, looks_like_name

if TYPE_CHECKING:
    from regesta.names.comparing import NameTable, compare_many
    from regesta.names.explaining import Comparison, compare, normalise, variants

__all__ = [
    "Comparison",
    "NameTable",
    "PersonName",
    "asian_surnames",
    "compare",
    "compare_many",
    "explain_name",
    "fold",
    "given_names",
    "is_given",
    "is_surname",
    "is_weak",
    "korean_surnames",
    "looks_like_name",
    "normalise",
    "parse",
    "parse_name",
    "surnames",
    "variants",
]

parse = parse_name  # hides the module of that name, which is imported by its full name
_HOME = {"NameTable": "comparing", "compare_many": "comparing"} | dict.fromkeys(
    ("Comparison", "compare", "normalise", "variants"), "explaining"
)


def __getattr__(name: str) -> object:
    """Import what compares when it is first asked for (PEP 562)."""
    if name in _HOME:
        value: object = getattr(import_module(f"regesta.names.{_HOME[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
