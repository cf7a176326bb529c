"""Building the chronicle again in the background, when decisions have come in.

    ask() … ask() ── a pause without another ──► `regesta build` in a process of its own ──► done()

Several decisions made one after another are one build. What comes in while one runs is taken up by the next. A build that
fails leaves the chronicle as it was, its decisions in the log, and its last words to be shown. Nothing here reads a chronicle.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

__all__ = ["Progress", "Rebuilder"]

_PAUSE = 0.7
"""Seconds without another decision before a build begins."""
_LONGEST = 10.0
"""Seconds after which a build begins however many more come in."""
_SAID = 2000
"""Bytes of what a build says last that are kept."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the chronicle is behind the log."""

    status: Literal["idle", "waiting", "building", "failed"] = "idle"
    said: str = ""
    """What a build that failed said."""
    n_builds: int = 0
    """Builds that ended well since this began: another number, another chronicle."""


class Rebuilder:
    """Builds a project again when asked."""

    def __init__(
        self,
        root: Path,
        done: Callable[[], None],
        *,
        pause: float = _PAUSE,
        command: Sequence[str] = (sys.executable, "-P", "-m", "regesta", "build"),
        decisions: str | None = None,
    ) -> None:
        """Take note of what is built how; `decisions` is the log, where it is not the project's."""
        self._root = root
        self._done = done
        self._pause = pause
        self._command = [*command, *(("--decisions", decisions) if decisions else ())]
        self._condition = threading.Condition()
        self._asked: list[float] = []
        """Moments at which somebody asked since the last build began."""
        self._progress = Progress()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_closed = False
        self._thread: threading.Thread | None = None

    def progress(self) -> Progress:
        """Return how it goes."""
        with self._condition:
            return self._progress

    def ask(self) -> None:
        """Have the project built again; returns at once."""
        with self._condition:
            self._asked.append(time.monotonic())
            if self._progress.status != "building":
                self._progress = Progress("waiting", n_builds=self._progress.n_builds)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
            self._condition.notify_all()

    def settle(self, seconds: float) -> bool:
        """Wait until nothing is to be built, and return whether that came in time."""
        with self._condition:
            return self._condition.wait_for(
                lambda: self._progress.status in ("idle", "failed") and not self._asked, seconds
            )

    def close(self) -> None:
        """Stop; a build that runs is ended, which leaves the chronicle as it was."""
        with self._condition:
            self._is_closed = True
            process = self._process
            self._condition.notify_all()
        if process is not None and process.poll() is None:
            process.terminate()

    def _work(self) -> None:
        while True:
            with self._condition:
                self._condition.wait_for(lambda: bool(self._asked) or self._is_closed)
                while not self._is_closed and (left := self._left()) > 0:
                    self._condition.wait(left)
                if self._is_closed:
                    return
                self._asked.clear()
                n = self._progress.n_builds
                self._progress = Progress("building", n_builds=n)
            problem = self._build() or self._told()
            with self._condition:
                if problem:
                    self._progress = Progress("failed", problem, n)
                else:
                    self._progress = Progress("waiting" if self._asked else "idle", n_builds=n + 1)
                self._condition.notify_all()

    def _told(self) -> str:
        """Tell whoever waits for the new chronicle, and return what went wrong there."""
        try:
            self._done()
        except Exception as error:  # noqa: BLE001 - shown to the reviewers; the next build may go well
            return f"the new chronicle could not be shown: {error}"
        return ""

    def _left(self) -> float:
        """Return how long to wait for another decision."""
        now = time.monotonic()
        return min(self._asked[-1] + self._pause, self._asked[0] + _LONGEST) - now

    def _build(self) -> str:
        """Build, and return what went wrong, "" where nothing did."""
        with tempfile.TemporaryFile() as said:
            try:
                process = subprocess.Popen(  # noqa: S603 - our own command
                    self._command, cwd=self._root, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said
                )  # fmt: skip
            except OSError as error:
                return f"the build could not be started: {error.strerror}"
            with self._condition:
                self._process = process
                is_closed = self._is_closed
            if is_closed:
                process.terminate()
            code = process.wait()
            if code in (0, 1):  # 1: some source could not be read, as the coverage tells
                return ""
            size = said.seek(0, 2)
            said.seek(max(0, size - _SAID))
            words = said.read().decode("utf-8", "replace").strip()
            return words or f"the build ended with the status {code}"
