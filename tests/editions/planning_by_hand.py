"""A plan of protection made by hand, for tests of editions: who is hidden is said, not computed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from regesta.chronicle.rows import ClaimRow
from regesta.protection import Exposure, Plan, Verdict
from regesta.protection.policy import default_policy

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

ON = dt.date(2026, 1, 31)
PRIVATE = frozenset(
    {"kin", "accused_kin", "companion", "birth", "location", "imprisoned_at", "imprisoned_for", "alias"}
)


def plan_by_hand(
    chronicle: Chronicle,
    *,
    hidden: Collection[str] = (),
    absent: Collection[str] = (),
    withheld: Collection[str] = PRIVATE,
    coarse: Collection[str] = (),
) -> Plan:
    """Return a plan that hides people of these labels; `withheld` are predicates, `coarse` those whose dates become years."""
    exposures = {}
    names: set[str] = set()
    for entity in chronicle.people():
        if entity.label in hidden or entity.label in absent:
            shown = "absent" if entity.label in absent else "pseudonym"
            names.update((entity.label, *entity.aliases))
            label = "" if shown == "absent" else f"Person {len(names):02}"
            exposures[entity.id] = _exposure(entity.id, shown, label, ())
        elif entity.is_named:
            exposures[entity.id] = _exposure(entity.id, "name", entity.label, entity.aliases)
        else:
            exposures[entity.id] = _exposure(entity.id, "described", entity.label, ())
    verdicts = {}
    for claim in chronicle.rows(ClaimRow, order="id"):
        exposure = exposures.get(claim.subject)
        gone = exposure is not None and exposure.shown == "absent"
        private = exposure is not None and claim.predicate in withheld
        other = exposure is not None and exposure.shown == "pseudonym"
        private |= other and claim.predicate != "arrival"
        if gone or private:
            verdicts[claim.id] = Verdict(claim=claim.id, action="withhold", rule=f"{claim.predicate}.by_hand")
        elif other:
            row = replace(claim, where_text=None)
            verdicts[claim.id] = Verdict(claim=claim.id, action="coarsen", rule="where.by_hand", row=row)
        elif claim.predicate in coarse and claim.value_edtf:
            row = _year(claim)
            verdicts[claim.id] = Verdict(claim=claim.id, action="coarsen", rule="year.by_hand", row=row)
        else:
            verdicts[claim.id] = Verdict(claim=claim.id, action="show", rule="show.by_hand", row=claim)
    counts: dict[str, int] = {}
    for verdict in verdicts.values():
        if verdict.row is None:
            counts[verdict.rule] = counts.get(verdict.rule, 0) + 1
    return Plan(
        policy=default_policy(), exposures=exposures, verdicts=verdicts, on=ON, hidden=tuple(sorted(names)),
        withheld=counts,
    )  # fmt: skip


def _exposure(entity: str, shown: str, label: str, aliases: tuple[str, ...]) -> Exposure:
    return Exposure(
        entity=entity, person_class="named_in_source", reasons=(), is_minor=False, shown=shown,  # type: ignore[arg-type]
        label=label, aliases=aliases, rule="by_hand",
    )  # fmt: skip


def _year(claim: ClaimRow) -> ClaimRow:
    assert claim.value_edtf
    year = claim.value_edtf[:4]
    return replace(
        claim,
        value_edtf=year,
        when_edtf=year,
        earliest=dt.date(int(year), 1, 1),
        latest=dt.date(int(year), 12, 31),
    )
