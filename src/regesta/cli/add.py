"""`regesta add`.

    file ──────────────────────────────► bytes ──┬──► sources/NAME
    URL ── fetching: robots.txt, GET ──► bytes ──┤
                     └─ headers ─────────────────┴──► what it says of itself ──► sources.toml

A page's reader says what the page says of itself; this command ties it to where the page was.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import click

from regesta.cli.arguments import JSON
from regesta.errors import ProjectError, ReadError, RegestaError
from regesta.project import Project, find_project
from regesta.version import __version__

if TYPE_CHECKING:
    from regesta.cli.keeping import Keeper
    from regesta.erasure import Erased
    from regesta.fetching import Fetched, Visitor

__all__ = ["AGENT", "Outcome", "add", "add_one"]

AGENT = f"regesta/{__version__} (+https://regesta.readthedocs.io)"
"""How regesta introduces itself to a site."""

_HTML = (".html", ".htm", ".xhtml")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
"""What a terminal or an editor would obey instead of showing it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one file or URL."""

    given: str
    status: str
    """`added`, `unchanged` or `failed`."""
    source: str | None = None
    """The file's path below the folder of sources."""
    said: dict[str, str] = field(default_factory=dict)
    """What was written of it into `sources.toml`."""
    notes: tuple[str, ...] = ()
    """What the person who adds should know."""
    error: str | None = None


@click.command(epilog="Example: regesta add report.md https://example.org/page.html")
@click.argument("given", nargs=-1, required=True, metavar="FILE-or-URL...")
@click.option(
    "--max-size",
    type=click.IntRange(1),
    default=50,
    show_default=True,
    metavar="MB",
    help="Of a fetched page.",
)
@click.option(
    "--warc", is_flag=True, help="Keep request and answer of a URL as they were, in a web archive (.warc.gz)."
)
@click.option("--allow-private", is_flag=True, help="Fetch from this machine and private networks too.")
@JSON
def add(given: tuple[str, ...], *, max_size: int, warc: bool, allow_private: bool, as_json: bool) -> int:
    """Copy sources into the project, with what they say of themselves.

    A file is copied into `sources/`. A URL is fetched, once and politely, and nothing beside it: title, address, licence,
    dates and language that the page states are written into `sources.toml`. Exit status 1 where one could not be added.
    """
    project = find_project()
    if not project.is_real:
        raise ProjectError("no project here", where=str(project.root), hint="make one with: regesta init")
    from regesta.cli.keeping import Keeper
    from regesta.fetching import Limits, Visitor

    keeper = Keeper(project.sources, _erased(project))
    visitor = Visitor(
        agent=AGENT, limits=Limits(size=max_size << 20), allow_private=allow_private, records=warc
    )
    outcomes = []
    for what in dict.fromkeys(given):
        try:
            outcome = add_one(keeper, what, visitor)
        except RegestaError as error:
            if len(given) == 1 and not as_json:
                raise
            outcome = Outcome(given=what, status="failed", error=str(error))
        outcomes.append(outcome)
        if not as_json:
            _show(outcome, project)
    if as_json:
        click.echo(json.dumps([_as_json(o) for o in outcomes], ensure_ascii=False, indent=2))
    return 1 if any(o.status == "failed" for o in outcomes) else 0


def _erased(project: Project) -> Erased | None:
    """Return what was erased in this project, and is not to come back with a title or a name of a file."""
    if not (project.root / "tombstones.jsonl").is_file():
        return None
    from regesta.pipeline import what_is_erased

    return what_is_erased(project, project.log)[0]


