"""`regesta status`.

    sources now ──their bytes──► against those of the last build ──► new, changed, gone, unread
    decisions.jsonl ───────────► against its table of decisions ───► waiting, not applied
                                 its findings ─────────────────────► open

Files are read to be hashed, none is parsed, and nothing is written.
"""

from __future__ import annotations

import hashlib
import json
import textwrap
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from regesta.cli.arguments import JSON
from regesta.cli.findings import COLOURS
from regesta.cli.logs import DECISIONS, chosen_log
from regesta.cli.printing import heading, terminal_width
from regesta.cli.targets import seen
from regesta.errors import ProjectError, RegestaError
from regesta.model import Rejection
from regesta.project import Project, find_project, list_sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.chronicle import Chronicle
    from regesta.erasure import Erased

__all__ = ["status"]

_SHOWN = 12
"""Sources and decisions of each kind that are told one by one; `--json` has all."""


@dataclass(slots=True)
class _State:
    """What has changed since the last build."""

    chronicle: str
    is_built: bool = False
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """Sources that the last build could not read, and those that cannot be read now."""
    n_unchanged: int = 0
    is_other_version: bool = False
    """Whether the program, its word lists or the project's packs have changed."""
    waiting: list[dict[str, Any]] = field(default_factory=list)
    """Decisions that no build has seen."""
    withdrawn: list[str] = field(default_factory=list)
    """Ids of decisions that the chronicle knows and the log no longer has."""
    unapplied: list[dict[str, Any]] = field(default_factory=list)
    alone: list[dict[str, Any]] = field(default_factory=list)
    """Releases of people at risk that wait for a second person."""
    n_bad_lines: int = 0
    open_findings: dict[str, int] = field(default_factory=dict)
    """By severity; what was checked and holds is not among them."""

    @property
    def is_current(self) -> bool:
        """Whether a build would give the same chronicle, as far as can be seen."""
        stale = (self.new, self.changed, self.gone, self.waiting, self.withdrawn)
        return self.is_built and not any(stale) and not self.is_other_version


@click.command(epilog="Example: regesta status")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="CHRONICLE", help="What was built.")
@DECISIONS
@JSON
def status(paths: tuple[Path, ...], *, output: Path | None, log: str | None, as_json: bool) -> None:
    """Tell what has changed since the last build.

    Sources that are new, changed or gone; decisions that wait or did not apply; findings that are open. PATH and
    CHRONICLE are those that were given to `regesta build`.
    """
    project = find_project()
    given = list(paths) or [project.sources]
    if not paths and not project.sources.is_dir():
        raise ProjectError(
            "no sources",
            where=str(project.sources),
            hint="name what was built, or make a project with: regesta init",
        )
    decided = chosen_log(project, log)
    state = _state(project, given, output if output is not None else project.chronicle, decided)
    if as_json:
        told = {name: getattr(state, name) for name in state.__dataclass_fields__}
        click.echo(json.dumps(told | {"is_current": state.is_current}, ensure_ascii=False, indent=2))
    else:
        _print(state)


def _state(project: Project, paths: list[Path], built: Path, decided: str | Path | None) -> _State:
    state = _State(str(built))
    from regesta.pipeline import what_is_erased

    now = dict(_hashes(paths, state, what_is_erased(project, decided)[0]))
    if not built.is_file():
        state.new = sorted(now)
        _compare_log(decided, None, state)
        return state
    from regesta.chronicle import open as open_
    from regesta.pipeline import extractor_version

    with open_(built) as chronicle:
        state.is_built = True
        was = dict(chronicle.sql("select name, sha256 from sources").rows)
        failed = {
            name for (name,) in chronicle.sql("select distinct source from rejections where code = 'P002'")
        }
        state.new = sorted(name for name in now if name not in was and name not in failed)
        state.changed = sorted(name for name, sha in now.items() if was.get(name, sha) != sha)
        state.gone = sorted(name for name in was if name not in now and name not in state.unread)
        state.unread = sorted({*state.unread, *(failed & now.keys())})
        state.n_unchanged = sum(was.get(name) == sha for name, sha in now.items())
        state.is_other_version = chronicle.meta.get("extractor_version") != extractor_version(project)
        _compare_log(decided, chronicle, state)
        state.open_findings = dict(
            chronicle.sql(
                "select severity, count(*) from findings where status = 'open' and severity <> 'ok' group by severity"
            ).rows
        )
    return state


