"""One quantity read where its number stands: the number, what goes with it on both sides, and what it measures.

    between 20 and 30 families     a range, counted          about $200 a month     approximate, a rate
    a year and a half              no number in digits       in his thirties        an age within bounds

Where the numbers of a text stand is for `quantities.py`.
"""

from __future__ import annotations

import re
from typing import Final

from regesta.extraction.ages import age_before
from regesta.extraction.codes import read_code
from regesta.extraction.headcounts import counts_people, is_number_of_people
from regesta.extraction.measuring import Before, Measured, before_number, measure_after, rate_after
from regesta.extraction.numberless import after_article, for_months, in_his_thirties
from regesta.extraction.numbers import GAP, TRIGGER, Numeral, borrow_scale, read_numeral, whole
from regesta.extraction.quantity import Bound, Kind, Quantity
from regesta.extraction.relative import read_multiple, read_ordinal, read_share, weak_one
from regesta.extraction.units import MONTHS, is_place_name
from regesta.forming import forming
from regesta.text.span import Span

__all__ = ["Reader"]

_quantity: Final = forming(Quantity)
_MONEY_SIGN: Final = r"(?:[A-Z]{1,3}\$|[$€£¥₩₹₽₫₺]|[A-Z]{3}[ ])?"
_UNIT_BETWEEN: Final = r"(?:[ ]?(?:%|°|km|kg|m|miles|per[ ]cent))?"
_DASH: Final = re.compile(rf"{_UNIT_BETWEEN}(?:[ ]?[–—−-][ ]?){_MONEY_SIGN}(?=[\d½¼¾])|-(?:to|or)-(?=[^\W_])")
_TO: Final = re.compile(rf"{_UNIT_BETWEEN}{GAP}(to|or){GAP}{_MONEY_SIGN}(?=[^\W_])")
_ABOUT: Final = (
    rf"(?:(?:up{GAP}to|as{GAP}many{GAP}as|more{GAP}than|nearly|almost|about|around|some|over){GAP})?"
)
_AND: Final = re.compile(rf"{_UNIT_BETWEEN}{GAP}(?:and|to){GAP}{_ABOUT}{_MONEY_SIGN}(?=[^\W_])")
_UP_TO: Final = re.compile(rf"{_UNIT_BETWEEN}{GAP}(to){GAP}{_ABOUT}{_MONEY_SIGN}(?=[^\W_])")
_FROM: Final = re.compile(r"(?:^|\s)from\s\Z", re.IGNORECASE)
_CHANGE: Final = re.compile(
    r"\b(?:rose|risen|rising|rises?|fell|fallen|falling|falls?|gr[eo]wn?|growing|increas\w+|decreas\w+|reduc\w+|cut|dropp?\w*|rais\w+|"
    r"lower\w+|chang\w+|expand\w+|went|going|shr[aiu]nk|declin\w+|climb\w+|jump\w+|doubl\w+|swell\w*|swollen|soar\w+|plung\w+|"
    r"slash\w+|moved?)\b[^.;:]*\Z"
)
_POST: Final = re.compile(
    rf"\+|[-]plus\b|[- ]odd(?![^\W\d_])|{GAP}or{GAP}(so|more|less|fewer|thereabouts)(?![^\W\d_])|{GAP}at{GAP}(least|most)(?![^\W\d_])"
)
_BETWEEN_AGES: Final = re.compile(r"\bbetween (?:the )?ages?(?: of)? ?\Z")
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
_PART_OF: Final = 20
"""How many times what was counted before a number may still go on to count: "two boats in May, 30 in June"."""
_THOUSAND: Final = 1000
_TEN_THOUSAND: Final = 10_000
_NAMED: Final = re.compile(
    r"[a-z,] (?:Three|Four|Five|Six|Seven|Eight|Nine|Ten|Twelve|Twenty|Thirty|Forty|Hundred) [A-Z][a-z]"
)
"""A name that begins with a number, within a sentence: "one of the Thirty Comrades"."""
_POINTED: Final = re.compile(r"\d{1,3}\.\d{3}")
"""A number of people or things is whole: "8.537 Hungarians" are thousands."""
_OF_OUR_TIME: Final = re.compile(r"19[4-9]\d|20[0-3]\d")
_IN_PAIRS: Final = frozenset(
    "jeans trousers pants shorts shoes boots socks gloves glasses spectacles binoculars scissors pliers tongs shears sandals slippers stockings".split()
)
_PARTED: Final = ("time", "point", "share")
_NAME_BEFORE: Final = re.compile(r"(?<=[\w,] )[A-Z][\w’'-]*[ ]\Z")


