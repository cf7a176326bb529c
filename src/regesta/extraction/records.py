"""Records: what a document lays out about one person or party, whichever way it lies.

    upright     Name | Age | Landed        on its side      | Jan Kos | Eva Roth       labelled   Name: Kos, Jan
                Kos  | 31  | 1951                       Age | 31      | 24                         Age: 31
                1952                                                                              Name: Roth, Eva
                Roth | 24  | 5 May         (the row "1952" dates those below it)

A record knows the meaning and the place of every cell, and the date that its columns give. Who the people are is told by
`registers.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from regesta import dates as dating
from regesta.extraction.cell_dates import century_of, date_of, from_parts, is_day_first
from regesta.extraction.passages import Filed
from regesta.extraction.rows import cell_span, is_somebody, meaning_of_heading, meanings
from regesta.model import Block, Document, Table
from regesta.text.span import Span
from regesta.vocab import Lexicon

__all__ = ["Record", "records"]

_DATING = ("arrival", "date", "departure")
_PERSONAL = frozenset("birth death age role kin given".split())
"""What is only said of somebody: a box without it that heads a page tells of a subject."""
_DITTO = re.compile(r"(?:do|ditto|dto|id|idem)\.?|[\"“”„″〃]|''|,,", re.IGNORECASE)
_NAMED = re.compile(r"(?!The )[^\W\d_a-z][\w'’-]{1,30}(?: [^\W\d_a-z][\w'’-]{1,30}){1,4} ?(?=[(,]|$)")
"""A term that has the look of a name, among others that are names."""
_INVERTED = re.compile(
    r"[^\W\d_a-z][\w'’-]{1,30}(?: [\w'’-]{2,20}){0,2}, [^\W\d_a-z][\w.'’-]{0,30}(?: [\w.'’-]{1,20}){0,3}(?: \([^()]{2,60}\))?"
)
"""A line that is a name, surname first: "Kos, Jan M. (pseudonym Karl Roth)"."""
_LINE = 60
"""Code points of a line that is a name."""
_DITTOED = frozenset((*_DATING, "family", "via", "origin", "destination", "vehicle", "role"))


@dataclass(slots=True)
class Record:
    """One row, column or run of labelled lines."""

    cells: list[tuple[Span, str | None]]
    """The filled cells in the order of the text, with their meanings."""
    filed: Filed | None = None
    """The date of its own columns, or of the row that stands over it."""
    is_own: bool = False
    """Whether `filed` stands in the record's own columns."""
    is_nameless: bool = False
    """Whether its table has no column of people: a row of a list of ships, whose remarks may name some."""
    is_told: bool = False
    """Whether it is a name with a telling, in sentences, rather than cells."""
    block: int = -1
    """The table, or the first label."""
    asked: frozenset[str] = field(default_factory=frozenset)
    """The meanings that the record's table has, filled here or not."""

    def spans(self, *wanted: str) -> list[Span]:
        """Return where the cells of these meanings stand."""
        return [span for span, meaning in self.cells if meaning in wanted]


def records(document: Document, text: str, tables: Iterable[Table], lexicon: Lexicon) -> list[Record]:
    """Return the records of those of the tables that have people in them, then those of labelled lines."""
    stated = dict(document.source.columns)
    laid = [list(_lying(table, text, lexicon) or _upright(table, text, stated, lexicon)) for table in tables]
    laid.append(list(_labelled(document, text, lexicon)))
    if not any(laid):
        return []
    years = century_of(text)
    for rows in laid:
        _date(rows, text, years)
    return [record for rows in laid for record in rows]


