"""Erasing somebody, or a passage: out of what is kept, and out of whatever is built from now on.

    names, a passage ──► a tombstone             keyed hashes, no word                 tombstones.jsonl
                     ──► the log, rewritten      its targets are the tombstone's id, its words blacked; a line says so
                     ──► the ledger, rewritten   the same
                     ──► the cache, sifted       what was read, shelves, logs of faults

The tombstone comes first: whatever breaks off after it, the next build blacks what was erased, and erasing again goes on where
it broke off. Sources are the user's: which of them still hold it is told, and none is touched. The chronicle holds it until it
is built again. What was published, copied or kept by a version control system cannot be reached from here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from regesta.chronicle import open as open_chronicle
from regesta.custody.rewriting import rewrite_ledger, rewrite_log
from regesta.decisions import append, make
from regesta.erasure import (
    TOMBSTONES,
    Erased,
    add_tombstone,
    bury_name,
    bury_passage,
    mask_document,
    mask_source,
    stretch,
)
from regesta.errors import DecisionError, ProjectError, RegestaError
from regesta.model import Source
from regesta.project import LEDGER, Cache, cache_folder
from regesta.protection.key import read_key
from regesta.replacing import scratch

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle
    from regesta.erasure import Tombstone
    from regesta.model import Decision
    from regesta.project import Project

__all__ = ["Erasure", "Holder", "erase_passage", "erase_person", "words_of_claim"]

_LARGEST: Final = 16 << 20
"""Bytes of a file of the project that is looked through for what was erased."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A file that still holds what was erased."""

    path: Path
    source: str | None
    """`Source.name`, None for a file that is no source."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What erasing came to."""

    decision: Decision
    """The line that says so."""
    tombstone: str
    erased: Erased
    n_decisions: int
    """Lines of the log that were rewritten."""
    n_identities: int
    """Lines of the ledger that were."""
    n_cached: int
    """Files of the cache that were removed."""
    holders: tuple[Holder, ...]


def erase_person(
    project: Project, chronicle: Chronicle, entity: str, *, by: str, why: str, at: datetime
) -> Erasure:
    """Erase a person, group or whatever has a name: every name that the sources of this chronicle have for it.

    Raises `DecisionError` where nobody named it.
    """
    row = chronicle.entity(entity)
    named = "select distinct quote from mentions where entity = ? and form = 'name' order by quote"
    names = [row.label, *row.aliases, *(quote for (quote,) in chronicle.sql(named, [entity]))]
    key = read_key(project.root)
    try:
        stone = bury_name(
            key, names if row.is_named else [quote for (quote,) in chronicle.sql(named, [entity])]
        )
    except ValueError as error:
        raise DecisionError(
            "nobody named it, so there is no name to erase",
            found=row.id,
            hint="erase a passage, by its claim",
        ) from error
    about = {
        one
        for (one,) in chronicle.sql(
            "select fingerprint from referents where entity = ?1 "
            "union select fingerprint from claims where subject = ?1 or value_entity = ?1",
            [entity],
        )
    }
    return _erase(project, chronicle, stone, Erased(key, (stone,)), about, by=by, why=why, at=at)


def erase_passage(
    project: Project, chronicle: Chronicle, passages: Iterable[str], *, by: str, why: str, at: datetime
) -> Erasure:
    """Erase words of a source; raises `DecisionError` where there are none."""
    key = read_key(project.root)
    try:
        stone = bury_passage(key, *passages)
    except ValueError as error:
        raise DecisionError("there are no words in it") from error
    return _erase(project, chronicle, stone, Erased(key, (stone,)), set(), by=by, why=why, at=at)


def words_of_claim(chronicle: Chronicle, fingerprint: str) -> list[str]:
    """Return the words to erase for a claim: those that say it, and of those around them what it takes to know them again."""
    told: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for claim, source, start, end in chronicle.sql(
        "select c.id, e.source, e.start_char, e.end_char from claims c join claim_evidence e on e.claim = c.id "
        "where c.fingerprint = ? order by c.id, e.position",
        [fingerprint],
    ):
        told.setdefault((claim, source), []).append((start, end))
    found = []
    seen = set()
    for (claim, source), spans in told.items():
        if claim in seen:  # what it has from another source too does not say it
            continue
        seen.add(claim)
        text = chronicle.text(source)
        start, end = stretch(spans, lambda a, b, text=text: text[a:b])  # type: ignore[misc]
        found.append(text[start:end])
    return sorted(set(found))


