"""Runs of words that may be one name: how far capitals reach, and which small words hold a name together.

    "the painter Ludwig van den Berg of Ghent"     ──►  Ludwig van den Berg · Ghent
    "In May Anna"                                  ──►  the first word of a sentence has a capital anyhow
    "den Alten Mann"                               ──►  German writes every noun with one

What a run is the name of, and where it is cut, is for `proper`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from regesta import places
from regesta.extraction.tokens import Tokens
from regesta.names import lists as names
from regesta.names.cyrillic import is_cyrillic
from regesta.text.span import Span
from regesta.vocab import Lexicon

__all__ = ["PARTICLES", "SAINT", "is_abroad", "is_german", "is_syllable", "only_opens", "opens_body", "runs"]

PARTICLES = frozenset(
    "van von vom zu zum zur de da di do dos das del della der den des du la le las los el al ul ud ur uz ibn bin bint ben ter ten te "
    "y i e af av ap op 't ag wa bar bat binti ole ould uld mint walet walad oghlu kyzy".split()
)
_TURNS = frozenset(("Q", "A"))
_AND = frozenset(("AND", "UND", "ET", "WITH"))
"""Words that part two names in capitals."""
_CONTRACTED = re.compile(r"'(?:m|ve|d|ll|re|t)$|^Chamo-me$")
"""How "I'm", "They've" and "Don't" end, which open sentences and no names."""
SAINT = frozenset("st ste mt ft".split())
"""Abbreviations that open the name of a place: "St. Paul", "Mt. Carmel"."""
_SMALL_WORDS = frozenset(
    "in on an so no do go he me we you one to too see say can sang ran hung she ha il un en de du da al am im zu nu".split()
)
"""Words that are syllables of Korean given names too."""
_SMALL_SUFFIXES = frozenset("jun jnr jr sen snr sr".split())
"""Marks of a generation that some write small, with a full stop: "Anna Berg jun."."""


def runs(folded: str, tokens: Tokens, span: Span, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of maximal runs of capitalised words, particles inside included."""
    words = tokens.between(*span)
    capitals = tokens.capitals
    last = -1
    for position in range(bisect_left(capitals, words.start), bisect_left(capitals, words.stop)):
        at = capitals[position]
        if at == words.start and tokens.texts[at] in _TURNS and len(tokens.by_word.get("q", ())) > 1:
            continue  # "A. In June", an answer
        if (
            at + 1 < words.stop
            and tokens.lowers[at + 1] in PARTICLES
            and f"{tokens.lowers[at]} {tokens.lowers[at + 1]}" in lexicon.flight
        ):
            continue  # "Salí de Luanda"
        word = tokens.texts[at]
        if at <= last or word == "I" or (not word.isalnum() and _CONTRACTED.search(word)):
            continue
        last = at
        ahead = at + 1
        while ahead < words.stop:
            gap = folded[tokens.ends[ahead - 1] : tokens.starts[ahead]]
            joined = (
                gap == " "
                or (gap.isspace() and len(gap) <= 2)
                or (gap == ". " and _is_shortened(tokens, ahead, lexicon))
                or (
                    gap == "."
                    and ahead > at + 1
                    and len(tokens.texts[ahead - 1]) == len(tokens.texts[ahead]) == 1
                )
            )
            if tokens.possessive[ahead - 1] or not joined:
                break
            if tokens.texts[ahead - 1][-1].isdigit() and is_cyrillic(tokens.texts[ahead]):
                break  # "лётчик МиГ-17 Пётр Громов"
            if ahead - at > 1 and _opens_line(tokens, ahead, words.stop):
                break
            if ahead > 1 and tokens.texts[ahead - 2] in _THERE and _is_where(tokens, ahead - 1):
                break
            if tokens.texts[ahead] in _AND and tokens.texts[ahead - 1].isupper():
                break  # "HAGOP AND LEVON SARAFIAN"
            if tokens.capital[ahead] and tokens.texts[ahead] != "I":
                last = ahead
            elif (
                tokens.texts[ahead] in _SMALL_SUFFIXES
                and folded[tokens.ends[ahead] : tokens.ends[ahead] + 1] == "."
            ):
                last = ahead
                break
            elif ahead == at + 1 and is_syllable(tokens, ahead, words.stop):
                last = ahead + 1
            elif (
                not (tokens.lowers[ahead] in PARTICLES and ahead - last <= 2)
                or _joins_two(tokens, ahead)
                or (tokens.texts[ahead] == "von" and _is_from(tokens, ahead))
                or _is_article(tokens, ahead)
                or _is_of_a_country(tokens, ahead, at)
                or (tokens.texts[ahead] == "op" and ahead - at > 1)  # "Huib Hoste op de Berg"
            ):
                break
            ahead += 1
        if last > at and len(tokens.texts[last]) == 1 and _ABBREVIATED.match(folded, tokens.ends[last]):
            last -= 1
        yield at, last


