"""Where a command finds the log of decisions: what was said with `--decisions`, else what the project says.

Also `regesta decide import` and `export`, which carry lines between a log and a file. Nothing here makes a decision.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta.cli.printing import counted
from regesta.errors import ProjectError

if TYPE_CHECKING:
    from regesta.project import Project

__all__ = ["DECISIONS", "carry", "chosen_log", "log_of"]

DECISIONS = click.option(
    "--decisions",
    "log",
    metavar="LOG",
    help="The log of decisions, a file or postgresql://USER@HOST/DATABASE, where it is not the project's.",
)


def chosen_log(project: Project, log: str | None) -> str | Path | None:
    """Return where the log is, None where there is neither a project nor one that was named."""
    from regesta.database import check_address, is_address

    if log is not None:
        return check_address(log) if is_address(log) else Path(log)
    return project.log if project.is_real else None


def log_of(project: Project, log: str | None) -> str | Path:
    """Return where the log is; raises `ProjectError` where nobody says it."""
    found = chosen_log(project, log)
    if found is None:
        raise ProjectError(
            "no project here", where=str(project.root),
            hint="make one with: regesta init; or say where the log is, with --decisions LOG",
        )  # fmt: skip
    return found


def carry(log: str | Path, given: tuple[str, ...], *, goes_in: bool, as_json: bool) -> int:
    """Bring the lines of a file into a log, or those of a log into a file; 1 where lines are no decisions and stayed."""
    from regesta.decisions import home_of
    from regesta.decisions.carrying import carry_in, carry_out

    if len(given) != 1:
        raise click.UsageError("say which file" if not given else "there can be one file")
    home = home_of(log)
    done = (carry_in if goes_in else carry_out)(home, given[0])
    if as_json:
        left = [{"line": one.line, "told": one.told} for one in done.left]
        click.echo(json.dumps({"added": done.n_added, "known": done.n_known, "left": left}, indent=2))
    else:
        target = home.where if goes_in else given[0]
        click.echo(
            f"{counted(done.n_added, 'decision')} written to {target}, {done.n_known:,} stood there already".replace(", 0 stood there already", "")
        )  # fmt: skip
    for one in done.left:
        click.echo(
            f"{given[0] if goes_in else home.where}:{one.line}: {one.told} (it was left out)", err=True
        )
    return 1 if done.left else 0
