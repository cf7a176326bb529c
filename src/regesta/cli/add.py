"""`regesta add`."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import click

from regesta.cli.toml import table
from regesta.errors import ProjectError, ReadError, RegestaError
from regesta.project import SOURCES_FILE, Project, find_project

__all__ = ["add"]

_SUFFIX_OF = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
}
_HTML = {".html", ".htm", ".xhtml"}


@click.command(epilog="Example: regesta add report.md https://example.org/page.html")
@click.argument("given", nargs=-1, required=True, metavar="FILE-or-URL...")
def add(given: tuple[str, ...]) -> int:
    """Copy sources into the project, with what they say of themselves.

    A file is copied into `sources/`. A URL is fetched, once and politely: title, address, licence, dates and language
    that the page states are written into `sources.toml`. Exit status 1 where one of several could not be added.
    """
    project = find_project()
    if not project.is_real:
        raise ProjectError("no project here", where=str(project.root), hint="make one with: regesta init")
    project.sources.mkdir(parents=True, exist_ok=True)
    failed = 0
    for what in given:
        try:
            click.echo(_add_url(project, what) if "://" in what else _add_file(project, Path(what)))
        except RegestaError as error:
            if len(given) == 1:
                raise
            click.echo(f"regesta: {error}", err=True)
            failed += 1
    return 1 if failed else 0


def _add_file(project: Project, path: Path) -> str:
    if not path.is_file():
        raise ReadError("no such file", where=str(path), hint="a folder is built with: regesta build FOLDER")
    target = project.sources / path.name
    if target.exists() and target.samefile(path):
        return f"{path} is a source already"
    if target.exists() and target.read_bytes() == path.read_bytes():
        return f"{target} is there already, the same to the byte"
    target = _free(target)
    shutil.copyfile(path, target)
    said = _described(path.read_bytes(), path.suffix)
    _note(project, target.name, said)
    return f"{target} added{_told(said)}"


def _add_url(project: Project, url: str) -> str:
    from regesta.cli.fetch import fetch

    page = fetch(url)
    suffix = _SUFFIX_OF.get(page.media_type)
    if suffix is None:
        raise ReadError(f"is {page.media_type}, which is not read yet", where=url)
    target = _free(project.sources / _file_name(page.url, suffix))
    target.write_bytes(page.data)
    said = {
        "url": page.url,
        **_described(page.data, suffix),
        "retrieved": dt.datetime.now(dt.UTC).date().isoformat(),
    }
    _note(project, target.name, said)
    return f"{target} added{_told(said)}"


def _described(data: bytes, suffix: str) -> dict[str, str]:
    """Return what a page says of itself: title, url, licence, date, language."""
    if suffix.lower() not in _HTML:
        return {}
    from regesta.reading.html import describe

    said = describe(data)
    date = said.get("modified") or said.get("published")
    known = {key: said[key] for key in ("title", "url", "licence", "language") if key in said}
    return known | ({"date": date} if date else {})


def _note(project: Project, name: str, said: dict[str, str]) -> None:
    """Append what is known of a source to `sources.toml`."""
    if said:
        path = project.sources / SOURCES_FILE
        before = path.read_text("utf-8") if path.exists() else ""
        gap = "\n" if before and not before.endswith("\n\n") else ""
        path.write_text(before + gap + table(name, said), "utf-8")


def _file_name(url: str, suffix: str) -> str:
    """Return a file's name for an address: its last part, in safe characters.

    >>> _file_name("https://example.org/wiki/Air_force?x=1", ".html")
    'Air_force.html'
    >>> _file_name("https://example.org/", ".html")
    'example.org.html'
    """
    parts = urlsplit(url)
    last = PurePosixPath(unquote(parts.path)).name or parts.hostname or "page"
    stem = last.removesuffix(suffix) if last.lower().endswith(suffix) else last
    return (re.sub(r"[^\w.()-]+", "_", stem).strip("._")[:80] or "page") + suffix


def _free(path: Path) -> Path:
    """Return the path, or one with a number where it is taken."""
    tried, n = path, 1
    while tried.exists():
        n += 1
        tried = path.with_stem(f"{path.stem}-{n}")
    return tried


def _told(said: dict[str, str]) -> str:
    return "".join(f"\n  {key:9} {value}" for key, value in said.items())
