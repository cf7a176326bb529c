"""F014: one person with two entries in a list that has one for each.

    • 31 May 1996 – the writer Ana Sousa and ...         the first name in an entry is whose it is
    • Ana Sousa, a playwright                            again

A line that begins with its day ("May 23 – Élie Roussel") is an entry whatever its reader took it for. Only a list whose entries are mostly of different people: in a chronicle of events the same name comes back by design. A name
behind a label ("Referee: Jan Novak") is what the label says and no entry, nor is a name of one word, nor one behind the
entry's own ("Jan Novak, Boston Bruins") that no "and" joins to it. It does not compare what the two entries say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from regesta.criticism.table_rows import rows_twice
from regesta.criticism.view import Said, View, finding
from regesta.dates import find_dates
from regesta.model import Finding

__all__ = ["double_entries"]

_NEAR: Final = 60
"""Code points into an entry within which its name stands."""

_OWNED: Final = ("'s", "’s")
_BESIDE: Final = ("of", "with", "by", "to", "for", "from", "against", "like", "after", "before")
"""What stands before a name that is not whom the entry is about."""

_AND: Final = re.compile(r"(?:\b(?:and|und|et|y|e|и)|&)\s", re.IGNORECASE)
_LABEL: Final = re.compile(r"\w.*(?::|\s[–—-])\s", re.DOTALL)

_TWICE: Final = """
with dated as (
    select distinct e.source, e.start_char, e.end_char from claim_evidence e join claims c on c.id = e.claim
    where e.position = 0 and c.predicate in ('arrival', 'departure')
), heads as (
    select b.source, b.position, b.content_start, m.entity, m.start_char, m.end_char, m.quote,
           lag(m.end_char) over (partition by b.source, b.position order by m.start_char, m.end_char) as joined_from
    from blocks b join mentions m on m.source = b.source and m.form = 'name'
      and m.start_char >= b.content_start and m.start_char < least(b.content_end, b.content_start + ?)
    join entities e on e.id = m.entity and e.kind = 'person' and e.is_named
    left join dated d on d.source = b.source and d.start_char = b.content_start and d.end_char = m.end_char
    where b.kind = 'list_item' or b.kind = 'paragraph' and d.source is not null
    qualify row_number() over (partition by b.source, b.position order by m.start_char, m.end_char) <= 3
), first_heads as (
    select * from heads
    qualify row_number() over (partition by source, position, entity order by start_char, end_char) = 1
), lists as (
    select source from first_heads group by source
    having count(distinct position) >= 5
      and count(distinct entity) >= least(0.9 * count(distinct position), count(distinct position) - 1)
)
select h.source, h.entity, e.label, h.start_char, h.end_char, h.quote, h.content_start, h.joined_from
from first_heads h join lists using (source) join entities e on e.id = h.entity
qualify count(distinct h.position) over (partition by h.source, h.entity) = 2
order by h.source, h.entity, h.start_char
"""


def double_entries(view: View) -> Iterator[Finding]:
    """Tell of a person who has two entries in one list."""
    found: dict[tuple[str, str], list[Said]] = defaultdict(list)
    labels: dict[str, str] = {}
    rows = view.rows(_TWICE, [_NEAR], needs={"named:person": 4, "block:list_item|block:paragraph": 5})
    leads = view.words([(row[0], row[6], row[3]) for row in rows])
    afters = view.words([(row[0], row[4], row[4] + 2) for row in rows])
    for row, before, after in zip(rows, leads, afters, strict=True):
        source, entity, label, start, end, quote, opening, joined_from = row
        joined = None if joined_from is None else before[joined_from - opening :]
        if after in _OWNED or not _heads(quote, before, joined):
            continue  # somebody else's entry that mentions them
        found[source, entity].append(Said.passage(source, start, end, quote))
        labels[entity] = label
    for (_, entity), said in found.items():
        if len(said) == 2:
            yield finding("F014", "duplicate-entry", "warning", f"{labels[entity]} has two entries.", said)
    yield from rows_twice(view)


def _heads(name: str, before: str, joined: str | None) -> bool:
    """Return whether a name is whom an entry is about, by what stands before it there and behind the name before it."""
    if not any(mark in name.strip() for mark in " ·\u00a0") and name.upper() != name.lower():
        return False
    if joined is not None and not _AND.search(joined):
        return False
    words = before.split()
    if words and words[-1].casefold() in _BESIDE:
        return False
    return not _LABEL.search(before) or bool(find_dates(before))
