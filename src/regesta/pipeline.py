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
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from regesta.abreast import aside
from regesta.chronicle import (
    AstrayError,
    Flat,
    Stays,
    findings_before,
    fingerprints_of,
    flatten,
    flatten_made,
    relate,
    settle,
    tell,
    tell_anew,
    unseen,
    write,
)
from regesta.chronicle import open as open_chronicle
from regesta.criticism import Memory, criticise
from regesta.errors import EngineError, ProjectError
from regesta.gathering import Failure, Progress, Reading, Result, gather, opened
from regesta.gist import Digest, Gist, read_gist
from regesta.gist.standing import Standing
from regesta.judgement import Judges, Turn, turn
from regesta.kinship import Kinship, Texts
from regesta.model import Document, Extraction, Identity, Rejection, Source, content_id
from regesta.profiling import Profile
from regesta.project import (
    LEDGER,
    Cache,
    Listed,
    Parts,
    Project,
    cache_folder,
    find_project,
    list_sources,
    read_ledger,
    stamp,
    unpack,
    write_ledger,
)
from regesta.reading import READERS
from regesta.resolution import Resolver, Weights, weights_of
from regesta.spark import Answer, Cluster, Work, as_paths, files_below
from regesta.undisturbed import undisturbed
from regesta.unpacking import CONTAINERS
from regesta.version import __version__

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle, Lines, Rows, engine
    from regesta.erasure import Erased
    from regesta.relations import Relations

__all__ = ["Built", "Failure", "Turn", "build", "extractor_version", "rebuild", "what_is_erased"]

SUFFIXES = frozenset(s for one in READERS for s in one.suffixes) | {s for c in CONTAINERS for s in c.suffixes}
"""Endings of files that are read, or hold files that are."""

_ROOMS = ("text", "dates", "names", "vocab", "places", "model", "reading", "extraction")
"""What an extraction depends on; a change in one of them makes every cached one stale."""
_ROOMS_OF_GISTS = ("chronicle", "gist", "resolution", "sharing")
"""What a gist depends on beside that; a change in one of them has it made again of what was kept."""
_ROOMS_OF_CHECKS = ("criticism", "chronicle", "sharing")
"""What findings depend on beside what a chronicle says."""
_ROOMS_OF_SURVEYS = ("sharing", "text")
"""What texts share depends on beside their words."""
_WORTH: Final = 30_000
"""Claims from which on it is worth the while to keep what was found."""


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
    """Pairs of mentions that were not compared, for too many bear their name."""
    n_crowded: int = 0
    """Shared words that were passed over, the only ones of their two sources, which share some so with very many."""
    changes: tuple[str, ...] = ()
    """What became of the ids that the ledger knew, in words."""
    turn: Turn | None = None
    """What became of findings, where the chronicle replaced one."""