def _upright(table: Table, text: str, stated: dict[str, str], lexicon: Lexicon) -> Iterator[Record]:
    columns = meanings(table, stated, lexicon)
    asked = frozenset(columns.values())
    nameless = not {"name", "family"} & asked
    if nameless and not asked & {"size", "vehicle", "origin", "destination"}:
        return
    above: Filed | None = None
    before: dict[int, Span] = {}
    for row in range(table.n_header_rows, len(table.cells)):
        spans = [cell_span(table, row, column) for column in range(len(table.cells[row]))]
        tight = {c: s.strip(text) for c, s in enumerate(spans) if s}
        tight = {c: s for c, s in tight.items() if s.end > s.start}
        is_name_alone = len(tight) == 1 and columns.get(next(iter(tight))) in ("name", "family")
        if len(set(tight.values())) == 1 and len(spans) > 2 and not is_name_alone:
            above = _only_date(text, next(iter(tight.values())), above)
            continue
        before = _without_dittos(text, columns, tight, before)
        tight = {c: before.get(c, s) for c, s in tight.items()}
        cells = [(span, columns.get(column)) for column, span in tight.items()]
        if cells:
            yield Record(cells, above, is_nameless=nameless, block=table.block, asked=asked)


def _without_dittos(
    text: str, columns: Mapping[int, str], row: dict[int, Span], before: dict[int, Span]
) -> dict[int, Span]:
    """Return where the row's cells say what they mean: a "do." or "″" says what stands in the row before."""
    return {
        column: before[column]
        if column in before and columns.get(column) in _DITTOED and _DITTO.fullmatch(span.of(text))
        else span
        for column, span in row.items()
    }


def _only_date(text: str, span: Span, above: Filed | None) -> Filed | None:
    """Return the date of a row that is nothing but a date; a row of other words ends the reach of the one before."""
    inner = span.strip(text, " *_'=–—-:.[]()")
    found = dating.find_dates(text, *inner)
    if len(found) != 1 or found[0].span.end - found[0].span.start < 0.6 * (inner.end - inner.start):
        return above if len(inner.of(text)) < 3 else None
    phrase = found[0]
    if phrase.edtf is None and above:
        phrase = dating.resolve(phrase, year=(above.edtf[:4], above.spans[0]))
    return Filed(phrase.edtf, tuple(phrase.evidence) or (phrase.span,)) if phrase.edtf else above


def _lying(table: Table, text: str, lexicon: Lexicon) -> list[Record]:
    """Return the records of a table that lies on its side: labels down the first column, a person a column."""
    width = max((len(row) for row in table.rows), default=0)
    if width < 2 or len(table.rows) < 3:
        return []
    labels = {
        row: meaning_of_heading(table.rows[row][0], [c for c in table.rows[row][1:] if c.strip()], lexicon)
        for row in range(len(table.rows))
        if table.rows[row] and table.rows[row][0].strip()
    }
    known = [m for m in labels.values() if m and m != "index"]
    across = sum(bool(meaning_of_heading(cell, (), lexicon)) for cell in table.rows[0][1:] if cell.strip())
    if (
        len(set(known)) < 3
        or len(known) < 0.6 * len(labels)
        or across > 1
        or len(set(known)) < 0.6 * len(known)
    ):
        return []
    name_row = next((r for r, m in labels.items() if m == "name"), None)
    if name_row is None:
        name_row = 0 if 0 not in labels or labels[0] is None else None
    if name_row is None:
        return []
    found = []
    for column in range(1, width):
        cells: list[tuple[Span, str | None]] = []
        for row in range(len(table.rows)):
            span = cell_span(table, row, column)
            tight = span.strip(text) if span else None
            if tight and tight.end > tight.start:
                cells.append((tight, "name" if row == name_row else labels.get(row)))
        if len(cells) > 1:
            found.append(Record(cells, block=table.block, asked=frozenset({"name", *known})))
    return found


