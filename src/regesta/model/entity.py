"""Entities: our judgement of which referents are the same person, group, place or institution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from regesta.model.claim import Kind

__all__ = ["Entity", "Identity", "Judgement", "Link"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A set of referents that are judged to be one."""

    id: str
    """From the ledger, else content id, prefix `e`, of the first referent."""
    kind: Kind
    label: str
    """The most frequent surface; ties by source and start."""
    aliases: tuple[str, ...]
    """Other surfaces of names, sorted by their first place."""
    is_named: bool
    group_size: int | None
    referents: tuple[str, ...]
    """`Referent.key`s, in order of source and start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What is known of two referents: that they are one, perhaps one, or part and whole."""

    left: str
    """`Referent.key`; of a `part-of` the part."""
    right: str
    weight: float
    """Log2 of the odds that the two are one, as the machine sees it; 0.0 where only a person judged."""
    verdict: Literal["same", "unsure", "different", "part-of"]
    """`same` and `part-of` hold in this build; `unsure` waits for a person; `different` is what a person said."""
    reason: str
    """In words: what speaks for it and what against, with the weight of each."""
    decision: str | None = None
    """Id of the decision that settled it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A line of the ledger `identities.jsonl`: an id, and one of the referents that it has been borne by."""

    id: str
    anchor: str
    """Fingerprint of a referent, with `.2` for the second of the same fingerprint; empty where `redirect` is set."""
    redirect: str | None = None
    """The id that it was merged into."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person decided about two referents, each given by all keys that its fingerprint has in this build."""

    decision: str
    """`Decision.id`."""
    kind: Literal["same", "different", "part-of"]
    left: tuple[str, ...]
    """`Referent.key`s, never empty; of a `part-of` the part."""
    right: tuple[str, ...]
