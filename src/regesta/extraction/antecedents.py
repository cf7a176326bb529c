"""Whom "she", "his mother", "the photographer" mean: genders first, then definite descriptions, then pronouns.

    Vera met Lev, from whom [she] had a son        the nearest subject that can be a she, not the nearest name
    ⏎ A passport was issued to [her]               nobody named yet: whom the passages before were about
    [The photographer] came to Paris               whoever was called a photographer
    [Her father] was arrested                      nobody of the chronicle: a bystander, so that "arrested" is not hers

Gender is told by kinship words and titles; the ending of a given name is a hint that only decides between candidates.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Literal

from regesta.extraction.described import Phrase
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Said, Scene
from regesta.extraction.tokens import Token
from regesta.extraction.usage import ASKED
from regesta.names import lists as names
from regesta.text.span import Span

__all__ = [
    "called_later",
    "choose_protagonist",
    "mark_bystanders",
    "tell_genders",
    "tie_definite",
    "tie_pronouns",
]

Gender = Literal["f", "m"]

PRONOUNS: dict[str, Gender | None] = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "they": None, "them": None, "their": None,
}  # fmt: skip
_PRONOUNS = frozenset(PRONOUNS)
_ABROAD: dict[str, dict[str, Gender]] = {
    "fr": {"il": "m", "elle": "f"}, "de": {"er": "m", "ihm": "m", "ihn": "m"}, "es": {"él": "m", "ella": "f"},
    "it": {"egli": "m", "lui": "m", "lei": "f", "ella": "f"}, "pt": {"ele": "m", "ela": "f"}, "nl": {"hij": "m", "hem": "m"},
    "pl": {"on": "m", "ona": "f"}, "sv": {"han": "m", "hon": "f"},
}  # fmt: skip
"""Pronouns of other languages that stand for one person only."""
_ABROAD_WORDS = {code: frozenset(words) for code, words in _ABROAD.items()}
_OF_NOBODY = re.compile(
    r" (?:n'|s'|n'y |y |en )?(?:y a|avait|a fallu|faut|fallait|faudra|agit|est (?:vrai|possible|clair)|existe|reste|semble|pleut)\b"
)
"""What follows the French "il" that stands for nobody."""
_POSSESSIVE = frozenset(("his", "her", "their"))
_GENDERED: dict[str, Gender] = {
    "woman": "f", "girl": "f", "lady": "f", "actress": "f", "nun": "f", "widow": "f", "mrs": "f", "ms": "f", "miss": "f",
    "mme": "f", "frau": "f", "señora": "f", "queen": "f", "princess": "f", "countess": "f", "schoolgirl": "f",
    "seamstress": "f", "poetess": "f", "waitress": "f", "midwife": "f", "ballerina": "f", "mother": "f", "sister": "f",
    "man": "m", "actor": "m", "boy": "m", "mr": "m", "sir": "m", "herr": "m", "señor": "m", "king": "m", "prince": "m", "monk": "m",
    "count": "m", "schoolboy": "m", "fisherman": "m", "priest": "m", "businessman": "m", "father": "m", "brother": "m",
    "ballerino": "m", "gentleman": "m", "policeman": "m", "headmistress": "f", "stewardess": "f", "businesswoman": "f",
}  # fmt: skip
_AFTER_OBJECT = frozenset(
    "to in at on for from by with and but out off into aboard ashore away back home as when where while after before until across over there "
    "twice again once up down about of on that".split()
)
_MALE_IN_A = frozenset(
    "nikita ilya luca joshua mustafa musa isa yahya kolya sasha misha vanya petya kostya elisha ezra mirza abdalla abdulla zakaria mika "
    "garcia costa borja andrea yehuda juda hamza taha bela béla jozsa gyula attila csaba pasha agha baba krishna rama shiva tenzin "
    "akira kenta issa moussa zia reza riza rida mulla obama da la".split()
)
_KIN_OF_OTHERS = re.compile(
    r"(?<![^\s(])(?:[Ll]a|[Ee]l|[Ss]u|[Ll]e|[Ss]a|[Ss]on|[Dd]ie|[Dd]er|[Ss]eine?|[Ii]hre?|[Ll]os|[Ll]es|[Oo]|[Aa]|[Ss]eu|[Ss]ua) "
    r"(?:madre|padre|padres|hermano|hermana|esposa|esposo|marido|mujer|mère|père|parents|frère|sœur|femme|mari|Mutter|Vater|Eltern|Bruder|Schwester|"
    r"Frau|Mann|mãe|pai|irmão|irmã|mulher|moglie|fratello|sorella)(?= [a-zà-ÿ])"
)
_LISTS_ON = re.compile(r",? and\b")
_ASIDE = re.compile(r",? (?:who|whom|whose|then|aged|now) [^,;.]{1,80},")
_COUNTED = re.compile(
    r"(?: (?:others|more))?(?: of (?:them|the others|these|those))? (?:were|had|have|died|drowned|perished|froze|fell|fled|left|got|went|came|[a-z]{2,}ed)\b"
)
"""What follows a bare count that is the subject of a clause: "Two drowned", "Eleven of them were caught"."""
_YOUNG = frozenset("child boy girl baby infant".split())
_BORN = re.compile(r"\b(?:was|is) born\b")
_OF_WHOM = re.compile(
    r" of (?:the |his |her |their )?[^\W\d_][\w'-]*(?: [A-Z][\w'-]*| family| group| crew){0,3} (?=\w)"
)
_FINITE = frozenset("was were is had has did sent took came went died left".split())
_DETERMINERS = ("a", "an", "the", "his", "her", "their", "my", "our")
_AND = re.compile(r"(?:\band|&)\s+$")
_CLASSES = frozenset(("kin", "role", "rank", "person", "companion"))


def tell_genders(scene: Scene) -> None:
    """Give people the gender that kinship words, titles and nouns beside their names tell."""
    for passage in scene.passages:
        for said in scene.said[passage.index]:
            if said.form != "name" or said.actor.kind != "person":
                continue
            if not said.is_subject and ASKED.search(
                scene.text, max(passage.span.start, said.span.start - 70), said.span.start
            ):
                _lift(scene, passage, said)
            if said.actor.gender:
                continue
            said.actor.gender = _gender_apposed(scene, passage, said)
            if said.actor.gender:
                continue
            words = scene.tokens.between(max(passage.span.start, said.span.start - 30), said.span.start)
            for index in reversed(words):
                token = scene.tokens[index]
                following = scene.tokens[index + 1].start
                gap = scene.text[token.end : following].strip(" .")
                if token.is_possessive or gap not in ("", ",") or (gap and index < words.stop - 1):
                    break
                if gap == "," and _LISTS_ON.match(scene.text, said.span.end) and not _is_of_one(scene, index):
                    break  # "Mama, Rami and I"
                gender = _gender_of(scene, token.lower)
                if gender:
                    said.actor.gender = gender
                    break
                if index < words.stop - 2 or gap == ",":
                    break  # "Parting from his wife in 1847, Brown"
    _tell_by_pronouns(scene)


def _tell_by_pronouns(scene: Scene) -> None:
    """Give the others the gender of the pronouns that go on about them, where nearly all agree: "Berg came in May. She ..."."""
    votes: dict[int, Counter[Gender]] = {}
    actors: dict[int, Actor] = {}
    for passage in scene.passages:
        row = scene.said[passage.index]
        for said in row:
            actor = said.actor
            if said.form == "name" and said.is_subject and actor.kind == "person" and actor.gender is None:
                told = _gender_after(scene, passage, said)
                if told:
                    actors[id(actor)] = actor
                    votes.setdefault(id(actor), Counter())[told] += 1
    for key, found in votes.items():
        (gender, times), *rest = found.most_common()
        if not rest or times > _FEW * rest[0][1]:
            actors[key].gender = gender


def _gender_after(scene: Scene, passage: Passage, said: Said) -> Gender | None:
    """Return the gender of the first pronoun behind a name that opens its sentence, where nobody else stands between."""
    sentence = passage.sentence_at(said.span.start)
    before = scene.tokens.between(sentence.start, said.span.start)
    if not _PRONOUNS.isdisjoint(scene.tokens.smalls(before)) or not _opens_sentence(
        passage, said.span, scene.said[passage.index]
    ):
        return None
    after = passage.sentence_at(min(sentence.end + 2, passage.span.end - 1))
    others = [s for s in scene.said[passage.index] if s.form == "name" and s.actor is not said.actor]
    end = min([after.end, *(s.span.start for s in others if s.span.start > said.span.start)])
    for index in scene.tokens.between(said.span.end, end):
        token = scene.tokens[index]
        gender = PRONOUNS.get(token.lower)
        if gender and (token.lower not in ("him", "her") or _HERS.match(scene.text, token.start)):
            return gender if _hint(said.actor) in (None, gender) else None
        word = token.lower
        if gender or word in _OTHERS or _gender_of(scene, word) or word in scene.lexicon.vehicles:
            return None
    return None


_HERS = re.compile(r"her (?:own )?(?!\w+ly\b|to |in |at |on |for |and |as |back |home |that |when )[a-z]")
_FEW = 3
_OTHERS = frozenset("who whose whom they their".split())
"""Words behind which a pronoun may be of others."""


def _is_of_one(scene: Scene, index: int) -> bool:
    """Whether a word for a relative can only be one's that a name follows: "Her husband, Imre, and their eldest son"."""
    kin = scene.lexicon.kin.get(scene.tokens[index].lower)
    before = scene.tokens[index - 1].lower if index else ""
    return kin is not None and kin.relation in ("husband", "wife") and before in ("his", "her", "my")


