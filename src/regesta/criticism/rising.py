"""Part of F026: what is said to rise and falls, to fall and rises, and a count from one beginning that becomes smaller.

    The population rose from 17,000 in 1997 to 16,700 in 2000                                       fell
    By the end of 2009 25,482 had left, by the end of 2010 40,171 and by the end of 2011 39,012     who has left cannot be fewer
    By the end of 1993 the number had risen to 30,114, and by March 1995 to 28,972                  risen, to less

One sentence must say both numbers, and its own verb which way they go. How much a rise is is the work of `multiples`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from regesta.criticism.telling import Sentence, sentences
from regesta.criticism.view import View, finding
from regesta.criticism.wordings import NUMBER, figure

if TYPE_CHECKING:
    from regesta.model import Finding

__all__ = ["rising"]

_N: Final = rf"(?i:{NUMBER})"
_UP: Final = r"rose|risen|rises|grew|grown|grows|increased|increases|climbed|went up|swelled"
_DOWN: Final = r"fell|fallen|falls|dropped|drops|declined|decreased|shrank|shrunk|sank|went down|dwindled"
_MOVED: Final = re.compile(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b(?P<between>(?:,?\s(?!and\b|but\b|to\b)[\w'’-]+){{0,6}}?)\s(?:from\s(?P<a>{_N})\b[^.;]{{0,50}}?\sto\s(?P<b>{_N})\b|to\s(?P<c>{_N})\b)"
)
_THEN: Final = re.compile(rf",?\s(?:and\s|then\s)*(?P<by>(?:by|in|at)\s[^,.;]{{2,30}}?)\sto\s(?P<d>{_N})\b")
_GONE: Final = re.compile(
    r"\b(?:had|have|has|were|was)\s(?:already\s)?(?:been\s)?(?:left|arrived|come|gone|crossed|registered|reached|departed|emigrated|returned|resettled|admitted|entered|died|born|fled|treated|helped|built|issued|served|received|buried|taught|trained|distributed|delivered|published)\b"
)
_BY: Final = re.compile(
    rf"\b[Bb]y\s(?:(?:the\s)?(?:end|middle|beginning|start) of\s)?(?:(?P<m>[A-Z][a-z]+)\s)?(?P<y>[12]\d{{3}}),?\s(?:there were\s|the number was\s|a total of\s)?(?P<n>{_N})\b"
)
_STRANGE: Final = re.compile(r"\b(?:minus|below zero|rank|place|position|number|degrees|back|again|only|per cent|percent|%)", re.IGNORECASE)  # fmt: skip
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SMALLEST: Final = 10


def rising(view: View) -> Iterator[Finding]:
    """Tell of numbers that go the other way than their sentence says."""
    for one in sentences(view):
        if one.kind == "heading" or len(one.text) > 500 or len(one.numbers) < 2:
            continue
        found = _moved(one) or _gone(one)
        if found is not None:
            yield found


def _moved(one: Sentence) -> Finding | None:
    match = _MOVED.search(one.text)
    if match is None or _STRANGE.search(one.text[match.start() :]):
        return None
    at = {n.start: n for n in one.numbers}
    if match["a"]:
        first, last = at.get(match.start("a")), at.get(match.start("b"))
    else:
        then = _THEN.match(one.text, match.end())
        first, last = at.get(match.start("c")), at.get(then.start("d")) if then else None
    if first is None or last is None or min(first.value, last.value) < _SMALLEST:
        return None
    is_other = first.noun != last.noun and first.noun and last.noun and _is_unit(first.noun, last.noun)
    if (last.value < first.value) is not bool(match["up"]) or first.value == last.value or is_other:
        return None
    verb = match["up"] or match["down"]
    summary = f"“{verb}”, but from {figure(first.value)} to {figure(last.value)} is {'less' if match['up'] else 'more'}."
    said = [one.said(match.start(), last.end)]
    return finding("F026", "sum-mismatch", "warning", summary, said, before=first.value, after=last.value)


def _is_unit(one: str, other: str) -> bool:
    """Whether two numbers may be of two units: shillings and pounds, thousands and millions."""
    plain = {"in", "on", "by", "at", "and", "to", "of", "a", "per"}
    return not {one, other} & plain


def _day(match: re.Match[str]) -> tuple[int, int]:
    """Return the year, and the month where one is told."""
    month = (match["m"] or "")[:3]
    return int(match["y"]), _MONTHS.index(month) if month in _MONTHS else -1


def _gone(one: Sentence) -> Finding | None:
    """Judge numbers of those who had come or left by one day after another."""
    if _GONE.search(one.text) is None:
        return None
    at = {n.start: n for n in one.numbers}
    told = [(match, at[match.start("n")]) for match in _BY.finditer(one.text) if match.start("n") in at]
    if len(told) < 2 or not all(_day(a) < _day(b) for (a, _), (b, _) in pairwise(told)):
        return None
    nouns = {n.noun for _, n in told[1:]} - {"and", "by", "had", "", told[0][1].noun}
    wrong = next(((a, b) for a, b in pairwise(told) if b[1].value < a[1].value), None)
    if wrong is None or nouns or any(n.is_about for _, n in told):
        return None
    (day, first), (_, last) = wrong
    summary = f"{figure(first.value)} and later {figure(last.value)}: those who came or left from one beginning on cannot become fewer."
    said = [one.said(day.start(), last.end)]
    return finding("F026", "sum-mismatch", "warning", summary, said, before=first.value, after=last.value)
