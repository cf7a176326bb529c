"""What was decided of one chronicle: a verdict for each claim, an exposure for each person, and the plan that holds them.

    Exposure   "this person is at risk, a minor; the edition calls them  a girl of 10 to 14"     people and groups
    Verdict    "this claim may be shown, its day made a year"                                    every claim
    Plan       all of them, the policy they were made under, and the names that must not be seen

Ids are those of the chronicle, never those of an edition. These are values; nothing here judges, reads or writes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from pathlib import Path

    from regesta.chronicle.rows import ClaimRow
    from regesta.protection.policy import Policy

__all__ = ["CLASSES", "Action", "Exposure", "PersonClass", "Plan", "Shown", "Verdict"]

PersonClass = Literal["public_role", "self_disclosed", "named_in_source", "at_risk", "deceased"]
Shown = Literal["name", "pseudonym", "described", "absent"]
Action = Literal["show", "coarsen", "withhold"]

CLASSES: tuple[PersonClass, ...] = get_args(PersonClass)
"""Every class of person, in the order in which a policy lists them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """How a person or a group may be seen."""

    entity: str
    """`EntityRow.id`."""
    person_class: PersonClass
    reasons: tuple[str, ...]
    """Why this class: the words and the claims that speak for it. Private: they never leave the house."""
    is_minor: bool
    """Under 18 when the source spoke, or of unknown age and called a child."""
    shown: Shown
    """`name`; `pseudonym`: named in the sources, not in the edition; `described`: nobody named them; `absent`: not at all."""
    label: str
    """What the edition calls it; empty where it is absent."""
    aliases: tuple[str, ...] = ()
    """The other names that may be shown; none where `shown` is not `name`."""
    rule: str = ""
    """The rule of the policy that decided it, such as `name.at_risk`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What an edition may say of one claim.

    The passages of a claim that is made coarser say more than the claim: an edition does not show them.
    """

    claim: str
    """`ClaimRow.id`."""
    action: Action
    rule: str
    """A stable code of the rule of the policy that decided, such as `kin.named_in_source`."""
    row: ClaimRow | None = None
    """The claim as an edition may hold it, ids and fingerprint still the original's; None where it is withheld."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What may leave the house of one chronicle, on one day."""

    policy: Policy
    exposures: Mapping[str, Exposure]
    """Of every person and group, by `EntityRow.id`."""
    verdicts: Mapping[str, Verdict]
    """Of every claim, by `ClaimRow.id`."""
    on: dt.date
    """The day for which it was made: releases lapse."""
    hidden: tuple[str, ...] = ()
    """See `hidden_names`."""
    withheld: Mapping[str, int] = field(default_factory=dict)
    """How many claims and people were withheld, by rule: this may be told."""
    groups: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    """How many people who are not shown by name share a year, place, role and sex, as shown; for the next edition."""
    notes: tuple[str, ...] = ()
    """What a person of the house should know, one sentence each: releases that lapsed, that lack a second person."""
    packs: tuple[Path, ...] = ()
    """The project's own lexicon packs, whose words count as well."""

    def hidden_names(self) -> tuple[str, ...]:
        """Return the names and aliases that may stand in no byte of an edition, sorted, each once.

        Given names that stand alone, common words and parts of shown names are not among them.
        """
        return self.hidden
