"""One source: its full text as it was read, every claim marked in place and named in the margin.

A long text is shown in leaves. Spans that overlap are split; references lead to their entries and back; names lead to
whom they name; what was left out and what other sources share stands at the end of its leaf. Nothing of the text is
left out but the signs that its layout replaces.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from regesta.pages.links import source_key
from regesta.pages.marking import Mark, Piece, split
from regesta.pages.page import Asked, Elsewhere, Page
from regesta.pages.setting import Block, escaped, set_text, with_loose
from regesta.pages.telling import value_of
from regesta.pages.wording import Words
from regesta.shelf import Row, Shelf

__all__ = ["PAGE", "Source", "name_of", "source"]

_LONGEST_EVIDENCE = 600
"""Code points; no piece of evidence is longer."""
_SHORT = 6
"""Digits of a claim's id that tell it from the others of its leaf, for what is lit together."""
_LONGEST_LABEL = 60
_NOTES = 14
"""Claims that a margin note names; the others are one step away."""
_MOST = 100


@dataclass(frozen=True, slots=True)
class Source:
    """The page."""

    row: Row
    """Of `sources`."""
    text: Markup
    leaf: int
    leaves: tuple[Row, ...]
    """number, start_char, end_char."""
    n_claims: int
    n_claims_here: int
    kin: tuple[Row, ...]
    """Other sources of the same family: name, title."""
    shared: tuple[Row, ...]
    """Passages on this leaf that stand elsewhere too: start_char, words, alike, other, other_start, other_leaf, title."""
    rejected: tuple[Row, ...]
    """What was left out on this leaf: start_char, quote, code, reason."""
    origins: tuple[Row, ...]
    """Where the source says that its text is taken from: quote, named, origin, title."""


def source(shelf: Shelf, asked: Asked) -> Source | Elsewhere | None:
    """Return a leaf of a source."""
    name = name_of(shelf, asked.key)
    row = shelf.row("select * from sources where name = ?", [name])
    if row is None:
        return None
    leaves = shelf.rows(
        "select number, start_char, end_char from leaves where source = ? order by number", [name]
    )
    leaf = asked.number("leaf", most=max(1, len(leaves)))
    start, end = (leaves[leaf - 1]["start_char"], leaves[leaf - 1]["end_char"]) if leaves else (0, 0)
    evidence = shelf.rows(_EVIDENCE, [name, start - _LONGEST_EVIDENCE, end, start])
    return Source(
        row=row,
        text=_text(shelf, asked, name, start, end, evidence),
        leaf=leaf,
        leaves=tuple(leaves),
        n_claims=shelf.value("select count(*) from claims where source = ?", [name]),
        n_claims_here=len({e["claim"] for e in evidence}),
        kin=tuple(
            shelf.rows(
                "select name, title from sources where family = ? and name <> ? order by name limit ?",
                [row["family"], name, _MOST],
            )
        ),
        shared=tuple(shelf.rows(_SHARED, [name, start, end, _MOST])),
        rejected=tuple(
            shelf.rows(
                "select start_char, quote, code, reason from rejections where source = ? and start_char >= ? and start_char < ?"
                " order by start_char limit ?",
                [name, start, end, _MOST],
            )
        ),
        origins=tuple(
            shelf.rows(
                "select o.quote, o.named, o.origin, s.title from origins o left join sources s on s.name = o.origin"
                " where o.source = ? order by o.start_char limit ?",
                [name, _MOST],
            )
        ),
    )


def name_of(shelf: Shelf, key: str) -> str:
    """Return the name of the source that an address calls `key`."""
    if not key.startswith("~"):
        return key
    return next(
        (row[0] for row in shelf.rows("select name from sources order by name") if source_key(row[0]) == key),
        key,
    )