def _gender_apposed(scene: Scene, passage: Passage, said: Said) -> Gender | None:
    """Return the gender that an apposition tells: "Rosa Mamani, a widow"."""
    if scene.text[said.span.end : said.span.end + 2] != ", ":
        return None
    words = scene.tokens.between(said.span.end, min(passage.span.end, said.span.end + 40))
    if not words or scene.tokens[words.start].lower not in ("a", "an", "the"):
        return None
    for index in words[1:4]:
        if (
            scene.text[scene.tokens[index - 1].end : scene.tokens[index].start] != " "
            or scene.tokens[index].lower == "of"
        ):
            return None
        if (
            gender := None
            if scene.tokens[index].is_possessive
            else _gender_of(scene, scene.tokens[index].lower)
        ):
            return gender
    return None


def _lift(scene: Scene, passage: Passage, said: Said) -> None:
    """Let a name given as "a woman who asked to be called Maryam" stand where the woman stands: as the subject."""
    row = scene.said[passage.index]
    row[row.index(said)] = replace(said, is_subject=True)
    sentence = passage.sentence_at(said.span.start)
    for index in scene.tokens.between(sentence.start, said.span.start):
        gender = _gender_of(scene, scene.tokens[index].lower)
        if gender and not said.actor.gender:
            said.actor.gender = gender


