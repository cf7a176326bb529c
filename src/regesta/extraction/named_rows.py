"""Rows of full names, in which those that no list knows are people as the others are.

    Robel Ghide, Yosief Mebra, Filmon Seme and Abel Ogbe are stranded
    [known---]   [.........]   [.........]     [known--]              -> four people

Most of the row must show by themselves that they name people, and each must have two words at least: rows of towns and of
newspapers have a Verona and a Lancet among them too.
"""

from __future__ import annotations

from collections.abc import Iterator

from regesta.extraction.chunk import Chunk
from regesta.extraction.persons import is_person
from regesta.extraction.scene import Scene

__all__ = ["named_in_rows"]

_BETWEEN = frozenset((", ", " and ", ", and ", " & ", "; "))
_ROW = 3
"""Names that make a row."""
_LONGEST = 4
"""Words of the longest name in one."""


def named_in_rows(scene: Scene) -> frozenset[str]:
    """Return the texts of chunks that stand in rows of people's names."""
    found: set[str] = set()
    for passage in scene.passages:
        if passage.kind == "heading":
            continue
        for row in _rows(scene, scene.chunks[passage.index]):
            sure = [c for c in row if is_person(scene.text, scene.tokens, c, scene.lexicon, is_head=False)]
            if len(sure) * 2 >= len(row):
                found |= {c.text for c in row}
    return frozenset(found)


def _rows(scene: Scene, chunks: list[Chunk]) -> Iterator[list[Chunk]]:
    """Yield the longest rows of full names."""
    row: list[Chunk] = []
    for chunk in chunks:
        if row and scene.text[row[-1].span.end : chunk.span.start] not in _BETWEEN:
            if len(row) >= _ROW:
                yield row
            row = []
        if chunk.kind == "name" and 1 <= chunk.last - chunk.first < _LONGEST and not chunk.is_possessive:
            row.append(chunk)
        else:
            row = []
    if len(row) >= _ROW:
        yield row
