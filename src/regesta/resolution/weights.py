"""The weights of identity, read once from `weights.toml`: which claims feed which feature, and what agreement is worth.

After I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage", Journal of the American Statistical Association 64
(1969): a feature's weight is the log2 of how much more often it agrees among mentions of one person than of two.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

__all__ = ["Feature", "Prior", "Weights", "weights"]

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
    with _FILE.open("rb") as file:
        sections: dict[str, dict[str, Any]] = tomllib.load(file)
    prior = Prior(**sections.pop("prior"))
    features = tuple(
        Feature(
            name=name,
            predicates=tuple(section["from"]),
            compare=section["compare"],
            levels={key: float(v) for key, v in section.items() if isinstance(v, float)},
            forbids=bool(section.get("forbids", False)),
        )
        for name, section in sections.items()
    )
    predicates = {predicate for feature in features for predicate in feature.predicates}
    return Weights(
        prior=prior,
        features=features,
        of_predicate={p: tuple(f for f in features if p in f.predicates) for p in sorted(predicates)},
    )
