"""Whether what an edition shows of unnamed people singles one of them out: year, place, role and sex together.

    unnamed, 1997, cook, China      12 people      enough for k = 10
    unnamed, 2015, colonel           1             a leak: who was there knows who it was

It counts in the finished tables, whatever the plan thought that it released: each person or small group without a name, with all
years of arrival, roles, ranks, places and words of sex that the edition has of them. Groups count as many as they are said to be,
else as two; one of at least k singles nobody out. Figures that a source published are no combinations of people. Named people are not counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["singled_out"]

_SEX: Final = {
    **dict.fromkeys("man men boy male he him his father son brother husband uncle monk fisherman".split(), "male"),
    **dict.fromkeys("woman women girl female she her mother daughter sister wife aunt nun".split(), "female"),
}  # fmt: skip

_CROWDS: Final = ("large group of people",)
"""What an edition calls groups of which nobody said how many they are, and a policy that they are many."""

_QUERY: Final = """
select e.id, e.label, coalesce(e.group_size, if(e.kind = 'group', 2, 1)) as n, c.predicate, c.value_text, year(c.earliest), year(c.latest), c.where_text
from entities e join claims c on c.subject = e.id
where e.kind in ('person', 'group') and not e.is_named and e.label <> all (select unnest(?::varchar[]))
order by all
"""


def singled_out(edition: Chronicle, k: int) -> int:
    """Return how many people or small groups without a name share all that is shown of them with fewer than k.

    Who has nothing but a label shares it with all others that have it.
    """
    size: dict[str, int] = {}
    keys: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for entity, label, n, predicate, value, first, last, where in edition.stream(_QUERY, [list(_CROWDS)]):
        size[entity] = n
        key = keys[entity]
        if first is not None and first == last:
            key.add(("year", str(first)))
        elif first is not None and last is not None:
            key.add(("years", f"{first}/{last}"))
        if where:
            key.add(("place", where.casefold()))
        if predicate in ("role", "rank", "role_after") and value:
            key.add(("role", value.casefold()))
        for word in f"{label} {value or ''}".casefold().split():
            if word in _SEX:
                key.add(("sex", _SEX[word]))
    cells: Counter[tuple[tuple[str, str], ...]] = Counter()
    for entity, key in keys.items():
        cells[tuple(sorted(key))] += size[entity]
    return sum(
        1 for entity, key in keys.items() if key and cells[tuple(sorted(key))] < k and size[entity] < k
    )
