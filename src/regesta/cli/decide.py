"""`regesta decide`.

    KIND TARGET [TARGET] ──Targets──► fingerprints ──► one line more in decisions.jsonl ──► the next build applies it

Nothing is changed when a decision is written: the chronicle shows it after the next build, with what became of it.
"""

from __future__ import annotations

import dataclasses
import json
import subprocess
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from regesta.cli.arguments import JSON
from regesta.cli.targets import FINGERPRINT, Target, Targets, Wanted, seen
from regesta.errors import DecisionError, ProjectError, StoreError
from regesta.model.decision import KINDS
from regesta.project import Project, find_project

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle
    from regesta.decisions import Log
    from regesta.model import Decision

__all__ = ["decide"]

_OF_REFERENTS = frozenset({"same", "different", "part-of", "add"})
_OF_CLAIMS = frozenset({"prefer", "deprecate", "correct"})
_CHOSEN_AMONG = frozenset({"prefer", "deprecate", "correct"})
"""Kinds that choose among claims: another claim on the same thing, and the person should look again."""

_SAID = {
    "same": "{0} and {1} are one",
    "different": "{0} and {1} are not one",
    "part-of": "{0} is a part of {1}",
    "prefer": "{all} is to be preferred",
    "deprecate": "{all} is not to be relied on",
    "confirm": "{all} is as the source has it",
    "reject": "{all} is not what the source says",
    "correct": "{all} should be {value}",
    "add": "of {all} this is added: {value}",
    "not-a-conflict": "{all} is no conflict",
    "explained": "{all} is explained",
    "exception": "{all} is an exception",
    "resolved": "{all} is resolved",
    "withhold": "{all} is to be withheld",
    "release": "{all} is to be released",
    "erase": "{all} is to be erased",
    "comment": "a comment on {all}",
    "undo": "{all} is taken back",
}


@click.command(
    epilog=(
        'Example: regesta decide same "Ana Sousa" "Anna de Souza" --why "one passport number"\n\n'
        'Of claims: regesta decide prefer c-53c1d5a4a9f2b8d0 --why "she says so herself"\n\n'
        "What was decided: regesta decide list. To take one back: regesta decide undo d-12deea15e3d1ea8a"
    )
)
@click.argument("kind")
@click.argument("given", nargs=-1, metavar="[TARGET]...")
@click.option("--why", metavar="TEXT", help="The reason; who reads it later has nothing else.")
@click.option("--by", metavar="NAME", help="Who decides; git's user.name or the login where it is left out.")
@click.option("--value", metavar="V", help="What `correct` puts in its place; `predicate: words` of `add`.")
@click.option("--expires", metavar="DATE", help="The last day on which it holds: 2027-01-31.")
@click.option("--decisions", "file", metavar="FILE", help="The log, where it is not the project's.")
@click.option("--chronicle", metavar="CHRONICLE", help="Where the targets are looked up.")
@JSON
def decide(
    kind: str,
    given: tuple[str, ...],
    *,
    why: str | None,
    by: str | None,
    value: str | None,
    expires: str | None,
    file: str | None,
    chronicle: str | None,
    as_json: bool,
) -> int:
    """Record a decision, list them, or take one back.

    KIND is same, different, part-of; prefer, deprecate, confirm, reject, correct, add; not-a-conflict, explained,
    exception, resolved; withhold, release, erase; comment, undo; or `list`. TARGET is a name, the id of an entity or a
    claim, a place such as list.txt:120 (characters from 0), a fingerprint; of undo the id of a decision. `part-of`: the
    part, then the whole.
    """
    project = find_project()
    path = _log_of(project, file)
    built = Path(chronicle) if chronicle is not None else project.chronicle
    if kind == "list":
        if given:
            raise click.UsageError("list takes no TARGET")
        return _list(path, built, as_json=as_json)
    if kind not in KINDS:
        raise click.UsageError(
            f"there is no kind of decision {kind!r}: there are {', '.join(KINDS)}, and list"
        )
    if not given:
        raise click.UsageError(f"say what {kind} is about; try --help")
    if why is None and kind != "undo":
        raise click.UsageError("say why, with --why: a decision without its reason helps nobody")
    if (value is not None) != (kind in ("correct", "add")):
        needs = f"{kind} needs --value" if value is None else f"{kind} takes no --value"
        raise click.UsageError(needs)
    notes: list[str] = []
    if kind == "undo":
        targets = _decisions_meant(path, given, notes)
        precondition = None
    else:
        targets, precondition = _found(built, kind, given, must_be_there=chronicle is not None, notes=notes)
    from regesta.decisions import append, make

    decision = make(
        kind, [target.fingerprint for target in targets], by=by if by is not None else _who(project),
        why=why if why is not None else "taken back", at=datetime.now(UTC), value=value, precondition=precondition,
        expires=expires,
    )  # fmt: skip
    append(path, decision)
    if as_json:
        click.echo(json.dumps(_row(decision), ensure_ascii=False, indent=2))
    else:
        click.echo(
            f"{_sentence(decision, targets)}; written to {path}, the next build applies it.  {decision.id}"
        )
    for note in notes:
        click.echo(f"  note: {note}", err=as_json)
    return 0


