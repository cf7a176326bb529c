"""Processes that print: one process answers all readers, and these make what it does not have.

    reader ──► the server: addresses, sessions, what is kept, figures ──► a printer that is free ──► HTML, compressed

Everything that must be known once, who came in, tokens of forms, tries of passwords, printed pages, counts, is known by the one
process that answers; a printer has a shelf and nothing else, so none of that has to be shared. A page that takes long keeps one
printer, never all of them. Who stops the server by whatever means stops them too: what they listen at closes. Where there are none,
as on a machine of one processor, the server prints itself: quick pages at once, long ones in a thread. Nothing here knows a page.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from starlette.concurrency import run_in_threadpool

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
_SECONDS: Final = 2.0
"""Until a printer that is asked to end is ended."""
_LOG = logging.getLogger("regesta.web")
_LOST: Final = object()
"""What is heard of a printer that is gone."""
_T = TypeVar("_T")


def sensible(shelf: Path) -> int:
    """Return how many printers a shelf is worth on this machine: one a processor, at most four; none for one reader's small chronicle.

    A small shelf's pages take a millisecond or two, and each printer 60 MB of memory: who reads such a chronicle reads alone.
    """
    if os.name != "posix" or shelf.stat().st_size < _WORTH:
        return 0
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(processors, 4) if processors > 1 else 0


@dataclass(eq=False, slots=True)
class _Printer:
    process: multiprocessing.process.BaseProcess
    connection: Connection[Any, Any]
    waiting: asyncio.Future[Any] | None = None
    """Of the one thing that it makes at the moment."""
    seconds: float = 0.0
    """Of the processor, as it said last."""
    answers: int = field(default=0)


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
        self._free: asyncio.Queue[_Printer | None] = asyncio.Queue()
        """Those who have nothing to do; None when there will be nobody any more."""
        self._long = asyncio.Semaphore(max(1, n - 1))
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
        async with self._long if is_long else nullcontext():
            for _ in range(
                2
            ):  # one that is lost may have been ended; a second one was ended by what it was asked
                printer = await self._next()
                if printer is None:
                    return await _here(press, made, *arguments, is_long=True)
                printer.waiting = asyncio.get_running_loop().create_future()
                with suppress(OSError):  # if it is gone, that is heard
                    printer.connection.send((press.shelf.path, press.title, made, arguments))
                found = await printer.waiting
                if found is not _LOST:
                    break
        if found is _LOST:
            raise StoreError("the process that made this is gone")
        if isinstance(found, _Fault):  # it is made again here, so that what is raised is what went wrong
            return await _here(press, made, *arguments, is_long=True)
        answer: _T = found
        return answer

    async def _next(self) -> _Printer | None:
        """Return a printer that has nothing to do, None when there will be none any more."""
        while True:
            printer = await self._free.get()
            if printer is None:
                self._free.put_nowait(None)  # for whoever else waits
            if printer is None or printer in self._all:  # else it was lost meanwhile
                return printer

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
        if printer.waiting is not None and not printer.waiting.done():  # else whoever asked has gone away
            printer.waiting.set_result(found)
        self._free.put_nowait(printer)

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
        if not self._all:
            self._free.put_nowait(None)
        if printer.waiting is not None and not printer.waiting.done():
            printer.waiting.set_result(_LOST)


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
    with suppress(EOFError, OSError):
        connection.send((time.process_time(), None))
        while True:
            path, title, made, arguments = connection.recv()
            try:
                found = made(press_for(path, title), *arguments)
            except Exception:  # noqa: BLE001 - it is raised again where it is looked at
                found = _Fault()
            connection.send((time.process_time(), found))
