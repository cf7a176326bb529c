"""Processes that print: one process answers all readers, and these make what it does not have.

    reader ──► the server: addresses, sessions, what is kept, figures ──► a printer that is free ──► HTML, compressed

Everything that must be known once, who came in, tokens of forms, tries of passwords, printed pages, counts, is known by the one
process that answers; a printer has a shelf and nothing else, so none of that has to be shared. A printer is told what to make next while it
makes something, so it never waits for the server; behind a page that takes long nothing is put, and such pages never keep all of them. Who stops the server by whatever means stops them too: what they listen at closes. Where there are none,
as on a machine of one processor, the server prints itself: quick pages at once, long ones in a thread. Nothing here knows a page.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from starlette.concurrency import run_in_threadpool

from regesta.abreast import processors
from regesta.errors import StoreError
from regesta.pages import Press
from regesta.shelf import open as open_shelf
from regesta.web.library import press_of
from regesta.web.metrics import Figure

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

__all__ = ["MOST", "Printers", "sensible"]

MOST: Final = 16
"""Printers of one server: more than one process can answer for."""
_WORTH: Final = 64 << 20
"""Bytes of a shelf from which on printers are worth their memory and their start."""
_AHEAD: Final = 2
"""Things that a printer is asked for at a time: the one that it makes and the next one."""
_SECONDS: Final = 2.0
"""Until a printer that is asked to end is ended."""
_LOG = logging.getLogger("regesta.web")
_LOST: Final = object()
"""What is heard of a printer that is gone."""
_NOBODY: Final = object()
"""What is heard where there will be no printer any more."""
_T = TypeVar("_T")


def sensible(shelf: Path) -> int:
    """Return how many printers a shelf is worth on this machine: one a processor, at most four; none for one reader's small chronicle.

    A small shelf's pages take a millisecond or two, and each printer 60 MB of memory: who reads such a chronicle reads alone.
    """
    if os.name != "posix" or shelf.stat().st_size < _WORTH:
        return 0
    found = processors()
    return min(found, 4) if found > 1 else 0


@dataclass(eq=False, slots=True)
class _Job:
    """Something to be made."""

    asked: tuple[object, ...]
    is_long: bool
    answer: asyncio.Future[Any]


@dataclass(eq=False, slots=True)
class _Printer:
    process: multiprocessing.process.BaseProcess
    connection: Connection[Any, Any]
    jobs: deque[_Job] = field(default_factory=deque)
    """What it makes, and what comes next."""
    seconds: float = 0.0
    """Of the processor, as it said last."""
    answers: int = 0

    def takes_long(self) -> bool:
        """Return whether it makes something that takes long, or will."""
        return any(job.is_long for job in self.jobs)


class Printers:
    """So many processes that make what they are asked for, or this one where there are none.

    >>> asyncio.run(Printers().run(None, lambda press, page: page.upper(), "page"))
    'PAGE'
    """

    def __init__(self, n: int = 0, press: Press | None = None) -> None:
        """Start printers of a press; they are asked as soon as each says that it is ready."""
        self.n = n
        """How many were wanted."""
        self._press = press
        self._all: list[_Printer] = []
        self._waiting: deque[_Job] = deque()
        """What no printer has been asked for yet, in the order in which it came."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._gone = 0.0
        """Seconds of the processor of printers that are no more."""
        for _ in range(n):
            self._start()

    async def run(
        self, press: Press | None, made: Callable[..., _T], *arguments: object, is_long: bool = False
    ) -> _T:
        """Return `made(press, *arguments)`, a function of a module with values that can be sent.

        Raises what it raises, and `StoreError` where two printers were lost while they made it.
        """
        if self._all and self._loop is None:
            self._listen()
        if press is None or not self.ready():
            return await _here(press, made, *arguments, is_long=is_long)
        return await self._asked(press, made, arguments, is_long)

    def ready(self) -> list[int]:
        """Return the numbers of the processes that have said that they are ready."""
        return [printer.process.pid or 0 for printer in self._all if printer.answers]

    def figures(self) -> tuple[Figure, ...]:
        """Return how many there are and what they have worked."""
        seconds = self._gone + sum(printer.seconds for printer in self._all)
        return (
            Figure("regesta_printers", "gauge", "Processes that print.", (("", {}, len(self._all)),)),
            Figure(
                "regesta_printers_cpu_seconds_total", "counter", "Seconds of work of those processes.", (("", {}, seconds),)
            ),
        )  # fmt: skip

    def close(self) -> None:
        """Let them end, and end them where they do not."""
        for printer in self._all:
            with suppress(OSError):
                printer.connection.close()
        for printer in self._all:
            printer.process.join(_SECONDS)
            printer.process.kill()
        self._all.clear()

    async def _asked(
        self, press: Press, made: Callable[..., _T], arguments: tuple[object, ...], is_long: bool
    ) -> _T:
        found: Any = _LOST
        for _ in range(
            2
        ):  # one that is lost may have been ended; a second one was ended by what it was asked
            job = _Job(
                (press.shelf.path, press.title, made, arguments),
                is_long,
                asyncio.get_running_loop().create_future(),
            )
            self._waiting.append(job)
            self._hand_out()
            found = await job.answer
            if found is not _LOST:
                break
        if found is _LOST:
            raise StoreError("the process that made this is gone")
        # what a printer could not make is made again here, so that what is raised is what went wrong
        if found is _NOBODY or isinstance(found, _Fault):
            return await _here(press, made, *arguments, is_long=True)
        answer: _T = found
        return answer

    def _hand_out(self) -> None:
        """Ask printers that have room for what waits, first come first served, but that what takes long may be passed by."""
        passed: list[_Job] = []
        while self._waiting:
            job = self._waiting.popleft()
            if job.answer.done():
                continue  # whoever asked has gone away
            printer = self._with_room(job)
            if printer is not None:
                printer.jobs.append(job)
                with suppress(OSError):  # if it is gone, that is heard
                    printer.connection.send(job.asked)
            else:
                passed.append(job)
                if not job.is_long:
                    break
        self._waiting.extendleft(reversed(passed))

    def _with_room(self, job: _Job) -> _Printer | None:
        """Return who will come to it first."""
        long = sum(printer.takes_long() for printer in self._all)
        if job.is_long and long >= max(1, self.n - 1):
            return None
        free = [
            printer
            for printer in self._all
            if printer.answers and len(printer.jobs) < _AHEAD and not printer.takes_long()
        ]
        return min(free, key=lambda printer: len(printer.jobs), default=None)

    def _start(self) -> None:
        here, there = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(
            target=_print, args=(there, self._press.shelf.path, self._press.title) if self._press else (), daemon=True
        )  # fmt: skip
        process.start()
        there.close()
        printer = _Printer(process, here)
        self._all.append(printer)
        if self._loop is not None:
            self._loop.add_reader(here.fileno(), self._heard, printer)

    def _listen(self) -> None:
        self._loop = asyncio.get_running_loop()
        for printer in self._all:
            self._loop.add_reader(printer.connection.fileno(), self._heard, printer)

    def _heard(self, printer: _Printer) -> None:
        """Take an answer; a page comes in one piece or two, so nobody waits for it."""
        try:
            os.set_blocking(
                printer.connection.fileno(), True
            )  # uvloop, listening, makes it one that does not wait
            printer.seconds, found = printer.connection.recv()
        except (EOFError, OSError):
            self._lost(printer)
            return
        printer.answers += 1
        if printer.jobs:  # else it says that it is ready
            _tell(printer.jobs.popleft(), found)
        self._hand_out()

    def _lost(self, printer: _Printer) -> None:
        """Start another in the place of one that is gone, unless it never got ready: then there is no use."""
        assert self._loop is not None
        self._loop.remove_reader(printer.connection.fileno())
        printer.connection.close()
        self._all.remove(printer)
        self._gone += printer.seconds
        _LOG.warning("a process that prints is gone, with status %s", printer.process.exitcode)
        if printer.answers:
            self._start()
        if printer.jobs:
            _tell(printer.jobs.popleft(), _LOST)
        self._waiting.extendleft(reversed(printer.jobs))  # it had not begun with these
        if not self._all:
            while self._waiting:
                _tell(self._waiting.popleft(), _NOBODY)
        self._hand_out()


