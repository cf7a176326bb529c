"""F003: the parts of a series against the total that the source states.

    600 + 20 + 10 + 3 = 633      stated 633           ok
                               stated "about 600"   ok, rounded
                               stated 643           sum-mismatch
    1989 missing, stated more  undetermined: what is not told may be the rest

A stated total is taken at its word: "about" and the zeros at its end allow half of what they round to, "over" and "up to" one
side. Only the parts whose period lies in that of the total count. What columns add up to is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from regesta.criticism.coverage import Point, series_points, summed_whole
from regesta.criticism.crossing import crossings
from regesta.criticism.view import View, finding
from regesta.model import Finding

__all__ = ["rounding", "totals"]

_SHOWN: Final = 5
"""Parts that a finding shows as members; of more, the first and the last."""

_FEWEST: Final = 4
"""Parts from which on the one total of a series is that of the series, whatever other series stand beside it."""
_ROUND: Final = 3
"""Zeros at the end from which on an unqualified total may be a rounded one."""


def totals(view: View) -> Iterator[Finding]:
    """Hold a stated total against the sum of the figures that it totals."""
    yield from view.once(_all_totals)


def _all_totals(view: View) -> tuple[Finding, ...]:
    return tuple(_totals(view))


def _totals(view: View) -> Iterator[Finding]:
    told: dict[tuple[str, int], list[Finding]] = {}
    for points in series_points(view):
        stated = [point for point in points if point.role == "stated-total"]
        for total in stated:
            runs = [_parts(run, total) for run in (_same(points, total), _before(points, total), points)]
            every = [point for point in _same(points, total) if point.role == "observation"]
            if summed_whole(every, total):
                runs = [every]  # whatever their periods are: all of them together are the total
            judged = [_judged(total, parts) for parts in runs if len(parts) > 1]
            held = [found for found in judged if found.severity == "ok"]
            own = [point for point in stated if point.series == total.series]
            if len(own) == 1 and len(runs[0]) >= _FEWEST:
                certain = [_judged(total, runs[0])]
            else:
                certain = judged if len(stated) == 1 and len(runs[0]) == len(runs[-1]) else []
            place = total.said.member.source, total.said.member.end
            told.setdefault(place, []).extend((held or certain)[:1])
    for findings in told.values():
        held = [found for found in findings if found.severity == "ok"]
        if held or len(findings) == 1:
            yield (held or findings)[0]  # else one total of two lists, and nobody knows of which
    yield from crossings(view)


def _same(points: Sequence[Point], total: Point) -> list[Point]:
    return [point for point in points if point.series == total.series]


def _before(points: Sequence[Point], total: Point) -> list[Point]:
    """Return what stands between a total and the one before it."""
    end = total.said.member.start
    start = max(
        (p.said.member.start for p in points if p.role == total.role and p.said.member.start < end),
        default=-1,
    )
    return [point for point in points if start < point.said.member.start < end]


def _parts(points: Sequence[Point], total: Point) -> list[Point]:
    """Return what a total totals: figures within its time, the longest periods of those that hold one another."""
    inside = [
        p
        for p in points
        if p.role == "observation" and (total.holds(p) or (p.first.year == 1 and p.last <= total.last))
    ]
    line = sorted(inside, key=lambda p: (p.first, -p.last.toordinal(), p.said.member.start))
    kept: list[Point] = []
    for point in line:
        if not (kept and kept[-1].holds(point) and not point.holds(kept[-1])):
            kept.append(point)
    return kept


def _judged(total: Point, parts: list[Point]) -> Finding:
    low, high = _reach(parts)
    stated_low, stated_high = _allowed(total)
    exact = sum(p.value for p in parts)
    shown = parts if len(parts) <= _SHOWN else [parts[0], parts[-1]]
    said = [total.said, *(p.said for p in shown)]
    working = " + ".join(_figure(p.value) for p in parts[:40]) + (" + …" if len(parts) > 40 else "")
    computed: dict[str, object] = {
        "parts": len(parts),
        "sum": exact,
        "stated": total.value,
        "difference": exact - total.value,
        "qualifier": total.qualifier,
        "working": f"{working} = {_figure(exact)}",
    }
    sums = f"The {len(parts)} figures add up to {_figure(exact)}"
    stated = f"{_WORDS.get(total.qualifier or '', '')}{_figure(total.value)}"
    if low <= stated_high and stated_low <= high:
        how = "as stated" if exact == total.value else f"and the stated total is {stated}, which agrees"
        return finding("F003", "arithmetic-check", "ok", f"{sums}, {how}.", said, **computed)
    if high < stated_low and not _whole(parts, total):
        summary = f"{sums}; the stated total is {stated}, but not all of its time is told."
        return finding("F003", "arithmetic-check", "undetermined", summary, said, **computed)
    summary = f"{sums}, but the stated total is {stated}."
    return finding("F003", "sum-mismatch", "error", summary, said, **computed)


_WORDS: Final = {"about": "about ", "min": "at least ", "max": "at most "}


def _reach(parts: Sequence[Point]) -> tuple[float, float]:
    """Return the least and the greatest sum that the parts allow."""
    bounds = [_allowed(p) if p.qualifier else (p.value, p.value) for p in parts]
    return sum(low for low, _ in bounds), sum(high for _, high in bounds)


def _allowed(point: Point) -> tuple[float, float]:
    """Return between which numbers a stated one may lie."""
    if point.qualifier == "min":
        return point.value, float("inf")
    if point.qualifier == "max":
        return 0.0, point.value
    slack = rounding(point.value)
    if point.qualifier == "about":
        slack = max(slack, 0.01 * point.value)
    elif slack < 10**_ROUND / 2:
        slack = 0.0
    return point.value - slack, point.value + slack


def rounding(value: float) -> float:
    """Return half of the unit that a number seems to be rounded to: by the zeros at its end.

    >>> rounding(12_000), rounding(450), rounding(12_007), rounding(0)
    (500.0, 5.0, 0.5, 0.0)
    """
    if not value or value != int(value):
        return 0.0
    digits = str(int(value))
    return float(10 ** (len(digits) - len(digits.rstrip("0")))) / 2


def _whole(parts: Sequence[Point], total: Point) -> bool:
    """Whether the parts leave no day of the total out."""
    line = sorted(parts, key=lambda p: p.first)
    if line[0].first > total.first or max(p.last for p in line) < total.last:
        return False
    reach = line[0].last.toordinal()
    for point in line[1:]:
        if point.first.toordinal() > reach + 1:
            return False
        reach = max(reach, point.last.toordinal())
    return True


def _figure(value: float) -> str:
    return f"{int(value):,}" if value == int(value) else f"{value:,}"
