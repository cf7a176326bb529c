"""What chance makes of large corpora: texts that share one run of words with very many others, and nothing else with any.

    runs alone in their two texts ── the CROWD longest of each text ──► kept, all others counted

Which are the longest is asked of all sides of all runs at once, a number each. Nothing here knows what a run is good for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from regesta.sharing.seeds import Runs, among
from regesta.sharing.words import Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["CROWD", "without_crowd"]

CROWD = 8
"""Texts that a text is shown to share one run of words with, and nothing else: of more the longest runs. How many share a phrase by
chance grows with the square of their number; what one text says in common with others it never was near grows no more."""
_LONGEST: Final = (1 << 32) - 1
_BITS_OF_LENGTH: Final = 12


def without_crowd(words: Words, runs: Runs, short: Runs) -> tuple[Runs, int]:
    """Return the runs without those that chance makes of large corpora, and how many these are.

    A run is alone where nothing else stands in both of its texts. Of these each text keeps its CROWD longest, the first of it where they
    are as long; one that is among the longest of either text stays.

    >>> from regesta.sharing.seeds import find_runs, find_short_runs, rare_runs
    >>> from regesta.sharing.words import read_words
    >>> words = read_words(["one two three four five six seven eight"] * 3)
    >>> runs, n = without_crowd(words, find_runs(words, 8), find_short_runs(words, 8, rare_runs(words.hashes)))
    >>> len(runs.first), n
    (3, 0)
    """
    import numpy as np

    n_texts = len(words.first)
    both = words.text_of(runs.first) * n_texts + words.text_of(runs.second)
    ordered = np.sort(both)
    near = words.text_of(short.first) * n_texts + words.text_of(short.second)
    again = np.unique(np.concatenate([ordered[1:][ordered[1:] == ordered[:-1]], near, [-1]]))
    kept = among(both, again)
    kept |= both % (n_texts + 1) == 0  # both sides in one text
    del ordered, both
    strangers = np.flatnonzero(~kept)
    rows = _first_few(words, runs, strangers)
    place = np.concatenate([runs.first[strangers], runs.second[strangers]])[rows]
    length = runs.length[strangers[rows % max(1, len(strangers))]]
    text = words.text_of(place)
    order = np.lexsort((place, _LONGEST - length, text))
    text = text[order]
    rank = np.arange(len(order)) - np.searchsorted(text, text)
    kept[strangers[rows[order[rank < CROWD]] % max(1, len(strangers))]] = True
    columns = (
        column[kept].astype(np.int64) for column in (runs.first, runs.second, runs.length, runs.places)
    )
    return Runs(*columns), int(len(kept) - kept.sum())


def _first_few(words: Words, runs: Runs, strangers: Array) -> Array:
    """Return which sides of runs may be among the CROWD longest of their texts: the first sides, then the second ones.

    A side is one number, of its text, its length and its place, as exactly as they find room: what stands behind the CROWD first
    numbers of its text is not among them.
    """
    import numpy as np

    bits = max(0, len(words.hashes).bit_length() + len(words.first).bit_length() + _BITS_OF_LENGTH - 64)
    shift = np.uint64(64 - len(words.first).bit_length())
    shorter = np.uint64((1 << _BITS_OF_LENGTH) - 1) - np.minimum(
        runs.length[strangers], (1 << _BITS_OF_LENGTH) - 1
    ).astype(np.uint64)
    shorter <<= shift - np.uint64(_BITS_OF_LENGTH)
    sides = []
    for place in (runs.first[strangers], runs.second[strangers]):
        key = words.text_of(place).astype(np.uint64) << shift
        key |= shorter
        key |= place.astype(np.uint64) >> np.uint64(bits)
        sides.append(key)
    key = np.concatenate(sides)
    del sides, shorter
    ordered = np.sort(key)
    heads = np.flatnonzero(np.append(True, (ordered[1:] >> shift) != (ordered[:-1] >> shift))[: len(ordered)])
    last = np.minimum(heads + CROWD, np.append(heads[1:], len(ordered))) - 1
    most = np.zeros(len(words.first) + 1, np.uint64)
    most[(ordered[heads] >> shift).astype(np.int64)] = ordered[last]
    return np.flatnonzero(key <= most[(key >> shift).astype(np.int64)])
