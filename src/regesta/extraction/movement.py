"""Verbs of flight and arrival in a sentence: who moves, when, and whether it happened.

    They  arrived  in Seoul  on 20 April  after staying in Beijing
    who   verb     place     date

A date belongs to the nearest verb before it, to the verb after it where ", when" follows, and to the whole sentence where
it opens one. Movements that were only tried, planned, feared or denied are marked `is_real = False`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from regesta.dates import DatePhrase
from regesta.extraction.abroad import CROSSES, PARTED, inverted, is_of_another, is_unreal_abroad
from regesta.extraction.described import head_class
from regesta.extraction.enumeration import presented
from regesta.extraction.passages import Passage
from regesta.extraction.paths import handles, is_told_by_path, may_tell_path
from regesta.extraction.peoples import is_nationality
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.things import is_of_a_thing
from regesta.extraction.tokens import Tokens
from regesta.text.span import Span

__all__ = ["IRREGULAR", "Movement", "dates_no_move", "destination_after", "is_of_release", "movements"]

IRREGULAR = frozenset(
    "was were is are had has have did became left got said says wrote won met spent took gave sent told made went came saw began "
    "found held kept led lost paid put ran sold stood taught brought set crept slid sped built bought caught chose died lay bore drew grew knew "
    "staying trying working living leaving following carrying becoming helping serving being having hiding fearing claiming".split()
)
_ARTICLES = frozenset("a an the his her their this that".split())
"""After them a word in -ed describes a thing: "on a forged passport"."""
_UNREAL = frozenset(
    "trying tried try attempt attempts attempted attempting plan plans planned planning want wanted wants wish wished hope hoped hoping intend intended "
    "seeking sought failed fail unable refused refuse threatened threaten decided prepared chose choose would could might may should "
    "can will not never without preferred wanting encouraged urged asked asking persuaded convinced forbidden allowed helped help "
    "cannot order suspected demanded demanding demand plot plots plotted plotting conspired conspiring vowed schemed".split()
)
_NO_VERBS = frozenset("pied aged armed named called".split())
_PLACE_AFTER = re.compile(
    r"\s*(?:[a-z]+ly\s+|safely\s+|by \w+\s+|over\s+|directly\s+)?(?P<preposition>to|in|into|at|on|for|across into|over to|across to|through to)\s+(?P<place>(?:the\s+)?(?:[A-Z](?:\.[A-Z])+\b\.?|[A-Z][\w'-]*)(?:(?:\s+|\s+of\s+(?:the\s+)?)[A-Z][\w'-]*){0,4}|the (?:West|East|North|South)\b)"
)
_PLACE_ABROAD = re.compile(
    r"\s*(?:(?:à pied|à la nage|en (?:bateau|train|avion|barque|tren|barco|avión|balsa|bote)|par (?:la )?(?:mer|route)|par le train|zu Fuß|"
    r"mit dem (?:Schiff|Zug|Boot|Flugzeug)|a pie|a nado|a piedi|in (?:nave|treno|barca)|a pé|de (?:barco|comboio|avião|navio)|te voet|"
    r"met de (?:boot|trein)|pieszo|statkiem|pociągiem)\s+)?(?:(?:río|rio|fleuve) [A-Z][\w'-]*[^.;,]{0,30} )?(?P<preposition>a|al|en|hasta|hacia|à|au|aux|vers|nach|em|ao|para|pour|de|sich nach|sich in|ad|in|nel|nella|na|no|w|we|do|naar|te|op|в|во|на|у|до)\s+"
    r"(?P<place>(?:(?:la|el|los|las|le|les|die|den|das)\s+)?[A-ZА-ЯІЇЄ][\w'-]*(?:\s+(?:de\s+)?[A-ZА-ЯІЇЄ][\w'-]*){0,3})"
)
"""Where a verb of another language leads to."""
_ABROAD = re.compile(r"(?:[óò]|[aei]ron|[aei]rono|[au]nse|[aei]ram|iu|ou)$")
"""Ends of verbs after which "a" is no article: "llegaron a Concordia"."""
_BREAKS = frozenset(",;.–:")
_DIRECT_PLACE = re.compile(r"\s*(?P<place>(?:the\s+)?[A-Z][\w'-]*(?:\s+[A-Z][\w'-]*){0,3})")
_DIRECT = (
    " nach",
    " a",
    " en",
    "gagna",
    "gagnèrent",
    "atteignit",
    "erreichte",
    "erreichten",
    "rejoignit",
    "raggiunse",
    "reached",
    "entered",
    "reaching",
    "entering",
    "reach",
    "enter",
    " to",
    " into",
    " at",
)
"""Endings of verbs after which the place stands without a preposition."""
_LATER_PLACE = re.compile(
    r"\b(?P<preposition>to|into|in|nach|naar|en)\s+(?P<place>(?:the\s+)?(?:[A-Z](?:\.[A-Z])+\b\.?|[A-Z][\w'-]*)(?:(?:\s+|\s+of\s+(?:the\s+)?)[A-Z][\w'-]*){0,4})"
)


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
        belongs = _attach(scene, passage, sentence, verbs)
        returning = False
        for first, last, flight in flights:
            span = scene.tokens.phrase(first, last)
            kind = "return" if returning and scene.tokens[first].lower.endswith("ing") else flight
            returning = kind == "return"  # "returned to Brno, landing in a field": no coming to the refuge
            mine = [d for d, index in belongs if index == first]
            opening = [
                d
                for d, index in belongs
                if index is None
                and not _ends_before(scene, sentence, d, span.start)
                and not _of_main_verb(scene, d, verbs, first)
            ]
            if _BEFORE_GOING.search(scene.text, max(sentence.start, span.start - 8), span.end):
                mine, opening = (
                    [d for d in mine if d.span.start > span.start],
                    [],
                )  # "taught in 1936 before fleeing"
            if not mine and not opening:
                mine = _when_clause(scene, passage, sentence, span)
            if (
                scene.language
                and scene.tokens.small(first) in _NOUNS_ABROAD
                and scene.tokens[first].is_capital
            ):
                mine = [d for d in passage.dates_in(sentence) if d.span.end == span.start - 1]
                opening = []  # "1938 Flucht nach Lund, 1945 Arbeit beim Rundfunk"
            is_real = _is_real(scene, words, first)
            behind = presented(scene, passage, sentence, span) or inverted(scene, passage, sentence, span)
            at_last = [] if is_real else _not_until(scene, sentence, span, mine)
            yield Movement(
                span,
                kind,
                sentence,
                behind
                or (
                    ()
                    if is_of_a_thing(scene, passage, span.start)
                    or is_of_another(scene, passage, sentence, span)
                    else scene.subject_of(passage, span.start)
                ),
                at_last or mine or opening,
                destination_after(scene, span, sentence.end),
                is_real or bool(at_last),
                is_presented=bool(behind),
            )


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
                (scene.language is not None and tokens.small(index) in _FALSE_FRIENDS)
                or (scene.language is not None and _ENTERS_BODY.match(scene.text, tokens[index].start))
                or _is_noun(scene, index, words)
                or (index > words.start and tokens.small(index - 1) == "while")
                or _is_soil(scene, index, words)
                or _ON_DUTY.match(scene.text, tokens[index].end, tokens[words[-1]].end)
                or (tokens.small(index) in _JOINS and not _joins_somebody(scene, index))
                or (tokens.small(index) in _REACHES and _A_NUMBER.match(scene.text, tokens[index].end))
                or (
                    tokens.small(index) in _ASKS
                    and not _ASKED_FOR.search(scene.text, *_behind(tokens, index, words))
                )
                or (
                    tokens[index].is_capital
                    and (index > words.start or tokens.small(index) == "kam")
                    and scene.text[tokens[index - 1].end : tokens[index].start] != ": "
                    and not (tokens.small(index) in _NOUNS_ABROAD and tokens[index - 1].text[-4:].isdecimal())
                )
            )
        ):
            kind = ""
        if kind and scene.language and (other := PARTED.get(tokens.lower(index, last))):
            kind = kind if other.search(scene.text, tokens[last].end, tokens[words[-1]].end + 1) else ""
        if kind:
            if (
                kind == "flee"
                and last == index
                and handles(scene, tokens[index].end, tokens[words[-1]].end + 1)
            ):
                kind = "arrive"  # "ran his caique aground", "flew the crop duster to Key West"
            found.append((index, last, kind))
            index = last + 1
            continue
        if scene.language and CROSSES.match(scene.text, tokens[index].start, tokens[words[-1]].end + 1):
            found.append((index, index, "flee"))
            index += 1
            continue
        if (
            ((word.endswith("ed") and not scene.language) or word in IRREGULAR)
            and len(word) > 2
            and not tokens[index].is_capital
            and word not in _NO_VERBS
            and not (index > words.start and tokens.small(index - 1) in _ARTICLES)
        ):
            by_path = is_told_by_path(
                scene, word, tokens[index].end, tokens[words[-1]].end + 1
            ) or _is_carried(scene, index, words)
            found.append((index, index, "arrive" if by_path else ""))
        index += 1
    return found


_FALSE_FRIENDS = frozenset("land lands come comes escape escapes transit transits quit made".split())
"""English verbs that are other words elsewhere: "het land", "come il padre"."""
_ENTERS_BODY = re.compile(
    r"(?:entr\w+|ingres\w+) (?:in|nel|nell|nella|en|en el|en la|a|al|à|à la|au|aux|dans|no|na|ao|à)[ '’]+['\"‘“«]?"
    r"(?:partid\w*|partit\w*|parti|esercito|ejército|armée|exército|universi\w+|facul\w+|ordine|orden|contact\w*|contatto|contacto|vigor\w*|vigueur|gue?rra|guerre|politica|política|"
    r"resist\w+|seminari\w*|convent\w*|servi\w+|governo|gobierno|gouvernement|scuola|escuela|école|prison|cárcel|carcere|crisi\w*)\b",
    re.IGNORECASE,
)
"""Who enters a party, a war or an office has reached no country."""
_JOINS = frozenset(("joined", "joins"))
_REACHES = frozenset(("reached", "reaches", "reach", "reaching"))
_A_NUMBER = re.compile(
    r" (?:(?:about|nearly|almost|some|over|around|only|more than|a total of|an estimated|the) )*\d"
)
"""What numbers reach is no place: "the number of defectors reached 10,000 persons"."""
_NOUNS_ABROAD = frozenset("emigration emigr flucht übersiedlung ausreise".split())
"""German nouns that tell of a flight right behind its year: "1938 Flucht nach Lund"."""
_ASKS = frozenset(("requested", "petitioned"))
_ASKED_FOR = re.compile(
    r"\b(?:asylum|refuge|refugee|protection|sanctuary|haven|admission|visas?|residence|exile|(?:emigrat|leav|stay|remain|return)\w*)\b"
)
"""What those who flee ask for; others request other things."""


def _behind(tokens: Tokens, index: int, words: range) -> tuple[int, int]:
    """Return where the words behind one begin and end, within its sentence."""
    return tokens[index].end, min(tokens[words[-1]].end, tokens[index].end + 80)


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
    return index > words.start and scene.text[scene.tokens[index - 1].end : token.start].strip() in (
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
    if index == words.start or not scene.tokens[index].lower.endswith("ing"):
        return False
    before = scene.tokens[index - 1]
    if scene.text[before.end : scene.tokens[index].start] != " ":
        return False
    if before.lower in ("the", "a", "an"):
        return True  # "a swimming accident"
    return scene.tokens[index].lower in scene.lexicon.flight_nouns and (
        before.lower in ("the", "a", "an", "his", "her", "their", "this", "that", "border", "same")
        or before.is_capital
    )


_ON_DUTY = re.compile(
    r" (?:a|an|the|his|her|their|regular|routine|many|\w+) (?:[a-z-]+ ){0,3}(?:flights?|missions?|sorties?|patrols?|routes?)\b"
)
"""What is flown, driven or sailed to nowhere: "was flying a scheduled flight from Prague to Brno"."""
_BEFORE_SOIL = frozenset(
    "the my his her their our your its a of on by own this that over for no any some".split()
)


def _is_soil(scene: Scene, index: int, words: range) -> bool:
    """Whether "land" is the noun: "the receipt for my land tax"."""
    return (
        scene.tokens[index].lower in ("land", "lands")
        and index > words.start
        and scene.tokens[index - 1].lower in _BEFORE_SOIL
    )


def _attach(
    scene: Scene, passage: Passage, sentence: Span, verbs: list[tuple[int, int, str]]
) -> list[tuple[DatePhrase, int | None]]:
    """Return for each date of the sentence the first word of the verb it belongs to, None for the whole sentence."""
    found: list[tuple[DatePhrase, int | None]] = []
    for date in passage.dates_in(sentence):
        if dates_no_move(scene, sentence, date):
            continue
        before = [v for v in verbs if scene.tokens[v[1]].end <= date.span.start]
        after = [v for v in verbs if scene.tokens[v[0]].start >= date.span.end]
        follows = scene.text[date.span.end : date.span.end + 8].lstrip(" ,")
        gap = scene.text[scene.tokens[before[-1][1]].end : date.span.start] if before else ""
        if _SINCE_ANOTHER.search(gap):
            continue
        if after and (follows.startswith(("when", "and when")) or (before and _NEXT_CLAUSE.search(gap))):
            found.append((date, after[0][0]))
        elif _GERUND.search(gap):
            continue  # "entered Norway after disappearing in late 2018"
        elif not before or ("–" in gap) or (";" in gap):
            found.append((date, None))
        else:
            found.append((date, before[-1][0]))
    return found


def dates_no_move(scene: Scene, sentence: Span, date: DatePhrase) -> bool:
    """Return whether a date is of something else than a movement: of a law, a life, a birth, a report or a noun."""
    return (
        _dates_law(scene, sentence, date)
        or _is_life(scene, date)
        or scene.is_birth(date)
        or _is_of_dateline(scene, sentence, date)
        or _OF_LIFE.search(scene.text, max(sentence.start, date.span.start - 14), date.span.start) is not None
        or scene.text[date.span.start - 3 : date.span.start] in _OF_A_NOUN
    )


_OF_A_NOUN = ("'s ", "’s ")
"""What makes a year the attribute of the noun behind it: "the country's 1989 list of those who fled"."""
_NEXT_CLAUSE = re.compile(
    r"[^\d,.;:],? (?:and|but) (?:then |later )?(?:in|on|by|since|from|during) (?:the )?$|, who,? (?:in|on) (?:the )?$"
)
"""What a date that opens the next clause stands behind: "they arrived at dawn, and in 1979 there was"."""


def _of_main_verb(scene: Scene, date: DatePhrase, verbs: list[tuple[int, int, str]], move: int) -> bool:
    """Whether a verb between a date and a relative clause has the date: "In 1989 she met men [who had fled]"."""
    start = scene.tokens[move].start
    return any(
        date.span.end <= scene.tokens[v].start < start
        and _IN_RELATIVE.search(scene.text, scene.tokens[last].end, start) is not None
        for v, last, _ in verbs
    )


_IN_RELATIVE = re.compile(r"\bwho\b[^,;.]*$")


def _when_clause(scene: Scene, passage: Passage, sentence: Span, verb: Span) -> list[DatePhrase]:
    """Return the date of what happened at the same time: "fled Lyon when the edict was revoked in 1685"."""
    behind = [d for d in passage.dates_in(sentence) if d.span.start >= verb.end and d.kind == "date"][:1]
    return [
        d
        for d in behind
        if _WHEN.fullmatch(scene.text, verb.end, d.span.start) and not dates_no_move(scene, sentence, d)
    ]


_WHEN = re.compile(r"[^.;]{0,100} (?:when (?!s?he\b|they\b|I\b|we\b)|while (?:(?:s?he|they) w)?)[^.;,]{3,80}")


def _ends_before(scene: Scene, sentence: Span, date: DatePhrase, verb: int) -> bool:
    """Whether a date that does not open the sentence belongs to a clause that a semicolon ends before the verb."""
    inside = date.kind == "relative" or date.span.start - sentence.start > _OPENING
    return inside and ";" in scene.text[date.span.end : verb]


_OPENING = 24
"""Code points of a sentence within which a date is of all its clauses."""


_LIFE = re.compile(r"(\d{4})\D*/(\d{4})")
_LONGEST_FLIGHT = 12
"""Years of a range in brackets that may still date a flight; more is a life."""


def _is_life(scene: Scene, date: DatePhrase) -> bool:
    """Whether years in brackets are those of a life: "Luigi Bassi (1876-1944) fuggì"."""
    years = _LIFE.match(date.edtf or "")
    return (
        years is not None
        and int(years[2]) - int(years[1]) > _LONGEST_FLIGHT
        and scene.text[date.span.start - 1 : date.span.start] == "("
        and scene.text[date.span.end : date.span.end + 1] == ")"
    )


_SINCE_ANOTHER = re.compile(
    r"\b(?:since|after|before|until) (?:the|[A-Z][^.;]{0,30}'s) (?:[a-z]+ )?(?:defection|escape|flight|arrival)\b"
)
"""What dates another's flight: "the first to defect since the escape of Ana Ruiz, in May 1997"."""
_OF_LIFE = re.compile(
    r"(?:\b(?:geb|gest|né|née|nato|nata|born|died)\b\.?|†) ?(?:(?:ca|c|um|vers|about)\.? )?$"
)
"""What stands in brackets before the year of a birth or a death: "gest. ca. 1998"."""
_DATELINE = re.compile(r"[A-Z][A-Z .'-]{2,}(?:, [A-Z][\w. ]{2,20})?, $")
_BY_AGENCY = re.compile(r" (?:\([^)]{2,30}\) )?(?:--|—|–|-) ")


