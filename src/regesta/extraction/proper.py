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
    opens_body,
    runs,
)
from regesta.extraction.openings import GERMAN_NOUNS, OPENS_NOUNS, ends_a_name, is_function_word, is_titled
from regesta.extraction.peoples import is_nationality
from regesta.extraction.tokens import Tokens
from regesta.names import lists as names
from regesta.names.parse import is_family_first
from regesta.text.span import Span
from regesta.vocab import Lexicon

__all__ = ["PLURAL_KIN", "chunks"]


_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
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
        if last > done and not (first == last and _is_no_name(tokens.lowers[first], lexicon)):
            for chunk in _split(folded, tokens, max(first, done + 1), last, starts, lexicon, seen_lower):
                while found and found[-1].last >= chunk.first:
                    found.pop()  # "Refugees (Integration) Act"
                found.append(chunk)
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
    starts_sentence = tokens.starts[first] in starts
    if last - first == 2 and is_syllable(tokens, first + 1, last + 1):
        chunk = chunk_of(tokens, first, last, "name")  # "Ji won Park", "Young ho Lee"
        chunk.is_sure, chunk.starts_sentence = True, starts_sentence
        yield chunk
        return
    if tokens.lowers[first] in _ACCOUNTS and last - first > 1 and tokens.lowers[first + 1] in PARTICLES:
        first += 2  # "Témoignage de Madame Ana Ruiz"
    while first <= last:
        is_start = starts_sentence and (first == start or tokens.texts[first - 1] in OPENS_NOUNS)
        opened = start < first < last and tokens.texts[first] in OPENS_NOUNS  # "Notte [di] San Pietro"
        if not opened and not is_function_word(tokens, first, last, lexicon, is_start=is_start):
            break
        first += 1
    if first > last:
        return
    if first < last and tokens.lowers[first].endswith(("-old", "-olds")):
        first += 1  # "Thirty-one-year-old Mina Karimi told"
    if tokens.lowers[first] in CALENDAR and _followed_by_number(folded, tokens.ends[first]):
        yield chunk_of(tokens, first, first, "calendar")
        first += 1
        if first > last:
            return
    if last - first >= 2 and _ends_with_place(tokens, first, last):
        yield chunk_of(tokens, first, first, "place")
        first += 1  # "the ambassador to Italy Jo Song-gil"
    if (
        last > first
        and tokens.lowers[last] in _WEEKDAYS
        and places.is_place(folded[tokens.starts[first] : tokens.ends[last - 1]])
    ):
        last -= 1  # "left Spain Sunday"
    if last > first and tokens.lowers[last] in CALENDAR and _followed_by_number(folded, tokens.ends[last]):
        last -= 1  # "in Ciudad Vieja March 15"
    if last - first >= 2 and _is_told_of(tokens, last, lexicon):
        last -= 1  # "Ana Lucia Ruiz Austrian actor"
    whole = folded[tokens.starts[first] : tokens.ends[last]]
    if last > first and places.is_place(whole) and not is_nationality(whole.lower(), lexicon):
        yield chunk_of(tokens, first, last, "place")
        return
    institution = (
        None
        if is_titled(tokens, first, last, lexicon)
        else institution_at(folded, tokens, first, last, lexicon)
    )
    if institution:
        yield institution
        if institution.last < last:
            yield from _split(folded, tokens, institution.last + 1, last, starts, lexicon, seen_lower)
        return
    is_saint = tokens.lowers[first] in SAINT or (tokens.texts[first] in _SAINTS_ABROAD and is_abroad(tokens))
    if last > first and is_saint and folded[tokens.ends[first]] in ". ":
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
    if last > first and _tells(tokens.lowers[last], lexicon):
        last -= 1  # "Jan Novák Defects", a headline
    if tokens.texts[first] == "des" and prefix is not None and not is_german(tokens):
        return  # "Militant des Jeunesses"
    if last - first > 1 and _is_post(folded, tokens, last, lexicon):
        last -= 1  # "Jan Novák Professor of History", a line of authors
    words = [tokens.lowers[i] for i in range(first, last + 1)]
    text = folded[tokens.starts[first] : tokens.ends[last]]
    kind = kind_of(text, words, lexicon)
    alone = first == last
    if kind == "place" and alone and prefix is not None and _CIVIL.search(folded, prefix.start, prefix.end):
        kind = "name"  # "Mrs Havel"
    if kind == "name" and alone:
        word = tokens.lowers[first]
        if opens_body(folded, tokens, first):
            return
        opens = starts_sentence and first == start
        if opens and _is_adverb(folded, tokens, first):
            return
        if opens and word in seen_lower and not ends_a_name(tokens, first):
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
        and class_of(tokens.lowers[last], lexicon) is not None
        and is_korean(tokens, first, last)
    )
    chunk.prefix = prefix
    chunk.starts_sentence = starts_sentence and first == start
    yield chunk


