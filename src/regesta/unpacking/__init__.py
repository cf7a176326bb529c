"""Files that hold files: archives, dumps, web archives, mailboxes, opened one document at a time.

    unpack(file, source) ──► Member(source "dump.xml.bz2/Page title", bytes)
                             Member ...
                             Rejection: a member that was left out, and why

Members come in the order of the container and are never all in memory; nothing is written to disk. A container within a
container is opened too, `limits.MAX_DEPTH` deep. Nothing here reads a document.
"""

from __future__ import annotations

from regesta.unpacking.files import documents, held, within
from regesta.unpacking.opening import unpack
from regesta.unpacking.protocol import Container, Member
from regesta.unpacking.saved import is_saved_part
from regesta.unpacking.table import CONTAINERS, container_of, inner_name, is_unsure

__all__ = [
    "CONTAINERS",
    "Container",
    "Member",
    "container_of",
    "documents",
    "held",
    "inner_name",
    "is_saved_part",
    "is_unsure",
    "unpack",
    "within",
]
