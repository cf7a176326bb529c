"""People told in a row: who follows a colon, "among them" or "those who crossed were", to the last name of the row.

    Among those who crossed on 21 November were László, a driver, his wife Margit and their baby
    We left on 3 October: my husband, our sons Bao (11) and Khoi (7), and forty-one others
    Last came the sisters Esther and Jeanne

Between two people of a row stand a comma or "and", an age, an apposition, words that only describe; never a verb, and no
preposition but "of" and "from". Who of them did not get through is told elsewhere (`fates.py`).
"""

from __future__ import annotations

import re

from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Said, Scene
from regesta.text.span import Span

__all__ = ["in_row", "presented", "row_after"]

_AGE = r"(?:\s?\(?(?:aged? |ages? )?\d{1,3}(?: years old)?\)?)"
_WORDS = r"(?:[a-zà-ÿ][\w'-]*\.?(?: |(?=, (?:[A-Z]|$)))){0,4}"
_LINK = re.compile(
    rf"(?: (?:himself|herself|themselves))?{_AGE}?(?:,{_AGE})?(?:, (?:(?:an?|the|his|her|their|my|our) )?[a-zà-ÿ][\w' -]{{1,40}})?"
    rf"(?:,? (?:and|&|or|plus|und|et|y)|[,;]),? (?:also |then |finally )?(?:his |her |their |my |our |the |an? )?{_WORDS}(?:called |named )?(?:(?<=[a-z]), )?",
)
"""What stands between two people of a row."""
_LEAD = re.compile(
    rf" ?(?:also |first |then |among them |, )*(?:(?:his|her|their|my|our|the|an?|one|two|three|four|five|six) )?{_WORDS}"
    r"(?:(?:der|die|das|ein|eine|sein|seine|ihr|ihre) (?:[A-ZÄÖÜ][a-zäöüß]+ )?)?(?:(?<=[a-z]), )?"
)
"""What stands between the words that open a row and its first person."""
_VERBS = frozenset(
    "who which that whose was were is are had has did in at on to by for with into onto when while after before until where as than if but "
    "said says came went took died left got made told met saw sent without against".split()
)
_THOSE = re.compile(
    r"\b(?:those|the (?:first|last|others|ones|people|men|women|passengers|refugees|two|three|four|five|six)|the only ones)(?: of them)? "
    r"(?:who|that|to)(?: (?:had|have|had also|also))? $",
    re.IGNORECASE,
)
_ENDS_THOSE = ("who ", "that ", "to ", "had ", "have ", "also ")
_ARE = re.compile(r"\b(?:was|were|are|is|included|include)\b(?= )")
_COMES_FIRST = frozenset(
    "came arrived walked followed appeared went fled crossed stood climbed stepped crept swam kam kamen traf trafen gelangte gelangten floh flohen reiste reisten".split()
)
"""Verbs that may stand before their subject: "Behind them walked Bence"."""


def in_row(gap: str) -> bool:
    """Return whether what stands between two people lets them be neighbours in a row."""
    match = _LINK.fullmatch(gap)
    if match is None:
        return False
    words = gap.lower().replace(",", " ").replace("(", " ").replace(")", " ").split()
    return _VERBS.isdisjoint(words) and not any(
        w.endswith("ed") and w not in ("aged", "called", "named") for w in words
    )


def row_after(scene: Scene, passage: Passage, start: int, end: int) -> list[Said]:
    """Return the people of the row that begins at `start`, and whoever is named within their appositions."""
    found: list[Said] = []
    for said in scene.said[passage.index]:
        if said.span.start < start or said.span.end > end:
            continue
        if said.form == "pronoun" or said.actor.kind not in ("person", "group") or said.is_possessive:
            continue
        gap = scene.text[found[-1].span.end if found else start : said.span.start].replace("\n", " ")
        if found and said.span.start < found[-1].span.end:
            continue
        if not found:
            match = _LEAD.fullmatch(gap)
            if match is None or not _VERBS.isdisjoint(gap.lower().split()):
                return []
        elif not in_row(gap):
            break
        elif (
            found[-1].actor.kind == "group"
            and said.form == "description"
            and gap.startswith(", ")
            and " and " not in gap
        ):
            break  # "the Popa family, six brothers and sisters": the same
        found.append(said)
    return found


def presented(scene: Scene, passage: Passage, sentence: Span, verb: Span) -> tuple[Actor, ...]:
    """Return whom a clause names behind its verb: "Among those who crossed on 21 November were A and B"; empty for others."""
    before = scene.text[sentence.start : verb.start].replace("\n", " ")
    if before.lower().endswith(_ENDS_THOSE) and _THOSE.search(before):
        are = _ARE.search(scene.text, verb.end, sentence.end)
        if are is None or ";" in scene.text[verb.end : are.start()]:
            return ()
        return tuple(s.actor for s in row_after(scene, passage, are.end(), sentence.end))
    if verb.of(scene.text).lower() not in _COMES_FIRST:
        return ()
    clause = max(sentence.start, *(scene.text.rfind(mark, sentence.start, verb.start) + 1 for mark in ";:,"))
    if any(s.is_subject and not s.is_possessive for s in scene.people_in(passage, (clause, verb.start))):
        return ()
    if not re.search(r"\w", scene.text[clause : verb.start]) or re.search(
        r"\b(?:who|which|that|and)\b", scene.text[clause : verb.start]
    ):
        return ()
    following = scene.text[verb.end : verb.end + 1]
    return (
        tuple(s.actor for s in row_after(scene, passage, verb.end, sentence.end))
        if following.isspace()
        else ()
    )
