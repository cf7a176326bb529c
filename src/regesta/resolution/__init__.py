"""Which referents are the same person, group, place or institution.

    referents of all documents ──resolve──► entities, and which referent is which

For now every referent is an entity of its own: one per name within a document, whose extraction may have come in parts.
Identity across documents comes later, behind this door. Nothing here looks at claims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from regesta.model import Entity, Extraction, Referent, Resolution, content_id

__all__ = ["resolve"]


def resolve(extractions: Iterable[Extraction], *, original: str | None = None) -> Resolution:
    """Return one entity per referent, ordered by source and first mention.

    Referents of one kind and name in several parts of one document are one entity. An id is made of the first mention:
    its source, its words, the kind, and how many of the same came before it in that source. So it stands when the text
    around it changes. Two copies of a document share their referents, and so their entities, which take their ids from the
    first copy.

    With `original` the extractions are parts of one document, in order, first met in the source of this name; each is let
    go of before the next one is asked for.
    """
    found: dict[str, Entity] = {}
    several: dict[str, Counter[str]] = {}
    entity_of: dict[str, str] = {}
    named: dict[tuple[str, str, str], tuple[int, str]] = {}
    before: Counter[tuple[str, str, str]] = Counter()
    parts = extractions if original else sorted(extractions, key=lambda e: e.source)
    for part, extraction in enumerate(parts):
        source = original or extraction.source
        for referent in sorted(extraction.referents, key=lambda r: (*r.mentions[0].span, r.key)):
            if referent.key in entity_of:
                continue
            name = (source, referent.kind, _letters(referent.label))
            known = named.get(name) if referent.is_named else None
            if known is not None and known[0] != part:
                entity = known[1]
            else:
                first = (source, referent.kind, referent.mentions[0].quote)
                entity = content_id("e", [*first, before[first]])
                before[first] += 1
                if referent.is_named:
                    named.setdefault(name, (part, entity))
            entity_of[referent.key] = entity
            one = found.get(entity)
            if one is None:
                found[entity] = _entity(entity, referent)
            else:
                labels = several.setdefault(entity, Counter({one.label: 1}))
                labels[referent.label] += len(referent.mentions)
                found[entity] = _joined(one, referent, max(labels, key=lambda label: labels[label]))
    return Resolution(entities=tuple(found.values()), entity_of=entity_of)


def _entity(id_: str, referent: Referent) -> Entity:
    return Entity(
        id=id_,
        kind=referent.kind,
        label=referent.label,
        aliases=tuple(name for name in _names(referent) if name != referent.label),
        is_named=referent.is_named,
        group_size=referent.group_size,
        referents=(referent.key,),
    )


def _joined(entity: Entity, referent: Referent, label: str) -> Entity:
    """Return an entity with one more referent of its name; the label is the most frequent one, the first of several."""
    names = dict.fromkeys((entity.label, *entity.aliases, *_names(referent), referent.label))
    return replace(
        entity,
        label=label,
        aliases=tuple(name for name in names if name != label),
        referents=(*entity.referents, referent.key),
    )


def _names(referent: Referent) -> Iterable[str]:
    """Return the surfaces of a name, in order of the text, each once."""
    return dict.fromkeys(m.quote for m in referent.mentions if m.form == "name")


def _letters(name: str) -> str:
    """Return a name without what is no letter or digit, in small letters: as extraction tells names within a document."""
    return "".join(letter for letter in name.lower() if letter.isalnum())
