r"""CSV and TSV files: the text is the file, every cell knows its words.

    # source: https://stat.example         paragraph
    Name;Born;"Place; country"\r\n         row 0, header      content of a quoted cell: inside the quotes
    "Ivan ""Vanya"" I.";1931;Sofia\r\n    row 1              Table.rows: Ivan "Vanya" I.
    Source: own count                      paragraph

Quotes as in RFC 4180: doubled within a quoted cell, which may hold line ends and delimiters. Rows of another length
than the rest stay, with a problem of code R004. What the columns mean is not decided here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from regesta.model import Block, Document, Source, Table, content_id
from regesta.reading import frontmatter
from regesta.reading.decoding import decode
from regesta.reading.laying.grid import header_rows
from regesta.reading.laying.making import form_place, make_block
from regesta.reading.table.scanning import Record, scan, sniff_delimiter
from regesta.text.span import Span

__all__ = ["read", "sniff"]

_MAX_SAID = 200_000  # different words kept at a time, so that each is one object
MAX_CELLS = 5_000_000
"""What a file may hold as cells: each takes about 350 bytes as a block."""
_SEPARATOR = re.compile(r"\ufeff?(?:sep=|\"sep=)([^\r\n\"])\"?[ \t]{0,9}(?=[\r\n])", re.IGNORECASE)
_span = tuple.__new__  # half the time of Span(start, end)
_NOTE = re.compile(
    r"[#*†]|(?:source|sources|note|notes|compiled|data|retrieved|last updated)\b", re.IGNORECASE
)
_COMMENT = re.compile(r"[#%]")


def sniff(data: bytes) -> bool:
    r"""Return whether the first bytes look like a table: every line with the same number of fields, three lines or more.

    >>> sniff(b"year,arrivals\n1997,56\n1998,71\n"), sniff(b"Kim, who fled, came.\nLee, too.\n")
    (True, False)
    """
    if b"\0" in data:
        return False
    text = data.decode("utf-8", "ignore")
    if len(data) >= 4096:
        text = text[: text.rfind("\n") + 1]
    delimiter = sniff_delimiter(text)
    records = list(scan(text.removeprefix("\ufeff"), delimiter))
    widths = {record.n_fields for record in records}
    if len(records) < 3 or len(widths) != 1 or widths.pop() < 2:
        return False
    words = [
        field.value(text.removeprefix("\ufeff")).strip() for record in records for field in record.fields
    ]
    return sum(map(len, words)) < 40 * len(words)


def read(data: bytes, source: Source) -> Document:
    r"""Return the document that a CSV or TSV file holds: one table, its cells, and the lines around it.

    >>> document = read(b"Year;Arrivals\n1997;56\n", Source(name="a.csv"))
    >>> document.tables[0].rows, document.tables[0].n_header_rows
    ((('Year', 'Arrivals'), ('1997', '56')), 1)
    """
    text, encoding = decode(data, source.name, source.encoding, source.language)
    problems: list[tuple[Span, str, str]] = []
    if encoding:
        problems.append((Span(0, 0), "R001", f"the bytes are no UTF-8; read as {encoding}"))
    is_tsv = source.format == "tsv" or source.name.lower().endswith((".tsv", ".tab"))
    blocks: list[Block] = []
    start = int(text.startswith("\ufeff"))
    stated = _SEPARATOR.match(text)
    if stated:
        delimiter = stated[1]
        blocks.append(
            make_block("furniture", Span(start, stated.end()), Span(start, stated.end()), form_place(1))
        )
        start = stated.end()
    else:
        delimiter = sniff_delimiter(text, "\t" if is_tsv else None)
    records, rest = _within_limits(scan(text, delimiter, start=start), len(text))
    first, last = _body(text, records)
    source = frontmatter.fill(source, frontmatter.stated(_line(text, r) for r in records[:first]))
    caption = _lay_out_lines(text, records[:first], blocks, is_head=True)
    tables: list[Table] = []
    if first < last:
        tables.append(_lay_out_table(text, records[first:last], blocks, problems, caption))
    _lay_out_lines(text, records[last:], blocks, is_head=False)
    if rest is not None:
        _lay_out_rest(text, rest, blocks, problems)
    if not records:
        problems.append((Span(0, 0), "R002", "the file holds no words"))
    return Document(
        id=content_id("d", ["tsv" if is_tsv else "csv", text]),
        source=source,
        text=text,
        blocks=tuple(blocks),
        tables=tuple(tables),
        problems=tuple(problems),
    )


def _within_limits(records: Iterator[Record], length: int) -> tuple[list[Record], Record | None]:
    """Return the records that may become cells, and the first of those that may not."""
    found: list[Record] = []
    n_cells = 0
    for record in records:
        n_cells += record.n_fields
        if n_cells > MAX_CELLS and length > MAX_CELLS:
            return found, record
        found.append(record)
    return found, None


def _lay_out_rest(
    text: str, first: Record, blocks: list[Block], problems: list[tuple[Span, str, str]]
) -> None:
    """Keep what lies beyond the limit, without making cells of it."""
    span = Span(first.start, len(text)).strip(text)
    blocks.append(make_block("furniture", span, span, form_place(first.line)))
    problems.append(
        (span, "R005", f"the rows after the first {MAX_CELLS:,} cells were not read; split the file")
    )


def _line(text: str, record: Record) -> str:
    """Return the words of a record that is one line of words, without quotes and trailing delimiters."""
    return _only_field(text, record).of(text)


def _only_field(text: str, record: Record) -> Span:
    """Return the span of the words of a line that is no row."""
    filled = [f for f in record.fields if text[f.start : f.end].strip()]
    if len(filled) == 1:
        return Span(filled[0].start, filled[0].end).strip(text)
    return Span(record.start, record.end).strip(text)


def _body(text: str, records: list[Record]) -> tuple[int, int]:
    """Return the first record of the table and the first of the lines after it."""
    widths = Counter(r.n_fields for r in records)
    width = max(widths, key=lambda n: (widths[n] * (n > 1), n), default=1)

    def n_filled(record: Record) -> int:
        return sum(bool(text[f.start : f.end].strip()) for f in record.fields)

    def is_line(record: Record) -> bool:
        if _COMMENT.match(text, record.start):
            return True
        return width > 1 and record.n_fields != width and n_filled(record) <= 1

    first = 0
    while first < len(records) and (
        is_line(records[first])
        or (
            width > 1
            and n_filled(records[first]) == 1
            and first + 1 < len(records)
            and n_filled(records[first + 1]) != 1
            and width > 2
        )
        or n_filled(records[first]) == 0
    ):
        first += 1
    last = len(records)
    while last > first and (
        (n_filled(records[last - 1]) <= 1 < width and _NOTE.match(_line(text, records[last - 1])))
        or is_line(records[last - 1])
        or (width > 1 and _NOTE.match(text, records[last - 1].start) and records[last - 1].n_fields != width)
    ):
        last -= 1
    return first, last


def _lay_out_lines(text: str, records: list[Record], blocks: list[Block], *, is_head: bool) -> str | None:
    """Add the lines around the table as blocks; return the words of the first that is a title."""
    caption = None
    for record in records:
        content = _only_field(text, record)
        if not content.of(text):
            continue
        is_title = is_head and caption is None and not _COMMENT.match(text, record.start)
        if is_title:
            caption = content.of(text)
        elif _COMMENT.match(content.of(text)):
            bare = content.of(text).lstrip("#% \t")
            content = Span(content.end - len(bare), content.end)
        span = Span(record.start, record.end)
        blocks.append(
            make_block("caption" if is_title else "paragraph", span, content, form_place(record.line))
        )
    return caption


def _lay_out_table(
    text: str,
    records: list[Record],
    blocks: list[Block],
    problems: list[tuple[Span, str, str]],
    caption: str | None,
) -> Table:
    index = len(blocks)
    whole = Span(records[0].start, records[-1].end)
    sizes = Counter(record.n_fields for record in records)
    usual = sizes.most_common(1)[0][0]
    width = min(max(sizes), max(usual, 2 * MAX_CELLS // len(records)))  # one long row makes no long table
    words: list[tuple[str, ...]] = []
    spans: list[tuple[Span, ...]] = []
    said: dict[str, str] = {}
    blocks.append(make_block("table", whole, Span(whole.start, whole.start), form_place(records[0].line)))
    for number, record in enumerate(records):
        row_words, row_spans = _lay_out_row(text, record, number, index, blocks, said)
        if record.n_fields != width:
            missing = width - record.n_fields
            row_words = row_words[:width] + [""] * missing
            row_spans = row_spans[:width] + [Span(record.end, record.end)] * missing
        words.append(tuple(row_words))
        spans.append(tuple(row_spans))
        _complain(record, usual, problems)
    n_header_rows = header_rows(words)
    _mark_headers(blocks, index, n_header_rows)
    return Table(
        block=index, rows=tuple(words), n_header_rows=n_header_rows, cells=tuple(spans), caption=caption
    )


def _lay_out_row(
    text: str, record: Record, number: int, table: int, blocks: list[Block], said: dict[str, str]
) -> tuple[list[str], list[Span]]:
    """Add a row and its cells, and return their words and where these stand; `said` holds each word once."""
    place = form_place(record.line)
    row = len(blocks)
    start, end = record.start, record.end
    blocks.append(make_block("row", Span(start, end), Span(start, start), place, table, row=number))
    row_words: list[str] = []
    row_spans: list[Span] = []
    if len(said) > _MAX_SAID:
        said.clear()
    if record.edges is None:
        at = start
        for column, whole in enumerate(text[start:end].split(record.delimiter)):
            span = content = _span(Span, (at, at + len(whole)))
            at += len(whole) + 1
            words = whole.strip()
            if len(words) != len(whole):
                content = span.strip(text)
            row_words.append(said.setdefault(words, words))
            row_spans.append(content)
            blocks.append(make_block("cell", span, content, place, row, 0, "", number, column))
        return row_words, row_spans
    edges = iter(record.edges)
    for column, (at, stop) in enumerate(zip(edges, edges, strict=True)):
        whole = text[at:stop]
        words = whole.strip()
        span = content = _span(Span, (at, stop))
        if len(words) != len(whole):
            content = span.strip(text)
        if text[at - 1 : at] == '"':
            span = _span(Span, (at - 1, stop + 1))
            words = words.replace('""', '"')
        row_words.append(said.setdefault(words, words))
        row_spans.append(content)
        blocks.append(make_block("cell", span, content, place, row, 0, "", number, column))
    return row_words, row_spans


def _mark_headers(blocks: list[Block], table: int, n_rows: int) -> None:
    """Make the cells of the first rows headings."""
    for n in range(table + 1, len(blocks)):
        block = blocks[n]
        if block.row >= n_rows:
            break
        if block.kind == "cell":
            blocks[n] = replace(block, is_header=True)


def _complain(record: Record, usual: int, problems: list[tuple[Span, str, str]]) -> None:
    """Say of a record what is not as in the others."""
    span = Span(record.start, record.end)
    if record.n_fields != usual:
        problems.append((span, "R004", f"the row has {record.n_fields} cells where most have {usual}"))
    if record.is_broken:
        problems.append((span, "R003", "a quote mark is not where CSV has it; read as a word"))
