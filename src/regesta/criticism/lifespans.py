"""F017: when somebody was born, as births and ages of several passages have it; and two deaths of one name.

    "Lina Haddad, who had turned twelve in May 2004"  ·  "who is thirteen" (2 September 2004)      born 1992, or 1990 to 1991
    "now 61" (7 May 1994)                             ·  "born on 3 August 1936"                   57
    "At the age of nineteen she married, in 1944"     ·  "born on 12 July 1925"                    ok
    "died in 1980"                                    ·  "died on 9 May 2004"                      of one name: perhaps two people

An age leads to a birth by the one date of its sentence, or by the day of its source where it says "is" or "now". People are one where
the chronicle holds so, or where two sources of one matter give one name of two words. As they may be two, what differs is worth knowing.
Ages at dates before them in a sentence are the work of `ages`, births and deaths of one person that of `conflicting_dates`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from regesta.criticism.ages import ages
from regesta.criticism.telling import Sentence, are_beside, dated, sentences
from regesta.criticism.view import Said, View, finding
from regesta.dates import bounds, in_words
from regesta.dates.days import day_number

if TYPE_CHECKING:
    from regesta.criticism.sentence_figures import ToldDate
    from regesta.model import Finding

__all__ = ["lifespans"]

_LIVED: Final = """
select c.subject, e.label, c.predicate, c.value_edtf, c.value_number, c.source, v.start_char, v.end_char, v.quote, c.fingerprint from claims c
join claim_evidence v on v.claim = c.id and v.position = 0 join entities e on e.id = c.subject and e.kind = 'person' and e.is_named
where c.modality in ('asserted', 'reported') and c.rank <> 'deprecated' and contains(e.label, ' ')
  and (c.predicate in ('birth', 'death') and c.value_type = 'date' and not regexp_matches(c.value_edtf, '[~?%X/]')
       or c.predicate = 'age' and c.value_unit = 'year' and c.value_number between 1 and 110)
