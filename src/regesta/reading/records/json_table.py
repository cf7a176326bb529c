"""Records that are all flat and alike as one table: a row each, a column for each key, a pointer for each cell.

    [{"name": "Kim", "year": 1997},        Name   Year
     {"name": "Lee", "year": 1998}]        Kim    1997      /0/name  /0/year
                                           Lee    1998

Arrays of arrays are tables too. Which files are tables is told from their first records; later ones that differ get rows all
the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from regesta.model import Place, Table
from regesta.reading.laying.assembling import Assembly, printable
from regesta.reading.laying.grid import header_rows
from regesta.reading.laying.making import make_block
from regesta.reading.records.json_values import Item, pointer
from regesta.text.span import Span

__all__ = ["add", "is_table"]

_MAX_COLUMNS = 200
_LONG = 120
_WORDS = frozenset(
    "text body content article story transcript testimony statement fulltext full_text html".split()
)
"""Names of fields whose words are read, however few they are."""
Row = list[tuple[str, Place]]


def is_table(sample: Sequence[Item]) -> bool:
    """Return whether the first records of a file are rows of one table.

    >>> is_table([Item((n,), n, {"name": "Kim", "year": "1997"}) for n in range(2)])
    True
    """
    if len(sample) < 2 or any(item.way and isinstance(item.way[-1], str) for item in sample):
        return False
    if all(isinstance(item.value, list) for item in sample):
        rows = [item.value for item in sample if isinstance(item.value, list)]
        return len({len(row) for row in rows}) == 1 and len(rows[0]) > 1 and all(map(_is_flat, rows))
    records = [item.value for item in sample if isinstance(item.value, dict)]
    keys = {key for record in records for key in record}
    return (
        len(records) == len(sample)
        and 2 <= len(keys) <= _MAX_COLUMNS
        and all(2 * len(record) >= len(keys) for record in records)
        and all(_is_flat(record.values()) for record in records)
        and not any(
            " " in str(record[key])
            for key in keys
            if key.lower() in _WORDS
            for record in records
            if key in record
        )
    )


def _is_flat(values: Iterable[object]) -> bool:
    return all(
        not isinstance(value, (dict, list))
        and (not isinstance(value, str) or (len(value) <= _LONG and "\n" not in value))
        for value in values
    )


def add(assembly: Assembly, found: Iterable[Item]) -> None:
    """Append the table of the records."""
    columns: dict[str, int] = {}
    rows: list[Row] = []
    places: list[Place] = []
    for item in found:
        row: Row = []
        way, value = item.way, item.value
        fields = (
            value.items()
            if isinstance(value, dict)
            else enumerate(value if isinstance(value, list) else [value])
        )
        for key, inner in fields:
            column = columns.setdefault(str(key), len(columns)) if isinstance(value, dict) else int(key)
            row += [("", Place())] * (column + 1 - len(row))
            row[column] = (_cell(inner), Place(line=item.line, pointer=pointer((*way, key))))
        rows.append(row)
        places.append(Place(line=item.line, pointer=pointer(way)))
    if columns:
        rows.insert(
            0,
            [
                (printable(" ".join(key.split())), Place(line=places[0].line, pointer=places[0].pointer))
                for key in columns
            ],
        )
        places.insert(0, places[0])
    width = max(map(len, rows), default=0)
    n_header_rows = 1 if columns else header_rows([[words for words, _ in row] for row in rows[:300]])
    _lay_out(assembly, rows, places, width, n_header_rows)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(
            filter(None, (_cell(inner) if not isinstance(inner, list) else "" for inner in value))
        )
    if isinstance(value, dict):
        return "; ".join(f"{key}: {inner}" for key, inner in value.items() if isinstance(inner, str))
    return " ".join(printable(str(value)).split())


def _lay_out(
    assembly: Assembly, rows: list[Row], places: list[Place], width: int, n_header_rows: int
) -> None:
    assembly.separate()
    start, index = assembly.length, len(assembly.blocks)
    blocks = assembly.blocks
    blocks.append(
        make_block("table", Span(start, start), Span(start, start), places[0] if places else Place())
    )
    spans: list[tuple[Span, ...]] = []
    for r, (row, place) in enumerate(zip(rows, places, strict=True)):
        if r:
            assembly.write("\n")
        row_start, row_index = assembly.length, len(blocks)
        blocks.append(make_block("row", Span(0, 0), Span(0, 0), place, index, row=r))
        line: list[Span] = []
        for c in range(width):
            if c:
                assembly.write("\t")
            words, where = row[c] if c < len(row) else ("", place)
            span = assembly.write(words) if words else Span(assembly.length, assembly.length)
            line.append(span)
            if words:
                blocks.append(
                    make_block(
                        "cell", span, span, where, row_index, row=r, column=c, is_header=r < n_header_rows
                    )
                )
        blocks[row_index] = make_block(
            "row", Span(row_start, assembly.length), Span(row_start, row_start), place, index, row=r
        )
        spans.append(tuple(line))
    blocks[index] = make_block("table", Span(start, assembly.length), Span(start, start), blocks[index].place)
    words_of = tuple(tuple(row[c][0] if c < len(row) else "" for c in range(width)) for row in rows)
    assembly.tables.append(Table(block=index, rows=words_of, n_header_rows=n_header_rows, cells=tuple(spans)))
