"""Marking the words of a query in the words of a source, as the index sees them: endings and accents make no difference.

    lit(["Pilots flew north."], understand("pilot"))   ((("Pilots", True), (" flew north.", False)),)

The texts are put into an index in memory with the same rules as the shelf's, which tells where the words stand; so what is
marked is what was found. Nothing is changed in a text but its length: it is cut around the first words that are marked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing

from regesta.shelf.indexing import GAP, TOKENIZER, spaced
from regesta.shelf.wanted import Wanted

__all__ = ["lit"]

_OPEN, _CLOSE = "\x02", "\x03"
_READ = 20_000
"""Code points of a text in which words are marked."""
_BEFORE = 90


def lit(
    texts: Sequence[str], wanted: Wanted, *, or_names: Iterable[str] = (), width: int = 320
) -> tuple[tuple[tuple[str, bool], ...], ...]:
    """Return each text as pieces with whether they are marked, cut to about so many code points.

    >>> from regesta.shelf.wanted import understand
    >>> lit(["Pilots flew north."], understand("pilot"))
    ((('Pilots', True), (' flew north.', False)),)
    """
    expression = wanted.any_of(tuple(or_names))
    kept = [_near(text, wanted).translate({2: " ", 3: " ", 0: " ", 0x200B: None}) for text in texts]
    found: dict[int, str] = {}
    if expression:
        with closing(sqlite3.connect(":memory:")) as memory:
            memory.execute(f"create virtual table t using fts5(words, tokenize='{TOKENIZER}')")
            memory.executemany("insert into t(rowid, words) values (?, ?)", enumerate(map(spaced, kept)))
            found = dict(
                memory.execute(
                    "select rowid, highlight(t, 0, ?, ?) from t where t match ?", [_OPEN, _CLOSE, expression]
                )
            )
    return tuple(_cut(text, _places(found.get(n, "")), width) for n, text in enumerate(kept))


def _near(text: str, wanted: Wanted) -> str:
    """Return the part of a long text in which the first word of a query stands as it is written, else its beginning."""
    if len(text) <= _READ:
        return text
    folded = text.lower()
    places = (folded.find(word.lower().rstrip("*")) for word in wanted.words())
    start = max(0, min((place for place in places if place >= 0), default=0) - _READ // 4)
    return text[start : start + _READ]


def _places(marked: str) -> list[tuple[int, int]]:
    """Return where the marked stretches stand in the text without marks and gaps."""
    places: list[tuple[int, int]] = []
    at = start = 0
    for char in marked:
        if char == _OPEN:
            start = at
        elif char == _CLOSE:
            if at > start:
                places.append((start, at))
        elif char != GAP:
            at += 1
    return places


def _cut(text: str, places: list[tuple[int, int]], width: int) -> tuple[tuple[str, bool], ...]:
    start = max(0, places[0][0] - _BEFORE) if places else 0
    if len(text) <= width:
        start = 0
    elif start:
        start = _word(text, start, places[0][0])
    end = len(text) if len(text) - start <= width else text.rfind(" ", start + width // 2, start + width) + 1
    end = end or start + width
    parts: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for first, last in places:
        if last > end:
            break
        parts += [(text[at:first], False), (text[first:last], True)]
        at = last
    parts += [(text[at:end], False), (" …" if end < len(text) else "", False)]
    return tuple(part for part in parts if part[0])


def _word(text: str, start: int, until: int) -> int:
    """Return where the next word begins, unless none does before `until`."""
    space = text.find(" ", start, until)
    return space + 1 if space >= 0 else start
