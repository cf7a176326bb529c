"""Words for where somebody belongs: "Cuban", "East Germans", "Kurdish", as adjectives and as nouns.

The gazetteer knows the demonyms of countries and peoples; a lexicon pack may add its own.
"""

from __future__ import annotations

from functools import lru_cache

from regesta import places
from regesta.vocab import Lexicon

__all__ = ["is_nationality", "is_nationality_plural"]


def is_nationality(phrase: str, lexicon: Lexicon) -> bool:
    """Return whether the words, in any case, are a demonym.

    >>> from regesta.vocab import lexicon
    >>> is_nationality("north korean", lexicon()), is_nationality("korea", lexicon())
    (True, False)
    """
    return phrase in lexicon.nationalities or _demonym(phrase)


@lru_cache(maxsize=1 << 15)
def _demonym(phrase: str) -> bool:
    return places.demonym(phrase.title()) is not None


def is_nationality_plural(phrase: str, lexicon: Lexicon) -> bool:
    """Return whether the words are the plural of a demonym: people of that country.

    >>> from regesta.vocab import lexicon
    >>> is_nationality_plural("north koreans", lexicon()), is_nationality_plural("chinese", lexicon())
    (True, False)
    """
    if phrase.endswith("men"):
        return is_nationality(phrase, lexicon)
    return phrase.endswith("s") and is_nationality(phrase[:-1], lexicon)
