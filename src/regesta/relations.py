"""What may be asked of many rows of integers at once by who has more than one machine: the same SQL, the same functions.

    ask           a query of plain SQL over tables of integers -> columns, piece by piece
    components    edges of a graph -> which of its nodes hang together
    spread        rows, and a function of those that belong together -> what the function gives for all

Rooms that have such work say it in these words, and do it themselves where nobody offers more (`None`) or the rows are few. Integers
alone: their sums are the same in whatever order they are made. Nothing here computes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["Relations"]


class Relations(Protocol):
    """Who answers."""

    @property
    def least(self) -> int:
        """Rows below which asking costs more than it saves."""

    def ask(self, query: str, tables: Mapping[str, Mapping[str, Array]]) -> Iterator[dict[str, Array]]:
        """Yield the columns of a query, some rows at a time, in no order; at least once, if only to say what they are called.

        `tables` are its tables, by name, each of columns of 64 bits.
        """

    def components(self, left: Array, right: Array, size: int) -> Array:
        """Return for each of the nodes 0 to `size` a number that those it is connected with have too, and nobody else."""

    def spread(self, rows: Array, of: Array, work: Callable[[Array], Array], width: int) -> Array:
        """Return what `work` gives, `width` columns wide, in no order.

        `work` is called with as many rows at a time as one likes, but never with some alone of those that `of` gives one number.
        """
