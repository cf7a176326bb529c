r"""F024: how long something took, against the days on which it began and ended.

    2 May, ten days here and twenty days there, 1 June         2 May + 30 days = 1 June: ok
    2 May, ten days here and forty days there, 1 June          50 days do not fit into 30
    left in March 1921, arrived on 9 October 1922              19 months lie between

Days are counted in the calendar; a month or a year that is all that is said is an interval. A count may include its first day
or not, so each stay may be off by one of its units. A chain is two stays or more that one sentence joins, between two dates
that the same entry tells of the same people: what they leave open may have been spent elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import NUMBER, figure, number_of
from regesta.model import Finding

__all__ = ["between", "durations", "moved"]

_UNITS: Final = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}

_STAYS: Final = re.compile(
    rf"\b(?P<n>(?i:{NUMBER}))[ -](?P<unit>day|week|month|year)s?\b(?! (?:old|of age|later|earlier|ago|before|after))"
)
_JOINED: Final = re.compile(r"\b(?:and|then|plus|followed by)\b|[,;]")

_SPENT: Final = re.compile(
    r"\b(?:stay|spen[dt]|wait|remain|held|hid|liv|kept|detain|lodg|camp|shelter|put up|sat)\w*\b",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(
    r"\b(?:after|following|since|having|had|previous\w*|earlier|before)\b", re.IGNORECASE
)

_LONG_WAY: Final = 5 * 366
_LONG_EVENT: Final = 366
"""Days that a way may take, from where somebody left and from what else happened first."""

_TOLD: Final = """
with near as (
    select source, content_start, max(content_end) as content_end from blocks
    where kind in ('paragraph', 'list_item', 'cell', 'definition') group by source, content_start
), dated as (
    select c.id, c.source, c.referent, c.predicate, coalesce(c.value_edtf, c.when_edtf) as edtf, c.earliest, c.latest,
           c.modality, e.start_char, e.end_char, c.subject_label
    from claims c join claim_evidence e on e.claim = c.id and e.position = 0
    where c.predicate in ('arrival', 'departure', 'event', 'route') and c.rank <> 'deprecated'
      and c.modality in ('asserted', 'intended') and c.earliest is not null and c.latest is not null
      and c.latest - c.earliest < 31 and c.earliest > date '1500-01-01'
      and not regexp_matches(coalesce(c.value_edtf, c.when_edtf), '[~?%X/,]')
), several as (
    select source, referent from dated group by source, referent having count(distinct earliest) > 1
), placed as (
    select d.*, n.content_start as first, n.content_end as last
    from (select * from dated semi join several using (source, referent)) d
    asof join near n on d.source = n.source and d.start_char >= n.content_start
)
select a.source, a.referent, a.first, a.last, a.subject_label, a.id, a.predicate, a.edtf, a.earliest, a.latest,
       a.start_char, a.end_char, b.id, b.edtf, b.earliest, b.latest, b.start_char, b.end_char
from placed a join placed b on a.source = b.source and a.referent = b.referent and a.first = b.first
  and b.predicate = 'arrival' and b.modality = 'asserted' and a.latest < b.earliest and a.predicate <> 'arrival'
where a.start_char < a.last and b.start_char < b.last
qualify row_number() over (partition by a.source, a.referent, a.first
                           order by a.predicate <> 'departure', a.earliest, a.start_char, a.id, b.start_char, b.id) = 1
order by a.source, a.first, a.referent
"""


class _Way(NamedTuple):
    """The first date of somebody's way in an entry, and the date of arrival."""

    source: str
    referent: str
    first: int
    last: int
    label: str
    start: str
    start_predicate: str
    start_edtf: str
    start_earliest: date
    start_latest: date
    start_at: int
    start_end: int
    end: str
    end_edtf: str
    end_earliest: date
    end_latest: date
    end_at: int
    end_end: int


class _Stay(NamedTuple):
    number: int
    unit: str
    said: Said


