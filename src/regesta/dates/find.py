"""Finding the dates of a text: anchors first, then a date at each, then what stands before and behind it.

    "from 1953 to the early 1980s"
          ^ anchor: a date may begin here; `finder.py` reads it, with what stands before and behind it

The text between anchors is never looked at, which is what makes it fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from regesta.dates.composed import Composed, compose, needs_composing
from regesta.dates.finder import Finder
from regesta.dates.foreign import find_foreign
from regesta.dates.language import ENGLISH, Language
from regesta.dates.languages import STRANGE, tongues_in
from regesta.dates.parts import narrowed
from regesta.dates.patterns import NUMBER, compile_patterns
from regesta.dates.phrase import DatePhrase
from regesta.dates.tongue import compile_tongue

__all__ = ["find_dates"]


def find_dates(
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    language: Language = ENGLISH,
    spoken: str | None = None,
    words: Sequence[tuple[int, int]] | None = None,
) -> list[DatePhrase]:
    """Return the dates in `text[start:end]`: in order, not overlapping, spans counted in the whole text.

    What stands before `start` or behind `end` is not looked at. English dates are always looked for, those of other languages
    where their letters or words are found; `spoken` is the language of the text (BCP 47) where that is known, which also says
    that the day comes first in `12/02/1997`. `words`: who knows that all is plain English gives the places of the words that
    `may_date`, in order, and nothing else is looked at.

    >>> [(p.edtf or p.partial) for p in find_dates("He fled on 21 September 1953, not in May.")]
    ['1953-09-21', 'XXXX-05']
    >>> [p.edtf for p in find_dates("1997년 2월 12일, 平成9年2月, 12. Februar 1997, le 12 février 1997")]
    ['1997-02-12', '1997-02', '1997-02-12', '1997-02-12']
    """
    stop = len(text) if end is None else min(end, len(text))
    found = _found(text, start, stop, language, spoken, words)
    return [narrowed(text, phrase, start, stop) for phrase in found]


def _found(
    text: str,
    start: int,
    stop: int,
    language: Language,
    spoken: str | None,
    words: Sequence[tuple[int, int]] | None,
) -> list[DatePhrase]:
    if words is not None and not words:
        return []
    if words is not None:
        return _walk(Finder(text, compile_patterns(language), start, stop), _anchors(text, words, language))
    is_strange = not text.isascii() and STRANGE.search(text, start, stop) is not None
    if is_strange and needs_composing(text, start, stop):
        view = compose(text, start, stop)
        found = _find(view.text, 0, len(view.text), language, spoken, is_strange=True)
        return [_moved(phrase, view) for phrase in found]
    return _find(text, start, stop, language, spoken, is_strange=is_strange)


def _find(
    text: str, start: int, stop: int, language: Language, spoken: str | None, *, is_strange: bool
) -> list[DatePhrase]:
    patterns = compile_patterns(language)
    finder = Finder(text, patterns, start, stop)
    numbers = [found.start() for found in NUMBER.finditer(text, start, stop)]
    foreign: list[DatePhrase] = []
    for piece in tongues_in(text, start, stop, numbers, spoken, is_strange=is_strange):
        found = find_foreign(
            text, piece.start, piece.end, compile_tongue(piece.tongue), is_sure=piece.is_sure
        )
        foreign = _merged(foreign, found)
    anchors = numbers + [found.start() for found in patterns.anchor.finditer(text, start, stop)]
    anchors.sort()
    _walk(finder, anchors)
    return _merged(foreign, finder.found) if foreign else finder.found


def _anchors(text: str, words: Sequence[tuple[int, int]], language: Language) -> list[int]:
    """Return where dates may begin in some words of a text."""
    find = compile_patterns(language).any_anchor.finditer
    return [found.start() for start, end in words for found in find(text, start, end)]


def _walk(finder: Finder, anchors: Iterable[int]) -> list[DatePhrase]:
    """Visit the anchors in order and return what is found."""
    for at in anchors:
        if at >= finder.floor:
            finder.visit(at)
    return finder.found


def _merged(first: list[DatePhrase], second: list[DatePhrase]) -> list[DatePhrase]:
    """Return both lists as one; where two dates overlap, the longer one, the first if none is."""
    if not first or not second:
        return first or second
    ranked = [
        (p.span.start - p.span.end, rank, p) for rank, found in enumerate((first, second)) for p in found
    ]
    everything = sorted(ranked, key=lambda item: (item[2].span.start, item[2].span.end))
    kept: list[tuple[int, int, DatePhrase]] = []
    for item in everything:
        while kept and item[2].span.start < kept[-1][2].span.end and item[:2] < kept[-1][:2]:
            kept.pop()
        if not kept or item[2].span.start >= kept[-1][2].span.end:
            kept.append(item)
    return [item[2] for item in kept]


def _moved(phrase: DatePhrase, view: Composed) -> DatePhrase:
    """Return a phrase of a composed text with the spans of the text itself."""
    return replace(
        phrase,
        span=view.span(phrase.span.start, phrase.span.end),
        core=view.span(phrase.core.start, phrase.core.end),
        evidence=tuple(view.span(span.start, span.end) for span in phrase.evidence),
    )
