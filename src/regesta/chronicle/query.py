"""A chronicle open for reading.

    with open("chronicle.duckdb") as chronicle:
        for claim in chronicle.claims(predicate="arrival", when="1997"):
            print(claim.subject_label, claim.value, chronicle.evidence(claim)[0].quote)

The file is opened read-only, without access to any other file, and with its settings locked: read-only alone would still
let a query read and write files. Rows come back as the frozen dataclasses of `rows.py`, in a stable order. Nothing here
writes or computes.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from regesta.chronicle import engine
from regesta.chronicle.rows import (
    TABLES,
    CitationRow,
    ClaimRow,
    CoverageRow,
    DecisionRow,
    EntityRow,
    EvidenceRow,
    FindingMemberRow,
    FindingRow,
    Identifier,
    ObservationRow,
    RejectionRow,
    SourceRow,
    Stop,
    SupportRow,
)
from regesta.chronicle.writing import SCHEMA_VERSION
from regesta.errors import StoreError
from regesta.model import Place

__all__ = ["Answer", "Chronicle"]

Row = TypeVar("Row")

_AT_ONCE = 4096
"""Rows that `stream` takes at a time."""
_LOCKED = {
    "enable_external_access": False,  # no files, no network, no extensions
    "python_enable_replacements": False,  # a query sees tables, not variables of the program
    "lock_configuration": True,  # and it cannot change that
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that a query gave, with the names of their columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def dicts(self) -> list[dict[str, Any]]:
        """Return each row as a dictionary; of two columns of one name the later wins."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Chronicle:
    """A chronicle, open for reading; close it, or use it in a `with` block."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        """The file."""
        if self.path.is_dir():
            raise StoreError(
                "is a folder, no chronicle",
                where=str(path),
                hint="name the file that regesta build wrote: NAME.duckdb",
            )
        if not self.path.is_file():
            raise StoreError("no such chronicle", where=str(path), hint="make it with: regesta build")
        try:
            self._connection = engine.connect(str(self.path), read_only=True, config=dict(_LOCKED))
        except engine.Error as error:
            raise _not_opened(self.path, error) from error
        try:
            self.meta = self._read_meta()
            """What made it: versions, and counts of the tables."""
        except StoreError:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Chronicle {self.path}>"

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def sources(self) -> list[SourceRow]:
        """Return what was read, by name."""
        return self.rows(SourceRow, order="name")

    def text(self, source: str) -> str:
        """Return the text of a source, in which all places count."""
        found = self.sql("select text from texts where source = ? order by start_char", [source]).rows
        if not found:
            raise StoreError("no such source", where=str(self.path), found=source)
        return "".join(piece for (piece,) in found)

    def places(self, source: str, start: int, end: int) -> list[Place]:
        """Return where `[start, end)` of a text stands in its raw file, as `Document.places` does.

        The runs that share code points with it, else the innermost blocks that do; each place once, in order.
        """
        columns = "line, xpath, raw_offset, page, box, part, sheet, cell, pointer"
        what = [source, end, start]
        within = "source = ? and start_char < ? and end_char > ?"
        found = self.sql(f"select {columns} from runs where {within} order by start_char", what).rows  # noqa: S608
        if not found:
            touched = "source = ? and content_start < ? and content_end > ?"
            found = self.sql(
                f"with touched as (select * from blocks where {touched}) select {columns} from touched "  # noqa: S608
                "where position not in (select parent from touched where parent is not null) order by position",
                what,
            ).rows
        places = (
            Place(
                line=line, xpath=xpath, offset=offset, page=page, box=tuple(box) if box else None, part=part,
                sheet=sheet, cell=cell, pointer=pointer,
            )
            for line, xpath, offset, page, box, part, sheet, cell, pointer in found
        )  # fmt: skip
        return list(dict.fromkeys(places))

    def entities(self, kind: str | None = None) -> list[EntityRow]:
        """Return the entities of one kind, or all, in the order of their first mention."""
        return self._entities("true" if kind is None else "e.kind = ?", [] if kind is None else [kind])

    def people(self) -> list[EntityRow]:
        """Return the people and the groups of people, in the order of their first mention."""
        return self._entities("e.kind in ('person', 'group')", [])

    def entity(self, id: str) -> EntityRow:  # noqa: A002 - the column's name
        """Return one entity; raises `StoreError` where there is none of this id."""
        found = self._entities("e.id = ?", [id])
        if not found:
            raise StoreError("no such entity", where=str(self.path), found=id)
        return found[0]

    def claims(
        self,
        *,
        about: EntityRow | str | None = None,
        predicate: str | None = None,
        when: str | None = None,
    ) -> list[ClaimRow]:
        """Return the claims that fit all that is asked, by source and place.

        `about` is an entity or its id; `when` an EDTF date: claims whose own date may overlap it. Raises `StoreError` for a
        predicate that nobody knows.
        """
        wanted: list[tuple[str, list[Any]]] = []
        if about is not None:
            wanted.append(("subject = ?", [about if isinstance(about, str) else about.id]))
        if predicate is not None:
            wanted.append(("predicate = ?", [predicate]))
        if when is not None:
            from regesta.chronicle.flattening import bounds_of

            earliest, latest = bounds_of(when)
            overlap = (
                "coalesce(earliest <= cast(? as date), true) and coalesce(latest >= cast(? as date), true)"
            )
            dated = "coalesce(earliest, latest) is not null"
            wanted.append((f"{dated} and {overlap}", [latest, earliest]))
        where = " and ".join(f"({condition})" for condition, _ in wanted) or "true"
        query = (
            f"select claims.* from claims join claim_evidence e on e.claim = id and e.position = 0 where {where}"  # noqa: S608
            " order by e.source, e.start_char, e.end_char, id"
        )
        found = self._fetch(ClaimRow, query, [value for _, values in wanted for value in values])
        if predicate is not None and not found:
            self._check_predicate(predicate)
        return found

    def _check_predicate(self, predicate: str) -> None:
        """Raise `StoreError` where neither the vocabulary nor this chronicle knows a predicate."""
        from regesta.vocab import predicates

        known = {*predicates(), *(one for (one,) in self.sql("select distinct predicate from claims").rows)}
        if predicate not in known:
            near = difflib.get_close_matches(predicate, sorted(known), 3) or sorted(known)
            raise StoreError("no such predicate", found=predicate, hint=f"such as {', '.join(near)}")

    def claim(self, id: str) -> ClaimRow:  # noqa: A002 - the column's name
        """Return one claim; raises `StoreError` where there is none of this id."""
        found = self.rows(ClaimRow, "id = ?", [id])
        if not found:
            raise StoreError("no such claim", where=str(self.path), found=id)
        return found[0]

    def evidence(self, claim: ClaimRow | str) -> list[EvidenceRow]:
        """Return the passages that say a claim, the passage itself first."""
        wanted = claim if isinstance(claim, str) else claim.id
        return self.rows(EvidenceRow, "claim = ?", [wanted], order="position")

    def support(self, claim: ClaimRow | str) -> SupportRow:
        """Return in how many passages, documents and independent families it stands what a claim says.

        Raises `StoreError` where there is no such claim.
        """
        wanted = claim if isinstance(claim, str) else claim.id
        found = self.rows(SupportRow, "claim = ?", [wanted])
        if not found:
            raise StoreError("no such claim", where=str(self.path), found=wanted)
        return found[0]

    def series(self) -> list[ObservationRow]:
        """Return the points of all statistical series, by source and place."""
        return self.rows(ObservationRow, order="source, start_char, end_char, series")

    def references(self) -> list[CitationRow]:
        """Return the references of the sources, by source and place."""
        return self.rows(CitationRow, order="source, start_char, end_char, id")

    def rejections(self) -> list[RejectionRow]:
        """Return what was seen and left out, by source and place."""
        return self.rows(RejectionRow, order="source, start_char, end_char, code, reason")

    def coverage(self) -> list[CoverageRow]:
        """Return how much of each text was used, by source."""
        return self.rows(CoverageRow, order="source")

    def findings(self) -> list[FindingRow]:
        """Return what the checks found, in the order of the checks and of the first passages."""
        query = (
            "select f.* from findings f join finding_members m on m.finding = f.id and m.position = 0 "
            "order by f.code, m.source, m.start_char, m.end_char, f.id"
        )
        return self._fetch(FindingRow, query)

    def members(self, finding: FindingRow | str) -> list[FindingMemberRow]:
        """Return the passages of a finding, in the order of its argument."""
        wanted = finding if isinstance(finding, str) else finding.id
        return self.rows(FindingMemberRow, "finding = ?", [wanted], order="position")

    def rows(
        self, kind: type[Row], where: str = "true", params: Sequence[Any] = (), *, order: str = "all"
    ) -> list[Row]:
        """Return the rows of one table as its dataclass, such as `rows(BlockRow, "source = ?", ["a.txt"])`.

        `where` and `order` are SQL; values belong into `params`.
        """
        query = f"select * from {_TABLE_OF[kind]} where {where} order by {order}"  # noqa: S608
        return self._fetch(kind, query, params)

    def sql(self, query: str, params: Sequence[Any] = ()) -> Answer:
        """Return the answer to a query of your own; it reads this chronicle and nothing else.

        Raises `StoreError` with what DuckDB says of a query that it does not take.
        """
        try:
            cursor = self._connection.execute(query, list(params) or None)
            columns = tuple(column[0] for column in cursor.description or ())
            return Answer(columns, tuple(cursor.fetchall()))
        except engine.Error as error:
            told = " ".join(line.strip() for line in str(error).splitlines() if line.strip())
            raise StoreError(f"the query failed: {told}") from error

    def stream(self, query: str, params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows that a query gives, a few thousand in memory at a time; for tables of any size.

        Raises `StoreError` with what DuckDB says of a query that it does not take.
        """
        cursor = self._connection.cursor()  # of its own: other queries may run before the last row is taken
        try:
            cursor.execute(query, list(params) or None)
            while rows := cursor.fetchmany(_AT_ONCE):
                yield from rows
        except engine.Error as error:
            told = " ".join(line.strip() for line in str(error).splitlines() if line.strip())
            raise StoreError(f"the query failed: {told}") from error
        finally:
            cursor.close()

    def each(
        self, kind: type[Row], where: str = "true", params: Sequence[Any] = (), *, order: str = "all"
    ) -> Iterator[Row]:
        """Yield what `rows` returns, a few thousand in memory at a time."""
        query = f"select * from {_TABLE_OF[kind]} where {where} order by {order}"  # noqa: S608
        nested = _NESTED.get(kind)
        for row in self.stream(query, params):
            yield kind(*row) if nested is None else kind(*_unfold(row, nested))

    def _entities(self, where: str, params: Sequence[Any]) -> list[EntityRow]:
        query = (
            f"select e.* from entities e left join mentions m on m.entity = e.id where {where}"  # noqa: S608
            " group by all order by min((m.source, m.start_char, m.end_char)), e.id"
        )
        return self._fetch(EntityRow, query, params)

    def _fetch(self, kind: type[Row], query: str, params: Sequence[Any] = ()) -> list[Row]:
        found = self.sql(query, params).rows
        nested = _NESTED.get(kind)
        if nested is None:
            return [kind(*row) for row in found]
        return [kind(*_unfold(row, nested)) for row in found]

    def _read_meta(self) -> dict[str, str]:
        try:
            meta = dict(self.sql("select key, value from meta").rows)
        except StoreError:
            meta = {}
        version = meta.get("schema_version")
        if version != SCHEMA_VERSION:
            problem = (
                "is no chronicle"
                if version is None
                else f"has schema {version}, this regesta {SCHEMA_VERSION}"
            )
            raise StoreError(problem, where=str(self.path), hint="rebuild it with: regesta build")
        return meta


_TABLE_OF = {kind: table for table, kind in TABLES.items()}

_NESTED: dict[type, dict[int, type]] = {
    EntityRow: {3: str},
    CitationRow: {5: str, 10: Identifier},
    ClaimRow: {16: Stop},
    DecisionRow: {6: str},
}
"""Columns that hold lists, and what their items become."""


def _unfold(row: tuple[Any, ...], nested: dict[int, type]) -> Iterable[Any]:
    values = list(row)
    for index, kind in nested.items():
        if values[index] is not None:
            items = values[index]
            values[index] = tuple(items if kind is str else (kind(**item) for item in items))
    return values


def _not_opened(path: Path, error: engine.Error) -> StoreError:
    told = str(error).splitlines()[0]
    if "lock" in told:
        return StoreError(
            "is in use by another program", where=str(path), hint="close that program and try again"
        )
    if "different configuration" in told:
        return StoreError("is open in this program in another way", where=str(path), hint="close it first")
    return StoreError("is no chronicle", where=str(path), hint="rebuild it with: regesta build")