def _is_of_dateline(scene: Scene, sentence: Span, date: DatePhrase) -> bool:
    """Whether a date says when a report was sent: "SEOUL, Oct. 8 (UPI) -- A soldier said he had crossed"."""
    opening = _DATELINE.fullmatch(scene.text, sentence.start, date.span.start)
    if opening is not None and _BY_AGENCY.match(scene.text, date.span.end, sentence.end) is not None:
        return True
    return is_of_release(scene, sentence, date)


_OF_RELEASE = re.compile(r"[A-Z][\w.'-]+(?:[ ,]{1,2}[A-Z][\w.'-]+){0,4}, $")


def is_of_release(scene: Scene, opening: Span, date: DatePhrase) -> bool:
    """Whether a date says when a statement was given out, as a dash without spaces shows: "Oslo, May 3, 2021–The union"."""
    return (
        scene.text[date.span.end : date.span.end + 1] in ("–", "—")
        and scene.text[date.span.end + 1 : date.span.end + 2].isalpha()
        and _OF_RELEASE.fullmatch(scene.text, opening.start, date.span.start) is not None
    )


_GERUND = re.compile(
    r"\b(?:after|before|since|following|despite|without) (?:first |having |being )?[a-z]+ing\b[^,;.]*$"
)
"""What has the date for itself behind a verb."""


