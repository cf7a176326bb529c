"""What a build holds that decisions speak of, and what stands in it after they are told.

    World     fingerprint -> referents, fingerprint -> claims, claims that compete
    Replayed  judgements about identity, ranks of claims, what later stages obey, an Outcome for every decision

Values only: `replay` makes the second of the first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from regesta.model import Decision, Judgement, Outcome, content_id

__all__ = ["CARRIED_OUT", "Rank", "Replayed", "Standing", "World", "precondition_of", "rivals_of"]

CARRIED_OUT: Final = frozenset(
    {
        "same", "different", "part-of", "prefer", "deprecate", "confirm", "reject", "correct", "add",
        "not-a-conflict", "explained", "exception", "resolved", "withhold", "release", "erase", "comment", "undo",
    }
)  # fmt: skip
"""Kinds that a build obeys. The others are kept and handed on, and their outcome says that nobody obeys them yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What one build holds."""

    now: str
    """The moment that expiry is measured against (RFC 3339, or a day): given, so that a build stays a pure function."""
    referents: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Of each fingerprint `fm-` the keys of the referents that have it: one in each copy of a document."""
    claims: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Of each fingerprint `fc-` the ids of the claims that have it."""
    rivals: Mapping[str, Collection[str]] | None = None
    """Of a claim's fingerprint those of all claims with its subject and predicate, its own may be among them; None while
    nobody knows: before resolution there is no subject, and preconditions are not looked at."""
    others: Collection[str] = frozenset()
    """Fingerprints of whatever else can be decided on: findings, sources, tombstones of what was erased."""
    carried_out: Collection[str] = CARRIED_OUT
    """Kinds that this build obeys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """What a person thinks of one claim."""

    claim: str
    """`Claim.id`."""
    rank: Literal["preferred", "deprecated"]
    decision: str
    """`Decision.id`."""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A decision that stands, and what it is about in this build."""

    decision: Decision
    on: tuple[str, ...]
    """Ids of claims, keys of referents; of anything else the fingerprint itself. Sorted, never empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What decisions come to in one build; everything in the order of time."""

    judgements: tuple[Judgement, ...]
    """For resolution, which says what became of them (`settle`)."""
    ranks: tuple[Rank, ...]
    corrections: tuple[Standing, ...]
    """`correct`: claims whose value a person says is another."""
    additions: tuple[Standing, ...]
    """`add`: claims that a person makes about a referent."""
    standing: tuple[Standing, ...]
    """Confirm, withhold, release, erase, the words on findings, comments: for whoever obeys them."""
    outcomes: tuple[Outcome, ...]
    """One for each decision. Those of judgements say what holds as far as the log goes."""


def precondition_of(fingerprints: Iterable[str]) -> str:
    """Return the fingerprint of what a person chose among, prefix `p`: the same for the same claims in any order.

    >>> precondition_of(["fc-1", "fc-2"]) == precondition_of(["fc-2", "fc-1", "fc-1"])
    True
    """
    return content_id("p", sorted(set(fingerprints)))


def rivals_of(
    claims: Iterable[tuple[str, str, str]], wanted: Collection[str] | None = None
) -> dict[str, frozenset[str]]:
    """Return for fingerprints of claims those that compete: of claims with the same subject and predicate, its own among them.

    `claims` are (fingerprint, entity, predicate). Only the `wanted` ones are answered for, all where it is None.

    >>> rivals_of([("fc-1", "e-1", "birth"), ("fc-2", "e-1", "birth"), ("fc-3", "e-1", "death")], {"fc-1"})["fc-1"] == {
    ...     "fc-1", "fc-2"
    ... }
    True
    """
    groups: dict[tuple[str, str], set[str]] = {}
    places: dict[str, set[tuple[str, str]]] = {}
    for fingerprint, entity, predicate in claims:
        group = (entity, predicate)
        groups.setdefault(group, set()).add(fingerprint)
        if wanted is None or fingerprint in wanted:
            places.setdefault(fingerprint, set()).add(group)
    fixed: dict[tuple[str, str], frozenset[str]] = {}
    found: dict[str, frozenset[str]] = {}
    for fingerprint, its in places.items():
        for group in its:
            if group not in fixed:
                fixed[group] = frozenset(groups[group])  # one for all that share it
        sets = [fixed[group] for group in its]
        found[fingerprint] = sets[0] if len(sets) == 1 else frozenset().union(*sets)
    return found
