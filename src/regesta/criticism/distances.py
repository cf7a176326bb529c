"""Part of F033: how long after the date told before something came: "three days later they landed", "eleven days before, on 18 September"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from regesta.criticism.length_findings import (
    FULL,
    NEAR,
    WORTH,
    days_apart,
    length_finding,
    length_told,
    units_apart,
)
from regesta.criticism.telling import Sentence
from regesta.criticism.wordings import figure

if TYPE_CHECKING:
    from regesta.criticism.sentence_figures import ToldDate
    from regesta.model import Finding

__all__ = ["away_from", "reached_after"]

_AFTER: Final = re.compile(
    r",?\s(?:and\s)?(?:nach|après|after|tras)\s(?:(?:an?|einer|un|une|una)\s(?:[a-z]+\s)?[A-Za-zäöüéèñó]+\s(?:of|von|de)\s)?$"
)
_WAIT: Final = re.compile(
    r"\b(?:had (?:waited|lasted|taken|been (?:on the way|under way))|after an? (?:[a-z]+ )?(?:wait|journey|stay|stop|voyage|passage|crossing|march|flight|ride|trek)|took)\b",
    re.IGNORECASE,
)


def reached_after(
    one: Sentence,
    match: re.Match[str],
    own: tuple[ToldDate, ...],
    lead: Sequence[tuple[Sentence, tuple[ToldDate, ...]]],
) -> Finding | None:
    """Tell that a way or a stay ended so long after the date before: "three days later they landed, on 28 June"."""
    number, unit = length_told(match)
    if len(own) == 2 and own[0].end < match.start():
        home, first, last = one, own[0], own[1]
    elif len(own) == 1:
        found = next(((home, dates[-1]) for home, dates in lead if dates), None)
        if found is None:
            return None
        (home, first), last = found, own[0]
    else:
        return None
    if last.end <= match.start():
        is_joined = _AFTER.fullmatch(one.text[last.end : match.start()]) is not None
    else:
        gap = one.text[match.end() : last.start]
        is_joined = len(gap) < NEAR and not re.search(r"[.:\d]", gap)
        if unit in ("month", "year"):
            is_joined = re.fullmatch(r",?\s(?:(?:in|im|en|on|le|el)\s)?", gap) is not None
    apart = units_apart(first, last, unit)
    if match["way"] and unit == "year":
        return None  # the work of `relative_years`
    if not is_joined or number < WORTH or apart is None or apart != number * (7 if unit == "week" else 1):
        return None
    words = f"{figure(apart)} {'day' if unit == 'week' else unit}s"
    return length_finding(one, match, (home, first), (one, last), words, holds=True, is_sure=False)


def away_from(
    one: Sentence,
    match: re.Match[str],
    own: tuple[ToldDate, ...],
    before: Sentence,
    earlier: tuple[ToldDate, ...],
) -> Finding | None:
    """Judge "eleven days before, on 18 September" against the one date of the sentence before."""
    number, unit = length_told(match)
    if len(own) != 1 or len(earlier) != 1 or number < WORTH:
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
        apart, slack = days_apart(first, second), 1 if unit == "day" else 6
        wanted, shown = number * (7 if unit == "week" else 1), "days"
        if len(first.edtf) != FULL or len(second.edtf) != FULL or apart is None:
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
    return length_finding(
        one,
        match,
        (homes[0], first),
        (homes[1], second),
        f"{figure(apart)} {shown}",
        holds=holds,
        is_sure=False,
    )
