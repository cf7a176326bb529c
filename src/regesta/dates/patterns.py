"""The expressions that read one date, made from a table of words.

Two kinds. *Anchors* are cheap and find where a date may stand: a run of digits, a capitalised month, a word such as
"years". The *precise* patterns are only tried there. Every quantifier is bounded, so the time is linear in the text.

    "in the late 1990s"
        ^^^^^^^^^ lead: read in the text that ends where the date begins
                 ^^^^^ anchor, then the precise pattern
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from regesta.dates.language import ENGLISH, Language

__all__ = ["DASHES", "NUMBER", "Patterns", "compile_patterns"]

DASHES = "-–—−‒‑"
"""Hyphen, dashes and minus, as documents use them for "to"."""

NUMBER = re.compile(r"[0-9]+")
_GAP = r"(?:[^\S\n]{1,3}|[^\S\n]{0,2}\n[^\S\n]{0,4}(?=\w))"
"""White space inside a date: a few blanks, or one line break that does not begin a list item."""
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_ORDINAL = r"(?:st|nd|rd|th|ST|ND|RD|TH)?"
_NO_NOUN = r"(?=\s?(?:[,.;:)\]]|\Z)|\s(?:who|were|are|was|had|has|have)\b)"
"""What follows "and after", "and before" where they stand for a time; "and after two days" goes on."""
_NO_NUMBER = r"(?![0-9]|[.,:][0-9]|[ \u00a0]?%)"


@dataclass(frozen=True, slots=True)
class Patterns:
    """The compiled expressions of one language."""

    language: Language
    anchor: re.Pattern[str]
    """The first letters of a word that may be part of a date; numbers are searched apart, which is faster."""
    any_anchor: re.Pattern[str]
    """The same or a number: for single words, in which a search for both costs no more than one."""
    day_first: re.Pattern[str]
    """"21 September 1953", "12–14 May 1986", "21st of September"."""
    month_first: re.Pattern[str]
    """"September 21, 1953", "May 12–14, 1986", "September 1953", "September"."""
    numeric: re.Pattern[str]
    """"21.9.1953", "1953-09-21", "4.XI.1978"."""
    year_suffix: re.Pattern[str]
    """What may follow a year's digits: `s` of a decade, `/46`, `-09`, `BC`."""
    feast: re.Pattern[str]
    """"Christmas 1968"."""
    season: re.Pattern[str]
    """"summer of 1961"."""
    decade_word: re.Pattern[str]
    """"eighties"."""
    century: re.Pattern[str]
    """"19th century", from its number on."""
    ordinal_century: re.Pattern[str]
    """"nineteenth century", ending where "century" ends; searched backwards."""
    lead: re.Pattern[str]
    """What stands before a date and changes its value; searched in the text that ends where the date begins."""
    lead_last: frozenset[str]
    """The words that a lead can end with: none of them, no search."""
    lead_words: frozenset[str]
    """All words of leads: a lead begins no sooner than the run of them before a date."""
    inner_lead: re.Pattern[str]
    """What may stand before the second date of a range: "to the *early* 1980s"."""
    of_year: re.Pattern[str]
    """" of the following year" behind a date that lacks its own."""
    recurs: re.Pattern[str]
    """"the following" before a month or a day; searched in the text that ends where the date begins."""
    shy_range: re.Pattern[str]
    """What behind "May" shows that it is a month: "to July"."""
    weekday: re.Pattern[str]
    """A weekday before a date; searched in the text that ends where the date begins."""
    join: re.Pattern[str]
    """What joins two dates to a range or a list."""
    tail: re.Pattern[str]
    """What after a date opens it: "onwards", "–present"."""
    now: re.Pattern[str]
    now_phrase: re.Pattern[str]
    """Searched in the text that ends where a word does."""
    unit: re.Pattern[str]
    later: re.Pattern[str]
    """What makes a count of units a date: "later", "ago"."""
    count: re.Pattern[str]
    """A number before a unit; searched in the text that ends where the unit begins."""
    neighbour: re.Pattern[str]
    """"the previous" and the like before a unit; searched in the text that ends where the unit begins."""


