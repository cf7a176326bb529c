"""Part of F038: shares and quotients that a sentence reckons from numbers that it, or the one before, tells.

    One in four of the adults, 140 of 562, had no work             562 / 140 = 4.0
    Thirty-four children stayed. Of the 363 that is 9 per cent.    34 / 363 = 9.4 per cent
    650,000 pounds to 595 families, about 1,092 pounds each        650,000 / 595 = 1,092.4
    25,132 euros, of which the town paid one third, 8,377          25,132 / 3 = 8,377.3
    2,310 patients, 420 more than in 2018, when there had been 1,890     1,890 + 420 = 2,310
    4.2 million rupees, of which the Union paid 3.78 million, or 80 per cent     90 per cent
    318 guests, a tenth more than the 265 of the year before       a fifth more: worth knowing
    310 meals a day, 113,150 in the whole year                     310 x 365 = 113,150
    1,240 people, after 820 the year before: an increase of 34 per cent     51 per cent: worth knowing

Only what holds is told, for people say "a third" of much; but for a growth between the only two numbers of its sentence, and a share in
per cent right behind its part and the whole "of which" that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from regesta.criticism.view import finding
from regesta.criticism.wordings import NUMBER, figure, number_of
from regesta.model import Finding

if TYPE_CHECKING:
    from regesta.criticism.sentence_figures import Number
    from regesta.criticism.telling import Sentence

__all__ = ["proportions"]

_N: Final = rf"(?i:{NUMBER})"
_WORDS: Final = {"half": (1, 2), "third": (1, 3), "thirds": (2, 3), "quarter": (1, 4), "quarters": (3, 4), "fifth": (1, 5), "fifths": (2, 5),
    "tenth": (1, 10)}  # fmt: skip
_SHARE: Final = re.compile(
    rf"\b(?P<n>{_N})\s(?:in|out of)\s(?P<m>{_N})\b(?!\s?(?:per|%))|\b(?P<k>one|a|two|three)[ -](?P<w>thirds?|quarters?|fifths?|tenth)\b|\b(?P<h>half)\b"
    r"|(?<![\d.,])(?P<p>\d{1,3}(?:\.\d)?)\s?(?:%|per\s?cent\b)",
    re.IGNORECASE,
)
_EACH: Final = re.compile(
    r"(?<![\d.,])(?P<q>\d{1,3}(?:,\d{3})*(?:\.\d+)?)\s(?:(?:[a-z]+\s)?(?:each|apiece|a head)\b|(?:[a-z]+\s)?(?:in|to|for|per)\s(?:a|each|every|one)?\s?(?P<u>[a-z]+)\b)",
    re.IGNORECASE,
)
_TIMES: Final = re.compile(r"\b(?:each|apiece|a head|a (?:child|family|person|day|week|month|year|piece|head)|per (?:child|family|person|head|day|week|month|room|hut|class|boat)|(?:to|in|for|on) (?:a|each|every|one) [a-z]+)\b")  # fmt: skip
_MORE: Final = re.compile(
    r"\s(?:[^\W\d]+\s)?(?P<sign>more|fewer|less|mehr|weniger|de plus|de moins|más|menos)\s(?:than|als|qu[e’']|de)"
)
_PERIODS: Final = (
    (
        r"(?:a|per|each|every|pro|par|al|por) (?:day|Tag|jour|día)|täglich|daily",
        r"(?:year|Jahr|an|année|año)\b",
        (365, 366),
    ),
    (
        r"(?:a|per|each|every|pro|par|al|por) (?:day|Tag|jour|día)|täglich|daily",
        r"(?:week|Woche|semaine|semana)\b",
        (7,),
    ),
    (
        r"(?:a|per|each|every|im|pro|par|al|por) (?:month|Monat|mois|mes)|monthly",
        r"(?:year|Jahr|an|année|año)\b",
        (12,),
    ),
    (
        r"(?:a|per|each|every|pro|par|a la|por) (?:week|Woche|semaine|semana)|weekly",
        r"(?:year|Jahr|an|année|año)\b",
        (52,),
    ),
)
"""How often something is, and the longer time it adds up to."""
_GROWTH: Final = re.compile(
    r"\b(?:an? (?:increase|rise|growth|decrease|decline|drop|fall) of|(?:in|de)creas(?:ed|ing) by|(?:rose|grew|fell|up|down) by|um)\s(?P<p>\d{1,3}(?:[.,]\d)?)\s?(?:%|per\s?cent\b|Prozent\b)"
)
_APPOSED: Final = re.compile(
    r"(?:,? or| \(|, that is,?|, i\.e\.,?)\s(?P<p>\d{1,3}(?:\.\d)?)\s?(?:%|per\s?cent\b)"
)
"""A share right behind the number that it tells again, with the noun of that number."""
_MORE_BY: Final = re.compile(
    rf"(?:,\s(?:(?:an?|one|two)[ -](?P<w>half|thirds?|quarters?|fifth|tenth)|(?P<p>\d{{1,3}}(?:\.\d)?)\s?(?:%|per\s?cent))\s(?P<sign>more|less|fewer)\sthan"
    rf"|\b(?P<t>twice|three times|four times)\sas many as)\s(?:the\s|in\s[12]\d{{3}},?\s\()?(?P<n>{_N})\b",
    re.IGNORECASE,
)
_SCALES: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_PRICE: Final = re.compile(
    rf"\b(?P<n>{_N})\s(?P<of>lit(?:re|er)s?|kilos?|kilograms?|pounds|tonnes|tons|metres|yards|acres|hectares|bags|loaves|boxes|sacks|barrels|gallons|hours|days|weeks|months|nights)\b"
    rf"(?P<mid>(?:\s(?!and\b|or\b)[\w'’-]+){{0,4}}?)\s(?:cost|costs|for|at|makes?|made|was|were|is|are)\s(?P<m>{_N})\s(?P<in>[a-z]+),?\s(?:or|that is)\s(?P<q>{_N})\s(?P=in)\s(?:a|an|per|each|the|for (?:a|each))\s(?P<one>[a-z]+)\b"
)
"""A price of so much, and of one."""
_ABOUT: Final = re.compile(
    r"\b(?:about|around|some|nearly|almost|over|more than|less than|roughly|at least|at most|well over|under|approximately)\s$",
    re.IGNORECASE,
)
_SMALLEST: Final = 20
_NEAR: Final = 40


def proportions(one: Sentence, lead: Sequence[Sentence]) -> Finding | None:
    """Return a share, a quotient or a product over two sentences that holds."""
    return (
        _apposed(one, lead)
        or _share(one, lead)
        or _growing(one)
        or _price(one)
        or _quotient(one)
        or _product(one, lead)
        or _more(one)
        or _repeated(one)
        or _grown(one)
    )


def _more(one: Sentence) -> Finding | None:
    """Tell that a number is so many more or fewer than another."""
    numbers = _counted(one)
    for by in numbers:
        sign = _MORE.match(one.text, by.end)
        if sign is None:
            continue
        is_less = sign["sign"] in ("fewer", "less", "weniger", "de moins", "menos")
        for a in numbers:
            for b in numbers:
                added = b.value - by.value if is_less else b.value + by.value
                if (
                    len({a.start, b.start, by.start}) == 3
                    and a.start < by.start < b.start
                    and a.value == added
                ):
                    working = (
                        f"{figure(b.value)} {'-' if is_less else '+'} {figure(by.value)} = {figure(a.value)}"
                    )
                    said = [one.said(a.start, b.end)]
                    return finding(
                        "F038", "arithmetic-check", "ok", f"{working}, as stated.", said, working=working
                    )
    return None


def _repeated(one: Sentence) -> Finding | None:
    """Tell that so many a day make what is told of the year."""
    for often, longer, times in _PERIODS:
        rate = re.search(often, one.text)
        whole = re.search(longer, one.text[rate.end() :]) if rate else None
        if rate is None or whole is None:
            continue
        each = [n for n in _counted(one) if n.end <= rate.start() and rate.start() - n.end < _NEAR // 2]
        for c in [n for n in _counted(one) if n.start >= rate.end()] if each else ():
            for by in times:
                if each[-1].value * by == c.value:
                    working = f"{figure(each[-1].value)} x {by} = {figure(c.value)}"
                    said = [one.said(each[-1].start, rate.end() + whole.end())]
                    return finding(
                        "F038", "arithmetic-check", "ok", f"{working}, as stated.", said, working=working
                    )
    return None


def _grown(one: Sentence) -> Finding | None:
    """Hold a growth in per cent against the only two numbers of its sentence."""
    match = _GROWTH.search(one.text)
    numbers = _counted(one)
    if (
        match is None
        or len(numbers) != 2
        or any(n.is_about for n in numbers)
        or len({n.noun for n in numbers}) > 2
    ):
        return None
    low, high = sorted(n.value for n in numbers)
    stated = float(match["p"].replace(",", "."))
    is_fall = re.search(r"decrea|declin|drop|fall|fell|down", match[0]) is not None
    real = 100 * (high - low) / (high if is_fall else low)
    working = f"{figure(high)} - {figure(low)} = {figure(high - low)}, {real:.0f} per cent of {figure(high if is_fall else low)}"
    spots = [match.span(), *((n.start, n.end) for n in numbers)]
    said = [one.said(min(a for a, _ in spots), max(b for _, b in spots))]
    if abs(real - stated) <= 1:
        return finding(
            "F038", "arithmetic-check", "ok", f"{working}: “{match[0]}” is right.", said, working=working
        )
    if low < _SMALLEST or abs(real - stated) < max(3, stated / 10) or high > 4 * low:
        return None
    return finding(
        "F038",
        "arithmetic-check",
        "info",
        f"{working}, but the text says {stated:g} per cent.",
        said,
        working=working,
    )


def _apposed(one: Sentence, lead: Sequence[Sentence]) -> Finding | None:
    """Hold "of which 3.78 million, or 80 per cent" against the whole, which stands before "of which", behind "of the", or in the sentence before."""
    for share in _APPOSED.finditer(one.text):
        part = next((n for n in one.numbers[::-1] if n.end <= share.start()), None)
        if part is None or not re.fullmatch(r"(?:\s[a-z][\w'’-]*){0,3}", one.text[part.end : share.start()]):
            continue
        if part.is_percent:
            continue
        before = [n for n in _counted(one) if n.end <= part.start]
        home = one
        if before:
            between = one.text[before[-1].end : part.start]
            is_of = re.search(r"\bof (?:which|whom|these|them|this)\b", between) or re.search(
                r"\b[Oo](?:f|ut of) (?:the |these |all |its )?$", one.text[: before[-1].start]
            )
            whole = before[-1] if is_of and not re.search(r"[.;:]", between) else None
        else:
            wholes = [n for n in _counted(lead[0]) if n.value > part.value] if lead else []
            is_of = re.match(r"(?:Of|Out of|Among) (?:these|them|those|this)\b", one.text)
            whole, home = (wholes[0], lead[0]) if is_of and len(wholes) == 1 else (None, one)
        if whole is None or _worth(whole) <= _worth(part):
            continue
        stated, digits = float(share["p"]), len(share["p"].partition(".")[2])
        real = 100 * _worth(part) / _worth(whole)
        working = f"{figure(_worth(part))} / {figure(_worth(whole))} = {real:.1f} per cent"
        said = [one.said(whole.start if home is one else part.start, share.end())]
        said = (
            said
            if home is one
            else [home.said(whole.start, min(len(home.text), whole.end + 1 + len(whole.noun))), *said]
        )
        if abs(real - stated) <= 10**-digits:
            return finding(
                "F038", "arithmetic-check", "ok", f"{working}: “{share['p']} per cent” is right.", said, working=working, stated=stated
            )  # fmt: skip
        if abs(real - stated) > max(2.0, 0.05 * stated) and not _ABOUT.search(one.text[: share.start("p")]):
            summary = f"{working}, but the text says {share['p']} per cent."
            return finding("F038", "sum-mismatch", "warning", summary, said, working=working, stated=stated)
    return None


def _worth(number: Number) -> int:
    """Return a number with the millions behind it: "3 million" too."""
    return number.value * _SCALES.get(number.noun, 1)


def _growing(one: Sentence) -> Finding | None:
    """Hold "318, a tenth more than the 265 of 1986" against the two numbers."""
    match = _MORE_BY.search(one.text)
    numbers = _counted(one)
    if match is None:
        return None
    high = [n for n in numbers if n.end <= match.start() and match.start() - n.end <= _NEAR]
    low = [n for n in numbers if n.start == match.start("n")]
    if not high or not low or high[-1].is_about:
        return None
    a, b = high[-1], low[0]
    if match["p"]:
        share = float(match["p"]) / 100
    elif match["w"]:
        over, under = _WORDS[match["w"].lower()]
        share = over / under
    else:
        share = (
            1.0
            if match["t"].lower().startswith("twice")
            else float(number_of(match["t"].split()[0]) or 0) - 1
        )
    is_less = match["sign"] in ("less", "fewer")
    if not share or b.value < _SMALLEST or (match["sign"] and (a.value < b.value) != is_less):
        return None
    real = a.value / b.value - 1 if not is_less else 1 - a.value / b.value
    working = f"{figure(a.value)} / {figure(b.value)} = {a.value / b.value:.2f}"
    said = [one.said(a.start, b.end)]
    phrase = " ".join(one.text[match.start() : match.start("n")].split()).strip(" ,").removesuffix(" the")
    if abs(real - share) <= 0.1 * share:
        return finding(
            "F038", "arithmetic-check", "ok", f"{working}: “{phrase}” is right.", said, working=working
        )
    if abs(real - share) < max(0.03, 0.25 * share) or _ABOUT.search(one.text[: match.start()].rstrip() + " "):
        return None
    return finding(
        "F038", "arithmetic-check", "info", f"{working}, but the text says “{phrase}”.", said, working=working
    )


def _price(one: Sentence) -> Finding | None:
    """Hold "20 litres cost 500 cedis, or 25 cedis a litre" against what it divides."""
    match = _PRICE.search(one.text)
    if match is None or not match["of"].removesuffix("s").startswith(match["one"].removesuffix("s")):
        return None
    n, m, stated = (number_of(match[key]) or 0 for key in ("n", "m", "q"))
    if n < 2 or not stated or _ABOUT.search(one.text[: match.start("q")]):
        return None
    working = f"{figure(m)} / {figure(n)} = {m / n:,.4g}"
    said = [one.said(match.start(), match.end())]
    if abs(m / n - stated) <= 0.5:
        return finding("F038", "arithmetic-check", "ok", f"{working}, as stated.", said, working=working)
    if abs(m / n - stated) < 0.1 * stated:
        return None
    return finding(
        "F038",
        "sum-mismatch",
        "warning",
        f"{working}, but the text says {figure(stated)}.",
        said,
        working=working,
    )


def _counted(one: Sentence) -> list[Number]:
    return [n for n in one.numbers if not n.is_percent and n.value > 0]


def _pairs(
    one: Sentence, share: re.Match[str], lead: Sequence[Sentence]
) -> Iterator[tuple[Number, Sentence, Number, Sentence]]:
    """Yield part and whole that the words set beside a share."""
    own = [n for n in _counted(one) if not share.start() <= n.start < share.end()]
    for a in own:
        for b in own:
            between = one.text[a.end : b.start]
            of_whole = re.search(
                r"\b(?:[Oo](?:f|ut of)|[Ff]or) (?:the |these |all |its |their )?$", one.text[: b.start]
            )
            is_behind = re.fullmatch(r"\s(?:[a-z]+\s)?(?:out )?of (?:the |these )?", between)
            is_of_it = of_whole or re.search(r",\sof (?:which|whom|these|them)\b", one.text[b.end : a.start])
            if (a.start < b.start and is_behind) or (b.start < a.start and is_of_it):
                yield a, one, b, one
    before = _counted(lead[0]) if lead else []
    if len(own) == 1 and len(before) == 1:
        if re.search(r"\b[Oo]f the $", one.text[: own[0].start]):
            yield before[0], lead[0], own[0], one
        elif own[0].end <= share.start():
            yield own[0], one, before[0], lead[0]
    elif len(own) == 1 and re.fullmatch(r"(?:,| \(|:)\s?", one.text[share.end() : own[0].start]):
        yield from ((own[0], one, whole, lead[0]) for whole in before)  # "two thirds, 212, were ..."
    elif len(own) == 1 and own[0].end <= share.start() and before:
        yield own[0], one, before[0], lead[0]


def _share(one: Sentence, lead: Sequence[Sentence]) -> Finding | None:
    for share in _SHARE.finditer(one.text):
        if share["p"]:
            part, whole, slack = float(share["p"]), 100.0, 0.5 if "." not in share["p"] else 0.05
        elif share["n"]:
            part, whole, slack = float(number_of(share["n"]) or 0), float(number_of(share["m"]) or 0), 0.0
        else:
            part, whole = _WORDS[(share["w"] or share["h"]).lower()]
            slack = 0.0
        if not 0 < part < whole or whole > 100:
            continue
        for a, home, b, base in _pairs(one, share, lead):
            if not (0 < a.value < b.value and b.value >= _SMALLEST):
                continue
            real = a.value / b.value
            near = (
                abs(100 * real - part) <= slack + 1e-9
                if share["p"]
                else abs(real - part / whole) <= 0.04 * part / whole
            )
            if not near:
                continue
            working = f"{figure(a.value)} / {figure(b.value)} = {100 * real:.1f} per cent"
            spots = [(home, a.start, a.end), (base, b.start, b.end), (one, share.start(), share.end())]
            said = []
            for place in (base, home, one):
                ends = [(low, high) for s, low, high in spots if s is place]
                said.append(place.said(min(low for low, _ in ends), max(high for _, high in ends)))
            return finding(
                "F038", "arithmetic-check", "ok", f"{working}: “{share[0]}” is right.", said, working=working, stated=share[0]
            )  # fmt: skip
    return None


def _quotient(one: Sentence) -> Finding | None:
    """Tell that a number divided by another makes what is said of each."""
    match = _EACH.search(one.text)
    if match is None:
        return None
    stated = float(match["q"].replace(",", ""))
    lead = [n for n in _counted(one) if n.end <= match.start()]
    if len(lead) < 2 or stated < 1:
        return None
    for a in lead:
        for b in lead:
            if a.value <= b.value or b.value < 2 or a.value < _SMALLEST:
                continue
            real = a.value / b.value
            places = len(match["q"].partition(".")[2])
            if (
                real == int(real)
                or abs(real - stated) > 0.5 * 10**-places + 1e-9
                or (stated < 10 and not places)
            ):
                continue
            working = f"{figure(a.value)} / {figure(b.value)} = {real:,.{places + 1}f}"
            said = [one.said(min(a.start, b.start), match.end())]
            return finding(
                "F038", "arithmetic-check", "ok", f"{working}: “{match[0]}” is right.", said, working=working, stated=stated
            )  # fmt: skip
    return None


def _product(one: Sentence, lead: Sequence[Sentence]) -> Finding | None:
    """Tell that so many of so many each make a number of the same or the neighbouring sentence."""
    for rate in (one, *lead[:1]):
        cue = _TIMES.search(rate.text)
        each = [n for n in _counted(rate) if cue and n.end <= cue.start() and cue.start() - n.end < 24]
        if not each or cue is None:
            continue
        b = each[-1]
        pool = [
            (s, n) for s in (one, *lead[:1]) for n in _counted(s) if not (s is rate and n.start == b.start)
        ]
        for home, a in pool:
            for base, c in pool:
                is_beside = home is rate and a.end <= b.start and b.start - a.end < _NEAR
                is_behind = rate is not one and home is one and base is one
                if min(a.value, b.value) < 2 or c.value != a.value * b.value or c.value < _SMALLEST:
                    continue
                nouns = {n.noun.casefold() for n in (a, b, c) if re.search(r"[^s]s$|people$", n.noun)}
                if len(nouns) > 2 and c.noun:
                    continue  # 14 days of 400 grams are no 5,600 people
                if a is c or one not in (home, rate, base) or not (is_beside or is_behind):
                    continue
                working = f"{figure(a.value)} x {figure(b.value)} = {figure(c.value)}"
                said = [
                    s.said(n.start, min(len(s.text), n.end + len(n.noun) + bool(n.noun)))
                    for s, n in ((home, a), (rate, b), (base, c))
                ]
                return finding(
                    "F038", "arithmetic-check", "ok", f"{working}, as stated.", said, working=working
                )
    return None
