"""Surveying again what has been surveyed before, where a few texts are other ones: what is found is what a survey of all finds.

    words of the texts that stay, as numbers ─┐
    words of the new ones ────────────────────┴─► which runs of the texts that came or went stand where
    groups of runs before ──── all others stay as they are ──────┴─► groups ─► seeds
    passages before ─────────── of two texts whose seeds are the same ──────────┴─► passages

Most of a survey is spent on reading words, on sorting their runs, and on letting passages grow. A run that stands in no text that came
or went stands where it stood; what grows between two texts follows from their words and their seeds alone (`passages.Seeds`). The
seeds themselves, where each run counts in how many places it stands, are made of all groups each time. Texts must come in one
order, whoever else comes or goes. Nothing here knows where it is kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, Protocol

from regesta.sharing.groups import grams, groups_of
from regesta.sharing.passages import SEED, Seeds, Survey, Told, grow, shared_of, sizes_of, sow
from regesta.sharing.seeds import RARE, SHORT, Rare, Runs, rare_runs
from regesta.sharing.words import Words, read_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["Surveyed", "Texts", "read_surveyed", "survey_again"]

_LEAST: Final = 8
_MUCH: Final = 4
"""Where one text in so many has come or gone, all are surveyed as if for the first time."""
_AT_ONCE: Final = 1 << 18
"""Words that are looked at at once: few enough to be quick, and enough that who works beside this is seldom waited for."""
_TABLE: Final = 1 << 22
"""Words are looked up by so many of their bits: a word that comes through by chance is found out later."""


class Texts(Protocol):
    """Texts that may be gone through, and asked for by their number."""

    def __iter__(self) -> Iterator[str]: ...

    def __getitem__(self, number: int) -> str: ...


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A survey, and what the next one asks of it."""

    keys: tuple[str, ...]
    """Of each text: no two are the same, and a text with the key of another build is the same text."""
    words: Words
    """Without the places of words."""
    sizes: Array
    groups: tuple[Array, Array]
    rare: Rare
    seeds: Seeds
    told: Told

    @property
    def survey(self) -> Survey:
        """Return what was found."""
        return Survey(shared_of(self.told), tuple(self.sizes.tolist()), self.seeds.n_crowded)

    def pieces(self) -> Iterator[bytes | memoryview]:
        """Yield the bytes that `read_surveyed` understands."""
        import msgspec
        import numpy as np

        columns = [np.ascontiguousarray(column) for column in self._columns()]
        told = [(column.dtype.str, len(column), zlib.crc32(column.data)) for column in columns]
        head = msgspec.msgpack.encode((self.keys, self.seeds.n_crowded, told))
        yield len(head).to_bytes(8, "big") + zlib.crc32(head).to_bytes(8, "big")
        yield head
        yield from (column.data.cast("B") for column in columns if len(column))

    def _columns(self) -> Iterable[Array]:
        import numpy as np

        yield from (self.words.hashes, self.words.flags, self.words.first, self.sizes, *self.groups)
        yield from (self.rare.members, self.rare.counts, np.packbits(self.rare.frequent))
        for part in (self.seeds.runs, self.seeds.short, self.seeds.lines):
            yield from (getattr(part, each.name) for each in fields(part))
        yield from self.told


def read_surveyed(data: memoryview) -> Surveyed | None:
    """Return what was kept; None where the bytes are something else."""
    import msgspec
    import numpy as np

    from regesta.sharing.entries import Lines

    try:
        size = int.from_bytes(data[:8], "big")
        head, at = data[16 : 16 + size], 16 + size
        if size > len(data) or zlib.crc32(head).to_bytes(8, "big") != data[8:16]:
            return None
        keys, n_crowded, told = msgspec.msgpack.decode(
            head, type=tuple[tuple[str, ...], int, list[tuple[str, int, int]]]
        )
        columns = []
        for kind, n, checked in told:
            own = data[at : at + n * np.dtype(kind).itemsize]
            if zlib.crc32(own) != checked:
                return None
            columns.append(np.frombuffer(own, kind))
            at += len(own)
        hashes, flags, first, sizes, members, heads, rare, counts, bits, *rest = columns
        words = Words(hashes, hashes[:0], hashes[:0], flags, first)
        frequent = np.unpackbits(bits, count=len(hashes) + 1).astype(np.bool_)
        seeds = Seeds(Runs(*rest[:4]), Runs(*rest[4:8]), Lines(*rest[8:12]), n_crowded)
        return Surveyed(
            keys, words, sizes, (members, heads), Rare(rare, counts, frequent), seeds, tuple(rest[12:])
        )
    except (ValueError, TypeError, msgspec.MsgspecError):
        return None


