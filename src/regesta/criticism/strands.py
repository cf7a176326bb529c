"""Checks shared out between two processes, each of which takes the next ones that nobody has taken.

    this process      F060 F061 | F033 |     F008 | ...        found here, or given back by the other
    the other one     F009 F013      | F030 |      F065      | ...

A strand is a few checks that ask for the same preparations; who takes one makes a file of its number, which only one can. What the other
process did not give back, for want of memory or because it died, is found here. A check is a pure function of the chronicle, so that
findings are the same whoever finds them. Nothing here starts a process, nor knows what a check means.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from regesta.chronicle import Lent, unseen
from regesta.criticism.planning import briefly_planned
from regesta.criticism.remembering import Kept, Memory
from regesta.criticism.view import View
from regesta.model import Finding

__all__ = ["Beside", "Elsewhere", "Given"]

_STRANDS: Final = (
    "F060 F061",
    "F009 F013",
    "F033",
    "F030",
    "F020 F021 F026 F027 F031",
    "F065",
    "F008",
    "F006",
    "F081 F082",
    "F035 F062 F071 F072 F084 F085",
    "F012",
    "F043 F044 F045",
    "F015 F016 F047 F048 F049 F050",
)
"""Checks that share what is dear to prepare, or are dear themselves, the dearest first; all others are a strand each."""

Look = Callable[[View, str], list[Finding]]
"""What finds what the check of a code finds."""


@dataclass(frozen=True, slots=True)
class Given:
    """What another process gives back."""

    found: Mapping[str, list[Finding]]
    """By the code of the check."""
    seconds: Mapping[str, float]
    kept: Kept | None
    """What is to be remembered of it."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The work of the other process."""

    lent: Lent
    unsaid: tuple[str, ...]
    """Claims that are out of sight."""
    look: Look
    codes: tuple[str, ...]
    remembers: bool

    def __call__(self) -> Given:
        """Look at what is left until nothing is, or memory is."""
        from regesta.chronicle import engine

        memory = Memory() if self.remembers else None
        with self.lent.open("other") as connection, unseen(connection, self.unsaid):
            found, seconds = {}, {}
            view = View(connection, memory)
            with briefly_planned(connection, is_small=view.is_small(), is_alone=False):
                try:
                    for code, told, spent in _looked(view, self.look, left(self.codes, self.lent.folder)):
                        found[code], seconds[code] = told, spent
                except engine.OutOfMemoryException:
                    pass  # whoever asked looks himself
        return Given(found, seconds, None if memory is None else memory.kept())


@dataclass(slots=True)
class Beside:
    """Another process that looks, too."""

    lent: Lent
    given: Callable[[], Given | None]
    """Waits for it."""
    seconds: dict[str, float] = field(default_factory=dict)

    def found(self, view: View, look: Look, codes: Iterable[str]) -> dict[str, list[Finding]]:
        """Return what all checks find, by their codes."""
        every = tuple(codes)
        found: dict[str, list[Finding]] = {}

        def note(some: Iterable[str]) -> None:
            for code, told, spent in _looked(view, look, some):
                found[code], self.seconds[code] = told, spent

        note(left(every, self.lent.folder))
        given = self.given()
        if given is not None:
            found.update(given.found)
            self.seconds.update(given.seconds)
            if view.memory is not None and given.kept is not None:
                view.memory.take(given.kept)
        note([code for code in every if code not in found])
        return found


def left(codes: tuple[str, ...], folder: Path) -> Iterator[str]:
    """Yield the codes of strands that nobody has taken, and take them.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     one, other = (left(("F001", "F060", "F061"), Path(folder)) for _ in range(2))
    ...     next(one), next(other), list(one), list(other)
    ('F060', 'F001', ['F061'], [])
    """
    strands = [[code for code in strand.split() if code in codes] for strand in _STRANDS]
    named = {code for strand in strands for code in strand}
    strands += [[code] for code in codes if code not in named]
    for number, strand in enumerate(strands):
        try:
            (folder / str(number)).open("xb").close()
        except FileExistsError:
            continue
        yield from strand


def _looked(view: View, look: Look, codes: Iterable[str]) -> Iterator[tuple[str, list[Finding], float]]:
    for code in codes:
        begin = time.perf_counter()
        yield code, look(view, code), time.perf_counter() - begin