def _erase(
    project: Project, chronicle: Chronicle, stone: Tombstone, erased: Erased, about: set[str],
    *, by: str, why: str, at: datetime,
) -> Erasure:  # fmt: skip
    if not project.is_real:
        raise ProjectError("no project here", where=str(project.root), hint="make one with: regesta init")
    touched = _fingerprints(chronicle, erased)
    holders = tuple(_holders(project, chronicle, erased))
    add_tombstone(project.root / TOMBSTONES, stone)
    names = dict.fromkeys(touched, stone.id) | _beside(project, chronicle, erased)
    names |= dict.fromkeys(about, stone.id)
    n_decisions = rewrite_log(project.decisions, names, erased)
    n_identities = rewrite_ledger(project.root / LEDGER, names)
    value = f"rewrote {n_decisions} decisions and {n_identities} identities"
    decision = make("erase", [stone.id], by=by, why=erased.mask(why), at=at, value=value)
    append(project.decisions, decision)
    return Erasure(decision, stone.id, erased, n_decisions, n_identities, _sift(erased), holders)


def _beside(project: Project, chronicle: Chronicle, erased: Erased) -> dict[str, str]:
    """Return the fingerprints that others have now, of those that had words of what is erased around them.

    Everything is built again in a temporary place; what stands where it stood is the same, for every text is as long as it
    was. Nothing where it cannot be built.
    """
    from regesta.pipeline import rebuild

    with scratch("erase") as folder:
        try:
            path = rebuild([project.sources], output=folder / "again.duckdb").path
            with open_chronicle(path) as other:
                was, now = _stood(chronicle, erased), _stood(other, erased)
        except RegestaError:
            return {}
    return {one: now[where] for where, one in was.items() if where in now}


def _stood(chronicle: Chronicle, erased: Erased) -> dict[tuple[object, ...], str]:
    """Return fingerprints of referents and claims by where they stand; of two in one place neither."""
    referents = (
        "select r.fingerprint, r.source, r.kind, min(m.start_char), min_by(m.end_char, m.start_char) "
        "from referents r join mentions m on m.referent = r.key group by r.key, r.fingerprint, r.source, r.kind"
    )
    claims = (
        "select c.fingerprint, e.source, c.predicate, e.start_char, e.end_char, c.value_type, c.value_edtf, "
        "c.value_number, c.method from claims c join claim_evidence e on e.claim = c.id and e.position = 0"
    )
    found: dict[tuple[object, ...], str] = {}
    twice = set()
    names: dict[str, str] = {}
    for query in (referents, claims):
        for fingerprint, source, *rest in chronicle.stream(query):
            if source not in names:
                names[source] = mask_source(erased, Source(name=source)).name
            where = names[source], *rest
            if found.setdefault(where, fingerprint) != fingerprint:
                twice.add(where)
    return {where: one for where, one in found.items() if where not in twice}


def _fingerprints(chronicle: Chronicle, erased: Erased) -> set[str]:
    """Return the fingerprints of whatever says or shows what is erased."""
    queries = (
        "select c.fingerprint, e.quote from claims c join claim_evidence e on e.claim = c.id",
        "select fingerprint, subject_label || ' ; ' || coalesce(value_text, '') from claims",
        "select fingerprint, label from referents",
        "select f.fingerprint, m.quote from findings f join finding_members m on m.finding = f.id",
        "select fingerprint, summary from findings",
    )
    found: set[str] = set()
    for query in queries:
        for fingerprint, words in chronicle.stream(query):
            if fingerprint not in found and erased.touches(words):
                found.add(fingerprint)
    return found


def _holders(project: Project, chronicle: Chronicle, erased: Erased) -> Iterable[Holder]:
    """Yield the files that hold what is erased: sources first, then others of the project."""
    known: set[Path] = set()
    for source in chronicle.sources():
        path = project.sources / source.name
        known.add(path)
        title = f"{source.title or ''} ; {source.url or ''}"
        is_named = mask_source(erased, Source(name=source.name)).name != source.name
        if is_named or erased.touches(title) or erased.touches(chronicle.text(source.name)):
            yield Holder(path, source.name)
    own = {project.chronicle, project.decisions, project.root / LEDGER, project.root / TOMBSTONES}
    for folder, below, names in os.walk(project.root):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if path not in own and path not in known and _holds(path, erased):
                yield Holder(path, None)


def _holds(path: Path, erased: Erased) -> bool:
    try:
        if path.stat().st_size > _LARGEST:
            return False
        return erased.touches(path.read_bytes().decode("utf-8", "replace"))
    except OSError:
        return False


def _sift(erased: Erased) -> int:
    """Remove what the cache holds of it: entries of documents, every shelf, logs of faults; return how many files."""
    folder = cache_folder()
    extractions = folder / "extractions"
    n_removed = Cache(extractions, "").sift(lambda document: mask_document(erased, document) is document)
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if extractions in path.parents or not path.is_file():
            continue
        if ".sqlite" in path.name or _holds(path, erased):
            path.unlink(missing_ok=True)
            n_removed += 1
    return n_removed
