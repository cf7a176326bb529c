"""Whom each list item, table row, biography or paragraph is about: its principals.

    • On 21 May – captain Jan Novák flew ...        one item, one named principal
    • 1990 – two fishermen crossed the bay          an unnamed group; stays unnamed
    • Marie Curie ⏎ paragraphs until the next head  a biography: one entry of many passages
    • 12 women and one man                          one group of 13, from two counted phrases

The head of an entry is looked at first, past its date; a describing phrase that stands beside a name is that name's.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from regesta.extraction import registers
from regesta.extraction.described import Phrase, head_class
from regesta.extraction.headings import is_life_line, is_name_line, is_told_below, opens_life
from regesta.extraction.passages import Passage
from regesta.extraction.proper import Chunk
from regesta.extraction.scene import Actor, Entry, Scene
from regesta.names import lists as names
from regesta.text.span import Span

__all__ = ["build", "head_chunks", "is_aged_heading", "unite"]

_SEPARATORS = " \"'–—-:;,.*•([)]\u2022"
_PRONOUNS = frozenset("he she they his her their".split())
_SPELLED_ALIKE = 0.6
_PAIR = 2
_LINE = 40
"""Code points of a paragraph that may be a line of its own, under which the telling is of something else."""
_NUMBERED = re.compile(r"(?:\[\d{1,3}\]|\d{1,3}[.)])\s*$")
_LEAD_IN = re.compile(r"(?:on|in|by|the|during|early on|circa|c\.|at|around|about)\s+", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:(?:no|nr|nº|n°|#)\.?\s{0,3}\d{1,4}[.):]?|\d{1,4}[.)])\s+(?=[^\W\d])|\d{1,4}(?: {2,}|\t)\s*(?=[^\W\d])",
    re.IGNORECASE,
)
_AGED_HEADING = re.compile(r"[*†_ ]{0,3}(?:,\s|\s\()(?:aged )?[1-9]\d?\b(?=[,)*_]|\s*$)")
"""What stands behind the name in the heading of a testimony: "Lamin*, 24, carpenter", "Ana (31)"."""
_TOLD_HEADING = re.compile(r"[*†_ ]{0,3}, (?:[\w-]+ ){0,3}(?P<head>[\w-]+)\s*")
"""What else may stand there: what somebody was: "Ana Ruiz, piano teacher"."""
_APPOSED = re.compile(r"[*_†]{0,3}\s*[,(]?\s*$")
_AND = re.compile(r"\s*,?\s*(?:and|&|,|;|/)\s*(?:(?:his|her|their) )?$")


def head_start(scene: Scene, passage: Passage) -> int:
    """Return where the words of an entry begin, past its date and what separates them."""
    at = passage.span.start
    for _ in range(4):
        while at < passage.span.end and scene.text[at] in _SEPARATORS:
            at += 1
        lead = _LEAD_IN.match(scene.text, at, passage.span.end)
        after_lead = lead.end() if lead else at
        date = next((d for d in passage.dates if d.span.start in (at, after_lead)), None)
        if date is not None:
            at = date.span.end
        elif number := _NUMBER.match(scene.text, at, passage.span.end):
            at = number.end()
        else:
            break
    return at


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
            letters = sum(letter.isalpha() for letter in passage.span.of(scene.text)) - dated
            if chunk.kind == "name" and _AGED_HEADING.match(scene.text, chunk.span.end, passage.span.end):
                if chunk.span.start - passage.span.start <= 3:
                    found[passage.index] = chunk
                continue
            if chunk.kind == "name" and chunk.last > chunk.first and _is_described(scene, passage, chunk):
                found[passage.index] = chunk
                continue
            if (
                len(row) == 1
                and chunk.kind == "name"
                and chunk.last > chunk.first
                and len(chunk.text) >= 0.7 * letters
            ):
                surname = scene.tokens[chunk.last].text
                is_term = scene.document.blocks[passage.block].kind == "term"
                named_again = is_term or scene.text.find(surname, passage.span.end) >= 0
                if (_is_somebody(chunk) and named_again) or (
                    not is_term and (opens_life(scene, passage) or is_told_below(scene, passage, chunk))
                ):
                    found[passage.index] = chunk
            continue
        if is_name_line(scene, passage):
            found[passage.index] = row[0]
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
    registers.enter(scene, described, _describe)
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
            entry = _item(scene, passage, described[passage.index])
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
            entry.principals = _principals(scene, passage, described[passage.index], strict=True)
            if not entry.principals and carried and _begins_with_pronoun(scene, passage):
                entry.principals = carried
            carried = entry.principals or carried
        if entry not in scene.entries[-12:]:
            scene.entries.append(entry)
        scene.entry_of[passage.index] = entry


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


def _item(scene: Scene, passage: Passage, described: list[Phrase]) -> Entry:
    entry = Entry("item", [passage.index], passage.filed)
    entry.principals = _principals(scene, passage, described, strict=False)
    return entry


def _principals(scene: Scene, passage: Passage, described: list[Phrase], *, strict: bool) -> list[Actor]:
    """Return whom the first sentence is about. `strict`: of a paragraph, so a phrase must be the subject of a movement."""
    first = scene.opening_of(passage)
    start = head_start(scene, passage)
    while start >= first.end and (following := _next_sentence(passage, first)) is not None:
        first = following
    return _principals_of(scene, passage, described, first, strict=strict)


_RANKED = re.compile(r", [A-Z][a-z]{1,5}\. ")
"""What may lead from a description to the name: "A friend, Capt. Ernesto Lam"."""


def _next_sentence(passage: Passage, sentence: Span) -> Span | None:
    return next((s for s in passage.sentences[:5] if s.start >= sentence.end), None)


def _principals_of(
    scene: Scene, passage: Passage, described: list[Phrase], first: Span, *, strict: bool
) -> list[Actor]:
    start = max(first.start, head_start(scene, passage))
    teller = scene.tellers[passage.index]
    said = [
        s
        for s in scene.said[passage.index]
        if first.start <= s.span.start < first.end and s.actor.kind in ("person", "group")
    ]
    candidates = [p for p in described if first.start <= p.span.start < first.end]
    if strict and scene.text[first.start] == '"' and (end := scene.text.find('"', first.start + 1)) >= 0:
        said = [s for s in said if s.span.start > end] or said  # who speaks, not of whom
    lead = next((s for s in said if (s.form == "name" or s.actor is teller) and s.is_subject), None)
    if lead is not None and lead.actor is teller and teller is not None:
        return [teller]
    phrase = next((p for p in candidates if _can_open(scene, passage, p, start, strict=strict)), None)
    named_first = lead is not None and (
        phrase is None
        or lead.span.start < phrase.span.start
        or _leads_up(scene, phrase.span.end, lead.span.start)
        or _RANKED.fullmatch(scene.text, phrase.span.end, lead.span.start) is not None
    )
    if lead is not None and named_first:
        near = lead.span.start - first.start <= 60
        if not strict or near or _moves_after(scene, lead.span.end, first.end):
            found = _joined_names(scene, passage, lead.span, first)
            return found + _joined_companions(scene, passage, lead.span, candidates, found)
    if phrase is None and not strict and not said:
        phrase = next((p for p in candidates if _is_aboard(scene, passage, p)), None)
    if phrase is None:
        later = _next_sentence(passage, first)
        if strict or later is None or first.end - first.start > 60:
            return []
        return _principals_of(scene, passage, described, later, strict=strict)
    if strict and not _moves_after(scene, phrase.span.end, min(first.end, phrase.span.end + 120)):
        return []
    return [_describe(scene, passage, phrase, candidates)]


def _leads_up(scene: Scene, start: int, end: int) -> bool:
    """Whether nothing but describing words stands between a phrase and a name: "officers and friends [Jan ...]"."""
    words = [scene.tokens[i] for i in scene.tokens.between(start, end)]
    between = scene.text[start:end]
    if any(mark in between for mark in ";.–:") or len(words) > 6:
        return False
    joining = ("and", "the", "his", "her", "their", "identified", "known", "named", "called", "as", "only")
    return all(
        w.lower in joining or head_class(w.lower, scene.lexicon) or w.lower in scene.lexicon.role_modifiers
        for w in words
    )


_ADJECTIVES = frozenset("national native local civilian minor official".split())
"""Words that are nouns behind an article only: "a French national", not "National Council"."""


def _can_open(scene: Scene, passage: Passage, phrase: Phrase, start: int, *, strict: bool) -> bool:
    """Whether the phrase can be what the entry is about: at its head, or indefinite and the subject."""
    if phrase.head_class == "kin" and phrase.possessor is not None:
        return False
    words = phrase.span.of(scene.text).lower()
    if words in _ADJECTIVES or (words in scene.lexicon.flight_nouns and not phrase.is_plural):
        return False  # "National Council established", "Arrival of the first boats"
    counted = phrase.quantity is not None and (
        phrase.quantity.unit == "person" or phrase.head_class in ("nationality", "group")
    )
    single = phrase.determiner in ("a", "an", "another", "one")
    definite = (
        "the",
        "his",
        "her",
        "their",
        "its",
        "this",
        "that",
        "these",
        "those",
        "all",
        "many",
        "some",
        "several",
        "other",
    )
    if phrase.determiner in definite and not (counted or phrase.is_unnamed):
        return False
    if strict and (not (counted or phrase.is_unnamed or single) or (single and phrase.head == "person")):
        return False
    if phrase.span.start <= start + 1:
        return counted or single or phrase.is_unnamed or not phrase.is_plural
    if not (counted or single or phrase.is_unnamed):
        return False
    before = scene.text[max(passage.span.start, phrase.span.start - 30) : phrase.span.start].rstrip().lower()
    return not before.endswith(
        (" of", " by", " with", " to", " for", " as", " against", " from", " than", " become", " became")
    )


def _is_aboard(scene: Scene, passage: Passage, phrase: Phrase) -> bool:
    """Whether the phrase counts those whom a ship brings, of whom an item is then: "the Skyluck slips in with 2,651 people"."""
    if phrase.quantity is None or phrase.quantity.unit != "person" or not phrase.is_plural:
        return False
    before = scene.text[max(passage.span.start, phrase.span.start - 14) : phrase.span.start].rstrip().lower()
    return before.endswith((" with", " carrying", " bringing")) and not phrase.possessor


def _moves_after(scene: Scene, start: int, end: int) -> bool:
    return any(
        scene.lexicon.flight.get(scene.tokens[i].lower) in ("arrive", "defect", "flee", "admit", "seek")
        for i in scene.tokens.between(start, end)
    )


def _joined_names(scene: Scene, passage: Passage, lead: Span, first: Span) -> list[Actor]:
    """Return the actor named at `lead` and those joined to it by "and", commas or "and his aide"."""
    found: list[Actor] = []
    at = lead.end
    said = [
        s for s in scene.said[passage.index] if s.form == "name" and first.start <= s.span.start < first.end
    ]
    for one in said:
        if one.span.start < lead.start or one.actor in found:
            continue
        if one.span == lead:
            found.append(one.actor)
            continue
        gap = scene.text[at : one.span.start]
        words = gap.replace(",", " ").replace(";", " ").replace("–", " ").split()
        small = [word for w in words if (word := w.strip("().\"'*_"))]
        listing = (
            gap.strip(" *_\n") in (",", ";", "/", "&")
            or (bool(small) and _coordinates(scene, small))
            or _apposes(scene, gap, small)
        )
        restated = "–" in gap and not {"and", "&", "+", "with", "or"} & set(small)
        alias = (
            small not in (["and"], ["&"])
            and (bool(small) or gap.strip() == "(")
            and _repeats(found[0] if found else None, one.actor, is_restated=restated)
        )
        if alias and found:
            unite(scene, found[0], one.actor)
            at = one.span.end
            continue
        if not listing:
            break
        found.append(one.actor)
        at = one.span.end
    return found


def _apposes(scene: Scene, gap: str, words: list[str]) -> bool:
    """Whether a comma or semicolon ends the words that describe one name, so that the next joins it: "smith; [Eva]"."""
    plain = re.sub(r"\([^()]{0,40}\)", "", gap).strip(" *_\n")
    if plain == ",":
        return True
    return (
        plain.endswith(";")
        and plain.startswith(",")
        and len(words) <= 6
        and not any(w in _FINITE or w.endswith("ed") or scene.lexicon.flight.get(w) for w in words)
    )


_FINITE = frozenset("who which was is had were has when that by his her their not no".split())


def _coordinates(scene: Scene, words: list[str]) -> bool:
    """Whether the words between two names only join them: "and", "and his aide", "(aged 21) and writer"."""
    if len(words) > 20 or not any(w in ("and", "&", "plus") for w in words):
        return False
    position = max(i for i, w in enumerate(words) if w in ("and", "&", "plus"))
    tail = words[position + 1 :]
    if len(tail) > 4 or any(scene.lexicon.flight.get(w) for w in words):
        return False
    return not any(
        w in ("who", "which", "was", "is", "had", "were", "has", "when", "to", "that", "by") for w in words
    )


def _joined_companions(
    scene: Scene, passage: Passage, lead: Span, candidates: list[Phrase], principals: list[Actor]
) -> list[Actor]:
    """Return the unnamed who stand beside the named principals: "Jan Novak, pilot, and his wife fled"."""
    found: list[Actor] = []
    for phrase in candidates:
        close = phrase.head_class in ("kin", "companion", "group") and phrase.possessor is not None
        own_family = phrase.determiner == "their" and bool(principals) and principals[0].kind == "group"
        if phrase.span.start < lead.end or not close or own_family:
            continue
        words = [
            w.strip("().\"',")
            for w in scene.text[lead.end : phrase.span.start].replace("–", " ").lower().split()
        ]
        if (
            not words
            or words[-1] not in ("and", "&", "plus")
            or not _coordinates(scene, [*words[:-1], "and"])
        ):
            continue
        if any(
            s.span.overlaps(phrase.span) or (0 <= s.span.start - phrase.span.end <= 2)
            for s in scene.said[passage.index]
            if s.form != "pronoun"
        ):
            continue
        plural = phrase.is_plural or phrase.head_class == "group"
        actor = _apposed(scene, passage, phrase) or scene.unnamed(
            "group" if plural else "person", phrase.head, size=_size(phrase), is_plural=plural
        )
        scene.say(passage, phrase.span, actor, "description")
        if actor not in principals:
            found.append(actor)
    return found


def _apposed(scene: Scene, passage: Passage, phrase: Phrase) -> Actor | None:
    """Return who is called so by name elsewhere in the passage: "his aide ... Jan Novak, his aide, came too"."""
    described = rf"\b(?:his|her|their) (?:\w+ ){{0,2}}{re.escape(phrase.head)}\b,?"
    for said in scene.said[passage.index]:
        if said.form != "name":
            continue
        after = scene.text[said.span.end : said.span.end + 50].lstrip(", ")
        before = scene.text[max(0, said.span.start - 50) : said.span.start].rstrip()
        if re.match(described, after) or re.search(rf"{described}$", before):
            return said.actor
    return None


def _repeats(head: Actor | None, other: Actor, *, is_restated: bool) -> bool:
    """Whether the second name of an entry is the first one spelled otherwise: all but one word the same.

    `is_restated`: only a dash and describing words stand between the two ("Lee X – captain Yi X"), so the word that
    differs may differ wholly; else it has to be spelled alike, because siblings share the other words.
    """
    if (
        head is None
        or len(head.words) < 2
        or len(other.words) != len(head.words)
        or head.words == other.words
    ):
        return False
    differ = [(a, b) for a, b in zip(head.words, other.words, strict=True) if a != b]
    same = len(head.words) - len(differ)
    return (
        len(differ) == 1
        and same >= 2
        and (is_restated or SequenceMatcher(None, *differ[0], autojunk=False).ratio() >= _SPELLED_ALIKE)
    )


def unite(scene: Scene, kept: Actor, other: Actor) -> None:
    """Make what was said of `other` said of `kept`: one person, spelled in two ways in one entry."""
    if other is kept or not any(actor is other for actor in scene.actors):
        return  # the two are one already
    for row in scene.said:
        for position, said in enumerate(row):
            if said.actor is other:
                row[position] = type(said)(said.span, kept, said.form, said.is_subject, said.is_possessive)
    kept.mentions += other.mentions
    scene.actors.remove(other)
    for entry in scene.entries:
        if other in entry.principals:
            entry.principals = list(dict.fromkeys(kept if a is other else a for a in entry.principals))


def _describe(scene: Scene, passage: Passage, phrase: Phrase, candidates: list[Phrase]) -> Actor:
    """Return a new unnamed actor for the phrase; "12 women and one man" make one group of 13."""
    size = _size(phrase)
    span = phrase.span
    plural = phrase.is_plural or phrase.head_class == "group"
    for other in candidates:
        if other.span.start < span.end or _size(other) is None or size is None:
            continue
        gap = scene.text[span.end : other.span.start].strip()
        if gap in ("and", ", and", ",", "&") and other.quantity is not None:
            size += _size(other) or 0
            span = span.cover(other.span)
            plural = True
    kind = "group" if plural else "person"
    head = "" if span != phrase.span else phrase.head
    actor = scene.unnamed(kind, head or phrase.head, size=size if plural else None, is_plural=plural)  # type: ignore[arg-type]
    scene.say(passage, span, actor, "description")
    return actor


def _size(phrase: Phrase) -> int | None:
    quantity = phrase.quantity
    if quantity is None or quantity.number is None or quantity.low is not None:
        return None
    return int(quantity.number)


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
        if line is not None and is_short and not is_life_line(scene, passage):
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
