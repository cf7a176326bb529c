"""Several tables walked side by side, source by source, without holding any of them.

    claims = Merged(chronicle.stream("select source, ... from claims order by source"))
    for source in sources: for row in claims.of(source): ...

Keys are asked for in the order in which the rows have them; a row whose key nobody asks for stops the walk, and `head` tells it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["Merged"]


class Merged:
    """Rows whose first column ascends, given out key by key."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self.rows = rows
        self.head = next(rows, None)

    def of(self, key: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a key; keys have to be asked for in their order."""
        while self.head is not None and self.head[0] == key:
            yield self.head
            self.head = next(self.rows, None)
