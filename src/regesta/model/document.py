"""A document as read: its text, which never changes, and what stands where in it.

`Document.text` is the only text there is: every span of every later stage counts its code points. Blocks are a tree
kept flat, in the order of the text, each naming its parent:

    0 heading  "1968"
    1 list_item "Kim Shin ..."        parent -1
    2 list_item "nested ..."          parent  1

For `.txt .md .csv .tsv` the text is the file, decoded; for other formats it is what the reader laid out, and
`Document.places` leads from any span back to the original: through `Run`s where the format has places finer than a block
(the words of a PDF page), else through the block. This module does not read files.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from regesta.text.span import Span

__all__ = ["Block", "BlockKind", "Document", "Marker", "Place", "Reference", "Run", "Source", "Table"]

BlockKind = Literal[
    "heading",  # a section's title; `level` 1 (the document's own title) to 6
    "paragraph",
    "list_item",  # `level` is the depth, 1 for the outermost; `marker` the bullet or number as written
    "term",  # of a definition list, or the label of an infobox row
    "definition",  # what stands with a term
    "table",  # holds rows
    "row",  # holds cells; `row` counts from 0
    "cell",  # `row` and `column` count from 0; `is_header` for <th> and the like
    "caption",  # of a picture or a table
    "footnote",  # one entry of the numbered notes; `marker` its number as written
    "bibliography",  # one entry of a list of works, further reading or external links
    "quote",
    "preformatted",
    "furniture",  # navigation, licences, "Jump to", "[edit]", page numbers: left out of the body, not lost
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands in the raw file; the fields that the format has are set, the others None."""

    line: int | None = None
    """Line in the raw file, from 1."""
    xpath: str | None = None
    """XPath of the element, for HTML and other XML."""
    offset: int | None = None
    """Code point in the decoded raw file, where the text is not the file itself (wikitext)."""
    page: int | None = None
    """Page from 1, for paged formats."""
    box: tuple[float, float, float, float] | None = None
    """Left, top, right, bottom on the page, in points (1/72 inch) from its upper left corner, as people see it."""
    part: str | None = None
    """File within the file: `word/footnotes.xml`, a chapter of an EPUB, a part of a mail such as `1.2`."""
    sheet: str | None = None
    """Name of a spreadsheet's sheet."""
    cell: str | None = None
    """Cell of a sheet as people write it: `B7`."""
    pointer: str | None = None
    """JSON pointer (RFC 6901) of a value, within the line `line` for JSON Lines."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the text that stands in one place of the raw file; finer than a block."""

    span: Span
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is known of a file before it is read: what it is and what it says of itself."""

    name: str
    """Path below the folder that was built, with `/`, or the file's name. The `source` of every export."""
    sha256: str = ""
    """Hash of the raw bytes, hexadecimal."""
    format: str = ""
    """Name of the reader that read it, or shall: `text`, `html`, `pdf`; one of `reading.READERS`."""
    title: str | None = None
    url: str | None = None
    licence: str | None = None
    date: str | None = None
    """When the source speaks: its publication or last revision, EDTF. Bounds "now" and "currently"."""
    retrieved: str | None = None
    """When it was fetched, EDTF."""
    language: str | None = None
    """BCP 47."""
    revision: str | None = None
    """The version that its publisher names, such as MediaWiki's revision number."""
    encoding: str | None = None
    """The encoding of its bytes as whoever sent them declared it, in a header of HTTP or of a mail."""
    ocr: str | None = None
    """Languages in which pictures of pages are to be recognised, as `tesseract` names them (`eng+kor`); None: not at all."""
    columns: tuple[tuple[str, str], ...] = ()
    """For tables: (heading as written, meaning), from `sources.toml`; meanings are predicates or `name`, `period`, `value`, `ignore`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of the document's structure."""

    kind: BlockKind
    span: Span
    """All of it, marker and children included."""
    content: Span
    """Its own words: no bullet, no number, no heading mark, no trailing line end; children excluded."""
    parent: int = -1
    """Index in `Document.blocks`, -1 at the top."""
    level: int = 0
    """Heading level or list depth, from 1; 0 where it means nothing."""
    marker: str = ""
    """Bullet, number or footnote label as written."""
    row: int = -1
    column: int = -1
    is_header: bool = False
    """Of a cell: names a column or a row."""
    column_span: int = 1
    row_span: int = 1
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A footnote mark in the body, such as `[3]` or a `3` glued to a word."""

    span: Span
    """The mark with its brackets, as it stands in the text."""
    label: str
    """What it points at, without brackets: `3`, `a`, `note 2`."""
    reference: str | None = None
    """Id of the reference, None for a dangling mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One footnote or one entry of a bibliography, parsed."""

    id: str
    """Content id, prefix `r`."""
    kind: Literal["footnote", "bibliography", "link"]
    marker: str
    """The label as the body cites it: `[1]`; empty for a bibliography."""
    span: Span
    """The words of the entry: no number, no `^ a b`, no line end."""
    title: str | None = None
    authors: tuple[str, ...] = ()
    """As written, in order: `Pollack, Andrew`."""
    publisher: str | None = None
    """Newspaper, journal, institution or house."""
    date: str | None = None
    """Of publication, EDTF."""
    retrieved: str | None = None
    """When its citer read it, EDTF."""
    url: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    """(scheme, value), schemes in lower case: `isbn`, `issn`, `doi`, `oclc`, `asin`, `pmid`, `jstor`; in order of the text."""
    cited_at: tuple[int, ...] = ()
    """Starts of the marks that point here, ascending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table's cells as text; header rows first, every row as long as the widest."""

    block: int
    """Index of the table in `Document.blocks`, or -1 for a file that is a table."""
    rows: tuple[tuple[str, ...], ...]
    n_header_rows: int
    cells: tuple[tuple[Span, ...], ...]
    """Where each cell's words stand; a merged cell's span is repeated in every place that it covers."""
    caption: str | None = None


