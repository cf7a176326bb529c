"""Whether the plain dates of a table are those of comings: "Date", "Year", "When" alone do not say of what.

    Refugees landed at Oran        the caption says it       Name | Date
    Name | Date of escape          a heading says it
    Name | From | To | Date        where from and where to: a journey
    Name | Date | Remarks          some of the remarks say it: "swam the canal", "crossed at night"
    Fixtures, Date | Opponent      nothing says it: a date of something else

A table in a document of nothing else (a list as CSV, say) is believed where most of its cells are such as lists of people have.
What a date is of where it is of no coming is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from regesta.extraction.listing import is_titled, tells_of_flight
from regesta.extraction.records import Record
from regesta.extraction.rows import meaning_of_heading
from regesta.extraction.scene import Scene
from regesta.text.span import Span

__all__ = ["of_comings"]

_WAYS = frozenset(("origin", "vehicle"))
_TELLING = frozenset(("arrive", "defect", "flee", "admit", "seek"))
_OF_HONOURS = re.compile(
    r"(?:.* )?(?:awards?|prizes?|medals?|nominations?|nominated(?: for)?|nominees?|honou?rs?|categor(?:y|ies))|films?|albums?|songs?",
    re.IGNORECASE,
)
"""Heads of a table of what was won, played or written: its years are no years of comings."""
_BEFORE = 1500
"""Characters before a table, in its section, that may say what it is of."""
_OPENING = 700
"""Characters at the head of a document that may say what it is of."""


def of_comings(scene: Scene) -> frozenset[int]:
    """Return the tables whose plain dates are those of comings, each by its block."""
    if scene.comings is None:
        rows: dict[int, list[Record]] = {}
        for record in scene.records or ():
            rows.setdefault(record.block, []).append(record)
        scene.comings = frozenset(block for block, held in rows.items() if _is_of_comings(scene, block, held))
    return scene.comings


def _is_of_comings(scene: Scene, block: int, rows: Sequence[Record]) -> bool:
    asked = rows[0].asked
    if (
        "arrival" in asked
        or ("destination" in asked and bool(asked & _WAYS))
        or _told_by_rows(scene, rows)
        or any(is_titled(head) for head in _said_by_heads(scene, block))
    ):
        return True
    return not any(_OF_HONOURS.fullmatch(head.strip()) for head in _heads(scene, block)) and (
        any(is_titled(said) for said in _titles(scene, block))
        or any(tells_of_flight(said) for said in _prose(scene, block))
        or _is_bare_list(scene, rows)
    )


def _titles(scene: Scene, block: int) -> Iterable[str]:
    """Yield the titles and headings over a table."""
    document, text = scene.document, scene.text
    yield document.title or ""
    yield f"{document.source.title or ''} {document.source.name}".replace("_", " ").replace("-", " ")
    if block < 0:
        return
    yield from (document.blocks[section].content.of(text) for section in document.sections[block])


def _said_by_heads(scene: Scene, block: int) -> Iterator[str]:
    """Yield the heads that may say what the dates are of: not that of a date of leaving, for an office is left too."""
    yield from (head for head in _heads(scene, block) if meaning_of_heading(head) != "departure")


def _heads(scene: Scene, block: int) -> Iterator[str]:
    """Yield the heads of the columns of a table."""
    for table in scene.document.tables:
        if table.block == block:
            yield from (head for row in table.rows[: table.n_header_rows] for head in row)


def _prose(scene: Scene, block: int) -> Iterable[str]:
    """Yield the head of a document, and what leads up to a table in its section."""
    document, text = scene.document, scene.text
    laid = next((one.span.start for one in document.blocks if one.kind == "table"), len(text))
    yield text[: min(laid, _OPENING)]
    if block >= 0:
        sections = document.sections[block]
        begin = document.blocks[sections[-1]].span.end if sections else 0
        start = document.blocks[block].span.start
        yield Span(max(begin, start - _BEFORE), start).of(text)


def _told_by_rows(scene: Scene, rows: Sequence[Record]) -> bool:
    """Whether the cells of a quarter of the rows tell of a coming or a flight."""
    told = sum(
        any(
            scene.lexicon.flight.get(scene.tokens.lowers[index]) in _TELLING
            for span, _ in record.cells
            for index in scene.tokens.between(*span)
        )
        for record in rows
    )
    return told * 4 >= len(rows)


def _is_bare_list(scene: Scene, rows: Sequence[Record]) -> bool:
    """Whether a document is nothing but this table, and its filled cells are mostly such as are told of people.

    That is more of them where columns have heads, for then those that say something else say so.
    """
    if any(passage.kind in ("prose", "heading", "caption") for passage in scene.passages):
        return False
    cells = [meaning for record in rows for _, meaning in record.cells]
    has_heads = any(table.n_header_rows for table in scene.document.tables)
    return sum(bool(meaning) for meaning in cells) >= (0.65 if has_heads else 0.6) * len(cells)
