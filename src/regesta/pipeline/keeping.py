"""What is kept of a build for the next one of the same chronicle: what checks found, what texts share, which rows stand.

Each is kept under the path of the chronicle and the version of what it depends on (`versions.py`); where that is another one,
nothing is found, and the build does all of its work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from regesta.criticism import Memory
from regesta.gist.standing import Standing
from regesta.model import Source
from regesta.pipeline.versions import (
    ROOMS_OF_SURVEYS,
    code_of,
    version_of_findings,
    version_of_standing,
)
from regesta.project import Cache, Parts

if TYPE_CHECKING:
    from regesta.erasure import Erased

__all__ = ["WORTH", "Found", "Stood", "Survey"]

WORTH: Final = 30_000
"""Claims from which on it is worth the while to keep what was found."""


class Found:
    """What the checks found."""

    def __init__(self, kept: Cache, target: Path, erased: Erased | None) -> None:
        self._cache = kept
        self._source = Source(name=f"what was found: {target.resolve()}")
        self._version = version_of_findings(erased)
        self._memory = Memory(kept.gist(self._source, self._version))

    def before(self, n_claims: int) -> Memory | None:
        """Return what was found in the build before, None where so few claims are checked at once."""
        return self._memory if n_claims >= WORTH else None

    def keep(self) -> None:
        """Keep what was found, where it was asked for."""
        if self._memory.is_met:
            self._cache.put(self._source, b"", Parts(()), self._memory.encoded(), self._version)


class Survey:
    """What texts share."""

    def __init__(self, kept: Cache, target: Path) -> None:
        source, version = Source(name=f"what is shared: {target.resolve()}"), code_of(ROOMS_OF_SURVEYS)
        self.before: Callable[[], memoryview | None] = partial(kept.plain, source, version)
        """Gives what was kept; may be sent to another process, as `keep`."""
        self.keep: Callable[[Iterable[bytes | memoryview]], None] = partial(
            kept.put_plain, source, version=version
        )
        """Keeps a survey, piece by piece."""


class Stood:
    """What sources said whose rows may stay where they are."""

    def __init__(self, kept: Cache, target: Path, gists: str, erased: Erased | None) -> None:
        self._cache, self._target, self._gists = kept, target, gists
        self._version = version_of_standing(gists, erased)
        self._source = Source(name=f"what stands: {target.resolve()}")

    def standing(self, *, stands: bool) -> Standing:
        """Return which sources stand; without `stands` none do."""
        kept = self._cache.plain(self._source, self._version) if stands else None
        return Standing(self._target, kept, partial(self._cache.gist_of, version=self._gists))

    def keep(self, standing: Standing, n_claims: int) -> None:
        """Keep what the sources of this build said, where there are claims enough."""
        if n_claims >= WORTH:
            self._cache.put_plain(self._source, standing.pieces(), self._version)
