"""Entities: our judgement of which referents are the same person, group, place or institution."""

from __future__ import annotations

from dataclasses import dataclass

from regesta.model.claim import Kind

__all__ = ["Entity"]


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
