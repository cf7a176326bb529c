"""Whether a number is somebody's: what one person counts, paid or covered, and what only stands near a name.

    "Ana brought 12 manuscripts", "Ana paid $40"                     hers
    "The camp lay 12 miles from Ana's home", "a 12-mile fence"       the way and the fence have their own lengths
    "Ana said so. 12 boats followed.", "while 12 others drowned"     another sentence, or a clause with a subject of its own
    "one of 4,000 refugees", "41,000 people live there"              a people is nobody's, however near a name stands
    "366 came, down from 566", "40 men and 12 others"                no group's either that was counted itself

What is not his goes to the topic of the section. How long something took (`rules/duration.py`) is not judged here.
"""

from __future__ import annotations

from typing import Final

from regesta.extraction.clauses import clause_at
from regesta.extraction.houses import house_before
from regesta.extraction.measured import whose
from regesta.extraction.nearest_dates import when_near
from regesta.extraction.passages import Passage
from regesta.extraction.quantity import Quantity
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.subjects import is_headless, subject_of
from regesta.extraction.topics import topic_of
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["counted_by"]

_A_PEOPLE: Final = 1000
"""So many are no one person's company or goods, in whatever language they are counted."""
_OF_ONESELF: Final = lazy(r"\b(?:I|[Mm]y|[Ww]e|[Oo]ur)\b")
"""What a speaker says of himself, who is named outside the sentence: "I had eleven dollars"."""
_ONE_OF: Final = lazy(
    r"\b(?:one|among|einer|eine|unter|un[ao]?|uma?|parmi|entre|jeden|jedna)\s(?:(?:\w+\s)?(?:of|von|der|den|di|dei|delle|des|de|los|las|dos|das|z|ze)\s)?(?:\S+\s){0,2}$",
    # "one of", "einer von nur", "uno dei"
)
_APART: Final = lazy(
    r"\s?(?:\([^)]{1,24}\)\s?)?(?:away|from|off(?!\s(?:his|her|their))|apart|(?:north|south|east|west)\w*\s(?:of|from)|entfernt|vor|nördlich|südlich|östlich|westlich|de(?=\s[A-Z])|da(?=\s[A-Z]))(?![^\W_])"
)
"""What follows how far one place lies from another."""


def counted_by(scene: Scene, passage: Passage, quantity: Quantity) -> tuple[Actor, ...]:
    """Return whom or what a quantity speaks of: never one person where the words do not say that it is his."""
    actors = whose(scene, passage, quantity.span)
    if len(actors) == 1 and actors[0].kind == "group" and _is_beside(scene, passage, quantity, actors[0]):
        return (topic_of(scene, passage),)
    if len(actors) == 1 and actors[0].kind == "person" and not _is_his(scene, passage, quantity, actors[0]):
        return (topic_of(scene, passage),)
    if len(actors) == 1 and actors[0].kind == "facility" and _is_studied(scene, passage, quantity, actors[0]):
        return (topic_of(scene, passage),)
    if len(actors) == 1 and actors[0].kind == "facility" and quantity.kind in ("money", "percent"):
        if _is_of_house(scene, passage, quantity.span.start, actors[0]):
            return actors
        laws = [
            s.actor
            for s in scene.said[passage.index]
            if s.actor.kind == "law" and s.span.end <= quantity.span.start
        ]
        return (laws[-1] if laws and quantity.kind == "money" else topic_of(scene, passage),)
    return actors


def _is_studied(scene: Scene, passage: Passage, quantity: Quantity, house: Actor) -> bool:
    """Whether a sentence that names no house tells what a study found: "A study of 500 families found that one in five ..."."""
    sentence = passage.sentence_at(quantity.span.start)
    named = any(s.actor is house and sentence.contains(s.span) for s in scene.said[passage.index])
    return not named and _STUDY.search(scene.text, *sentence) is not None


_STUDY: Final = lazy(
    r"\b(?:study|survey|poll|researchers)\b[^.;]{0,90}?\b(?:found|finds|showed?|shows|revealed|suggest(?:s|ed)|concluded)\b"
)


def _is_of_house(scene: Scene, passage: Passage, start: int, house: Actor) -> bool:
    """Whether a sum or a share is told of a house: seldom only because an earlier sentence names one."""
    sentence = passage.sentence_at(start)
    said = scene.said[passage.index]
    return (
        any(
            s.actor is house
            and sentence.contains(s.span)
            and not _is_aside(scene, Span(sentence.start, s.span.start))
            for s in said
        )
        or _OF_A_HOUSE.search(scene.text, sentence.start, start) is not None
        or (
            (told := house_before(scene, passage, sentence, start)) is not None
            and not _is_aside(scene, Span(sentence.start, told[1].start))
        )
    )


