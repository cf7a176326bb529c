"""Whether a chronicle is what its sources, decisions, ledger, packs and version give.

    every source hashed ───────────────────────► against its hash in the chronicle      changed, missing, new
    every quote ───────────────────────────────► against its place in the text          is not there
    every line of the log ─────────────────────► against its own id, and the chronicle  changed, added, gone
    all of it built again, somewhere else ─────► table by table, row by row             which claims differ, and why

A chronicle that its inputs do not give although none of them has changed was changed by hand. The new one is written to a
temporary folder, without the cache, and removed; nothing else is written. What was checked and holds is told too. Whether the
sources themselves are right is nobody's to prove here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from regesta.chronicle import open as open_chronicle
from regesta.custody.digesting import content_hash, digests
from regesta.errors import ProjectError, RegestaError
from regesta.model import Rejection
from regesta.project import list_sources
from regesta.replacing import scratch

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle
    from regesta.erasure import Erased
    from regesta.project import Project

__all__ = ["Difference", "Verified", "verify"]

_CHANGED_BY_HAND: Final = "nothing that it is made of has changed: the chronicle itself was changed"
_MANY: Final = 2000
"""Rows of one table that are told one by one."""
_QUOTED: Final = {
    "claim_evidence": "claim", "mentions": "referent", "finding_members": "finding", "citations": "id",
    "observations": "claim", "rejections": "code",
}  # fmt: skip
"""Tables that quote a text, and the column that says for what."""
_IDENTIFIED: Final = {
    "claims": "id",
    "entities": "id",
    "findings": "id",
    "sources": "name",
    "decisions": "id",
}

Kind = Literal["source", "quote", "log", "version", "claim", "table", "build"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it should be."""

    kind: Kind
    what: str
    """A source, a claim, a line of the log, a table."""
    why: str


