"""Whom each list item, table row, biography or paragraph is about: its principals.

    • On 21 May – captain Jan Novák flew ...        one item, one named principal
    • 1990 – two fishermen crossed the bay          an unnamed group; stays unnamed
    • Marie Curie ⏎ paragraphs until the next head  a biography: one entry of many passages
    • 12 women and one man                          one group of 13, from two counted phrases

The head of an entry is looked at first, past its date; a describing phrase that stands beside a name is that name's.
"""

from __future__ import annotations

import re

from regesta.extraction import registers
from regesta.extraction.chunk import Chunk
from regesta.extraction.described import Phrase, head_class
from regesta.extraction.headings import (
    has_years,
    heads_roles,
    is_life_line,
    is_name_line,
    is_told_below,
    opens_life,
    opens_with_he,
)
from regesta.extraction.passages import Passage
from regesta.extraction.persons import is_doing
from regesta.extraction.principals import described_actor, head_start, item_of, principals_of_item
from regesta.extraction.scene import Actor, Entry, Scene
from regesta.names import lists as names

__all__ = ["build", "head_chunks", "is_aged_heading"]

_PRONOUNS = frozenset("he she they his her their".split())
_PAIR = 2
_LINE = 40
"""Code points of a paragraph that may be a line of its own, under which the telling is of something else."""
_NUMBERED = re.compile(r"(?:\[\d{1,3}\]|\d{1,3}[.)])\s*$")
_AGED_HEADING = re.compile(r"[*†_ ]{0,3}(?:,\s|\s\()(?:aged )?[1-9]\d?\b(?=[,)*_]|\s*$)")
"""What stands behind the name in the heading of a testimony: "Lamin*, 24, carpenter", "Ana (31)"."""
_TOLD_HEADING = re.compile(r"[*†_ ]{0,3}, (?:[\w-]+ ){0,3}(?P<head>[\w-]+)\s*")
"""What else may stand there: what somebody was: "Ana Ruiz, piano teacher"."""
_APPOSED = re.compile(r"[*_†]{0,3}\s*[,(]?\s*$")
_AND = re.compile(r"\s*,?\s*(?:and|&|,|;|/)\s*(?:(?:his|her|their) )?$")


def head_chunks(scene: Scene) -> dict[int, Chunk]:
    """Return, by passage, the proper name that opens it: of list items, of name columns, of headings that are a name."""
    found: dict[int, Chunk] = {}
    registers.read(scene)
    profiles = _profile_headings(scene)
    for passage in scene.passages:
        row = scene.chunks[passage.index]
        if not row:
            continue
        if passage.index in profiles:
            found[passage.index] = row[0]
            continue
        if passage.kind == "heading":
            chunk = row[0]
            dated = sum(c.isalpha() for d in passage.dates for c in d.span.of(scene.text))
            words = _ASIDES.sub("", passage.span.of(scene.text))
            rank = chunk.prefix.of(scene.text) if chunk.prefix else ""
            letters = sum(letter.isalpha() for letter in words) - sum(map(str.isalpha, rank)) - dated
            if chunk.kind == "name" and _AGED_HEADING.match(scene.text, chunk.span.end, passage.span.end):
                if chunk.span.start - passage.span.start <= 3:
                    found[passage.index] = chunk
                continue
            if has_years(scene, passage, row[-1]):
                found[passage.index] = row[-1]
                continue
            if chunk.kind == "name" and heads_roles(scene, passage, chunk):
                found[passage.index] = chunk
                continue
            if chunk.kind == "name" and chunk.last > chunk.first and _is_described(scene, passage, chunk):
                found[passage.index] = chunk
                continue
            if (
                (len(row) == 1 or _is_aside(scene, passage, chunk))
                and chunk.kind == "name"
                and chunk.last > chunk.first
                and len(chunk.text) >= 0.7 * letters
            ):
                surname = scene.tokens.texts[chunk.last]
                is_term = scene.document.blocks[passage.block].kind == "term"
                named_again = is_term or scene.text.find(surname, passage.span.end) >= 0
                if (_is_somebody(chunk) and named_again) or (
                    not is_term
                    and (
                        opens_life(scene, passage)
                        or is_told_below(scene, passage, chunk)
                        or opens_with_he(scene, passage, chunk)
                    )
                ):
                    found[passage.index] = chunk
            continue
        if is_name_line(scene, passage):
            found[passage.index] = row[0] if row[0].kind == "name" else row[-1]
            continue
        is_named = scene.cell_meanings.get(passage.span) in ("name", "family")
        if passage.kind in ("cell", "caption", "definition") and not is_named:
            continue
        at = head_start(scene, passage)
        for chunk in row:
            start = chunk.prefix.start if chunk.prefix else chunk.span.start
            if start == at and chunk.kind in ("name", "place"):
                is_dated = any(d.span.end <= start for d in passage.dates)
                if passage.kind != "prose" or _opens_like_entry(scene, chunk, is_dated=is_dated):
                    found[passage.index] = chunk
                break
    return found


