"""From the file of an edition to a folder of pages: the way of a whole publish, in order.

Where the site that stands was made of the same edition by the same version with the same wishes, and is whole, nothing is done.
Long work first: exports and pages are made in processes of their own where there is enough to do, and each puts its files into the
folder that is being made. Nothing is seen of it before all of it is whole and has been looked through.
"""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from regesta.chronicle import open as open_chronicle
from regesta.edition import is_edition
from regesta.errors import StoreError
from regesta.export import FORMATS
from regesta.lifeline import end_with_parent, without_script
from regesta.pages import LANGUAGES, source_key, statics
from regesta.publishing.changes import EDITIONS, Since, compare_entries, entries_of, since_of
from regesta.publishing.downloads import Exported, export_some
from regesta.publishing.imprint import Imprint, identity_of
from regesta.publishing.machines import index_of, robots, sitemap, sums
from regesta.publishing.paths import Paths
from regesta.publishing.planning import plan
from regesta.publishing.printing import Job, print_files, print_problem, print_redirects, print_sheets
from regesta.publishing.seeking import pieces_of
from regesta.publishing.swapping import File, Folder
from regesta.shelf import Shelf, make
from regesta.shelf import open as open_shelf
from regesta.version import __version__

__all__ = ["Imprinted", "Published", "publish_edition"]

_WITHHELD = "withheld:"
"""What begins the keys of `meta` that count what was withheld."""
_LAST = ("overview", "downloads", "edition")
"""Pages that tell of the others, so they are printed when these are there."""
_FEW = 400
"""Pages that are printed at once in one process; more go to several."""
_CHUNK = 1500
_LONG = ("xlsx", "trig", "tei", "ftm", "jsonld")
"""Formats that take long, longest first."""

Check = Callable[[Sequence[Path]], None]
"""Looks through folders for what must not be in them, and raises where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprinted:
    """What whoever publishes says of the edition."""

    title: str
    on: dt.date
    contact: str = ""
    url: str = ""
    """Where the site will stand, if anybody knows."""
    policy: str = ""
    """What is shown and what is not, in Markdown."""
    seal: str = ""
    """What tells that which `check` looks for from anything else, and betrays nothing of it; a site says it."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was done."""

    folder: Path
    imprint: Imprint
    n_pages: int
    n_files: int
    n_written: int
    n_removed: int
    not_made: tuple[Exported, ...]
    """Exports that could not be made, with the reason."""
    since: Since
    is_same: bool = False
    """The site stood there already, whole, and was not touched."""


def publish_edition(
    edition: Path,
    folder: Path,
    said: Imprinted,
    *,
    languages: Sequence[str] = (),
    formats: Iterable[str] = tuple(FORMATS),
    jobs: int = 1,
    check: Check | None = None,
) -> Published:
    """Write the site of an edition, whole or not at all; leave one that stands and would be the same.

    `languages` are those of the pages, all where none is named; `formats` those of the downloads. `check` is given the folders that hold all that will be seen, before it is. Raises `StoreError` where the chronicle is no
    edition, where the folder holds something else or cannot be written, and whatever `check` raises.
    """
    with open_chronicle(edition) as chronicle:
        if not is_edition(chronicle):
            raise StoreError(
                "is not an edition: nobody in it is protected",
                where=str(edition), hint="make one with: regesta edition; or publish the chronicle, which makes it",
            )  # fmt: skip
        identity = identity_of(chronicle)
        withheld = {
            key.removeprefix(_WITHHELD): int(n)
            for key, n in sorted(chronicle.meta.items())
            if key.startswith(_WITHHELD)
        }
    chosen = tuple(one for one in LANGUAGES if one in languages) or LANGUAGES
    wanted = tuple(formats)
    made_of = _made_of(identity, said, chosen, is_checked=check is not None)
    place = Folder.open(folder)
    try:
        if stood := _standing(place, said, made_of, wanted):
            return stood
        return _published(
            edition, place, said, (identity, withheld), chosen, wanted, jobs, check, made_of=made_of
        )
    finally:
        place.close()


def _published(
    edition: Path,
    folder: Folder,
    said: Imprinted,
    of_edition: tuple[str, dict[str, int]],
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    jobs: int,
    check: Check | None,
    *,
    made_of: str,
) -> Published:
    identity, withheld = of_edition
    path = folder.work / "shelf.sqlite"
    made: list[File] = []
    with ExitStack() as stack:
        pool = None
        if jobs > 1:
            pool = ThreadPoolExecutor(jobs)
            stack.callback(pool.shutdown, wait=True, cancel_futures=True)
        run = partial(_run, pool)
        exporting = [run(export_some, folder, edition, some) for some in _grouped(formats)]
        make(edition, path, identity=identity)
        shelf = open_shelf(path)
        stack.callback(shelf.close)
        entries = entries_of(shelf)
        since = compare_entries(
            folder.read(EDITIONS), entries, identity=identity, on=said.on, version=__version__
        )
        imprint = _imprint(said, identity, since)
        planned = plan(shelf)
        job = Job(
            shelf=path, folder=folder, languages=languages, steps=planned.steps, imprint=imprint, since=since,
            paths=Paths(answered=planned.answered, moved=planned.moved),
            policy=said.policy, withheld=withheld, labels=_labels(shelf, since),
        )  # fmt: skip
        first = [sheet for sheet in planned.sheets if sheet.page not in _LAST]
        chunks = [first[at : at + _CHUNK] for at in range(0, len(first), _CHUNK)]
        printing = [run(print_sheets, job, chunk) for chunk in chunks] if len(first) > _FEW else []
        if not printing:
            made += print_sheets(job, first)
        made += print_files(job)
        made += print_redirects(job, _merged(shelf))
        made += [folder.put(name, body) for name, body in pieces_of(shelf)]
        made += [folder.put(f"static/{name}", body) for name, body in _static_files().items()]
        made.append(folder.put(EDITIONS, since.body))
        made += [file for some in printing for file in some.result()]
        exported = {one.format: one for some in exporting for one in some.result()}
    exports = tuple(exported[name] for name in formats)
    made += [one.file for one in exports if one.file]
    told = Job(**{**{name: getattr(job, name) for name in job.__slots__}, "exports": exports})
    made += print_sheets(told, [sheet for sheet in planned.sheets if sheet.page in _LAST])
    made += print_problem(told)
    made.append(folder.put("downloads/SHA256SUMS", sums(exports)))
    made.append(folder.put("robots.txt", robots(imprint)))
    if imprint.url:
        made += [folder.put(name, body) for name, body in sitemap(imprint, made)]
    if check is not None:
        path.unlink()
        check([folder.staging, folder.work])
    made.sort(key=lambda file: file.path)
    removed = len(set(folder.old) - {file.path for file in made})
    folder.finish(made, index_of(imprint, exports, languages, made_of))
    return Published(
        folder=folder.target,
        imprint=imprint,
        n_pages=sum(file.path.endswith(".html") for file in made),
        n_files=len(made) + 1,
        n_written=sum(file.is_written for file in made),
        n_removed=removed,
        not_made=tuple(one for one in exports if one.file is None),
        since=since,
    )


