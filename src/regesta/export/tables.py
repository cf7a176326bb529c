"""The tables of the exports that write whole tables: their columns, what each means, keys, and the order of their rows.

    schema.sql ──comments──► tables(chronicle) ──► claims: id, source, subject, ..., start_char, end_char, quote

Types and meanings are those of the chronicle itself, asked of it, so that they never differ from its schema. Claims get three
more columns, their first passage: who opens one file should see the words that say it. The order puts places first, and
is the same wherever the chronicle was made. Nothing is left out here; what a format cannot hold is its own business.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from regesta.chronicle.rows import TABLES

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["COLUMNS_HEADER", "Column", "Table", "columns_rows", "tables"]

_FIRST: Final = ("source", "start_char", "end_char", "name", "claim", "position", "id", "key")
_KEYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "meta": ("key",),
        "sources": ("name",),
        "texts": ("source", "start_char"),
        "blocks": ("source", "position"),
        "citations": ("id",),
        "entities": ("id",),
        "referents": ("key",),
        "claims": ("id",),
        "claim_evidence": ("claim", "position"),
        "claim_citations": ("claim", "position"),
        "claim_support": ("claim",),
        "coverage": ("source",),
        "decisions": ("id",),
        "findings": ("id",),
        "finding_members": ("finding", "position"),
    }
)
"""Columns that tell the rows of a table apart; the other tables have no such columns."""
_REFERS: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = MappingProxyType(
    {
        "texts": {"source": ("sources", "name")},
        "blocks": {"source": ("sources", "name")},
        "runs": {"source": ("sources", "name")},
        "citations": {"source": ("sources", "name")},
        "citation_marks": {"source": ("sources", "name"), "citation": ("citations", "id")},
        "referents": {"entity": ("entities", "id"), "source": ("sources", "name")},
        "mentions": {
            "referent": ("referents", "key"),
            "entity": ("entities", "id"),
            "source": ("sources", "name"),
        },
        "claims": {
            "source": ("sources", "name"),
            "subject": ("entities", "id"),
            "referent": ("referents", "key"),
            "value_entity": ("entities", "id"),
        },
        "claim_evidence": {"claim": ("claims", "id"), "source": ("sources", "name")},
        "claim_citations": {"claim": ("claims", "id"), "citation": ("citations", "id")},
        "claim_support": {"claim": ("claims", "id")},
        "observations": {"source": ("sources", "name"), "claim": ("claims", "id")},
        "coverage": {"source": ("sources", "name")},
        "origins": {"source": ("sources", "name"), "origin": ("sources", "name")},
        "links": {"left_referent": ("referents", "key"), "right_referent": ("referents", "key")},
        "finding_members": {"finding": ("findings", "id"), "claim": ("claims", "id")},
    }
)
"""Columns that name a row of another table."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    type: str
    """As DuckDB calls it: `VARCHAR`, `BIGINT`, `VARCHAR[]`."""
    is_nullable: bool
    says: str
    """What it means."""
    refers: tuple[str, str] | None
    """The table and the column whose values it holds."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the chronicle as the exports write it."""

    name: str
    says: str
    """What its rows are."""
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """The columns that tell its rows apart; may be empty."""
    query: str
    """The rows, in order; every name of a table begins with `{0}`, which may name a schema."""

    def rows(self, chronicle: Chronicle) -> Iterator[tuple[Any, ...]]:
        """Yield the rows in order, few of them in memory at a time."""
        return chronicle.stream(self.query.format(""))

    def count(self, chronicle: Chronicle) -> int:
        """Return how many rows it has."""
        ((number,),) = chronicle.sql(f"select count(*) from {self.name}").rows  # noqa: S608 - our own names
        return int(number)


def tables(chronicle: Chronicle) -> tuple[Table, ...]:
    """Return every table, in the order of the schema."""
    told = dict(chronicle.sql("select table_name, comment from duckdb_tables()").rows)
    of: dict[str, list[Column]] = {}
    for table, name, kind, is_nullable, says in chronicle.sql(
        "select table_name, column_name, data_type, is_nullable, comment from duckdb_columns() "
        "where not internal order by table_name, column_index"
    ).rows:
        refers = _REFERS.get(table, {}).get(name)
        of.setdefault(table, []).append(Column(name, kind, bool(is_nullable), says or "", refers))
    return tuple(_table(name, told[name] or "", of[name]) for name in TABLES)


def _table(name: str, says: str, columns: list[Column]) -> Table:
    key = _KEYS.get(name, ())
    if name == "claims":
        columns = [
            *columns,
            Column("start_char", "BIGINT", True, "Where its first passage begins", None),
            Column("end_char", "BIGINT", True, "After the last code point of its first passage", None),
            Column("quote", "VARCHAR", True, "The words of its first passage; claim_evidence has all", None),
        ]
        query = (
            "select c.*, e.start_char, e.end_char, e.quote from {0}claims c left join {0}claim_evidence e "
            "on e.claim = c.id and e.position = 0 order by c.source, e.start_char, e.end_char, c.id"
        )
    else:
        names = [column.name for column in columns]
        ranked = [each for each in _FIRST if each in names]
        wanted = key or names
        order = [*ranked, *(each for each in wanted if each not in ranked)]
        query = f"select * from {{0}}{name} order by {', '.join(order)}"  # noqa: S608 - our own names
    return Table(name, says, tuple(columns), key, query)


COLUMNS_HEADER: Final = ("table", "column", "type", "empty", "key", "refers_to", "meaning")
"""The header of `columns_rows`."""


def columns_rows(every: tuple[Table, ...]) -> Iterator[tuple[str, ...]]:
    """Yield one row for each table and then for each of its columns: what the files of an export hold."""
    for table in every:
        yield (table.name, "", "", "", "", "", table.says)
        for column in table.columns:
            yield (
                table.name,
                column.name,
                column.type.lower(),
                "yes" if column.is_nullable else "no",
                "yes" if column.name in table.key else "",
                ".".join(column.refers) if column.refers else "",
                column.says,
            )
