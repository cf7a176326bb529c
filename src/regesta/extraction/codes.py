"""Digits and number words that count nothing: parts of names and codes, times of day, pages, list and footnote marks.

    the MiG-15 left at 14:30 for Camp 15 (p. 66).[3]
        [----)         [---) [-----)  [---)  [-)

Each is returned with its whole extent and the reason, so that every digit of a text is accounted for. Dates are not
looked for here: whoever knows them passes them over.
"""

from __future__ import annotations

import re
from typing import Final

from regesta.extraction.numbers import word_set
from regesta.extraction.units import MEASURES, TIME, currency_code, is_plural
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["read_code"]

_SHAPES: Final = (
    (lazy(r"\d{1,2}:\d{2}(?::\d{2})?(?![\d:])(?:[ \u00a0]?[ap]\.?m\b\.?)?", re.IGNORECASE), "a time of day"),
    (lazy(r"\d{1,2}(?:\.\d{2})?[ \u00a0]?(?:[ap]m\b|[ap]\.m\.|o['’]clock\b)", re.IGNORECASE), "a time of day"),
    (lazy(r"[0-2]\d{3}[ \u00a0]?(?:hours|hrs|GMT|UTC|[CE]ES?T|[CEMP][SD]T)\b"), "a time of day"),
    (lazy(r"\d{1,3}(?:\.\d+)?°[ ]?(?:\d{1,2}[′'’](?:[ ]?\d{1,2}(?:\.\d+)?[″\"”])?[ ]?)?[NSEW]\b"), "a coordinate"),
    (lazy(r"-?\d{1,3}\.\d{2,9}[;,][ ]-?\d{1,3}\.\d{2,9}(?![\d.,]*\d)"), "a coordinate"),
    (lazy(r"\d{1,3}(?:st|nd|rd|th)[ ]parallel\b"), "a line on the map"),
    (lazy(r"(?!\d{1,3}(?:\.\d{3})+(?!\d))\d{1,9}(?:\.\d{1,9}){2,8}"), "a version or section number"),
    (lazy(r"\d{1,18}(?:[-–/.]\d{1,18}){2,12}(?!\d)"), "a chain of numbers"),
    (lazy(r"\d{1,9}:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,9}:\d{1,9}"), "a ratio"),
    (lazy(r"\d{3}-\d{4}(?!\d)"), "a telephone number"),
    (lazy(r"\d{1,6}(?:[.,]\d{1,3})?[ ]?[kKMG]i?B\b"), "the size of a file"),
    (lazy(r"0\d{1,3}-[A-Z]{1,3}\b"), "a part of a name or code"),
    (lazy(r"\d{1,3}[ ](?:C\.?F\.?R\.?|U\.?[ ]?S\.?[ ]?C\.?|Stat\.|Fed\.[ ]Reg\.)(?:[ ](?:[Pp]arts?|[Ss]ec\.|§{1,2})?[ ]?\d(?:[\d.,()a-z–-]*[\da-z)])?)?"), "a reference to a law"),
)  # fmt: skip
_HOUSE: Final = lazy(
    r"\d{1,5}[A-Za-z]?[ ](?:[A-Z][\w'’-]+[ ]){1,3}(?:Road|Street|Avenue|Lane|Square|Terrace|Drive|Crescent|Place|Boulevard|Gardens|Rd|St|Ave)\b"
)
_CLOCK_BEFORE: Final = lazy(r"\b(?:at|about|by|past|until|till|since|before|after|near|nearly)[ ]\Z")
_CLOCK_AT: Final = lazy(r"\bat[ ](?:about[ ]|around[ ]|exactly[ ])?\Z")
_CLOCK_POINT: Final = lazy(
    r"(?:[01]?\d|2[0-3])\.[0-5]\d(?=[.,;)]?(?:\s(?:on|in|the|that|and|when|he|she|they|we|I)\b|\s*\Z|[.;)]\s|,\s))"
)
"""Hours and minutes as some write them, where the clause ends behind them: "arrived at about 22.30."."""
_CLOCK_AFTER: Final = lazy(
    r"[A-Za-z]+(?:[ -][a-z]+)?[ ](?:o['’]clock|in[ ]the[ ](?:morning|afternoon|evening)|at[ ]night)\b"
)
_PAST: Final = lazy(r"\b(?:half|quarter|minutes?)[ ](?:past|to)[ ]\Z")
_CERTAIN: Final = lazy(r"[Oo]ne[ ][A-Z][\w'’-]+[ ][A-Z]")
_DEAR: Final = lazy(r"\b(?:little|loved|young|dear)[ ]\Z")
_THOUSANDS: Final = lazy(r"\d{1,3}(?:\.\d{3}){2,6}(?!\.?\d)")
_PAIR: Final = lazy(r"(\d{1,9})([-–/])(\d{1,9})(?![\d.,]\d|\d)")
_FRACTION: Final = lazy(r"[1-9]/(?:[2-8]|10)[ ][a-z]")
_TAIL: Final = lazy(r"[\d.,]*\d([^\W\d_]+)")
_WORD_END: Final = lazy(r"[\w]*(?:[-‑/.@&+][\w]+)*")
_WORD_START: Final = lazy(r"\w+(?:[-‑/.@&+]\w+)*[-‑/.@&+]?\Z")
_ADDRESS: Final = lazy(r"\S*(?:://|www\.|@)\S*\Z", re.IGNORECASE)
_ADDRESS_END: Final = lazy(r"[^\s<>\"”]*")
_ATTACHED: Final = word_set(
    "st nd rd th k m thousand million billion bn mn tn mln h hrs hr min s x yo yrs yr y"
)
_PREFIXES: Final = word_set(
    "pre post mid under over non sub early late about almost nearly plus age aged some to and or up a the "
    "of in"
)
_STANDARD: Final = word_set(
    "ISBN ISBN-13 ISBN-10 ISSN OCLC ASIN DOI PMID JSTOR LCCN VIAF Fax Phone Telephone Tel tel"
)
_ABBREVIATED: Final = word_set(
    "no nos nr vol vols art arts sect sects sec ch chs chap chaps p pp pg fig figs para paras apt ver v ext fn ft "
    "doc docs corr add rev Doc Docs Corr Add Rev NO NUMBER subclass Subclass No Nos Nr Vol Vols Art Arts Sect Sec Ch Chap Chaps P Pp Pg Fig Figs Para Paras Apt Ver Mk Ext"
)
_NUMBERED: Final = word_set(
    "number numbers article articles section sections chapter chapters page pages volume volumes flight paragraph paragraphs clause "
    "clauses version footnote footnotes figure table annex appendix channel issue resolution resolutions part cell block decree "
    "directive verse verses room platform terminal gate type pier phase priority tier step category zip postcode lot numbered coded registered revision "
    "letter folder folio dossier memorandum telegram cable interviewee respondent informant witness box barrack hut grave plot berth "
    "carriage wagon"
)
_NAMED: Final = word_set(
    "Unit Camp Office Bureau Department Division Battalion Regiment Brigade Corps Squadron Building Ward Zone Sector District Line "
    "Route Highway Road Radio Law Act Order Case Docket Protocol Note Stage Mark Model Class Level Grade Item Question Rule Schedule "
    "Box House Apartment Flat Suite Hut Barrack Barracks Bus Tram Train Hill Checkpoint Mine School Hospital Prison Plant Factory "
    "Project Operation War Convoy Group Boeing Airbus Cessna Tupolev Antonov Ilyushin Sukhoi Mikoyan Yakovlev MiG Mig Yak Area Point "
    "Site Station Tower Pod Windows Apollo Fokker Douglas Convention Bulletin Report Book Study "
    "File Document Interview Exhibit Record Entry Testimony Line Draft"
)
_PARTS_OF_LAWS: Final = word_set("article section paragraph clause chapter annex")
"""What a number always names, whatever stands behind it: "Article 9 excludes those who ..."."""
_LABELS: Final = _STANDARD | _ABBREVIATED | _NUMBERED | _NAMED | {word.capitalize() for word in _NUMBERED}
_CLASS_OF: Final = lazy(r"[A-Z][a-z]+[ ]['’‘]\Z")
_SHORT_YEAR: Final = lazy(r"\d\d(?![\d\w'’])")
_CLASS: Final = lazy(
    r"(?:1[2-9]|2[0-3])(?:s\b|(?=[ ](?:[a-z]+[ ])?(?:[Tt]eams?|[Ss]quads?|[Cc]up|[Cc]hampionships?|[Tt]ournament|[Cc]hallenge|[Pp]layers?|[Ff]ootballers?|side)\b))"
)
_SIGNS: Final = "#№§"
_MAY_HAVE_SHAPE: Final = lazy(
    r"\d{1,18}(?:[:.°/–-]|[ \u00a0]?[apoAP]|st|nd|rd|th|[ \u00a0]?[hGU]|[ ](?:[CEMP][ESD]|C\.?F|St|Fed)|[ ]?[kKM]i?B)"
)
_LETTERS: Final = lazy(r"[A-Za-z]+")
_LONG: Final = lazy(r"\d{1,3}(?:,\d{3})+(?!\w|,\d)")
"""A number that is no code, though its label is glued to it, as in the boxes of copied pages: "Total14,320"."""
_MONEY_LETTERS: Final = 3
_MANY: Final = lazy(r"\d{1,3}(?:\.\d{1,2})?[ ](?:thousand|million|billion|trillion|[bm]n|lakh|crore)\b")
_POINTED: Final = lazy(r"\d{1,3}\.\d{1,2}\b")
_GROUPED: Final = lazy(r"\d{1,3},\d{3}")
_MORE_NUMBERS: Final = lazy(
    r"[\d.]*(?:[ ]?(?:[-–]|,[ ](?:and[ ])?|and[ ])[ ]?\d{1,5}(?![\d.,]*\d*[ ](?!(?:and|or|of|to|into|in|is|are|was|were|came?|shall|may)\b)[a-z]))*"
)
_STANDARD_NUMBER: Final = lazy(r"[\dXx](?:[-– ]?[\dXx]){0,20}")
_MARK: Final = lazy(r"\[(?:[^\W\d]{1,6}[ ]?)?\Z")
_CITED: Final = lazy(r"\b[A-Z][\w'’-]+(?:,| al\.?,?)? (?:1[5-9]|20)\d\d[a-z]?[,:] (?:pp?\. ?)?\Z")
_CITED_PAGE: Final = lazy(r"\d{1,4}(?:[-–]\d{1,4})?(?=[;)])")
"""The page behind an author and a year: "(Dunn 2004, 205)"."""
_QUOTE_ENDED: Final = lazy(r"[^\s(\[][\"”]\Z")
_BARE_MARK: Final = lazy(r"\d{1,3}(?=\s|\Z|[.,;])")
"""A figure right behind the end of a quotation: '... were burned”1'."""
_SENTENCE_ENDED: Final = lazy(r"[a-zß-ÿ]{4,}(?P<sign>[.!?;,])\Z")
_MARK_BEHIND: Final = lazy(r"\d{1,3}(?=\s*\Z|[ \u00a0\n]+[\"“‘(„«]?[^\W\d_a-zß-ÿ])|\d{1,2}(?=[ ][a-zß-ÿ])")
"""A figure glued to the end of a sentence, where another begins behind it: "the refugees.23 In"; or to a comma."""
_YEAR_BEFORE: Final = lazy(
    r"\b(?:in|since|until|till|by|from|of|im|seit|bis|en|depuis|dès|nel|dal|desde|hasta)[ ]\Z", re.IGNORECASE
)
_YEAR_AND_MARK: Final = lazy(
    r"(?:1[5-9]|20)\d\d(?:\.\d{1,2}(?=\s*\Z|[ \n]+[\"“‘(„«]?[^\W\d_a-zß-ÿ])|\d{1,2}(?=[.,;)](?!\d)|[ ](?:and|but|when|the|by|und|et|y|e)[ ]))"
)
"""A year and the mark behind it: "until 1948.1 In", "in 19501 and"."""
_MARK_END: Final = lazy(r"[\d]{1,4}(?:[,–-][ ]?\d{1,4}){0,6}\]")
_LIST_START: Final = lazy(r"(?:^|\n)[ \t]*[(\[]?\Z")
_LIST_END: Final = lazy(r"\d{1,3}[.)\]](?=[ \t]+\S|—)")
_NEXT_WORD: Final = lazy(r"[\d,.]*[ ]([^\W\d_]+)")
_BEFORE_LIST: Final = frozenset('.!?:;"”)]')  # fmt: skip
_LAST_WORD: Final = lazy(r"(?<![^\W_])[A-Za-z]+(?:-1[03])?\Z")
_SUBSECTION: Final = lazy(
    r"(?:\b(?:(?:sub-?)?(?:sections?|paragraphs?|clauses?)|articles?|regulations?|rules?|notes?)|§(?:[ ]?\d{1,4}[a-z]?)?)[ ]\(\Z",
    re.IGNORECASE,
)
"""What stands before a part of a law in brackets: "section 3(2)", "paragraph (3)"."""
_IN_BRACKETS: Final = lazy(r"\d{1,3}\)")
_BEFORE_ENUMERATOR: Final = lazy(r"(?:^|[;:,.–—]|\b(?:and|or|are|were|is|was|either))\s*\(\Z")
_ENUMERATOR: Final = lazy(r"\d{1,2}\)(?=[ ][a-z])")