def _tell(job: _Job, found: object) -> None:
    if not job.answer.done():  # else whoever asked has gone away
        job.answer.set_result(found)


async def _here(press: Press | None, made: Callable[..., _T], *arguments: object, is_long: bool) -> _T:
    return await run_in_threadpool(made, press, *arguments) if is_long else made(press, *arguments)


class _Fault:
    """What a printer answers where something was raised."""


def _print(connection: Connection[Any, Any], shelf: Path, title: str) -> None:
    """Make what is asked for until nobody listens any more: all that a printer does."""
    import time

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server
    presses: dict[Path, Press] = {}

    def press_for(path: Path, title: str) -> Press:
        press = presses.get(path)
        if press is None:
            press = presses[path] = press_of(open_shelf(path), title, presses.get(next(iter(presses), path)))
            while len(presses) > 2:
                presses.pop(next(iter(presses))).shelf.close()
        return press

    press_for(shelf, title).warm()
    gc.collect()
    gc.freeze()  # what was imported stays: no pass over it keeps a reader waiting
    with suppress(EOFError, OSError):
        connection.send((time.process_time(), None))
        while True:
            path, title, made, arguments = connection.recv()
            try:
                found = made(press_for(path, title), *arguments)
            except Exception:  # noqa: BLE001 - it is raised again where it is looked at
                found = _Fault()
            connection.send((time.process_time(), found))
