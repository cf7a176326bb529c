"""What a container is: a name, suffixes, a look at the first bytes, and a file opened into its members.

    class Container        name = "zip"   suffixes = (".zip",)
      sniff(head)          "does this look like mine?", asked only when no suffix decides
      members(file, source)  the files it holds, one at a time

A container of this room is a module with the two functions `sniff` and `members`. Nothing here knows a format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO, Protocol, cast

from regesta.model import Rejection, Source

__all__ = ["Container", "LazyContainer", "Member"]


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a container."""

    source: Source
    """Its name is the container's, `/`, and its path within; what the container says of it is filled in."""
    data: bytes


class ContainerModule(Protocol):
    """The two functions that a module of this room offers."""

    def sniff(self, head: bytes, /) -> bool:
        """Return whether the first bytes (at most 4096) look like this container."""

    def members(self, file: BinaryIO, source: Source, /) -> Iterator[Member | Rejection]:
        """Yield what the container holds, in its order; raises `ReadError` where it is none, or is broken from there on."""


class Container(ContainerModule, Protocol):
    """One format of files that hold files."""

    @property
    def name(self) -> str:
        """A word for it: `zip`."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Suffixes in lower case, with their dots: `.tar.gz`."""


@dataclass(frozen=True, slots=True)
class LazyContainer:
    """A container whose module is imported when it is first used."""

    name: str
    suffixes: tuple[str, ...]
    module: str

    def _load(self) -> ContainerModule:
        return cast("ContainerModule", import_module(self.module))

    def sniff(self, head: bytes) -> bool:
        """Return whether the first bytes look like this container."""
        return self._load().sniff(head[:4096])

    def members(self, file: BinaryIO, source: Source) -> Iterator[Member | Rejection]:
        """Yield what the container holds."""
        return self._load().members(file, source)
