"""What the claims of a chronicle come to for each person: one sketch a person, filled in two passes over the tables.

    claims about people ──► arrivals, roles, ages, works, kin, signals of risk     with the id of each claim
    texts and mentions  ──► what stands right before and behind a name             "President X", "the X government"

A sketch is what `classes` judges and `counts` counts. Memory grows with the people, not with the texts: one source is held
at a time. Nothing here judges.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from regesta.dates import bounds
from regesta.errors import DateError
from regesta.protection.sketch import Age, Hint, Sketch
from regesta.protection.surroundings import note_description, note_pronoun, note_surroundings
from regesta.protection.words import speech, words_in

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["Sketch", "Texts", "sketches", "source_days"]

_OUTSPOKEN: Final = frozenset(
    {"event", "role", "role_after", "status", "superlative", "first", "location", "authored", "award"}
)
"""Predicates whose words are about the subject."""
_TELLING: Final = frozenset({"asserted", "reported"})
_BEFORE: Final = 48
_BEHIND: Final = 240
_PASSIVE: Final = frozenset({"by", "with", "to", "from", "of", "against", "paid", "pay"})
"""Words before a helper that make somebody else of them: "was guided by a smuggler"."""
_LENT: Final = (
    "select distinct a.id from claims a join claim_evidence x on x.claim = a.id and x.position > 0"
    " join claim_evidence y on y.source = x.source and y.start_char = x.start_char and y.end_char = x.end_char and y.position = 0"
    " join claims b on b.id = y.claim and b.predicate = 'arrival' and b.subject <> a.subject where a.predicate = 'arrival'"
)
"""Arrivals whose date stands in the passage of somebody else's."""


def sketches(chronicle: Chronicle) -> dict[str, Sketch]:
    """Return a sketch of every person and group of a chronicle, by entity."""
    found = {row.id: Sketch(row, size=row.group_size or 1) for row in chronicle.people()}
    _read_claims(chronicle, found)
    _read_mentions(chronicle, found)
    return found


def source_days(chronicle: Chronicle, on: dt.date) -> dict[str, dt.date]:
    """Return for each source the last day that it is known to speak of: its own date, else the latest that it tells.

    A source without any date is left out; nothing lies behind `on`.
    """
    told = chronicle.sql(
        "select source, max(earliest) from claims where modality in ('asserted', 'reported') and earliest <= ? "
        "group by source",
        [on],
    )
    days: dict[str, dt.date] = {source: day for source, day in told if day is not None}
    for source, edtf in chronicle.sql("select source, date from citations where date is not null"):
        if (day := first_day(edtf)) is not None and day <= on:
            days[source] = max(day, days.get(source, day))
    for source, edtf in chronicle.sql("select name, date from sources where date is not null"):
        if (day := first_day(edtf)) is not None:
            days[source] = min(day, on)
    return days


def first_day(edtf: str | None) -> dt.date | None:
    """Return the first day that a date may mean, None where the calendar has none."""
    return _day(edtf, 0)


def last_day(edtf: str | None) -> dt.date | None:
    """Return the last day that a date may mean."""
    return _day(edtf, 1)


def _day(edtf: str | None, side: int) -> dt.date | None:
    try:
        reach = bounds(edtf) if edtf else None
    except DateError:
        return None
    day = None if reach is None else reach.latest if side else reach.earliest
    if day is None or not 1 <= day[0] <= 9999:
        return None
    return dt.date(day[0], day[1], day[2])


def _read_claims(chronicle: Chronicle, found: Mapping[str, Sketch]) -> None:
    query = (
        "select c.id, c.source, c.subject, c.predicate, c.value_text, c.value_edtf, c.value_entity, c.value_number, c.value_low,"
        " c.value_unit, c.when_edtf, c.where_text, c.modality, c.at_event, c.subset, e.quote"
        " from claims c join claim_evidence e on e.claim = c.id and e.position = 0"
        " where c.rank <> 'deprecated' and (c.subject_kind in ('person', 'group') or c.predicate in ('kin', 'accused_kin', 'companion'))"
        " order by c.id"
    )
    lent = {claim for (claim,) in chronicle.sql(_LENT).rows}
    for row in chronicle.stream(query):
        (
            claim,
            source,
            subject,
            predicate,
            text,
            edtf,
            entity,
            number,
            low,
            unit,
            when,
            where,
            modality,
            event,
            subset,
            quote,
        ) = row
        if predicate in {"kin", "accused_kin"} and entity in found:
            found[entity].kin.append(claim)
        sketch = found.get(subject)
        if sketch is None:
            continue
        sketch.sources.add(source)
        sketch.n_claims += 1
        if predicate == "kin" and subset is None:
            sketch.kin.append(claim)
        if predicate in {"kin", "companion"} and text and subset is None:
            sketch.company.append(text)
        if modality == "denied" or subset is not None:
            continue
        if predicate == "group_size" and number is None and low is not None:
            sketch.size = max(sketch.size, int(min(low, 10**9)))
        if modality in _TELLING:
            sketch.n_lent += claim in lent and bool(edtf)
            _note(sketch, predicate, claim, text, edtf, when, where)
        if predicate == "birth" and edtf:
            sketch.births.append(edtf)
        if (
            predicate == "age"
            and unit in {"year", "month", "week", "day"}
            and (number is not None or low is not None)
        ):
            years = (number if number is not None else low) if unit == "year" else 0.0
            sketch.ages.append(Age(years, when, event is not None, source))
        if predicate in _OUTSPOKEN and text:
            _hints(sketch, predicate, claim, text, when, quote, is_told=modality in _TELLING)


