"""Who is spoken of where: names, shortened names, descriptions and pronouns of one document, each tied to its actor.

    1 names         "Jan Novák"                      one actor per name in the document
    2 short names   "Novák", "Jan"                   the actor whose name begins or ends so, nearest first
    3 naming        "identified only as 'N.'"        a name for whoever is described there
    4 entries       whom each list item, row or biography is about (`entries.py`); describes the unnamed ones
    5 companions    "with her son", "he and a friend" somebody new, tied to the entry
    6 definite      "the family", "the colonel"      the entry's own people again
    7 pronouns      he she they his her their        the nearest subject that agrees (`pronouns.py`)

The steps build on each other in this order. Which facts follow is not decided here.
"""

from __future__ import annotations

import re

from regesta import places
from regesta.extraction import antecedents, entries
from regesta.extraction.assumed import tie_assumed
from regesta.extraction.bystanders import mark_bystanders
from regesta.extraction.chunk import Chunk
from regesta.extraction.described import head_class, may_head, phrases
from regesta.extraction.described_people import FAMILY, take_companions, take_groups, tie_described
from regesta.extraction.genders import tell_genders
from regesta.extraction.headings import opens_birth
from regesta.extraction.membership import find_members
from regesta.extraction.named_rows import named_in_rows
from regesta.extraction.narrator import find_tellers, tie_first_person
from regesta.extraction.passages import Passage
from regesta.extraction.peoples import is_nationality
from regesta.extraction.persons import is_called_so, is_person
from regesta.extraction.principals import unite
from regesta.extraction.pronouns import tie_pronouns
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.short_names import (
    is_naming,
    names_in_headings,
    shortened,
    tie_named_again,
    tie_short_name,
    with_shared_surname,
)
from regesta.extraction.speakers import tie_quoted
from regesta.extraction.usage import named_by_use
from regesta.text.span import Span

__all__ = ["find_actors"]

_COUPLE = re.compile(r"\b(?:Mr|Herr|M|Monsieur|Dr)\.? (?:and|und|et|&) (?:Mrs|Frau|Mme|Madame)\.? $")
"""What two people of one name are called together."""
_AND_FAMILY = re.compile(r" (?:and|&) (?:the )?[A-Z][\w'-]+ families\b")
_AND_NAME = re.compile(r"[A-Z][\w'-]+ (?:and|&) (?:the )?$")
_FAMILY_ABROAD = frozenset("familie familia famille famiglia família rodzina".split())
_BORN = re.compile(r"(?:^|[.!?]\s)Born (?:as )?$")
_WAS_BORN = re.compile(r"(?:\b[Hh]e|\b[Ss]he|[a-z]) was born (?:as )?$")
_TO_PARENTS = re.compile(r" (?:in|on|to|into|at)\b|,? [12]\d{3}\b|[.,;]")
_WAS_HE = re.compile(r" (?:in|on|at|to|into)\b[^.;]{1,80}?, (?:he|she)\b")
_NAMED_AT_BIRTH = re.compile(r"[\"'*_]*\s?[,(]?\s*(?:née|nee|né|geb\.|geborene|born|nata|nacida)\s[*_]*")
_OF_A_PLACE = re.compile(r", [A-Z]")
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .'-]{2,30}(?:, [^–-]{2,50})? (?:[–-]|\([^)]{2,30}\) [–-]) ")
_SMALL_DATELINE = re.compile(
    r"(?P<place>[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})(?:, [A-Z][^–.;]{2,40})? [–-] (?=[A-Z\"])"
)
_NO_PEOPLE = frozenset(
    "vehicle via origin destination date year month day arrival departure birth death age size reference index part".split()
)
_SHORT_CELL = 60
"""Characters of a cell that holds what its column says; a longer one tells a story, and of people."""


