r"""The words without which a pattern cannot match, and where they stand.

    Cue("fled escap*", r"(?:fled|escap\w+) (?:to|from) ...")      no such word in a sentence: the pattern is not tried there

Most sentences hold none of the words that a rule is made of. A rule asks here for the passages and sentences that do, at a
cost that depends on what is found; a pattern is compiled when one of its words is first met. Each part of a hyphenated word
counts as a word too ("award" is met in "award-winning"), `escap*` is every word that begins so, and what is no word, such
as `*` or `(`, is a mark of the text. This module does not say what a match means.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene
from regesta.extraction.tokens import met
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = [
    "DIGITS",
    "Cue",
    "first_words",
    "has_people",
    "is_cued",
    "last_words",
    "passages_at",
    "passages_spotted",
    "passages_with",
    "sentences_with",
    "starts_of",
    "vocabulary",
    "words_of",
]

_PART = re.compile(r"[^-']+")
_NUMBER = re.compile(r"\d+")
DIGITS = frozenset(("0-9",))
"""Any digit, within a word or by itself."""


class _Index:
    """Where the words of one document begin, beside what its `Tokens` know."""

    def __init__(self, scene: Scene) -> None:
        self.found: dict[AbstractSet[str], list[int]] = {}
        self.sorted: list[str] = []
        """All words and parts of words, once a beginning has been asked for."""
        self.parts: dict[str, list[int]] = {}
        """Parts of words with hyphens and apostrophes, and where they begin."""
        self.digits: list[int] | None = None
        """Where figures begin, once that has been asked for."""
        starts = scene.tokens.starts
        by_word = scene.tokens.by_word
        self.odd = [word for word in by_word if not word.isalpha()]
        """Words that are not letters alone."""
        for word in [word for word in self.odd if "-" in word or "'" in word]:
            for part in _PART.finditer(word):
                begin = part.start()
                self.parts.setdefault(part.group(), []).extend(starts[at] + begin for at in by_word[word])

    def starts(self, scene: Scene, words: AbstractSet[str]) -> list[int]:
        """Return where `words` begin, stems and marks among them."""
        by_word = scene.tokens.by_word
        whole, stems, marks = _sorted_out(words)
        met_here = met(by_word, whole)
        if stems and (begun := [word for stem in stems for word in self._words_beginning(scene, stem)]):
            whole = whole.union(begun)
            met_here = met(by_word, whole)
        where = scene.tokens.starts.__getitem__
        starts: list[int] = []
        for word in met_here:
            starts += map(where, by_word[word])
        if not (self.parts or marks):
            return sorted(starts)
        for part in met(self.parts, whole):
            starts += self.parts[part]
        for mark in marks:
            starts += self._digits(scene) if mark in DIGITS else _places_of(scene.text, mark)
        return sorted(set(starts))

    def _digits(self, scene: Scene) -> list[int]:
        """Return where figures begin, within words too."""
        if self.digits is None:
            starts, by_word = scene.tokens.starts, scene.tokens.by_word
            self.digits = [
                starts[at] + match.start()
                for word in self.odd
                for match in _NUMBER.finditer(word)
                for at in by_word[word]
            ]
        return self.digits

    def _words_beginning(self, scene: Scene, stem: str) -> list[str]:
        if not self.sorted:
            self.sorted = sorted({*scene.tokens.by_word, *self.parts})
        first = bisect_left(self.sorted, stem)
        if first == len(self.sorted) or not self.sorted[first].startswith(stem):
            return []
        return self.sorted[first : bisect_left(self.sorted, stem + "\U0010ffff", first)]


@lru_cache(maxsize=512)
def _sorted_out(words: frozenset[str]) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Return (words, beginnings of words, marks)."""
    marks = tuple(word for word in words if not word[0].isalnum() or word in DIGITS)
    stems = tuple(word[:-1] for word in words if word.endswith("*") and word not in marks)
    return frozenset(w for w in words if not w.endswith("*") and w not in marks), stems, marks


def _places_of(text: str, mark: str) -> list[int]:
    found: list[int] = []
    at = text.find(mark)
    while at >= 0:
        found.append(at)
        at = text.find(mark, at + 1)
    return found


def _index(scene: Scene) -> _Index:
    known: _Index | None = scene.kept.get("cues")
    if known is None:
        known = scene.kept["cues"] = _Index(scene)
    return known


def words_of(*lists: str) -> frozenset[str]:
    """Return the words of lists of words parted by spaces.

    >>> sorted(words_of("fled flee", "ran"))
    ['fled', 'flee', 'ran']
    """
    return frozenset(word for words in lists for word in words.split())


@lru_cache(maxsize=64)
def first_words(*phrases: frozenset[str]) -> frozenset[str]:
    """Return the first words of sets of phrases that live on, such as those of the lexicon."""
    return frozenset(phrase.partition(" ")[0] for some in phrases for phrase in some)


@lru_cache(maxsize=64)
def last_words(*phrases: frozenset[str]) -> frozenset[str]:
    """Return the last words of sets of phrases that live on, such as those of the lexicon."""
    return frozenset(phrase.rpartition(" ")[2] for some in phrases for phrase in some)


