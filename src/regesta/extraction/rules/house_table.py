"""What a table of camps and centres says of each: predicates `opened`, `location`, `capacity`, `population`, `event`.

    Camp        Opened     Population 2006   Population 2015
    Beldangi I  May 1992   18,574            13,970             Beldangi I: opened 1992-05, population 18,574 in 2006 ...
    Goldhap     1992       9,694             closed 2011        Goldhap: "closed 2011"

A number is of people only under a head that says so. The row of the total names no house. Which tables are of houses,
`house_columns.py` tells.
"""

from __future__ import annotations

from regesta.dates import find_dates
from regesta.extraction.house_columns import columns_of_houses
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


def house_tables(scene: Scene) -> None:
    """State what the rows of tables of houses say."""
    for table in scene.document.tables:
        found = columns_of_houses(table, scene.lexicon)
        if found is None:
            continue
        for row in range(table.n_header_rows, len(table.cells)):
            _row(scene, table, row, *found)


def _row(scene: Scene, table: Table, row: int, names: int, kinds: dict[int, str]) -> None:
    name = _tight(scene, table, row, names)
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
    for column, kind in kinds.items():
        cell = _tight(scene, table, row, column)
        if cell is not None and column != names:
            head = _tight(scene, table, 0, column)
            _cell(scene, actor, name, kind, cell, head)


def _tight(scene: Scene, table: Table, row: int, column: int) -> Span | None:
    span = cell_span(table, row, column)
    tight = span.strip(scene.text, " *_\n") if span else None
    return tight if tight is not None and tight.end > tight.start else None


def _cell(scene: Scene, actor: Actor, name: Span, kind: str, cell: Span, head: Span | None) -> None:
    words = cell.of(scene.text)
    dates = [d for d in find_dates(scene.text, *cell) if d.edtf]
    if kind == "location":
        if words[:1].isalpha():
            scene.state(actor, "location", TextValue(text=words), cell, name, where=words)
    elif kind == "opened":
        if dates and (edtf := dates[0].edtf):
            scene.state(actor, "opened", DateValue(edtf=edtf), cell, name, when=edtf, claims=[cell])
    elif kind == "closed" or (dates and words[:1].isalpha()):
        if dates and head is not None:
            is_whole = words[:1].isalpha() and kind != "closed"
            label = words if is_whole else f"{head.of(scene.text)} {words}"
            spans = (cell, name) if is_whole else (cell, head, name)
            scene.state(actor, "event", TextValue(text=label), *spans, when=dates[0].edtf, claims=[cell])
    elif match := _NUMBER.fullmatch(words):
        number = int("".join(filter(str.isdecimal, match["number"])))  # what parts it are thousands only
        filed = [d for d in find_dates(scene.text, *head) if d.edtf] if head else []
        scene.state(
            actor,
            kind,
            QuantityValue(number=number, unit="person", approximate=words.lower().startswith(_ABOUT)),
            cell,
            name,
            *((head,) if head else ()),
            when=filed[0].edtf if filed else None,
            claims=[cell],
        )
