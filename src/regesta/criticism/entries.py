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

from regesta.criticism.sentence_figures import kind_of
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
_ALL: Final = re.compile(
    r"\b(?:in all|altogether|together|all told|in total|total|sum|insgesamt|zusammen|summe|gesamt|en tout|au total|ensemble|soit|en total|suma|juntos)\b",
    re.IGNORECASE,
)
_PARTLY: Final = re.compile(
    r"\b(?:more|others?|besides|also|not counted|at least|over|including|missing|among|weitere|außerdem|ohne|darunter|autres|outre|sans|dont|"
    r"otros|además|sin)\b",
    re.IGNORECASE,
)
_SHOWN: Final = 3
_FEW: Final = 2
_HEADS: Final = re.compile(
    r"(?:[Tt]otal|[Ii]n all|[Tt]ogether|[Aa]ltogether|[Ii]nsgesamt|[Zz]usammen|[Aa]u total|[Ee]n tout|[Ee]nsemble|[Ee]n total|[Jj]untos)\s?[:,–-]?\s[^\s]+\s"
    r"(?:persons?|people|souls|heads|members|passengers|Personen|Köpfe|Seelen|Mitglieder|personnes?|âmes|membres|personas|almas|miembros)\W*"
)
"""The total under a list of people."""
_NAMED: Final = re.compile(r"(?:[-*•–]\s|\d{1,3}[.)]\s)?[^\W\d_a-z][\w'’.-]+,?\s[^\W\d_a-z][\w'’.-]+")
_BORN: Final = re.compile(r"\b[12]\d{3}\b|\(\d{1,2}\)|,\s\d{1,2}\b")
_MORE: Final = re.compile(
    r"\b(?:and|with|family|children|wife|sons|und|mit|Familie|Frau|Kinder|et|avec|famille|épouse|enfants|y|con|familia|esposa)\b|[&+:]"
)
"""An entry that is of more than one."""
_LINE: Final = re.compile(r"[^.;]{1,60}?(?:\s{2,}|\t|[:–—]\s)[\d,]+")
"""A label and a figure in a line of their own."""
LEADS: Final = re.compile(
    r"^(?:(?:The )?(?:[Tt]otal|[Ss]um)\s?[:,]?|In all,?|Altogether,?|Together,?|In total,?|(?:Insgesamt|Zusammen|Summe|Gesamt|Au total|En tout|Ensemble|"
    r"En total|Suma)\s?[:,]?)\s+(?:of |were |there were )?$"
)


def entries(view: View) -> Iterator[Finding]:
    """Hold the counts of entries against the total beside them."""
    told = sentences(view)
    yield from _named(told)
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


def _named(told: Sequence[Sentence]) -> Iterator[Finding]:
    """Hold the number of people told under a list of names against how many are named."""
    for at, one in enumerate(told):
        match = _HEADS.fullmatch(one.text.strip()) if len(one.text) <= _SHORT else None
        stated = one.numbers[0].value if match and len(one.numbers) == 1 else 0
        if match is None or one.start != one.block or not _FEW <= stated <= _MOST:
            continue
        lines: list[Sentence] = []
        for other in reversed(told[max(0, at - _MOST - 2) : at]):
            is_line = other.start == other.block and other.source == one.source and other.kind != "heading"
            if not is_line or len(other.text) > _SHORT or not _NAMED.match(other.text.strip()):
                break
            if lines and bool(_BORN.search(other.text)) != bool(_BORN.search(lines[0].text)):
                break
            lines.append(other)
        if not _FEW <= len(lines) < _MOST or any(_MORE.search(line.text) for line in lines):
            continue
        is_dated = _BORN.search(lines[0].text) is not None
        if len(lines) != stated and (not is_dated or abs(len(lines) - stated) > max(1, stated // 4)):
            continue
        said = [
            one.said(0, len(one.text.rstrip())),
            *(line.said(0, len(line.text.rstrip())) for line in (lines[-1], lines[0])),
        ]
        computed = {"listed": len(lines), "stated": stated}
        if len(lines) == stated:
            yield finding(
                "F037", "arithmetic-check", "ok", f"{stated} are named, as the text says.", said, **computed
            )
        else:
            summary = f"{len(lines)} are named, but the text says {stated}."
            yield finding("F037", "total-mismatch", "warning", summary, said, **computed)


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
