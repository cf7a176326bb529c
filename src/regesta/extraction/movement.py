"""Verbs of flight and arrival in a sentence: who moves, when, and whether it happened.

    They  arrived  in Seoul  on 20 April  after staying in Beijing
    who   verb     place     date

Which dates are theirs is asked of `move_dates`, where they lead to of `goals`. Movements that were only tried, planned, feared or
denied (`unreal`) are marked `is_real = False`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from regesta.dates import DatePhrase
from regesta.extraction.abroad import CROSSES, PARTED, inverted, is_of_another
from regesta.extraction.described import head_class
from regesta.extraction.enumeration import presented
from regesta.extraction.goals import destination_after
from regesta.extraction.move_dates import (
    attached,
    ends_before,
    leading_clause,
    not_until,
    of_main_verb,
    when_clause,
)
from regesta.extraction.passages import Passage
from regesta.extraction.paths import handles, is_told_by_path, may_tell_path
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.subjects import subject_of
from regesta.extraction.things import is_of_a_thing
from regesta.extraction.tokens import Tokens
from regesta.extraction.unreal import BEFORE_GOING, happened
from regesta.text.span import Span

__all__ = ["IRREGULAR", "Movement", "casts_out", "movements"]

IRREGULAR = frozenset(
    "was were is are had has have did became left got said says wrote won met spent took gave sent told made went came saw began "
    "found held kept led lost paid put ran sold stood taught brought set crept slid sped built bought caught chose died lay bore drew grew knew "
    "staying trying working living leaving following carrying becoming helping serving being having hiding fearing claiming".split()
)
_ARTICLES = frozenset("a an the his her their this that".split())
"""After them a word in -ed describes a thing: "on a forged passport"."""
_NO_VERBS = frozenset("pied aged armed named called".split())


@dataclass(slots=True)
class Movement:
    """One verb of flight, arrival or return in a sentence."""

    span: Span
    kind: str
    """`arrive defect flee seek admit return fail`, as the lexicon says."""
    sentence: Span
    who: tuple[Actor, ...]
    dates: list[DatePhrase]
    place: Span | None
    is_real: bool
    is_presented: bool = False
    """Whether `who` is named behind the verb: "Among those who crossed were ..."."""


def movements(scene: Scene, passage: Passage) -> Iterator[Movement]:
    """Yield the movements of a passage in the order of the text."""
    if not (scene.language or scene.moves_in(passage.span) or may_tell_path(scene, passage.span)):
        return
    for sentence in passage.sentences:
        if not (scene.language or scene.moves_in(sentence) or may_tell_path(scene, sentence)):
            continue
        words = scene.tokens.between(*sentence)
        verbs = _verbs(scene, words)
        flights = [(i, j, kind) for i, j, kind in verbs if kind]
        if not flights:
            continue
        belongs = attached(scene, passage, sentence, verbs)
        returning, fled = False, list[DatePhrase]()
        for first, last, flight in flights:
            span = scene.tokens.phrase(first, last)
            kind = "return" if returning and scene.tokens.lowers[first].endswith("ing") else flight
            returning = kind == "return"  # "returned to Brno, landing in a field": no coming to the refuge
            mine = [d for d, index in belongs if index == first]
            opening = [
                d
                for d, index in belongs
                if index is None
                and not ends_before(scene, sentence, d, span.start)
                and not of_main_verb(scene, d, verbs, first)
            ]
            if BEFORE_GOING.search(scene.text, max(sentence.start, span.start - 8), span.end):
                mine, opening = (
                    [d for d in mine if d.span.start > span.start],
                    [],
                )  # "taught in 1936 before fleeing"
            if not mine and not opening:
                mine = when_clause(scene, passage, sentence, span) or leading_clause(
                    scene, passage, sentence, span
                )
            if scene.language and scene.tokens.lowers[first] in _NOUNS_ABROAD and scene.tokens.capital[first]:
                mine = [d for d in passage.dates_in(sentence) if d.span.end == span.start - 1]
                opening = []  # "1938 Flucht nach Lund, 1945 Arbeit beim Rundfunk"
            if fled and not mine and first > words.start and scene.tokens.lowers[first - 1] == "to":
                opening = []  # "wrote in 2019 of leaving Peru in 1971 to come to Lund"
            fled = mine or fled
            is_real = happened(scene, words, first)
            behind = presented(scene, passage, sentence, span) or inverted(scene, passage, sentence, span)
            place = destination_after(scene, span, sentence.end)
            if (
                place is not None and _VISITING.match(scene.text, place.end, sentence.end)
            ) or _ENDS_DOING.match(scene.text, span.start):
                is_real = False
            at_last = [] if is_real else not_until(scene, sentence, span, mine)
            yield Movement(
                span,
                kind,
                sentence,
                behind
                or (
                    ()
                    if is_of_a_thing(scene, passage, span.start)
                    or is_of_another(scene, passage, sentence, span)
                    else subject_of(scene, passage, span.start)
                ),
                at_last or mine or opening,
                place,
                is_real or bool(at_last),
                is_presented=bool(behind),
            )


_ENDS_DOING = re.compile(r"end(?:ed|s) up (?!living|staying|settling|working)[a-z]{2,}ing\b")
"""Who ends up doing something has not come where it is done: "ended up competing in the Games"."""
_VISITING = re.compile(
    r" (?:(?:for|on) (?:(?:an?|the|his|her|their) )?(?:[a-z-]+ )?(?:talks|negotiations|consultations|meetings?|summit|(?:state|official) visit)\b|to (?:meet|attend|negotiate)\b)"
    r"(?![^.;]*\b(?:and|but|where|then) (?:s?he |they )?(?:stay|remain|defect|did not|ask|seek|sought|appl|refus|never|request))"
)
"""Who comes for talks goes home again: "went to Lund for peace talks"."""


_STAYS = re.compile(r"who had (?:stayed|remained) behind[,.;]")
"""Who never left: "Tann, who had stayed behind, lost his post"."""
_FROM_WITHIN = re.compile(
    r"(?:escaped|fled|broke out|absconded) from (?:(?!(?:to|into|in)\b)[\w'-]+ ){0,4}(?:camp|prison|jail|gaol|custody|detention)\b"
    r"(?![^,;]*\b(?:to|into|across|over|reach\w*|arriv\w+|cross\w+|abroad)\b)"
)
"""Who got out of a camp, and of whom the sentence tells no more, is in no other country yet."""


def _verbs(scene: Scene, words: range) -> list[tuple[int, int, str]]:
    """Return (first, last, kind) of the verbs among the words; kind is empty for verbs that move nobody."""
    found: list[tuple[int, int, str]] = []
    tokens, flight, spotted = scene.tokens, scene.lexicon.flight, scene.tokens.spot(scene.lexicon.flight)
    index = words.start
    smalls = tokens.smalls(words)
    while index < words.stop:
        word = smalls[index - words.start]
        if not (index in spotted or word.endswith("ed") or word in IRREGULAR or scene.language):
            index += 1
            continue
        last, kind = spotted.get(index, (index, ""))
        if last >= words.stop:  # a phrase that reaches into the next sentence
            last, kind = _within(tokens, flight, index, words.stop)
        if (
            kind
            and last == index
            and (
                (scene.language is not None and tokens.lowers[index] in _FALSE_FRIENDS)
                or (scene.language is not None and _ENTERS_BODY.match(scene.text, tokens.starts[index]))
                or _is_noun(scene, index, words)
                or (index > words.start and tokens.lowers[index - 1] == "while")
                or _is_soil(scene, index, words)
                or (word.endswith("ing") and _A_PART.search(scene.text, *_before(tokens, index, words)))
                or _ON_DUTY.match(scene.text, tokens.ends[index], tokens.ends[words[-1]])
                or casts_out(scene, index)
                or (tokens.lowers[index] in _JOINS and not _joins_somebody(scene, index))
                or (tokens.lowers[index] in _REACHES and _A_NUMBER.match(scene.text, tokens.ends[index]))
                or (tokens.lowers[index] in _ENTERS and _A_HOUSE.match(scene.text, tokens.ends[index]))
                or (
                    tokens.lowers[index] in _ASKS
                    and not _ASKED_FOR.search(scene.text, *_behind(tokens, index, words))
                )
                or (
                    tokens.capital[index]
                    and (index > words.start or tokens.lowers[index] == "kam")
                    and scene.text[tokens.ends[index - 1] : tokens.starts[index]] != ": "
                    and not (
                        tokens.lowers[index] in _NOUNS_ABROAD and tokens.texts[index - 1][-4:].isdecimal()
                    )
                )
            )
        ):
            kind = ""
        if kind and _STAYS.match(scene.text, tokens[max(index - 2, words.start)].start):
            kind = ""
        if kind and _FROM_WITHIN.match(scene.text, tokens[index].start, tokens[words[-1]].end):
            kind = ""
        if kind and scene.language and (other := PARTED.get(tokens.lower(index, last))):
            kind = kind if other.search(scene.text, tokens.ends[last], tokens.ends[words[-1]] + 1) else ""
        if kind:
            if (
                kind == "flee"
                and last == index
                and handles(scene, tokens.ends[index], tokens.ends[words[-1]] + 1)
            ):
                kind = "arrive"  # "ran his caique aground", "flew the crop duster to Key West"
            found.append((index, last, kind))
            index = last + 1
            continue
        if scene.language and CROSSES.match(scene.text, tokens.starts[index], tokens.ends[words[-1]] + 1):
            found.append((index, index, "flee"))
            index += 1
            continue
        if (
            ((word.endswith("ed") and not scene.language) or word in IRREGULAR)
            and len(word) > 2
            and not tokens.capital[index]
            and word not in _NO_VERBS
            and not (index > words.start and tokens.lowers[index - 1] in _ARTICLES)
        ):
            by_path = is_told_by_path(
                scene, word, tokens.ends[index], tokens.ends[words[-1]] + 1
            ) or _is_carried(scene, index, words)
            found.append((index, index, "arrive" if by_path else ""))
        index += 1
    return found


_FALSE_FRIENDS = frozenset("land lands come comes escape escapes transit transits quit made".split())
"""English verbs that are other words elsewhere: "het land", "come il padre"."""
_ENTERS_BODY = re.compile(
    r"(?:entr\w+|ingres\w+) (?:in|nel|nell|nella|en|en el|en la|a|al|à|à la|au|aux|dans|no|na|ao|à)[ '’]+['\"‘“«]?"
    r"(?:partid\w*|partit\w*|parti|esercito|ejército|armée|exército|universi\w+|facul\w+|ordine|orden|contact\w*|contatto|contacto|vigor\w*|vigueur|gue?rra|guerre|politica|política|"
    r"resist\w+|seminari\w*|convent\w*|servi\w+|governo|gobierno|gouvernement|scuola|escuela|école|prison|cárcel|carcere|crisi\w*)\b"
    r"|(?:lleg|cheg|arriv|giun|sub)\w* (?:al|ao|au) (?:poder|pouvoir|potere|gobierno|governo|trono|trône)\b|kam(?:en)? an die (?:Macht|Regierung)\b",
    re.IGNORECASE,
)
"""Who enters a party, a war or an office, or comes to power, has reached no country."""
_JOINS = frozenset(("joined", "joins"))
_REACHES = frozenset(("reached", "reaches", "reach", "reaching"))
_ENTERS = frozenset(("entered", "enters", "entering", "enter"))
_A_HOUSE = re.compile(
    r" (?:the|an?|his|her|their|my|our) (?:[a-z-]+ ){0,2}(?:houses?|homes?|flats?|apartments?|rooms?|buildings?|offices?|shops?|kitchen|bedroom)\b"
)
"""Who enters a house has come to no country: "police officers entered his house"."""
_A_NUMBER = re.compile(
    r" (?:(?:about|nearly|almost|some|over|around|only|more than|a total of|an estimated|the) )*\d"
)
"""What numbers reach is no place: "the number of defectors reached 10,000 persons"."""
_NOUNS_ABROAD = frozenset("emigration emigr flucht übersiedlung ausreise".split())
"""German nouns that tell of a flight right behind its year: "1938 Flucht nach Lund"."""
_ASKS = frozenset(("requested", "petitioned"))
_ASKED_FOR = re.compile(
    r"\b(?:asylum|refuge|refugee|protection|sanctuary|haven|admission|visas?|residence|exile|(?:emigrat|leav|stay|remain)\w*)\b"
)
"""What those who flee ask for; others request other things."""


def casts_out(scene: Scene, index: int) -> bool:
    """Whether others are made to leave by who does it, or are called exiles: "expelled the Asians", "the exiled leader"."""
    tokens = scene.tokens
    if tokens.lowers[index] not in _CASTS or not 0 < index < len(tokens) - 1:
        return False
    if tokens.lowers[index - 1] in _UNDERGONE:
        return False
    return scene.text[tokens.ends[index]] == " " and tokens.lowers[index + 1] not in _BEHIND_PASSIVE


_CASTS = frozenset("expelled expelling exiled exiling evacuated evacuating banished".split())
_UNDERGONE = frozenset("was were been being be is are got get gets".split())
_BEHIND_PASSIVE = frozenset(
    "from to in into by on at and but or for after before when where while with as during under again abroad along because since "
    "together there he she they who which that who's himself herself themselves via through out of until without".split()
)
"""What stands behind those who were made to leave, and before nobody else whom somebody makes leave."""


def _behind(tokens: Tokens, index: int, words: range) -> tuple[int, int]:
    """Return where the words behind one begin and end, within its sentence."""
    return tokens.ends[index], min(tokens.ends[words[-1]], tokens.ends[index] + 80)


def _before(tokens: Tokens, index: int, words: range) -> tuple[int, int]:
    """Return where the few words before one begin and end, within its sentence."""
    return max(tokens.starts[words.start], tokens.starts[index] - 14), tokens.starts[index]


_A_PART = re.compile(r"(?:%|\b(?:per ?cent|half|third|rest|remainder|majority|most))\s$")
"""Of many, a part came elsewhere: "with 48 per cent arriving in Oslo" says nothing of all of them."""
_SOMEBODY = frozenset("him her them his their us me my our its each one another".split())


def _joins_somebody(scene: Scene, index: int) -> bool:
    """Whether who is joined is a person: "joined her in Lyon", not "joined the Party", "joined American Ballet"."""
    if index + 1 >= len(scene.tokens):
        return False
    following = scene.tokens[index + 1]
    if following.lower in _SOMEBODY:
        return True
    if following.lower in ("the", "a", "an", "other", "some") and index + 2 < len(scene.tokens):
        following = scene.tokens[index + 2]
    if not following.is_capital and head_class(following.lower, scene.lexicon):
        return True
    passage = scene.passage_at(following.start)
    return passage is not None and any(s.span.start == following.start for s in scene.said[passage.index])


_CARRIED_BY = re.compile(r" (?:by|to|over|here|across|ashore|in by|out by)\b")


def _is_carried(scene: Scene, index: int, words: range) -> bool:
    """Whether a participle behind a comma tells who was brought: "Lual and Majok, brought by the Red Cross"."""
    token = scene.tokens[index]
    if token.lower not in ("brought", "flown", "ferried") or not _CARRIED_BY.match(scene.text, token.end):
        return False
    return index > words.start and scene.text[scene.tokens.ends[index - 1] : token.start].strip() in (
        ",",
        ";",
        "(",
    )


def _within(tokens: Tokens, flight: Mapping[str, str], first: int, stop: int) -> tuple[int, str]:
    """Return the last word and the kind of the longest phrase of flight that begins at `first` and ends before `stop`."""
    for last in range(stop - 1, first - 1, -1):
        if kind := flight.get(tokens.lower(first, last)):
            return last, kind
    return first, ""


def _is_noun(scene: Scene, index: int, words: range) -> bool:
    """Whether "crossing" or "landing" is a noun here: after an article, a possessive or a name."""
    if index == words.start or not scene.tokens.lowers[index].endswith("ing"):
        return False
    before = scene.tokens[index - 1]
    if scene.text[before.end : scene.tokens.starts[index]] != " ":
        return False
    if before.lower in ("the", "a", "an"):
        return True  # "a swimming accident"
    return scene.tokens.lowers[index] in scene.lexicon.flight_nouns and (
        before.lower in ("the", "a", "an", "his", "her", "their", "this", "that", "border", "same")
        or before.is_capital
    )


_ON_DUTY = re.compile(
    r" (?:a|an|the|his|her|their|regular|routine|many|\w+) (?:[a-z-]+ ){0,3}(?:flights?|missions?|sorties?|patrols?|routes?)\b"
    r"| (?:on|in|for|before|against|with) (?:behalf|court|person|the (?:appellant|respondent|applicant|claimant|defen[cs]e|court|tribunal|film|play|show))\b"
)
"""What is flown, driven or sailed to nowhere, or where somebody only appears: "was flying a scheduled flight", "appeared in court"."""
_BEFORE_SOIL = frozenset(
    "the my his her their our your its a of on by own this that over for no any some".split()
)


def _is_soil(scene: Scene, index: int, words: range) -> bool:
    """Whether "land" is the noun: "the receipt for my land tax"."""
    return (
        scene.tokens.lowers[index] in ("land", "lands")
        and index > words.start
        and scene.tokens.lowers[index - 1] in _BEFORE_SOIL
    )
