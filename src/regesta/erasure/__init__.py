"""What was erased, known again without being kept: keyed hashes of names and passages, and the blacking of what has them.

    names, a passage ──bury──► Tombstone: hashes under the project's key    a line of tombstones.jsonl
    tombstones ──Erased──► find, mask: the same text, as long as it was, █ for each letter

A document is blacked before anything is extracted from it, so nothing that is made of it holds what was erased. Who has the
file of tombstones and not the key learns nothing from it. Nothing here looks into a chronicle or a log; see `custody`.
"""

from __future__ import annotations

from regesta.erasure.blacking import mask_document, mask_source
from regesta.erasure.matching import MASK, Erased
from regesta.erasure.tombstones import (
    TOMBSTONES,
    Tombstone,
    add_tombstone,
    bury_name,
    bury_passage,
    read_tombstones,
)
from regesta.erasure.words import stretch

__all__ = [
    "MASK",
    "TOMBSTONES",
    "Erased",
    "Tombstone",
    "add_tombstone",
    "bury_name",
    "bury_passage",
    "mask_document",
    "mask_source",
    "read_tombstones",
    "stretch",
]
