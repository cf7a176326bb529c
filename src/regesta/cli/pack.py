"""`regesta pack`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from regesta.cli.arguments import JSON
from regesta.cli.printing import counted
from regesta.project import find_project

__all__ = ["pack"]

_SHOWN = 5
"""Files left out that are named."""


@click.command(epilog="Example: regesta pack -o register.zip")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write; default: the name of the project's folder.",
)
@click.option(
    "--chronicle", "with_chronicle", is_flag=True, help="Pack the chronicle too, which a build makes anew."
)
@click.option(
    "--with-key",
    is_flag=True,
    help="Pack the project's protection.key too: whoever has it can look up what is withheld.",
)
@JSON
def pack(*, output: Path | None, with_chronicle: bool, with_key: bool, as_json: bool) -> None:
    """Put the whole project into one file, for a colleague.

    Settings, sources, decisions, identities and lexicons go in, with a list of their hashes. `regesta unpack` makes a project of
    it again, and a build of that gives the same exports, byte for byte. The sources are in it as they are: send it as carefully.
    """
    from regesta.parcel import contents_of, pack_project

    project = find_project()
    contents = contents_of(project, with_chronicle=with_chronicle, with_key=with_key)
    parcel = pack_project(contents, output or Path(f"{project.root.name or 'project'}.zip"))
    if as_json:
        said = {
            "archive": str(parcel.path),
            "files": parcel.n_files,
            "bytes": parcel.n_bytes,
            "sha256": parcel.sha256,
            "key": with_key,
            "left_out": [one._asdict() for one in contents.left],
            "linked": contents.n_linked,
        }
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    click.echo(f"{parcel.path} written: {counted(parcel.n_files, 'file')}, {counted(parcel.n_bytes, 'byte')}")
    click.echo(f"sha256 {parcel.sha256}")
    for one in contents.left[:_SHOWN]:
        click.echo(f"left out: {one.name}: {one.why}", err=True)
    if len(contents.left) > _SHOWN:
        click.echo(f"left out: {len(contents.left) - _SHOWN:,} more", err=True)
    if contents.n_linked:
        click.echo(
            f"{contents.n_linked:,} of them lie elsewhere, and were packed because a link leads there",
            err=True,
        )
    if with_key:
        click.echo(
            "the key is in it: whoever has it can look up what is withheld and what was erased", err=True
        )
