"""Records become entries: a table, a list or labelled lines that lay out people, one entry for each of its records.

    Kos | Jan           one person, of two cells
    —                   whoever the remarks describe: "boy, alone"

Whom a cell of names gives is for `name_cells.py`, whether the flight of a row came to an end for `row_outcomes.py`.
"""

from __future__ import annotations

from dataclasses import replace

from regesta.extraction.described import Phrase
from regesta.extraction.house_columns import houses_of
from regesta.extraction.name_cells import Describe, people_in_cell, take_for_name
from regesta.extraction.passages import Filed, Passage
from regesta.extraction.records import Record, records
from regesta.extraction.scene import Actor, Entry, Scene
from regesta.text.span import Span

__all__ = ["enter", "of_this_entry", "read"]


def read(scene: Scene) -> None:
    """Find the tables of houses and the records of the document, once, and note what the cells of records mean."""
    if scene.records is not None:
        return
    found = [(table, houses_of(table, scene.lexicon)) for table in scene.document.tables]
    scene.houses = [houses for _, houses in found if houses]
    others = [table for table, houses in found if not houses]
    scene.records = records(scene.document, scene.text, others, scene.lexicon)
    for record in scene.records:
        whole = bool(record.spans("family")) and bool(record.spans("given"))
        for span, meaning in record.cells:
            if meaning:
                part = whole and meaning in ("family", "given")
                scene.cell_meanings.setdefault(span, "part" if part else meaning)
    for passage in scene.passages:
        is_name = scene.cell_meanings.get(passage.span) in ("name", "family")
        if passage.kind == "cell" and is_name and scene.document.source.format in ("html", "wikitext"):
            _part_lines(scene, passage)


def _part_lines(scene: Scene, passage: Passage) -> None:
    """Part the names that stand in one cell on a line each."""
    row, text = scene.chunks[passage.index], scene.document.text
    for position, chunk in reversed(list(enumerate(row))):
        lines: list[tuple[int, int]] = []
        for index in range(chunk.first, chunk.last + 1):
            if lines and "\n" not in text[scene.tokens.ends[index - 1] : scene.tokens.starts[index]]:
                lines[-1] = (lines[-1][0], index)
            else:
                lines.append((index, index))
        if len(lines) > 1:
            spans = [Span(scene.tokens.starts[a], scene.tokens.ends[b]) for a, b in lines]
            row[position : position + 1] = [
                replace(chunk, first=a, last=b, span=span, text=" ".join(span.of(scene.text).split()))
                for (a, b), span in zip(lines, spans, strict=True)
            ]


def enter(scene: Scene, described: list[list[Phrase]], describe: Describe) -> None:
    """Make an entry of every record that names or describes somebody."""
    place = {
        p.span: p for p in scene.passages if p.kind in ("cell", "definition", "caption", "heading", "prose")
    }
    seen: set[tuple[int, int]] = set()
    for record in scene.records or ():
        if record.is_nameless and not _named_in_remarks(scene, record, place):
            continue
        entry = Entry("item" if record.is_told else "row", [], None, table=record.block)
        for span, meaning in record.cells:
            if meaning and not record.is_told:
                entry.cells.setdefault(meaning, span)
            passage = place.get(span)
            if passage is None:
                continue
            if entry.filed is None:
                entry.filed = passage.filed
            if scene.entry_of[passage.index] is None:
                if not (record.is_told and meaning == "name"):
                    entry.passages.append(passage.index)
                scene.entry_of[passage.index] = entry
        for span in record.spans("kin"):
            if span in place:
                take_for_name(scene, place[span])
        entry.principals = _people(scene, record, entry, place, described, describe)
        if not entry.principals:
            continue
        if not record.is_told and not record.is_nameless:
            entry.principals = [of_this_entry(scene, entry, a, record.block, seen) for a in entry.principals]
        entry.passages.sort(
            key=lambda i: i not in [place[s].index for s in record.spans("name", "family") if s in place]
        )
        scene.entries.append(entry)
        if record.is_told:
            continue
        if record.filed:
            entry.filed = record.filed
        elif record.asked & {"arrival"}:
            entry.filed = None
        else:
            entry.filed = _reported_above(scene, record) or entry.filed


def of_this_entry(scene: Scene, entry: Entry, actor: Actor, table: int, seen: set[tuple[int, int]]) -> Actor:
    """Return the person of a row or an item: another one than whoever bears the same name in one of the table before it."""
    if (table, id(actor)) not in seen or not actor.is_named:
        seen.add((table, id(actor)))
        return actor
    here = [
        (row, place, said)
        for row in (scene.said[index] for index in entry.passages)
        for place, said in enumerate(row)
        if said.actor is actor
    ]
    if not here or len(here) == len(actor.mentions):
        return actor
    own = replace(actor, mentions=[])
    for row, place, said in here:
        row[place] = replace(said, actor=own)
        actor.mentions.remove((said.span, said.form))
        own.mentions.append((said.span, said.form))
    scene.actors.append(own)
    return own


