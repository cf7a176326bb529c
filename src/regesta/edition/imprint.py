"""What an edition says of itself: the day it was made for, the policy, and how much was withheld by which rule.

    meta   edition            1, the form of these rows
           edition_on         2026-11-22
           edition_policy     the hash of the policy          edition_policy_title   what it calls itself
           withheld:RULE      how many claims and people      left_out:WHAT          rows of the chronicle that no edition has

Counts only: no list, and nothing that says of one person that something is hidden (../shared/PROTECTION.md, 11). They stand in the
table `meta` of the edition, so that every export of tables has them. Nothing here counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle
    from regesta.protection import Plan

__all__ = ["Imprint", "imprint_of", "is_edition", "meta_of"]

_FORM: Final = "1"
_WITHHELD: Final = "withheld:"
_LEFT_OUT: Final = "left_out:"
_KEPT: Final = ("regesta_version", "extractor_version", "python_version")


@dataclass(frozen=True, slots=True)
class Imprint:
    """What an edition says of itself."""

    on: dt.date
    policy: str
    """SHA-256 of the policy, hexadecimal."""
    policy_title: str
    withheld: Mapping[str, int] = field(default_factory=dict)
    """Claims and people that were withheld, by rule."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Rows that no edition has, by kind: sources of which nothing is shown, findings, reasons of identity, decisions."""


def meta_of(chronicle: Chronicle, plan: Plan) -> dict[str, str]:
    """Return the rows of `meta` that are known before anything is written."""
    kept = {key: chronicle.meta[key] for key in _KEPT if key in chronicle.meta}
    return kept | {
        "edition": _FORM,
        "edition_on": plan.on.isoformat(),
        "edition_policy": plan.policy.sha256,
        "edition_policy_title": plan.policy.title,
        **{f"{_WITHHELD}{rule}": str(n) for rule, n in sorted(plan.withheld.items())},
    }


def counted(left_out: Mapping[str, int]) -> dict[str, str]:
    """Return the rows of `meta` that say what was left out."""
    return {f"{_LEFT_OUT}{what}": str(n) for what, n in sorted(left_out.items()) if n}


def is_edition(chronicle: Chronicle) -> bool:
    """Return whether a chronicle is an edition, and not what one is made of."""
    return "edition" in chronicle.meta


def imprint_of(chronicle: Chronicle) -> Imprint | None:
    """Return what an edition says of itself, None of a chronicle that is none."""
    meta = chronicle.meta
    if not is_edition(chronicle):
        return None
    return Imprint(
        dt.date.fromisoformat(meta["edition_on"]),
        meta["edition_policy"],
        meta["edition_policy_title"],
        _part(meta, _WITHHELD),
        _part(meta, _LEFT_OUT),
    )


def _part(meta: Mapping[str, str], prefix: str) -> dict[str, int]:
    return {key.removeprefix(prefix): int(n) for key, n in sorted(meta.items()) if key.startswith(prefix)}
