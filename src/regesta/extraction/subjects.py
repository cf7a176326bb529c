"""Of whom a clause speaks: the subject before it, whoever "and" joins to that, or those whom the entry is about.

    Ana, who saw Karel, left          "left" is of Ana: a closed clause beside her is passed over
    met Dudu Maseko, who had fled     "had fled" is of Maseko: a relative clause is of the name before it
    Fled in 1915 to Aleppo            a life told without subjects is of the person of the entry

Nothing is concluded from what the clause says; who an "he" is, is for `pronouns.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from regesta.extraction.again import once
from regesta.extraction.described import head_class
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Said, Scene

__all__ = ["before_who", "is_headless", "joined_to_last", "outside_asides", "subject_of"]

_HEADLESS = frozenset(
    "was born came went left fled got kept held sent taken lost died drove flew ran sold spent swam taught wrote became began moved worked "
    "served married escaped lived studied hid sailed deserted".split()
)
"""Verbs that open the sentences of a life told without a subject."""
_AFTER_VERBS = frozenset(
    "in at to on for from by with as into over through under until since and again twice back his her their the a an there first".split()
)
"""Words that follow such a verb, and tell "Deported to" from a name."""
_ASIDE = re.compile(r", (?:an? [^,.;]{2,50} )?(?:whom|whose|where|which)\b[^,.;]{3,80}, $")
"""What tells of others between a subject and its verb: "Alun, [whom she married in 1976], died"."""
_GERUND = re.compile(r" (?:before|after|while) $")
_OBJECT_BEHIND = re.compile(
    r"\b(?:[a-z]{2,}ed|met|saw|told|taught|left|knew|sent|took|brought|found) (?:[a-z'-]+ ){0,4}$"
)
"""What makes a name the object of its clause, whose subject is that of the gerund behind it."""
_CLOSED_ASIDE = re.compile(r", (?:(?:the|an?) [^,.;]{3,120} )?(?:who|whom|whose|which) [^,.;]{3,200},")
"""What tells of others between a subject and the rest: "Ana, [who came when Karel was expelled,] left with him"."""
_WHO_ON = re.compile(r", who [^,;.:–()]*$")
"""A relative clause that goes on: "his mother, Rosa, who died in April [at the age of 74]"."""
_WHO = re.compile(
    r",? who(?:, (?:in|on|at|after|by) [^,;.:()]{2,40},)? (?:(?:had|has|also|later|then|was|were|would) ){0,2}$"
)
_QUI = re.compile(r",? (?:qui|che|que|quien)(?: (?:a|ont|avait|ha|había|tinha|aveva|se|si|s'est|era))? $")
"""The same in Romance languages: "Ana Ruiz, qui [s'installa]"."""
_APPOSED = re.compile(
    r", (?:an?|the|one of|his|her|their) (?!.* of (?:an?|the) )(?:[^,;:–().]|\b[A-Z]\.){2,80}"
)
"""What tells who somebody is, whose relative clause follows: "by Oto Bell, [a former champion] who defected"."""
_WHOSE = frozenset(("his", "her", "their"))
_OF_OTHERS = re.compile(
    r"\b(?:about|at|on|for|with|to|by|against|met|helped|saw|interviewed) (?:(?:the|those|many|some|several|other|top|all) )?"
    r"(?:[\w'-]+ ){0,4}(?:people|those|men|women|children|others|officials|families|refugees|soldiers|persons|prisoners)"
    r"(?: (?:in|from|of|at) [^,.;:]{2,60})?,? who(?: (?:had|have|has|were|are|was|later|also|then)){0,3} $"
    r"|\b(?:and|but|while) (?:many|most|some|several|others|those|thousands|hundreds)(?: of (?:them|those))?(?: [a-z]+)?,? who(?: (?:had|have|were)){0,2} $"
)
"""Whom a relative clause tells of beside the subject: "He has written about the people in two villages [who escaped]"."""


_SUBJECTLESS = frozenset(("es", "pt", "it", "pl"))
"""Languages whose verbs need no "he": what a sentence without a subject tells is of whom the life is about."""


def subject_of(scene: Scene, passage: Passage, offset: int) -> tuple[Actor, ...]:
    """Return whom the clause at `offset` speaks of: the nearest subject before it, else the entry's people.

    Several where names are joined by "and"; empty where nobody is in sight.
    """
    return once(scene, _subject, passage, offset)


def _subject(scene: Scene, passage: Passage, offset: int) -> tuple[Actor, ...]:
    relative = before_who(scene, passage, offset)
    if relative is not None:
        return (relative,)
    teller = scene.tellers[passage.index]
    if teller is not None and offset in scene.own_verbs:
        return (teller,)
    sentence = passage.sentence_at(offset)
    if _is_of_kin(scene, passage, sentence.start, offset):
        return ()
    before = [
        s
        for s in scene.said[passage.index]
        if sentence.start <= s.span.start and s.span.end <= offset and s.is_subject
    ]
    before = outside_asides(scene, before, sentence.start, offset)
    if before and scene.text[offset - 2 : offset] == ", ":
        aside = _ASIDE.search(scene.text, sentence.start, offset)
        before = [s for s in before if aside is None or s.span.end <= aside.start()] or before
    strangers = [b for b in scene.bystanders[passage.index] if sentence.start <= b.start and b.end <= offset]
    if strangers and (not before or strangers[-1].start > before[-1].span.start):
        return ()
    start = before[-1].span.end if before else sentence.start
    if scene.text.find(" who", start, offset) >= 0 and _OF_OTHERS.search(scene.text, start, offset):
        return ()
    if before:
        return joined_to_last(scene, before)
    entry = scene.entry_of[passage.index]
    if entry and entry.principals:
        alone = scene.language in _SUBJECTLESS and len(entry.principals) == 1
        if entry.kind == "prose" and not (
            alone or (entry.passages[0] < passage.index and is_headless(scene, sentence))
        ):
            earlier = [s for s in scene.said[passage.index] if s.span.end <= offset and s.is_subject]
            if earlier:
                return (earlier[-1].actor,)
        return tuple(entry.principals)
    return ()


_KIN_OF_SOMEBODY = re.compile(
    r"(?:\w'|'s|\bwhose) (?:[a-z-]+ ){0,2}(?P<kin>[a-z-]+)(?:,? (?:who|had|have|has|also|later|then|both|all|first|themselves)){0,3} $"
)
"""Relatives told of by whose they are, before what they did: "Ruiz's parents [fled]", "whose father had [fled]"."""
_HOUSEHOLD = frozenset(("family", "household"))


def _is_of_kin(scene: Scene, passage: Passage, start: int, offset: int) -> bool:
    """Whether a relative without a name does what the verb says, and not whose relative that is."""
    text, start = scene.text, max(start, offset - 60)
    if text.find("'", start, offset) < 0 and text.find("whose ", start, offset) < 0:
        return False  # of nobody's: asked of every verb
    match = _KIN_OF_SOMEBODY.search(text, start, offset)
    if match is None or match["kin"] in _HOUSEHOLD:
        return False
    kind = head_class(match["kin"], scene.lexicon)
    at = match.start("kin")
    return (
        kind is not None
        and kind[0] == "kin"
        and not any(s.span.start <= at < s.span.end for s in scene.said[passage.index])
    )


def outside_asides(scene: Scene, row: list[Said], start: int, offset: int) -> list[Said]:
    """Return those of a row who do not stand in a clause that is closed before `offset`: "Ana, [who saw Karel,] left"."""
    if len(row) > 1 and " wh" in scene.text[start:offset]:
        for aside in _CLOSED_ASIDE.finditer(scene.text, start, offset):
            if any(said.span.end == aside.start() for said in row):
                row = [s for s in row if not aside.start() < s.span.start < aside.end()]
    at_gerund = scene.text.startswith(("before ", "after ", "while "), offset)
    if len(row) > 1 and (at_gerund or _GERUND.search(scene.text, start, offset)):
        between = scene.text[row[-2].span.end : row[-1].span.start]
        if _OBJECT_BEHIND.search(between) and not scene.text[row[-1].span.end : offset].strip(
            " abefortwhils"
        ):
            row = row[:-1]  # "Ana met Karel before fleeing"
    return row


def is_headless(scene: Scene, sentence: tuple[int, int]) -> bool:
    """Return whether a sentence opens with a verb and has no subject, as lives are told: "Fled in 1915 to Aleppo"."""
    words = scene.tokens.between(*sentence)
    if len(words) < 2:
        return False
    first, second = scene.tokens[words.start], scene.tokens[words.start + 1]
    if not first.is_capital or second.is_capital or scene.text[first.end : second.start] != " ":
        return False
    if first.lower in _HEADLESS or scene.lexicon.flight.get(first.lower) in (
        "arrive",
        "defect",
        "flee",
        "return",
    ):
        return True
    return first.lower.endswith("ed") and len(first.lower) > 4 and second.lower in _AFTER_VERBS


def before_who(scene: Scene, passage: Passage, offset: int) -> Actor | None:
    """Return the person whose relative clause holds `offset`: "met Dudu Maseko, who had defected"; None outside one."""
    return once(scene, _before_who, passage, offset)


def _before_who(scene: Scene, passage: Passage, offset: int) -> Actor | None:
    start = passage.sentence_at(offset).start
    if scene.language is not None and (there := _QUI.search(scene.text, max(start, offset - 30), offset)):
        return next(
            (
                s.actor
                for s in scene.said[passage.index]
                if s.form == "name" and s.span.end == there.start() and s.actor.kind in ("person", "group")
            ),
            None,
        )
    if scene.text.rfind(" who", max(0, offset - 90), offset) < 0:
        return None
    match = _WHO.search(scene.text, max(start, offset - 90), offset)
    if match is None:
        match = _WHO_ON.search(scene.text, max(start, offset - 90), offset)
        if match is None or any(
            s.is_subject and match.end() > s.span.start > match.start() for s in scene.said[passage.index]
        ):
            return None
    apposed: Actor | None = None
    for said in scene.said[passage.index]:
        if said.form != "name" or said.span.end > match.start():
            continue
        if said.span.end == match.start():
            if not said.is_subject or scene.text.startswith(("was ", "is ", "has "), offset):
                return said.actor if said.actor.kind in ("person", "group") else None
            return None
        if not said.is_subject and _APPOSED.fullmatch(scene.text, said.span.end, match.start()):
            apposed = said.actor if said.actor.kind == "person" else None
    return apposed


_OBJECTS = frozenset("him her them me us".split())
_JOINS_ON = re.compile(
    r", (?:(?:his|her|their) [a-z' -]{2,40}|(?!.*\b(?:who|which|that)\b)[^,;:.()]{3,60}),? and(?: (?:his|her|their))?"
)
"""What stands between two who did the same: "Ana, [her husband and] six cousins", "Ana, [envoy to Chad, and] Ivo"."""


def joined_to_last(scene: Scene, before: Sequence[Said], *, with_kin: bool = False) -> tuple[Actor, ...]:
    """Return the last of `before` and those that "and" or commas join to it; `with_kin`: also "X and his wife Y"."""
    found = [before[-1].actor]
    right = before[-1]
    for left in reversed(before[:-1]):
        gap = scene.text[left.span.end : right.span.start].strip()
        words = [word for word in gap.replace(",", " ").split() if not word.strip("()").isdecimal()]
        while len(words) > 1 and words[0] in ("about", "aged") and gap != " ".join(words):
            words = words[1:]  # "Noor, about 30, and her sister"
        if gap[:1] == "," and words and all(scene.only_leads_up(word.lower()) for word in words):
            gap = ","  # "Seaman Gil Pardo, Seaman Orestes Luna and the mechanic Fidel Roca"
        with_kin = with_kin or words[:2] == [
            "and",
            "their",
        ]  # "Jan Kos, his wife Ana and their sons Emil and Ivo"
        joins = (
            bool(words)
            and (
                words[0] in ("and", "&", "und", "et", "y")
                or (scene.language and words[0] in ("e", "i", "en"))
            )
            and len(words) <= 6
            and not (set(words) & {"who", "which", "that"})
            and (with_kin or _WHOSE.isdisjoint(words))
        )
        listing = "".join(letter for letter in gap if letter not in " 0123456789") in (
            ",",
            ",,",
            "(),",
            "()",
        )
        kin = (
            with_kin
            and len(found) > 1
            and gap[:1] == ","
            and len(words) <= 4
            and words[:1]
            and words[0] in _WHOSE
        )
        if not (joins or listing or kin or _JOINS_ON.fullmatch(gap)):
            break
        if left.form == "pronoun" and left.span.of(scene.text).lower() in _OBJECTS:
            break  # "Before him, Ana Ruiz defected"
        if left.actor not in found:
            found.insert(0, left.actor)
        right = left
    return tuple(found)