def _log_of(project: Project, file: str | None) -> Path:
    if file is not None:
        return Path(file)
    if not project.is_real:
        raise ProjectError(
            "no project here", where=str(project.root),
            hint="make one with: regesta init; or say where the log is, with --decisions FILE",
        )  # fmt: skip
    return project.decisions


def _who(project: Project) -> str:
    """Return git's `user.name`, else the login."""
    with suppress(OSError, subprocess.SubprocessError):
        told = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607 - as the person's own shell finds it
            cwd=project.root, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=10,
            check=False,
        )  # fmt: skip
        if name := told.stdout.strip():
            return name
    with suppress(OSError, KeyError, ImportError):
        from getpass import getuser

        return getuser()
    raise DecisionError("nobody knows who decides", hint="say it, with --by NAME")


def _found(
    built: Path, kind: str, given: tuple[str, ...], *, must_be_there: bool, notes: list[str]
) -> tuple[list[Target], str | None]:
    """Return what a decision is about, and what it is chosen among; fingerprints need no chronicle."""
    wanted: Wanted = "referent" if kind in _OF_REFERENTS else "claim" if kind in _OF_CLAIMS else "any"
    if not must_be_there and not built.is_file() and all(FINGERPRINT.fullmatch(one) for one in given):
        notes.append(f"there is no chronicle at {built}: nobody looked whether the fingerprints are right")
        return [Target(one, "other", one) for one in given], None
    from regesta.chronicle import open as open_

    with open_(built) as chronicle:
        finder = Targets(chronicle)
        targets = [finder.find(one, wanted) for one in given]
        if len({target.fingerprint for target in targets}) < len(targets):
            raise DecisionError(
                "both are one in this chronicle", found=targets[0].words,
                hint="name a mention of each by its place, such as list.txt:120",
            )  # fmt: skip
        if kind in ("same", "different") and len(targets) == 2 and targets[0].entity == targets[1].entity:
            notes.append("they are one in this chronicle")
        return targets, _chosen_among(chronicle, targets) if kind in _CHOSEN_AMONG else None


def _chosen_among(chronicle: Chronicle, targets: list[Target]) -> str:
    """Return the fingerprint of the claims that compete with these: of the same subjects and predicates."""
    from regesta.decisions import precondition_of

    fingerprints = [target.fingerprint for target in targets]
    query = (
        "select distinct c.fingerprint from claims c join claims t on t.subject = c.subject "
        "and t.predicate = c.predicate where t.fingerprint in (select unnest(?))"
    )
    return precondition_of(found for (found,) in chronicle.sql(query, [fingerprints]))


def _decisions_meant(path: Path, given: tuple[str, ...], notes: list[str]) -> list[Target]:
    """Return decisions by their ids, or the beginnings of them."""
    from regesta.decisions import World, read_log, replay

    log = read_log(path)
    undone = {
        outcome.decision
        for outcome in replay(log.decisions, World(now=datetime.now(UTC).isoformat())).outcomes
        if outcome.status == "undone"
    }
    targets = []
    for one in given:
        found = [d for d in log.decisions if d.id == one] or [
            d for d in log.decisions if d.id.startswith(one)
        ]
        if len(found) != 1:
            problem = "no such decision" if not found else f"{len(found)} decisions begin so"
            raise DecisionError(problem, where=str(path), found=one[:200], hint="see: regesta decide list")
        (decision,) = found
        if decision.id in undone:
            notes.append(f"{decision.id} was undone before")
        targets.append(
            Target(decision.id, "other", f"{decision.kind} ({decision.id}, {seen(decision.why, 80)})")
        )
    return targets


def _sentence(decision: Decision, targets: list[Target]) -> str:
    words = [target.words for target in targets]
    said = _SAID[decision.kind].format(*words, all=" and ".join(words), value=seen(decision.value or "", 80))
    until = f", until {decision.expires}" if decision.expires else ""
    return f"{seen(decision.by, 60)} decided: {said}{until}, because: {seen(decision.why)}"


def _row(decision: Decision) -> dict[str, Any]:
    return dataclasses.asdict(decision)


def _list(path: Path, built: Path, *, as_json: bool) -> int:
    """Print every decision with what became of it; 1 where lines of the log are no decisions."""
    from regesta.decisions import read_log

    log = read_log(path)
    outcomes, words = _known(built, log)
    ordered = sorted(log.decisions, key=lambda decision: (decision.at, decision.id))
    if as_json:
        told = [
            _row(decision)
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
            said = _sentence(decision, targets)
        else:
            about = ", ".join(target.words for target in targets)
            said = (
                f"{seen(decision.by, 60)} decided: {decision.kind}, of {about}, because: {seen(decision.why)}"
            )
        click.echo(f"{click.style(decision.id, dim=True)}  {decision.at[:10]}  {said}")
        click.echo(f"    {click.style(status, bold=True)}{': ' + seen(note) if note else ''}")
    n_waiting = sum(decision.id not in outcomes for decision in log.decisions)
    waiting = f", {n_waiting:,} wait for the next build" if n_waiting else ""
    click.echo(f"{len(ordered):,} decision{'' if len(ordered) == 1 else 's'} in {path}{waiting}")
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
        fingerprints = sorted({target for decision in log.decisions for target in decision.targets})
        return {id_: (status, note) for id_, status, note in rows}, kinds | Targets(chronicle).described(
            fingerprints
        )
