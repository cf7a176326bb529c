"""What a home of the log can do, whichever it is: be read, be asked whether it has changed, be held while one looks and adds.

    home.read()                            what it holds
    with home.hold() as held: …            nobody else adds a line meanwhile: look, then add, and both are one

Types only.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from regesta.decisions.log import Log

__all__ = ["Held", "Home", "Lines", "Readable"]

Lines = Iterator[tuple[int, bytes | None]]
"""Number and words of each line that is not blank, None for one that is too long."""


class Readable(Protocol):
    """What can be read of a log."""

    def read(self) -> Log:
        """Return what it holds; raises `DecisionError` where it cannot be read at all."""
        ...

    def stamp(self) -> Hashable:
        """Return something that is another whenever other lines are there."""
        ...

    def lines(self) -> Lines:
        """Yield the lines as they are, their ends included where they have any."""
        ...


class Held(Readable, Protocol):
    """A log to which nobody else adds."""

    def add(self, lines: Iterable[bytes]) -> None:
        """Add lines, with their ends; they stand there when the block ends well, and not at all if it does not."""
        ...


class Home(Readable, Protocol):
    """Where a log is kept."""

    @property
    def where(self) -> str:
        """What it is called, for people: a path or an address."""
        ...

    def hold(self) -> AbstractContextManager[Held]:
        """Keep everybody else from adding until the block ends; raises `DecisionError` where nothing can be written."""
        ...