def _dates_law(scene: Scene, sentence: Span, date: DatePhrase) -> bool:
    """Whether a date is that of a law: "after the Fugitive Slave Act of 18 September 1850"."""
    words = scene.tokens.between(sentence.start, date.span.start)
    if len(words) < 2 or scene.tokens[words.stop - 1].lower != "of":
        return False
    noun = scene.tokens[words.stop - 2]
    return (
        noun.is_capital
        and noun.lower in scene.lexicon.laws
        and scene.text[noun.end : date.span.start] == " of "
    )


def _not_until(scene: Scene, sentence: Span, verb: Span, dates: list[DatePhrase]) -> list[DatePhrase]:
    """Return the day on which somebody came who could not sooner: "was not able to cross until 14 October"."""
    first = verb.of(scene.text).split()[0].lower()
    if first not in _BARE or not _NOT.search(scene.text, max(sentence.start, verb.start - 40), verb.start):
        return []
    return [
        replace(d, edtf=d.core_edtf, kind="date", qualifier=None)
        for d in dates
        if d.qualifier == "until"
        and d.core_edtf
        and 0 <= d.span.start - verb.end <= 60
        and "," not in scene.text[verb.end : d.span.start]
    ][:1]


_NOT = re.compile(r"\b(?:not|never|unable)\b(?! (?:only|until))[^.;:,]{0,30}$")
_BARE = frozenset(
    "arrive reach land enter come get go cross leave escape flee join emigrate disembark defect".split()
)
_LEAVE = frozenset("leave permission permit visa visas right rights clearance entitled entitlement".split())
_LET = frozenset("allowed permitted able forced compelled obliged".split())
_WAS = frozenset("was were finally eventually later".split())
"""What stands before leave that was taken, where "not" and "would be" do not."""
_BEFORE_GOING = re.compile(r"\bbefore \w+ing$")
_TO_BE = frozenset(("was", "were", "is", "are"))


