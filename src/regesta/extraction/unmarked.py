"""A document without its marks of emphasis and the addresses of its links, and the way back to the one with them.

    as read    * **Arnold Kask** and his brother **Evald** came on the [*Juhan*](ships/juhan.md)
    as told    * Arnold Kask and his brother Evald came on the Juhan

In Markdown the text of a document is the file, so marks stand between words that belong together. Rules read the text as
it is told; every span they find is led back, so that a quote is cut from the file. A span that begins with a word begins
behind the mark before it, and ends before the mark after it. Words are never changed and nothing is put in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import accumulate, chain, islice, pairwise

from regesta.model import Document, Table
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["Unmarked", "unmarked"]

_STRONG = lazy(
    r"(?<![\w\\*])(\*{2,3})(?=[^\s*])(?:[^*\n]|\*(?!\*)|\n(?!\s*\n)){1,600}?(?<=[^\s\\*])(\1)(?![\w*])"
)
_STRESSED = lazy(r"(?<![\w\\*])(\*)(?=[^\s*])(?:[^*\n]|\n(?!\s*\n)){1,600}?(?<=[^\s*\\])(\*)(?![\w*])")
_UNDERLINED = lazy(
    r"(?<![\w\\_])(_{1,3})(?=[^\s_])(?:[^_\n]|(?<=\w)_(?=\w)|\n(?!\s*\n)){1,600}?(?<=[^\s_\\])(\1)(?![\w_])"
)
_LINK = lazy(
    r"(?<![!\\])(\[)(?![\^\d])[^\[\]\n]{1,300}"
    r"(\](?:\((?:[^()\s]|\([^()\s]{0,200}\)){0,600}(?:\s\"[^\"\n]{0,200}\")?\)|\[(?!\^)[^\[\]\n]{0,100}\](?![(\[])))"
)
_TAG = lazy(r"(</?(?:b|i|u|em|strong|sup|sub|span|small|mark|abbr|cite)(?:\s[^<>]{0,200})?>)", re.IGNORECASE)
_ESCAPE = lazy(r"(\\)[*_.\[\]()#+!~>-]")
_SIGNS = re.compile(r"\*|_|\]\(|\]\[|</?[a-zA-Z]|\\")
"""Without one of these there is nothing to take out."""
_RANGE = lazy(r"[*_]{1,3}[^\W\d_][^*\n]{0,80}\d[*_]{1,3}\s?[–-]\s?\d")
"""What would run into one number without its marks: "**Tunnel 9** – 14 September"."""
_VERBATIM = frozenset(("preformatted", "furniture"))


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A document as it is told, and where its words stand in the one as read."""

    document: Document
    """Without marks."""
    read: Document
    """With them."""
    base: int = 0
    """Where the text as read begins in the whole document, of which it may be a window."""
    emphasised: frozenset[Span] = frozenset()
    """What stood between marks, in the text as told."""
    places: tuple[int, ...] = ()
    """Where something was taken out, in the text as told, ascending."""
    lengths: tuple[int, ...] = ()
    """How much was taken out up to and with each."""

    def within(self, span: tuple[int, int]) -> Span:
        """Return where the words at `span` stand in the text as read."""
        if not self.places:
            return span if isinstance(span, Span) else Span(*span)
        start = self._back(span[0])
        return Span(start, self._back(span[1] - 1) + 1 if span[1] > span[0] else start)

    def back(self, span: tuple[int, int]) -> Span:
        """Return where the words at `span` stand in the whole document."""
        within = self.within(span)
        return within.shift(self.base) if self.base else within

    def quote(self, span: tuple[int, int]) -> str:
        """Return the words at `span` as read, marks between them included."""
        return self.within(span).of(self.read.text)

    def _back(self, at: int) -> int:
        index = bisect_right(self.places, at)
        return at + self.lengths[index - 1] if index else at


def unmarked(document: Document, base: int = 0) -> Unmarked:
    """Return the document as it is told; one that is not Markdown, or has no marks, is its own.

    >>> from regesta.model import Source
    >>> from regesta.reading import read_bytes
    >>> told = unmarked(read_bytes(b"The *Juhan* left on **5 May**.", Source(name="a.md")))
    >>> told.document.text, told.within((10, 12)), told.quote((4, 23))
    ('The Juhan left on 5 May.', Span(start=12, end=14), 'Juhan* left on **5 May')
    """
    if document.source.format != "markdown" or not _SIGNS.search(document.text):
        return Unmarked(document, document, base)
    cuts, stressed = _marks(document)
    if not cuts:
        return Unmarked(document, document, base)
    starts = [cut.start for cut in cuts]
    lengths = [0, *accumulate(cut.end - cut.start for cut in cuts)]

    def at(offset: int) -> int:
        index = bisect_right(starts, offset) - 1
        return (
            offset - lengths[index] - min(offset - starts[index], lengths[index + 1] - lengths[index])
            if index >= 0
            else offset
        )

    def told(span: Span) -> Span:
        return Span(at(span.start), at(span.end))

    kept = pairwise([0, *chain.from_iterable(cuts), len(document.text)])
    text = "".join(document.text[start:end] for start, end in islice(kept, 0, None, 2))
    return Unmarked(
        replace(
            document,
            text=text,
            blocks=tuple(replace(b, span=told(b.span), content=told(b.content)) for b in document.blocks),
            tables=tuple(_table(table, text, told) for table in document.tables),
            markers=tuple(replace(mark, span=told(mark.span)) for mark in document.markers),
        ),
        document,
        base,
        frozenset(map(told, stressed)),
        tuple(map(at, starts)),
        tuple(lengths[1:]),
    )


def _table(table: Table, text: str, told: Callable[[Span], Span]) -> Table:
    cells = tuple(tuple(map(told, row)) for row in table.cells)
    rows = tuple(tuple(cell.of(text).replace("\\|", "|") for cell in row) for row in cells)
    return replace(table, cells=cells, rows=rows)


def _marks(document: Document) -> tuple[list[Span], list[Span]]:
    """Return the marks that go, in order and apart, and the words that stood between those of emphasis."""
    text = document.text
    found: set[Span] = set()
    stressed: list[Span] = []
    for pattern in (_STRONG, _STRESSED, _UNDERLINED, _LINK, _TAG, _ESCAPE):
        for match in pattern.finditer(text):
            if _RANGE.match(text, match.start()):
                continue
            found.update(Span(*match.span(group)) for group in range(1, (pattern.groups or 0) + 1))
            if pattern in (_STRONG, _STRESSED, _UNDERLINED):
                stressed.append(Span(match.end(1), match.start(2)))
    verbatim = bytearray(len(text))
    for block in document.blocks:
        if block.kind in _VERBATIM:
            verbatim[block.span.start : block.span.end] = b"\x01" * (block.span.end - block.span.start)
    cuts: list[Span] = []
    for cut in sorted(found):
        if (not cuts or cut.start >= cuts[-1].end) and not any(verbatim[cut.start : cut.end]):
            cuts.append(cut)
    return cuts, stressed
