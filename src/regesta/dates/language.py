"""The words of dates, as a table for each language: what `find_dates` knows of English stands here and nowhere else.

A `Language` says which words mean which month, season, bound or unit; `patterns.py` makes expressions of them. Words are
written in lower case; a space stands for any white space between words, and also for a hyphen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["ENGLISH", "Language"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """The words that a language makes dates of; all keys in lower case."""

    code: str
    """BCP 47."""
    months: Mapping[str, int]
    """Full names and abbreviations without their stop, to 1..12."""
    shy_months: frozenset[str]
    """Names that are also words or people: no month when they stand alone without a preposition."""
    weekdays: tuple[str, ...]
    seasons: Mapping[str, int]
    """To the codes 21..24 of EDTF."""
    shy_seasons: frozenset[str]
    """Seasons that need a year beside them ("fall", "spring" are verbs)."""
    feasts: Mapping[str, tuple[int, int]]
    """Fixed days of the year that have a name, to (month, day)."""
    fractions: Mapping[tuple[str, str], tuple[int, str]]
    """"half a year" to 6 months."""
    numbers: Mapping[str, int | None]
    """Number words; None for an unknown number ("several")."""
    ordinals: Mapping[str, int]
    """"nineteenth" to 19, for centuries."""
    century: frozenset[str]
    """The units that an ordinal makes a century."""
    decades: Mapping[str, int]
    """"eighties" to 80."""
    units: Mapping[str, str]
    """Words to `day week month year decade century`."""
    plural_units: frozenset[str]
    later: Mapping[str, int]
    """Words after a count of units, to +1 or -1 ("two years later"); -2 counts back from the time of writing ("ago")."""
    adjacent: frozenset[str]
    """Of these, the ones that an event may follow: "two years before the war"; "the day before" is one day."""
    neighbours: Mapping[str, int]
    """Words before a unit, to the step: "the previous year"."""
    bounds: Mapping[str, str]
    """Words before a date that bound it, to the qualifier; an empty one changes nothing ("not until")."""
    approximations: Mapping[str, str]
    """Words before a date that make it approximate or uncertain, to `~` or `?`."""
    parts: Mapping[str, str]
    """Words before a date that name a part of it, to the qualifier."""
    now: frozenset[str]
    """Words for the time of writing."""
    now_phrases: tuple[str, ...]
    """Phrases for it, found by their last word, which must be rare."""
    prepositions: frozenset[str]
    """Words after which even an odd number of four digits is a year."""
    time_prepositions: frozenset[str]
    """Words after which a shy month is one."""
    month_prepositions: frozenset[str]
    """Words after which it is one unless a name follows: "by May", "by May Brown"."""
    possessives: frozenset[str]
    """Words before "sixties" that make it an age."""
    number_labels: frozenset[str]
    """Words after which a number is a label or a count, never a year."""
    comparisons: frozenset[str]
    """Pairs of words with the same effect: "more than 1950"."""
    changes: frozenset[str]
    """Verbs after which "by 1950" is an amount."""
    counted: frozenset[str]
    """Nouns and units after a number that make it a count."""


def _keys(text: str) -> frozenset[str]:
    return frozenset(text.split())


# fmt: off
ENGLISH = Language(
    code="en",
    months={
        "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
        "september": 9, "october": 10, "november": 11, "december": 12,
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9, "oct": 10,
        "nov": 11, "dec": 12,
    },
    shy_months=_keys("march april may june august jan feb mar apr jun jul aug sept sep oct nov dec"),
    weekdays=(
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "mon", "tues", "tue", "wed", "thurs", "thur", "thu", "fri", "sat", "sun",
    ),
    seasons={"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24},
    shy_seasons=_keys("fall"),
    feasts={
        "christmas day": (12, 25), "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26),
        "new year's eve": (12, 31), "new year's day": (1, 1), "new year’s eve": (12, 31), "new year’s day": (1, 1),
    },
    fractions={
        ("half", "year"): (6, "month"), ("half", "decade"): (5, "year"), ("half", "century"): (50, "year"),
        ("half", "month"): (2, "week"), ("quarter", "century"): (25, "year"), ("quarter", "year"): (3, "month"),
    },
    numbers={
        "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
        "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
        "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
        "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "a hundred": 100,
        "a couple of": 2, "a few": None, "several": None, "some": None, "many": None, "a dozen": 12,
    },
    ordinals={
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
        "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
        "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
        "twentieth": 20, "twenty first": 21,
    },
    century=_keys("century"),
    decades={
        "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
        "eighties": 80, "nineties": 90,
    },
    units={
        "day": "day", "days": "day", "week": "week", "weeks": "week", "month": "month", "months": "month",
        "year": "year", "years": "year", "decade": "decade", "decades": "decade", "century": "century",
        "centuries": "century", "night": "day", "nights": "day", "morning": "day", "mornings": "day",
        "evening": "day", "evenings": "day", "afternoon": "day",
    },
    plural_units=_keys("days weeks months years decades centuries nights mornings evenings"),
    later={
        "later": 1, "afterwards": 1, "afterward": 1, "thereafter": 1, "after": 1, "earlier": -1, "before": -1,
        "previously": -1, "prior": -1, "ago": -2, "on": 1,
    },
    adjacent=_keys("before after prior"),
    neighbours={
        "previous": -1, "preceding": -1, "prior": -1, "following": 1, "next": 1, "subsequent": 1, "ensuing": 1,
        "same": 0, "very same": 0,
    },
    bounds={
        "until": "until", "till": "until", "up to": "until", "up until": "until", "up till": "until",
        "by": "until", "no later than": "until", "not later than": "until", "through": "until",
        "up to and including": "until", "up through": "until",
        "before": "before", "prior to": "before", "earlier than": "before", "pre": "before",
        "since": "since", "ever since": "since",
        "from": "from", "starting in": "from", "starting from": "from", "beginning in": "from",
        "after": "after", "following": "after", "later than": "after", "post": "after",
        "as of": "as-of", "as at": "as-of",
        "between": "between", "not until": "", "not before": "since",
    },
    approximations={
        "about": "~", "around": "~", "circa": "~", "c": "~", "ca": "~", "c.": "~", "ca.": "~",
        "approximately": "~", "approx.": "~", "roughly": "~", "some time in": "~", "some time around": "~",
        "sometime around": "~", "in or about": "~", "in or around": "~", "in about": "~", "in around": "~",
        "in approximately": "~", "perhaps": "?", "possibly": "?", "probably": "?", "perhaps in": "?",
        "possibly in": "?", "probably in": "?", "maybe": "?", "maybe in": "?",
    },
    parts={
        "early": "early", "early in": "early", "the early part of": "early", "the first half of": "first-half",
        "late": "late", "late in": "late", "the latter part of": "late", "the second half of": "second-half",
        "the latter half of": "second-half", "mid": "mid", "middle": "mid", "the middle of": "mid",
        "the end of": "end", "end of": "end", "the very end of": "end", "the close of": "end",
        "the beginning of": "beginning", "beginning of": "beginning", "the start of": "beginning",
        "start of": "beginning", "early to mid": "early-mid", "mid to late": "mid-late",
    },
    now=_keys("now nowadays currently presently today"),
    now_phrases=("at present", "until the present", "up to the present", "the present day", "at the moment", "these days", "to this day", "to date"),
    prepositions=_keys(
        "in since until till by during of early late mid from to before after between around about circa c. ca. "
        "through throughout following and or on for about early-to-mid summer spring autumn fall winter"
    ),
    time_prepositions=_keys("in since until till during early late mid throughout last next this that on at"),
    month_prepositions=_keys("by of from to before after between through following previous about around and or"),
    possessives=_keys("his her their my our your its"),
    number_labels=_keys(
        "no no. nos. nr nr. number numbers p. pp. p pp page pages vol vol. volume issue isbn issn oclc asin doi pmid "
        "jstor flight room article articles resolution chapter section paragraph para. highway route suite box rs rs. "
        "us$ usd krw eur gbp dm won over nearly almost some only exactly total another additional extra "
        "fig. figure table line lines decree unit lot id serial part"
    ),
    comparisons=frozenset({"more than", "less than", "fewer than", "rather than", "at least", "at most"}),
    changes=_keys(
        "increased rose grew fell declined reduced cut dropped shrank decreased increase decrease risen grown fallen "
        "exceeded outnumbered went raised lowered up down"
    ),
    counted=_keys(
        "GMT UTC CET CEST people persons men women children families refugees defectors soldiers troops prisoners inmates victims "
        "migrants escapees residents students members workers others cases times pages words hours hrs km kilometers "
        "kilometres metres meters miles feet tons tonnes kg kilograms pounds dollars euros won yen yuan marks rubles "
        "roubles percent per individuals civilians citizens applicants asylum copies houses households souls deaths "
        "arrivals boats ships barrels acres hectares grams lbs mm cm m ft votes seats visas passengers"
    ),
)
