"""Who is whose relative: predicates `kin` and `accused_kin`.

    matches          "his mother Marie Novak"  ·  "nephew of Karel Novak"  ·  "with her son"  ·  "after his father was accused of treason"
    must not match   "father of the nuclear programme"  ·  "Sister Agnes"  ·  "brothers in arms"

The value begins with the relation as seen from the subject, and both get their side of it:

    "his mother Marie Novak"   Marie Novak: mother of Jan Novak     Jan Novak: son of Marie Novak
"""

from __future__ import annotations

import re

from regesta.extraction.cues import passages_at, starts_of
from regesta.extraction.kin_owners import couple_before, named_relatives, person_before, possessor_of
from regesta.extraction.kin_sides import inverse_of, state_both, state_pair
from regesta.extraction.marriages import MARRIED, state_marriages
from regesta.extraction.passages import Passage
from regesta.extraction.reach import is_role, right_edge
from regesta.extraction.scene import Actor, Said, Scene
from regesta.extraction.subjects import subject_of
from regesta.model import TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span
from regesta.vocab import Kin

__all__ = ["kinship"]

_ACCUSED = lazy(
    r"^\W*(?:(?:,[^.;]{1,90},\s*)?(?:was|were|had been|has been|being)\s+(?:\w+\s+)?(?:accused|suspected|convicted|denounced|arrested|purged|charged|imprisoned|executed|sentenced|found guilty|branded)"
    r"|'s?\s+(?:\w+\s+){0,3}(?:crimes?|offen[cs]es?|treason|disloyalty|activities|guilt|sins?|wrongdoing|conviction|arrest|defection|escape)\b)",
    re.IGNORECASE,
)
_BLAMED = lazy(
    r"\b(?:after|because|for|due to|on account of|since|as|when|because of|over|owing to)\s+(?:of\s+)?$",
    re.IGNORECASE,
)
_PUNISHED = lazy(
    r"\b(?:imprison|jail|arrest|detain|exil|banish|deport|punish|sent to|expel|intern|camp|persecut|purge)\w*",
    re.IGNORECASE,
)


def kinship(scene: Scene) -> None:
    """State who is related to whom, on both sides where both are named, and for whose deeds somebody was punished."""
    tokens = scene.tokens
    starts = [tokens.phrase(at, at).start for at in tokens.spot(scene.lexicon.kin)]
    for passage in passages_at(scene, (*starts, *starts_of(scene, MARRIED.words))):
        if passage.kind in ("heading", "caption"):
            continue
        for first, last in _kin_words(scene, passage):
            _read(scene, passage, first, last)
        state_marriages(scene, passage)


def _kin_words(scene: Scene, passage: Passage) -> list[tuple[int, int]]:
    """Return (first, last) of every word for a relative, the longest at each place."""
    found: list[tuple[int, int]] = []
    tokens, kin = scene.tokens, scene.lexicon.kin
    words = tokens.between(*passage.span)
    for index, word in enumerate(tokens.smalls(words), words.start):
        if word not in kin or _in_name(scene, passage, tokens.starts[index]):
            continue
        first = index
        while first - 1 >= words.start and index - first < 2:
            phrase = tokens.lower(first - 1, index)
            if phrase not in kin or scene.text[tokens.ends[first - 1] : tokens.starts[first]] != " ":
                break
            first -= 1
        found.append((first, index))
    return found


def _in_name(scene: Scene, passage: Passage, offset: int) -> bool:
    return any(
        s.form == "name" and s.span.start <= offset < s.span.end and s.actor.kind == "person"
        for s in scene.said[passage.index]
    )


