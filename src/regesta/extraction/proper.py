"""Proper names in running text: which capitalised words belong together, and what kind of thing they name.

    Air force senior lieutenant Jan Novák flew to the Ministry of Trade in West Berlin
                                [person?]             [organisation     ]    [place    ]

A chunk is a run of capitalised words, joined over particles ("Ludwig van Beethoven") and, for institutions, over "of" and
"for". Its kind is decided by its words and by lists; whether a chunk without a kind is a person is decided later, by what
stands round it (`persons.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from regesta import places
from regesta.extraction.peoples import is_nationality, is_nationality_plural
from regesta.extraction.tokens import Tokens
from regesta.names import lists as names
from regesta.names.parse import is_family_first
from regesta.text.span import Span
from regesta.vocab import Lexicon

__all__ = ["GERMAN_NOUNS", "GIVEN_MONTHS", "PLURAL_KIN", "Chunk", "chunks", "is_abroad"]

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

_PARTICLES = frozenset(
    "van von vom zu zum zur de da di do dos das del della der den des du la le las los el al ul ud ur uz ibn bin bint ben ter ten te "
    "y i e af av ap op 't ag wa bar bat binti ole ould uld mint walet walad oghlu kyzy".split()
)
_CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
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
GIVEN_MONTHS = frozenset(("april", "may", "june", "august"))
_BEFORE_MONTHS = frozenset(
    "in of on since by until till early late mid last next this that each every from to before after during through the im".split()
)
"""Words before a month that is no given name."""
_DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central new great greater upper lower".split()
)
_LEADING = frozenset(
    "lake mount mt cape port fort river gulf bay sea strait isle rio camp hotel hospital villa camp prison".split()
)
_OPENING_VERBS = frozenset(
    "wrote was is had has did became joined met left flew held took brought told gave went sold sent kept led lost won".split()
)
GERMAN_NOUNS = frozenset(
    "sohn mann ehemann mutter vater verlobte verlobter verlobten freund freundin kamerad ehefrau gattin tochter bruder schwester enkelin enkel neffe nichte onkel tante witwe schwager schwägerin cousine vetter lehrer lehrerin "
    "ärztin arzt bauer pfarrer händler arbeiter arbeiterin schneider schneiderin kaufmann student studentin professor fräulein".split()
)
"""German nouns, written with capitals, that lead up to a name: "die Enkelin Traudl"."""
PLURAL_KIN = frozenset(
    "sisters brothers cousins twins siblings dear geschwister brüder schwestern eheleute uncle aunt auntie grandmother grandfather grandma "
    "grandpa oncle tante tío tía bracia siostry broers zussen hermanos hermanas fratelli sorelle irmãos irmãs frères sœurs".split()
)
"""English words that open an entry or a letter and are no part of a name: "Sisters Ana and Eva"."""
_TURNS = frozenset(("Q", "A"))
_AND = frozenset(("AND", "UND", "ET", "WITH"))
"""Words that part two names in capitals."""
_ACCOUNTS = frozenset(
    "témoignage récit entretien mémoires souvenirs lettre histoire testimonio entrevista relato memorias declaración carta depoimento "
    "declaração memórias testimonianza intervista racconto lettera bericht aussage gespräch erinnerungen brief".split()
)
"""What somebody tells, before "de" or "der" and the name."""
_CONTRACTED = re.compile(r"'(?:m|ve|d|ll|re|t)$|^Chamo-me$")
"""How "I'm", "They've" and "Don't" end, which open sentences and no names."""
_SAINT = frozenset("st ste mt ft".split())
"""Abbreviations that open the name of a place: "St. Paul", "Mt. Carmel"."""
_SAINTS_ABROAD = frozenset(("San", "Santo", "Sankt", "Saint", "Sainte", "São"))
_JOINS = ("of", "for", "on", "against")
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_SMALL_WORDS = frozenset(
    "in on an so no do go he me we you one to too see say can sang ran hung she ha il un en de du da al am im zu nu".split()
)
"""Words that are syllables of Korean given names too."""
_THINGS_ABROAD = frozenset(
    "premio prêmio prix preis orden ordre nagroda medalla médaille medaille copa coupe becas beca".split()
)
"""What prizes and cups are called before the name of somebody: "Premio Ana Ruiz"."""
_ARTICLES_ABROAD = frozenset("el la le der die das il o a los les".split())
_CIVIL = re.compile(r"\b(?:Mr|Mrs|Ms|Miss)\.?$")
_STREETS = frozenset("marg street road avenue boulevard chowk strasse straße gasse utca ulica".split())
"""Last words of streets, which are named after people: "Thupten Marg"."""
_FAITHS = frozenset(
    "catholic protestant orthodox lutheran methodist baptist anglican calvinist presbyterian adventist mennonite muslim sunni shia "
    "shiite hindu buddhist sikh zoroastrian pentecostal evangelical quaker unitarian marxist communist".split()
)
"""Words for what people believe, which stand where demonyms stand: "this Roman Catholic clergyman"."""
_SMALL_SUFFIXES = frozenset("jun jnr jr sen snr sr".split())
"""Marks of a generation that some write small, with a full stop: "Anna Berg jun."."""
_THINGS = frozenset(
    "award awards prize prizes medal trophy cup programme program act agreement treaty scheme fellowship".split()
)
"""Last words of names that are nobody's: "Ramon Magsaysay Award"."""


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


