"""F040: words told of one thing by two sources that cannot both hold, and places of what happens once.

    accused_kin   father          grandfather            value-conflict: whose deed it was
    vehicle       fishing boat    MiG-15                 info: a journey may have two legs
    rank          colonel         colonel of artillery   one says the other more precisely
    birth         in Kraków       in Gdańsk              value-conflict: one is born once
    birth         in Kraków       in Poland              one says the other more precisely

The vocabulary says which predicates are asked, how loudly, and what excludes what (`vocab.excludes`). A source that has two
such values itself tells of two things and is left out; so is what another time, event or part may explain. Places are
compared where the gazetteer is sure of both and both are towns, for borders move. Many roles are one person's: none is asked.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from regesta.criticism.likeness import loose
from regesta.criticism.view import View, finding
from regesta.dates import overlaps
from regesta.model import Finding
from regesta.model.finding import Severity
from regesta.vocab import excludes, predicates

__all__ = ["conflicting_texts"]

_MOST: Final = 24
"""Distinct values of one subject that are compared with one another."""

_ONCE: Final = ("birth", "death", "opened")
"""What happens at one place."""

_NEAR: Final = 60.0
"""Kilometres within which two towns may be one place, loosely told."""

_TEXTS: Final = """
with said as (
    select c.subject, e.label, c.predicate, c.at_event, c.subset, c.value_text as words, c.source, c.id, c.when_edtf,
           c.where_text
    from claims c join entities e on e.id = c.subject
    where c.predicate in (select unnest(?::varchar[])) and c.value_type in ('text', 'entity') and c.value_text is not null
      and c.modality = 'asserted' and c.rank <> 'deprecated' and c.said_by is null and e.is_named and e.kind <> 'topic'
    union all
    select c.subject, e.label, c.predicate, null, c.subset, c.where_text, c.source, c.id, null, null
    from claims c join entities e on e.id = c.subject
    where c.predicate in (select unnest(?::varchar[])) and c.value_type = 'date' and c.where_text is not null
      and c.modality = 'asserted' and c.rank <> 'deprecated' and c.said_by is null and e.is_named and e.kind <> 'topic'
), several as (
    select subject, predicate, at_event, subset from said group by all
    having count(distinct source) > 1 and count(distinct lower(words)) > 1
)
select s.subject, s.predicate, s.at_event, s.subset, s.label, s.words, s.source, s.id, s.when_edtf, s.where_text
from said s join several t on t.subject = s.subject and t.predicate = s.predicate
  and t.at_event is not distinct from s.at_event and t.subset is not distinct from s.subset
qualify row_number() over (partition by s.subject, s.predicate, s.at_event, s.subset, s.source, lower(s.words)
                           order by s.id) = 1
order by s.subject, s.predicate, s.at_event, s.subset, s.source, s.id
"""


class _Worded(NamedTuple):
    label: str
    words: str
    source: str
    claim: str
    when: str | None
    where: str | None


def conflicting_texts(view: View) -> Iterator[Finding]:
    """Tell of words and places in two sources that exclude one another."""
    known = predicates()
    asked = [name for name, p in known.items() if p.exclusive is not None and p.differs is not None]
    groups: dict[tuple[str, ...], list[_Worded]] = {}
    for *key, label, words, source, claim, when, where in view.rows(
        _TEXTS, [asked, list(_ONCE)], needs={"sources": 2, "|".join({*asked, *_ONCE}): 2}
    ):
        groups.setdefault(tuple(key), []).append(_Worded(label, words, source, claim, when, where))
    found = []
    for (_, predicate, *_), values in groups.items():
        pair = _conflict(values[:_MOST], _rule(predicate))
        if pair is not None:
            found.append((predicate, pair))
    view.prepare(one.claim for _, pair in found for one in pair)
    alike = loose(view, [(pair[0].claim, pair[1].claim) for *_, pair in found])
    for predicate, (left, right) in found:
        if not view.surely([left.claim, right.claim]):
            continue
        passages = view.claims([left.claim, right.claim])
        place = predicate in _ONCE
        loudly: Severity = "warning" if place else known[predicate].differs or "info"
        name = f"place of {predicate}" if place else predicate.replace("_", " ")
        yield finding(
            "F040",
            "value-conflict",
            "info" if (left.claim, right.claim) in alike else loudly,
            f"{left.label}: {name} “{left.words}” ({left.source}) against “{right.words}” ({right.source}).",
            [passages[left.claim][0], passages[right.claim][0]],
            predicate=predicate,
            values=[left.words, right.words],
        )


def _rule(predicate: str) -> Callable[[_Worded, _Worded], bool]:
    """Return what says that two values of a predicate cannot both hold."""
    if predicate in _ONCE:
        return lambda a, b: _far(a.words, b.words)
    is_dated = predicates()[predicate].exclusive == "outcome"

    def rule(a: _Worded, b: _Worded) -> bool:
        if (is_dated and not (a.when and b.when)) or (
            a.when and b.when and overlaps(a.when, b.when) is False
        ):
            return False
        if a.where and b.where and a.where.casefold() != b.where.casefold():
            return False
        return excludes(predicate, a.words, b.words)

    return rule


def _conflict(
    values: Sequence[_Worded], rule: Callable[[_Worded, _Worded], bool]
) -> tuple[_Worded, _Worded] | None:
    """Return the first two of different sources that exclude one another, None where all may hold."""
    clashing = [(a, b) for a, b in combinations(values, 2) if rule(a, b)]
    torn = {a.source for a, b in clashing if a.source == b.source}
    agreed = {
        frozenset((a.source, b.source))
        for a, b in combinations(values, 2)
        if a.source != b.source and a.words.casefold() == b.words.casefold()
    }
    return next(
        (
            (a, b)
            for a, b in clashing
            if not {a.source, b.source} & torn and frozenset((a.source, b.source)) not in agreed
        ),
        None,
    )


def _far(left: str, right: str) -> bool:
    """Whether two names mean towns that lie apart.

    >>> _far("Leipzig", "Dresden"), _far("Leipzig", "Saxony"), _far("Leipzig", "near Leipzig, Saxony")
    (True, False, False)
    """
    from regesta.places import settled

    if left.casefold() in right.casefold() or right.casefold() in left.casefold():
        return False
    a, b = settled(left), settled(right)
    if a is None or b is None or a.kind != "city" or b.kind != "city" or a.id == b.id:
        return False
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return False
    return _kilometres(a.latitude, a.longitude, b.latitude, b.longitude) > _NEAR


def _kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the distance on a sphere (haversine formula; radius 6,371 km, IUGG mean)."""
    p, q = math.radians(lat), math.radians(other_lat)
    half = math.sin((q - p) / 2) ** 2
    half += math.cos(p) * math.cos(q) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(half))
