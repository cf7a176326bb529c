"""`regesta doctor`."""

from __future__ import annotations

import json
import platform
import sys
from importlib.metadata import PackageNotFoundError, version

import click

from regesta.cli.arguments import JSON
from regesta.project import cache_folder, find_project
from regesta.version import __version__

__all__ = ["doctor"]

NEEDED = ("click", "duckdb", "lxml", "markdown-it-py", "msgspec", "mwparserfromhell")
"""What regesta cannot do without."""


@click.command(epilog="Example: regesta doctor --json")
@JSON
def doctor(*, as_json: bool) -> int:
    """Show versions, folders and what is missing.

    Exit status 1 where something that is needed is missing.
    """
    found = {name: _version(name) for name in NEEDED}
    project = find_project()
    facts = {
        "regesta": __version__,
        "python": f"{platform.python_version()} ({sys.executable})",
        "system": platform.platform(terse=True),
        "project": str(project.root) if project.is_real else None,
        "cache": str(cache_folder()),
        "needs": found,
    }
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
    else:
        for name, value in facts.items():
            if name != "needs":
                click.echo(f"{name:17} {value or 'none here'}")
        for name, installed in found.items():
            click.echo(f"{name:17} {installed or f'missing: pip install {name}'}")
    return 0 if all(found.values()) else 1


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
