"""Which passages two texts share, or one text twice: from words to seeds, from seeds to passages, from passages to answers.

    words ── seeds ──► exact stretches ── aligning ──► passages ┐
          └─ entries ─────────────────────────────► short lines ┴──► Shared

A passage is kept if it is long enough in words, if at least half of its words are no numbers, and if enough of its words differ: a
row of dates, a column of figures or one phrase said over and over is not something that somebody copied.

It does not say who copied whom, nor whether a shared footnote or a menu counts: see `skip`, and `Shared.places`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regesta.errors import RegestaError
from regesta.sharing.aligning import Boxes, align, whole_lines
from regesta.sharing.crowds import without_crowd
from regesta.sharing.entries import Lines, pair_lines, similar_lines
from regesta.sharing.seeds import Rare, Runs, find_runs, find_short_runs, rare_runs
from regesta.sharing.words import NUMBER, UNSPACED, Words, read_words
from regesta.text.span import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regesta.relations import Relations

    Array = NDArray[Any]

__all__ = [
    "SEED",
    "Passage",
    "Seeds",
    "Shared",
    "Survey",
    "Told",
    "grow",
    "shared_of",
    "shared_passages",
    "sizes_of",
    "sow",
    "survey",
]

SEED = 8
"""Words of an exact stretch from which a passage grows."""
ALIGNED = 20_000
"""Words of the longer side up to which agreement is counted exactly; beyond it is the least that the exact stretches prove."""
_AT_ONCE = 1 << 12
_LOOKED_AT = 64
"""Words of a passage by which it is judged whether it says something."""


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Where words stand: the number of a text, and a span of its code points."""

    source: int
    span: Span


@dataclass(frozen=True, slots=True, order=True)
class Shared:
    """Two passages with the same words, or nearly."""

    a: Passage
    """The earlier one: of the text with the lower number, or the first within one text."""
    b: Passage
    words: int
    """Words of the shorter side; two characters of a script without spaces count as one."""
    alike: float
    """The share of words that agree, in order: twice their number by the words of both sides; 1.0 is word for word."""
    places: int = 2
    """In how many places its rarest eight words stand; more than 8 is what everybody has: a footer, a menu, a formula. Then each is
    paired with the one before it in its text or with the first of all only, not with all others."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What texts share, and how long they are."""

    shared: tuple[Shared, ...]
    words: tuple[int, ...]
    """Words of each text that were looked at."""
    n_crowded: int = 0
    """Runs of words that were passed over: the only ones that their two texts share, of texts that share one with very many."""


def shared_passages(
    texts: Iterable[str], *, least: int = 8, skip: Sequence[Sequence[Span]] = ()
) -> list[Shared]:
    """Return the passages that texts share, two by two, and those that stand twice in one; in order of their places.

    `least` is the number of words of the shortest passage; `skip` holds for each text the spans that are not to be looked at (a menu,
    a list of references): no passage reaches into one. The texts are read once, one at a time. Time is close to proportional to their
    length, memory too: about 25 bytes a word beside the texts themselves. Raises `RegestaError` if `least` is less than 4.

    Seeds as in passim (Smith, Cordell, Mullen 2015: n-grams, then alignment); own alignment.

    >>> one = "In March the pilot Ada Brook left Orland in a borrowed boat, said the paper."
    >>> two = "It is told that the pilot Ada Brook left Orland in a borrowed boat."
    >>> (found,) = shared_passages([one, two])
    >>> found.b.span.of(two), found.words, found.alike
    ('the pilot Ada Brook left Orland in a borrowed boat', 10, 1.0)
    """
    return list(survey(texts, least=least, skip=skip).shared)


def survey(
    texts: Iterable[str],
    *,
    least: int = 8,
    skip: Sequence[Sequence[Span]] = (),
    relations: Relations | None = None,
) -> Survey:
    """Return what `shared_passages` finds, and the number of words of each text, which `families` asks for.

    Where there are very many words `relations` is asked which stand where else; what is found is the same.

    >>> survey(["Ada Brook left.", ""]).words
    (3, 0)
    """
    if least < 4:
        raise RegestaError(
            "passages are too short to mean copying", where="least", found=least, hint="4 or more"
        )
    words = read_words(texts, skip)
    seeds = sow(words, least, relations)
    return Survey(shared_of(grow(words, seeds, least)), tuple(sizes_of(words).tolist()), seeds.n_crowded)


@dataclass(frozen=True, slots=True)
class Seeds:
    """What passages grow from: what grows between two texts follows from their words and from what is here of them alone."""

    runs: Runs
    short: Runs
    lines: Lines
    n_crowded: int = 0
    """Runs that were passed over."""


Told = tuple[Any, ...]
"""Passages in columns, in the order of their places: number, start and end of the one, of the other; words, alike, places."""


def sow(
    words: Words,
    least: int,
    relations: Relations | None = None,
    groups: tuple[Array, Array] | None = None,
    rare: Rare | None = None,
) -> Seeds:
    """Return what passages may grow from; `groups` of runs and `rare` ones are found where they are not given."""
    size = min(least, SEED)
    runs = find_runs(words, size, relations, groups)
    short = find_short_runs(words, size, rare or rare_runs(words.hashes, relations))
    runs, n_crowded = without_crowd(words, runs, short)
    return Seeds(runs, short, pair_lines(words, least), n_crowded)