def _note(
    sketch: Sketch,
    predicate: str,
    claim: str,
    text: str | None,
    edtf: str | None,
    when: str | None,
    where: str | None,
) -> None:
    """Note what a claim says that is asserted or reported."""
    if predicate == "arrival" and edtf:
        sketch.arrivals.append((edtf, where))
    elif predicate == "death":
        if edtf or not _is_only_feared(text or ""):
            sketch.deaths.append(claim)
    elif predicate in {"role", "role_after", "rank"} and text:
        sketch.roles.append((text, claim))
    elif predicate == "departure":
        sketch.departures.append(edtf or when or "")
    elif predicate in {"imprisoned_at", "imprisoned_for"}:
        sketch.prisons.append(claim)
    if predicate in {"role_after", "authored", "status"}:
        sketch.later.append(claim)


def _is_only_feared(text: str) -> bool:
    words = set(words_in(text))
    return bool(
        words
        & {
            "sentence",
            "sentenced",
            "threat",
            "threats",
            "threatened",
            "nearly",
            "almost",
            "attempt",
            "penalty",
            "feared",
            "row",
        }
    )


def _hints(
    sketch: Sketch, predicate: str, claim: str, text: str, when: str | None, quote: str, *, is_told: bool
) -> None:
    """Note the words of a claim that speak for a class."""
    phrases = speech()
    words = words_in(text)
    is_lasting = any(kind == "lasting" for kind, _, _ in phrases.risks.found(text, words))
    for kind, phrase, start in phrases.risks.found(text, words):
        if kind == "minor":
            if predicate == "role" and words and " ".join(words[-len(phrase.split()) :]) == phrase:
                sketch.called_child.append(claim)
        elif kind != "lasting" and not (kind == "helper" and set(words[: max(0, start)]) & _PASSIVE):
            sketch.risks.append(Hint(kind, phrase, claim, when, is_lasting))
    if not is_told:
        return
    if predicate in {"role", "role_after"}:
        sketch.public += [Hint("public", word, claim) for word in _offices(text)]
    if predicate in {"role", "role_after", "event", "award", "superlative"}:
        for _, phrase, _ in phrases.prominent.found(text, words):
            if predicate != "superlative" or phrase in {"highest ranking", "highest-ranking", "most senior"}:
                sketch.public.append(Hint("prominent", phrase, claim))
    told = f"{text}\n{quote}" if predicate == "authored" else text
    sketch.disclosed += [Hint("disclosure", phrase, claim) for _, phrase, _ in phrases.disclosing.found(told)]
    if predicate == "authored":
        sketch.disclosed += [Hint("work", phrase, claim) for _, phrase, _ in phrases.published.found(told)]


def _offices(text: str) -> Iterator[str]:
    """Yield the public offices that a role is: the last word before "of", "to", "for"; never somebody else's."""
    phrases = speech()
    for part in _parts(text):
        words = words_in(part)
        end = next(
            (
                i
                for i, word in enumerate(words)
                if word in {"of", "to", "for", "in", "at", "under", "with", "from", "by", "who"}
            ),
            len(words),
        )
        for class_, phrase, start in phrases.public.found(part, words):
            length = len(phrase.split())
            if class_ and (start < 0 or start + length == end or (start < end < start + length)):
                yield phrase


def _parts(text: str) -> list[str]:
    """Return the parts of a role that stand beside one another; "minister's driver" is one."""
    joined = text[:2000]
    for sign in (" and ", ";", ",", "/"):
        joined = joined.replace(sign, "\n")
    return ["" if _is_anothers(part) else part for part in joined.split("\n")]


def _is_anothers(part: str) -> bool:
    """Return whether the office in a part belongs to somebody else: a possessive stands behind it."""
    low = part.casefold().replace("’", "'")
    head = low.split(" of ")[0]
    if "'s " not in head:
        return False
    owner = head.split("'s ")[0].split()
    return any(True for _ in speech().public.found(" ".join(owner)))


def _read_mentions(chronicle: Chronicle, found: Mapping[str, Sketch]) -> None:
    """Note what stands around names, who is called a child, and by which pronouns."""
    query = (
        "select m.source, m.start_char, m.end_char, m.entity, m.quote, m.form from mentions m"
        " join entities e on e.id = m.entity where e.kind in ('person', 'group') order by m.source, m.start_char"
    )
    texts = Texts(chronicle)
    for source, rows in groupby(chronicle.stream(query), key=lambda row: row[0]):
        text = texts.of(source)
        for _, start, end, entity, quote, form in rows:
            sketch = found.get(entity)
            if sketch is None:
                continue
            if form == "pronoun":
                note_pronoun(sketch, quote.casefold())
            elif form == "description":
                note_description(sketch, quote)
            else:
                sketch.sources.add(source)
                sketch.mentioned.add(" ".join(quote.removesuffix("'s").removesuffix("’s").split()))
                note_surroundings(sketch, text[max(0, start - _BEFORE) : start], text[end : end + _BEHIND])


class Texts:
    """The texts of a chronicle in the order of their sources, one in memory at a time."""

    def __init__(self, chronicle: Chronicle) -> None:
        rows: Iterable[tuple[Any, ...]] = chronicle.stream(
            "select source, text from texts order by source, start_char"
        )
        self._groups = groupby(rows, key=lambda row: row[0])
        self._source: str | None = None
        self._text = ""

    def of(self, source: str) -> str:
        """Return the text of a source; sources must be asked for in their order."""
        while self._source is None or self._source < source:
            try:
                name, rows = next(self._groups)
            except StopIteration:
                return ""
            self._source = name
            self._text = "".join(text for _, text in rows) if name == source else ""
        return self._text if self._source == source else ""
