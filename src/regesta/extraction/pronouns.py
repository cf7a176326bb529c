"""Pronouns: whom "he", "she", "they" and "his" mean, the nearest subject that agrees.

    Vera met Lev, from whom [she] had a son     the nearest subject that can be a she, not the nearest name
    A passport was issued to [her]              nobody named yet: whom the passages before were about

Genders come from `genders`; people described again without a name are tied in `antecedents`. A pronoun that nobody fits means nobody.
"""

from __future__ import annotations

import re

from regesta.extraction.genders import PRONOUN_WORDS, PRONOUNS, Gender, gender_of, hinted, opens_sentence
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Said, Scene
from regesta.extraction.subjects import outside_asides
from regesta.extraction.tokens import Token
from regesta.names import lists as names
from regesta.text.span import Span

__all__ = ["tie_pronouns"]

_ABROAD: dict[str, dict[str, Gender]] = {
    "fr": {"il": "m", "elle": "f"}, "de": {"er": "m", "ihm": "m", "ihn": "m"}, "es": {"él": "m", "ella": "f"},
    "it": {"egli": "m", "lui": "m", "lei": "f", "ella": "f"}, "pt": {"ele": "m", "ela": "f"}, "nl": {"hij": "m", "hem": "m"},
    "pl": {"on": "m", "ona": "f"}, "ru": {"он": "m", "она": "f", "він": "m", "вона": "f"}, "sv": {"han": "m", "hon": "f"},
}  # fmt: skip
"""Pronouns of other languages that stand for one person only."""
_ABROAD_WORDS = {code: frozenset(words) for code, words in _ABROAD.items()}
_OF_NOBODY = re.compile(
    r" (?:n'|s'|n'y |y |en |(?:me|nous|lui|leur) )?(?:y a|avait|a fallu|faut|fallait|faudra|agit|existe|rest(?:e|a|ait)|sembl(?:e|ait)|pleut"
    r"|(?:est|était|fut|a été) (?:\w+ )?(?:vrai|clair|(?:im)?possible|interdit|permis|refusé|proposé))\b"
)
"""What follows the French "il" that stands for nobody."""
_POSSESSIVE = frozenset(("his", "her", "their"))
_AFTER_OBJECT = frozenset(
    "to in at on for from by with and but out off into aboard ashore away back home as when where while after before until across over there "
    "twice again once up down about of on that".split()
)


def tie_pronouns(scene: Scene, passage: Passage) -> None:
    """Tie each pronoun to the nearest subject before it that agrees, else to whom the passages before were about."""
    if scene.language in _ABROAD:
        _tie_abroad(scene, passage, scene.language)
        return
    for index in scene.tokens.within(PRONOUN_WORDS, passage.span):
        token = scene.tokens[index]
        if token.is_capital and token.text.isupper() and len(token.text) > 2:
            continue
        gender = PRONOUNS[token.lower]
        plural = token.lower in ("they", "them", "their")
        actor = (
            _and_his(scene, passage, token, gender)
            or _who_was(scene, passage, token, gender)
            or _who_follows(scene, passage, token, gender)
            or _antecedent(scene, passage, token.start, gender, plural=plural)
        )
        if gender and _is_of_the_relative(scene, passage, actor, token, gender):
            scene.bystanders[passage.index].append(Span(token.start, token.end))
            scene.bystanders[passage.index].sort()
            continue
        if actor is None or (not plural and _is_of_another(scene, passage, actor, token.start)):
            continue
        if plural and actor.size and _is_of_more(scene, passage, actor, token.start):
            continue
        if gender == "f" and _agreement(actor, "f", plural=False) < 3 and _is_a_ship(scene, passage, token):
            scene.bystanders[passage.index].append(Span(token.start, token.end))
            scene.bystanders[passage.index].sort()
            continue
        if gender and actor.gender is None and actor.kind == "person":
            actor.gender = gender
        scene.say(
            passage, Span(token.start, token.end), actor, "pronoun", is_possessive=token.lower in _POSSESSIVE
        )