def _gender_of(scene: Scene, word: str) -> Gender | None:
    kin = scene.lexicon.kin.get(word)
    if kin and kin.gender and kin.plural != word:
        return "f" if kin.gender.startswith("f") else "m"
    return _GENDERED.get(word)


def _hint(actor: Actor) -> Gender | None:
    """Return the gender that the ending of the given name suggests."""
    if not actor.is_named or not actor.words or len(actor.words[0]) < 3:
        return None
    first = actor.words[0]
    if first in _MALE_IN_A:
        return "m"
    return (
        "f"
        if first.endswith(("a", "á"))
        else "m"
        if first.endswith(("o", "us", "ov", "slav", "mir"))
        else None
    )


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
    lead = next(
        (s.actor for p in prose[:1] for s in scene.said[p.index] if s.form == "name" and s.is_subject), None
    )
    if (
        lead is not None
        and count[id(lead)] * 3 >= n_times
        and (count[id(lead)] >= 2 or _is_life(scene, prose[0], lead))
    ):
        return lead
    return by_id[best] if n_times >= 3 and n_times >= 1.5 * second else None


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
        if phrase.determiner not in ("the", "his", "her", "their", "my") or _is_taken(
            scene, passage, phrase.span
        ):
            continue
        actor = _called(scene, passage, phrase)
        if actor is not None:
            scene.say(passage, phrase.span, actor, "description")


def _called(scene: Scene, passage: Passage, phrase: Phrase) -> Actor | None:
    """Return the person named right after or before the same noun earlier in the document: "The photographer Vera ..."."""
    if _beside_name(scene, phrase):
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
        or _beside_name(scene, phrase)
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
        if any(m in scene.text[scene.tokens[index - 1].end : token.start] for m in ".;:") or step > 8:
            return False
        if token.lower == head and (
            apposed or any(scene.tokens[i].lower in ("was", "is") for i in after[:step])
        ):
            return True
        if apposed and step and "," in scene.text[scene.tokens[index - 1].end : token.start]:
            return False
    return False


def _beside_name(scene: Scene, phrase: Phrase) -> bool:
    """Whether a name follows or precedes at once, so that the phrase only introduces it."""
    after = scene.text[phrase.span.end : phrase.span.end + 4].lstrip(' ,("')
    return after[:1].isupper() and scene.text[phrase.span.end : phrase.span.end + 1] in (" ", ",")


