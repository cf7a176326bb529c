"""What that is kept of a build depends on, as one id each: other than before, it is made anew.

Only rooms are named here; their code need not be imported to be looked at, so a build of what has not changed imports none of it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from regesta.model import content_id
from regesta.project import Project, stamp
from regesta.resolution import Weights

if TYPE_CHECKING:
    from regesta.erasure import Erased

__all__ = [
    "ROOMS_OF_GISTS",
    "ROOMS_OF_SURVEYS",
    "code_of",
    "extractor",
    "extractor_version",
    "version_of_findings",
    "version_of_gists",
    "version_of_standing",
]

_ROOMS: Final = ("text", "dates", "names", "vocab", "places", "model", "reading", "extraction")
"""What an extraction depends on; a change in one of them makes every cached one stale."""
ROOMS_OF_GISTS: Final = ("chronicle", "gist", "resolution", "sharing")
"""What a gist depends on beside that; a change in one of them has it made again of what was kept."""
_ROOMS_OF_CHECKS: Final = ("criticism", "chronicle", "sharing")
"""What findings depend on beside what a chronicle says."""
ROOMS_OF_SURVEYS: Final = ("sharing", "text")
"""What texts share depends on beside their words."""


@cache
def code_of(rooms: tuple[str, ...]) -> str:
    """Return the content id of the code that runs: looked at once, for what changes on the disk later does not run."""
    here = Path(__file__).parent.parent
    return stamp([here / room for room in rooms])


def extractor_version(project: Project) -> str:
    """Return what a chronicle of this project would name as its extractor: other than before, every source is read again."""
    return extractor(project.pack_folders)


def extractor(packs: tuple[Path, ...]) -> str:
    """Return a content id of all that an extraction depends on beside its source: code, word lists, packs."""
    own = stamp(packs)
    return code_of(_ROOMS) if own == stamp(()) else content_id("v", [code_of(_ROOMS), own])


def version_of_gists(own: Weights | None) -> str:
    """Return a content id of what a gist depends on beside the document: the code, and the project's weights."""
    return content_id("v", [code_of(ROOMS_OF_GISTS), repr(own)])


def version_of_findings(erased: Erased | None) -> str:
    """Return a content id of what findings depend on beside the chronicle."""
    return _with_engine(code_of(_ROOMS_OF_CHECKS), erased)


def version_of_standing(gists: str, erased: Erased | None) -> str:
    """Return a content id of what rows that stand depend on, beside the sources: `gists` is the version of those."""
    return _with_engine(gists, erased)


def _with_engine(version: str, erased: Erased | None) -> str:
    from regesta.chronicle import engine

    return content_id("v", [version, engine.__version__, erased.stamp if erased else ""])