def _and_his(scene: Scene, passage: Passage, token: Token, gender: Gender | None) -> Actor | None:
    """Return whose relative "Karel and [his] son" names: Karel's, whoever is the subject."""
    if gender is None or not scene.text.endswith(" and ", 0, token.start):
        return None
    behind = scene.tokens.between(token.end, token.end + 24)
    if token.lower not in ("his", "her") or not behind:
        return None
    if scene.tokens.lowers[behind[0]] not in scene.lexicon.kin:
        return None
    return next(
        (
            s.actor
            for s in scene.said[passage.index]
            if s.span.end == token.start - len(" and ")
            and s.form == "name"
            and _agreement(s.actor, gender, plural=False) >= 2
        ),
        None,
    )


def _who_was(scene: Scene, passage: Passage, token: Token, gender: Gender | None) -> Actor | None:
    """Return who is told of in the relative clause that a pronoun goes on: "by Jan Lis, who was consul when [he] fled"."""
    if token.lower not in ("he", "she"):
        return None
    near = [s for s in scene.said[passage.index] if s.span.end <= token.start and s.form == "name"][-1:]
    told = near and _RELATIVE.fullmatch(scene.text, near[0].span.end, token.start)
    return near[0].actor if told and _agreement(near[0].actor, gender, plural=False) >= 2 else None


_RELATIVE = re.compile(
    r", who (?:was|had been|served|worked|lived) [^,.;:()]{1,120} (?:when|until|before|after|while) "
)
"""What stands between a name and the pronoun that goes on telling of the same person."""


def _who_follows(scene: Scene, passage: Passage, token: Token, gender: Gender | None) -> Actor | None:
    """Return whom the main clause names where a paragraph opens with another: "Ten years after [he] fled Laos, Jan Kos spoke"."""
    sentence = passage.sentence_at(token.start)
    if token.lower not in ("he", "she") or sentence.start != passage.span.start:
        return None
    opening = _OPENS_BEFORE.match(scene.text, sentence.start, sentence.end)
    if opening is None or opening.end() < token.end or opening.end("when") > token.start:
        return None
    said = [s for s in scene.people_in(passage, sentence) if s.form == "name"]
    if not said or said[0].span.start < opening.end() or not said[0].is_subject:
        return None
    between = scene.text[opening.end() : said[0].span.start]
    return (
        said[0].actor
        if len(between) < _APART and _agreement(said[0].actor, gender, plural=False) >= 2
        else None
    )


_APART = 30
"""Code points for what somebody is, before the name."""
_OPENS_BEFORE = re.compile(
    r"(?P<when>(?:[^,.;:]{1,30} )?(?i:after|when|before|since|while|although|though|because|as)) s?he [^,;.:]{3,90}, "
)


def _tie_abroad(scene: Scene, passage: Passage, language: str) -> None:
    """Tie the pronouns of running prose in another language: "In 1977 wurde [er] frei"."""
    entry = scene.entry_of[passage.index]
    if entry is None or entry.kind != "prose":
        return
    for index in scene.tokens.within(_ABROAD_WORDS[language], passage.span):
        token = scene.tokens[index]
        gender = _ABROAD[language][token.lower]
        if _OF_NOBODY.match(scene.text, token.end):
            continue
        actor = _antecedent(scene, passage, token.start, gender, plural=False)
        if actor is None:
            continue
        if actor.gender is None and actor.kind == "person":
            actor.gender = gender
        scene.say(passage, Span(token.start, token.end), actor, "pronoun")


def _is_of_the_relative(
    scene: Scene, passage: Passage, actor: Actor | None, token: Token, gender: Gender
) -> bool:
    """Whether what befell "he" befell the relative of the sentence before: "His father was arrested. [He] died in prison"."""
    sentence = passage.sentence_at(token.start)
    if token.start != sentence.start or not _BEFELL.match(scene.text, token.end, sentence.end):
        return False
    before = passage.sentence_at(sentence.start - 2) if sentence.start - 2 > passage.span.start else sentence
    opening = _RELATIVE_OF.match(scene.text, *before) if before != sentence else None
    if opening is None or gender_of(scene, opening["kin"].lower()) != gender:
        return False
    since = [s for s in scene.people_in(passage, Span(opening.end(), sentence.start)) if s.form != "pronoun"]
    return actor not in [s.actor for s in since]


