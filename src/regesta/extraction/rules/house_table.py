"""What a table of camps and centres says of each: predicates `opened`, `location`, `capacity`, `population`, `event`.

    Camp        Opened     Population 2006   Population 2015
    Beldangi I  May 1992   18,574            13,970             Beldangi I: opened 1992-05, population 18,574 in 2006 ...
    Goldhap     1992       9,694             closed 2011        Goldhap: "closed 2011"

A number is of people only under a head that says so. The row of the total names no house. Which tables are of houses,
`house_columns.py` tells.
"""

from __future__ import annotations

from typing import NamedTuple

from regesta.dates import find_dates
from regesta.extraction.cell_dates import century_of, date_of, is_day_first
from regesta.extraction.house_columns import Houses
from regesta.extraction.rows import cell_span
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.series_parts import TOTAL
from regesta.model import DateValue, QuantityValue, Table, TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["house_tables"]

_NUMBER = lazy(
    r"(?:about |c\. ?|ca\. ?|~|some |over )?(?P<number>\d{1,3}(?:[,. \u00a0\u202f]\d{3})+|\d+)[*†‡]?"
)
_ABOUT = ("about", "c.", "ca", "~", "some")
_LONGEST = 80


class _Column(NamedTuple):
    """What the head of a column says for all its cells."""

    place: int
    kind: str
    head: Span | None
    when: str | None
    """The date that the head names: "Population 2006"."""
    is_day_first: bool | None


def house_tables(scene: Scene) -> None:
    """State what the rows of tables of houses say."""
    years = century_of(scene.text) if scene.houses else {}
    for houses in scene.houses:
        table = houses.table
        columns = [
            _column(scene, table, index, kind)
            for index, kind in houses.kinds.items()
            if index != houses.names
        ]
        for row in range(table.n_header_rows, len(table.cells)):
            _row(scene, houses, row, columns, years)


def _column(scene: Scene, table: Table, index: int, kind: str) -> _Column:
    head = _tight(scene, table, 0, index)
    filed = [d.edtf for d in find_dates(scene.text, *head) if d.edtf] if head else []
    body = (row[index] for row in table.rows[table.n_header_rows :] if index < len(row))
    return _Column(index, kind, head, filed[0] if filed else None, is_day_first(body))


def _row(scene: Scene, houses: Houses, row: int, columns: list[_Column], years: dict[str, str]) -> None:
    name = _tight(scene, houses.table, row, houses.names)
    if name is None or TOTAL.match(name.of(scene.text)) or name.end - name.start > _LONGEST:
        return
    passage = scene.passage_at(name.start)
    if passage is None:
        return
    actor = next(
        (s.actor for s in scene.said[passage.index] if s.span == name and s.actor.kind == "facility"), None
    )
    if actor is None:
        actor = scene.named("facility", name.of(scene.text))
        scene.say(passage, name, actor, "name")
    for column in columns:
        cell = _tight(scene, houses.table, row, column.place)
        if cell is not None:
            dated = date_of(scene.text, cell, None, years, day_first=column.is_day_first)
            _cell(scene, actor, name, column, cell, dated.edtf if dated else None)


def _tight(scene: Scene, table: Table, row: int, column: int) -> Span | None:
    span = cell_span(table, row, column)
    tight = span.strip(scene.text, " *_\n") if span else None
    return tight if tight is not None and tight.end > tight.start else None


def _cell(scene: Scene, actor: Actor, name: Span, column: _Column, cell: Span, when: str | None) -> None:
    words, kind, head = cell.of(scene.text), column.kind, column.head
    if kind == "location":
        if words[:1].isalpha():
            scene.state(actor, "location", TextValue(text=words), cell, name, where=words)
    elif kind == "opened":
        if when:
            scene.state(actor, "opened", DateValue(edtf=when), cell, name, when=when, claims=[cell])
    elif kind == "closed" or (when and words[:1].isalpha()):
        if when and head is not None:
            is_whole = words[:1].isalpha() and kind != "closed"
            label = words if is_whole else f"{head.of(scene.text)} {words}"
            spans = (cell, name) if is_whole else (cell, head, name)
            scene.state(actor, "event", TextValue(text=label), *spans, when=when, claims=[cell])
    elif match := _NUMBER.fullmatch(words):
        number = int("".join(filter(str.isdecimal, match["number"])))  # what parts it are thousands only
        scene.state(
            actor,
            kind,
            QuantityValue(number=number, unit="person", approximate=words.lower().startswith(_ABOUT)),
            cell,
            name,
            *((head,) if head else ()),
            when=column.when,
            claims=[cell],
        )
