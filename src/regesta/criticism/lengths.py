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
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from regesta.criticism.telling import Sentence, dated, sentences
from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import NUMBER, figure, number_of
from regesta.dates import in_words

if TYPE_CHECKING:
    from regesta.criticism.sentence_figures import ToldDate
    from regesta.model import Finding

__all__ = ["lengths"]

_N: Final = rf"(?i:{NUMBER})"
_LENGTH: Final = re.compile(
    rf"(?<![\w.,-])(?P<n>{_N}) (?P<unit>day|night|week|month|year)s?(?: and (?P<m>{_N}) months?)?(?P<way>\s(?:before|earlier|later|after(?:wards)?)\b(?!\s(?:the|his|her|their|its|that|he|she|they|we|it|leaving|being)\b))?\b(?! (?:old|of age|ago)\b)"
)
_LOOSE: Final = re.compile(
    r"\b(?:about|around|some|nearly|almost|over|more than|less than|roughly|several|another|further|first|last|every|each|next|within|only|at least|up to|"
    r"sentenced to|prison|spent)\s(?:a\s)?$",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(r"\s?(?:to|until|till|up to|and|[–—-])\s?(?:the\s)?|\s?[–—-]\s?", re.IGNORECASE)
_BESIDE: Final = re.compile(
    r"[,\s(:–—]*(?:(?:that is|i\.e\.|or|for|from|between|in all)\W+)*(?:the\s)?", re.IGNORECASE
)
_UNTIL: Final = re.compile(
    r",?\s(?:until|till)\s(?:(?:his|her|its|their|the)\s[a-z]+(?:\s[a-z]+)?\s)?(?:in\s|on\s)?", re.IGNORECASE
)
_DONE: Final = re.compile(r"\b(?:and|which|that|who|,|where|office)\b")
_WAIT: Final = re.compile(r"\b(?:had (?:waited|lasted|taken|been (?:on the way|under way))|after a (?:wait|journey|stay|stop)|took)\b", re.IGNORECASE)  # fmt: skip
_FULL: Final = 10
_YEAR: Final = 4
_WORTH: Final = 2


def lengths(view: View) -> Iterator[Finding]:
    """Hold a length of time against the two dates that its sentence joins to it."""
    dates = dated(view)
    told = sentences(view)
    for at, one in enumerate(told):
        if one.kind == "heading" or len(one.text) > 400:
            continue
        found = [m for m in _LENGTH.finditer(one.text) if number_of(m["n"])]
        if not found:
            continue
        own = dates(one)
        before = told[at - 1] if at and told[at - 1].block == one.block else None
        for match in found:
            if _LOOSE.search(one.text[: match.start()]):
                continue
            made = (
                _ranged(one, match, own)
                or _until(one, match, own, before, dates(before) if before else ())
                or (before and _away(one, match, own, before, dates(before)))
            )
            if made:
                yield made
                break


def _number(match: re.Match[str]) -> tuple[int, str]:
    number, unit = number_of(match["n"]) or 0, match["unit"].replace("night", "day")
    if match["m"]:
        return 12 * number + (number_of(match["m"]) or 0), "month"
    return number, unit


def _words(match: re.Match[str]) -> str:
    return match[0][: match.start("way") - match.start()].strip() if match["way"] else match[0]


def _ranged(one: Sentence, match: re.Match[str], own: tuple[ToldDate, ...]) -> Finding | None:
    """Judge "from ... to ..., N days" and "N days, from ... to ..."."""
    for a, b in pairwise(own):
        if len(a.edtf) != _FULL or len(b.edtf) != _FULL or not _RANGE.fullmatch(one.text[a.end : b.start]):
            continue
        if not re.search(r"\b(?:from|between)\s(?:the\s)?$", one.text[: a.start], re.IGNORECASE):
            continue
        gap = one.text[b.end : match.start()] if match.start() >= b.end else one.text[match.end() : a.start]
        number, unit = _number(match)
        apart = _days(a, b)
        if unit not in ("day", "week") or number < _WORTH or apart is None or not _BESIDE.fullmatch(gap):
            continue
        days = number * (7 if unit == "week" else 1)
        slack = 1 if unit == "day" else 6
        return _finding(
            one,
            match,
            (one, a),
            (one, b),
            f"{figure(apart)} days",
            holds=-1 <= days - apart <= slack,
            is_sure=abs(days - apart) > slack,
        )
    return None


def _until(
    one: Sentence,
    match: re.Match[str],
    own: tuple[ToldDate, ...],
    before: Sentence | None,
    earlier: tuple[ToldDate, ...],
) -> Finding | None:
    """Judge "since 1991 ... for nine years, until his death in 1998"."""
    number, unit = _number(match)
    if unit != "year" or match["way"] or number < _WORTH:
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
    apart = int(last.edtf[:_YEAR]) - int(first.edtf[:_YEAR])
    is_sure = (
        home is one
        and len(own) == 2
        and abs(apart - number) > 1
        and _DONE.search(one.text[first.end : match.start()]) is not None
    )
    if apart <= 0 or not (apart == number or is_sure):
        return None
    return _finding(
        one,
        match,
        (home, first),
        (one, last),
        f"{figure(apart)} years",
        holds=apart == number,
        is_sure=is_sure,
    )


def _away(
    one: Sentence,
    match: re.Match[str],
    own: tuple[ToldDate, ...],
    before: Sentence,
    earlier: tuple[ToldDate, ...],
) -> Finding | None:
    """Judge "eleven days before, on 18 September" against the one date of the sentence before."""
    number, unit = _number(match)
    if len(own) != 1 or len(earlier) != 1 or number < _WORTH:
        return None
    first, second = earlier[0], own[0]
    is_joined = (
        bool(match["way"])
        and re.fullmatch(r",?\s\(?(?:on|in|already in)?\s?(?:the\s)?", one.text[match.end() : second.start])
        is not None
    )
    is_wait = second.end <= match.start() and _WAIT.search(one.text[second.end : match.start()]) is not None
    if not (is_joined or (is_wait and not match["way"])):
        return None
    if is_joined and re.match(r"\s(?:before|earlier)", match["way"]):
        first, second = second, first
    homes = (one, before) if first is own[0] else (before, one)
    if unit in ("day", "week"):
        apart, slack = _days(first, second), 1 if unit == "day" else 6
        wanted, shown = number * (7 if unit == "week" else 1), "days"
        if len(first.edtf) != _FULL or len(second.edtf) != _FULL or apart is None:
            return None
    elif unit == "month":
        if min(len(first.edtf), len(second.edtf)) < len("1921-05"):
            return None
        a, b = (12 * int(d.edtf[:4]) + int(d.edtf[5:7]) for d in (first, second))
        apart, slack, wanted, shown = b - a, 1, number, "months"
    else:
        apart, slack, wanted, shown = int(second.edtf[:4]) - int(first.edtf[:4]), 0, number, "years"
        if is_wait:
            return None
    holds = abs(apart - wanted) <= (slack if unit != "day" else 0)
    if apart <= 0 or (not holds and not slack < abs(apart - wanted) + (unit == "day") <= max(2, wanted)):
        return None
    if unit == "year" and (holds or abs(apart - wanted) > 1):
        return (
            None  # what holds is the work of `relative_years`; what is far off is counted from something else
        )
    return _finding(
        one,
        match,
        (homes[0], first),
        (homes[1], second),
        f"{figure(apart)} {shown}",
        holds=holds,
        is_sure=False,
    )


def _days(first: ToldDate, second: ToldDate) -> int | None:
    try:
        low, high = date.fromisoformat(first.edtf), date.fromisoformat(second.edtf)
    except ValueError:
        return None
    return (high - low).days if high > low else None


def _finding(
    one: Sentence,
    match: re.Match[str],
    first: tuple[Sentence, ToldDate],
    second: tuple[Sentence, ToldDate],
    apart: str,
    *,
    holds: bool,
    is_sure: bool,
) -> Finding:
    spots: list[tuple[Sentence, int, int]] = sorted(
        [
            (first[0], first[1].start, first[1].end),
            (second[0], second[1].start, second[1].end),
            (one, match.start(), match.end()),
        ],
        key=lambda spot: (spot[0].start, spot[1]),
    )
    said: list[Said] = []
    for home in (first[0], second[0], one):
        ends = [(low, high) for place, low, high in spots if place is home]
        said.append(home.said(min(low for low, _ in ends), max(high for _, high in ends)))
    ends_words = f"{in_words(first[1].edtf)} to {in_words(second[1].edtf)}"
    computed = {"working": f"{ends_words}: {apart}", "stated": _words(match)}
    if holds:
        return finding(
            "F033",
            "arithmetic-check",
            "ok",
            f"{ends_words} are {apart}, and the text says {_words(match)}.",
            said,
            **computed,
        )
    summary = f"{ends_words} are {apart}, not {_words(match)}."
    if is_sure:
        return finding("F033", "sum-mismatch", "warning", summary, said, **computed)
    return finding("F033", "arithmetic-check", "info", summary, said, **computed)