def read_code(text: str, at: int, end: int, floor: int) -> tuple[Span, str] | None:
    """Return the extent and the reason, where the digit or number word at `at` is no quantity; else None.

    >>> text = "Room 39 sent a MiG-15"
    >>> [(span.of(text), reason) for span, reason in filter(None, (read_code(text, at, len(text), 0) for at in (5, 19)))]
    [('Room 39', 'the number of a thing: it names, it does not count'), ('MiG-15', 'a part of a name or code')]
    """
    left = text[max(floor, at - 40) : at]
    if not text[at].isdigit():
        if found := _in_words(text, at, end, left):
            return found
        return _named(text, at, end, left) if left.endswith((" ", "\u00a0")) else None
    before = left[-1:]
    if before in (" ", "\u00a0") and (cited := _of_law(text, at, end, left)):
        return cited
    if _CLASS_OF.search(left) and (year := _SHORT_YEAR.match(text, at, end)):
        return Span(at - 1, year.end()), "a year cut short"
    if before == " " and _CLOCK_AT.search(left) and (clock := _CLOCK_POINT.match(text, at, end)):
        return Span(*clock.span()), "a time of day"
    if before in " -" and left[-6:-1].lower() == "under" and (years := _CLASS.match(text, at, end)):
        return Span(at - 6, years.end()), "a class of players by their age"
    if house := _HOUSE.match(text, at, end):
        return Span(at, house.end()), "the number of a house"
    if before and (found := _glued(text, at, end, floor, left)):
        return found
    if (before in " .:\u00a0" or before in _SIGNS) and (found := _named(text, at, end, left)):
        return found
    for pattern, reason in _SHAPES if _MAY_HAVE_SHAPE.match(text, at, end) else ():
        if (match := pattern.match(text, at, end)) and not _THOUSANDS.match(text, at, end):
            return Span(at, match.end()), reason
    if (
        (tail := _TAIL.match(text, at, end))
        and tail[1][0].isalpha()
        and not _is_unit(tail[1], text, tail.end(1), end)
    ):
        stop = _WORD_END.match(text, tail.start(1), end)
        assert stop is not None
        return Span(at, stop.end()), "a part of a name or code"
    if (pair := _PAIR.match(text, at, end)) and not _FRACTION.match(text, at, end):
        if pair[2] == "/":
            return Span(at, pair.end()), "a number with a slash"
        if int(pair[3]) <= int(pair[1]) and len(pair[1]) < 10:
            return Span(at, pair.end()), "two numbers with a dash that are no range"
    if (
        before in " \u00a0."
        and _CITED.search(text, max(0, at - 40), at)
        and (page := _CITED_PAGE.match(text, at, end))
    ):
        return Span(at, page.end()), "a page that is cited"
    if _QUOTE_ENDED.search(left) and (mark_end := _BARE_MARK.match(text, at, end)):
        return Span(at, mark_end.end()), "a footnote mark"
    if (ended := _SENTENCE_ENDED.search(left)) and (mark_end := _MARK_BEHIND.match(text, at, end)):
        follows_small = text[mark_end.end() : mark_end.end() + 2].strip().islower()
        if follows_small == (ended["sign"] == ","):
            return Span(at, mark_end.end()), "a footnote mark"
    if before == " " and _YEAR_BEFORE.search(left) and (dated := _YEAR_AND_MARK.match(text, at, end)):
        return Span(at, dated.end()), "a year and a footnote mark"
    if before == "[" or (before == " " and "[" in left[-9:]):
        mark = _MARK.search(left)
        close = _MARK_END.match(text, at, end)
        if mark and close:
            return Span(at - len(left) + mark.start(), close.end()), "a footnote mark"
    if (match := _LIST_END.match(text, at, end)) and (not left or _LIST_START.search(left)):
        stripped = text[floor:at].rstrip(" \t([") if at - floor < 2000 else left.rstrip(" \t([")
        above = stripped.rstrip()
        if (
            not above
            or above[-1] in _BEFORE_LIST
            or stripped.endswith("\n\n")
            or text[at : at + 2] in ("1.", "1)")
        ):
            return Span(at, match.end()), "the marker of a list item"
    is_glued = before == "(" and at > 1 and (text[at - 2].isdigit() or text[at - 2] in ")—")
    if (
        before == "("
        and (is_glued or _SUBSECTION.search(text, max(0, at - 40), at))
        and (match := _IN_BRACKETS.match(text, at, end))
    ):
        return Span(at - 1, match.end()), "a part of a law or a footnote mark"
    if before == "(" and _BEFORE_ENUMERATOR.search(left) and (match := _ENUMERATOR.match(text, at, end)):
        return Span(at - 1, match.end()), "the marker of a list item"
    if before == "+" and (match := re.compile(r"\d(?:[ ()-]{0,2}\d){6,14}").match(text, at, end)):
        return Span(at - 1, match.end()), "a telephone number"
    return None


