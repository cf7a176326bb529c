"""Bystanders: people whom a passage speaks of beside the one it is about, so that nothing of his is taken for theirs.

    He was met by a friend of his father     the friend and the father did not come
    the guard who shot at them               nobody of the flight

A phrase is a bystander by what stands before it and by whether it does anything. Pronouns are tied in `antecedents`.
"""

from __future__ import annotations

import re

from regesta.extraction.antecedents import beside_name, is_taken
from regesta.extraction.described import Phrase
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene
from regesta.extraction.tokens import Token
from regesta.text.span import Span

__all__ = ["mark_bystanders"]

_KIN_OF_OTHERS = re.compile(
    r"(?<![^\s(])(?:[Ll]a|[Ee]l|[Ss]u|[Ll]e|[Ss]a|[Ss]on|[Dd]ie|[Dd]er|[Ss]eine?|[Ii]hre?|[Ll]os|[Ll]es|[Oo]|[Aa]|[Ss]eu|[Ss]ua"
    r"|[Mm]eine?|[Uu]nsere?|[Mm]on|[Mm]a|[Mm]es|[Nn]otre|[Mm]is?|[Nn]uestr[oa]s?|[Mm]eus?|[Mm]inhas?|[Mm]i[oa]) "
    r"(?:(?:madre|padre|hermano|hermana|tío|tía|hijo|hija|abuelo|abuela|amigo|amiga)s?|esposa|esposo|marido|mujer|mamá|papá"
    r"|mère|père|parents|frères?|sœurs?|femme|mari|oncle|tante|fils|filles?|amie?"
    r"|Mutter|Vater|Eltern|Bruder|Brüder|Schwestern?|Frau|Mann|Onkel|Tante|Sohn|Söhne|Tochter|Kinder|Gro(?:ß|ss)(?:mutter|vater|eltern)|Freund(?:in)?"
    r"|mãe|pais?|irmãos?|irmãs?|mulher|tio|tia|filho|filha|avó|avô|moglie|fratello|sorella|zio|zia|figlio|figlia)(?= [a-zà-ÿ])"
    r"|(?<![^\s(])(?:(?:[Мм]о[йяи]|[Нн]аш[аи]?|[Ее]го|[Ее]ё|[Ии]х) )?(?:[Мм]ать|[Оо]тец|[Бб]рат|[Сс]естра|[Жж]ена|[Мм]уж|[Сс]ын|[Дд]очь|[Рр]одители|[Дд]ети"
    r"|[Сс]емья|[Вв]дова|[Дд]яд[ья]|[Тт][её]тя|[Дд]ед(?:ушка)?|[Бб]абушка|[Дд]руг|[Пп]одруга)(?= [а-яё]| [А-Я][а-яё]+(?:ой|ого|его|[оеё]в[аы]|ина|ко)\b)(?: [А-Я]\w+)?"
)
_ASIDE = re.compile(r",? (?:who|whom|whose|then|aged|now) [^,;.]{1,80},")
_COUNTED = re.compile(
    r"(?: (?:others|more))?(?: of (?:them|the others|these|those))? (?:were|had|have|died|drowned|perished|froze|fell|fled|left|got|went|came|[a-z]{2,}ed)\b"
)
"""What follows a bare count that is the subject of a clause: "Two drowned", "Eleven of them were caught"."""
_OF_WHOM = re.compile(
    r" of (?:the |his |her |their )?[^\W\d_][\w'-]*(?: [A-Z][\w'-]*| family| group| crew){0,3} (?=\w)"
)
_FINITE = frozenset("was were is had has did sent took came went died left".split())
_DETERMINERS = ("a", "an", "the", "his", "her", "their", "my", "our")
_AND = re.compile(r"(?:\band|&)\s+$")


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
        if phrase.head_class not in ("kin", "role", "rank", "person", "companion") or is_taken(
            scene, passage, phrase.span
        ):
            continue
        if phrase.determiner not in _DETERMINERS or beside_name(scene, phrase):
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
    _multitudes(scene, passage)
    for quantity in passage.quantities:
        span = quantity.number_span
        if (
            quantity.kind in ("bare", "count")
            and not quantity.noun
            and _COUNTED.match(scene.text, span.end, passage.span.end)
            and scene.stands_as_subject(span)
            and not is_taken(scene, passage, span)
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
            and not is_taken(scene, passage, chunk.span)
            and _IS_NOW.match(scene.text, chunk.span.end)
        ):
            scene.bystanders[passage.index].append(chunk.span)


