"""The flow of pieces into text, blocks, runs, tables, notes and marks.

    pieces ─► text with blocks       each word with its page and box (`Run`)
          └─► footnotes, bibliography ─► references ◄─ raised marks

Notes stand behind the paragraph that the foot of their page interrupted; what was on the edges of the pages stands at the end.
Marks are linked page by page, for notes may be counted anew on each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, cast

from regesta.model import Marker, Place, Reference, Run, Table
from regesta.model.document import BlockKind
from regesta.reading.citing import footnotes
from regesta.reading.citing.apparatus import role_of
from regesta.reading.citing.labels import label_of
from regesta.reading.citing.references import parse_reference
from regesta.reading.citing.sections import entry_kind
from regesta.reading.laying.grid import header_rows
from regesta.reading.laying.layout import Draft, Layout
from regesta.reading.laying.rows import LaidTable, RawCell, lay_out_rows
from regesta.reading.pdf.flow import Flow
from regesta.reading.pdf.joining import Joined, Words, join
from regesta.reading.pdf.pages import Box, Line, RuledCell, RuledTable
from regesta.reading.pdf.pieces import Piece
from regesta.text.span import Span

__all__ = ["Writer", "place_of"]

ReferenceKind = Literal["footnote", "bibliography", "link"]
_UNIT_BEFORE = re.compile(r"(?:\b(?:[kcm]?m|mi|ft|in|yd|CO|H)|\d)$")


@dataclass(slots=True)
class _Entry:
    """A block that is a reference."""

    draft: Draft
    kind: ReferenceKind
    label: str
    page: int


@dataclass(slots=True)
class Writer:
    """Lays out a flow; `by_word` gives every word a place of its own."""

    words: Words
    by_word: bool = True
    layout: Layout = field(default_factory=Layout)
    runs: list[Run] = field(default_factory=list)
    _entries: list[_Entry] = field(default_factory=list)
    _tables: list[LaidTable] = field(default_factory=list)
    _marks: list[tuple[Span, str, int]] = field(default_factory=list)
    _open: list[Draft] = field(default_factory=list)
    _heading: str = ""

    def write(self, flow: Flow, furniture: Sequence[Sequence[Line]]) -> None:
        """Lay out the pieces, then what was on the edges of the pages."""
        above: Piece | None = None
        for piece in flow.pieces:
            if piece.kind == "heading":
                self._heading = piece.words
            if piece.kind == "list_item":
                self._item(piece)
            else:
                if piece.kind not in ("footnote", "furniture"):
                    self._close_items()
                if piece.table is not None:
                    self._table(piece, piece.table)
                else:
                    self._plain(piece, above)
            above = piece
        self._close_items()
        aside = sorted(flow.repeated, key=lambda line: (line.page, line.base))
        for line in (*(line for lines in furniture for line in lines), *aside):
            self._put("furniture", [line], gap=1)

    def _plain(self, piece: Piece, above: Piece | None) -> None:
        kind = cast("BlockKind", "paragraph" if piece.kind == "rows" else piece.kind)
        if piece.kind == "footnote":
            self._close_items()
            draft = self._put(
                "footnote",
                piece.lines,
                skip=piece.skip,
                marker=piece.marker,
                prefix=f"[{piece.marker}] ",
                gap=1,
            )
            self._enter(draft, "footnote", piece.marker, piece.page)
            return
        entry = self._entry(piece) if kind == "paragraph" else None
        is_row = bool(above and piece.lines[0].gaps and above.lines and above.lines[-1].gaps)
        prefix = f"{piece.marker} " if piece.marker else ""
        block_kind: BlockKind = entry_block(entry) if entry else kind
        draft = self._put(
            block_kind,
            piece.lines,
            skip=piece.skip,
            marker=piece.marker,
            prefix=prefix,
            level=piece.level if kind == "heading" else 0,
            gap=1 if is_row or (entry and above and above.kind == piece.kind) or kind == "furniture" else 2,
        )
        if entry:
            self._enter(draft, entry, label_of(piece.marker), piece.page)

    def _entry(self, piece: Piece) -> ReferenceKind | None:
        """Return what an entry under "Notes" or "Further reading" is; other headings hold none."""
        if role_of(self._heading) is None:
            return None
        return entry_kind(self._heading, piece.words, is_numbered=bool(label_of(piece.marker)))

    def _item(self, piece: Piece) -> None:
        entry = self._entry(piece)
        while len(self._open) >= max(1, piece.level):
            self.layout.close(self._open.pop())
        prefix = f"{'  ' * (piece.level - 1)}{piece.marker} "
        kind: BlockKind = entry_block(entry) if entry else "list_item"
        draft = self._draft(kind, piece.lines, level=piece.level, marker=piece.marker, prefix=prefix, gap=1)
        self._fill(piece.lines, piece.skip)
        self._open.append(draft)
        if entry:
            self._enter(draft, entry, label_of(piece.marker), piece.page)

    def _close_items(self) -> None:
        while self._open:
            self.layout.close(self._open.pop())

    def _enter(self, draft: Draft, kind: ReferenceKind, label: str, page: int) -> None:
        if draft.index >= 0:
            self._entries.append(_Entry(draft, kind, label, page))

    def _draft(
        self,
        kind: BlockKind,
        lines: Sequence[Line],
        *,
        level: int = 0,
        marker: str = "",
        prefix: str = "",
        gap: int = 2,
    ) -> Draft:
        return self.layout.open(kind, level=level, marker=marker, prefix=prefix, gap=gap, origin=lines)

    def _put(
        self,
        kind: BlockKind,
        lines: Sequence[Line],
        *,
        skip: int = 0,
        level: int = 0,
        marker: str = "",
        prefix: str = "",
        gap: int = 2,
    ) -> Draft:
        draft = self._draft(kind, lines, level=level, marker=marker, prefix=prefix, gap=gap)
        self._fill(lines, skip, is_note=kind in ("footnote", "furniture"))
        self.layout.close(draft)
        return draft

    def _fill(self, lines: Sequence[Line], skip: int = 0, *, is_note: bool = False) -> None:
        joined: Joined = join(lines, self.words, by_word=self.by_word, skip=skip)
        if not joined.text.strip():
            return
        start = self.layout.put(joined.text).start
        for begin, end, page, box in joined.stretches:
            self.runs.append(Run(Span(start + begin, start + end), Place(page=page + 1, box=_rounded(box))))
        if not is_note:
            self._marks += [(Span(start + a, start + b), label, page) for a, b, label, page in joined.marks]

    def _table(self, piece: Piece, table: RuledTable) -> None:
        captions = [RawCell(caption.lines) for caption in piece.captions]
        n_header = _n_header_rows(table.rows)
        rows = [
            [RawCell(cell, cell.row_span, cell.column_span, is_header=number < n_header) for cell in row]
            for number, row in enumerate(table.rows)
        ]
        laid, _ = lay_out_rows(
            self.layout,
            Place(page=table.page + 1, box=_rounded(table.box)),
            rows,
            [[line for cell in row for line in cell.lines] for row in table.rows],
            self._fill_cell,
            captions,
        )
        self._tables.append(laid)

    def _fill_cell(self, cell: RawCell) -> None:
        lines = cell.origin.lines if isinstance(cell.origin, RuledCell) else cell.origin
        if lines:
            self._fill(cast("list[Line]", lines))

    def tables(self, text: str) -> tuple[Table, ...]:
        """Return the tables, their words taken from the finished text."""
        found = (laid.table(text) for laid in self._tables)
        return tuple(table for table in found if table is not None)

    def notes(
        self, text: str, body: Iterable[Span], source_name: str
    ) -> tuple[tuple[Marker, ...], tuple[Reference, ...]]:
        """Return the marks and the references, linked; a raised number behind a unit is an exponent."""
        references: list[Reference] = []
        on_page: dict[tuple[int, str], str] = {}
        labels: dict[str, int] = {}
        for entry in self._entries:
            span = Span(entry.draft.content_start, entry.draft.content_end)
            marker = f"[{entry.label}]" if entry.label and entry.kind == "footnote" else ""
            reference = parse_reference(text, span, kind=entry.kind, marker=marker, source_name=source_name)
            references.append(reference)
            if marker:
                on_page.setdefault((entry.page, entry.label), reference.id)
                labels[entry.label] = labels.get(entry.label, 0) + 1
        marks = []
        for span, label, page in self._marks:
            target = next(
                (on_page[p, label] for p in (page, page + 1, page - 1) if (p, label) in on_page), None
            )
            is_word = label.isalpha()
            if (
                target is None
                and labels.get(label, 0) != 1
                and (
                    is_word
                    or labels.get(label, 0) > 1
                    or _UNIT_BEFORE.search(text[max(0, span.start - 3) : span.start])
                )
            ):
                continue
            marks.append(Marker(span=span, label=label, reference=target))
        if not marks:
            marks = footnotes.find(text, body, references)
        return footnotes.link(marks, references)


def entry_block(kind: ReferenceKind) -> BlockKind:
    """Return the kind of block that an entry of a list is; links are a bibliography."""
    return "footnote" if kind == "footnote" else "bibliography"


def _n_header_rows(rows: Sequence[Sequence[RuledCell]]) -> int:
    """Return how many first rows name the columns: those in heavy type where not all are, else what their words say."""
    n = 0
    for row in rows:
        held = [cell for cell in row if cell.lines]
        if not held or not all(cell.is_bold for cell in held):
            break
        n += 1
    if 0 < n < len(rows):
        return n
    plain = [[" ".join(line.text for line in cell.lines) for cell in row] for row in rows]
    return header_rows(plain) if len({len(row) for row in plain}) == 1 else 0


def place_of(origin: object) -> Place:
    """Return the place of what a block was made of: lines, a cell, or the place itself."""
    if isinstance(origin, Place):
        return origin
    lines = origin.lines if isinstance(origin, RuledCell) else cast("Sequence[Line]", origin or ())
    return _place_of(lines)


def _place_of(lines: Sequence[Line]) -> Place:
    """Return the page of the first line, and the box around what stands on that page."""
    if not lines:
        return Place()
    page = lines[0].page
    edges = [line.edges for line in lines if line.page == page]
    return Place(
        page=page + 1,
        box=_rounded(
            (
                min(min(e[0::4]) for e in edges),
                min(min(e[1::4]) for e in edges),
                max(max(e[2::4]) for e in edges),
                max(max(e[3::4]) for e in edges),
            )
        ),
    )


def _rounded(box: Box) -> Box:
    left, top, right, bottom = box
    return round(left, 2), round(top, 2), round(right, 2), round(bottom, 2)
