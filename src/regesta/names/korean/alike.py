"""Hangul names that are easily mistaken for one another when heard or typed: the same surname and nearly the same sounds.

    성 승    ㅓ and ㅡ         재 제    ㅐ and ㅔ        진 친    plain, tense and aspirated
    선 성    ㄴ ㅁ ㅇ at the end

Two strings without a common reading that are alike in this way are one name by a slip of the writer about once in ten times;
elsewhere it is far rarer. The number of a name's class is arithmetic on the number of the name, for one or for an array.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from regesta.names.korean.hangul import CODAS, ONSETS, VOWELS
from regesta.names.korean.table import BASE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["ALIKE", "SAME_LETTERS", "class_of", "classes_of"]

ALIKE: Final = 0.1
"""Probability that two names of one class, without a common reading, are one."""
SAME_LETTERS: Final = 0.98
"""Probability that the same letters are the same name."""
_ONSETS: Final = dict(zip(ONSETS, "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅈㄱㄷㅂㅎ", strict=True))
_VOWELS: Final = dict(zip(VOWELS, "ㅏㅐㅑㅐㅓㅐㅕㅐㅗㅘㅚㅚㅛㅜㅝㅚㅚㅠㅓㅣㅣ", strict=True))
_CODAS: Final = dict(
    zip(CODAS[1:], "ㄱㄱㄱㄴㄴㄴㄷㄹㄹㄹㄹㄹㄹㄹㄹㄴㅂㅂㄷㄷㄴㄷㄷㄱㄷㅂㄷ", strict=True)
) | {"": ""}
_MOST: Final = 4  # syllables of a number that is not folded


@cache
def _places() -> tuple[int, ...]:
    """Return for each digit of a name's number the first digit of its class."""
    first: dict[tuple[str, str, str], int] = {}
    found = [0]
    digit = 1
    for onset in ONSETS:
        for vowel in VOWELS:
            for coda in CODAS:
                found.append(first.setdefault((_ONSETS[onset], _VOWELS[vowel], _CODAS[coda]), digit))
                digit += 1
    return tuple(found)


def class_of(key: int) -> int:
    """Return the number of the class that a name's number belongs to; the surname must be the same.

    >>> from regesta.names.korean.table import code_of
    >>> class_of(code_of("김태성")) == class_of(code_of("김대승")), class_of(code_of("김태성")) == class_of(code_of("긴태성"))
    (True, False)
    """
    places = _places()
    made, power = 0, 1
    while key >= BASE:
        key, digit = divmod(key, BASE)
        made += places[digit] * power
        power *= BASE
    return made + key * power


def classes_of(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the classes of many names' numbers; that of 0 or less is the number itself."""
    import numpy as np

    places = np.array(_places(), np.int64)
    rest = np.maximum(keys, 0)
    made = np.where(keys < 0, keys, 0)
    power = 1
    for _ in range(_MOST):
        rest, digit = np.divmod(rest, BASE)
        made += np.where(rest > 0, places[digit], digit) * power
        power *= BASE
    return made