def survey_again(texts: Texts, keys: Sequence[str], before: Surveyed | None = None) -> Surveyed:
    """Return what `survey` finds in these texts, with what is to be kept; `before` is what was kept of a survey of most of them.

    >>> copy = "In March the pilot Ada Brook left Orland in a borrowed boat."
    >>> first = survey_again(["Told in Sund: " + copy, "Nothing."], ["a", "b"])
    >>> again = survey_again(["Told in Sund: " + copy, "Nothing.", copy], ["a", "b", "c"], first)
    >>> [(each.a.source, each.b.source, each.words) for each in again.survey.shared]
    [(0, 2, 12)]
    """
    move = None if before is None else _moved(before, keys)
    if before is None or move is None:
        words = read_words(texts)
        groups, rare = groups_of(words.hashes, SEED), rare_runs(words.hashes)
        seeds = sow(words, _LEAST, groups=groups, rare=rare)
        return Surveyed(tuple(keys), words, sizes_of(words), groups, rare, seeds, grow(words, seeds, _LEAST))
    new = read_words(map(texts.__getitem__, move.came))
    words, sizes, places = _words(before, move, new)
    gone = _stretches(before.words, move.gone)
    came = _stretches(words, move.came)
    groups = _regrouped(words, before, places, (gone, came))
    rare = _rare_again(words, before, places, (gone, came))
    seeds = sow(words, _LEAST, groups=groups, rare=rare)
    told = _grown(texts, words, seeds, before, move, places)
    return Surveyed(tuple(keys), words, sizes, groups, rare, seeds, told)


@dataclass(frozen=True, slots=True)
class _Move:
    """Which texts stay, which come, which go."""

    to: Array
    """Of each text before the number that it has now, -1 of those that are gone."""
    gone: Array
    came: Array


def _moved(before: Surveyed, keys: Sequence[str]) -> _Move | None:
    """Return what became of the texts; None where too many are other ones, or stand in another order."""
    import numpy as np

    number = {key: n for n, key in enumerate(keys)}
    to = np.array([number.get(key, -1) for key in before.keys], np.int64)
    stays = to[to >= 0]
    gone, came = np.flatnonzero(to < 0), np.setdiff1d(np.arange(len(keys)), stays)
    is_much = _MUCH * (len(gone) + len(came)) > len(keys)
    return None if is_much or (np.diff(stays) <= 0).any() else _Move(to, gone, came)


class _Places:
    """Where words stand that stood elsewhere: stretches of texts that follow each other now as before."""

    def __init__(self, old: Array, new: Array, to: Array) -> None:
        import numpy as np

        stays = np.flatnonzero(to >= 0)
        breaks = np.flatnonzero((np.diff(stays) != 1) | (np.diff(to[stays]) != 1)) + 1
        groups = [part for part in np.split(stays, breaks) if len(part)]
        self.low = np.array([old[part[0]] for part in groups], np.int64)
        self.high = np.array([old[part[-1] + 1] for part in groups], np.int64)
        self.step = np.array([new[to[part[0]]] for part in groups], np.int64) - self.low

    def of(self, places: Array) -> Array:
        """Return the places now, -1 of what is gone."""
        import numpy as np

        if not len(self.low):
            return np.full(len(places), -1, np.int64)
        which = np.searchsorted(self.low, places, side="right") - 1
        found: Array = np.where(
            (which >= 0) & (places < self.high[which]), places.astype(np.int64) + self.step[which], -1
        )
        return found

    def put(self, old: Array, into: Array) -> None:
        """Copy what is known of each word to where it stands now."""
        for low, high, step in zip(self.low.tolist(), self.high.tolist(), self.step.tolist(), strict=True):
            into[low + step : high + step] = old[low:high]


