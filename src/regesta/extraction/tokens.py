"""The text made easy to match, code point for code point, and its words.

Rules match on a *folded* text that has exactly the length of the document's text, so that an offset in one is an offset
in the other. Folding puts spaces where footnote marks and line ends stood and plain quotes for curly ones:

    text    fled in 1992.[4]⏎He said ‘no’
    folded  fled in 1992.    He said 'no'

Evidence is always cut from the document's own text, never from the folded one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from regesta.text.span import Span

__all__ = ["Token", "Tokens", "fold"]

_PLAIN = str.maketrans(
    {
        "‘": "'", "’": "'", "ʼ": "'", "ʹ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "\n": " ", "\r": " ", "\t": " ", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u200b": " ", "\ufeff": " ",
        "\u2011": "-", "\u2010": "-", "\u00ad": "-", "—": "–", "―": "–", "İ": "I",
    }
)  # fmt: skip

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


_ARTICLE = re.compile(
    r"(?:al|el|ul|ad|an|ar|as|ash|at|az|d|l)['-][A-ZÀ-ÞĀĂĄĆĈČĎĐĒĖĘĚĞĢĪĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽ]"
)


class Token(NamedTuple):
    """One word; hyphens and apostrophes inside it belong to it, a possessive `'s` does not."""

    start: int
    end: int
    text: str
    lower: str
    is_capital: bool
    """Begins with an upper-case letter, or with an article that belongs to a name: `al-Masri`, `d'Arc`."""
    is_possessive: bool
    """Followed by `'s` or `'`."""


def fold(text: str, blank: Iterable[tuple[int, int]] = ()) -> str:
    r"""Return `text` with plain quotes and spaces, and the spans in `blank` turned to spaces; the length stays.

    >>> fold("in 1992.[4]\nHe said ‘no’", [(8, 11)])
    "in 1992.    He said 'no'"
    """
    folded = text.translate(_PLAIN)
    pieces: list[str] = []
    at = 0
    for start, end in sorted(blank):
        if start < at:
            continue
        pieces += [folded[at:start], " " * (end - start)]
        at = end
    return "".join([*pieces, folded[at:]])


class Tokens(Sequence[Token]):
    """The words of a folded text, found by place.

    >>> words = Tokens("Kim's aide fled")
    >>> [word.text for word in words], words[0].is_possessive
    (['Kim', 'aide', 'fled'], True)
    >>> words.between(6, 15)
    range(1, 3)
    """

    def __init__(self, folded: str) -> None:
        self._all: list[Token] = []
        for match in _WORD.finditer(folded):
            start, end = match.span()
            word = match.group()
            possessive = False
            if word.endswith(("'s", "'S")) and len(word) > 2:
                word, end, possessive = word[:-2], end - 2, True
            elif folded[end : end + 1] == "'" and word[-1:] == "s":
                possessive = True
            capital = word[0].isupper() or _ARTICLE.match(word) is not None
            self._all.append(Token(start, end, word, word.lower(), capital, possessive))
        self._starts = [token.start for token in self._all]
        self._lower = [token.lower for token in self._all]

    def __len__(self) -> int:
        return len(self._all)

    def __getitem__(self, index: int) -> Token:  # type: ignore[override]  # slices are not needed
        return self._all[index]

    def between(self, start: int, end: int) -> range:
        """Return the indices of the words that begin in `[start, end)`."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    def lower(self, first: int, last: int) -> str:
        """Return the words from `first` to `last`, both included, in small letters with one space between.

        >>> Tokens("He was a Prime  Minister").lower(3, 4)
        'prime minister'
        """
        return " ".join(self._lower[first : last + 1])

    def phrase(self, first: int, last: int) -> Span:
        """Return the span from word `first` to word `last`, both included."""
        return Span(self._all[first].start, self._all[last].end)
