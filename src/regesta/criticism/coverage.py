"""F001 and F002: periods of a series that no figure covers, and periods that two figures cover.

    ..1988 │ 1990 │ 1991 │ 1992        1989 is nowhere
    1990 │ 1991 │ 1991 1992 │ 1993     1991 is counted twice

Only a series that means to be whole can have a gap: at least four figures, of whose neighbours three in four follow on each
other to the day. Years whose stated total is the sum of all of them mean it too, where half of them touch: that is worth a line,
no alarm, and so does a row of years of which one alone is missing. A list of dated events, or of chosen years, never claims that; a blank cell is said by the table itself.
Subtotals are set aside. Values are `totals`' work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from regesta.criticism.turns import holes, turns
from regesta.criticism.view import Said, View, finding
from regesta.model import Finding, Member

__all__ = ["Point", "gaps", "overlaps", "series_points", "summed_whole"]

_FEWEST: Final = 4
_WHOLE: Final = 0.75
"""Share of neighbours that follow on each other in a series that means to be whole."""

_DAY: Final = timedelta(days=1)

_POINTS: Final = """
select o.series, o.series_label, o.label, o.value, o.qualifier, o.role, coalesce(c.earliest, date '0001-01-01'),
       coalesce(c.latest, date '9999-12-31'), regexp_matches(o.period, '[~?%X]'), o.source, o.start_char, o.end_char, o.quote, o.claim, c.fingerprint
from observations o join claims c on c.id = o.claim
where c.earliest is not null or c.latest is not null
order by o.source, o.series, o.position, o.start_char, o.value
"""


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a series and the days that it covers."""

    series: str
    series_label: str
    label: str
    value: float
    qualifier: str | None
    role: str
    first: date
    last: date
    is_vague: bool
    """Whether the period is about, uncertain or masked."""
    said: Said

    def holds(self, other: Point) -> bool:
        """Whether its days hold all days of the other."""
        return self.first <= other.first and other.last <= self.last


def series_points(view: View) -> list[list[Point]]:
    """Return the points of each series, in the order of the text; those that count one thing in one source are one."""
    return view.once(_points)


def _points(view: View) -> list[list[Point]]:
    found: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for row in view.rows(_POINTS, needs={"observations": 1}):
        source, start, end, quote, claim, says = row[9:]
        member = Member(source=source, start=start, end=end, quote=quote, claim=claim)
        label, name, period, value, qualifier, role, first, last, is_vague = row[:9]
        point = Point(label, name, period, value, qualifier, role, first, last, is_vague, Said(member, says))
        found[source, name].append(point)
    return list(found.values())


def gaps(view: View) -> Iterator[Finding]:
    """Tell of a period that no figure covers, in a series that means to be whole."""
    yield from holes(view)
    blank = _covered_beside(view)
    for points in series_points(view):
        is_sure = bool(line := _line(points))
        for left, right in _pairs(line or _years(points)):
            start, end = left.last + _DAY, right.first - _DAY
            if start > end:
                continue
            said_blank = any(
                first <= start and end <= last
                for first, last, series in blank[left.said.member.source]
                if series != left.series
            )
            missing = _named(start, end)
            verb = "is" if " to " not in missing else "are"
            yield finding(
                "F001",
                "coverage-gap",
                "info" if said_blank or not is_sure else "warning",
                f"Between “{left.label}” and “{right.label}” {missing} {verb} not counted.",
                [left.said, right.said],
                missing=missing,
                first_day=start.isoformat(),
                last_day=end.isoformat(),
            )


def overlaps(view: View) -> Iterator[Finding]:
    """Tell of a period that two figures cover, in a series that means to be whole."""
    yield from turns(view)
    for points in series_points(view):
        is_sure = bool(line := _line(points))
        for left, right in _pairs(line or _years(points)):
            start, end = right.first, min(left.last, right.last)
            if start > end:
                continue
            twice = _named(start, end)
            yield finding(
                "F002",
                "coverage-overlap",
                "warning" if is_sure else "info",
                f"“{left.label}” and “{right.label}” both count {twice}.",
                [left.said, right.said],
                twice=twice,
                first_day=start.isoformat(),
                last_day=end.isoformat(),
            )


