"""Whom "the photographer" means, and whom a text is about as a whole.

    [The photographer] came to Paris               whoever was called a photographer
    the one told of most, from the title on        the protagonist: pronouns fall back on him

Genders are told first (`genders`); bystanders and pronouns come after (`bystanders`, `pronouns`).
"""

from __future__ import annotations

import re
from collections import Counter

from regesta.extraction.described import Phrase
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.text.span import Span

__all__ = ["beside_name", "called_later", "choose_protagonist", "is_taken", "tie_definite"]


_YOUNG = frozenset("child boy girl baby infant".split())
_BORN = re.compile(r"\b(?:was|is) born\b")
_CLASSES = frozenset(("kin", "role", "rank", "person", "companion"))


def choose_protagonist(scene: Scene) -> Actor | None:
    """Return the person whom a document in prose is about, else None.

    Named in its lead and often; or its lead tells of a birth, or its title names who is named first.
    """
    prose = [p for p in scene.passages if p.kind == "prose" and len(p.sentences) > 1]
    others = [p for p in scene.passages if p.kind in ("item", "cell")]
    if len(prose) < 2 or len(others) > 2 * len(prose):
        return None
    count: Counter[int] = Counter()
    by_id: dict[int, Actor] = {}
    for passage in scene.passages:
        for said in scene.said[passage.index]:
            if said.form == "name" and said.actor.kind == "person":
                count[id(said.actor)] += 1
                by_id[id(said.actor)] = said.actor
    if not count:
        return None
    ranked = count.most_common(2)
    best, n_times = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    opening = [p for p in scene.passages if p.kind == "prose" and p.span.end - p.span.start >= _SENTENCE]
    if len(opening) < _PAPER * len(prose):
        opening = prose
    lead = next(
        (s.actor for p in opening[:1] for s in scene.said[p.index] if s.form == "name" and s.is_subject), None
    )
    if lead is not None and _is_one_of_many(scene, lead):
        return None
    if (
        lead is not None
        and count[id(lead)] * 3 >= n_times
        and (count[id(lead)] >= 2 or _is_life(scene, opening[0], lead))
    ):
        return lead
    return by_id[best] if n_times >= 3 and n_times >= 1.5 * second else None


_SENTENCE = 80
"""Code points of a paragraph that is a sentence at least, and no line of a head."""
_PAPER = 1.5
"""How many paragraphs a paper has to one of several sentences: its lead is a single one."""


def _is_one_of_many(scene: Scene, lead: Actor) -> bool:
    """Whether several paragraphs each open with somebody of their own, as entries of a list do, and none but the first with him."""
    opening = [
        next(
            (s.actor for s in scene.said[p.index] if s.form == "name" and s.span.start <= p.span.start + 1),
            None,
        )
        for p in scene.passages
        if p.kind == "prose"
    ]
    people = {id(a) for a in opening if a is not None and a.kind == "person" and a is not lead}
    return len(people) >= _MANY and sum(a is lead for a in opening) <= 1


_MANY = 4
"""People of whom each opens a paragraph, so that a text is about none of them alone."""


def _is_life(scene: Scene, passage: Passage, actor: Actor) -> bool:
    """Whether a lead begins with somebody's birth, or the document's title names him or her."""
    said = next(s for s in scene.said[passage.index] if s.actor is actor and s.is_subject)
    first = passage.sentence_at(said.span.start)
    title = set((scene.document.title or "").lower().split())
    return bool(_BORN.search(scene.text, said.span.end, first.end)) or not title.isdisjoint(actor.words)


def tie_definite(scene: Scene, passage: Passage, described: list[Phrase]) -> None:
    """Tie "their mother", "the photographer", "the old nurse" to the person who was called so before."""
    entry = scene.entry_of[passage.index]
    if entry is None or entry.kind != "prose":
        return
    for phrase in described:
        if phrase.is_plural or phrase.head_class not in _CLASSES or phrase.quantity is not None:
            continue
        if phrase.determiner not in ("the", "his", "her", "their", "my") or is_taken(
            scene, passage, phrase.span
        ):
            continue
        actor = _called(scene, passage, phrase)
        if actor is not None:
            scene.say(passage, phrase.span, actor, "description")


