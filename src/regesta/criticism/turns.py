"""Periods that one sentence tells in turn, and a year that two of them claim.

    "by the district for 1992–1994, by the canton from 1994 to 1996, by the state from 1997"     1994 stands in two turns
    "1992–1994, 1994–1996, 1996–1999"                               each ends in the year in which the next begins
    "1992–1994, 1995–1996 and from 1997"                            in turn

Only where one turn follows the other to the year: then a year ends one turn and does not begin the next, and a year that does
both is either an error or a change within it. Years that leave a hole between them are no turns, and nothing is said of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from regesta.criticism.telling import sentences
from regesta.criticism.view import Said, View, finding
from regesta.model import Finding

__all__ = ["holes", "turns"]

_TOLD: Final = r"""
select distinct e.source, e.start_char, e.end_char, e.quote from claim_evidence e
where e.position = 0 and length(e.quote) <= 600
  and regexp_matches(e.quote, '(?:\b[12]\d{3}\b.*){4}')
  and regexp_matches(e.quote, '\b[12]\d{3}\s?(?:[–—-]|to|until|till|bis|à|al?|hasta)\s?[12]\d{3}\b')
order by e.source, e.start_char, e.end_char
"""
_PERIOD: Final = re.compile(
    r"\b(?P<first>[12]\d{3})\s?(?:[–—-]|\b(?:to|until|till|bis|à|a|al|hasta)\b)\s?(?P<last>[12]\d{3})\b"
    r"|\b(?P<open>from|since|ab|seit|depuis|desde|dès)\s(?P<since>[12]\d{3})\b(?!\s?(?:[–—-]|to|until|till|bis|à|hasta))"
    r"|\b(?:until|up to|till|bis|jusqu['’]en|hasta)\s(?P<until>[12]\d{3})\b"
)
_TURN: Final = re.compile(
    r"\b(?:since\s(?=[12]\d{3}))?(?P<first>[12]\d{3})(?:\s?[–—-]\s?(?P<last>[12]\d{3})|(?<=since\s.{4}))"
)
_LONG: Final = 15
_FEWEST: Final = 3
_EVER: Final = 9999


def turns(view: View) -> Iterator[Finding]:
    """Tell of a year in two of the periods that a sentence tells in turn."""
    told: set[tuple[str, int]] = set()
    for source, start, _, quote in view.rows(_TOLD):
        for (left, left_at), (right, right_at) in _shared(quote):
            if (source, start + right_at[0]) in told:
                continue
            told.add((source, start + right_at[0]))
            said = [
                Said.passage(source, start + at, start + end, quote[at:end])
                for at, end in (left_at, right_at)
            ]
            year = min(left[1], right[1])
            summary = f"“{said[0].member.quote}” and “{said[1].member.quote}” both hold {year}, where the other turns follow on each other."
            yield finding("F002", "coverage-overlap", "info", summary, said, twice=str(year))


def holes(view: View) -> Iterator[Finding]:
    """Tell of years between two of the periods that a sentence tells in turn, where all others follow on each other."""
    for one in sentences(view):
        periods = (
            [(m, int(m["first"]), int(m["last"] or _EVER)) for m in _TURN.finditer(one.text)]
            if one.kind != "heading"
            else []
        )
        pairs = list(pairwise(periods))
        apart = [b[1] - a[2] for a, b in pairs]
        wrong = [at for at, years in enumerate(apart) if years not in (0, 1)]
        if len(periods) <= _FEWEST or len(wrong) != 1 or not 1 < apart[wrong[0]] <= _LONG:
            continue
        (left, _, end), (right, begin, _) = pairs[wrong[0]]
        if not all(re.search(r"[,;]\s[^,;\d]*$", one.text[a[0].end() : b[0].start()]) for a, b in pairs):
            continue
        missing = f"{end} to {begin}"
        summary = f"Between “{left[0]}” and “{right[0]}” nobody is told of from {missing}, where the other turns follow on each other."
        said = [one.said(*left.span()), one.said(*right.span())]
        yield finding("F001", "coverage-gap", "info", summary, said, missing=missing)


_Turn = tuple[tuple[int, int], tuple[int, int]]


def _shared(sentence: str) -> list[tuple[_Turn, _Turn]]:
    """Return the neighbours that share a year, where all others follow on each other.

    >>> [(a[0], b[0]) for a, b in _shared("1992–1994, from 1994 to 1996, and from 1997")]
    [((1992, 1994), (1994, 1996))]
    >>> _shared("1992–1994, 1994–1996, 1996–1999"), _shared("1992–1994, 1994–1996, from 1999")
    ([], [])
    """
    periods: list[_Turn] = []
    for match in _PERIOD.finditer(sentence):
        if match["first"]:
            years = int(match["first"]), int(match["last"])
        elif match["since"]:
            years = int(match["since"]), _EVER
        else:
            years = 0, int(match["until"])
        if years[0] > years[1]:
            return []
        periods.append((years, match.span()))
    if len(periods) < _FEWEST:
        return []
    pairs = list(pairwise(periods))
    follows = [b[0][0] == a[0][1] + 1 for a, b in pairs]
    shares = [b[0][0] == a[0][1] and b[0][0] < b[0][1] and a[0][0] < a[0][1] for a, b in pairs]
    if not any(follows) or not all(f or s for f, s in zip(follows, shares, strict=True)) or sum(shares) != 1:
        return []
    return [pair for pair, s in zip(pairs, shares, strict=True) if s]
