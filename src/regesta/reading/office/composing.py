"""A document put together block by block, for formats that tell styles and not tags: DOCX and ODT, and books.

    Composer.block(Look("list_item", level=2, marker="b)"), place, fill)     opens, lets `fill` write, closes
            .table(rows, ...)                                               rows, cells, a caption beside it
            .note(...) .mark(...) .furniture(...)
    compose(...) ──► Document                                               marks linked, entries parsed

What stands under "References" becomes entries of a bibliography here, for all of them. Within `flat` blocks (cells,
notes) paragraphs only break lines. Nothing here opens a file or knows an element.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Literal

from regesta.model import Document, Marker, Place, Reference, Source, content_id
from regesta.model.document import BlockKind
from regesta.reading.citing import footnotes
from regesta.reading.citing.apparatus import is_furniture, role_of
from regesta.reading.citing.labels import BACK_LINKS
from regesta.reading.citing.references import parse_reference
from regesta.reading.citing.sections import entry_kind
from regesta.reading.laying.layout import Draft, Layout
from regesta.reading.laying.rows import LaidTable, RawCell, lay_out_rows
from regesta.text.span import Span

__all__ = ["Composer", "LaidNote", "Look", "compose", "place_itself"]

_AFTER_NUMBER = re.compile(r"[.):\]]?\s{1,9}")  # a note that begins with its own number

NoteKind = Literal["footnote", "bibliography", "link"]


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph is, by its style."""

    kind: BlockKind = "paragraph"
    level: int = 0
    marker: str = ""
    """Bullet or number as displayed."""


@dataclass(slots=True)
class LaidNote:
    """A footnote or an entry of a bibliography that was laid out."""

    block: Draft
    kind: NoteKind
    label: str = ""
    name: str = ""
    """What its marks call it."""
    url: str | None = None


@dataclass(slots=True)
class Composer:
    """What has been laid out so far."""

    layout: Layout = field(default_factory=Layout)
    tables: list[tuple[LaidTable, int | None]] = field(default_factory=list)
    notes: list[LaidNote] = field(default_factory=list)
    marks: list[tuple[Span, str, str]] = field(default_factory=list)
    """Where a mark stands, its label, the name of what it points at."""
    problems: list[tuple[Span, str, str]] = field(default_factory=list)
    flat: int = 0
    link: str | None = None
    """First address that the words of the block lead to."""
    _items: list[Draft] = field(default_factory=list)
    _section: str = ""
    _has_heading: bool = False
    _joined: Draft | None = None
    _last: tuple[str, Draft | LaidTable] | None = None

    def block(
        self,
        look: Look,
        place: Place,
        fill: Callable[[], None],
        words: Callable[[], str],
        *,
        is_joined: bool = False,
    ) -> None:
        """Lay out a paragraph; with `is_joined` the next one goes on in the same block.

        `fill` writes its words into the layout; `words` returns them, and is asked only under a heading such as "Sources".
        """
        if self.flat:
            self.layout.newline()
            if look.marker:
                self.layout.write(look.marker + " ")
            fill()
            self.layout.newline()
            return
        draft, self._joined = self._joined, None
        entry: NoteKind | None = None
        if draft is None:
            if self._section and look.kind in {"paragraph", "list_item", "bibliography"} and look.level <= 1:
                is_numbered = bool(look.marker) and look.marker != "•"
                entry = entry_kind(self._section, words(), is_numbered=is_numbered)
            if look.kind == "bibliography":
                entry = entry or "bibliography"
            draft = self._opened(look, place, entry)
        self.link = None
        fill()
        if is_joined:
            self._joined = draft
            return
        self._closed(draft, look, entry)

    def _opened(self, look: Look, place: Place, entry: NoteKind | None) -> Draft:
        if look.kind == "list_item" and not entry:
            while self._items and self._items[-1].level >= look.level:
                self.layout.close(self._items.pop())
            prefix = "  " * min(look.level - 1, 12) + look.marker + " "
            draft = self.layout.open(
                "list_item", level=look.level, marker=look.marker, prefix=prefix, gap=1, origin=place
            )
            self._items.append(draft)
            return draft
        self.end_lists()
        if entry:
            kind: BlockKind = "footnote" if entry == "footnote" else "bibliography"
            marker = look.marker.strip("[]().") if kind == "footnote" else look.marker
            prefix = look.marker + " " if look.marker else ""
            return self.layout.open(kind, marker=marker, prefix=prefix, gap=1, origin=place)
        prefix = look.marker + " " if look.marker else ""
        return self.layout.open(look.kind, level=look.level, marker=look.marker, prefix=prefix, origin=place)

    def _closed(self, draft: Draft, look: Look, entry: NoteKind | None) -> None:
        if look.kind != "list_item" or entry:
            self.layout.close(draft)
        if draft.index < 0:
            return
        if entry:
            self.notes.append(LaidNote(draft, entry, look.marker.strip("[](). •"), url=self.link))
        elif look.kind == "heading":
            words = self.layout.tail(draft.content_start)[:120]
            self._section = words if self._has_heading and role_of(words) else ""
            self._has_heading = True
        if look.kind == "caption" and self._last and isinstance(self._last[1], LaidTable):
            laid = self._last[1]
            laid.caption = laid.caption or Span(draft.content_start, draft.content_end)
        self._last = (look.kind, draft)

    def end_lists(self) -> None:
        """Let what follows stand by itself, in no item of a list."""
        while self._items:
            self.layout.close(self._items.pop())

    def table(
        self,
        place: Place,
        rows: Sequence[Sequence[RawCell]],
        row_places: Sequence[Place],
        fill: Callable[[RawCell], None],
        n_header_rows: int | None,
    ) -> None:
        """Lay out a table; `fill` writes the words of a cell. A caption just before or behind it is its caption."""
        self.end_lists()

        def fill_flat(cell: RawCell) -> None:
            with self.flattened():
                fill(cell)

        laid, body = lay_out_rows(self.layout, place, rows, row_places, fill_flat)
        if n_header_rows is not None:
            n_header_rows = max(0, min(n_header_rows - body.start, len(body)))
        if (
            laid.caption is None
            and self._last
            and self._last[0] == "caption"
            and isinstance(self._last[1], Draft)
        ):
            laid.caption = Span(self._last[1].content_start, self._last[1].content_end)
        self.tables.append((laid, n_header_rows))
        self._last = ("table", laid)

    def mark(self, label: str, name: str) -> None:
        """Write the mark of a note."""
        if label:
            self.marks.append((self.layout.put(f"[{label}]"), label, name))

    def note(self, label: str, name: str, place: Place, fill: Callable[[], None]) -> None:
        """Lay out a footnote."""
        self.end_lists()
        draft = self.layout.open(
            "footnote", marker=label, prefix=f"{label}. " if label else "", gap=1, origin=place
        )
        self.link = None
        with self.flattened():
            fill()
        self.layout.close(draft)
        if draft.index >= 0:
            self.notes.append(LaidNote(draft, "footnote", label, name, self.link))
        self._last = None

    def furniture(self, place: Place, fill: Callable[[], None], prefix: str = "") -> None:
        """Lay out words that are not the body's, such as a running head or a remark in the margin."""
        self.end_lists()
        draft = self.layout.open("furniture", prefix=prefix, gap=1, origin=place)
        with self.flattened():
            fill()
        self.layout.close(draft)
        self._last = None

    @contextmanager
    def flattened(self) -> Iterator[None]:
        """Let paragraphs only break lines meanwhile."""
        self.flat += 1
        try:
            yield
        finally:
            self.flat -= 1

    def problem(self, code: str, sentence: str) -> None:
        """Note what could not be made sense of at this point of the text."""
        self.problems.append((Span(self.layout.length, self.layout.length), code, sentence))

    def document(self, source: Source, form: str) -> Document:
        """Return the document."""
        self.end_lists()
        if self._joined is not None:
            self.layout.close(self._joined)
        return compose(
            source, form, self.layout, self.tables, self.notes, self.marks, self.problems, place_itself
        )