def _people(
    scene: Scene,
    record: Record,
    entry: Entry,
    place: dict[Span, Passage],
    described: list[list[Phrase]],
    describe: Describe,
) -> list[Actor]:
    if record.is_nameless:
        return _named_in_remarks(scene, record, place)
    family, given = record.spans("family"), record.spans("given")
    if family and given and family[0] in place:
        return [_of_two_cells(scene, place[family[0]], family[0], given[0], entry)]
    found: list[Actor] = []
    for span in record.spans("name", "family"):
        passage = place.get(span)
        if passage is None:
            continue
        found += [
            a for a in people_in_cell(scene, passage, described[passage.index], describe) if a not in found
        ]
    if found or (not record.spans("name", "family") and "family" in record.asked):
        return found
    for span in record.spans("notes", "role", "outcome"):
        passage = place.get(span)
        head = (
            next((p for p in described[passage.index] if p.span.start == span.start), None)
            if passage
            else None
        )
        if passage and head and any(meaning == "age" for _, meaning in record.cells):
            return [describe(scene, passage, head, [])]
    return found


def _named_in_remarks(scene: Scene, record: Record, place: dict[Span, Passage]) -> list[Actor]:
    """Return who is named in the remarks on a ship or a party: they came with it, as far as the table dates it."""
    if not record.asked & {"arrival", "date"} or not record.asked & {"size", "vehicle"}:
        return []
    said = [
        s
        for span in record.spans("notes", "kin", "outcome")
        if span in place
        for s in scene.said[place[span].index]
    ]
    return list(dict.fromkeys(s.actor for s in said if s.form == "name" and s.actor.kind == "person"))


def _of_two_cells(scene: Scene, passage: Passage, family: Span, given: Span, entry: Entry) -> Actor:
    """Return the one person whose surname and given name stand in cells of their own."""
    surname, forename = family.of(scene.text), given.of(scene.text)
    usual = surname.title() if surname.isupper() and len(surname) > 2 else surname
    actor = scene.named("person", f"{forename} {usual}")
    if scene.entry_of[passage.index] is not entry:
        return _of_surname_above(scene, actor, given)
    first, second = sorted((family, given))
    gap = scene.text[first.end : second.start]
    if len(gap) <= 3 and not any(ch.isalnum() for ch in gap):
        span = Span(first.start, second.end)
        entry.cells["name"] = span
        actor.called = f"{surname}, {forename}" if family < given else f"{forename} {surname}"
        scene.say(passage, span, actor, "name")
    else:
        scene.say(passage, family, actor, "name")
        other = scene.passage_at(given.start)
        if other is not None:
            scene.say(other, given, actor, "name")
    return actor


def _of_surname_above(scene: Scene, actor: Actor, given: Span) -> Actor:
    """Return the person whose surname stands in a row before: "do.", or one cell for the whole family."""
    own = scene.passage_at(given.start)
    if own is not None:
        scene.say(own, given, actor, "name")
    return actor


def _reported_above(scene: Scene, record: Record) -> Filed | None:
    """Return the date of an arrival that is told over a table for all who stand in it: "Arrived at Oran 3 May 1939"."""
    if record.block < 0:
        return None
    sections = scene.document.sections[record.block]
    found: Filed | None = None
    for passage in scene.passages:
        if passage.block >= record.block:
            break
        if passage.kind not in ("prose", "caption", "heading") or scene.document.sections[
            passage.block
        ] not in (sections, sections[:1], ()):
            continue
        if any(
            s.actor.kind in ("person", "group") and s.is_subject and s.form == "name"
            for s in scene.said[passage.index]
        ):
            continue
        for sentence in passage.sentences:
            dates = [d for d in passage.dates_in(sentence) if d.edtf and len(d.edtf) == 10]
            arriving = [
                i
                for i in scene.tokens.between(*sentence)
                if scene.lexicon.flight.get(scene.tokens.lowers[i]) == "arrive"
                or scene.tokens.lowers[i] in ("landing", "arrivals", "arrival")
            ]
            if dates and arriving:
                start = scene.tokens.starts[arriving[-1]]
                best = min(dates, key=lambda d: abs(d.span.start - start))
                found = Filed(best.edtf or "", tuple(best.evidence) or (best.span,))
    return found
