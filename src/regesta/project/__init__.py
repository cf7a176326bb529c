"""Where things are: the project, its sources with what is said of them, and the cache.

`Project` says where a build reads and writes; `list_sources` turns paths into sources; `Cache` keeps what was read. A
project is a folder with `regesta.toml`; without one everything has a default. Nothing here reads a document.
"""

from __future__ import annotations

from regesta.project.cache import Cache, cache_folder, pack, stamp, unpack
from regesta.project.settings import PROJECT_FILE, Project, find_project
from regesta.project.sources import SOURCES_FILE, Listed, Listing, list_sources

__all__ = [
    "PROJECT_FILE",
    "SOURCES_FILE",
    "Cache",
    "Listed",
    "Listing",
    "Project",
    "cache_folder",
    "find_project",
    "list_sources",
    "pack",
    "stamp",
    "unpack",
]
