"""Which proper names are people: signs for and against, added up.

    "captain Jan Novák (age 21) fled"     rank before +2, age after +2, given name +2, verb after +1  -> a person
    "in Jan Mayen"                        a place is asked for: -2                                    -> not

The weights were set by reading, on the project's own corpus; a chunk of two or more words needs 2, a single word needs 4,
because a bare surname is usually somebody who was named before (`who.py` looks for that first).
"""

from __future__ import annotations

import re

from regesta import places
from regesta.extraction.chunk import Chunk, class_of
from regesta.extraction.described import head_class
from regesta.extraction.name_runs import is_abroad, is_german
from regesta.extraction.openings import GERMAN_NOUNS
from regesta.extraction.peoples import is_nationality
from regesta.extraction.proper import PLURAL_KIN
from regesta.extraction.tokens import Tokens
from regesta.names import lists as names
from regesta.text.span import Span
from regesta.vocab import Lexicon

__all__ = [
    "evidence_for_person",
    "is_called_so",
    "is_creed",
    "is_doing",
    "is_glossed",
    "is_of_a_people",
    "is_person",
]

_AGE_AFTER = re.compile(
    r"\s*[,(]\s*(?:then\s+)?(?:age[d]?\s+)?(?:\d{1,2}|(?:twenty|thirty|forty|fifty|sixty|seventy)(?:-\w+)?|\w{3,5}teen|eleven|twelve)(?:\s*years?\s*old)?\s*(?:[,);]|\.(?!\d)|\s{2}|$|\b(?:was|were|had|who|fled|came|escaped)\b)|\s*\(\s*(?:born|b\.|c\.|died|d\.|\?|\d{1,2}\s\w+\s)?[^)]{0,12}1[5-9]\d\d[^)]{0,24}\)"
    r"|\s*[,(]\s*(?:who was |himself |herself )?(?:born|b\.)\s(?:(?:in|on|at|around|about|c\.)\s)?[^,;()\n]{0,40}?\b(?:1[5-9]|20)\d\d\b"
    r"|\s*[,(]\s*(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven) (?:months|weeks|days|years) old\b"
    r"|\s*[,(]\s*(?:née|born) [A-Z]|, (?:himself |herself )?a native of [A-Z]"
)
_WORK_BEFORE = re.compile(r" \((?:1[5-9]|20)\d\d\)(?:,| and) $")
"""The year of a work before the next one: "Salt (1968), [Air Detective] (1969)"."""
_OTHER_SCRIPT = re.compile(
    r"\s*[(（]?(?:[A-Z][a-z]+: )?[\u0370-\u05ff\u0600-\u06ff\u0900-\u0eff\u10a0-\u10ff\u1200-\u137f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}"
)
_CRAFT = re.compile(r", (?:an?|the) (?P<what>(?:[a-z-]+ ){0,2}[a-z-]+)[,.;]")
_OF_SHIPS = re.compile(
    r"(?:,[^,.]{1,40},)? (?:ran aground|docked|sank|capsized|foundered|was (?:towed|scuttled|torpedoed)|put to sea)\b"
)
_NAMED_BEFORE = frozenset(
    "camp camps prison settlement centre center barracks hostel news agency radio television airport airfield hospital movement campaign newspaper magazine laureate laureates prize award "
    "medal player striker goalkeeper jet airliner plane railway film studio studios".split()
)
"""What its own name stands before, or that of a club, a paper, a prize."""
_WHO = re.compile(r", (?:who|whose|whom|qui|quien|dont|cuyo|cuya) \w")
_PLACE_BEFORE = frozenset(
    "in at near via into through from around outside toward towards across em nach à naar в во из на через под у до від із".split()
)
_PLACE_BEFORE_ABROAD = frozenset("au aux en dans im no na em nel nella al".split())
_TO_BEFORE = frozenset("to of".split())
_LEFT_BEHIND = frozenset("left leaving departed reached reaching entered entering".split())
"""Verbs with a place as their object, where a date or a way follows: "left Mirna Dol on 3 May"."""
_OF_JOURNEYS = frozenset("on for aboard by via".split())
_OPENS_PLACES = frozenset(
    "santa puerto porto ciudad bahía baía playa praia cerro villa vila la los las".split()
)
"""Words that open names of places and are no given names; a person called so has an age or a title beside the name."""
_OF_LETTERS = re.compile(r"(?<![^\W_])[A-Z]\.$")
"""What makes an initial the end of an abbreviation: "the U.[S. Coast Guard]"."""
_SAID = frozenset(
    "said says told wrote was is had has who whose did became joined worked served studied married lived died testified settled "
    "would could received published founded opened runs won born grew began played spent returned tried managed decided".split()
)
_SAID_ABROAD = frozenset(
    "a avait est était fut naquit vit vivait vient dit raconte explique quitte quitta arrive arriva fuit devint grandit "
    "tenía tiene era es fue nació vive vivía dijo dice contó cuenta relató reveló llegó huyó salió creció "
    "war ist hat hatte wurde lebt lebte sagt sagte erzählt erzählte berichtet floh kam ging wuchs "
    "tinha tem é foi nasceu vivia disse conta contou chegou fugiu saiu ha aveva è nacque viveva racconta arrivò fuggì".split()
)
"""The same in Romance languages and German, read only where the text is in one of them."""
_NAMING = frozenset("named called alias surnamed".split())
_SYLLABLES = re.compile(r"[A-Z][a-zŏŭ'’]+-[a-zŏŭ'’]+$|[A-Z][a-zŏŭ'’]+-[A-Z][a-zŏŭ'’]+$")
_CLUB = re.compile(r"[B-DF-HJ-NP-TV-XZČĎŇŘŠŤŽŁŚŹĆŃÇĞŞ]{3,4}")
"""Capitals without a vowel, which shorten what a club or an office is called."""
_INITIAL = re.compile(r"^[A-ZА-ЯІЇЄ]$")
_PARTICLES = frozenset("van von de da del della der den bin ibn bint al el ter ten dos du".split())


