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
from dataclasses import dataclass
from typing import NamedTuple

from regesta.model import Block, Document, Place, Source, Table, content_id
from regesta.reading import frontmatter
from regesta.reading.decoding import decode
from regesta.reading.grid import header_rows
from regesta.text.span import Span

__all__ = ["Field", "Record", "read", "scan", "sniff", "sniff_delimiter"]

_DELIMITERS = (",", ";", "\t", "|")
_FAVOUR = {",": 0.0, ";": 0.015, "\t": 0.015, "|": 0.005}  # a comma may be a decimal's, or stand in words
_SAMPLE = 65_536
_MAX_UNCLOSED = 10
_NOTE = re.compile(
    r"[#*†]|(?:source|sources|note|notes|compiled|data|retrieved|last updated)\b", re.IGNORECASE
)
_COMMENT = re.compile(r"[#%]")


class Field(NamedTuple):
    """One field as it stands in the file."""

    start: int
    """First code point of its words, after an opening quote."""
    end: int
    """After the last, before a closing quote."""
    is_quoted: bool

    def value(self, text: str) -> str:
        """Return its words, doubled quotes made single."""
        words = text[self.start : self.end]
        return words.replace('""', '"') if self.is_quoted else words


@dataclass(slots=True)
class Record:
    """One line of the table, which may run over several lines of the file."""

    start: int
    end: int
    """Without the line end."""
    line: int
    fields: list[Field]
    is_broken: bool = False
    """A quote in it is not closed, or words follow a closing quote."""


def scan(text: str, delimiter: str, start: int = 0) -> Iterator[Record]:
    r"""Yield the records of a text; a line with nothing on it is no record.

    >>> text = 'a,"b ""c"" d"\r\n1,2'
    >>> [[f.value(text) for f in r.fields] for r in scan(text, ",")]
    [['a', 'b "c" d'], ['1', '2']]
    """
    stop = re.compile("[\r\n" + re.escape(delimiter) + "]")
    position, line, unclosed, length = start, 1, 0, len(text)
    while position < length:
        first, first_line, fields, is_broken = position, line, [], False
        while True:
            field = None
            quote = position
            while quote < length and text[quote] == " " and delimiter != " ":
                quote += 1
            if unclosed < _MAX_UNCLOSED and text.startswith('"', quote):
                close = _closing_quote(text, quote + 1)
                after = close + 1
                while close >= 0 and after < length and text[after] == " ":
                    after += 1
                if close >= 0 and (after >= length or text[after] in "\r\n" or text[after] == delimiter):
                    field, end = Field(quote + 1, close, True), after
                else:
                    unclosed += close < 0
                    is_broken = delimiter != "\t"  # quotes are words to many who write tabs
            if field is None:
                found = stop.search(text, position)
                end = found.start() if found else length
                field = Field(position, end, False)
            elif "\n" in (words := text[field.start : field.end]) or "\r" in words:
                line += words.count("\n") + words.count("\r") - words.count("\r\n")
            fields.append(field)
            position = end
            if position < length and text[position] == delimiter:
                position += 1
                continue
            break
        last = position
        if position < length:
            position += 2 if text.startswith("\r\n", position) else 1
            line += 1
        if last > first:
            yield Record(first, last, first_line, fields, is_broken)


def _closing_quote(text: str, start: int) -> int:
    """Return where the next single quote mark stands, -1 for none."""
    while (found := text.find('"', start)) >= 0 and text.startswith('"', found + 1):
        start = found + 2
    return found