def _read(scene: Scene, passage: Passage, first: int, last: int) -> None:
    tokens = scene.tokens
    word = tokens.lower(first, last)
    kin = scene.lexicon.kin[word]
    start, end = tokens.starts[first], tokens.ends[last]
    possessor = possessor_of(scene, passage, first)
    if possessor is not None:
        if _accused(scene, passage, possessor, kin, Span(start, end)):
            return
        if _is_of_a_relative(scene, first):
            return
        named = [] if tokens.possessive[last] else named_relatives(scene, passage, end, start, possessor)
        if named:
            owner = possessor.actor
            if owner in [n.actor for n in named]:
                other = person_before(scene, passage, owner)
                if other is None:
                    return
                owner = other
            for one in named:
                state_both(scene, one.actor, owner, kin, possessor.span.cover(one.span))
            return
        _unnamed(scene, possessor, kin, word, Span(start, end))
        return
    if (word == "husband" or word.rpartition(" ")[2] in _SIDES) and state_pair(
        scene, passage, word, kin, Span(start, end)
    ):
        return
    if couple := couple_before(scene, passage, first):
        for one in named_relatives(scene, passage, end, start, couple[0]):
            for parent in couple:
                state_both(scene, one.actor, parent.actor, kin, Span(start, one.span.end))
        return
    before = tokens.lowers[first - 1] if first else ""
    if before in ("with", "and") and scene.text[tokens.ends[first - 1] : start] == " ":
        _without_possessor(scene, passage, kin, word, Span(start, end), tokens.starts[first - 1])
        return
    if scene.cell_meanings.get(passage.span) == "kin" and _begins_part(scene, passage, start):
        _without_possessor(scene, passage, kin, word, Span(start, end), start)
        return
    follows = tokens[last + 1] if last + 1 < len(tokens) else None
    if follows is not None and follows.lower == "of" and scene.text[end : follows.start] == " ":
        _of(scene, passage, kin, word, first, last)


_SIDES = frozenset("brothers sisters siblings cousins twins half-brothers half-sisters".split())
"""What two people are to each other alike."""


def _is_of_a_relative(scene: Scene, first: int) -> bool:
    """Whether a word for a relative follows another's: "her father's cousin Vera" is no cousin of hers."""
    before = scene.tokens[first - 1] if first else None
    return (
        before is not None and before.is_possessive and before.lower.removesuffix("'s") in scene.lexicon.kin
    )


def _begins_part(scene: Scene, passage: Passage, start: int) -> bool:
    """Whether a word opens a cell of companions, or one of its parts: "wife Milda; nephew Aivars"."""
    return (
        not scene.text[passage.span.start : start].strip()
        or scene.text[max(0, start - 4) : start].rstrip()[-1:] in ",;/&"
    )


def _without_possessor(scene: Scene, passage: Passage, kin: Kin, word: str, span: Span, start: int) -> None:
    """Read "fled with son", "with wife Maria and six children"."""
    people = [a for a in subject_of(scene, passage, start) if a.kind == "person"]
    if len(people) != 1 or scene.tokens.lowers[scene.tokens.between(start, start + 1).start] == "and":
        return
    owner = people[0]
    named = next(
        (
            s
            for s in scene.said[passage.index]
            if s.form == "name"
            and s.actor.kind == "person"
            and s.actor is not owner
            and 0 < s.span.start - span.end <= 2
        ),
        None,
    )
    if named is not None:
        state_both(scene, named.actor, owner, kin, Span(span.start, named.span.end))
    elif word not in ("family", "relatives", "relations", "kin", "partner"):
        scene.state(owner, "kin", TextValue(text=word), Span(start, span.end))


def _unnamed(scene: Scene, possessor: Said, kin: Kin, word: str, span: Span) -> None:
    """State that somebody had a relative of whom no name is given, unless it is known who that is."""
    owner = possessor.actor
    if owner.kind != "person" or word in (
        "family",
        "families",
        "relatives",
        "relative",
        "partner",
        "partners",
        "heir",
        "ancestors",
    ):
        return
    inverse = inverse_of(scene.lexicon, kin, owner.gender)
    if any(
        f.predicate == "kin"
        and isinstance(f.value, TextValue)
        and (f.value.text.startswith(f"{inverse} of ") or f.value.text == word)
        for f in scene.facts_of(owner)
    ):
        return
    scene.state(owner, "kin", TextValue(text=word), possessor.span.cover(span))


