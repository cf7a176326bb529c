"""The rows of one source as the lines of JSON that the database takes in: made once, kept, and only copied after that.

    Document, Extraction ──lines_of──► table -> Lines      as `flatten` would give them, the text left out
                                  Flat ──rows──► the same, with the text; of a copy its passages alone

Of a copy, a source that holds the same document as one before it, only what stands in it is told again; its passages stand behind
those of the first. Nothing here is judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from regesta.chronicle.rows import EvidenceRow, TextRow

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["PIECE", "Flat", "Lines", "Stays", "lines_of"]

PIECE: Final = 1 << 18
"""Code points of one row of a text."""
_OF_COPIES: Final = frozenset(
    ("sources", "blocks", "runs", "citation_marks", "rejections", "mentions", "claim_evidence", "coverage")
)
"""Tables that have rows of a copy."""


@dataclass(frozen=True, slots=True)
class Lines:
    r"""Rows of a table as JSON lines, and how many.

    >>> len(Lines(1, b'{"key":"a"}\n'))
    1
    """

    n: int
    data: bytes

    def __len__(self) -> int:
        return self.n


@dataclass(frozen=True, slots=True)
class Stays:
    """A source whose rows are those of the chronicle that is replaced."""

    source: str
    document: str


@dataclass(frozen=True, slots=True)
class Flat:
    """A source whose rows were made before."""

    source: str
    document: str
    """`Document.id`: the same for copies."""
    text: str
    lines: Mapping[str, Lines]
    """By table."""

    def rows(self, n_copies: int) -> Iterator[Mapping[str, list[Any] | Lines]]:
        """Yield the rows; `n_copies` is the number of sources before this one that hold the same document."""
        yield {"texts": text_rows(self.source, self.text)}
        if not n_copies:
            yield self.lines
            return
        yield {
            table: _behind(lines, n_copies) if table == "claim_evidence" else lines
            for table, lines in self.lines.items()
            if table in _OF_COPIES
        }


def text_rows(source: str, text: str) -> list[TextRow]:
    """Return the rows of a text, in pieces."""
    return [
        TextRow(source, start, text[start : start + PIECE]) for start in range(0, max(1, len(text)), PIECE)
    ]


def lines_of(batches: Iterable[Mapping[str, list[Any]]]) -> dict[str, Lines]:
    """Return rows as lines, without those of the text."""
    import msgspec

    encoder = msgspec.json.Encoder()
    numbers: dict[str, int] = {}
    pieces: dict[str, list[bytes]] = {}
    for batch in batches:
        for table, rows in batch.items():
            if rows and table != "texts":
                numbers[table] = numbers.get(table, 0) + len(rows)
                pieces.setdefault(table, []).append(encoder.encode_lines(rows))
    return {table: Lines(n, b"".join(pieces[table])) for table, n in numbers.items()}


def _behind(lines: Lines, n_copies: int) -> list[EvidenceRow]:
    """Return the passages of claims, each behind those that so many copies have; those of one claim stand together, from 0."""
    import msgspec

    rows = msgspec.json.Decoder(EvidenceRow).decode_lines(lines.data)
    found: list[EvidenceRow] = []
    begin = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or rows[end].position == 0:
            own = end - begin
            found += (replace(row, position=row.position + n_copies * own) for row in rows[begin:end])
            begin = end
    return found
