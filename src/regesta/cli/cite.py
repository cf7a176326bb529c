"""`regesta cite`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta.cli.arguments import JSON, one_form, open_chronicle
from regesta.cli.targets import nearby
from regesta.errors import StoreError
from regesta.project import find_project

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["cite"]

_FORMATS = ("text", "bibtex", "csl-json", "markdown")
_MANY = 12


@click.command(epilog='Example: regesta cite "Karl Moe" --format bibtex')
@click.argument("given", nargs=-1, metavar="[CHRONICLE] [WHAT]")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", help="How it is laid out.")
@JSON
def cite(given: tuple[str, ...], *, form: str, as_json: bool) -> None:
    """Tell how to cite a person, a claim, a finding, a source, or the chronicle.

    Without WHAT the chronicle is cited. WHAT is an id (`e-`, `c-`, `f-`), the name of a source, or a name. Of a
    claim the source itself is cited in full, with the place of the passage and the hash of the file; the version of a chronicle is the hash of its content.
    """
    form = one_form(form, "csl-json", as_json=as_json)
    path, what = _asked(given)
    from regesta.custody import citation_of, laid_out

    project = find_project()
    with open_chronicle(path) as chronicle:
        fallback = project.root.name if project.is_real else Path(path or project.chronicle).stem
        title = chronicle.meta.get("edition_title") or project.title or fallback
        row = None if what is None else _found(chronicle, what)
        click.echo(laid_out(citation_of(chronicle, row, title=title), form))


def _asked(given: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Return the chronicle and what is asked of it, None for what was left out."""
    if len(given) > 2:
        raise click.UsageError("give WHAT, or CHRONICLE and WHAT; try --help")
    if len(given) == 2:
        return given[0], given[1]
    if len(given) == 1 and given[0].endswith((".duckdb", ".db")) and Path(given[0]).is_file():
        return given[0], None
    return None, given[0] if given else None


def _found(chronicle: Chronicle, what: str) -> object:
    """Return the one row that is meant; raises `StoreError` where there is none, or several."""
    from regesta.chronicle.rows import ClaimRow, FindingRow

    if claims := chronicle.rows(ClaimRow, "id = ?", [what]):
        return claims[0]
    if findings := chronicle.rows(FindingRow, "id = ?", [what]):
        return findings[0]
    if sources := [row for row in chronicle.sources() if row.name == what]:
        return sources[0]
    from regesta.cli.show import entities_of

    found = entities_of(chronicle, what)
    if not found:
        raise StoreError("nothing of that name", found=what[:200], hint=nearby(chronicle, what))
    if len(found) > 1:
        for row in found[:_MANY]:
            click.echo(f"  {row.id}  {row.label}  ({row.kind})", err=True)
        raise StoreError(
            f"{len(found):,} have that in their names", found=what[:200], hint="say which, by its id"
        )
    return found[0]