def _hashes(paths: list[Path], state: _State, erased: Erased | None) -> Iterator[tuple[str, str]]:
    """Yield each source and the hash of its bytes, those in archives too; note what cannot be read."""
    from regesta.erasure import mask_source
    from regesta.pipeline import SUFFIXES
    from regesta.reading import is_readable
    from regesta.unpacking import documents

    for listed in list_sources(paths, SUFFIXES).sources:
        try:
            for found in documents(listed.path, listed.source, wanted=is_readable):
                if not isinstance(found, Rejection):
                    source = found.source if erased is None else mask_source(erased, found.source)
                    yield source.name, hashlib.sha256(found.data).hexdigest()
        except (OSError, RegestaError):
            state.unread.append(listed.source.name)


def _compare_log(decided: str | Path | None, chronicle: Chronicle | None, state: _State) -> None:
    """Note what has become of decisions, and which no build has seen."""
    from regesta.decisions import UNAPPLIED, read_log

    log = read_log(decided) if decided is not None else None
    rows = chronicle.sql("select id, kind, made_by, why, status, note from decisions order by made_at, id").dicts() if chronicle else []  # fmt: skip
    state.unapplied = [row for row in rows if row["status"] in UNAPPLIED]
    if log is None:
        return
    if chronicle is not None:
        from regesta.cli.releasing import waiting

        standing = {row["id"] for row in rows if row["status"] in ("applied", "already-true")}
        alone = waiting(chronicle, log.decisions, standing, find_project())
        state.alone = [
            row | {"note": alone[row["id"]], "status": "waits"} for row in rows if row["id"] in alone
        ]
    known = {row["id"] for row in rows}
    state.waiting = [
        {"id": one.id, "kind": one.kind, "made_by": one.by, "why": one.why}
        for one in log.decisions
        if one.id not in known
    ]
    state.withdrawn = sorted(known - {one.id for one in log.decisions})
    state.n_bad_lines = log.n_unread


def _print(state: _State) -> None:
    if not state.is_built:
        click.echo(f"{state.chronicle} is not built yet")
    changes = {"new": state.new, "changed": state.changed, "gone": state.gone, "not readable": state.unread}
    told = [f"{len(names):,} {how}" for how, names in changes.items() if names]
    click.echo(heading("sources: ") + ", ".join([*told, f"{state.n_unchanged:,} unchanged"]))
    for how, names in changes.items():
        _print_some(f"{how:12}", [seen(name) for name in names])
    decided = {
        "wait for the next build": [_decision(row) for row in state.waiting],
        "did not apply": [_decision(row) for row in state.unapplied],
        "wait for a second person": [_decision(row) for row in state.alone],
        "are in the log no more": state.withdrawn,
    }
    told = [f"{len(rows):,} {how}" for how, rows in decided.items() if rows]
    told += [f"{state.n_bad_lines:,} lines are none"] if state.n_bad_lines else []
    if told:
        click.echo(heading("decisions: ") + ", ".join(told))
        for how, rows in decided.items():
            _print_some(f"{how:23}", rows)
    if state.is_built:
        counts = Counter(state.open_findings)
        listed = [click.style(f"{counts[s]:,} {s}", fg=COLOURS[s]) for s in COLOURS if counts[s]]
        click.echo(heading("findings: ") + (", ".join(listed) + " open" if listed else "none open"))
    if state.is_other_version:
        click.echo("the program or its word lists have changed since: every source would be read again")
    click.echo("up to date" if state.is_current else "build again with: regesta build")


def _decision(row: dict[str, Any]) -> str:
    note = f" [{row['status']}{': ' + row['note'] if row['note'] else ''}]" if "status" in row else ""
    return seen(f"{row['id']}  {row['kind']} by {row['made_by']}: {row['why']}{note}", 400)


def _print_some(first: str, lines: list[str]) -> None:
    fill = textwrap.TextWrapper(terminal_width(), initial_indent="  ", break_long_words=False)
    fill.subsequent_indent = " " * (len(first) + 4)
    for line in lines[:_SHOWN]:
        click.echo(fill.fill(f"{first}  {line}"))
    if len(lines) > _SHOWN:
        click.echo(f"  {first}  and {len(lines) - _SHOWN:,} more")