@dataclass(slots=True)
class Verified:
    """What was proved, and what not."""

    content: str = ""
    """The hash of the chronicle's content."""
    content_again: str = ""
    """That of the one that was built again; empty where none could be built."""
    n_sources: int = 0
    """Sources whose bytes are what they were."""
    n_quotes: int = 0
    """Quotes that stand where they should."""
    n_decisions: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether everything was checked and is as it should be."""
        return bool(self.content) and self.content == self.content_again and not self.differences

    def add(self, kind: Kind, what: str, why: str) -> None:
        """Note a difference."""
        self.differences.append(Difference(kind, what, why))


def verify(path: Path, project: Project, paths: Iterable[Path] = (), *, jobs: int = 1) -> Verified:
    """Return what can be proved of a chronicle; `paths` are those that it was built from, the project's sources without any.

    Raises `StoreError` where there is no chronicle, and `ProjectError` where there are no sources.
    """
    from regesta.pipeline import what_is_erased

    given = list(paths) or [project.sources]
    for one in given:
        if not one.exists():
            raise ProjectError("no sources", where=str(one), hint="name what the chronicle was built from")
    found = Verified()
    erased, _ = what_is_erased(project, project.log if project.is_real else None)
    with open_chronicle(path) as chronicle:
        if "edition" in chronicle.meta:
            raise ProjectError(
                "this is an edition: it is made of a chronicle, not of sources", where=str(path),
                hint="verify the chronicle, and make the edition again; of a published folder name the folder",
            )  # fmt: skip
        held = digests(chronicle)
        found.content = content_hash(held)
        changed = _sources(chronicle, given, erased, found)
        _quotes(chronicle, found)
        is_log_other = _log(chronicle, project, found)
        is_other = _version(chronicle, project, found)
        with scratch("verify") as folder:
            again = _built_again(folder / "again.duckdb", given, jobs, found)
            if again is not None:
                with open_chronicle(again) as other:
                    now = digests(other)
                    found.content_again = content_hash(now)
                    tables = [name for name in held if name != "meta" and held[name] != now[name]]
                    _compare(chronicle, other, tables, _Why(changed, is_log_other, is_other), found)
                    _counts(chronicle, other, found)
    return found


@dataclass(frozen=True, slots=True)
class _Why:
    """What has changed among what a chronicle is made of."""

    sources: frozenset[str]
    log: bool
    version: bool

    def of(self, source: str | None) -> str:
        """Return why a row differs that this source says; None where no single one does."""
        if source is not None and source in self.sources:
            return f"{source} has changed"
        told = []
        if self.version:
            told.append("another version of the program or its packs made it")
        if self.log:
            told.append("the log of decisions is another")
        if self.sources:
            told.append("other sources have changed")
        return "; ".join(told) or _CHANGED_BY_HAND


def _sources(
    chronicle: Chronicle, given: list[Path], erased: Erased | None, found: Verified
) -> frozenset[str]:
    """Hash every source; return the names of those that are not what they were."""
    was = {row.name: row.sha256 for row in chronicle.sources()}
    unread = {name for (name,) in chronicle.sql("select distinct source from rejections where code = 'P002'")}
    now = dict(_hashes(given, erased))
    changed = set()
    for name in sorted(was.keys() | now.keys()):
        if name not in now:
            found.add("source", name, "it is gone")
        elif name not in was:
            if name in unread:
                continue
            found.add("source", name, "it is new: the chronicle was built without it")
        elif was[name] != now[name]:
            found.add("source", name, f"its bytes have changed: SHA-256 was {was[name]}, is {now[name]}")
        else:
            found.n_sources += 1
            continue
        changed.add(name)
    return frozenset(changed)


def _hashes(given: list[Path], erased: Erased | None) -> Iterator[tuple[str, str]]:
    """Yield each source by its name and the hash of its bytes, those in archives too."""
    from regesta.pipeline import SUFFIXES
    from regesta.reading import is_readable
    from regesta.unpacking import documents

    for listed in list_sources(given, SUFFIXES).sources:
        try:
            for one in documents(listed.path, listed.source, wanted=is_readable):
                if not isinstance(one, Rejection):
                    source = one.source
                    if erased is not None:
                        from regesta.erasure import mask_source

                        source = mask_source(erased, source)
                    yield source.name, hashlib.sha256(one.data).hexdigest()
        except (OSError, RegestaError):
            continue  # it is told as gone, or could not be read before either


def _quotes(chronicle: Chronicle, found: Verified) -> None:
    """Hold every quote against its text."""
    for (source,) in chronicle.sql("select name from sources order by name").rows:
        text = chronicle.text(source)
        for table, column in _QUOTED.items():
            query = (
                f"select {column}, start_char, end_char, quote from {table} where source = ? "  # noqa: S608 - named above
                "and quote is not null order by all"
            )
            for what, start, end, quote in chronicle.stream(query, [source]):
                # a long quote may be cut
                if text[start:end] == quote or (
                    end - start > len(quote) > 0 and text.startswith(quote, start)
                ):
                    found.n_quotes += 1
                elif not quote and table == "rejections":
                    continue
                else:
                    found.add("quote", what, f"the quote in {table} does not stand at {source}:{start}-{end}")


def _log(chronicle: Chronicle, project: Project, found: Verified) -> bool:
    """Hold the log against its own ids and against the decisions of the chronicle; return whether it is another."""
    from regesta.decisions import read_log

    if not project.is_real:
        return False
    log = read_log(project.log)
    before = len(found.differences)
    for problem in log.problems:
        found.add("log", f"{project.log}:{problem.line}", problem.told)
    query = "select id, made_at, kind, made_by, why, value, targets, precondition, expires from decisions"
    was = {row[0]: (*row[1:6], tuple(row[6]), *row[7:]) for row in chronicle.sql(query)}
    for one in log.decisions:
        row = (one.at, one.kind, one.by, one.why, one.value, one.targets, one.precondition, one.expires)
        if one.id not in was:
            found.add(
                "log", one.id, f"a decision of {one.at[:10]} that the chronicle does not know: build again"
            )
        elif was[one.id] != row:
            found.add("log", one.id, "the line and the chronicle say different things")
        else:
            found.n_decisions += 1
    for id_ in sorted(was.keys() - {one.id for one in log.decisions}):
        found.add("log", id_, "the chronicle knows this decision, and the log has it no more")
    return len(found.differences) > before


def _version(chronicle: Chronicle, project: Project, found: Verified) -> bool:
    from regesta.pipeline import extractor_version
    from regesta.version import __version__

    meta = chronicle.meta
    is_other = False
    for key, now in (("regesta_version", __version__), ("extractor_version", extractor_version(project))):
        if meta.get(key) != now:
            found.add("version", key, f"was {meta.get(key)}, is {now}")
            is_other = True
    return is_other


def _built_again(path: Path, given: list[Path], jobs: int, found: Verified) -> Path | None:
    from regesta.pipeline import rebuild

    try:
        return rebuild(given, output=path, jobs=jobs, cache=False).path
    except RegestaError as error:
        found.add("build", str(path.name), f"it could not be built again: {error}")
        return None


def _counts(chronicle: Chronicle, other: Chronicle, found: Verified) -> None:
    """Hold the counts of `meta` against those of the new chronicle, where their tables agree."""
    for key, value in sorted(chronicle.meta.items()):
        if key.startswith("n_") and other.meta.get(key) != value:
            found.add("table", "meta", f"{key} is {value}; built again it is {other.meta.get(key)}")


def _compare(chronicle: Chronicle, other: Chronicle, tables: list[str], why: _Why, found: Verified) -> None:
    """Note which rows differ: claims and others that have an id one by one, of the rest the number."""
    for table in tables:
        mine, theirs = _rows(chronicle, table), _rows(other, table)
        key = _IDENTIFIED.get(table)
        if key is None:
            n_gone, n_new = len(mine.keys() - theirs.keys()), len(theirs.keys() - mine.keys())
            found.add(
                "table",
                table,
                f"{n_gone:,} rows that are not made again, {n_new:,} that are missing: {why.of(None)}",
            )
            continue
        was = {row[key]: row for row in mine.values()}
        now = {row[key]: row for row in theirs.values()}
        differ = [id_ for id_ in sorted(was.keys() | now.keys()) if was.get(id_) != now.get(id_)]
        for id_ in differ[:_MANY]:
            row = was.get(id_) or now[id_]
            kind: Kind = "claim" if table == "claims" else "table"
            name = id_ if table == "claims" else f"{table} {id_}"
            found.add(kind, name, f"{_told(was.get(id_), now.get(id_))}: {why.of(row.get('source'))}")
        if len(differ) > _MANY:
            found.add("table", table, f"and {len(differ) - _MANY:,} more rows")


def _rows(chronicle: Chronicle, table: str) -> dict[str, dict[str, Any]]:
    """Return the rows of a table by what they hold."""
    answer = chronicle.sql(f'select * from "{table}"')  # noqa: S608 - of the schema
    return {repr(row): row for row in answer.dicts()}


def _told(was: dict[str, Any] | None, now: dict[str, Any] | None) -> str:
    if was is None:
        return "it is missing"
    if now is None:
        return "it is not made again"
    columns = [name for name in was if was[name] != now.get(name)]
    return f"{', '.join(columns)} {'is' if len(columns) == 1 else 'are'} another"
