"""F014: one person with two entries in a list that has one for each.

    • 31 May 1996 – the writer Ana Sousa and ...         the first name in an entry is whose it is
    • Ana Sousa, a playwright                            again

Only a list whose entries are mostly of different people: in a chronicle of events the same name comes back by design. Entries
within entries belong to the outer one's subject only where they name nobody first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from regesta.criticism.view import Said, View, finding
from regesta.model import Finding

__all__ = ["double_entries"]

_NEAR: Final = 60
"""Code points into an entry within which its name stands."""

_OWNED: Final = ("'s", "’s")
_BESIDE: Final = ("of", "with", "by", "to", "for", "from", "against", "like", "after", "before")
"""What stands before a name that is not whom the entry is about."""

_TWICE: Final = """
with heads as (
    select b.source, b.position, m.entity, m.start_char, m.end_char, m.quote
    from blocks b join mentions m on m.source = b.source and m.form = 'name'
      and m.start_char >= b.content_start and m.start_char < least(b.content_end, b.content_start + ?)
    join entities e on e.id = m.entity and e.kind = 'person' and e.is_named
    where b.kind = 'list_item'
    qualify row_number() over (partition by b.source, b.position order by m.start_char, m.end_char) <= 3
), first_heads as (
    select * from heads
    qualify row_number() over (partition by source, position, entity order by start_char, end_char) = 1
), lists as (
    select source from first_heads group by source
    having count(distinct position) >= 5 and count(distinct entity) >= 0.9 * count(distinct position)
)
select h.source, h.entity, e.label, h.start_char, h.end_char, h.quote
from first_heads h join lists using (source) join entities e on e.id = h.entity
qualify count(distinct h.position) over (partition by h.source, h.entity) = 2
order by h.source, h.entity, h.start_char
"""


def double_entries(view: View) -> Iterator[Finding]:
    """Tell of a person who has two entries in one list."""
    found: dict[tuple[str, str], list[Said]] = defaultdict(list)
    labels: dict[str, str] = {}
    rows = view.rows(_TWICE, [_NEAR])
    befores = view.passages([(source, max(0, start - 12), start) for source, _, _, start, *_ in rows])
    afters = view.passages([(source, end, end + 2) for source, _, _, _, end, _ in rows])
    for row, before, after in zip(rows, befores, afters, strict=True):
        source, entity, label, start, end, quote = row
        word = before.member.quote.split()[-1:]
        if after.member.quote in _OWNED or (word and word[0].casefold() in _BESIDE):
            continue  # somebody else's entry that mentions them
        found[source, entity].append(Said.passage(source, start, end, quote))
        labels[entity] = label
    for (_, entity), said in found.items():
        if len(said) == 2:
            yield finding("F014", "duplicate-entry", "warning", f"{labels[entity]} has two entries.", said)
