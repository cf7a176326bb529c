"""A document as if what was erased had never stood in it: the same length everywhere, so that every place stays a place.

    text      each letter blacked where it was erased                       spans, blocks, marks, runs stay
    beside    titles, cells, references, addresses, names of sheets         blacked where they hold it themselves

What is read of a file repeats words of the text (cells of a table, authors of a reference); they are looked at each by itself
and, where their place in the text is known, there. Nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from regesta.erasure.matching import blacked
from regesta.erasure.tombstones import digest
from regesta.model import Block, Document, Place, Reference, Run, Source, Table, content_id

if TYPE_CHECKING:
    from regesta.erasure.matching import Erased
    from regesta.text.span import Span

__all__ = ["mask_document", "mask_source"]

_KEPT = frozenset({"sha256", "format", "encoding", "ocr", "language"})
"""Of a source what says nothing of anybody."""

_Mask = Callable[[str], str]


def mask_source(erased: Erased, source: Source, *, is_known: bool = False) -> Source:
    """Return a source whose name, title, address and the rest hold nothing that was erased; the same where none did."""
    changed: dict[str, object] = {}
    for field in fields(Source):
        value = getattr(source, field.name)
        if isinstance(value, str) and field.name not in _KEPT:
            masked = erased.mask(value, is_known=is_known)
            if masked != value:
                changed[field.name] = _renamed(erased, value, masked) if field.name == "name" else masked
    columns = tuple((erased.mask(heading, is_known=is_known), meaning) for heading, meaning in source.columns)
    if columns != source.columns:
        changed["columns"] = columns
    return replace(source, **changed) if changed else source  # type: ignore[arg-type]


def _renamed(erased: Erased, name: str, masked: str) -> str:
    """Return a blacked name of a file with a few signs of its own before its ending, so that two of them stay two."""
    stem, dot, ending = masked.rpartition(".")
    mark = f"~{digest(erased.key, 'file', name)[:6]}"
    return f"{stem}{mark}.{ending}" if dot and "/" not in ending else f"{masked}{mark}"


def mask_document(erased: Erased, document: Document) -> Document:
    """Return a document that holds nothing of what was erased; the same one where it never did."""
    is_known = any(_has_name(erased, value) for value in (document.text, document.source.title or ""))
    spans = erased.find(document.text, is_known=is_known)
    text = blacked(document.text, spans)
    known: dict[str, str] = {}

    def mask(value: str) -> str:
        if value not in known:
            known[value] = erased.mask(value, is_known=is_known)
        return known[value]

    source = mask_source(erased, document.source, is_known=is_known)
    beside = {
        "source": source,
        "blocks": tuple(_block(mask, block) for block in document.blocks),
        "markers": tuple(replace(one, label=mask(one.label)) for one in document.markers),
        "references": tuple(_reference(mask, one) for one in document.references),
        "tables": tuple(_table(mask, one, document.text, text) for one in document.tables),
        "problems": tuple((span, code, mask(reason)) for span, code, reason in document.problems),
        "runs": tuple(_run(mask, run) for run in document.runs),
    }
    if text == document.text and all(value == getattr(document, name) for name, value in beside.items()):
        return document
    id_ = content_id("d", [document.source.format, text])
    return replace(document, id=id_, text=text, **beside)  # type: ignore[arg-type]


def _has_name(erased: Erased, text: str) -> bool:
    return erased.touches(text)


def _block(mask: _Mask, block: Block) -> Block:
    place, marker = _place(mask, block.place), mask(block.marker) if block.marker else ""
    return (
        block
        if place is block.place and marker == block.marker
        else replace(block, place=place, marker=marker)
    )


def _run(mask: _Mask, run: Run) -> Run:
    place = _place(mask, run.place)
    return run if place is run.place else replace(run, place=place)


def _place(mask: _Mask, place: Place) -> Place:
    """Return a place whose names of parts, sheets and keys hold nothing."""
    said = {name: value for name in ("xpath", "part", "sheet", "pointer") if (value := getattr(place, name))}
    changed = {name: masked for name, value in said.items() if (masked := mask(value)) != value}
    return replace(place, **changed) if changed else place  # type: ignore[arg-type]


def _reference(mask: _Mask, one: Reference) -> Reference:
    return replace(
        one,
        marker=mask(one.marker),
        title=one.title and mask(one.title),
        authors=tuple(mask(author) for author in one.authors),
        publisher=one.publisher and mask(one.publisher),
        url=one.url and mask(one.url),
        identifiers=tuple((scheme, mask(value)) for scheme, value in one.identifiers),
    )


def _table(mask: _Mask, one: Table, before: str, after: str) -> Table:
    """Return a table whose cells are blacked as their words in the text are."""
    rows = tuple(
        tuple(_cell(mask, cell, span, before, after) for cell, span in zip(row, spans, strict=True))
        for row, spans in zip(one.rows, one.cells, strict=True)
    )
    return replace(one, rows=rows, caption=one.caption and mask(one.caption))


def _cell(mask: _Mask, cell: str, span: Span, before: str, after: str) -> str:
    words = before[span.start : span.end]
    now = after[span.start : span.end]
    if words == now:
        return mask(cell)
    return (
        now if words == cell else blacked(cell, [(0, len(cell))])
    )  # written otherwise than it stands: all of it
