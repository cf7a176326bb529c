"""`regesta unpack`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from regesta.cli.arguments import JSON
from regesta.cli.printing import counted

__all__ = ["unpack"]


@click.command(epilog="Example: regesta unpack register.zip -o register")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where to; default: the name of the file.",
)
@JSON
def unpack(file: Path, *, output: Path | None, as_json: bool) -> None:
    """Make a project of what `regesta pack` wrote.

    FILE is believed nothing: names that lead elsewhere, links, more bytes than listed and files that are not what their hash says
    are refused, and then nothing is made. The folder must not be there yet, or be empty.
    """
    from regesta.parcel import unpack_project

    parcel = unpack_project(file, output or Path(file.stem))
    if as_json:
        said = {
            "project": str(parcel.path),
            "files": parcel.n_files,
            "bytes": parcel.n_bytes,
            "sha256": parcel.sha256,
        }
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    click.echo(
        f"{parcel.path}: {counted(parcel.n_files, 'file')}, {counted(parcel.n_bytes, 'byte')}, each as it was packed"
    )
    click.echo(f"sha256 of {file.name} {parcel.sha256}")
    click.echo(f"build it with: cd {parcel.path} && regesta build")