_RELATIVE_OF = re.compile(
    r"(?:His|Her|Their|My|Our|[A-Z][\w'-]+'s) (?:(?:elder|older|younger|eldest|youngest|only|late|twin|first|second|old|own) )?(?P<kin>[a-z-]+)\b"
)
_BEFELL = re.compile(
    r" (?:(?:had|was|were|has) )?(?:later |then |also )?(?:died|drowned|perished|killed|shot|executed|hanged|sentenced|never seen|released|tortured|beaten|buried)\b"
)


def _is_a_ship(scene: Scene, passage: Passage, token: Token) -> bool:
    """Whether "she" opens a sentence after one that ends with a vessel: "... of the steamer Kolkhoznik. [She] had come in"."""
    sentence = passage.sentence_at(token.start)
    if scene.text[sentence.start : token.start].strip() or sentence.start <= passage.span.start:
        return False
    words = scene.tokens.between(max(passage.span.start, sentence.start - 40), sentence.start)
    return any(scene.tokens.lowers[i] in scene.lexicon.vehicles for i in words[-4:])


def _is_of_more(scene: Scene, passage: Passage, actor: Actor, offset: int) -> bool:
    """Whether more people were counted since: "12 men came in 1994. Some 400 Tivans hide, most of [them] women"."""
    since = max((s.span.end for s in scene.said[passage.index] if s.actor is actor), default=offset)
    return any(
        q.kind == "count" and q.unit == "person" and (q.low or q.number or 0) > (actor.size or 0)
        for q in passage.quantities
        if since <= q.span.start and q.span.end <= offset
    )


def _is_of_another(scene: Scene, passage: Passage, actor: Actor, offset: int) -> bool:
    """Whether somebody nameless stands nearer: "Yoel, 9; and a former sailor who hid [his] name"."""
    start = passage.sentence_at(offset).start
    last = max(
        (s.span.end for s in scene.said[passage.index] if s.actor is actor and s.span.end <= offset),
        default=start,
    )
    other = _NAMELESS.search(scene.text, max(last, start), offset)
    if other is not None and scene.text[last : other.start()] in (", ", " is ", " was "):
        return False  # "Abraha, a former corporal who had served, drove his wife"
    return other is not None and not any(
        s.span.overlaps(other.span()) for s in scene.said[passage.index] if s.span.end <= offset
    )


_NAMELESS = re.compile(r"\b(?:an?|another) (?:[a-z-]+ ){1,3}who\b[^.;]*$", re.IGNORECASE)


def _agreement(actor: Actor, gender: Gender | None, *, plural: bool) -> int:
    """Return 0 where the actor cannot be meant, 1 where only a hint speaks against it, 2 unknown, 3 where all agrees."""
    if actor.kind not in ("person", "group"):
        return 0
    if plural:
        return 3 if actor.is_plural or actor.kind == "group" else 0
    if actor.kind != "person" or actor.is_plural:
        return 0
    if gender is None:
        return 3
    if actor.gender is not None:
        return 3 if actor.gender == gender else 0
    told = hinted(actor)
    return 2 if told is None else 3 if told == gender else 1


