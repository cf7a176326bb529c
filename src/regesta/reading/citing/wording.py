"""The small grammar of citations: quoted titles, where a sentence ends, and what a publisher's name is made of.

J. R. Doe. Title. St. Paul: House & Co., 1999.
         ^      ^                              ends of sentences: not behind initials and abbreviations
"""

from __future__ import annotations

import re
from typing import NamedTuple

from regesta.reading.citing.authors import is_person

__all__ = ["Quoted", "clean_publisher", "find_quoted", "publisher_of", "sentence_ends", "trim"]


class Quoted(NamedTuple):
    """A quoted title; `start` and `end` take its quotation marks in."""

    title: str
    start: int
    end: int


_PAIRS = (
    (
        '"“”„«»',
        re.compile(
            r"[\"“„”«»]\s?([^\"“”„«»]{2,400}(?:(?<=\s)[\"“„](?=\S)[^\"“”„«»]{1,60}[\"”“](?=\w|\s[a-z])[^\"“”„«»]{1,300})?)\s?[\"”“»«]"
        ),
    ),
    ("「『《〈", re.compile(r"[「『《〈]([^「」『』《》〈〉]{2,300})[」』》〉]")),
    ("‘", re.compile(r"(?:(?<=\s)|^)[‘‚]((?:[^‘’]|’(?=\w)){6,300})[’‘](?=[\s.,;:)]|$)")),
    ("'", re.compile(r"(?:(?<=\s)|^)'((?:[^']|'(?=\w)|(?<=s)'(?= [a-z])){6,300})'(?=[\s.,;:)]|$)")),
)
_SEPARATOR = re.compile(r"(?:[.,:;)\]–—-]|\b(?:see|in|cf|also|and|title[d]?))\s*$", re.IGNORECASE)
_PUNCTUATION = range(0x2000, 0x2070)


def find_quoted(words: str) -> Quoted | None:
    """Return the quoted title of a citation, None where quotation marks only stand inside a title.

    >>> find_quoted('Doe, J. "The long way." Herald 3 (2001)').title
    'The long way.'
    >>> find_quoted('Doe, J. The "free" world. House, 2001.') is None
    True
    """
    for signs, pattern in _PAIRS:
        if not any(sign in words for sign in signs):
            continue
        match = pattern.search(words)
        if match is None:
            continue
        head = words[: match.start()].strip()
        is_foreign = len(head) < 30 and any(ord(c) >= 0x370 and ord(c) not in _PUNCTUATION for c in head)
        if not head or _SEPARATOR.search(head) or (is_person(head) and not is_foreign):
            return Quoted(match.group(1), *match.span())
        if is_foreign:
            # Quoted words end a title that begins before them: 통일부 "..."
            return Quoted(words[: match.end()].strip(), 0, match.end())
        if match.end() > 0.6 * len(words) and len(match.group(1)) > 20:
            return Quoted(match.group(1), *match.span())
    return None


_STOP = re.compile(r"[.?!。][\"”’)\]]?(?=\s+\S)|\s{4,}(?=\S)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[.])(?:[^\W\d_]|Dr|Mr|Mrs|Ms|St|Ste|vs?|No|Nos|Nr|Vol|vol|pp?|ed|eds|Ed|Eds|Hrsg|Hg|trans|Jr|Sr|Gen|Col|Lt|Sgt|Capt|Gov|Sen|Rep|Prof|Rev"
    r"|Inc|Ltd|Co|Corp|Bros|Univ|Dept|Ch|ch|Fig|Art|art|ca|cf|etc|al|approx|Bd|Jg|Aufl|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Pub|Stat|Ser|ser|Ct|Eur|App|Supp|U\.S|U\.K|U\.N|D\.C|N\.Y)$"
)
_BRACKET = re.compile(r"[()\[\]]")
_INITIAL_AHEAD = re.compile(r"\s+[^\W\d_]\.(?:\s|[^\W\d_]\.|,)")


def sentence_ends(words: str, *, initials: bool = False) -> list[int]:
    """Return the offsets behind the full stops that end a sentence; wide blanks, where something was taken out, end one too.

    With `initials`, a single letter ends one as well where no other initial follows ("Doe, A. N. Title").

    >>> words = "Doe, J. R. St. Paul in winter. House, 1999."
    >>> [words[:end] for end in sentence_ends(words)], [words[:end] for end in sentence_ends(words, initials=True)]
    (['Doe, J. R. St. Paul in winter.'], ['Doe, J. R.', 'Doe, J. R. St. Paul in winter.'])
    """
    ends: list[int] = []
    bracketed = _bracketed(words)
    for match in _STOP.finditer(words):
        if bracketed and any(start < match.start() < end for start, end in bracketed):
            continue
        if match.group()[0] == ".":
            before = words[max(0, match.start() - 10) : match.start()]
            abbreviation = _ABBREVIATION.search(before)
            is_initial = (
                bool(abbreviation)
                and abbreviation is not None
                and len(abbreviation.group().strip(" .([")) == 1
            )
            if abbreviation and not (
                initials and is_initial and not _INITIAL_AHEAD.match(words, match.end())
            ):
                continue
        ends.append(match.end())
    return ends


def _bracketed(words: str) -> list[tuple[int, int]]:
    """Return where the outermost brackets begin and end; none where one is never closed."""
    found: list[tuple[int, int]] = []
    if "(" not in words and "[" not in words:
        return found
    depth = start = 0
    for bracket in _BRACKET.finditer(words):
        if bracket.group() in "([":
            start = start if depth else bracket.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found.append((start, bracket.start()))
    return found if depth == 0 else []


