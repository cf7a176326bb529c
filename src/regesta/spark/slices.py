"""What lies on this machine or on a disk that all machines share, cut into slices of like size, one task each.

    sources of 1 kB to 50 MB ──► slices of at most 16 MB or 200 sources; a larger source has one of its own, and comes first

A container of more than a mebibyte is no part of a slice: one worker opens it, and its members are shared out among all. Whether a
large file is one its first bytes say where its name does not: a dump of a wiki is called `.xml` as other documents are.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Final

from regesta.project import Listed
from regesta.spark.working import Task, encode_source
from regesta.unpacking import container_of

__all__ = ["MOST", "cut", "task_of", "tell_apart"]

MOST: Final = 16 << 20, 200
"""Bytes and sources of a slice."""
_LEAST: Final = 64 << 10
"""Bytes below which a slice is not worth a task."""
_EACH: Final = 4 << 10
"""Bytes by which a source counts beside its own: opening it takes time too."""


SMALL: Final = 1 << 20
"""Bytes of a container up to which the worker that opens it reads its members too."""
_HEAD: Final = 4096
"""Bytes that tell a container."""
_UNPACKED: Final = 8
"""By how much a small container counts as more than its bytes."""


def tell_apart(sources: Iterable[Listed]) -> tuple[list[tuple[Listed, int]], list[tuple[Listed, int]]]:
    """Return what is read where it is opened, and large containers; each with its size."""
    documents: list[tuple[Listed, int]] = []
    containers: list[tuple[Listed, int]] = []
    for listed in sources:
        size = _size(listed)
        head = _head(listed) if size > SMALL else b""
        if listed.source.format or container_of(listed.path.name, head) is None:
            documents.append((listed, size))
        elif size <= SMALL:
            documents.append((listed, _UNPACKED * size))
        else:
            containers.append((listed, size))
    return documents, containers


def _size(listed: Listed) -> int:
    try:
        return listed.path.stat().st_size
    except OSError:
        return 0


def _head(listed: Listed) -> bytes:
    try:
        with listed.path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""


def cut(sizes: Sequence[int], parallelism: int) -> list[list[int]]:
    """Return slices of the numbers of these sizes, the heaviest first; four for each core, if that is not too many or too few.

    >>> cut([10, 10, 90_000_000, 10], 2)
    [[2], [0, 1, 3]]
    """
    total = sum(sizes) + _EACH * len(sizes)
    limit = min(MOST[0], max(_LEAST, total // (4 * parallelism)))
    slices: list[tuple[int, list[int]]] = []
    kept: list[int] = []
    weight = 0
    for number, size in enumerate(sizes):
        own = size + _EACH
        if own >= limit:
            slices.append((own, [number]))
            continue
        if kept and (weight + own > limit or len(kept) >= MOST[1]):
            slices.append((weight, kept))
            kept, weight = [], 0
        kept.append(number)
        weight += own
    if kept:
        slices.append((weight, kept))
    slices.sort(key=lambda one: -one[0])
    return [numbers for _, numbers in slices]


def task_of(listed: Listed) -> Task:
    """Return the task of reading a file."""
    return listed.source.name, 0, "path", encode_source(listed.source), os.fsencode(listed.path.absolute())
