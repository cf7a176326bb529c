"""What a language other than English makes dates of, as a table, and the expressions made from it.

English has a machinery of its own (`language.py`, `patterns.py`); every other language is one table of `languages/`:

    lead        form              tail
    bis Ende    1997                              bound, part | a year
    seit dem    12. Februar 1997                  bound | a day
                1990년대          초부터          a decade | part, bound

*Forms* are expressions of one date with named groups (`year month name day era decade century season ...`), the most precise
first; `reading_one` says what each group means. Words are written in lower case; a space stands for any white space between
words, an apostrophe for either kind. A word of a tail may end with a look-ahead, where one sign alone would say too little.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from regesta.dates.patterns import DASHES

__all__ = ["DAY", "DAY2", "MONTH", "YEAR", "Grammar", "Tongue", "behind", "compile_tongue"]

YEAR = r"(?P<year>[12][0-9]{3})(?![0-9]|[.,][0-9])"
MONTH = r"(?P<month>1[0-2]|0?[1-9])"
DAY = r"(?P<day>3[01]|[12][0-9]|0?[1-9])"
DAY2 = r"(?P<day2>3[01]|[12][0-9]|0?[1-9])"
_WIDE_DASHES = DASHES + "~～〜∼〰"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tongue:
    """The dates of one language."""

    code: str
    """BCP 47."""
    forms: tuple[str, ...]
    """Expressions of one date. `%M` stands for the names of months, `%S` for the seasons. The empty group `bare` marks what
    is a date only with a lead, a tail or a second date; `strict` what is read only where the text is in this language."""
    starts: str
    """An expression of what a form may begin with, digits included: one look at every place."""
    months: Mapping[str, int] = field(default_factory=dict)
    seasons: Mapping[str, int] = field(default_factory=dict)
    """To the codes 21..24 of EDTF, 33..36 for quarters."""
    decades: Mapping[str, int] = field(default_factory=dict)
    """Words for decades, to 10..90 of the twentieth century."""
    relatives: Mapping[str, tuple[int, str, str]] = field(default_factory=dict)
    """"지난해" to (-1, "year", "source"): step, unit, and what it counts from, `source` or `anchor`."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Number words that count units of time."""
    units: Mapping[str, str] = field(default_factory=dict)
    """To `day week month year`."""
    later: Mapping[str, int] = field(default_factory=dict)
    """Words behind a count of units, to +1 or -1: "deux ans plus tard"."""
    bounds_before: Mapping[str, str] = field(default_factory=dict)
    """To the qualifier; `between` and `span` only open a range and say nothing else."""
    bounds_after: Mapping[str, str] = field(default_factory=dict)
    approximations_before: tuple[str, ...] = ()
    approximations_after: tuple[str, ...] = ()
    parts_before: Mapping[str, str] = field(default_factory=dict)
    """To `early mid late end beginning first-half second-half`, or `end|late`: the second for decades and centuries."""
    parts_after: Mapping[str, str] = field(default_factory=dict)
    articles: tuple[str, ...] = ()
    """What may stand between the words of a lead and the date: articles, "of the year"."""
    to: tuple[str, ...] = ()
    """Words that join the two ends of a range; dashes always do."""
    between: tuple[str, ...] = ()
    """Words that join them only behind `between`."""
    alternatives: tuple[str, ...] = ()
    """Words for "or"."""
    no_more: str = r"(?!\w)"
    """What must hold behind a word of a tail."""
    is_spaced: bool = True
    """Whether words stand apart."""
    plain_words: frozenset[str] = frozenset()
    """Frequent short words that no English text has many of: they show the language of a text."""
    date_words: frozenset[str] = frozenset()
    """Words, in their usual case, that beside a number show a date of this language in any text."""
    counted: frozenset[str] = frozenset()
    """Nouns after a number that make it a count, as `Language.counted`."""
    noun_after: str = r"(?!)"
    """What behind a bare year shows that it counts something."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled expressions of one tongue."""

    tongue: Tongue
    starts: re.Pattern[str]
    forms: tuple[re.Pattern[str], ...]
    lead: re.Pattern[str]
    """Searched in the text that ends where the date begins."""
    lead_ends: tuple[str, ...]
    """What a lead may end with, in lower case: none of them, no search."""
    inner_lead: re.Pattern[str]
    """Before the second date of a range."""
    tail: re.Pattern[str]
    join: re.Pattern[str]
    noun_after: re.Pattern[str]
    relative: re.Pattern[str] | None
    """A phrase of `relatives`."""
    counted: re.Pattern[str] | None
    """A count of units, and "later"."""
    year_behind: re.Pattern[str] | None
    """Behind a month: "de l'année suivante"."""


def behind(*words: str) -> str:
    """Return an expression that holds right behind one of the words and a space.

    >>> bool(re.search(behind("im") + "Mai", "im Mai")), bool(re.search(behind("im") + "Mai", "Tim Mai"))
    (True, False)
    """
    return "(?:" + "|".join(rf"(?<=\b{re.escape(word)}\s)" for word in words) + ")"