def _antecedent(
    scene: Scene, passage: Passage, offset: int, gender: Gender | None, *, plural: bool
) -> Actor | None:
    said = scene.said[passage.index]
    barred = _own_subject(scene, passage, offset)
    later = {id(s.actor) for s in said if s.form != "pronoun" and s.span.start > offset}
    later -= {id(s.actor) for s in said if s.span.end <= offset}
    before = [
        s
        for s in said
        if s.span.end <= offset
        and id(s.actor) not in later
        and s.actor is not barred
        and s.actor is not scene.tellers[passage.index]
        and _agreement(s.actor, gender, plural=plural)
        and not (s.form == "name" and _RULE.match(scene.text, s.span.end))
    ]
    quoted = _quotes(scene, passage)
    if quoted and not any(q.start < offset < q.end for q in quoted):
        before = [s for s in before if not any(q.contains(s.span) for q in quoted)] or before
    before = outside_asides(scene, before, passage.sentence_at(offset).start, offset)
    subjects = [s for s in before if s.is_subject or s.form == "pronoun"]
    entry = scene.entry_of[passage.index]
    if gender:
        alone = _named_alone(scene, passage, offset, before, subjects, gender)
        if alone is not None:
            return alone
    if subjects:
        last = subjects[-1].actor
        if (main := _beside_the_clause(scene, passage, subjects, gender)) is not None:
            return main
        if gender and last.gender is None and last.kind == "person" and subjects[-1].form == "name":
            owner = _owner(scene, passage, subjects[-1], gender)
            if owner is not None:
                return owner
        if plural or entry is None or entry.kind != "prose" or _agreement(last, gender, plural=False) == 3:
            return last
        if _agreement(last, gender, plural=False) == 2 and opens_sentence(passage, subjects[-1].span, said):
            return last
        start = passage.sentence_at(offset).start
        near = [s for s in subjects if s.span.start >= start - 250]
        sure = [s.actor for s in near if _agreement(s.actor, gender, plural=False) == 3]
        if sure:
            return sure[-1]
        if _agreement(last, gender, plural=False) == 2 or _is_only_hinted(scene, passage, subjects[-1]):
            return last
    found = _from_entry(scene, passage, offset, gender, plural=plural)
    if found is not None:
        return found
    if subjects:
        return subjects[-1].actor
    if plural and entry and entry.principals:
        return None
    if len({id(s.actor) for s in before}) >= _CROWD:
        return None  # "studied with A, B and C ... From 1933 [he] led"
    return before[-1].actor if before else None


_RULE = re.compile(r" (?:regime|dictatorship|junta|era|administration)\b")
"""Behind a name, what is called after somebody who is not spoken of: "the Marek regime"."""


def _beside_the_clause(
    scene: Scene, passage: Passage, subjects: list[Said], gender: Gender | None
) -> Actor | None:
    """Return whom an entry is about where the last subject only stands in a clause of time beside it: "Kos was known when Emil II fell. [He]"."""
    last, entry = subjects[-1], scene.entry_of[passage.index]
    if gender is None or last.form != "name" or entry is None or len(entry.principals) != 1:
        return None
    own = entry.principals[0]
    start = passage.sentence_at(last.span.start).start
    if last.actor is own or not _IN_CLAUSE.search(scene.text, start, last.span.start):
        return None
    told = any(s.actor is own and s.span.start >= start for s in subjects)
    return own if told and _agreement(own, gender, plural=False) >= 2 else None


_IN_CLAUSE = re.compile(r" (?:when|while|after|until|before|as soon as|once) (?:the )?(?:[a-z]+ ){0,2}$")
_CROWD = 3
"""People of whom none is a subject, so that a pronoun may mean another who is not named."""
_QUOTE = re.compile(r'"(?=[^"]*[a-z])[^"]{12,600}"')
"""Something said: whom it speaks of is seldom who the text goes on about."""


def _quotes(scene: Scene, passage: Passage) -> list[Span]:
    if '"' not in scene.text[passage.span.start : passage.span.end]:
        return []
    return [Span(*match.span()) for match in _QUOTE.finditer(scene.text, *passage.span)]


def _named_alone(
    scene: Scene, passage: Passage, offset: int, before: list[Said], subjects: list[Said], gender: Gender
) -> Actor | None:
    """Return the only one who is named where nobody is a subject yet: "Sewn by Irma Thelen. With it [she] ...".

    In the sentence itself, after a semicolon, that holds whoever was the subject of those before:
    "Her marriage to Karel ended; [he] went home".
    """
    start, entry = passage.sentence_at(offset).start, scene.entry_of[passage.index]
    turn = scene.text.rfind(";", start, offset)
    if turn >= 0 and not any(s.span.start >= start for s in subjects):
        here = {id(s.actor): s.actor for s in before if s.span.start >= start and s.form == "name"}
    elif (
        (entry is None or entry.kind == "prose")
        and not subjects
        and (scene.protagonist is None or not _agreement(scene.protagonist, gender, plural=False))
    ):
        here = {id(s.actor): s.actor for s in before if s.form == "name"}
    else:
        return None
    return next(iter(here.values())) if len(here) == 1 else None


