"""Proper names in running text: which capitalised words belong together, and what kind of thing they name.

    Air force senior lieutenant Jan Novák flew to the Ministry of Trade in West Berlin
                                [person?]             [organisation     ]    [place    ]

A chunk is a run of capitalised words, joined over particles ("Ludwig van Beethoven") and, for institutions, over "of" and
"for". Its kind is decided by its words and by lists; whether a chunk without a kind is a person is decided later, by what
stands round it (`persons.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from regesta import places
from regesta.extraction.chunk import (
    CALENDAR,
    Chunk,
    chunk_of,
    class_of,
    institution_at,
    is_korean,
    kind_of,
    past_nouns,
)
from regesta.extraction.name_runs import (
    PARTICLES,
    SAINT,
    is_abroad,
    is_german,
    is_syllable,
    only_opens,
    opens_body,
    runs,
)
from regesta.extraction.peoples import is_nationality
from regesta.extraction.tokens import Tokens
from regesta.names import lists as names
from regesta.names.cyrillic import is_cyrillic
from regesta.names.parse import is_family_first
from regesta.text.span import Span
from regesta.vocab import Lexicon

__all__ = ["GERMAN_NOUNS", "GIVEN_MONTHS", "PLURAL_KIN", "chunks"]


GIVEN_MONTHS = frozenset(("april", "may", "june", "august"))
_BEFORE_MONTHS = frozenset(
    "in of on since by until till early late mid last next this that each every from to before after during through the im".split()
)
"""Words before a month that is no given name."""
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central new great greater upper lower".split()
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
_ACCOUNTS = frozenset(
    "témoignage récit entretien mémoires souvenirs lettre histoire testimonio entrevista relato memorias declaración carta depoimento "
    "declaração memórias testimonianza intervista racconto lettera bericht aussage gespräch erinnerungen brief".split()
)
"""What somebody tells, before "de" or "der" and the name."""
_SAINTS_ABROAD = frozenset(("San", "Santo", "Sankt", "Saint", "Sainte", "São"))
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_CIVIL = re.compile(r"\b(?:Mr|Mrs|Ms|Miss)\.?$")


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
    for first, last in runs(folded, tokens, span, lexicon):
        done = found[-1].last if found else -1
        if last > done and not (first == last and _is_no_name(tokens.small(first), lexicon)):
            found += _split(folded, tokens, max(first, done + 1), last, starts, lexicon, seen_lower)
    return found


def _is_no_name(word: str, lexicon: Lexicon) -> bool:
    """Whether a word that stands alone is no name, as most that open a sentence."""
    return word in lexicon.stop_names and not names.is_surname(word)


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
    if last - first == 2 and is_syllable(tokens, first + 1, last + 1):
        chunk = chunk_of(tokens, first, last, "name")  # "Ji won Park", "Young ho Lee"
        chunk.is_sure, chunk.starts_sentence = True, starts_sentence
        yield chunk
        return
    if tokens[first].lower in _ACCOUNTS and last - first > 1 and tokens[first + 1].lower in PARTICLES:
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
    if tokens[first].lower in CALENDAR and _followed_by_number(folded, tokens[first].end):
        yield chunk_of(tokens, first, first, "calendar")
        first += 1
        if first > last:
            return
    if last - first >= 2 and _ends_with_place(tokens, first, last):
        yield chunk_of(tokens, first, first, "place")
        first += 1  # "the ambassador to Italy Jo Song-gil"
    if (
        last > first
        and tokens[last].lower in _WEEKDAYS
        and places.is_place(folded[tokens[first].start : tokens[last - 1].end])
    ):
        last -= 1  # "left Spain Sunday"
    if last > first and tokens[last].lower in CALENDAR and _followed_by_number(folded, tokens[last].end):
        last -= 1  # "in Ciudad Vieja March 15"
    whole = folded[tokens[first].start : tokens[last].end]
    if last > first and places.is_place(whole) and not is_nationality(whole.lower(), lexicon):
        yield chunk_of(tokens, first, last, "place")
        return
    institution = (
        None
        if _is_titled(tokens, first, last, lexicon)
        else institution_at(folded, tokens, first, last, lexicon)
    )
    if institution:
        yield institution
        if institution.last < last:
            yield from _split(folded, tokens, institution.last + 1, last, starts, lexicon, seen_lower)
        return
    is_saint = tokens[first].lower in SAINT or (tokens[first].text in _SAINTS_ABROAD and is_abroad(tokens))
    if last > first and is_saint and folded[tokens[first].end] in ". ":
        yield chunk_of(tokens, first, last, "place")
        return
    prefix_start = first
    while first < last and _is_prefix(folded, tokens, first, last, lexicon):
        first += 1
    if last - first > 1 and whole.isupper():
        first = _past_profession(tokens, first, last, lexicon)
    prefix = tokens.phrase(prefix_start, first - 1) if first > prefix_start else None
    if first < last and is_german(tokens):
        first = past_nouns(tokens, first, last, lexicon)
    if last > first and _tells(tokens[last].lower, lexicon):
        last -= 1  # "Jan Novák Defects", a headline
    if tokens[first].text == "des" and prefix is not None and not is_german(tokens):
        return  # "Militant des Jeunesses"
    if last - first > 1 and _is_post(folded, tokens, last, lexicon):
        last -= 1  # "Jan Novák Professor of History", a line of authors
    words = [tokens[i].lower for i in range(first, last + 1)]
    text = folded[tokens[first].start : tokens[last].end]
    kind = kind_of(text, words, lexicon)
    alone = first == last
    if kind == "place" and alone and prefix is not None and _CIVIL.search(folded, prefix.start, prefix.end):
        kind = "name"  # "Mrs Havel"
    if kind == "name" and alone:
        word = tokens[first].lower
        if opens_body(folded, tokens, first):
            return
        opens = starts_sentence and first == start
        if opens and _is_adverb(folded, tokens, first):
            return
        if opens and word in seen_lower and not _ends_a_name(tokens, first):
            return
        if _is_surname_too(folded, tokens, first, prefix):
            pass  # "Mr Shah", "Shah, Taymur"
        elif word in CALENDAR or word in lexicon.roles or word in lexicon.ranks or word in lexicon.titles:
            if prefix is None and starts_sentence:
                return
            kind = "calendar" if word in CALENDAR else "description"
    chunk = chunk_of(tokens, first, last, kind)
    chunk.is_sure = (
        kind == "name"
        and last - first == 1
        and class_of(tokens[last].lower, lexicon) is not None
        and is_korean(tokens, first, last)
    )
    chunk.prefix = prefix
    chunk.starts_sentence = starts_sentence and first == start
    yield chunk


def _is_adverb(folded: str, tokens: Tokens, at: int) -> bool:
    """Whether a word that opens a sentence is an adverb and nobody: "Separately, an official said"."""
    word = tokens[at].lower
    known = names.is_given(word) or names.is_surname(word)
    return word.endswith("ly") and folded[tokens[at].end : tokens[at].end + 1] == "," and not known


def _ends_a_name(tokens: Tokens, at: int) -> bool:
    """Whether a common word is the surname of somebody whose whole name the text tells: "Ada Field", then "Field left"."""
    word = tokens[at].lower
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if not names.is_surname(word) or following is None or following.is_capital:
        return False
    return any(
        tokens[here].is_capital
        and tokens[here - 1].is_capital
        and names.is_given(tokens[here - 1].lower)
        and not names.is_weak(tokens[here - 1].lower)
        for here in tokens.by_word.get(word, ())
        if here
    )


def _past_profession(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> int:
    """Return the first word of a name in capitals behind what its bearer is: "DEAD LANGUAGES EXPERT EMIL HAAS"."""
    for index in range(last - 2, first - 1, -1):
        word = tokens[index].lower
        if word in lexicon.roles and not names.is_given(word):
            return index + 1
    return first


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
    """Whether a word with a capital is a verb of flight in a headline, and no name: "Defects", "Fled", "Arrived"."""
    return (
        word.endswith(("s", "ed"))
        and word in lexicon.flight
        and not (names.is_surname(word) or names.is_given(word))
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
    if token.lower in CALENDAR or not names.is_surname(token.lower):
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


_GERMAN_OPENINGS = frozenset("In Im An Am Um Bei Vom".split())
_CYRILLIC_OPENINGS = frozenset("В К С О У На По Из От До За При Через Для Після Від Під У Із З".split())
_GRADES = frozenset("first second third 1st 2nd 3rd".split())
_OPENS_NOUNS = frozenset(
    "la el los las il lo le les van de di da do du della dello del des der den das dos".split()
)
_WHOSE_ABROAD = frozenset(("Sein", "Dein", "Dessen", "Deren"))
_PRONOUNS_ABROAD = frozenset("elle elles il ils ella ellas él ellos er sie lui lei".split())


def _is_function_word(tokens: Tokens, index: int, last: int, lexicon: Lexicon, *, is_start: bool) -> bool:
    """Whether a capitalised word is no part of a name; "No", "An" and "So" are surnames too, and then something follows."""
    token = tokens[index]
    if token.lower in GIVEN_MONTHS and index < last and _names_somebody(tokens, index):
        return False
    if is_start and index < last and token.text in _GERMAN_OPENINGS and is_german(tokens):
        return True
    if is_start and token.lower in _PRONOUNS_ABROAD and index == last and is_abroad(tokens):
        return True
    if index < last and len(token.text) == 1 and tokens[index + 1].start == token.end + 2:
        return False
    if is_start and index < last and token.text in _CYRILLIC_OPENINGS:
        return True  # "В Осло", and no initial: that has a full stop
    if is_start and token.text in _WHOSE_ABROAD and index < last and tokens[index + 1].lower in GERMAN_NOUNS:
        return True  # "Sein Freund Karl Roth half"
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
    if is_start and index < last and is_cyrillic(token.text) and only_opens(tokens, index):
        return True
    if token.lower not in lexicon.stop_names or (index < last and token.lower in _DIRECTIONS):
        return False
    if not names.is_surname(token.lower):
        return True
    following = tokens[index + 1].lower if index < last else ""
    if following in CALENDAR and token.lower in ("in", "on", "by", "so", "an", "no"):
        return True
    if token.lower == "go" and last - index == 2 and following not in lexicon.stop_names:
        return False  # "Go Gien Tjwan"
    if is_start and index == last and _ends_a_name(tokens, index):
        return False
    followed = "-" in following or (names.is_given(following) and not names.is_weak(following))
    if token.lower in names.asian_surnames():  # "In Ana Ruiz's words"
        followed = followed and ("-" in following or names.is_east_asian_given(following))
    return is_start and not followed if not token.is_possessive else False


def _names_somebody(tokens: Tokens, index: int) -> bool:
    """Whether a month opens a name: "a neighbour, August Nkusi", and not "in August Karl Ebner"."""
    following, before = tokens[index + 1], tokens[index - 1].lower if index else ""
    return (
        following.is_capital
        and len(following.text) > 1
        and following.lower not in CALENDAR
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
    if word in ("class", "rank") and first and tokens[first - 1].lower in _GRADES:
        return True  # "Private Second Class Karel Roth"
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
    if last - first >= 2 and (is_nationality(two, lexicon) or two.removesuffix("s") in lexicon.roles):
        return True  # "Prime Minister Ana Ruiz"
    if last - first >= 2 and word.removesuffix("s") in lexicon.roles and not names.is_surname(word):
        return True  # "Presidents Ana Ruiz and Jan Kos"
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
