"""Tellings beside each other: passages in their context, the words marked in which they differ from one another.

    ... held in a camp from the age of ‹9›, with his «father», who had ...       « » differs from the other telling
    ... held in a camp from the age of ‹10›, with his «grandfather», who ...     ‹ › the words of the claim

What differs is `sharing.variants`' work; here it is asked of what stands around the passages too, so that a reader sees what
the claim itself leaves out. Passages that are not worded alike have nothing marked: all of it differs. Nothing here says which
telling is the older.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from regesta.pages.marking import Mark, split
from regesta.pages.passages import Texts
from regesta.sharing import variants

__all__ = ["LONGEST", "Telling", "Words", "beside_each_other", "in_context", "pieces", "where_they_differ"]

LONGEST = 4000
"""Code points of a passage that are laid out; what is longer is cut there, and said to be."""
_AROUND = 240
"""Code points of context on either side."""
_ALIKE = 0.45
"""Share of the shorter telling's words that must agree before single words are worth marking."""
_LEAST = 4
"""Words that must agree."""
Stretch = tuple[int, int]
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a telling."""

    text: str
    is_marked: bool
    """It is what the finding or the claim points at."""
    is_other: bool
    """The telling that it stands beside has other words here, or none."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Some words of a source in their context, before they are compared."""

    source: str
    start: int
    """Of `text`, in code points of the source."""
    text: str
    marked: tuple[int, int]
    """The words that are meant, in code points of the source."""
    is_cut: bool
    """It goes on beyond what is shown."""


def in_context(texts: Texts, source: str, start: int, end: int) -> Telling:
    """Return the code points `[start, end)` of a source with the lines around them, as far as a reader's eye goes.

    The context ends at line breaks where there are any near, so that no other entry of a list is drawn in.
    """
    shown = min(end, start + LONGEST)
    before = texts.slice(source, start - _AROUND, start)
    line = before.rpartition("\n")[2]
    if len(line) == len(before) and start > _AROUND:
        line = line.partition(" ")[2]
    after = texts.slice(source, shown, shown + _AROUND) if shown == end else ""
    rest = after.partition("\n")[0]
    if len(rest) == len(after) and len(after) == _AROUND:
        rest = rest.rpartition(" ")[0]
    text = line + texts.slice(source, start, shown) + rest
    return Telling(source, start - len(line), text, (start, shown), is_cut=shown < end)


def where_they_differ(
    a: str, b: str, *, ends_count: bool = False
) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Return the stretches of two texts in which they differ; none where they are not worded alike.

    What one has before the other begins, or after it ends, is no difference unless `ends_count`: contexts are cut by chance.

    >>> one, two = "she was 9 and went with her father to Sund", "In May she was 10 and went with her father to Sund"
    >>> [[text[a:b] for a, b in found] for text, found in zip((one, two), where_they_differ(one, two), strict=True)]
    [['9'], ['10']]
    >>> where_they_differ("a b c d", "w x y z")
    ((), ())
    """
    found = variants(a, b)
    n_a, n_b = len(_WORD.findall(a)), len(_WORD.findall(b))
    differing = sum(len(_WORD.findall(v.a.of(a))) for v in found)
    agreed = n_a - differing
    if agreed < _LEAST or agreed < _ALIKE * min(n_a, n_b):
        return (), ()
    if not ends_count:
        found = tuple(v for v in found if not (_is_at_an_end(v.a, a) or _is_at_an_end(v.b, b)))
    return tuple(v.a for v in found if v.a.end > v.a.start), tuple(v.b for v in found if v.b.end > v.b.start)


def _is_at_an_end(span: Stretch, text: str) -> bool:
    return not (_WORD.search(text, 0, span[0]) and _WORD.search(text, span[1]))


def pieces(telling: Telling, differing: Sequence[Stretch]) -> tuple[Words, ...]:
    """Return a telling in pieces, each knowing whether it is meant and whether it differs.

    >>> [(w.text, w.is_marked, w.is_other) for w in pieces(Telling("a", 10, "she was 9", (14, 19), False), [(8, 9)])]
    [('she ', False, False), ('was ', True, False), ('9', True, True)]
    """
    start = telling.start
    marks = [Mark(*telling.marked, "marked", "")]
    marks += [Mark(start + first, start + last, "other", "") for first, last in differing]
    return tuple(
        Words(
            telling.text[piece.start - start : piece.end - start],
            any(mark.kind == "marked" for mark in piece.marks),
            any(mark.kind == "other" for mark in piece.marks),
        )
        for piece in split(start, start + len(telling.text), marks)
    )


def beside_each_other(tellings: Sequence[Telling]) -> tuple[tuple[Words, ...], ...]:
    """Return tellings in pieces, what differs marked: in the first against the next that is alike, in the others against it."""
    differing: list[tuple[Stretch, ...]] = [() for _ in tellings]
    for index, telling in enumerate(tellings[1:], 1):
        first, other = where_they_differ(tellings[0].text, telling.text)
        differing[index] = other
        differing[0] = differing[0] or first
    return tuple(pieces(*pair) for pair in zip(tellings, differing, strict=True))
