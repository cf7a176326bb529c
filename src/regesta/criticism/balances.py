"""Part of F036: numbers told one after another that make the one before them, or the one behind them, over a few sentences.

    146 had asked. 9 were granted it, 52 were refused and 85 are waiting.                  9 + 52 + 85 = 146
    On 1 January it held 10,450. 3,212 came, 5,107 left. On 31 December it held 8,555.     10,450 + 3,212 - 5,107 = 8,555
    In the first wave 1,204 came, in the second 980. Together the two waves brought 2,814  2,184, not 2,814

Numbers that make each other to the last figure do so by chance in next to no text, so what holds is told. What fails is a fault only where
the words close the sum: a total that counts its own parts ("the two waves"), or a stock before and behind with flows that each say
their sign, if it is missed by a slip of the pen. Within one sentence it is the work of `tallies`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from regesta.criticism.reckoned import is_slip
from regesta.criticism.telling import Sentence, sentences
from regesta.criticism.view import View, finding
from regesta.criticism.wordings import NUMBER, figure, number_of

if TYPE_CHECKING:
    from regesta.criticism.sentence_figures import Number
    from regesta.model import Finding

__all__ = ["balances"]

_MEASURE: Final = re.compile(
    r"^(?:years?|days?|weeks?|months?|hours?|minutes?|km|kilomet\w+|miles|met(?:re|er)s|times|degrees|Jahren?|Tagen?|Wochen?|Monaten?|ans|jours?|mois)$",
    re.IGNORECASE,
)
_TOTAL: Final = re.compile(
    rf"^(?:Together|In all|Altogether|In total|All told|Taken together),?\s(?:the|these|those|all)?\s?(?P<k>(?i:{NUMBER}))\s(?:[a-z]+\s)?(?P<what>[a-z]+s)\b"
)
"""A total that says of how many parts it is."""
_STOCK: Final = re.compile(
    r"\b(?:held|holds|had|has|housed|counted|numbered|lived|were left|remained|stood at|there were|were there|sheltered)\b",
    re.IGNORECASE,
)
_WERE_THERE: Final = re.compile(
    r"\s(?:[\w'’-]+\s){0,2}?(?:(?:were|was|are)\s(?:registered|left|there|counted|in|on)|lived|live|remained|remain|inmates|residents|inhabitants|on the (?:books|rolls?))\b"
)
_MORE: Final = r"arrived|came|joined|(?:were|was) (?:born|admitted|added|received|taken in|brought)|births?|arrivals?|newcomers|entered|moved in|more were"
_LESS: Final = (
    r"left|died|departed|(?:were|was|been) (?:moved|transferred|sent|released|resettled|deported|repatriated|discharged|expelled|taken (?:away|to))|went|"
    r"emigrated|escaped|fled|moved (?:out|on|to|away)|deaths|departures|returned|ran away|disappeared"
)
_FLOW: Final = re.compile(rf"^\s(?:[\w'’-]+\s){{0,2}}?(?:(?P<more>{_MORE})|(?P<less>{_LESS}))\b")
_LOOSE: Final = re.compile(r"\b(?:each|per(?!\s?cent)|twice|including|at least|among (?:them|others)|for example|such as|respectively)\b", re.IGNORECASE)  # fmt: skip
_OF: Final = re.compile(r"(?:Of|Out of|Among) (?:the|these|them|those|whom)\b")
"""What parts a number of the sentence before: the work of `reckoned`."""
_LEAST: Final = 0.05
_BLOCK: Final = 12
_SENTENCES: Final = 3
"""Sentences over which a sum may go."""
_PARTS: Final = 8
_SMALLEST: Final = 40
"""From here on numbers make each other by chance in next to no text."""
_CLOSE: Final = 0.2


class _One(NamedTuple):
    """A number, and the sentence that tells it."""

    at: int
    sentence: Sentence
    number: Number

    @property
    def value(self) -> int:
        return self.number.value


def balances(view: View, told_of: Collection[tuple[str, int]]) -> Iterator[Finding]:
    """Hold the numbers of a few sentences against the one before or behind them, but in the blocks of which a sum is told."""
    for block, group in groupby(sentences(view), key=lambda one: (one.source, one.block)):
        if block in told_of:
            continue
        told = [one for one in group if one.kind != "heading" and len(one.text) <= 600]
        found = [
            _One(at, one, n)
            for at, one in enumerate(told)
            for n in one.numbers
            if not n.is_percent and n.value > 0 and not _MEASURE.match(n.noun)
        ]
        if len(found) > 2 and len(told) > 1:
            yield from _flows(found)
            yield from _closed(told, found)
            yield from _made(found)


def _made(found: Sequence[_One]) -> Iterator[Finding]:
    """Tell of numbers that follow each other and make the one right before them, or the one right behind them."""
    taken: set[int] = set()
    for i, whole in enumerate(found):
        if whole.value < _SMALLEST or whole.number.is_about or i in taken:
            continue
        for step in (1, -1):
            parts: list[_One] = []
            for one in found[i + step :: step] if i + step >= 0 else ():
                if abs(one.at - whole.at) >= _SENTENCES or len(parts) == _PARTS:
                    break
                if one.value == whole.value and not parts:
                    continue  # told again: "Of the 8,734"
                parts.append(one)
                added = sum(p.value for p in parts)
                if added >= whole.value:
                    break
            is_made = len(parts) > 1 and sum(p.value for p in parts) == whole.value
            if not is_made or all(p.at == whole.at for p in parts) or any(p.number.is_about for p in parts):
                continue
            if (
                any(_OF.match(p.sentence.text) for p in parts)
                or any(_LOOSE.search(p.sentence.text) for p in (whole, *parts))
                or _is_chance(whole, parts)
            ):
                continue
            taken.update(range(i, i + len(parts) + 1) if step > 0 else range(i - len(parts), i + 1))
            yield _told(whole, parts[::step], [p.value for p in parts[::step]])
            break


def _is_chance(whole: _One, parts: Sequence[_One]) -> bool:
    """Whether two small numbers, or numbers of things of several kinds, may make a third by chance."""
    nouns = {p.number.noun.casefold() for p in parts if re.search(r"[^s]s$", p.number.noun)}
    is_mixed = len(nouns) > 1 or bool(nouns - {whole.number.noun.casefold()})
    if len(parts) == 2 and (
        whole.value < 2 * _SMALLEST or min(p.value for p in parts) < _LEAST * whole.value
    ):
        return True
    return is_mixed and whole.value < 1_000


def _flows(found: Sequence[_One]) -> Iterator[Finding]:
    """Hold a stock, what came and what went against the stock behind it."""
    for i, first in enumerate(found):
        if first.number.is_about or not _is_stock(first):
            continue
        signed: list[tuple[int, _One]] = []
        for one in found[i + 1 : i + _BLOCK]:
            flow = _FLOW.match(one.sentence.text[one.number.end :])
            if flow is not None and not one.number.is_about:
                signed.append((1 if flow["more"] else -1, one))
                continue
            if len(signed) < 2 or one.at <= first.at or not _is_stock(one) or one.number.is_about:
                break
            made = first.value + sum(sign * p.value for sign, p in signed)
            if made == one.value or is_slip(one.value, made):
                values = [first.value, *(sign * p.value for sign, p in signed)]
                yield _told(one, [first, *(p for _, p in signed)], values)
            break


def _is_stock(one: _One) -> bool:
    """Whether a number is of those who were there."""
    text = one.sentence.text
    return (
        _STOCK.search(text[: one.number.start]) is not None
        or _WERE_THERE.match(text[one.number.end :]) is not None
    )


def _closed(told: Sequence[Sentence], found: Sequence[_One]) -> Iterator[Finding]:
    """Hold a total that says of how many parts it is against so many numbers before it."""
    for at, one in enumerate(told):
        match = _TOTAL.match(one.text)
        count = number_of(match["k"]) if match else None
        behind = [p for p in found if p.at == at and match is not None and p.number.start >= match.end()]
        if count is None or not 1 < count <= _PARTS or not behind or behind[0].number.is_about:
            continue
        whole = behind[0]
        before = [
            p for p in found if at - _SENTENCES <= p.at < at and p.value != count and not p.number.is_about
        ]
        parts = before[-count:]
        made = sum(p.value for p in parts)
        if len(before) != count or max(p.value for p in parts) >= whole.value:
            continue
        if (
            made == whole.value
            or is_slip(whole.value, made)
            or abs(made - whole.value) < _CLOSE * whole.value
        ):
            yield _told(whole, parts, [p.value for p in parts])


def _told(whole: _One, parts: Sequence[_One], values: Sequence[int]) -> Finding:
    added = sum(values)
    working = figure(values[0]) + "".join(f" {'+' if v > 0 else '-'} {figure(abs(v))}" for v in values[1:])
    working += f" = {figure(added)}"
    said = []
    for at, group in groupby(
        sorted((whole, *parts), key=lambda p: (p.at, p.number.start)), key=lambda p: p.at
    ):
        row = list(group)
        last = row[-1]
        stop = re.search(r"[.,;:()]|$", last.sentence.text[last.number.end :][:40])
        end = last.number.end + (stop.start() if stop else 0)
        low = max(0, row[0].number.start - (40 if at == whole.at else 0))
        if low:
            low = row[0].sentence.text.find(" ", low, row[0].number.start) + 1 or low
        said.append(row[0].sentence.said(low, end))
    computed = {"working": working, "sum": added, "stated": whole.value, "difference": added - whole.value}
    if added == whole.value:
        return finding("F036", "arithmetic-check", "ok", f"{working}, as stated.", said, **computed)
    summary = f"{working}, but the text says {figure(whole.value)}."
    return finding("F036", "sum-mismatch", "warning", summary, said, **computed)
