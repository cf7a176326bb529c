"""The way of the data, told once: files -> documents -> extractions -> entities -> chronicle.

    list_sources ─► gather: each source read and extracted ─► resolve ─► flatten ─► write

Each step takes from the one before it a document at a time, so that a build needs no more memory than its largest document.

A source that cannot be read never stops a build: it becomes a rejection, and a failure that the caller is told of.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.chronicle import flatten, write
from regesta.chronicle import open as open_chronicle
from regesta.errors import ProjectError
from regesta.gathering import Failure, Progress, Result, gather
from regesta.model import Document, Extraction, Rejection, Resolution
from regesta.project import Cache, Listed, Project, cache_folder, find_project, list_sources, stamp
from regesta.reading import READERS
from regesta.resolution import resolve
from regesta.unpacking import CONTAINERS
from regesta.version import __version__

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["Built", "Failure", "build", "rebuild"]

SUFFIXES = frozenset(s for one in READERS for s in one.suffixes) | {s for c in CONTAINERS for s in c.suffixes}
"""Endings of files that are read, or hold files that are."""

_ROOMS = ("text", "dates", "names", "vocab", "places", "model", "reading", "extraction")
"""What an extraction depends on; a change in one of them makes every cached one stale."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made."""

    path: Path
    """The chronicle."""
    counts: dict[str, int]
    """Rows by table; `people` counts the people and groups among the entities."""
    failures: tuple[Failure, ...]
    n_cached: int
    """Sources that had not changed and were not read again."""
    seconds: dict[str, float]
    """How long each step took, in their order."""


def build(
    paths: Iterable[str | Path] = (),
    *,
    output: str | Path | None = None,
    jobs: int = 1,
    cache: bool = True,
    ocr: str | None = None,
    progress: Progress | None = None,
) -> Chronicle:
    """Read the sources under `paths`, write the chronicle and return it, open.

    Without paths the project's sources are read; without `output` the project's chronicle is replaced. What could not
    be read is among `rejections()`. `jobs` is the number of processes; several need an importable `__main__`.
    `ocr` names the languages (`eng+kor`) in which pages that are pictures are recognised, by an installed `tesseract`.
    """
    return open_chronicle(
        rebuild(paths, output=output, jobs=jobs, cache=cache, ocr=ocr, progress=progress).path
    )


def rebuild(
    paths: Iterable[str | Path] = (),
    *,
    output: str | Path | None = None,
    jobs: int = 1,
    cache: bool = True,
    ocr: str | None = None,
    progress: Progress | None = None,
) -> Built:
    """Do as `build` does, and return how it went."""
    clock = _Clock()
    project = find_project()
    given = [Path(p) for p in paths] or [_sources_of(project)]
    target = Path(output) if output is not None else project.chronicle
    _keep_out(target, given)
    listing = list_sources(given, SUFFIXES)
    clock.lap("list")
    packs = _packs_of(project)
    extractor = _extractor(packs)
    kept = Cache(cache_folder() / "extractions", extractor) if cache else None
    build_ = _Build(list(listing.rejections))
    found = build_.resolved(gather(_asked(listing.sources, ocr or project.ocr), packs, kept, jobs, progress))
    counts = write(target, flatten(found, build_.rejections), _meta(extractor))
    clock.lap("read and write")
    counts["people"] = build_.n_people
    return Built(target, counts, tuple(build_.failures), build_.n_cached, clock.laps)


@dataclass(slots=True)
class _Build:
    """What is known of a build while its sources pass by."""

    rejections: list[Rejection]
    failures: list[Failure] = field(default_factory=list)
    n_cached: int = 0
    n_people: int = 0
    _originals: dict[str, str] = field(default_factory=dict)
    """Of each document the first source that holds it: two copies speak of the same people."""

    def resolved(
        self, results: Iterable[Result]
    ) -> Iterator[tuple[Document, Iterable[Extraction], Resolution]]:
        """Yield each document with its extraction and the entities that it speaks of; keep what could not be read."""
        for result in results:
            if result.rejection:
                self.rejections.append(result.rejection)
            if result.failure:
                self.failures.append(result.failure)
                self.rejections.append(_rejection(result.failure))
            self.n_cached += result.is_cached
            if result.document is None:
                continue
            name = result.document.source.name
            original = self._originals.setdefault(result.document.id, name)
            resolution = resolve(result.parts, original=original)
            if original == name:
                self.n_people += sum(entity.kind in ("person", "group") for entity in resolution.entities)
            yield result.document, result.parts, resolution


def _rejection(failure: Failure) -> Rejection:
    reason = failure.reason[0].upper() + failure.reason[1:] + "."
    return Rejection(source=failure.source, start=0, end=0, quote="", code="P002", reason=reason)


def _asked(sources: tuple[Listed, ...], ocr: str | None) -> tuple[Listed, ...]:
    """Return the sources, those that say nothing of it asked to be recognised in these languages."""
    if ocr is None:
        return sources
    return tuple(
        listed if listed.source.ocr else replace(listed, source=replace(listed.source, ocr=ocr))
        for listed in sources
    )


def _sources_of(project: Project) -> Path:
    if not project.sources.is_dir():
        hint = "name what to build, or make a project with: regesta init"
        raise ProjectError("no sources", where=str(project.sources), hint=hint)
    return project.sources


def _packs_of(project: Project) -> tuple[Path, ...]:
    """Return the folders of the project's lexicon packs, in the order in which they apply."""
    folder = project.packs_folder
    if not project.is_real or not folder.is_dir():
        return ()
    names = project.packs if project.packs is not None else sorted(p.name for p in folder.iterdir())
    return tuple(folder / name for name in names if (folder / name).is_dir())


def _keep_out(target: Path, given: list[Path]) -> None:
    """Refuse to write into a folder that is read."""
    for path in given:
        if path.is_dir() and target.resolve().is_relative_to(path.resolve()):
            raise ProjectError(
                "the chronicle would lie in a folder that is read",
                where=str(target),
                hint="say where with -o",
            )


def _extractor(packs: tuple[Path, ...]) -> str:
    """Return a content id of all that an extraction depends on beside its source: code, word lists, packs.

    The code itself need not be imported for that, so a build of what has not changed imports none of it.
    """
    here = Path(__file__).parent
    return stamp([*(here / room for room in _ROOMS), *packs])


def _meta(extractor: str) -> dict[str, str]:
    python = ".".join(map(str, sys.version_info[:3]))
    return {"regesta_version": __version__, "extractor_version": extractor, "python_version": python}


class _Clock:
    """Seconds between one lap and the next."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = now - self._last
        self._last = now
