"""Every number of a text and what it measures: money, time, counts, ages, shares, ordinals, and what is no quantity.

    the program for around 200 people, ₩540,000 monthly, sent by Unit 731
                    [---------------)  [--------------)          [------)
                    about 200 person   540000 KRW/month          code: weak, with the reason

Nothing is passed over: every run of digits lies in the span of a `Quantity` or in a span that the caller has other plans
for (dates, names, footnote marks). What looks like a number but counts nothing comes back too, marked weak.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from regesta.dates import is_foreign
from regesta.extraction.ages import age_before, tens_of_age
from regesta.extraction.codes import read_code
from regesta.extraction.foreign_quantities import find_foreign_quantities
from regesta.extraction.headcounts import counts_people, is_number_of_people
from regesta.extraction.measuring import Before, Measured, before_number, measure_after, rate_after
from regesta.extraction.numbers import GAP, TRIGGER, Numeral, borrow_scale, read_numeral
from regesta.extraction.quantity import Bound, Kind, Quantity
from regesta.extraction.relative import read_multiple, read_ordinal, read_share, weak_one
from regesta.extraction.units import MONTHS, TIME, is_place_name
from regesta.text.span import Span

__all__ = ["Kind", "Quantity", "find_quantities", "may_count"]

_TIMES: Final = r"years|months|weeks|days|hours|decades|centuries"
_TIME: Final = r"year|month|week|day|hour|decade|century|fortnight|mile|kilometre|kilometer"
_AGES: Final = r"teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties"
_SCAN: Final = re.compile(
    rf"(?P<number>{TRIGGER.pattern})"
    rf"|(?<![^\W\d_])(?:(?P<vague>[Ff]or{GAP}(?:(?:many|long|some|countless){GAP})?(?:{_TIMES})(?![^\W\d_]))"
    rf"|(?P<article>[Aa]n?{GAP}(?=(?:{_TIME})(?![^\W\d_-])))"
    rf"|(?P<age>[Ii]n{GAP}(?:his|her|their|my){GAP}(?:(?:early|mid|late)[ -])?(?:{_AGES}|\d0['’]?s)(?![^\W\d_])))"
)
_SIGN: Final = re.compile(rf"{TRIGGER.pattern}|(?<![^\W\d_])(?:{_TIMES}|{_TIME}|{_AGES})(?![^\W\d_])")
"""In a word: what `_SCAN` cannot do without."""
_MONEY_SIGN: Final = r"(?:[A-Z]{1,3}\$|[$€£¥₩₹₽₫₺]|[A-Z]{3}[ ])?"
_UNIT_BETWEEN: Final = r"(?:[ ]?(?:%|°|km|kg|m|miles|per[ ]cent))?"
_DASH: Final = re.compile(rf"{_UNIT_BETWEEN}(?:[ ]?[–—−-][ ]?){_MONEY_SIGN}(?=[\d½¼¾])|-(?:to|or)-(?=[^\W_])")
_TO: Final = re.compile(rf"{_UNIT_BETWEEN}{GAP}(to|or){GAP}{_MONEY_SIGN}(?=[^\W_])")
_AND: Final = re.compile(rf"{_UNIT_BETWEEN}{GAP}(?:and|to){GAP}{_MONEY_SIGN}(?=[^\W_])")
_FROM: Final = re.compile(r"(?:^|\s)from\s\Z", re.IGNORECASE)
_CHANGE: Final = re.compile(
    r"\b(?:rose|risen|rising|rises?|fell|fallen|falling|falls?|gr[eo]wn?|growing|increas\w+|decreas\w+|reduc\w+|cut|dropp?\w*|rais\w+|"
    r"lower\w+|chang\w+|expand\w+|went|going|shr[aiu]nk|declin\w+|climb\w+|jump\w+|doubl\w+|swell\w*|swollen|soar\w+|plung\w+|"
    r"slash\w+|moved?)\b[^.;:]*\Z"
)
_POST: Final = re.compile(
    rf"\+|[-]plus\b|[- ]odd(?![^\W\d_])|{GAP}or{GAP}(so|more|less|fewer|thereabouts)(?![^\W\d_])|{GAP}at{GAP}(least|most)(?![^\W\d_])"
)
_BETWEEN_WORD: Final = re.compile(r"(?:between|from)\s+", re.IGNORECASE)
_MONTH: Final = re.compile(rf"{GAP}([A-Z][a-z]{{2,8}})(?![^\W_])")
_OF: Final = re.compile(rf"{GAP}of(?={GAP})")
_PART: Final = re.compile(
    rf"{GAP}(?:or{GAP}(?:so|more){GAP})?of(?={GAP}(?:the|his|her|its|their|our|my|these|those|all)(?![^\W\d_]))"
)
_DETERMINER: Final = re.compile(
    rf"{GAP}(?:all{GAP}(?:the)?|the|his|her|its|their|our|my|these|those)(?={GAP})"
)
_OF_WHOM: Final = re.compile(rf"{GAP}of{GAP}(?:whom|us|you)(?![^\W\d_])")
_COLLECTION: Final = re.compile(
    r"(?<![^\W_])(?:famil(?:y|ies)|groups?|part(?:y|ies)|teams?|crews?|gangs?|bands?|delegations?|squads?|households?)"
    r"\sof\s(?:\w+\s){0,2}\Z",
    re.IGNORECASE,
)
_WITHOUT_NOUN: Final = ("for", "nearly", "almost", "about", "over", "than", "within", "after", "lasting", "least", "in", "every", "to")  # fmt: skip
_PART_OF: Final = 20
"""How many times what was counted before a number may still go on to count: "two boats in May, 30 in June"."""
_THOUSAND: Final = 1000
_POINTED: Final = re.compile(r"\d{1,3}\.\d{3}")
"""A number of people or things is whole: "8.537 Hungarians" are thousands."""
_OF_OUR_TIME: Final = re.compile(r"19[4-9]\d|20[0-3]\d")
_IN_PAIRS: Final = frozenset(
    "jeans trousers pants shorts shoes boots socks gloves glasses spectacles binoculars scissors pliers tongs shears sandals slippers stockings".split()
)
_PARTED: Final = ("time", "point", "share")
_NAME_BEFORE: Final = re.compile(r"(?<=[\w,] )[A-Z][\w’'-]*[ ]\Z")


def may_count(word: str) -> bool:
    """Return whether a quantity may begin in a word (small letters), or up to three words before it.

    >>> may_count("mid-thirties"), may_count("7th"), may_count("tenant")
    (True, True, False)
    """
    return _SIGN.search(word) is not None


def find_quantities(
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    skip: Sequence[tuple[int, int]] = (),
    spoken: str | None = None,
    within: Sequence[tuple[int, int]] | None = None,
) -> list[Quantity]:
    """Return the quantities of `text[start:end]` in order, none overlapping another; no number inside a span of `skip` is read.

    `spoken` is the language of the text (BCP 47) where it is known. `within`: who knows that all is plain English gives the
    stretches, in order, in which quantities may begin, told by `may_count`, and nothing else is looked at.

    >>> text = "a 31-person team got ₩36 million each and a MiG-15"
    >>> [(q.span.of(text), q.number, q.unit or q.reason) for q in find_quantities(text)]
    [('31-person', 31, 'person'), ('₩36 million each', 36000000, 'KRW'), ('MiG-15', None, 'a part of a name or code')]
    """
    stop = len(text) if end is None else min(end, len(text))
    if within is not None and not within:
        return []
    is_abroad = is_foreign(spoken)
    foreign = find_foreign_quantities(text, max(0, start), stop, skip, spoken) if within is None else []
    closed = _merged([*skip, *(quantity.span for quantity in foreign)] if foreign else skip, start, stop)
    starts = [span[0] for span in closed]
    found: list[Quantity] = []
    at = floor = max(0, start)
    ends = [b for _, b in within] if within is not None else []
    until = stop
    while True:
        if within is not None:
            ahead = bisect_right(ends, at)
            if ahead == len(ends):
                break
            at, until = (
                max(at, within[ahead][0]),
                min(ends[ahead] + 1, stop),
            )  # a pattern looks at what follows
        match = _SCAN.search(text, at, until)
        if match is None:
            if within is None:
                break
            at = ends[ahead]
            continue
        place = match.start()
        if is_abroad and not text[place].isdigit():  # "ten" and "one" are other words elsewhere
            at = match.end()
            continue
        index = bisect_left(starts, place + 1)
        if index and closed[index - 1][1] > place:
            at = floor = max(closed[index - 1][1], at)
            continue
        if index:
            floor = max(floor, closed[index - 1][1])
        limit = starts[index] if index < len(starts) else stop
        reach = next((a for a, b in closed[index : index + 4] if _is_closed_to_nouns(text, a, b)), stop)
        reader = _Reader(text, floor, limit, max(limit, reach), found[-1] if found else None)
        quantity = reader.read(match)
        if quantity is None:
            at = match.end() if match.lastgroup == "number" else place + 1
            continue
        found.append(quantity)
        at = floor = quantity.span.end
    return _apart([*found, *foreign]) if foreign else found


def _apart(quantities: Sequence[Quantity]) -> list[Quantity]:
    """Return the quantities in order; of two that overlap, the first: "0-세명" holds "세명"."""
    kept: list[Quantity] = []
    for one in sorted(quantities, key=lambda quantity: quantity.span):
        if not kept or one.span.start >= kept[-1].span.end:
            kept.append(one)
    return kept


def _merged(skip: Sequence[tuple[int, int]], start: int, stop: int) -> list[tuple[int, int]]:
    """Return the spans within the bounds, sorted and disjoint."""
    closed: list[tuple[int, int]] = []
    for a, b in sorted((a, b) for a, b in skip if a < b and b > start and a < stop):
        if closed and a <= closed[-1][1]:
            closed[-1] = (closed[-1][0], max(b, closed[-1][1]))
        else:
            closed.append((a, b))
    return closed


def _is_closed_to_nouns(text: str, start: int, end: int) -> bool:
    """Whether no counted noun may reach into a skipped span: dates and marks are, "North Korean" is not."""
    return text[start] in "[(" or any(c.isdigit() for c in text[start : min(end, start + 60)])


class _Reader:
    """Reads one quantity; everything it looks at lies within `[floor, limit)`, a noun within `[floor, reach)`."""

    __slots__ = ("floor", "limit", "previous", "reach", "text")

    def __init__(self, text: str, floor: int, limit: int, reach: int, previous: Quantity | None) -> None:
        self.text, self.floor, self.limit, self.reach, self.previous = text, floor, limit, reach, previous

    def read(self, match: re.Match[str]) -> Quantity | None:
        """Return the quantity that the scan's match begins, None where the words are none."""
        if match.end() > self.limit:
            return (
                None if not match[0][0].isdigit() else self._code(match.start(), match.start() + 1, "digits")
            )
        if match.lastgroup == "vague":
            return self._for_months(match)
        if match.lastgroup == "age":
            return self._in_his_thirties(match)
        if match.lastgroup == "article":
            return self._article(match)
        text, at = self.text, match.start()
        if code := read_code(text, at, self.limit, self.floor):
            span, reason = code
            return self._code(max(span.start, self.floor), span.end, reason)
        numeral = read_numeral(text, at, self.limit, self.floor)
        if numeral is None:
            return None
        if numeral.form == "long":
            return self._code(numeral.start, numeral.end, "too many digits for a number")
        if numeral.form == "ordinal":
            return read_ordinal(text, numeral, self.reach, self.floor)
        if numeral.form == "share":
            return read_share(text, numeral, self.reach, self.floor)
        if numeral.form == "multiple":
            return read_multiple(text, numeral, self.reach, self.floor)
        return self._cardinal(numeral)

    def _code(self, start: int, end: int, reason: str) -> Quantity:
        span = Span(start, end)
        return Quantity(span=span, number_span=span, kind="code", is_weak=True, reason=reason)

    def _cardinal(self, first: Numeral) -> Quantity:
        text = self.text
        before = before_number(text, first.start, self.floor)
        last, low, high = self._range(first, before)
        if last is None:
            number, low = first.value, first.low
            stop, bound = first.end, before.bound
        else:
            number, stop, bound = None, last.end, before.bound
        number_span = Span(first.start, stop)
        approximate = first.approximate or bound == "about"
        bound, approximate, stop = self._after_number(stop, bound, approximate)
        one = number == 1 and first.form == "words"
        measured, stop = self._measure(first, before, stop, one=one or number == 1)
        if measured and measured.kind != "count" and last is None:
            bound, approximate, stop = self._after_number(stop, bound, approximate, signs=False)
        kind: Kind = "bare" if measured is None else measured.kind
        unit = measured.unit if measured else ""
        if before.money:
            kind, unit, measured = (
                "money",
                before.money,
                None if measured and measured.kind == "count" else measured,
            )
        noun_span = Span(*measured.noun) if measured and measured.noun else None
        if (
            kind == "count"
            and unit == "time"
            and re.compile(rf"{GAP}(?:as|more|less|higher|larger|greater|bigger|the)\b").match(text, stop)
        ):
            kind = "multiple"
        start = min(first.start, before.start)
        if before.is_between and last is None and (word := _BETWEEN_WORD.match(text, start, first.start)):
            start = word.end()
        factor = measured.factor if measured else 1
        added = measured.added if measured else 0
        number, low, high = (None if v is None else _round((v + added) * factor) for v in (number, low, high))
        per = None
        if kind in ("money", "count", "time", "measure") and (
            rate := rate_after(text, stop, self.limit, before.left, is_money=kind == "money")
        ):
            stop, per = rate.end, rate.per
            if rate.period and kind != "time":
                unit, kind = f"{unit}/{rate.period}", "money" if kind == "money" else "rate"
        is_age = bool(measured and measured.is_age)
        if kind in ("bare", "time", "count") and not before.money:
            age = age_before(
                text, first, before, stop, self.limit, self.previous, bare=kind == "bare", noun=noun_span
            )
            if age is not None:
                kind, unit, is_age = "time", "year" if kind != "time" else unit, True
                start, stop = min(start, age[0]), age[1]
                noun_span = None
        if kind == "bare" and (
            _COLLECTION.search(before.left)
            or is_number_of_people(text, first.start - len(text[before.start : first.start]))
            or _OF_WHOM.match(text, stop, self.limit)
            or (
                not self._counts_on(first.start, number)
                and counts_people(text, before.left, stop, self.limit, number)
            )
        ):
            kind, unit = "count", "person"
        if (
            kind == "count"
            and unit not in _PARTED
            and first.scale == 1
            and (first.value or 0) < _THOUSAND
            and _POINTED.fullmatch(text, first.start, first.end)
        ):
            number, low, high = (None if v is None else _round(v * 1000) for v in (number, low, high))
        reason = measured.reason if measured and not before.money else ""
        if noun_span and unit != "person" and not reason and is_place_name(noun_span.of(text).split()[-1]):
            reason = "a name of countries or places, not a count of things"
        if (
            noun_span
            and text[first.start : first.end].lower().endswith("pair")
            and noun_span.of(text).split()[-1].lower() in _IN_PAIRS
        ):
            reason = reason or "a pair is one thing here"
        if one and not is_age:
            reason = reason or weak_one(text, first, before.left, self.reach, kind)
        if kind == "bare" and not reason:
            reason = self._weak_bare(first, last, before, stop)
        return Quantity(
            span=Span(start, max(stop, number_span.end)), number_span=number_span, kind=kind, number=number, low=low, high=high,
            unit=unit, noun=noun_span.of(text) if noun_span else "", noun_span=noun_span,
            approximate=approximate, bound=bound, per=per,
            is_adjective=bool(measured and measured.is_adjective and kind != "bare"), is_age=is_age,
            is_weak=bool(reason), reason=reason,
        )  # fmt: skip

    def _range(self, first: Numeral, before: Before) -> tuple[Numeral | None, float | None, float | None]:
        """Return the second numeral of "between X and Y", "X to Y", "X or Y", "X–Y", with both bounds."""
        text = self.text
        if first.value is None or first.approximate:
            return None, None, None
        is_from = bool(_FROM.search(before.left))
        pattern = _AND if before.is_between else _TO
        match = _DASH.match(text, first.end, self.limit) or pattern.match(text, first.end, self.limit)
        if match is None or (is_from and _CHANGE.search(before.left)):
            return None, None, None
        if before.money and is_from:
            return None, None, None  # "reduced from ₩28,000,000 to ₩10,000,000": two sums
        scan = TRIGGER.match(text, match.end(), self.limit) or _ARTICLE_SCALE.match(
            text, match.end(), self.limit
        )
        if scan is None:
            return None, None, None
        second = read_numeral(
            text, scan.end(1) if scan.re is _ARTICLE_SCALE else scan.start(), self.limit, match.end()
        )
        if second is None or second.value is None or second.form not in ("digits", "words"):
            return None, None, None
        low = borrow_scale(first, second)
        if low is None or second.value <= low:
            return None, None, None
        if match.re is _TO and match[1] == "to" and not is_from and low * 1000 < second.value:
            return None, None, None
        return second, low, second.value

    def _after_number(
        self, stop: int, bound: Bound | None, approximate: bool, *, signs: bool = True
    ) -> tuple[Bound | None, bool, int]:
        """Take in "+", "or more", "or so", "-odd" behind the number or its unit."""
        match = _POST.match(self.text, stop, self.limit)
        if match is None or (not signs and not match[1]):
            return bound, approximate, stop
        word = match[1] or match[2]
        if word in ("so", "thereabouts") or (not word and "odd" in match[0]):
            return bound or "about", True, match.end()
        return bound or ("max" if word in ("less", "fewer", "most") else "min"), approximate, match.end()

    def _measure(
        self, first: Numeral, before: Before, stop: int, *, one: bool
    ) -> tuple[Measured | None, int]:
        """Return the unit or noun, also behind "of": "hundreds of refugees", "four of the safe houses"."""
        text = self.text
        at = stop
        if (first.form == "vague" or first.scale >= 1000) and (of := _OF.match(text, stop, self.limit)):
            at = of.end()
            if determiner := _DETERMINER.match(text, at, self.reach):
                at = determiner.end()
        elif part := _PART.match(text, stop, self.limit):
            if one:
                return None, stop  # "one of the defectors" is a pronoun
            at = part.end()
            if determiner := _DETERMINER.match(text, at, self.reach):
                at = determiner.end()
        measured = measure_after(
            text, at, self.reach, left=before.left, one=one, in_digits=first.form == "digits"
        )
        if measured is None:
            return None, stop
        if at > stop and measured.kind == "count" and measured.noun is None:
            return None, stop
        if measured.kind == "count" and before.money:
            return None, stop  # "$100,000 reward": money, not rewards
        if measured.is_age and at > stop:
            return None, stop
        return measured, measured.end

    def _counts_on(self, start: int, number: float | None) -> bool:
        """Whether a bare number may count what was counted before in its sentence: "of 38,000 letters it answered ten"."""
        before = self.previous
        counted = before is not None and before.kind == "count" and before.unit not in ("", "person")
        if before is None or not counted or "." in self.text[before.span.end : start]:
            return False
        return number is None or before.number is None or number <= _PART_OF * before.number

    def _weak_bare(self, first: Numeral, last: Numeral | None, before: Before, stop: int) -> str:
        """Return why a number without a noun may count nothing, or an empty string."""
        written = self.text[first.start : first.end]
        if before.bound and _OF_OUR_TIME.fullmatch(written) and not written.endswith("00"):
            return "looks like a year"  # "boost the pace over 2004"
        if before.bound or before.is_between or first.form != "digits":
            return ""
        if (word := _MONTH.match(self.text, stop, self.reach)) and word[1] in MONTHS:
            return "the day of a month"
        if len(written) == 4 and written.isdigit() and 1000 <= int(written) <= 2099:
            return "looks like a year"
        if (
            last is None
            and _NAME_BEFORE.search(before.left)
            and before.start == first.start
            and stop == first.end
        ):
            return "follows a name, perhaps as a part of it"
        return ""

    def _for_months(self, match: re.Match[str]) -> Quantity:
        text = self.text
        start = match.start()
        word = text[start : match.end()].split()[-1]
        noun = Span(match.end() - len(word), match.end())
        unit, _ = TIME[word.lower()]
        return Quantity(
            span=Span(start, noun.end),
            number_span=noun,
            kind="time",
            unit=unit,
            noun=word,
            noun_span=noun,
            approximate=True,
        )

    def _article(self, match: re.Match[str]) -> Quantity | None:
        """Read "for a year", "nearly a month", "a year and a half"."""
        text, at = self.text, match.start()
        before = before_number(text, at, self.floor)
        numeral = Numeral(at, at + len(match[0].split()[0]), "words", 1)
        measured = measure_after(text, numeral.end, self.reach, in_digits=False)
        if measured is None or measured.kind not in ("time", "measure") or measured.is_age:
            return None
        words = before.left.split()
        is_length = (
            bool(before.bound) or (bool(words) and words[-1].lower() in _WITHOUT_NOUN) or measured.added
        )
        if not is_length or re.compile(rf"{GAP}(?:later|earlier|ago|before|after)\b").match(
            text, measured.end
        ):
            return None
        return Quantity(
            span=Span(before.start, measured.end), number_span=Span(at, numeral.end), kind=measured.kind,
            number=_round((1 + measured.added) * measured.factor), unit=measured.unit,
            approximate=before.bound == "about", bound=before.bound, is_adjective=measured.is_adjective,
        )  # fmt: skip

    def _in_his_thirties(self, match: re.Match[str]) -> Quantity:
        low, high = tens_of_age(match["age"])
        return Quantity(
            span=Span(*match.span()), number_span=Span(*match.span()), kind="time", low=low, high=high, unit="year",
            approximate=True, is_age=True,
        )  # fmt: skip


_ARTICLE_SCALE: Final = re.compile(rf"(an?{GAP})(?=hundred|thousand|million|billion|dozen)")


def _round(value: float) -> float:
    """Return an int where the value is one."""
    if isinstance(value, int):
        return value
    value = round(value, 9 if abs(value) < _THOUSAND else 4)  # 8.3 million is no 8300000.000000001
    return int(value) if value.is_integer() else value
