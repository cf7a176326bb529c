"""Part of F009: an age that is told against the birth, at the day that the words beside the age give.

    born 3 March 1821 ... crossed the Rhine on 24 July 1849, aged 28        28: ok
    born 3 March 1821 ... landed on 9 May 1851, aged 32                     30, not 32
    has died at the age of 63 ... born on 19 February 1948 ... died on 12 June 2011     63: ok

The day is the nearest date before the age in its sentence, or the one that follows at once, or the beginning of its entry; of an
age at death, else the death. What has none of these is left alone: a date from afar may be that of another thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from regesta.criticism.sentence_figures import ToldDate, dates_of
from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import NUMBER, Block, blocks_saying, number_of, stretches
from regesta.dates import bounds
from regesta.model import Finding

__all__ = ["ages"]

_N: Final = rf"(?i:{NUMBER})"
_AGE: Final = re.compile(
    rf"\b(?:(?P<at>[Aa]t the age of|[Aa]t age|[Aa]ged|[Aa]t the time|âgée? de|im Alter von|[Aa]t)\s(?P<n>{_N})\b(?!\s?(?:%|per|months|weeks|days|o'clock|[ap]\.?m\b|metres|miles|km))(?P<years>\s(?:years?|ans|Jahren?)\b)?"
    rf"|(?P<m>{_N})[ -]years?[ -]old\b)"
)
_WORDS: Final = ("age", "time", "âgé", "alter", "year", "ans", "jahr")
_REACH: Final = 130
"""What an age cannot be told without, and how far from it the telling goes."""
_CUE: Final = r"(?i)\baged? (?:of )?(?:[0-9]{1,3}|[a-z]+)\b|[0-9a-z]+[ -]years?[ -]old\b|\bim Alter von [0-9]+|âgée? de [0-9]+"
_PEOPLE: Final = """
with asked as (
    select unnest(range(?)) as n, unnest(?::varchar[]) as source, unnest(?::bigint[]) as first, unnest(?::bigint[]) as last
), named as (
    select a.n, m.entity, m.start_char, m.end_char, m.quote from asked a
    join mentions m on m.source = a.source and m.start_char >= a.first and m.start_char < a.last and m.form = 'name'
    join entities e on e.id = m.entity and e.kind = 'person'
)
select n, entity, min(start_char), arg_min(quote, start_char) from named group by all order by n, 3
"""
_SUBJECTS: Final = """
with asked as (
    select unnest(range(?)) as n, unnest(?::varchar[]) as source, unnest(?::bigint[]) as first, unnest(?::bigint[]) as last
)
select a.n, c.subject, min(e.start_char), '' from asked a
join claim_evidence e on e.source = a.source and e.position = 0 and e.start_char between a.first and a.last
join claims c on c.id = e.claim and c.predicate = 'age' and c.subject_kind = 'person'
group by all order by a.n
"""
_LIVED: Final = """
select c.subject, c.predicate, c.value_edtf, c.id, c.source, e.label from claims c join entities e on e.id = c.subject
where c.subject in (select unnest(?::varchar[])) and c.predicate in ('birth', 'death') and c.value_type = 'date'
  and c.modality = 'asserted' and c.rank <> 'deprecated' and c.earliest is not null and c.latest is not null
  and not regexp_matches(c.value_edtf, '[~?%X/]')
order by c.subject, c.predicate, c.source, c.id
"""
_DIED: Final = re.compile(
    r"\b(?:died|dies|death|dead|passed away|killed|mort|gestorben|starb|décédée?)\b", re.IGNORECASE
)
_OTHERS: Final = re.compile(
    r"\b(?:whose|with (?:an?|the|two|three|four|his|her) (?:\w+ )?\w+|(?:his|her|their) (?:\w+ )?(?:friend|cousin|uncle|aunt|nephew|niece|companion)|"
    r"brothers?|sisters?|sons?|daughters?|wife|husband|mother|father|child\w*|grand\w+)\b[^.;]*$",
    re.IGNORECASE,
)
"""Words after which the age may be somebody else's."""
_LOOSE: Final = re.compile(
    r"\b(?:about|around|some|nearly|almost|over|under|perhaps|or|said to be|claimed|barely|not yet|just)\s$",
    re.IGNORECASE,
)
_FAR: Final = 110
"""Code points between a date and the age that belongs to it."""
_OLDEST: Final = 115


