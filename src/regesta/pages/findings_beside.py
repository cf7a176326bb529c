"""The findings that touch some claims, each with its passages side by side.

What is conflict and what agreement was judged when the chronicle was built; nothing here judges.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from regesta.pages.collating import Telling, Words, beside_each_other
from regesta.pages.links import Links
from regesta.pages.passages import Passage, Texts, quoted
from regesta.shelf import Row, Shelf

__all__ = ["Beside", "beside", "shown"]

_MOST = 6
"""Passages shown of one finding; all of them are on its own page."""

_TOUCHING = """
select wanted.value as claim, f.id, f.kind, f.severity, f.status, f.summary, f.code, f.computed
from json_each(?) as wanted cross join finding_members m on m.claim = wanted.value
    cross join findings f on f.id = m.finding
order by case f.severity when 'error' then 0 when 'warning' then 1 when 'info' then 2 when 'undetermined' then 3 else 4 end, f.id
"""

_MEMBERS = """
select m.finding, 0 as position, m.source, m.start_char, m.end_char, m.claim,
    (select coalesce(c.value_text, substr(c.value_edtf, 1, 4)) from claims c where c.id = m.claim) as value,
    (select l.number from leaves l where l.source = m.source and l.start_char <= m.start_char
        order by l.start_char desc limit 1) as leaf
from json_each(?) as wanted cross join finding_members m on m.finding = wanted.value and m.position < ?
order by m.finding, m.position
"""


@dataclass(frozen=True, slots=True)
class Beside:
    """A finding with its passages."""

    id: str
    kind: str
    severity: str
    status: str
    summary: str
    row: Row
    """What it was made of, with its code and what it reckoned where the query asked for them."""
    passages: tuple[Passage, ...]
    """In the order of its argument, at most six."""
    told: tuple[tuple[Words, ...], ...] = ()
    """The words of the passages, those marked in which they differ; only of a conflict."""

    @property
    def columns(self) -> tuple[tuple[tuple[Passage, tuple[Words, ...]], ...], ...]:
        """The passages with their words as they stand beside each other: those of one source below one another if there are two."""
        words = self.told or ((),) * len(self.passages)
        by_source = len({passage.source for passage in self.passages}) > 1
        columns: dict[object, list[tuple[Passage, tuple[Words, ...]]]] = {}
        for index, pair in enumerate(zip(self.passages, words, strict=True)):
            columns.setdefault(pair[0].source if by_source else index, []).append(pair)
        return tuple(map(tuple, columns.values()))


def beside(shelf: Shelf, claims: Iterable[str], links: Links) -> dict[str, tuple[Beside, ...]]:
    """Return for each claim the findings that touch it, the gravest first; a claim that none touches is left out."""
    touching = shelf.rows(_TOUCHING, [json.dumps(list(claims))])
    if not touching:
        return {}
    made = shown(shelf, touching, links)
    found: dict[str, dict[str, Beside]] = {}
    for row in touching:
        found.setdefault(row["claim"], {})[row["id"]] = made[row["id"]]
    return {claim: tuple(findings.values()) for claim, findings in found.items()}


def shown(shelf: Shelf, findings: Iterable[Row], links: Links) -> dict[str, Beside]:
    """Return findings with their passages by id, in their order; the rows have id, kind, severity, status and summary."""
    rows = {row["id"]: row for row in findings}
    members: dict[str, list[Row]] = {}
    for row in shelf.rows(_MEMBERS, [json.dumps(sorted(rows)), _MOST]):
        members.setdefault(row["finding"], []).append(row)
    texts = Texts(shelf)
    made: dict[str, Beside] = {}
    for id_, row in rows.items():
        passages = tuple(
            quoted(texts, [member], links, at=member["claim"] or f"p{member['start_char']}")
            for member in members.get(id_, ())
        )
        told: tuple[tuple[Words, ...], ...] = ()
        if _is_conflict(row["kind"]):
            told = beside_each_other(
                [
                    _telling(one, member["value"] or "")
                    for one, member in zip(passages, members.get(id_, ()), strict=True)
                ]
            )
        made[id_] = Beside(
            id_, row["kind"], row["severity"], row["status"], row["summary"], row, passages, told
        )
    return made


def _is_conflict(kind: str) -> bool:
    return kind.endswith("-conflict")


def _telling(passage: Passage, value: str) -> Telling:
    """Return a passage as words that can be compared with others."""
    before = passage.parts[0][0] if passage.parts and not passage.parts[0][1] else ""
    return Telling(
        passage.source,
        passage.start - len(before),
        "".join(text for text, _ in passage.parts),
        (passage.start, passage.end),
        value=value,
    )
