"""People without a name: those who come along, those meant again by "the pilot", groups that are only counted.

    with two friends, his wife and a child    company of whoever the sentence is about
    The pilot ...                             the one described so before, where one fits
    nineteen families                         a group of its own, with its size

Names come first (`who`); a phrase beside a name is that person's and makes nobody.
"""

from __future__ import annotations

import re

from regesta.extraction.antecedents import called_later, is_taken
from regesta.extraction.described import Phrase
from regesta.extraction.passages import Passage
from regesta.extraction.quantity import Quantity
from regesta.extraction.scene import Actor, Entry, Scene

__all__ = ["FAMILY", "take_companions", "take_groups", "tie_described"]

_RANKED_TOO = re.compile(r", [A-Z][a-z]{1,5}\.? ")
"""What may stand between a companion and the name: "A friend, Capt. Ernesto Lam"."""
_CALLED_TOO = re.compile(r", (?:the|an?) (?:[a-z-]+ ){1,3}")
"""What may stand between a relative and the name: "her husband, the engineer Farhang"."""
_ON_BOARD = re.compile(r"\b(?:[Oo]n board|[Aa]board) were\b")
_ON_THE_WAY = frozenset(("arrive", "defect", "flee"))
_TOTAL = re.compile(r"\b(?:[Tt]otal|[Nn]umber)\b[^.:]{0,24}: $")
"""What makes a count a sum of what the text tells, and no group: "Total interviewed: 5 people"."""
FAMILY = frozenset("family families brothers sisters couple siblings household".split())
_CARRIED = frozenset("carried led brought took pushed by".split())
_LISTED_WITH = re.compile(r"\bwith (?:his|her|their) [^.;:]{0,50},\s*$", re.IGNORECASE)
_WITH = frozenset("with and bringing taking accompanied carrying plus".split())


def take_companions(scene: Scene, passage: Passage, described: list[Phrase]) -> None:
    """Make somebody of "with her son", "he and a friend", "his family fled": kin and companions who move too."""
    for phrase in described:
        listed = phrase.head_class == "person" and _is_listed_with(scene, passage, phrase)
        if not listed and (
            phrase.head_class not in ("kin", "companion", "group") or is_taken(scene, passage, phrase.span)
        ):
            continue
        if later := called_later(scene, passage, phrase):
            scene.say(passage, phrase.span, later, "description")
            continue
        if named := _name_beside(scene, passage, phrase):
            if not phrase.possessor:
                continue
            if named.head == "":
                named.head = phrase.head
            continue
        before = (
            scene.tokens.lowers[phrase.first - 1]
            if phrase.first > 0 and scene.tokens.ends[phrase.first - 1] > passage.span.start
            else ""
        )
        lead = scene.text[max(0, phrase.span.start - 40) : phrase.span.start].rstrip()
        listing = lead[-1:] == "," and phrase.possessor is not None
        carried = before in _CARRIED and phrase.possessor is not None
        if before == "and" and phrase.possessor is None and _is_of_pair(scene, phrase.first - 2):
            continue  # "Valery and Galina Pesin, husband and wife"
        joined = before in _WITH or carried or listed or (listing and phrase.head_class == "kin")
        after = scene.tokens.lowers[phrase.last + 1] if phrase.last + 1 < len(scene.tokens) else ""
        moves = (
            scene.lexicon.flight.get(after) in ("arrive", "defect", "flee") and phrase.possessor is not None
        )
        if not (joined or moves) or phrase.determiner == "the" or not _in_flight(scene, passage, phrase):
            continue
        entry = scene.entry_of[passage.index]
        if entry is None or not entry.principals:
            continue
        if phrase.determiner == "their" and entry.principals[0].head in FAMILY:
            continue
        twin = next(
            (
                a
                for a in dict.fromkeys(s.actor for i in entry.passages for s in scene.said[i])
                if not a.is_named and a.head == phrase.head and _same_entry(scene, entry, a)
            ),
            None,
        )
        size = int(phrase.quantity.number) if phrase.quantity and phrase.quantity.number else None
        kind = (
            "group" if phrase.is_plural or phrase.head_class == "group" or phrase.head in FAMILY else "person"
        )
        actor = twin or scene.unnamed(kind, phrase.head, size=size, is_plural=kind == "group")  # type: ignore[arg-type]
        kin = scene.lexicon.kin.get(phrase.head)
        if kin and kin.gender:
            actor.gender = "f" if kin.gender.startswith("f") else "m"
        scene.say(passage, phrase.span, actor, "description")


def _is_of_pair(scene: Scene, index: int) -> bool:
    """Whether a bare noun of kin stands at `index`, as the first of "husband and wife"."""
    if index < 1 or scene.tokens.lowers[index] not in scene.lexicon.kin:
        return False
    return not scene.text[scene.tokens.ends[index - 1] : scene.tokens.starts[index]].isspace()


def _is_listed_with(scene: Scene, passage: Passage, phrase: Phrase) -> bool:
    """Whether a counted phrase goes on a list of those who came along: "with his wife Anna, two infants and a nurse"."""
    if phrase.quantity is None or phrase.determiner == "the" or is_taken(scene, passage, phrase.span):
        return False
    return (
        _LISTED_WITH.search(scene.text, max(passage.span.start, phrase.span.start - 80), phrase.span.start)
        is not None
    )


def _same_entry(scene: Scene, entry: Entry, actor: Actor) -> bool:
    passages = (scene.passage_at(actor.first.start),)
    return any(p is not None and p.index in entry.passages for p in passages)