def ages(view: View) -> Iterator[Finding]:
    """Hold ages against births, at the days that the words beside them give."""
    asked = [
        (block, match)
        for block in blocks_saying(view, _CUE)
        for low, high in stretches(block.text, _WORDS, _REACH, _REACH)
        for match in _AGE.finditer(block.text, low, high)
        if (match["m"] or match["years"] or len(match["at"]) > 2)
    ]
    if not asked:
        return
    spans = []
    for block, match in asked:
        low, high = block.sentence(match.start())
        spans.append((block.source, block.start + low, block.start + high))
    found: dict[int, list[tuple[Any, ...]]] = {}
    sources, firsts, lasts = ([span[i] for span in spans] for i in range(3))
    for n, *row in view.rows(_PEOPLE, [len(spans), sources, firsts, lasts]):
        found.setdefault(n, []).append(tuple(row))
    bare = [n for n in range(len(asked)) if n not in found]
    places = [
        (asked[n][0].source, asked[n][0].start + asked[n][1].start(), asked[n][0].start + asked[n][1].end())
        for n in bare
    ]
    sources, firsts, lasts = ([place[i] for place in places] for i in range(3))
    for at, *row in view.rows(_SUBJECTS, [len(places), sources, firsts, lasts]) if places else ():
        found.setdefault(bare[at], []).append(tuple(row))
    lived: dict[str, dict[str, list[tuple[Any, ...]]]] = {}
    for subject, *row in view.rows(_LIVED, [sorted({row[0] for rows in found.values() for row in rows})]):
        lived.setdefault(subject, {}).setdefault(row[0], []).append(tuple(row[1:]))
    judged = []
    for n, rows in found.items():
        if len(rows) != 1 or rows[0][0] not in lived:
            continue
        block, match = asked[n]
        _, first, last = spans[n]
        one = _judged(block, match, (first - block.start, last - block.start), rows[0], lived[rows[0][0]])
        if one is not None:
            judged.append(one)
    passages = view.claims(claim for one in judged for claim in (one[0], one[8]) if claim)
    for birth, label, born, when, age, said, is_sure, more, death in judged:
        low, high = _between(born, when)
        if high < 0 or low > _OLDEST:
            continue
        holds = low <= age <= high
        if not holds and not is_sure:
            continue
        words = str(low) if low == high else f"{low} or {high}" if high == low + 1 else f"{low} to {high}"
        yield finding(
            "F009",
            "arithmetic-check" if holds else "chronology",
            "ok" if holds else "warning",
            f"{label}, born {born}, was {words} {'on' if len(when) == len('1997-02-12') else 'in'} {when}; the text says {age}.",
            [said, passages[birth][0], *more, *(passages[death][:1] if death else ())],
            born=born, when=when, age=age, least=low, most=high,
        )  # fmt: skip


def _judged(
    block: Block,
    match: re.Match[str],
    sentence: tuple[int, int],
    person: tuple[Any, ...],
    lived: dict[str, list[tuple[Any, ...]]],
) -> tuple[str, str, str, str, int, Said, bool, list[Said], str] | None:
    """Return birth, name, dates, age and passages of one age, which a sentence tells; None where its day is not known."""
    births, deaths = lived.get("birth", []), lived.get("death", [])
    age = number_of(match["n"] or match["m"])
    low, high = sentence
    if age is None or not 0 < age <= _OLDEST or len({one[0] for one in births}) != 1:
        return None
    lead = block.text[low : match.start()]
    named = max(low, person[1] - block.start + len(person[2])) if person[2] else low
    if _LOOSE.search(lead) or _OTHERS.search(block.text[named : match.start()]):
        return None
    born, birth, source, label = births[0]
    told = _day(block, match, low, high)
    more: list[Said] = []
    death = ""
    is_end = (
        told is not None and told.end <= match.start() and _DIED.search(block.text[told.end : match.start()])
    )
    if told is None or told.edtf == born or (is_end and deaths):
        if len({one[0] for one in deaths}) != 1 or not _DIED.search(block.text[low:high]):
            return None
        when, death, is_own = deaths[0][0], deaths[0][1], deaths[0][2] == block.source
        start = match.start()
    else:
        when, is_own = told.edtf, not told.is_lent
        start = min(match.start(), told.start)
        if told.start > match.end():
            more = [block.said(told.start, told.end)]
    start = start if match.start() - start <= _FAR else match.start()
    said = block.said(start, match.end())
    is_sure = is_own and source == block.source and " " in label and bool(person[2])
    return birth, label, born, when, age, said, is_sure, more, death


def _day(block: Block, match: re.Match[str], low: int, high: int) -> ToldDate | None:
    """Return the date that an age belongs to."""
    dates = [one._replace(start=one.start + low, end=one.end + low) for one in dates_of(block.text[low:high])]
    before = [one for one in dates if one.end <= match.start()]
    after = [one for one in dates if one.start >= match.end()]
    if after and re.fullmatch(
        r",?\s(?:(?:in|on|im|am|le|en)\s(?:the )?)?", block.text[match.end() : after[0].start]
    ):
        return after[0]
    if not before:
        return None
    last = before[-1]
    between = block.text[last.end : match.start()]
    if (
        len(between) > _FAR
        or re.search(r"[;(]|\bborn\b", between)
        or re.search(r"\bborn\b[^,;]{0,20}$", block.text[low : last.start])
    ):
        return None
    return last


def _between(born: str, when: str) -> tuple[int, int]:
    """Return the least and the greatest age that somebody born then was at another date.

    >>> _between("1821-03-03", "1849-07-24"), _between("1821", "1889-12-02")
    ((28, 28), (67, 68))
    """
    birth, day = bounds(born), bounds(when)
    assert birth.earliest is not None
    assert birth.latest is not None
    assert day.earliest is not None
    assert day.latest is not None
    least = _years(birth.latest, day.earliest)
    return max(least, 0) if _years(birth.earliest, day.latest) >= 0 else least, _years(
        birth.earliest, day.latest
    )


def _years(first: Any, last: Any) -> int:
    return int(last.year - first.year - ((last.month, last.day) < (first.month, first.day)))
