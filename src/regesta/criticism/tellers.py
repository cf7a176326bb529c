"""F016: what somebody who speaks of himself says of his age, and of that of a brother or sister, against his birth.

    "I was born in 1949 ... I was nineteen in August 1968"          ok
    "I was born in 1949 ... in 1968 I was twenty-three"             18 or 19, not 23
    "my sister, three years older, was born in 1945"                1949 - 3 = 1946, not 1945

A source has one teller here: it says "I was born" once. An age a year off is no fault, for a birthday may lie between; a
brother's difference of one year is a matter of months. Ages of whom a source tells in the third person are the work of `ages`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from regesta.criticism.telling import Sentence, dated, sentences
from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import NUMBER, number_of
from regesta.model import Finding

__all__ = ["tellers"]

_N: Final = rf"(?i:{NUMBER})"
_BORN: Final = re.compile(r"\bI was born\b")
_AGE: Final = re.compile(
    rf"\bI (?:was|had just turned|turned) (?:only |just |then |already )?(?P<n>{_N})\b(?!\s(?:months|days|weeks|of|years?\sin))"
)
_KIN: Final = re.compile(
    rf"\b[Mm]y (?P<kin>(?:[a-z]+\s)?(?:brother|sister|cousin|wife|husband))\b[^.;]{{0,40}}?\b(?P<n>{_N}) years? (?P<which>older|younger|my senior|my junior)\b"
)
_LOOSE: Final = re.compile(r"\b(?:about|almost|nearly|some|around|over|not yet|perhaps)\s*$", re.IGNORECASE)
_SLACK: Final = 1


def tellers(view: View) -> Iterator[Finding]:
    """Hold the ages that a teller gives of himself and of his brothers and sisters against the year of his birth."""
    by_source: dict[str, list[Sentence]] = defaultdict(list)
    for one in sentences(view):
        if one.kind != "heading" and re.search(r"\b(?:I was|I turned|I had|[Mm]y)\b", one.text):
            by_source[one.source].append(one)
    dates = dated(view)
    for told in by_source.values():
        births = [one for one in told if _BORN.search(one.text)]
        own = [d for d in dates(births[0]) if not d.is_lent] if len(births) == 1 else []
        if len(own) != 1:
            continue
        born = int(own[0].edtf[:4])
        match = _BORN.search(births[0].text)
        said = births[0].said(match.start() if match else 0, max(own[0].end, match.end() if match else 0))
        for one in told:
            years = [d for d in dates(one) if not d.is_lent and d is not own[0]]
            if one is births[0] or len(years) != 1:
                continue
            year = int(years[0].edtf[:4])
            if (age := _AGE.search(one.text)) and not _LOOSE.search(one.text[: age.start("n")]):
                words = one.said(min(age.start(), years[0].start), max(age.end(), years[0].end))
                yield from _judged(born, year, number_of(age["n"]), "The teller", [said, words])
            elif (kin := _KIN.search(one.text)) and re.search(r"\bborn\b", one.text):
                older = number_of(kin["n"]) or 0
                is_older = kin["which"] in ("older", "my senior")
                due = born - older if is_older else born + older
                holds = abs(due - year) == 0
                working = f"{born} {'-' if is_older else '+'} {older} = {due}"
                summary = f"The teller's {kin['kin']}: {working}, {'as the text says' if holds else f'but the text says {year}'}."
                words = one.said(kin.start(), max(kin.end(), years[0].end))
                if holds:
                    yield finding(
                        "F016", "arithmetic-check", "ok", summary, [said, words], working=working, stated=year
                    )
                else:
                    yield finding(
                        "F016", "chronology", "info", summary, [said, words], working=working, stated=year
                    )


def _judged(born: int, year: int, age: int | None, who: str, said: Sequence[Said]) -> Iterator[Finding]:
    if age is None or not 0 < age < 116:
        return
    low, high = year - born - 1, year - born
    holds = low <= age <= high
    summary = f"{who}, born {born}, was {low} or {high} in {year}; the text says {age}."
    if holds:
        yield finding("F016", "arithmetic-check", "ok", summary, said, least=low, most=high, age=age)
    elif age < low - _SLACK or age > high + _SLACK:
        yield finding("F016", "chronology", "warning", summary, said, least=low, most=high, age=age)
