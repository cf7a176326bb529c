"""`regesta export`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from regesta.cli.arguments import JSON, open_chronicle
from regesta.cli.printing import counted
from regesta.export import FORMATS
from regesta.export import export as export_

__all__ = ["export"]


@click.command(
    epilog="Example: regesta export --format jsonl -o out\n\n\b\nFormats:\n"
    + "\n".join(f"  {f.name:15} {f.says}" for f in FORMATS.values())
)
@click.argument("chronicle", required=False)
@click.option("-f", "--format", "name", required=True, type=click.Choice(list(FORMATS)), help="The form.")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FOLDER", help="Where to write."
)
@JSON
def export(chronicle: str | None, *, name: str, output: Path, as_json: bool) -> None:
    """Write a chronicle in another form.

    The same chronicle gives the same bytes. Files of the same names in FOLDER are replaced.
    """
    with open_chronicle(chronicle) as opened:
        written = export_(opened, name, output)
    if as_json:
        click.echo(json.dumps([str(path) for path in written], ensure_ascii=False))
    else:
        size = sum(path.stat().st_size for path in written)
        click.echo(f"{counted(len(written), 'file')}, {size / 1024:,.0f} kB, written to {output}")
