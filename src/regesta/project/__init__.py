"""Where things are: the project, its sources with what is said of them, and the cache.

`Project` says where a build reads and writes; `list_sources` turns paths into sources; `Cache` keeps what was read. A
project is a folder with `regesta.toml`; without one everything has a default. Nothing here reads a document.

Names are loaded when they are first asked for: who looks for a project needs neither the model nor the cache.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regesta.project.aging import forget_unused
    from regesta.project.cache import Cache, Parts, pack, pack_parts, stamp, unpack
    from regesta.project.identities import LEDGER, read_ledger, write_ledger
    from regesta.project.settings import PROJECT_FILE, Project, cache_folder, find_project
    from regesta.project.sources import (
        SOURCES_FILE,
        Listed,
        Listing,
        describe,
        is_setting,
        list_sources,
        read_described,
        unwanted,
    )

__all__ = [
    "LEDGER",
    "PROJECT_FILE",
    "SOURCES_FILE",
    "Cache",
    "Listed",
    "Listing",
    "Parts",
    "Project",
    "cache_folder",
    "describe",
    "find_project",
    "forget_unused",
    "is_setting",
    "list_sources",
    "pack",
    "pack_parts",
    "read_described",
    "read_ledger",
    "stamp",
    "unpack",
    "unwanted",
    "write_ledger",
]

_HOME = {
    "forget_unused": "aging",
    "Cache": "cache",
    "Parts": "cache",
    "pack": "cache",
    "pack_parts": "cache",
    "stamp": "cache",
    "unpack": "cache",
    "LEDGER": "identities",
    "read_ledger": "identities",
    "write_ledger": "identities",
    "PROJECT_FILE": "settings",
    "Project": "settings",
    "cache_folder": "settings",
    "find_project": "settings",
    "SOURCES_FILE": "sources",
    "Listed": "sources",
    "Listing": "sources",
    "describe": "sources",
    "is_setting": "sources",
    "list_sources": "sources",
    "read_described": "sources",
    "unwanted": "sources",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"regesta.project.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