def _is_described(scene: Scene, passage: Passage, chunk: Chunk) -> bool:
    """Whether a heading tells what the one is whom the paragraphs below tell of: "Ana Ruiz, once a judge, Spain"."""
    return (
        chunk.span.start - passage.span.start <= 1
        and scene.text[chunk.span.end : chunk.span.end + 2] == ", "
        and is_told_below(scene, passage, chunk)
    )


def _profile_headings(scene: Scene) -> set[int]:
    """Return the headings of a page of profiles: three or more beside each other that are one name each.

    One in three has to be a name that is known; the others are then people too, from wherever they come.
    """
    rows: dict[tuple[int, int], list[int]] = {}
    for passage in scene.passages:
        block = scene.document.blocks[passage.block]
        row = scene.chunks[passage.index]
        if (
            block.kind != "heading"
            or len(row) != 1
            or row[0].kind != "name"
            or not 1 <= row[0].last - row[0].first <= 3
        ):
            continue
        if row[0].span.end - row[0].span.start >= 0.8 * (passage.span.end - passage.span.start):
            above = scene.document.sections[passage.block]
            rows.setdefault((above[-1] if above else -1, block.level), []).append(passage.index)
    return {
        index
        for found in rows.values()
        if len(found) >= 3 and 3 * sum(_is_somebody(scene.chunks[i][0]) for i in found) >= len(found)
        for index in found
    }


def _is_somebody(chunk: Chunk) -> bool:
    words = chunk.text.lower().split()
    if len(words) > 1 and is_doing(words[0], words[1]):
        return False
    return any(names.is_given(w) for w in words) or names.is_surname(words[0]) or names.is_surname(words[-1])


def _opens_like_entry(scene: Scene, chunk: Chunk, *, is_dated: bool) -> bool:
    """Whether a paragraph that begins with this name may be laid out as an entry: a full name of somebody.

    A single name does where a date stands before it and a role or an age after it: "11 April: Suharto, cook".
    """
    if chunk.last == chunk.first and is_dated and chunk.last + 1 < len(scene.tokens):
        following = scene.tokens[chunk.last + 1]
        gap = scene.text[chunk.span.end : following.start]
        told = head_class(following.lower, scene.lexicon) is not None or following.text.isdigit()
        return chunk.kind == "name" and gap in (", ", " (") and told and not following.is_capital
    after = scene.text[chunk.span.end : chunk.span.end + 3].lstrip("*_")
    return chunk.last > chunk.first and (
        after.startswith((" (", " –", " -", ": ", ", ")) or not after or _is_somebody(chunk)
    )


def _is_aside(scene: Scene, passage: Passage, chunk: Chunk) -> bool:
    """Whether all behind a name in a heading stands in brackets: "Maria Toll (also Marija Tolle)"."""
    rest = scene.text[chunk.span.end : passage.span.end].strip(" *_")
    return rest.startswith("(") and _ASIDES.fullmatch(rest) is not None


_ASIDES = re.compile(r"\([^()\n]*\)")
_OWNED = re.compile(r"\b(?:by|to|from|of|for) (?:[a-z]+ ){0,3}[\"]?$")


def _owner(scene: Scene, passage: Passage) -> list[Actor]:
    """Return the one person whom an item about a thing names: "Football shirt. Worn by Luis Urtecho, striker."."""
    named = dict.fromkeys(
        s.actor for s in scene.said[passage.index] if s.form == "name" and s.actor.kind == "person"
    )
    first = next((s for s in scene.said[passage.index] if s.form == "name"), None)
    if len(named) != 1 or first is None:
        return []
    lead = scene.text[max(passage.span.start, first.span.start - 40) : first.span.start]
    return list(named) if _OWNED.search(lead) else []


def is_aged_heading(scene: Scene, passage: Passage) -> bool:
    """Return whether a heading names somebody and tells the age or the work: "Lamin*, 24, carpenter"; rules read it like an item."""
    if passage.kind != "heading" or not (said := scene.said[passage.index]):
        return False
    if _AGED_HEADING.match(scene.text, said[0].span.end, passage.span.end):
        return True
    known = _TOLD_HEADING.fullmatch(scene.text, said[0].span.end, passage.span.end)
    kind = head_class(known["head"].lower(), scene.lexicon) if known else None
    return kind is not None and kind[0] in ("role", "rank")


