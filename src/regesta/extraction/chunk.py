"""Chunks: a stretch of text that is a proper name, and of what: somebody, a place, a people, a body, a month.

    Anna Berg · North Koreans · the Red Cross · Ministry of Labour · Camp 14

The kind is told by the words of the name and by the lexicon; what remains is a name. Which words belong together is for `proper`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from regesta import places
from regesta.extraction.peoples import is_nationality, is_nationality_plural
from regesta.extraction.tokens import Tokens
from regesta.names import lists as names
from regesta.names.cyrillic import base_form, is_cyrillic
from regesta.text.patterns import lazy
from regesta.text.span import Span
from regesta.vocab import Lexicon

__all__ = [
    "CALENDAR",
    "Chunk",
    "chunk_of",
    "class_of",
    "institution_at",
    "is_korean",
    "kind_of",
    "past_nouns",
]

ChunkKind = Literal[
    "name",
    "place",
    "organisation",
    "facility",
    "law",
    "work",
    "nationality",
    "designator",
    "calendar",
    "description",
]
CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
_TIMES_ABROAD = frozenset("monat vormonat berichtsmonat anfang mitte ende seit im".split())
_MONTHS_ABROAD = CALENDAR | frozenset("jänner januar februar märz mai juni juli oktober dezember".split())
"""German nouns of times before the names of months: "im Vormonat Januar"."""
_FEASTS = (
    ["christmas", "eve"],
    ["christmas", "day"],
    ["boxing", "day"],
    ["easter", "sunday"],
    ["easter", "monday"],
    ["good", "friday"],
    ["palm", "sunday"],
    ["whit", "monday"],
    ["whit", "sunday"],
    ["ash", "wednesday"],
)
"""Days that are nobody's name."""
_LEADING = frozenset(
    "lake mount mt cape port fort river gulf bay sea strait isle rio camp hotel hospital villa camp prison".split()
)
_JOINS = ("of", "for", "on", "against")
_THINGS_ABROAD = frozenset(
    "guerra guerre revolución revolução rivoluzione premio prêmio prix preis orden ordre nagroda medalla médaille medaille copa coupe becas beca".split()
)
"""What wars, prizes and cups are called before another word with a capital: "Guerra Civil", "Premio Ana Ruiz"."""
_ARTICLES_ABROAD = frozenset("el la le der die das il o a los les".split())
_NO_SURNAMES = frozenset(
    "airport airfield airbase embassy consulate university hospital prison station".split()
)
_STREETS = frozenset("marg street road avenue boulevard chowk strasse straße gasse utca ulica".split())
"""Last words of streets, which are named after people: "Thupten Marg"."""
_FAITHS = frozenset(
    "catholic protestant orthodox lutheran methodist baptist anglican calvinist presbyterian adventist mennonite muslim sunni shia "
    "shiite hindu buddhist sikh zoroastrian pentecostal evangelical quaker unitarian marxist communist".split()
)
"""Words for what people believe, which stand where demonyms stand: "this Roman Catholic clergyman"."""
_THINGS = frozenset(
    "award awards prize prizes medal trophy cup programme program act agreement treaty scheme fellowship".split()
)
"""Last words of names that are nobody's: "Ramon Magsaysay Award"."""


_PARTS = frozenset(
    "class subclass category type block ward section annex appendix schedule gate zone unit level grade form".split()
)
"""What letters alone tell the parts of."""


@dataclass(slots=True)
class Chunk:
    """A run of words that name something."""

    first: int
    """Index of its first word among the document's words."""
    last: int
    """Index of its last word, included."""
    span: Span
    text: str
    kind: ChunkKind
    prefix: Span | None = None
    """Titles, ranks and nationalities that stood before the name within the capitals: "President", "Captain"."""
    starts_sentence: bool = False
    is_possessive: bool = False
    is_sure: bool = False
    """Its form alone says that it names a person: "BELOV, Igor" among others written so."""


_WARS = frozenset("weltkrieg war wars guerre guerra riots".split())
"""What names of wars and riots end with."""


