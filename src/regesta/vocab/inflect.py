"""English nouns between singular and plural, for nouns of a lexicon: a list of irregular ones, then the rules of spelling.

Phrases inflect at their head: the last word, or the word before the first "of", "at", "in", "for", "to", "on", "de":

    border guard   -> border guards          member of parliament -> members of parliament
    mother-in-law  -> mothers-in-law         chargé d'affaires    -> chargés d'affaires

Only nouns that a lexicon holds are asked for; this is not a general morphology and does not guess parts of speech.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
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
    "mujahid:mujahideen wharf:wharves staff:staff quiz:quizzes gas:gases lens:lenses "
    "atlas:atlases canvas:canvases alias:aliases metropolis:metropolises marquis:marquises "
    "memoir:memoirs drawing:drawings writing:writings work:works movie:movies auntie:aunties cabbie:cabbies zombie:zombies "
    "gendarmerie:gendarmeries calorie:calories attache:attaches cache:caches moustache:moustaches rabbi:rabbis mufti:muftis "
    "taxi:taxis swami:swamis guru:gurus ski:skis alibi:alibis yogi:yogis tsunami:tsunamis emu:emus menu:menus "
    "abuse:abuses excuse:excuses ruse:ruses fuse:fuses muse:muses refuse:refuses recluse:recluses masseuse:masseuses poétesse:poétesses chanteuse:chanteuses strasse:strassen gasse:gassen"
)
_IRREGULAR: Final[dict[str, str]] = dict(pair.split(":") for pair in _PAIRS.split())
_SAME: Final = (
    "aircraft spacecraft watercraft hovercraft rotorcraft craft series miniseries species people police offspring sheep deer fish "
    "personnel staff news corps headquarters barracks means crossroads chinese japanese vietnamese portuguese lebanese "
    "sudanese burmese nepalese maltese swiss congolese taiwanese senegalese bhutanese congolese kin cattle "
    "infantry cavalry artillery militia clergy nobility intelligentsia military "
    "premises customs gallows outskirts narrows rapids hmong rohingya "
    "lao won yen yuan baht dong rand renminbi"
)
_UNCHANGED: Final = frozenset(_SAME.split())
_HEAD_BREAKS: Final = frozenset(
    ("of", "at", "in", "for", "to", "on", "de", "d'affaires", "without", "from", "with")
)
_BREAK: Final = re.compile(rf" (?:{'|'.join(sorted(_HEAD_BREAKS))})(?: |$)")
_OFFICES: Final = frozenset(
    f"{office} general"
    for office in ("attorney", "consul", "director", "governor", "secretary", "solicitor", "surgeon")
)  # the noun stands first; in "major general" it stands last
_HYPHENATED: Final = re.compile(r"([^-]+)(-(?:in-law|in-arms|in-chief|at-arms|at-large|de-camp|on|by))")
_SINGULARS: Final[dict[str, str]] = {plural: singular for singular, plural in _IRREGULAR.items()} | {
    "bases": "base",  # a military one; of "basis" nobody speaks here
    "headaches": "headache",
}


def plural_of(noun: str) -> str:
    """Return the plural of a lower-case noun or noun phrase; a noun without one ("aircraft") as it is.

    >>> [plural_of(x) for x in ("wife", "fisherman", "family", "border guard", "brother-in-law", "member of parliament")]
    ['wives', 'fishermen', 'families', 'border guards', 'brothers-in-law', 'members of parliament']
    """
    return _at_head(noun, _plural_word)


@lru_cache(maxsize=1 << 14)
def singular_of(noun: str) -> str:
    """Return the singular of a lower-case plural; what looks like no plural as it is.

    >>> [singular_of(x) for x in ("wives", "fishermen", "families", "buses", "chess players", "aircraft", "boss")]
    ['wife', 'fisherman', 'family', 'bus', 'chess player', 'aircraft', 'boss']
    """
    return _at_head(noun, _singular_word)


def _at_head(phrase: str, inflect: Callable[[str], str]) -> str:
    """Apply `inflect` to the head word of a phrase."""
    front, space, last = phrase.rpartition(" ")
    if not space:
        return _at_hyphen(phrase, inflect) if "-" in phrase else inflect(phrase)
    if _BREAK.search(phrase):
        words = phrase.split(" ")
        head = next(i - 1 for i, word in enumerate(words) if i and word in _HEAD_BREAKS)
    elif last == "general" and f"{_singular_word(front)} general" in _OFFICES:
        words, head = phrase.split(" "), 0
    else:
        return f"{front} {_at_hyphen(last, inflect) if '-' in last else inflect(last)}"
    words[head] = _at_hyphen(words[head], inflect)
    return " ".join(words)


def _at_hyphen(word: str, inflect: Callable[[str], str]) -> str:
    """Apply `inflect` to the part of a hyphenated word that takes the ending."""
    if "-" not in word:
        return inflect(word)
    if word[0] == "-":  # an ending of names: "-do"
        return word
    if match := _HYPHENATED.fullmatch(word):
        return inflect(match[1]) + match[2]
    front, hyphen, last = word.rpartition("-")
    return front + hyphen + inflect(last)


@lru_cache(maxsize=8192)
def _plural_word(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _UNCHANGED:
        return word
    last = word[-1:]
    if last == "n" and word.endswith("man"):
        return word[:-2] + "en"
    if last == "d" and word.endswith("child"):
        return word + "ren"
    if last == "e" and word.endswith("wife"):
        return word[:-2] + "ves"
    if last == "y" and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if last == "s" and not word.endswith(("ss", "us")):
        return word  # "twins", "authorities": plural already
    if last in "sxz" or (last == "h" and word.endswith(("ch", "sh")) and not word.endswith("arch")):
        return word + "es"
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
    if word.endswith("uses") and word[-5:-4] not in "oa":  # "campuses", not "houses" and "clauses"
        return word[:-2]
    if word.endswith(("sses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    if word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return word
    return word[:-1]