def _is_real(scene: Scene, words: range, index: int) -> bool:
    token = scene.tokens[index]
    if _is_ordered(scene, words, index):
        return False
    if scene.language is not None and is_unreal_abroad(scene, words, index):
        return False
    for step in range(1, 5):
        if index - step < words.start:
            return True
        word = scene.tokens[index - step].lower
        gap = scene.text[scene.tokens[index - step].end : scene.tokens[index - step + 1].start]
        if not _BREAKS.isdisjoint(gap) or " - " in gap:
            return True
        if word == "to" and index - step > words.start and scene.tokens[index - step - 1].lower in _TO_BE:
            return False  # "was to have come", "were to travel"
        if word == "to" and index - step > words.start and scene.tokens[index - step - 1].lower in _LEAVE:
            return False  # "refused leave to enter the country"
        if word in _LET and scene.tokens[index - step - 1].lower in _WAS and index - step > words.start:
            return True  # "was allowed to emigrate in 1974"
        if word in _UNREAL and not (word == "may" and scene.tokens[index - step].is_capital):
            return word in ("helped", "allowed") and token.lower.endswith("ed")
    return True


_ORDERS = frozenset(
    "require requires required requiring order orders ordered ordering decree decreed instructed instructing told telling asked asking "
    "invited inviting urged urging summoned commanded demanded obliging allowing permitting enabling".split()
)
_FAR = 12
"""Words between who is told to go and the going."""


