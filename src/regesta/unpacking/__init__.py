"""Files that hold files: archives, dumps, web archives, mailboxes, opened one document at a time.

    unpack(file, source) ──► Member(source "dump.xml.bz2/Page title", bytes)
                             Member ...
                             Rejection: a member that was left out, and why

Members come in the order of the container and are never all in memory; nothing is written to disk. A container within a
container is opened too, `limits.MAX_DEPTH` deep. Nothing here reads a document.
"""

from __future__ import annotations

from regesta.unpacking.protocol import Container, LazyContainer, Member

__all__ = ["CONTAINERS", "Container", "Member"]

CONTAINERS: tuple[LazyContainer, ...] = ()
"""In the order in which they are asked to recognise a file without a known suffix."""
