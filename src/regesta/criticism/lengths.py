"""Part of F033: how long something lasted, as a sentence says it in a number and in two dates, whose year may be told before.

    held for ten days, from 16 to 22 March                   seven at most
    elected in 1991 and in office for nine years, until 1998     seven or eight
    stayed from 28 June to 30 August, 63 days in all         ok
    The largest came on 30 September. ... eleven days before, on 18 September      twelve: worth knowing

Two days count with the first, the last or both; a year more or less is nothing where only years are told. That it does not fit is a fault where
one sentence joins number and dates, and worth knowing where the other date is that of the sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from regesta.criticism.distances import away_from, reached_after
from regesta.criticism.length_findings import (
    FULL,
    NEAR,
    UNITS,
    WORTH,
    YEAR,
    days_apart,
    length_finding,
    length_told,
    units_apart,
    value_of,
)
from regesta.criticism.telling import Sentence, dated, sentences
from regesta.criticism.view import View
from regesta.criticism.wordings import NUMBER, figure
from regesta.criticism.words_of_numbers import FOREIGN

if TYPE_CHECKING:
    from regesta.criticism.sentence_figures import ToldDate
    from regesta.model import Finding

__all__ = ["lengths"]

_LENGTH: Final = re.compile(
    rf"(?<![\w.,-])(?P<n>(?i:{NUMBER})|{FOREIGN}) (?P<unit>{'|'.join(UNITS.values())})\b(?: and (?P<m>(?i:{NUMBER})) months?)?"
    r"(?P<way>\s(?:before|earlier|later|after(?:wards)?)\b(?!\s(?:the|his|her|their|its|that|he|she|they|we|it|leaving|being)\b))?\b(?! (?:old|of age|ago|alt)\b)"
)
_LOOSE: Final = re.compile(
    r"\b(?:about|around|some|nearly|almost|over|more than|less than|roughly|several|another|further|first|last|every|each|next|within|only|at least|up to|"
    r"sentenced to|prison|spent|aged|age of|etwa|rund|fast|über|mehr als|alle|nächsten|letzten|ersten|seit|vor|environ|près de|plus de|presque|"
    r"premières?|dernières?|il y a|âgée? de|unos|casi|más de|hace)\s(?:an?\s)?$",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(
    r"\s?(?:to|until|till|up to|and|bis(?: zum)?|und|à|au|jusqu(?:'|’)(?:à|au|en)|et|a|al|hasta|y|[–—-])\s?(?:the\s|en\s|le\s|el\s)?|\s?[–—-]\s?",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"\b(?:from|between|von|vom|zwischen|de|du|entre|desde|del)\s(?:the\s|en\s)?$", re.IGNORECASE)  # fmt: skip
_BESIDE: Final = re.compile(
    r"[,\s(:–—]*(?:(?:that is|i\.e\.|or|for|from|between|in all|lang|das heißt|also|von|vom|zwischen|c(?:'|’)est-à-dire|soit|de|du|entre|es decir|o sea|desde|del)\W+)*(?:the\s|en\s)?",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"[.;:\d]|\b(?:and|which|that|who|whose|where|but|then|when|before|after|und|der|die|das|wo|aber|dann|et|qui|que|où|puis|mais|y|donde|pero)\b",
    re.IGNORECASE,
)
"""Words behind which a length may be of something else than the two dates are."""
_IN_ALL: Final = re.compile(
    r",?\s(?:in all|altogether|in total|insgesamt|zusammen|au total|en tout|en total)\b"
)
_LASTED: Final = re.compile(
    r"[,;]?\s(?:and\s)?(?:(?:it|this|that|they|which|he|she|the [a-z]+)\s)?(?:had\s)?(?P<word>lasted|after|been|that is|later|dura|dauerte)(?:\s(?:for|a (?:stay|siege|wait|total) of))?\s$"
)
_UNTIL: Final = re.compile(
    r",?\s(?:until|till)\s(?:(?:his|her|its|their|the)\s[a-z]+(?:\s[a-z]+)?\s)?(?:in\s|on\s)?", re.IGNORECASE
)
_DONE: Final = re.compile(r"\b(?:and|which|that|who|,|where|office)\b")
_BEGUN: Final = re.compile(
    r"[;,.]?\s(?:and\s)?(?:they|she|he|it|we)\s(?:had\s)?(?:left|set out|set off|sailed|started|departed|begun|embarked)(?:\s(?:from\s)?[A-Z][\w'’-]+)?\s(?:on\s|in\s)"
)
_ON_WAY: Final = re.compile(
    r"\b(?:on the (?:way|road|march)|under way|at sea|travelled|walked|marched|on foot|journey|voyage|rode|sailed)\b"
)
_CAME: Final = re.compile(r"\b(?:arrived|reached|landed|came|docked|got (?:to|there))\b")
_FEWEST: Final = {"day": 5, "week": 14, "month": 2, "year": 2}
"""By how much a length must miss the two dates before it to be worth a word."""


def lengths(view: View) -> Iterator[Finding]:
    """Hold a length of time against the two dates that its sentence joins to it."""
    dates = dated(view)
    told = sentences(view)
    for at, one in enumerate(told):
        if one.kind == "heading" or len(one.text) > 400:
            continue
        found = [m for m in _LENGTH.finditer(one.text) if value_of(m)]
        if not found:
            continue
        own = dates(one)
        before = told[at - 1] if at and told[at - 1].block == one.block else None
        for match in found:
            if _LOOSE.search(one.text[: match.start()]):
                continue
            made = (
                _since(one, match, own, before, dates(before) if before else ())
                or _ranged(one, match, own)
                or _closed(one, match, own)
                or _until(one, match, own, before, dates(before) if before else ())
                or (before and away_from(one, match, own, before, dates(before)))
                or reached_after(
                    one,
                    match,
                    own,
                    [(s, dates(s)) for s in reversed(told[max(0, at - 2) : at]) if s.block == one.block],
                )
            )
            if made:
                yield made
                break


def _ranged(one: Sentence, match: re.Match[str], own: tuple[ToldDate, ...]) -> Finding | None:
    """Judge "from ... to ..., N days" and "N years, from ... to ..."."""
    number, unit = length_told(match)
    for a, b in pairwise(own):
        if not _RANGE.fullmatch(one.text[a.end : b.start]) or not _FROM.search(one.text[: a.start]):
            continue
        gap = one.text[b.end : match.start()] if match.start() >= b.end else one.text[match.end() : a.start]
        is_tight = _BESIDE.fullmatch(gap) is not None or _IN_ALL.match(one.text[match.end() :]) is not None
        apart = units_apart(a, b, unit)
        if number < WORTH or apart is None or apart < 1 or len(gap) > NEAR or match["way"]:
            continue
        if not is_tight and (
            _OTHER.search(gap) or len(own) > 2 or (unit == "year" and abs(number - apart) == 1)
        ):
            continue
        counted = number * 7 if unit == "week" else number
        slack = 6 if unit == "week" else 1
        if unit in ("month", "year") and abs(counted - apart) == 1:
            continue
        return length_finding(
            one,
            match,
            (one, a),
            (one, b),
            f"{figure(apart)} {'day' if unit == 'week' else unit}s",
            holds=-1 <= counted - apart <= slack,
            is_sure=is_tight and abs(counted - apart) > slack,
        )
    return None


def _closed(one: Sentence, match: re.Match[str], own: tuple[ToldDate, ...]) -> Finding | None:
    """Judge "imposed on 6 December and lifted on 12 April; it had lasted 98 days"."""
    number, unit = length_told(match)
    if len(own) != 2 or own[1].end > match.start() or number < WORTH:
        return None
    cue = _LASTED.fullmatch(one.text[own[1].end : match.start()])
    apart = units_apart(*own, unit)
    if cue is None or apart is None or apart < 1 or len(_LENGTH.findall(one.text)) > 1:
        return None
    counted = number * 7 if unit == "week" else number
    holds = (
        0 <= counted - apart <= 1 if unit == "day" else abs(counted - apart) <= (6 if unit == "week" else 0)
    )
    if not holds and (cue["word"] in ("after", "later") or abs(counted - apart) < _FEWEST[unit]):
        return None
    words = f"{figure(apart)} {'day' if unit == 'week' else unit}s"
    return length_finding(one, match, (one, own[0]), (one, own[1]), words, holds=holds, is_sure=False)


def _between(one: Sentence, match: re.Match[str], own: tuple[ToldDate, ...]) -> Finding | None:
    """Judge "left on 26 November and were on the way for 17 days; we arrived on 3 December"."""
    number, unit = length_told(match)
    apart = days_apart(*own) if all(len(d.edtf) == FULL for d in own) else None
    if unit != "day" or apart is None or abs(apart - number) == 1:
        return None
    return length_finding(
        one,
        match,
        (one, own[0]),
        (one, own[1]),
        f"{figure(apart)} days",
        holds=apart == number,
        is_sure=False,
    )


def _since(
    one: Sentence,
    match: re.Match[str],
    own: tuple[ToldDate, ...],
    before: Sentence | None,
    earlier: tuple[ToldDate, ...],
) -> Finding | None:
    """Judge "reached it on 2 September after 19 days; they had set out on 24 August", whose end may be in the sentence before."""
    number, unit = length_told(match)
    begin = _BEGUN.match(one.text, match.end())
    first = next((d for d in own if begin and d.start == begin.end()), None)
    if len(own) == 2 and own[0].end <= match.start() and own[1].start >= match.end():
        gap = one.text[match.end() : own[1].start]
        if _ON_WAY.search(one.text[own[0].end : match.start()]) and _CAME.search(gap) and len(gap) < NEAR:
            return _between(one, match, own)
    ends = [(one, d) for d in own if d.end <= match.start()] or (
        [(before, d) for d in earlier] if before else []
    )
    ends = [(home, d) for home, d in ends if len(d.edtf) == FULL]
    if (
        first is None
        or unit not in ("day", "week")
        or len(ends) != 1
        or len(first.edtf) != FULL
        or match["way"]
    ):
        return None
    home, last = ends[0]
    apart = days_apart(first, last)
    counted = number * (7 if unit == "week" else 1)
    if apart is None or (apart != counted and abs(apart - counted) <= (1 if unit == "day" else 6)):
        return None
    words = f"{figure(apart)} days"
    return length_finding(
        one, match, (one, first), (home, last), words, holds=apart == counted, is_sure=False
    )


def _until(
    one: Sentence,
    match: re.Match[str],
    own: tuple[ToldDate, ...],
    before: Sentence | None,
    earlier: tuple[ToldDate, ...],
) -> Finding | None:
    """Judge "since 1991 ... for nine years, until his death in 1998"."""
    number, unit = length_told(match)
    if unit != "year" or match["way"] or number < WORTH:
        return None
    text, start, end = one.text, match.start(), match.end()
    is_for = re.search(r"\bfor $", text[:start]) is not None
    last = next((d for d in own if d.start >= end and is_for and _UNTIL.fullmatch(text[end : d.start])), None)
    last = last or next(
        (d for d in own if re.fullmatch(r",? for ", text[d.end : start]) and re.search(r"\btill? $|\buntil $", text[: d.start])),
        None,
    )  # fmt: skip
    if last is None:
        return None
    lead = [d for d in own if d.end <= min(match.start(), last.start)]
    if lead:
        home, first = one, lead[-1]
    elif earlier and before:
        home, first = before, earlier[-1]
    else:
        return None
    apart = int(last.edtf[:YEAR]) - int(first.edtf[:YEAR])
    is_sure = (
        home is one
        and len(own) == 2
        and abs(apart - number) > 1
        and _DONE.search(one.text[first.end : match.start()]) is not None
    )
    if apart <= 0 or not (apart == number or is_sure):
        return None
    return length_finding(
        one,
        match,
        (home, first),
        (one, last),
        f"{figure(apart)} years",
        holds=apart == number,
        is_sure=is_sure,
    )