def _is_adverb(folded: str, tokens: Tokens, at: int) -> bool:
    """Whether a word that opens a sentence is an adverb and nobody: "Separately, an official said"."""
    word = tokens.lowers[at]
    known = names.is_given(word) or names.is_surname(word)
    return word.endswith("ly") and folded[tokens.ends[at] : tokens.ends[at] + 1] == "," and not known


def _past_profession(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> int:
    """Return the first word of a name in capitals behind what its bearer is: "DEAD LANGUAGES EXPERT EMIL HAAS"."""
    for index in range(last - 2, first - 1, -1):
        word = tokens.lowers[index]
        if word in lexicon.roles and not names.is_given(word):
            return index + 1
    return first


def _ends_with_place(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a run opens with the country in or to which the person named behind it is somebody."""
    before = tokens.lowers[first - 1] if first else ""
    start, end = tokens.lowers[first + 1], tokens.lowers[last]
    return (
        before in ("in", "to")
        and places.kind(tokens.texts[first]) == "country"
        and not places.is_place(f"{tokens.texts[first]} {tokens.texts[first + 1]}")
        and (names.is_surname(start) or names.is_given(start))
        and (names.is_surname(end) or names.is_given(end) or "-" in end)
    )


def _is_post(folded: str, tokens: Tokens, last: int, lexicon: Lexicon) -> bool:
    """Whether the last word is what somebody is, "of" something, and no part of the name."""
    word = tokens.lowers[last]
    of = tokens[last + 1] if last + 1 < len(tokens) else None
    return (
        of is not None
        and of.text == "of"
        and folded[tokens.ends[last] : of.start] == " "
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


_GRADES = frozenset("first second third 1st 2nd 3rd".split())


_OF_LETTERS = re.compile(r"[A-ZÄÖÜ]{2,}-[A-ZÄÖÜ]?[a-zäöü]")
"""An abbreviation and a noun: "US-Bürgerin"."""


def _is_told_of(tokens: Tokens, last: int, lexicon: Lexicon) -> bool:
    """Whether the last capital of a run is a nationality before what somebody is, and no part of the name."""
    if _OF_LETTERS.match(tokens.texts[last]):
        return True  # "wurde Ana Lucia Ruiz US-Bürgerin"
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    return (
        after is not None
        and not after.is_capital
        and after.start == tokens.ends[last] + 1
        and (after.lower in lexicon.roles or after.lower in lexicon.role_modifiers)
        and is_nationality(tokens.lowers[last], lexicon)
    )


def _followed_by_number(folded: str, end: int) -> bool:
    return folded[end : end + 2].strip()[:1].isdigit()


def _is_prefix(folded: str, tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the word only leads up to a name: a title, a rank, a role or a nationality."""
    word = tokens.lowers[first]
    if tokens.lowers[first + 1] == word or _is_east_asian(tokens, first, last):
        return False
    if word in GERMAN_NOUNS or word in PLURAL_KIN:
        return True
    if word in ("class", "rank") and first and tokens.lowers[first - 1] in _GRADES:
        return True  # "Private Second Class Karel Roth"
    is_syllables = "-" in tokens.texts[first + 1] and last - first == 1
    if is_syllables and names.is_surname(word) and word not in lexicon.ranks:
        return False
    if (
        word in lexicon.titles
        or word in lexicon.ranks
        or word in lexicon.roles
        or word in lexicon.role_modifiers
    ):
        if last - first >= 2 and tokens.lowers[last] in lexicon.policies:
            return False  # "the Orderly Departure Programme"
        given = names.is_given(word) and last - first == 1 and folded[tokens.ends[first]] != "."
        return not given or (is_syllables and word in lexicon.ranks)  # "Major Buang-Ly"
    two = f"{word} {tokens.lowers[first + 1]}"
    if last - first >= 2 and (is_nationality(two, lexicon) or two.removesuffix("s") in lexicon.roles):
        return True  # "Prime Minister Ana Ruiz"
    if last - first >= 2 and word.removesuffix("s") in lexicon.roles and not names.is_surname(word):
        return True  # "Presidents Ana Ruiz and Jan Kos"
    if first > 0 and is_nationality(f"{tokens.lowers[first - 1]} {word}", lexicon):
        return True
    if last - first == 1 and names.is_surname(word):
        return False
    return is_nationality(word, lexicon) and not names.is_given(word)


def _is_east_asian(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the words are a surname that reads as a title elsewhere, and a given name: "Pan Yuqi"."""
    word = tokens.lowers[first]
    return (
        word in names.asian_surnames()
        and not names.is_given(tokens.lowers[last])
        and is_family_first([tokens.texts[i] for i in range(first, last + 1)])
    )
