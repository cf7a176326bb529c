"""Comparing names: the one door to the Korean model and to the general one.

    "Kang Minjoo", "Kang Minju"      both Korean        -> names/korean
    "Bill Clinton", "Clinton, W."    neither            -> names/general
    "Wang Min", "Wang Ming"          may be Korean      -> both, weighed by how likely both names are Korean

    p  =  k * p_korean  +  (1 - k) * p_general          k = P(a is Korean) * P(b is Korean)

Most names of other languages are kept from the Korean model by letters that stand side by side in no Korean name (`st`, `dr`, `f`).
`k` is taken for 1 where the odds of both are above 50 to 1, and for 0 where one of the two cannot be Korean. A probability says
that two strings spell one name, the prior being one half: many people share a name, and that is for `resolution` to weigh.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from regesta.abreast import abreast
from regesta.names.explaining import (
    MAX_KOREAN,
    SURE,
    Comparison,
    compare,
    may_be_korean,
    normalise,
    variants,
)
from regesta.names.korean.pairs import KoreanNames

if TYPE_CHECKING:
    from regesta.names.general import GeneralNames

__all__ = [
    "Comparison",
    "NameTable",
    "compare",
    "compare_many",
    "may_be_korean",
    "normalise",
    "variants",
]

_MOST_KNOWN: Final = 1 << 18  # names: `compare_many` keeps the table of its last call up to this
_CHUNK: Final = 1 << 18  # pairs at a time
_LOOKED_AT: Final = 200  # characters of a name that the general model reads


class NameTable:
    """Names, each distinct one parsed once, to be compared with one another in any number of pairs.

    >>> import numpy as np
    >>> table = NameTable(["Kang Minjoo", "Kang Minju", "Hans Müller", "Mueller, Hans"])
    >>> (table.compare(np.array([0, 2, 0]), np.array([1, 3, 2])) > 0.5).tolist(), table.is_korean.tolist()
    ([True, True, False], [True, True, False, False])
    """

    is_korean: NDArray[np.bool_]
    """Whether each name is readable as a Korean name, more likely than not."""

    def __init__(self, names: Sequence[str]) -> None:
        numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
        self._numbers = numbers
        self._distinct = list(numbers)
        self._is_distinct = len(numbers) == len(names)
        self._row = np.fromiter(map(numbers.__getitem__, names), np.intp, len(names))
        known = [name if may_be_korean(name) else "" for name in self._distinct]
        self._korean: KoreanNames = KoreanNames(known)
        odds = self._korean.log_odds
        self._chance = 1.0 / (1.0 + np.exp(-odds))  # of each name, that it is Korean
        self._is_sure = odds >= SURE
        self._chance[self._is_sure] = 1.0
        self._chance[~self._korean.is_korean] = 0.0
        self._reading = Lock()
        """Held by who reads names: pairs are compared by several threads."""
        self._glance: tuple[NDArray[np.uint32], NDArray[np.bool_]] | None = None
        self._general: GeneralNames | None = None
        self._general_row = np.full(len(numbers), -1, np.int32)
        self._parsed = np.empty(
            0, np.intp
        )  # the distinct names that the general model has read, in its order
        self.is_korean = self._korean.is_korean[self._row]

    def __len__(self) -> int:
        """Return how many names were given."""
        return len(self._row)

    def numbers_of(self, names: Sequence[str]) -> NDArray[np.intp]:
        """Return where each name stands among the distinct ones; KeyError where one is not known.

        >>> NameTable(["b", "a", "b"]).numbers_of(["a", "b"]).tolist()
        [1, 0]
        """
        return np.fromiter(map(self._numbers.__getitem__, names), np.intp, len(names))

    def compare(
        self, left: NDArray[np.intp], right: NDArray[np.intp], *, least: float = 0.0
    ) -> NDArray[np.float64]:
        """Return for each pair of places the probability that both are spellings of one name.

        What is less than `least` may come back as 0: most of those pairs are told at a glance, which saves most of the time.
        """
        if self._is_distinct:
            return self.compare_distinct(left, right, least=least)
        return self.compare_distinct(self._row[left], self._row[right], least=least)

    def compare_distinct(
        self, left: NDArray[np.intp], right: NDArray[np.intp], *, least: float = 0.0
    ) -> NDArray[np.float64]:
        """Return the same for places among the distinct names."""
        result = np.empty(len(left))

        def compare(part: slice) -> None:
            result[part] = self._compare(left[part], right[part], least)

        abreast(compare, [slice(start, start + _CHUNK) for start in range(0, len(left), _CHUNK)])
        return result

    def _compare(self, left: NDArray[np.intp], right: NDArray[np.intp], least: float) -> NDArray[np.float64]:
        result = self._korean.compare(left, right)
        rest = np.flatnonzero(~(self._is_sure[left] & self._is_sure[right]))
        if len(rest):
            a, b = left[rest], right[rest]
            chances = np.zeros(len(rest))
            possible = np.flatnonzero(self._may_be_alike(a, b))
            if len(possible):
                open_ = result[rest[possible]] > 0
                chances[possible] = self._compare_generally(a[possible], b[possible], open_, least)
            korean = self._chance[a] * self._chance[b]
            result[rest] = korean * result[rest] + (1.0 - korean) * chances
        return result

    def _may_be_alike(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return False for pairs that need not be parsed for the general model: a glance at the letters is enough.

        That is where one is in Hangul and the other is not, and where one is surely Korean and each has three plain Latin letters
        that the other lacks; initials and slips leave one side with fewer.
        """
        with self._reading:
            if self._glance is None:
                self._glance = (_letter_sets(self._distinct), _are_hangul(self._distinct))
        letters, hangul = self._glance
        one, other = letters[left], letters[right]
        is_far = (np.bitwise_count(one & ~other) >= 3) & (np.bitwise_count(other & ~one) >= 3)
        is_far &= self._is_sure[left] | self._is_sure[right]
        alike: NDArray[np.bool_] = ~is_far & (hangul[left] == hangul[right])
        return alike

    def _compare_generally(
        self, left: NDArray[np.intp], right: NDArray[np.intp], is_open: NDArray[np.bool_], least: float
    ) -> NDArray[np.float64]:
        """Compare with the general model; a pair that is not open and stays below `least` may get 0."""
        from regesta.names.general.scoring import HOPELESS

        wanted = np.zeros(len(self._distinct), bool)
        wanted[left] = wanted[right] = True
        general = self._read(wanted)
        one, other = self._general_row[left], self._general_row[right]
        if least <= HOPELESS:
            return general.compare(one, other)
        rows = np.flatnonzero(is_open | general.may_agree(one, other))
        chances = np.zeros(len(left))
        chances[rows] = general.compare(one[rows], other[rows])
        return chances

    def _read(self, wanted: NDArray[np.bool_]) -> GeneralNames:
        """Return the general model when it has read these names; what it has read it reads no more."""
        from regesta.names.general import GeneralNames

        with self._reading:
            rows = np.flatnonzero(wanted & (self._general_row < 0))
            if self._general is None:
                self._general = GeneralNames([])
            if len(rows):
                self._general.add([self._distinct[row] for row in rows.tolist()])
                self._general_row[rows] = len(self._parsed) + np.arange(len(rows), dtype=np.int32)
                self._parsed = np.concatenate((self._parsed, rows))
            return self._general

    def halves(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return two numbers for each name: of its surname and its given name, or of its first and its last word; 0 for none.

        >>> surnames, _ = NameTable(["Kim Min-su", "Kim Jin-ho", "Jan Kos", "Kos"]).halves()
        >>> bool(surnames[0] == surnames[1]), surnames[2:].astype(bool).tolist()
        (True, [True, False])
        """
        is_general = self._chance < 0.5
        general = self._read(is_general).halves()
        rows = self._general_row
        one, other = (
            np.where(is_general, words[rows], korean) if len(words) else korean
            for words, korean in zip(general, self._korean.halves(), strict=True)
        )
        return one[self._row], other[self._row]

    def keys(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return keys to block by: the place of a name, and a number; few for a name.

        Two names that `compare` gives 0.3 or more nearly always share a key, typing errors and initials included. A name that
        may be Korean or not has the keys of both models. Keys of the two models never meet but by chance.
        """
        place, key = self._read(~self._is_sure).keys()
        korean_place, korean_key = self._korean.keys()
        place = np.concatenate((korean_place, self._parsed[place].astype(np.int32)))
        key = np.concatenate((korean_key, key | np.int64(1 << 62)))
        if self._is_distinct:
            return place, key
        return _spread(place, key, self._row)


def _are_hangul(names: Sequence[str]) -> NDArray[np.bool_]:
    """Return which names have a letter or syllable of Korean writing among their first 200 characters.

    >>> _are_hangul(["Anna", "박지수", "Ŏ", "김"]).tolist()
    [False, True, False, True]
    """
    found = np.zeros(len(names), bool)
    rows = [row for row, name in enumerate(names) if not name.isascii()]
    kept = [names[row][:_LOOKED_AT] for row in rows]
    if not rows:
        return found
    codes = np.frombuffer("".join(kept).encode("utf-32-le", "surrogatepass"), np.uint32)
    letters = (codes >= 0xAC00) & (codes <= 0xD7A3)
    letters |= ((codes >= 0x1100) & (codes <= 0x11FF)) | ((codes >= 0x3130) & (codes <= 0x318F))
    ends = np.cumsum([len(name) for name in kept])
    found[rows] = np.logical_or.reduceat(letters, ends - [len(name) for name in kept])
    return found


def _letter_sets(names: Sequence[str]) -> NDArray[np.uint32]:
    """Return for each name the set of its plain Latin letters, a bit each.

    >>> [int(x).bit_count() for x in _letter_sets(["Anna", "박지수", "Bo"])]
    [2, 0, 2]
    """
    kept = [name[:MAX_KOREAN] for name in names]
    sizes = np.fromiter(map(len, kept), np.intp, len(kept))
    codes = np.frombuffer("".join(kept).encode("ascii", "replace"), np.uint8)
    bits = np.where(codes >= 64, np.uint32(1) << (codes & 31).astype(np.uint32), np.uint32(0))
    sets = np.zeros(len(kept), np.uint32)
    some = np.flatnonzero(sizes)
    if len(some):
        sets[some] = np.bitwise_or.reduceat(bits, (np.cumsum(sizes) - sizes)[some])
    return sets


def _spread(
    place: NDArray[np.int32], key: NDArray[np.int64], row: NDArray[np.intp]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return the keys of distinct names as keys of all names."""
    order = np.argsort(place, kind="stable")
    place, key = place[order], key[order]
    start = np.searchsorted(place, row)
    n_keys = np.searchsorted(place, row, side="right") - start
    name = np.repeat(np.arange(len(row), dtype=np.int32), n_keys)
    offset = np.arange(len(name)) - np.repeat(np.cumsum(n_keys) - n_keys, n_keys)
    return name, key[np.repeat(start, n_keys) + offset]


class _Known:
    """The table of the last call of `compare_many`: the same names in new pairs are not parsed again."""

    table: NameTable | None = None


@cache
def _known() -> _Known:
    return _Known()


def compare_many(list_a: Sequence[str], list_b: Sequence[str]) -> NDArray[np.float64]:
    """Return for each pair of strings at one place the probability that both are spellings of one name.

    The names of the last call are remembered, up to 262,144, so known names in new pairs cost no parsing.

    >>> [round(float(p), 1) for p in compare_many(["Kang Minjoo", "Kim Min-su"], ["Kang Minju", "Kim Basinger"])]
    [1.0, 0.0]

    Raises ValueError where the two are not of one length.
    """
    if len(list_a) != len(list_b):
        raise ValueError(f"two lists of one length are compared; these have {len(list_a)} and {len(list_b)}")
    known = _known()
    table = known.table
    if table is not None:
        try:
            return table.compare_distinct(table.numbers_of(list_a), table.numbers_of(list_b))
        except KeyError:
            pass
    table = NameTable([*dict.fromkeys((*list_a, *list_b))])
    if len(table) <= _MOST_KNOWN:
        known.table = table
    return table.compare_distinct(table.numbers_of(list_a), table.numbers_of(list_b))
