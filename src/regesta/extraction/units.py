"""What is counted: units of time and measure, currencies, and the noun phrase behind a number.

    400,000 North Korean refugees who fled          four of the largest defector safe houses in
            [--------------------)  noun                        [--------------------------)
                          [------)  head -> "person"                             [----)  head -> "house"

A noun phrase is read without a grammar: words up to the first plural, stopping at whatever can't stand inside one. What
denotes people, and what money is called, are the lexicon's business; this file knows only English itself.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from regesta.extraction.numbers import GAP, word_set
from regesta.extraction.role_words import ADJECTIVES
from regesta.places import demonym, is_place
from regesta.text.patterns import lazy
from regesta.vocab import Lexicon, lexicon
from regesta.vocab.inflect import singular_of

__all__ = [
    "MEASURES",
    "MONTHS",
    "TIME",
    "Noun",
    "currency_code",
    "denotes_person",
    "is_kin",
    "read_noun",
    "singular_unit",
]


TIME: Final[dict[str, tuple[str, float]]] = {
    form: (unit, factor)
    for forms, unit, factor in (
        ("year years yr yrs", "year", 1), ("month months mth mths", "month", 1), ("week weeks wk wks", "week", 1),
        ("day days", "day", 1), ("hour hours hr hrs", "hour", 1), ("minute minutes min mins", "minute", 1),
        ("second seconds sec secs", "second", 1), ("decade decades", "year", 10), ("century centuries", "year", 100),
        ("fortnight fortnights", "week", 2),
    )
    for form in forms.split()
}  # fmt: skip
"""Word -> (unit, how many of it)."""

MEASURES: Final[dict[str, str]] = {
    form: unit
    for forms, unit in (
        ("km|kms|kilometre|kilometres|kilometer|kilometers", "km"), ("m|metre|metres|meter|meters", "m"),
        ("cm|centimetre|centimetres|centimeter|centimeters", "cm"), ("mm|millimetre|millimetres|millimeter|millimeters", "mm"),
        ("mi|mile|miles", "mi"), ("nautical mile|nautical miles|nmi", "nmi"), ("ft|foot|feet", "ft"),
        ("inch|inches", "in"), ("yd|yard|yards", "yd"), ("kg|kgs|kilo|kilos|kilogram|kilograms|kilogramme|kilogrammes", "kg"),
        ("g|gram|grams|gramme|grammes", "g"), ("mg|milligram|milligrams", "mg"), ("ton|tons", "ton"),
        ("t|tonne|tonnes|metric ton|metric tons", "t"), ("lb|lbs", "lb"), ("oz|ounce|ounces", "oz"),
        ("ha|hectare|hectares", "ha"), ("acre|acres", "acre"),
        ("km²|km2|sq km|square km|square kilometre|square kilometres|square kilometer|square kilometers", "km2"),
        ("m²|m2|sq m|square metre|square metres|square meter|square meters", "m2"),
        ("square mile|square miles|sq mi", "mi2"), ("square foot|square feet|sq ft", "ft2"), ("l|litre|litres|liter|liters", "l"),
        ("gallon|gallons", "gallon"), ("cubic metre|cubic metres|cubic meter|cubic meters|m³", "m3"),
        ("km/h|kmh|kph|kilometres per hour|kilometers per hour", "km/h"), ("mph|miles per hour", "mph"), ("knot|knots", "knot"),
        ("°|degree|degrees", "degree"), ("°c|degrees celsius|degrees centigrade", "°C"), ("°f|degrees fahrenheit", "°F"),
        ("kw|kilowatt|kilowatts", "kW"), ("mw|megawatt|megawatts", "MW"), ("w|watt|watts", "W"), ("hp|horsepower", "hp"),
        ("khz|kilohertz", "kHz"), ("mhz|megahertz", "MHz"), ("volt|volts", "V"), ("calorie|calories|kcal", "calorie"),
        ("%|percent|per cent|pct|percents", "percent"), ("percentage point|percentage points", "percentage point"),
    )
    for form in forms.split("|")
}  # fmt: skip
"""Word, phrase or sign in lower case -> unit."""

_STOP: Final = word_set(
    # prepositions, conjunctions, determiners, pronouns
    "of in on at to from by with without into onto for as than then and or but nor so yet if when while who whom whose "
    "which that what where why how the a an this these those his her its their my our your he she it they we i you him "
    "them us me each every per via about around over under between among through across after before since until till "
    "during against toward towards near within upon off out up down along behind beyond because although though "
    "both either neither no not only also just still even already again there here ever never now today yesterday "
    "tomorrow later earlier ago afterwards afterward apart away back together alone home abroad instead including "
    "except like plus minus versus respectively altogether themselves himself herself itself once twice "
    # verbs that follow a number standing for people ("the four said"), and auxiliaries
    "is are was were be been being am has have had having do does did will would can could may might must shall should "
    "said say says told tell asked fled flee left leave came come comes went go goes took take takes made make makes got "
    "get gave give given found find knew know saw see began begin became become brought bring bought sent sold spoke "
    "stood sat swam ran rode flew fell felt kept held led lost met paid put read rose sought seek shot slept spent "
    "stole swore thought threw wore wrote won't died survived arrived escaped defected crossed managed tried wanted "
    "agreed continued remained stayed lived worked reached returned landed sailed walked travelled traveled entered "
    "received decided hoped claimed followed joined hid drove broke hidden drowned perished visited used moved "
    "according due such whether however meanwhile"
)
MONTHS: Final = word_set(
    "January February March April May June July August September October November December Jan Feb Mar Apr Aug Sept Sep Oct Nov Dec"
)
_ADVERBS: Final = word_set("more other additional further such extra new total fewer less odd")
"""May stand between the number and the noun, but are no part of it."""
_PLURALS: Final = word_set(
    "men women children people police personnel staff crew troops cattle sheep fish feet teeth mice geese oxen "
    "aircraft spacecraft hovercraft offspring kin infantry cavalry clergy media data criteria phenomena series species "
    "others lives wives knives families pence police folk mujahideen gendarmerie crewmen"
)
_NOT_PLURAL: Final = word_set(
    "always perhaps various previous religious serious famous dangerous numerous anonymous precious religious perilous "
    "less unless this his hers its yours theirs us plus thus news means politics mathematics physics besides sometimes "
    "afterwards towards overseas upstairs downstairs indoors outdoors nowadays christmas swiss"
)
_PLURAL_MODIFIERS: Final = word_set(
    "rights arms sales sports news communications operations affairs narcotics drugs weapons customs savings goods "
    "forces states nations services systems intelligence women men police staff crew aircraft overseas days years months "
    "weeks hours series media fisheries railways airlines"
)
"""Plurals that often stand before the true head: "two arms dealers", "six United States soldiers"."""
_PERSONAL: Final = word_set(
    "male female dead wounded injured missing killed others males females elderly disabled homeless survivors "
    "civilians nationals natives locals foreigners compatriots countrymen countrywomen"
)
"""Stand for people when they end the phrase: "two dead", "one male and one female"."""
_HUMAN: Final = word_set(
    "person people man woman child boy girl individual human adult minor infant baby teenager youth fisherman "
    "soldier refugee defector migrant passenger member sailor officer pilot student worker prisoner detainee inmate "
    "jew muslim christian catholic protestant buddhist hindu sikh mormon communist "
)
_HUMAN_ENDINGS: Final = (
    "man",
    "woman",
    "person",
    "people",
    "child",
    "worker",
    "seeker",
    "fighter",
    "keeper",
    "player",
)
_GROUPS: Final = word_set(
    "family household couple group crew team party gang band delegation squad unit battalion brigade regiment tribe clan "
    "community organisation organization committee generation population people"
)
_PEOPLES: Final = lazy(r"[A-Z][a-z]+(?:ans?|ese|ish|is|ians|ards?)\Z")
_COMPOUNDS: Final = {
    "house": word_set("safe guest"), "camp": word_set("prison labour labor refugee concentration detention internment transit holding"),
    "seeker": word_set("asylum"), "guard": word_set("border prison coast camp"), "officer": word_set("police army air intelligence"),
    "centre": word_set("reception detention resettlement holding"), "center": word_set("reception detention resettlement holding"),
    "boat": word_set("fishing rubber patrol speed motor"), "ship": word_set("cargo war"), "shot": word_set("warning"),
    "school": word_set("high primary secondary middle boarding"), "plane": word_set("fighter transport cargo"),
}  # fmt: skip
"""Head -> first words that make one notion with it; facilities of the lexicon do as well."""

_TOKEN: Final = lazy(rf"({GAP})([^\W\d_][^\W\d_.]*(?:[-\u2011'’.][^\W\d_]+)*\.?)")
_MOST_WORDS: Final = 6


class Noun(NamedTuple):
    """A counted noun phrase: where it stands, and its head as a unit."""

    start: int
    end: int
    unit: str
    """The head in the singular, lower case; `person` for people."""
    is_plural: bool


@lru_cache(maxsize=1 << 15)
def denotes_person(noun: str) -> bool:
    """Return whether a noun, lower case, singular or plural, denotes single human beings (not a group of them).

    >>> [denotes_person(x) for x in ("fishermen", "refugees", "families", "boats")]
    [True, True, False, False]
    """
    words = lexicon()
    one = words.plurals.get(noun) or singular_of(noun)
    if noun in _PERSONAL or one in _HUMAN:
        return True
    if one in _GROUPS or one in words.group_nouns:
        return False
    return (
        one in words.person_nouns or one in words.kin or words.is_role(one) or one.endswith(_HUMAN_ENDINGS)
        or one in words.nationalities
    )  # fmt: skip


def is_place_name(head: str) -> bool:
    """Return whether a capitalised plural counts places of one name: "the two Koreas".

    >>> is_place_name("Koreas"), is_place_name("Koreans"), is_place_name("Boats")
    (True, False, False)
    """
    return head[0].isupper() and is_place(singular_of(head.lower()).capitalize()) and demonym(head) is None


def is_kin(noun: str) -> bool:
    """Return whether the noun, lower case, names a relative or a single person: what an age in brackets may follow."""
    return noun in lexicon().kin or (denotes_person(noun) and singular_of(noun) == noun)


def singular_unit(noun: str) -> str:
    """Return the noun as a unit: `person` for people, else its singular, lower case."""
    lower = noun.lower()
    if denotes_person(lower):
        return "person"
    return lexicon().plurals.get(lower) or singular_of(lower)


@lru_cache(maxsize=1024)
def currency_code(words: str) -> str | None:
    """Return the ISO 4217 code of a symbol, a code or a name of money; of a longer name its last word decides.

    >>> [currency_code(x) for x in ("US$", "won", "North Korean won", "boats")]
    ['USD', 'KRW', 'KPW', None]
    """
    return lexicon().currencies.get(words.lower())


_CLASS_OF_AGE: Final = lazy(r"[ ][Uu]nder[- ](?:1[2-9]|2[0-3])s?(?=[ ])")


def read_noun(text: str, at: int, end: int, *, one: bool = False) -> Noun | None:
    """Return the noun phrase that begins behind `at` and a space; None where no noun follows.

    `one` wants a singular: "one wooden boat", "the fifth anniversary".

    >>> text = "99 newly arrived North Korean refugees living in"
    >>> noun = read_noun(text, 2, len(text)); text[noun.start:noun.end], noun.unit
    ('newly arrived North Korean refugees', 'person')
    """
    words: list[tuple[int, int, str]] = []
    place = at
    if text.startswith((" under", " Under"), at) and (years := _CLASS_OF_AGE.match(text, at, end)):
        place = years.end()  # "five under-20 players"
    for _ in range(_MOST_WORDS):
        token = _TOKEN.match(text, place, end)
        if token is None:
            break
        start, stop = token.span(2)
        word = token[2]
        if word.endswith(".") and len(word) > 2:
            word, stop = word[:-1], stop - 1
        bare = word[:-2] if word[-2:] in ("'s", "’s") else word
        lower = bare.lower()
        if bare in MONTHS or (
            lower in _STOP and not (words and lower.endswith("ed") and words[-1][2].endswith("ly"))
        ):
            break  # but "newly arrived women"
        words.append((start, stop - (len(word) - len(bare)), bare))
        place = stop
        if stop < end and text[stop] in ",." and stop + 1 < end and not one and _is_adjective(lower):
            place = stop + 1  # "four large, wooden boats"
        elif bare != word:
            break
    while words and words[0][2].lower() in _ADVERBS and (len(words) > 1 or words[0][2].lower() != "total"):
        words.pop(0)
    if not words:
        return None
    return _one(words) if one else _several(words)


def _is_adjective(lower: str) -> bool:
    return lower.endswith(
        ("al", "ed", "en", "ful", "ic", "ing", "ive", "large", "small", "old", "ous", "y")
    ) and (not is_plural(lower))


@lru_cache(maxsize=1 << 14)
def is_plural(lower: str) -> bool:
    """Return whether a lower-case word looks like a plural.

    >>> [is_plural(x) for x in ("boats", "fishermen", "previous", "princess", "deer")]
    [True, True, False, False, False]
    """
    if lower in _PLURALS or lower in lexicon().plurals:
        return True
    if lower.endswith("s"):
        return (
            not lower.endswith(("ss", "ous", "us", "is", "'s"))
            and lower not in _NOT_PLURAL
            and len(lower) > 3
        )
    return lower.endswith(("men", "women", "people")) and lower not in ("omen", "specimen", "regimen")


def _several(words: list[tuple[int, int, str]]) -> Noun | None:
    """Return the phrase up to its first true plural."""
    last = len(words) - 1
    for i, (_, stop, word) in enumerate(words):
        lower = word.lower().rpartition("-")[2] or word.lower()
        if not is_plural(lower) and not (word.endswith("is") and word[0].isupper() and demonym(word)):
            if (i == last and lower in _PERSONAL) or (
                i == last and i < 4 and word[0].isupper() and word.endswith(("ese", "ish", "wiss"))
            ):
                return Noun(words[0][0], stop, "person", True)
            continue
        if i and lower in TIME and words[i - 1][2].endswith("ed"):
            return None  # "the two escaped months later"
        if i < last:
            following = words[i + 1][2].lower()
            if is_plural(following) and (lower in _PLURAL_MODIFIERS or denotes_person(following)):
                continue
            if lower in _PLURAL_MODIFIERS and i + 2 <= last and is_plural(words[i + 2][2].lower()):
                continue
        return Noun(words[0][0], stop, _unit(words[: i + 1]), True)
    return None


def _one(words: list[tuple[int, int, str]]) -> Noun | None:
    """Return the phrase of a singular: up to a known noun, else up to what looks like a verb."""
    count = 0
    for i, (_, _, word) in enumerate(words[:5]):
        lower = word.lower()
        if i and lower.endswith(("ed", "ing")) and not word[0].isupper():
            break
        count = i + 1
        if is_plural(lower) and lower not in _PLURAL_MODIFIERS:
            break
        following = words[i + 1][2].lower() if i + 1 < len(words) else ""
        if _is_known(lower) and not _is_known(following) and not (following and lower in ADJECTIVES):
            break
        if count == 3:
            break
    if not count:
        return None
    return Noun(
        words[0][0], words[count - 1][1], _unit(words[:count]), is_plural(words[count - 1][2].lower())
    )


@lru_cache(maxsize=1 << 14)
def _is_known(lower: str) -> bool:
    words: Lexicon = lexicon()
    return bool(lower) and (
        denotes_person(lower) or lower in words.group_nouns or lower in words.facilities or lower in words.vehicles
        or lower in words.place_nouns or lower in TIME
    )  # fmt: skip


def _unit(words: list[tuple[int, int, str]]) -> str:
    head = words[-1][2]
    lower = head.lower()
    if denotes_person(lower) or (
        head[0].isupper()
        and lower not in lexicon().facilities
        and (
            _PEOPLES.match(head)
            or demonym(head) is not None
            or (head.endswith("s") and demonym(head[:-1]) is not None)
        )
    ):
        return "person"
    for part in (lower.rpartition("-")[2],):
        if part != lower and denotes_person(part):
            return "person"
    one = singular_unit(lower)
    if len(words) > 1:
        before = words[-2][2].lower()
        if denotes_person(f"{before} {lower}"):
            return "person"
        if before in _COMPOUNDS.get(one, ()) or f"{before} {lower}" in lexicon().facilities:
            return f"{before} {one}"
    return one
