"""Which names share a key: the pairs that are compared, as a question in SQL.

    mentions (place, owner, name, part)   keys (name, key)  ──►  pairs of places, each once; how many were left out

The same as `pairs` works out on arrays where one machine has it all, and a test holds the two and DuckDB to it. On arrays it takes a
quarter of the time; asked of a cluster, no machine holds all pairs of a key that many bear. Plain SQL: DuckDB and Spark both read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from regesta.relations import Relations

__all__ = ["PAIRS", "SKIPPED", "ask_pairs"]

_BLOCKS: Final = """
with said as (
    select k.name_key, m.place, m.owner, m.part, count(*) over (partition by k.name_key) as size
    from mentions m join name_keys k on m.name = k.name
),
cut as (
    select name_key, place, owner, size, case when size > {most} then part else 0 end as part from said
)"""
PAIRS: Final = (
    _BLOCKS  # noqa: S608 - all of it is ours
    + """,
ranked as (
    select name_key, part, place, owner, row_number() over (partition by name_key, part order by place) - 1 as turn from cut
),
pieces as (
    select name_key, part, turn - mod(turn, {most}) as piece, place, owner from ranked
)
select distinct a.place as first, b.place as second
from pieces a join pieces b on a.name_key = b.name_key and a.part = b.part and a.piece = b.piece
where a.place < b.place and a.owner <> b.owner
"""
)
"""Pairs of places whose names share a key; of a key that more than `most` bear only within parts, and within pieces of these."""
SKIPPED: Final = (
    _BLOCKS  # noqa: S608 - all of it is ours
    + """,
parts as (
    select name_key, part, count(*) as n, max(size) as size from cut group by name_key, part
)
select
    cast(coalesce(sum(case when size > {most} then n * size else 0 end), 0) as bigint) as whole,
    cast(coalesce(sum(least(n, {most}) * least(n, {most})), 0) as bigint) as kept
from parts
"""
)
"""Twice the pairs of the keys that are cut, and twice those of all parts."""


def ask_pairs(
    relations: Relations,
    owner: NDArray[np.int64],
    name: NDArray[np.int64],
    part: NDArray[np.int64],
    of_name: NDArray[np.int32],
    key: NDArray[np.int64],
    most: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Return pairs of places in `owner` whose names share a key, in order, and how many were left out.

    `part` says of each place, from 0, to which part of a key that more than `most` bear it goes.
    """
    import numpy as np

    tables = {
        "mentions": {"place": np.arange(len(owner)), "owner": owner, "name": name, "part": part},
        "name_keys": {"name": of_name.astype(np.int64), "name_key": key},
    }
    found = relations.ask(PAIRS.format(most=most), tables)
    order = np.lexsort((found["second"], found["first"]))
    (told,) = zip(*relations.ask(SKIPPED.format(most=most), tables).values(), strict=True)
    n_skipped = max(int(told[0]) // 2 - int(told[1]) // 2, 0) if told[0] else 0
    return found["first"][order], found["second"][order], n_skipped
