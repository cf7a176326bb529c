"""What the form of names, and the document around them, say of those who bear them, beyond how alike the letters are.

    "Kovács"                     a surname alone: compared with others of one word only
    "Jan Kos" and "J. Kos"       the shorter is borne by more people
    "Jan Kos" and "Jan Kos Jr."  perhaps two; "Jr." and "Sr." are
    Gerda, beside Gerta          two where one text has both, and each goes where the name fits best

How alike two names are is what `regesta.names` says; nothing is joined here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from regesta.resolution.corpus import MOST_NAMES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from regesta.resolution.corpus import Corpus

__all__ = ["by_generation", "compared", "fits_better", "is_full", "is_tail", "one_script", "shape"]

_MOST_TWINS: Final = 16
_CLEARLY: Final = 0.03
"""By how much another name has to fit better."""
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Kana, Han and Hangul."""
_LATIN: Final = re.compile("[A-Za-z]")


def by_generation(
    corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32], bits: NDArray[np.float64], lost: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the bits of names, fewer where one of two is called the younger, and where the elder meets the younger."""
    import numpy as np

    if not corpus.generation:
        return bits, np.zeros(len(a), bool)
    marks: dict[str, int] = {}
    of = np.zeros(len(corpus), np.int32)
    for number, mark in corpus.generation.items():
        of[number] = marks.setdefault(mark, len(marks) + 1)
    ours, theirs = of[a], of[b]
    differ = ours != theirs
    bits[differ] -= lost
    return bits, differ & (ours > 0) & (theirs > 0)


def fits_better(
    a: NDArray[np.int32], b: NDArray[np.int32], p: NDArray[np.float64], told_apart: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return the pairs with one whom a text tells apart from somebody whose name fits better: Gerda, beside Gerta."""
    import numpy as np

    forbidden = np.zeros(len(a), bool)
    twins: dict[int, list[int]] = {}
    for one, other in zip(a[told_apart].tolist(), b[told_apart].tolist(), strict=True):
        twins.setdefault(one, []).append(other)
        twins.setdefault(other, []).append(one)
    if not twins:
        return forbidden
    near = np.flatnonzero((np.isin(a, list(twins)) | np.isin(b, list(twins))) & ~told_apart)
    pairs = list(zip(near.tolist(), a[near].tolist(), b[near].tolist(), p[near].tolist(), strict=True))
    fit = {(x, y): chance for _, one, other, chance in pairs for x, y in ((one, other), (other, one))}
    for row, one, other, chance in pairs:
        for x, y in ((one, other), (other, one)):
            if any(fit.get((x, twin), 0.0) > chance + _CLEARLY for twin in twins.get(y, ())[:_MOST_TWINS]):
                forbidden[row] = True
    return forbidden


def compared(names: tuple[str, ...]) -> list[str]:
    """Return the names of a referent that are compared: the full ones, else the only ones there are.

    >>> compared(("Kos", "Jan Kos", "Jan Maria Kos")), compared(("Kos",))
    (['Jan Kos', 'Jan Maria Kos'], ['Kos'])
    """
    if len(names) < 2:
        return [*names]
    full = [name for name in names if is_full(name)]
    return (full or list(names))[:MOST_NAMES]


def is_full(name: str) -> bool:
    """Return whether a name is more than a given name or a surname: of several words, or in a script without spaces.

    >>> [is_full(name) for name in ("Peter Bauer", "P. Bauer", "Bauer, P.", "Peter B.", "Kovács", "박지수")]
    [True, True, True, False, False, True]
    """
    words = name.split()
    if len(words) == 2:
        return len(words[1].rstrip(".")) > 1 or words[0].endswith(",")
    return len(words) > 1 or _UNSPACED.search(name) is not None


def is_tail(one: str, other: str) -> bool:
    """Return whether one name is the other without its first word: where a text has both, a father may stand beside his son.

    >>> is_tail("Samuel Tesfay Woldu", "Tesfay Woldu"), is_tail("Ana Maria Ruiz", "Ana Ruiz")
    (True, False)
    """
    x, y = one.lower().split(), other.lower().split()
    return x[1:] == y or y[1:] == x


def one_script(one: str, other: str) -> bool:
    """Return whether both names are in Latin letters or neither is: a text that has a name in two scripts has one name.

    >>> one_script("Gerda Kos", "Gerta Kós"), one_script("Oleh Kos", "Олег Кос")
    (True, False)
    """
    return (_LATIN.search(one) is None) == (_LATIN.search(other) is None)


def shape(name: str) -> int:
    """Return how many words a name has, initials counted apart: what two names of different shapes share is less.

    >>> shape("Jan Kos") == shape("Eva Kos"), shape("Jan Kos") == shape("J. Kos")
    (True, False)
    """
    words = name.split()
    if "." in name or "," in name:
        words = [word.strip(".,") for word in words]
    return 16 * len(words) + [*map(len, words)].count(1)
