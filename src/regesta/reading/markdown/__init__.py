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
from functools import cache
from typing import TYPE_CHECKING, Any

from regesta.model import Block, Document, Marker, Place, Source, content_id
from regesta.reading import frontmatter
from regesta.reading.citing import footnotes
from regesta.reading.decoding import decode
from regesta.reading.markdown.notes import references_of, take_definitions
from regesta.reading.markdown.pieces import Page, Piece, lines_of, within
from regesta.reading.markdown.tables import tables_of
from regesta.reading.markdown.walk import BULLET, MAX_NESTING, keep_leftovers, walk
from regesta.text.span import Span

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["read", "sniff"]

_MARK = re.compile(r"\[\^([^\]\s]{1,60})\](?!:)")
_MARK_OR_DEFINITION = re.compile(r"\[\^([^\]\s]{1,60})\]")
_SNIFF = re.compile(rb"^(?:#{1,6} \S|\|[^\n]{1,200}\|\s*$|\[\^\w{1,20}\]:|```)", re.MULTILINE)


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
    page = Page(text, lines_of(text))
    if encoding:
        page.problems.append((Span(0, 0), "R001", f"the bytes are no UTF-8; read as {encoding}"))
    covered = [False] * len(page.lines)
    said = _front_matter(page, covered)
    take_definitions(page, covered)
    masked = "\n".join(
        "" if taken else page.line(n).of(text).replace("\ufeff", "", n == 0)
        for n, taken in enumerate(covered)
    )
    walk(page, _tokens(BULLET.sub(r"\1*", masked)), covered)
    keep_leftovers(page, covered)
    if not text.strip("\ufeff \t\r\n"):
        page.problems.append((Span(0, 0), "R002", "the file holds no words"))
    return _assemble(page, frontmatter.fill(source, said))


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    return (
        MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table").disable(["inline", "text_join"])
    )


def _tokens(masked: str) -> list[Token]:
    found: list[Token] = _parser().parse(masked)
    return found


def _front_matter(page: Page, covered: list[bool]) -> dict[str, str]:
    """Take the lines between two `---` at the head of the file, and return what they state."""
    words = [line.of(page.text).rstrip() for line in page.lines[:200]]
    if not words or words[0].lstrip("\ufeff") != "---":
        return {}
    end = next((n for n, line in enumerate(words[1:], 1) if line in {"---", "..."}), 0)
    if not end or not any(":" in line for line in words[1:end]):
        return {}
    covered[: end + 1] = [True] * (end + 1)
    span = page.span((0, end + 1))
    page.pieces.append(Piece("furniture", span, page.span((1, end))))
    return frontmatter.stated(words[1:end])


def _assemble(page: Page, source: Source) -> Document:
    text = page.text
    for piece in page.pieces:
        if piece.parent is not None:
            piece.span = within(piece.span, piece.parent.span)
        piece.content = within(piece.content, piece.span)
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
    references = list(references_of(page, ordered, source.name))
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
        tables=tuple(tables_of(page, index)),
        problems=tuple(page.problems),
    )


def _line_number(starts: list[int], at: int) -> int:
    from bisect import bisect_right

    return bisect_right(starts, at)
