r"""F026: "doubled", "tripled", "halved", "rose by 20 per cent" against the two figures.

    built for 60, extended to double its size, now 120        60 x 2 = 120: ok
    doubled from 120 to 240                                   ok
    tripled from 50 to 120                                    2.4 times, not 3
    rose by 20 per cent from 50 to 70                         40 per cent, not 20

Two figures of one thing on both sides of the word are checked and told where they agree. That they disagree is told only of figures
that the word itself joins ("from ... to"), without "nearly" or "more than", and beyond what rounding explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from regesta.criticism.figures import Figure, figures_in
from regesta.criticism.grown import by_fractions, grown
from regesta.criticism.rising import rising
from regesta.criticism.view import View, finding
from regesta.criticism.wordings import NUMBER, Block, blocks_saying, figure, number_of, seldom
from regesta.model import Finding, Member

__all__ = ["multiples"]

_FACTORS: Final = {"doubl": 2.0, "trebl": 3.0, "tripl": 3.0, "quadr": 4.0, "halv": 0.5, "twice": 2.0}

_WORD: Final = (
    r"(?:doubled|doubles|doubling|(?:to|would|will|could|than) double|double (?:its|the|that|their|his|her)"
    r"|trebled|trebles|trebling|tripled|triples|tripling|(?:to|would|will|could|than) (?:triple|treble)"
    r"|quadrupled|quadrupling|halved|halves|halving|(?:to|would|will|could) halve|twice (?:its|the|that|their))"
)
_PERCENT: Final = r"(?:rose|risen|rising|increased|increasing|grew|grown|went up|fell|fallen|dropped|declined|decreased|shrank) by (?:[0-9]{1,3}(?:\.[0-9]+)?) ?(?:%|per ?cent)"
_CUE: Final = seldom(rf"(?i)\b(?:{_WORD}|{_PERCENT})")
_FROM_TO: Final = re.compile(
    rf"\bfrom\s(?:[$€£¥₩]\s?)?(?P<a>(?i:{NUMBER}))(?P<am>\s(?:thousand|million|billion))?\b(?P<an>(?:\s[\w-]+){{0,3}}?)\s(?:in\s\d{{4}}\s)?to\s"
    rf"(?:[$€£¥₩]\s?)?(?P<b>(?i:{NUMBER}))(?P<bm>\s(?:thousand|million|billion))?\b"
)
_LOOSE: Final = re.compile(
    r"\b(?:nearly|almost|more than|over|less than|under|about|around|roughly|some|approximately|at least|up to|not|virtually|"
    r"practically|or|than)\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_NEXT: Final = re.compile(r"(?:,?\s(?!and\b|but\b|or\b|then\b|while\b)[\w’'-]+){0,7},?\s")
"""What may stand between the word and "from": no other verb."""

_SCALES: Final = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_BESIDE: Final = 1_500
"""Code points before and after the block in which the other figure may stand."""

_COMPARED: Final = frozenset({"capacity", "population", "count", "group_size", "amount", "award"})
_FEWEST: Final = 10
"""The smallest figure that is no accident."""

_SLACK: Final = 0.12
"""By which share a multiple that people call "double" may be off."""


def multiples(view: View) -> Iterator[Finding]:
    """Hold a word that multiplies against the figures before and after it."""
    blocks = blocks_saying(view, _CUE)
    told: list[Member] = []
    for block, figures in (
        zip(blocks, figures_in(view, blocks, beside=_BESIDE), strict=True) if blocks else ()
    ):
        for match in re.finditer(_CUE, block.text):
            found = _joined(block, match) or _beside(block, match, figures)
            if found is not None:
                told += found.members
                yield found
    yield from grown(view, told)
    yield from by_fractions(view)
    yield from rising(view)


def _factor(word: str) -> float:
    """Return by what a word multiplies.

    >>> _factor("doubled"), _factor("fell by 25 per cent")
    (2.0, 0.75)
    """
    percent = re.search(r"by ([0-9.]+)", word)
    if percent is None:
        return next(factor for stem, factor in _FACTORS.items() if stem in word.lower())
    is_up = re.match(r"(?i)r[oi]s|incr|gr[eo]w|went", word) is not None
    return 1 + (float(percent[1]) if is_up else -float(percent[1])) / 100


def _joined(block: Block, match: re.Match[str]) -> Finding | None:
    """Hold a multiple against the figures of "from ... to" behind it."""
    _, high = block.sentence(match.start())
    pair = _FROM_TO.search(block.text, match.end(), high)
    if pair is None or not _NEXT.fullmatch(block.text[match.end() : pair.start()]):
        return None
    values = [(number_of(pair[n]) or 0) * _SCALES.get((pair[f"{n}m"] or "").strip(), 1.0) for n in "ab"]
    if pair["bm"] and not pair["am"] and values[0] < 1_000:
        values[0] *= _SCALES[pair["bm"].strip()]
    if not values[0] or not values[1] or (1500 < values[0] < 2100 and 1500 < values[1] < 2100):
        return None
    factor, real = _factor(match[0]), values[1] / values[0]
    said = [block.said(match.start(), pair.end())]
    working = f"{figure(values[1])} / {figure(values[0])} = {real:.2f}"
    computed = {"working": working, "factor": factor}
    if _agrees(factor, real, match[0]):
        summary = (
            f"“{match[0]}”: from {figure(values[0])} to {figure(values[1])} is {_times(real, match[0])}."
        )
        return finding("F026", "arithmetic-check", "ok", summary, said, **computed)
    if _LOOSE.search(block.text, 0, match.start()) or _LOOSE.search(
        block.text[match.end() : pair.start() + 5]
    ):
        return None
    summary = (
        f"“{match[0]}”, but from {figure(values[0])} to {figure(values[1])} is {_times(real, match[0])}."
    )
    return finding("F026", "sum-mismatch", "warning", summary, said, **computed)


def _beside(block: Block, match: re.Match[str], figures: list[Figure]) -> Finding | None:
    """Find two figures of one thing, before and after the word, that it joins."""
    factor = _factor(match[0])
    at = block.start + match.start()
    figures = [f for f in figures if f.predicate in _COMPARED and f.unit != "unit" and f.number >= _FEWEST]
    before = [f for f in figures if f.start < at]
    after = [f for f in figures if f.end > at]
    for left in reversed(before):
        for right in after:
            if left.claim == right.claim or left.thing != right.thing or right.start <= left.start:
                continue
            if left.number * factor == right.number:
                low, high = max(0, match.start() - 8), min(len(block.text), match.end() + 25)
                low = block.text.rfind(" ", 0, low) + 1 if low else 0
                high = block.text.rfind(" ", 0, high) if high < len(block.text) else high
                working = f"{figure(left.number)} x {figure(factor)} = {figure(right.number)}"
                words = "about " if left.about or right.about else ""
                summary = f"“{match[0]}”: {words}{working}, as stated."
                said = [left.said(), block.said(low, max(high, match.end())), right.said()]
                return finding(
                    "F026", "arithmetic-check", "ok", summary, said, working=working, factor=factor
                )
    return None


def _agrees(factor: float, real: float, word: str) -> bool:
    """Whether a real multiple may be called by the word."""
    if re.search(r"\d", word):
        return abs(real - factor) <= max(0.02, 0.1 * abs(factor - 1))
    return abs(real / factor - 1) <= _SLACK


def _times(real: float, word: str) -> str:
    if re.search(r"\d", word):
        return f"{abs(real - 1) * 100:.0f} per cent {'more' if real >= 1 else 'less'}"
    return f"{real:.2f}".rstrip("0").rstrip(".") + " times as many"
