"""The weights of identity, read once from `weights.toml`: which claims feed which feature, and what agreement is worth.

After I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage", Journal of the American Statistical Association 64
(1969): a feature's weight is the log2 of how much more often it agrees among mentions of one person than of two.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any, Final, Literal

from regesta.errors import ProjectError

__all__ = ["Feature", "Prior", "Weights", "weights", "weights_of"]

_FILE: Final = Path(__file__).with_name("weights.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One thing beyond the name that two mentions of a person may share."""

    name: str
    predicates: tuple[str, ...]
    compare: Literal["date", "words", "number"]
    levels: dict[str, float]
    """Log2 of odds by level of agreement."""
    forbids: bool = False
    """Whether two values that cannot both be true keep two mentions apart for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What is expected before anything is compared; see `weights.toml`."""

    name_bits: float
    mononym_bits: float
    namesakes: float
    population: float
    shortened: float
    generation: float
    stranger: float
    entries: float
    unnamed: float
    same_anchor: float
    no_number: float
    other_anchor: float
    same_size: float
    same_description: float
    threshold: float
    doubtful: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The whole file."""

    prior: Prior
    features: tuple[Feature, ...]
    of_predicate: dict[str, tuple[Feature, ...]]
    """Features that a claim of this predicate feeds."""


@cache
def weights() -> Weights:
    """Return the weights that ship with the program.

    >>> [f.name for f in weights().of_predicate["rank"]]
    ['role']
    """
    return _made(_shipped())


def weights_of(path: Path) -> Weights:
    """Return the shipped weights with what this file says instead: a project's own `weights.toml`.

    The file has the sections and keys of the shipped one and needs only those that differ; a section of a name of its own
    is a feature of its own and needs all. Raises `ProjectError` where the file holds what no weights are.
    """
    sections = _shipped()
    for name, given in _read(path).items():
        if not isinstance(given, dict):
            raise ProjectError("stands outside of any section", where=str(path), found=name)
        if name not in sections and not {"from", "compare"} <= given.keys():
            hint = f"the features are {', '.join(list(sections)[1:])}; a new one needs `from` and `compare`"
            raise ProjectError("there is no such feature", where=str(path), found=name, hint=hint)
        known = sections.setdefault(name, {})
        known |= given
        where = f"{path}: [{name}]"
        for key in given:
            _check(name, key, known, where)
        missing = sorted(_keys(name, known) - known.keys())
        if missing:
            raise ProjectError(f"{', '.join(missing)} missing", where=where)
    return _made(sections)


_LEVELS: Final[dict[str, frozenset[str]]] = {
    "date": frozenset(("day", "month", "year", "decade", "near", "apart", "far")),
    "words": frozenset(("most", "differ")),
    "number": frozenset(("equal", "near", "apart")),
}


def _keys(section: str, known: dict[str, Any]) -> frozenset[str]:
    """Return the keys of a section that hold numbers."""
    if section == "prior":
        return frozenset(Prior.__slots__)
    return _LEVELS.get(known["compare"] if isinstance(known["compare"], str) else "", frozenset())


def _check(section: str, key: str, known: dict[str, Any], where: str) -> None:
    """Raise `ProjectError` where a key is unknown or its value is not what it should be."""
    value = known[key]
    if section != "prior" and key in {"from", "compare", "forbids"}:
        if key == "from":
            good, hint = (
                isinstance(value, list) and all(isinstance(one, str) for one in value),
                "names of predicates",
            )
        elif key == "compare":
            good, hint = isinstance(value, str) and value in _LEVELS, f"one of {', '.join(_LEVELS)}"
        else:
            good, hint = isinstance(value, bool), "true or false"
    elif key not in _keys(section, known):
        allowed = ", ".join(sorted(_keys(section, known)))
        raise ProjectError("unknown key", where=where, found=key, hint=f"it may hold {allowed}")
    else:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        good, hint = is_number and isfinite(value), "a number"
    if not good:
        raise ProjectError(
            f"{key} is not what it should be", where=where, found=value, hint=f"it should be {hint}"
        )


def _shipped() -> dict[str, dict[str, Any]]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ProjectError(f"is not TOML: {error}", where=str(path)) from error
    except OSError as error:
        raise ProjectError(f"cannot be read: {error.strerror}", where=str(path)) from error


def _made(sections: dict[str, dict[str, Any]]) -> Weights:
    prior = Prior(**{key: float(value) for key, value in sections["prior"].items()})
    features = tuple(
        Feature(
            name=name,
            predicates=tuple(section["from"]),
            compare=section["compare"],
            levels={key: float(section[key]) for key in section if key in _LEVELS[section["compare"]]},
            forbids=bool(section.get("forbids", False)),
        )
        for name, section in sections.items()
        if name != "prior"
    )
    predicates = {predicate for feature in features for predicate in feature.predicates}
    return Weights(
        prior=prior,
        features=features,
        of_predicate={p: tuple(f for f in features if p in f.predicates) for p in sorted(predicates)},
    )
