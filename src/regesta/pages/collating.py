"""Tellings beside each other: passages in their context, the words marked in which they differ from one another.

    ... held in a camp from the age of ‹9›, with his «father», who had ...       « » differs from the other telling
    ... held in a camp from the age of ‹10›, with his «grandfather», who ...     ‹ › the words of the claim

What differs is `sharing.variants`' work; here it is asked of what stands around the passages too, so that a reader sees what
the claim itself leaves out. Passages that are not worded alike have nothing marked: all of it differs. Nothing here says which
telling is the older.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from regesta.pages.marking import Mark, split
from regesta.pages.passages import BULLETS, Texts
from regesta.sharing import variants

__all__ = ["LONGEST", "Telling", "Words", "beside_each_other", "in_context", "pieces", "where_they_differ"]

LONGEST = 4000
"""Code points of a passage that are laid out; what is longer is cut there, and said to be."""
_AROUND = 240
"""Code points of context on either side."""
_ALIKE = 0.45
"""Share of the words between the first and the last that agree, and of the shorter telling, that must agree before single
words are worth marking."""
_LEAST = 4
"""Words that must agree."""
_PAIRS = 6
"""Tellings of which each is compared with each."""
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
    is_cut: bool = False
    """What is meant goes on beyond what is shown."""
    is_opened: bool = False
    """Its line began before."""
    is_left: bool = False
    """Its line goes on."""
    value: str = ""
    """What the claim makes of it, as its source words it; "" where it makes none."""

    @property
    def meant(self) -> str:
        """The words that are meant."""
        return self.text[self.marked[0] - self.start : self.marked[1] - self.start]


def in_context(texts: Texts, source: str, start: int, end: int) -> Telling:
    """Return the code points `[start, end)` of a source with the lines around them, as far as a reader's eye goes.

    The context ends at line breaks where there are any near, so that no other entry of a list is drawn in.
    """
    shown = min(end, start + LONGEST)
    before = texts.slice(source, start - _AROUND, start)
    line = before.rpartition("\n")[2]
    is_opened = len(line) == len(before) and start > _AROUND
    line = line.partition(" ")[2] if is_opened else line.lstrip(BULLETS)
    after = texts.slice(source, shown, shown + _AROUND) if shown == end else ""
    rest = after.partition("\n")[0]
    is_left = len(rest) == len(after) and len(after) == _AROUND
    rest = rest.rpartition(" ")[0] if is_left else rest.rstrip()
    text = line + texts.slice(source, start, shown) + rest
    return Telling(
        source, start - len(line), text, (start, shown), shown < end, is_opened=is_opened, is_left=is_left
    )


def where_they_differ(
    a: str, b: str, *, ends_count: bool = False, least: int = _LEAST
) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Return the stretches of two texts in which they differ; none where they are not worded alike.

    What one has before the other begins, or after it ends, is no difference unless `ends_count`: contexts are cut by chance.
    Texts with fewer than `least` words in common, in the same order, are not worded alike.

    >>> one, two = "she was 9 and went with her father to Sund", "In May she was 10 and went with her father to Sund"
    >>> [[text[a:b] for a, b in found] for text, found in zip((one, two), where_they_differ(one, two), strict=True)]
    [['9'], ['10']]
    >>> where_they_differ("a b c d", "w x y z")
    ((), ())
    """
    found = variants(a, b)
    inner = tuple(v for v in found if not (_is_at_an_end(v.a, a) or _is_at_an_end(v.b, b)))
    agreed = _n_agreed(a, [v.a for v in found])
    between = agreed + max(sum(_n_words(a, v.a) for v in inner), sum(_n_words(b, v.b) for v in inner))
    if agreed < least or agreed < _ALIKE * max(between, min(_n_words(a), _n_words(b))):
        return (), ()
    found = found if ends_count else inner
    return tuple(v.a for v in found if v.a.end > v.a.start), tuple(v.b for v in found if v.b.end > v.b.start)


def _n_words(text: str, span: Stretch | None = None) -> int:
    return len(_WORD.findall(text, *(span or (0, len(text)))))


