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
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from regesta.text.span import Span

__all__ = ["Token", "Tokens", "fold"]

T = TypeVar("T")
"""What a table of phrases says of a phrase."""

_PLAIN = {
    "‘": "'", "’": "'", "ʼ": "'", "ʹ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "\n": " ", "\r": " ", "\t": " ", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u200b": " ", "\ufeff": " ",
    "\u2011": "-", "\u2010": "-", "\u00ad": "-", "—": "–", "―": "–", "İ": "I",
}  # fmt: skip

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


_ARTICLE = re.compile(
    r"(?:al|el|ul|ad|an|ar|as|ash|at|az|d|l)['-][A-ZÀ-ÞĀĂĄĆĈČĎĐĒĖĘĚĞĢĪĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽ]"
)
_ARTICLE_FIRST = re.compile(r"[^\W\d_]{1,3}['-]")


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
    folded = text
    for letter, plain in _PLAIN.items():
        if letter in folded:
            folded = folded.replace(
                letter, plain
            )  # each a search in C; `str.translate` looks at every letter
    pieces: list[str] = []
    at = 0
    for start, end in sorted(blank):
        if start < at:
            continue
        pieces += [folded[at:start], " " * (end - start)]
        at = end
    return "".join([*pieces, folded[at:]])


class Tokens(Sequence[Token]):
    """The words of a folded text, found by place and by word.

    Most rules begin at certain words, and most sentences hold none of them: `where` and `spot` lead from the words of a
    lexicon straight to where they stand, at a cost that depends on what is found and not on the length of the text. A
    `Token` is made when it is first asked for.

    >>> words = Tokens("Kim's aide fled")
    >>> [word.text for word in words], words[0].is_possessive
    (['Kim', 'aide', 'fled'], True)
    >>> words.between(6, 15)
    range(1, 3)
    """

    def __init__(self, folded: str) -> None:
        lowered = folded.lower()
        if len(lowered) != len(folded):  # a letter whose small form is two code points
            lowered = "".join(small if len(small := letter.lower()) == 1 else letter for letter in folded)
        spans = [match.span() for match in _WORD.finditer(folded)]
        self._folded = folded
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self._lower = [lowered[start:end] for start, end in spans]
        self._possessive: set[int] = set()
        if "'" in folded:
            self._take_possessives(spans)
        self._made: list[Token | None] = [None] * len(spans)
        self._where: dict[int, tuple[AbstractSet[str], tuple[int, ...]]] = {}
        self._spotted: dict[int, tuple[Mapping[str, Any], dict[int, tuple[int, Any]]]] = {}

    def _take_possessives(self, spans: list[tuple[int, int]]) -> None:
        """Take the `'s` off the words that end in it, and note them and those before a lone `'`."""
        for index, word in enumerate(self._lower):
            if word.endswith("'s"):
                if len(word) > 2:
                    self._lower[index] = word[:-2]
                    self._ends[index] -= 2
                    self._possessive.add(index)
            elif word.endswith("s") and self._folded.startswith("'", spans[index][1]):
                self._possessive.add(index)

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, index: int) -> Token:  # type: ignore[override]  # slices are not needed
        return self._made[index] or self._make(index)

    def _make(self, index: int) -> Token:
        start, end = self._starts[index], self._ends[index]
        word = self._folded[start:end]
        index %= len(self._starts)
        token = self._made[index] = Token(
            start, end, word, self._lower[index], self.is_capital(index), index in self._possessive
        )
        return token

    def is_capital(self, index: int) -> bool:
        """Return what `Token.is_capital` says of word `index`, without making a token."""
        start = self._starts[index]
        return self._folded[start] != self._lower[index][0] or (
            self._ends[index] - start > 2
            and _ARTICLE.match(self._folded, start, self._ends[index]) is not None
        )

    @cached_property
    def capitals(self) -> list[int]:
        """The indices of the words for which `is_capital` holds, in order."""
        folded, lower = self._folded, self._lower
        found = [at for at, start in enumerate(self._starts) if folded[start] != lower[at][0]]
        articles = [word for word in self.by_word if _ARTICLE_FIRST.match(word)]
        if articles:
            found = sorted(
                {*found, *(at for word in articles for at in self.by_word[word] if self.is_capital(at))}
            )
        return found

    @cached_property
    def seen_small(self) -> frozenset[str]:
        """The words that stand somewhere without a capital."""
        return frozenset(
            word for word, places in self.by_word.items() if not all(self.is_capital(at) for at in places)
        )

    @cached_property
    def by_word(self) -> dict[str, list[int]]:
        """Every word in small letters, and the indices at which it stands."""
        found: dict[str, list[int]] = {}
        for index, word in enumerate(self._lower):
            if word in found:
                found[word].append(index)
            else:
                found[word] = [index]
        return found

    def where(self, words: AbstractSet[str]) -> tuple[int, ...]:
        """Return the indices of all words that are among `words` (small letters), in order.

        `words` should be a set that lives on, a constant or a part of the lexicon: the answer is kept for it.

        >>> Tokens("They fled, and those who fled first came back").where(frozenset(("fled", "came")))
        (1, 5, 7)
        """
        known = self._where.get(id(words))
        if known is None:
            hits = [at for word in self.by_word.keys() & words for at in self.by_word[word]]
            known = self._where[id(words)] = (words, tuple(sorted(hits)))  # held: an id is of a living object
        return known[1]

    def within(self, words: AbstractSet[str], span: tuple[int, int]) -> tuple[int, ...]:
        """Return the indices of those of `words` that begin in `span`, in order.

        >>> Tokens("They fled, and those who fled first came back").within(frozenset(("fled", "came")), (10, 40))
        (5, 7)
        """
        found = self.where(words)
        if not found:
            return found
        starts = self._starts
        first = bisect_left(found, span[0], key=starts.__getitem__)
        if first == len(found) or starts[found[first]] >= span[1]:
            return ()
        return found[first : bisect_left(found, span[1], first, key=starts.__getitem__)]

    def spot(self, table: Mapping[str, T]) -> dict[int, tuple[int, T]]:
        """Return where phrases of `table` (small letters, one space between words) stand: first word -> (last word, value).

        At each word the longest phrase counts. The answer is kept for `table`, which should live on and not change.

        >>> Tokens("She went over the border").spot({"went over": "flee", "went": "go"})
        {1: (2, 'flee')}
        """
        known = self._spotted.get(id(table))
        if known is None:
            found: dict[int, tuple[int, T]] = {}
            lengths = _lengths_by_first(table)
            for word in self.by_word.keys() & lengths.keys():
                for at in self.by_word[word]:
                    for length in lengths[word]:
                        if at + length <= len(self._lower):
                            value = table.get(" ".join(self._lower[at : at + length]))
                            if value is not None:
                                found[at] = (at + length - 1, value)
                                break
            known = self._spotted[id(table)] = (table, dict(sorted(found.items())))
        return known[1]

    def between(self, start: int, end: int) -> range:
        """Return the indices of the words that begin in `[start, end)`."""
        first = bisect_left(self._starts, start)
        return range(first, bisect_left(self._starts, end, first))

    def small(self, index: int) -> str:
        """Return word `index` in small letters, without making a token."""
        return self._lower[index]

    def lower(self, first: int, last: int) -> str:
        """Return the words from `first` to `last`, both included, in small letters with one space between.

        >>> Tokens("He was a Prime  Minister").lower(3, 4)
        'prime minister'
        """
        if first == last:
            return self._lower[first]
        return " ".join(self._lower[first : last + 1])

    def phrase(self, first: int, last: int) -> Span:
        """Return the span from word `first` to word `last`, both included."""
        return Span(self._starts[first], self._ends[last])


_known_lengths: dict[int, tuple[Mapping[str, Any], dict[str, list[int]]]] = {}


def _lengths_by_first(table: Mapping[str, Any]) -> dict[str, list[int]]:
    """Return for the first word of every phrase how many words its phrases have, the longest first."""
    known = _known_lengths.get(id(table))
    if known is None or known[0] is not table:
        lengths: dict[str, set[int]] = {}
        for phrase in table:
            words = phrase.split(" ")
            lengths.setdefault(words[0], set()).add(len(words))
        known = (table, {word: sorted(found, reverse=True) for word, found in lengths.items()})
        if len(_known_lengths) > 64:
            _known_lengths.clear()
        _known_lengths[id(table)] = known
    return known[1]
