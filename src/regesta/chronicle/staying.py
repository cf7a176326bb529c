"""Rows that stay: those of sources that have not changed are taken from the chronicle that is replaced, column by column.

    sources in their order      a  b  c  d*  e  f          d has changed
    rows of a table             old 0..41 | JSON lines | old 57..80

The rows of a source stand together in every table, and sources in one order; so the rows of sources that follow each other in both
chronicles are one stretch, and a table is made of stretches of the old one and of new rows between them. What is judged of all
sources at once (labels, families) is joined as ever; what only few sources tell otherwise has these sources told anew. So the tables are
those of a build from the beginning, row by row. Nothing here decides what stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from regesta.chronicle.settling import JOINS, REPLACED

if TYPE_CHECKING:
    from regesta.chronicle import engine

__all__ = ["BY_SOURCE", "OLD", "AstrayError", "Before", "attach", "fill_between", "lay_places"]

OLD: Final = "replaced"
"""What the chronicle that is replaced is called while the new one is written."""

BY_SOURCE: Final = (
    "sources", "texts", "blocks", "runs", "citations", "citation_marks", "referents", "mentions", "claims",
    "claim_evidence", "claim_citations", "observations", "rejections", "coverage",
)  # fmt: skip
"""Tables whose rows are those of sources."""

_ANEW: Final = frozenset((("claims", "subject_label"), ("claims", "subject_kind"), ("sources", "family")))
"""Columns that may change though their source stays."""

_KEY: Final = {"referents": "key", "mentions": "referent"}
"""Tables that hold rows of strangers, and by which column they are known: these stand behind those of all sources."""

_AT_ONCE: Final = 64
"""Stretches of one statement."""

_PLACED: Final = f"""
create temp table placed as
with known as (
    select p.source, p.place, if(p.stays and m.source is null, o.rowid, null) as before
    from places p left join moved m on m.source = p.source left join {OLD}.sources o on o.name = p.source
), broken as (
    select *, lag(before) over (order by place) as last from known
)
select source, place, before is not null as stays,
       sum(if((before is null and last is null) or before = last + 1, 0, 1)) over (order by place) as stretch
from broken
"""  # noqa: S608 - names of this file's own


class AstrayError(Exception):
    """The chronicle that is replaced is not what it was taken for: all is to be written anew."""


@dataclass(frozen=True, slots=True)
class Before:
    """The chronicle that is replaced, where rows of it may be taken."""

    path: Path
    seen: tuple[int, ...]
    """What the system said of the file when it was looked at (`seen_at`)."""
    strangers: Sequence[str]
    """Keys of its referents that no source's rows hold."""

    @staticmethod
    def seen_at(path: Path) -> tuple[int, ...]:
        """Return what tells a file from another of its name."""
        stat = path.stat()
        return stat.st_ino, stat.st_size, stat.st_mtime_ns


def attach(connection: engine.DuckDBPyConnection, before: Before) -> None:
    """Open the chronicle that is replaced beside the new one; raises `AstrayError` where another one is there now."""
    literal = "'" + str(before.path).replace("'", "''") + "'"  # ATTACH takes no parameters
    connection.execute(f"attach {literal} as {OLD} (read_only)")
    if Before.seen_at(before.path) != before.seen:
        raise AstrayError


def lay_places(connection: engine.DuckDBPyConnection, before: Before) -> None:
    """Find the stretches of sources that stay; `places` and `moved` are filled."""
    connection.execute(_PLACED)
    connection.execute(
        "create temp table strangers_before as select unnest(?::varchar[]) as key", [list(before.strangers)]
    )


def fill_between(
    connection: engine.DuckDBPyConnection, table: str, columns: Mapping[str, str], lines: str | None
) -> int:
    """Fill a table with the rows that stay and, in their places, the new ones that `lines` reads; return how many it has."""
    came = _come(connection, table, lines)
    parts = []
    for stretch, low, high, n in _stretches(connection, table):
        if high - low + 1 != n:
            raise AstrayError
        parts.append((stretch, f"true as stays_ from {OLD}.{table} where rowid between {low} and {high}"))
    parts += [(stretch, f"false as stays_ from came where stretch_ = {stretch}") for stretch in came]
    parts.sort()
    names = ", ".join(columns)
    pieces = [f"select {names}, {part}" for _, part in parts]
    if lines is not None:
        pieces.append(f"select {names}, false as stays_ from came where stretch_ is null")  # noqa: S608
    for first in range(0, len(pieces), _AT_ONCE):
        rows = " union all ".join(pieces[first : first + _AT_ONCE])
        connection.execute(
            f"insert into {table} select {', '.join(_told(table, name) for name in columns)} from ({rows}) r "  # noqa: S608
            f"{JOINS.get(table, '')}"
        )
    if lines is not None:
        connection.execute("drop table came")
    (row,) = connection.execute(f"select count(*) from {table}").fetchall()  # noqa: S608 - a name of the schema
    return int(row[0])


def _told(table: str, column: str) -> str:
    """Return what a column is filled with."""
    judged = REPLACED.get(table, {}).get(column)
    if judged is None:
        return f"r.{column}"
    return judged if (table, column) in _ANEW else f"if(r.stays_, r.{column}, {judged})"


def _come(connection: engine.DuckDBPyConnection, table: str, lines: str | None) -> list[int]:
    """Put new rows aside in the order of their sources; return the stretches between which they stand."""
    if lines is None:
        return []
    stranger = f"r.{_KEY[table]} in (select key from strangers)" if table in _KEY else "false"  # noqa: S608
    source, also = _source_of(table, "main")
    connection.execute(
        f"create temp table came as select r.*, if({stranger}, null, p.stretch)::bigint as stretch_ "  # noqa: S608
        f"from (select *, row_number() over () as line_ from {lines}) r {also} left join placed p on p.source = {source} "
        f"order by if({stranger}, null, p.place) nulls last, line_"
    )
    found = connection.execute("select distinct stretch_ from came where stretch_ is not null").fetchall()
    return [int(stretch) for (stretch,) in found]


def _stretches(connection: engine.DuckDBPyConnection, table: str) -> list[tuple[int, int, int, int]]:
    """Return each stretch of rows that stay: its number, its first and its last row, and how many it has."""
    source, also = _source_of(table, OLD)
    known = f" and r.{_KEY[table]} not in (select key from strangers_before)" if table in _KEY else ""  # noqa: S608
    return [
        (int(stretch), low, high, n)
        for stretch, low, high, n in connection.execute(
            f"select p.stretch, min(r.rowid), max(r.rowid), count(*) from {OLD}.{table} r {also} "  # noqa: S608
            f"join placed p on p.source = {source} where p.stays{known} group by p.stretch"
        ).fetchall()
    ]


def _source_of(table: str, home: str) -> tuple[str, str]:
    """Return what names the source of a row `r`, and what is joined for it."""
    if table == "claim_citations":
        claims = "claims" if home == "main" else f"{home}.claims"
        return "c.source", f"left join {claims} c on c.id = r.claim"
    return ("r.name" if table == "sources" else "r.source"), ""
