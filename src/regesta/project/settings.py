"""A project: the nearest folder upwards that holds `regesta.toml`.

    my-register/
      regesta.toml        title, and where things are if not here:
      sources/            the documents, with sources.toml saying what is known of each
      packs/NAME/*.toml   lexicons of one's own
      decisions.jsonl     what people decided: corrections that every build applies
      chronicle.duckdb    what a build makes

Every key of `regesta.toml` may be left out. Without a project the same defaults hold, relative to the current folder.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from regesta.database.addresses import check_address, is_address
from regesta.errors import EngineError, ProjectError

__all__ = ["KEYS", "PROJECT_FILE", "Project", "cache_folder", "find_project", "read_toml"]

PROJECT_FILE = "regesta.toml"

KEYS = ("chronicle", "contact", "decisions", "packs", "sources", "title", "ocr", "url")
"""What `regesta.toml` may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Where a build reads and writes."""

    root: Path
    """The folder of `regesta.toml`; the current folder where there is no project."""
    is_real: bool = True
    """False for the defaults outside any project."""
    title: str | None = None
    contact: str | None = None
    """Where corrections and removals of what is published are asked for: an address of mail or of the web."""
    url: str | None = None
    """Where the published site stands."""
    sources: Path
    """The folder of documents."""
    chronicle: Path
    """The file that a build makes."""
    ocr: str | None = None
    """Languages in which pictures of pages are to be recognised (`eng+kor`), where a source says nothing; None: not at all."""
    database: str | None = None
    """The address of the database that keeps the log of decisions, `url` of `[decisions]`; None where a file does."""
    packs: tuple[str, ...] | None = None
    """Names of the lexicon packs to use, in order; None for those that come with regesta and all of the project's."""

    @property
    def packs_folder(self) -> Path:
        """Where the project's own packs are; need not exist."""
        return self.root / "packs"

    @property
    def pack_folders(self) -> tuple[Path, ...]:
        """The project's own lexicon packs, in the order in which they apply; none without a project."""
        if not self.is_real or not self.packs_folder.is_dir():
            return ()
        names = self.packs if self.packs is not None else sorted(p.name for p in self.packs_folder.iterdir())
        return tuple(self.packs_folder / name for name in names if (self.packs_folder / name).is_dir())

    @property
    def decisions(self) -> Path:
        """The log of decisions, where a file keeps it; need not exist."""
        return self.root / "decisions.jsonl"

    @property
    def log(self) -> str | Path:
        """Where the log of decisions is kept: the address of a database, or a file."""
        return self.database or self.decisions


def find_project(start: str | Path = ".") -> Project:
    """Return the project that `start` lies in, or the defaults there.

    Raises `ProjectError` where `regesta.toml` holds what no project has.

    >>> find_project("/").is_real
    False
    """
    folder = Path(start).resolve()
    for root in (folder, *folder.parents):
        if (root / PROJECT_FILE).is_file():
            return _read(root)
    return Project(
        root=folder, is_real=False, sources=folder / "sources", chronicle=folder / "chronicle.duckdb"
    )


def _read(root: Path) -> Project:
    path = root / PROJECT_FILE
    settings = read_toml(path)
    for key, value in settings.items():
        if key not in KEYS:
            raise ProjectError(
                "unknown key", where=str(path), found=key, hint=f"it may hold {', '.join(KEYS)}"
            )
        wanted, is_right = _WANTED.get(key, ("text", _is_text))
        if not is_right(value):
            shown = sorted(value) if isinstance(value, dict) else value  # it may hold a password
            raise ProjectError(f"{key} should be {wanted}", where=str(path), found=shown)
    packs = settings.get("packs")
    return Project(
        root=root,
        title=settings.get("title"),
        contact=settings.get("contact"),
        url=settings.get("url"),
        ocr=settings.get("ocr"),
        database=_address(settings.get("decisions"), path),
        sources=root / settings.get("sources", "sources"),
        chronicle=root / settings.get("chronicle", "chronicle.duckdb"),
        packs=None if packs is None else tuple(packs),
    )


def _address(home: dict[str, str] | None, path: Path) -> str | None:
    if home is None:
        return None
    try:
        return check_address(home["url"])
    except EngineError as error:
        raise ProjectError(
            f"url of [decisions]: {error.problem}", where=str(path), hint=error.hint
        ) from error


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_home(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {"url"} and is_address(value["url"])


_WANTED: Final[Mapping[str, tuple[str, Callable[[object], bool]]]] = {
    "packs": ("a list of names", _are_names),
    "decisions": ('a table with one key, url = "postgresql://..."', _is_home),
}
"""What a key should hold that holds no text, in words and as a question."""


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file holds; raises `ProjectError` naming the line where it is none."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ProjectError(f"is not TOML: {error}", where=str(path)) from error
    except OSError as error:
        raise ProjectError(f"cannot be read: {error.strerror}", where=str(path)) from error


def cache_folder() -> Path:
    """Return the user's cache folder for regesta, as the XDG base directory specification has it; need not exist."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "regesta"
