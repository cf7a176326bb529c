"""What a reviewer who came in brings to every page: a name, tokens for forms, what was decided since the last build.

    Office   of the server: who may come in, the log, the builds
    Desk     of one request: whose it is, and the log at this moment

A page that is given a desk shows what can be decided beside what it shows anyway; without one it is for reading. Nothing
here writes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from regesta.decisions import FileHome, Home, home_of
from regesta.decisions.table import TableHome
from regesta.pages import Press
from regesta.review import Entry, Exposing, Notebook, Progress, Queue, Rebuilder, State, queue
from regesta.web.library import Library
from regesta.web.review.entrance import Entrance, Session
from regesta.web.review.login import Login

__all__ = ["Desk", "Office", "Reached", "Waiting"]


@dataclass(frozen=True, slots=True)
class Reached:
    """What erasing came to."""

    n_decisions: int
    """Lines of the log that were rewritten."""
    n_identities: int
    """Lines of the ledger that were."""
    n_cached: int
    """Files of the cache that were removed."""
    holders: tuple[str, ...]
    """Files that still hold it, told without it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many decisions the chronicle does not have yet, and what is done about it."""

    n: int
    progress: Progress
    lost: str = ""
    """Why nothing can be recorded now, "" where it can."""

    @property
    def status(self) -> str:
        """`lost`, `current`, `waiting`, `building`, `failed` or `unbuilt`: decided, and nobody has asked for a build."""
        if self.lost:
            return "lost"
        if self.progress.status != "idle":
            return self.progress.status
        return "unbuilt" if self.n else "current"


class Office:
    """All that review needs beside the chronicle."""

    def __init__(
        self, library: Library, root: Path, log: str | Path | Home, rebuilder: Rebuilder | None = None,
        erase: Callable[[str, str, str], Reached] | None = None, packs: tuple[Path, ...] = (),
    ) -> None:  # fmt: skip
        home = home_of(log)
        self.library = library
        self.root = root
        self.erase = erase
        """Erases an entity or the passage of a claim, given who does it and why; None where nothing can be erased from here."""
        self.exposing = Exposing(packs)
        """What an edition would show; `packs` are the project's own lexicons."""
        self.notebook = Notebook(home)
        self.login = Login(home.database, str(root)) if isinstance(home, TableHome) else None
        """How a team comes in; None where whoever has a link does."""
        self.entrance: Entrance | Login = self.login or Entrance(str(root))
        decisions = None if isinstance(home, FileHome) else home.where
        self.rebuilder = rebuilder or Rebuilder(root, library.renew, decisions=decisions)
        if self.login:
            self.notebook.state()  # so that there is something to show when the database is lost
        self._queues: dict[str, tuple[str, Queue]] = {}
        self._measured: tuple[str, bool] = ("", False)

    def queue(self, name: str, press: Press, state: State) -> Queue:
        """Return a queue, made once for each state of the chronicle; contests are made of the log each time."""
        if name == "contests":
            return queue(name, press.shelf, state)
        identity, kept = self._queues.get(name, ("", Queue(name, ())))
        if identity != press.shelf.identity:
            kept = queue(name, press.shelf, state)
            self._queues[name] = (press.shelf.identity, kept)
        return kept

    def has_confidence(self, press: Press) -> bool:
        """Return whether the chronicle knows how right its rules are; looked up once for each state of it."""
        identity, found = self._measured
        if identity != press.shelf.identity:
            found = press.shelf.row("select 1 from claims where confidence is not null limit 1") is not None
            self._measured = (press.shelf.identity, found)
        return found

    def desk(self, cookie: str | None, press: Press) -> Desk | None:
        """Return the desk of whoever sends this cookie, None for a reader; raises `Unreachable` where that is not known."""
        session = self.entrance.session(cookie)
        if session is None:
            return None
        return Desk(self, session, press, self.notebook.state())


class Desk:
    """What a reviewer brings to a page."""

    def __init__(self, office: Office, session: Session, press: Press, state: State) -> None:
        self.office = office
        self.session = session
        self.name = session.name
        """Of the reviewer."""
        self.press = press
        self.state = state
        built = {
            row[0]: (row[1], row[2]) for row in press.shelf.rows("select id, status, note from decisions")
        }
        self.outcomes: dict[str, tuple[str, str]] = built
        """Of the last build, by the ids of decisions: status and note."""

    @property
    def pending(self) -> tuple[Entry, ...]:
        """Decisions that the chronicle does not have yet."""
        return tuple(one for one in self.state.entries if one.decision.id not in self.outcomes)

    @property
    def waiting(self) -> Waiting:
        """How far the chronicle is behind."""
        return Waiting(len(self.pending), self.office.rebuilder.progress(), self.state.lost)

    def on(self, *targets: str) -> tuple[Entry, ...]:
        """Return what stands on a thing and is not in the chronicle yet."""
        return tuple(one for one in self.state.on(targets) if one.decision.id not in self.outcomes)

    def token(self, purpose: str) -> str:
        """Return the token of a form."""
        return self.office.entrance.token(self.session, purpose)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Reasons that the reviewer gave before."""
        return self.state.reasons_of(self.name)