def _is_ordered(scene: Scene, words: range, index: int) -> bool:
    """Whether somebody is told, asked or let go, which does not say that he went: "an order requiring all foreigners to leave"."""
    if index - 1 < words.start or scene.tokens[index - 1].lower != "to":
        return False
    for step in range(2, _FAR):
        if index - step < words.start:
            return False
        gap = scene.text[scene.tokens[index - step].end : scene.tokens[index - step + 1].start]
        if not _BREAKS.isdisjoint(gap):
            return False
        if scene.tokens[index - step].lower in _ORDERS:
            return step > 2  # "asked to leave": he did
    return False


_AWAY_FROM = re.compile(
    r"[.;:]|,[^,]*\b(?:met|came|was|were|had|went|became|[a-z]{2,}ed)\b|, [a-z]+ing\b|\bto (?:avoid|escape|evade) "
    r"|\b(?:ambassador|envoy|consul|attaché|delegate|representative|mission|visit|trip|adviser|advisor|aide|secretary) (?:to|in|into) (?:the )?$"
)
"""What parts a verb from a place: another clause, or an office that has the place for itself ("envoy to [the UK]")."""


def _is_attribute(scene: Scene, place: re.Match[str], end: int) -> bool:
    """Whether the word of a people only describes the noun behind it: "to Canadian authorities"."""
    return (
        is_nationality(place["place"].lower(), scene.lexicon)
        and _NOUN_BEHIND.match(scene.text, place.end(), end) is not None
        and not _WATERS.match(scene.text, place.end(), end)
    )