_GLOSS_AFTER = re.compile(r"[*_'\"]{0,3} ?\(\"[a-z]")
_SERVING = frozenset(
    "colonel lieutenant captain sergeant corporal marshal admiral brigadier commander inspector lt sgt capt col cpl adm ambassador senator mayor consul judge pastor sister imam rabbi mme madame herr frau señora señor signora monsieur".split()
)
"""Ranks and titles that open the names of few things."""
_TITLED_SO = frozenset((' "', " *", " _", ' *"'))
"""What stands between what a work is and its title."""
_PRAISED = frozenset("best outstanding favourite favorite greatest most".split())
"""Words that open what is won; the one that is a surname too stands alone, or last."""
_OFFICES = frozenset("lama rinpoche tulku mufti".split())
"""Last words of what people are called by their office alone, though "the" stands before it: "the 14th Dalai Lama"."""
_CIVIL = frozenset("mr mrs ms miss mister".split())
"""Forms of address before which a name is always somebody's."""
_BANDS = frozenset(
    "band troupe team ensemble orchestra choir quartet club company ballet circus squad".split()
)
"""Groups whose name stands right behind them."""


def is_person(folded: str, tokens: Tokens, chunk: Chunk, lexicon: Lexicon, *, is_head: bool) -> bool:
    """Return whether the signs say that the chunk names a person; `is_head`: it opens a list item or a name column."""
    if (
        chunk.kind == "place"
        and is_head
        and chunk.last > chunk.first
        and names.is_given(tokens.lowers[chunk.first])
        and places.kind(chunk.text) != "country"
    ):
        return evidence_for_person(folded, tokens, chunk, lexicon, is_head=is_head) >= 4
    if chunk.kind == "place" and chunk.last == chunk.first and names.is_given(chunk.text):
        before = tokens.lowers[chunk.first - 1] if chunk.first else ""
        return before in lexicon.kin and folded[tokens.ends[chunk.first - 1] : chunk.span.start] == " "
    if chunk.kind != "name" or _is_of_matter(tokens, chunk) or is_creed(folded, tokens, chunk):
        return False
    if chunk.is_sure or (chunk.last > chunk.first and tokens.lowers[chunk.last] in _OFFICES):
        return True
    if chunk.prefix and chunk.last == chunk.first:
        nouns = tokens.between(*chunk.prefix)
        noun = tokens.lowers[nouns[-1]]
        opens = nouns[0] and folded[tokens.ends[nouns[0] - 1] : chunk.prefix.start].rstrip()[-1:] in (
            ";",
            ",",
            ".",
        )
        if opens and is_german(tokens) and not names.is_given(tokens.lowers[chunk.first]):
            return False  # "geb. in Graz; Vater Schmied, Mutter Bäuerin"
        if noun in GERMAN_NOUNS or (noun in lexicon.kin and noun not in lexicon.titles):
            return True  # "die Enkelin Traudl"
    if chunk.last > chunk.first and tokens[chunk.first].lower in _PRAISED and not chunk.prefix:
        return False  # "Best Supporting Actress", "Outstanding Screen Partnership"
    if is_glossed(folded, chunk) or _OF_LETTERS.search(
        folded, max(0, chunk.span.start - 3), chunk.span.start
    ):
        return False
    if chunk.last == chunk.first + 1 and is_doing(tokens.lowers[chunk.first], tokens.lowers[chunk.last]):
        return False  # "Looking Back: ..."
    if chunk.last == chunk.first and is_of_a_people(folded, tokens, chunk, lexicon):
        return False  # "the Khmer Krom"
    if chunk.last == chunk.first and tokens.lowers[chunk.first] in lexicon.flight_nouns:
        return False  # "1978: Arrival of the first boats"
    opening, _, behind = chunk.text.partition(" ")
    leads = opening.lower() in _PLACE_BEFORE or opening.lower() in _PLACE_BEFORE_ABROAD
    if behind and leads and places.is_place(behind):
        return False  # "In Hong Kong the boats were let in", not one of the name of In
    if (
        chunk.text.startswith("In ")
        and chunk.starts_sentence
        and folded[chunk.span.end : chunk.span.end + 1] == ","
    ):
        return False  # "In Khao Dang, guards beat him"
    word = tokens.lowers[chunk.first]
    known = names.is_given(word) and not names.is_weak(word) and not places.is_place(chunk.text)
    is_syllables = chunk.prefix is not None and bool(_SYLLABLES.match(tokens.texts[chunk.first]))
    need = 2 if chunk.last > chunk.first or is_syllables else 3 if known else 4
    return evidence_for_person(folded, tokens, chunk, lexicon, is_head=is_head) >= need