def find_actors(scene: Scene) -> None:
    """Fill `scene.said`, `scene.entries` and `scene.entry_of`."""
    heading = may_head(scene.tokens, scene.lexicon)
    described = [
        phrases(scene.text, scene.tokens, p.span, scene.lexicon, p.quantities, _closed(scene, p), heading)
        if p.kind != "heading"
        else []
        for p in scene.passages
    ]
    heads = entries.head_chunks(scene)
    named = named_by_use(scene) | named_in_rows(scene)
    used = frozenset(name for name in named if not _is_crowd(scene, name))
    leftover: list[tuple[Passage, Chunk]] = []
    for passage in scene.passages:
        _names(scene, passage, heads, leftover, used)
    names_in_headings(scene)
    told_by = find_tellers(scene, heads)
    for passage, chunk in leftover:
        tie_short_name(scene, passage, chunk, used)
    tell_genders(scene)
    scene.protagonist = told_by or antecedents.choose_protagonist(scene)
    tie_first_person(scene)
    entries.build(scene, described, heads)
    for passage in scene.passages:
        _naming(scene, passage)
    tie_named_again(scene, leftover)
    for passage in scene.passages:
        take_companions(scene, passage, described[passage.index])
        tie_described(scene, passage, described[passage.index])
        take_groups(scene, passage, described[passage.index])
        antecedents.tie_definite(scene, passage, described[passage.index])
        mark_bystanders(scene, passage, described[passage.index])
        tie_pronouns(scene, passage)
    tie_quoted(scene)
    tie_assumed(scene)
    find_members(scene)


def _closed(scene: Scene, passage: Passage) -> frozenset[int]:
    """Return the words that belong to proper names and cannot head a description."""
    return frozenset(
        index
        for chunk in scene.chunks[passage.index]
        if chunk.kind not in ("nationality", "calendar", "description")
        for index in range(chunk.first, chunk.last + 1)
    )


def _names(
    scene: Scene,
    passage: Passage,
    heads: dict[int, Chunk],
    leftover: list[tuple[Passage, Chunk]],
    used: frozenset[str],
) -> None:
    head = heads.get(passage.index)
    is_line = passage.kind == "prose" and not (head is not None and head.is_sure)
    dateline = _dateline(scene, passage) if is_line else None
    is_short = passage.span.end - passage.span.start <= _SHORT_CELL
    if (
        passage.kind in ("cell", "definition")
        and is_short
        and scene.cell_meanings.get(passage.span) in _NO_PEOPLE
    ):
        return
    for chunk in scene.chunks[passage.index]:
        if (passage.kind == "heading" and chunk is not head) or (
            dateline and chunk.span.start < dateline.end()
        ):
            continue
        if scene.language is not None and any(
            q.number_span.start <= chunk.span.start < q.number_span.end for q in passage.quantities
        ):
            continue  # "Acht Tage", "Millionen Menschen"
        if chunk.kind == "name" and (bearer := _born_so(scene, passage, chunk)):
            scene.say(passage, chunk.span, bearer, "name")
            continue
        if chunk.kind == "name" and (bearer := _written_so(scene, passage, chunk)):
            scene.say(passage, chunk.span, bearer, "name")
            continue
        if chunk.kind == "name" and (
            couple := _COUPLE.search(
                scene.text, max(passage.span.start, chunk.span.start - 24), chunk.span.start
            )
        ):
            pair = scene.named("group", f"{couple[0].strip()} {chunk.text}")
            pair.head, pair.is_plural, pair.size = "couple", True, 2
            scene.say(
                passage, Span(couple.start(), chunk.span.end), pair, "name", is_possessive=chunk.is_possessive
            )
            continue
        if _is_of_family(scene, passage, chunk):
            continue
        if (
            is_person(scene.text, scene.tokens, chunk, scene.lexicon, is_head=chunk is head)
            or chunk.text in used
            or (chunk is head and passage.kind == "heading" and opens_birth(scene, passage))
        ):
            if chunk.last > chunk.first or chunk is head:
                whole = with_shared_surname(scene, passage, chunk)
                actor = shortened(scene, passage, chunk) or scene.named("person", whole or chunk.text)
                actor.called = actor.called or whole or ""
                span = _with_stop(scene, chunk)
                scene.say(passage, span, actor, "name", is_possessive=chunk.is_possessive)
            else:
                leftover.append((passage, chunk))
        elif chunk.kind == "name":
            leftover.append((passage, chunk))