def durations(view: View) -> Iterator[Finding]:
    """Hold how long stays lasted against the dates before and after them; tell how long the way took."""
    ways: dict[tuple[str, int, str, str], list[_Way]] = defaultdict(list)
    for row in view.rows(_TOLD, needs={"arrival": 1, "departure|event|route": 1}):
        way = _Way(*row)
        ways[way.source, way.first, way.start_edtf, way.end_edtf].append(way)
    if not ways:
        return
    firsts = [same[0] for same in ways.values()]
    texts = view.words([(way.source, way.first, way.last) for way in firsts])
    for way, text in zip(firsts, texts, strict=True):
        said = [
            _date_said(way, text, way.start_edtf, way.start_at),
            _date_said(way, text, way.end_edtf, way.end_at),
        ]
        stays = _stays(way, text)
        chain = _chain(way, stays, said, is_spent=_is_spent(way, text)) if stays else None
        is_exact = len(way.start_edtf) == len(way.end_edtf) == len("1921-05-02")
        if chain is not None and (len(stays) > 1 or (chain.severity == "ok" and is_exact)):
            yield chain
        elif len(stays) < 2 and _is_a_way(way, text, said[0].member.quote):
            yield _interval(way, said)


def _stays(way: _Way, text: str) -> list[_Stay]:
    """Return the stays that the sentence of the arrival joins."""
    at = way.end_at - way.first
    low = max((m.end() for m in re.finditer(r"[.!?]\s+(?=[A-Z])", text[:at])), default=0)
    stop = re.search(r"[.!?](?:\[\d+\])*(?:\s+(?=[A-Z])|$)", text[at:])
    high = at + stop.start() if stop else len(text)
    found = list(_STAYS.finditer(text, low, high))
    stays = []
    for index, match in enumerate(found):
        number = number_of(match["n"])
        if (
            number is None
            or match["unit"] == "year"
            or (index and not _JOINED.search(text, found[index - 1].end(), match.start()))
        ):
            return []
        start = way.first + match.start()
        said = Said.passage(way.source, start, start + len(match[0]), match[0])
        stays.append(_Stay(number, match["unit"], said))
    return stays


def _is_spent(way: _Way, text: str) -> bool:
    """Whether the stays are told as spent on the way, after its beginning."""
    low, high = way.start_at - way.first, min(len(text), way.end_end - way.first + 300)
    return low < high and _SPENT.search(text, low, high) is not None


def _is_a_way(way: _Way, text: str, start: str) -> bool:
    """Whether the time between the dates is that of one way, and surely after its beginning.

    A date that does not say its year, and stands behind the arrival, must be told as what was before.
    """
    days = (way.end_latest - way.start_earliest).days
    if days > (_LONG_WAY if way.start_predicate == "departure" else _LONG_EVENT):
        return False
    low, high = sorted((way.start_at - way.first, way.end_at - way.first))
    if way.start_at < way.end_at:
        return True
    return way.start_edtf[:4] in start or _BEFORE.search(text, low, high + 80) is not None


def _chain(way: _Way, stays: Sequence[_Stay], said: Sequence[Said], *, is_spent: bool) -> Finding | None:
    """Hold stays one after another against the time between two dates."""
    low = moved(way.start_earliest, stays)
    high = moved(way.start_latest, stays)
    words = " + ".join(_counted(stay.number, stay.unit) for stay in stays)
    slack = sum(1 if stay.unit == "day" else _UNITS[stay.unit] / 2 for stay in stays)
    least, most = between(way.start_earliest, way.start_latest, way.end_earliest, way.end_latest)
    apart = figure(least) if least == most else f"{figure(least)} to {figure(most)}"
    over = (low - way.end_latest).days
    under = (way.end_earliest - high).days
    members = [said[0], *(stay.said for stay in stays[:3]), said[1]]
    computed = {"working": f"{way.start_edtf} + {words} = {_span(low, high)}", "stated": way.end_edtf}
    if over > slack and is_spent:
        summary = (
            f"{words} do not fit between {way.start_edtf} and {way.end_edtf}, which are {apart} days apart."
        )
        return finding("F024", "chronology", "warning", summary, members, **computed)
    if over <= 0 and under <= 0:
        summary = f"{way.start_edtf} + {words} = {_span(low, high)}: the dates and the stays agree."
        return finding("F024", "arithmetic-check", "ok", summary, members, **computed)
    if abs(max(over, under)) <= slack:
        summary = f"{way.start_edtf} + {words} = {_span(low, high)}, and the text says {way.end_edtf}: counting apart, they agree."
        return finding("F024", "arithmetic-check", "ok", summary, members, **computed)
    if over > 0 or not is_spent:
        return None
    summary = (
        f"{words} are told of the {apart} days from {way.start_edtf} to {way.end_edtf}: the rest is not."
    )
    return finding("F024", "arithmetic-check", "undetermined", summary, members, **computed)


