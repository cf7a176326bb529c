"""Of what a share, or a number without a noun, is the part: the words of its clause that say so, as they stand.

    61% of those who came were women       those who came were women       behind it, where it opens its clause
    2,400 (40%) were heading north         heading north                   so do a number and its share in brackets
    The recognition rate fell to 12%       The recognition rate fell       before it, where it ends its clause
    incoming movements (24%)               incoming movements              before the bracket that it is alone in
    Women made up 61% of arrivals          Women                           who makes it up

Where neither side has a word that names anything there is no part: whoever asks may leave the number out.
"""

from __future__ import annotations

import re
from typing import Final

from regesta.extraction.passages import Passage
from regesta.extraction.quantity import Quantity
from regesta.extraction.scene import Scene
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["part_of"]

_REACH: Final = 110
"""Code points to each side in which the words may stand."""
_BEGINS: Final = lazy(
    r"\d\s?(?:%|per\scent|percent|Prozent|por\sciento|pour\scent|per\scento)\s|,(?!\d)\s*|[;:()\[\]–—•|\n*]\s*|\.\s+|\b(?:that|while|whereas|which|whom|but|and|or|dass|während|und|que|y|et|mentre|che|e)\s(?=(?:\S{1,3}\s)?\Z)|"
    r"\b(?:that|while|whereas|which|whom|but|dass|während|mentre)\s"
)
_ENDS: Final = lazy(
    r",(?!\d)|[;:()\[\]–—•|\n*]|\.(?=\s|\Z)|\s(?:last|this|next|(?:the\s)?previous)\s(?:year|month|week|quarter)\b|\s(?:while|whereas|but|which|compared|followed|according|während|mentre|tandis|mientras)\b|"
    r"(?<!\bage)(?<!\bage of)(?<!\baged)(?<!\bunder)(?<!\bover)\s(?:(?:and|or|und|y|et|e|to|from|in|by|on|at|of|about|only|some|nearly|over|than|another|the|el|la|las|los|le|les|il|der|die|das|since|until|im|auf|von|bis|en|de|del|nel|dans|bei|seit)\s)*[\d$€£¥]"
)
_BRACKET: Final = lazy(r"\s?\((?:[^()\n]{0,16}\d[^()\n]{0,16})\)")
"""A share behind its number: "2,400 (40%)"."""
_OF: Final = lazy(
    r"\s(?:of|der|des|aller|von|dei|degli|delle|della|del|dos|das|du|d[eo]s?(?:\sl[ao]s?)?)\s(?:all\s)?"
)
_MAKES_UP: Final = lazy(
    r"\s(?:(?:ma[kd]e|making|makes)\s(?:up\s)?|account(?:s|ed|ing)?\sfor\s|constitut(?:e[sd]?|ing)\s|compris(?:e[sd]?|ing)\s|(?:re)?pr[ée]sent(?:s|ed|ing|en?t?|ano?|a)?\s)\W?(?:\w+\s)?\Z"
)
_LED: Final = lazy(
    r"(?:\s*(?:were|was|are|is|had|have|has|been|being|be|of|them|who|whom|which|than|all|also|sind|waren|wurden|son|eran|fueron|sont|étaient|sono|erano)\b)+\s*"
)
_CLOSED: Final = lazy(
    r"(?:(?:^|\s)(?:to|by|at|of|for|from|in|on|with|was|were|is|are|be|had|has|have|been|there|about|some|nearly|almost|over|only|just|around|than|more|less|under|"
    r"the|a|an|and|or|as|its|their|up|another|approximately|roughly|reached|auf|um|bei|mit|von|rund|etwa|knapp|über|es|un|una|il|le|la|les|du|de|del|al|por|en|di|à|au))+\s*\Z",
    re.IGNORECASE,
)
_OPENED: Final = lazy(
    r"(?:(?:In|By|At the end of|Since|During|For|Im Jahr|En|Nel)\s(?:[A-Z]\w+\s)?\d{4}\s|(?:and|or|of|in|but|so|und|y|et|e|o)\s)+"
)
_CHANGE: Final = lazy(r"\s(?:increase|decrease|rise|drop|decline|fall|reduction|growth)\s(?:in|of)\s")
_FROM: Final = lazy(r"\b(?:from|von|de|du|da|dal)\s\Z")
_TO: Final = lazy(r"\b(?:to|auf|a|al|à)\s\Z")
"""What stands before the ends of a change: "rates fell from 10.8 % in 2008 to 2.5 %"."""
_MEASURE: Final = lazy(
    r"\b(?:number|rate|share|proportion|percentage|level)\sof\s[^\d,;:()]{3,60}?(?=\sin\s\d|[,;:()]|\s(?:was|were|is|has|had|rose|fell|grew)\b)"
)
"""What is measured, said early in a sentence: "the number of claims in 2015, (320), was 29% higher"."""
_NAMES: Final = lazy(
    r"\b(?:[Uu]nder|[Oo]ver|[Aa]ged?)\s(?:the\sage\sof\s)?\d+|\b(?:[Mm]en|[Bb]oys)\b|[^\W\d_]{4,}"
)
_NOTHING: Final = frozenset(
    "year years month months total same time that than with from into this these those them they there about over under more less least most "
    "when where which while also only some many million thousand billion percent per cent respectively compared january february march april june "
    "july august september october november december jahr jahre jahren insgesamt oder fiscal number figures page this it still "
    "represents represented recording show shows increase increased decrease decreased rise rose drop dropped decline declined declining fell "
    "fall growth grew vary ranged ranging including totaling totalling amounting compares estimates estimated numbers figure cifra supone representa incremento "
    "aumento descenso pasando elle elles ils contre avec hausse baisse rapport représente représentent représentant sont growing higher lower fewer down come came arrived arrive left fled escaped returned slightly steadily earlier compared against exceeded after before".split()
)
"""Words that name nothing that a number could be of."""
_WHEN: Final = frozenset("In After Before By Since During Between Until Within At On From Following".split())
"""Words that open a sentence and tell when or where, and no part: "After the storms of 2002 it holds 750"."""
_RELATIVE: Final = lazy(r"\s(?:who|which|that|whose)\s")
_MOST: Final = 14
"""Words that tell a part at most."""


