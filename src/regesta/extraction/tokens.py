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
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property, partial
from itertools import accumulate, chain, compress
from typing import Any, NamedTuple, TypeVar

from regesta.text.span import Span

__all__ = ["Token", "Tokens", "fold", "met", "sift"]

T = TypeVar("T")
"""What a table of phrases says of a phrase."""

_PLAIN = {
    "‘": "'", "’": "'", "ʼ": "'", "ʹ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "\n": " ", "\r": " ", "\t": " ", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u200b": " ", "\ufeff": " ",
    "\u2011": "-", "\u2010": "-", "\u00ad": "-", "—": "–", "―": "–", "İ": "I",
}  # fmt: skip

_WORDS = re.compile(r"(\w+(?:['-]\w+)*)")
_QUOTE = re.compile("'")


_ARTICLES = frozenset("al el ul ad an ar as ash at az d l".split())
_JOINED_CAPITAL = re.compile(
    rf"(?:{'|'.join(sorted(_ARTICLES))})['-][A-ZÀ-ÞĀĂĄĆĈČĎĐĒĖĘĚĞĢĪĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽ]"
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


_TOKEN: Callable[[Iterable[Any]], Token] = partial(tuple.__new__, Token)
"""`Token._make` without its check of the length."""


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


class _Small(dict[str, str]):
    """Words in small letters, one object for each as often as it is met: it takes less memory, and its hash is known."""

    def __missing__(self, word: str) -> str:
        lower = word.lower()
        small = self[word] = word if lower == word else self.setdefault(lower, lower)
        return small

    def of(self, words: list[str]) -> list[str]:
        """Return words in small letters."""
        if len(self) > _MANY_SPELLINGS:
            self.clear()
        return list(map(self.__getitem__, words))


class _Capitals(dict[str, bool]):
    """Words, and whether they begin with a capital, or with an article that belongs to a name."""

    def __missing__(self, word: str) -> bool:
        is_capital = self[word] = word[0] != word.lower()[0] or _JOINED_CAPITAL.match(word) is not None
        return is_capital

    def of(self, words: list[str]) -> list[bool]:
        """Return of each word whether it is capital."""
        if len(self) > _MANY_SPELLINGS:
            self.clear()
        return list(map(self.__getitem__, words))


_small = _Small()
_capitals = _Capitals()
_MANY_SPELLINGS = 50_000
"""Words of which such things are remembered."""


class Tokens:
    """The words of a folded text in order, found by place and by word; never changed.

    What is known of them stands in columns, and word `at` is row `at` of each: rules ask a thing or two of few words, so
    that making a `Token` of each would cost more than all of their questions. One is made when it is asked for.

    Most rules begin at certain words, and most sentences hold none of them: `where` and `spot` lead from the words of a
    lexicon straight to where they stand, at a cost that depends on what is found and not on the length of the text.

    >>> words = Tokens("Kim's aide fled")
    >>> words.texts, words.possessive[0], words[2].lower
    (['Kim', 'aide', 'fled'], True, 'fled')
    >>> words.between(6, 15)
    range(1, 3)
    """

    def __init__(self, folded: str) -> None:
        pieces = _WORDS.split(folded.replace("_", " "))  # gap, word, gap, word, ..., gap
        places = list(accumulate(map(len, pieces)))
        starts, ends, texts = places[0:-1:2], places[1::2], pieces[1::2]
        lower = _small.of(texts)
        possessive = [False] * len(texts)
        if "'" in folded:
            _take_possessives(folded, ends, texts, lower, possessive)
        capital = _capitals.of(texts)
        self.starts = starts
        """Where each word begins."""
        self.ends = ends
        """Where each word ends."""
        self.texts = texts
        """Each word as it is written."""
        self.lowers = lower
        """Each word in small letters."""
        self.capital = capital
        """Whether each word begins with a capital, or with an article that belongs to a name."""
        self.possessive = possessive
        """Whether `'s` or `'` follows each word."""
        self.capitals: list[int] = list(compress(range(len(texts)), capital))
        """The indices of the words that begin with a capital, in order."""
        self._where: dict[int, tuple[AbstractSet[str], tuple[int, ...], list[int]]] = {}
        self._spotted: dict[int, tuple[Mapping[str, Any], dict[int, tuple[int, Any]]]] = {}

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, at: int) -> Token:
        return _TOKEN(
            (
                self.starts[at],
                self.ends[at],
                self.texts[at],
                self.lowers[at],
                self.capital[at],
                self.possessive[at],
            )
        )

    @cached_property
    def _closed(self) -> list[str]:
        """The words in small letters, and an empty one behind the last."""
        return [*self.lowers, ""]

    @cached_property
    def seen_small(self) -> frozenset[str]:
        """The words that stand somewhere without a capital."""
        index = self.by_word
        capitals = Counter(map(self.lowers.__getitem__, self.capitals))
        always = {word for word, times in capitals.items() if times == len(index[word])}
        return frozenset(index.keys() - always)

    @cached_property
    def by_word(self) -> dict[str, list[int]]:
        """Every word in small letters, and the indices at which it stands."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(self.lowers):
            found[word].append(index)
        return dict(found)

    def where(self, words: AbstractSet[str]) -> tuple[int, ...]:
        """Return the indices of all words that are among `words` (small letters), in order.

        `words` should be a set that lives on, a constant or a part of the lexicon: the answer is kept for it.

        >>> Tokens("They fled, and those who fled first came back").where(frozenset(("fled", "came")))
        (1, 5, 7)
        """
        return self._found(words)[1]

    def _found(self, words: AbstractSet[str]) -> tuple[AbstractSet[str], tuple[int, ...], list[int]]:
        known = self._where.get(id(words))
        if known is None:
            index = self.by_word
            found = [index[word] for word in met(index, words)]
            hits = tuple(found[0] if len(found) == 1 else sorted(chain.from_iterable(found)))
            starts = list(map(self.starts.__getitem__, hits))
            known = self._where[id(words)] = (words, hits, starts)  # held: an id is of a living object
        return known

    def within(self, words: AbstractSet[str], span: tuple[int, int]) -> tuple[int, ...]:
        """Return the indices of those of `words` that begin in `span`, in order.

        >>> Tokens("They fled, and those who fled first came back").within(frozenset(("fled", "came")), (10, 40))
        (5, 7)
        """
        known = self._where.get(id(words)) or self._found(words)
        starts = known[2]
        first = bisect_left(starts, span[0])
        if first == len(starts) or starts[first] >= span[1]:
            return ()
        return known[1][first : bisect_left(starts, span[1], first)]

    def spot(self, table: Mapping[str, T]) -> dict[int, tuple[int, T]]:
        """Return where phrases of `table` (small letters, one space between words) stand: first word -> (last word, value).

        At each word the longest phrase counts. The answer is kept for `table`, which should live on and not change.

        >>> Tokens("She went over the border").spot({"went over": "flee", "went": "go"})
        {1: (2, 'flee')}
        """
        known = self._spotted.get(id(table))
        if known is None:
            found: dict[int, tuple[int, T]] = {}
            openings = _openings(table)
            words = self._closed
            for word in self.by_word.keys() & openings.keys():
                lengths = openings[word]
                alone = lengths.get("", ())
                for at in self.by_word[word]:
                    for length in lengths.get(words[at + 1], alone):
                        value = table.get(" ".join(words[at : at + length]))
                        if value is not None:
                            found[at] = (at + length - 1, value)
                            break
            known = self._spotted[id(table)] = (table, dict(sorted(found.items())))
        return known[1]

    def between(self, start: int, end: int) -> range:
        """Return the indices of the words that begin in `[start, end)`."""
        first = bisect_left(self.starts, start)
        return range(first, bisect_left(self.starts, end, first))

    def smalls(self, words: range) -> list[str]:
        """Return some words in small letters.

        >>> Tokens("He was a Prime Minister").smalls(range(3, 5))
        ['prime', 'minister']
        """
        return self.lowers[words.start : words.stop]

    def lower(self, first: int, last: int) -> str:
        """Return the words from `first` to `last`, both included, in small letters with one space between.

        >>> Tokens("He was a Prime  Minister").lower(3, 4)
        'prime minister'
        """
        if first == last:
            return self.lowers[first]
        return " ".join(self.lowers[first : last + 1])

    def phrase(self, first: int, last: int) -> Span:
        """Return the span from word `first` to word `last`, both included."""
        return Span(self.starts[first], self.ends[last])


def met(index: Mapping[str, object], words: AbstractSet[str]) -> Iterable[str]:
    """Return the words of a text that are among `words`, at the cost of the smaller of the two."""
    if len(words) > len(index) and isinstance(words, frozenset):
        return words.intersection(index)
    return index.keys() & words


_MANY_WORDS = 200_000
"""Words that are remembered as saying nothing to a judge."""


def sift(words: Iterable[str], dull: set[str], judge: Callable[[str], object]) -> list[str]:
    """Return those of `words` that `judge` is after; the others are remembered in `dull` and never judged again.

    Most words of a language say nothing to a rule: a text is cleared of them at once, without a step for each.

    >>> dull: set[str] = set()
    >>> sift(["shop", "third", "late"], dull, "third".__eq__), sorted(dull)
    (['third'], ['late', 'shop'])
    """
    unknown = set(words).difference(dull)
    found = [word for word in unknown if judge(word)]
    if len(dull) > _MANY_WORDS:
        dull.clear()
    dull |= unknown.difference(found)
    return found


def _take_possessives(
    folded: str,
    ends: list[int],
    texts: list[str],
    lower: list[str],
    possessive: list[bool],
) -> None:
    """Take the `'s` off the words that end in it, and note them and those before a lone `'`."""
    for match in _QUOTE.finditer(folded):
        at = bisect_left(ends, match.start())  # the first word that ends at the quote or behind it
        if at == len(ends):
            break
        word = lower[at]
        if match.start() == ends[at]:
            possessive[at] = possessive[at] or word.endswith("s")
        elif ends[at] == match.end() + 1 and word.endswith("'s") and len(word) > 2:
            lower[at], texts[at] = word[:-2], texts[at][:-2]
            ends[at] -= 2
            possessive[at] = True


_Openings = dict[str, dict[str, tuple[int, ...]]]
_known_openings: dict[int, tuple[Mapping[str, Any], _Openings]] = {}


def _openings(table: Mapping[str, Any]) -> _Openings:
    """Return how many words phrases have, by their first word and their second, the longest first.

    Under the second word "" stands the phrase that is nothing but its first: most words that may open one open none.
    """
    known = _known_openings.get(id(table))
    if known is None or known[0] is not table:
        lengths: defaultdict[str, defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for phrase in table:
            words = phrase.split(" ")
            lengths[words[0]][words[1] if len(words) > 1 else ""].add(len(words))
        for seconds in lengths.values():
            for found in seconds.values():
                found.update(seconds.get("", ()))
        ordered = {
            first: {second: tuple(sorted(found, reverse=True)) for second, found in seconds.items()}
            for first, seconds in lengths.items()
        }
        known = (table, ordered)
        if len(_known_openings) > 64:
            _known_openings.clear()
        _known_openings[id(table)] = known
    return known[1]
