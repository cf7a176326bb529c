"""The texts of a build compared by a process of its own, and the rows of what they share where the build can read them.

    build ── texts, an empty file ──► Comparing ── rows as they are written, in that file ──► `Compared.rows` ── the build

What a comparison holds is most of a large build's memory and an eighth of its work: that process needs nothing else, and ends with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from regesta.chronicle import Lines, relate
from regesta.kinship.texts import Texts
from regesta.pieces import Pieces
from regesta.undisturbed import undisturbed

__all__ = ["Compared", "Comparing"]


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of a comparison, the rows apart."""

    n_crowded: int
    tables: tuple[tuple[str, int], ...]
    """Of each piece that was put aside: the table, and how many rows it has."""
    ends: tuple[int, ...]
    """`Pieces.flushed`."""

    def rows(self, pieces: Pieces) -> Iterator[Mapping[str, Lines]]:
        """Yield the rows, which stand in the pieces that the comparison was given."""
        pieces.added(self.ends)
        for number, (table, n) in enumerate(self.tables):
            yield {table: Lines(n, pieces[number])}


@dataclass(frozen=True, slots=True)
class Comparing:
    """A comparison that may be sent to another process."""

    texts: Texts
    pieces: Pieces
    """Where rows are put."""
    before: Callable[[], memoryview | None] | None = None
    """What gives what was kept of the survey before."""
    keep: Callable[[Iterable[bytes | memoryview]], None] | None = None
    """See `Texts.kinship`."""

    def __call__(self) -> Compared:
        """Compare the texts, put the rows aside."""
        import msgspec

        encoder = msgspec.json.Encoder()
        tables = []
        with undisturbed():
            kinship = self.texts.kinship(None, self.before and self.before(), self.keep)
            for batch in relate(kinship.family_of, kinship.shared, kinship.origins):
                for table, rows in batch.items():
                    self.pieces.add(encoder.encode_lines(rows))
                    tables.append((table, len(rows)))
        return Compared(kinship.n_crowded, tuple(tables), tuple(self.pieces.flushed()))
