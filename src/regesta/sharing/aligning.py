"""From exact stretches to passages: over the words that were changed, added or left out on the way.

    first    ... Ada Brook | of the mill | fled by way of Mere ...
    second   ... Ada Brook | ----------- | fled by way of Mere ...      one passage, not two

Stretches that follow each other closely in both texts are joined. Then each is carried on at both ends by an alignment of the
next WINDOW words (match +2, else -1: words that agree must outweigh those that do not), and what has come to touch is joined
again. `whole_lines` then makes of a passage that covers nearly all of its lines those lines: entries of a list are copied whole.
Everything is done for all passages at once, in arrays; nothing looks further than a bounded number of words or neighbours.

It does not see what was moved about: words in another order are passages of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regesta.sharing.seeds import SHORT, Runs
from regesta.sharing.words import FIRST, Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["Boxes", "align", "whole_lines"]

GAP = 12
"""Words on either side that may stand between two exact stretches of one passage."""
NEAR = 4
"""The same for short stretches, which must lie closer."""
WINDOW = 24
ROUNDS = 3
"""How many windows a passage is carried on at each end."""
WORTH = 4
"""The least score of an alignment that carries a passage on: two words that agree, and none that do not."""
WHOLE = 0.8
"""The share of the words of its lines that a passage covers on both sides when it is taken for the whole lines."""
HEADING = 3
"""Words of a line at an edge that is no part of what follows it: 1968, January, a name."""
STAYS = 8
"""Words that must be left of a passage when such a line is cut off."""
_NEIGHBOURS = 8
_AT_ONCE = 1 << 12
_STEP = 64
"""What one point of score weighs beside the distance from the beginning, which is less."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """Pairs of stretches `[p0, p1)` and `[q0, q1)` of words; `exact` says how many words of them are known to agree."""

    p0: Array
    p1: Array
    q0: Array
    q1: Array
    exact: Array
    places: Array

    def take(self, which: Array) -> Boxes:
        """Return those that an index or a mask chooses."""
        return Boxes(
            self.p0[which],
            self.p1[which],
            self.q0[which],
            self.q1[which],
            self.exact[which],
            self.places[which],
        )

    def with_(self, more: Boxes) -> Boxes:
        """Return these and more."""
        import numpy as np

        pairs = ((getattr(self, name), getattr(more, name)) for name in self.__slots__)
        return Boxes(*(np.concatenate(pair) for pair in pairs))


def align(words: Words, runs: Runs, short: Runs) -> Boxes:
    """Return the passages that exact stretches grow into; of `short` ones at least two must follow each other closely."""
    boxes = _joined(words, _apart(_boxes(runs)), GAP)
    near = _joined(words, _boxes(short), NEAR)
    boxes = boxes.with_(near.take(near.exact >= 2 * SHORT - 1))
    boxes = _carried_on(words, boxes)
    boxes = _joined(words, boxes, 1)
    return _without_stubs(words, boxes)


def _boxes(runs: Runs) -> Boxes:
    return Boxes(
        runs.first,
        runs.first + runs.length,
        runs.second,
        runs.second + runs.length,
        runs.length,
        runs.places,
    )


def _apart(boxes: Boxes) -> Boxes:
    """Return the boxes, of which none overlaps itself: of a repetition over and over the first time and the next."""
    import numpy as np

    step = boxes.q0 - boxes.p0
    size = np.minimum(boxes.p1 - boxes.p0, step)
    boxes = Boxes(boxes.p0, boxes.p0 + size, boxes.q0, boxes.q0 + size, size, boxes.places)
    return boxes.take(size >= 4)  # shorter is no passage for any `least`


def _joined(words: Words, boxes: Boxes, gap: int) -> Boxes:
    """Return the boxes with those made one that follow each other within `gap` words, or lie in one another."""
    import numpy as np

    for _ in range(3):
        if len(boxes.p0) < 2:
            return boxes
        left, right = words.text_of(boxes.p0), words.text_of(boxes.q0)
        order = np.lexsort((boxes.q0, boxes.p0, right, left))
        boxes, left, right = boxes.take(order), left[order], right[order]
        following = np.arange(len(left))
        for step in range(1, min(_NEIGHBOURS, len(left) - 1) + 1):
            a, b = boxes.take(np.arange(len(left) - step)), boxes.take(np.arange(step, len(left)))
            near = (left[:-step] == left[step:]) & (right[:-step] == right[step:])
            near &= (left[:-step] != right[:-step]) | (np.maximum(a.p1, b.p1) <= a.q0)
            slack = np.minimum(a.p1 - a.p0, b.p1 - b.p0) // 2
            after = (b.p0 - a.p1 >= -slack) & (b.q0 - a.q1 >= -slack)
            after &= (b.p0 - a.p1 <= gap) & (b.q0 - a.q1 <= gap)
            turned = np.abs((b.q0 - b.p0) - (a.q0 - a.p0)) <= WINDOW
            across = turned & (b.p0 <= a.p1) & (b.q0 <= a.q1) & (b.q0 >= a.q0)
            across &= (b.p1 >= a.p1) & (b.q1 >= a.q1)
            within = (b.p1 <= a.p1) & (b.q0 >= a.q0) & (b.q1 <= a.q1)
            free = np.flatnonzero(near & (after | across | within))
            free = free[following[free] == free]
            following[free] = free + step
        if not (following > np.arange(len(left))).any():
            return boxes
        boxes = _merged(boxes, following)
    return boxes


def _merged(boxes: Boxes, following: Array) -> Boxes:
    """Return one box for each chain, of which each link says who follows it; who follows himself is the last."""
    import numpy as np

    while True:
        on = following[following]
        if (on == following).all():
            break
        following = on
    order = np.argsort(following, kind="stable")
    heads = np.flatnonzero(np.append(True, np.diff(following[order]) != 0))
    boxes = boxes.take(order)
    p0, p1 = np.minimum.reduceat(boxes.p0, heads), np.maximum.reduceat(boxes.p1, heads)
    q0, q1 = np.minimum.reduceat(boxes.q0, heads), np.maximum.reduceat(boxes.q1, heads)
    exact = np.minimum(np.add.reduceat(boxes.exact, heads), np.minimum(p1 - p0, q1 - q0))
    widest = np.maximum.reduceat(boxes.exact, heads)  # words of overlapping boxes may be counted twice
    alone = np.diff(np.append(heads, len(order))) == 1
    exact = np.where(alone, boxes.exact[heads], np.maximum(widest, exact - 1))
    return Boxes(p0, p1, q0, q1, exact, np.minimum.reduceat(boxes.places, heads))


def _carried_on(words: Words, boxes: Boxes) -> Boxes:
    """Return the boxes, carried on at both ends as far as words agree."""
    import numpy as np

    p0, p1, q0, q1, exact = (
        column.copy() for column in (boxes.p0, boxes.p1, boxes.q0, boxes.q1, boxes.exact)
    )
    same = words.text_of(p0) == words.text_of(q0)
    for low in range(0, len(p0), _AT_ONCE):
        for step in (1, -1):
            live = np.arange(low, min(low + _AT_ONCE, len(p0)))
            for _ in range(ROUNDS):
                room = np.where(same[live], q0[live] - p1[live], WINDOW)
                if step > 0:
                    one, two = _ahead(words, p1[live], 1), _ahead(words, q1[live], 1)
                    one[np.arange(WINDOW) >= room[:, None]] = 0
                else:
                    one, two = _ahead(words, p0[live] - 1, -1), _ahead(words, q0[live] - 1, -1)
                    two[np.arange(WINDOW) >= room[:, None]] = 0
                rows, columns, score = _reach(one, two)
                grown = score >= WORTH
                live, rows, columns, score = live[grown], rows[grown], columns[grown], score[grown]
                if not len(live):
                    break
                if step > 0:
                    p1[live] += rows
                    q1[live] += columns
                else:
                    p0[live] -= rows
                    q0[live] -= columns
                exact[live] += (score + 1) // 2
    return Boxes(p0, p1, q0, q1, exact, boxes.places)


def _ahead(words: Words, start: Array, step: int) -> Array:
    """Return the next WINDOW words from each place on in a direction, zero from the first break on."""
    import numpy as np

    at = start[:, None] + step * np.arange(WINDOW)
    found = words.hashes[np.clip(at, 0, len(words.hashes) - 1)]
    found[(at < 0) | (at >= len(words.hashes))] = 0
    found[np.logical_or.accumulate(found == 0, axis=1)] = 0
    return found


def _reach(one: Array, two: Array) -> tuple[Array, Array, Array]:
    """Return how far in both the best alignment goes that starts at their beginning, and its score.

    The recurrence of Needleman and Wunsch (1970), a row at a time for all; the best cell is where Smith and Waterman (1981) would
    stop. Of cells equally good the nearest counts; where two are as near, the corner that holds both, so sides may be exchanged.
    """
    import numpy as np

    first, second = np.ascontiguousarray(one.T), np.ascontiguousarray(two.T)
    across = np.arange(WINDOW + 1, dtype=np.int16)[:, None]
    value = np.full((WINDOW + 1, WINDOW + 1, len(one)), -99 * _STEP, np.int16)  # the score, then nearness
    row = np.repeat(-across, len(one), axis=1)
    shut = np.concatenate([np.zeros((1, len(one)), np.bool_), second == 0])
    value[0] = row * _STEP - across
    value[0][shut] = -99 * _STEP
    for line in range(WINDOW):
        word = first[line]
        if not word.any():
            break
        match = np.where(second == word, np.int16(2), np.int16(-1))
        new = row - np.int16(1)
        np.maximum(new[1:], row[:-1] + match, out=new[1:])
        for column in range(WINDOW):  # quicker than a running maximum: each step is one pass over all pairs
            np.maximum(new[column + 1], new[column] - np.int16(1), out=new[column + 1])
        row = new
        value[line + 1] = row * _STEP - across - np.int16(line + 1)
        value[line + 1][shut | (word == 0)] = -99 * _STEP
    best = value.max(axis=(0, 1))
    cells = value == best
    down = WINDOW - np.argmax(cells.any(axis=1)[::-1], axis=0)
    over = WINDOW - np.argmax(cells.any(axis=0)[::-1], axis=0)
    return down, over, (best.astype(np.int64) + down + over + _STEP // 2) // _STEP


def _without_stubs(words: Words, boxes: Boxes) -> Boxes:
    """Return the boxes without the few words at an edge that belong to another line: a heading before, a name after."""
    import numpy as np

    hashes, opens = words.hashes, (words.flags & FIRST) != 0
    p0, p1, q0, q1 = boxes.p0.copy(), boxes.p1.copy(), boxes.q0.copy(), boxes.q1.copy()
    for stub in range(HEADING, 0, -1):
        left = np.minimum(p1 - p0, q1 - q0) >= stub + STAYS
        before = left & opens[p0] & opens[q0]
        before &= opens[np.minimum(p0 + stub, p1)] & opens[np.minimum(q0 + stub, q1)]
        after = left & (opens[np.maximum(p1 - stub, p0)] | opens[np.maximum(q1 - stub, q0)])
        for word in range(stub):
            before &= hashes[p0 + word] == hashes[q0 + word]
            after &= hashes[p1 - 1 - word] == hashes[q1 - 1 - word]
        p0, q0 = p0 + stub * before, q0 + stub * before
        p1, q1 = p1 - stub * (after & (stub < HEADING)), q1 - stub * (after & (stub < HEADING))
    cut = boxes.p1 - boxes.p0 - (p1 - p0)
    return Boxes(p0, p1, q0, q1, boxes.exact - cut, boxes.places)


def whole_lines(words: Words, boxes: Boxes) -> Boxes:
    """Return the boxes, those that cover nearly all of the lines they stand in widened to the lines."""
    import numpy as np

    stops = np.flatnonzero(((words.flags & FIRST) != 0) | (words.hashes == 0))
    stops = np.append(stops, len(words.hashes))
    wide = []
    fits = np.ones(len(boxes.p0), np.bool_)
    for start, end in ((boxes.p0, boxes.p1), (boxes.q0, boxes.q1)):
        first = stops[np.searchsorted(stops, start, side="right") - 1]
        last = stops[np.searchsorted(stops, end, side="left")]
        fits &= (end - start) >= WHOLE * (last - first)
        wide.append((first, last))
    (p0, p1), (q0, q1) = wide
    fits &= (p1 <= q0) | (boxes.p0 == p0) & (boxes.p1 == p1)
    return Boxes(
        np.where(fits, p0, boxes.p0),
        np.where(fits, p1, boxes.p1),
        np.where(fits, q0, boxes.q0),
        np.where(fits, q1, boxes.q1),
        boxes.exact,
        boxes.places,
    )