def _words(before: Surveyed, move: _Move, new: Words) -> tuple[Words, Array, _Places]:
    """Return the words of all texts, how many each has, and where the old ones stand."""
    import numpy as np

    n = int((move.to >= 0).sum()) + len(move.came)
    stays = np.flatnonzero(move.to >= 0)
    lengths, sizes = np.zeros(n, np.int64), np.zeros(n, np.int64)
    lengths[move.to[stays]] = np.diff(before.words.first)[stays]
    lengths[move.came] = np.diff(new.first)
    sizes[move.to[stays]] = before.sizes[stays]
    sizes[move.came] = sizes_of(new)
    first = np.append(1, 1 + np.cumsum(lengths))
    hashes, flags = np.zeros(int(first[-1]), np.uint32), np.zeros(int(first[-1]), np.uint8)
    places = _Places(before.words.first, first, move.to)
    arrived = _Places(new.first, first, move.came)
    for all_, old, own in ((hashes, before.words.hashes, new.hashes), (flags, before.words.flags, new.flags)):
        places.put(old, all_)
        arrived.put(own, all_)
    return Words(hashes, hashes[:0], hashes[:0], flags, first), sizes, places


def _stretches(words: Words, texts: Array) -> Array:
    """Return the words of some texts, with the break behind each."""
    import numpy as np

    empty = np.zeros(1, np.uint32)
    return np.concatenate(
        [empty, *(words.hashes[words.first[n] : words.first[n + 1]] for n in texts.tolist())]
    )


def _standing(words: Words, size: int, stretches: tuple[Array, Array]) -> tuple[Array, Array]:
    """Return each place at which a run starts that stands in one of the stretches too, and the hash of the run."""
    import numpy as np

    known: list[Array] = []
    table = np.zeros(_TABLE, np.bool_)
    for stretch in stretches:
        gram, valid = grams(stretch, size, None)
        known.append(gram[valid])
        table[stretch[stretch != 0] & np.uint32(_TABLE - 1)] = True
    wanted = np.unique(np.concatenate(known))
    hashes = words.hashes
    found = [np.zeros(0, np.int64)]
    for low in range(0, max(0, len(hashes) - size + 1), _AT_ONCE):
        own = hashes[low : low + _AT_ONCE + size - 1]
        may = table[own & np.uint32(_TABLE - 1)]
        may[own == 0] = False
        begins = may[: len(own) - size + 1].copy()
        for step in range(1, size):
            begins &= may[step : step + len(begins)]
        found.append(np.flatnonzero(begins) + low)
    places = np.concatenate(found)
    gram, valid = grams(hashes, size, places)
    at = np.minimum(np.searchsorted(wanted, gram), max(0, len(wanted) - 1))
    kept = valid & (wanted[at] == gram) if len(wanted) else np.zeros(len(gram), np.bool_)
    return places[kept], gram[kept]


def _grouped(places: Array, gram: Array) -> tuple[Array, Array, Array]:
    """Return the places by runs, each ascending, where each run begins among them, and how many it has."""
    import numpy as np

    order = np.lexsort((places, gram))
    places, gram = places[order], gram[order]
    heads = np.flatnonzero(np.append(True, gram[1:] != gram[:-1])[: len(gram)])
    return places, heads, np.diff(np.append(heads, len(places)))


def _still(members: Array, counts: Array, marked: Array, places: _Places) -> tuple[Array, Array]:
    """Return the groups of which no member is gone or marked, where they stand now."""
    import numpy as np

    now = places.of(members)
    heads = np.cumsum(counts, dtype=np.int64) - counts
    other = (now < 0) | marked[now]
    kept = ~np.logical_or.reduceat(other, heads) if len(heads) else np.zeros(0, np.bool_)
    return now[np.repeat(kept, counts)], counts[kept]


def _regrouped(
    words: Words, before: Surveyed, places: _Places, stretches: tuple[Array, Array]
) -> tuple[Array, Array]:
    """Return the groups of runs of SEED words, as `groups_of` would, in another order."""
    import numpy as np

    found, gram = _standing(words, SEED, stretches)
    marked = np.zeros(len(words.hashes) + 1, np.bool_)
    marked[found] = True
    members, heads = before.groups
    still, counts = _still(members, np.diff(np.append(heads, len(members))), marked, places)
    again, _, n = _grouped(found, gram)
    several = n > 1
    counts = np.concatenate([counts, n[several]])
    return np.concatenate([still, again[np.repeat(several, n)]]), np.cumsum(counts) - counts