def mark_bystanders(scene: Scene, passage: Passage, described: list[Phrase]) -> None:
    """Note the describing phrases in the place of a subject that stand for nobody known: "Her father was arrested".

    Under a person's own entry "the pilot" is that person, and so is the "a pilot" of its first sentence; a later "a guard",
    "his father" and "nine" are not.
    """
    entry = scene.entry_of[passage.index]
    _relatives_as_names(scene, passage)
    if entry is None or entry.kind == "row":
        return
    is_life = entry.kind != "prose"
    for phrase in described:
        if phrase.head_class not in ("kin", "role", "rank", "person", "companion") or _is_taken(
            scene, passage, phrase.span
        ):
            continue
        if phrase.determiner not in _DETERMINERS or _beside_name(scene, phrase):
            continue
        if is_life and (
            phrase.determiner == "the"
            or (phrase.possessor is None and phrase.span.start < passage.sentences[0].end)
            or _AND.search(scene.text, max(0, phrase.span.start - 6), phrase.span.start)
        ):
            continue
        if phrase.head_class == "kin" and phrase.possessor is not None and _comes(scene, passage, phrase):
            scene.say(passage, phrase.span, scene.unnamed("person", phrase.head), "description")
            continue
        if scene.stands_as_subject(phrase.span) and _has_verb(scene, phrase):
            scene.bystanders[passage.index].append(phrase.span)
    for match in _KIN_OF_OTHERS.finditer(scene.text, *passage.span) if scene.language else ():
        if scene.stands_as_subject(Span(*match.span())):
            scene.bystanders[passage.index].append(Span(*match.span()))
    if entry.kind == "prose":
        _strangers(scene, passage)
    for quantity in passage.quantities:
        span = quantity.number_span
        if (
            quantity.kind in ("bare", "count")
            and not quantity.noun
            and _COUNTED.match(scene.text, span.end, passage.span.end)
            and scene.stands_as_subject(span)
            and not _is_taken(scene, passage, span)
        ):
            scene.bystanders[passage.index].append(span)
    scene.bystanders[passage.index].sort()


def _strangers(scene: Scene, passage: Passage) -> None:
    """Note a name of no known person that opens a sentence as its subject: what is told there is of nobody else."""
    opens = {sentence.start for sentence in passage.sentences}
    for chunk in scene.chunks[passage.index]:
        if (
            chunk.kind == "name"
            and chunk.span.start in opens
            and not chunk.is_possessive
            and not _is_taken(scene, passage, chunk.span)
            and _IS_NOW.match(scene.text, chunk.span.end)
        ):
            scene.bystanders[passage.index].append(chunk.span)


_IS_NOW = re.compile(r" (?:is|was|has|had|became|died|went|came|lives|works)\b")
_CALLED_SO = frozenset(
    "mother father mum mom dad mama papa grandmother grandfather grandma grandpa granny auntie".split()
)
"""Relatives whom children call by the word alone."""


def _relatives_as_names(scene: Scene, passage: Passage) -> None:
    """Note the relative who is called by the word alone as somebody of his or her own: "Grandmother came last"."""
    for sentence in passage.sentences if scene.tokens.within(_CALLED_SO, passage.span) else ():
        words = scene.tokens.between(*sentence)
        first = scene.tokens[words.start] if words else None
        if first is None or first.lower not in _CALLED_SO or first.end + 1 >= sentence.end:
            continue
        if scene.text[first.end] == " " and scene.text[first.end + 1].islower():
            span = Span(first.start, first.end)
            if not _is_taken(scene, passage, span) and not scene.text.startswith(" of ", first.end):
                scene.bystanders[passage.index].append(span)


def _comes(scene: Scene, passage: Passage, phrase: Phrase) -> bool:
    """Whether the main verb after a relative says that he or she came: "Her mother, who was old, joined her in 1980"."""
    if phrase.is_plural or not scene.stands_as_subject(phrase.span):
        return False
    end = passage.sentence_at(phrase.span.start).end
    aside = _ASIDE.match(scene.text, phrase.span.end, end)
    words = scene.tokens.between(aside.end() if aside else phrase.span.end, end)
    for index in words[:3]:
        for length in (3, 2, 1):
            verb = " ".join(scene.tokens[i].lower for i in range(index, min(index + length, words.stop)))
            kind = scene.lexicon.flight.get(verb)
            if kind:
                return kind in ("arrive", "defect") or verb in ("fled", "escaped", "followed")
        if scene.tokens[index].lower == "followed":
            return True
    return False


