"""`regesta read`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from regesta.cli.arguments import JSON, OCR

__all__ = ["read"]


@click.command(epilog="Example: regesta read page.html --json")
@click.argument("file", type=click.Path(path_type=Path))
@OCR
@JSON
def read(file: Path, *, ocr: str | None, as_json: bool) -> None:
    """Show what is read of one file: its blocks, tables and references.

    FILE may be within an archive or a dump: papers.zip/annals.html. What a `sources.toml` beside the file says of it is used.
    """
    from regesta.model import Source
    from regesta.project import list_sources
    from regesta.reading import read as read_
    from regesta.reading.tree import outline, to_json

    listed = list_sources([file], ()).sources if file.is_file() else ()
    source = listed[0].source if listed else None
    if ocr is not None:
        source = replace(source or Source(name=file.name), ocr=ocr)
    document = read_(file, source=source)
    if as_json:
        click.echo(json.dumps(to_json(document), ensure_ascii=False, indent=2))
    else:
        click.echo(outline(document))