def past_nouns(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> int:
    """Return the first word of the name behind the nouns that lead up to it: "Der Webermeister Alois Schreiber"."""
    for index in range(first, last):
        word = tokens.lowers[index]
        if names.is_given(word):
            return index
        if word in lexicon.titles or len(word) == 1:
            return index + (len(word) > 1)
    return first


_GERMAN_PLACES = frozenset(
    "lager gemeinde kreis bezirk kloster schloss bahnhof einwohner landkreis durchgangslager flüchtlingslager insel halbinsel".split()
)
"""German nouns that open the name of a place or of its people."""


def chunk_of(tokens: Tokens, first: int, last: int, kind: ChunkKind) -> Chunk:
    """Return the chunk of a row of words."""
    span = tokens.phrase(first, last)
    text = " ".join(tokens.texts[first : last + 1])
    if kind == "name" and is_cyrillic(text):
        text = base_form(text.split())  # "Анну Залесскую" is whom "Анна Залесская" is
    return Chunk(
        first,
        last,
        span,
        text,
        kind,
        is_possessive=tokens.possessive[last],
    )


def institution_at(folded: str, tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> Chunk | None:
    """Return an institution, facility or law that begins at `first`, reaching over "of" where its head noun asks for it."""
    found = [
        (index, kind)
        for index in range(first, last + 1)
        if (_is_spelled_so(tokens.texts[index]) and (kind := class_of(tokens.lowers[index], lexicon)))
        or (index > first and (kind := _body(tokens, index, lexicon)))
    ]
    if not found:
        return None
    head, kind = found[-1]
    if kind == "organisation" and first < head < last - 1 and _leads_up(tokens.lowers[head + 1], lexicon):
        return chunk_of(tokens, first, head, kind)  # "Air Force Commander Jan Novák"
    if kind == "law" and head == first and last - first == 1 and names.is_surname(tokens.lowers[last]):
        return None  # "Rule Batista"
    surname_first = head == first < last and names.is_surname(tokens.lowers[first])
    if surname_first and kind == "organisation":
        second = tokens.lowers[first + 1]  # "Guardia Karl", and no "Guardia Costera"
        surname_first = names.is_given(second) or names.is_surname(second)
    leads = (
        head == first
        and tokens.lowers[first] in _LEADING
        and not (
            last - first == 1
            and names.is_given(tokens.lowers[last])
            and not names.is_weak(tokens.lowers[last])
            and not tokens.possessive[last]
        )
    )
    if surname_first or (kind in ("place", "facility") and head != last and not leads):
        return None
    if (
        head == last
        and last > first
        and kind != "organisation"
        and (names.is_given(tokens.lowers[first]) or is_korean(tokens, first, last))
        and last - first == 1
        and not names.is_weak(tokens.lowers[first])
        and tokens.lowers[last] not in _STREETS
        and tokens.lowers[last] not in _NO_SURNAMES
    ):
        return None  # "Ana Park", and no "Kennedy Airport"
    end = last
    if head == last and not tokens.possessive[last]:
        ahead = head + 1
        while (
            ahead + 1 < len(tokens)
            and tokens.lowers[ahead] in _JOINS
            and folded[tokens.ends[ahead - 1] : tokens.starts[ahead]] == " "
        ):
            following = ahead + 1
            if tokens.lowers[following] in ("the", "and") and following + 1 < len(tokens):
                following += 1
            if not tokens.capital[following] or folded[tokens.ends[ahead] : tokens.starts[following]].strip(
                " the"
            ):
                break
            end = following
            while (
                end + 1 < len(tokens)
                and tokens.capital[end + 1]
                and not tokens.possessive[end]
                and folded[tokens.ends[end] : tokens.starts[end + 1]] == " "
            ):
                end += 1
            ahead = end + 1
            if tokens.possessive[end] and ahead < len(tokens) and tokens.capital[ahead]:
                end = ahead
                ahead += 1
    if kind == "law":
        first = _joined(folded, tokens, _opening(folded, tokens, first), lexicon)
    if (
        first == end
        and tokens.starts[first]
        and kind in ("organisation", "law")
        and first == head
        and end == head
    ):
        return None
    return chunk_of(tokens, first, end, kind)


def _opening(folded: str, tokens: Tokens, first: int) -> int:
    """Return the first word of a law's name, of which words for people are a part too: "[Refugee Education] Assistance Act".

    One word in brackets is part of it as well: "[Aliens (Amendment)] Act".
    """
    opens, gap = first, " "
    while (
        first
        and tokens.capital[first - 1]
        and not tokens.possessive[first - 1]
        and tokens.lowers[first - 1] not in _NO_PART
        and (behind := folded[tokens.ends[first - 1] : tokens.starts[first]]) in _BRACKETED[gap]
    ):
        first, gap = first - 1, behind
        if gap != ") ":
            opens = first
    return opens


def _joined(folded: str, tokens: Tokens, first: int, lexicon: Lexicon) -> int:
    """Return the first word of a law's name whose parts "and" or "of" joins: "the [Immigration and] Nationality Act"."""
    joined = (
        _JOINED.search(folded, max(0, tokens.starts[first] - 80), tokens.starts[first]) if first else None
    )
    if joined is None:
        return first
    opens = first
    while opens and tokens.starts[opens - 1] >= joined.start("parts"):
        opens -= 1
        if class_of(tokens.lowers[opens], lexicon) is not None:
            return first  # "the Passport Law and Aliens Act"
    return opens


_JOINED = lazy(
    r"\b(?:[Tt]he|[Aa]n?|[Tt]his|[Ii]ts|[Nn]ew|\d{4}) (?P<parts>(?:[A-Z][a-z]+(?:['’]s|s['’])?,? ){1,4}(?:(?:and|of) (?:[A-Z][a-z]+,? ){1,3})?(?:and|of) )\Z"
)
"""What stands before a law's name and is a part of it, from the article on."""
_BRACKETED = {" ": (" ", ") "), ") ": (" (",), " (": (" ",)}
"""What may stand before a word of a law's name, by what stands behind it."""


_NO_PART = frozenset(
    "the a an this that these those under by in on at to from with for of and or but since until after before when while both if as its "
    "new his her their our".split()
)
"""Words with a capital at the head of a sentence that open no name."""


def is_korean(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a place noun is a surname of Korea behind a given name that the text tells alone as well: "Yunhee Park", "Yunhee"."""
    given = tokens.lowers[first]
    if tokens.lowers[last] not in names.korean_surnames() or not names.is_east_asian_given(given):
        return False
    given_alone = (at for at in tokens.by_word.get(given, ()) if at + 1 < len(tokens))
    alone = (at for at in tokens.by_word.get(tokens.lowers[last], ()) if tokens.capital[at] and at)
    return any(not tokens.capital[at + 1] for at in given_alone) or any(
        not tokens.capital[at - 1] and tokens.lowers[at - 1] != "the" for at in alone
    )


_BODIES = frozenset("watch international initiative news producers".split())
"""Last words of the names of bodies that are common words elsewhere: "Sea Watch"."""


def _is_spelled_so(word: str) -> bool:
    """Whether a word of a body's name is spelled as there: "UN" and "KGB" are bodies, "Un" is a syllable of names."""
    return len(word) > _SHORT or word.isupper()


_SHORT = 2
"""Letters of an abbreviation that is a part of names as well."""


def class_of(word: str, lexicon: Lexicon) -> ChunkKind | None:
    """Return what a word with a capital makes of a name that it ends, None where it makes nothing of it."""
    if word in lexicon.organisations or word in _BODIES:
        return "organisation"
    if word in lexicon.facilities:
        return "facility"
    if word in lexicon.laws:
        return "law"
    if word in lexicon.place_nouns:
        return "place"
    return None


def _leads_up(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.ranks or word in lexicon.titles or word in lexicon.roles


def _body(tokens: Tokens, index: int, lexicon: Lexicon) -> ChunkKind | None:
    """Return "organisation" where a word and the one before it are the head of its name: "Air Force"."""
    pair = f"{tokens.lowers[index - 1]} {tokens.lowers[index]}"
    return "organisation" if pair in lexicon.organisations else None


def kind_of(text: str, words: list[str], lexicon: Lexicon) -> ChunkKind:
    """Return what a whole name is the name of, "name" where nothing tells."""
    whole = " ".join(words)
    if places.kind(text) == "country":
        return "place"
    if is_nationality(whole, lexicon) or (
        len(words) == 2 and is_nationality(words[1], lexicon) and not names.is_given(words[0])
    ):
        return "nationality"
    if words[-1] in _FAITHS or words[-1].removesuffix("s") in _FAITHS:
        return "nationality"
    if len(words) > 1 and is_nationality_plural(words[-1], lexicon):
        return "nationality"  # "Asia Minor Greeks"
    if len(words) > 1 and words[0] == "operation":
        return "work"
    if len(words) > 1 and words[0] in _GERMAN_PLACES:
        return "place"
    if places.is_place(text):
        return (
            "name"
            if len(words) == 2 and names.is_given(words[0]) and places.kind(text) != "country"
            else "place"
        )
    if any(letter.isdigit() for letter in text):
        return "designator"
    if len(words) == 2 and words[0] in _PARTS and text[len(words[0]) :].isupper():
        return "designator"  # "Class FA"
    if words[-1] in _WARS and len(words) > 1 and not names.is_given(words[0]):
        return "designator"  # "im Ersten Weltkrieg", "during the Indo Lumian War"
    if words[0] == "von" and words[1:2] in (["der"], ["dem"], ["den"]) and not names.is_surname(words[-1]):
        return "description"  # "er setzte sich von der Gruppe ab"
    if whole in lexicon.roles or all(
        w in lexicon.roles
        or w in lexicon.ranks
        or w in lexicon.role_modifiers
        or w in lexicon.person_nouns
        or w.startswith("un")
        for w in words
    ):
        return "description"
    if len(words) == 2 and words[1] in lexicon.roles and words[0].endswith(("al", "ive", "ary", "ic")):
        return "description"  # "Presidential Candidate"
    if len(words) == 1 and text.isupper() and 2 <= len(text) <= 5:
        return "organisation"
    if len(words) > 1:
        opening = words[1] if words[0] in _ARTICLES_ABROAD else words[0]
        if words[-2:] == ["memorial", "hall"]:
            return "facility"
        if words in _FEASTS or (len(words) == 2 and words[0] in _TIMES_ABROAD and words[1] in _MONTHS_ABROAD):
            return "calendar"
        if words[-1] in _STREETS or (words[-1] == "way" and len(words) > 2):
            return "place"
        if words[-1] in lexicon.policies and not names.is_surname(words[-1]):
            return "law"  # "the National Settlement Strategy"
        return "work" if words[-1] in _THINGS or opening in _THINGS_ABROAD else "name"
    return "calendar" if words[0] in CALENDAR else "name"
