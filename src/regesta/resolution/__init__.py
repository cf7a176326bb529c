"""Which referents are the same person, group, place or institution.

    referents of all documents ──resolve──► entities, and which referent is which

For now every referent is an entity of its own: one per name within a document. Identity across documents comes later,
behind this door. Nothing here looks at claims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from regesta.model import Entity, Extraction, Referent, Resolution, content_id

__all__ = ["resolve"]


def resolve(extractions: Iterable[Extraction]) -> Resolution:
    """Return one entity per referent, ordered by source and first mention.

    An id is made of the first mention: its source, its words, the kind, and how many of the same came before it in that
    source. So it stands when the text around it changes. Two copies of a document share their referents, and so their
    entities, which take their ids from the first copy.
    """
    entities: list[Entity] = []
    entity_of: dict[str, str] = {}
    before: Counter[tuple[str, str, str]] = Counter()
    for extraction in sorted(extractions, key=lambda e: e.source):
        for referent in sorted(extraction.referents, key=lambda r: (*r.mentions[0].span, r.key)):
            if referent.key in entity_of:
                continue
            first = (extraction.source, referent.kind, referent.mentions[0].quote)
            entity = Entity(
                id=content_id("e", [*first, before[first]]),
                kind=referent.kind,
                label=referent.label,
                aliases=_aliases(referent),
                is_named=referent.is_named,
                group_size=referent.group_size,
                referents=(referent.key,),
            )
            before[first] += 1
            entities.append(entity)
            entity_of[referent.key] = entity.id
    return Resolution(entities=tuple(entities), entity_of=entity_of)


def _aliases(referent: Referent) -> tuple[str, ...]:
    """Return the other surfaces of a referent's name, in order of the text, each once."""
    names = dict.fromkeys(m.quote for m in referent.mentions if m.form == "name")
    names.pop(referent.label, None)
    return tuple(names)
