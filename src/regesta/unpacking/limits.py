"""How much a container may ask of the machine.

A bomb is told by what comes out, never by what a header promises: bytes are counted as they are unpacked.
"""

from __future__ import annotations

__all__ = [
    "MAX_DEPTH",
    "MAX_MEMBERS",
    "MAX_MEMBER_SIZE",
    "MAX_MEMORY",
    "MAX_RATIO",
    "MAX_TOTAL_RATIO",
    "MIN_TOTAL",
    "RATIO_FROM",
]

MAX_MEMBER_SIZE = 256 << 20
"""Bytes of one member, unpacked; what is larger is left out."""
MAX_RATIO = 1_000
"""Bytes that one byte of a compressed member may become, from `RATIO_FROM` on. Text rarely exceeds 20, zeros 1,030."""
RATIO_FROM = 16 << 20
"""Bytes unpacked below which the ratio does not matter."""
MAX_TOTAL_RATIO = 100
"""Bytes that all members of all depths may become for each byte of the outermost file, beyond `MIN_TOTAL`."""
MIN_TOTAL = 1 << 30
"""Bytes that any container may become: some seconds of work."""
MAX_MEMBERS = 1_000_000
"""Members of one archive; dumps and web archives, which are read as they come, have no such limit."""
MAX_DEPTH = 5
"""Layers, compression counted: a dump `.xml.bz2` in a `.tar.gz` in a `.zip` has five and a half, a `.tar.gz` two."""
MAX_MEMORY = 160 << 20
"""Bytes of memory that a decompressor may ask for: the largest windows of `xz -9` and `zstd --ultra` fit."""
