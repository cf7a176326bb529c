"""Marks in a text laid out as TEI: elements where they nest, anchors and spans beside the text where they do not.

    <persName ref="#e-1">Ada</persName>                             a mark inside one run that no other mark crosses
    <anchor xml:id="s12"/>Ada ... <anchor xml:id="e45"/>            a mark that crosses another or the edge of a block: and
    <span from="#s12" to="#e45" type="persName" ana="#e-1"/>        in standOff, so that nothing is lost

What the marks mean is for `tei`. Time grows with the marks and the text, by sorting.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from regesta.export.tei_layout import Run, Token, plain

__all__ = ["Mark", "Marked", "marked"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text and the element that says what it is."""

    start: int
    end: int
    tag: str
    """Name of the element; of a span beside the text its type."""
    attributes: str = ""
    """As written, with a space before each."""
    points: str = ""
    """What a span beside the text points at."""
    gloss: str = ""
    """Words of a span beside the text."""
    is_beside: bool = False
    """Never an element: passages of claims overlap far too often."""


@dataclass(slots=True)
class Marked:
    """A body, written, and what stands beside it."""

    pieces: list[str] = field(default_factory=list)
    beside: list[Mark] = field(default_factory=list)
    """Marks that are anchors in the text, in order."""


def marked(text: str, tokens: Iterable[Token], marks: Sequence[Mark]) -> Marked:
    """Return the tokens written as XML with the marks in them; marks of no width are passed over.

    >>> made = marked("Ada Brook", [Run(0, 9)], [Mark(0, 5, "a"), Mark(4, 9, "b")])
    >>> "".join(made.pieces)
    '<a>Ada <anchor xml:id="s4"/>B</a>rook<anchor xml:id="e9"/>'
    """
    told = list(tokens)
    runs = [token for token in told if isinstance(token, Run)]
    made = Marked()
    within = _sorted_in(runs, marks, made)
    starts = sorted({mark.start for mark in made.beside})
    ends = sorted({mark.end for mark in made.beside})
    number = 0
    for token in told:
        if isinstance(token, str):
            made.pieces.append(token)
        else:
            made.pieces += _run(
                text,
                token,
                within.get(number, []),
                _range(starts, token.start, token.end),
                _range(ends, token.start + 1, token.end + 1),
            )
            number += 1
    return made


def _sorted_in(runs: Sequence[Run], marks: Sequence[Mark], made: Marked) -> dict[int, list[Mark]]:
    """Return the marks that are elements, by run, outer before inner; the others go beside."""
    begins = [run.start for run in runs]
    within: dict[int, list[Mark]] = {}
    stack: list[Mark] = []
    before = -1
    for mark in sorted((m for m in marks if m.start < m.end), key=lambda m: (m.start, -m.end)):
        number = bisect_right(begins, mark.start) - 1
        if number != before:
            stack, before = [], number
        while stack and stack[-1].end <= mark.start:
            stack.pop()
        is_loose = mark.is_beside or not runs[number].is_mixed
        if is_loose or mark.end > runs[number].end or (stack and mark.end > stack[-1].end):
            made.beside.append(mark)
            continue
        stack.append(mark)
        within.setdefault(number, []).append(mark)
    return within


def _range(places: Sequence[int], start: int, end: int) -> Sequence[int]:
    return places[bisect_right(places, start - 1) : bisect_right(places, end - 1)]


def _run(
    text: str, run: Run, elements: Sequence[Mark], starts: Sequence[int], ends: Sequence[int]
) -> Iterator[str]:
    """Yield a run: at one place first what ends, then what begins."""
    events: list[tuple[int, int, int, str]] = [
        (place, 0, 0, f'<anchor xml:id="e{place}"/>') for place in ends
    ]
    events += [(place, 2, 0, f'<anchor xml:id="s{place}"/>') for place in starts]
    for order, mark in enumerate(elements):
        events.append((mark.end, 1, -order, f"</{mark.tag}>"))
        events.append((mark.start, 3, order, f"<{mark.tag}{mark.attributes}>"))
    at = run.start
    for place, _, _, written in sorted(events):
        if place > at:
            yield _words(text[at:place])
            at = place
        yield written
    if at < run.end:
        yield _words(text[at : run.end])


def _words(words: str) -> str:
    """Return words as XML; a carriage return is told by its number, or readers would make it a line feed."""
    return escape(plain(words), {"\r": "&#13;"})
