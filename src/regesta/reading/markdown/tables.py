r"""Tables of Markdown: rows and cells where they stand, `\|` being no border, and the tables of the document made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from regesta.model import Table
from regesta.reading.laying.heads import spread_heads
from regesta.reading.markdown.pieces import Page, Piece
from regesta.text.span import Span

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["tables_of", "take_table"]

_BORDER = re.compile(r"\\.|\|")
_CAPTION = re.compile(r"[*_]{0,3}(?:table|tab\.)\s{0,3}[\w.]{0,8}\s{0,3}[:.–—-]", re.IGNORECASE)


def take_table(page: Page, tokens: list[Token], n: int, parent: Piece | None, cursor: tuple[int, int]) -> int:
    """Add a table with its rows and cells, and return the index of the token after it."""
    opening = tokens[n]
    assert opening.map is not None
    span = page.span(opening.map)
    table = Piece("table", span, Span(span.start, span.start), parent)
    caption = None
    before = page.pieces[-1] if page.pieces else None
    if (
        before is not None
        and before.kind == "paragraph"
        and before.parent is parent
        and _CAPTION.match(before.content.of(page.text))
        and not page.text[before.span.end : span.start].strip()
    ):
        before.kind = "caption"
        caption = before.content.of(page.text).strip("*_ ")
    page.pieces.append(table)
    rows: list[list[Span]] = []
    while tokens[n].type != "table_close":
        token = tokens[n]
        n += 1
        if token.type != "tr_open" or token.map is None:
            continue
        line = page.line(token.map[0])
        low = max(line.start, cursor[1]) if cursor[0] == token.map[0] else line.start
        cells = _cells(page.text, Span(low, line.end))
        row = Piece("row", Span(low, line.end).strip(page.text), Span(low, low), table, row=len(rows))
        row.content = Span(row.span.start, row.span.start)
        page.pieces.append(row)
        for c, cell in enumerate(cells):
            page.pieces.append(Piece("cell", cell, cell, row, row=len(rows), column=c, is_header=not rows))
        if rows and len(cells) != len(rows[0]):
            reason = f"the row has {len(cells)} cells where the heading has {len(rows[0])}"
            page.problems.append((row.span, "R004", reason))
        rows.append(cells)
    page.tables.append((table, rows, caption))
    return n + 1


def _cells(text: str, line: Span) -> list[Span]:
    r"""Return the cells of one line of a table, `\|` being no border.

    >>> [cell.of("| a | b\\|c |") for cell in _cells("| a | b\\|c |", Span(0, 12))]
    ['a', 'b\\|c']
    """
    words = line.of(text)
    start = line.start + len(words) - len(words.lstrip("> \t\ufeff"))
    end = line.start + len(words.rstrip())
    borders = [found.start() for found in _BORDER.finditer(text, start, end) if found[0] == "|"]
    if borders and borders[0] == start:
        start = borders.pop(0) + 1
    if borders and borders[-1] == end - 1:
        end = borders.pop()
    edges = [start - 1, *borders, end]
    return [Span(a + 1, b).strip(text) for a, b in pairwise(edges)]


def tables_of(page: Page, index: dict[int, int]) -> Iterator[Table]:
    """Yield the tables of the document; `index` has the number of each block."""
    for piece, rows, caption in page.tables:
        width = max(map(len, rows), default=0)
        end = Span(piece.span.end, piece.span.end)
        padded = [[*row, *[end] * (width - len(row))] for row in rows]
        words = [[cell.of(page.text).replace("\\|", "|") for cell in row] for row in padded]
        spread = spread_heads(words)
        if spread is not None:
            words[0] = [words[0][at] if at >= 0 else words[1][0] for at in spread]
            padded[0] = [padded[0][at] if at >= 0 else padded[1][0] for at in spread]
        is_headless = not any(cell.of(page.text) for cell in rows[0]) if rows else True
        yield Table(
            block=index[id(piece)],
            rows=tuple(map(tuple, words)),
            n_header_rows=2 if spread else 0 if is_headless else 1,
            cells=tuple(map(tuple, padded)),
            caption=caption,
        )
    for piece, tagged in page.tagged:
        title = tagged.caption.of(page.text) if tagged.caption else None
        laid = tagged.grid.table(lambda s: s.of(page.text), block=index[id(piece)], caption=title)
        if laid is not None:
            yield laid