def _labelled(document: Document, text: str, lexicon: Lexicon) -> Iterator[Record]:
    """Yield the records of runs of labels and values: "Name: ...", "Born: ..."; of boxes of facts under a caption."""
    blocks = document.blocks
    index = 0
    while index < len(blocks):
        if blocks[index].kind != "term":
            index += 1
            continue
        start = index
        pairs: list[tuple[str | None, Span]] = []
        label = ""
        while index < len(blocks) and blocks[index].kind in ("term", "definition"):
            if index > start + 1 and _heads_next(blocks, index, text):
                break
            span = blocks[index].content.strip(text)
            if blocks[index].kind == "term":
                label = span.of(text)
            elif span.end > span.start:
                pairs.append(
                    (meaning_of_heading(label, [span.of(text)], lexicon) if len(label) <= 30 else None, span)
                )
            index += 1
        told = _told(document, range(start, index), text)
        if told:
            yield from told
            continue
        known = {m for m, _ in pairs if m and m != "index"}
        if len(known) < 2 or sum(bool(m) for m, _ in pairs) * 2 < len(pairs):
            continue
        over = start - 1
        titled = (
            over >= 0
            and (blocks[over].kind in ("caption", "heading") or _heads_next(blocks, over, text))
            and "name" not in known
            and "family" not in known
            and (bool(known & _PERSONAL) or is_somebody(blocks[over].content.of(text)))
        )
        cells: list[tuple[Span, str | None]] = []
        if titled:
            cells.append((blocks[over].content.strip(text), "name"))
        elif not known & {"name", "family"}:
            continue
        asked = frozenset(known | {"name"})
        seen: set[str] = set()
        for meaning, span in pairs:
            if meaning in ("name", "family") and meaning in seen:
                yield Record(cells, block=start, asked=asked)
                cells, seen = [], set()
            cells.append((span, meaning))
            if meaning:
                seen.add(meaning)
        if cells:
            yield Record(cells, block=start, asked=asked)


def _heads_next(blocks: Sequence[Block], index: int, text: str) -> bool:
    """Whether a line that is nothing but a name, surname first or last, stands over labels: "Kos, Jan" above "Born: 1931"."""
    block = blocks[index]
    if (
        block.kind not in ("definition", "paragraph")
        or index + 1 == len(blocks)
        or blocks[index + 1].kind != "term"
        or (index and blocks[index - 1].kind == "term")
    ):
        return False
    words = block.content.strip(text).of(text)
    return _INVERTED.fullmatch(words) is not None or (
        _NAMED.match(words) is not None and len(words) < _LINE and is_somebody(words)
    )


def _told(document: Document, run: range, text: str) -> list[Record]:
    """Return the records of a list of people with a telling each: the terms are names, the definitions tell of them."""
    found: list[Record] = []
    after_term = False
    for index in run:
        block = document.blocks[index]
        span = block.content.strip(text)
        if block.kind == "term":
            if found and after_term:
                found[-1].cells.append((span, "name"))
            else:
                found.append(Record([(span, "name")], block=index, is_told=True))
        elif found and span.end > span.start:
            found[-1].cells.append((span, "notes"))
        after_term = block.kind == "term"
    sure = [r for r in found if len(r.cells) > 1 and is_somebody(r.cells[0][0].of(text))]
    full = any(" " in r.cells[0][0].of(text).split("(")[0].strip() for r in sure)
    if not full or len(sure) * 2 < len(found):
        return []
    return [r for r in found if r in sure or (len(r.cells) > 1 and _NAMED.match(r.cells[0][0].of(text)))]


def _date(rows: list[Record], text: str, years: dict[str, str]) -> None:
    """Give the records the dates of their own columns: of arriving, else of the happening, else of leaving."""
    for meaning in _DATING:
        if not any(meaning in record.asked for record in rows):
            continue
        order = is_day_first(s.of(text) for record in rows for s in record.spans(meaning))
        for record in rows:
            if record.is_own or (meaning == "departure" and record.asked & {"arrival", "date"}):
                continue
            found: Filed | None = record.filed
            own = None
            for span in record.spans("year", "date", "departure") if meaning != "departure" else ():
                found = found or date_of(text, span, None, years, day_first=order)
            for span in record.spans(meaning):
                one = date_of(text, span, found, years, day_first=order)
                if one and (own is None or len(one.edtf) > len(own.edtf)):
                    own = one
            if own:
                record.filed, record.is_own = own, True
    for record in rows:
        if not record.is_own and (year := record.spans("year")):
            month, day = record.spans("month"), record.spans("day")
            filed = from_parts(text, year[0], month[0] if month else None, day[0] if day else None)
            if filed:
                record.filed, record.is_own = filed, True