def part_of(scene: Scene, passage: Passage, quantity: Quantity, *, counts: bool = False) -> Span | None:
    """Return the words of its clause that say of what a number is the part, None where none do.

    Where it is known what one of the counted is, `counts`, only the words behind say which of them.
    """
    text, (start, end) = scene.text, quantity.span
    sentence = passage.sentence_at(start)
    before = Span(max(sentence.start, start - _REACH), start)
    behind = Span(end, min(sentence.end, end + _REACH))
    if text[start - 1 : start] == "(":
        return _bracketed(scene, passage, quantity, before, behind)
    if bracket := _BRACKET.match(text, *behind):
        behind = Span(bracket.end(), behind.end)
    begins = before.start
    for match in _BEGINS.finditer(text, *before):
        begins = match.end()
    before = Span(begins, start)
    of = _OF.match(text, *behind)
    makes = _MAKES_UP.search(text, *before) if of is not None else None
    if makes is not None and (whole := _named(scene, passage, Span(before.start, makes.start()))):
        return whole
    changed = _CHANGE.match(text, *behind)
    after = _named(scene, passage, _until(text, Span(of.end() if of else behind.start, behind.end)))
    led = None if counts else _named(scene, passage, before)
    part = after or led if of is not None or changed is not None or led is None else led
    if part is not None or quantity.kind != "percent":
        return part
    if _TO.search(text, sentence.start, start):
        earlier = [q for q in passage.quantities if sentence.start < q.span.start and q.span.end < start]
        if (
            earlier
            and earlier[-1].kind == "percent"
            and _FROM.search(text, sentence.start, earlier[-1].span.start)
        ):
            return part_of(scene, passage, earlier[-1], counts=counts)
    measure = _MEASURE.search(text, sentence.start, start)
    return Span(*measure.span()) if measure else None


def _bracketed(scene: Scene, passage: Passage, quantity: Quantity, before: Span, behind: Span) -> Span | None:
    """Return of what a number alone in a bracket is: what is counted before it, or what goes on behind it."""
    text, start = scene.text, quantity.span.start
    if text[quantity.span.end : quantity.span.end + 1] not in ")%" and quantity.kind != "percent":
        return None
    counted = next((q for q in passage.quantities if 0 <= start - 1 - q.span.end <= 1), None)
    if counted is not None:
        if counted.noun:
            return Span(counted.number_span.start, counted.span.end)
        closed = text.find(")", *behind)
        return _named(scene, passage, _until(text, Span(closed + 1, behind.end))) if closed >= 0 else None
    begins = before.start
    for match in _BEGINS.finditer(text, before.start, start - 1):
        begins = match.end()
    return _named(scene, passage, Span(begins, start - 1))


def _until(text: str, span: Span) -> Span:
    ends = _ENDS.search(text, *span)
    return Span(span.start, ends.start()) if ends else span


def _named(scene: Scene, passage: Passage, span: Span) -> Span | None:
    """Return the words of a span without what only joins them to a number, None where they name nothing, or somebody."""
    text = scene.text
    led = _LED.match(text, *span) or _OPENED.match(text, *span)
    start = led.end() if led else span.start
    closed = _CLOSED.search(text, start, span.end)
    part = Span(start, closed.start() if closed else span.end).strip(text, " ,.;:–()*'\"")
    words = part.of(text).split()
    if len(words) > _MOST and (relative := _RELATIVE.search(text, *part)) is not None:
        part = Span(part.start, relative.start())
        words = part.of(text).split()
    if not words or len(words) > _MOST or "\n" in part.of(text) or words[0] in _WHEN:
        return None
    if _NOTHING.issuperset(word.lower() for word in _NAMES.findall(part.of(text))):
        return None
    return (
        None
        if any(s.actor.kind == "person" for s in scene.people_in(passage, (part.start, part.end)))
        else part
    )