class Reader:
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
            return for_months(self.text, match)
        if match.lastgroup == "age":
            return in_his_thirties(match)
        if match.lastgroup == "article":
            return after_article(self.text, match, self.floor, self.reach)
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
        if "+" in text[first.start : first.end]:
            bound = bound or "min"  # "1+ million"
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
        if unit == "GBP" and not before.money and self._is_weight_again(first.start):
            kind, unit = "measure", "lb"
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
        number, low, high = (None if v is None else whole((v + added) * factor) for v in (number, low, high))
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
        if kind == "bare" and first.scale >= _THOUSAND and (sum_before := self._sum_before(first.start)):
            kind, unit = "money", sum_before
        if (
            kind == "count"
            and unit not in _PARTED
            and first.scale == 1
            and (first.value or 0) < _THOUSAND
            and _POINTED.fullmatch(text, first.start, first.end)
        ):
            number, low, high = (None if v is None else whole(v * 1000) for v in (number, low, high))
        if kind == "bare" and first.scale >= _THOUSAND and (sum_behind := self._sum_behind(before, stop)):
            kind, unit = "money", sum_behind
        if kind == "time" and bound == "min" and _SPREAD.search(text, self.floor, first.start):
            bound, start = None, first.start
        reason = measured.reason if measured and not before.money else ""
        if noun_span and unit != "person" and not reason and is_place_name(noun_span.of(text).split()[-1]):
            reason = "a name of countries or places, not a count of things"
        if (
            noun_span
            and text[first.start : first.end].lower().endswith("pair")
            and noun_span.of(text).split()[-1].lower() in _IN_PAIRS
        ):
            reason = reason or "a pair is one thing here"
        if (
            noun_span
            and not reason
            and _NAMED.search(text, max(self.floor, first.start - 16), noun_span.start + 2)
        ):
            reason = "part of a name"
        if one and not is_age:
            reason = reason or weak_one(text, first, before.left, self.reach, kind)
        if kind == "bare" and not reason:
            reason = self._weak_bare(first, last, before, stop)
        if not reason and last is None and self._marks_a_note(first, before, kind, unit):
            reason = "perhaps the mark of a note"
        return _quantity(
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
        pattern = (
            _AND if before.is_between or _BETWEEN_AGES.search(before.left) else _UP_TO if is_from else _TO
        )
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
        if (
            match.re in (_TO, _UP_TO)
            and _OF_OUR_TIME.fullmatch(text, first.start, first.end)
            and second.value >= _TEN_THOUSAND
        ):
            return None, None, None  # "bringing the total of 2016 to 260,000"
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

    def _is_weight_again(self, start: int) -> bool:
        """Whether a number in brackets says in other units what was weighed: "59 kilograms (130 pounds)"."""
        before = self.previous
        return (
            before is not None and before.unit in ("kg", "t") and self.text[before.span.end : start] == " ("
        )

    def _sum_before(self, start: int) -> str:
        """Return the currency of the sum that a bare number goes on from: "raised from 3 million won to 5 million"."""
        before = self.previous
        if before is None or before.kind != "money" or before.span.end > start:
            return ""
        return before.unit if _GOES_ON.fullmatch(self.text, before.span.end, start) else ""

    def _sum_behind(self, before: Before, stop: int) -> str:
        """Return the currency of the sum to which a bare number falls: "cut from 28 million to 10 million crowns"."""
        match = _FALLS_TO.match(self.text, stop, self.limit) if _FALLS_FROM.search(before.left) else None
        second = read_numeral(self.text, match.end(), self.limit, stop) if match else None
        if second is None:
            return ""
        sum_of = measure_after(self.text, second.end, self.reach, left="", one=False, in_digits=True)
        return sum_of.unit if sum_of is not None and sum_of.kind == "money" else ""

    def _marks_a_note(self, first: Numeral, before: Before, kind: Kind, unit: str) -> bool:
        """Whether a small number opens a sentence that begins after it: "3 The number of claims", but not "12 Cubans"."""
        if (
            first.form != "digits"
            or kind not in ("bare", "count")
            or unit == "person"
            or (first.value or 100) >= 100
        ):
            return False
        opens = _OPENS.match(self.text, first.end, self.reach)
        if opens is None or is_place_name(opens[1]) or opens[1] in MONTHS:
            return False
        return before.start == first.start and (not before.left or _CLOSES.search(before.left) is not None)

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


_GOES_ON: Final = re.compile(r"\s(?:to|and|or)\s(?:about\s|nearly\s|almost\s|some\s)?")
_FALLS_TO: Final = re.compile(r"\sto\s(?:about\s|only\s|just\s)?(?=\d)")
_FALLS_FROM: Final = re.compile(r"\bfrom(?: about)?\s?\Z")
_SPREAD: Final = re.compile(
    r"\b(?:paid|repaid|payable|spread|divided|distributed|staggered|phased|(?:in|by) instalments) over \Z"
)
"""What makes "over" mean *during*, not *more than*: "paid over two years"."""
_OPENS: Final = re.compile(r" ([A-Z][a-z]+)\b")
_CLOSES: Final = re.compile(r"(?:[.!?]['\"”’)]? |\n)\Z")
_ARTICLE_SCALE: Final = re.compile(rf"(an?{GAP})(?=hundred|thousand|million|billion|dozen)")