def _is_crowd(scene: Scene, name: str) -> bool:
    """Whether a name is a plural noun for people: "12: Migrants who died at sea"."""
    noun = head_class(name.lower(), scene.lexicon)
    return noun is not None and noun[2]


def _is_of_family(scene: Scene, passage: Passage, chunk: Chunk) -> bool:
    """Tie the name of a family, and return whether it is one: "the Kask family", "the Kask and Oja families", "Familie Kask"."""
    end = chunk.span.end
    after = scene.tokens[chunk.last + 1] if chunk.last + 1 < len(scene.tokens) else None
    if _AND_FAMILY.match(scene.text, end) and chunk.first == chunk.last:
        label, head = f"{chunk.text} family", "family"
    elif after and after.lower in FAMILY and scene.text[end : after.start] == " ":
        end, head = after.end, after.lower
        if head == "families" and _AND_NAME.search(scene.text, passage.span.start, chunk.span.start):
            head = "family"
        label = f"{chunk.text} {head}"
    elif scene.tokens.lowers[chunk.first] in _FAMILY_ABROAD and chunk.last > chunk.first:
        label, head = chunk.text, "family"
    else:
        return False
    if chunk.kind not in ("name", "nationality") or head_is_role(scene, chunk):
        return False
    if chunk.kind == "name":
        actor = scene.named("group", label)
        actor.head, actor.is_plural = head, True
        scene.say(passage, Span(chunk.span.start, end), actor, "name")
    return True


def _born_so(scene: Scene, passage: Passage, chunk: Chunk) -> Actor | None:
    """Return who is named right before a name of birth, which names nobody else: "Ilse Marchwitza, née Stern".

    The same where the paragraph tells of one person and goes on with "Born Ilse Stern in Graz, she".
    """
    if _BORN.search(scene.text, max(passage.span.start, chunk.span.start - 12), chunk.span.start):
        if not _WAS_HE.match(scene.text, chunk.span.end):
            return None
        told = {
            id(s.actor): s.actor
            for s in scene.said[passage.index]
            if s.form == "name" and s.actor.kind == "person"
        }
        return next(iter(told.values())) if len(told) == 1 else None
    before = [s for s in scene.said[passage.index] if s.form == "name" and s.span.end <= chunk.span.start]
    if _WAS_BORN.search(scene.text, max(passage.span.start, chunk.span.start - 20), chunk.span.start):
        if not before and chunk.last > chunk.first:
            above = (s for i in range(passage.index - 1, -1, -1) for s in reversed(scene.said[i]))
            before = [s for s in above if s.form == "name" and s.is_subject][:1]
            opening = {id(s.actor) for s in scene.said[0]}
            before = [s for s in before if id(s.actor) in opening]  # the life of the one in the title
        if before and before[-1].actor.kind == "person" and _TO_PARENTS.match(scene.text, chunk.span.end):
            return before[-1].actor
    if not before or before[-1].actor.kind != "person":
        return None
    between = (
        scene.text[before[-1].span.end : chunk.span.start]
        if chunk.span.start - before[-1].span.end < 20
        else ""
    )
    if chunk.first == chunk.last and _OF_A_PLACE.match(scene.text, chunk.span.end) and "(" in between:
        return None  # "Ana Ruiz (born Andújar, Spain, in 1911)"
    return before[-1].actor if _NAMED_AT_BIRTH.fullmatch(between) else None


