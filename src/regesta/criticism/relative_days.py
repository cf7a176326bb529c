"""Part of F033: the day that "the next day", "the week before", "in the same month" leads to, where the day itself stands beside it.

    The Akbar sailed on 20 January. A second sailing followed in the same month, on 11 February.       two months
    He was deported on 3 November 1987. The week before, on 18 December, his appeal was dismissed.     later, not before
    They left on 30 April and were in Riga the next day, 1 May.                                        ok

The words must stand right beside a date; they are counted from the last date before them in their sentence, else in the nearest sentence
of their block that has one. Of a week or a month what is nearly so is so. What they are counted from nobody says: worth knowing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from regesta.criticism.telling import Sentence, dated, sentences, shown
from regesta.criticism.view import View, finding

if TYPE_CHECKING:
    from regesta.criticism.sentence_figures import ToldDate
    from regesta.model import Finding

__all__ = ["relative_days"]

_UNIT: Final = r"(?P<{}>day|week|month|year)"
_WORDS: Final = re.compile(
    r"\b(?:(?:[Ii]n |[Oo]n |[Ll]ater )?(?:the|that) (?:very )?(?P<same>same) " + _UNIT.format("a")
    + r"|(?:[Ii]n |[Oo]n )?[Tt]he (?:(?P<next>next|following)|(?P<last>previous|preceding)) " + _UNIT.format("b")
    + r"|(?:[Tt]he|[Aa]|[Oo]ne) (?:very )?" + _UNIT.format("c") + r" (?:(?P<after>after|later|afterwards)|(?P<before>before|earlier|previously)))\b"
    + r"(?P<gap>,?\s\(?(?:already\s)?(?:on\s|in\s)?(?:the\s)?)"
)  # fmt: skip
_NEAREST: Final = {"day": (1, 1), "week": (1, 13), "month": (14, 47), "year": (180, 550)}
"""Days by which the next of each may be away."""
_BACK: Final = 3
"""Sentences before the words in which the date that they are counted from may stand."""
_FULL: Final = len("1987-11-03")
_MONTH: Final = len("1987-11")
_LEAST: Final = {"day": _FULL, "week": _FULL, "month": _MONTH, "year": len("1987")}
"""How exactly a date must be told for each to be counted from it."""


def relative_days(view: View) -> Iterator[Finding]:
    """Hold words for a day, a week or a month counted from a date against the date beside them."""
    told, dates = sentences(view), dated(view)
    for at, one in enumerate(told):
        if one.kind == "heading" or len(one.text) > 500:
            continue
        for match in _WORDS.finditer(one.text):
            own = dates(one)
            stated = next((d for d in own if d.start == match.end()), None)
            if stated is None:
                continue
            lead = [
                s
                for s in told[max(0, at - _BACK) : at][::-1]
                if s.block == one.block and s.source == one.source
            ]
            least = _LEAST[match["a"] or match["b"] or match["c"]]
            anchors = _anchor(
                one,
                [d for d in own if d.end <= match.start() and len(d.edtf) >= least],
                lead,
                [[d for d in dates(s) if len(d.edtf) >= least] for s in lead],
            )
            made = [found for home, first in anchors if (found := _judged(one, match, stated, home, first))]
            if made and len(made) == len(anchors):
                yield next((found for found in made if found.severity == "ok"), made[0])
                break


def _anchor(
    one: Sentence, own: Sequence[ToldDate], lead: Sequence[Sentence], of_lead: Sequence[Sequence[ToldDate]]
) -> list[tuple[Sentence, ToldDate]]:
    """Return what the words may be counted from: the last date before them, else those of the nearest sentence with any."""
    if own:
        return [(one, own[-1])]
    return next(([(s, d) for d in dates] for s, dates in zip(lead, of_lead, strict=True) if dates), [])


def _judged(
    one: Sentence, match: re.Match[str], stated: ToldDate, home: Sentence, first: ToldDate
) -> Finding | None:
    unit = match["a"] or match["b"] or match["c"]
    a, b = first.edtf, stated.edtf
    if stated.is_lent and not first.is_lent and unit != "year" and len(b) >= _MONTH:
        b = _nearest(a, b)
    if min(len(a), len(b)) < _LEAST[unit] or not re.match(r"\d{4}(?:-(?:0\d|1[012]))?", a):
        return None
    if match["same"]:
        length = {"day": _FULL, "month": _MONTH, "year": 4}.get(unit)
        if length is None:
            return None
        holds = a[:length] == b[:length]
    else:
        is_back = bool(match["last"] or match["before"])
        low, high = (b, a) if is_back else (a, b)
        if unit == "year":
            holds = int(high[:4]) - int(low[:4]) == 1
        elif unit == "month" and min(len(a), len(b)) < _FULL:
            holds = 12 * (int(high[:4]) - int(low[:4])) + int(high[5:7]) - int(low[5:7]) == 1
        else:
            days = _days(low, high)
            if days is None:
                return None
            holds = _NEAREST[unit][0] <= days <= _NEAREST[unit][1]
            if unit == "month":
                holds = holds or 12 * (int(high[:4]) - int(low[:4])) + int(high[5:7]) - int(low[5:7]) == 1
    words = " ".join(match[0].removesuffix(match["gap"]).split())
    said = [one.said(min(match.start(), first.start) if home is one else match.start(), stated.end)]
    if home is not one:
        said = [home.said(first.start, first.end), *said]
    working = f"{a} → {b}"
    if holds:
        summary = f"“{words}”: {shown(stated)}, counted from {shown(first)}, as the text says."
        return finding("F033", "arithmetic-check", "ok", summary, said, working=working)
    summary = f"“{words}” is {shown(stated)}, but what is told before is of {shown(first)}."
    return finding("F033", "chronology", "info", summary, said, working=working)


def _nearest(a: str, b: str) -> str:
    """Return a day without a year of its own in the year in which it is nearest to another.

    >>> _nearest("1944-12-30", "1944-01-02")
    '1945-01-02'
    """

    def apart(year: int) -> int:
        return abs(372 * (year - int(a[:4])) + 31 * (int(b[5:7]) - int(a[5:7] or 1)))

    if len(a) < _MONTH:
        return b
    year = min((int(a[:4]) + step for step in (0, -1, 1)), key=apart)
    return f"{year}{b[4:]}"


def _days(low: str, high: str) -> int | None:
    try:
        return (date.fromisoformat(high) - date.fromisoformat(low)).days
    except ValueError:
        return None
