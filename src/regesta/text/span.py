"""Half-open spans `[start, end)` of Unicode code points, the way everything in regesta is located.

    text    K i m _ f l e d
    index   0 1 2 3 4 5 6 7 8
            [-----)            Span(0, 3)

A span knows nothing of its text; `span.of(text)` slices it.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Span"]


class Span(NamedTuple):
    """A half-open range of code points; sorts by start, then end.

    >>> Span(0, 3).of("Kim fled")
    'Kim'
    >>> Span(0, 3).overlaps(Span(2, 5)), Span(0, 3).overlaps(Span(3, 5))
    (True, False)
    """

    start: int
    """Index of the first code point."""
    end: int
    """Index after the last code point; `end >= start`."""

    def of(self, text: str) -> str:
        """Return the slice of `text` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: tuple[int, int]) -> bool:
        """Return whether the two share a code point."""
        return self.start < other[1] and other[0] < self.end

    def contains(self, other: tuple[int, int]) -> bool:
        """Return whether `other` lies wholly within this span."""
        return self.start <= other[0] and other[1] <= self.end

    def shift(self, by: int) -> Span:
        """Return the span moved by `by` code points.

        >>> Span(2, 5).shift(10)
        Span(start=12, end=15)
        """
        return Span(self.start + by, self.end + by)

    def cover(self, other: tuple[int, int]) -> Span:
        """Return the smallest span that holds both.

        >>> Span(2, 5).cover((7, 9))
        Span(start=2, end=9)
        """
        return Span(min(self.start, other[0]), max(self.end, other[1]))

    def strip(self, text: str, chars: str | None = None) -> Span:
        """Return the span without leading and trailing white space (or `chars`).

        >>> Span(0, 6).strip("  Kim ")
        Span(start=2, end=5)
        """
        start, end = self
        if (
            chars is None
            and start < end <= len(text)
            and not (text[start].isspace() or text[end - 1].isspace())
        ):
            return self
        piece = self.of(text)
        left = len(piece) - len(piece.lstrip(chars))
        return Span(self.start + left, max(self.start + left, self.start + len(piece.rstrip(chars))))
