"""English nouns between singular and plural, for nouns of a lexicon: a list of irregular ones, then the rules of spelling.

Phrases inflect at their head: the last word, or the word before the first "of", "at", "in", "for", "to", "on", "de":

    border guard   -> border guards          member of parliament -> members of parliament
    mother-in-law  -> mothers-in-law         chargé d'affaires    -> chargés d'affaires

Only nouns that a lexicon holds are asked for; this is not a general morphology and does not guess parts of speech.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

__all__ = ["plural_of", "singular_of"]

_PAIRS: Final = (
    "man:men woman:women child:children person:people wife:wives life:lives knife:knives thief:thieves "
    "half:halves loaf:loaves leaf:leaves wolf:wolves self:selves shelf:shelves foot:feet tooth:teeth "
    "goose:geese mouse:mice ox:oxen alumnus:alumni alumna:alumnae stimulus:stimuli radius:radii "
    "nucleus:nuclei syllabus:syllabi phenomenon:phenomena criterion:criteria memorandum:memoranda "
    "medium:media crisis:crises thesis:theses analysis:analyses basis:bases oasis:oases axis:axes "
    "appendix:appendices matrix:matrices index:indices attaché:attachés fiancé:fiancés fiancée:fiancées "
    "protégé:protégés émigré:émigrés bureau:bureaus plateau:plateaus tableau:tableaux "
    "chateau:chateaux politburo:politburos echo:echoes hero:heroes veto:vetoes embargo:embargoes potato:potatoes "
    "cargo:cargoes torpedo:torpedoes ferryman:ferrymen german:germans roman:romans human:humans "
    "shaman:shamans talisman:talismans ottoman:ottomans passerby:passersby "
    "mujahid:mujahideen wharf:wharves staff:staff quiz:quizzes gas:gases bus:buses lens:lenses"
)
_IRREGULAR: Final[dict[str, str]] = dict(pair.split(":") for pair in _PAIRS.split())
_SAME: Final = (
    "aircraft spacecraft watercraft hovercraft rotorcraft craft series species people police offspring sheep deer fish "
    "personnel staff news headquarters barracks means crossroads chinese japanese vietnamese portuguese lebanese "
    "sudanese burmese nepalese maltese swiss congolese taiwanese senegalese bhutanese congolese kin cattle "
    "infantry cavalry artillery militia clergy nobility intelligentsia military "
    "memoirs writings drawings works premises customs gallows outskirts narrows rapids hmong rohingya "
    "lao kwalliso kyohwaso won yen yuan baht dong rand renminbi"
)
_UNCHANGED: Final = frozenset(_SAME.split())
_HEAD_BREAKS: Final = frozenset(
    ("of", "at", "in", "for", "to", "on", "de", "d'affaires", "without", "from", "with")
)
_OFFICES: Final = frozenset(
    f"{office} general"
    for office in ("attorney", "consul", "director", "governor", "secretary", "solicitor", "surgeon")
)  # the noun stands first; in "major general" it stands last
_HYPHENATED: Final = re.compile(r"([^-]+)(-(?:in-law|in-arms|in-chief|at-arms|at-large|de-camp|on|by))")
_SINGULARS: Final[dict[str, str]] = {plural: singular for singular, plural in _IRREGULAR.items()}


def plural_of(noun: str) -> str:
    """Return the plural of a lower-case noun or noun phrase; a noun without one ("aircraft") as it is.

    >>> [plural_of(x) for x in ("wife", "fisherman", "family", "border guard", "brother-in-law", "member of parliament")]
    ['wives', 'fishermen', 'families', 'border guards', 'brothers-in-law', 'members of parliament']
    """
    return _at_head(noun, _plural_word)


def singular_of(noun: str) -> str:
    """Return the singular of a lower-case plural; what looks like no plural as it is.

    >>> [singular_of(x) for x in ("wives", "fishermen", "families", "buses", "chess players", "aircraft", "boss")]
    ['wife', 'fisherman', 'family', 'bus', 'chess player', 'aircraft', 'boss']
    """
    return _at_head(noun, _singular_word)


def _at_head(phrase: str, inflect: Callable[[str], str]) -> str:
    """Apply `inflect` to the head word of a phrase."""
    if " " not in phrase:
        return _at_hyphen(phrase, inflect)
    words = phrase.split(" ")
    head = next((i - 1 for i, word in enumerate(words) if i and word in _HEAD_BREAKS), len(words) - 1)
    if len(words) == 2 and words[1] == "general" and f"{_singular_word(words[0])} general" in _OFFICES:
        head = 0
    words[head] = _at_hyphen(words[head], inflect)
    return " ".join(words)


def _at_hyphen(word: str, inflect: Callable[[str], str]) -> str:
    """Apply `inflect` to the part of a hyphenated word that takes the ending."""
    if "-" not in word:
        return inflect(word)
    if match := _HYPHENATED.fullmatch(word):
        return inflect(match[1]) + match[2]
    front, hyphen, last = word.rpartition("-")
    return front + hyphen + inflect(last)


def _plural_word(word: str) -> str:
    if word in _UNCHANGED:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("woman"):
        return word[:-3] + "men"
    if word.endswith("man") and len(word) > 3:
        return word[:-2] + "en"
    if word.endswith("child"):
        return word + "ren"
    if word.endswith("wife"):
        return word[:-2] + "ves"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es" if not word.endswith(("arch",)) else word + "s"
    return word + "s"


def _singular_word(word: str) -> str:
    if word in _SINGULARS:
        return _SINGULARS[word]
    if word in _UNCHANGED or not word:
        return word
    if word.endswith("women"):
        return word[:-3] + "man"
    if word.endswith("men") and len(word) > 4:
        return word[:-2] + "an"
    if word.endswith("children"):
        return word[:-3]
    if word.endswith("wives"):
        return word[:-3] + "fe"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "zes", "ches", "shes")):
        return word[:-1] if word.endswith("aches") else word[:-2]
    if word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return word
    return word[:-1]
