"""`regesta verify`."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta.cli.arguments import JSON
from regesta.cli.printing import counted
from regesta.cli.targets import seen
from regesta.project import find_project

if TYPE_CHECKING:
    from regesta.custody.holding import Held
    from regesta.custody.verifying import Difference, Verified

__all__ = ["verify"]

_SHOWN = 12
"""Differences of each kind that are told one by one; `--json` has all."""
_KINDS = {
    "source": "sources", "quote": "quotes", "log": "decisions", "version": "versions", "claim": "claims",
    "table": "rows", "build": "builds",
}  # fmt: skip


@click.command(epilog="Example: regesta verify\n\nA published edition: regesta verify site/")
@click.argument("given", nargs=-1, type=click.Path(path_type=Path), metavar="[CHRONICLE] [PATH]...")
@click.option("--jobs", type=click.IntRange(1), default=1, help="Processes that read.", show_default=True)
@JSON
def verify(given: tuple[Path, ...], *, jobs: int, as_json: bool) -> int:
    """Prove that a chronicle is what its sources, decisions and version give, or that a published folder is as it was.

    Every source is hashed and every quote held against its text; then everything is built again in a temporary place, and
    compared. PATH is what was given to `regesta build`. What differs is told, and why; the exit status is 1 then. Of a
    folder that `regesta publish` wrote every file is held against its `index.json`.
    """
    project = find_project()
    if given and given[0].is_dir() and (given[0] / "index.json").is_file():
        from regesta.custody import hold

        if len(given) > 1:
            raise click.UsageError("name one published folder")
        held = hold(given[0])
        _print_held(given[0], held, as_json=as_json)
        return 0 if held.holds else 1
    from regesta.custody import verify as verify_

    path, paths = (given[0], given[1:]) if given else (project.chronicle, ())
    found = verify_(path, project, paths, jobs=jobs)
    if as_json:
        told = dataclasses.asdict(found) | {"holds": found.holds}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _print(path, found)
    return 0 if found.holds else 1


def _print(path: Path, found: Verified) -> None:
    click.echo(
        f"{counted(found.n_sources, 'source')}, {counted(found.n_quotes, 'quote')} and "
        f"{counted(found.n_decisions, 'decision')}: as they were"
    )
    if found.content == found.content_again:
        click.echo(f"built again, it is the same to the row: content SHA-256 {found.content}")
    elif found.content_again:
        click.echo(f"content SHA-256 {found.content}; built again {found.content_again}")
    _print_differences(found.differences)
    click.echo(f"{path} holds" if found.holds else f"{path} does not hold")


def _print_held(folder: Path, held: Held, *, as_json: bool) -> None:
    if as_json:
        told = {
            "holds": held.holds, "index": held.index, "n_files": held.n_files,
            "differences": [dataclasses.asdict(one) for one in held.differences],
        }  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(f"{counted(held.n_files, 'file')}: as published; index.json SHA-256 {held.index}")
    _print_differences(held.differences)
    click.echo(f"{folder} holds" if held.holds else f"{folder} does not hold")


def _print_differences(differences: list[Difference]) -> None:
    shown: Counter[str] = Counter()
    for one in differences:
        shown[one.kind] += 1
        if shown[one.kind] <= _SHOWN:
            click.echo(f"  {seen(one.what, 120)}: {seen(one.why, 300)}")
    for kind, n in shown.items():
        if n > _SHOWN:
            click.echo(f"  and {n - _SHOWN:,} more {_KINDS.get(kind, kind)}")
