"""Markdown: the text is the file, and blocks say where its pieces stand in it.

    ---                      furniture; title, date, url, licence, language of the source
    title: A note
    ---
    ## Arrivals[^1]          heading, content "Arrivals[^1]"       Marker "1"
    | year | people |        table > row > cell, cells exact
    |------|-------:|
    | 1997 |     56 |
    [^1]: Statistics office  footnote, Reference "[1]"

CommonMark with tables and footnotes, blocks by markdown-it's line numbers. Marks of emphasis and links stay in the text
and in `content`: the text is the file. Nothing here renders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from regesta.dates import find_dates
from regesta.model import Block, Document, Marker, Place, Reference, Source, Table, content_id
from regesta.model.document import BlockKind
from regesta.reading import frontmatter
from regesta.reading.citing import footnotes
from regesta.reading.citing.references import parse_reference
from regesta.reading.citing.sections import entry_kind
from regesta.reading.decoding import decode
from regesta.reading.tagged import TaggedTable, tagged_tables
from regesta.text.span import Span

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["read", "sniff"]

_LINE_END = re.compile(r"\r\n?|\n")
_BORDER = re.compile(r"\\.|\|")
_BULLET = re.compile(r"(?m)^( {0,3})[•●▪◦‣∙○■□►◆](?=[ \t])")
"""Typographic bullets, which words pasted from a page keep; the parser knows "*"."""
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*")
_MARK = re.compile(r"\[\^([^\]\s]{1,60})\](?!:)")
_MARK_OR_DEFINITION = re.compile(r"\[\^([^\]\s]{1,60})\]")
_SNIFF = re.compile(rb"^(?:#{1,6} \S|\|[^\n]{1,200}\|\s*$|\[\^\w{1,20}\]:|```)", re.MULTILINE)
_SNIFF_STRONG = re.compile(
    rb"^#{1,6} \S[^\n]*\r?\n(?:.|\n)*^(?:#{1,6} \S|\|?[ :]?-{3,}|\[\^|[-*] )", re.MULTILINE
)
_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}|[*_]{1,3}(?!\w)")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\([^()\s]{1,600}(?:\s\"[^\"]{0,200}\")?\)")
_CAPTION = re.compile(r"[*_]{0,3}(?:table|tab\.)\s{0,3}[\w.]{0,8}\s{0,3}[:.–—-]", re.IGNORECASE)
MAX_NESTING = 40
"""Quotes and lists within one another; the parser leaves out what lies deeper."""
_COMMENT = re.compile(r"\s*<!--.*-->\s*|\s*</?[a-z][^>]*>\s*", re.DOTALL | re.IGNORECASE)


@dataclass(slots=True, eq=False)
class _Piece:
    """A block being found; parents are pieces until all are in order."""

    kind: BlockKind
    span: Span
    content: Span
    parent: _Piece | None = None
    level: int = 0
    marker: str = ""
    row: int = -1
    column: int = -1
    is_header: bool = False
    has_words: bool = False
    row_span: int = 1
    column_span: int = 1


@dataclass(slots=True)
class _Page:
    """The file, its lines, and what was found."""

    text: str
    lines: list[Span]
    pieces: list[_Piece] = field(default_factory=list)
    tables: list[tuple[_Piece, list[list[Span]], str | None]] = field(default_factory=list)
    tagged: list[tuple[_Piece, TaggedTable]] = field(default_factory=list)
    problems: list[tuple[Span, str, str]] = field(default_factory=list)

    def line(self, number: int) -> Span:
        """Return the span of a line, the last one for numbers beyond."""
        return self.lines[min(number, len(self.lines) - 1)]

    def span(self, lines: Sequence[int]) -> Span:
        """Return the span of lines [from, to) without blank lines and white space around."""
        first, last = lines[0], max(lines[0], min(lines[1], len(self.lines)) - 1)
        return Span(self.line(first).start, self.line(last).end).strip(self.text)


def sniff(data: bytes) -> bool:
    r"""Return whether the first bytes look like Markdown: a heading mark and another of its marks.

    >>> sniff(b"# Note\n\n- one\n"), sniff(b"Kim fled.\n- or so they say\n")
    (True, False)
    """
    return len(_SNIFF.findall(data)) >= 2 or bool(_SNIFF.search(data) and _has_two_marks(data))


def _has_two_marks(data: bytes) -> bool:
    return data.startswith((b"# ", b"\xef\xbb\xbf# ")) and bool(
        re.search(rb"^(?:[-*] |> )\S", data, re.MULTILINE)
    )


def read(data: bytes, source: Source) -> Document:
    r"""Return the document that a Markdown file holds.

    >>> document = read(b"# Note\n\n- one[^a]\n\n[^a]: Book.\n", Source(name="a.md"))
    >>> [(b.kind, b.content.of(document.text)) for b in document.blocks]
    [('heading', 'Note'), ('list_item', 'one[^a]'), ('footnote', 'Book.')]
    """
    text, encoding = decode(data, source.name, source.encoding, source.language)
    page = _Page(text, _lines(text))
    if encoding:
        page.problems.append((Span(0, 0), "R001", f"the bytes are no UTF-8; read as {encoding}"))
    covered = [False] * len(page.lines)
    said = _front_matter(page, covered)
    _definitions(page, covered)
    masked = "\n".join(
        "" if taken else page.line(n).of(text).replace("\ufeff", "", n == 0)
        for n, taken in enumerate(covered)
    )
    _walk(page, _tokens(_BULLET.sub(r"\1*", masked)), covered)
    _leftovers(page, covered)
    if not text.strip("\ufeff \t\r\n"):
        page.problems.append((Span(0, 0), "R002", "the file holds no words"))
    return _assemble(page, frontmatter.fill(source, said))


def _lines(text: str) -> list[Span]:
    found, start = [], 0
    for end in _LINE_END.finditer(text):
        found.append(Span(start, end.start()))
        start = end.end()
    return [*found, Span(start, len(text))]


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    return (
        MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table").disable(["inline", "text_join"])
    )


def _tokens(masked: str) -> list[Token]:
    found: list[Token] = _parser().parse(masked)
    return found


def _front_matter(page: _Page, covered: list[bool]) -> dict[str, str]:
    """Take the lines between two `---` at the head of the file, and return what they state."""
    words = [line.of(page.text).rstrip() for line in page.lines[:200]]
    if not words or words[0].lstrip("\ufeff") != "---":
        return {}
    end = next((n for n, line in enumerate(words[1:], 1) if line in {"---", "..."}), 0)
    if not end or not any(":" in line for line in words[1:end]):
        return {}
    covered[: end + 1] = [True] * (end + 1)
    span = page.span((0, end + 1))
    page.pieces.append(_Piece("furniture", span, page.span((1, end))))
    return frontmatter.stated(words[1:end])


def _definitions(page: _Page, covered: list[bool]) -> None:
    """Take the definitions of footnotes, with the lines that continue them."""
    fence = ""
    n = 0
    while n < len(page.lines):
        line = page.line(n).of(page.text)
        if found := _FENCE.match(line):
            if not fence:
                fence = found[1]
            elif found[1].startswith(fence) and not line[found.end() :].strip():
                fence = ""
        match = None if fence or covered[n] else _DEFINITION.match(line)
        if match is None:
            n += 1
            continue
        last, ahead = n, n + 1
        while ahead < len(page.lines):
            words = page.line(ahead).of(page.text)
            if not words.strip():
                ahead += 1
                continue
            is_indented = words.startswith(("    ", "\t")) or (ahead == last + 1 and words.startswith("  "))
            is_lazy = ahead == last + 1 and not re.match(
                r"\s{0,3}(?:\[\^|\[[^\]]{1,99}\]:|#{1,6}\s|>|[-*+]\s|\||\d+[.)]\s|```)", words
            )
            if not (is_indented or is_lazy):
                break
            last = ahead
            ahead += 1
        start = page.line(n).start
        span = page.span((n, last + 1))
        content = Span(min(start + match.end(), span.end), span.end)
        page.pieces.append(_Piece("footnote", span, content, marker=match[1]))
        covered[n : last + 1] = [True] * (last + 1 - n)
        n = last + 1


def _walk(page: _Page, tokens: list[Token], covered: list[bool]) -> None:
    parents: list[_Piece] = []
    depth = 0
    heading, n_headings = "", 0
    in_heading: _Piece | None = None
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
            n = _table(page, tokens, n, parent, cursor)
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
            if bullet := _BULLET.match(page.text, row.start, row.end):
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
            piece = _Piece("list_item", Span(start, max(span.end, after.end)), after, parent, depth, marker)
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
            piece = _Piece("quote", span, Span(span.start, span.start), parent, marker=">")
            page.pieces.append(piece)
            parents.append(piece)
        elif kind in {"list_item_close", "blockquote_close"}:
            _keep_deep_words(page, token, parents.pop())
        elif kind == "heading_open" and token.map:
            span = page.span(token.map)
            in_heading = _Piece(
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
                    _Piece("bibliography" if reference else "paragraph", content, content, parent)
                )
        elif kind in {"fence", "code_block"} and token.map:
            span = page.span(token.map)
            inner = (token.map[0] + 1, token.map[1] - 1) if kind == "fence" else token.map
            content = page.span(inner) if inner[1] > inner[0] else Span(span.end, span.end)
            page.pieces.append(_Piece("preformatted", span, content, parent, marker=token.markup))
        elif kind == "html_block" and token.map and "<table" in token.content.lower():
            n = _tags(page, tokens, n, parent, covered)
            continue
        elif kind == "html_block" and token.map:
            span = page.span(token.map)
            is_bare = bool(_COMMENT.fullmatch(span.of(page.text)))
            page.pieces.append(_Piece("furniture" if is_bare else "paragraph", span, span, parent))
        elif kind == "hr" and token.map:
            span = page.span(token.map)
            page.pieces.append(_Piece("furniture", span, span, parent))
        if parent is not None and kind in {"fence", "code_block", "html_block", "heading_open"}:
            parent.has_words = True
        n += 1


def _keep_deep_words(page: _Page, token: Token, piece: _Piece) -> None:
    """Let a block at the limit of nesting have what stands in it for its words: the parser leaves that out."""
    if token.level < MAX_NESTING - 1 or piece.has_words:
        return
    start = max(piece.content.start, piece.span.start + 1)
    piece.content = Span(min(start, piece.span.end), piece.span.end).strip(page.text)
    piece.has_words = True
    if not any(code == "R005" for _, code, _ in page.problems):
        reason = f"nested deeper than {MAX_NESTING} quotes or {MAX_NESTING // 2} lists; the rest was read as plain words"
        page.problems.append((piece.span, "R005", reason))


def _content(page: _Page, token: Token, cursor: tuple[int, int]) -> Span:
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


def _table(page: _Page, tokens: list[Token], n: int, parent: _Piece | None, cursor: tuple[int, int]) -> int:
    """Add a table with its rows and cells, and return the index of the token after it."""
    opening = tokens[n]
    assert opening.map is not None
    span = page.span(opening.map)
    table = _Piece("table", span, Span(span.start, span.start), parent)
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
        row = _Piece("row", Span(low, line.end).strip(page.text), Span(low, low), table, row=len(rows))
        row.content = Span(row.span.start, row.span.start)
        page.pieces.append(row)
        for c, cell in enumerate(cells):
            page.pieces.append(_Piece("cell", cell, cell, row, row=len(rows), column=c, is_header=not rows))
        if rows and len(cells) != len(rows[0]):
            reason = f"the row has {len(cells)} cells where the heading has {len(rows[0])}"
            page.problems.append((row.span, "R004", reason))
        rows.append(cells)
    page.tables.append((table, rows, caption))
    return n + 1


def _tags(page: _Page, tokens: list[Token], n: int, parent: _Piece | None, covered: list[bool]) -> int:
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


def _between(page: _Page, span: Span, parent: _Piece | None) -> None:
    """Add what stands before, between and after tables in tags."""
    words = span.strip(page.text)
    if words.start < words.end:
        is_bare = bool(_COMMENT.fullmatch(words.of(page.text)))
        page.pieces.append(_Piece("furniture" if is_bare else "paragraph", words, words, parent))


def _tagged(page: _Page, table: TaggedTable, parent: _Piece | None) -> None:
    """Add a table in tags with its caption, rows and cells."""
    whole = _Piece("table", table.span, Span(table.span.start, table.span.start), parent)
    page.pieces.append(whole)
    if table.caption is not None:
        page.pieces.append(_Piece("caption", table.caption, table.caption, whole))
    rows = [
        _Piece("row", span, Span(span.start, span.start), whole, row=number)
        for number, span in enumerate(table.rows)
    ]
    page.pieces += rows
    for span, row, column, down, across, is_header in table.grid.cells:
        page.pieces.append(
            _Piece("cell", span, span, rows[row], row=row, column=column, is_header=is_header, row_span=down, column_span=across)
        )  # fmt: skip
    page.tagged.append((whole, table))


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


def _leftovers(page: _Page, covered: list[bool]) -> None:
    """Keep the lines that no block took, such as definitions of links."""
    for n, taken in enumerate(covered):
        span = page.line(n).strip(page.text)
        if not taken and span.end > span.start and span.of(page.text) != "\ufeff":
            page.pieces.append(_Piece("furniture", span, span))


def _assemble(page: _Page, source: Source) -> Document:
    text = page.text
    for piece in page.pieces:
        if piece.parent is not None:
            piece.span = _within(piece.span, piece.parent.span)
        piece.content = _within(piece.content, piece.span)
    ordered = sorted(page.pieces, key=lambda p: (p.span.start, -p.span.end))
    index = {id(piece): n for n, piece in enumerate(ordered)}
    for piece in ordered:  # a parent covers its children and stands before them
        assert piece.parent is None or index[id(piece.parent)] < index[id(piece)]
    starts = [line.start for line in page.lines]
    blocks = tuple(
        Block(
            kind=p.kind,
            span=p.span,
            content=p.content,
            parent=index[id(p.parent)] if p.parent else -1,
            level=p.level,
            marker=p.marker,
            row=p.row,
            column=p.column,
            is_header=p.is_header,
            column_span=p.column_span,
            row_span=p.row_span,
            place=Place(line=_line_number(starts, p.span.start)),
        )
        for p in ordered
    )
    references = list(_references(page, ordered, source.name))
    markers = [
        Marker(span=Span(*found.span()), label=found[1])
        for p in ordered
        if p.kind not in {"preformatted", "furniture", "table", "row"}
        for found in _MARK_OR_DEFINITION.finditer(text, p.content.start, p.content.end)
    ]
    if any(p.kind in {"footnote", "bibliography"} and p.marker.isdigit() for p in ordered) and not markers:
        body = [
            p.content
            for p in ordered
            if p.kind not in {"preformatted", "furniture", "footnote", "bibliography"}
        ]
        taken = {m.span for m in markers}
        markers += [m for m in footnotes.find(text, body, references) if m.span not in taken]
    linked, cited = footnotes.link(sorted(markers, key=lambda m: m.span), references)
    return Document(
        id=content_id("d", ["markdown", text]),
        source=source,
        text=text,
        blocks=blocks,
        markers=tuple(linked),
        references=tuple(cited),
        tables=tuple(_model_tables(page, index)),
        problems=tuple(page.problems),
    )


def _within(span: Span, outer: Span) -> Span:
    """Return the part of the span that lies in another; a child of a block lies in it."""
    if outer.contains(span):
        return span
    start = min(max(span.start, outer.start), outer.end)
    return Span(start, max(start, min(span.end, outer.end)))


def _line_number(starts: list[int], at: int) -> int:
    from bisect import bisect_right

    return bisect_right(starts, at)


def _references(page: _Page, ordered: list[_Piece], source_name: str) -> Iterator[Reference]:
    for piece in ordered:
        if piece.kind not in {"footnote", "bibliography"} or piece.content.start == piece.content.end:
            continue
        is_note = piece.kind == "footnote"
        found = parse_reference(
            page.text,
            piece.content,
            kind="footnote" if is_note else "bibliography",
            marker=f"[{piece.marker}]" if is_note or piece.marker.isdigit() else "",
            source_name=source_name,
        )
        yield replace(
            found,
            title=_bare(found.title),
            publisher=_bare(found.publisher),
            authors=tuple(_bare(author) or author for author in found.authors),
        )


def _bare(words: str | None) -> str | None:
    """Return words without marks of emphasis, and links as their label."""
    if words is None:
        return None
    return _EMPHASIS.sub("", _LINK.sub(r"\1", words)).strip() or None


def _model_tables(page: _Page, index: dict[int, int]) -> Iterator[Table]:
    for piece, rows, caption in page.tables:
        width = max(map(len, rows), default=0)
        end = Span(piece.span.end, piece.span.end)
        padded = [[*row, *[end] * (width - len(row))] for row in rows]
        is_headless = not any(cell.of(page.text) for cell in rows[0]) if rows else True
        yield Table(
            block=index[id(piece)],
            rows=tuple(tuple(cell.of(page.text).replace("\\|", "|") for cell in row) for row in padded),
            n_header_rows=0 if is_headless else 1,
            cells=tuple(map(tuple, padded)),
            caption=caption,
        )
    for piece, tagged in page.tagged:
        words = tagged.caption.of(page.text) if tagged.caption else None
        laid = tagged.grid.table(lambda s: s.of(page.text), block=index[id(piece)], caption=words)
        if laid is not None:
            yield laid