def sniff_delimiter(text: str, preferred: str | None = None) -> str:
    r"""Return the delimiter under which most lines have the same number of fields; `preferred` wins if it does at all.

    >>> sniff_delimiter("name;born\nIvanov, Vanya;1931\n")
    ';'
    """
    sample = text[:_SAMPLE].removeprefix("\ufeff")
    best, best_score = preferred or ",", 0.0
    for delimiter in _DELIMITERS:
        if delimiter not in sample:
            continue
        lengths = []
        for record in scan(sample, delimiter):
            lengths.append(0 if record.is_broken else len(record.fields))
            if len(lengths) >= 100:
                break
        width, n_lines = (
            Counter(n for n in lengths if n > 1).most_common(1)[0] if max(lengths) > 1 else (1, 0)
        )
        score = n_lines / len(lengths) * (1 + min(width, 10) / 100) + _FAVOUR[delimiter]
        score += 0.5 if delimiter == preferred else 0.0
        if n_lines and score > best_score:
            best, best_score = delimiter, score
    return best


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
    widths = {len(record.fields) for record in records}
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
    text, encoding = decode(data, source.name)
    problems: list[tuple[Span, str, str]] = []
    if encoding:
        problems.append((Span(0, 0), "R001", f"the bytes are no UTF-8; read as {encoding}"))
    is_tsv = source.format == "tsv" or source.name.lower().endswith((".tsv", ".tab"))
    delimiter = sniff_delimiter(text, "\t" if is_tsv else None)
    records = list(scan(text, delimiter, start=int(text.startswith("\ufeff"))))
    first, last = _body(text, records)
    blocks: list[Block] = []
    source = frontmatter.fill(source, frontmatter.stated(_line(text, r) for r in records[:first]))
    caption = _lay_out_lines(text, records[:first], blocks, is_head=True)
    tables: list[Table] = []
    if first < last:
        tables.append(_lay_out_table(text, records[first:last], blocks, problems, caption))
    _lay_out_lines(text, records[last:], blocks, is_head=False)
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
    widths = Counter(len(r.fields) for r in records)
    width = max(widths, key=lambda n: (widths[n] * (n > 1), n), default=1)

    def n_filled(record: Record) -> int:
        return sum(bool(text[f.start : f.end].strip()) for f in record.fields)

    def is_line(record: Record) -> bool:
        if _COMMENT.match(text, record.start):
            return True
        return width > 1 and len(record.fields) != width and n_filled(record) <= 1

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
        or (
            width > 1
            and _NOTE.match(text, records[last - 1].start)
            and len(records[last - 1].fields) != width
        )
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
        blocks.append(
            Block(
                kind="caption" if is_title else "paragraph",
                span=Span(record.start, record.end),
                content=content,
                place=Place(line=record.line),
            )
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
    width = max(len(record.fields) for record in records)
    usual = Counter(len(record.fields) for record in records).most_common(1)[0][0]
    words: list[tuple[str, ...]] = []
    spans: list[tuple[Span, ...]] = []
    for record in records:
        row_words, row_spans = [], []
        for field in record.fields:
            span = Span(field.start, field.end).strip(text)
            row_spans.append(span)
            row_words.append(Field(span.start, span.end, field.is_quoted).value(text))
        missing = width - len(row_words)
        nothing = Span(record.end, record.end)
        words.append((*row_words, *[""] * missing))
        spans.append((*row_spans, *[nothing] * missing))
        if len(record.fields) != usual:
            reason = f"the row has {len(record.fields)} cells where most have {usual}"
            problems.append((Span(record.start, record.end), "R004", reason))
        if record.is_broken:
            problems.append(
                (
                    Span(record.start, record.end),
                    "R003",
                    "a quote mark is not where CSV has it; read as a word",
                )
            )
    n_header_rows = header_rows(words)
    blocks.append(
        Block(
            kind="table",
            span=whole,
            content=Span(whole.start, whole.start),
            place=Place(line=records[0].line),
        )
    )
    for r, record in enumerate(records):
        place = Place(line=record.line)
        row = len(blocks)
        span = Span(record.start, record.end)
        blocks.append(
            Block(
                kind="row", span=span, content=Span(span.start, span.start), parent=index, row=r, place=place
            )
        )
        for c, field in enumerate(record.fields):
            quote = int(field.is_quoted)
            blocks.append(
                Block(
                    kind="cell",
                    span=Span(field.start - quote, field.end + quote),
                    content=spans[r][c],
                    parent=row,
                    row=r,
                    column=c,
                    is_header=r < n_header_rows,
                    place=place,
                )
            )
    return Table(
        block=index, rows=tuple(words), n_header_rows=n_header_rows, cells=tuple(spans), caption=caption
    )
