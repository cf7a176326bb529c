"""F037: entries one under the other, each with its count, against the total told right before or behind them.

    3 May: Alba, 38 people. / 5 May: Mira, 27 people. / 9 May: Alba again, 56 people.
    "The three boats brought 121 people."        38 + 27 + 56 = 121: ok
    "The three boats brought 131 people."        sum-mismatch
    "The four boats brought 131 people."         one may be missing: nothing

An entry is a short block that gives one number of a kind of thing, and the next entries give the same kind. What holds is told; what does not is a
fault only where the total counts the entries ("the three boats") or says that it is all ("in all", "together"). Lists with marks or
colons alone are the work of `columns`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from regesta.criticism.named_numbers import kind_of
from regesta.criticism.telling import Sentence, sentences
from regesta.criticism.view import View, finding
from regesta.criticism.wordings import figure
from regesta.model import Finding

if TYPE_CHECKING:
    from regesta.criticism.sentence_figures import Number

__all__ = ["LEADS", "entries"]

_FEWEST: Final = 3
_MOST: Final = 40
_SHORT: Final = 160
_NEAR: Final = 2
"""Sentences behind and before the entries that may tell their total."""
_SMALLEST: Final = 20
_ALL: Final = re.compile(r"\b(?:in all|altogether|together|all told|in total|total|sum)\b", re.IGNORECASE)
_PARTLY: Final = re.compile(
    r"\b(?:more|others?|besides|also|not counted|at least|over|including|missing|among)\b", re.IGNORECASE
)
_SHOWN: Final = 3
_LINE: Final = re.compile(r"[^.;]{1,60}?(?:\s{2,}|\t|[:–—]\s)[\d,]+")
"""A label and a figure in a line of their own."""
LEADS: Final = re.compile(
    r"^(?:(?:The )?(?:[Tt]otal|[Ss]um)[:,]?|In all,?|Altogether,?|Together,?|In total,?)\s+(?:of |were |there were )?$"
)


def entries(view: View) -> Iterator[Finding]:
    """Hold the counts of entries against the total beside them."""
    told = sentences(view)
    at = 0
    while at < len(told):
        run = _run(told, at)
        if len(run) < _FEWEST:
            at += 1
            continue
        found = _judged(told, at, run)
        if found is not None:
            yield found
        at += len(run)


def _entry(one: Sentence) -> tuple[Number, str] | None:
    """Return the one count of a short block that is an entry, and of what."""
    if one.start != one.block or len(one.text) > _SHORT:
        return None
    if one.kind == "heading" and not one.text[:1].isdigit():  # the first line of a list may stand as one
        return None
    counts = [(n, kind) for n in one.numbers if (kind := kind_of(n, one.text)) is not None]
    if not counts and len(one.numbers) == 1 and _LINE.fullmatch(one.text.rstrip()):
        return (one.numbers[0], "") if not one.numbers[0].is_about and not _ALL.search(one.text) else None
    if len(counts) != 1 or counts[0][0].is_about or _ALL.search(one.text):
        return None
    return counts[0]


def _run(told: Sequence[Sentence], at: int) -> list[tuple[Sentence, Number, str]]:
    """Return the entries of one kind that begin there."""
    found: list[tuple[Sentence, Number, str]] = []
    for one in told[at : at + _MOST]:
        if found and one.source != found[0][0].source:
            break
        entry = _entry(one)
        if entry is None or (found and entry[1] != found[0][2]):
            break
        found.append((one, *entry))
    return found


def _judged(told: Sequence[Sentence], at: int, run: Sequence[tuple[Sentence, Number, str]]) -> Finding | None:
    kind, values = run[0][2], [n.value for _, n, _ in run]
    added = sum(values)
    behind = told[at + len(run) : at + len(run) + _NEAR]
    for one in (*behind, *told[max(0, at - _NEAR) : at]):
        if one.source != run[0][0].source or added < _SMALLEST:
            continue
        totals = [
            n
            for n in one.numbers
            if (kind_of(n, one.text) == kind or (not kind and LEADS.search(one.text[: n.start])))
            and n.value >= max(values)
            and not n.is_about
        ]
        if len(totals) != 1:
            continue
        counted = [n for n in one.numbers if n is not totals[0]]
        is_whole = bool(_ALL.search(one.text)) or any(
            n.value == len(run)
            and re.search(r"\b[Tt]hese |\b[Tt]he ", one.text[max(0, n.start - 6) : n.start])
            for n in counted
        )
        if totals[0].value != added and (
            not is_whole or _PARTLY.search(one.text) or (counted and counted[0].value != len(run))
        ):
            continue
        holds = totals[0].value == added
        working = f"{' + '.join(figure(v) for v in values[:12])}{' + …' if len(values) > 12 else ''} = {figure(added)}"
        first, last = run[0], run[-1]
        shown = run if len(run) <= _SHOWN else (first, last)
        end = min(len(one.text), totals[0].end + 1 + len(totals[0].noun))
        return finding(
            "F037",
            "arithmetic-check" if holds else "sum-mismatch",
            "ok" if holds else "warning",
            f"{working}, as the text says."
            if holds
            else f"{working}, but the text says {figure(totals[0].value)}.",
            [
                one.said(max(0, end - 120), end),
                *(entry.said(0, len(entry.text.rstrip())) for entry, _, _ in shown),
            ],
            working=working,
            sum=added,
            stated=totals[0].value,
        )
    return None
