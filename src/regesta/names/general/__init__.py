"""Personal names of every language: whether two strings are spellings of one name, and in words why.

    folding.py   letters -> sounds, vowels, consonants        kin.py       Bill is William, Sasha is Aleksandr
    tokens.py    a name -> its tokens                         columns.py   names and tokens as arrays; keys to block by
    chinese.py   Wade-Giles and Pinyin
    scoring.py   tokens laid beside one another, and what each difference costs, in log2 odds
    telling.py   the same of one pair, in a sentence

Korean names have a model of their own (`names/korean`); here they are names as others. Written after measuring what there is:
see docs/decisions/names-general.md. Whose the names are is not asked here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["GeneralNames"]


class GeneralNames:
    """A row of names, parsed once, to be compared with one another in any number of pairs.

    >>> import numpy as np
    >>> names = GeneralNames(["Hans Müller", "Mueller, Hans", "Karl Müller"])
    >>> [round(float(p), 2) for p in names.compare(np.array([0, 0]), np.array([1, 2]))]
    [0.99, 0.01]
    """

    def __init__(self, names: Sequence[str]) -> None:
        from regesta.names.general.columns import columns

        self._numbers: dict[str, int] = {}
        self.names, self.tokens = columns(names, self._numbers)

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self.names.n_tokens)

    def add(self, names: Sequence[str]) -> None:
        """Put more names behind those that are there."""
        from regesta.names.general.columns import columns, together

        more, self.tokens = columns(names, self._numbers, self.tokens)
        self.names = together(self.names, more)

    def compare(
        self, left: NDArray[np.signedinteger], right: NDArray[np.signedinteger]
    ) -> NDArray[np.float64]:
        """Return for each pair of places the probability that both spell one name, the prior being one half."""
        from regesta.names.general.scoring import probability

        return probability(self.names, self.tokens, left, right)

    def may_agree(
        self, left: NDArray[np.signedinteger], right: NDArray[np.signedinteger]
    ) -> NDArray[np.bool_]:
        """Return False for pairs that `compare` would give less than `scoring.HOPELESS`: cheaper than comparing."""
        from regesta.names.general.scoring import may_agree

        return may_agree(self.names, self.tokens, left, right)

    def halves(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the first and the last word of each name by its vowels taken together, as numbers; 0 where it has but one.

        >>> first, last = GeneralNames(["Jan Kos", "Eva Koss", "Kos"]).halves()
        >>> bool(last[0] == last[1]), bool(first[0] == first[1]), int(last[2])
        (True, False, 0)
        """
        import numpy as np

        n = self.names.n_tokens
        if not len(self.tokens.vowels):
            return np.zeros(len(n), np.int64), np.zeros(len(n), np.int64)
        first = self.tokens.vowels[self.names.tokens[:, 0]]
        last = self.tokens.vowels[self.names.tokens[np.arange(len(n)), np.maximum(n - 1, 0)]]
        return np.where(n > 1, first, 0), np.where(n > 1, last, 0)

    def keys(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return keys to block by: the place of a name, and a number; at most twelve for a name.

        Two names that `compare` gives 0.3 or more nearly always share a key.
        """
        from regesta.names.general.columns import keys

        return keys(self.names, self.tokens)
