"""One document of a chronicle with all that stands in it, as an edition reads it: document by document, in one walk.

    sources, texts, blocks, mentions, claim_evidence, citations, findings ...   each in order of source
        └──► Leaf, Leaf, Leaf ...                                              one in memory at a time

Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from regesta.chronicle.rows import (
    BlockRow,
    CitationMarkRow,
    CitationRow,
    EvidenceRow,
    FindingMemberRow,
    Identifier,
    MentionRow,
    ObservationRow,
    SourceRow,
)

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["Leaf", "leaves"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A document."""

    source: SourceRow
    text: str
    blocks: list[BlockRow]
    mentions: list[MentionRow]
    evidence: list[EvidenceRow]
    citations: list[CitationRow]
    marks: list[CitationMarkRow]
    observations: list[ObservationRow]
    members: list[FindingMemberRow]


_QUERIES: Final = {
    "texts": "select source, text from texts order by source, start_char",
    "blocks": "select * from blocks order by source, position",
    "mentions": "select source, referent, entity, source, start_char, end_char, quote, form from mentions "
    "order by source, start_char, end_char, entity, form, referent",
    "evidence": "select source, claim, position, source, start_char, end_char, quote from claim_evidence "
    "order by source, start_char, end_char, claim, position",
    "citations": "select source, * from citations order by source, start_char, end_char, id",
    "marks": "select source, * from citation_marks order by source, start_char, end_char, label",
    "observations": "select source, * from observations order by source, position, series, claim, period, role",
    "members": "select source, * from finding_members order by source, finding, position",
}


class _Walk:
    """Rows whose first column ascends, given out source by source."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._rows = rows
        self._head = next(rows, None)

    def of(self, source: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a source; those of sources that nobody asked for are passed over."""
        while self._head is not None and self._head[0] < source:
            self._head = next(self._rows, None)
        while self._head is not None and self._head[0] == source:
            yield self._head
            self._head = next(self._rows, None)


def leaves(chronicle: Chronicle) -> Iterator[Leaf]:
    """Yield every document, by name."""
    walks = {name: _Walk(chronicle.stream(query)) for name, query in _QUERIES.items()}
    sources = chronicle.sql("select name from sources order by name").rows  # in the order of the store
    rows = {row.name: row for row in chronicle.sources()}
    for (name,) in sources:
        yield Leaf(
            rows[name],
            "".join(text for _, text in walks["texts"].of(name)),
            [BlockRow(*row) for row in walks["blocks"].of(name)],
            [MentionRow(*row[1:]) for row in walks["mentions"].of(name)],
            [EvidenceRow(*row[1:]) for row in walks["evidence"].of(name)],
            [_citation(row[1:]) for row in walks["citations"].of(name)],
            [CitationMarkRow(*row[1:]) for row in walks["marks"].of(name)],
            [ObservationRow(*row[1:]) for row in walks["observations"].of(name)],
            [FindingMemberRow(*row[1:]) for row in walks["members"].of(name)],
        )


def _citation(values: tuple[Any, ...]) -> CitationRow:
    row = list(values)
    row[5] = tuple(row[5] or ())
    row[10] = tuple(Identifier(**one) for one in row[10] or ())
    return CitationRow(*row)
