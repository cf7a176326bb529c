"""Where any of many strings stands in a text, however it is joined, cased or accented: one pass, whatever their number.

    hash of code points [a, b)  =  (P[b] - P[a]) / B**a        P[i] = sum of code[j] * B**j, modulo 2**64

A window of one to six tokens has the hash of the string that it spells without spaces, so "Kim Chol-su", "KIM CHOL SU" and
"kim_cholsu" are one pattern; a window always begins and ends where a token does, so "Ohio" holds no "Ohi". A million patterns
take eight bytes each. What the hash finds by chance (once in 10**12 windows at most) is found: a check that fails in vain is
looked at, one that passes in vain is not. Source of the hash: Karp and Rabin, 1987, in its additive form.

Beside it the standard library and Aho-Corasick automata were measured: see docs/guide/editions.md. Nothing here knows what a
pattern means.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from regesta.edition.folding import DIVIDER, Folded, fold_text

__all__ = ["RUN", "Hashes", "Hit", "Patterns", "clean", "found_in", "hashes_of", "runs_of", "whole_hashes"]

RUN: Final = 5
"""Words of a run that gives a passage away."""
EAST_RUN: Final = 12
"""Characters of one in a script without spaces."""
MOST: Final = 6
"""Tokens of a window, at most; of a longer pattern the first six are looked for."""
_PIECE: Final = 1 << 19
"""Code points that are looked at together."""
_BEHIND: Final = 1 << 10
"""Code points that a window may reach beyond its piece."""
_BASE: Final = 0x9E3779B97F4A7C15 | 1
_INVERSE: Final = pow(_BASE, -1, 1 << 64)
_MASK: Final = (1 << 64) - 1
_EAST: Final = 0x1100
_LONGEST: Final = 400
"""Code points of the longest window, with what stands between its tokens."""
_TURNED: Final = "turned"
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)
"""Odd factors whose products' first bits say quickly that most windows are in no set (Bloom 1970)."""

