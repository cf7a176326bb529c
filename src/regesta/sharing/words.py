"""Texts as rows of numbers, a word a number, so that a thousand texts can be searched in arrays.

    "The MiG-15’s pilot"  ->  the, mig, 15s, pilot   ->   four hashes of 32 bits, and where each word starts and ends

Case, accents, punctuation, hyphens, dashes and quotation marks are folded: two spellings that differ in these alone are one
word. Where a script sets no spaces (Han, kana, Thai, Lao, Khmer, Burmese) each character is a word of its own, and two of them
count as one when words are counted. Texts are laid end to end with a break between them, which equals nothing.

It does not know languages: a stem, an ending or `ss` for `ß` makes another word.
"""

from __future__ import annotations

import tempfile
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

from regesta.abreast import abreast
from regesta.text.span import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["FIRST", "NUMBER", "UNSPACED", "Words", "read_words"]

PIECE = 1 << 18
"""Code points of a long text that are folded at a time."""
_TOGETHER = 1 << 16
"""Code points of short texts that are folded at a time: what fits the processor's cache."""
_STRETCH, _ROOMY = 256, 64
"""In which text a stretch of so many words begins is looked up once, where one word in so many or more is asked for."""
_BATCHES = 8
"""So many are folded by several threads."""

FIRST, NUMBER, UNSPACED = 1, 2, 4
"""What is known of a word: it is the first of its line; it begins with a digit; it is a character of a script without spaces."""