def _in_flight(scene: Scene, passage: Passage, phrase: Phrase) -> bool:
    """Return whether the sentence tells of moving, so that a companion in it moved too."""
    sentence = passage.sentence_at(phrase.span.start)
    entry = scene.entry_of[passage.index]
    words = scene.tokens.between(*sentence)
    if _ON_BOARD.search(scene.text, *sentence):
        return True
    for i in words:
        pair = f"{scene.tokens.lowers[i]} {scene.tokens.lowers[i + 1]}" if i + 1 < words.stop else ""
        if {scene.lexicon.flight.get(scene.tokens.lowers[i]), scene.lexicon.flight.get(pair)} & _ON_THE_WAY:
            return True
    opening = (
        entry is not None
        and entry.kind != "prose"
        and passage.index == entry.passages[0]
        and sentence == passage.sentences[0]
    )
    before = [
        scene.tokens.lowers[i]
        for i in words
        if scene.tokens.ends[i] <= phrase.span.start and not scene.tokens.capital[i]
    ]
    return opening and not any(word.endswith("ed") for word in before[-9:])


def _name_beside(scene: Scene, passage: Passage, phrase: Phrase) -> Actor | None:
    """Return the named actor that the phrase stands beside: "his aide Jan Novák", "Jan Novák, his aide"."""
    for said in scene.said[passage.index]:
        if said.form != "name":
            continue
        after = scene.text[phrase.span.end : said.span.start] if said.span.start >= phrase.span.end else None
        before = scene.text[said.span.end : phrase.span.start] if said.span.end <= phrase.span.start else None
        if after is not None and (after.strip() in ("", ",", '"')) and len(after) <= 4:
            return said.actor
        if after is not None and phrase.head_class == "kin" and _CALLED_TOO.fullmatch(after):
            return said.actor
        if after is not None and phrase.head_class == "companion" and _RANKED_TOO.fullmatch(after):
            return said.actor
        if before is not None and before.strip(" \")'") == "," and len(before) <= 4:
            return said.actor
    return None


def tie_described(scene: Scene, passage: Passage, described: list[Phrase]) -> None:
    """Tie "the family", "the unnamed man" to the entry's own unnamed or grouped people."""
    entry = scene.entry_of[passage.index]
    if entry is None:
        return
    for phrase in described:
        if phrase.determiner not in ("the", "this", "these", "those", "a", "an") or is_taken(
            scene, passage, phrase.span
        ):
            continue
        known = [
            actor
            for actor in dict.fromkeys(
                [*entry.principals, *(s.actor for i in entry.passages for s in scene.said[i])]
            )
            if _fits(actor, phrase)
            and (
                (entry.kind != "item" and actor in entry.principals)
                or not actor.mentions
                or actor.first.start < passage.sentence_at(phrase.span.start).end
            )
            and (phrase.determiner not in ("a", "an") or (actor.head == phrase.head and not actor.is_named))
        ]
        if known:
            scene.say(passage, phrase.span, known[0], "description")


def _fits(actor: Actor, phrase: Phrase) -> bool:
    if actor.kind not in ("person", "group") or (actor.is_named and actor.kind == "person"):
        return False
    if actor.head == phrase.head:
        single = phrase.determiner in ("a", "an") and not phrase.is_plural and phrase.head_class != "group"
        return not (single and actor.is_plural)  # "a pilot" is none of the two pilots
    general = phrase.head in (
        "man",
        "woman",
        "person",
        "defector",
        "refugee",
        "escapee",
        "group",
        "family",
        "fugitive",
    )
    return general and (actor.kind == "group" or actor.is_plural) == (
        phrase.is_plural or phrase.head_class == "group"
    )


def _is_part(scene: Scene, phrase: Phrase, quantity: Quantity) -> bool:
    """Whether the number stands before "the", and so is of some of those who are known: "ten of the dancers"."""
    return quantity.number_span.end < scene.tokens.starts[phrase.first] and (quantity.number or 0) > 1


def _counted_in_brackets(scene: Scene, passage: Passage, phrase: Phrase) -> Actor | None:
    """Return the group with a name that a bracket behind it counts: "the Stolz family (five people)"."""
    before, behind = phrase.span.start - len(" ("), phrase.span.end
    if not (scene.text.startswith(" (", max(before, 0)) and scene.text.startswith(")", behind)):
        return None
    named = (s.actor for s in scene.said[passage.index] if s.span.end == before and s.form == "name")
    return next((actor for actor in named if actor.kind == "group"), None)


def take_groups(scene: Scene, passage: Passage, described: list[Phrase]) -> None:
    """Make a group of every counted body of people, and somebody of everyone said to be unnamed."""
    for phrase in described:
        if is_taken(scene, passage, phrase.span) or _name_beside(scene, passage, phrase):
            continue
        quantity = phrase.quantity
        counted = (
            quantity is not None
            and quantity.unit == "person"
            and not quantity.is_weak
            and (phrase.determiner != "the" or _is_part(scene, phrase, quantity))
        )
        if not (counted or phrase.is_unnamed) or _TOTAL.search(
            scene.text, max(passage.span.start, phrase.span.start - 40), phrase.span.start
        ):
            continue
        size = int(quantity.number) if quantity and quantity.number and quantity.low is None else None
        named = _counted_in_brackets(scene, passage, phrase)
        if named is not None:
            named.size = named.size or size
            scene.say(passage, phrase.span, named, "description")
            continue
        plural = phrase.is_plural or phrase.head_class == "group"
        actor = scene.unnamed("group" if plural else "person", phrase.head, size=size, is_plural=plural)
        scene.say(passage, phrase.span, actor, "description")