order by c.source, v.start_char, c.id
"""
_NOW: Final = re.compile(r"(?:\b(?:is|now|today|currently|aged|am)\s(?:now\s|today\s)?$)")
_PAST: Final = re.compile(
    r"\b(?:was|were|had|died|death|when|then|at the age|turned|came|left)\b", re.IGNORECASE
)
_LOOSE: Final = re.compile(r"\b(?:about|around|some|nearly|almost|over|under|perhaps|not yet|said to be|or)\s(?:the age of\s)?$", re.IGNORECASE)  # fmt: skip
_OTHERS: Final = re.compile(
    r"\b(?:his|her|their|whose|my) (?:\w+ )?(?:wife|husband|father|mother|son|daughter|brother|sister|uncle|aunt|cousin|child\w*|friend)\b[^.;]*$",
    re.IGNORECASE,
)
_BIRTH: Final = re.compile(
    r"\b(?:born|b\.|geboren|geb\.|née?|nacid[oa]|naci[óo])[^,;]{0,20}$|\b(?:born|geboren|née?|nacid[oa]|naci[óo])\s[^;.\d]{0,40}$"
)
_THEN: Final = re.compile(
    r"\b(?:then|at (?:the|that) time|on that day|that day|damals|da|alors|à l['’]époque|ce jour-là|entonces)\b"
)
"""Words that set an age at the day told before."""
_HEAD: Final = 4
"""Sentences at the beginning of a source that may be its dateline, if they are short."""
_SHORT: Final = 110
_MOST: Final = 12


class _Lived(NamedTuple):
    """What one passage says of a life, and the days between which it sets the birth (or the death)."""

    name: str
    entity: str
    what: str
    source: str
    low: int
    high: int
    shown: str
    said: tuple[Said, ...]


def lifespans(view: View) -> Iterator[Finding]:
    """Tell where ages and births that are told of one person, or of one name, do not go together; and what holds."""
    if not view.is_small():
        return
    rows = view.rows(_LIVED, needs={"birth|death|age": 2})
    if not rows:
        return
    held = {(m.source, m.start) for one in view.once(_told_ages) for m in one.members}
    place, day = _places(view), _datelines(view)
    people: dict[str, list[_Lived]] = defaultdict(list)
    for subject, label, predicate, edtf, number, source, start, end, quote, says in rows:
        said = Said(Said.passage(source, start, end, quote).member, says)
        if predicate != "age":
            low, high = _days(edtf)
            if low is not None and high is not None:
                shown = f"{'born' if predicate == 'birth' else 'died'} {in_words(edtf)}"
                people[label.casefold()].append(
                    _Lived(label, subject, predicate, source, low, high, shown, (said,))
                )
            continue
        one, before = place(source, start)
        if one is not None and (
            lived := _aged(
                view, one, before, int(number), start - one.start, end - one.start, day.get(source)
            )
        ):
            low, high, when, more = lived
            shown = f"{int(number)} years old ({in_words(when)})"
            people[label.casefold()].append(
                _Lived(label, subject, "age", source, low, high, shown, (said, *more))
            )
    beside = are_beside(view)
    for lives in people.values():
        yield from _compared(lives, beside, held)


def _told_ages(view: View) -> tuple[Finding, ...]:
    return tuple(ages(view))


def _places(view: View) -> Callable[[str, int], tuple[Sentence | None, Sentence | None]]:
    """Return what gives the sentence around a place, and the one before it."""
    by_source: dict[str, list[Sentence]] = defaultdict(list)
    for one in sentences(view):
        by_source[one.source].append(one)
    starts = {source: [one.start for one in found] for source, found in by_source.items()}

    def place(source: str, at: int) -> tuple[Sentence | None, Sentence | None]:
        index = bisect_right(starts.get(source, []), at) - 1
        one = by_source[source][index] if index >= 0 else None
        if one is None or at >= one.end:
            return None, None
        return one, by_source[source][index - 1] if index else None

    return place


def _datelines(view: View) -> dict[str, tuple[str, Said]]:
    """Return the day of each source that a short line at its beginning gives."""
    dates = dated(view)
    found: dict[str, tuple[str, Said]] = {}
    seen: dict[str, int] = defaultdict(int)
    for one in sentences(view):
        seen[one.source] += 1
        if seen[one.source] > _HEAD or one.source in found or len(one.text) > _SHORT:
            continue
        told = [d for d in dates(one) if not d.is_lent and len(d.edtf) > len("1994")]
        if len(told) == 1 and len(dates(one)) == 1:
            found[one.source] = told[0].edtf, one.said(told[0].start, told[0].end)
    return found


def _aged(
    view: View,
    one: Sentence,
    before: Sentence | None,
    age: int,
    start: int,
    end: int,
    source_day: tuple[str, Said] | None,
) -> tuple[int, int, str, tuple[Said, ...]] | None:
    """Return between which days somebody of an age was born, the date of the age, and where that stands."""
    lead = one.text[:start]
    words = one.text[start:end]
    if (
        _LOOSE.search(lead)
        or _LOOSE.search(words[: len(words) - len(words.split()[-1])])
        or _OTHERS.search(lead)
    ):
        return None
    if re.search(r"\b(?:I|me|my)\b", one.text) and "“" not in one.text and '"' not in one.text:
        return None  # a teller, who is the work of `tellers`
    low_edge, high_edge = lead.rfind(";") + 1, one.text.find(";", end) % (len(one.text) + 1)
    told: list[ToldDate] = [
        d
        for d in dated(view)(one)
        if low_edge <= d.start < high_edge and not _BIRTH.search(one.text[: d.start]) and len(words) < _SHORT
    ]
    is_now = re.match(r"(?:is|now|today|currently)\b", words) is not None or _NOW.search(lead) is not None
    more: tuple[Said, ...]
    if is_now and not _PAST.search(words):
        if source_day is None:
            return None
        edtf, said = source_day
        more = (said,)
    elif len(told) == 1 and abs(told[0].start - end) < _SHORT:
        edtf, more = told[0].edtf, (one.said(told[0].start, told[0].end),)
    elif not told and before is not None and _THEN.search(one.text) and len(dated(view)(before)) == 1:
        (then,) = dated(view)(before)
        edtf, more = then.edtf, (before.said(then.start, then.end),)
    else:
        return None
    low, high = _days(edtf)
    if low is None or high is None:
        return None
    least = age if re.search(r"\bturned\s$", lead) else age + 1
    return low - int(least * 365.25) + 1, high - int(age * 365.25) + 1, edtf, more


def _days(edtf: str) -> tuple[int | None, int | None]:
    found = bounds(edtf)
    if found.earliest is None or found.latest is None:
        return None, None
    return day_number(found.earliest), day_number(found.latest)


def _compared(
    lives: list[_Lived], beside: Callable[[str, str], bool], held: set[tuple[str, int]]
) -> Iterator[Finding]:
    shown: set[tuple[str, str]] = set()
    fitting: set[int] = set()
    for left, right in combinations(lives[:_MOST], 2):
        if (left.what == "death") != (right.what == "death"):
            continue
        is_one = left.entity == right.entity
        is_apart = left.source != right.source
        if not is_one and not (is_apart and beside(left.source, right.source)):
            continue
        if not is_apart and not (is_one and left.what != right.what):
            continue
        gap = max(left.low - right.high, right.low - left.high)
        is_aged = "age" in (left.what, right.what)
        if any(
            (said.member.source, said.member.start) in held
            for one in (left, right)
            if one.what == "age"
            for said in one.said
        ):
            continue
        ends = sorted((left.source, right.source))
        if gap <= (3 if is_aged else 0):
            if is_aged and left.what != right.what and is_one and not is_apart:
                birth, aged = (left, right) if right.what == "age" else (right, left)
                summary = f"{birth.name}, {birth.shown}, was {aged.shown}: that fits."
                if aged.said[0].member.start not in fitting:
                    fitting.add(aged.said[0].member.start)
                    yield finding("F017", "arithmetic-check", "ok", summary, [*aged.said, *birth.said])
            continue
        if not is_apart or (not is_aged and is_one) or (ends[0], ends[1]) in shown:
            continue  # births and deaths of one person: `conflicting_dates`
        shown.add((ends[0], ends[1]))
        kind = (
            "value-conflict"
            if left.what == right.what == "age"
            else "arithmetic-check"
            if is_aged
            else "date-conflict"
        )
        perhaps = "" if is_one else "; they may be two people"
        summary = (
            f"{left.name}: {left.shown} ({left.source}) against {right.shown} ({right.source}){perhaps}."
        )
        said = [*left.said[:2], *right.said[:2]]
        if kind == "value-conflict":
            yield finding("F017", "value-conflict", "info", summary, said, days=gap)
        elif kind == "arithmetic-check":
            yield finding("F017", "arithmetic-check", "info", summary, said, days=gap)
        else:
            yield finding("F017", "date-conflict", "info", summary, said, days=gap)
