"""What opens a run of capitalised words and is no part of a name: "In Ana Roth's house", "Sein Freund Karl Roth", "В Осло", "During".

A word that opens a sentence is written with a capital whatever it is; and some such words ("No", "An", "May") are names too, where something follows.
"""

from __future__ import annotations

import re

from regesta.extraction.chunk import CALENDAR
from regesta.extraction.name_runs import is_abroad, is_german, only_opens
from regesta.extraction.tokens import Tokens
from regesta.names import lists as names
from regesta.names.cyrillic import is_cyrillic
from regesta.vocab import Lexicon

__all__ = ["GERMAN_NOUNS", "GIVEN_MONTHS", "OPENS_NOUNS", "ends_a_name", "is_function_word", "is_titled"]

GIVEN_MONTHS = frozenset(("april", "may", "june", "august"))
_BEFORE_MONTHS = frozenset(
    "in of on since by until till early late mid last next this that each every from to before after during through the im".split()
)
"""Words before a month that is no given name."""
_DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central new great greater upper lower".split()
)
_OPENING_VERBS = frozenset(
    "wrote was is had has did became joined met left flew held took brought told gave went sold sent kept led lost won".split()
)
_DURING = frozenset(
    "durante tras desde hasta según entre sobre pendant depuis après avant selon dopo".split()
)
"""Words that lead up to a noun with its article, some of them surnames too."""
_NAMES_IN_ED = ("hammed", "hamed", "hmed", "eed")
"""Ends of names that look like those of verbs: "Nurmuhammed", "Abdulhamed", "Rasheed"."""
GERMAN_NOUNS = frozenset(
    "sohn mann ehemann mutter vater verlobte verlobter verlobten freund freundin kamerad ehefrau gattin tochter bruder schwester enkelin enkel neffe nichte onkel tante witwe schwager schwägerin cousine vetter lehrer lehrerin "
    "ärztin arzt bauer pfarrer händler arbeiter arbeiterin schneider schneiderin kaufmann student studentin professor fräulein".split()
)
"""German nouns, written with capitals, that lead up to a name: "die Enkelin Traudl"."""


def ends_a_name(tokens: Tokens, at: int) -> bool:
    """Whether a common word is the surname of somebody whose whole name the text tells: "Ada Field", then "Field left"."""
    word = tokens.lowers[at]
    if not names.is_surname(word) or at + 1 == len(tokens) or tokens.capital[at + 1]:
        return False
    return any(
        tokens.capital[here]
        and tokens.capital[here - 1]
        and names.is_given(tokens.lowers[here - 1])
        and not names.is_weak(tokens.lowers[here - 1])
        for here in tokens.by_word.get(word, ())
        if here
    )


def is_titled(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether what looks like a place or a body is somebody: "Major Kenneth Park"."""
    given = tokens.lowers[last - 1]
    return (
        last - first == 2
        and tokens.lowers[first] in lexicon.ranks
        and names.is_given(given)
        and not names.is_weak(given)
        and names.is_surname(tokens.lowers[last])
    )


_GERMAN_OPENINGS = frozenset("In Im An Am Um Bei Vom".split())
_CYRILLIC_OPENINGS = frozenset("В К С О У На По Из От До За При Через Для Після Від Під У Із З".split())
_PREPOSITIONS_ABROAD = frozenset("en au aux dans chez vers sous con por para sin em nel nella nell".split())
"""Words that lead up to a name elsewhere: "En Angola", "Au Burundi"; some are surnames of the East."""
_ELIDED = re.compile(r"(?:[LlDd]|[Qq]u)['’][^\W\d_]")
"""An article that lost its vowel before a common noun: "L'ingénieur Jean Kos"."""
OPENS_NOUNS = frozenset(
    "la el los las il lo le les van de di da do du della dello del des der den das dos".split()
)
_WHOSE_ABROAD = frozenset(("Sein", "Dein", "Dessen", "Deren"))
_PRONOUNS_ABROAD = frozenset("elle elles il ils ella ellas él ellos er sie lui lei".split())


def is_function_word(tokens: Tokens, index: int, last: int, lexicon: Lexicon, *, is_start: bool) -> bool:
    """Whether a capitalised word is no part of a name; "No", "An" and "So" are surnames too, and then something follows."""
    word, text = tokens.lowers[index], tokens.texts[index]
    if word in GIVEN_MONTHS and index < last and _names_somebody(tokens, index):
        return False
    if text in _GERMAN_OPENINGS and is_german(tokens) and (index < last if is_start else index == last):
        return True  # "Gewagter Schritt In"
    if is_start and word in _PRONOUNS_ABROAD and index == last and is_abroad(tokens):
        return True
    if index < last and len(text) == 1 and tokens.starts[index + 1] == tokens.ends[index] + 2:
        return False
    if is_start and index < last and text in _CYRILLIC_OPENINGS:
        return True  # "В Осло", and no initial: that has a full stop
    elided = word in _PREPOSITIONS_ABROAD or (_ELIDED.match(text) and text.endswith(word[2:]))
    if is_start and index < last and elided and is_abroad(tokens):
        return True  # "En Angola", "L'ingénieur Jean Kos"
    if is_start and text in _WHOSE_ABROAD and index < last and tokens.lowers[index + 1] in GERMAN_NOUNS:
        return True  # "Sein Freund Karl Roth half"
    if (
        is_start
        and index < last
        and (word in _OPENING_VERBS or (word.endswith("ed") and not word.endswith(_NAMES_IN_ED)))
        and not names.is_given(word)
    ):
        return True
    did = word.endswith("ó") or (word.endswith(("aron", "ieron")) and is_abroad(tokens))
    if is_start and index < last and did:
        return not (names.is_given(word) or names.is_surname(word))  # "Publicó Antiestética"
    if is_start and word in _DURING and last > index and tokens.lowers[index + 1] in OPENS_NOUNS:
        return True  # "Durante la Guerra Civil"
    if is_start and last - index > 1 and tokens.lowers[index + 1] in OPENS_NOUNS and is_abroad(tokens):
        known = names.is_given(word) or names.is_surname(word)
        return not known and not is_titled(
            tokens, index, last, lexicon
        )  # "Tijdens de Grote Oorlog", "Notte di San Pietro"
    if is_start and index < last and is_cyrillic(text) and only_opens(tokens, index):
        return True
    if word not in lexicon.stop_names or (index < last and word in _DIRECTIONS):
        return False
    if not names.is_surname(word):
        return True
    following = tokens.lowers[index + 1] if index < last else ""
    if following in CALENDAR and word in ("in", "on", "by", "so", "an", "no"):
        return True
    if word == "go" and last - index == 2 and following not in lexicon.stop_names:
        return False  # "Go Gien Tjwan"
    if is_start and index == last and ends_a_name(tokens, index):
        return False
    followed = "-" in following or (names.is_given(following) and not names.is_weak(following))
    if word in names.asian_surnames():  # "In Ana Ruiz's words"
        followed = followed and ("-" in following or names.is_east_asian_given(following))
    return is_start and not followed if not tokens.possessive[index] else False


def _names_somebody(tokens: Tokens, index: int) -> bool:
    """Whether a month opens a name: "a neighbour, August Nkusi", and not "in August Karl Ebner"."""
    following, before = tokens[index + 1], tokens.lowers[index - 1] if index else ""
    return (
        following.is_capital
        and len(following.text) > 1
        and following.lower not in CALENDAR
        and before not in _BEFORE_MONTHS
        and not before[-1:].isdigit()
        and not before.rstrip("stndrh").isdigit()
    )
