"""From paths to sources: which files there are, and what is known of each.

    sources/             walked in order of names; hidden files and those that are no sources left out
      sources.toml       ["page.html"] title = "...", date = "2012-01", columns = { "Year" = "period" }
      page.html     ──►  Listed(path, Source(name="page.html", title=...))
      picture.jpg   ──►  Rejection "P001"

A source's name is its path below the folder that was given, or the file's name; where two would be one, the folders'
names are put before them. Nothing here opens a file but `sources.toml`.
"""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from regesta.errors import ProjectError
from regesta.model import Rejection, Source
from regesta.project.settings import PROJECT_FILE, read_toml
from regesta.unpacking import is_saved_part

__all__ = [
    "SOURCES_FILE",
    "TEXT_KEYS",
    "Listed",
    "Listing",
    "describe",
    "is_setting",
    "list_sources",
    "read_described",
    "unwanted",
]

SOURCES_FILE = "sources.toml"

TEXT_KEYS = ("title", "url", "licence", "date", "retrieved", "language", "revision", "encoding", "ocr")
"""What `sources.toml` may say of a file, beside `columns`, and `fetched`, which is for `regesta add` alone."""

_TABLES = {"columns", "fetched"}
"""Keys whose values are tables of text."""

_CONTROLS = re.compile(r"[\0-\x1f\x7f-\x9f\u2028\u2029]")
_PATTERN = re.compile(r"[*?\[]")
_PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".webp", ".jp2", ".heic"}
_NO_SOURCES = {
    SOURCES_FILE,
    PROJECT_FILE,
    "decisions.jsonl",
    "identities.jsonl",
    "policy.toml",
    "weights.toml",
}
"""Files that a project keeps beside its sources."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that will be read, and what is known of it before."""

    path: Path
    source: Source


@dataclass(frozen=True, slots=True)
class Listing:
    """What was found under some paths."""

    sources: tuple[Listed, ...]
    """By name; names are unique."""
    rejections: tuple[Rejection, ...]
    """Files that are no sources, and why."""


def list_sources(paths: Iterable[str | Path], suffixes: Collection[str]) -> Listing:
    """Return the sources under `paths`: files as they are, folders with all that lies below them.

    `suffixes` are the endings that can be read, such as `.html`. A file named outright is a source whatever its ending
    is: its reader will tell. Raises `ProjectError` where a path does not exist or a `sources.toml` is ill-formed.
    """
    found: list[
        tuple[Path, Path, str, Path]
    ] = []  # file, folder or file that was given, name, file behind all links
    rejections: list[Rejection] = []
    for given in dict.fromkeys(one for p in paths for one in _globbed(Path(p))):
        if given.is_dir():
            walked = [
                (_printable(path.relative_to(given).as_posix()), path, real, fault)
                for path, real, fault in _walk(given)
            ]
            files = {name for name, *_ in walked}
            for name, path, real, fault in walked:
                if is_setting(path.name):
                    continue
                left_out = unwanted(name, fault, files, suffixes)
                if left_out is None:
                    found.append((path, given, name, real))
                else:
                    rejections.append(left_out)
        elif given.exists():
            found.append((given, given.parent, _printable(given.name), given.resolve()))
        else:
            raise ProjectError("no such file or folder", where=str(given), hint="check the path")
    return Listing(tuple(sorted(_described(found), key=lambda s: s.source.name)), tuple(rejections))


def is_setting(name: str) -> bool:
    """Return whether a file is one that a project keeps beside its sources, such as `sources.toml`."""
    return PurePosixPath(name).name in _NO_SOURCES


def unwanted(name: str, fault: str, files: Collection[str], suffixes: Collection[str]) -> Rejection | None:
    """Return why a file of a folder is no source, None where it is one; `fault` says why it cannot be read.

    >>> unwanted("a.jpg", "", (), {".txt"}).reason, unwanted("a.txt", "", (), {".txt"})
    ("No reader for files ending in '.jpg'. A picture is read in a PDF, with --ocr LANGUAGES.", None)
    """
    if fault:
        return _no_source(name, "P004", fault)
    if is_saved_part(name, files):
        return _no_source(name, "P003", "A part of a saved page.")
    suffix = PurePosixPath(name).suffix
    if suffix.lower() in suffixes:
        return None
    kind = f"files ending in {suffix!r}" if suffix else "files without an ending"
    told = " A picture is read in a PDF, with --ocr LANGUAGES." if suffix.lower() in _PICTURES else ""
    return _no_source(name, "P001", f"No reader for {kind}.{told}")


