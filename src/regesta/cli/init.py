"""`regesta init`."""

from __future__ import annotations

from pathlib import Path

import click

from regesta.errors import ProjectError
from regesta.project import PROJECT_FILE, SOURCES_FILE

__all__ = ["init"]

_SETTINGS = """\
# A project of regesta: https://regesta.readthedocs.io
title = {title}

# sources = "sources"               where the documents are
# chronicle = "chronicle.duckdb"    what `regesta build` makes
# packs = ["mine"]                  lexicon packs of packs/, in their order; all of them where this is left out
"""

_SOURCES = """\
# What is known of each file of this folder. Every key may be left out.
#
# ["page.html"]
# title = "A page"
# url = "https://example.org/page"
# licence = "CC BY-SA 4.0"
# date = "2012-01-30"         when the source speaks, EDTF: bounds "now" and "currently"
# retrieved = "2022-11-16"
# language = "en"
#
# ["arrivals.csv"]
# columns = { "Year" = "period", "Persons" = "value" }
"""


@click.command(epilog="Example: regesta init my-register")
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False), metavar="[DIR]")
@click.option(
    "--example", "has_example", is_flag=True, help="Put the documents of the example register into it."
)
def init(folder: Path, *, has_example: bool) -> None:
    """Make a new project.

    DIR is made where need be; nothing in it is changed, but that `.gitignore` names the key. Put documents into its `sources/`, then run `regesta build`.
    """
    settings = folder / PROJECT_FILE
    if settings.exists():
        raise ProjectError("is a project already", where=str(folder))
    from regesta.cli.toml import quoted
    from regesta.protection.key import ignore_key

    sources = folder / "sources"
    try:
        sources.mkdir(parents=True, exist_ok=True)
        if has_example:
            _copy_example(sources)
        settings.write_text(_SETTINGS.format(title=quoted(folder.resolve().name)), "utf-8")
        if not (sources / SOURCES_FILE).exists():
            (sources / SOURCES_FILE).write_text(_SOURCES, "utf-8")
        ignore_key(folder)
    except OSError as error:
        raise ProjectError(f"cannot be made ({error.strerror})", where=str(folder)) from error
    todo = (
        "now: regesta build" if has_example else f"put documents into {sources}, or: regesta add FILE-or-URL"
    )
    click.echo(f"{settings} written; {todo}")


def _copy_example(sources: Path) -> None:
    """Copy the documents of the example register; raises `ProjectError` where one of their names is taken."""
    import shutil

    example = Path(__file__).parent.parent / "demo" / "sources"
    files = sorted(path for path in example.iterdir() if path.is_file())
    for path in files:
        if (sources / path.name).exists():
            raise ProjectError(
                "is there already, and nothing is written over",
                where=str(sources / path.name),
                hint="make the example in an empty folder",
            )
    for path in files:
        shutil.copyfile(path, sources / path.name)