def add_one(keeper: Keeper, given: str, visitor: Visitor) -> Outcome:
    """Add one file or URL; raises `RegestaError` where it cannot be added."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", given):
        return _add_url(keeper, given, visitor)
    return _add_file(keeper, given)


def _add_file(keeper: Keeper, given: str) -> Outcome:
    path = Path(given)
    if path.is_dir():
        raise ReadError(
            "this is a folder", where=given, hint="name its files, or build it: regesta build FOLDER"
        )
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError("no such file", where=given, hint="a URL begins with https://") from error
    except OSError as error:
        raise ReadError(
            f"cannot be read ({(error.strerror or 'unreadable').lower()})", where=given
        ) from error
    inside = path.resolve()
    if inside.is_relative_to(keeper.folder.resolve()):
        name = inside.relative_to(keeper.folder.resolve()).as_posix()
        said, notes = _said_by(data, name, None)
        said = keeper.cleaned(said)
        written = keeper.describe(name, said)
        return Outcome(
            given=given, status="unchanged", source=name, said=said if written else {},
            notes=(f"{given} is a source already", *notes),
        )  # fmt: skip
    name = path.name.lstrip(".") or "file"
    if not _has_suffix(name):
        name += _suffix_by_look(data, given)
    there = keeper.folder / name
    if there.is_file() and there.read_bytes() == data:
        said, notes = _said_by(data, name, None)
        said = keeper.cleaned(said)
        written = keeper.describe(name, said)
        return Outcome(
            given=given, status="unchanged", source=name, said=said if written else {},
            notes=(f"{there} is there already, the same to the byte", *notes),
        )  # fmt: skip
    keeper.notes()  # an ill-formed table is told before anything is written
    said, notes = _said_by(data, name, None)
    said = keeper.cleaned(said)
    kept = keeper.keep(name, data, said)
    return Outcome(given=given, status="added", source=kept.name, said=said, notes=notes)


def _add_url(keeper: Keeper, given: str, visitor: Visitor) -> Outcome:
    from regesta.cli.provenance import description, last_visit
    from regesta.fetching import Head, file_name, suffix_for

    before = last_visit(keeper, given)
    suffix = ""

    def check(head: Head) -> None:
        nonlocal suffix
        names = [PurePosixPath(unquote(urlsplit(head.url).path)).name, head.file_name or ""]
        found = suffix_for(head.media_type, names, _suffixes())
        if found is None:
            raise ReadError(
                f"is {head.media_type}, which regesta does not read; it was not kept", where=head.url
            )
        suffix = found

    bar = _Bar()
    try:
        page = visitor.fetch(given, known=before.known if before else None, check=check, progress=bar)
    finally:
        bar.close()
    if before and (page.is_unchanged or before.holds(page.data)):
        since = f", as of {before.retrieved}" if before.retrieved else ""
        return Outcome(
            given=given, status="unchanged", source=before.name,
            notes=(f"unchanged: {keeper.folder / before.name} is what is there{since}",),
        )  # fmt: skip
    if page.data.startswith(b"%PDF-") and ".pdf" in _suffixes():
        suffix = ".pdf"
    name = file_name(page.head.url, suffix or _suffix_by_look(page.data, page.head.url))
    said, notes = _said_by(page.data, name, page)
    said, fetched, more = description(page, said, visitor.clock.now())
    said, fetched = keeper.cleaned(said), keeper.cleaned(fetched)
    data = page.data
    if page.exchanges:
        from regesta.fetching import warc_of

        name, data = f"{name}.warc.gz", warc_of(page.exchanges, visitor.agent)
        fetched["warc"] = hashlib.sha256(data).hexdigest()
    kept = keeper.keep(name, data, said, fetched)
    if before:
        more = (*more, f"{before.name} is an earlier state of it; remove the one that you do not want")
    return Outcome(given=given, status="added", source=kept.name, said=said, notes=(*notes, *more))


def _said_by(data: bytes, name: str, page: Fetched | None) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return what a file says of itself, among the keys of `sources.toml`, and what kept it from being read."""
    from regesta.cli.provenance import tells_its_encoding
    from regesta.project.sources import TEXT_KEYS

    encoding = page.head.charset if page and not tells_its_encoding(data) else None
    if name.lower().endswith(_HTML):
        from regesta.reading.html import describe

        found: dict[str, Any] = describe(data, page.head.url if page else None, encoding)
        found["date"] = found.get("modified") or found.get("published")
    elif any(name.lower().endswith(s) for s in _container_suffixes()):
        return {}, ()
    else:
        from regesta.model import Source
        from regesta.reading import read_bytes

        try:
            source = read_bytes(data, Source(name=name, encoding=encoding)).source
        except ReadError as error:
            return {}, (
                f"it was kept, but cannot be read: {error.problem}"
                + (f"; {error.hint}" if error.hint else ""),
            )
        found = {key: getattr(source, key, None) for key in TEXT_KEYS}
    said = {key: _clean(str(found[key])) for key in TEXT_KEYS if found.get(key)}
    return {key: value for key, value in said.items() if value}, ()


def _clean(value: str) -> str:
    r"""Return a value on one line, without what is not seen, at most 500 code points.

    >>> _clean("A\x1b[31m   page")
    'A [31m page'
    """
    return " ".join(_UNSEEN.sub(" ", value).split())[:500]


def _suffixes() -> set[str]:
    from regesta.reading import READERS

    return {s for reader in READERS for s in reader.suffixes} | set(_container_suffixes())


def _container_suffixes() -> Iterable[str]:
    from regesta.unpacking import CONTAINERS

    return [s for container in CONTAINERS for s in container.suffixes]


def _has_suffix(name: str) -> bool:
    return any(name.lower().endswith(s) for s in _suffixes())


def _suffix_by_look(data: bytes, where: str) -> str:
    """Return the ending that a file without a known one should have, as its first bytes tell."""
    from regesta.reading import READERS

    for reader in READERS[:-1]:
        if reader.sniff(data):
            return reader.suffixes[0]
    raise ReadError(
        "is of no kind that regesta reads, as far as its name and first bytes tell",
        where=where,
        hint="if it is text, save it under a name that ends in .txt and add the file",
    )


class _Bar:
    """How much of a long download has come, on a terminal."""

    def __init__(self) -> None:
        self._is_drawn = False

    def __call__(self, done: int, total: int | None) -> None:
        if max(done, total or 0) >= 1 << 20 and sys.stderr.isatty():
            self._is_drawn = True
            of = f" of {total / (1 << 20):.1f}" if total else ""
            click.echo(f"\r\x1b[2K{done / (1 << 20):.1f}{of} MB", nl=False, err=True)

    def close(self) -> None:
        """Wipe it away."""
        if self._is_drawn:
            click.echo("\r\x1b[2K", nl=False, err=True)


def _show(outcome: Outcome, project: Project) -> None:
    if outcome.error is not None:
        click.echo(f"regesta: {outcome.error}", err=True)
        return
    if outcome.status == "added":
        click.echo(f"{project.sources / (outcome.source or '')} added")
    for note in outcome.notes:
        click.echo(f"  note: {note}" if outcome.status == "added" else note)
    for key, value in outcome.said.items():
        click.echo(f"  {key:9} {value}")


def _as_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "given": outcome.given, "status": outcome.status, "source": outcome.source, "said": outcome.said,
        "notes": list(outcome.notes), "error": outcome.error,
    }  # fmt: skip
