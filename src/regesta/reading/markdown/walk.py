"""The walk over the tokens of the parser, which makes the blocks of a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regesta.dates import find_dates
from regesta.reading.citing.sections import entry_kind
from regesta.reading.markdown.pieces import Page, Piece
from regesta.reading.markdown.tables import take_table
from regesta.reading.tagged import TaggedTable, tagged_tables
from regesta.text.span import Span

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["BULLET", "MAX_NESTING", "keep_leftovers", "walk"]

BULLET = re.compile(r"(?m)^( {0,3})[•●▪◦‣∙○■□►◆](?=[ \t])")
"""Typographic bullets, which words pasted from a page keep; the parser knows "*"."""
MAX_NESTING = 40
"""Quotes and lists within one another; the parser leaves out what lies deeper."""
_COMMENT = re.compile(r"\s*<!--.*-->\s*|\s*</?[a-z][^>]*>\s*", re.DOTALL | re.IGNORECASE)


def walk(page: Page, tokens: list[Token], covered: list[bool]) -> None:
    """Make the blocks that the tokens say, and note which lines they cover."""
    parents: list[Piece] = []
    depth = 0
    heading, n_headings = "", 0
    in_heading: Piece | None = None
    cursor = (-1, 0)  # line, and where the last list mark on it ends
    n = 0
    while n < len(tokens):
        token = tokens[n]
        kind = token.type
        if token.map:
            for line in range(token.map[0], min(token.map[1], len(covered))):
                covered[line] = True
        parent = parents[-1] if parents else None
        if kind == "table_open":
            n = take_table(page, tokens, n, parent, cursor)
            continue
        if kind in {"bullet_list_open", "ordered_list_open"}:
            depth += 1
        elif kind in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
        elif kind == "list_item_open" and token.map:
            marker = f"{token.info}{token.markup}" if token.info else token.markup
            span = page.span(token.map)
            low = max(span.start, cursor[1] if cursor[0] == token.map[0] else span.start)
            row = page.line(token.map[0])
            at = page.text.find(marker, low, row.end)
            if bullet := BULLET.match(page.text, row.start, row.end):
                at, marker = bullet.end() - 1, page.text[bullet.end() - 1]
            start = at if at >= 0 else low
            is_day = (
                bool(token.info) and cursor[0] == token.map[0] and _opens_date(page.text, start, span.end)
            )
            marker = "" if is_day else marker  # "- 14. März 1946: ...": no list in a list
            after = Span(start + len(marker), start + len(marker))
            cursor = (token.map[0], after.start)
            reference = (
                entry_kind(heading, span.of(page.text), is_numbered=bool(token.info))
                if depth == 1 and heading
                else None
            )
            piece = Piece("list_item", Span(start, max(span.end, after.end)), after, parent, depth, marker)
            if reference:
                piece.kind = "footnote" if reference == "footnote" else "bibliography"
                piece.level = 0
                piece.marker = token.info or marker
            page.pieces.append(piece)
            parents.append(piece)
        elif kind == "blockquote_open" and token.map:
            span = page.span(token.map)
            if cursor[0] == token.map[0]:  # behind the mark of an item on the same line
                at = page.text.find(">", cursor[1], page.line(token.map[0]).end)
                span = Span(at, span.end) if at >= 0 else span
                cursor = (token.map[0], span.start + 1)
            piece = Piece("quote", span, Span(span.start, span.start), parent, marker=">")
            page.pieces.append(piece)
            parents.append(piece)
        elif kind in {"list_item_close", "blockquote_close"}:
            _keep_deep_words(page, token, parents.pop())
        elif kind == "heading_open" and token.map:
            span = page.span(token.map)
            in_heading = Piece(
                "heading", span, Span(span.end, span.end), parent, int(token.tag[1]), token.markup
            )
            page.pieces.append(in_heading)
        elif kind == "inline" and token.map:
            content = _content(page, token, cursor)
            if in_heading is not None:
                at = in_heading.span.start  # a heading without a word to see has no content
                in_heading.content = content if in_heading.span.contains(content) else Span(at, at)
                heading = (
                    content.of(page.text) if n_headings else ""
                )  # the document's own title heads no list
                n_headings += 1
                in_heading = None
            elif parent is not None and not parent.has_words and content.start >= parent.content.start:
                opens = (
                    content.start if parent.marker else parent.span.start
                )  # with the day that looked like a number
                parent.content, parent.has_words = Span(opens, content.end), True
            else:
                reference = entry_kind(heading, content.of(page.text)) if parent is None and heading else None
                page.pieces.append(
                    Piece("bibliography" if reference else "paragraph", content, content, parent)
                )
        elif kind in {"fence", "code_block"} and token.map:
            span = page.span(token.map)
            inner = (token.map[0] + 1, token.map[1] - 1) if kind == "fence" else token.map
            content = page.span(inner) if inner[1] > inner[0] else Span(span.end, span.end)
            page.pieces.append(Piece("preformatted", span, content, parent, marker=token.markup))
        elif kind == "html_block" and token.map and "<table" in token.content.lower():
            n = _tags(page, tokens, n, parent, covered)
            continue
        elif kind == "html_block" and token.map:
            span = page.span(token.map)
            is_bare = bool(_COMMENT.fullmatch(span.of(page.text)))
            page.pieces.append(Piece("furniture" if is_bare else "paragraph", span, span, parent))
        elif kind == "hr" and token.map:
            span = page.span(token.map)
            page.pieces.append(Piece("furniture", span, span, parent))
        if parent is not None and kind in {"fence", "code_block", "html_block", "heading_open"}:
            parent.has_words = True
        n += 1


def _keep_deep_words(page: Page, token: Token, piece: Piece) -> None:
    """Let a block at the limit of nesting have what stands in it for its words: the parser leaves that out."""
    if token.level < MAX_NESTING - 1 or piece.has_words:
        return
    start = max(piece.content.start, piece.span.start + 1)
    piece.content = Span(min(start, piece.span.end), piece.span.end).strip(page.text)
    piece.has_words = True
    if not any(code == "R005" for _, code, _ in page.problems):
        reason = f"nested deeper than {MAX_NESTING} quotes or {MAX_NESTING // 2} lists; the rest was read as plain words"
        page.problems.append((piece.span, "R005", reason))


def _content(page: Page, token: Token, cursor: tuple[int, int]) -> Span:
    """Return where the words of an inline token stand: from its first words to its last, marks of the block excluded."""
    assert token.map is not None
    words = [line.strip() for line in token.content.split("\n")]
    first = page.line(token.map[0])
    low = max(first.start, cursor[1]) if cursor[0] == token.map[0] else first.start
    start = page.text.find(words[0], low, first.end)
    last = page.line(token.map[0] + len(words) - 1)
    low = last.start if len(words) > 1 else max(start, low)
    end = page.text.find(words[-1], low, last.end)
    if start < 0 or end < 0:  # tabs or entities were rewritten: take the lines
        return page.span(token.map)
    return Span(start, max(start, end + len(words[-1])))


def _opens_date(text: str, start: int, end: int) -> bool:
    """Return whether a date with its day stands at `start`: "14. März 1946"."""
    found = find_dates(text, start, min(end, start + 40))
    return bool(found) and found[0].span.start == start and len(found[0].edtf or "") == len("1946-03-14")


def _tags(page: Page, tokens: list[Token], n: int, parent: Piece | None, covered: list[bool]) -> int:
    """Add the tables in tags that begin in a block, and return the index of the token after them; blank lines do not end a table."""
    first, last = tokens[n].map or (0, 0)
    end = page.text.lower().find("</table", page.line(first).start)
    while end >= 0 and last < len(page.lines) and page.line(last).start <= end:
        last += 1
    span = page.span((first, last))
    n += 1
    while n < len(tokens) and (of := tokens[n].map) and of[0] < last and tokens[n].level >= 0:
        last = max(last, of[1])
        n += 1
        while n < len(tokens) and tokens[n].map is None:
            n += 1
    covered[first:last] = [True] * (last - first)
    span = page.span((first, last))
    at = span.start
    for table in tagged_tables(page.text, span):
        _between(page, Span(at, table.span.start), parent)
        _tagged(page, table, parent)
        at = table.span.end
    _between(page, Span(at, span.end), parent)
    return n


def _between(page: Page, span: Span, parent: Piece | None) -> None:
    """Add what stands before, between and after tables in tags."""
    words = span.strip(page.text)
    if words.start < words.end:
        is_bare = bool(_COMMENT.fullmatch(words.of(page.text)))
        page.pieces.append(Piece("furniture" if is_bare else "paragraph", words, words, parent))


def _tagged(page: Page, table: TaggedTable, parent: Piece | None) -> None:
    """Add a table in tags with its caption, rows and cells."""
    whole = Piece("table", table.span, Span(table.span.start, table.span.start), parent)
    page.pieces.append(whole)
    if table.caption is not None:
        page.pieces.append(Piece("caption", table.caption, table.caption, whole))
    rows = [
        Piece("row", span, Span(span.start, span.start), whole, row=number)
        for number, span in enumerate(table.rows)
    ]
    page.pieces += rows
    for span, row, column, down, across, is_header in table.grid.cells:
        page.pieces.append(
            Piece("cell", span, span, rows[row], row=row, column=column, is_header=is_header, row_span=down, column_span=across)
        )  # fmt: skip
    page.tagged.append((whole, table))


def keep_leftovers(page: Page, covered: list[bool]) -> None:
    """Keep the lines that no block took, such as definitions of links."""
    for n, taken in enumerate(covered):
        span = page.line(n).strip(page.text)
        if not taken and span.end > span.start and span.of(page.text) != "\ufeff":
            page.pieces.append(Piece("furniture", span, span))
