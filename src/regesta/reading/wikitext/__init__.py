"""MediaWiki wikitext: what its reader would see, laid out as text, notes at the end.

    bytes ─decode─► raw ─mask─► parse ─► Walker ─► text, blocks, marks, tables, notes
                     └── Place.offset, Place.line of every block

Templates live on a wiki that is not at hand: those that carry dates, names, numbers and citations are known by name,
the words of others are kept where they look like prose, and the rest is listed in the document's problems.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import Literal

from regesta.model import Document, Marker, Place, Reference, Source, content_id
from regesta.reading.citing import footnotes
from regesta.reading.citing.references import parse_reference
from regesta.reading.citing.sections import entry_kind
from regesta.reading.decoding import decode
from regesta.reading.wikitext.citations import fill_reference
from regesta.reading.wikitext.masking import mask
from regesta.reading.wikitext.parsing import parse
from regesta.reading.wikitext.walk import LaidEntry, Walker
from regesta.text.span import Span

__all__ = ["read", "sniff"]

_SIGNS = (
    re.compile(rb"\[\[[^\[\]\n]{1,200}\]\]"),
    re.compile(rb"\{\{[^{}\n]{1,200}"),
    re.compile(rb"^={2,6}[^=\n]{1,200}={2,6}\s*$", re.MULTILINE),
    re.compile(rb"^\{\|", re.MULTILINE),
    re.compile(rb"<ref[\s>]", re.IGNORECASE),
    re.compile(rb"'''[^'\n]{1,200}'''"),
)


def sniff(data: bytes) -> bool:
    r"""Return whether the first bytes look like wikitext: two of its marks.

    >>> sniff(b"== 1968 ==\n* [[Kim]] fled"), sniff(b"Kim [[sic]] fled")
    (True, False)
    """
    return sum(bool(sign.search(data)) for sign in _SIGNS) >= 2


def read(data: bytes, source: Source) -> Document:
    """Return the document that a page's wikitext holds.

    >>> document = read(b"* [[Kim Il|Kim]] fled.<ref>Doe, ''Book''.</ref>", Source(name="a.wiki"))
    >>> print(document.text)
    • Kim fled.[1]
    1. Doe, Book.
    """
    raw, encoding = decode(data, source.name, source.encoding, source.language)
    problems: list[tuple[Span, str, str]] = []
    if encoding:
        problems.append((Span(0, 0), "R001", f"the bytes are no UTF-8; read as {encoding}"))
    masked, blanked = mask(raw)
    if blanked:
        problems.append(
            (
                Span(0, 0),
                "R003",
                f"{len(blanked)} tags or tables that are never closed were read as plain words",
            )
        )
    walker = Walker()
    walker.walk(parse(masked.removeprefix("\ufeff")), len(masked) - len(masked.removeprefix("\ufeff")))
    walker.finish()
    text = walker.layout.text()
    if not text:
        problems.append((Span(0, 0), "R002", "the page holds no words"))
    references, by_note = _references(walker, text, source.name)
    markers, linked = footnotes.link(
        [
            Marker(span=span, label=label, reference=by_note.get(id(note)))
            for span, label, note in sorted(walker.marks, key=lambda mark: mark[0])
        ],
        references,
    )
    tables = [table for laid in walker.tables if (table := laid.table(text)) is not None]
    return Document(
        id=content_id("d", ["wikitext", text]),
        source=source,
        text=text,
        blocks=walker.layout.blocks(_places(raw)),
        markers=markers,
        references=linked,
        tables=tuple(tables),
        problems=(*problems, *walker.problems),
    )


def _places(raw: str) -> Callable[[object], Place]:
    line_ends = [found.start() for found in re.finditer("\n", raw)]

    def place(origin: object) -> Place:
        offset = origin[1] if isinstance(origin, tuple) else origin
        if not isinstance(offset, int):
            return Place()
        return Place(line=bisect_right(line_ends, offset - 1) + 1 if offset else 1, offset=offset)

    return place


def _references(walker: Walker, text: str, source_name: str) -> tuple[list[Reference], dict[int, str]]:
    """Return the notes and the entries of bibliographies, and the id of the reference of each note."""
    found: list[Reference] = []
    by_note: dict[int, str] = {}
    for entry in walker.entries:
        if entry.block.index < 0:
            continue
        span = Span(entry.block.content_start, entry.block.content_end)
        kind = _kind(entry, span.of(text))
        if kind is None:
            entry.block.kind = "list_item"
            entry.block.level = 1
            continue
        reference = parse_reference(
            text,
            span,
            kind=kind,
            marker=f"[{entry.label}]" if entry.label else "",
            source_name=source_name,
            url=entry.url,
        )
        if entry.citations:
            reference = fill_reference(reference, entry.citations[0])
        found.append(reference)
        if entry.note is not None:
            by_note[id(entry.note)] = reference.id
    return found, by_note


def _kind(entry: LaidEntry, words: str) -> Literal["footnote", "bibliography", "link"] | None:
    if entry.kind == "footnote":
        return "footnote"
    return entry_kind(entry.kind, words) or ("bibliography" if entry.citations else None)
