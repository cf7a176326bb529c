"""Decisions in words, and the list of them: who decided what, why, and what became of it in the last build.

    Nora decided: Ana Sousa (...) and Anna de Souza (...) are one, because: one passport
        applied

Nothing here writes.
"""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

import click

from regesta.cli.printing import counted
from regesta.cli.releasing import waiting
from regesta.cli.targets import Target, Targets, seen
from regesta.errors import DecisionError, StoreError
from regesta.project import find_project

if TYPE_CHECKING:
    from pathlib import Path

    from regesta.decisions import Log
    from regesta.model import Decision

__all__ = ["list_decisions", "row_of", "sentence", "value_in_words"]

_SAID = {
    "same": "{0} and {1} are one",
    "different": "{0} and {1} are not one",
    "part-of": "{0} is a part of {1}",
    "prefer": "{all} is to be preferred",
    "deprecate": "{all} is not to be relied on",
    "confirm": "{all} is as the source has it",
    "reject": "{all} is not what the source says",
    "correct": "{all} should have {value}",
    "add": "of {all} this is added: {value}",
    "not-a-conflict": "{all} is no conflict",
    "explained": "{all} is explained",
    "exception": "{all} is an exception",
    "resolved": "{all} is resolved",
    "withhold": "{all} is to be withheld",
    "release": "{all} is to be released ({value})",
    "erase": "{all} is to be erased",
    "comment": "a comment on {all}",
    "undo": "{all} is taken back",
}


def sentence(decision: Decision, targets: list[Target]) -> str:
    """Return who decided what and why, on one line."""
    words = [target.words for target in targets]
    said = _SAID[decision.kind].format(
        *words, all=" and ".join(words), value=value_in_words(decision.kind, decision.value)
    )
    until = f", until {decision.expires}" if decision.expires else ""
    return f"{seen(decision.by, 60)} decided: {said}{until}, because: {seen(decision.why)}"


def value_in_words(kind: str, value: str | None) -> str:
    """Return what a correction or an addition says, for people."""
    from regesta.decisions import saying_of

    if kind in ("withhold", "release"):
        return seen(value or "", 160)
    if kind not in ("correct", "add") or not value:
        return ""
    try:
        saying = saying_of(value)
    except DecisionError:
        return seen(value, 80)
    parts = [" ".join(part for part in (saying.predicate, saying.value) if part)]
    parts += [f"{name} {got}" for name in ("subject", "when", "where") if (got := getattr(saying, name))]
    if saying.passage is not None:
        place = f" in {saying.passage.source}" if saying.passage.source else ""
        parts.append(f"“{saying.passage.quote}”{place}")
    return seen(", ".join(part for part in parts if part), 160)


def row_of(decision: Decision) -> dict[str, Any]:
    """Return a decision as its line has it."""
    return dataclasses.asdict(decision)


def list_decisions(path: str | Path, built: Path, *, as_json: bool) -> int:
    """Print every decision with what became of it; 1 where lines of the log are no decisions."""
    from regesta.decisions import read_log

    log = read_log(path)
    outcomes, words = _known(built, log)
    ordered = sorted(log.decisions, key=lambda decision: (decision.at, decision.id))
    if as_json:
        told = [
            row_of(decision)
            | dict(zip(("status", "note"), outcomes.get(decision.id, (None, None)), strict=True))
            for decision in ordered
        ]
        problems = [dataclasses.asdict(problem) for problem in log.problems]
        click.echo(json.dumps({"decisions": told, "problems": problems}, ensure_ascii=False, indent=2))
        return 1 if log.n_unread else 0
    for decision in ordered:
        status, note = outcomes.get(decision.id, ("waits for the next build", ""))
        targets = [words.get(one) or Target(one, "other", one) for one in decision.targets]
        if decision.kind in _SAID:
            said = sentence(decision, targets)
        else:
            about = ", ".join(target.words for target in targets)
            said = (
                f"{seen(decision.by, 60)} decided: {decision.kind}, of {about}, because: {seen(decision.why)}"
            )
        click.echo(f"{click.style(decision.id, dim=True)}  {decision.at[:10]}  {said}")
        click.echo(f"    {click.style(status, bold=True)}{': ' + seen(note) if note else ''}")
    n_waiting = sum(decision.id not in outcomes for decision in log.decisions)
    waiting = f", {n_waiting:,} wait{'s' * (n_waiting == 1)} for the next build" if n_waiting else ""
    click.echo(f"{counted(len(ordered), 'decision')} in {path}{waiting}")
    for problem in log.problems:
        counts = "it counts all the same" if problem.counts else "it does not count"
        click.echo(f"{path}:{problem.line}: {seen(problem.told)} ({counts})", err=True)
    return 1 if log.n_unread else 0


def _known(built: Path, log: Log) -> tuple[dict[str, tuple[str, str]], dict[str, Target]]:
    """Return what became of decisions in the last build, and what their targets are called there."""
    kinds = {d.id: Target(d.id, "other", f"{d.kind} ({d.id})") for d in log.decisions}
    if not built.is_file():
        return {}, kinds
    from regesta.chronicle import open as open_

    try:
        opened = open_(built)
    except StoreError as error:
        click.echo(f"regesta: {error}; what became of decisions is not known", err=True)
        return {}, kinds
    with opened as chronicle:
        rows = chronicle.sql("select id, status, note from decisions").rows
        standing = {id_ for id_, status, _ in rows if status in ("applied", "already-true")}
        alone = waiting(chronicle, log.decisions, standing, find_project())
        rows = tuple((id_, *(("waits", alone[id_]) if id_ in alone else told)) for id_, *told in rows)
        fingerprints = sorted({target for decision in log.decisions for target in decision.targets})
        return {id_: (status, note) for id_, status, note in rows}, kinds | Targets(chronicle).described(
            fingerprints
        )
