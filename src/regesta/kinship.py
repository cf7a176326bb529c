"""Which sources share words, and which of them are one witness.

    text, text, text ──add──► a temporary file ──survey──► shared passages ──► families

Texts are put aside as they pass by and surveyed when all are there, so that a build need not hold them. A text that is too
long for that is left out, and counted. Nothing here judges claims: how many independent sources say one is asked later.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

from regesta.model import content_id
from regesta.sharing import Shared, families, survey

__all__ = ["Kinship", "Texts"]

_LONGEST: Final = 1 << 22
"""Code points of a text that is surveyed."""


@dataclass(frozen=True, slots=True)
class Kinship:
    """What the sources of a build share."""

    family_of: dict[str, str]
    """Name of each source -> content id, prefix `f`, of its family."""
    shared: tuple[tuple[str, str, Shared], ...]
    """Names of the two sources, and the passages."""
    n_left_out: int = 0
    """Texts that were too long."""


class Texts:
    """The texts of a build, put aside; a context manager, for it holds a file."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `__exit__`
        self._sizes: list[int] = []
        self._names: list[str] = []
        self._documents: list[str] = []
        self._n_left_out = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, name: str, document: str, text: str) -> None:
        """Put aside the text of a source; `document` is its id, the same for copies."""
        data = b""
        if len(text) <= _LONGEST:
            data = text.encode("utf-8", "surrogatepass")
        else:
            self._n_left_out += 1
        self._file.write(data)
        self._sizes.append(len(data))
        self._names.append(name)
        self._documents.append(document)

    def kinship(self) -> Kinship:
        """Survey what was put aside."""
        found = survey(self)
        first = families(len(self._names), found.shared, words=found.words)
        of_document: dict[str, int] = {}
        family_of = {}
        for number, (name, document) in enumerate(zip(self._names, self._documents, strict=True)):
            root = of_document.setdefault(document, first[number])
            family_of[name] = content_id("f", [self._documents[root]])
        shared = tuple(
            (self._names[each.a.source], self._names[each.b.source], each) for each in found.shared
        )
        return Kinship(family_of, shared, self._n_left_out)

    def __iter__(self) -> Iterator[str]:
        self._file.seek(0)
        for size in self._sizes:
            yield self._file.read(size).decode("utf-8", "surrogatepass")
