"""What a container is: a name, suffixes, a look at the first bytes, and a file opened into its members.

    class Container          name = "zip"   suffixes = (".zip",)
      sniff(head)            "does this look like mine?"
      members(file, source)  what it holds: a Packed file, not yet unpacked, or a Member that is read already

A container of this room is a module with the function `members`; what it looks like is one pattern in the table of
containers, so that nothing is imported to tell a document from a container. Nothing here knows a format.

Codes of the rejections of this room:

    U001  the name of a member leads out of its container
    U002  a member is encrypted
    U003  a member is larger, or was packed tighter, than any document
    U004  a member, or the rest of a container, is damaged
    U005  a member is a link or a device
    U006  containers are nested too deep
    U007  a container unpacks to more than is worth reading, or holds too many members
    U008  a kind of member that is left out by rule: redirects, pages of other namespaces, answers that are no pages
    U009  a member belongs to a saved page and is no source of its own
    P001  no reader for files of that ending, as of files in a folder
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO, Protocol, cast

from regesta.model import Rejection, Source

__all__ = ["Container", "ContainerModule", "LazyContainer", "Member", "Packed", "rejection"]


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a container."""

    source: Source
    """Its name is the container's, `/`, and its path within; what the container says of it is filled in."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Packed:
    """One file of a container, not yet unpacked; it can be read until the next one is asked for."""

    source: Source
    name: str
    """What tells its format: `notes.txt` of the source `notes.txt.gz`."""
    file: BinaryIO
    """Raises `ReadError` where it is damaged."""


class ContainerModule(Protocol):
    """The function that a module of this room offers."""

    def members(self, file: BinaryIO, source: Source, /) -> Iterator[Member | Packed | Rejection]:
        """Yield what the container holds, in its order; raises `ReadError` where it is none, or is broken from there on."""


class Container(ContainerModule, Protocol):
    """One format of files that hold files."""

    @property
    def name(self) -> str:
        """A word for it: `zip`."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Suffixes in lower case, with their dots."""

    def sniff(self, head: bytes, /) -> bool:
        """Return whether the first bytes (at most 4096) look like this container."""


@dataclass(frozen=True, slots=True)
class LazyContainer:
    """A container whose module is imported when it is first opened."""

    name: str
    suffixes: tuple[str, ...]
    module: str
    look: bytes
    """Pattern of its first bytes."""
    is_told_by_suffix: bool = True
    """Whether the suffix decides alone; `.xml` does not."""

    def sniff(self, head: bytes) -> bool:
        """Return whether the first bytes look like this container."""
        return bool(re.match(self.look, head[:4096], re.DOTALL))

    def members(self, file: BinaryIO, source: Source) -> Iterator[Member | Packed | Rejection]:
        """Yield what the container holds."""
        return cast("ContainerModule", import_module(self.module)).members(file, source)


def rejection(name: str, code: str, reason: str) -> Rejection:
    """Return that a member was left out; the reason is a sentence."""
    return Rejection(source=name, start=0, end=0, quote="", code=code, reason=reason)
