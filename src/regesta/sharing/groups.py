"""Runs of words that stand more than once, each told from all others: by sorting numbers, a number a run.

Some bits of a run's hash and its place are one number; sorted, equal runs lie side by side (`groups_of`). Of millions of runs some
have these bits in common and are not equal, so that within a group the whole hashes are held against each other: how often a run
stands is a fact, and the same whatever else stands beside it. Where there are very many, a cluster is asked which runs stand more
than once, in SQL (`REPEATED`). Nothing here knows what a run is good for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from regesta.abreast import abreast

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regesta.relations import Relations

    Array = NDArray[Any]

__all__ = ["grams", "groups_of", "parts_of"]

_AT_ONCE: Final = 1 << 15
"""Words that are looked at at once: what fits the processor's cache."""
_BASE: Final = 0xD1342543DE82EF95
_SPARSE: Final = 4
"""Where fewer than one place in so many is wanted it is quicker to look at these alone."""
_BUCKET: Final = 1 << 26
"""Words that are sorted at once, 8 bytes each: of more, parts of the hashes."""
_BESIDE: Final = 2
"""Parts that are sorted beside each other."""

REPEATED: Final = """
select gram, place
from (select gram, place, count(*) over (partition by gram) as n from shingles) counted
where n > 1
"""
"""Runs of words that stand more than once; DuckDB and Spark both read it."""


def groups_of(
    hashes: Array, size: int, wanted: Array | None = None, relations: Relations | None = None
) -> tuple[Array, Array]:
    """Return the places at which runs of `size` words start that stand more than once, equal ones together, and the heads of groups.

    `wanted` says of each place whether a run may start there. Places are ascending within a group. By parts of the hashes, so that
    memory is 8 bytes a word and two parts.
    """
    import numpy as np

    members, heads, reached = [], [], 0
    for part, own in parts_of(hashes, size, wanted, relations):
        members.append(part)
        heads.append(own + reached)
        reached += len(part)
    return np.concatenate(members), np.concatenate(heads)


