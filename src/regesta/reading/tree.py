"""A document's structure for people (an indented outline) and for programs (plain values for JSON)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from regesta.model import Block, Document, Reference

__all__ = ["outline", "to_json"]

_WIDTH = 100


def outline(document: Document) -> str:
    """Return the document as an indented tree: line or page, kind, marker and first words of each block.

    Headings open a level for what stands below them. Cells are shown within their row. One block a line.
    """
    lines = [f"{document.source.name}  {document.source.format or '?'}  {len(document.text)} characters"]
    for index, block in enumerate(document.blocks):
        if block.kind == "cell":
            continue
        depth = len(document.sections[index]) + sum(1 for _ in document.ancestors(index))
        lines.append(_line(document, index, block, depth))
    linked = sum(marker.reference is not None for marker in document.markers)
    lines.append(
        f"blocks: {len(document.blocks)}, tables: {len(document.tables)}, references: {len(document.references)},"
        f" citation marks: {len(document.markers)} ({linked} linked)"
    )
    lines += [f"{code} {reason}" for _, code, reason in document.problems]
    return "\n".join(lines)


def _line(document: Document, index: int, block: Block, depth: int) -> str:
    place = block.place
    number = f"{place.line or (f'p{place.page}' if place.page else '')!s:>5}"
    level = f" {block.level}" if block.kind == "heading" else ""
    if block.kind == "row":
        cells = (document.blocks[child].content.of(document.text) for child in document.children[index])
        words = " | ".join(cells)
    elif block.kind == "table":
        words = f"{len(document.children[index])} rows"
    else:
        words = block.content.of(document.text)
    words = " ".join(words.split())
    head = f"{number}  {'  ' * depth}{block.kind}{level}  "
    if block.marker and block.kind != "heading":
        head += f"{block.marker} "
    room = max(24, _WIDTH - len(head))
    return head + (words if len(words) <= room else words[: room - 1].rstrip() + "…")


def to_json(document: Document) -> dict[str, Any]:
    """Return `{"text", "blocks", "references", "tables"}` of plain values; the marks stand in the references' `cited_at`."""
    return {
        "source": document.source.name,
        "title": document.title,
        "text": document.text,
        "blocks": [_block(block) for block in document.blocks],
        "references": [
            {
                **_plain(reference),
                "identifiers": dict(reference.identifiers),
                "start": reference.span.start,
                "end": reference.span.end,
                "quote": reference.span.of(document.text),
            }
            for reference in document.references
        ],
        "tables": [
            {
                "block": table.block,
                "caption": table.caption,
                "n_header_rows": table.n_header_rows,
                "rows": [list(row) for row in table.rows],
            }
            for table in document.tables
        ],
        "markers": [
            {
                "start": marker.span.start,
                "end": marker.span.end,
                "label": marker.label,
                "reference": marker.reference,
            }
            for marker in document.markers
        ],
        "problems": [
            {"start": span.start, "end": span.end, "code": code, "reason": reason}
            for span, code, reason in document.problems
        ],
    }


def _plain(reference: Reference) -> dict[str, Any]:
    """Return the fields that are words or lists of them."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(reference).items()
        if name not in ("span", "identifiers")
    }


def _block(block: Block) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": block.kind,
        "level": block.level,
        "marker": block.marker,
        "start": block.span.start,
        "end": block.span.end,
        "content": list(block.content),
        "parent": block.parent,
        "place": {name: value for name, value in asdict(block.place).items() if value is not None},
    }
    if block.kind in ("row", "cell"):
        found["row"] = block.row
    if block.kind == "cell":
        found |= {
            "column": block.column,
            "is_header": block.is_header,
            "column_span": block.column_span,
            "row_span": block.row_span,
        }
    return found
