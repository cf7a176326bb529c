r"""Words into lines: what stands on one height, with no more than a few spaces between.

    Kim fled³ in 1953.        Park fled in     two pieces: a gutter or a wide blank stands between
    [---------------]         [------------]

What the file says in which order is kept within a piece (it is the logical order, also where people read from right to left).
Small raised numbers are marked, ligatures and other compatibility letters written out, letter-spaced words closed up. Whether
two pieces side by side are one line is decided when the columns are known.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from regesta.reading.pdf.pages import Line, Word

__all__ = ["is_right_to_left", "joined", "line_of", "pieces", "repaired"]

_REPAIRS: dict[int, str | None] = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)},
    **dict.fromkeys(
        (0x02, 0xFFFE, 0x2010, 0x2011), "-"
    ),  # 0x02: what the library makes of one at a line's end
    **dict.fromkeys((0x00, 0x01, 0x7F, 0x200B, 0xFEFF, *range(0x03, 0x09), *range(0x0E, 0x20)), None),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),  # a lone surrogate could be stored nowhere
    **dict.fromkeys((0xF0A7, 0xF0B7, 0xF0D8, 0xF0FC, 0xF06E, 0xF076, 0xF0A8), "•"),  # of common symbol fonts
    0xF02D: "–",
}
_HIDDEN_HYPHEN = re.compile("\u00ad(?!$)")
_PIECE_GAP = 0.95  # ems: a wider blank parts two pieces
_MARKER_GAP = 3.0  # behind a bullet or a number
_MARKER = re.compile(r"[•◦▪‣●○■□➢►✓–—*∙·-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]")
_GLUE = 0.12  # ems: a narrower one between two sizes is none
_WIDE = 2.2  # ems: a wider one is a blank between columns of a list


def repaired(words: str) -> str:
    r"""Return a word with ligatures written out, control characters left out, and hyphens as people type them.

    >>> repaired("\ufb01rst"), repaired("Seoul\u2011based"), repaired("re\u00adport")
    ('first', 'Seoul-based', 'report')
    """
    if words.isascii() and words.isprintable():
        return words
    return _HIDDEN_HYPHEN.sub("", words.translate(_REPAIRS))


def is_right_to_left(words: Sequence[Word]) -> bool:
    """Return whether most words are written from right to left."""
    counted = Counter(
        unicodedata.bidirectional(letter)
        for word in words[:60]
        if not word.text.isascii()
        for letter in word.text[:1]
    )
    return counted["R"] + counted["AL"] > len(words[:60]) // 2


def pieces(words: Sequence[Word]) -> list[list[Word]]:
    """Return the words in stretches that stand on one height side by side, in the order of the file."""
    found: list[list[Word]] = []
    for word in words:
        here = found[-1] if found else None
        if here is not None and _goes_on(here, word):
            here.append(word)
        else:
            found.append([word])
    return found


def _goes_on(here: list[Word], word: Word) -> bool:
    last = here[-1]
    size = max(last.size, word.size)
    gap = max(word.left - last.right, last.left - word.right)
    reach = _MARKER_GAP if len(here) == 1 and _MARKER.fullmatch(last.text) else _PIECE_GAP
    if gap > reach * size or gap < -0.7 * size:
        return False
    rise = abs(word.base - last.base)
    if rise <= 0.25 * size:
        return True
    # A raised mark, or the words behind one.
    return rise <= 0.62 * size and abs(word.size - last.size) > 0.12 * size


def line_of(page: int, words: Sequence[Word]) -> Line:
    """Return words that stand side by side as one line."""
    if len(words) > 4:
        words = _closed_up(words)
    heights: Counter[tuple[float, float]] = Counter()
    for word in words:
        heights[round(word.size, 1), round(word.base, 1)] += len(word.text)
    (size, base), _ = heights.most_common(1)[0]
    n_bold = sum(len(word.text) for word in words if word.is_bold)
    n_all = sum(len(word.text) for word in words)
    text: list[str] = []
    starts, edges = array("l"), array("f")
    raised, gaps = [], []
    length = 0
    for number, word in enumerate(words):
        written = word.text
        if number:
            before = words[number - 1]
            gap = max(word.left - before.right, before.left - word.right)
            is_glued = gap < _GLUE * size and (
                abs(word.size - before.size) > 0.05 * size or abs(word.base - before.base) > 0.1 * size
            )
            if not is_glued:
                text.append(" ")
                length += 1
                if gap > _WIDE * size:
                    gaps.append(length)
        if word.size < 0.88 * size and 0.12 * size < base - word.base < 0.8 * size:
            raised.append(number)
        starts.append(length)
        edges.extend(word.box)
        text.append(written)
        length += len(written)
    return Line(
        page=page,
        left=min(word.left for word in words),
        right=max(word.right for word in words),
        base=base,
        size=size,
        is_bold=n_bold > 0.8 * n_all,
        text="".join(text),
        starts=starts,
        edges=edges,
        raised=tuple(raised),
        gaps=tuple(gaps),
    )


def _closed_up(words: Sequence[Word]) -> Sequence[Word]:
    """Join the letters of words that are set with blanks between their letters: "T H E  R I V E R"."""
    n_single = sum(len(word.text) == 1 and word.text.isalpha() for word in words)
    if n_single < 5 or n_single < 0.85 * len(words):
        return words
    blanks = [b.left - a.right for a, b in pairwise(words)]
    usual = median(blanks)
    if usual <= 0 or any("\u3040" <= word.text[0] <= "\uffdc" for word in words):
        return words
    found = [words[0]]
    for blank, word in zip(blanks, words[1:], strict=True):
        if blank > 1.6 * usual + 0.5:
            found.append(word)
            continue
        last = found[-1]
        box = last.box
        found[-1] = Word(
            last.text + word.text, last.left, last.top, word.right, word.bottom, last.base, last.size, last.is_bold,
            (min(box[0], word.box[0]), min(box[1], word.box[1]), max(box[2], word.box[2]), max(box[3], word.box[3])),
        )  # fmt: skip
    return found


def joined(page: int, stretches: Sequence[list[Word]]) -> list[Line]:
    """Return the lines of one column: stretches of one height put together, from top to bottom."""
    found: list[tuple[float, float, list[list[Word]]]] = []  # base, size
    for stretch in sorted(stretches, key=_height):
        base, size = _height(stretch), _size(stretch)
        row = None
        for other in found[-6:]:
            reach = 0.3 if min(size, other[1]) > 0.8 * max(size, other[1]) else 0.5
            if abs(base - other[0]) <= reach * max(size, other[1]) and not _overlaps(stretch, other[2]):
                row = other
        if row is None:
            found.append((base, size, [stretch]))
        else:
            row[2].append(stretch)
    lines = []
    for _, _, row_stretches in found:
        words = [word for stretch in row_stretches for word in stretch]
        backwards = is_right_to_left(words)
        row_stretches.sort(key=lambda s: -max(w.right for w in s) if backwards else min(w.left for w in s))
        lines.append(line_of(page, [word for stretch in row_stretches for word in stretch]))
    return sorted(lines, key=lambda line: line.base)


def _height(stretch: list[Word]) -> float:
    return max(stretch, key=lambda word: (word.size, len(word.text))).base


def _size(stretch: list[Word]) -> float:
    return max(word.size for word in stretch)


def _overlaps(stretch: list[Word], others: list[list[Word]]) -> bool:
    left, right = min(w.left for w in stretch), max(w.right for w in stretch)
    return any(
        min(right, max(w.right for w in other)) - max(left, min(w.left for w in other)) > 0.3 * _size(stretch)
        for other in others
    )