def _is_at_an_end(span: Stretch, text: str) -> bool:
    return not (_WORD.search(text, 0, span[0]) and _WORD.search(text, span[1]))


def pieces(telling: Telling, differing: Sequence[Stretch]) -> tuple[Words, ...]:
    """Return a telling in pieces, each knowing whether it is meant and whether it differs.

    >>> [(w.text, w.is_marked, w.is_other) for w in pieces(Telling("a", 10, "she was 9", (14, 19)), [(8, 9)])]
    [('she ', False, False), ('was ', True, False), ('9', True, True)]
    """
    start = telling.start
    marks = [Mark(*telling.marked, "marked", "")]
    marks += [Mark(start + first, start + last, "other", "") for first, last in differing]
    words = [
        Words(
            telling.text[piece.start - start : piece.end - start],
            any(mark.kind == "marked" for mark in piece.marks),
            any(mark.kind == "other" for mark in piece.marks),
        )
        for piece in split(start, start + len(telling.text), marks)
    ]
    opening = [Words("… ", is_marked=False, is_other=False)] if telling.is_opened else []
    closing = [Words(" …", is_marked=False, is_other=False)] if telling.is_left else []
    return tuple(opening + words + closing)


def beside_each_other(tellings: Sequence[Telling]) -> tuple[tuple[Words, ...], ...]:
    """Return tellings in pieces, what differs marked: in each against the other that is most alike, the next one where many are.

    Of tellings that are worded each in its own way the words that are meant are compared alone; where these are of one's own too,
    what differs is the values that claims make of them.

    >>> one = Telling("a", 0, "for the crime of her uncle", (0, 26), value="uncle")
    >>> two = Telling("b", 0, "since her aunt was accused", (0, 26), value="aunt")
    >>> [[w.text for w in words if w.is_other] for words in beside_each_other([one, two])]
    [['uncle'], ['aunt']]
    """
    differing: list[tuple[Stretch, ...]] = [() for _ in tellings]
    most = [0] * len(tellings)
    pairs: Iterable[tuple[int, int]] = combinations(range(len(tellings)), 2)
    if len(tellings) > _PAIRS:
        pairs = pairwise(range(len(tellings)))
    for one, other in pairs:
        found, agreed = _compared(tellings[one], tellings[other])
        for index, spans in ((one, found[0]), (other, found[1])):
            if agreed > most[index]:
                most[index], differing[index] = agreed, spans
    if len({telling.value.casefold() for telling in tellings if telling.value}) > 1:
        differing = [found or _value(telling) for telling, found in zip(tellings, differing, strict=True)]
    return tuple(pieces(*pair) for pair in zip(tellings, differing, strict=True))


def _value(telling: Telling) -> tuple[Stretch, ...]:
    """Return where the value of a claim stands among the words that are meant, nothing where these word it otherwise."""
    first, last = (place - telling.start for place in telling.marked)
    found = re.search(rf"(?<!\w){re.escape(telling.value)}(?!\w)", telling.text[first:last], re.IGNORECASE)
    return ((first + found.start(), first + found.end()),) if found and telling.value else ()


def _compared(a: Telling, b: Telling) -> tuple[tuple[tuple[Stretch, ...], tuple[Stretch, ...]], int]:
    """Return where two tellings differ, and how much they agree: words of the shorter that do not differ."""
    found = where_they_differ(a.text, b.text)
    agreed = min(_n_agreed(a.text, found[0]), _n_agreed(b.text, found[1]))
    if any(found) or a.text == b.text:
        return found, agreed + 1
    if a.meant == b.meant:
        return found, 0
    inner = where_they_differ(a.meant, b.meant, ends_count=True, least=2)
    moved = tuple(
        tuple(
            (first + side.marked[0] - side.start, last + side.marked[0] - side.start) for first, last in spans
        )
        for side, spans in zip((a, b), inner, strict=True)
    )
    return (moved[0], moved[1]), 1 if any(inner) else 0


def _n_agreed(text: str, differing: Sequence[Stretch]) -> int:
    return _n_words(text) - sum(_n_words(text, span) for span in differing)