def _written_so(scene: Scene, passage: Passage, chunk: Chunk) -> Actor | None:
    """Return whose name is given as another language writes it: "Ana Lis (Russian: Анна Лис)"; or the other way round: "Ko Abera (Abera Ko)"."""
    if scene.text.endswith(" (", 0, chunk.span.start):
        words = sorted(scene.tokens.lower(chunk.first, chunk.last).split())
        named = [s for s in scene.said[passage.index] if s.form == "name" and s.actor.kind == "person"]
        marked = scene.text[max(0, chunk.span.start - 8) : chunk.span.start - 2]
        end = chunk.span.start - 2 - len(marked) + len(marked.rstrip("*_'"))
        return next((s.actor for s in named if s.span.end == end and sorted(s.actor.words) == words), None)
    if not scene.text.endswith(": ", 0, chunk.span.start):
        return None
    lead = _IN_LANGUAGE.search(scene.text, max(passage.span.start, chunk.span.start - 160), chunk.span.start)
    if lead is None or not is_nationality(lead["language"].lower(), scene.lexicon):
        return None
    before = [s for s in scene.said[passage.index] if s.span.end == lead.start() and s.form == "name"]
    return before[0].actor if before and before[0].actor.kind == "person" else None


_IN_LANGUAGE = re.compile(
    r"\s?\((?:[^()\n]{0,140}[;,]\s)?(?P<language>[A-Z][a-z]+)(?: (?:name|spelling))?: $"
)


def _dateline(scene: Scene, passage: Passage) -> re.Match[str] | None:
    """Return the match of the place that opens a report: "LIMA, March 3 -", "Addis Ababa - When"."""
    small = _SMALL_DATELINE.match(scene.text, *passage.span)
    if small and places.is_place(small["place"]):
        return small
    return _DATELINE.match(scene.text, *passage.span)


def _with_stop(scene: Scene, chunk: Chunk) -> Span:
    """Return the name with the full stop of its last initial or of "Jr.": "Peter B.", "Ken Griffey Jr."."""
    end = chunk.span.end
    last = scene.tokens.lowers[chunk.last]
    is_short = chunk.last > chunk.first and (len(last) == 1 or last in ("jr", "sr"))
    return Span(chunk.span.start, end + 1) if is_short and scene.text[end : end + 1] == "." else chunk.span


def head_is_role(scene: Scene, chunk: Chunk) -> bool:
    """Return whether the chunk is made of describing words only."""
    return all(head_class(scene.tokens.lowers[i], scene.lexicon) for i in range(chunk.first, chunk.last + 1))


def _naming(scene: Scene, passage: Passage) -> None:
    """Tie a name that follows "identified as", "known as" to whoever is described just before it."""
    for chunk in scene.chunks[passage.index]:
        if chunk.kind not in ("name", "place") or not is_naming(scene, passage, chunk):
            continue
        if is_called_so(scene.tokens, chunk, scene.lexicon):
            continue
        already = next((s for s in scene.said[passage.index] if s.span == chunk.span), None)
        sentence = passage.sentence_at(chunk.span.start)
        before = [
            s for s in scene.people_in(passage, (sentence.start, chunk.span.start)) if s.form == "description"
        ]
        if already:
            if before and not before[-1].actor.is_named and before[-1].actor.kind == "person":
                unite(scene, already.actor, before[-1].actor)
            continue
        if before:
            actor = before[-1].actor
            if not actor.is_named:
                _give_name(actor, chunk)
            scene.say(passage, chunk.span, actor, "name")
            continue
        entry = scene.entry_of[passage.index]
        if entry and entry.principals and entry.kind != "prose":
            scene.say(passage, chunk.span, entry.principals[0], "name")
        elif chunk.kind == "name" and not chunk.text.isupper():
            scene.say(passage, chunk.span, scene.named("person", chunk.text), "name")


def _give_name(actor: Actor, chunk: Chunk) -> None:
    actor.is_named = True
    actor.words = tuple(chunk.text.lower().replace("-", " ").split())