_ENDS_ABBREVIATED = re.compile(
    r"(?:\b(?:Co|Inc|Ltd|Corp|Bros|Jr|Sr|Univ|Ed|Assn|Pub|D\.C|U\.S|U\.K|U\.N|U\.S\.A|St)|(?:^|[\s.])[^\W\d_])\.$"
)


_WIDE = re.compile(r"\s{2,}")
_INITIAL_AT_END = re.compile(r"\b[^\W\d_]\.$")


def trim(words: str, *, keep_stop: bool = False, keep_mark: bool = False) -> str:
    """Return the words without separators at either end; a full stop stays where it belongs to an abbreviation.

    >>> trim(' , "Title." - '), trim("House & Co., "), trim("Why? ")
    ('"Title', 'House & Co.', 'Why?')
    """
    del keep_mark
    if "  " in words or not words.isprintable():  # the latter where white space other than blanks is in it
        words = _WIDE.sub(" ", words)
    words = words.strip().lstrip(".,;:–—-/)]»” ").rstrip(",;:–—-/([«“„ ")
    while words.endswith(('."', ".”")):
        words = words[:-2]
    while words.endswith((".", ",", " ")) and not _ENDS_ABBREVIATED.search(words, max(0, len(words) - 8)):
        if keep_stop and words.endswith(".") and _INITIAL_AT_END.search(words):
            break
        words = words[:-1]
    return words


_THESIS = re.compile(
    r"^(?:(?:unpublished|doctoral|master['’]?s?|ph\.?\s?d\.?|m\.?\s?a\.?|b\.?\s?a\.?|a\.?\s?b\.?|diss\.?)[\s,]{1,2}){0,3}(?:thesis|dissertation|diss\.)(?:\s?\([^)]{1,60}\))?\s?[—–,.:-]?\s?",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:^\s{0,6}|[.,(;]\s?|\s\()((?:[A-Z][\w'’.-]{1,20}[ /-]?){1,4}(?:,\s(?:[A-Z][\w.]{1,12}\s?){1,2})?(?:(?: and | & |/|; )[A-Z]\w{2,15})?)\s?:\s?(?=[^\W\d_])"
)
_CONTAINER = re.compile(r"^[\s.,;]*(?:in|In|en|dans|w)\b:?\s+")
_CUT = re.compile(
    r",\s?(?=\s|\d|$)|\s(?=\d)|\s?\(|\s{2,}|[,.;]\s(?:vol|no|nos|issue|bd|jg|nr|band|heft|t|tome|pp?|s|ser|series|art|ch)\b\.?\s?[\dIVX]|\s[#№]|[—–]|:\s?\d|\s/\s|\s\|",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r"^(?:[A-Z][\w'’-]{1,20}\s){0,5}(?:Reports?|Papers?|Series|Briefings?|Bulletin|Memo|Document)\s?(?:[#№]|[Nn]o\.?|[Nn]r\.?)\s?\d"
)
_JUNK = re.compile(
    r"^(?:pp?\.?|S\.|vol\.?|no\.?|ed\.|edn|translated|trans\.|edited|[\d\W]+|online|print|web|n\.p\.|s\.l\.|website)\b",
    re.IGNORECASE,
)


def publisher_of(tail: str, date_at: int | None) -> str | None:
    """Return the newspaper, journal or house that stands behind a title; `date_at` is where a date was taken out.

    >>> publisher_of(". The Herald 372 (8386)", None), publisher_of(". Berkeley, CA: Some Press, ", None)
    ('The Herald', 'Some Press')
    """
    if not tail.strip(" .,;:()"):
        return None
    is_container = bool(_CONTAINER.match(tail))
    place = _PLACE.search(tail)
    if place and (
        is_container
        or place.start() < 4
        or tail[place.start() : place.end()].lstrip(" ").startswith("(")
        or tail[place.start()] in ".;,"
    ):
        return _first_name(tail[place.end() :])
    if is_container:
        ends = sentence_ends(tail)
        return (
            _first_name(tail[ends[-1] :])
            if ends and tail[ends[-1] :].strip()
            else _first_name(_CONTAINER.sub("", tail))
        )
    words = tail.lstrip(" .,;:–—-)/]")
    if not words:
        return None
    if date_at is not None and not tail[:date_at].strip(" .,;:–—-()") and not tail[date_at:].strip(" .,;:()"):
        return None
    words = _THESIS.sub("", words)
    if _SERIES.match(words):
        return None
    return _first_name(words)


def _first_name(words: str) -> str | None:
    words = words.lstrip(" .,;:–—-(/")
    ends = sentence_ends(words)
    if ends:
        words = words[: ends[0]]
    cut = _CUT.search(words)
    if cut and cut.start() > 1:
        words = words[: cut.start()]
    before, comma, _ = words.partition(", ")
    return clean_publisher(before if comma and len(before) > 2 else words)


def clean_publisher(words: str) -> str | None:
    """Return a house's name without separators, None for what can be none."""
    name = trim(words.strip(" ()"))
    if (
        not name
        or _JUNK.match(name)
        or len(name) > 120
        or len(name) < 2
        or not any(c.isalpha() for c in name)
    ):
        return None
    return name
