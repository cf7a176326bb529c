"""Which referents are the same person, group, place or institution.

    referents of all documents ──resolve──► entities, and which referent is which

For now every referent is an entity of its own: one per name within a document, whose extraction may have come in parts.
Identity across documents comes later, behind this door. Nothing here looks at claims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

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
    found: dict[str, _Entity] = {}
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
                found[entity] = _Entity(referent)
                if referent.is_named:
                    named.setdefault(name, (part, entity))
            found[entity].add(referent)
            entity_of[referent.key] = entity
    entities = tuple(one.whole(id_) for id_, one in found.items())
    return Resolution(entities=entities, entity_of=entity_of)


class _Entity:
    """An entity in the making: what is needed of its referents, and not the referents."""

    __slots__ = ("first", "keys", "labels", "names")

    def __init__(self, first: Referent) -> None:
        self.first = (first.kind, first.is_named, first.group_size)
        self.labels: dict[str, int] = {}
        self.names: dict[str, None] = {}
        self.keys: list[str] = []

    def add(self, referent: Referent) -> None:
        self.labels[referent.label] = self.labels.get(referent.label, 0) + len(referent.mentions)
        self.names |= dict.fromkeys(m.quote for m in referent.mentions if m.form == "name")
        self.keys.append(referent.key)

    def whole(self, id_: str) -> Entity:
        """Return the entity: its label the most frequent one, the first of several; its aliases in order of the text."""
        kind, is_named, group_size = self.first
        label = max(self.labels, key=lambda name: self.labels[name])
        return Entity(
            id=id_,
            kind=kind,
            label=label,
            aliases=tuple(name for name in self.names if name != label),
            is_named=is_named,
            group_size=group_size,
            referents=tuple(self.keys),
        )


def _letters(name: str) -> str:
    """Return a name without what is no letter or digit, in small letters: as extraction tells names within a document."""
    return "".join(letter for letter in name.lower() if letter.isalnum())
