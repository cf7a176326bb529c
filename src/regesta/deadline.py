"""A bound on the time that a piece of work may take, kept by the operating system.

    with deadline(60): ...      raises `Overtime` in the middle of the work, even within a pattern that matches for ever

Only the time counts that the processor works for us: on a busy machine a document may take longer. It works where signals of POSIX do and in the main thread, which is where sources are read; elsewhere it does nothing. What
is interrupted may be half done: only work that is thrown away as a whole belongs here.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["Overtime", "deadline"]


class Overtime(BaseException):
    """The time is over; no `Exception`, so that nobody who catches those takes it for a fault of the work."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise `Overtime` in the block when it has worked for `seconds`; deadlines within deadlines are not kept.

    >>> with deadline(60):
    ...     "quick"
    'quick'
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise Overtime

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