_DROPPED, _MARK = 1, 2
_DIGIT, _ALONE = 1 << 24, 1 << 25
_LETTER = (1 << 24) - 1
_QUOTES = frozenset("'’‘ʼʻ`´ʹʾʿ′＇\u00ad")
_ALONE_RANGES = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_BASE = 0x9E3779B97F4A7C15  # odd, so it has an inverse modulo 2**64
_LINE_ENDS = (0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of all texts, one after another; index 0 and the place after each text hold a break.

    >>> words = read_words(["Kim fled.", "She fled"])
    >>> words.hashes[2] == words.hashes[5], words.span(1, 3)
    (np.True_, Span(start=0, end=8))
    """

    hashes: Array
    """uint32; 0 is a break: the end of a text, or a word that is not to be looked at."""
    starts: Array
    """uint32: the code point in its own text at which the word starts."""
    ends: Array
    """uint32: the code point after the word."""
    flags: Array
    """uint8: FIRST, NUMBER, UNSPACED."""
    first: Array
    """int64: the index of the first word of each text, and one more after the last; the place before it is a break."""

    def span(self, start: int, end: int) -> Span:
        """Return where the words `[start, end)` stand in their text."""
        return Span(int(self.starts[start]), int(self.ends[end - 1]))

    def text_of(self, places: Array) -> Array:
        """Return the number of the text in which each word stands."""
        import numpy as np

        if len(places) * _ROOMY < int(self.first[-1]):
            return np.searchsorted(self.first, places, side="right") - 1
        near = (
            np.searchsorted(self.first, np.arange(0, int(self.first[-1]) + _STRETCH, _STRETCH), side="right")
            - 1
        )
        after = np.append(self.first, np.iinfo(np.int64).max)
        found = np.empty(len(places), np.int64)
        for low in range(0, len(places), _TOGETHER):
            at = places[low : low + _TOGETHER]
            text = near[at // _STRETCH]
            later = np.flatnonzero(after[text + 1] <= at)
            text[later] = np.searchsorted(self.first, at[later], side="right") - 1
            found[low : low + _TOGETHER] = text
        return found


def read_words(texts: Iterable[str], skip: Sequence[Sequence[Span]] = ()) -> Words:
    """Return the words of texts; those that overlap a span of `skip` (one sequence a text) become breaks.

    Time and memory are proportional to the texts: 5 bytes a word, and 8 on the disk.
    """
    import numpy as np

    hashes, flags = array("I", [0]), array("B", [0])
    first, reached, number = [1], 1, 0
    with _Column() as starts, _Column() as ends:
        for pieces, (row, begin, stop, flag) in _folded(_batches(texts)):
            offset, at = 0, 0
            for last, before, piece in pieces:
                to = int(np.searchsorted(begin, offset + len(piece)))
                own = row[at:to], begin[at:to] - offset + before, stop[at:to] - offset + before, flag[at:to]
                if number < len(skip) and skip[number]:
                    _take_out(own[0], own[1], own[2], skip[number])
                hashes.frombytes(own[0].tobytes())
                starts.add(own[1])
                ends.add(own[2])
                flags.frombytes(own[3].tobytes())
                reached += to - at
                if last:
                    hashes.append(0)
                    flags.append(0)
                    starts.add(np.zeros(1))
                    ends.add(np.zeros(1))
                    reached += 1
                    first.append(reached)
                number += last
                offset, at = offset + len(piece) + 1, to
        where = starts.whole(), ends.whole()
    row, flag = np.frombuffer(hashes, np.uint32), np.frombuffer(flags, np.uint8)
    return Words(row, *where, flag, np.array(first, np.int64))


class _Column:
    """Numbers of 32 bits in a temporary file: of a million words it is asked of a few hundred where they stand."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `__exit__`
        self._file.write(bytes(4))  # the break before the first text

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()  # what was mapped stays

    def add(self, values: Array) -> None:
        self._file.write(values.astype("<u4").tobytes())

    def whole(self) -> Array:
        import numpy as np

        self._file.flush()
        return np.memmap(self._file, "<u4", "r")


_Pieces = list[tuple[bool, int, str]]


def _folded(batches: Iterator[_Pieces]) -> Iterator[tuple[_Pieces, tuple[Array, Array, Array, Array]]]:
    """Yield each batch with its words."""

    def fold(pieces: _Pieces) -> tuple[Array, Array, Array, Array]:
        return _fold("\n".join(piece for _, _, piece in pieces))

    while some := list(islice(batches, _BATCHES)):
        yield from zip(some, abreast(fold, some), strict=True)


def _batches(texts: Iterable[str]) -> Iterator[_Pieces]:
    """Yield pieces of texts, _TOGETHER code points or more at a time: is it the last of its text, where it starts, the piece."""
    batch: list[tuple[bool, int, str]] = []
    size = 0
    for text in texts:
        at = 0
        while True:
            to = at + PIECE
            if to < len(text):
                cut = max(text.rfind(" ", to - 2000, to), text.rfind("\n", to - 2000, to))
                to = cut if cut > at else to
            piece = text[at:to]
            batch.append((to >= len(text), at, piece))
            size += len(piece) + 1
            if size >= _TOGETHER:
                yield batch
                batch, size = [], 0
            at = to
            if at >= len(text):
                break
    if batch:
        yield batch


def _take_out(row: Array, begin: Array, stop: Array, spans: Sequence[Span]) -> None:
    """Make breaks of the words that overlap one of the spans."""
    import numpy as np

    for start, end in spans:
        if end > start:
            row[np.searchsorted(stop, start, side="right") : np.searchsorted(begin, end, side="left")] = 0


def _fold(text: str) -> tuple[Array, Array, Array, Array]:
    """Return hashes, starts, ends and flags of the words of a text of a few PIECEs at most."""
    import numpy as np

    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    codes = _codes(points)
    where: Array | None = None
    folded = codes
    silent = (codes == _DROPPED) | (codes == _MARK)
    if silent.any():
        where = np.flatnonzero(~silent)
        folded = codes[where]
    letter = np.zeros(len(folded) + 2, np.bool_)
    np.not_equal(folded, 0, out=letter[1:-1])
    begins = letter[1:-1] & ~letter[:-2]
    stops = letter[1:-1] & ~letter[2:]
    alone = (folded & _ALONE) != 0
    if some_alone := bool(alone.any()):
        begins |= alone
        stops |= alone
        begins[1:] |= alone[:-1] & letter[2:-1]
        stops[:-1] |= alone[1:] & letter[1:-2]
    start, stop = np.flatnonzero(begins), np.flatnonzero(stops)
    powers, inverses = _powers()
    running = np.zeros(len(folded) + 1, np.uint64)
    np.multiply(folded & _LETTER, powers[: len(folded)], out=running[1:])
    np.cumsum(running, out=running)
    row = _mixed((running[stop + 1] - running[start]) * inverses[start])
    flags = ((folded[start] & _DIGIT) != 0).astype(np.uint8) * np.uint8(NUMBER)
    if some_alone:
        flags |= alone[start].astype(np.uint8) * np.uint8(UNSPACED)
    if where is not None:
        start, stop = where[start], where[stop]
    stop = stop + 1
    if where is not None:  # the accents of the last letter belong to the word
        padded = np.append(codes, np.uint32(0))
        while (more := padded[stop] == _MARK).any():
            stop += more
    lines = np.flatnonzero(np.isin(points, _LINE_ENDS))
    firsts = np.searchsorted(start, lines)
    flags[firsts[firsts < len(flags)]] |= np.uint8(FIRST)
    if len(flags):
        flags[0] |= np.uint8(FIRST)
    return row, start, stop, flags


def _codes(points: Array) -> Array:
    """Return for each code point its letter and what it is; 0 for what separates words."""
    import numpy as np

    pages = points >> 8
    used = np.flatnonzero(np.bincount(pages))
    table = np.zeros((len(used) and int(used[-1]) + 1, 256), np.uint32)
    for page in used:
        table[page] = _page(int(page))
    codes: Array = table.ravel()[points]
    return codes


def _mixed(values: Array) -> Array:
    """Return 32 well mixed bits of each value, never 0 (the finaliser of SplitMix64, Steele et al. 2014)."""
    import numpy as np

    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Array = np.maximum(values >> np.uint64(32), np.uint64(1)).astype(np.uint32)
    return mixed


@lru_cache(maxsize=1)
def _powers() -> tuple[Array, Array]:
    """Return the powers of the base modulo 2**64, and their inverses."""
    import numpy as np

    size = 2 * PIECE + 8
    inverse = pow(_BASE, -1, 1 << 64)
    powers, inverses = np.full(size, _BASE, np.uint64), np.full(size, inverse, np.uint64)
    powers[0] = inverses[0] = 1
    return np.cumprod(powers), np.cumprod(inverses)


@lru_cache(maxsize=4_352)
def _page(page: int) -> Array:
    """Return the codes of 256 code points: a text uses a few hundred of all, and each takes some microseconds."""
    import numpy as np

    return np.array([_code(point) for point in range(page << 8, (page + 1) << 8)], np.uint32)


def _code(point: int) -> int:
    """Return what a code point is to a word: a letter with its marks off, nothing at all, or what separates."""
    char = chr(point)
    kind = unicodedata.category(char)
    if char in _QUOTES or (kind == "Cf" and point != 0x200B):
        return _DROPPED
    if kind == "Me" or (kind == "Mn" and unicodedata.combining(char) not in {0, 9}):
        return _MARK
    if kind[0] not in "LNM":
        return 0
    if (digit := unicodedata.digit(char, None)) is not None:
        return (ord("0") + digit) | _DIGIT
    hangul = 0xAC00 <= point <= 0xD7A3
    base = char if hangul else unicodedata.normalize("NFKD", char)[0]
    if unicodedata.category(base)[0] not in "LNM":
        base = char
    code = ord(base.casefold()[0])
    alone = any(low <= code <= high for low, high in _ALONE_RANGES)
    return code | (_ALONE if alone else 0) | (_DIGIT if kind[0] == "N" and not alone else 0)
