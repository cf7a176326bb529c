"""Which names meet: those that share a key and stand near each other, on arrays or as a question in SQL.

    name_keys (name, name_key)  ──►  pairs of names          few names of a key all meet; of many each meets the next few

Names are numbered in the order of letters, so that of a key that very many have, those meet that begin alike (the sorted neighbourhood of
M. A. Hernández and S. J. Stolfo, 1995). The same comes of arrays and of SQL, and a test holds the two and DuckDB to it. On arrays it takes a
quarter of the time; asked of a cluster, no machine holds all pairs. Plain SQL: DuckDB and Spark both read it. Nothing is compared here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from regesta.relations import Relations

    Ints = NDArray[np.int64]

__all__ = ["NEAR", "ask_names", "meeting", "ordered", "passed_over"]

_BATCH: Final = 1 << 23
"""Pairs that are held at a time."""
NEAR: Final = """
with ranked as (
    select name_key, name, row_number() over (partition by name_key order by name) as turn from name_keys
), stretched as (
    select name_key, name, turn, turn - turn % {most} as stretch from ranked
), ahead as (
    select name_key, name, turn, stretch from stretched
    union all select name_key, name, turn, stretch - {most} from stretched
)
select distinct a.name as first, b.name as second
from stretched a join ahead b on a.name_key = b.name_key and a.stretch = b.stretch
where a.turn < b.turn and b.turn < a.turn + {most}
"""
"""Pairs of names, the smaller number first, of which the second is among the next `most` - 1 of a key behind the first.

A key is cut into stretches of `most` names, so that no machine holds all names of one key against each other.
"""


def ordered(name: Ints, key: Ints) -> tuple[Ints, Ints]:
    """Return names and keys in the order of keys and of names within, each pair once: what the others here ask for."""
    import numpy as np

    order = np.lexsort((name, key))
    name, key = name[order].astype(np.int64), key[order]
    new = np.ones(len(key), bool)
    new[1:] = (key[1:] != key[:-1]) | (name[1:] != name[:-1])
    return name[new], key[new]


def ask_names(relations: Relations, name: Ints, key: Ints, most: int) -> Iterator[tuple[Ints, Ints]]:
    """Yield what `meeting` yields, each pair once, in any order."""
    for found in relations.ask(NEAR.format(most=most), {"name_keys": {"name": name, "name_key": key}}):
        yield found["first"], found["second"]


def meeting(name: Ints, key: Ints, most: int) -> Iterator[tuple[Ints, Ints]]:
    """Yield pairs of names that share a key, the smaller number first; those that share several keys perhaps several times."""
    import numpy as np

    held: list[tuple[Ints, Ints]] = []
    n_held = 0
    here = np.arange(len(key))
    for ahead in range(1, most):
        here = here[here + ahead < len(key)]
        here = here[key[here] == key[here + ahead]]
        if not len(here):
            break
        held.append((name[here], name[here + ahead]))
        n_held += len(here)
        if n_held > _BATCH:
            yield _together(held)
            held, n_held = [], 0
    if held:
        yield _together(held)


def passed_over(name: Ints, key: Ints, bearers: Ints, most: int) -> int:
    """Return how many pairs of bearers do not meet although their names share a key: too many names do."""
    import numpy as np

    if not len(key):
        return 0
    begin = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    sizes = np.diff(np.append(begin, len(key)))
    end = np.repeat(begin + sizes, sizes)
    behind = np.concatenate(([0], np.cumsum(bearers[name])))
    met = np.minimum(np.arange(len(key)) + most, end)
    return int((bearers[name] * (behind[end] - behind[met])).sum())


def _together(held: list[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    import numpy as np

    return np.concatenate([one for one, _ in held]), np.concatenate([other for _, other in held])
