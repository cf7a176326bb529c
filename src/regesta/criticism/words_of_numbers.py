"""Numbers as German, French and Spanish write them, for sentences that are in one of these languages.

    zwölf · vierundsechzig · quatre-vingt-deux · treinta y cinco       words, from two to ninety-nine
    1.104 Personen · 1 240 francs                                      signs between groups of three digits

English words are those of `wordings`. A word of one language may be another thing in the next ("once", "elf", "seize"), so a
sentence is asked first for words that only such a language has. Hundreds in words are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["FOREIGN", "WORDS", "foreign_number", "is_foreign"]

_TONGUE: Final = re.compile(
    r"\b(?:und|das|dem|den|ist|nicht|mit|vom|zum|im|wurden?|waren|Jahren?|Personen|Kindern?|Häuser|Zusammen|Insgesamt|Summe|"
    r"et|les|des|du|une|aux?|dans|avec|sont|était|étaient|ans|mois|personnes|enfants|familles|francs|"
    r"el|los|las|años|meses|personas|niños|familias|eran|fueron|una)\b| : "
)
_GERMAN: Final = "ein zwei drei vier fünf sechs sieben acht neun".split()
_GERMAN_TENS: Final = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_FRENCH: Final = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf".split()
_FRENCH_TENS: Final = "vingt trente quarante cinquante soixante".split()
_SPANISH: Final = "uno dos tres cuatro cinco seis siete ocho nueve".split()
_SPANISH_TENS: Final = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()


def _german() -> Iterator[tuple[str, int]]:
    yield from zip(_GERMAN[1:], range(2, 10), strict=True)
    teens = "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn".split()
    yield from zip(teens, range(10, 20), strict=True)
    for ten, word in zip(range(20, 100, 10), _GERMAN_TENS, strict=True):
        yield word, ten
        yield from ((f"{one}und{word}", ten + n) for n, one in enumerate(_GERMAN, 1))


def _french() -> Iterator[tuple[str, int]]:
    yield from zip(_FRENCH[1:], range(2, 20), strict=True)
    for ten, word in zip(range(20, 70, 10), _FRENCH_TENS, strict=True):
        yield word, ten
        yield from ((f"{word} et {one}", ten + 1) for one in ("un", "une"))
        yield from ((f"{word}-{one}", ten + n) for n, one in enumerate(_FRENCH[1:9], 2))
    yield "soixante et onze", 71
    yield "quatre-vingts", 80
    yield from ((f"soixante-{one}", 60 + n) for n, one in enumerate(_FRENCH, 1) if n >= len(_FRENCH_TENS) * 2)
    yield from ((f"quatre-vingt-{one}", 80 + n) for n, one in enumerate(_FRENCH, 1))


def _spanish() -> Iterator[tuple[str, int]]:
    yield from zip(_SPANISH[1:], range(2, 10), strict=True)
    teens = "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte".split()
    yield from zip(teens, range(10, 21), strict=True)
    twenties = "veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve".split()
    yield from zip(twenties, range(21, 30), strict=True)
    for ten, word in zip(range(30, 100, 10), _SPANISH_TENS, strict=True):
        yield word, ten
        yield from ((f"{word} y {one}", ten + n) for n, one in enumerate(_SPANISH, 1))


WORDS: Final[Mapping[str, int]] = MappingProxyType({**dict(_german()), **dict(_french()), **dict(_spanish())})
"""Number words of the three languages; what two of them share is of one value."""

FOREIGN: Final = (
    r"(?:\d{1,3}(?:[.\u00a0\u202f ]\d{3}){1,4}(?!\d)|(?-i:"
    + "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True))
    + r"))"
)
"""A number of these languages, as a piece of a pattern."""


def is_foreign(text: str) -> bool:
    """Whether a sentence has words that German, French or Spanish has and English lacks.

    >>> is_foreign("Es waren zwölf"), is_foreign("Once there were twelve elves")
    (True, False)
    """
    return _TONGUE.search(text) is not None


def foreign_number(words: str) -> int | None:
    """Return the value of a number in one of the three languages, None where it is none.

    >>> [foreign_number(w) for w in ("vierundsechzig", "soixante-treize", "1.104", "1 240", "elves")]
    [64, 73, 1104, 1240, None]
    """
    if words[:1].isdigit():
        return int(re.sub(r"\D", "", words))
    return WORDS.get(words.lower())
