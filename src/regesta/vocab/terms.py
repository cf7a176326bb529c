"""Predicates and kinds: what can be said of what, read from `predicates.toml` and `kinds.toml`.

One file lists them for the whole program: extraction asks what type of value a predicate takes, criticism how many may
be true at once and what makes two of them compatible, protection whether they are sensitive. None has a list of its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, cast, get_args

from regesta.errors import VocabularyError

__all__ = ["Compatible", "EntityKind", "Predicate", "ValueType", "kinds", "predicates"]

ValueType = Literal["text", "entity", "date", "route", "quantity"]
Holds = Literal["single", "many"]
Sensitive = Literal["none", "personal", "high"]
Differs = Literal["warning", "info"]
Exclusive = Literal["relation", "words", "class", "outcome"]
Compatible = Literal[
    "same-date",  # one date refines the other, or they overlap
    "same-place-in-time",  # places may differ where their times do
    "refines",  # one text holds the other, or is a synonym of it
    "numeric-same-scope",  # numbers agree within their bounds, if they count the same thing at the same time
    "numeric-by-time",  # ages: they agree once moved to one date
    "text",  # the same words, case and punctuation apart
    "entity",  # the same entity after resolution
    "route",  # one way's stops are a part of the other's, in order
    "any",  # two values never contradict each other
]

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """One thing that a claim may say."""

    name: str
    values: tuple[ValueType, ...]
    """Types of value that it takes, the usual one first."""
    holds: Holds
    """How many values may be true of one subject at once; `single` is what a conflict needs."""
    compatible: Compatible
    """What makes two values agree."""
    sensitive: Sensitive
    """`personal` is withheld of private people by default, `high` of everybody without a reason to release."""
    description: str
    """One sentence without a full stop."""
    subjects: tuple[str, ...]
    """Kinds of entity that it is said of; empty for any."""
    differs: Differs | None = None
    """How loudly to tell that two sources differ where both cannot be right; None where differing proves nothing."""
    tolerance: float = 0.0
    """The share by which two numbers may differ and still be called one."""
    exclusive: Exclusive | None = None
    """What makes two texts exclude one another although many values may hold: see `exclusive.toml`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityKind:
    """One kind of entity."""

    name: str
    description: str
    plural: str
    """For headings: `people`."""


@cache
def predicates() -> Mapping[str, Predicate]:
    """Return every predicate by name, in the order of the file.

    >>> predicates()["arrival"].values, predicates()["kin"].sensitive
    (('date',), 'high')
    """
    known = kinds()
    return MappingProxyType(
        {
            name: _predicate(name, row, known, _HERE / "predicates.toml")
            for name, row in _load(_HERE / "predicates.toml").items()
        }
    )


@cache
def kinds() -> Mapping[str, EntityKind]:
    """Return every kind of entity by name, in the order of the file.

    >>> list(kinds())[:3]
    ['person', 'group', 'place']
    """
    path = _HERE / "kinds.toml"
    return MappingProxyType(
        {
            name: EntityKind(name=name, **_fields(name, row, {"description", "plural"}, path))
            for name, row in _load(path).items()
        }
    )


def _load(path: Path) -> dict[str, dict[str, Any]]:
    """Return the tables of a TOML file; raise `VocabularyError` where it is none."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError("not readable as TOML", where=str(path), hint=str(error)) from error


def _fields(name: str, row: Any, wanted: set[str], path: Path) -> dict[str, Any]:
    """Return `row` if it has exactly the wanted fields."""
    if not isinstance(row, dict) or set(row) != wanted:
        found = sorted(row) if isinstance(row, dict) else row
        raise VocabularyError(
            "not the fields of this file",
            where=f"{path.name}: {name}",
            found=found,
            hint=f"expected {sorted(wanted)}",
        )
    return row


def _predicate(name: str, row: Any, known: Mapping[str, EntityKind], path: Path) -> Predicate:
    usual: dict[str, Any] = {"subjects": [], "differs": None, "tolerance": 0.0, "exclusive": None}
    fields = _fields(name, {**usual, **row}, set(Predicate.__slots__) - {"name"}, path)
    where = f"{path.name}: {name}"
    _one_of(fields["holds"], get_args(Holds), where)
    _one_of(fields["compatible"], get_args(Compatible), where)
    _one_of(fields["sensitive"], get_args(Sensitive), where)
    _one_of(fields["differs"], (None, *get_args(Differs)), where)
    _one_of(fields["exclusive"], (None, *get_args(Exclusive)), where)
    for value in fields["values"]:
        _one_of(value, get_args(ValueType), where)
    for kind in fields["subjects"]:
        _one_of(kind, tuple(known), where)
    return Predicate(
        name=name,
        values=cast("tuple[ValueType, ...]", tuple(fields["values"])),
        holds=fields["holds"],
        compatible=fields["compatible"],
        sensitive=fields["sensitive"],
        description=fields["description"],
        subjects=tuple(fields["subjects"]),
        differs=fields["differs"],
        tolerance=float(fields["tolerance"]),
        exclusive=fields["exclusive"],
    )


def _one_of(value: object, allowed: Sequence[str | None], where: str) -> None:
    if value not in allowed:
        raise VocabularyError(
            "value is not allowed",
            where=where,
            found=value,
            hint=f"expected one of {', '.join(map(str, allowed))}",
        )