def grow(words: Words, seeds: Seeds, least: int) -> Told:
    """Return the passages."""
    import numpy as np

    boxes = align(words, seeds.runs, seeds.short)
    weights = _weights(words)
    boxes = boxes.with_(similar_lines(words, seeds.lines, boxes))
    long = np.minimum(weights[boxes.p1] - weights[boxes.p0], weights[boxes.q1] - weights[boxes.q0])
    boxes = boxes.take(long >= 2 * least)
    boxes = whole_lines(words, boxes.take(_telling(words, boxes, least)))
    boxes = _cut_apart(words, boxes, weights, least)
    boxes = boxes.take(np.lexsort((boxes.q1, boxes.q0, boxes.p1, boxes.p0)))
    ends = np.stack([boxes.p0, boxes.p1, boxes.q0, boxes.q1])
    boxes = boxes.take(np.append(True, (np.diff(ends) != 0).any(axis=0))[: len(boxes.p0)])
    return _told(words, boxes, weights)


def sizes_of(words: Words) -> Array:
    """Return how many words each text has."""
    weights = _weights(words)
    sizes: Array = (weights[words.first[1:] - 1] - weights[words.first[:-1]]) // 2
    return sizes


def shared_of(told: Told) -> tuple[Shared, ...]:
    """Return passages as values."""
    rows = zip(*(column.tolist() for column in told), strict=True)
    return tuple(
        Shared(Passage(a, Span(a0, a1)), Passage(b, Span(b0, b1)), size, alike, places)
        for a, a0, a1, b, b0, b1, size, alike, places in rows
    )


def _cut_apart(words: Words, boxes: Boxes, weights: Array, least: int) -> Boxes:
    """Return boxes whose sides do not overlap: of two within one text the first ends where the second begins."""
    import numpy as np

    own = words.text_of(boxes.p0) == words.text_of(boxes.q0)
    p1 = np.where(own, np.minimum(boxes.p1, boxes.q0), boxes.p1)
    exact = np.minimum(boxes.exact, p1 - boxes.p0)
    cut = Boxes(boxes.p0, p1, boxes.q0, boxes.q1, exact, boxes.places)
    return cut.take(weights[p1] - weights[boxes.p0] >= np.where(p1 < boxes.p1, 2 * least, 0))


def _weights(words: Words) -> Array:
    """Return the running sum of twice the words before each place: 2 a word, 1 a character of a script without spaces."""
    import numpy as np

    weight = np.full(len(words.hashes), 2, np.int8)
    weight[(words.flags & UNSPACED) != 0] = 1
    weight[words.hashes == 0] = 0
    running = np.zeros(len(weight) + 1, np.int64 if len(weight) > 1 << 29 else np.int32)
    np.cumsum(weight, out=running[1:])
    return running


def _told(words: Words, boxes: Boxes, weights: Array) -> Told:
    """Return the boxes in columns."""
    import numpy as np

    p0, p1, q0, q1 = boxes.p0, boxes.p1, boxes.q0, boxes.q1
    sizes = np.minimum(weights[p1] - weights[p0], weights[q1] - weights[q0]) // 2
    alike = np.ones(len(p0))
    other = np.flatnonzero((p1 - p0 != boxes.exact) | (q1 - q0 != boxes.exact))
    ends = zip(*(column[other].tolist() for column in (p0, p1, q0, q1, boxes.exact)), strict=True)
    alike[other] = [_alike(words, *each) for each in ends]
    sides = [
        (words.text_of(low), words.starts[low], words.ends[high - 1]) for low, high in ((p0, p1), (q0, q1))
    ]
    return (*sides[0], *sides[1], sizes, alike, boxes.places)


def _telling(words: Words, boxes: Boxes, least: int) -> Array:
    """Return which boxes say something: of their first words at least half are no numbers, and enough of these differ."""
    import numpy as np

    found = np.ones(len(boxes.p0), np.bool_)
    sizes = np.minimum(boxes.p1 - boxes.p0, _LOOKED_AT)
    order = np.argsort(sizes, kind="stable")  # those of one size together
    for low in range(0, len(order), _AT_ONCE):
        which = order[low : low + _AT_ONCE]
        size = sizes[which][:, None]
        across = np.arange(int(size[-1, 0]))
        at = np.minimum(boxes.p0[which][:, None] + across, len(words.hashes) - 1)
        spoken = (across < size) & (words.flags[at] & NUMBER == 0)
        row = np.where(spoken, words.hashes[at].astype(np.int64) + 1, 0)
        row.sort(axis=1)
        differ = (np.diff(row, axis=1, prepend=0) != 0).sum(axis=1)
        found[which] = (2 * spoken.sum(axis=1) >= size[:, 0]) & (differ >= (least + 1) // 2)
    return found


def _alike(words: Words, p0: int, p1: int, q0: int, q1: int, exact: int) -> float:
    """Return the share of words that agree."""
    if max(p1 - p0, q1 - q0) <= ALIGNED:
        from rapidfuzz.distance import LCSseq

        exact = LCSseq.similarity(words.hashes[p0:p1].tolist(), words.hashes[q0:q1].tolist())
    return round(min(1.0, 2 * exact / (p1 - p0 + q1 - q0)), 4)