def build(
    paths: Iterable[str | Path] = (),
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
    paths: Iterable[str | Path] = (),
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
    ways: dict[str, Any] = {
        "output": output,
        "jobs": jobs,
        "cache": cache,
        "ocr": ocr,
        "decisions": decisions,
    }
    ways |= {"progress": progress, "engine": engine, "master": master, "landing": landing, "profile": profile}
    given = list(paths)
    try:
        return _rebuild(given, **ways)
    except AstrayError:
        return _rebuild(given, **ways, stands=False)


def _rebuild(
    paths: Iterable[str | Path],
    *,
    output: str | Path | None,
    jobs: int,
    cache: bool,
    ocr: str | None,
    decisions: str | Path | None,
    progress: Progress | None,
    engine: str,
    master: str | None,
    landing: str | None,
    profile: Profile | None,
    stands: bool = True,
) -> Built:
    """Build; raises `AstrayError` where rows were to stay that are not there, which without `stands` none do."""
    clock = _Clock()
    project = find_project()
    cluster = _cluster(engine, master, landing)
    here, afar = as_paths(paths) if cluster else (list(paths), [])
    given = [Path(p) for p in here] or ([] if afar else [_sources_of(project)])
    target = Path(output) if output is not None else project.chronicle
    _keep_out(target, given)
    listing = list_sources(given, SUFFIXES)
    clock.lap("list")
    packs = project.pack_folders
    extractor = _extractor(packs)
    kept = Cache(cache_folder() / "extractions", extractor) if cache else None
    log = decisions or (project.log if project.is_real else None)
    erased, tombstones = what_is_erased(project, log)
    judges = Judges(log, erased, tombstones)
    ledger = read_ledger(project.root / LEDGER) if project.is_real else ()
    weights = project.root / "weights.toml"
    own = weights_of(weights) if project.is_real and weights.is_file() else None
    build_ = _Build(list(listing.rejections), target, judges, ledger, Resolver(own), erased, profile)
    findings = Source(name=f"what was found: {target.resolve()}")
    version = _version_of_findings(erased)
    build_.memory = Memory(kept.gist(findings, version)) if kept else None
    build_.survey = _Survey(kept, target) if kept else None
    stood = _Stood(kept, target, _version_of_gists(own), erased) if kept else None
    if stood and cluster is None and not (judges.listens or judges.makes):
        build_.standing = stood.standing(stands=stands)
    sources = _asked(listing.sources, ocr or project.ocr)
    with build_.texts, cluster or nullcontext(), build_.standing or nullcontext() as standing:
        build_.relations = build_.resolver.relations = cluster.related if cluster else None
        digest = Digest(_version_of_gists(own), own)
        if cluster is None:
            known = standing.known if standing else ()
            results = gather(
                sources,
                packs,
                kept,
                jobs,
                progress,
                erased,
                profile,
                digest,
                is_whole=judges.listens,
                known=known,
            )
        else:
            found = cluster.find(afar, SUFFIXES, ocr or project.ocr, {one.source.name for one in sources})
            build_.rejections += (one for each in found for one in each.rejections)
            reading = partial(
                Reading,
                cache=kept if cluster.is_here else None,
                erased=erased,
                digest=digest,
                is_whole=judges.listens or cluster.landing is not None,
            )
            results = _answered(cluster.read(sources, found, _work(packs, reading), progress))
        if profile is not None:
            results = profile.watch(results)
        rows = chain(flatten(build_.read(results), build_.left_out()), build_.judged())
        counts = write(
            target, rows, _meta(extractor), build_.criticised, build_.relations,
            standing and standing.before, standing and standing.seal,
        )  # fmt: skip
        if stood and standing and counts["claims"] >= _WORTH:
            stood.keep(standing.pieces())
    if kept and build_.memory and build_.memory.is_met:
        kept.put(findings, b"", Parts(()), build_.memory.encoded(), version)
    if project.is_real and target == project.chronicle and build_.identities != ledger:
        write_ledger(project.root / LEDGER, build_.identities)
    clock.lap("read and write")
    counts["people"] = build_.n_people
    return Built(
        target,
        counts,
        tuple(build_.failures),
        build_.n_cached,
        {**(cluster.seconds if cluster else {}), **clock.laps, **build_.seconds},
        judges.n_unapplied,
        build_.resolver.n_skipped,
        build_.n_crowded,
        build_.changes,
        build_.turn,
    )


@dataclass(slots=True)
class _Build:
    """What is known of a build while its sources pass by."""

    rejections: list[Rejection]
    target: Path
    judges: Judges
    ledger: tuple[Identity, ...]
    resolver: Resolver
    erased: Erased | None = None
    profile: Profile | None = None
    memory: Memory | None = None
    """What checks found in the build before."""
    survey: _Survey | None = None
    """What is kept of the survey of texts."""
    standing: Standing | None = None
    """Which sources stand as they stood."""
    failures: list[Failure] = field(default_factory=list)
    n_cached: int = 0
    n_people: int = 0
    n_crowded: int = 0
    identities: tuple[Identity, ...] = ()
    """The ledger after the build."""
    changes: tuple[str, ...] = ()
    turn: Turn | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    texts: Texts = field(default_factory=Texts)
    relations: Relations | None = None
    """Who is asked where rows are very many."""
    _seen: set[str] = field(default_factory=set)
    """Ids of documents: two copies speak of the same people, by the same keys."""

    def read(
        self, results: Iterable[Result]
    ) -> Iterator[tuple[Document, Iterable[Extraction]] | Flat | Stays]:
        """Yield the rows of each source, or the document with its extraction; note what identity asks, and what could not be read."""
        for result in results:
            if result.rejection:
                self.rejections.append(result.rejection)
            if failure := result.failure:
                failure = failure if self.erased is None else _blacked(self.erased, failure)
                self.failures.append(failure)
                self.rejections.append(_rejection(failure))
            self.n_cached += result.is_cached
            if result.gist is not None:
                yield self._taken(read_gist(result.gist), result.parts, result.key)
            elif result.document is None:
                if result.key and self.standing is not None:
                    yield self._stayed(self.standing, result.key)
            else:
                if self.standing is not None:
                    self.standing.see(result.document.source.name, result.document.id)
                self.texts.add_document(result.document)
                self.judges.see(result.document.source.name, result.document.text)
                yield result.document, self._noted(result.document, result.parts)

    def _stayed(self, standing: Standing, key: str) -> Flat | Stays:
        """Note what a source says whose rows stay, which nobody needs to see."""
        told = standing.take(key, self._seen)
        if isinstance(told, Gist):
            return self._taken(told, (), key)
        standing.see(told.source, told.document)
        self.texts.add(
            told.source, told.document, lambda: standing.gist(key).text, n_bytes=told.n_bytes,
            url=told.url, title=told.title, read=told.read, told=told.origins,
        )  # fmt: skip
        self.judges.see(told.source, "")
        self._seen.add(told.document)
        self.resolver.take(told.account)
        return Stays(told.source, told.document)

    def _taken(self, gist: Gist, parts: Iterable[Extraction], key: str) -> Flat:
        """Return the rows of a gist when all else that it says is noted; there are parts where the judges listen."""
        if self.standing is not None:
            self.standing.see(gist.source, gist.document)
        self.texts.add(
            gist.source,
            gist.document,
            gist.text,
            url=gist.url,
            title=gist.title,
            read=gist.read,
            told=gist.origins,
        )
        self.judges.see(gist.source, gist.text)
        if gist.document not in self._seen:
            self._seen.add(gist.document)
            self.resolver.take(gist.account)
            if self.standing is not None and key:
                self.standing.note(key, gist)
            for part in parts:
                self.judges.hear(part)
        return gist.flat

    def left_out(self) -> Iterator[Rejection]:
        """Yield what was left out, and nothing of what was erased with it."""
        for one in self.rejections:
            yield one if self.erased is None else _blacked(self.erased, one)

    def _noted(self, document: Document, parts: Iterable[Extraction]) -> Iterator[Extraction]:
        is_copy = document.id in self._seen
        self._seen.add(document.id)
        for part in parts:
            if not is_copy:
                self.resolver.add(document, part)
                self.judges.hear(part)
            yield part

    def judged(self) -> Iterator[Mapping[str, list[Any] | Lines]]:
        """Yield the rows of what can be judged when everything was read; values by the hundred thousand, and no cycles."""
        self._reach("read and extract")
        with undisturbed():
            yield from self._judged()

    def _judged(self) -> Iterator[Mapping[str, list[Any] | Lines]]:
        begin = time.perf_counter()
        self.resolver.close()
        corpus = self.resolver.corpus
        self.judges.meet(corpus.keys, corpus.fingerprints, corpus.labels)
        self.judges.search(self.texts.named)
        compared = self._compared()
        resolution = self.resolver.resolve(self.judges.judgements, self.ledger)
        ranks = self.judges.settle(resolution)
        self.n_people = sum(entity.kind in ("person", "group") for entity in resolution.entities)
        self.identities = resolution.identities
        self.changes = resolution.changes if self.ledger else ()
        self.seconds["resolve"] = time.perf_counter() - begin
        self._reach("resolve")
        yield flatten_made((one.claim, one.label, one.replaces) for one in self.judges.made)
        staying: frozenset[str] = frozenset()
        if self.standing is not None:
            strangers = [referent.key for _, referent in resolution.authors]
            left_out = [one.source for one in self.left_out()]
            moved = self.standing.meet(resolution.entity_of, left_out, strangers)
            yield from tell_anew(gist.flat for gist in moved)
            staying = self.standing.staying
        yield from settle(resolution, ranks, staying)
        del resolution, corpus
        self.resolver.forget()
        kinship = compared()
        self.n_crowded = kinship.n_crowded
        self._reach("compare texts")
        yield from relate(kinship.family_of, kinship.shared, kinship.origins)

    def _compared(self) -> Callable[[], Kinship]:
        """Return what waits for the texts to be compared: where most have been before, that goes on beside identity."""
        before = None if self.survey is None else self.survey.before()

        def compare() -> Kinship:
            begin = time.perf_counter()
            keep = None if self.survey is None else self.survey.keep
            found = self.texts.kinship(self.relations, before, keep)
            self.seconds["compare texts"] = time.perf_counter() - begin
            return found

        return compare if before is None else aside(compare)

    def criticised(self, connection: engine.DuckDBPyConnection) -> Iterator[Rows]:
        """Yield the rows of what a careful reader would notice in the new chronicle."""
        self._reach("load")
        begin = time.perf_counter()
        (row,) = connection.execute("select count(*) from claims").fetchall()
        memory = self.memory if row[0] >= _WORTH else None
        with unseen(connection, self.judges.unsaid):
            noticed = list(criticise(connection, self.profile.checks if self.profile else None, memory))
        findings, decisions = self.judges.judge(noticed, lambda ids: fingerprints_of(connection, ids))
        self.turn = turn(findings, findings_before(connection, self.target))
        with undisturbed():
            yield from tell(findings, decisions)
        self.seconds["criticise"] = time.perf_counter() - begin
        self._reach("criticise")

    def _reach(self, step: str) -> None:
        if self.profile is not None:
            self.profile.reach(step)


def _cluster(engine: str, master: str | None, landing: str | None) -> Cluster | None:
    """Return the cluster that shall read the sources, None where this machine does."""
    if engine == "spark":
        return Cluster(master, landing)
    if engine != "local":
        raise EngineError("no such engine", where="--engine", found=engine, hint="it may be local or spark")
    if master or landing:
        raise EngineError(
            "only Spark has a master and a landing", where="--engine", hint="add --engine spark"
        )
    return None


def _work(packs: tuple[Path, ...], reading: Callable[[tuple[Path, ...]], Reading]) -> Work:
    """Return what the workers of a cluster are given: the functions that a build on one machine runs."""
    shipped = tuple((folder.name, files_below(folder)) for folder in packs)
    return Work(opened, reading, shipped, _version_of_workers(packs), _version_of_workers)


def _version_of_workers(packs: tuple[Path, ...]) -> str:
    """Return what the machines of a cluster must have alike."""
    return f"{_extractor(packs)} {_code_of_gists()}"


def _answered(answers: Iterable[Answer]) -> Iterator[Result]:
    """Yield the answers of a cluster as the results that this machine would have."""
    for answer in answers:
        if answer.document is not None:
            document = unpack(answer.document) if answer.gist is None else None
            yield Result(document, answer.parts, answer.gist, is_cached=answer.is_cached)
        elif answer.failure is not None:
            yield Result(failure=Failure(answer.source, *answer.failure))
        else:
            yield Result(rejection=answer.rejection)


def what_is_erased(project: Project, log: str | Path | None) -> tuple[Erased | None, tuple[str, ...]]:
    """Return what a build of this project blacks, None where nothing is, and the ids of all tombstones.

    Raises `ProjectError` where there are tombstones and not their key: what was erased would come back.
    """
    path = project.root / "tombstones.jsonl"
    if not project.is_real or not path.is_file():
        return None, ()
    from regesta.erasure import Erased, read_tombstones
    from regesta.judgement import live_tombstones
    from regesta.protection.key import key_path, read_key

    stones = read_tombstones(path)
    if not stones:
        return None, ()
    if not key_path(project.root).is_file():
        raise ProjectError(
            "there are tombstones and not their key", where=str(key_path(project.root)),
            hint="take the key back from where it is kept: what was erased would come back",
        )  # fmt: skip
    live = live_tombstones(log, stones)
    return Erased(read_key(project.root), live) if live else None, tuple(one.id for one in stones)


_Told = TypeVar("_Told", Rejection, Failure)


def _blacked(erased: Erased, one: _Told) -> _Told:
    """Return why something was not read, without what was erased."""
    from dataclasses import fields

    from regesta.erasure import mask_source
    from regesta.model import Source

    masked = {
        field.name: erased.mask(value)
        for field in fields(one)
        if isinstance(value := getattr(one, field.name), str) and field.name not in ("source", "code")
    }
    return replace(one, source=mask_source(erased, Source(name=one.source)).name, **masked)  # type: ignore[arg-type]


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


def _keep_out(target: Path, given: list[Path]) -> None:
    """Refuse to write into a folder that is read."""
    for path in given:
        if path.is_dir() and target.resolve().is_relative_to(path.resolve()):
            raise ProjectError(
                "the chronicle would lie in a folder that is read",
                where=str(target),
                hint="say where with -o",
            )


def extractor_version(project: Project) -> str:
    """Return what a chronicle of this project would name as its extractor: other than before, every source is read again."""
    return _extractor(project.pack_folders)


def _extractor(packs: tuple[Path, ...]) -> str:
    """Return a content id of all that an extraction depends on beside its source: code, word lists, packs.

    The code itself need not be imported for that, so a build of what has not changed imports none of it.
    """
    own = stamp(packs)
    return _code() if own == stamp(()) else content_id("v", [_code(), own])


@cache
def _code() -> str:
    """Return the content id of the code that runs: looked at once, for what changes on the disk later does not run."""
    here = Path(__file__).parent
    return stamp([here / room for room in _ROOMS])


def _version_of_gists(own: Weights | None) -> str:
    """Return a content id of what a gist depends on beside the document: the code, and the project's weights."""
    return content_id("v", [_code_of_gists(), repr(own)])


@cache
def _code_of_gists() -> str:
    here = Path(__file__).parent
    return stamp([here / room for room in _ROOMS_OF_GISTS])


@cache
def _code_of_surveys() -> str:
    here = Path(__file__).parent
    return stamp([here / room for room in _ROOMS_OF_SURVEYS])


def _version_of_findings(erased: Erased | None) -> str:
    """Return a content id of what findings depend on beside the chronicle."""
    from regesta.chronicle import engine

    return content_id("v", [_code_of_checks(), engine.__version__, erased.stamp if erased else ""])


@cache
def _code_of_checks() -> str:
    here = Path(__file__).parent
    return stamp([here / room for room in _ROOMS_OF_CHECKS])


def _meta(extractor: str) -> dict[str, str]:
    python = ".".join(map(str, sys.version_info[:3]))
    return {"regesta_version": __version__, "extractor_version": extractor, "python_version": python}


class _Survey:
    """What texts share, kept for the next build of the same chronicle."""

    def __init__(self, kept: Cache, target: Path) -> None:
        self._cache = kept
        self._source = Source(name=f"what is shared: {target.resolve()}")

    def before(self) -> memoryview | None:
        return self._cache.plain(self._source, _code_of_surveys())

    def keep(self, pieces: Iterable[bytes | memoryview]) -> None:
        self._cache.put_plain(self._source, pieces, _code_of_surveys())


class _Stood:
    """What sources said, kept for the next build of the same chronicle."""

    def __init__(self, kept: Cache, target: Path, gists: str, erased: Erased | None) -> None:
        from regesta.chronicle import engine

        self._cache, self._target, self._gists = kept, target, gists
        self._version = content_id("v", [gists, engine.__version__, erased.stamp if erased else ""])
        self._source = Source(name=f"what stands: {target.resolve()}")

    def standing(self, *, stands: bool) -> Standing:
        """Return which sources stand; without `stands` none do."""
        kept = self._cache.plain(self._source, self._version) if stands else None
        return Standing(self._target, kept, partial(self._cache.gist_of, version=self._gists))

    def keep(self, pieces: Iterable[bytes | memoryview]) -> None:
        self._cache.put_plain(self._source, pieces, self._version)


class _Clock:
    """Seconds between one lap and the next."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = now - self._last
        self._last = now
