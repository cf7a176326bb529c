"""What was in force when: laws, what was paid, how long programmes took and how many they held.

Everything is a claim with its passage. What one passage says of one subject stands together, and what several sources say
stands side by side. A reader may ask as of a date: each line then says whether it stood, did not, or that nobody can say, and
why (see `standing`). Nothing here makes one amount follow another: the passages do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regesta.drawing import Band, Drawing, Event, timeline
from regesta.pages.dating import in_words
from regesta.pages.findings_beside import Beside, beside
from regesta.pages.page import Asked, Page
from regesta.pages.passages import Passage, Texts, quoted, sources_of
from regesta.pages.standing import Standing, asked_date, standing
from regesta.pages.telling import Value, value_of
from regesta.shelf import Row, Shelf

__all__ = ["PAGE", "SECTIONS", "Policy", "policy"]

SECTIONS = ("law", "facility", "length", "grant", "reward")
"""Laws and programmes; places and what they hold; how long things take; what is paid; what single people were given."""
_AT_ONCE = 40
"""Subjects on one page."""
_CLAIMS_AT_ONCE = 3000
_ROOM = 160
"""Passages on one page, but for one of each matter."""
_NEAR = 160
"""Code points between the evidence of two claims that are quoted as one passage."""
_SAID = 24
"""Claims of one passage."""
_FINDINGS = 4
"""Findings beside one matter; a claim's own page has all."""
_DRAWN = 300
_BEGINNING = "opened"
"""The predicate whose date is that of a beginning."""
_HAPPENING = "event"
"""The predicate of what happens once, and is in force at no time."""


@dataclass(frozen=True, slots=True)
class Said:
    """One claim."""

    row: Row
    value: Value
    when: str
    """In words; "" where the value is the date, or there is none."""
    standing: Standing | None
    """As of the reader's date; None where none is asked for, and for what happens once."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one passage says."""

    said: tuple[Said, ...]
    passage: Passage
    title: str
    """Of the source."""


@dataclass(frozen=True, slots=True)
class Matter:
    """All that is said of one thing with one predicate, in one unit."""

    section: str
    subject: str
    label: str
    kind: str
    predicate: str
    told: tuple[Told, ...]
    n_families: int
    findings: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """The page."""

    sections: tuple[tuple[str, tuple[Matter, ...]], ...]
    titles: dict[str, str]
    at: str
    """The reader's date, EDTF; empty where none is asked for."""
    at_in_words: str
    asked_for: str
    """As the reader wrote it."""
    is_no_date: bool
    """The reader wrote something that is no date."""
    standings: tuple[tuple[str, int, tuple[tuple[Matter, tuple[Said, ...]], ...]], ...]
    """As of the date what stood, what nobody can say, what did not stand, in that order: how many, and each subject once."""
    charts: tuple[Drawing, ...]
    n_beyond: int
    """Claims about the subjects of this page that were not even read."""
    omitted: int
    """Dated claims that the chart leaves out."""
    n: int
    """Claims in all."""
    part: int
    n_parts: int