_MANY = frozenset("millions thousands hundreds dozens scores some others many several most".split())
_SOME = re.compile(r"(?: of (?:us|them|the others))?(?= (?:died|drowned|perished|froze|fell|were|got|had)\b)")
_PEOPLE = re.compile(r" of (?:[a-z]+ ){0,2}[^\W\d_][\w'-]* (?=[a-z])")


def _multitudes(scene: Scene, passage: Passage) -> None:
    """Note a multitude as the subject of its clause: "in 1975, millions of Vietnamese escaped" and "some died" tell nothing of the one told of."""
    for index in scene.tokens.within(_MANY, passage.span):
        token = scene.tokens[index]
        people = (_PEOPLE if token.lower.endswith("s") else _SOME).match(
            scene.text, token.end, passage.span.end
        ) or _SOME.match(scene.text, token.end, passage.span.end)
        span = Span(token.start, people.end() - people[0].endswith(" ") if people else token.end)
        if people and scene.stands_as_subject(span) and not is_taken(scene, passage, span):
            scene.bystanders[passage.index].append(span)


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
            if not is_taken(scene, passage, span) and not scene.text.startswith(" of ", first.end):
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
            verb = " ".join(scene.tokens.lowers[i] for i in range(index, min(index + length, words.stop)))
            kind = scene.lexicon.flight.get(verb)
            if kind:
                return kind in ("arrive", "defect") or verb in ("fled", "escaped", "followed")
        if scene.tokens.lowers[index] == "followed":
            return True
    return False


def _has_verb(scene: Scene, phrase: Phrase) -> bool:
    """Whether a verb follows the phrase at once: "Her father was", "the ambassador had", "an uncle sent"."""
    index = phrase.last + 1
    if whose := _OF_WHOM.match(scene.text, phrase.span.end):  # "A baby of the Kask family died"
        index = scene.tokens.between(whose.end(), whose.end() + 40).start
        return index < len(scene.tokens) and _is_finite(scene.tokens[index])
    if aside := _ASIDE.match(scene.text, phrase.span.end):  # "Her husband, who had stayed, was arrested"
        index = scene.tokens.between(aside.end(), aside.end() + 40).start
        return index < len(scene.tokens) and _is_finite(scene.tokens[index])
    if also := _AND_ALSO.match(scene.text, phrase.span.end):  # "his wife and little girl had"
        index = scene.tokens.between(also.end(), also.end() + 40).start
        return index < len(scene.tokens) and _is_finite(scene.tokens[index])
    if index >= len(scene.tokens) or scene.text[phrase.span.end : scene.tokens.starts[index]] != " ":
        return False
    if scene.tokens.lowers[index] == "who" and any(
        scene.tellers
    ):  # "A friend who stayed was caught": not who tells it
        return True
    return _is_finite(scene.tokens[index])


_ASIDE = re.compile(
    r"(?:, (?:who|then|aged|himself|herself|both|an?) [^.;:()]{1,90}?,| \([^()]{1,40}\)) (?=[a-z])"
)
_AND_ALSO = re.compile(
    r" and (?:(?:his|her|their|the|an?) )?(?:[a-z]+ ){1,2}(?=(?:had|were|was|got|went|came|fled|left|stayed|followed) )"
)


def _is_finite(token: Token) -> bool:
    return token.lower in _FINITE or (token.lower.endswith("ed") and not token.is_capital)
