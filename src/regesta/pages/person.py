"""One person, group, place or thing: every claim about it, each with its passages, and who says so.

Claims that say the same are one row with the passages of all. Findings stand beside the predicate they touch, their
passages side by side. Names come with the reason why they are taken for one. Nothing here weighs or settles anything.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from regesta.drawing import Drawing, span
from regesta.pages.dating import in_words
from regesta.pages.findings_beside import Beside, beside
from regesta.pages.page import Asked, Elsewhere, Page
from regesta.pages.passages import Passage, passages_of, sources_of
from regesta.pages.telling import Value, value_of
from regesta.pages.wording import Words
from regesta.shelf import Row, Shelf
from regesta.vocab import predicates

__all__ = ["PAGE", "Person", "person"]

_AT_ONCE = 150
"""Claims on one page; more are on the next."""
_MOST = 60
"""Of names, reasons and mentions elsewhere."""
_PEOPLE = ("person", "group")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`")
"""Sources differ in them where they say the same."""
_SURE = ((0.98, "always"), (0.9, "mostly"), (0.0, "often"))
"""How often a rule is right, in words."""


class Told(NamedTuple):
    """A value, with all who say it."""

    value: Value
    when: str
    """In words, "" where it adds nothing to the value."""
    where: str
    """As worded, each wording once."""
    claims: tuple[Row, ...]
    """The rows of `claims`; they differ in source or rule, not in what they say."""
    passages: tuple[Passage, ...]
    n_sources: int
    n_families: int
    """How many of these sources are independent, as the table `claim_support` has it."""
    at_event: str | None
    subset: str | None
    said_by: str | None
    modality: str
    rank: str
    confidence: float | None
    """Share of what the rule says that is right, where that was measured; of the surest claim."""
    sure: str
    """The same as a key of the words, "" where it was not."""
    drawn: Drawing | None
    """Its date with its uncertainty, on the years that the page tells of."""

    @property
    def first(self) -> Row:
        """The claim whose qualifiers stand for all."""
        return self.claims[0]


@dataclass(frozen=True, slots=True)
class Section:
    """All that is said with one predicate."""

    predicate: str
    told: tuple[Told, ...]
    findings: tuple[Beside, ...]
    """What checks found of these claims, but for what an earlier section shows."""


@dataclass(frozen=True, slots=True)
class Person:
    """The page."""

    card: Row
    """Of `entities` and its card: id, kind, label, is_named, group_size."""
    aliases: tuple[str, ...]
    sections: tuple[Section, ...]
    spellings: tuple[Row, ...]
    """quote, form, source, n; most frequent first."""
    reasons: tuple[Row, ...]
    """Why two mentions are one, or may be: left_label, left_source, right_label, right_source, verdict, reason, weight."""
    elsewhere: tuple[Row, ...]
    """Claims about others that name this one: one of a subject and predicate, with how many there are."""
    decisions: tuple[Row, ...]
    titles: dict[str, str]
    """Of the sources that are named on the page."""
    n_sources: int
    n_families: int
    n_claims: int
    part: int
    n_parts: int


def person(shelf: Shelf, asked: Asked) -> Person | Elsewhere | None:
    """Return the page of an entity; `Elsewhere` for one that was merged into another."""
    card = shelf.row(_CARD, [asked.key])
    if card is None:
        merged = shelf.value(
            "select redirect from identities where id = ? and redirect is not null", [asked.key]
        )
        return Elsewhere(asked.links.to("people", merged)) if merged else None
    n_claims = card["n_claims"]
    n_parts = max(1, -(-n_claims // _AT_ONCE))
    part = asked.number("part", most=n_parts)
    claims = _claims(shelf, card["id"], part, n_parts)
    passages = passages_of(shelf, [claim["id"] for claim in claims], asked.links)
    spellings = shelf.rows(
        "select quote, form, source, count(*) as n from mentions where entity = ? and form <> 'pronoun'"
        " group by quote, form, source order by form desc, n desc, quote, source limit ?",
        [card["id"], _MOST],
    )
    named = {row["source"] for row in (*claims, *spellings)} | {
        p.source for all_ in passages.values() for p in all_
    }
    sources = sources_of(shelf, named)
    return Person(
        card=card,
        aliases=tuple(json.loads(card["aliases"])),
        sections=_sections(shelf, asked, claims, passages),
        spellings=tuple(spellings),
        reasons=tuple(shelf.rows(_REASONS, [card["id"], _MOST])) if shelf.has("links") else (),
        elsewhere=tuple(shelf.rows(_ELSEWHERE, [card["id"], card["id"], _MOST])),
        decisions=_decisions(shelf, card["id"], claims),
        titles={name: row["title"] or name for name, row in sources.items()},
        n_sources=card["n_sources"],
        n_families=card["n_families"],
        n_claims=n_claims,
        part=part,
        n_parts=n_parts,
    )


def _claims(shelf: Shelf, entity: str, part: int, n_parts: int) -> list[Row]:
    """Return the claims of a part of the page, each with its support, in the order of the page."""
    if n_parts == 1:  # few rows are put in order here for half of what it costs there
        claims = shelf.rows(_CLAIMS, [entity])
        claims.sort(key=_place)
        return claims
    ordered = f"{_CLAIMS} order by {_ORDER}, c.earliest, c.source, c.id limit ? offset ?"
    return shelf.rows(ordered, [entity, _AT_ONCE, (part - 1) * _AT_ONCE])


def _place(claim: Row) -> tuple[int, str, str, str]:
    place = _PLACES.get(claim["predicate"], _LAST)
    return (place, claim["earliest"] or "", claim["source"], claim["id"])


def _sections(
    shelf: Shelf,
    asked: Asked,
    claims: Sequence[Row],
    passages: dict[str, tuple[Passage, ...]],
) -> tuple[Section, ...]:
    grouped: dict[str, dict[tuple[object, ...], list[Row]]] = {}
    values = {claim["id"]: value_of(claim, asked.words) for claim in claims}
    for claim in claims:
        said = grouped.setdefault(claim["predicate"], {})
        said.setdefault(_sameness(claim, values[claim["id"]]), []).append(claim)
    found = beside(shelf, [claim["id"] for claim in claims], asked.links) if shelf.has("findings") else {}
    years = _years(claims)
    shown: set[str] = set()
    sections: list[Section] = []
    for predicate, said in grouped.items():
        told = [_told(rows, values[rows[0]["id"]], passages, asked.words, years) for rows in said.values()]
        touching = (
            {f.id: f for rows in said.values() for row in rows for f in found.get(row["id"], ())}
            if found
            else {}
        )
        findings = tuple(f for f in touching.values() if f.id not in shown)
        shown.update(touching)
        sections.append(Section(predicate, tuple(told), findings))
    return tuple(sections)


def _years(claims: Sequence[Row]) -> tuple[str, str] | None:
    """Return the first and the last year that claims tell of, None where that is one year or none."""
    first = min((claim["earliest"][:4] for claim in claims if claim["earliest"]), default="")
    last = max((claim["latest"][:4] for claim in claims if claim["latest"]), default="")
    return (first, last) if first < last and first.isdigit() and last.isdigit() else None


def _sameness(claim: Row, value: Value) -> tuple[object, ...]:
    """Return what two claims share that are shown in one row."""
    return (
        value.in_words.casefold().translate(_APOSTROPHES),
        claim["statement"] or (claim["when_edtf"], claim["where_text"]),
        claim["modality"],
        claim["said_by"],
        claim["subset"],
        claim["at_event"],
        claim["rank"],
    )


def _told(
    rows: Sequence[Row],
    value: Value,
    passages: dict[str, tuple[Passage, ...]],
    words: Words,
    years: tuple[str, str] | None,
) -> Told:
    first = rows[0]
    quoted = passages.get(first["id"], ())
    where = first["where_text"] or ""
    if len(rows) > 1:
        quoted = tuple({(p.source, p.start): p for row in rows for p in passages.get(row["id"], ())}.values())
        where = " / ".join(dict.fromkeys(row["where_text"] for row in rows if row["where_text"]))
    when = first["when_edtf"]
    confidence = max((row["confidence"] for row in rows if row["confidence"] is not None), default=None)
    return Told(
        value=value,
        when=in_words(when, words) if when and when != first["value_edtf"] else "",
        where=where,
        claims=tuple(rows),
        passages=quoted,
        n_sources=max(row["documents"] or 1 for row in rows),
        n_families=max(row["independent"] or 1 for row in rows),
        at_event=first["at_event"],
        subset=first["subset"],
        said_by=first["said_by"],
        modality=first["modality"],
        rank=first["rank"],
        confidence=confidence,
        sure=""
        if confidence is None
        else next((word for least, word in _SURE if confidence >= least), _SURE[-1][1]),
        drawn=span(value.edtf or "", first=years[0], last=years[1], title=value.text, width=200)
        if years and value.edtf
        else None,
    )


def _decisions(shelf: Shelf, entity: str, claims: Sequence[Row]) -> tuple[Row, ...]:
    """Return the decisions about the mentions and the claims of an entity, oldest first."""
    if not shelf.has("decided"):
        return ()
    targets = [claim["fingerprint"] for claim in claims]
    targets += [
        row[0]
        for row in shelf.rows("select fingerprint from referents where entity = ? limit 1000", [entity])
    ]
    return tuple(
        shelf.rows(
            "select distinct d.id, d.made_at, d.kind, d.made_by, d.why, d.value, d.status, d.note from json_each(?) as t"
            " cross join decided on decided.target = t.value cross join decisions d on d.id = decided.decision"
            " order by d.made_at, d.id limit ?",
            [json.dumps(targets), _MOST],
        )
    )


_CARD = """
select e.*, k.n_claims, k.n_sources, k.n_families from entities e join cards k on k.id = e.id where e.id = ?
"""

_CLAIMS = """
select c.*, s.statement, s.documents, s.independent from claims c left join claim_support s on s.claim = c.id where c.subject = ?
"""

_PLACES = {name: n for n, name in enumerate(predicates())}
_LAST = 999
_ORDER = (
    "case c.predicate "
    + " ".join(f"when '{name}' then {n}" for name, n in _PLACES.items())
    + f" else {_LAST} end"
)
"""Predicates in the order of the vocabulary; those of a pack after them."""

_REASONS = """
select a.label as left_label, a.source as left_source, b.label as right_label, b.source as right_source,
    a.entity as left_entity, b.entity as right_entity, l.verdict, l.reason, l.weight
from (
    select l.* from referents r join links l on l.left_referent = r.key where r.entity = ?1
    union select l.* from referents r join links l on l.right_referent = r.key where r.entity = ?1
) l join referents a on a.key = l.left_referent join referents b on b.key = l.right_referent
order by l.verdict, l.weight desc, l.left_referent, l.right_referent limit ?2
"""

_ELSEWHERE = """
select min(id) as id, subject, subject_label, predicate, count(*) as n from claims
where value_entity = ? and subject <> ? group by subject, predicate order by subject_label, predicate, subject limit ?
"""

PAGE = Page(
    name="person", section="people", view=person, template="person.html", has_key=True, parameters=("part",)
)
