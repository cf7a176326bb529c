"""`regesta read`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from regesta.cli.arguments import JSON

__all__ = ["read"]


@click.command(epilog="Example: regesta read page.html --json")
@click.argument("file", type=click.Path(path_type=Path))
@JSON
def read(file: Path, *, as_json: bool) -> None:
    """Show what is read of one file: its blocks, tables and references.

    FILE may be within an archive or a dump: papers.zip/annals.html. What a `sources.toml` beside the file says of it is used.
    """
    from regesta.project import list_sources
    from regesta.reading import read as read_
    from regesta.reading.tree import outline, to_json

    listed = list_sources([file], ()).sources if file.is_file() else ()
    document = read_(file, source=listed[0].source if listed else None)
    if as_json:
        click.echo(json.dumps(to_json(document), ensure_ascii=False, indent=2))
    else:
        click.echo(outline(document))