def _words(words: Iterable[str], *, as_written: bool = False) -> str:
    """Return an alternation, the longest first; never matching where there are none."""
    found = sorted(set(words), key=lambda w: (-len(w), w))
    if not found:
        return "(?!)"
    if as_written:
        return "|".join(found)
    return "|".join(re.escape(w).replace(r"\ ", r"\s{1,2}").replace("'", "['’]") for w in found)


def _ends(tongue: Tongue) -> tuple[str, ...]:
    words = {*tongue.bounds_before, *tongue.approximations_before, *tongue.parts_before, *tongue.articles}
    last = {word.split(" ")[-1] for word in words}
    return tuple(sorted(last | {word.replace("'", "’") for word in last}))


def _first_months(tongue: Tongue) -> tuple[str, ...]:
    """Return the form of a month to which the other end of its range lends a year: "von Juli bis September 2013"."""
    if not (tongue.is_spaced and tongue.months):
        return ()
    joined = rf"\s?[–-]\s?|\s(?:{_words((*tongue.to, *tongue.between))})\s"
    year = rf"\s(?:(?:{_words(tongue.articles)}|de)\s)?(?:1[0-9]{{3}}|20[0-9]{{2}})(?![0-9])"
    return (rf"%M(?=(?:{joined})(?:{_words(tongue.months)}){year})",)


@cache
def compile_tongue(tongue: Tongue) -> Grammar:
    """Return the expressions of a table of words; made once for each, when first asked for."""
    gap = r"[\s-]{1,2}" if tongue.is_spaced else r"\s?"
    months, seasons = _words(tongue.months), _words(tongue.seasons)
    approx = rf"(?P<approx>{_words(tongue.approximations_before)}){gap if tongue.is_spaced else ''}\s?"
    part = rf"(?P<part>{_words(tongue.parts_before)}){gap}"
    bound = rf"(?P<bound>{_words(tongue.bounds_before)}){gap}"
    article = rf"(?:(?:{_words(tongue.articles)})(?:{gap}|(?<=['’])))" + "{0,2}"
    edge = r"(?<![\w$£€¥₩])" if tongue.is_spaced else ""
    tail = (
        rf"(?:\s?(?P<part>{_words(tongue.parts_after, as_written=True)}){tongue.no_more})?"
        rf"(?:\s?(?P<approx>{_words(tongue.approximations_after, as_written=True)}){tongue.no_more})?"
    )
    after = rf"(?:(?:에)?\s?(?P<bound>{_words(tongue.bounds_after, as_written=True)}){tongue.no_more})?"
    space = r"\s{1,2}" if tongue.is_spaced else r"\s?"
    starts = tongue.starts
    relative = counted = year_behind = None
    if tongue.relatives:
        border = r"(?!\w)" if tongue.is_spaced else ""
        names = "|".join(
            re.escape(n).replace(r"\ ", r"\s{1,2}").replace("'", "['’]") for n in tongue.relatives
        )
        relative = re.compile(rf"(?P<relative>{names}){border}", re.IGNORECASE)
        if tongue.is_spaced:
            starts += rf"|(?<!\w)(?:{_words({n.split()[0] for n in tongue.relatives})})(?!\w)"
            year_behind = re.compile(rf",?{gap}{article}(?P<relative>{names}){border}", re.IGNORECASE)
    if tongue.later:
        starts += rf"|(?<!\w)(?:{_words(tongue.numbers)})\s"
        counted = re.compile(
            rf"(?P<count>[0-9]{{1,3}}|{_words(tongue.numbers)})\s{{1,2}}(?P<unit>{_words(tongue.units)})\s{{1,2}}"
            rf"(?P<later>{_words(tongue.later)})(?!\w)",
            re.IGNORECASE,
        )
    return Grammar(
        tongue=tongue,
        relative=relative,
        counted=counted,
        year_behind=year_behind,
        starts=re.compile(starts, re.IGNORECASE),
        forms=tuple(
            re.compile(
                form.replace("%M", f"(?P<name>{months})").replace("%S", f"(?P<season>{seasons})"),
                re.IGNORECASE,
            )
            for form in (*tongue.forms, *_first_months(tongue))
        ),
        lead=re.compile(rf"(?i:{edge}(?:{bound})?{article}(?:{approx})?{article}(?:{part})?{article})$"),
        lead_ends=_ends(tongue),
        inner_lead=re.compile(rf"(?i:{article}(?:{approx})?{article}(?:{part})?{article})"),
        tail=re.compile(tail + after),
        join=re.compile(
            rf"(?:\s?(?P<dash>[{_WIDE_DASHES}])\s?|{space}(?:(?P<to>(?i:{_words(tongue.to)}))"
            rf"|(?P<between>(?i:{_words(tongue.between)}))|(?P<choice>(?i:{_words(tongue.alternatives)}))){space})"
        ),
        noun_after=re.compile(
            rf"{tongue.noun_after}|\s(?i:{_words(tongue.counted)})(?!\w)"
            if tongue.counted
            else tongue.noun_after
        ),
    )


def composed(words: Iterable[str]) -> frozenset[str]:
    """Return words in the composed form of Unicode (NFC), in which they are looked up."""
    return frozenset(unicodedata.normalize("NFC", word) for word in words)