def _made_of(identity: str, said: Imprinted, languages: tuple[str, ...], *, is_checked: bool) -> str:
    """Return what a site comes to: the edition, the version, what is said of it; the day is that of its first publication."""
    parts = [
        identity, __version__, said.title, said.contact, said.url, said.policy, said.seal, languages, is_checked,
    ]  # fmt: skip
    return sha256(json.dumps(parts).encode()).hexdigest()


def _standing(folder: Folder, said: Imprinted, made_of: str, formats: tuple[str, ...]) -> Published | None:
    """Return the site that stands there, where it is whole and would be made again as it is."""
    index = folder.before()
    exports = index.get("exports")
    body = folder.read(EDITIONS)
    if index.get("made_of") != made_of or body is None or not isinstance(exports, list):
        return None
    if {one["format"] for one in exports} != set(formats) or not folder.is_whole():
        return None
    since = since_of(body)
    return Published(
        folder=folder.target,
        imprint=_imprint(said, str(since.editions[0]["id"]), since),
        n_pages=sum(path.endswith(".html") for path in folder.old),
        n_files=len(folder.old) + 1,
        n_written=0,
        n_removed=0,
        not_made=(),
        since=since,
        is_same=True,
    )


def _grouped(formats: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the formats as they are made together: those that take long each by itself, and first.

    >>> _grouped(("csv", "tei", "xlsx", "ics"))
    [('xlsx',), ('tei',), ('csv', 'ics')]
    """
    long = [(name,) for name in _LONG if name in formats]
    rest = tuple(name for name in formats if name not in _LONG)
    return [*long, rest] if rest else [*long]


def _run(pool: ThreadPoolExecutor | None, work: Callable[..., Any], *given: Any) -> Future[Any]:
    """Do something in a process of its own, whose memory goes with it; or here and now."""
    if pool is not None:
        return pool.submit(_in_process, work, *given)
    done: Future[Any] = Future()
    done.set_result(work(*given))
    return done


def _in_process(work: Callable[..., Any], *given: Any) -> Any:
    with ProcessPoolExecutor(
        1, mp_context=multiprocessing.get_context("spawn"), initializer=end_with_parent
    ) as one:
        with without_script():
            done = one.submit(work, *given)
        return done.result()


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:  # such as http://[
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _imprint(said: Imprinted, identity: str, since: Since) -> Imprint:
    url = said.url.rstrip("/") + "/" if said.url else ""
    if url and not _is_address(url):
        raise StoreError(
            "is no address of a site",
            where="--url",
            found=said.url,
            hint="such as https://example.org/register/",
        )
    on = dt.date.fromisoformat(
        str(since.editions[0]["on"])
    )  # of the same content the day on which it was first published
    return Imprint(
        title=said.title, id=identity, number=since.number, on=on, version=__version__,
        contact=said.contact.strip(), url=url,
    )  # fmt: skip


def _labels(shelf: Shelf, since: Since) -> dict[str, str]:
    """Return what the entries that changed are called, by the id that the site shows."""
    if since.changes is None:
        return {}
    wanted = {*since.changes.added, *since.changes.changed}
    rows = shelf.rows(
        "select id, label, 1 as is_entity from entities union all select name, title, 0 from sources"
    )
    named = (
        (f"people/{row['id']}" if row["is_entity"] else f"sources/{source_key(row['id'])}", row["label"])
        for row in rows
    )
    return {id_: label for id_, label in named if id_ in wanted and label}


def _merged(shelf: Shelf) -> dict[str, str]:
    """Return the ids that were merged into one that is shown."""
    return shelf.pairs(
        "select i.id, i.redirect from identities i join entities e on e.id = i.redirect"
        " where i.id not in (select id from entities) order by i.id"
    )


def _static_files() -> dict[str, bytes]:
    """Return style sheets and scripts; those for reviewers stay at home."""
    shared = {name: body for name, body in statics().contents.items() if not name.startswith("review.")}
    room = files("regesta.publishing").joinpath("static")
    return shared | {path.name: path.read_bytes() for path in sorted(room.iterdir(), key=lambda p: p.name)}
