"""Findings as `check` and `show` tell them: with their passages, their working, and who settled them.

    errors
      date-conflict
        Rui Costa: arrival 1961-05-03 (crew.txt) against 1964-06 (press.txt).  F008 open f-...
            crew.txt:3  “landed in Norway on 3 May 1961”
            press.txt:3  “landed in Norway in June 1964”
            working: predicate arrival; values 1961-05-03, 1964-06
            explained by Nora on 2026-03-01: two journeys

Everything is asked of the chronicle in three questions, however many findings there are. Nothing here decides anything.
"""

from __future__ import annotations

import dataclasses
import json
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import click

from regesta.cli.printing import Passages, heading, number, terminal_width
from regesta.cli.targets import seen

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle
    from regesta.chronicle.rows import DecisionRow, FindingMemberRow, FindingRow

__all__ = ["COLOURS", "Told", "Wanted", "as_json", "find", "lines_of", "print_grouped"]

COLOURS: Final[Mapping[str, str]] = {
    "error": "red", "warning": "yellow", "info": "cyan", "undetermined": "blue", "ok": "green",
}  # fmt: skip
"""Severities, the gravest first, and how they are shown."""

_HEADINGS: Final[Mapping[str, str]] = {
    "error": "cannot be right", "warning": "can hardly be right", "info": "worth knowing",
    "undetermined": "could not be checked", "ok": "checked, and holds",
}  # fmt: skip

_SHOWN: Final = 8
"""Passages of a finding on a terminal; the forms for machines have all."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings are asked for; an empty list asks for all."""

    severities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self == Wanted()


@dataclass(slots=True)
class Told:
    """A finding with all that is known of it."""

    row: FindingRow
    members: list[FindingMemberRow] = field(default_factory=list)
    decisions: list[DecisionRow] = field(default_factory=list)
    """About it, in the order of time."""
    before: list[DecisionRow] = field(default_factory=list)
    """Those that settled it before one of its passages changed."""

    @property
    def contested(self) -> list[DecisionRow]:
        """Decisions that settle it otherwise than the one that stands, and are of somebody else."""
        from regesta.decisions import STATUS_OF

        stands = next((d for d in self.decisions if d.kind in STATUS_OF and d.status == "applied"), None)
        return [
            d
            for d in self.decisions
            if stands is not None
            and d.kind in STATUS_OF
            and d.status == "blocked"
            and d.kind != stands.kind
            and d.made_by != stands.made_by
        ]


def find(chronicle: Chronicle, wanted: Wanted = Wanted()) -> list[Told]:
    """Return the findings that are asked for, in the order of the checks and of their first passages."""
    from regesta.chronicle.rows import DecisionRow, FindingMemberRow, FindingRow

    columns = (("severity", wanted.severities), ("kind", wanted.kinds), ("status", wanted.statuses),
               ("code", wanted.codes), ("id", wanted.ids))  # fmt: skip
    asked = [(column, list(values)) for column, values in columns if values]
    where = " and ".join(f"f.{column} in (select unnest(?::varchar[]))" for column, _ in asked) or "true"
    params = [values for _, values in asked]
    found = chronicle.sql(
        "select f.* from findings f join finding_members m on m.finding = f.id and m.position = 0 "  # noqa: S608
        f"where {where} order by f.code, m.source, m.start_char, m.end_char, f.id",
        params,
    )
    told = {row[0]: Told(FindingRow(*row)) for row in found}
    members = chronicle.sql(
        "select m.* from finding_members m join findings f on f.id = m.finding "  # noqa: S608
        f"where {where} order by m.finding, m.position",
        params,
    )
    for row in members:
        told[row[0]].members.append(FindingMemberRow(*row))
    if told:
        about: dict[str, list[DecisionRow]] = defaultdict(list)
        decisions = chronicle.rows(
            DecisionRow,
            "list_has_any(list_transform(targets, lambda t: t[:3]), ['ff-'])",
            order="made_at, id",
        )
        for decision in decisions:
            for target in decision.targets:
                about[target].append(decision)
        for one in told.values():
            one.decisions = about.get(one.row.fingerprint, [])
        _ask_again(chronicle, decisions, told)
    return list(told.values())


def _ask_again(chronicle: Chronicle, rows: Sequence[DecisionRow], told: Mapping[str, Told]) -> None:
    """Put beside findings the decisions that had settled them before a passage changed."""
    from regesta.decisions import STATUS_OF, Asked, asks_again, saying_of_words

    ended = {
        row.id: row
        for row in rows
        if row.kind in STATUS_OF and row.status in ("precondition-changed", "applied")
    }
    if not ended:
        return
    says: dict[str, set[str]] = defaultdict(set)
    heads: dict[str, tuple[str, str, bool]] = {}
    for id_, fingerprint, kind, status, claim, quote in chronicle.sql(
        "select f.id, f.fingerprint, f.kind, f.status, c.fingerprint, m.quote from findings f "
        "join finding_members m on m.finding = f.id left join claims c on c.id = m.claim order by f.id"
    ):
        heads[id_] = fingerprint, kind, status == "open"
        says[id_].add(claim or saying_of_words(quote))
    findings = [
        Asked(id_, fingerprint, kind, frozenset(says[id_]), is_open)
        for id_, (fingerprint, kind, is_open) in heads.items()
    ]
    for decision, again in asks_again([_decision(row) for row in ended.values()], findings).items():
        for one in again:
            if one.id in told:
                told[one.id].before.append(ended[decision])