_APART: Final = re.compile(r"[\n\r\t|;<>\x01]|,(?! )|[\"'”’]\W*[\"'“‘]")
"""What stands between two names and not within one."""

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a pattern stands."""

    start: int
    end: int
    """Code points of the text."""
    rule: str


class _Known:
    """A set of hashes, asked about for many at a time."""

    def __init__(self, hashes: Hashes) -> None:
        self.hashes = np.unique(hashes)
        bits = min(26, max(16, int(len(self.hashes) * 16).bit_length()))
        self._shift = np.uint64(64 - bits)
        self._maybe = np.zeros(1 << bits, dtype=bool)
        self._surely = np.zeros(1 << bits, dtype=bool)
        self._maybe[self.hashes * _FIRST >> self._shift] = True
        self._surely[self.hashes * _SECOND >> self._shift] = True

    def __len__(self) -> int:
        return len(self.hashes)

    def among(self, asked: Hashes) -> NDArray[np.int64]:
        """Return the indices of those that are in the set."""
        if not len(self.hashes):
            return np.zeros(0, dtype=np.int64)
        maybe = np.flatnonzero(self._maybe[asked * _FIRST >> self._shift])
        few = asked[maybe]
        second = self._surely[few * _SECOND >> self._shift]
        maybe, few = maybe[second], few[second]
        at = np.minimum(np.searchsorted(self.hashes, few), len(self.hashes) - 1)
        sure: NDArray[np.int64] = maybe[self.hashes[at] == few]
        return sure


class Patterns:
    """What is looked for, each kind under the rule that a hit is reported by.

    >>> patterns = Patterns(names=whole_hashes(["Kim Chol-su"]))
    >>> [(hit.start, hit.end, hit.rule) for hit in patterns.hits("<b>KIM_CHOLSU</b> and Kim Chol-suk")]
    [(3, 13, 'name')]
    """

    def __init__(
        self,
        *,
        names: Hashes | None = None,
        turned: Hashes | None = None,
        words: Hashes | None = None,
        runs: Hashes | None = None,
        canaries: Hashes | None = None,
        shown: Hashes | None = None,
    ) -> None:
        empty = np.zeros(0, dtype=np.uint64)
        self.names = _Known(empty if names is None else names)
        """Windows of one to six tokens."""
        self.turned = _Known(empty if turned is None else turned)
        """The same, of names whose parts stand in another order: never across lines, cells or tags, where two names may meet."""
        self.words = _Known(empty if words is None else words)
        """Single words, which have to stand as words: a name of one word, or of two Hangul syllables."""
        self.runs = _Known(empty if runs is None else runs)
        """Five words of withheld passages."""
        self.canaries = _Known(empty if canaries is None else canaries)
        self.shown = _Known(empty if shown is None else shown)
        """Names that may be seen: a name that is hidden is no hit inside a longer one of these."""

    def __len__(self) -> int:
        return len(self.names) + len(self.turned) + len(self.words) + len(self.runs) + len(self.canaries)

    def hits(self, text: str) -> Iterator[Hit]:
        """Yield where something stands, in the order of pieces of the text; a place may be told more than once."""
        if not len(self):
            return
        for start in range(0, max(1, len(text)), _PIECE):
            piece = text[start : start + _PIECE + _BEHIND]
            for hit in self._piece(piece):
                if hit.start < _PIECE:
                    yield Hit(start + hit.start, start + hit.end, hit.rule)

    def _piece(self, text: str) -> list[Hit]:
        folded = fold_text(text)
        sums = _sums(folded.codes)
        named = (self.names, "name"), (self.turned, _TURNED), (self.canaries, "canary")
        every = [
            *_windows(folded, sums, folded.tokens, range(1, MOST + 1), named),
            *_windows(folded, sums, folded.words, (1,), ((self.words, "name"),)),
            *_windows(folded, sums, folded.words, (RUN,), ((self.runs, "quote"),)),
        ]
        if len(self.runs) and len(folded.codes) and int(folded.codes.max()) >= _EAST:
            every += _windows(folded, sums, folded.tokens, (EAST_RUN,), ((self.runs, "quote"),))
        found = []
        allowed: list[tuple[int, int]] | None = None
        for hit in every:
            told = hit
            if hit.rule == _TURNED:
                if _APART.search(text, hit.start, hit.end):
                    continue
                told = Hit(hit.start, hit.end, "name")
            if told.rule == "name" and len(self.shown):
                if allowed is None:
                    seen = _windows(folded, sums, folded.tokens, range(1, MOST + 1), ((self.shown, ""),))
                    allowed = sorted((h.start, h.end) for h in seen)
                if _is_inside(told, allowed):
                    continue
            found.append(told)
        return found


def _is_inside(hit: Hit, allowed: Sequence[tuple[int, int]]) -> bool:
    """Return whether a hit lies in a longer name that may be seen."""
    first = bisect_left(allowed, (hit.start - _LONGEST, 0))
    for start, end in allowed[first : bisect_right(allowed, (hit.start, 1 << 62))]:
        if hit.end <= end and end - start > hit.end - hit.start:
            return True
    return False


def _windows(
    folded: Folded,
    sums: Hashes,
    starts: NDArray[np.int64],
    sizes: Iterable[int],
    asked: Iterable[tuple[_Known, str]],
) -> Iterator[Hit]:
    """Yield the windows of so many tokens that are known, of each set by its rule."""
    sets = [(known, rule) for known, rule in asked if len(known)]
    if not sets:
        return
    weights = _powers(_INVERSE, len(sums))[starts]
    ends = sums[starts]
    for n in sizes:
        if len(starts) <= n:
            return
        hashes = (ends[n:] - ends[:-n]) * weights[:-n]
        for known, rule in sets:
            for i in known.among(hashes):
                first, last = int(folded.origin[starts[i]]), int(folded.origin[starts[i + n] - 1])
                yield Hit(first, last + 1, rule)


def _hash(sums: Hashes, low: NDArray[np.int64], high: NDArray[np.int64]) -> Hashes:
    return (sums[high] - sums[low]) * _powers(_INVERSE, len(sums))[low]


def _sums(codes: Hashes) -> Hashes:
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(codes * _powers(_BASE, len(codes) + 1)[:-1], out=sums[1:])
    return sums


def _powers(base: int, n: int) -> Hashes:
    size = max(1 << 12, 1 << n.bit_length())
    return _table(base, size)[:n]


@lru_cache(maxsize=16)
def _table(base: int, size: int) -> Hashes:
    """Return the powers 0, 1, 2 ... of a base, modulo 2**64."""
    powers = np.ones(size, dtype=np.uint64)
    filled = 1
    while filled < size:
        step = np.uint64(pow(base, filled, 1 << 64) & _MASK)
        more = min(filled, size - filled)
        powers[filled : filled + more] = powers[:more] * step
        filled += more
    return powers


def hashes_of(strings: Sequence[str]) -> tuple[Hashes, NDArray[np.int64]]:
    """Return of each string the hash of its first six tokens, and how many tokens it has; of one without tokens 0 and 0.

    >>> hashes, sizes = hashes_of(["Kim Chol-su", "kimcholsu", "..."])
    >>> bool(hashes[0] == hashes[1]), sizes.tolist()
    (True, [3, 1, 0])
    """
    hashes = np.zeros(len(strings), dtype=np.uint64)
    sizes = np.zeros(len(strings), dtype=np.int64)
    for first, folded, edges in _together(strings):
        starts = folded.tokens
        at = np.searchsorted(folded.origin[starts[:-1]], edges)
        counts = np.diff(at) - 1  # the divider is a token
        full = counts > 0
        low = starts[at[:-1]][full]
        high = starts[(at[:-1] + np.minimum(counts, MOST))[full]]
        part = slice(first, first + len(counts))
        hashes[part][full] = _hash(_sums(folded.codes), low, high)
        sizes[part] = counts
    return hashes, sizes


def whole_hashes(strings: Iterable[str]) -> Hashes:
    """Return the hashes of strings, each once; those without letters and digits have none."""
    hashes, sizes = hashes_of(list(strings))
    return np.unique(hashes[sizes > 0])


def runs_of(passages: Iterable[str]) -> Hashes:
    """Return the hashes of all runs of five words of the passages, and of twelve characters of scripts without spaces."""
    found: list[Hashes] = []
    for _, folded, _ in _together(list(passages)):
        sums = _sums(folded.codes)
        apart = np.concatenate(([0], np.cumsum(folded.codes == 1)))
        east = np.concatenate(([0], np.cumsum(folded.codes >= np.uint64(_EAST))))
        for starts, n in ((folded.words, RUN), (folded.tokens, EAST_RUN)):
            if len(starts) <= n:
                continue
            low, high = starts[:-n], starts[n:]
            fits = apart[low] == apart[high]
            if n == EAST_RUN:
                fits &= east[high] - east[low] == high - low
            found.append(np.unique(_hash(sums, low[fits], high[fits])))
    return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.uint64)


def found_in(patterns: Patterns, strings: Sequence[str]) -> list[list[Hit]]:
    """Return of each string the hits, counted in its own code points; many strings are looked at together."""
    found: list[list[Hit]] = [[] for _ in strings]
    if not len(patterns):
        return found
    for first, count in _batches(strings):
        batch = strings[first : first + count]
        edges = np.cumsum([0, *(len(x) + len(DIVIDER) for x in batch)])
        for hit in patterns.hits(DIVIDER.join(batch)):
            which = int(np.searchsorted(edges, hit.start, side="right")) - 1
            at = int(edges[which])
            found[first + which].append(Hit(hit.start - at, min(hit.end - at, len(batch[which])), hit.rule))
    return found


def clean(patterns: Patterns, strings: Sequence[str]) -> list[bool]:
    """Return of each string whether nothing stands in it."""
    return [not hits for hits in found_in(patterns, strings)]


def _batches(strings: Sequence[str]) -> Iterator[tuple[int, int]]:
    first, size = 0, 0
    for i, string in enumerate(strings):
        if i > first and size + len(string) > _PIECE:
            yield first, i - first
            first, size = i, 0
        size += len(string) + len(DIVIDER)
    if first < len(strings):
        yield first, len(strings) - first


def _together(strings: Sequence[str]) -> Iterator[tuple[int, Folded, NDArray[np.int64]]]:
    """Yield strings folded many at a time: the first one's index, and where each begins in what was folded."""
    for first, count in _batches(strings):
        batch = strings[first : first + count]
        edges = np.cumsum([0, *(len(x) + len(DIVIDER) for x in batch)])
        yield first, fold_text(DIVIDER.join((*batch, ""))), edges