def _of_law(text: str, at: int, end: int, left: str) -> tuple[Span, str] | None:
    """Read the numbers of sections and of reported cases: "ss 5H(1)(a), 36, 65", "[2013] HCA 12", "(1997) 91 CLR 559"."""
    if _SECTION_BEFORE.search(left) and (sections := _SECTIONS.match(text, at, end)):
        return Span(*sections.span()), "the number of a section"
    if _COURT_BEFORE.search(left) and (number := _CASE.match(text, at, end)):
        return Span(*number.span()), "the number of a case"
    if _LAW_YEAR_BEFORE.search(left) and (volume := _VOLUME.match(text, at, end)):
        return Span(*volume.span()), "the volume and page of a report"
    return None


_SECTION_BEFORE: Final = lazy(r"(?:^|[\s,;(])(?:ss?|regs?|cll?)\.?[ \u00a0]\Z")
_SECTIONS: Final = lazy(
    r"\d{1,4}[A-Z]{0,3}(?:\([\da-zA-Z]{1,4}\))*(?:(?:,|[ ]and|[ ]?[–-])[ ]?(?:\d{1,4}[A-Z]{0,3}(?:\([\da-zA-Z]{1,4}\))*|(?:\([\da-zA-Z]{1,4}\))+)){0,24}"
    r"(?![ ]?(?:%|[a-z]{4,}s\b))"
)
_COURT_BEFORE: Final = lazy(r"(?:^|\d{4})\][ ](?:\d{1,3}[ ])?[A-Z][A-Za-z]{1,11}[ ]\Z")
_CASE: Final = lazy(r"\d{1,5}\b")
_LAW_YEAR_BEFORE: Final = lazy(r"(?:^|\d{4})[)\]][ ]\Z")
_VOLUME: Final = lazy(r"\d{1,3}[ ][A-Z]{2,6}[ ]\d{1,4}\b")