def _is_aside(scene: Scene, lead: Span) -> bool:
    """Whether the words that lead to a house make it only the time or the source of what is said."""
    return any(pattern.search(scene.text, *lead) is not None for pattern in (_AT_THE_TIME, _SAYS_SO))


_AT_THE_TIME: Final = lazy(
    r"\b(?:[Ww]hen|[Aa]fter|[Bb]efore|[Ss]ince|[Uu]ntil|[Oo]nce)\s(?:the\s|this\s|that\s)?$"
)
"""What leads to a house that only says when: "When the camp first opened settlers received 900 dollars"."""
_SAYS_SO: Final = lazy(r"\b[Aa]ccording to (?:[^,;:]|(?<=\d),(?=\d))*$")
"""What leads to a house that only says how many: "According to a survey by the Institute"."""
_OF_A_HOUSE: Final = lazy(
    r"\b(?:[Tt]here|[Hh]ere|[Ii]ts)\b|\bIt (?:costs?|pays?|paid|spen[dt]s?|received?s?|g[ai]ves?|charged?s?|raised?|collected)\b"
)
"""What a sentence says of a house that an earlier one named: "There each received 300 marks", "Its budget was 3 million"."""


def _is_beside(scene: Scene, passage: Passage, quantity: Quantity, group: Actor) -> bool:
    """Whether a number of people is no part of a group that was counted itself: a greater one, or the next of a row."""
    start = quantity.span.start
    own = [s.span for s in scene.said[passage.index] if s.actor is group and s.form == "description"]
    if group.size is None or any(span.overlaps(quantity.span) for span in own):
        return False
    before = max((span.end for span in own if span.end <= start), default=None)
    if quantity.kind == "percent":
        said = _BRACKET.search(scene.text, passage.span.start, start)
        return said is not None and not any(span.overlaps(Span(*said.span("counted"))) for span in own)
    if quantity.unit not in _HEADS and quantity.kind != "bare":
        return False
    if own and _OF_A_YEAR.match(scene.text, quantity.span.end, passage.span.end):
        when, theirs = (when_near(scene, passage, span)[0] for span in (quantity.span, own[-1]))
        if when is not None and theirs is not None and when != theirs:
            return True  # "1,043 people came in 2018, 987 in 2019"
    most = max(quantity.number or 0, quantity.low or 0, quantity.high or 0)
    if most > group.size:
        return not _OF_THEM.match(scene.text, quantity.span.end, passage.span.end)
    return (
        before is not None and bool(quantity.noun) and _NEXT.fullmatch(scene.text, before, start) is not None
    )


_OF_A_YEAR: Final = lazy(r"\s(?:in|en|im|w|em|nel)\s(?:the\s)?\S{0,12}\s?(?:1[89]|20)\d\d\b")
_HEADS: Final = frozenset(("person", "family", "household"))
_OF_THEM: Final = lazy(r"\sof\s(?:them|whom|these|those)\b")
_NEXT: Final = lazy(r"\s?(?:\([^()]{1,40}\))?(?:,|;|,?\sand|,?\splus)\s")
"""What stands between two of a row, each with its own number."""
_BRACKET: Final = lazy(r"\b(?P<counted>\d[\d,.]*(?:\s[^\s\d(),.;:]+){1,5})\s\($")
"""A counted noun whose share stands in brackets: "313 children (5%)"."""


def _is_his(scene: Scene, passage: Passage, quantity: Quantity, actor: Actor) -> bool:
    if quantity.kind == "time" or quantity.is_age:
        return True  # how long, and how old
    start = quantity.span.start
    sentence = passage.sentence_at(start)
    before = scene.text[sentence.start : start]
    if quantity.kind in ("count", "bare") and not quantity.is_adjective:
        most = max(quantity.number or 0, quantity.low or 0, quantity.high or 0)
        if most >= _A_PEOPLE or _ONE_OF.search(before):
            return False
    elif quantity.unit != "person" and quantity.is_adjective:
        return False
    if quantity.kind == "measure" and _APART.match(scene.text, quantity.span.end, passage.span.end):
        return False
    entry = scene.entry_of[passage.index]
    if (entry is not None and entry.kind != "prose") or is_headless(scene, sentence):
        return True
    if _OF_ONESELF.search(before):
        return True
    mine = [s for s in scene.people_in(passage, (sentence.start, start)) if s.actor is actor]
    if not mine or (quantity.kind != "money" and actor not in subject_of(scene, passage, start)):
        return False
    clause = clause_at(scene, passage, start)
    leads = clause.verb is not None and scene.tokens.starts[clause.verb] >= quantity.span.end
    return not leads or mine[-1].span.start >= clause.span.start
