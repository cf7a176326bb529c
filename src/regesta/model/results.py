"""What each door returns."""

from __future__ import annotations

from dataclasses import dataclass, field

from regesta.model.claim import Claim, Observation, Referent, Rejection
from regesta.model.decision import Status
from regesta.model.entity import Entity, Identity, Link

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
    """Which referents are which entities, why, and what became of the judgements about them."""

    entities: tuple[Entity, ...]
    """In the order of their first mentions."""
    entity_of: dict[str, str]
    """`Referent.key` to `Entity.id`."""
    fingerprint_of: dict[str, str] = field(default_factory=dict)
    """`Referent.key` to its fingerprint."""
    authors: tuple[tuple[str, Referent], ...] = ()
    """Authors of cited works who are people of the chronicle: the source, and the referent."""
    links: tuple[Link, ...] = ()
    """Why referents are one, and what is doubtful."""
    identities: tuple[Identity, ...] = ()
    """The ledger: what it was given, and what is new."""
    changes: tuple[str, ...] = ()
    """What became of the ids of the ledger, in words."""
    outcomes: dict[str, tuple[Status, str]] = field(default_factory=dict)
    """What became of each judgement, by the id of its decision."""
