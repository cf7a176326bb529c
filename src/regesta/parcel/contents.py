"""What belongs to a project, and what of its folder stays where it is.

    settings     regesta.toml and what else is kept beside it (`BESIDE`)
    sources      whatever a build would look at, also what it has no reader for: it tells of that as well
    packs        the project's own lexicons
    on request   the chronicle, the key

Hidden files are left out, as a build leaves them out. A link counts as what it leads to, since a build reads that. Nothing
here opens a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from regesta.erasure import TOMBSTONES
from regesta.errors import ProjectError
from regesta.project import LEDGER, PROJECT_FILE, SOURCES_FILE, Project
from regesta.protection.key import KEY_FILE

__all__ = ["BESIDE", "MANIFEST", "Contents", "Left", "contents_of"]

MANIFEST: Final = "regesta-pack.json"
"""The list of files with their sizes and SHA-256, in the archive; names are those of paths from the project's folder."""

BESIDE: Final = (
    *(PROJECT_FILE, SOURCES_FILE, "decisions.jsonl", LEDGER, TOMBSTONES),
    *("policy.toml", "weights.toml", "canaries.txt"),
)
"""Files that stand beside `regesta.toml`; all but the first may be absent."""


class Left(NamedTuple):
    """Something in the folders of a project that is not packed."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of a project."""

    files: tuple[tuple[str, Path], ...]
    """Name in the archive, and the file, in order of names."""
    left: tuple[Left, ...]
    n_linked: int
    """Files that lie outside of the project, and are reached by a link."""


def contents_of(project: Project, *, with_chronicle: bool = False, with_key: bool = False) -> Contents:
    """Return what is packed of a project.

    Raises `ProjectError` where there is none, where part of it lies elsewhere, or where a build of the copy could not know what
    was erased here.
    """
    _check(project, with_key=with_key)
    root = project.root
    found = {name: root / name for name in BESIDE if (root / name).is_file()}
    left: list[Left] = []
    for folder in (project.sources, project.packs_folder):
        if not folder.is_dir():
            continue
        for path, fault in _walk(folder, ()):
            name = _name(path, root)
            if fault:
                left.append(Left(name, fault))
            else:
                found[name] = path
    if with_chronicle:
        found[_name(_inside(project.chronicle, root, "the chronicle"), root)] = project.chronicle
    if with_key:
        found[KEY_FILE] = root / KEY_FILE
    else:
        found.pop(KEY_FILE, None)
    for name, path in found.items():
        if not path.is_file():
            raise ProjectError(
                "no such file", where=str(path), hint=_HINTS.get(name, "regesta build makes it")
            )
    real = root.resolve()
    n_linked = sum(not path.resolve().is_relative_to(real) for path in found.values())
    return Contents(tuple(sorted(found.items())), tuple(left), n_linked)


_HINTS: Final = {KEY_FILE: "a project has one when something was erased or published; leave out --with-key"}


def _check(project: Project, *, with_key: bool) -> None:
    if not project.is_real:
        raise ProjectError(
            "no project here",
            where=str(project.root),
            hint="make one with: regesta init, or go to its folder",
        )
    _inside(project.sources, project.root, "the sources")
    if project.sources.resolve() == project.root.resolve():
        raise ProjectError(
            "the sources are the whole folder of the project, so what to pack cannot be told", where=str(project.root),
            hint="move them into a folder of their own, and name it in regesta.toml",
        )  # fmt: skip
    if project.database is not None:
        raise ProjectError(
            "the decisions of this project are in a database, whose address is nobody else's business",
            where=str(project.root / PROJECT_FILE),
            hint="carry them into decisions.jsonl with: regesta decide export decisions.jsonl; take [decisions] out of the file",
        )  # fmt: skip
    if (project.root / TOMBSTONES).is_file() and not with_key:
        raise ProjectError(
            "something was erased here, and without the key a copy cannot know it", where=str(project.root / TOMBSTONES),
            hint="take it out of the sources themselves and remove the line, or pack --with-key for somebody who keeps it",
        )  # fmt: skip


def _inside(path: Path, root: Path, what: str) -> Path:
    """Return a path that lies in the project's folder; `..` is followed, links are not."""
    flat = Path(os.path.normpath(path))
    if not flat.is_relative_to(os.path.normpath(root)):
        raise ProjectError(
            f"{what} lie{'s' * (what == 'the chronicle')} outside of the project", where=str(path),
            hint="bring them into its folder, and say where in regesta.toml",
        )  # fmt: skip
    return flat


def _name(path: Path, root: Path) -> str:
    name = Path(os.path.relpath(path, root)).as_posix()
    try:
        name.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ProjectError("has a name that is no Unicode", where=repr(name), hint="rename it") from error
    if any(ord(sign) < 32 or ord(sign) == 127 or sign == "\\" for sign in name):
        raise ProjectError(
            "has a name that other systems cannot have",
            where=str(path.parent),
            found=path.name,
            hint="rename it",
        )
    return name


def _walk(folder: Path, above: tuple[Path, ...]) -> Iterator[tuple[Path, str]]:
    """Yield every file below a folder as a build sees them, and why it cannot be packed."""
    real = folder.resolve()
    if real in above:
        return
    try:
        with os.scandir(folder) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise ProjectError(
            f"cannot be read ({(error.strerror or 'unreadable').lower()})", where=str(folder)
        ) from error
    for entry in ordered:
        if entry.name.startswith("."):
            continue
        path = folder / entry.name
        if path.is_dir():
            yield from _walk(path, (*above, real))
        elif path.is_file():
            yield path, ""
        else:
            yield path, "it is no file"
