"""Names in Cyrillic letters: known by lists in their Latin spelling, or by how they end; in any case, as the sentence bends them.

    Виктор, Виктора, Виктору    one given name: the list holds "viktor"
    Лисенко, Лисенкой           one surname, by its ending
    Андреевна                   a father's name, which no text gives alone

Which of the bent forms a name is, is not asked: `base_form` returns one word for all of them, to be compared and never shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

__all__ = ["base_form", "is_cyrillic", "is_no_adjective", "is_surname_form", "latin_forms"]

_CYRILLIC: Final = re.compile("[\u0400-\u052f]")
_SURNAME: Final = re.compile(
    r"[а-яёіїєґў'-]{2,}(?:[оеё]в|[иы]н)(?:а|у|ым|е|ой|ою|ы|ых|ыми)?$"
    r"|[а-яёіїєґў'-]{2,}[сцз]ь?к(?:ий|ого|ому|им|ом|ая|ой|ую|ие|их)$"
    r"|[а-яёіїєґў'-]{3,}(?:енк|йк)(?:о|а|у|ом|ой)$|[а-яёіїєґў'-]{2,}(?:ч|ш|щ|н|р|т|л|д)[ую]к(?:а|у|ом|ові|е)?$"
    r"|[а-яёіїєґў'-]{3,}(?:[ая]н|швили|дзе|[оея]вич|евіч)(?:а|у|ом|ем)?$|[а-яёіїєґў'-]{2,}(?:[оеєі]вна|[оеєі]вны|ович|йович)$"
)
_ENDING: Final = re.compile(
    r"(?<=\w{3})(?:ого|ому|его|ему|ові|еві|ым|им|ом|ой|ій|ый|ий|ая|ую|ою|ею|ем|єм|ём|ей|[аяуюеєыиіїьой])$"
)
_RESTORED: Final = ("", "а", "я", "й", "ь", "ий")
_ADJECTIVE: Final = re.compile(r"(?:[ыиі]й|[аяео]я|[ое]е|[оеыи](?:го|му|й|[мх])|[ую]ю)$")
_SHORTEST: Final = 4
"""Letters of a word that is bent; shorter ones are initials and syllables."""


def is_cyrillic(word: str) -> bool:
    """Return whether a letter of the word is Cyrillic.

    >>> is_cyrillic("Анна"), is_cyrillic("Łucja")
    (True, False)
    """
    return not word.isascii() and _CYRILLIC.search(word) is not None


def is_surname_form(word: str) -> bool:
    """Return whether a word, in lower case, ends as surnames and fathers' names do, in one case or another.

    >>> [is_surname_form(x) for x in ("кузнецова", "лисенко", "залесского", "корабль", "сергеевич")]
    [True, True, True, False, True]
    """
    return _SURNAME.match(word) is not None


def is_no_adjective(word: str) -> bool:
    """Return whether a word is Cyrillic and ends as no adjective does, so that the noun behind it is not its noun.

    >>> [is_no_adjective(x) for x in ("бывший", "известная", "остался", "former")]
    [False, False, True, False]
    """
    return is_cyrillic(word) and _ADJECTIVE.search(word) is None


@lru_cache(maxsize=4096)
def latin_forms(word: str) -> tuple[tuple[str, str], ...]:
    """Return a word and what it may be bent from, each with its Latin spelling as the lists hold it.

    >>> latin_forms("анну")[:3]
    (('анну', 'annu'), ('анн', 'ann'), ('анна', 'anna'))
    """
    from anyascii import anyascii  # loads a table: only where there is a letter of this script

    word = word.lower()
    bare = _ENDING.sub("", word)
    forms = dict.fromkeys((word, *(bare + end for end in _RESTORED)))
    return tuple((form, anyascii(form.replace("ё", "е")).lower().replace("'", "")) for form in forms)


def base_form(words: Sequence[str]) -> str:
    """Return the words of a name in a form that all its cases share.

    >>> base_form(["Анну", "Залесскую"]) == base_form(["Анна", "Залесская"]), base_form(["Андреем"]) == base_form(["Андрей"])
    (True, True)
    """
    return " ".join(_base(word) for word in words)


def _base(word: str) -> str:
    if not is_cyrillic(word) or len(word) < _SHORTEST:
        return word
    bare = _ENDING.sub("", word.lower().replace("ё", "е"))
    return (bare[:3] + bare[3:].rstrip("аеийоуыьэюяії")).capitalize()
