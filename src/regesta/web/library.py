"""The shelf that is served at the moment: when the chronicle is built again, the next reader sees the new one.

The file is looked at no more than once a second, and the new shelf is made in a thread, so that nobody waits for it. A shelf that is replaced stays open for those who are reading it, and is
let go with the last of them. A chronicle that cannot be opened, as in the middle of a copy, leaves the old one served.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from regesta.errors import RegestaError, StoreError
from regesta.pages import PAGES, Links, Press, statics
from regesta.shelf import Shelf, at_hand, state
from regesta.version import __version__
from regesta.web.metrics import Figure

__all__ = ["Library", "press_of"]

_LOG = logging.getLogger("regesta.web")
_SECONDS = 1.0
"""Between two looks at the file."""
_COUNTED = ("sources", "entities", "claims", "mentions", "findings", "rejections")
"""Tables whose rows are told."""


class Library:
    """Gives the press of a chronicle, as it is now."""

    def __init__(self, chronicle: Path, *, title: str) -> None:
        """Open the chronicle; raises `StoreError` where that cannot be."""
        self.chronicle = chronicle
        self.title = title
        self._lock = threading.Lock()
        self._seen = state(chronicle)
        self._press = press_of(at_hand(chronicle), title)
        self._looked = time.monotonic()

    def press(self) -> Press:
        """Return the press of the newest shelf that is ready; never waits for one that is being made."""
        now = time.monotonic()
        if now - self._looked > _SECONDS and self._lock.acquire(blocking=False):
            self._looked = now
            try:
                seen = state(self.chronicle)
            except StoreError:
                seen = self._seen  # it is being replaced: look again
            if seen == self._seen:
                self._lock.release()
            else:
                threading.Thread(target=self._renew, args=(seen,), daemon=True).start()
        return self._press

    def renew(self) -> None:
        """Open the chronicle anew now, and return when it is what readers see; the old one stays where that cannot be."""
        self._lock.acquire()
        try:
            seen = state(self.chronicle)
        except StoreError as error:
            self._lock.release()
            _LOG.warning("%s", error)
        else:
            self._renew(seen)

    def is_ready(self) -> bool:
        """Return whether the chronicle is there and its shelf answers."""
        try:
            state(self.chronicle)
            return self._press.shelf.value("select count(*) from sources") is not None
        except (RegestaError, OSError, sqlite3.Error):
            return False

    def figures(self) -> Iterator[Figure]:
        """Yield the rows of the chronicle that is served, and when it was built."""
        shelf = self._press.shelf
        rows = tuple(
            ("", {"table": table}, float(shelf.value(f"select count(*) from {table}")))  # noqa: S608 - names of our own
            for table in _COUNTED
        )
        yield Figure("regesta_chronicle_rows", "gauge", "Rows of the chronicle that is served.", rows)
        told = (("", {"version": __version__}, 1.0),)
        yield Figure("regesta_info", "gauge", "The version that serves.", told)
        try:
            built = self.chronicle.stat().st_mtime
        except OSError:
            return
        yield Figure(
            "regesta_chronicle_timestamp_seconds",
            "gauge",
            "When the chronicle was written, since 1970.",
            (("", {}, built),),
        )
        age = max(0.0, time.time() - built)
        yield Figure("regesta_chronicle_age_seconds", "gauge", "How long ago that was.", (("", {}, age),))

    def _renew(self, seen: str) -> None:
        """Open the chronicle anew; whoever calls holds the lock, which is let go at the end."""
        try:
            self._press = self._opened()
            self._seen = seen
        except StoreError as error:
            _LOG.warning("%s", error)
        finally:
            self._looked = time.monotonic()
            self._lock.release()

    def _opened(self) -> Press:
        return press_of(at_hand(self.chronicle), self.title, self._press)


def press_of(shelf: Shelf, title: str, earlier: Press | None = None) -> Press:
    """Return the press of a shelf for the web; of an earlier one it takes what is compiled already."""
    if earlier is not None and earlier.title == title:
        return earlier.again(shelf)
    return Press(shelf, PAGES, title=title, links=Links(statics=f"static/{statics().digest}"))
