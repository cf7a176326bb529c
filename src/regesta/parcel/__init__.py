"""A whole project in one file, to hand to somebody: `pack_project` makes it, `unpack_project` makes a project of it again.

    regesta.toml, sources/, packs/, decisions.jsonl, identities.jsonl, ... ──► NAME.zip, regesta-pack.json at its end
                                                                                  │ every SHA-256 held against the list
    the same files, byte for byte, in a new folder  ◄─────────────────────────────┘

A build of the copy gives the same exports, byte for byte. The same files give the same archive, whenever and wherever they are
packed (with one zlib). The key of a project stays at home unless it is asked for. Nothing here builds or reads a source.
"""

from __future__ import annotations

from regesta.parcel.contents import MANIFEST, Contents, Left, contents_of
from regesta.parcel.packing import Parcel, pack_project
from regesta.parcel.unpacking import unpack_project

__all__ = ["MANIFEST", "Contents", "Left", "Parcel", "contents_of", "pack_project", "unpack_project"]
