"""The way of the data, told once: files -> documents -> extractions -> entities -> chronicle.

    list_sources ─► gather: each source read, extracted, digested ─┬─► flatten ─────────────────────┬─► write
                                                                   └─► what identity asks ─► resolve ┘

What depends on one source alone is made where it is read, and kept (`gist`): its rows as they are written, what identity and kinship
ask of it. Its rows are written and let go of before the next one comes; what identity asks is held, and judged when all are there. So a build needs no more memory than its largest document and a few hundred bytes a referent.

A source that cannot be read never stops a build: it becomes a rejection, and a failure that the caller is told of.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.chronicle import AstrayError, flatten, write
from regesta.chronicle import open as open_chronicle
from regesta.gathering import Failure, Progress, Reading, gather
from regesta.gist import Digest
from regesta.judgement import Judges, Turn
from regesta.pipeline.clusters import answered, cluster_of, work_of
from regesta.pipeline.erased import what_is_erased
from regesta.pipeline.keeping import Found, Stood, Survey
from regesta.pipeline.passing import Passing
from regesta.pipeline.sources import asked, keep_out, sources_of
from regesta.pipeline.versions import extractor, extractor_version, version_of_gists
from regesta.profiling import Profile
from regesta.project import (
    LEDGER,
    Cache,
    cache_folder,
    find_project,
    forget_unused,
    list_sources,
    read_ledger,
    write_ledger,
)
from regesta.reading import READERS
from regesta.resolution import Resolver, weights_of
from regesta.spark import as_paths
from regesta.unpacking import CONTAINERS
from regesta.version import __version__

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["SUFFIXES", "Built", "Failure", "Turn", "build", "extractor_version", "rebuild", "what_is_erased"]

SUFFIXES = frozenset(s for one in READERS for s in one.suffixes) | {s for c in CONTAINERS for s in c.suffixes}
"""Endings of files that are read, or hold files that are."""


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
    n_unapplied: int = 0
    """Decisions that were meant to hold and do not."""
    n_skipped: int = 0
    """Pairs of mentions that were not compared, for too many bear their name, or names like it."""
    crowds: tuple[tuple[str, int], ...] = ()
    """Names that too many mentions bear for all to be compared, and how many do, the most first."""
    n_crowded: int = 0
    """Shared words that were passed over, the only ones of their two sources, which share some so with very many."""
    changes: tuple[str, ...] = ()
    """What became of the ids that the ledger knew, in words."""
    turn: Turn | None = None
    """What became of findings, where the chronicle replaced one."""
    n_unread: int = 0
    """Lines of the log that are no decisions."""


def build(
    paths: str | Path | Iterable[str | Path] = (),
    *,
    output: str | Path | None = None,
    jobs: int = 1,
    cache: bool = True,
    ocr: str | None = None,
    decisions: str | Path | None = None,
    progress: Progress | None = None,
    engine: str = "local",
    master: str | None = None,
    landing: str | None = None,
) -> Chronicle:
    """Read the sources under `paths`, write the chronicle and return it, open.

    Without paths the project's sources are read; without `output` the project's chronicle is replaced. What could not
    be read is among `rejections()`. `jobs` is the number of processes.
    `ocr` names the languages (`eng+kor`) in which pages that are pictures are recognised, by an installed `tesseract`.
    `decisions` is the log, a path or the address of a database, where it is not the project's.
    With `engine` `"spark"` the sources are read by a cluster, `master` its address, this machine where none is named; a path may
    then be a URL or a table of Parquet, and `landing` is where workers put what they read, where it is to be kept.
    """
    return open_chronicle(
        rebuild(
            paths,
            output=output,
            jobs=jobs,
            cache=cache,
            ocr=ocr,
            decisions=decisions,
            progress=progress,
            engine=engine,
            master=master,
            landing=landing,
        ).path
    )


def rebuild(
    paths: str | Path | Iterable[str | Path] = (),
    *,
    output: str | Path | None = None,
    jobs: int = 1,
    cache: bool = True,
    ocr: str | None = None,
    decisions: str | Path | None = None,
    progress: Progress | None = None,
    engine: str = "local",
    master: str | None = None,
    landing: str | None = None,
    profile: Profile | None = None,
) -> Built:
    """Do as `build` does, and return how it went; a `profile` is told where the time went."""
    order = Order(
        output=None if output is None else Path(output),
        jobs=jobs,
        cache=cache,
        ocr=ocr,
        decisions=decisions,
        progress=progress,
        engine=engine,
        master=master,
        landing=landing,
        profile=profile,
    )
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    try:
        return _follow(given, order)
    except AstrayError:
        return _follow(given, order, stands=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a build is to be made, as `build` says of each."""

    output: Path | None
    jobs: int
    cache: bool
    ocr: str | None
    decisions: str | Path | None
    progress: Progress | None
    engine: str
    master: str | None
    landing: str | None
    profile: Profile | None