_NOUN_BEHIND = re.compile(
    r" (?!and\b|or\b|in\b|on\b|by\b|with\b|at\b|after\b|where\b|when\b|via\b|from\b)[a-z]{3,}"
)
_FAR_PLACE = 80
"""Code points from a verb within which the place that it leads to may stand."""
_FAR_IN = 50
"""The same for "in", which soon goes with another noun: "fled with papers on what was done [in the West]"."""
_WATERS = re.compile(r" (?:territorial )?(?:waters|territory|soil|airspace|side|hands|lines)\b")
"""What a demonym may stand before: "into South Korean waters"."""


def destination_after(scene: Scene, verb: Span, end: int) -> Span | None:
    """Return the place that a verb of movement leads to: "to X", "in X", "reached X"; None where none is said."""
    match = _PLACE_AFTER.match(scene.text, verb.end, end)
    if match and _is_attribute(scene, match, end):
        match = None  # "gave himself up to Canadian guards at Windsor"
    if match is None:
        match = _PLACE_ABROAD.match(scene.text, verb.end, end)
        if match and match["preposition"] == "a" and not _ABROAD.search(scene.text, verb.start, verb.end):
            match = None
    if match and match["place"].split(" ")[0].lower() in _MONTHS:
        match = None  # "flew in November 2009 to Oslo"
    if match is None and scene.text[verb.start : verb.end].lower().endswith(_DIRECT):
        match = _DIRECT_PLACE.match(scene.text, verb.end, end)
    if match is None:
        later = _LATER_PLACE.finditer(scene.text, verb.end, end)
        match = next(
            (
                m
                for m in later
                if m["place"].split(" ")[0].lower() not in _MONTHS and not _is_attribute(scene, m, end)
            ),
            None,
        )
        if match and (
            match.start("place") - verb.end > (_FAR_IN if match["preposition"] == "in" else _FAR_PLACE)
            or _AWAY_FROM.search(scene.text, verb.end, match.start("place"))
        ):
            return None
    if match is None:
        return None
    span = Span(*match.span("place"))
    words = scene.tokens.between(*span)
    if words and (
        scene.tokens[words.start].lower in _MONTHS or scene.tokens[words.stop - 1].lower in _OCCASIONS
    ):
        return None
    whole = _WATERS.match(scene.text, span.end, end)
    return Span(span.start, whole.end()) if whole else span


_OCCASIONS = frozenset("games cup olympics championship championships festival congress tournament".split())
"""What people defect at and nobody lives in: "defected at the Pan American Games"."""
_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
