"""F031: so many of something, so many each, and what they make together.

    14 barracks for 60 people each, room for 840         14 x 60 = 840: ok
    212 grants of 1,500 euros, 318,000 euros together    ok
    8 lorries with 25 people each, 220 in all            8 x 25 = 200, not 220

What holds is told wherever a sentence of three or four numbers says "each" or "per head" or names a unit of what is multiplied. That it does
not hold is told only of one wording, in which nothing stands between the three numbers but what they count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Final

from regesta.criticism.sentence_figures import Number, numbers_of
from regesta.criticism.view import View, finding
from regesta.criticism.wordings import NUMBER, Block, blocks_saying, figure, number_of, seldom
from regesta.model import Finding

__all__ = ["products"]

_N: Final = rf"(?i:{NUMBER})"
_CUE: Final = seldom(
    r"(?i)\b(?:each|apiece|every|per (?:head|person|family|household|month|week|day|year|room|boat|bus|tent|child|bed)|a (?:head|day|week|month|piece))\b"
)
_TIGHT: Final = re.compile(
    rf"(?<![\d.,-])\b(?P<a>{_N})\s(?P<an>(?:[a-z][\w'’-]*\s){{0,2}}?[a-z][\w'’-]*)\s(?:for|of|with|at|holding|carrying|with room for|that held|which held|took)\s"
    rf"(?P<b>{_N})\s(?P<bn>(?:[a-z][\w'’-]*\s){{0,2}}?)(?:each|apiece)(?:,| and| –|;| \(|:)\s?(?:or |that is |i\.e\. |so |room for |making |which made |making room for |places for |in all |altogether |together |a total of |and so )*"
    rf"(?P<c>{_N})\s(?P<cn>[a-z][\w'’-]*)"
)
_IN_ALL: Final = re.compile(
    r"\b(?:together|altogether|in all|in total|all told|total\w*|sum|making|made|room for|places for|came to|com(?:es|ing) to|amount\w*|"
    r"cost|equals?|that is|i\.e\.|or)\b|=",
    re.IGNORECASE,
)
"""Words beside the product of two numbers."""
_NEAR: Final = 32
_MOST: Final = 4
_SMALLEST: Final = 20
_AGES: Final = re.compile(r"\b(?:aged|age of|years old|o'clock|degrees)\b", re.IGNORECASE)


def products(view: View) -> Iterator[Finding]:
    """Hold what so many of so many each make together against what the sentence says."""
    for block in blocks_saying(view, _CUE):
        seen: set[int] = set()
        for cue in re.finditer(_CUE, block.text):
            low, high = block.sentence(cue.start())
            if low in seen or high - low > 500:
                continue
            seen.add(low)
            text = block.text[low:high]
            found = _held(block, low, numbers_of(text), text) or _tight(block, low, text)
            if found is not None:
                yield found


def _held(block: Block, low: int, numbers: Sequence[Number], text: str) -> Finding | None:
    """Return three numbers of which one is the product of the others."""
    counted = [one for one in numbers if not one.is_percent and one.value > 1]
    if not 3 <= len(counted) <= _MOST or len(counted) != len(numbers) or _AGES.search(text):
        return None
    for a, b, c in permutations(counted, 3):
        if a.start < b.start and a.value * b.value == c.value >= _SMALLEST:
            around = text[max(0, c.start - _NEAR) : c.end + _NEAR]
            spots = sorted((a, b, c))
            if not _IN_ALL.search(around) or ";" in text[spots[0].start : spots[-1].end]:
                continue
            working = f"{figure(a.value)} x {figure(b.value)} = {figure(c.value)}"
            said = [
                block.said(
                    low + spots[0].start, low + spots[-1].end + len(spots[-1].noun) + bool(spots[-1].noun)
                )
            ]
            return finding("F031", "arithmetic-check", "ok", f"{working}, as stated.", said, working=working)
    return None


def _tight(block: Block, low: int, text: str) -> Finding | None:
    """Return a product that is not what the sentence says."""
    match = _TIGHT.search(text)
    if match is None:
        return None
    about = {one.start for one in numbers_of(text) if one.is_about}
    a, b, c = (number_of(match[name]) or 0 for name in "abc")
    nouns = {word.lower().rstrip("s") for name in ("an", "bn") for word in match[name].split()}
    is_same = match["cn"].lower().rstrip("s") in nouns or match["cn"].lower() in {
        "people",
        "persons",
        "places",
        "beds",
        "in",
        "altogether",
    }
    if about & {match.start(name) for name in "abc"} or not is_same or a * b == c or min(a, b, c) < 2:
        return None
    if abs(a * b - c) < 0.02 * c:
        return None  # rounded
    working = f"{figure(a)} x {figure(b)} = {figure(a * b)}"
    said = [block.said(low + match.start(), low + match.end())]
    summary = f"{working}, but the text says {figure(c)}."
    return finding("F031", "sum-mismatch", "warning", summary, said, working=working, stated=c)
