"""Two tellings of one passage side by side, word by word: what was changed, added or left out on the way.

    They arrived in Sund after thirty four days.
    They arrived in Sund after       34    days.      changed: "thirty four" -> "34"

What is folded when texts are searched is folded here: a comma or a capital letter is no variant. Long passages are first cut at
words that stand once in both, in an order that both have; only what lies between is compared word with word.

It does not judge which telling is the older, nor whether two words mean the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from regesta.sharing.words import read_words
from regesta.text.span import Span

__all__ = ["Variant", "variants"]

SMALL = 4_000_000
"""Pairs of words up to which two passages are compared at once."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One place at which two passages differ."""

    kind: Literal["changed", "added", "left out"]
    """As seen from the first: its words are worded otherwise, more words stand in the second, or some are missing there."""
    a: Span
    """Code points of the first passage; empty, and standing before the next word, where words are added."""
    b: Span
    """Code points of the second; empty where words are left out."""


def variants(a: str, b: str) -> tuple[Variant, ...]:
    """Return where two passages differ in words, in order; nothing if only case and punctuation differ.

    The spans are of `a` and `b` themselves; words outside them agree, one with one. Levenshtein (1966) on words.

    >>> one, two = "She fled to Sund in May.", "She fled by boat to Sund, in June!"
    >>> [(each.kind, each.a.of(one), each.b.of(two)) for each in variants(one, two)]
    [('added', '', 'by boat'), ('changed', 'May', 'June')]
    """
    words = read_words([a, b])
    middle = int(words.first[1])
    left, right = slice(1, middle - 1), slice(middle, int(words.first[2]) - 1)
    one, two = words.hashes[left].tolist(), words.hashes[right].tolist()
    spots_a = list(zip(words.starts[left].tolist(), words.ends[left].tolist(), strict=True))
    spots_b = list(zip(words.starts[right].tolist(), words.ends[right].tolist(), strict=True))
    found: list[Variant] = []
    for a0, a1, b0, b1 in _joined(_differences(one, two)):
        kind: Literal["changed", "added", "left out"]
        kind = "added" if a0 == a1 else "left out" if b0 == b1 else "changed"
        found.append(Variant(kind, _span(spots_a, a0, a1, len(a)), _span(spots_b, b0, b1, len(b))))
    return tuple(found)


def _span(spots: Sequence[tuple[int, int]], start: int, end: int, size: int) -> Span:
    """Return the code points of words `[start, end)`."""
    if start < end:
        return Span(spots[start][0], spots[end - 1][1])
    at = spots[start][0] if start < len(spots) else size
    return Span(at, at)


def _joined(steps: Iterator[tuple[int, int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Yield differences, those that touch as one."""
    held: tuple[int, int, int, int] | None = None
    for step in steps:
        if held and held[1] == step[0] and held[3] == step[2]:
            held = (held[0], step[1], held[2], step[3])
        else:
            if held:
                yield held
            held = step
    if held:
        yield held


def _differences(one: list[int], two: list[int]) -> Iterator[tuple[int, int, int, int]]:
    """Yield `[a0, a1)` and `[b0, b1)` for each edit that makes one of the other."""
    from rapidfuzz.distance import Levenshtein

    if len(one) * len(two) <= SMALL:
        for step in Levenshtein.opcodes(one, two):
            if step.tag != "equal":
                yield step.src_start, step.src_end, step.dest_start, step.dest_end
        return
    at, to = 0, 0
    for x, y in [*_landmarks(one, two), (len(one), len(two))]:
        piece_a, piece_b = one[at:x], two[to:y]
        if len(piece_a) * len(piece_b) <= SMALL:
            for a0, a1, b0, b1 in _differences(piece_a, piece_b):
                yield a0 + at, a1 + at, b0 + to, b1 + to
        else:
            yield at, x, to, y
        at, to = x + 1, y + 1


def _landmarks(one: list[int], two: list[int]) -> list[tuple[int, int]]:
    """Return places of words that stand once in each, the longest row of them that both have in order (patience sorting)."""
    in_one, in_two = Counter(one), Counter(two)
    place = {word: index for index, word in enumerate(two) if in_two[word] == 1}
    pairs = [(index, place[word]) for index, word in enumerate(one) if in_one[word] == 1 and word in place]
    tails: list[int] = []
    owners: list[int] = []
    before = [-1] * len(pairs)
    for index, (_, second) in enumerate(pairs):
        pile = bisect_left(tails, second)
        if pile == len(tails):
            tails.append(second)
            owners.append(index)
        else:
            tails[pile], owners[pile] = second, index
        before[index] = owners[pile - 1] if pile else -1
    row = []
    index = owners[-1] if owners else -1
    while index >= 0:
        row.append(pairs[index])
        index = before[index]
    return row[::-1]