def build(scene: Scene, described: list[list[Phrase]], heads: dict[int, Chunk]) -> None:
    """Fill `scene.entries`: rows first, then biographies, then items and paragraphs."""
    registers.enter(scene, described, described_actor)
    _biographies(scene, heads)
    listed = _listed_paragraphs(scene, heads) | _dated_paragraphs(scene)
    numbered = _numbered_paragraphs(scene, heads)
    carried: list[Actor] = []
    seen: set[tuple[int, int]] = set()
    run = 0
    for passage in scene.passages:
        run += passage.kind != "item"
        if scene.entry_of[passage.index] is not None or passage.kind in ("heading", "caption", "cell"):
            continue
        if passage.kind == "definition" and not _defines(scene, passage):
            entry = _term_entry(scene, passage)
        elif (
            passage.kind in ("item", "definition") or passage.index in listed
        ) and passage.index not in numbered:
            entry = item_of(scene, passage, described[passage.index])
            if passage.kind == "item":
                _part_namesakes(scene, passage, entry, run, seen)
            if not entry.principals and passage.kind == "item":
                entry.principals += _owner(scene, passage)
            parent = _parent_entry(scene, passage)
            if not entry.principals and parent is not None:
                parent.passages.append(passage.index)
                entry = parent
        else:
            entry = Entry("prose", [passage.index], passage.filed)
            entry.principals = principals_of_item(scene, passage, described[passage.index], strict=True)
            if not entry.principals:
                entry.principals = _of_record(scene, passage)
            if not entry.principals and carried and _begins_with_pronoun(scene, passage):
                entry.principals = carried
            carried = entry.principals or carried
        if entry not in scene.entries[-12:]:
            scene.entries.append(entry)
        scene.entry_of[passage.index] = entry


def _of_record(scene: Scene, passage: Passage) -> list[Actor]:
    """Return whose record of terms stands right before a paragraph, which goes on with that life."""
    before = scene.passages[passage.index - 1] if passage.index else None
    record = scene.entry_of[before.index] if before is not None and before.kind == "definition" else None
    if record is None or record.kind != "row" or len(record.principals) != 1:
        return []
    return list(record.principals)


def _part_namesakes(
    scene: Scene, passage: Passage, entry: Entry, run: int, seen: set[tuple[int, int]]
) -> None:
    """Make somebody of his own of who opens an item with the full name of who opened one before it, and with other dates."""
    opening = head_start(scene, passage)
    if not passage.dates or any(date.span.start < opening for date in passage.dates):
        return
    for position, actor in enumerate(entry.principals[:1]):
        if actor.kind == "person" and len(actor.words) > 1:
            opens = any(s.actor is actor and s.span.start == opening for s in scene.said[passage.index])
            if opens and not _is_dated_alike(scene, passage, actor):
                entry.principals[position] = registers.of_this_entry(scene, entry, actor, run, seen)


def _is_dated_alike(scene: Scene, passage: Passage, actor: Actor) -> bool:
    """Whether another passage that names somebody tells one of the dates of this one."""
    own = {date.edtf for date in passage.dates if date.edtf}
    others = (scene.passage_at(span.start) for span, form in actor.mentions if form == "name")
    return any(
        own & {date.edtf for date in other.dates}
        for other in others
        if other is not None and other is not passage
    )


def _numbered_paragraphs(scene: Scene, heads: dict[int, Chunk]) -> set[int]:
    """Return the items that are paragraphs of running prose and only bear a number, as courts write them."""
    found = [
        passage
        for passage in scene.passages
        if passage.kind == "item"
        and passage.index not in heads
        and _NUMBERED.search(scene.document.text, max(0, passage.span.start - 8), passage.span.start)
    ]
    long = [p for p in found if len(p.sentences) > 1 and p.span.end - p.span.start >= 120]
    return {p.index for p in found} if len(long) * 2 >= len(found) else set()


def _listed_paragraphs(scene: Scene, heads: dict[int, Chunk]) -> set[int]:
    """Return the paragraphs that are a list without bullets: most of their section open with a name."""
    sections: dict[int, list[int]] = {}
    for passage in scene.passages:
        if passage.kind == "prose":
            above = scene.document.sections[passage.block]
            sections.setdefault(above[-1] if above else -1, []).append(passage.index)
    found: set[int] = set()
    opened = {key: sum(i in heads for i in row) for key, row in sections.items()}
    usual = sum(opened.values()) >= 3
    for key, row in sections.items():
        if opened[key] * 2 >= len(row) and opened[key] and (opened[key] >= 2 or usual):
            found |= {i for i in row if i in heads}
    return found