def _words(words: Iterable[str]) -> str:
    """Return an alternation of phrases, longest first, their spaces any gap or hyphen."""
    found = sorted(set(words), key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", r"[\s-]{1,3}") for w in found)


def _capitals(words: Iterable[str]) -> str:
    """Return an alternation of words written as a name or in capitals."""
    found = {form for w in words for form in (_title(w), w.upper())}
    return "|".join(
        re.escape(w).replace(r"\ ", r"\s{1,2}") for w in sorted(found, key=lambda w: (-len(w), w))
    )


def _title(phrase: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in phrase.split(" "))


def _stems(words: Iterable[str], *, lower: bool) -> set[str]:
    """Return the first letters of words, enough to leave most of the text unread."""
    stems: set[str] = set()
    for word in words:
        stem = word.split(" ")[0][:5]
        stems |= {stem[:1].upper() + stem[1:], stem.upper()} | ({stem} if lower else set())
    short = {s for s in stems if len(s) <= 3}
    return short | {s for s in stems if s[:3] not in short}


def _by_first_letter(stems: Iterable[str]) -> str:
    """Return an alternation with one branch for each first letter: the engine then skips to those letters."""
    groups: dict[str, list[str]] = {}
    for stem in sorted(stems):
        groups.setdefault(stem[0], []).append(re.escape(stem[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items())


def _last_words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(phrase.replace("-", " ").split()[-1] for phrase in phrases)


def _all_words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in phrase.replace("-", " ").split())


@cache
def compile_patterns(language: Language = ENGLISH) -> Patterns:
    """Return the expressions for a table of words; made once for each, when first asked for."""
    month = rf"(?P<month>(?i:{_words(language.months)}))\b\.?"
    named = rf"(?P<month>{_capitals(language.months)})\b\.?"
    season = rf"(?P<season>(?i:{_words(language.seasons)}))\b"
    parts = {p.removeprefix("the ") for p in language.parts}
    part = rf"(?P<part>{_words(parts)})[\s-]{{1,2}}"
    approx = rf"(?P<approx>{_words(language.approximations)})\s{{0,2}}"
    days = rf"(?:[ ]?(?P<join>[{DASHES}/]|{_GAP}(?:to|and|or|&){_GAP})[ ]?(?P<day2>{_DAY}){_ORDINAL}"
    # "July 1–3", "July 1 – 3, 1990", but "July 1 – 21 people" is a day and a count
    more_days = (
        rf"(?:(?P<join>[{DASHES}/]|{_GAP}(?:to|and|or|&){_GAP}|[ ][{DASHES}][ ](?=[0-9]{{1,2}}(?:,|[ ][12][0-9]{{3}}|\s*(?:[.;)]|$|\n))))"
        rf"(?P<day2>{_DAY}){_ORDINAL}(?![0-9]|{_GAP}[A-Z]|-[a-z]))?"
    )
    year = r"(?P<year>[12][0-9]{3})(?![0-9]|[.,][0-9])"
    stems = _stems([*language.months, *language.feasts], lower=False)
    units = [unit for unit in language.units if unit not in language.plural_units]
    ends = [phrase.split()[-1] for phrase in language.now_phrases]
    stems |= _stems([*units, *ends, *language.now, *language.decades, *language.seasons], lower=True)
    return Patterns(
        language=language,
        anchor=re.compile(_by_first_letter(stems)),
        any_anchor=re.compile(rf"{NUMBER.pattern}|{_by_first_letter(stems)}"),
        day_first=re.compile(
            rf"(?P<day>{_DAY}){_ORDINAL}{days})?"
            rf"(?:{_GAP}(?:(?:day{_GAP})?of{_GAP}(?:the{_GAP}month{_GAP}of{_GAP})?)?|\.{_GAP}|\.?-|)"
            rf"{month}(?:(?:,?{_GAP}(?:of{_GAP})?|-|,){year}|(?![ -]['’]?[0-9][0-9](?:$|[^0-9\s])))"
        ),
        month_first=re.compile(
            rf"{named}(?:"
            rf"(?P<days>(?:{_GAP}(?:the{_GAP})?|-)(?P<first>(?P<day>{_DAY}){_ORDINAL}){more_days})"
            rf"(?:(?:,{_GAP}?|{_GAP}(?:of{_GAP})?|-)(?P<year2>[12][0-9]{{3}})(?![0-9]|[.,][0-9]))?{_NO_NUMBER}"
            rf"|(?:,?{_GAP}(?:of{_GAP})?(?:the{_GAP}year{_GAP})?|[-/]){year}"
            r"|)"
        ),
        numeric=re.compile(
            r"(?P<a>[0-9]{1,4})(?P<sep>[./-])(?:(?<=\.)[ ]?)?(?P<b>[0-9]{1,2}|[IVX]{1,4})(?P=sep)(?:(?<=\.)[ ]?)?(?P<c>[0-9]{1,4})"
            r"(?:T[0-9][0-9]:[0-9][0-9](?::[0-9][0-9](?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9][0-9]:?[0-9][0-9])?)?(?![0-9]|[./-][0-9])"
        ),
        year_suffix=re.compile(
            rf"(?P<decade>['’]?s\b)|(?P<mark>[{DASHES}/])(?P<two>[0-9]{{1,2}})(?![0-9]|[{DASHES}/.,:][0-9])"
            r"|[ \u00a0]?(?:(?P<bc>BCE?\b|B\.C\.(?:E\.)?)|(?P<ad>AD\b|CE\b|A\.D\.))"
        ),
        feast=re.compile(
            rf"(?P<feast>{_capitals(language.feasts)})\b(?:(?:,|{_GAP}of|{_GAP}in)?{_GAP}{year})?"
        ),
        season=re.compile(
            rf"{season}(?:(?:,|{_GAP}of|{_GAP}in)?{_GAP}{year}(?:[/–-](?P<next>[0-9][0-9])(?![0-9]))?)?"
        ),
        decade_word=re.compile(rf"(?P<decade>(?i:{_words(language.decades)}))\b"),
        century=re.compile(
            rf"(?P<n>[0-9]{{1,2}})(?:st|nd|rd|th)(?:\s?(?:and|to|or|[{DASHES}])\s?(?:the\s)?(?P<n2>[0-9]{{1,2}})(?:st|nd|rd|th))?"
            rf"[\s-]{{1,2}}(?i:centur(?:y|ies))\b(?P<bc>{_GAP}B\.?C\.?(?:E\.?)?)?"
        ),
        ordinal_century=re.compile(rf"\b(?P<n>(?i:{_words(language.ordinals)}))[\s-]{{1,2}}$"),
        lead=re.compile(
            rf"(?<![\w$£€¥₩])(?i:(?:(?P<bound>{_words(language.bounds)})[\s-]{{1,2}})?(?:the\s{{1,2}})?"
            rf"(?:{approx})?(?:(?:the\s{{1,2}})?{part})?(?:the\s{{1,2}})?)$"
        ),
        lead_last=_last_words([*language.bounds, *language.approximations, *parts, "the"]),
        lead_words=_all_words([*language.bounds, *language.approximations, *parts, "the"]),
        inner_lead=re.compile(rf"(?i:(?:{approx})?(?:the\s{{1,2}})?(?:{part})?(?:the\s{{1,2}})?)"),
        of_year=re.compile(
            rf",?\s{{1,2}}(?:of\s{{1,2}}|in\s{{1,2}})?(?:the|that)\s{{1,2}}(?:(?P<step>{_words(language.neighbours)})\s{{1,2}})?year\b"
        ),
        recurs=re.compile(
            rf"\bthe\s(?P<step>(?i:{_words(w for w in language.neighbours if language.neighbours[w])}))\s{{1,2}}$"
        ),
        shy_range=re.compile(rf"\.?\s?(?:[{DASHES}/]|to|until|through)\s?(?:{_capitals(language.months)})\b"),
        weekday=re.compile(rf"\b(?:{_capitals(language.weekdays)})\b\.?,?\s{{1,2}}(?:the\s)?$"),
        join=re.compile(
            rf"(?:\.?[ \u00a0]{{0,2}}(?P<dash>[{DASHES}]|\.\.)[ \u00a0]{{0,2}}|\.?(?P<slash>[ ]?/[ ]?)"
            r"|\s{1,2}(?P<word>to|until|till|through|thru|up\sto)\s{1,2}|,?\s{1,2}(?P<listed>and|or)\s{1,2}|(?P<comma>,\s))"
            r"(?:(?:in|on)\s)?(?:the\s{1,2})?"
        ),
        tail=re.compile(
            rf"\s{{1,2}}(?P<open>onwards?|and\s(?:onwards?|thereafter|(?:after|later){_NO_NOUN})|or\slater|on\b(?=[,.;)]|\s(?!the|a|an|his|her)))"
            rf"|(?P<present>(?:\s{{0,2}}[{DASHES}]\s{{0,2}}|\s{{1,2}}(?:to|until|till|through)\s{{1,2}})(?:the\s)?(?:present(?:\sday)?|now|today|date)\b)"
            rf"|(?P<dangling>\s?[{DASHES}]\s?(?=\)))"
            rf"|\s{{1,2}}(?P<back>and\s(?:before|earlier){_NO_NOUN}|or\s(?:before|earlier))"
            rf"|(?P<doubt>\s?\(\?\)|\?(?=[)\]{DASHES}]))"
        ),
        now=re.compile(rf"(?i:{_words(language.now)})\b"),
        now_phrase=re.compile(rf"\b(?i:{_words(language.now_phrases)})$"),
        unit=re.compile(rf"(?P<unit>{_words(language.units)})\b"),
        later=re.compile(rf"(?P<half>\sand\sa\shalf)?\s{{1,2}}(?P<later>{_words(language.later)})\b"),
        count=re.compile(
            rf"(?i:(?:\b(?P<about>about|around|almost|nearly|some|over|exactly|just|only)\s{{1,2}})?"
            r"(?:\b(?:a\s)?(?P<fraction>half|quarter)\s(?:of\s)?an?|(?P<digits>(?<![0-9.,:/])[0-9]{1,3})"
            r"|\b(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\s-](?P<ones>one|two|three|four|five|six|seven|eight|nine)"
            rf"|\b(?P<word>{_words(language.numbers)}))(?P<half>\sand\sa\shalf)?(?:\s(?:full|more|whole))?\s{{1,2}})$"
        ),
        neighbour=re.compile(
            r"(?i:(?:\b(?P<shift>later|earlier|late|early)\s{1,2}(?:in\s)?)?"
            rf"(?:\b(?P<part>end|beginning|start)\sof\s)?\b(?:(?P<the>the|that|this)\s{{1,2}})?(?:\b(?P<step>{_words(language.neighbours)}|last)\s{{1,2}})?)$"
        ),
    )