def parts_of(
    hashes: Array, size: int, wanted: Array | None, relations: Relations | None
) -> Iterator[tuple[Array, Array]]:
    """Yield the groups by parts of the hashes, with the heads of each part counted from its beginning."""
    import numpy as np

    total = len(hashes)
    bits = max(1, total.bit_length())
    parts = 1 << max(0, (total // _BUCKET).bit_length())
    if relations is not None and total >= relations.least:
        yield _asked(hashes, size, wanted, bits - parts.bit_length() + 1, relations)
        return
    shift = np.uint64(64 - parts.bit_length() + 1)
    rest = _rest(total) if wanted is None else None

    def of_part(part: int) -> tuple[Array, Array]:
        whole = np.empty(total, np.uint64)  # of which as much is memory as is filled
        n = 0
        for low in range(0, total, _AT_ONCE):
            gram, place = _grams_at(hashes[low : low + _AT_ONCE + size - 1], size, wanted, low)
            if parts > 1:
                own = (gram >> shift) == part
                gram, place = gram[own], place[own]
            place += low
            if rest is not None:
                rest[place] = gram
            gram = (gram << np.uint64(parts.bit_length() - 1)) >> np.uint64(bits) << np.uint64(bits)
            np.bitwise_or(gram, place.view(np.uint64), out=whole[n : n + len(place)])
            n += len(place)
        key = whole[:n]
        key.sort()
        same = np.zeros(n + 1, np.bool_)
        for low in range(1, n, _AT_ONCE):
            tag = key[low - 1 : low + _AT_ONCE] >> np.uint64(bits)
            np.equal(tag[1:], tag[:-1], out=same[low : low + len(tag) - 1])
        kept = same[1:] | same[:-1]
        found = key[kept]
        found &= np.uint64((1 << bits) - 1)
        heads = np.flatnonzero(~same[:-1][kept])
        del key, whole, same, kept
        bits_of = partial(_grams_of, hashes, size) if rest is None else rest.__getitem__
        return _exact(bits_of, found.view(np.int64), heads)

    for part in range(0, parts, _BESIDE):
        yield from abreast(of_part, range(part, min(part + _BESIDE, parts)))


def _rest(total: int) -> Array:
    """Return room for the bits of each run's hash that the number does not hold in which its place is."""
    import numpy as np

    return np.empty(total, np.uint32 if total < 1 << 32 else np.uint64)


def _exact(bits_of: Callable[[Array], Array], members: Array, heads: Array) -> tuple[Array, Array]:
    """Return the groups, those taken apart that hold runs with other words: of which few bits alone are the same.

    `bits_of` gives of runs, by their places, the other bits of their hashes.
    """
    import numpy as np

    n = len(members)
    opens = np.zeros(n + 1, np.bool_)
    opens[heads] = True
    strange = []
    for low in range(0, n - 1, _AT_ONCE):
        bits = bits_of(members[low : low + _AT_ONCE + 1])
        differ = np.flatnonzero((bits[1:] != bits[:-1]) & ~opens[low + 1 : low + len(bits)])
        strange.append(differ + low)
    if not n or not len(places := np.concatenate(strange)):
        return members, heads
    mixed = np.unique(np.searchsorted(heads, places, side="right") - 1)
    ends = np.append(heads, n)
    group = np.repeat(np.arange(len(heads)), np.diff(ends))
    which = np.flatnonzero(np.isin(group, mixed))
    own, number = members[which], group[which]
    bits = bits_of(own)
    order = np.lexsort((own, bits, number))
    own, bits, number = own[order], bits[order], number[order]
    head = np.append(True, (bits[1:] != bits[:-1]) | (number[1:] != number[:-1]))
    alone = head & np.append(head[1:], True)
    whole = np.ones(n, np.bool_)
    whole[which] = False
    members = np.concatenate([members[whole], own[~alone]])
    heads = np.flatnonzero(np.concatenate([opens[:-1][whole], head[~alone]]))
    return members, heads


def _asked(
    hashes: Array, size: int, wanted: Array | None, bits: int, relations: Relations
) -> tuple[Array, Array]:
    """Return the groups as a cluster finds them; `bits` are left off the numbers of runs, as they are where one machine sorts."""
    import numpy as np

    columns, rest = [], _rest(len(hashes))
    for low in range(0, len(hashes), _AT_ONCE):
        gram, place = _grams_at(hashes[low : low + _AT_ONCE + size - 1], size, wanted, low)
        rest[place + low] = gram
        columns.append(((gram >> np.uint64(bits)).astype(np.int64), place + low))
    shingles, places = (np.concatenate(column) for column in zip(*columns, strict=True))
    found = list(relations.ask(REPEATED, {"shingles": {"gram": shingles, "place": places}}))
    gram, place = (np.concatenate([one[name] for one in found]) for name in ("gram", "place"))
    order = np.lexsort((place, gram))
    tag = gram[order]
    heads = np.flatnonzero(np.append(True, tag[1:] != tag[:-1])[: len(tag)])
    return _exact(rest.__getitem__, place[order].astype(np.int64), heads)


def _grams_at(hashes: Array, size: int, wanted: Array | None, low: int) -> tuple[Array, Array]:
    """Return the hashes of the runs without a break that start in a stretch of words, and where; of the `wanted` where that is said.

    `low` is where the stretch begins. Where few are wanted only these are hashed.
    """
    import numpy as np

    count = max(0, len(hashes) - size + 1)
    if wanted is None:
        gram, valid = grams(hashes, size, None)
        place = np.flatnonzero(valid)
        return gram[place], place
    chosen = np.flatnonzero(wanted[low : low + count])
    if len(chosen) * _SPARSE < count:
        gram, valid = grams(hashes, size, chosen)
        return gram[valid], chosen[valid]
    gram, valid = grams(hashes, size, None)
    chosen = chosen[valid[chosen]]
    return gram[chosen], chosen


def _grams_of(hashes: Array, size: int, places: Array) -> Array:
    return grams(hashes, size, places)[0]


def grams(hashes: Array, size: int, places: Array | None) -> tuple[Array, Array]:
    """Return the hash, of 64 bits, of the run that starts at each place, or at each of some, and whether it holds no break."""
    import numpy as np

    if places is None:
        value, valid = _all_grams(hashes, size)
    else:
        value, valid = np.zeros(len(places), np.uint64), np.ones(len(places), np.bool_)
        for step in range(size):
            word = hashes[places + step]
            value *= np.uint64(_BASE)
            value += word
            valid &= word != 0
    value ^= value >> np.uint64(32)
    value *= np.uint64(0xBF58476D1CE4E5B9)
    value ^= value >> np.uint64(29)
    value *= np.uint64(0x94D049BB133111EB)
    value ^= value >> np.uint64(32)
    return value, valid


def _all_grams(hashes: Array, size: int) -> tuple[Array, Array]:
    """Return for each run its words as the digits of a number, and whether it holds no break: of runs of half as many words."""
    import numpy as np

    count = max(0, len(hashes) - size + 1)
    digit, word = hashes.astype(np.uint64), hashes != 0
    value, valid, length = digit, word, 1
    for more in f"{size:b}"[1:]:
        factor = np.uint64(pow(_BASE, length, 1 << 64))
        value = value[:-length] * factor + value[length:]
        valid = valid[:-length] & valid[length:]
        length *= 2
        if more == "1":
            value = value[:-1] * np.uint64(_BASE) + digit[length:]
            valid = valid[:-1] & word[length:]
            length += 1
    return value[:count], valid[:count]