def place_itself(origin: object) -> Place:
    """Return the place of a draft whose origin is its place."""
    return origin if isinstance(origin, Place) else Place()


def compose(
    source: Source,
    form: str,
    layout: Layout,
    tables: Iterable[tuple[LaidTable, int | None]],
    notes: Sequence[LaidNote],
    marks: Sequence[tuple[Span, str, str]],
    problems: Iterable[tuple[Span, str, str]],
    place_of: Callable[[object], Place],
) -> Document:
    """Return the document of what was laid out: entries parsed, marks linked, tables filled."""
    text = layout.text()
    references, by_name = _references(notes, text, source.name)
    blocks = tuple(
        replace(block, kind="furniture")
        if block.kind == "paragraph" and block.parent < 0 and is_furniture(block.content.of(text))
        else block
        for block in layout.blocks(place_of)
    )
    found = [
        Marker(span=span, label=label, reference=by_name.get(name)) for span, label, name in sorted(marks)
    ]
    if not found and references:
        body = [b.content for b in blocks if b.kind not in {"footnote", "bibliography", "furniture"}]
        found = footnotes.find(text, body, references)
    markers, linked = footnotes.link(found, references)
    problems = [(Span(*(min(n, len(text)) for n in span)), code, reason) for span, code, reason in problems]
    if not text:
        problems.append((Span(0, 0), "R002", "the file holds no words"))
    finished = [laid.table(text, n_header_rows) for laid, n_header_rows in tables]
    return Document(
        id=content_id("d", [form, text]),
        source=source,
        text=text,
        blocks=blocks,
        markers=markers,
        references=linked,
        tables=tuple(table for table in finished if table is not None),
        problems=tuple(sorted(problems, key=lambda problem: problem[0])),
    )


def _references(
    notes: Sequence[LaidNote], text: str, source_name: str
) -> tuple[list[Reference], dict[str, str]]:
    found: list[Reference] = []
    by_name: dict[str, str] = {}
    for note in notes:
        draft = note.block
        if note.kind == "footnote" and (back := BACK_LINKS.match(text, draft.content_start)):
            draft.content_start = min(back.end(), draft.content_end)
        if note.label and text.startswith(note.label, draft.content_start):
            number = _AFTER_NUMBER.match(text, draft.content_start + len(note.label))
            if number:
                draft.content_start = min(number.end(), draft.content_end)
        reference = parse_reference(
            text,
            Span(draft.content_start, draft.content_end),
            kind=note.kind,
            marker=f"[{note.label}]" if note.label else "",
            source_name=source_name,
            url=note.url,
        )
        found.append(reference)
        if note.name:
            by_name[note.name] = reference.id
    return found, by_name
