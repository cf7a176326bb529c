"""How much a container may ask of the machine.

A bomb is told by what comes out, never by what a header promises: bytes are counted as they are unpacked.
"""

from __future__ import annotations

__all__ = ["MAX_DEPTH", "MAX_MEMBERS", "MAX_MEMBER_SIZE", "MAX_RATIO"]

MAX_MEMBER_SIZE = 256 << 20
"""Bytes of one member, unpacked; what is larger is left out."""
MAX_RATIO = 1_000
"""Bytes that one byte of a compressed member may become, from 16 MiB on. Text rarely exceeds 20, zeros 1,030."""
MAX_MEMBERS = 1_000_000
"""Members of one archive; dumps and web archives, which are read as they come, have no such limit."""
MAX_DEPTH = 3
"""Containers within containers."""