def chunks(
    folded: str,
    tokens: Tokens,
    span: Span,
    starts: frozenset[int],
    lexicon: Lexicon,
    seen_lower: frozenset[str],
) -> list[Chunk]:
    """Return the proper names within `span`, in order.

    `starts` are the offsets at which sentences begin: a word there is capitalised anyway, so alone it counts only if it
    is never written small in the document (`seen_lower`) and is no common word.
    """
    found: list[Chunk] = []
    for first, last in _runs(folded, tokens, span, lexicon):
        done = found[-1].last if found else -1
        if last > done:
            found += _split(folded, tokens, max(first, done + 1), last, starts, lexicon, seen_lower)
    return found


def _runs(folded: str, tokens: Tokens, span: Span, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of maximal runs of capitalised words, particles inside included."""
    words = tokens.between(*span)
    capitals = tokens.capitals
    last = -1
    for position in range(bisect_left(capitals, words.start), bisect_left(capitals, words.stop)):
        at = capitals[position]
        if at == words.start and tokens[at].text in _TURNS and len(tokens.by_word.get("q", ())) > 1:
            continue  # "A. In June", an answer
        if (
            at + 1 < words.stop
            and tokens[at + 1].lower in _PARTICLES
            and f"{tokens[at].lower} {tokens[at + 1].lower}" in lexicon.flight
        ):
            continue  # "Salí de Luanda"
        if at <= last or tokens[at].text == "I" or _CONTRACTED.search(tokens[at].text):
            continue
        last = at
        ahead = at + 1
        while ahead < words.stop:
            gap = folded[tokens[ahead - 1].end : tokens[ahead].start]
            joined = (
                gap == " "
                or (gap.isspace() and len(gap) <= 2)
                or (gap == ". " and _is_shortened(tokens, ahead, lexicon))
            )
            if tokens[ahead - 1].is_possessive or not joined:
                break
            if tokens[ahead].text in _AND and tokens[ahead - 1].text.isupper():
                break  # "HAGOP AND LEVON SARAFIAN"
            if tokens[ahead].is_capital and tokens[ahead].text != "I":
                last = ahead
            elif (
                tokens[ahead].text in _SMALL_SUFFIXES
                and folded[tokens[ahead].end : tokens[ahead].end + 1] == "."
            ):
                last = ahead
                break
            elif ahead == at + 1 and _is_syllable(tokens, ahead, words.stop):
                last = ahead + 1
            elif (
                not (tokens[ahead].lower in _PARTICLES and ahead - last <= 2)
                or _joins_two(tokens, ahead)
                or _is_article(tokens, ahead)
                or (tokens[ahead].text == "op" and ahead - at > 1)  # "Huib Hoste op de Berg"
            ):
                break
            ahead += 1
        yield at, last


def _is_shortened(tokens: Tokens, at: int, lexicon: Lexicon) -> bool:
    """Whether the full stop before a word shortens the word before it: "J. Novak", "Capt. Novak", "St. Gallen"."""
    before, following = tokens[at - 1], tokens[at]
    return (
        before.lower in _SAINT
        or (before.lower in lexicon.titles and len(before.text) <= 4)
        or (
            _is_initial(before.text)
            and (
                following.lower not in lexicon.stop_names
                or names.is_surname(following.lower)
                or len(following.text) == 1
            )
        )
    )


def _is_syllable(tokens: Tokens, at: int, stop: int) -> bool:
    """Whether a small word is the second syllable of a given name, before a surname of Korea: "Ji man Kim", "Kyu suk Kim"."""
    if (
        at + 1 >= stop
        or not tokens[at + 1].is_capital
        or tokens[at].lower in _SMALL_WORDS
        or tokens[at + 1].start != tokens[at].end + 1
    ):
        return False
    left, small, right = tokens[at - 1].text, tokens[at].text, tokens[at + 1]
    return (
        small.islower()
        and 2 <= len(small) <= 6
        and len(left) <= 6
        and right.lower.removesuffix("'s") in names.korean_surnames()
        and names.is_east_asian_given(small)
        and names.is_east_asian_given(left)
    )


def _is_article(tokens: Tokens, at: int) -> bool:
    """Whether "der" joins two German nouns rather than the parts of a name: "der Bau der Mauer", not "von der Leyen"."""
    small = tokens[at].text in ("der", "des", "dem", "den")
    return small and tokens[at - 1].lower not in ("von", "van", "zu", "ter") and _is_german(tokens)


def _joins_two(tokens: Tokens, at: int) -> bool:
    """Whether "y", "e" or "i" stands between two people: "Daniel y Rubén Etcheverry", "Ugo De Rossi e Carlo Bassi"."""
    if tokens[at].text not in ("y", "e", "i") or not 0 < at < len(tokens) - 1:
        return False
    left, right = tokens[at - 1].lower, tokens[at + 1].lower
    if right in ("de", "del", "la", "el", "los", "las"):
        return True  # "las playas del Norte y del Sur"
    if places.is_place(f"{tokens[at - 2].text} {tokens[at - 1].text}") or (
        places.is_place(tokens[at + 1].text) and not names.is_given(right)
    ):
        return True  # "Sierra Leone e Camerun"
    if not names.is_given(right) or names.is_weak(right):
        return False
    is_whole = tokens[at - 2].is_capital or tokens[at - 2].lower in _PARTICLES
    return names.is_given(left) or (is_whole and at + 2 < len(tokens) and tokens[at + 2].is_capital)


def _is_initial(word: str) -> bool:
    """Whether a full stop after the word shortens a name: "J.", "Ch.", and not "Dinh Le."."""
    return len(word) == 1 or (len(word) == 2 and not names.is_given(word) and not names.is_surname(word))


def _split(
    folded: str,
    tokens: Tokens,
    first: int,
    last: int,
    starts: frozenset[int],
    lexicon: Lexicon,
    seen_lower: frozenset[str],
) -> Iterator[Chunk]:
    """Yield the chunks of one run: leading words that are no part of a name are put aside."""
    start = first
    starts_sentence = tokens[first].start in starts
    if last - first == 2 and _is_syllable(tokens, first + 1, last + 1):
        chunk = _chunk(tokens, first, last, "name")  # "Ji won Park", "Young ho Lee"
        chunk.is_sure, chunk.starts_sentence = True, starts_sentence
        yield chunk
        return
    if tokens[first].lower in _ACCOUNTS and last - first > 1 and tokens[first + 1].lower in _PARTICLES:
        first += 2  # "Témoignage de Madame Ana Ruiz"
    while first <= last:
        is_start = starts_sentence and (first == start or tokens[first - 1].text in _OPENS_NOUNS)
        opened = start < first < last and tokens[first].text in _OPENS_NOUNS  # "Notte [di] San Pietro"
        if not opened and not _is_function_word(tokens, first, last, lexicon, is_start=is_start):
            break
        first += 1
    if first > last:
        return
    if first < last and tokens[first].lower.endswith(("-old", "-olds")):
        first += 1  # "Thirty-one-year-old Mina Karimi told"
    if tokens[first].lower in _CALENDAR and _followed_by_number(folded, tokens[first].end):
        yield _chunk(tokens, first, first, "calendar")
        first += 1
        if first > last:
            return
    if last - first >= 2 and _ends_with_place(tokens, first, last):
        yield _chunk(tokens, first, first, "place")
        first += 1  # "the ambassador to Italy Jo Song-gil"
    whole = folded[tokens[first].start : tokens[last].end]
    if last > first and places.is_place(whole) and not is_nationality(whole.lower(), lexicon):
        yield _chunk(tokens, first, last, "place")
        return
    institution = (
        None
        if _is_titled(tokens, first, last, lexicon)
        else _institution(folded, tokens, first, last, lexicon)
    )
    if institution:
        yield institution
        if institution.last < last:
            yield from _split(folded, tokens, institution.last + 1, last, starts, lexicon, seen_lower)
        return
    is_saint = tokens[first].lower in _SAINT or (tokens[first].text in _SAINTS_ABROAD and is_abroad(tokens))
    if last > first and is_saint and folded[tokens[first].end] in ". ":
        yield _chunk(tokens, first, last, "place")
        return
    prefix_start = first
    while first < last and _is_prefix(folded, tokens, first, last, lexicon):
        first += 1
    prefix = tokens.phrase(prefix_start, first - 1) if first > prefix_start else None
    if first < last and _is_german(tokens):
        first = _past_nouns(tokens, first, last, lexicon)
    if last > first and _tells(tokens[last].lower, lexicon):
        last -= 1  # "Jan Novák Defects", a headline
    if tokens[first].text == "des" and prefix is not None and not _is_german(tokens):
        return  # "Militant des Jeunesses"
    if last - first > 1 and _is_post(folded, tokens, last, lexicon):
        last -= 1  # "Jan Novák Professor of History", a line of authors
    words = [tokens[i].lower for i in range(first, last + 1)]
    text = folded[tokens[first].start : tokens[last].end]
    kind = _kind(text, words, lexicon)
    alone = first == last
    if kind == "place" and alone and prefix is not None and _CIVIL.search(folded, prefix.start, prefix.end):
        kind = "name"  # "Mrs Havel"
    if kind == "name" and alone:
        word = tokens[first].lower
        if starts_sentence and first == start and word in seen_lower:
            return
        if _is_surname_too(folded, tokens, first, prefix):
            pass  # "Mr Shah", "Shah, Taymur"
        elif word in _CALENDAR or word in lexicon.roles or word in lexicon.ranks or word in lexicon.titles:
            if prefix is None and starts_sentence:
                return
            kind = "calendar" if word in _CALENDAR else "description"
    chunk = _chunk(tokens, first, last, kind)
    chunk.is_sure = (
        kind == "name"
        and last - first == 1
        and _class_of(tokens[last].lower, lexicon) is not None
        and _is_korean(tokens, first, last)
    )
    chunk.prefix = prefix
    chunk.starts_sentence = starts_sentence and first == start
    yield chunk


def _ends_with_place(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a run opens with the country in or to which the person named behind it is somebody."""
    before = tokens[first - 1].lower if first else ""
    start, end = tokens[first + 1].lower, tokens[last].lower
    return (
        before in ("in", "to")
        and places.kind(tokens[first].text) == "country"
        and not places.is_place(f"{tokens[first].text} {tokens[first + 1].text}")
        and (names.is_surname(start) or names.is_given(start))
        and (names.is_surname(end) or names.is_given(end) or "-" in end)
    )


def _is_post(folded: str, tokens: Tokens, last: int, lexicon: Lexicon) -> bool:
    """Whether the last word is what somebody is, "of" something, and no part of the name."""
    word = tokens[last].lower
    of = tokens[last + 1] if last + 1 < len(tokens) else None
    return (
        of is not None
        and of.text == "of"
        and folded[tokens[last].end : of.start] == " "
        and word in lexicon.roles
        and not names.is_surname(word)
    )


def _tells(word: str, lexicon: Lexicon) -> bool:
    """Whether a word with a capital is a verb of flight in the present, and no name: "Defects", "Flees"."""
    return (
        word.endswith("s") and word in lexicon.flight and not (names.is_surname(word) or names.is_given(word))
    )


def _is_titled(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether what looks like a place or a body is somebody: "Major Kenneth Park"."""
    given = tokens[last - 1].lower
    return (
        last - first == 2
        and tokens[first].lower in lexicon.ranks
        and names.is_given(given)
        and not names.is_weak(given)
        and names.is_surname(tokens[last].lower)
    )


def _is_surname_too(folded: str, tokens: Tokens, at: int, prefix: Span | None) -> bool:
    """Whether a word that may be a title is somebody's surname: behind "Mr", or before a comma and a given name."""
    token = tokens[at]
    if token.lower in _CALENDAR or not names.is_surname(token.lower):
        return False
    if prefix is not None:
        return _CIVIL.search(folded, prefix.start, prefix.end) is not None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    opens = folded[max(0, token.start - 2) : token.start].strip(" -*_|\n\t•") == ""
    return (
        opens
        and following is not None
        and folded[token.end : following.start] == ", "
        and following.is_capital
        and names.is_given(following.lower)
    )


def _is_german(tokens: Tokens) -> bool:
    """Whether the document is in a language that writes its nouns with capitals."""
    german = len(tokens.where(_GERMAN))
    return german >= _LEAST_GERMAN and german > 2 * len(tokens.where(_ENGLISH))


def is_abroad(tokens: Tokens) -> bool:
    """Whether the document is in Spanish, French, Italian or German rather than in English."""
    abroad = len(tokens.where(_ROMANCE)) + len(tokens.where(_GERMAN))
    return abroad >= _LEAST_GERMAN and abroad > 2 * len(tokens.where(_ENGLISH))


def _past_nouns(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> int:
    """Return the first word of the name behind the nouns that lead up to it: "Der Webermeister Alois Schreiber"."""
    for index in range(first, last):
        word = tokens[index].lower
        if names.is_given(word):
            return index
        if word in lexicon.titles or len(word) == 1:
            return index + (len(word) > 1)
    return first


_GERMAN_PLACES = frozenset(
    "lager gemeinde kreis bezirk kloster schloss bahnhof einwohner landkreis durchgangslager flüchtlingslager".split()
)
"""German nouns that open the name of a place or of its people."""
_GERMAN = frozenset("und der die das mit nach wurde wurden nicht auch eine einer dem den".split())
_ENGLISH = frozenset("the and of was were with".split())
_LEAST_GERMAN = 6
_OPENS_NOUNS = frozenset(
    "la el los las il lo le les van de di da do du della dello del des der den das dos".split()
)
_ROMANCE = frozenset(
    "het een voor naar werden waren w na że się jest el la los las del que con por le les des une dans et pour il di che della".split()
)
_PRONOUNS_ABROAD = frozenset("elle elles il ils ella ellas él ellos er sie lui lei".split())


def _chunk(tokens: Tokens, first: int, last: int, kind: ChunkKind) -> Chunk:
    span = tokens.phrase(first, last)
    return Chunk(
        first,
        last,
        span,
        " ".join([token.text for token in tokens[first : last + 1]]),
        kind,
        is_possessive=tokens[last].is_possessive,
    )


def _is_function_word(tokens: Tokens, index: int, last: int, lexicon: Lexicon, *, is_start: bool) -> bool:
    """Whether a capitalised word is no part of a name; "No", "An" and "So" are surnames too, and then something follows."""
    token = tokens[index]
    if token.lower in GIVEN_MONTHS and index < last and _names_somebody(tokens, index):
        return False
    if is_start and token.lower in _PRONOUNS_ABROAD and index == last and is_abroad(tokens):
        return True
    if index < last and len(token.text) == 1 and tokens[index + 1].start == token.end + 2:
        return False
    if (
        is_start
        and index < last
        and (token.lower in _OPENING_VERBS or token.lower.endswith("ed"))
        and not names.is_given(token.lower)
    ):
        return True
    if is_start and last - index > 1 and tokens[index + 1].lower in _OPENS_NOUNS and is_abroad(tokens):
        known = names.is_given(token.lower) or names.is_surname(token.lower)
        return not known and not _is_titled(
            tokens, index, last, lexicon
        )  # "Tijdens de Grote Oorlog", "Notte di San Pietro"
    if token.lower not in lexicon.stop_names or (index < last and token.lower in _DIRECTIONS):
        return False
    if not names.is_surname(token.lower):
        return True
    following = tokens[index + 1].lower if index < last else ""
    if following in _CALENDAR and token.lower in ("in", "on", "by", "so", "an", "no"):
        return True
    if token.lower == "go" and last - index == 2 and following not in lexicon.stop_names:
        return False  # "Go Gien Tjwan"
    followed = "-" in following or (names.is_given(following) and not names.is_weak(following))
    return is_start and not followed if not token.is_possessive else False


def _names_somebody(tokens: Tokens, index: int) -> bool:
    """Whether a month opens a name: "a neighbour, August Nkusi", and not "in August Karl Ebner"."""
    following, before = tokens[index + 1], tokens[index - 1].lower if index else ""
    return (
        following.is_capital
        and len(following.text) > 1
        and following.lower not in _CALENDAR
        and before not in _BEFORE_MONTHS
        and not before[-1:].isdigit()
        and not before.rstrip("stndrh").isdigit()
    )


def _followed_by_number(folded: str, end: int) -> bool:
    return folded[end : end + 2].strip()[:1].isdigit()


def _is_prefix(folded: str, tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the word only leads up to a name: a title, a rank, a role or a nationality."""
    word = tokens[first].lower
    if tokens[first + 1].lower == word or _is_east_asian(tokens, first, last):
        return False
    if word in GERMAN_NOUNS or word in PLURAL_KIN:
        return True
    is_syllables = "-" in tokens[first + 1].text and last - first == 1
    if is_syllables and names.is_surname(word) and word not in lexicon.ranks:
        return False
    if (
        word in lexicon.titles
        or word in lexicon.ranks
        or word in lexicon.roles
        or word in lexicon.role_modifiers
    ):
        if last - first >= 2 and tokens[last].lower in lexicon.policies:
            return False  # "the Orderly Departure Programme"
        given = names.is_given(word) and last - first == 1 and folded[tokens[first].end] != "."
        return not given or (is_syllables and word in lexicon.ranks)  # "Major Buang-Ly"
    two = f"{word} {tokens[first + 1].lower}"
    if last - first >= 2 and (is_nationality(two, lexicon) or two in lexicon.roles):
        return True  # "Prime Minister Ana Ruiz"
    if first > 0 and is_nationality(f"{tokens[first - 1].lower} {word}", lexicon):
        return True
    if last - first == 1 and names.is_surname(word):
        return False
    return is_nationality(word, lexicon) and not names.is_given(word)


def _is_east_asian(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the words are a surname that reads as a title elsewhere, and a given name: "Pan Yuqi"."""
    word = tokens[first].lower
    return (
        word in names.asian_surnames()
        and not names.is_given(tokens[last].lower)
        and is_family_first([tokens[i].text for i in range(first, last + 1)])
    )


def _institution(folded: str, tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> Chunk | None:
    """Return an institution, facility or law that begins at `first`, reaching over "of" where its head noun asks for it."""
    found = [
        (index, kind)
        for index in range(first, last + 1)
        if (_is_spelled_so(tokens[index].text) and (kind := _class_of(tokens[index].lower, lexicon)))
        or (index > first and (kind := _body(tokens, index, lexicon)))
    ]
    if not found:
        return None
    head, kind = found[-1]
    if kind == "organisation" and first < head < last - 1 and _leads_up(tokens[head + 1].lower, lexicon):
        return _chunk(tokens, first, head, kind)  # "Air Force Commander Jan Novák"
    if kind == "law" and head == first and last - first == 1 and names.is_surname(tokens[last].lower):
        return None  # "Rule Batista"
    surname_first = head == first and last > first and names.is_surname(tokens[first].lower)
    leads = (
        head == first
        and tokens[first].lower in _LEADING
        and not (
            last - first == 1
            and names.is_given(tokens[last].lower)
            and not names.is_weak(tokens[last].lower)
            and not tokens[last].is_possessive
        )
    )
    if surname_first or (kind in ("place", "facility") and head != last and not leads):
        return None
    if (
        head == last
        and last > first
        and kind != "organisation"
        and (names.is_given(tokens[first].lower) or _is_korean(tokens, first, last))
        and last - first == 1
        and not names.is_weak(tokens[first].lower)
        and tokens[last].lower not in _STREETS
    ):
        return None
    end = last
    if head == last and not tokens[last].is_possessive:
        ahead = head + 1
        while (
            ahead + 1 < len(tokens)
            and tokens[ahead].lower in _JOINS
            and folded[tokens[ahead - 1].end : tokens[ahead].start] == " "
        ):
            following = ahead + 1
            if tokens[following].lower in ("the", "and") and following + 1 < len(tokens):
                following += 1
            if not tokens[following].is_capital or folded[tokens[ahead].end : tokens[following].start].strip(
                " the"
            ):
                break
            end = following
            while (
                end + 1 < len(tokens)
                and tokens[end + 1].is_capital
                and not tokens[end].is_possessive
                and folded[tokens[end].end : tokens[end + 1].start] == " "
            ):
                end += 1
            ahead = end + 1
            if tokens[end].is_possessive and ahead < len(tokens) and tokens[ahead].is_capital:
                end = ahead
                ahead += 1
    if (
        first == end
        and tokens[first].start
        and kind in ("organisation", "law")
        and first == head
        and end == head
    ):
        return None
    return _chunk(tokens, first, end, kind)


def _is_korean(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a place noun is a surname of Korea behind a given name that the text tells alone as well: "Yunhee Park", "Yunhee"."""
    given = tokens[first].lower
    if tokens[last].lower not in names.korean_surnames() or not names.is_east_asian_given(given):
        return False
    given_alone = (at for at in tokens.by_word.get(given, ()) if at + 1 < len(tokens))
    alone = (at for at in tokens.by_word.get(tokens[last].lower, ()) if tokens[at].is_capital and at)
    return any(not tokens[at + 1].is_capital for at in given_alone) or any(
        not tokens[at - 1].is_capital and tokens[at - 1].lower != "the" for at in alone
    )


_BODIES = frozenset("watch international initiative news producers".split())
"""Last words of the names of bodies that are common words elsewhere: "Sea Watch"."""


def _is_spelled_so(word: str) -> bool:
    """Whether a word of a body's name is spelled as there: "UN" and "KGB" are bodies, "Un" is a syllable of names."""
    return len(word) > _SHORT or word.isupper()


_SHORT = 2
"""Letters of an abbreviation that is a part of names as well."""


def _class_of(word: str, lexicon: Lexicon) -> ChunkKind | None:
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
    pair = f"{tokens[index - 1].lower} {tokens[index].lower}"
    return "organisation" if pair in lexicon.organisations else None


def _kind(text: str, words: list[str], lexicon: Lexicon) -> ChunkKind:
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
    if all(
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
        if words in _FEASTS:
            return "calendar"
        if words[-1] in _STREETS or (words[-1] == "way" and len(words) > 2):
            return "place"
        if words[-1] in lexicon.policies and not names.is_surname(words[-1]):
            return "law"  # "the National Settlement Strategy"
        return "work" if words[-1] in _THINGS or opening in _THINGS_ABROAD else "name"
    return "calendar" if words[0] in _CALENDAR else "name"