def _globbed(path: Path) -> list[Path]:
    """Return the files that a pattern such as `papers/**/*.html` means, else the path as it is."""
    if path.exists() or not _PATTERN.search(str(path)):
        return [path]
    found = sorted(Path(p) for p in glob.iglob(str(path), recursive=True))  # noqa: PTH207 - absolute ones too
    if not found:
        raise ProjectError("no file matches", where=str(path), hint="check the pattern, and quote it")
    return found


def _printable(name: str) -> str:
    r"""Return a file's name as one line of Unicode; bytes that are no UTF-8, and control characters, become U+FFFD.

    >>> _printable("two\nlines.txt")
    'two\ufffdlines.txt'
    """
    return _CONTROLS.sub("\ufffd", name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def _walk(folder: Path, above: tuple[Path, ...] = ()) -> Iterator[tuple[Path, Path, str]]:
    """Yield what lies below a folder in order of names, which file that is, and why it cannot be read, empty for one that can.

    Hidden files are left out; a link back up is not followed.
    """
    try:
        real = folder.resolve()
        if real in above:
            return
        with os.scandir(folder) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except (OSError, RuntimeError) as error:
        reason = (getattr(error, "strerror", None) or "it leads in a circle").lower()
        yield folder, folder, f"The folder cannot be read ({reason})."
        return
    for entry in ordered:
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        is_link = entry.is_symlink()
        kind = path if is_link else entry  # of what is no link the folder told already what it is
        if kind.is_dir():
            yield from _walk(path, (*above, real))
        elif kind.is_file():
            yield path, path.resolve() if is_link else real / entry.name, ""
        elif is_link:
            yield path, path, "It is a link that leads to no file."
        else:
            yield path, path, "It is no file but a pipe, a socket or a device."


def _described(found: list[tuple[Path, Path, str, Path]]) -> Iterator[Listed]:
    """Give each file a name of its own, and what its `sources.toml` says of it."""
    once = {real: (path, given, name) for path, given, name, real in reversed(found)}
    files = list(reversed(once.values()))
    of_name = Counter(name for _, _, name in files)
    taken: Counter[str] = Counter()
    tables: dict[Path, dict[str, dict[str, Any]]] = {}
    for path, given, name in files:
        if given not in tables:
            tables[given] = _read_table(given)
        source = describe(name, tables[given].get(name, {}), given)
        unique = f"{given.resolve().name}/{name}" if of_name[name] > 1 else name
        taken[unique] += 1
        if taken[unique] > 1:
            unique = f"{unique}~{taken[unique]}"
        yield Listed(path, replace(source, name=unique))


def _read_table(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what is said of the files of a folder: in its own `sources.toml`, else in the one beside it in a project."""
    for path in (folder / SOURCES_FILE, folder.resolve().parent / SOURCES_FILE):
        if path.is_file() and (path.parent == folder or (path.parent / PROJECT_FILE).is_file()):
            return read_described(path)
    return {}


def read_described(path: Path) -> dict[str, dict[str, Any]]:
    """Return what a `sources.toml` says of each file; raises `ProjectError` where it is ill-formed."""
    table = read_toml(path)
    for name, described in table.items():
        if not isinstance(described, dict):
            raise ProjectError(
                "a source is described in a table of its own",
                where=str(path),
                found=name,
                hint='write ["page.html"] on a line of its own, then title = "..."',
            )
    return table


def describe(name: str, described: dict[str, Any], folder: Path | str) -> Source:
    """Return a source with what the `sources.toml` of its folder says of it; raises `ProjectError` where that is not said so."""
    where = f"{folder}/{SOURCES_FILE}: [{name!r}]"
    columns = described.get("columns", {})
    if not isinstance(columns, dict) or not all(isinstance(v, str) for v in columns.values()):
        raise ProjectError("columns should be headings and their meanings", where=where, found=columns)
    for key, value in described.items():
        if key in _TABLES:
            continue
        if key not in TEXT_KEYS:
            known = ", ".join((*TEXT_KEYS, "columns", "fetched"))
            raise ProjectError("unknown key", where=where, found=key, hint=f"it may hold {known}")
        if not isinstance(value, str) and not hasattr(value, "isoformat"):
            raise ProjectError(f"{key} should be text", where=where, found=value)
    said = {k: v if isinstance(v, str) else v.isoformat() for k, v in described.items() if k not in _TABLES}
    return Source(name=name, columns=tuple(columns.items()), **said)


def _no_source(name: str, code: str, reason: str) -> Rejection:
    return Rejection(source=name, start=0, end=0, quote="", code=code, reason=reason)
