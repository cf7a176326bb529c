"""Which predicates and kinds are terms of schema.org: `schema_org.toml`, and what checks it.

    schema_org().properties["death"]     deathDate, takes a date, said of persons
    schema_org().classes["facility"]     Place

Only what is sure, as in `wikidata.toml`: what is not in the file is told in the words of regesta alone. Nothing is looked up.
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

__all__ = ["SchemaOrg", "SchemaProperty", "schema_org"]

_HERE: Final = Path(__file__).parent / "schema_org.toml"


@dataclass(frozen=True, slots=True)
class SchemaProperty:
    """A property of schema.org that says what a predicate says."""

    name: str
    """`birthDate`."""
    value: str
    """`date` or `text`."""
    subjects: tuple[str, ...]
    """Kinds of entity that it is meant for."""


@dataclass(frozen=True, slots=True)
class SchemaOrg:
    """What is known of schema.org."""

    properties: Mapping[str, SchemaProperty]
    """By predicate."""
    classes: Mapping[str, str]
    """By kind of entity."""


@cache
def schema_org() -> SchemaOrg:
    """Return the file; raises `VocabularyError` where it is wrong.

    >>> schema_org().properties["death"].name, schema_org().classes["facility"], "group" in schema_org().classes
    ('deathDate', 'Place', False)
    """
    try:
        told = tomllib.loads(_HERE.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError("not readable as TOML", where=str(_HERE), hint=str(error)) from error
    properties = {name: _property(name, row) for name, row in told["properties"].items()}
    for kind, name in told["classes"].items():
        _checked(kind in kinds() and re.fullmatch(r"[A-Z][A-Za-z]+", name) is not None, kind, name)
    return SchemaOrg(MappingProxyType(properties), MappingProxyType(dict(told["classes"])))


def _property(name: str, row: dict[str, Any]) -> SchemaProperty:
    known = predicates().get(name)
    _checked(known is not None and row["value"] in known.values, name, row["value"])
    _checked(set(row["subjects"]) <= set(kinds()), name, row["subjects"])
    _checked(re.fullmatch(r"[a-z][A-Za-z]+", row["property"]) is not None, name, row["property"])
    return SchemaProperty(row["property"], row["value"], tuple(row["subjects"]))


def _checked(is_right: bool, where: str, found: object) -> None:
    if not is_right:
        raise VocabularyError("value is not allowed", where=f"{_HERE.name}: {where}", found=found)
