r"""A document put together from pieces: words with a kind, and whole documents that other readers made of a part.

    add("heading", "Letters")        Letters\n\nKim fled.\n\n...
    embed(read(part), moved)                    [--- its blocks, spans shifted, places moved ---]

For formats that hold others: a mail holds HTML, a field of a JSON record too. Nothing here knows a format.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from regesta.model import Block, Document, Marker, Place, Reference, Source, Table, content_id
from regesta.model.document import BlockKind
from regesta.reading.laying.making import make_block
from regesta.text.span import Span

__all__ = ["Assembly", "printable"]

_LONE = re.compile("[\ud800-\udfff\0]")


def printable(words: str) -> str:
    r"""Return the words with U+FFFD for what no text may hold: halves of surrogate pairs, and NUL.

    >>> printable("a\ud83d")
    'a�'
    """
    return words if words.isascii() and "\0" not in words else _LONE.sub("\ufffd", words)


@dataclass(slots=True)
class Assembly:
    r"""The text so far and what stands in it.

    >>> letters = Assembly()
    >>> _ = letters.add("heading", "Letters", Place(line=1), level=1)
    >>> _ = letters.add("paragraph", "Kim fled.", Place(line=3))
    >>> letters.document(Source(name="a"), "mail").text
    'Letters\n\nKim fled.'
    """

    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    problems: list[tuple[Span, str, str]] = field(default_factory=list)
    length: int = 0
    _parts: list[str] = field(default_factory=list)

    def write(self, words: str) -> Span:
        """Append words as they are; return where they stand."""
        start = self.length
        self._parts.append(words)
        self.length += len(words)
        return Span(start, self.length)

    def separate(self, newlines: int = 2) -> None:
        """Append the line ends that come before the next block; nothing at the very beginning."""
        if self.length:
            self.write("\n" * newlines)

    def add(self, kind: BlockKind, words: str, place: Place, *, level: int = 0, newlines: int = 2) -> int:
        """Append a block of its own words and return its index."""
        self.separate(newlines)
        span = self.write(words)
        self.blocks.append(make_block(kind, span, span, place, -1, level))
        return len(self.blocks) - 1

    def add_pair(self, label: str, words: str, place: Place, *, newlines: int = 1) -> None:
        """Append a line `label: words` as a term and its definition."""
        self.separate(newlines)
        term = self.write(label)
        self.write(": ")
        value = self.write(words)
        self.blocks.append(make_block("term", term, term, place))
        self.blocks.append(make_block("definition", value, value, place))

    def embed(
        self, inner: Document, moved: Callable[[Place], Place], *, newlines: int = 2, level: int = 0
    ) -> None:
        """Append a document that was made of a part; `moved` says where its places are in the whole, `level` is added to headings."""
        if not inner.text:
            return
        self.separate(newlines)
        by, first = self.length, len(self.blocks)
        self.write(inner.text)
        for block in inner.blocks:
            self.blocks.append(
                replace(
                    block,
                    span=_shift(block.span, by),
                    content=_shift(block.content, by),
                    parent=block.parent + first if block.parent >= 0 else -1,
                    level=min(6, block.level + level) if block.kind == "heading" else block.level,
                    place=moved(block.place),
                )
            )
        for table in inner.tables:
            cells = tuple(tuple(_shift(cell, by) for cell in row) for row in table.cells)
            self.tables.append(
                replace(table, block=table.block + first if table.block >= 0 else -1, cells=cells)
            )
        self.markers += [replace(marker, span=_shift(marker.span, by)) for marker in inner.markers]
        self.references += [
            replace(
                reference,
                span=_shift(reference.span, by),
                cited_at=tuple(at + by for at in reference.cited_at),
            )
            for reference in inner.references
        ]
        self.problems += [
            (_shift(span, by), code, reason) for span, code, reason in inner.problems if code != "R002"
        ]

    def document(self, source: Source, form: str) -> Document:
        """Return what was put together."""
        text = "".join(self._parts)
        if not text.strip():
            self.problems.append((Span(0, 0), "R002", "the file holds no words"))
        return Document(
            id=content_id("d", [form, text]),
            source=source,
            text=text,
            blocks=tuple(self.blocks),
            markers=tuple(self.markers),
            references=tuple(self.references),
            tables=tuple(self.tables),
            problems=tuple(self.problems),
        )


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
