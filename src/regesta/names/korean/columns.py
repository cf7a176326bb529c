"""Many names parsed at once: the model of `reading.py` over arrays, where names are written as most are.

    names  ->  ways      a surname, a given name and a share        "Kim Min-su" has one, "Min Su" two
    given  ->  cuts      a first and a later piece                  "jinho" jin + ho, "sangil" sang + il, san + gil
    cuts   ->  rows      5 by 5 readings of the pieces, 8 kept      ways  ->  5 by 8 readings of the name, 6 kept

Each distinct piece, given name and token is looked up once. A name of any other build (given names of one or three syllables,
of three cuts, Hanja, spaced Hangul) goes through `parse`, so `parse` is the plain slow form of what is done here, and a test
holds the two together. Nothing is compared here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from regesta.abreast import abreast
from regesta.names.korean.foreign import foreign_logs
from regesta.names.korean.given import cuts_of
from regesta.names.korean.hangul import southern
from regesta.names.korean.pieces import (
    KEPT,
    LEAST,
    LENGTHS,
    MAX_WORD,
    POOR,
    Head,
    heads_of,
    letters_number,
    look,
    orders_of,
    tokens_of,
)
from regesta.names.korean.reading import CLOSE, FLOOR, MARKED, MAX_NAME, NATIVE, WIDTH, parse
from regesta.names.korean.spelling import DOUBLE_SURNAMES
from regesta.names.korean.table import BASE, MIX, RARE, Candidates, Place, code_of, known, prior

__all__ = ["Columns", "read"]

_WIDE: Final = 5
"""Readings of one piece that are looked at."""
_FIRST: Final = 0xABFF
_SYLLABLES: Final = 11173
_PART: Final = 1 << 12
"""Names that are read at a time."""
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Places = NDArray[np.intp]


class Columns(NamedTuple):
    """What is known of each name, a row each: the fields of `Parse`."""

    keys: Ints
    """[name, 6]: filled up with 0."""
    weights: Floats
    scaled: Floats
    letters: Ints
    log_odds: Floats


class _Ways:
    """The names that arrays can read, and what they are made of, each thing once."""

    def __init__(self) -> None:
        self.rows: tuple[list[int], list[int]] = [], []
        """Names of one way, of two ways."""
        self.ways: tuple[list[tuple[int, int, float]], list[tuple[int, int, float]]] = [], []
        """Number of the surname, of the given name, share of the order; two in a row for a name of two."""
        self.letters: tuple[list[str], list[str]] = [], []
        self.tokens: tuple[list[list[str]], list[list[str]]] = [], []
        self.heads: dict[str, tuple[Head, ...]] = {}
        self.numbers: dict[str, int] = {}
        self.pieces: dict[Place, dict[str, int]] = {"f": {}, "l": {}}
        self.found: dict[Place, list[Candidates]] = {"f": [()], "l": [()]}
        self.given: dict[str, int] = {}
        self.cuts: list[tuple[int, ...]] = []
        """Of each given name first and later piece, of one cut or of two, and whether it may be three syllables."""

    def add(self, row: int, name: str) -> bool:
        """Take a name in; return False where it has to be parsed by itself."""
        words, tokens = tokens_of(name)
        if not tokens:
            return True
        families = known()["s"]
        found = []
        for family, given, share in orders_of(words, tokens, name):
            if (family in families or "-" in family) and self._has_heads(family):
                number = self.given.get(given)
                if number is None:
                    number = self.given[given] = self._cut(given)
                if number < 0:
                    return False
                found.append((self.numbers[family], number, share, family, given))
        if not 1 <= len(found) <= 2:
            return False
        kind = len(found) - 1
        self.rows[kind].append(row)
        self.tokens[kind].append(tokens)
        for head, number, share, family, given in found:
            self.ways[kind].append((head, number, share))
            self.letters[kind].append(f"{family} {given}")
        return True

    def _has_heads(self, family: str) -> bool:
        heads = self.heads.get(family)
        if heads is None:
            heads = self.heads[family] = heads_of(family)
            self.numbers[family] = len(self.numbers)
        return bool(heads)

    def _cut(self, given: str) -> int:
        """Return the number of a given name of two pieces; -1 for one of another build."""
        cut: tuple[int, ...]
        if "-" in given:
            parts = [part for part in given.split("-") if part]
            if len(parts) != 2 or len(parts[0]) + len(parts[1]) > MAX_WORD:
                return -1
            cut = self._piece("f", parts[0]), self._piece("l", parts[1]), 0, 0, 0
            if not (cut[0] and cut[1]):
                return -1
        else:
            if not given or len(given) > MAX_WORD or (len(given) <= 8 and given in known()["f"]):
                return -1
            places = cuts_of(given)
            if not 1 <= len(places) <= 2:
                return -1
            cut = ()
            for place in places:
                cut += self._piece("f", given[:place]), self._piece("l", given[place:])
            cut = (*cut, *(0, 0)[: 4 - len(cut)], int(len(given) >= 6))
        self.cuts.append(cut)
        return len(self.cuts) - 1

    def _piece(self, place: Place, spelling: str) -> int:
        """Return the number of a piece, 0 for one that cannot be read."""
        pieces = self.pieces[place]
        number = pieces.get(spelling)
        if number is None:
            rows = look(place, spelling)
            number = 0
            if rows:
                self.found[place].append(rows)
                number = len(self.found[place]) - 1
            pieces[spelling] = number
        return number


def read(names: Sequence[str]) -> Columns:
    """Return the readings of many names, the same as `parse` gives for each.

    >>> from regesta.names.korean.reading import hangul_of
    >>> found = read(["Park Jisoo", "박지수", "Kim Basinger"])
    >>> [hangul_of(key) for key in found.keys[:2, 0].tolist()], (found.log_odds > 0).tolist()
    (['박지수', '박지수'], [True, True, False])
    """
    size = len(names)
    found = Columns(
        np.zeros((size, WIDTH), np.int64),
        np.zeros((size, WIDTH)),
        np.zeros((size, WIDTH)),
        np.zeros(size, np.int64),
        np.full(size, -np.inf),
    )
    ways = _Ways()
    hangul, others = [], []
    for row, name in enumerate(names):
        if name.isascii():
            if 0 < len(name) <= MAX_NAME and not ways.add(row, name):
                others.append(row)
        elif len(name) == 3 and min(name) >= "가" and max(name) <= "힣":
            hangul.append(row)
        elif len(name) > MAX_NAME or max(name) > "\u2fff" or not ways.add(row, name):
            others.append(row)
    others += _read_hangul(found, names, hangul)
    others += _read_ways(found, ways)
    for row in others:
        one = parse(names[row])
        count = len(one.keys)
        found.keys[row, :count], found.weights[row, :count] = one.keys, one.weights
        found.scaled[row, :count], found.letters[row] = one.scaled, one.letters
        found.log_odds[row] = one.log_odds
    return found


def _shares(place: Place) -> Floats:
    """Return how frequent each syllable is at a place, by its number."""
    shares = np.full(_SYLLABLES, RARE)
    for name, share in prior(place).items():
        if len(name) == 1:
            shares[ord(name) - _FIRST] = share
    return shares


def _read_hangul(found: Columns, names: Sequence[str], rows: list[int]) -> list[int]:
    """Read names of three syllables in Hangul; return those with a rare surname, or that the North writes otherwise."""
    if not rows:
        return []
    text = "".join([names[row] for row in rows])
    first = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.int64).reshape(-1, 3) - _FIRST
    same = np.arange(_SYLLABLES)
    for digit in {*first[:, :2].ravel().tolist()}:
        same[digit] = ord(southern(chr(_FIRST + digit))) - _FIRST
    family = same[first[:, 0]]
    double = np.array([code_of(surname) for surname in DOUBLE_SURNAMES], np.int64)
    shares = _shares("s")[family]
    plain = (
        (shares > RARE)
        & (same[first[:, 1]] == first[:, 1])
        & ~np.isin(first[:, 0] * BASE + first[:, 1], double)
        & ~np.isin(family * BASE + first[:, 1], double)
    )
    mistaken = (shares + _shares("f")[first[:, 1]] + _shares("l")[first[:, 2]]) / 3
    where = np.array(rows)
    taken = where[plain]
    found.keys[taken, 0] = ((family * BASE + first[:, 1]) * BASE + first[:, 2])[plain]
    found.weights[taken, 0] = 1.0
    found.scaled[taken, 0] = 1.0 / np.sqrt(CLOSE * np.maximum(mistaken[plain], FLOOR))
    found.log_odds[taken] = NATIVE
    left: list[int] = where[~plain].tolist()
    return left


def _best(weights: Floats, count: int) -> tuple[Ints, Floats]:
    """Return for each row the places of its greatest numbers, the first of equals first, and the numbers."""
    left = weights.copy()
    rows = np.arange(len(left))
    places, best = np.empty((len(left), count), np.int64), np.empty((len(left), count))
    for column in range(count):
        place = left.argmax(axis=1)
        places[:, column], best[:, column] = place, left[rows, place]
        left[rows, place] = -1.0
    return places, best


def _table(found: list[Candidates], width: int, order: Callable[[Candidates], Candidates]) -> Floats:
    """Return candidates as [piece, 6, width], filled up with 0."""
    kept = [order(rows[:width]) for rows in found]
    lengths = np.fromiter(map(len, kept), np.intp, len(kept))
    total = int(lengths.sum())
    cells = np.fromiter((x for rows in kept for row in rows for x in row), np.float64, 6 * total)
    table = np.zeros((len(kept), 6, width))
    piece = np.repeat(np.arange(len(kept)), lengths)
    column = np.arange(total) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    table[piece, :, column] = cells.reshape(total, 6)
    return table


def _by_code(rows: Candidates) -> Candidates:
    """Return the candidates with the greatest number first: of equally likely readings, it goes first."""
    return tuple(sorted(rows, reverse=True)) if len(rows) > 1 else rows


class _Given(NamedTuple):
    """The readings of given names, [given name, 8]; `is_other` marks those that have to be parsed by themselves."""

    code: Ints
    habits: tuple[Floats, ...]
    seen: Floats
    is_other: NDArray[np.bool_]


def _read_given(ways: _Ways) -> _Given:
    """Return the readings of the given names, from those of their pieces."""
    first = _table(ways.found["f"], _WIDE, _by_code)
    later = _table(ways.found["l"], _WIDE, _by_code)
    cuts = np.array(ways.cuts, np.int64).reshape(-1, 5)
    size = len(cuts)
    found = _Given(
        np.zeros((size, KEPT), np.int64),
        tuple(np.zeros((size, KEPT)) for _ in MIX),
        np.zeros((size, KEPT)),
        np.zeros(size, bool),
    )
    for count in (1, 2):
        rows = np.flatnonzero((cuts[:, 2] > 0) == (count == 2))
        if not len(rows):
            continue
        f, l = first[cuts[rows, 0 : 2 * count : 2]], later[cuts[rows, 1 : 2 * count : 2]]  # noqa: E741
        code = (f[:, :, 0, :, None] * BASE + l[:, :, 0, None, :]).reshape(len(rows), -1)
        seen = (f[:, :, 5, :, None] + l[:, :, 5, None, :]).reshape(len(rows), -1)
        strength = np.zeros(code.shape)
        habits = []
        for habit, share in enumerate(MIX, 1):
            one, other = LENGTHS[2] * f[:, :, habit, :, None], l[:, :, habit, None, :]
            strength += (share * one * other).reshape(code.shape)
            habits.append((one * other).reshape(code.shape))
        places, best = _best(strength, KEPT)
        kept = np.ones(best.shape, bool)
        kept[:, 1:] = best[:, :-1] >= best[:, :1] * LEAST
        kept &= best > 0
        pick = np.arange(len(rows))[:, None], places
        found.code[rows] = np.where(kept, code[pick], 0)
        found.seen[rows] = seen[pick]
        for array, habit_rows in zip(found.habits, habits, strict=True):
            array[rows] = np.where(kept, habit_rows[pick], 0.0)
        is_other = (cuts[rows, 4] > 0) & (best[:, 0] < POOR)
        if count == 2:
            is_other |= _has_twice(found.code[rows])
        found.is_other[rows] = is_other
    return found


def _has_twice(keys: Ints) -> NDArray[np.bool_]:
    """Return in which rows a number above 0 stands twice: what comes in two ways is added up elsewhere."""
    keys = np.sort(keys, axis=1)
    twice: NDArray[np.bool_] = ((keys[:, 1:] == keys[:, :-1]) & (keys[:, 1:] > 0)).any(axis=1)
    return twice


def _read_ways(found: Columns, ways: _Ways) -> list[int]:
    """Read the names that were taken in; return those that have to be parsed by themselves."""
    if not ways.cuts:
        return []
    given = _read_given(ways)
    heads = _table([*ways.heads.values()], _WIDE, tuple)
    others: list[int] = []
    for count in (1, 2):
        rows = np.array(ways.rows[count - 1], np.intp)
        if not len(rows):
            continue
        numbers = np.array(ways.ways[count - 1]).reshape(len(rows), count, 3)
        letters = ways.letters[count - 1]
        odds = foreign_logs(ways.tokens[count - 1])

        def read_part(
            part: slice,
            rows: Places = rows,
            numbers: Floats = numbers,
            letters: list[str] = letters,
            odds: Floats = odds,
        ) -> list[int]:
            own = letters[part.start * numbers.shape[1] : part.stop * numbers.shape[1]]
            return _read_some(found, given, heads, rows[part], numbers[part], own, odds[part])

        parts = [slice(begin, begin + _PART) for begin in range(0, len(rows), _PART)]
        others += [row for part in abreast(read_part, parts) for row in part]
    return others


def _read_some(
    found: Columns,
    given: _Given,
    heads: Floats,
    rows: Places,
    numbers: Floats,
    letters: list[str],
    odds: Floats,
) -> list[int]:
    """Read names of as many ways each; `numbers` and `letters` are those of each way, `odds` of each name."""
    count = numbers.shape[1]
    head, name = heads[numbers[:, :, 0].astype(np.intp)], numbers[:, :, 1].astype(np.intp)
    weights: Floats = np.zeros((len(rows), count, _WIDE, KEPT))
    for habit, shares in enumerate(given.habits, 1):
        weights += head[:, :, habit, :, None] * shares[name][:, :, None, :]
    weights *= numbers[:, :, 2, None, None]
    code = given.code[name][:, :, None, :]
    keys = head[:, :, 0, :, None].astype(np.int64) * BASE**2 + code
    whole = weights.reshape(len(rows), count, -1).sum(axis=2)
    total = whole.sum(axis=1)
    is_other = given.is_other[name].any(axis=1)
    weights, keys = weights.reshape(len(rows), -1), keys.reshape(len(rows), -1)
    if count == 2:
        is_other |= _has_twice(np.where(weights > 0, keys, 0))
    seen = (head[:, :, 5, :, None] + given.seen[name][:, :, None, :]).reshape(len(rows), -1)
    best = np.arange(len(rows)) * count + whole.argmax(axis=1)
    chosen = [letters[place] for place in best.tolist()]
    fine = np.flatnonzero(~is_other & (total > 0))
    where = rows[fine]
    places, top = _best(weights[fine], WIDTH)
    share = top / total[fine, None]
    pick = fine[:, None], places
    kept = share >= LEAST
    found.keys[where] = np.where(kept, keys[pick], 0)
    found.weights[where] = np.where(kept, share, 0.0)
    found.scaled[where] = np.where(kept, share / np.sqrt(CLOSE * np.maximum(FLOOR, seen[pick] / 3)), 0.0)
    found.letters[where] = np.fromiter(map(letters_number, chosen), np.int64, len(chosen))[fine]
    marked = np.fromiter(("ŏ" in x or "ŭ" in x for x in chosen), bool, len(chosen))
    found.log_odds[where] = (np.log(total, where=total > 0, out=total) - odds + MARKED * marked)[fine]
    left: list[int] = rows[is_other].tolist()
    return left
