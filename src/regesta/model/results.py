"""What each door returns."""

from __future__ import annotations

from dataclasses import dataclass

from regesta.model.claim import Claim, Observation, Referent, Rejection
from regesta.model.entity import Entity

__all__ = ["Coverage", "Extraction", "Resolution"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of one text was used, in code points of the body (white space not counted)."""

    source: str
    n_characters: int
    n_body: int
    """Of these, in the body: not furniture, not references."""
    n_claims: int
    """Of the body, inside the evidence of a claim."""
    n_names_dates: int
    """Inside a name or a date but in no claim."""
    n_rejected: int
    """Inside a rejection and nothing above."""
    n_left: int
    """None of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What was found in one document."""

    source: str
    referents: tuple[Referent, ...]
    claims: tuple[Claim, ...]
    observations: tuple[Observation, ...]
    rejections: tuple[Rejection, ...]
    coverage: Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Which referents are which entities."""

    entities: tuple[Entity, ...]
    entity_of: dict[str, str]
    """`Referent.key` to `Entity.id`."""