def _rare_again(words: Words, before: Surveyed, places: _Places, stretches: tuple[Array, Array]) -> Rare:
    """Return the rare runs, as `rare_runs` would, in another order."""
    import numpy as np

    found, gram = _standing(words, SHORT, stretches)
    marked = np.zeros(len(words.hashes) + 1, np.bool_)
    marked[found] = True
    frequent = np.zeros(len(words.hashes) + 1, np.bool_)
    places.put(before.rare.frequent, frequent)
    frequent[found] = False
    still, counts = _still(before.rare.members, before.rare.counts, marked, places)
    again, _, n = _grouped(found, gram)
    frequent[again[np.repeat(n > RARE, n)]] = True
    rare = (n > 1) & (n <= RARE)
    kind = before.rare.members.dtype
    members = np.concatenate([still.astype(kind), again[np.repeat(rare, n)].astype(kind)])
    return Rare(members, np.concatenate([counts, n[rare].astype(counts.dtype)]), frequent)


def _grown(texts: Texts, words: Words, seeds: Seeds, before: Surveyed, move: _Move, places: _Places) -> Told:
    """Return the passages: of two texts whose seeds are the same those that were found before, of others what grows now."""
    import numpy as np

    n = len(words.first)
    fresh = np.unique(
        np.concatenate(
            [
                _changed(words, old, new, places)
                for old, new in zip(_of(before.seeds), _of(seeds), strict=True)
            ]
        )
    )
    a, b = move.to[before.told[0]], move.to[before.told[3]]
    kept = (a >= 0) & (b >= 0) & ~np.isin(a * n + b, fresh)
    told = [column[kept] for column in (a, *before.told[1:3], b, *before.told[4:])]
    if len(fresh):
        own = np.unique(np.concatenate(np.divmod(fresh, n)))
        own_words = read_words(map(texts.__getitem__, own.tolist()))
        to = np.full(n - 1, -1, np.int64)
        to[own] = np.arange(len(own))
        near = _Places(words.first, own_words.first, to)
        parts = []
        for part in _of(seeds):
            of = words.text_of(part[0]) * n + words.text_of(part[1])
            which = np.isin(of, fresh)
            parts.append(
                [near.of(part[0][which]), near.of(part[1][which]), *(each[which] for each in part[2:])]
            )
        runs, short, lines = parts
        grown = grow(own_words, _seeds(runs, short, lines), _LEAST)
        more = (own[grown[0]], *grown[1:3], own[grown[3]], *grown[4:])
        told = [np.concatenate(pair) for pair in zip(told, more, strict=True)]
    order = np.lexsort((told[5], told[4], told[3], told[2], told[1], told[0]))
    return tuple(column[order] for column in told)


def _of(seeds: Seeds) -> tuple[tuple[Array, ...], ...]:
    """Return the columns of seeds: two places, and what is known beside; of lines how long they are."""
    lines = seeds.lines
    return (
        *((part.first, part.second, part.length, part.places) for part in (seeds.runs, seeds.short)),
        (lines.p0, lines.q0, lines.p1 - lines.p0, lines.q1 - lines.q0),
    )


def _seeds(runs: Sequence[Array], short: Sequence[Array], lines: Sequence[Array]) -> Seeds:
    from regesta.sharing.entries import Lines

    p0, q0, p, q = lines
    return Seeds(Runs(*runs), Runs(*short), Lines(p0, p0 + p, q0, q0 + q))


def _changed(words: Words, old: Sequence[Array], new: Sequence[Array], places: _Places) -> Array:
    """Return the pairs of texts, a number each, of which some seeds have come or gone."""
    import numpy as np

    first, second = places.of(old[0]), places.of(old[1])
    stays = (first >= 0) & (second >= 0)
    was = (first[stays], second[stays], *(column[stays].astype(np.int64) for column in old[2:]))
    rows = [np.concatenate([a, b.astype(np.int64)]) for a, b in zip(was, new, strict=True)]
    order = np.lexsort(tuple(reversed(rows)))
    rows = [column[order] for column in rows]
    same = np.ones(max(0, len(order) - 1), np.bool_)
    for column in rows:
        same &= column[1:] == column[:-1]
    alone = ~(np.append(False, same) | np.append(same, False))[: len(order)]
    found: Array = words.text_of(rows[0][alone]) * len(words.first) + words.text_of(rows[1][alone])
    return np.unique(found)