def _of(scene: Scene, passage: Passage, kin: Kin, word: str, first: int, last: int) -> None:
    """Read "nephew of Karel Novak", "the third son of a coppersmith"."""
    tokens = scene.tokens
    of = tokens[last + 1]
    limit = passage.sentence_at(of.start).end
    start = tokens.starts[first]
    target = next(
        (
            s
            for s in scene.said[passage.index]
            if s.form == "name" and s.actor.kind == "person" and 0 <= s.span.start - of.end <= 30
        ),
        None,
    )
    gap = scene.text[of.end : target.span.start] if target else ""
    subjects = tuple(a for a in _of_whom(scene, passage, start) if a.kind == "person")
    if (
        target is not None
        and not any(m in gap for m in ",;.()")
        and gap.strip().count(" ") < 3
        and not re.search(r"\b(?:and|who)\b", gap)
    ):
        if target.is_possessive and scene.text[target.span.end : target.span.end + 2] == "'s":
            return
        for actor in subjects:
            if actor is not target.actor:
                state_both(scene, actor, target.actor, kin, Span(start, target.span.end))
        return
    words = tokens.between(of.end, min(limit, of.end + 50))
    head = next((i for i in words if is_role(tokens.lowers[i], scene.lexicon)), None)
    if head is None or tokens.lowers[words.start] not in ("a", "an"):
        return
    if any(mark in scene.text[of.end : tokens.starts[head]] for mark in ",;.("):
        return
    end = right_edge(scene, passage, head, limit)
    text = " ".join(scene.document.text[of.end : end].split())
    for actor in subjects[:1]:
        relation = word if word != kin.plural else kin.relation
        scene.state(actor, "kin", TextValue(text=f"{relation} of {text}"), Span(start, end))


_AND_A = lazy(r",? and (?:an?|another|one|the) (?:\w+ )?")


def _of_whom(scene: Scene, passage: Passage, start: int) -> tuple[Actor, ...]:
    before = [
        s
        for s in scene.said[passage.index]
        if s.span.end <= start and s.form == "name" and s.actor.kind == "person"
    ]
    if before:
        gap = scene.text[before[-1].span.end : start]
        if _AND_A.fullmatch(gap):
            return ()  # "Ana Ruiz, and a daughter of Eva Kos" is another one
        if len(gap) < 40 and re.fullmatch(
            r"\s*(?:\([^)]*\))?\s*[,–:(-]*\s*(?:(?:the|a|an)\s+)?(?:\w+\s+){0,2}", gap
        ):
            return (before[-1].actor,)
    return subject_of(scene, passage, start)


def _accused(scene: Scene, passage: Passage, possessor: Said, kin: Kin, span: Span) -> bool:
    """State for whose alleged deeds somebody was punished; return whether that is what the words say."""
    text = scene.text
    sentence = passage.sentence_at(span.start)
    if not _BLAMED.search(text, sentence.start, possessor.span.start):
        return False
    after = text[span.end : min(sentence.end, span.end + 160)]
    match = _ACCUSED.match(after) or (
        _ACCUSED.match(after[comma:]) if after.startswith(",") and (comma := after.find(",", 2)) > 0 else None
    )
    if match is None or not _PUNISHED.search(text, sentence.start, possessor.span.start):
        return False
    end = sentence.end if sentence.end - span.end < 160 else span.end + 160
    blamed = _BLAMED.search(text, sentence.start, possessor.span.start)
    start = blamed.start() if blamed else possessor.span.start
    scene.state(
        possessor.actor, "accused_kin", TextValue(text=kin.relation), Span(start, end).strip(text, " .")
    )
    return True