def _text(shelf: Shelf, asked: Asked, name: str, start: int, end: int, evidence: Sequence[Row]) -> Markup:
    text = shelf.text(name, start, end)
    blocks = with_loose(text, start, _blocks(shelf, name, start, end))
    claims = [Mark(e["start_char"], e["end_char"], "claim", e["claim"]) for e in evidence]
    names = {
        m["start_char"]: m
        for m in shelf.rows(
            "select start_char, end_char, entity from mentions where source = ? and form = 'name' and start_char >= ? and start_char < ?"
            " order by start_char, end_char desc limit 5000",
            [name, start, end],
        )
    }
    cited = {f"{m['start_char']}": m for m in shelf.rows(_CITED, [name, start, end])}
    entries = {r["id"]: r for r in shelf.rows(_ENTRIES, [name, start, end])}
    marks = [
        *claims,
        *(Mark(m["start_char"], m["end_char"], "name", m["entity"]) for m in names.values()),
        *(Mark(m["start_char"], m["end_char"], "cited", key) for key, m in cited.items()),
    ]
    anchors = _anchors(shelf, name, start, end, evidence, entries)
    cuts = [edge for b in blocks for edge in (b.content_start, b.content_end)] + [at for at, _ in anchors]
    anchors.reverse()
    links = asked.links
    people = {
        m["entity"]: f'<a class="name" href="{escaped(links.to("people", m["entity"]))}">'
        for m in names.values()
    }
    digits = {e["claim"]: escaped(e["claim"].rpartition("-")[2][:_SHORT]) for e in evidence}

    def inside(piece: Piece, words: str) -> str:
        if not (piece.marks or anchors or asked.tells_places):
            return words
        html = words
        kinds: dict[str, str] = {}
        said: list[str] = []
        for _, _, kind, key in piece.marks:
            if kind == "claim":
                said.append(digits[key])
            else:
                kinds[kind] = key
        if "cited" in kinds:
            row = cited[kinds["cited"]]
            where = links.source(name, leaf=row["leaf"] or 1, at=row["citation"]) if row["citation"] else ""
            html = (
                f'<a class="cited" id="m{row["start_char"]}" href="{escape(where)}">{words}</a>'
                if where
                else words
            )
        elif "name" in kinds:
            html = f"{people[kinds['name']]}{words}</a>"
        if said:
            weight = " many" if len(said) > 2 else ""
            html = f'<mark class="said{weight}" data-claims="{" ".join(said)}">{html}</mark>'
        if asked.tells_places:
            html = f'<span data-at="{piece.start}">{html}</span>'
        while anchors and anchors[-1][0] <= piece.start:
            html = f'<span class="at" id="{escape(anchors.pop()[1])}"></span>{html}'
        return html

    pieces = list(split(start, end, marks, cuts))
    return set_text(
        text, start, blocks, pieces, inside, _notes(blocks, evidence, entries, shelf, asked, name, digits)
    )


def _anchors(
    shelf: Shelf, name: str, start: int, end: int, evidence: Sequence[Row], entries: dict[str, Row]
) -> list[tuple[int, str]]:
    """Return the places on a leaf that others link to, in order: claims, entries, passages of findings and shared ones."""
    found = {(max(start, e["start_char"]), e["claim"]) for e in evidence if e["position"] == 0}
    found |= {(r["start_char"], r["id"]) for r in entries.values()}
    found |= {(row[0], f"p{row[0]}") for row in shelf.rows(_PLACES, [name, start, end])}
    return sorted(found)


def _blocks(shelf: Shelf, name: str, start: int, end: int) -> list[Block]:
    """Return the blocks of a leaf, with those around its first one that began before it."""
    blocks = shelf.rows(
        "select * from blocks where source = ? and start_char >= ? and start_char < ? order by position",
        [name, start, end],
    )
    around: list[Row] = []
    before = shelf.row(
        "select * from blocks where source = ? and start_char < ? order by start_char desc, position desc limit 1",
        [name, start],
    )
    while before is not None and len(around) < 50:
        if before["end_char"] > start:
            around.append(before)
        parent = before["parent"]
        before = (
            None
            if parent is None
            else shelf.row("select * from blocks where source = ? and position = ?", [name, parent])
        )
    return [
        Block(
            row["position"], row["kind"], row["content_start"], row["content_end"], row["parent"], row["level"],
            row["marker"], bool(row["is_header"]),
        )
        for row in (*reversed(around), *blocks)
    ]  # fmt: skip


def _notes(
    blocks: Sequence[Block],
    evidence: Sequence[Row],
    entries: dict[str, Row],
    shelf: Shelf,
    asked: Asked,
    name: str,
    digits: Mapping[str, str],
) -> dict[int, str]:
    """Return the notes of each block: the claims whose words begin in it, by subject; where an entry is cited."""
    homes = _homes(blocks)
    by_block: dict[int, dict[str, list[Row]]] = {}
    at = 0
    for e in evidence:
        if e["position"] > 0:  # it only lends a date or a name
            continue
        while at + 1 < len(homes) and homes[at + 1][0] <= e["start_char"]:
            at += 1
        if homes:
            by_block.setdefault(homes[at][1], {}).setdefault(e["subject"], []).append(e)
    notes: dict[int, str] = {}
    alone = ""
    for at_block, said in by_block.items():
        notes[at_block] = _note(asked, said, digits, alone)
        alone = next(iter(said)) if len(said) == 1 else ""
    backs = shelf.rows(_BACK, [json.dumps(list(entries))]) if entries else []
    at = 0
    for row in sorted(backs, key=lambda row: (entries[row["citation"]]["start_char"], row["start_char"])):
        place = entries[row["citation"]]["start_char"]
        position = next((p for s, p in reversed(homes) if s <= place), None)
        if position is not None:
            where = asked.links.source(name, leaf=row["leaf"] or 1, at=f"m{row['start_char']}")
            back = f'<a class="back" href="{escape(where)}">↑ {escape(row["label"])}</a> '
            notes[position] = notes.get(position, "") + back
    return notes


