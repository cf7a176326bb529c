"""What a plan asks of a chronicle whatever was decided: read once, and then each state of the log is planned from it.

    material = material_of(chronicle, packs)
    plan(chronicle, policy, log, ..., material=material)              as things stand
    plan(chronicle, policy, log + decision, ..., material=material)   after one decision more

Reading who is named where, and what stands around, is two thirds of a plan. Nothing of it is changed by a plan. Nothing here judges.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from regesta.chronicle.rows import ClaimRow
from regesta.protection.naming import tokens
from regesta.protection.settings import Setting, settings_of
from regesta.protection.sketches import Sketch, sketches
from regesta.protection.words import spoken

if TYPE_CHECKING:
    from pathlib import Path

    from regesta.chronicle import Chronicle

__all__ = ["Material", "material_of"]

_TOGETHER: Final = (
    "select distinct list_sort(list(distinct c.subject)) as found from claims c join claim_evidence e on e.claim = c.id"
    " where c.subject_kind in ('person', 'group') group by e.source, e.start_char, e.end_char"
    " having count(distinct c.subject) > 1 order by found"
)


@dataclass(frozen=True, slots=True)
class Material:
    """What a chronicle holds that protection looks at."""

    sketches: Mapping[str, Sketch]
    """By entity."""
    claims: tuple[ClaimRow, ...]
    """By id."""
    organisations: frozenset[tuple[str, ...]]
    """Words of their names."""
    settings: Mapping[str, Setting]
    """By claim."""
    together: tuple[tuple[str, ...], ...] = ()
    """People and groups of whom one passage says something, by passage."""


def material_of(chronicle: Chronicle, packs: tuple[Path, ...] = ()) -> Material:
    """Return what a plan asks of a chronicle; `packs` are the project's own lexicons."""
    with spoken(packs):
        return Material(
            sketches(chronicle),
            tuple(chronicle.each(ClaimRow, order="id")),
            frozenset(tokens(one.label) for one in chronicle.entities("organisation")),
            settings_of(chronicle),
            tuple(tuple(one) for (one,) in chronicle.sql(_TOGETHER).rows),
        )