def _line(points: list[Point]) -> list[Point]:
    """Return the figures in order of time, subtotals set aside; none where the series does not mean to be whole."""
    parts = [point for point in points if point.role == "observation" and not point.is_vague]
    if len(parts) < _FEWEST:
        return []
    line = sorted(parts, key=lambda p: (p.first, p.last, p.said.member.start))
    line = [p for p, inner in zip(line, _inner(line), strict=True) if inner < 2]
    follow = sum(left.last + _DAY == right.first for left, right in _pairs(line) if left.last < date.max)
    lapping = sum(right.first <= left.last and left.first < right.first for left, right in _pairs(line))
    steps = len(line) - 1
    is_whole = follow >= _WHOLE * steps or (
        2 * follow >= steps and follow + lapping == steps and lapping == 1
    )
    return line if len(line) >= _FEWEST and is_whole else []


def _years(points: list[Point]) -> list[Point]:
    """Return years and spans of years, in order, whose stated total is the sum of all, and of which half touch the next.

    Without a total, a row of years that lacks one alone.
    """
    parts = [p for p in points if p.role == "observation" and not p.is_vague]
    line = sorted(parts, key=lambda p: (p.first, p.last, p.said.member.start))
    are_years = all((p.first.month, p.first.day, p.last.month, p.last.day) == (1, 1, 12, 31) for p in line)
    apart = len({(p.first, p.last) for p in line}) == len(line)
    touch = sum(right.first <= left.last + _DAY for left, right in _pairs(line) if left.last < date.max)
    if any(summed_whole(parts, p) for p in points if p.role == "stated-total"):
        return line if are_years and apart and 2 * touch >= len(line) - 1 else []
    single = all(p.first.year == p.last.year for p in line)
    years = line[-1].last.year - line[0].first.year + 1 if line else 0
    is_row = len(line) >= _FEWEST and touch == len(line) - 2 and years == len(line) + 1
    return line if are_years and apart and single and is_row else []


def summed_whole(parts: list[Point], total: Point) -> bool:
    """Whether a stated total is exactly the sum of all figures of its series: then each counts, and none is a subtotal."""
    own = [p for p in parts if p.series == total.series]
    return (
        len(own) == len(parts) >= _FEWEST
        and total.qualifier is None
        and all(p.qualifier is None and p.value > 0 for p in own)
        and sum(p.value for p in own) == total.value
    )


def _inner(line: list[Point]) -> list[int]:
    """Return how many shorter periods each one holds, two at most counted; the line is in order of first days."""
    counts = []
    for index, point in enumerate(line):
        n = 0
        for other in line[index + 1 : index + 64]:
            if other.first > point.last or n > 1:
                break
            n += point.holds(other) and not other.holds(point)
        counts.append(n)
    return counts


def _pairs(line: list[Point]) -> Iterator[tuple[Point, Point]]:
    """Yield neighbours; the left one is the one that reaches furthest so far."""
    for index in range(1, len(line)):
        yield line[index - 1], line[index]


def _covered_beside(view: View) -> dict[str, list[tuple[date, date, str]]]:
    """Return the periods of the columns of tables by source: where one column has a figure, another is blank."""
    found: dict[str, list[tuple[date, date, str]]] = defaultdict(list)
    for source, first, last, series in view.rows(
        "select o.source, min(c.earliest), max(c.latest), o.series from observations o "
        "join claims c on c.id = o.claim where o.role = 'observation' and c.earliest is not null "
        "and c.latest is not null and o.source in (select source from observations group by source, start_char "
        "having count(distinct series) > 1) group by o.source, o.series, o.period order by all",
        needs={"observations": 2},
    ):
        found[source].append((first, last, series))
    return found


def _named(start: date, end: date) -> str:
    """Return a stretch of days as people say it: a year, years, a month, months, else days.

    >>> _named(date(1989, 1, 1), date(1989, 12, 31)), _named(date(1990, 2, 1), date(1990, 3, 31))
    ('1989', '1990-02 to 1990-03')
    >>> _named(date(2017, 9, 29), date(2017, 9, 30)), _named(date(2017, 9, 29), date(2017, 9, 29))
    ('2017-09-29 to 2017-09-30', '2017-09-29')
    """
    next_day = end + _DAY if end < date.max else end
    if (start.month, start.day) == (1, 1) and (next_day.month, next_day.day) == (1, 1):
        low, high = f"{start.year:04}", f"{end.year:04}"
    elif start.day == 1 and next_day.day == 1:
        low, high = f"{start:%Y-%m}", f"{end:%Y-%m}"
    else:
        low, high = start.isoformat(), end.isoformat()
    return low if low == high else f"{low} to {high}"
