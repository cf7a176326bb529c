"""Tables of figures that no period orders: a row for each country or group, a column for each thing that is counted.

    Asylum in Orla, 2022                    Asylum in Orla, 2022: Applied   count  4,368 person, where Lumia, when 2022
    Country    Applied   Rejection rate     Asylum in Orla, 2022: Rejection rate  figure  4.5 percent, where Lumia
    Lumia        4,368            4.5 %     ... Applied  count  3,484 person, subset "Women"
    Women        3,484

What is counted is told by the caption and the head of the column; when by a column of years, the head or the caption. A
table of people, of houses, or with a story in every row is none, and cells that a series has taken stay with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from regesta.dates import find_dates
from regesta.extraction.labels import is_share, unit_of
from regesta.extraction.quantity import Bound
from regesta.extraction.scene import Scene
from regesta.extraction.series_parts import TOTAL
from regesta.extraction.table_parts import NO_VALUE, Cells, Figure, without_marks
from regesta.model import Qualifiers, QuantityValue, Table
from regesta.places import is_place
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["cross_tables"]

_LEAST: Final = 2
"""Rows, at least."""
_LONGEST: Final = 60
"""Code points of a label; a longer one tells a story."""
_LONGEST_ROW: Final = 300
_YEAR: Final = lazy(r"(?:1[5-9]|20)\d\d")
_BOUNDS: Final[dict[str, Bound]] = {"about": "about", "min": "min", "max": "max"}


def cross_tables(scene: Scene) -> None:
    """State the figures of tables that are neither of people nor of houses nor series."""
    taken = {entry.table for entry in scene.entries if entry.kind == "row" and entry.principals}
    taken |= {houses.table.block for houses in scene.houses}
    for table in scene.document.tables:
        if (
            table.n_header_rows
            and len(table.rows) - table.n_header_rows >= _LEAST
            and table.block not in taken
        ):
            _table(scene, table)


def _table(scene: Scene, table: Table) -> None:
    cells = Cells(scene.document, table)
    values = [column for column in range(cells.width) if _is_of_values(cells, column)]
    years = [column for column in range(cells.width) if _is_of_years(cells, column)]
    labels = _labels(cells, values, years)
    if not values or not labels:
        return
    title = cells.title()
    titled = _dated(scene, cells.caption()) if title else None
    _number(scene, cells)
    for column in values:
        head = cells.heads[column]
        top = cells.span(cells.n_heads - 1, column)
        heads = [cells.span(row, column) for row in range(cells.n_heads)]
        in_head = next((said for head_cell in reversed(heads) if (said := _dated(scene, head_cell))), None)
        for row, figure, label in _figures(scene, cells, column, labels):
            year = next(
                (cells.span(row, c) for c in years if _YEAR.fullmatch(cells.span(row, c).of(scene.text))),
                None,
            )
            when = (year.of(scene.text), year) if year else in_head or titled
            words = f"{title}: {head}" if title else head
            _state(scene, words, top, figure, _Row(label, *_told_apart(scene, cells, row, labels)), when)


class _Row(NamedTuple):
    """What a row is called: its label, the place where it counts, and which part of all it is."""

    label: Span | None
    where: str | None
    part: str | None


def _told_apart(scene: Scene, cells: Cells, row: int, labels: list[int]) -> tuple[str | None, str | None]:
    """Return the place of a row and the words for the part that it counts.

    People come from what a column of origins names, and are counted elsewhere.
    """
    where: str | None = None
    parts: list[str] = []
    by_origin = _BY_ORIGIN.search(cells.title()) is not None
    for column in range(cells.width):
        if cells.is_empty(row, column) or not (column in labels or _is_of_groups(cells, column)):
            continue
        said = without_marks(cells.span(row, column).of(scene.text).strip(" *_"))
        if TOTAL.match(said):
            continue
        if where is None and is_place(said) and not (by_origin or _ORIGIN.search(cells.heads[column])):
            where = said
        else:
            parts.append(said)
    return where, ", ".join(parts) or None


_ORIGIN: Final = lazy(
    r"\b(?:origin|nationalit|citizenship|born|birth|from|previous|herkunft|staatsangeh|origine|nationalité|procedencia|origen|nacionalidad|pochodzeni|obywatelstw|гражданств)",
    re.IGNORECASE,
)
"""Heads of columns that name where people come from."""
_BY_ORIGIN: Final = lazy(r"\bby (?:country of )?(?:origin|nationality|citizenship)\b", re.IGNORECASE)


def _is_of_groups(cells: Cells, column: int) -> bool:
    """Whether a column holds few short words that come again: the country of several rows, men and women."""
    words = [cells.table.rows[row][column].strip() for row in cells.body if not cells.is_empty(row, column)]
    return all(cell[:1].isalpha() and len(cell) <= _SHORT for cell in words) and (
        len(set(words)) > 1 or (bool(words) and is_place(words[0]))
    )


_SHORT: Final = 32


def _number(scene: Scene, cells: Cells) -> None:
    """Note the cells that only number or rank the rows."""
    for column in range(cells.width):
        if NO_VALUE.match(cells.heads[column]):
            for row in cells.body:
                scene.cell_meanings.setdefault(cells.span(row, column), "index")


def _is_of_values(cells: Cells, column: int) -> bool:
    if NO_VALUE.match(cells.heads[column]) or not cells.heads[column] or _is_of_years(cells, column):
        return False
    full = [row for row in cells.body if not cells.is_empty(row, column)]
    return (
        len(full) >= _LEAST and sum(cells.value(row, column) is not None for row in full) * 5 > len(full) * 4
    )


def _is_of_years(cells: Cells, column: int) -> bool:
    full = [cells.table.rows[row][column].strip() for row in cells.body if not cells.is_empty(row, column)]
    return len(full) >= _LEAST and all(_YEAR.fullmatch(cell) for cell in full)


def _labels(cells: Cells, values: list[int], years: list[int]) -> list[int]:
    """Return the columns of short words that tell the rows apart: each for itself, else together and with the years."""
    worded = [c for c in range(cells.width) if c not in values and _is_of_words(cells, c)]
    return [c for c in worded if _are_apart(cells, [c])] or (
        worded if _are_apart(cells, worded + years) else []
    )


def _is_of_words(cells: Cells, column: int) -> bool:
    """Whether a column holds short words, wherever it holds anything."""
    words = [cells.table.rows[row][column].strip() for row in cells.body if not cells.is_empty(row, column)]
    return sum(cell[:1].isalpha() and len(cell) <= _LONGEST for cell in words) * 5 > len(words) * 4


def _are_apart(cells: Cells, columns: list[int]) -> bool:
    """Whether the words of some columns are others in nearly every row, and in most there are any."""
    told = [tuple(cells.table.rows[row][c].strip() for c in columns) for row in cells.body]
    full = [
        words
        for row, words in zip(cells.body, told, strict=True)
        if not all(cells.is_empty(row, c) for c in columns)
    ]
    return len(full) * 5 > len(told) * 4 and len(set(full)) * 2 > len(full)


def _figures(
    scene: Scene, cells: Cells, column: int, labels: list[int]
) -> Iterator[tuple[int, Figure, Span | None]]:
    """Yield the figures of a column that nothing has claimed, with their rows and what the rows are called."""
    for row in cells.body:
        figure = cells.value(row, column)
        if figure is None or scene.is_claimed(figure.span):
            continue
        named = next(
            (cells.span(row, c).strip(scene.text, " *_") for c in labels if not cells.is_empty(row, c)), None
        )
        yield row, figure, named


def _dated(scene: Scene, span: Span | None) -> tuple[str, Span] | None:
    """Return the one date that a head or a caption names, None where it names none or several."""
    if span is None:
        return None
    dates = [date for date in find_dates(scene.text, *span) if date.edtf and date.kind != "now"]
    return (dates[0].edtf or "", Span(*dates[0].span)) if len(dates) == 1 else None


def _state(
    scene: Scene,
    words: str,
    top: Span,
    figure: Figure,
    row: _Row,
    when: tuple[str, Span] | None,
) -> None:
    topic = scene.named("topic", words)
    if not topic.mentions:
        topic.mentions.append((top if top.end > top.start else figure.span, "description"))
        topic.called = words
    share = is_share(words) or scene.text.startswith(("%", " %"), figure.span.end)
    label = row.label
    value = QuantityValue(
        number=figure.value,
        unit="percent" if share else _unit(scene, words),
        approximate=figure.qualifier == "about",
    )
    whole = figure.span.cover(label) if label else figure.span
    if whole.end - whole.start > _LONGEST_ROW or "\n" in whole.of(scene.text):
        whole = figure.span
    scene.state(
        topic,
        "figure" if share else "count",
        value,
        whole,
        *((label,) if label and not whole.contains(label) else ()),
        top,
        *((when[1],) if when else ()),
        when=when[0] if when else None,
        where=row.where,
        qualifiers=Qualifiers(bound=_BOUNDS.get(figure.qualifier or ""), subset=row.part),
        claims=(figure.span,),
    )


def _unit(scene: Scene, words: str) -> str:
    """Return what is counted by the words of a column, by the title of the document where they only say "value"."""
    unit = unit_of(words, scene.lexicon)
    return unit_of(scene.document.title or words, scene.lexicon) if unit in _GENERIC else unit


_GENERIC: Final = frozenset(("value", "number", "count", "figure", "total", "amount", "quantity"))
