"""Which referents are the same person, group, place or institution.

    referents of all documents ──resolve──► entities, and which referent is which

For now every referent is an entity of its own: one per name within a document, whose extraction may have come in parts.
Identity across documents comes later, behind this door. Nothing here looks at claims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from operator import itemgetter

from regesta.model import Entity, Extraction, Referent, Resolution, content_id

__all__ = ["resolve"]


def resolve(extractions: Iterable[Extraction], *, original: str | None = None) -> Resolution:
    """Return one entity per referent, ordered by source and first mention; the claims are not held.

    Referents of one kind and name in several parts of one document are one entity. An id is made of the first mention:
    its source, its words, the kind, and how many of the same came before it in that source. So it stands when the text
    around it changes. Two copies of a document share their referents, and so their entities, which take their ids from the
    first copy; where that was resolved before, `original` is its name.
    """
    found: dict[str, list[Referent]] = {}
    entity_of: dict[str, str] = {}
    named: dict[tuple[str, str, str], tuple[int, str]] = {}
    before: Counter[tuple[str, str, str]] = Counter()
    ordered = sorted(((e.source, e.referents) for e in extractions), key=itemgetter(0))
    for part, (name_of_source, referents) in enumerate(ordered):
        source = original or name_of_source
        for referent in sorted(referents, key=lambda r: (*r.mentions[0].span, r.key)):
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
            found.setdefault(entity, []).append(referent)
            entity_of[referent.key] = entity
    return Resolution(entities=tuple(_entity(id_, row) for id_, row in found.items()), entity_of=entity_of)


def _entity(id_: str, referents: list[Referent]) -> Entity:
    first = referents[0]
    label = first.label
    if len(referents) > 1:
        counts = Counter[str]()
        for referent in referents:
            counts[referent.label] += len(referent.mentions)
        label = counts.most_common(1)[0][0]
    return Entity(
        id=id_,
        kind=first.kind,
        label=label,
        aliases=_aliases(referents, label),
        is_named=first.is_named,
        group_size=first.group_size,
        referents=tuple(referent.key for referent in referents),
    )


def _letters(name: str) -> str:
    """Return a name without what is no letter or digit, in small letters: as extraction tells names within a document."""
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _aliases(referents: list[Referent], label: str) -> tuple[str, ...]:
    """Return the other surfaces of a name, in order of the text, each once."""
    names = dict.fromkeys(m.quote for r in referents for m in r.mentions if m.form == "name")
    names.pop(label, None)
    return tuple(names)