def _in_words(text: str, at: int, end: int, left: str) -> tuple[Span, str] | None:
    """Read "at four in the morning", "half past two", "one Hans Meyer", "the little one"."""
    word = _LETTERS.match(text, at, end)
    if word is None:
        return None
    if left.endswith(("past ", "to ")) and _PAST.search(left):
        return Span(*word.span()), "a time of day"
    if (hour := _CLOCK_AFTER.match(text, at, end)) and _CLOCK_BEFORE.search(left):
        return Span(*hour.span()), "a time of day"
    if word[0].lower() == "one" and (_CERTAIN.match(text, at, end) or _DEAR.search(left)):
        return Span(*word.span()), "a word for somebody"
    return None


def _glued(text: str, at: int, end: int, floor: int, left: str) -> tuple[Span, str] | None:
    """Read codes that letters stand before: `MiG-15`, `T34`, addresses; not `pre-1989` or `DM4,000`."""
    before = left[-1]
    if before.isspace():
        return None
    if (address := _ADDRESS.search(text[max(0, at - 300) : at])) is not None:
        stop = _ADDRESS_END.match(text, at, end)
        assert stop is not None
        return Span(max(floor, at - len(address[0])), max(stop.end(), at + 1)), "a part of an address"
    word = ""
    if before.isalpha() or before == "_":
        run = re.compile(r"[^\W\d]+\Z").search(left)
        word = run[0] if run else before
        if (currency_code(word) and word[-1].isupper()) or word == "Rs" or _LONG.match(text, at, end):
            return None
        if len(word) <= _MONEY_LETTERS and _MANY.match(text, at, end):
            return None  # "W13 million", whatever money that is
    elif before in "-‑" and _LONG.match(text, at, end):
        return None  # "Vora-21,353"
    elif before in "-‑/&+@" and len(left) > 1 and (left[-2].isalnum() or left[-2] == "_"):
        run = re.compile(r"[^\W\d_]+\Z").search(left[:-1])
        word = run[0] if run else ""
        if word.lower() in _PREFIXES and before in "-‑":
            return None
        if not word and not left[-2].isdigit():
            return None
        if not word and before in "-‑" and not re.compile(r"[^\W\d_][\w-]*-\Z").search(left):
            return None  # "10-" of a range that was not read as one
    else:
        return None
    head = _WORD_START.search(text[max(floor, at - 60) : at])
    stop = _WORD_END.match(text, at, end)
    assert stop is not None
    return Span(at - len(head[0]) if head else at, max(stop.end(), at + 1)), "a part of a name or code"


