"""Tables of wikitext: rows, cells, merged cells, captions, whether written with bars or with tags.

    {| class="wikitable"          place: where each row and cell stands in the raw text
    |+ Caption
    ! Year !! Name
    |-
    | rowspan=2 | 1953 || Kim
    |}

A table within a cell is lines of that cell. What stands in a cell is laid out by the walker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from mwparserfromhell.nodes import Tag, Text

from regesta.reading.laying.rows import RawCell, lay_out_rows
from regesta.reading.wikitext.parsing import parse

if TYPE_CHECKING:
    from regesta.reading.wikitext.walk import Walker

__all__ = ["lay_out_table"]


def lay_out_table(walker: Walker, node: Tag) -> None:
    """Lay out a table, unless no cell is in it."""
    if walker.flat:  # a table within a cell: lines of that cell
        for tag in node.contents.filter_tags(matches=lambda t: str(t.tag) in {"td", "th"}, recursive=True):
            walker.layout.newline()
            walker.walk(tag.contents)
        return
    walker.end_lists()
    raw, base = str(node), walker.offset
    cursor = 0
    rows: list[list[RawCell]] = [[]]
    row_origins: list[object] = [base]
    captions: list[RawCell] = []

    def place(tag: Tag) -> int:
        nonlocal cursor
        found = raw.find(str(tag), cursor)
        cursor = max(cursor, found)
        return base + max(found, cursor)

    for tag in _tags(node.contents):
        name, at = str(tag.tag).strip().lower(), place(tag)
        if name == "tr":
            rows.append([_cell(walker, cell, place(cell)) for cell in _tags(tag.contents) if _is_cell(cell)])
            row_origins.append(at)
        elif name == "caption" or (name == "td" and str(tag).startswith("|+")):
            captions.append(RawCell((tag, at)))
        elif _is_cell(tag):
            rows[-1].append(_cell(walker, tag, at))
    kept = [n for n, row in enumerate(rows) if row]
    if not kept:
        return
    laid, _ = lay_out_rows(
        walker.layout,
        base,
        [rows[n] for n in kept],
        [row_origins[n] for n in kept],
        lambda cell: _fill(walker, cell),
        captions,
    )
    walker.tables.append(laid)
    walker.newlines = 1


def _cell(walker: Walker, tag: Tag, at: int) -> RawCell:
    spans = []
    for name in ("rowspan", "colspan"):
        value = walker.attribute(tag, name) if tag.attributes else ""
        spans.append(int(value[:6]) if value[:6].isascii() and value[:6].isdigit() else 1)
    return RawCell((tag, at), spans[0], spans[1] or 1, str(tag.tag).strip().lower() == "th")


def _fill(walker: Walker, cell: RawCell) -> None:
    tag, at = cast("tuple[Tag, int]", cell.origin)
    contents: Any = tag.contents  # None for a cell without words
    if contents is None:
        return
    first = contents.nodes[0] if contents.nodes else None
    if isinstance(first, Text) and str(tag).startswith("|+"):
        contents = parse(
            str(contents).lstrip("+").rpartition("|")[2]
            if "[[" not in str(contents)
            else str(contents).lstrip("+")
        )
    walker.offset = at
    walker.walk_flat(contents)


def _tags(contents: Any) -> list[Tag]:
    return [node for node in contents.nodes if isinstance(node, Tag)] if contents is not None else []


def _is_cell(tag: Tag) -> bool:
    return str(tag.tag).strip().lower() in {"td", "th"}