def _called(scene: Scene, passage: Passage, phrase: Phrase) -> Actor | None:
    """Return the person named right after or before the same noun earlier in the document: "The photographer Vera ..."."""
    if beside_name(scene, phrase):
        return None
    if phrase.head in _YOUNG and phrase.determiner == "the":
        young = [
            a
            for a in scene.actors
            if not a.is_named and a.kind == "person" and a.head in ("child", "son", "daughter", "baby")
        ]
        young = [a for a in young if a.mentions and a.first.start < phrase.span.start]
        return young[0] if len(young) == 1 else None
    if phrase.head_class == "kin" and phrase.determiner == "the":
        return None
    for index in range(passage.index, max(-1, passage.index - 12), -1):
        here = scene.passages[index]
        for said in reversed(scene.said[index]):
            if said.form != "name" or said.actor.kind != "person" or said.span.start >= phrase.span.start:
                continue
            if said.actor.head == phrase.head or _is_called(scene, here, said.span, phrase.head):
                return said.actor
    return None


def called_later(scene: Scene, passage: Passage, phrase: Phrase) -> Actor | None:
    """Return who is called so for the first time with the name: "[My husband] was held ... My husband Imre then ...".

    Only parents and spouses, of whom there is one: of the teller's in the whole text, of others' in the same passage.
    """
    if (
        phrase.head not in _ONE_EACH
        or phrase.determiner not in ("my", "his", "her")
        or beside_name(scene, phrase)
    ):
        return None
    words = rf"\b[Mm]y {phrase.head},? $" if phrase.determiner == "my" else rf"\b[Tt]he {phrase.head}, $"
    until = len(scene.passages) if phrase.determiner == "my" else passage.index + 1
    start = 0 if phrase.determiner == "my" else passage.index
    found = {
        id(said.actor): said.actor
        for index in range(start, until)
        for said in scene.said[index]
        if said.form == "name"
        and said.actor.kind == "person"
        and re.search(words, scene.text[max(0, said.span.start - 24) : said.span.start])
    }
    return next(iter(found.values())) if len(found) == 1 else None


_ONE_EACH = frozenset("mother father wife husband".split())


_OF_ANOTHER = frozenset(("his", "her", "their", "my", "our"))
"""What makes a noun one of somebody else: "Ana Ruiz was nine when [her] father"."""


def _is_called(scene: Scene, passage: Passage, name: Span, head: str) -> bool:
    before = scene.text[max(passage.span.start, name.start - 24) : name.start].rstrip(' "').rstrip(",")
    if before.lower().endswith(f" {head}") or before.lower() == head:
        return True
    end = min(passage.span.end, name.end + 60)
    if head not in scene.text[name.end : end + len(head)].lower():
        return False
    after = scene.tokens.between(name.end, end)
    apposed = scene.text[name.end : name.end + 2] == ", " or scene.text[name.end : name.end + 2] == " ("
    for step, index in enumerate(after):
        token = scene.tokens[index]
        if any(m in scene.text[scene.tokens.ends[index - 1] : token.start] for m in ".;:") or step > 8:
            return False
        if token.lower == head and (
            apposed or any(scene.tokens.lowers[i] in ("was", "is") for i in after[:step])
        ):
            return not any(scene.tokens.lowers[i] in _OF_ANOTHER for i in after[:step])
        if apposed and step and "," in scene.text[scene.tokens.ends[index - 1] : token.start]:
            return False
    return False


def beside_name(scene: Scene, phrase: Phrase) -> bool:
    """Whether a name follows or precedes at once, so that the phrase only introduces it."""
    after = scene.text[phrase.span.end : phrase.span.end + 4].lstrip(' ,("')
    return after[:1].isupper() and scene.text[phrase.span.end : phrase.span.end + 1] in (" ", ",")


def is_taken(scene: Scene, passage: Passage, span: Span) -> bool:
    """Return whether somebody is meant by words of a span already, pronouns aside."""
    start, end = span
    for said in scene.said[passage.index]:
        if said.span.start < end and start < said.span.end and said.form != "pronoun":
            return True
    return False