def is_creed(folded: str, tokens: Tokens, chunk: Chunk) -> bool:
    """Return whether a word that is a name too says what somebody believes: "a deeply religious Christian"."""
    return (
        chunk.last == chunk.first
        and tokens.lowers[chunk.first] in _CREEDS
        and _ONE_WHO.search(folded, max(0, chunk.span.start - 40), chunk.span.start) is not None
    )


def is_doing(first: str, second: str) -> bool:
    """Return whether two words open what is a title: "Looking Back", "Crossing Over", not "Blessing Moyo"."""
    return first.endswith("ing") and second in _WHERETO


_WHERETO = frozenset(
    "back over out up down away through home forward ahead across off around together apart".split()
)


def is_of_a_people(folded: str, tokens: Tokens, chunk: Chunk, lexicon: Lexicon) -> bool:
    """Return whether a word that is no known name tells which of a people: "the Khmer Krom", not "the Korean Choe"."""
    word, people = tokens.lowers[chunk.first], chunk.first - 1
    return (
        people >= 0
        and tokens.capital[people]
        and folded[tokens.ends[people] : tokens.starts[chunk.first]] == " "
        and folded.endswith(("the ", "The "), 0, tokens.starts[people])
        and is_nationality(tokens.lowers[people], lexicon)
        and not (names.is_given(word) or names.is_surname(word))
    )


