"""What stands before and behind a number: bounds and currency signs, units of time, measure and money, the counted noun.

more than     US$ 100,000      per month          about    200    people
[-------)     [--)                                [---)           [----)
before_number                  rate_after         before_number   measure_after
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from regesta.extraction.numbers import GAP, word_set
from regesta.extraction.quantity import Bound, Kind
from regesta.extraction.units import MEASURES, TIME, currency_code, denotes_person, read_noun, singular_unit
from regesta.text.patterns import lazy

__all__ = ["Before", "Measured", "Rate", "before_number", "measure_after", "rate_after"]


def _bounds(**phrases: str) -> dict[str, Bound | None]:
    kinds: dict[str, Bound | None] = {"least": "min", "most": "max", "near": "about", "none": None}
    return {phrase.strip(): kinds[kind] for kind, listed in phrases.items() for phrase in listed.split(",")}


_BEFORE: Final = _bounds(
    least="more than, over, at least, no fewer than, no less than, not less than, not fewer than, a minimum of, minimum of, "
    "upwards of, upward of, above, exceeding, in excess of, well over, just over, greater than, well above, slightly over, "
    "a little over, slightly more than, a little more than, as few as, beyond, not under, minimum",
    most="up to, at most, no more than, not more than, less than, fewer than, under, below, a maximum of, maximum of, "
    "as many as, as much as, just under, well under, slightly under, slightly less than, a little less than, at the most, maximum",
    near="around, about, approximately, approx., approx, some, nearly, almost, roughly, an estimated, estimated, circa, c., ca., ca, "
    "close to, in the region of, in the neighbourhood of, in the neighborhood of, more or less, ~, ≈, perhaps, possibly, "
    "somewhere around, just about, virtually, practically, an average of, an approximate, on the order of, in the order of",
)  # fmt: skip
_LAST_WORDS: Final = frozenset(phrase.rsplit(" ", 1)[-1] for phrase in _BEFORE)
_TOPIC: Final = word_set(
    "book film story stories novel article memoir song documentary report wrote written talked spoke "
    "information know knew concerned learned heard told worried asked it"
)
_OPENERS: Final = "([{“\"‘'–—"
_SIGNS: Final = "$€£¥￥₩￦₩₽₹₫₱฿₺₴₪₦₵₸₮₭៛৳₼₾֏؋"
_MONEY_LEFT: Final = lazy(rf"(?:(?<![^\W\d_])(?:[A-Z]{{1,3}}|U\.S\.)[ ]?)?[{_SIGNS}][ \u00a0]?\Z")
_CODE_LEFT: Final = lazy(r"(?<![^\W_])([A-Z]{2,3}|Rs\.?|zł|Kč|kr\.?|Fr\.?|SFr\.?|D-Mark)[ \u00a0]?\Z")
_LONGEST_MONEY: Final = 12
"""Code points that a sign or code of money before a number takes, and more."""
_TIMED_LEFT: Final = lazy(r"\b(monthly|annual|yearly|weekly|daily)\b(?:[ ][^\W\d_]+){0,3}[ ]of[ ]\Z")
_WEIGHED: Final = lazy(r"\bweigh\w*\b[^.;]{0,20}\Z")
_OF_GOODS: Final = lazy(
    rf"{GAP}(?:of{GAP}(?!the\b|a\b|his\b|her\b)|in{GAP}weight|(?:over|under)weight|heavier|lighter)"
)

_WORD: Final = lazy(
    rf"([-\u2010\u2011]|{GAP}|)([^\W\d_]+\.?(?:[²³]|2(?!\d))?(?:/[a-z]+)?|%|°[CF]?|[{_SIGNS}])"
)
_MORE_WORDS: Final = lazy(rf"(?:{GAP}|-)([^\W\d_]+)(?:{GAP}([^\W\d_]+))?(?:{GAP}([^\W\d_]+))?")
_OLD: Final = lazy(
    rf"(?:{GAP}|[-\u2010\u2011])(years?|yrs?|months?|weeks?|days?)['’]?(?:{GAP}|[-\u2010\u2011])(olds?(?![^\W\d_])|of{GAP}age(?![^\W\d_]))"
    rf"|{GAP}?(?:y/o|yo|y\.o\.)(?![^\W\d_])"
)
_EXTENT: Final = lazy(
    r"[-\u2011 ](?:wide|long|high|deep|tall|thick|strong|square)(?![^\W\d_])|-a-(?:month|year|week|day)(?![^\W\d_])"
)
_FILLERS: Final = word_set(
    "long full more additional consecutive further whole other lunar calendar straight"
)
_NOUN_AFTER: Final = lazy(rf"{GAP}(?!of{GAP}|in{GAP}|from{GAP}|to{GAP}|and{GAP}|or{GAP})[a-z]")
_AND_HALF: Final = lazy(rf"{GAP}and{GAP}(?:a{GAP})?(half|quarter)(?![^\W\d_])")
_LABEL: Final = lazy(r"[^:;.!?()\d]{1,60}:[ ]?(?=[\d$€£¥~<>≈])")
"""Words that name the number behind them, not the one before: "Refugees: 9,000 Returnees: 1,200"."""
_SHORT: Final = word_set("m g l t w h s mi ha ft ca min sec")
_USUAL_MONEY: Final = {
    "mark": "DEM", "marks": "DEM", "franc": "FRF", "francs": "FRF", "lire": "ITL", "crowns": "crown", "crown": "crown", "pesos": "peso", "peso": "peso",
    "dinars": "dinar", "dinar": "dinar", "cents": "cent", "kronor": "SEK", "kroner": "NOK", "shillings": "shilling", "escudos": "PTE",
    "escudo": "PTE", "cruzeiros": "BRC", "koruny": "CSK", "korun": "CSK", "złoty": "PLN", "rands": "ZAR", "pence": "penny",
}  # fmt: skip
"""Bare names of money that several countries use, with the code that is usual; no code where none is."""
_PASSED: Final = lazy(
    r"\b(?:the|pass(?:es|ed)?|surpass(?:es|ed)?|cross(?:es|ed)?|reach(?:es|ed)?|hits?|tops?|topped|exceed(?:s|ed)?|beyond)[ ]$",
    re.IGNORECASE,
)
"""What stands before a mark that is passed, and is no money: "surpasses the 100,000 mark"."""
_POUNDS: Final = word_set("pound pounds")
_COMPOUND_TAILS: Final = word_set(
    "way star sided off handed eyed time times hand class rate party degree born grade edged by to in on and "
    "piece something brother sister brothers sisters the out up"
)


class Before(NamedTuple):
    """What was read to the left of a number."""

    start: int
    """Where the expression begins."""
    bound: Bound | None
    is_between: bool
    money: str | None
    """ISO 4217 code of a sign or code before the number."""
    left: str
    """The text before the expression, as far as it was looked at."""


class Measured(NamedTuple):
    """What was read to the right of a number."""

    end: int
    kind: Kind
    unit: str
    factor: float = 1
    noun: tuple[int, int] | None = None
    is_adjective: bool = False
    is_age: bool = False
    reason: str = ""
    added: float = 0
    """A half behind the unit: "a year and a half"."""


class Rate(NamedTuple):
    """How a number repeats: each month, for each person."""

    end: int
    period: str | None
    per: str | None


def before_number(text: str, at: int, floor: int) -> Before:
    """Return bound, "between" and currency that stand directly before the number at `at`, looking back as far as `floor`.

    >>> text = "he got more than US$ 500"
    >>> found = before_number(text, text.index("5"), 0); text[found.start:], found.bound, found.money
    ('more than US$ 500', 'min', 'USD')
    """
    left = text[max(floor, at - 60) : at]
    money = None
    near = max(0, len(left) - _LONGEST_MONEY)
    if match := _MONEY_LEFT.search(left, near):
        money = _sign_code(match[0].strip())
        left = left[: match.start()]
    elif left and (match := _CODE_LEFT.search(left, near)) and (code := currency_code(match[1].rstrip("."))):
        money, left = code, left[: match.start()]
    bound: Bound | None = None
    is_between = False
    for _ in range(2):
        tail = left.rstrip()
        if not tail or len(left) - len(tail) > 3 or (len(left) == len(tail) and tail[-1] not in "~≈("):
            break
        if tail[-1] in "~≈":
            bound, left = bound or "about", tail[:-1]
            continue
        pieces = tail.rsplit(None, 5)
        last = pieces[-1].lstrip(_OPENERS).lower()
        if last == "between" or (
            last == "from" and re.search(r"\b(?:anywhere|ranging|range[sd]?) from\Z", tail)
        ):
            is_between, left = True, tail[: -len(last)]
            continue
        if last not in _LAST_WORDS:
            break
        phrase = _phrase(pieces, tail)
        if phrase is None:
            break
        words, length = phrase
        if words == "about" and len(pieces) > 1 and pieces[-2].lower().strip(",.") in _TOPIC:
            break
        bound = bound or _BEFORE[words]
        left = tail[: len(tail) - length]
    return Before(at - (len(text[max(floor, at - 60) : at]) - len(left)), bound, is_between, money, left)


def _phrase(pieces: list[str], tail: str) -> tuple[str, int] | None:
    """Return the longest phrase of `_BEFORE` that ends `tail`, and how many code points it takes."""
    for count in (5, 4, 3, 2, 1):
        if count > len(pieces):
            continue
        first = pieces[-count].lstrip(_OPENERS)
        words = " ".join((first, *pieces[len(pieces) - count + 1 :])).lower()
        if words in _BEFORE:
            place = len(tail)
            for piece in reversed(pieces[len(pieces) - count + 1 :]):
                place = tail.rindex(piece, 0, place)
            return words, len(tail) - tail.rindex(first, 0, place)
    return None


def _sign_code(sign: str) -> str:
    """Return the code of "US$" or "₩"; an unknown letter before a known sign changes nothing."""
    return currency_code(sign.replace(" ", "")) or currency_code(sign[-1]) or sign[-1]


def measure_after(
    text: str, at: int, end: int, *, left: str = "", one: bool = False, in_digits: bool = True
) -> Measured | None:
    """Return the unit or noun directly behind a number that ends at `at`; None where none follows.

    >>> text = "0.3 ton wooden boat"
    >>> measure_after(text, 3, len(text))[:3]
    (7, 'measure', 'ton')
    """
    if old := _OLD.match(text, at, end):
        unit = TIME[old[1].lower()][0] if old[1] else "year"
        stop = old.end()
        if text[at] in "-\u2010\u2011" or ((old[2] or "").lower().startswith("old") and "-" in old[0]):
            return Measured(stop, "time", unit, is_adjective=True, is_age=True)
        return Measured(stop, "time", unit, is_age=True)
    match = _WORD.match(text, at, end)
    if match is None:
        return None
    gap, word = match[1], match[2]
    if left.endswith(": ") and word[0].isupper() and _LABEL.match(text, match.start(2), end):
        return None
    lower = word.lower().rstrip(".")
    stop = match.end(2) - (len(word) - len(word.rstrip(".")))
    if not word[0].isalpha():
        if word in _SIGNS:
            return None if text[stop : stop + 1].isdigit() else Measured(stop, "money", _sign_code(word))
        return Measured(stop, "percent" if word == "%" else "measure", MEASURES.get(word.lower(), word))
    if not gap:
        glued = _glued(word, lower, stop, in_digits)
        return _closed(text, glued, end, match.start(2), hyphen=False) if glued else None
    hyphen = gap[0] in "-\u2010\u2011"
    start = match.start(2)
    if found := _known_unit(text, start, stop, end, lower, gap, left, in_digits=in_digits):
        return _closed(text, found, end, start, hyphen, may_describe=in_digits and not one)
    if hyphen:
        if lower in _COMPOUND_TAILS:
            return Measured(
                stop, "count", singular_unit(lower), is_adjective=True, reason="a part of a compound word"
            )
        if lower == "fold":
            return Measured(stop, "multiple", "time")
        unit = "person" if lower == "strong" else singular_unit(word)
        return _closed(
            text, Measured(stop, "count", unit, noun=(start, stop), is_adjective=True), end, start, hyphen
        )
    noun = read_noun(text, at, end, one=one)
    if noun is None:
        return None
    return Measured(noun.end, "count", noun.unit, noun=(noun.start, noun.end))


def _glued(word: str, lower: str, stop: int, in_digits: bool) -> Measured | None:
    """Read abbreviations without a space: 5km, 20h, 100EUR."""
    if not in_digits:
        return None
    if lower in MEASURES:
        return Measured(stop, "percent" if MEASURES[lower] == "percent" else "measure", MEASURES[lower])
    if lower in TIME or lower == "h":
        unit, factor = TIME.get(lower, ("hour", 1))
        return Measured(stop, "time", unit, factor)
    if code := currency_code(word):
        return Measured(stop, "money", code)
    return None


def _known_unit(
    text: str, start: int, stop: int, end: int, lower: str, gap: str, left: str, *, in_digits: bool
) -> Measured | None:
    """Look up one to four words as a unit of time, of measure or of money."""
    if lower in TIME and (lower not in _SHORT or in_digits):
        unit, factor = TIME[lower]
        return Measured(stop, "time", unit, factor)
    words = [text[start:stop]]
    ends = [stop]
    if more := _MORE_WORDS.match(text, stop, end):
        for group in (1, 2, 3):
            if more[group]:
                words.append(more[group])
                ends.append(more.end(group))
    if lower in _FILLERS and len(words) > 1 and words[1].lower() in TIME:
        unit, factor = TIME[words[1].lower()]
        return Measured(ends[1], "time", unit, factor)
    for count in range(min(3, len(words)), 0, -1):
        phrase = " ".join(words[:count]).lower()
        if phrase in MEASURES and (count > 1 or lower not in _SHORT or (in_digits and words[0].islower())):
            unit = MEASURES[phrase]
            return Measured(ends[count - 1], "percent" if unit == "percent" else "measure", unit)
    if lower in _POUNDS and (gap[0] == "-" or _WEIGHED.search(left) or _OF_GOODS.match(text, stop, end)):
        return Measured(stop, "measure", "lb")
    for count in range(len(words), 0, -1):
        phrase = " ".join(words[:count])
        name = words[count - 1].lower()
        code = currency_code(phrase)
        if code is None and count > 1 and all(x[0].isupper() for x in words[: count - 1]):
            code = currency_code(name) or _USUAL_MONEY.get(name)
        if code is None and count == 1 and not (name == "mark" and _PASSED.search(left)):
            code = _USUAL_MONEY.get(name)
        if code is not None and (
            len(phrase) > 3 or phrase.isupper() or name in ("won", "yen", "kip", "lei", "lev", "zł")
        ):
            return Measured(ends[count - 1], "money", code)
    return None


def _closed(
    text: str, found: Measured, end: int, start: int, hyphen: bool, *, may_describe: bool = False
) -> Measured:
    """Take in what belongs to the unit: "-wide", "and a half"; tell whether the whole stands before its noun."""
    stop = found.end
    adjective = found.is_adjective or hyphen
    extent = _EXTENT.match(text, stop, end)
    if extent and (adjective if text[stop] == "-" else found.kind == "measure"):
        stop = extent.end()
    added = 0.0
    if found.kind in ("time", "measure") and (half := _AND_HALF.match(text, stop, end)):
        added, stop = (0.5 if half[1] == "half" else 0.25), half.end()
    word = text[start : found.end].lower()
    if (
        may_describe
        and not adjective
        and found.kind == "measure"
        and len(word) > 2
        and singular_unit(word) == word
    ):
        adjective = bool(_NOUN_AFTER.match(text, stop, end))  # "a 0.3 ton wooden boat"
    return found._replace(end=stop, is_adjective=adjective, added=added)


_RATE: Final = lazy(
    rf"{GAP}(?:a|an|per|each|every){GAP}(year|month|week|day|hour|annum|night)(?![^\W\d_])|/(year|month|week|day|hour|yr|mo|h)(?![^\W\d_])"
    rf"|{GAP}(annually|yearly|monthly|weekly|daily|hourly)(?![^\W\d_])|-a-(month|year|week|day)(?![^\W\d_])"
)
_PERIODS: Final = {
    "annum": "year", "annually": "year", "yearly": "year", "annual": "year", "monthly": "month", "weekly": "week", "daily": "day",
    "hourly": "hour", "yr": "year", "h": "hour", "mo": "month",
}  # fmt: skip
_PER: Final = lazy(
    rf"{GAP}(?:(?:(?:per|for{GAP}each|for{GAP}every|to{GAP}each|a|an|each){GAP}([^\W\d_]+))|(each|apiece)(?![^\W\d_]))"
)


_SHARERS: Final = {"head": "person", "capita": "person", "family": "family", "household": "household"}


def rate_after(text: str, at: int, end: int, left: str = "", *, is_money: bool) -> Rate | None:
    """Return the rate behind a quantity that ends at `at` ("a month", "per person"), or before it ("a monthly grant of").

    >>> rate_after("320 euros a month", 9, 17, is_money=True), rate_after("$5 each", 2, 7, is_money=True)
    (Rate(end=17, period='month', per=None), Rate(end=7, period=None, per='person'))
    """
    period: str | None = None
    per: str | None = None
    stop = at
    for _ in range(2):
        if period is None and (match := _RATE.match(text, stop, end)):
            word = match[match.lastindex or 1]
            period, stop = _PERIODS.get(word, word), match.end()
        elif is_money and per is None and (match := _PER.match(text, stop, end)):
            whom = match[1] or "person"
            if denotes_person(whom) or whom in _SHARERS:
                per, stop = _SHARERS.get(whom) or singular_unit(whom), match.end()
            elif "each" in match[0].split()[:1]:
                per, stop = "person", match.start() + match[0].index("each") + 4
            else:
                break
    if is_money and period is None and (match := _TIMED_LEFT.search(left)):
        period = _PERIODS[match[1]]
    return Rate(stop, period, per) if period or per else None
