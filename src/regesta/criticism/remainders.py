"""F036: a number, and what becomes of its parts in the sentences behind it, up to the rest.

    "Of the 1,126, 487 went on. Another 402 were taken in by farms, and the remaining 237 stayed."     487 + 402 + 237 = 1,126: ok
    "... and the remaining 247 stayed"                                                                 1,136, not 1,126
    "Thirty families got land. Eleven had forty acres. Fourteen had thirty, and six had twenty."        31, more than thirty

A part is a number that opens its clause with a verb and no noun of its own ("Eleven had"), stands behind "another", or with "of them";
"the remaining", "the rest" closes the sum. What does not close may leave some out: then only more than the whole is a fault. Numbers with a
noun of their own, ages, shares and measures are no parts. Within one sentence it is the work of `divisions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from regesta.criticism.balances import balances
from regesta.criticism.telling import Sentence, sentences
from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import figure
from regesta.model import Finding

if TYPE_CHECKING:
    from regesta.criticism.sentence_figures import Number

__all__ = ["remainders"]

_REST: Final = re.compile(
    r"\b(?:the\s)?(?:remaining|remainder,?|rest,?|last|other|others,?)\s(?:of\s)?$", re.IGNORECASE
)
_CLOSES: Final = re.compile(r"\b(?:the\s)?(?:remaining|remainder,?|rest,?)\s$", re.IGNORECASE)
_OPENS: Final = re.compile(
    r"(?:^\W*|[,;:]\s(?:and\s|while\s|but\s)?|\b(?:and|while|but)\s|\b[Aa]nother\s|\b(?:[Aa] )?further\s|\b[Aa]bout\s|\b[Oo]f (?:these|them|those),?\s)$"
)
_VERB: Final = re.compile(
    r"^\s(?:(?:of (?:them|these|those|whom)|more|others|later|then|soon|at once|eventually|also|had|have|were|was|are|did|never|children|men|women|people|families|persons)\s)?"
    r"(?:[a-z]{2,}ed|went|came|took|had|were|was|are|got|left|stayed|found|kept|sent|gave|made|ran|fell|chose|built|bought|sold|lost|became|"
    r"put|set|lived|fled|died|spoke|wrote|slept|lay|sailed|in\s[A-Z]\w+|to\s[A-Z]\w+)\b"
)
_WHOLE: Final = re.compile(
    r"\b[Oo]f (?:the|these|those|its|their|all)?\s?(?:[a-z]+\s)?$|\b[Oo]ut of (?:the\s)?$"
)
_NO_PART: Final = re.compile(
    r"\b(?:per|each|every|twice|times|half|third|quarter|year|years|day|days|week|weeks|month|months|hour|hours|minutes|km|miles|degrees|dollars|"
    r"francs|marks|kroner|crowns|pounds|acres|tons)\b"
)
_BARE: Final = re.compile(
    r"^(?:[.,;]|$|\s(?:and|but|while|to|in|into|at|by|for|as|after|before|under|with|from|went|people|persons|of them)\b)"
)
_CLOSE: Final = 0.05
"""The share of the whole by which numbers that are read as parts for want of a noun may miss it."""
_MOST: Final = 4
"""Sentences behind the whole in which its parts are looked for."""
_FEWEST: Final = 2
_SMALLEST: Final = 6


def remainders(view: View) -> Iterator[Finding]:
    """Hold the parts that several sentences tell of a number against the number."""
    told = sentences(view)
    told_of: set[tuple[str, int]] = set()
    for at, one in enumerate(told):
        if one.kind == "heading" or len(one.text) > 500:
            continue
        behind = []
        for other in told[at + 1 : at + 1 + _MOST]:
            if other.block != one.block or other.source != one.source:
                break
            behind.append(other)
        if behind and (found := _told(one, behind)) is not None:
            told_of.add((one.source, one.block))
            yield found
    yield from balances(view, told_of)


def _told(one: Sentence, behind: Sequence[Sentence]) -> Finding | None:
    """Return how the parts of the last number of a sentence that is not itself a part add up."""
    numbers = [n for n in one.numbers if not n.is_percent]
    of = [n for n in numbers if _WHOLE.search(one.text[: n.start]) and n.value >= _SMALLEST]
    if len(of) == 1 and of[0] is numbers[0]:
        whole, own = of[0], _parts(one, after=of[0].end)
        own = own if len(own) == len(numbers) - 1 else []
    elif (
        len(numbers) == 1
        and numbers[0].value >= _SMALLEST
        and numbers[0].noun
        and not _NO_PART.fullmatch(numbers[0].noun)
    ):
        whole, own = numbers[0], []
    else:
        return None
    parts: list[tuple[Sentence, Number]] = [(one, n) for n in own]
    is_closed = any(_CLOSES.search(one.text[: n.start]) for n in own)
    for other in behind:
        found = _parts(other)
        if is_closed or (not found and parts):
            break
        if not found or len(found) != len([n for n in other.numbers if n.value > 0]):
            if not parts and not found and not other.numbers:
                continue
            if not found or not _bare_first(other, found):
                break
        parts += [(other, n) for n in found]
        is_closed = any(_CLOSES.search(other.text[: n.start]) for n in found)
    if not is_closed and (bare := _bare(one, whole, behind)):
        parts, is_closed = bare, True
        if abs(sum(n.value for _, n in parts) - whole.value) > max(2, _CLOSE * whole.value):
            return None
    if len(parts) < _FEWEST or parts[-1][0] is one or whole.is_about or any(n.is_about for _, n in parts):
        return None
    return _judged(one, whole, parts, is_closed=is_closed)


def _bare(one: Sentence, whole: Number, behind: Sequence[Sentence]) -> list[tuple[Sentence, Number]]:
    """Return all numbers without a noun of their own up to "the rest", nothing where no rest is told.

    "Canada took 120. Norway took 90 and Sweden 38; the rest, 61 people, stayed."
    """
    found: list[tuple[Sentence, Number]] = []
    for other in (one, *behind):
        for n in other.numbers:
            if other is one and n.start <= whole.start:
                continue
            is_rest = _CLOSES.search(other.text[: n.start]) is not None
            tail = other.text[n.end :]
            if n.is_percent or n.is_about or n.value < 1 or _NO_PART.match(n.noun):
                continue
            if is_rest or n.noun == whole.noun or _BARE.match(tail) or _VERB.match(tail):
                found.append((other, n))
            if is_rest:
                return found if len(found) > _FEWEST else []
    return []


def _bare_first(sentence: Sentence, found: Sequence[Number]) -> bool:
    """Whether the sentence begins with its part; other numbers then are what the part has: "Eleven had forty acres"."""
    return not sentence.text[: found[0].start].strip()


def _parts(sentence: Sentence, after: int = 0) -> list[Number]:
    """Return the numbers of a sentence that are parts of one told before."""
    found = []
    for n in sentence.numbers:
        if n.start < after or n.is_percent or n.value < 1 or _NO_PART.match(n.noun):
            continue
        lead, tail = sentence.text[: n.start], sentence.text[n.end :]
        if _REST.search(lead) or (_OPENS.search(lead) and _VERB.match(tail)):
            found.append(n)
    return found


def _judged(
    one: Sentence, whole: Number, parts: Sequence[tuple[Sentence, Number]], *, is_closed: bool
) -> Finding | None:
    values = [n.value for _, n in parts]
    added = sum(values)
    working = f"{' + '.join(figure(n) for n in values)} = {figure(added)}"
    said: list[Said] = [
        one.said(max(0, whole.start - 20), min(len(one.text), whole.end + 1 + len(whole.noun)))
    ]
    last, n = parts[-1]
    first = next(p for s, p in parts if s is last)
    low = _REST.search(last.text[: first.start])
    tail = re.match(r"[^.;]{0,60}", last.text[n.end :])
    said.append(last.said(low.start() if low else first.start, n.end + (tail.end() if tail else 0)))
    if parts[0][0] is not last:
        source, begin, end = parts[0][0], parts[0][1].start, parts[0][1].end
        said.insert(1, source.said(begin, min(len(source.text), end + 40)))
    computed = {"working": working, "sum": added, "stated": whole.value, "difference": added - whole.value}
    if added == whole.value:
        return finding(
            "F036", "arithmetic-check", "ok", f"{working}, the number that is told before.", said, **computed
        )
    if is_closed or (added > whole.value and len(parts) > _FEWEST and added < 2 * whole.value):
        summary = f"{working}, but {figure(whole.value)} {whole.noun} are told of in all.".replace("  ", " ")
        return finding("F036", "sum-mismatch", "warning", summary, said, **computed)
    return None