def _follow(paths: list[str | Path], order: Order, *, stands: bool = True) -> Built:
    """Build; raises `AstrayError` where rows were to stay that are not there, which without `stands` none do."""
    clock = _Clock()
    project = find_project()
    cluster = cluster_of(order.engine, order.master, order.landing)
    here, afar = as_paths(paths) if cluster else (paths, [])
    given = [Path(p) for p in here] or ([] if afar else [sources_of(project)])
    target = project.chronicle if order.output is None else order.output
    keep_out(target, given)
    listing = list_sources(given, SUFFIXES)
    clock.lap("list")
    packs = project.pack_folders
    version = extractor(packs)
    kept = Cache(cache_folder() / "extractions", version) if order.cache else None
    log = order.decisions or (project.log if project.is_real else None)
    erased, tombstones = what_is_erased(project, log)
    judges = Judges(log, erased, tombstones)
    ledger = read_ledger(project.root / LEDGER) if project.is_real else ()
    weights = project.root / "weights.toml"
    own = weights_of(weights) if project.is_real and weights.is_file() else None
    digest = Digest(version_of_gists(own), own)
    passing = Passing(
        list(listing.rejections), target, judges, ledger, Resolver(own), erased, order.profile, order.jobs
    )
    stood: Stood | None = None
    if kept is not None:
        passing.found = Found(kept, target, erased)
        passing.survey = Survey(kept, target)
        stood = Stood(kept, target, version_of_gists(own), erased)
        if cluster is None and not (judges.listens or judges.makes):
            passing.standing = stood.standing(stands=stands)
    ocr = order.ocr or project.ocr
    sources = asked(listing.sources, ocr)
    with passing, cluster or nullcontext(), passing.standing or nullcontext() as standing:
        if cluster is None:
            known = standing.known if standing else ()
            results = gather(
                sources, packs, kept, order.jobs, order.progress, erased, order.profile, digest,
                is_whole=judges.listens, known=known,
            )  # fmt: skip
        else:
            passing.relations = passing.resolver.relations = cluster.related
            found = cluster.find(afar, SUFFIXES, ocr, {one.source.name for one in sources})
            passing.rejections += (one for each in found for one in each.rejections)
            reading = partial(
                Reading,
                cache=kept if cluster.is_here else None,
                erased=erased,
                digest=digest,
                is_whole=judges.listens or cluster.landing is not None,
            )
            results = answered(cluster.read(sources, found, work_of(packs, reading), order.progress))
        if order.profile is not None:
            results = order.profile.watch(results)
        rows = chain(flatten(passing.read(results), passing.left_out()), passing.judged())
        counts = write(
            target, rows, _meta(version), passing.criticised, passing.relations,
            standing and standing.before, standing and standing.seal, passing.waited_for(),
        )  # fmt: skip
        if stood and standing:
            stood.keep(standing, counts["claims"])
    if passing.found:
        passing.found.keep()
        forget_unused(cache_folder())
    if project.is_real and target == project.chronicle and passing.identities != ledger:
        write_ledger(project.root / LEDGER, passing.identities)
    clock.lap("read and write")
    counts["people"] = passing.n_people
    return Built(
        target,
        counts,
        tuple(passing.failures),
        passing.n_cached,
        {**(cluster.seconds if cluster else {}), **clock.laps, **passing.seconds},
        judges.n_unapplied,
        passing.resolver.n_skipped,
        passing.resolver.crowds,
        passing.n_crowded,
        passing.changes,
        passing.turn,
        judges.n_unread,
    )


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