def _is_only_hinted(scene: Scene, passage: Passage, said: Said) -> bool:
    """Whether nothing but the ending of a name that no list knows speaks against who was named last: "Musia came. He ..."."""
    actor = said.actor
    return (
        scene.protagonist is None
        and actor.kind == "person"
        and actor.gender is None
        and actor.is_named
        and bool(actor.words)
        and not names.is_given(actor.words[0])
        and opens_sentence(passage, said.span, scene.said[passage.index])
    )


def _owner(scene: Scene, passage: Passage, said: Said, gender: Gender) -> Actor | None:
    """Return whose a person is, where the pronoun that says it goes on: "[Her] lawyer, Abel, said that [she] had fled"."""
    start = passage.sentence_at(said.span.start).start
    lead = _OWNED.fullmatch(scene.text, start, said.span.start)
    if lead is None or PRONOUNS.get(lead["whose"].lower()) != gender:
        return None
    return next((s.actor for s in scene.said[passage.index] if s.span.start == start), None)


_OWNED = re.compile(r"(?P<whose>His|Her) (?:[a-z-]+ ){0,3}[a-z-]+,? (?:[A-Z][a-z]{1,5}\.? )?")
"""What leads to the name of somebody who is another's."""


def _own_subject(scene: Scene, passage: Passage, offset: int) -> Actor | None:
    """Return the subject of the clause whose object the pronoun at `offset` is: "the captain took him" is not himself."""
    words = scene.tokens.between(offset, offset + 40)
    word = scene.tokens.lowers[words.start]
    following = scene.tokens[words.start + 1] if words.start + 1 < len(scene.tokens) else None
    if word == "her":
        gap = scene.text[offset + 3 : following.start] if following else "."
        if gap == " " and following and following.lower not in _AFTER_OBJECT:
            return None
    elif word not in ("him", "them"):
        return None
    start = passage.sentence_at(offset).start
    before = [
        s
        for s in scene.said[passage.index]
        if start <= s.span.start and s.span.end <= offset and s.is_subject and not s.is_possessive
    ]
    if not before or any(m in scene.text[before[-1].span.end : offset] for m in ";:"):
        return None
    between = scene.tokens.between(before[-1].span.end, offset)
    return before[-1].actor if 0 < len(between) <= 6 else None


def _from_entry(
    scene: Scene, passage: Passage, offset: int, gender: Gender | None, *, plural: bool
) -> Actor | None:
    """Return whom the entry, the document or the passage before is about, where that agrees."""
    entry = scene.entry_of[passage.index]
    later = {id(s.actor) for s in scene.said[passage.index] if s.form != "pronoun" and s.span.start > offset}
    head = entry.passages[0] if entry and entry.kind == "prose" else passage.index
    if head < passage.index or (passage.index and scene.passages[passage.index - 1].kind == "heading"):
        headed = {id(s.actor) for i in (head, passage.index - 1) for s in scene.said[i] if i < passage.index}
        for actor in entry.principals if entry else ():
            if id(actor) in headed and _agreement(actor, gender, plural=plural) >= 2:
                return actor  # a biography under the name of whom it is about
    teller = scene.tellers[passage.index]
    ranked: list[Actor] = [a for a in entry.principals if id(a) not in later] if entry else []
    if (entry is None or entry.kind == "prose") and not plural:
        hero = scene.protagonist
        if hero is not None and (hero.first.start < offset or hero.gender == gender):
            ranked.append(hero)
        for index in range(passage.index - 1, max(-1, passage.index - 4), -1):
            above = scene.entry_of[index]
            if above is None or (above.kind != "prose" and scene.passages[index].kind != "prose"):
                continue
            quoted = _quotes(scene, scene.passages[index])
            spoken = [s for s in scene.said[index] if s.is_subject]
            spoken = [s for s in spoken if not any(q.contains(s.span) for q in quoted)] or spoken
            ranked += [s.actor for s in reversed(spoken)]
            ranked += above.principals
    elif passage.index and offset - passage.span.start < 60 and not (entry and entry.principals):
        above = scene.entry_of[passage.index - 1]
        ranked += above.principals[:1] if above else []
    for least in (3, 2) if gender else (3,):
        found = next(
            (a for a in ranked if a is not teller and _agreement(a, gender, plural=plural) >= least), None
        )
        if found is not None:
            return found
    return None
