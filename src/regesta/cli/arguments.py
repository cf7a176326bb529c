"""What several commands take: the chronicle that may be left out, and what is said of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta.project import find_project

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["JSON", "OCR", "first_is_chronicle", "one_form", "open_chronicle"]

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
OCR = click.option(
    "--ocr", metavar="LANGUAGES", help="Recognise pages that are pictures, with tesseract: eng, or eng+kor."
)


def one_form(form: str, json: str, *, as_json: bool) -> str:
    """Return the form that is asked for where `--json` is another word for one of `--format`.

    >>> one_form("text", "csl-json", as_json=True), one_form("bibtex", "csl-json", as_json=False)
    ('csl-json', 'bibtex')
    """
    if as_json and form not in ("text", json):
        raise click.UsageError(f"--json is --format {json}: give one of the two")
    return json if as_json else form


def first_is_chronicle(given: tuple[str, ...], what: str) -> tuple[str | None, str]:
    """Return the chronicle, or None where it was left out, and the other argument.

    >>> first_is_chronicle(("Kim",), "WHAT"), first_is_chronicle(("a.duckdb", "Kim"), "WHAT")
    ((None, 'Kim'), ('a.duckdb', 'Kim'))
    """
    if len(given) == 1:
        if given[0].endswith(".duckdb") and Path(given[0]).is_file():
            raise click.UsageError(f"{given[0]} is the chronicle: give {what} behind it; try --help")
        return None, given[0]
    if len(given) == 2:
        return given[0], given[1]
    raise click.UsageError(f"give {what}, or CHRONICLE and {what}; try --help")


def open_chronicle(path: str | None) -> Chronicle:
    """Return the chronicle at `path`, else that of the project here."""
    from regesta.chronicle import open as open_

    return open_(Path(path) if path is not None else find_project().chronicle)
