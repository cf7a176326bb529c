"""Plain text as scraped pages really look, its structure guessed from how it stands on the page.

    lines ──► units ──► senses (heading? entry? footnote? furniture?) ──► blocks ──► references, marks

The text is the file, decoded; every visible line lies in some block. The senses are decided in passes, from the surest
signs (a rule of `=` below a line, a run of numbered citations) to the vaguest (a short line that stands alone), and a
later pass never overrules an earlier one. A wrong guess moves words between kinds of blocks and never loses them.
"""

from __future__ import annotations

import re

from regesta.model import Block, Document, Reference, Source, Table, content_id
from regesta.model.document import BlockKind
from regesta.reading.citing import footnotes
from regesta.reading.citing.labels import label_of
from regesta.reading.citing.references import parse_reference
from regesta.reading.decoding import decode
from regesta.reading.laying.making import form_place, make_block
from regesta.reading.plain.flattened import gather
from regesta.reading.plain.nesting import depths
from regesta.reading.plain.sense import Sense
from regesta.reading.plain.senses import make_sense
from regesta.reading.plain.units import Unit, units
from regesta.text.span import Span

__all__ = ["read", "sniff"]

NO_BODY = frozenset({"footnote", "bibliography", "furniture"})
"""Kinds of blocks in which no mark is a citation."""


def sniff(data: bytes) -> bool:
    """Return whether the bytes are text at all."""
    return b"\0" not in data


def read(data: bytes, source: Source) -> Document:
    r"""Return the document of a plain text.

    >>> document = read("Annals\n\n1953\n • Kim fled.[1]\n".encode(), Source(name="annals.txt"))
    >>> [(block.kind, block.content.of(document.text)) for block in document.blocks]
    [('heading', 'Annals'), ('heading', '1953'), ('list_item', 'Kim fled.[1]')]
    """
    text, encoding = decode(data, source.name, source.encoding, source.language)
    problems: list[tuple[Span, str, str]] = []
    if encoding is not None:
        problems.append((Span(0, 0), "R001", f"the file is not UTF-8; it was read as {encoding}"))
    pieces = gather(text, units(text))
    if not pieces:
        problems.append((Span(0, 0), "R002", "the file holds no words"))
    if _looks_like_wikitext(text):
        reason = "the file looks like wikitext; name it .wikitext, or set its format, to have it read as such"
        problems.append((Span(0, 0), "R006", reason))
    blocks, tables, entries = _build(text, pieces, make_sense(text, pieces))
    references = _references(text, blocks, entries, source.name)
    body = [
        block.content for block in blocks if block.kind not in NO_BODY and block.kind not in ("table", "row")
    ]
    marks, linked = footnotes.link(footnotes.find(text, body, references), references)
    return Document(
        id=content_id("d", ["text", text]),
        source=source,
        text=text,
        blocks=tuple(blocks),
        markers=marks,
        references=linked,
        tables=tuple(tables),
        problems=tuple(problems),
    )


_WIKI_HEADING = re.compile(r"^={2,6}[^=\n]{1,200}={2,6}[ \t]{0,9}$", re.MULTILINE)
_WIKI_LINK = re.compile(r"\[\[[^\[\]\n]{1,200}\]\]|\{\{[^{}\n]{1,200}[|}]")


def _looks_like_wikitext(text: str) -> bool:
    r"""Return whether the head of a text has headings and links as MediaWiki writes them.

    >>> _looks_like_wikitext("== 1968 ==\n* [[Kim]] fled"), _looks_like_wikitext("== 1968 ==\n* Kim fled")
    (True, False)
    """
    if "==" not in text[:65_536]:
        return False
    head = text[:65_536]
    return bool(_WIKI_HEADING.search(head) and _WIKI_LINK.search(head))


def _build(
    text: str, pieces: list[Unit], senses: list[Sense]
) -> tuple[list[Block], list[Table], list[tuple[int, Sense]]]:
    """Return the blocks, the tables, and which blocks are entries of reference lists."""
    blocks: list[Block] = []
    tables: list[Table] = []
    entries: list[tuple[int, Sense]] = []
    index_of: list[int] = []
    nested = depths(pieces, senses)
    for unit, sense, (depth, parent), end in zip(pieces, senses, nested, _ends(pieces, nested), strict=True):
        above = index_of[parent] if parent >= 0 else -1
        place = form_place(unit.number)
        index_of.append(len(blocks))
        if unit.grid is not None and sense.kind == "table":
            tables.append(_add_table(text, blocks, unit, above))
            continue
        kind: BlockKind = sense.kind
        if above >= 0 and kind == "list_item" and blocks[above].kind in NO_BODY:
            kind = blocks[above].kind
        if kind in ("footnote", "bibliography"):
            entries.append((len(blocks), sense))
        if sense.split is not None:
            value = Span(sense.split[1], unit.content.end)
            whole = Span(unit.content.start, value.start).strip(text)
            label = Span(unit.content.start, sense.split[0]).strip(text)
            blocks.append(make_block("term", whole, label, place, above))
            blocks.append(make_block("definition", value, value, place, above))
            continue
        span = unit.span if end == unit.span.end else Span(unit.span.start, end)
        level = sense.level if kind == "heading" else depth
        blocks.append(make_block(kind, span, sense.content or unit.content, place, above, level, unit.marker))
    return blocks, tables, entries


def _ends(pieces: list[Unit], nested: list[tuple[int, int]]) -> list[int]:
    """Return the end of each unit's span with all its children."""
    ends = [unit.span.end for unit in pieces]
    for number in range(len(pieces) - 1, -1, -1):
        parent = nested[number][1]
        if parent >= 0:
            ends[parent] = max(ends[parent], ends[number])
    return ends


def _add_table(text: str, blocks: list[Block], unit: Unit, above: int) -> Table:
    assert unit.grid is not None
    table = len(blocks)
    blocks.append(make_block("table", unit.span, unit.span, form_place(unit.number), above))
    for row, (cells, line) in enumerate(zip(unit.grid.rows, unit.grid.row_lines, strict=True)):
        place = form_place(line.number)
        here = len(blocks)
        blocks.append(make_block("row", line.span, line.span, place, table, row=row))
        is_header = row < unit.grid.n_header_rows
        for column, cell in enumerate(cells):
            made = make_block("cell", cell, cell, place, here, row=row, column=column, is_header=is_header)
            blocks.append(made)
    return Table(
        block=table,
        rows=tuple(tuple(cell.of(text) for cell in row) for row in unit.grid.rows),
        n_header_rows=unit.grid.n_header_rows,
        cells=tuple(tuple(row) for row in unit.grid.rows),
    )


def _references(
    text: str, blocks: list[Block], entries: list[tuple[int, Sense]], source_name: str
) -> list[Reference]:
    found: list[Reference] = []
    for ordinal, (index, sense) in enumerate(entries, 1):
        block = blocks[index]
        if block.kind == "footnote":
            label = label_of(block.marker) or str(ordinal)
            found.append(
                parse_reference(
                    text, block.content, kind="footnote", marker=f"[{label}]", source_name=source_name
                )
            )
        else:
            found.append(
                parse_reference(
                    text,
                    block.content,
                    kind="link" if sense.is_link else "bibliography",
                    source_name=source_name,
                )
            )
    return found