def _dated_paragraphs(scene: Scene) -> set[int]:
    """Return the paragraphs that are a chronicle without bullets: they open with a date and a mark of separation."""
    found: set[int] = set()
    for passage in scene.passages:
        if passage.kind != "prose" or not passage.dates:
            continue
        date = passage.dates[0]
        if date.span.start - passage.span.start > 1 or date.kind not in ("date", "range", "season"):
            continue
        after = scene.text[date.span.end : date.span.end + 3]
        if not after.strip() or after.lstrip()[:1] in "–-:.," or after.startswith(" ("):
            found.add(passage.index)
    return found if len(found) >= 2 else set()


def _defines(scene: Scene, passage: Passage) -> bool:
    """Whether a definition tells of people itself, at length, so that it is read like an item."""
    return len(passage.sentences) > 1 and not _term_actor(scene, passage) and bool(scene.said[passage.index])


def _term_actor(scene: Scene, passage: Passage) -> Actor | None:
    """Return the person whose name is the term that stands before a definition."""
    for index in range(passage.index - 1, max(-1, passage.index - 8), -1):
        before = scene.passages[index]
        if before.kind == "heading":
            said = scene.said[index]
            return said[0].actor if said else None
        if before.kind != "definition":
            break
    return None


def _term_entry(scene: Scene, passage: Passage) -> Entry:
    actor = _term_actor(scene, passage)
    beside = next((e for e in reversed(scene.entries) if actor in e.principals), None) if actor else None
    actors = beside.principals if beside and beside.kind == "prose" else [actor] if actor else []
    earlier = next((e for e in reversed(scene.entries[-8:]) if actor and e.principals == actors), None)
    if earlier is not None:
        earlier.passages.append(passage.index)
        return earlier
    return Entry("item" if actor else "prose", [passage.index], passage.filed, actors)


def _begins_with_pronoun(scene: Scene, passage: Passage) -> bool:
    words = scene.tokens.between(passage.span.start, min(passage.span.end, passage.span.start + 60))
    return not _PRONOUNS.isdisjoint(scene.tokens.smalls(words[:8]))


def _parent_entry(scene: Scene, passage: Passage) -> Entry | None:
    blocks = {scene.passages[i].block: e for e in scene.entries[-30:] for i in e.passages}
    return next((blocks[b] for b in scene.document.ancestors(passage.block) if b in blocks), None)


def _biographies(scene: Scene, heads: dict[int, Chunk]) -> None:
    """Give the passages under a heading that is a person's name to that person."""
    by_heading: dict[int, Entry] = {}
    line: tuple[Entry, tuple[int, ...]] | None = None
    for passage in scene.passages:
        if scene.entry_of[passage.index] is not None:
            continue
        is_line = passage.index in heads and is_name_line(scene, passage)
        if passage.kind == "heading" or is_line:
            line = None
            chunk = heads.get(passage.index)
            pair = [s.actor for s in scene.said[passage.index]] if chunk is None else []
            own = [s.actor for s in scene.said[passage.index] if chunk and s.span == chunk.span]
            if is_line:
                pair = [s.actor for s in scene.said[passage.index]]
            found = pair if len(pair) == _PAIR else own[:1]
            if found:
                entry = Entry("prose", [passage.index], passage.filed, found)
                by_heading[passage.block] = entry
                scene.entries.append(entry)
                scene.entry_of[passage.index] = entry
                line = (entry, scene.document.sections[passage.block]) if is_line else None
            continue
        if passage.kind not in ("prose", "definition", "caption"):
            continue
        is_short = passage.span.end - passage.span.start < _LINE and len(passage.sentences) < _PAIR
        is_under = line is not None and passage.block == scene.passages[line[0].passages[-1]].block
        if line is not None and is_short and not is_under and not is_life_line(scene, passage):
            line = None  # another line of its own
        if line is not None and line[1] == scene.document.sections[passage.block]:
            line[0].passages.append(passage.index)
            scene.entry_of[passage.index] = line[0]
            continue
        above = next(
            (by_heading[b] for b in reversed(scene.document.sections[passage.block]) if b in by_heading), None
        )
        if above is not None and scene.entry_of[passage.index] is None:
            above.passages.append(passage.index)
            scene.entry_of[passage.index] = above