def _homes(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return where each block begins that can have notes, with its position; cells leave theirs to their table."""
    return sorted(
        (block.content_start, block.position) for block in blocks if block.kind not in ("cell", "row")
    )


def _note(asked: Asked, by_subject: dict[str, list[Row]], digits: Mapping[str, str], before: str) -> str:
    """Return the note of a block; `before` is the only subject of the note before it, which is not named again."""
    lines: list[str] = []
    shown = 0
    total = sum(map(len, by_subject.values()))
    words = asked.words
    for subject, claims in by_subject.items():
        room = _NOTES - shown
        if room <= 0:
            break
        who = escaped(asked.links.to("people", subject))
        said = _predicates(claims[:room], who, digits, words)
        shown += min(room, len(claims))
        if subject == before and len(by_subject) == 1:
            lines.append(f"<span>{said}</span>")
            continue
        label = claims[0]["subject_label"]
        if len(label) > _LONGEST_LABEL:
            label = f"{label[: _LONGEST_LABEL - 1].rstrip()}…"
        lines.append(f'<span><a class="who" href="{who}">{escaped(label)}</a> {said}</span>')
    if total > shown:
        lines.append(f"<span>{escape(words('source.more_claims', n=total - shown))}</span>")
    again = " again" if len(by_subject) == 1 and before in by_subject else ""
    return f'<small class="note{again}">{"".join(lines)}</small>'


def _predicates(claims: Sequence[Row], who: str, digits: Mapping[str, str], words: Words) -> str:
    """Return links to claims by what they tell; the second and later ones of a predicate are numbers behind the first."""
    grouped: dict[str, list[str]] = {}
    for claim in claims:
        links = grouped.setdefault(claim["predicate"], [])
        name = escaped(words.named("predicate", claim["predicate"]))
        n = len(links) + 1
        said = name if n == 1 else f"{n}"
        spoken = "" if n == 1 else f' aria-label="{name} {n}"'
        links.append(
            f'<a href="{who}#{escaped(claim["claim"])}" data-claim="{digits[claim["claim"]]}"{spoken}'
            f' title="{escaped(_short(claim, words))}">{said}</a>'
        )
    return ", ".join(" ".join(links) for links in grouped.values())


def _short(claim: Row, words: Words) -> str:
    """Return the value of a claim in a few words."""
    value = value_of(claim, words).in_words
    return f"{value[:77]}…" if len(value) > 80 else value


_EVIDENCE = """
select e.claim, e.position, e.start_char, e.end_char, c.subject, c.subject_label, c.predicate, c.value_type, c.value_text, c.value_edtf,
    c.value_entity, c.value_number, c.value_low, c.value_high, c.value_unit, c.value_approximate, c.value_stops, c.bound
from claim_evidence e cross join claims c on c.rowid = e.place
where e.source = ? and e.start_char >= ? and e.start_char < ? and e.end_char > ?
order by e.start_char, e.end_char, e.claim
"""

_CITED = """
select m.start_char, m.end_char, m.citation, (select l.number from leaves l where l.source = r.source
    and l.start_char <= r.start_char order by l.start_char desc limit 1) as leaf
from citation_marks m left join citations r on r.id = m.citation
where m.source = ? and m.start_char >= ? and m.start_char < ?
"""

_ENTRIES = "select id, start_char from citations where source = ? and start_char >= ? and start_char < ? order by start_char"

_PLACES = """
select start_char from finding_members where source = ?1 and start_char >= ?2 and start_char < ?3 and claim is null
union select a_start from shared_passages where a_source = ?1 and a_start >= ?2 and a_start < ?3
union select b_start from shared_passages where b_source = ?1 and b_start >= ?2 and b_start < ?3
union select start_char from rejections where source = ?1 and start_char >= ?2 and start_char < ?3
"""

_BACK = """
select m.citation, m.start_char, m.label, (select l.number from leaves l where l.source = m.source
    and l.start_char <= m.start_char order by l.start_char desc limit 1) as leaf
from json_each(?) as wanted cross join citation_marks m on m.citation = wanted.value
"""

_SHARED = """
select p.start_char, p.words, p.alike, p.other, p.other_start, s.title, (select l.number from leaves l where l.source = p.other
    and l.start_char <= p.other_start order by l.start_char desc limit 1) as other_leaf
from (
    select a_start as start_char, words, alike, b_source as other, b_start as other_start from shared_passages where a_source = ?1
        and a_start >= ?2 and a_start < ?3
    union all
    select b_start, words, alike, a_source, a_start from shared_passages where b_source = ?1 and b_start >= ?2 and b_start < ?3
) p join sources s on s.name = p.other order by p.start_char, p.other, p.other_start limit ?4
"""

PAGE = Page(
    name="source", section="sources", view=source, template="source.html", has_key=True, parameters=("leaf",)
)
