"""What readers of a build tell each other: what is to be read and how, what came of it, and why nothing did.

All of it may be sent to another process. Nothing here reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from regesta.errors import RegestaError
from regesta.model import Document, Extraction, Rejection, Source
from regesta.profiling import Spent
from regesta.project import Cache, Parts

if TYPE_CHECKING:
    from regesta.erasure import Erased

__all__ = ["Digest", "Failure", "Made", "Packed", "Read", "Result", "Task", "Way", "reason_of"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read."""

    source: str
    reason: str
    trace: str | None
    """The traceback where the fault is ours, None where it is the source's."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one source gave: what was found, or why nothing was."""

    document: Document | None = None
    """None too where there is a gist and nobody asked for the whole."""
    parts: Iterable[Extraction] = ()
    """Of the document's extraction, in order; may be gone through again."""
    gist: bytes | None = None
    """What the digest made of it; None where it made nothing, or there is no digest."""
    failure: Failure | None = None
    rejection: Rejection | None = None
    """Of a member of a container that was left out."""
    is_cached: bool = False
    key: str = ""
    """Of the entry in the cache; alone where that is all that was asked for."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A document that was read, and its extraction, packed: small, and may be sent to others."""

    document: bytes
    """For `project.unpack`; empty where the gist is enough."""
    parts: Parts
    gist: bytes | None = None
    is_cached: bool = False


@dataclass(slots=True)
class Task:
    """A document to be read."""

    source: Source
    data: bytes
    n_done: int
    """Listed sources that are done when this one is: a container is not before its last member."""
    erased: Erased | None = None
    """What is blacked before anything is extracted."""
    is_timed: bool = False
    """Whether somebody asked how long it takes."""
    key: str = ""
    """Of its entry in the cache."""

    def take(self) -> bytes:
        """Return the bytes and let go of them: what is read of a large file is large itself."""
        data, self.data = self.data, b""
        return data


class Digest(Protocol):
    """What makes of a document all that most builds ask of it."""

    @property
    def version(self) -> str:
        """Return its version: what another one made is made anew."""

    def of(self, document: Document, parts: Sequence[Extraction]) -> bytes | None:
        """Return what it makes; None of a document that is too large."""


@dataclass(frozen=True, slots=True)
class Way:
    """How documents are read, in whatever process: may be sent there."""

    packs: tuple[Path, ...]
    cache: Cache | None = None
    digest: Digest | None = None
    is_whole: bool = True
    """Whether the document is asked for although there is a gist."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a process sends back."""

    document: bytes | None
    """Packed; None where the gist is enough."""
    parts: Parts
    gist: bytes | None
    spent: Spent | None


Made = tuple[Document, Parts | tuple[Extraction, ...], bytes | None]
"""A document, its extraction, and its gist."""


def reason_of(name: str, error: RegestaError) -> str:
    """Return why a source could not be read, without its name."""
    return str(error).removeprefix(f"{name}: ")