_ABBREVIATED = re.compile(r"\.[A-Z]\.")
"""What goes on with an abbreviation of letters: "U.S."."""


_THERE = frozenset("In At From Near".split())


def _is_where(tokens: Tokens, at: int) -> bool:
    """Whether a place that opens a sentence stands before the surname of somebody: "In Prague Novak was tried"."""
    place, name = tokens.texts[at], tokens.texts[at + 1]
    return (
        places.is_place(place)
        and not places.is_place(f"{place} {name}")
        and any(
            i and i != at + 1 and names.is_given(tokens.lowers[i - 1])
            for i in tokens.by_word.get(name.lower(), ())
        )
    )


def _opens_line(tokens: Tokens, at: int, stop: int) -> bool:
    """Whether a name in capitals begins behind words that are none, as below a title: "Let down by Karel Roth / ANA RUIZ"."""
    return (
        tokens.texts[at].isupper()
        and not tokens.texts[at - 1].isupper()
        and at + 1 < stop
        and tokens.texts[at + 1].isupper()
        and len(tokens.texts[at]) > 1
        and names.is_given(tokens.lowers[at])
    )


def _is_shortened(tokens: Tokens, at: int, lexicon: Lexicon) -> bool:
    """Whether the full stop before a word shortens the word before it: "J. Novak", "Capt. Novak", "St. Gallen"."""
    before, following = tokens[at - 1], tokens[at]
    return (
        before.lower in SAINT
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


def is_syllable(tokens: Tokens, at: int, stop: int) -> bool:
    """Whether a small word is the second syllable of a given name, before a surname of Korea: "Ji man Kim", "Kyu suk Kim"."""
    if (
        at + 1 >= stop
        or not tokens.capital[at + 1]
        or tokens.lowers[at] in _SMALL_WORDS
        or tokens.starts[at + 1] != tokens.ends[at] + 1
    ):
        return False
    left, small, right = tokens.texts[at - 1], tokens.texts[at], tokens[at + 1]
    return (
        small.islower()
        and 2 <= len(small) <= 6
        and len(left) <= 6
        and right.lower.removesuffix("'s") in names.korean_surnames()
        and names.is_east_asian_given(small)
        and names.is_east_asian_given(left)
    )


_BENT = re.compile(r"[а-яё](?:ого|его|ому|ему|[ыи]м|[ыи]х|ая|ое|ые|ую)$")
"""How adjectives end in Russian."""


def opens_body(folded: str, tokens: Tokens, at: int) -> bool:
    """Whether an adjective with a capital opens what a body is called and is no surname: "солист Нового театра"."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        _BENT.search(tokens.lowers[at]) is not None
        and following is not None
        and not following.is_capital
        and folded[tokens.ends[at] : following.start] == " "
        and not names.is_surname(tokens.lowers[at])
    )


def only_opens(tokens: Tokens, index: int) -> bool:
    """Whether a word has its capital from the sentence it opens, before a name by list or form: "Побег Марии Орловой"."""
    opens, following = tokens.lowers[index], tokens.lowers[index + 1]
    return not (names.is_given(opens) or names.is_surname(opens)) and (
        names.is_given(following) or names.is_surname(following)
    )


def _is_of_a_country(tokens: Tokens, at: int, first: int) -> bool:
    """Whether "de" tells whose country it is: "les premiers jours en France de Raul Kos", "o Chile de Pinto"."""
    return (
        at == first + 1
        and at + 1 < len(tokens)
        and tokens.texts[at] in ("de", "di", "do", "da", "del")
        and first > 0
        and tokens.texts[first - 1] in _INTO
        and places.country(tokens.texts[first]) is not None
    )


_INTO = frozenset("en au aux in nel nella em no na el la o a le il".split())


def _is_article(tokens: Tokens, at: int) -> bool:
    """Whether "der" joins two German nouns rather than the parts of a name: "der Bau der Mauer", not "von der Leyen"."""
    if tokens.texts[at] in ("zum", "zur"):
        return not names.is_given(tokens.lowers[at - 1]) and is_german(tokens)  # "im Vergleich zum Vormonat"
    small = tokens.texts[at] in ("der", "des", "dem", "den")
    return small and tokens.lowers[at - 1] not in ("von", "van", "zu", "ter") and is_german(tokens)


def _is_from(tokens: Tokens, at: int) -> bool:
    """Whether "von" leads to where somebody set out rather than to a part of the name: "Karl Roth von Usedom aus"."""
    return "aus" in tokens.texts[at + 2 : at + 4]


def _joins_two(tokens: Tokens, at: int) -> bool:
    """Whether "y", "e" or "i" stands between two people: "Daniel y Rubén Etcheverry", "Ugo De Rossi e Carlo Bassi"."""
    if tokens.texts[at] not in ("y", "e", "i") or not 0 < at < len(tokens) - 1:
        return False
    left, right = tokens.lowers[at - 1], tokens.lowers[at + 1]
    if right in ("de", "del", "la", "el", "los", "las"):
        return True  # "las playas del Norte y del Sur"
    if places.is_place(f"{tokens.texts[at - 2]} {tokens.texts[at - 1]}") or (
        places.is_place(tokens.texts[at + 1]) and not names.is_given(right)
    ):
        return True  # "Sierra Leone e Camerun"
    if not names.is_given(right) or names.is_weak(right):
        return False
    is_whole = tokens.capital[at - 2] or tokens.lowers[at - 2] in PARTICLES
    return names.is_given(left) or (is_whole and at + 2 < len(tokens) and tokens.capital[at + 2])


def _is_initial(word: str) -> bool:
    """Whether a full stop after the word shortens a name: "J.", "Ch.", and not "Dinh Le."."""
    short = (
        len(word) == 2 and word not in _NUMERALS and not names.is_given(word) and not names.is_surname(word)
    )
    return len(word) == 1 or short


_NUMERALS = frozenset("II IV VI IX XI".split())
"""What ends a name with a number: "World War II. In total", "John Paul II. He"."""


def is_german(tokens: Tokens) -> bool:
    """Whether the document is in a language that writes its nouns with capitals."""
    german = len(tokens.where(_GERMAN))
    return german >= _LEAST_GERMAN and german > 2 * len(tokens.where(_ENGLISH))


def is_abroad(tokens: Tokens) -> bool:
    """Whether the document is in Spanish, French, Italian or German rather than in English."""
    abroad = len(tokens.where(_ROMANCE)) + len(tokens.where(_GERMAN))
    return abroad >= _LEAST_GERMAN and abroad > 2 * len(tokens.where(_ENGLISH))


_GERMAN = frozenset("und der die das mit nach wurde wurden nicht auch eine einer dem den".split())
_ENGLISH = frozenset("the and of was were with".split())
_LEAST_GERMAN = 6
_ROMANCE = frozenset(
    "het een voor naar werden waren w na że się jest el la los las del que con por le les des une dans et pour il di che della".split()
)