_CREEDS = frozenset(
    "christian muslim jew catholic protestant buddhist hindu sikh baptist quaker copt".split()
)
_ONE_WHO = re.compile(r"\b(?:an?|the|as|another) (?:[a-z-]+ ){0,3}$")


def is_called_so(tokens: Tokens, chunk: Chunk, lexicon: Lexicon) -> bool:
    """Return whether the name is what a body or a thing is called: "a nonprofit called Open Arms"."""
    if chunk.first < 2 or tokens.lowers[chunk.first - 1] not in _NAMING:
        return False
    thing, naming = tokens[chunk.first - 2], tokens[chunk.first - 1]
    if thing.is_capital or naming.start - thing.end != 1:
        return False  # "a mother in New Castle, named Ana"
    word = thing.lower
    return word in _THINGS_CALLED or class_of(word, lexicon) is not None or word in lexicon.vehicles


def _is_house_called(folded: str, name: Span) -> bool:
    """Return whether a sentence speaks of a house or an agency by its name, and of nobody in it: "The hostel Nova Domo was built"."""
    return (
        _GOES_ON.match(folded, name.end) is not None
        and _HOUSE.search(folded, max(0, name.start - _REACH), name.start) is not None
    )


_REACH = 48
_HOUSE = re.compile(
    r"(?:^|[.,;:\n] ?|  )(?:The|the|An?|an?) (?:[a-z-]+ ){0,2}(?:cent(?:re|er)|camp|hostel|agency|shelter|organi[sz]ation|charity|school|prison) $"
)
_GOES_ON = re.compile(
    r" (?:was (?:founded|opened|built|set|closed|established)|opened|closed|held|houses?|(?:in|near|at) [A-Z]\w*)\b"
)
_THINGS_CALLED = frozenset(
    "nonprofit charity operation company group band ngo club magazine newspaper book film song programme program project scheme".split()
)


def _is_of_matter(tokens: Tokens, chunk: Chunk) -> bool:
    """Return whether the last words of a title in capitals tell that nobody is named: "Arrivals In Australia", "Cash Assistance"."""
    if tokens.lowers[chunk.last] in _MATTERS:
        return True
    if any(tokens.texts[i] in _WITHIN_TITLES for i in range(chunk.first + 1, chunk.last)):
        return True
    three = chunk.last - chunk.first >= _BEHIND_TWO
    return three and tokens.texts[chunk.last - 1] in _LEADING_TO and places.is_place(tokens.texts[chunk.last])


def _is_matter(word: str, first: str) -> bool:
    """Whether the last word at the head of an entry is what English calls matters by: "Closure (1991): ...", "Peak Population"."""
    return (
        len(word) >= _LONG
        and word.endswith(_OF_MATTERS)
        and not (names.is_surname(word) or (names.is_given(first) and not names.is_weak(first)))
    )


_OF_MATTERS = (
    "tion",
    "sion",
    "ment",
    "ness",
    "ism",
    "sure",
    "ture",
    "ility",
    "ality",
    "ance",
    "ence",
    "tics",
    "acy",
)
_LONG = 6
_MATTERS = frozenset(
    "assistance eligibility benefits statistics admissions resettlement immigration pdf flight flights airlines airways island islands "
    "olympic olympics national management uprising revolution rebellion revolt massacre crackdown".split()
)
_LEADING_TO = frozenset(("In", "Of", "From", "To", "For"))
_WITHIN_TITLES = frozenset(("In", "Of", "From", "To", "For", "With", "Into", "And"))
"""Small words that titles write with a capital: "Swum To Freedom"."""
_BEHIND_TWO = 2