def _is_unit(letters: str, text: str, stop: int, end: int) -> bool:
    """Whether letters glued to digits are a unit or an ending of numbers: 5km, 21st, 20k, 1990s."""
    lower = letters.lower()
    follows = text[stop] if stop < end else " "
    if follows.isdigit() and not (lower in ("m", "km") and not text[stop + 1 : stop + 2].isdigit()):
        return False
    return lower in _ATTACHED or lower in MEASURES or lower in TIME or currency_code(letters) is not None


def _named(text: str, at: int, end: int, left: str) -> tuple[Span, str] | None:
    """Read a number behind a word that such numbers name: "Article 3", "pp. 47-48", "World War Two"."""
    label = _label(left)
    if label is None:
        return None
    start = at - len(left) + left.rindex(label)
    if not text[at].isdigit():
        word = _LETTERS.match(text, at, end)
        if (
            word is None
            or not (label[0].isupper() or label == "number")
            or label in ("Act", "Study", "Report")
        ):
            return None
        following = _NEXT_WORD.match(text, word.end(), end)
        if (word[0].islower() and label != "number") or (following and is_plural(following[1].lower())):
            return None
        return Span(start, word.end()), "the number of a thing: it names, it does not count"
    if label in _STANDARD:
        match = _STANDARD_NUMBER.match(text, at, end)
    else:
        following = _NEXT_WORD.match(text, at, end)
        if (
            following
            and following[1][0].islower()
            and is_plural(following[1].lower())
            and len(label) > 3
            and label.lower() not in _PARTS_OF_LAWS
            and not _POINTED.match(text, at, end)
        ):
            return None  # "In the camp 200 prisoners died"
        if "," in text[at : at + 5] and _GROUPED.match(text, at, end):
            return None
        match = _MORE_NUMBERS.match(text, at, end)
    assert match is not None
    stop = max(match.end(), at + 1)
    while stop > at + 1 and text[stop - 1] in ".,":
        stop -= 1
    return Span(start, stop), "the number of a thing: it names, it does not count"


def _label(left: str) -> str | None:
    """Return the word or sign that ends `left` and gives numbers to things; None where none does."""
    stripped = left.rstrip(" \u00a0")
    if not stripped or len(left) - len(stripped) > 3:
        return None
    if stripped[-1] in _SIGNS:
        return stripped[-1]
    bare = stripped.rstrip(".:")
    if len(bare) == len(left):
        return None  # glued to the number
    if bare[-1:].isspace():
        return None
    word = _LAST_WORD.search(bare, bare.rfind(" ") + 1)
    if word is None or word[0] not in _LABELS:
        return None
    return (
        word[0]
        if bare is stripped or len(bare) == len(stripped) or word[0] in _ABBREVIATED | _STANDARD
        else None
    )
