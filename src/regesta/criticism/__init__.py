"""What a careful reader would notice: conflicts, sums, orders, gaps, references that hang in the air.

    chronicle ──► View ──► CHECKS, one kind of thing a file ──► findings, in a stable order

The door is `criticise`, the table of contents `CHECKS`: the code of a check and the function that makes its findings. A check
is a pure function of the chronicle; its docstring says what it means. What could be innocent (one value says the other more
precisely, about, of a part, at another time, in somebody's words) is ruled out first. Nothing here decides who is right.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from regesta.criticism.acts import acts
from regesta.criticism.ages_then import ages_then
from regesta.criticism.agreements import agreements
from regesta.criticism.anniversaries import anniversaries
from regesta.criticism.announced import announced
from regesta.criticism.changes import changes
from regesta.criticism.columns import columns
from regesta.criticism.conflicting_dates import conflicting_dates
from regesta.criticism.conflicting_numbers import conflicting_numbers
from regesta.criticism.conflicting_texts import conflicting_texts
from regesta.criticism.conventions import dates_of_entries
from regesta.criticism.conversions import conversions
from regesta.criticism.copied_signs import copied_footnotes, shared_errors
from regesta.criticism.coverage import gaps, overlaps
from regesta.criticism.crowding import crowding
from regesta.criticism.date_bounds import date_bounds
from regesta.criticism.divisions import divisions
from regesta.criticism.double_entries import double_entries
from regesta.criticism.durations import durations
from regesta.criticism.echoes import echoes
from regesta.criticism.entries import entries
from regesta.criticism.families import families_told
from regesta.criticism.firsts import firsts
from regesta.criticism.goals import goals
from regesta.criticism.growth import growth
from regesta.criticism.impossible_orders import impossible_orders
from regesta.criticism.intervals import intervals
from regesta.criticism.late_acts import late_acts
from regesta.criticism.lifespans import lifespans
from regesta.criticism.lives import ordered_lives
from regesta.criticism.multiples import multiples
from regesta.criticism.named_dates import named_dates
from regesta.criticism.named_numbers import named_numbers
from regesta.criticism.namesakes import namesakes
from regesta.criticism.neighbours import neighbours
from regesta.criticism.one_sided import missing_people, missing_years
from regesta.criticism.orders import orders
from regesta.criticism.parts import parts
from regesta.criticism.planning import briefly_planned
from regesta.criticism.products import products
from regesta.criticism.reckoned import reckoned
from regesta.criticism.references import dangling, missing, orphans, uncited
from regesta.criticism.regimes import regimes
from regesta.criticism.relative_years import relative_years
from regesta.criticism.remainders import remainders
from regesta.criticism.remembering import Memory
from regesta.criticism.reports import back_links, readings
from regesta.criticism.rival_firsts import rival_firsts
from regesta.criticism.rival_records import rival_records
from regesta.criticism.running_totals import running_totals
from regesta.criticism.sequences import order_of_entries
from regesta.criticism.shared_words import shared_entries, told_twice
from regesta.criticism.shares import shares
from regesta.criticism.spellings import spelled_apart, spellings
from regesta.criticism.staleness import outlived, stale_words
from regesta.criticism.strands import Beside, Elsewhere, Given
from regesta.criticism.superlatives import superlatives
from regesta.criticism.table_sums import table_sums
from regesta.criticism.tallies import tallies
from regesta.criticism.tellers import tellers
from regesta.criticism.throughput import throughput
from regesta.criticism.totals import totals
from regesta.criticism.view import View
from regesta.criticism.voyages import voyages
from regesta.model import Finding, Member

if TYPE_CHECKING:
    from regesta.chronicle import Lent, engine

__all__ = ["BY_SOURCE", "CHECKS", "Beside", "Check", "Given", "Memory", "View", "criticise", "elsewhere"]

Check = Callable[[View], Iterator[Finding]]
_Working = tuple[str, int, bool, object]
"""Where something is reckoned, whether it holds, and how."""

CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "F001": gaps,
        "F002": overlaps,
        "F003": totals,
        "F004": orphans,
        "F005": dangling,
        "F006": missing,
        "F007": uncited,
        "F008": conflicting_dates,
        "F009": orders,
        "F010": date_bounds,
        "F011": conflicting_numbers,
        "F012": spellings,
        "F013": namesakes,
        "F014": double_entries,
        "F015": ages_then,
        "F016": tellers,
        "F017": lifespans,
        "F020": parts,
        "F021": running_totals,
        "F022": shares,
        "F023": growth,
        "F024": durations,
        "F025": relative_years,
        "F026": multiples,
        "F027": anniversaries,
        "F028": throughput,
        "F029": conversions,
        "F030": divisions,
        "F031": products,
        "F032": crowding,
        "F033": intervals,
        "F034": tallies,
        "F035": columns,
        "F036": remainders,
        "F037": entries,
        "F038": reckoned,
        "F039": table_sums,
        "F040": conflicting_texts,
        "F041": changes,
        "F042": regimes,
        "F043": firsts,
        "F044": echoes,
        "F045": superlatives,
        "F046": agreements,
        "F047": named_dates,
        "F048": named_numbers,
        "F049": rival_firsts,
        "F050": rival_records,
        "F060": ordered_lives,
        "F061": impossible_orders,
        "F062": voyages,
        "F063": readings,
        "F064": back_links,
        "F065": acts,
        "F066": late_acts,
        "F067": stale_words,
        "F068": outlived,
        "F070": dates_of_entries,
        "F071": goals,
        "F072": order_of_entries,
        "F080": families_told,
        "F081": shared_entries,
        "F082": told_twice,
        "F083": announced,
        "F084": missing_people,
        "F085": missing_years,
        "F086": spelled_apart,
        "F087": copied_footnotes,
        "F088": shared_errors,
        "F089": neighbours,
    }
)
"""Every check by its code, in the order in which findings are told."""

BY_SOURCE: Final = frozenset(
    "F006 F008 F014 F020 F021 F024 F025 F026 F030 F031 F040 F041 F060 F061 F062 F065 F067 F070 F071 F083".split()
)
"""Checks whose findings follow from one source and the claims about whom it speaks of: see `remembering`. Parts of others do too."""


def criticise(
    connection: engine.DuckDBPyConnection,
    seconds: dict[str, float] | None = None,
    memory: Memory | None = None,
    beside: Beside | None = None,
) -> Iterator[Finding]:
    """Yield what all checks find in an open chronicle, each finding once.

    Within a check they stand in the order of their first passage. The same chronicle gives the same findings. What a second check
    reckons alike of the same words is told once. The `seconds` that each check took are noted where they are asked for.
    With a `memory` of the build before, of most checks only what has changed is gone through, and with another process `beside` that does
    what `elsewhere` says they are shared out; what is found is the same.
    """
    if memory is not None:
        memory.meet(connection)
    view = View(connection, memory)
    seen: set[str] = set()
    reckoned_of: dict[_Working, list[tuple[int, int]]] = {}
    with briefly_planned(connection, is_small=view.is_small(), is_alone=beside is None):
        shared_out = beside.found(view, _look, CHECKS) if beside is not None else {}
        for code, check in CHECKS.items():
            begin = time.perf_counter() if seconds is not None else 0.0
            found_here = shared_out.pop(code) if beside is not None else _look(view, code)
            told = {found.id: found for found in found_here if found.id not in seen}
            seen.update(told)
            kept = [found for found in reversed(told.values()) if not _is_reckoned(found, reckoned_of)]
            for found in kept:
                if "working" in found.computed:
                    for m in found.members:
                        reckoned_of.setdefault(_place(m, found), []).append((m.start, m.end))
            if seconds is not None:
                spent = beside.seconds[code] if beside is not None else time.perf_counter() - begin
                seconds[f"{code} {check.__name__}"] = spent
            yield from kept


def elsewhere(lent: Lent, unsaid: Iterable[str], *, remembers: bool) -> Elsewhere:
    """Return the work of a process `beside` this one: of an unfinished chronicle without the claims that are out of sight."""
    return Elsewhere(lent, tuple(unsaid), _look, tuple(CHECKS), remembers)


def _look(view: View, code: str) -> list[Finding]:
    """Return what a check finds, the last first."""
    check = CHECKS[code]
    found = view.source_by_source(check) if code in BY_SOURCE else check(view)
    return sorted(found, key=_order, reverse=True)


def _is_reckoned(found: Finding, before: Mapping[_Working, list[tuple[int, int]]]) -> bool:
    """Whether an earlier check has the same working of words that overlap; one that holds elsewhere hides no fault."""
    return "working" in found.computed and any(
        start < m.end and m.start < end
        for m in found.members
        for start, end in before.get(_place(m, found), ())
    )


def _place(member: Member, found: Finding) -> _Working:
    return member.source, member.start // 1000, found.severity == "ok", found.computed["working"]


def _order(found: Finding) -> tuple[str, int, int, str]:
    first = found.members[0]
    return first.source, first.start, first.end, found.id