def is_glossed(folded: str, chunk: Chunk) -> bool:
    """Return whether a single name is a word that is explained: 'called Zonenflüchtlinge ("refugees from the zone")'."""
    return chunk.last == chunk.first and _GLOSS_AFTER.match(folded, chunk.span.end) is not None


def evidence_for_person(folded: str, tokens: Tokens, chunk: Chunk, lexicon: Lexicon, *, is_head: bool) -> int:
    """Return the sum of the signs for (positive) and against (negative) a person's name."""
    words = tokens.lowers[chunk.first : chunk.last + 1]
    spaced = folded[max(0, chunk.span.start - 1) : chunk.span.start] != "." and not (
        chunk.first
        and folded[tokens.ends[chunk.first - 1] : chunk.span.start] == ". "
        and len(tokens.texts[chunk.first - 1]) == 1
    )
    score = _shape(words, tokens.texts[chunk.first : chunk.last + 1], is_spaced=spaced)
    before = tokens[chunk.first - 1] if chunk.first else None
    gap = folded[before.end : chunk.span.start] if before else ""
    near = before is not None and len(gap.strip(" *_\n")) == 0 and len(gap) <= 4
    lead, space = before, gap
    if before and gap == ' "' and folded[chunk.span.end : chunk.span.end + 1] == '"' and before.is_capital:
        score -= 4 * (
            len(words) > 1 and (head_class(before.lower, lexicon) or ("group",))[0] == "group"
        )  # 'Regiment "Jan Kos"'
    if chunk.prefix:
        titles = tokens.between(*chunk.prefix)
        prefix = [tokens.lowers[i] for i in titles]
        lead = tokens[titles[0] - 1] if titles[0] else None
        serving = prefix[-1] in _SERVING and not words[-1].endswith("s")
        score += 2 * (prefix[-1] in _CIVIL or (serving and not (lead and lead.lower == "the")))
        space = folded[lead.end : chunk.prefix.start] if lead else ""
        if lead and space in (" ", ' "') and lead.text in lexicon.vehicles:
            score -= 6  # "the destroyer Marshal Ustinov"
        score += (
            2
            if any(
                w in lexicon.titles
                or w in lexicon.ranks
                or w in lexicon.roles
                or w in PLURAL_KIN
                or w in GERMAN_NOUNS
                for w in prefix
            )
            else 0
        )
    elif near and before:
        known = head_class(before.lower, lexicon)
        describes = known is not None and known[0] != "group"
        if known is not None and before.lower in _BANDS:
            score -= 3  # "eleven musicians of the band Son Mayor"
        titled = before.lower.removeprefix("then-") in lexicon.titles
        if is_called_so(tokens, chunk, lexicon):
            score -= 4
        elif gap == " " and _is_house_called(folded, chunk.span):
            score -= 4  # "the training centre Nova Domo was founded"
        elif describes or titled or before.lower in _NAMING:
            score += 2
        elif before.lower == "late" and chunk.first > 1 and tokens.lowers[chunk.first - 2] == "the":
            score += 3
        elif len(words) > 1 and before.lower.endswith(("-year-old", "-jährige", "-jähriger", "-jährigen")):
            score += 2
        elif before.lower in _PLACE_BEFORE:
            score -= 2
        elif before.lower in _TO_BEFORE:
            score -= 1 if len(words) > 1 else 2
        elif (
            before.lower in ("the", "an")
            or (before.lower == "a" and not is_abroad(tokens))
            or before.lower in lexicon.vehicles
        ):
            score -= 3  # "a Ford Sierra", "the freighter Huey Fong"
    elif before and gap.strip() == "," and (known := head_class(before.lower, lexicon)):
        score += 2 if known[0] != "group" else -3
    if (
        lead
        and space in (*_TITLED_SO, ", ")
        and lead.lower in lexicon.works
        and (space != ", " or chunk.prefix)
    ):
        score -= 6  # 'the film "Sông Dài"'
    after = folded[chunk.span.end : chunk.span.end + 60]
    is_of_works = after.startswith(" (") and _WORK_BEFORE.search(
        folded, max(0, chunk.span.start - 12), chunk.span.start
    )
    if not is_of_works and (_AGE_AFTER.match(after.lstrip('*_†"')) or _OTHER_SCRIPT.match(after)):
        score += 2
    if _WHO.match(after) and (len(words) > 1 or names.is_given(words[0])):
        score += 1
    following = tokens[chunk.last + 1] if chunk.last + 1 < len(tokens) else None
    if (
        following
        and folded[chunk.span.end : following.start] in (" ", ", ")
        and (
            following.lower in _SAID
            or lexicon.flight.get(following.lower)
            or (following.lower in _SAID_ABROAD and is_abroad(tokens))
        )
    ):
        score += 1
    if _OF_SHIPS.match(after):
        score -= 2
    if craft := _CRAFT.match(after):
        what = craft["what"].split()
        if what[-1] in _THINGS_CALLED or not lexicon.vehicles.isdisjoint(what):
            score -= 6  # "Miss Macao, a seaplane, was hijacked"
    if following and folded[chunk.span.end : following.start] == " " and following.lower in _NAMED_BEFORE:
        score -= 4  # "Nasir Bagh camp in Peshawar"
    if near and before and following and before.lower in _LEFT_BEHIND and following.lower in _OF_JOURNEYS:
        score -= 3
    if len(words) > 1 and (
        words[0] in _OPENS_PLACES
        or (
            words[0] in ("san", "são")
            and names.is_given(words[1])
            and not names.is_east_asian_given(words[1])
        )
    ):
        score -= 2
    quoted = folded[max(0, chunk.span.start - 1) : chunk.span.start] in ('"', "'")
    if is_head and quoted and folded[chunk.span.end : chunk.span.end + 1] in ('"', "'"):
        score -= 5  # '"Le Corsaire" (with others)'
    elif is_head and not (is_german(tokens) and score < 1) and not _is_matter(words[-1], words[0]):
        score += 2
        described = following and folded[chunk.span.end : following.start].lstrip("*_†") == ", "
        if described and following and not following.is_capital and head_class(following.lower, lexicon):
            score += 1 + (folded[following.end : following.end + 2] == ", ")
    if len(words) > 4:
        score -= 2
    return score