def _has_verb(scene: Scene, phrase: Phrase) -> bool:
    """Whether a verb follows the phrase at once: "Her father was", "the ambassador had", "an uncle sent"."""
    index = phrase.last + 1
    if whose := _OF_WHOM.match(scene.text, phrase.span.end):  # "A baby of the Kask family died"
        index = scene.tokens.between(whose.end(), whose.end() + 40).start
        return index < len(scene.tokens) and _is_finite(scene.tokens[index])
    if also := _AND_ALSO.match(scene.text, phrase.span.end):  # "his wife and little girl had"
        index = scene.tokens.between(also.end(), also.end() + 40).start
        return index < len(scene.tokens) and _is_finite(scene.tokens[index])
    if index >= len(scene.tokens) or scene.text[phrase.span.end : scene.tokens[index].start] != " ":
        return False
    return _is_finite(scene.tokens[index])


_AND_ALSO = re.compile(
    r" and (?:(?:his|her|their|the|an?) )?(?:[a-z]+ ){1,2}(?=(?:had|were|was|got|went|came|fled|left|stayed|followed) )"
)


def _is_finite(token: Token) -> bool:
    return token.lower in _FINITE or (token.lower.endswith("ed") and not token.is_capital)


def _is_taken(scene: Scene, passage: Passage, span: Span) -> bool:
    return any(s.span.overlaps(span) and s.form != "pronoun" for s in scene.said[passage.index])


def tie_pronouns(scene: Scene, passage: Passage) -> None:
    """Tie each pronoun to the nearest subject before it that agrees, else to whom the passages before were about."""
    if scene.language in _ABROAD:
        _tie_abroad(scene, passage, scene.language)
        return
    for index in scene.tokens.within(_PRONOUNS, passage.span):
        token = scene.tokens[index]
        if token.is_capital and token.text.isupper() and len(token.text) > 2:
            continue
        gender = PRONOUNS[token.lower]
        plural = token.lower in ("they", "them", "their")
        actor = _and_his(scene, passage, token, gender) or _antecedent(
            scene, passage, token.start, gender, plural=plural
        )
        if gender and _is_of_the_relative(scene, passage, actor, token, gender):
            scene.bystanders[passage.index].append(Span(token.start, token.end))
            scene.bystanders[passage.index].sort()
            continue
        if actor is None or (not plural and _is_of_another(scene, passage, actor, token.start)):
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
    if scene.tokens[behind[0]].lower not in scene.lexicon.kin:
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
    if opening is None or _gender_of(scene, opening["kin"].lower()) != gender:
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
    return any(scene.tokens[i].lower in scene.lexicon.vehicles for i in words[-4:])


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
    hint = _hint(actor)
    return 2 if hint is None else 3 if hint == gender else 1


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
    ]
    quoted = _quotes(scene, passage)
    if quoted and not any(q.start < offset < q.end for q in quoted):
        before = [s for s in before if not any(q.contains(s.span) for q in quoted)] or before
    before = scene.outside_asides(before, passage.sentence_at(offset).start, offset)
    subjects = [s for s in before if s.is_subject or s.form == "pronoun"]
    entry = scene.entry_of[passage.index]
    if gender:
        alone = _named_alone(scene, passage, offset, before, subjects, gender)
        if alone is not None:
            return alone
    if subjects:
        last = subjects[-1].actor
        if plural or entry is None or entry.kind != "prose" or _agreement(last, gender, plural=False) == 3:
            return last
        if _agreement(last, gender, plural=False) == 2 and _opens_sentence(passage, subjects[-1].span, said):
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
        and _opens_sentence(passage, said.span, scene.said[passage.index])
    )


def _own_subject(scene: Scene, passage: Passage, offset: int) -> Actor | None:
    """Return the subject of the clause whose object the pronoun at `offset` is: "the captain took him" is not himself."""
    words = scene.tokens.between(offset, offset + 40)
    word = scene.tokens[words.start].lower
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


def _opens_sentence(passage: Passage, span: Span, said: list[Said]) -> bool:
    """Whether nobody is named in the sentence before the name, so that the sentence is about it."""
    start = passage.sentence_at(span.start).start
    own = next((s.actor for s in said if s.span == span), None)
    return not any(
        start <= s.span.start < span.start and not s.is_possessive and s.actor is not own for s in said
    )


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
            if above is None or above.kind != "prose":
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