def _decision(row: DecisionRow) -> Any:
    from regesta.model import Decision

    return Decision(
        id=row.id,
        at=row.made_at,
        by=row.made_by,
        kind=row.kind,
        targets=row.targets,
        value=row.value,
        why=row.why,
    )


def print_grouped(found: Sequence[Told], passages: Passages) -> None:
    """Print findings by severity, the gravest first, then by kind."""
    for severity, colour in COLOURS.items():
        of_severity = [one for one in found if one.row.severity == severity]
        if not of_severity:
            continue
        title = f"{severity}: {_HEADINGS[severity]} ({len(of_severity):,})"
        click.echo("\n" + click.style(title, fg=colour, bold=True))
        for kind in dict.fromkeys(one.row.kind for one in of_severity):
            of_kind = [one for one in of_severity if one.row.kind == kind]
            click.echo(f"  {heading(kind)}" + (f" ({len(of_kind):,})" if len(of_kind) > 1 else ""))
            for one in sorted(of_kind, key=lambda told: told.row.status != "open"):
                for line in lines_of(one, passages):
                    click.echo(line)


def lines_of(told: Told, passages: Passages, *, indent: str = "    ", shown: int = _SHOWN) -> Iterator[str]:
    """Yield a finding: its sentence, its passages with their places, its working, and who settled it."""
    row = told.row
    status = click.style(row.status, fg=None if row.status == "open" else "green")
    tail = f"  {click.style(row.code, dim=True)} {status} {click.style(row.id, dim=True)}"
    yield _filled(seen(row.summary, 1000), indent, indent + "  ") + tail
    inner = indent + "    "
    for member in told.members[:shown]:
        place = passages.place(member.source, member.start_char, member.end_char)
        yield _filled(f"{seen(place, 300)}  “{seen(member.quote, 400)}”", inner, inner + "  ")
    if len(told.members) > shown:
        yield f"{inner}and {len(told.members) - shown:,} more passages"
    if working := _working(json.loads(row.computed)):
        yield _filled(f"working: {working}", inner, inner + "  ")
    for decision in told.decisions:
        if decision.status != "undone":
            yield _filled(_judged(decision, is_contested=decision in told.contested), inner, inner + "  ")
    for decision in told.before:
        words = f"settled before: {_by(decision)}; a passage has changed since"
        yield _filled(words, inner, inner + "  ")


def _judged(decision: DecisionRow, *, is_contested: bool) -> str:
    if is_contested:
        return f"contested: {_by(decision)} [{decision.note}]"
    if decision.status in ("applied", "already-true"):
        return _by(decision)
    return f"{_by(decision)} [{decision.status}{': ' + decision.note if decision.note else ''}]"


def _by(decision: DecisionRow) -> str:
    return f"{decision.kind} by {seen(decision.made_by, 60)} on {decision.made_at[:10]}: {seen(decision.why, 300)}"


def _filled(words: str, first: str, other: str) -> str:
    return textwrap.fill(
        words, terminal_width(), initial_indent=first, subsequent_indent=other, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def _working(computed: Mapping[str, Any]) -> str:
    """Return the working in words: "parts 21; sum 18,013; stated 18,000"."""
    parts = (
        f"{name.replace('_', ' ')} {_plain(value)}"
        for name, value in computed.items()
        if value not in (None, [], "")
    )
    return seen("; ".join(parts), 600)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, list):
        shown = ", ".join(_plain(one) for one in value[:12])
        return f"{shown} and {len(value) - 12} more" if len(value) > 12 else shown
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(one)}" for name, one in value.items())
    return str(value)


def as_json(found: Iterable[Told]) -> list[dict[str, Any]]:
    """Return findings for programs: their rows, the working as an object, members, and decisions."""
    return [
        {
            **dataclasses.asdict(one.row),
            "computed": json.loads(one.row.computed),
            "members": [
                {
                    "source": m.source,
                    "start": m.start_char,
                    "end": m.end_char,
                    "quote": m.quote,
                    "claim": m.claim,
                }
                for m in one.members
            ],
            "is_contested": bool(one.contested),
            "decisions": [_decision_json(decision) for decision in one.decisions],
            "settled_before": [_decision_json(decision) for decision in one.before],
        }
        for one in found
    ]


def _decision_json(decision: DecisionRow) -> dict[str, str]:
    return {
        "id": decision.id, "kind": decision.kind, "by": decision.made_by, "at": decision.made_at,
        "why": decision.why, "status": decision.status, "note": decision.note,
    }  # fmt: skip