def _interval(way: _Way, said: Sequence[Said]) -> Finding:
    """Tell how long it was from the first date to the arrival."""
    least, most = between(way.start_earliest, way.start_latest, way.end_earliest, way.end_latest)
    months = (
        (way.end_latest.year - way.start_earliest.year) * 12 + way.end_latest.month - way.start_earliest.month
    )
    if least == most and months < 4:
        length = _counted(least, "day")
    elif months < 2:
        length = f"{figure(least)} to {figure(most)} days"
    else:
        length = f"about {_counted(months, 'month')}"
    summary = f"{way.label}: {length} from {way.start_edtf} to the arrival on {way.end_edtf}, in order."
    if len(way.end_edtf) < len("1921-05-02"):
        summary = f"{way.label}: {length} from {way.start_edtf} to the arrival in {way.end_edtf}, in order."
    return finding(
        "F024",
        "arithmetic-check",
        "ok",
        summary,
        said,
        days=[least, most],
        working=f"{way.start_edtf} .. {way.end_edtf} = {length}",
    )


def moved(day: date, stays: Sequence[tuple[int, str, object]]) -> date:
    """Return a day moved on by counts of days, weeks, months and years, in the calendar.

    >>> moved(date(1921, 5, 2), [(10, "day", None), (20, "day", None)])
    datetime.date(1921, 6, 1)
    >>> moved(date(2020, 1, 31), [(1, "month", None)])
    datetime.date(2020, 2, 29)
    """
    for number, unit, _ in stays:
        if unit in {"day", "week"}:
            number_of_days = number * (7 if unit == "week" else 1)
            day = date.fromordinal(min(date.max.toordinal(), day.toordinal() + number_of_days))
            continue
        months = min(day.year * 12 + day.month - 1 + number * (12 if unit == "year" else 1), 9999 * 12 + 11)
        year, month = divmod(months, 12)
        after = date(year + month // 11, (month + 1) % 12 + 1, 1) if months < 9999 * 12 + 11 else date.max
        last = date.fromordinal(after.toordinal() - 1).day
        day = date(year, month + 1, min(day.day, last))
    return day


def between(start: date, start_last: date, end: date, end_last: date) -> tuple[int, int]:
    """Return the least and the greatest number of days from one uncertain day to another.

    >>> between(date(1921, 5, 2), date(1921, 5, 2), date(1921, 6, 1), date(1921, 6, 30))
    (30, 59)
    """
    return (end - start_last).days, (end_last - start).days


_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)


def _date_said(way: _Way, text: str, edtf: str, at: int) -> Said:
    """Return the words that say a date, those nearest to its claim; else the words of the claim."""
    parts = edtf.split("-")
    month = _MONTHS[int(parts[1]) - 1]
    name = rf"(?:{month}|{month[:3]}\.?)"
    day = int(parts[2]) if len(parts) > 2 else 0
    forms = [edtf, rf"{name}(?:,? of)?,? {parts[0]}", name]
    if day:
        forms = [
            edtf,
            rf"{day}(?:st|nd|rd|th)?(?: of)? {name}(?:,? {parts[0]})?",
            rf"{name} {day}(?:st|nd|rd|th)?\b(?:,? {parts[0]})?",
        ]
    found = [m for form in forms for m in re.finditer(rf"\b{form}", text)]
    near = at - way.first
    if not found:
        words = text[near : (way.start_end if at == way.start_at else way.end_end) - way.first]
        return Said.passage(way.source, at, at + len(words), words)
    best = min(found, key=lambda m: (abs(m.start() - near), -len(m[0])))
    low = best.start()
    if 0 <= near < low <= near + 60:
        low = near
    words = text[low : best.end()]
    return Said.passage(way.source, way.first + low, way.first + best.end(), words)


def _counted(number: float, unit: str) -> str:
    return f"{figure(number)} {unit}{'s' * (number != 1)}"


def _span(low: date, high: date) -> str:
    return low.isoformat() if low == high else f"{low.isoformat()} to {high.isoformat()}"