def policy(shelf: Shelf, asked: Asked) -> Policy:
    """Return the page."""
    at = asked_date(asked.get("on")) or ""
    subjects = shelf.rows(
        f"select subject, count(*) as n from ({_CLAIMS}) group by subject order by {_WEIGHT}"  # noqa: S608
    )
    n_parts = max(1, -(-len(subjects) // _AT_ONCE))
    part = asked.number("part", most=n_parts)
    wanted = [row["subject"] for row in subjects[(part - 1) * _AT_ONCE : part * _AT_ONCE]]
    rows = shelf.rows(
        f"select * from ({_CLAIMS}) where subject in (select value from json_each(?)) order by {_ORDER} limit {_CLAIMS_AT_ONCE}",  # noqa: S608
        [json.dumps(wanted)],
    )
    matters = _matters(shelf, asked, rows, at)
    sections = tuple((name, tuple(m for m in matters if m.section == name)) for name in SECTIONS)
    charts, omitted = _charts(asked, matters, at)
    return Policy(
        sections=tuple((name, some) for name, some in sections if some),
        titles={told.passage.source: told.title for m in matters for told in m.told},
        at=at,
        at_in_words=in_words(at, asked.words) if at else "",
        asked_for=asked.get("on"),
        is_no_date=bool(asked.get("on")) and not at,
        standings=_standings(matters) if at else (),
        charts=charts,
        n_beyond=sum(row["n"] for row in subjects if row["subject"] in set(wanted)) - len(rows),
        omitted=omitted,
        n=sum(row["n"] for row in subjects),
        part=part,
        n_parts=n_parts,
    )


def _matters(shelf: Shelf, asked: Asked, rows: Sequence[Row], at: str) -> tuple[Matter, ...]:
    places = {row["claim"]: row for row in shelf.rows(_EVIDENCE, [json.dumps([row["id"] for row in rows])])}
    sources = sources_of(shelf, {place["source"] for place in places.values()})
    found = beside(shelf, [row["id"] for row in rows], asked.links)
    texts = Texts(shelf)
    grouped: dict[tuple[str, str, str, str], list[Row]] = {}
    for row in rows:
        if row["id"] in places:
            unit = (row["value_unit"] or "").partition("/")[0]
            grouped.setdefault((row["section"], row["subject"], row["predicate"], unit), []).append(row)
    shown: set[str] = set()
    matters = []
    for (section, subject, predicate, _), claims in grouped.items():
        told = tuple(_told(texts, asked, some, places, sources, at) for some in _by_passage(claims, places))
        touching = {f.id: f for claim in claims for f in found.get(claim["id"], ()) if f.id not in shown}
        shown.update(touching)
        matters.append(
            Matter(
                section, subject, claims[0]["subject_label"], claims[0]["subject_kind"], predicate, told,
                len({sources[t.passage.source]["family"] for t in told if t.passage.source in sources}),
                tuple(f for f in touching.values() if f.severity in ("error", "warning", "info"))[:_FINDINGS],
            )
        )  # fmt: skip
    return tuple(matters)


def _by_passage(claims: Iterable[Row], places: dict[str, Row]) -> list[list[Row]]:
    """Return claims of one subject in groups whose words stand close together, in the order of the sources."""
    groups: list[list[Row]] = []
    reached: tuple[str, int] = ("", 0)
    for claim in sorted(
        claims, key=lambda c: (places[c["id"]]["source"], places[c["id"]]["start_char"], c["id"])
    ):
        place = places[claim["id"]]
        if groups and place["source"] == reached[0] and place["start_char"] - reached[1] <= _NEAR:
            groups[-1].append(claim)
        else:
            groups.append([claim])
            reached = (place["source"], 0)
        reached = (place["source"], max(reached[1], place["end_char"]))
    return groups


def _told(
    texts: Texts,
    asked: Asked,
    claims: Sequence[Row],
    places: dict[str, Row],
    sources: dict[str, Row],
    at: str,
) -> Told:
    spans = [places[claim["id"]] for claim in claims]
    passage = quoted(texts, spans, asked.links, at=claims[0]["id"])
    source = sources.get(passage.source)
    written = source["date"] if source else None
    saids: dict[tuple[object, ...], Said] = {}
    for claim in claims:
        said = _said(asked, claim, at, written)
        same = (said.value.in_words, said.when, claim["subset"], claim["at_event"], claim["modality"])
        saids.setdefault(same, said)
    return Told(
        tuple(saids.values()),
        passage,
        (source["title"] if source else None) or passage.source,
    )


def _said(asked: Asked, claim: Row, at: str, written: str | None) -> Said:
    when = claim["when_edtf"] or claim["value_edtf"]
    is_date = claim["value_type"] == "date"
    stood = None
    if at and claim["predicate"] != _HAPPENING:
        stood = standing(when, at, begins=claim["predicate"] == _BEGINNING, written=written)
        if claim["modality"] == "denied":
            stood = Standing(None, "denied")
    return Said(
        claim, value_of(claim, asked.words), "" if is_date or not when else in_words(when, asked.words), stood
    )


def _standings(
    matters: Sequence[Matter],
) -> tuple[tuple[str, int, tuple[tuple[Matter, tuple[Said, ...]], ...]], ...]:
    found: dict[bool | None, dict[tuple[str, str], tuple[Matter, list[Said]]]] = {
        True: {},
        None: {},
        False: {},
    }
    for matter in matters:
        if matter.section == "reward":  # what somebody was given once is in force at no time
            continue
        seen = set()
        for told in matter.told:
            for said in told.said:
                same = (said.value.in_words, said.when, said.standing)
                if said.standing and same not in seen:
                    of = found[said.standing.stood].setdefault((matter.label, matter.predicate), (matter, []))
                    of[1].append(said)
                    seen.add(same)
    names = {True: "stood", None: "unknown", False: "not"}
    return tuple(
        (names[stood], sum(len(said) for _, said in some.values()), tuple((matter, tuple(said)) for matter, said in some.values()))
        for stood, some in found.items()
    )  # fmt: skip


def _charts(asked: Asked, matters: Sequence[Matter], at: str) -> tuple[tuple[Drawing, ...], int]:
    """Return what has a date, drawn for a wide screen and for a narrow one, and how many it leaves out."""
    events: dict[tuple[str, str, str], Event] = {}
    for matter in matters:
        for told in matter.told:
            for said in told.said:
                when = said.row["when_edtf"] or said.row["value_edtf"]
                if not when:
                    continue
                if matter.predicate == _BEGINNING and "/" not in when:
                    when = f"{when}/.."
                name = matter.label
                if said.value.kind != "date" and matter.predicate != _HAPPENING:
                    name = f"{matter.label}: {said.value.text}"
                lane = asked.words(f"policy_lane.{matter.section}")
                title = f"{name} · {in_words(when, asked.words)}"
                link = f"#{told.said[0].row['id']}"
                events.setdefault((when, name, lane), Event(when, name, lane, title, link))
    shown = list(events.values())[:_DRAWN]
    if len(shown) < 2:
        return (), 0
    bands = [Band(name=in_words(at, asked.words), period=at)] if at else []
    title = asked.words("policy.chart")
    drawn = tuple(timeline(shown, title=title, width=width, bands=bands) for width in (1100, 350))
    return drawn, len(events) - len(shown) + len(drawn[0].omitted)


_MONEY = "(value_unit glob '[A-Z][A-Z][A-Z]' or value_unit glob '[A-Z][A-Z][A-Z]/*')"

_CLAIMS = f"""
select c.*, 'law' as section from claims c where predicate = 'effective'
union all select c.*, 'law' from claims c where +predicate = 'event' and subject in (select id from cards where kind = 'law')
union all select c.*, 'facility' from claims c where predicate in ('opened', 'capacity')
union all select c.*, 'length' from claims c where predicate = 'duration' and subject_kind not in ('person', 'group', 'place', 'event')
union all select c.*, 'grant' from claims c where predicate = 'amount' and (subject_kind not in ('person', 'group')
    or ({_MONEY} and not exists (select 1 from cards k where k.id = c.subject and k.is_named)))
union all select c.*, 'reward' from claims c where predicate = 'amount' and subject_kind in ('person', 'group') and {_MONEY}
    and exists (select 1 from cards k where k.id = c.subject and k.is_named)
"""  # noqa: S608 - made of constants

_WEIGHT = "min(case section when 'reward' then 2 when 'length' then 1 else 0 end), count(*) desc, min(subject_label), subject"

_ORDER = "subject_label, subject, predicate, earliest is null, earliest, source, id"

_EVIDENCE = """
select e.claim, e.source, e.start_char, e.end_char, e.position, (select l.number from leaves l where l.source = e.source
    and l.start_char <= e.start_char order by l.start_char desc limit 1) as leaf
from json_each(?) as wanted cross join claim_evidence e on e.claim = wanted.value and e.position = 0
"""

PAGE = Page(
    name="policy",
    section="policy",
    view=policy,
    template="policy.html",
    parameters=("on", "part"),
    is_long=True,
)
