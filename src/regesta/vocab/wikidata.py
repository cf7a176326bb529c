"""Which predicates and kinds are properties and classes of Wikidata: `wikidata.toml`, and what checks it.

    properties()["death"]     P570, takes a date, said of persons

Only what is sure: a predicate that Wikidata splits or has no property for is not in the file, and a reader of it leaves the
claim out. No item is looked up here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from regesta.errors import VocabularyError
from regesta.vocab.terms import kinds, predicates

__all__ = ["Property", "Wikidata", "wikidata"]

_HERE: Final = Path(__file__).parent / "wikidata.toml"


@dataclass(frozen=True, slots=True)
class Property:
    """A property of Wikidata that says what a predicate says."""

    id: str
    """`P570`."""
    label: str
    """In English, for people who read the file."""
    value: str
    """`date` or `quantity`."""
    subjects: tuple[str, ...]
    """Kinds of entity that it is meant for."""


@dataclass(frozen=True, slots=True)
class Wikidata:
    """What is known of Wikidata."""

    properties: Mapping[str, Property]
    """By predicate."""
    classes: Mapping[str, str]
    """What an entity of a kind is an instance of."""
    qualifiers: Mapping[str, str]
    references: Mapping[str, str]


@cache
def wikidata() -> Wikidata:
    """Return the file; raises `VocabularyError` where it is wrong.

    >>> wikidata().properties["death"].id, wikidata().classes["person"], "arrival" in wikidata().properties
    ('P570', 'Q5', False)
    """
    try:
        told = tomllib.loads(_HERE.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError("not readable as TOML", where=str(_HERE), hint=str(error)) from error
    properties = {name: _property(name, row) for name, row in told["properties"].items()}
    for table in ("classes", "qualifiers", "references"):
        for name, value in told[table].items():
            _checked(re.fullmatch(r"[PQS][1-9]\d*", str(value)) is not None, f"{table}: {name}", value)
    _checked(set(told["classes"]) <= set(kinds()), "classes", sorted(told["classes"]))
    return Wikidata(
        MappingProxyType(properties),
        *(MappingProxyType(dict(told[table])) for table in ("classes", "qualifiers", "references")),
    )


def _property(name: str, row: dict[str, Any]) -> Property:
    known = predicates().get(name)
    _checked(known is not None and row["value"] in known.values, name, row["value"])
    _checked(set(row["subjects"]) <= set(kinds()), name, row["subjects"])
    _checked(re.fullmatch(r"P[1-9]\d*", row["property"]) is not None, name, row["property"])
    return Property(row["property"], row["label"], row["value"], tuple(row["subjects"]))


def _checked(is_right: bool, where: str, found: object) -> None:
    if not is_right:
        raise VocabularyError("value is not allowed", where=f"{_HERE.name}: {where}", found=found)
