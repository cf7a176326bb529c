"""Where the cells of a delimited text stand: its delimiter, its lines, and the words of each field.

Quotes as in RFC 4180: doubled within a quoted cell, which may hold line ends and delimiters. What a line is, row, heading or note,
is decided in `__init__`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Field", "Record", "scan", "sniff_delimiter"]

_DELIMITERS = (",", ";", "\t", "|")
_FAVOUR = {",": 0.0, ";": 0.015, "\t": 0.015, "|": 0.005}  # a comma may be a decimal's, or stand in words
_SAMPLE = 65_536
_MAX_UNCLOSED = 10
_MAX_LINES = 10_000  # of one cell
_MAX_LINES_TABS = 100


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

    text: str
    """The whole text."""
    delimiter: str
    start: int
    end: int
    """Without the line end."""
    line: int
    n_fields: int
    edges: list[int] | None = None
    """Start and end of each field, where a quote mark stands in the record; else they lie between the delimiters."""
    is_broken: bool = False
    """A quote in it is not closed, or words follow a closing quote."""

    @property
    def fields(self) -> list[Field]:
        """Its fields in order."""
        if self.edges is not None:
            edges = iter(self.edges)
            return [
                Field(start, end, self.text[start - 1 : start] == '"')
                for start, end in zip(edges, edges, strict=True)
            ]
        found, at = [], self.start
        for words in self.text[self.start : self.end].split(self.delimiter):
            found.append(Field(at, at + len(words), False))
            at += len(words) + 1
        return found


def scan(text: str, delimiter: str, start: int = 0) -> Iterator[Record]:
    r"""Yield the records of a text; a line with nothing on it is no record.

    >>> text = 'a,"b ""c"" d"\r\n1,2'
    >>> [[f.value(text) for f in r.fields] for r in scan(text, ",")]
    [['a', 'b "c" d'], ['1', '2']]
    """
    position, line, unclosed, length = start, 1, 0, len(text)
    line_end = _line_ends(text)
    quote = text.find('"', position)
    while position < length:
        first, first_line = position, line
        end = line_end(position)
        if 0 <= quote < position:
            quote = text.find('"', position)
        if 0 <= quote < end:
            edges: list[int] = []
            is_broken = False
            while True:
                is_quoted = False
                at = position
                if text.startswith((" ", '"'), at):
                    while at < length and text[at] == " " and delimiter != " ":
                        at += 1
                    if unclosed < _MAX_UNCLOSED and text.startswith('"', at):
                        close = _closing_quote(text, at + 1)
                        after = close + 1
                        while close >= 0 and after < length and text[after] == " ":
                            after += 1
                        is_closed = close >= 0 and (after >= length or text[after] in ("\r", "\n", delimiter))
                        if is_closed and (close < end or _is_one_cell(text, at, close, delimiter)):
                            edges += (at + 1, close)
                            is_quoted = True
                            if close >= end:
                                words = text[at + 1 : close]
                                line += words.count("\n") + words.count("\r") - words.count("\r\n")
                                end = line_end(after)
                            position = after
                        else:
                            unclosed += close < 0
                            is_broken = delimiter != "\t"  # quotes are words to many who write tabs
                if not is_quoted:
                    found = text.find(delimiter, position, end)
                    if found < 0:
                        found = end
                    edges += (position, found)
                    position = found
                if position < length and text[position] == delimiter:
                    position += 1
                    continue
                break
            if end > first:
                yield Record(text, delimiter, first, end, first_line, len(edges) // 2, edges, is_broken)
        elif end > first:
            yield Record(text, delimiter, first, end, first_line, text.count(delimiter, first, end) + 1)
        position = end
        if position < length:
            position += 2 if text.startswith("\r\n", position) else 1
            line += 1


def _line_ends(text: str) -> Callable[[int], int]:
    """Return what tells where the line that holds a position ends."""
    length = len(text)
    if "\r" not in text:

        def by_feed(position: int) -> int:
            end = text.find("\n", position)
            return length if end < 0 else end

        return by_feed
    search = re.compile(r"[\r\n]").search

    def by_either(position: int) -> int:
        found = search(text, position)
        return found.start() if found else length

    return by_either


def _is_one_cell(text: str, start: int, end: int, delimiter: str) -> bool:
    """Return whether quotes may enclose one cell of several lines, and no table between two lone quote marks."""
    n_lines = text.count("\n", start, end) or text.count("\r", start, end)
    return n_lines <= (_MAX_LINES_TABS if delimiter == "\t" else _MAX_LINES)


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
            lengths.append(0 if record.is_broken else record.n_fields)
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
