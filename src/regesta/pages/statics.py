"""The files that pages share, in memory, under an address that changes with what they hold.

A browser may keep them for ever: another style sheet is another address. The digest covers templates and words as well, so
it also tells one version of the pages from another. Nothing here is made; the files stand in `static/`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

__all__ = ["Statics", "statics"]

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Statics:
    """The files by name."""

    digest: str
    """Of all of them, and of the templates and words."""
    contents: Mapping[str, bytes]
    types: Mapping[str, str]
    """Media types by name."""


@cache
def statics() -> Statics:
    """Return the files of `static/`, and the style sheet of the drawings."""
    room = files("regesta.pages")
    shared = [*room.joinpath("static").iterdir(), files("regesta.drawing").joinpath("drawing.css")]
    contents = {path.name: path.read_bytes() for path in sorted(shared, key=lambda p: p.name)}
    state = hashlib.blake2b(digest_size=8)
    for name, content in contents.items():
        state.update(name.encode() + b"\0" + content + b"\0")
    for folder in ("templates", "words"):
        for path in sorted(room.joinpath(folder).iterdir(), key=lambda p: p.name):
            state.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    types = {name: _TYPES[name.rpartition(".")[2]] for name in contents}
    return Statics(state.hexdigest(), MappingProxyType(contents), MappingProxyType(types))
