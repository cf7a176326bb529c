"""Many pairs at once: the probability that two strings are one Hangul name.

    odds(same : different) = sum over Hangul names H of  P(H | a) P(H | b) / Q(H)

The Hangul name is the cause of both strings. If they are two names, they are taken to be two that are easily mistaken, that
differ in one place: then H is the second name with probability Q(H), the mean share of its syllables at their places, at
least 0.02, of which about half are so close. One half is the prior, so the probability is odds / (1 + odds). Two strings of the
same Latin letters in the same order are one name at 0.98 (in public data 22 of 5,832 such strings belonged to two names). Each string is parsed once into at
most six readings; comparing is arithmetic on arrays of six by six, after a glance at 64 bits for each name that tells most pairs apart. Whose the
names are is not asked here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from regesta.names.korean.alike import ALIKE, SAME_LETTERS, classes_of
from regesta.names.korean.columns import read
from regesta.names.korean.table import BASE
from regesta.undisturbed import undisturbed

__all__ = ["KoreanNames"]

_CHUNK: Final = 1 << 14  # pairs at a time, so that what is in between stays in the processor's cache
_SPREAD: Final = np.uint64(
    0x9E3779B97F4A7C15
)  # 2 ** 64 over the golden ratio: near numbers come far apart (Knuth)
_KEY_SHARE: Final = 0.004  # a reading of a smaller share gives no key


class KoreanNames:
    """A row of names, parsed once, to be compared with one another in any number of pairs.

    >>> import numpy as np
    >>> names = KoreanNames(["Park Jisoo", "박지수", "Kim Basinger"])
    >>> [float(p > 0.9) for p in names.compare(np.array([0, 0]), np.array([1, 2]))], names.is_korean.tolist()
    ([1.0, 0.0], [True, True, False])
    """

    is_korean: NDArray[np.bool_]
    """Whether each name is readable as a Korean name, more likely than not."""
    log_odds: NDArray[np.float64]
    """How much likelier each is as a Korean name than as another, natural logarithm."""

    def __init__(self, names: Sequence[str]) -> None:
        with undisturbed():
            found = read(names)
        self.log_odds = found.log_odds
        self.is_korean = found.log_odds > 0
        self._letters = found.letters
        self._letters[~self.is_korean] = 0
        self._keys = found.keys
        self._shares = found.weights.astype(np.float32)
        self._scaled = found.scaled.astype(np.float32)
        self._scaled[~self.is_korean] = 0
        self._alike = classes_of(self._keys[:, 0])
        self._alike[~self.is_korean] = 0
        self._width = max(1, int((self._shares > 0).sum(axis=1).max(initial=1)))
        self._glance = self._glances()

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self.is_korean)

    def _glances(self) -> NDArray[np.int64]:
        """Return for each name what tells most pairs apart: its readings as a set of 64 bits, its class, its letters.

        Names without letters or class have a number of their own there.
        """
        places = (self._keys.astype(np.uint64) * _SPREAD) >> np.uint64(58)
        bits = np.where(self._scaled > 0, np.uint64(1) << places, np.uint64(0))
        own = -1 - np.arange(len(self))
        glances = np.empty((len(self), 3), np.int64)
        glances[:, 0] = np.bitwise_or.reduce(bits, axis=1).view(np.int64)
        glances[:, 1] = np.where(self._alike != 0, self._alike, own)
        glances[:, 2] = np.where(self._letters != 0, self._letters, own)
        return glances

    def compare(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return for each pair of places the probability that both are the same Hangul name, the prior being one half.

        It is 0 where one of them is no Korean name.
        """
        left, right = np.asarray(left, np.intp), np.asarray(right, np.intp)
        result = np.zeros(len(left), np.float64)
        for start in range(0, len(left), _CHUNK):
            a, b = left[start : start + _CHUNK], right[start : start + _CHUNK]
            one, other = self._glance[a], self._glance[b]
            is_possible = (one[:, 0] & other[:, 0]) != 0
            is_possible |= (one[:, 1] == other[:, 1]) | (one[:, 2] == other[:, 2])
            rows = np.flatnonzero(is_possible)
            if len(rows):
                result[start + rows] = self._compare_possible(a[rows], b[rows])
        return result

    def _compare_possible(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Compare pairs that have something in common, or look so at a glance; those that have not get 0 here too."""
        width = self._width
        keys, scaled = self._keys[:, :width], self._scaled[:, :width]
        keys_a, keys_b, scaled_a, scaled_b = keys[left].T, keys[right].T, scaled[left].T, scaled[right].T
        odds = np.zeros(len(left), np.float32)
        for i in range(width):
            for j in range(width):
                odds += (keys_a[i] == keys_b[j]) * (scaled_a[i] * scaled_b[j])
        chance = (odds / (1 + odds)).astype(np.float64)
        alike = self._alike[left]
        np.maximum(chance, ALIKE, out=chance, where=(alike == self._alike[right]) & (alike != 0))
        letters = self._letters[left]
        is_same = (letters == self._letters[right]) & (letters != 0)
        np.maximum(chance, SAME_LETTERS, out=chance, where=is_same)
        return chance

    def halves(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the surname and the given name of each as it is read most likely, as numbers; 0 where it is no Korean name.

        >>> surnames, given = KoreanNames(["Kim Min-su", "Kim Minsu", "Park Min-su", "Hans"]).halves()
        >>> len({*surnames[:2].tolist()}), len({*given[:3].tolist()}), int(surnames[3])
        (1, 1, 0)
        """
        first = np.where(self.is_korean, self._keys[:, 0], 0)
        one, two, three = BASE, BASE**2, BASE**3
        below = np.where(first >= three, two, np.where(first >= two, two, one))
        return first // below, first % below

    def keys(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return keys to block by: the place of a name, and the number of a reading or of its letters.

        Two names that `compare` gives 0.3 or more nearly always share a key.
        """
        rows, columns = np.nonzero((self._shares >= _KEY_SHARE) & self.is_korean[:, None])
        spelled = np.nonzero(self._letters)[0]
        index = np.concatenate((rows, spelled)).astype(np.int32)
        return index, np.concatenate((self._keys[rows, columns], -self._letters[spelled]))
