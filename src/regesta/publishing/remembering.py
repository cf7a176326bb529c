"""A shelf that remembers its last answers: a page in a second language, and the next part of a list, ask the same again.

Nothing but what was answered lately is kept, and no long answer. A shelf never changes, so no answer is ever stale.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regesta.shelf import Row, Shelf

__all__ = ["Remembering"]

_ANSWERS = 600
_LONGEST = 400
"""Rows of an answer that is kept."""


class Remembering(Shelf):
    """A shelf for one thread."""

    _known: dict[tuple[str, tuple[Any, ...]], list[Row]]

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Return every row that a query gives, from memory where it was put lately."""
        return list(self._answer(sql, parameters))

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """Return the first row, None where there is none."""
        key = (f"first {sql}", tuple(parameters))
        known = self._answers()
        if key not in known:
            found = super().row(sql, parameters)
            self._keep(key, [] if found is None else [found])
        kept = known[key]
        return kept[0] if kept else None

    def _answer(self, sql: str, parameters: Sequence[Any]) -> list[Row]:
        key = (sql, tuple(parameters))
        known = self._answers()
        if key in known:
            return known[key]
        found = super().rows(sql, parameters)
        if len(found) <= _LONGEST:
            self._keep(key, found)
        return found

    def _answers(self) -> dict[tuple[str, tuple[Any, ...]], list[Row]]:
        known: dict[tuple[str, tuple[Any, ...]], list[Row]] | None = self.__dict__.get("_known")
        if known is None:  # the shelf itself asks while it is being opened
            known = self._known = {}
        return known

    def _keep(self, key: tuple[str, tuple[Any, ...]], found: list[Row]) -> None:
        known = self._answers()
        while len(known) >= _ANSWERS:
            known.pop(next(iter(known)))
        known[key] = found
