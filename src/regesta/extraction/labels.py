"""What one of the counted is, by the words of a label: a caption, a heading, the head of a column.

Refugees admitted, arrivals by year, 탈북민 명        person
Boats that landed                                     boat
Per cent of the population, "Recognition rate", %     percent
"""

from __future__ import annotations

import re
from functools import lru_cache

from regesta.extraction.described import head_class
from regesta.extraction.number_words import NUMBER_WORDS
from regesta.places import demonym
from regesta.text.patterns import lazy
from regesta.vocab import Lexicon
from regesta.vocab.inflect import singular_of

__all__ = ["head_of", "is_number_of", "is_share", "names_people", "speaks_of_people", "unit_of"]

_WORD = lazy(r"[^\W\d_]+")
_ARRIVALS = frozenset(
    "arrivals departures admissions admitted entries asylum applications applicants total number year "
    "landings crossings escapes defections returns deportations expulsions evacuations drownings interdictions repatriations "
    "ankünfte asylanträge erstanträge fluchtversuche arrivées llegadas solicitudes arrivi sbarchi chegadas przyjazdy прибытия прибуття".split()
)
_WHERE_TO = frozenset("abroad overseas home back again".split())
"""What may stand behind the verb that heads a column of people: "Resettled abroad"."""
_SHORT = 5
_PERSONS_EAST = frozenset(("名", "명", "人"))
_NUMBER_OF = lazy(
    r"(?:the )?(?:(?:total|estimated|approximate|overall) )*(?:number|no\.?|total|count)s? of (?:the )?|(?:an)?zahl (?:der |von )?|nombre (?:de |d['’])",
    re.IGNORECASE,
)
_BEHIND = lazy(
    r"\s*[(\[,;/]|\s(?:of|in|to|under|by|for|from|with|at|per|on|aboard|von|der|im|in|aus|über|nach|de|du|des|en|por|para|di|da|w|z|в|из|по)\s",
    re.IGNORECASE,
)
"""What follows the noun at the head of a label."""
_SHARE = lazy(
    r"(?:%|\b(?:per ?cent(?:age)?|pct\.?|share|rate|ratio|proportion|prozent|anteil|quote|pourcentage|taux|porcentaje|tasa|percentuale|tasso|"
    r"percentagem|taxa|procent|odsetek|udział|percentage|доля|процент)\b)(?: (?:change|of (?:the )?[a-z]+(?: [a-z]+)?))?\W*\Z",
    re.IGNORECASE,
)


_SUM = lazy("insgesamt|zusammen|summe|ensemble|totale?|totaal|samen|razem|ogółem|łącznie|celkem")
"""What a column or row of sums is called, which names nothing that is counted."""


def is_share(label: str) -> bool:
    """Return whether what a label heads are shares, not numbers of somebody.

    >>> [is_share(x) for x in ("%", "Recognition rate", "Per cent of total", "Arrivals by sex: % women", "Sharers")]
    [True, True, True, True, False]
    """
    return _SHARE.search(label) is not None or label.rpartition(": ")[2].startswith("% ")


def head_of(label: str) -> str:
    """Return what is counted by a label that goes on to tell of it, "" where it names none: neither "number of" nor what it does.

    >>> [head_of(x) for x in ("the number of people who fled by sea", "Boats the guard has seen", "on the way")]
    ['people', 'Boats', '']
    """
    named = _NUMBER_OF.match(label)
    words = label[named.end() :] if named else label
    return _DOES.split(_BEHIND.split(f" {words}", maxsplit=1)[0], maxsplit=1)[0].strip()


def is_number_of(label: str) -> bool:
    """Return whether a label opens with words for a number of something: "the total number of boats"."""
    return _NUMBER_OF.match(label) is not None


_DOES = lazy(
    r"\s(?:the|an?|that|who|which|whom|whose|have|has|had|were|was|are|is|be|been|will|would|can|could|not)\b",
    re.IGNORECASE,
)
"""What goes on behind the noun at the head of a label."""


def names_people(head: str, lexicon: Lexicon) -> bool:
    """Return whether the head of a label has a noun for several people, or ends in theirs: "Syrian refugees", "North Koreans"."""
    words = [word.lower() for word in _WORD.findall(head)]
    known = [found for word in words if (found := head_class(word, lexicon))]
    return (
        any(is_several for _, _, is_several in known)
        or not _people_abroad().isdisjoint(words)
        or not (_ARRIVALS - _MEASURES).isdisjoint(words)
        or (head.endswith("s") and demonym(head.rsplit(maxsplit=1)[-1]) is not None)
    )


_MEASURES = frozenset("total number year asylum".split())
"""Words of `_ARRIVALS` that need another beside them."""


def speaks_of_people(label: str, lexicon: Lexicon) -> bool:
    """Return whether a label has a word for people, or for what people alone do: "Landings by country"."""
    words = [word.lower() for word in _WORD.findall(label)]
    return _names_people(words, lexicon) or not _ARRIVALS.isdisjoint(words)


def _names_people(words: list[str], lexicon: Lexicon) -> bool:
    return any(head_class(word, lexicon) for word in words) or not _people_abroad().isdisjoint(words)


@lru_cache(maxsize=1)
def _people_abroad() -> frozenset[str]:
    """Return the nouns for people of other languages that are long enough to be no other word in English."""
    meanings = (pair for words in NUMBER_WORDS.values() for pair in words.units.items())
    return frozenset(noun for noun, meaning in meanings if meaning == "count person" and len(noun) > _SHORT)


def unit_of(label: str, lexicon: Lexicon) -> str:
    """Return what one of the counted is: `person` where the label speaks of people, else the noun at its head.

    >>> from regesta.vocab import lexicon
    >>> [unit_of(x, lexicon()) for x in ("Landings: Boats of all kinds (est.)", "Number of ships", "Ships: Insgesamt", "By nationality: Refugees")]
    ['boat', 'ship', 'ship', 'person']
    """
    words = [word.lower() for word in _WORD.findall(label)]
    if not words or words[-1] in _PERSONS_EAST or _names_people(words, lexicon):
        return "person"
    head = _BEHIND.split(_NUMBER_OF.sub("", label.rpartition(": ")[2]), maxsplit=1)[0]
    headed = _WORD.findall(head.lower()) or words
    if not _ARRIVALS.isdisjoint(headed):
        return "person"
    above = label.rpartition(": ")[0]
    if above and _SUM.fullmatch(headed[0]):
        return unit_of(above, lexicon)  # "Landings by port: Insgesamt"
    if not above and headed[0] in lexicon.flight and _WHERE_TO.issuperset(headed[1:]):
        return "person"  # "Left by sea", "Resettled abroad"
    return (
        unit_of(above, lexicon) if above and headed[-1].endswith(("ed", "ing")) else singular_of(headed[-1])
    )