def vocabulary(scene: Scene) -> set[str]:
    """Return every word of the document in small letters, and every part of its hyphenated words."""
    return {*scene.tokens.by_word, *_index(scene).parts}


def starts_of(scene: Scene, words: AbstractSet[str]) -> list[int]:
    """Return the offsets at which `words` begin, in order; kept as long as the scene lives."""
    index: _Index = scene.kept.get("cues") or _index(scene)
    found = index.found.get(words)
    if found is None:
        found = index.found[words] = index.starts(scene, words)
    return found


def is_cued(scene: Scene, words: AbstractSet[str], span: tuple[int, int]) -> bool:
    """Return whether one of `words` begins in `span`."""
    index: _Index | None = scene.kept.get(
        "cues"
    )  # not by `starts_of`: of all that rules ask it is asked most
    starts = index.found.get(words) if index is not None else None
    if starts is None:
        starts = starts_of(scene, words)
    if not starts:
        return False
    at = bisect_left(starts, span[0])
    return at < len(starts) and starts[at] < span[1]


def passages_at(scene: Scene, starts: Iterable[int]) -> list[Passage]:
    """Return the passages that hold one of the offsets, in order."""
    found: list[Passage] = []
    end = -1
    for start in sorted(starts):
        if start >= end and (passage := scene.passage_at(start)) is not None:
            found.append(passage)
            end = passage.span.end
    return found


def passages_with(scene: Scene, *words: AbstractSet[str]) -> list[Passage]:
    """Return the passages that hold one of `words`, in order."""
    if len(words) == 1:
        return passages_at(scene, starts_of(scene, words[0]))
    return passages_at(scene, (start for some in words for start in starts_of(scene, some)))


def passages_spotted(scene: Scene, table: Mapping[str, object]) -> list[Passage]:
    """Return the passages that hold a phrase of `table`, in order; `table` is as for `Tokens.spot`."""
    tokens = scene.tokens
    return passages_at(scene, (tokens.phrase(at, at).start for at in tokens.spot(table)))


def has_people(scene: Scene, passage: Passage) -> bool:
    """Return whether anybody is in sight in a passage: without, `Scene.subject_of` finds nobody anywhere in it."""
    entry = scene.entry_of[passage.index]
    return bool(scene.said[passage.index]) or (entry is not None and bool(entry.principals))


def sentences_with(scene: Scene, passage: Passage, *words: AbstractSet[str]) -> list[Span]:
    """Return the sentences of a passage that hold one of `words`, in order."""
    if len(words) == 1:
        starts = starts_of(scene, words[0])
        at, end = bisect_left(starts, passage.span.start), bisect_left(starts, passage.span.end)
        found: list[Span] = []
        for sentence in passage.sentences if at < end else ():
            at = bisect_left(starts, sentence.start, at, end)
            if at == end:
                break
            if starts[at] < sentence.end:
                found.append(sentence)
        return found
    if not any(is_cued(scene, some, passage.span) for some in words):
        return []
    return [s for s in passage.sentences if any(is_cued(scene, some, s) for some in words)]


class Cue:
    """A pattern, and words and marks of which every match holds one.

    With `opening`, the words and marks with which a match may begin, the pattern is tried only at these; with `reach` too only where
    one of `words` begins within so many code points behind.
    """

    def __init__(
        self,
        words: str | frozenset[str],
        pattern: str,
        flags: int = 0,
        *,
        opening: str | frozenset[str] = "",
        reach: int = 0,
    ) -> None:
        self.words = words_of(words) if isinstance(words, str) else words
        """In small letters, parted at hyphens and apostrophes."""
        self.opening = words_of(opening) if isinstance(opening, str) else opening
        self.reach = reach
        self.pattern = lazy(pattern, flags)

    def find(self, scene: Scene, span: tuple[int, int]) -> Iterable[re.Match[str]]:
        """Return the matches within `span`, in order."""
        starts = starts_of(scene, self.words)
        if not starts:  # so it is of most cues in most documents
            return ()
        at = bisect_left(starts, span[0])
        if at == len(starts) or starts[at] >= span[1]:
            return ()
        return self._opened(scene, span) if self.opening else self.pattern.finditer(scene.text, *span)

    def _opened(self, scene: Scene, span: tuple[int, int]) -> Iterator[re.Match[str]]:
        start, end = span
        match = self.pattern.match
        for at in self._places(scene, start, end):
            if at >= start and (found := match(scene.text, at, end)):
                yield found
                start = found.end()

    def _places(self, scene: Scene, start: int, end: int) -> Sequence[int]:
        """Return where a match may begin in `[start, end)`, in order."""
        openings = starts_of(scene, self.opening)
        if not self.reach:
            return openings[bisect_left(openings, start) : bisect_left(openings, end)]
        cues = starts_of(scene, self.words)
        found: list[int] = []
        for cue in cues[bisect_left(cues, start) : bisect_left(cues, end)]:
            first = max(start, cue - self.reach, found[-1] + 1 if found else 0)
            found += openings[bisect_left(openings, first) : bisect_right(openings, cue)]
        return found

    def search(self, scene: Scene, span: tuple[int, int]) -> re.Match[str] | None:
        """Return the first match within `span`, None where there is none."""
        found = self.find(scene, span)
        return next(iter(found), None) if found else None