def _shape(words_lower: list[str], words: list[str], *, is_spaced: bool) -> int:
    """Signs within the name itself; `is_spaced`: an initial at its start is none of "U.S."."""
    score = 0
    given = [w for w in words_lower if names.is_given(w)]
    strong = [w for w in given if not names.is_weak(w)]
    if len(words) > 1:
        score += 2 if strong else 1 if given else 0
        if names.is_surname(words_lower[-1]) or names.is_surname(words_lower[0]):
            score += 1
    else:
        score += 2 if strong else 1 if names.is_surname(words_lower[0]) else 0
    if any(_SYLLABLES.match(w) for w in words[1:]) and names.is_surname(words_lower[0]):
        score += 2
    if any(_INITIAL.match(w) for w in words[:-1]) and len(words) > 1:
        score += (
            2
            if is_spaced and _INITIAL.match(words[0]) and len(words[-1]) > 3 and not words[-1].isupper()
            else 1
        )
    if any(w in _PARTICLES for w in words_lower[1:-1]):
        score += 1
    if len(words) > 1 and _CLUB.fullmatch(words[0]) and not words[-1].isupper():
        score -= 3  # "BFC Dynamo"
    if any(places.is_place(w) for w in words if len(w) > 3) and not strong:
        score -= 1
    return score


def head_span(folded: str, span: Span) -> Span:
    """Return `span` without what may stand before the first word of an entry: quotes, dashes, brackets."""
    return span.strip(folded, " \"'–-—:*•([")
