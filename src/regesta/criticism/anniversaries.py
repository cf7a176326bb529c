"""F027: "the fifth anniversary" in a year against the year of what is remembered.

    opened on 20 September 1945, in 1955 the tenth anniversary             1945 + 10 = 1955: ok
    founded in 1948, in 1999 "the fiftieth anniversary of its founding"      1948 + 50 = 1998, not 1999

What is remembered is what the subject is known to have begun with; where it has several such dates, the one that fits is meant. That
none fits is a fault only where the words name the beginning, else it may be the anniversary of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from regesta.criticism.grown import remembered
from regesta.criticism.view import Said, View, finding
from regesta.model import Finding

__all__ = ["anniversaries"]

_BEGUN: Final = """
with told as (
    select c.id, c.source, c.subject, c.value_number as n, year(c.earliest) as y, e.start_char, e.quote, c.fingerprint
    from claims c join claim_evidence e on e.claim = c.id and e.position = 0
    where c.value_unit = 'anniversary' and c.value_number >= 1 and c.modality = 'asserted' and c.rank <> 'deprecated'
      and c.earliest is not null and year(c.earliest) = year(c.latest)
), begun as (
    select t.id as anniversary, c.id, c.predicate, year(c.earliest) as y, coalesce(c.value_edtf, c.when_edtf) as edtf,
           e.source, e.start_char, e.quote, c.fingerprint
    from told t join claims c on c.subject = t.subject and c.predicate in ('opened', 'effective', 'birth', 'death', 'event')
    join claim_evidence e on e.claim = c.id and e.position = 0
    where c.modality = 'asserted' and c.rank <> 'deprecated' and c.earliest is not null
      and (c.predicate = 'effective' or year(c.earliest) = year(c.latest)) and year(c.earliest) < t.y
      and (c.predicate <> 'event' or regexp_matches(lower(e.quote), ?))
)
select t.source, t.n, t.y, t.start_char, t.quote, t.fingerprint, e.label,
       list({'predicate': b.predicate, 'y': b.y, 'edtf': b.edtf, 'source': b.source, 'at': b.start_char, 'quote': b.quote,
             'says': b.fingerprint} order by b.source <> t.source, b.predicate <> 'opened', b.y, b.start_char)
from told t join begun b on b.anniversary = t.id join entities e on e.id = t.subject
group by all order by t.source, t.start_char
"""

_FOUNDED: Final = r"found|establish|open|creat|begin|began|start|launch|inaugurat|sign|built|set up|born|died|introduced|enacted"

_NAMES: Final = {
    "opened": r"anniversary of (?:its|the|his|her|their) (?:\w+ )?(?:opening|founding|foundation|establishment|launch|inauguration)",
    "birth": r"anniversary of (?:his|her|the) birth",
    "death": r"anniversary of (?:his|her|the) death",
}
"""The words that name what is remembered."""
_ITS: Final = re.compile(
    r"[^.;]{0,60}?\b(?:was|were) (?:founded|opened|established|launched|inaugurated|set up)\b[^.;]{0,40}?\band (?:has )?[a-z]+ its [\w-]+ anniversary"
)
"""A beginning and the anniversary of the same thing in one breath."""


def anniversaries(view: View) -> Iterator[Finding]:
    """Hold an anniversary against the date of what it remembers."""
    held = list(_held(view))
    yield from held
    yield from remembered(view, [member for one in held for member in one.members])


def _held(view: View) -> Iterator[Finding]:
    for source, n, year, start, quote, says, label, begun in view.rows(
        _BEGUN, [_FOUNDED], needs={"anniversaries": 1, "opened|effective|birth|death|event": 1}
    ):
        low, high = _words(quote)
        told = Said(Said.passage(source, start + low, start + high, quote[low:high]).member, says)
        fitting = [one for one in begun if one["y"] + n == year]
        if fitting:
            one = fitting[0]
            working = f"{one['y']} + {int(n)} = {year}"
            summary = f"{label}: {working}, the year of the anniversary ({one['edtf']})."
            yield finding("F027", "arithmetic-check", "ok", summary, [_said(one), told], working=working)
            continue
        named = [
            one
            for one in begun
            if re.search(_NAMES.get(one["predicate"], r"(?!)"), quote[low:] + " ", re.IGNORECASE)
            or (
                one["source"] == source
                and start <= one["at"] < start + low
                and _ITS.match(quote, one["at"] - start)
            )
        ]
        if len({one["y"] for one in named}) == 1:
            one = named[0]
            working = f"{one['y']} + {int(n)} = {one['y'] + int(n)}"
            summary = f"{label}: {working}, but the anniversary is set in {year}."
            yield finding("F027", "sum-mismatch", "warning", summary, [_said(one), told], working=working)


def _words(quote: str) -> tuple[int, int]:
    """Return where the words about the anniversary stand in a passage."""
    found = re.search(r"anniversar", quote, re.IGNORECASE)
    if found is None:
        return 0, min(len(quote), 100)
    low = quote.rfind(" ", 0, max(0, found.start() - 40)) + 1
    high = quote.find(" ", min(len(quote), found.end() + 50))
    return low, high if high > 0 else len(quote)


def _said(one: dict[str, Any]) -> Said:
    """Return the words that date the beginning."""
    years = re.search(rf"\b{one['y']}\b", one["quote"])
    high = years.end() if years else min(len(one["quote"]), 100)
    low = one["quote"].rfind(" ", 0, high - 60) + 1 if high > 60 else 0
    passage = Said.passage(one["source"], one["at"] + low, one["at"] + high, one["quote"][low:high])
    return Said(passage.member, one["says"])
