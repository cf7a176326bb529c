"""What a build keeps of a document, and finds again: packed, and digested, without what was erased since.

Nothing here reads a document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from regesta.gathering.told import Made, Result, Way
from regesta.model import Document, Extraction, Source
from regesta.project import Cache, Parts, pack, pack_parts
from regesta.unpacking import Member

if TYPE_CHECKING:
    from regesta.erasure import Erased

__all__ = ["keep", "kept_of", "own_cache", "packed_parts", "source_of"]


def source_of(member: Member, erased: Erased | None) -> Source:
    """Return the source of a member with its hash, and without what was erased."""
    source = replace(member.source, sha256=hashlib.sha256(member.data).hexdigest())
    if erased is None:
        return source
    from regesta.erasure import mask_source

    return mask_source(erased, source)


def packed_parts(parts: Iterable[Extraction]) -> Parts:
    """Return the parts of an extraction as they are kept and sent."""
    return parts if isinstance(parts, Parts) else pack_parts(parts)


def own_cache(cache: Cache | None, erased: Erased | None) -> Cache | None:
    """Return the cache of what was blacked: other tombstones, other entries."""
    if cache is None or erased is None:
        return cache
    return replace(cache, version=f"{cache.version} {erased.stamp}")


def _kept(cache: Cache | None, source: Source, erased: Erased | None) -> tuple[Document, Parts] | None:
    """Return what was kept of a source; an entry that holds what was erased is removed."""
    own = own_cache(cache, erased)
    if cache is None or own is None:
        return None
    kept = own.get(source)
    if kept is None and erased is not None:
        from regesta.erasure import mask_document

        kept = cache.get(source)
        if kept is not None and mask_document(erased, kept[0]) is not kept[0]:
            cache.drop(source)
            return None
    return kept


def kept_of(
    cache: Cache | None, source: Source, erased: Erased | None, way: Way, key: str = ""
) -> Result | None:
    """Return what was kept of a source, whose entry has this `key`; a gist of another version is made anew."""
    own, digest = way.cache, way.digest
    if own is None:
        return None
    key = key or own.key(source)
    gist = own.gist_of(key, digest.version) if digest else None
    if gist is not None and not way.is_whole:
        return Result(gist=gist, is_cached=True, key=key)
    kept = _kept(cache, source, erased)
    if kept is None:
        return None
    document, parts = kept
    if digest and gist is None and len(parts.frames) == 1:
        try:
            gist = digest.of(document, tuple(parts))
        except ValueError:  # an entry whose parts are something else
            return None
        if gist is not None:
            own.put(source, pack(document), parts, gist, digest.version)
            if not way.is_whole:
                return Result(gist=gist, is_cached=True, key=key)
    return Result(document, parts, gist, is_cached=True, key=key)


def keep(source: Source, read: Made, way: Way) -> None:
    """Put what was read into the cache, where there is one."""
    if way.cache:
        document, parts, gist = read
        way.cache.put(
            source, pack(document), packed_parts(parts), gist, way.digest.version if way.digest else ""
        )
