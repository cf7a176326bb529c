"""The languages whose dates are known, and which of them a piece of text may hold.

A language costs nothing where it cannot be: one in a script of its own is asked only where its letters stand, one in Latin
letters only where its small words are frequent ("und der das"), or where a word such as `février` stands beside a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from regesta.dates.composed import UNUSUAL
from regesta.dates.languages.chinese import CHINESE
from regesta.dates.languages.dutch import DUTCH
from regesta.dates.languages.french import FRENCH
from regesta.dates.languages.german import GERMAN
from regesta.dates.languages.italian import ITALIAN
from regesta.dates.languages.japanese import JAPANESE
from regesta.dates.languages.korean import KOREAN
from regesta.dates.languages.polish import POLISH
from regesta.dates.languages.portuguese import PORTUGUESE
from regesta.dates.languages.russian import RUSSIAN
from regesta.dates.languages.spanish import SPANISH
from regesta.dates.tongue import Tongue

__all__ = [
    "COUNTED",
    "SHOWING",
    "STRANGE",
    "TONGUES",
    "Stretch",
    "foreign_stretches",
    "language_of",
    "tongues_in",
]

TONGUES: Final[tuple[Tongue, ...]] = (
    *(KOREAN, JAPANESE, CHINESE, RUSSIAN, GERMAN, FRENCH, SPANISH),
    *(ITALIAN, PORTUGUESE, DUTCH, POLISH),
)
COUNTED: Final[frozenset[str]] = frozenset().union(
    *(tongue.counted for tongue in TONGUES if tongue.is_spaced)
)
"""Nouns of all spaced languages that make the number before them a count."""

_LETTERS: Final = (
    "\u0400-\u04ff\u1100-\u11ff\u3041-\u30ff\u3131-\u318e\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
)
_FOREIGN: Final = re.compile(f"[{_LETTERS}](?:[^{_LETTERS}]{{0,60}}[{_LETTERS}]+){{0,5000}}")
"""A stretch with letters of scripts that have their own languages here, small gaps included."""
STRANGE: Final = re.compile(f"[{_LETTERS}{UNUSUAL}]")
"""A letter of another script, or a sign for which a text is composed first."""
_HANGUL: Final = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7af]")
_KANA: Final = re.compile("[\u3041-\u30ff]")
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_BEFORE: Final = 24
"""Code points before a stretch in which its first date may begin: "1997" before 년."""
_AFTER: Final = 6
_LATIN: Final = tuple(tongue for tongue in TONGUES if tongue.date_words)
_PLAIN: Final[frozenset[str]] = frozenset().union(*(tongue.plain_words for tongue in _LATIN))
_ENGLISH: Final = frozenset(
    "the of and to was that for with from by were his he she they had has have which this is in on".split()
)
_BESIDE: Final = {word: tongue for tongue in _LATIN for word in tongue.date_words}


def _written(words: Iterable[str]) -> frozenset[str]:
    """Return words as they stand between blanks."""
    return frozenset(
        f"{before}{form}{after}"
        for word in words
        for form in (word, word.capitalize())
        for before in ("", "(", "l'", "l’")
        for after in ("", ",", ".")
    )


_DECADES: Final = [
    f"{decade}{end}"
    for decade in (*range(1800, 2030, 10), *range(10, 100, 10))
    for end in ("er", "er-Jahre", "er-Jahren")
]
_DATING: Final = _written([*_BESIDE, *_DECADES])
SHOWING: Final = _DATING | _written(word for tongue in _LATIN for word in tongue.plain_words)
"""The words, as they stand between blanks, that make a closer look worth while."""
_SAMPLE: Final = 400
"""Code points that are looked at for the language of a text in Latin letters."""
_FEWEST: Final = 2
"""Small words of a language that a text must have to be in it; more than it has of English."""


def language_of(piece: str) -> Tongue | None:
    """Return the language in Latin letters that a text is written in, None for English and for what is not known.

    >>> getattr(language_of("Im Jahr 1997 wurden das Lager und der Hafen geschlossen."), "code", None)
    'de'
    >>> language_of("In 1997 the camp and the harbour were closed.") is None
    True
    """
    words = set(piece[:_SAMPLE].lower().split())
    if _PLAIN.isdisjoint(words):
        return None
    count, best = max(((len(t.plain_words & words), t) for t in _LATIN), key=lambda pair: pair[0])
    return best if count >= _FEWEST and count > len(_ENGLISH & words) else None


class Stretch(NamedTuple):
    """A stretch of a text that may hold dates of a language."""

    start: int
    end: int
    tongue: Tongue
    is_sure: bool
    """Whether it is written in the language, not only with a word of it."""


def tongues_in(
    text: str,
    start: int,
    stop: int,
    numbers: Sequence[int],
    known: str | None = None,
    *,
    is_strange: bool = True,
) -> list[Stretch]:
    """Return the stretches of `text[start:stop]` that may hold dates of a language other than English.

    `numbers` are the places of its digits, `known` its language (BCP 47) where that is known; `is_strange`
    says that a sign of `STRANGE` stands in it.
    """
    piece = text[start:stop]
    found: list[Stretch] = []
    if is_strange and not piece.isascii():
        floor = start
        for letters in _FOREIGN.finditer(text, start, stop):
            low, high = max(floor, letters.start() - _BEFORE), min(stop, letters.end() + _AFTER)
            found += [Stretch(low, high, tongue, True) for tongue in _by_script(letters[0])]
            floor = high
    words = piece.split() if numbers else piece[:_SAMPLE].split()
    if not known and SHOWING.isdisjoint(words):
        return found
    code = known.partition("-")[0].lower() if known else ""
    latin = next((tongue for tongue in _LATIN if tongue.code == code), None) or language_of(piece)
    if latin is not None:
        found.append(Stretch(start, stop, latin, True))
    if _DATING.isdisjoint(words):
        return found
    beside = {tongue.code: tongue for at in numbers if (tongue := _beside(text, at, start, stop))}
    found += [Stretch(start, stop, tongue, False) for tongue in beside.values() if tongue is not latin]
    return found


def foreign_stretches(text: str, start: int, stop: int) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches with letters of other scripts, a little before and behind included, and the languages they may be.

    >>> list(foreign_stretches("In 1997년 it was 3 м long.", 0, 26))
    [(0, 25, 'ko ru')]
    """
    if text.isascii():
        return
    floor = start
    for letters in _FOREIGN.finditer(text, start, stop):
        low, high = max(floor, letters.start() - _BEFORE), min(stop, letters.end() + _AFTER)
        yield low, high, " ".join(tongue.code for tongue in _by_script(letters[0]))
        floor = high


def _by_script(letters: str) -> list[Tongue]:
    """Return the languages that are written in the scripts of a stretch."""
    found = []
    if _HANGUL.search(letters):
        found.append(KOREAN)
    if _KANA.search(letters):
        found.append(JAPANESE)
    if _HAN.search(letters):
        found += [CHINESE] if found else [CHINESE, JAPANESE]  # Japanese may do without kana
    if _CYRILLIC.search(letters):
        found.append(RUSSIAN)
    return found


def _beside(text: str, at: int, start: int, stop: int) -> Tongue | None:
    """Return the language of a word beside the digits at a place: "Februar 1997", "12 février", "5 de mayo"."""
    for word in text[max(start, at - 16) : at].replace("'", " ").replace("’", " ").split()[-2:]:
        if word in _BESIDE:
            return _BESIDE[word]
    for word in text[at : min(at + 24, stop)].split()[:3]:
        if (name := word.strip("0123456789.,;:)!?")) in _BESIDE:
            return _BESIDE[name]
    return None
