"""What is known of a build while its sources pass by: what each says is noted, and let go of before the next one comes.

read        each source: its rows, or the document and its extraction
judged      when all were read: who is who, what texts share
criticised  when the rows are in the chronicle: what a careful reader would notice
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from regesta.abreast import processors
from regesta.apart import Apart
from regesta.chronicle import (
    Flat,
    Stays,
    findings_before,
    fingerprints_of,
    flatten_made,
    relate,
    settle,
    tell,
    tell_anew,
    unseen,
)
from regesta.criticism import Beside, criticise, elsewhere
from regesta.gathering import Failure, Result
from regesta.gist import Gist, read_gist
from regesta.gist.standing import Standing
from regesta.judgement import Judges, Turn, turn
from regesta.kinship import Compared, Comparing, Texts
from regesta.model import Document, Extraction, Identity, Rejection
from regesta.pieces import CAN_BE_GIVEN, Pieces
from regesta.pipeline.erased import blacked
from regesta.pipeline.keeping import Found, Survey
from regesta.profiling import Profile
from regesta.resolution import Resolver
from regesta.undisturbed import undisturbed

if TYPE_CHECKING:
    from regesta.chronicle import Lent, Lines, Rows, engine
    from regesta.erasure import Erased
    from regesta.relations import Relations

__all__ = ["Passing"]

_WORTH: Final = 1 << 25
"""Bytes of texts from which on it is worth the while to compare them in a process of its own."""


@dataclass(slots=True)
class Passing:
    """What is known of a build while its sources pass by; a context manager, for it holds files and a process."""

    rejections: list[Rejection]
    target: Path
    judges: Judges
    ledger: tuple[Identity, ...]
    resolver: Resolver
    erased: Erased | None = None
    profile: Profile | None = None
    jobs: int = 1
    """Processes at most."""
    found: Found | None = None
    """What checks found in the build before."""
    survey: Survey | None = None
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
    _open: ExitStack = field(default_factory=ExitStack)
    _apart: tuple[Apart[Compared], Pieces] | None = None
    """The process that compares the texts, where there is one, and where it puts the rows."""

    def __enter__(self) -> Self:
        self._open.enter_context(self.texts)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def read(
        self, results: Iterable[Result]
    ) -> Iterator[tuple[Document, Iterable[Extraction]] | Flat | Stays]:
        """Yield the rows of each source, or the document with its extraction; note what identity asks, and what could not be read."""
        for result in results:
            if result.rejection:
                self.rejections.append(result.rejection)
            if failure := result.failure:
                failure = failure if self.erased is None else blacked(self.erased, failure)
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
            told.source, told.document, standing.text_of(key), n_bytes=told.n_bytes,
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
            yield one if self.erased is None else blacked(self.erased, one)

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
        self._begin_comparing()
        self.resolver.close()
        corpus = self.resolver.corpus
        self.judges.meet(corpus.keys, corpus.fingerprints, corpus.labels)
        self.judges.search(self.texts.named)
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
        if self._apart is None:
            yield from self._compared()

    def _begin_comparing(self) -> None:
        """Have the texts compared by another process, where that is worth the while."""
        is_large = self.relations is None and self.texts.n_bytes >= _WORTH
        if is_large and CAN_BE_GIVEN and self.jobs > 1 and processors() > 1:
            pieces = self._open.enter_context(Pieces())
            survey = (self.survey.before, self.survey.keep) if self.survey else ()
            work = Comparing(self.texts, pieces, *survey)
            self._apart = self._open.enter_context(Apart(work)), pieces

    def waited_for(self) -> Iterator[Mapping[str, list[Any] | Lines]]:
        """Yield the rows of what texts share where another process compared them, which is to end first."""
        if self._apart is None:
            return
        apart, pieces = self._apart
        begin = time.perf_counter()
        compared = apart.found()
        if compared is None:
            yield from self._compared()
            return
        self.n_crowded = compared.n_crowded
        self.seconds["compare texts"] = time.perf_counter() - begin
        if self.profile is not None:
            self.profile.beside["compare texts"] = apart.seconds
        self._reach("compare texts")
        yield from compared.rows(pieces)

    def _compared(self) -> Iterator[Mapping[str, list[Any]]]:
        """Yield the rows of what texts share."""
        begin = time.perf_counter()
        before, keep = (self.survey.before(), self.survey.keep) if self.survey else (None, None)
        kinship = self.texts.kinship(self.relations, before, keep)
        self.n_crowded = kinship.n_crowded
        self.seconds["compare texts"] = time.perf_counter() - begin
        self._reach("compare texts")
        yield from relate(kinship.family_of, kinship.shared, kinship.origins)

    def criticised(self, connection: engine.DuckDBPyConnection, lent: Lent | None) -> Iterator[Rows]:
        """Yield the rows of what a careful reader would notice in the new chronicle; another process helps where it is lent."""
        self._reach("load")
        begin = time.perf_counter()
        (row,) = connection.execute("select count(*) from claims").fetchall()
        memory = self.found.before(row[0]) if self.found else None
        with unseen(connection, self.judges.unsaid), ExitStack() as helped:
            beside = None
            is_new = memory is None or memory.is_blank
            if lent is not None and is_new and self.jobs > 1 and processors() > 1:
                work = elsewhere(lent, self.judges.unsaid, remembers=memory is not None)
                beside = Beside(lent, helped.enter_context(Apart(work)).found)
            noticed = list(
                criticise(connection, self.profile.checks if self.profile else None, memory, beside)
            )
        findings, decisions = self.judges.judge(noticed, lambda ids: fingerprints_of(connection, ids))
        self.turn = turn(findings, findings_before(connection, self.target))
        with undisturbed():
            yield from tell(findings, decisions)
        self.seconds["criticise"] = time.perf_counter() - begin
        self._reach("criticise")

    def _reach(self, step: str) -> None:
        if self.profile is not None:
            self.profile.reach(step)


def _rejection(failure: Failure) -> Rejection:
    reason = failure.reason[0].upper() + failure.reason[1:] + "."
    return Rejection(source=failure.source, start=0, end=0, quote="", code="P002", reason=reason)
