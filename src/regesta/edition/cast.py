"""Who is in an edition, and what each is called there: names as the plan has them, sizes that somebody says, ids of the edition.

    Cast   is_seen, name_of, is_named, size_of      of an entity of the chronicle
           referent                                 as a document speaks of it, once
           rows                                     of all who were seen, when all documents have passed by

Nothing here reads a text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from regesta.chronicle.rows import EntityRow, IdentityRow, ReferentRow
from regesta.chronicle.settling import SettledRow
from regesta.edition.before import Before, redirects
from regesta.edition.laying import MARK, Laid
from regesta.edition.naming import Names
from regesta.edition.noticing import Noticed
from regesta.edition.wording import masked, plain
from regesta.model.fingerprints import passage_around, referent_fingerprint
from regesta.model.ids import content_id
from regesta.text.span import Span

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle, Rows
    from regesta.edition.watching import Watch
    from regesta.protection import Plan
    from regesta.protection.parts import Parts

__all__ = ["PEOPLE", "Cast"]

PEOPLE: Final = ("person", "group")
"""Kinds of entities that a plan speaks of."""
_NUMERAL: Final = re.compile(r"\d+")


class Cast:
    """Whom an edition speaks of, while its documents pass by."""

    def __init__(self, chronicle: Chronicle, plan: Plan, watch: Watch, parts: Parts, names: Names) -> None:
        self._chronicle, self._plan, self.names = chronicle, plan, names
        self.kind_of: dict[str, str] = dict(chronicle.sql("select id, kind from entities").rows)
        self._label_of: dict[str, str] = dict(chronicle.sql("select id, label from entities").rows)
        self._is_named_of: dict[str, bool] = dict(chronicle.sql("select id, is_named from entities").rows)
        self._size_of: dict[str, int] = dict(
            chronicle.sql("select id, group_size from entities where group_size is not null").rows
        )
        things = (label for id_, label in self._label_of.items() if self.kind_of.get(id_) not in PEOPLE)
        self.masks = masked(watch.patterns, [*_strings(plan), *things], parts)
        """Words of claims and names of things that may not stand in the edition -> what stands there for them."""
        self._used: dict[str, None] = {}
        """Entities that are seen, in the order in which they were."""
        self._surfaces: dict[str, Counter[str]] = defaultdict(Counter)
        """Entity -> how often each name of it is seen."""
        self._sizes: set[tuple[str, float]] = set()
        self._referents: set[str] = set()
        self._anchors: dict[str, str] = {}

    def see(self, entity: str, name: str | None = None) -> None:
        """Note that an entity is seen, perhaps by a name."""
        self._used.setdefault(entity)
        if name is not None:
            self._surfaces[entity][name] += 1

    def tell_size(self, entity: str, size: float) -> None:
        """Note that a claim that is shown says how many a group is."""
        self._sizes.add((entity, size))

    def is_seen(self, entity: str) -> bool:
        """Return whether an entity is in the edition at all."""
        if self.kind_of.get(entity) in PEOPLE:
            exposure = self._plan.exposures.get(entity)
            return exposure is not None and exposure.shown != "absent" and bool(exposure.label)
        return self._label_of.get(entity) not in self.masks

    def name_of(self, entity: str) -> str:
        """Return what the edition calls an entity."""
        if self.kind_of.get(entity) in PEOPLE:
            exposure = self._plan.exposures.get(entity)
            return exposure.label if exposure else MARK
        label: str = self._label_of.get(entity, MARK)
        return self.masks.get(label, label)

    def key(self, document: str, entity: str) -> str:
        """Return the key of somebody as a document of the edition speaks of them."""
        return content_id("m", [document, self.names.entity(entity)])

    def referent(
        self, source: str, document: str, laid: Laid, entity: str, first: Span | None = None
    ) -> Rows:
        """Return the row of somebody as a document speaks of them: one for each entity in it."""
        key = self.key(document, entity)
        if key in self._referents:
            return {}
        self._referents.add(key)
        new, label = self.names.entity(entity), self.name_of(entity)
        kind = self.kind_of.get(entity, "topic")
        words = passage_around(laid.text, first, _around(laid, first)) if first else label
        fingerprint = referent_fingerprint(kind, label, words)
        self._anchors.setdefault(entity, fingerprint)
        row = ReferentRow(key, "", source, kind, label, self.is_named(entity), self.size_of(entity), "")
        return {"referents": [row], "settled": [SettledRow(key, new, fingerprint)]}

    def is_named(self, entity: str) -> bool:
        """Return whether an entity has a name in the edition."""
        if self.kind_of.get(entity) in PEOPLE:
            exposure = self._plan.exposures.get(entity)
            return exposure is not None and exposure.shown == "name"
        return self._is_named_of.get(entity, True)

    def size_of(self, entity: str) -> int | None:
        """Return how many people a group is, where a claim that is shown says so, or what the edition calls it."""
        size: int | None = self._size_of.get(entity)
        if size is None:
            return None
        is_told = (entity, float(size)) in self._sizes or str(size) in _NUMERAL.findall(
            self.name_of(entity).replace(",", "")
        )
        return size if is_told else None

    def rows(self, before: Before | None, noticed: Noticed) -> Iterator[Rows]:
        """Yield the entities that are seen, with their ids in editions."""
        rows, settled, identities = [], [], []
        for entity in self._used:
            new = self.names.entity(entity)
            kind = self.kind_of.get(entity, "topic")
            exposure = self._plan.exposures.get(entity)
            seen = self._surfaces.get(entity, Counter())
            label = self.name_of(entity)
            if kind in PEOPLE:
                aliases = exposure.aliases if exposure and exposure.shown == "name" else ()
            else:
                if seen and label not in seen:
                    label = seen.most_common(1)[0][0]
                aliases = tuple(sorted(set(seen) - {label}))
            rows.append(EntityRow(new, kind, label, aliases, self.is_named(entity), self.size_of(entity)))
            settled.append(SettledRow(new, new, ""))
            identities.append(IdentityRow(new, self._anchors.get(entity, ""), None))
            noticed.ids[entity] = new
            noticed.words.update(plain(" ".join((label, *aliases))).split())
        if before is not None:
            merged = self._chronicle.sql(
                "select id, redirect from identities where redirect is not null"
            ).rows
            named = {row.id: (row.label, *row.aliases) for row in rows if row.is_named}
            led = redirects(before, merged, named, self.names)
            used = {row.id for row in rows}
            identities += [IdentityRow(id_, "", last) for id_, last in led.items() if id_ not in used]
        rows.sort(key=lambda row: row.id)
        yield {"entities": rows, "settled": settled, "identities": sorted(identities, key=lambda row: row.id)}

    def unseen(self) -> tuple[str, ...]:
        """Return whom the plan would show and no text does."""
        return tuple(
            e for e, one in self._plan.exposures.items() if one.shown != "absent" and e not in self._used
        )


def _strings(plan: Plan) -> Iterator[str]:
    """Yield the words of claims as the plan releases them."""
    for verdict in plan.verdicts.values():
        row = verdict.row
        if row is not None:
            for text in (
                row.value_text,
                row.where_text,
                row.said_by,
                row.at_event,
                row.subset,
                row.value_unit,
            ):
                if text:
                    yield text
            for stop in row.value_stops or ():
                yield stop.text


def _around(laid: Laid, span: Span) -> Span:
    """Return the words of the block that a place stands in."""
    i = bisect_right(laid.blocks, span.start, key=lambda block: block.content_start) - 1
    while i >= 0 and laid.blocks[i].content_end < span.end:
        i -= 1
    return Span(laid.blocks[i].content_start, laid.blocks[i].content_end) if i >= 0 else span