@dataclass(frozen=True, kw_only=True)
class Document:
    """One source, read. Immutable; `text[start:end]` is what every span means."""

    id: str
    """Content id, prefix `d`, of the text and the format."""
    source: Source
    text: str
    blocks: tuple[Block, ...] = ()
    markers: tuple[Marker, ...] = ()
    references: tuple[Reference, ...] = ()
    tables: tuple[Table, ...] = ()
    problems: tuple[tuple[Span, str, str], ...] = ()
    """What could not be made sense of while reading: (span, code, reason)."""
    runs: tuple[Run, ...] = ()
    """Ascending, never overlapping; empty where blocks are as fine as the format's places are."""

    @cached_property
    def title(self) -> str | None:
        """The source's stated title, else the first heading of level 1, else None."""
        if self.source.title:
            return self.source.title
        return next(
            (b.content.of(self.text) for b in self.blocks if b.kind == "heading" and b.level == 1), None
        )

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each block the indices of its children, in order of the text."""
        found: list[list[int]] = [[] for _ in self.blocks]
        for index, block in enumerate(self.blocks):
            if block.parent >= 0:
                found[block.parent].append(index)
        return tuple(tuple(x) for x in found)

    @cached_property
    def sections(self) -> tuple[tuple[int, ...], ...]:
        """For each block the headings above it, outermost first, as block indices (its own index excluded)."""
        stack: list[int] = []
        above: list[tuple[int, ...]] = []
        for index, block in enumerate(self.blocks):
            if block.kind == "heading":
                while stack and self.blocks[stack[-1]].level >= block.level:
                    stack.pop()
                above.append(tuple(stack))
                stack.append(index)
            else:
                above.append(tuple(stack))
        return tuple(above)

    def ancestors(self, index: int) -> Iterator[int]:
        """Yield the block's parent, its parent's parent and so on."""
        while (index := self.blocks[index].parent) >= 0:
            yield index

    def places(self, span: Span) -> tuple[Place, ...]:
        r"""Return where the words of a span stand in the raw file, in order of the text, each place once.

        That of every run that shares code points with the span, else that of every innermost block. Empty where nothing
        of the span was in the file: what a reader put between two blocks.

        >>> blocks = (Block(kind="paragraph", span=Span(0, 9), content=Span(0, 8), place=Place(line=1)),)
        >>> source = Source(name="a.txt")
        >>> Document(id="d", source=source, text="Kim fled\n", blocks=blocks).places(Span(0, 3))[0].line
        1
        """
        found = self._runs_at(span) or self._blocks_at(span)
        return tuple(dict.fromkeys(found))

    def _runs_at(self, span: Span) -> list[Place]:
        first = bisect_right(self._run_ends, span.start)
        last = bisect_left(self.runs, span.end, key=lambda run: run.span.start)
        return [run.place for run in self.runs[first:last]]

    def _blocks_at(self, span: Span) -> list[Place]:
        """Return the places of the innermost blocks that share words with the span."""
        last = bisect_left(self.blocks, span.end, key=lambda block: block.span.start)
        touched: list[int] = []
        for index in range(last - 1, -1, -1):
            if self.blocks[index].content.overlaps(span):
                touched.append(index)
            if self.blocks[index].parent < 0 and self.blocks[index].span.start <= span.start:
                break
        outer = {above for index in touched for above in self.ancestors(index)}
        return [self.blocks[index].place for index in reversed(touched) if index not in outer]

    @cached_property
    def _run_ends(self) -> list[int]:
        return [run.span.end for run in self.runs]
