"""Finding what was erased in a text, by its hashes alone.

    words ─► a word that begins as a form does? ─► it and up to seven more, joined ─► hashed ─► a tombstone has it
          └► a word that begins a run? ─► it and the next ones ─► hashed ─► a tombstone has it

Each start is looked up once a text, so the time is that of cutting the text into words and a little more. Nothing here knows
what it looks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from regesta.erasure.spelling import FEW, spell
from regesta.erasure.tombstones import START, TOMBSTONES, Tombstone, check, digest
from regesta.erasure.words import Word, is_sign, words_of
from regesta.errors import ProjectError
from regesta.model import content_id

__all__ = ["MASK", "Erased"]

MASK: Final = "█"
"""Stands for each letter and digit of what was erased."""

_LONGEST: Final = 8
"""Words of a name."""
_GAP: Final = 5
"""Code points between two words of a name: a comma and an indented line at most."""
_LETTER: Final = re.compile(r"\w|[\u0300-\u036f]")
_AFTER: Final = frozenset("은는이가을를의와과도에씨님께만로랑및군양")
"""What may follow a name of two signs; any other sign makes it a longer name."""
_TITLES: Final = frozenset(("mr", "mrs", "ms", "miss", "dr", "prof", "the", "and", "then", "when", "but"))


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, for one who looks for it."""

    key: bytes = field(repr=False)
    stones: tuple[Tombstone, ...]
    _long: frozenset[str] = field(init=False, repr=False)
    _short: frozenset[str] = field(init=False, repr=False)
    _starts: frozenset[str] = field(init=False, repr=False)
    _runs: tuple[tuple[int, frozenset[str]], ...] = field(init=False, repr=False)
    _firsts: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Lay the hashes of all tombstones together; raises `ProjectError` where they are of another key."""
        if any(one.check != check(self.key) for one in self.stones):
            raise ProjectError(
                "the tombstones were made under another key", where=TOMBSTONES,
                hint="take protection.key back from where it is kept: what was erased would come back",
            )  # fmt: skip
        lengths = sorted({one.run for one in self.stones if one.run}, reverse=True)
        runs = [(n, frozenset().union(*(one.runs for one in self.stones if one.run == n))) for n in lengths]
        for name, value in (
            ("_long", frozenset().union(*(one.long for one in self.stones))),
            ("_short", frozenset().union(*(one.short for one in self.stones))),
            ("_starts", frozenset().union(*(one.starts for one in self.stones))),
            ("_firsts", frozenset().union(*(one.firsts for one in self.stones))),
            ("_runs", tuple(runs)),
        ):
            object.__setattr__(self, name, value)

    @property
    def stamp(self) -> str:
        """A content id of all that is looked for: what was blacked under another one has to be blacked anew."""
        return content_id("v", ["1", *sorted(one.id for one in self.stones)])

    def find(self, text: str, *, is_known: bool = False) -> list[tuple[int, int]]:
        """Return where what was erased stands in a text, as ranges that do not overlap, in order.

        Parts of names count where a whole one stands in the text too, or `is_known` says that it stands beside it.
        """
        words = words_of(text)
        found = self._passages(words) if self._runs else []
        if self._long:
            whole, parts = self._names(text, words)
            found += whole + (parts if whole or is_known else [])
        return _joined(found)

    def touches(self, text: str, *, is_known: bool = False) -> bool:
        """Return whether anything that was erased stands in a text."""
        return bool(self.find(text, is_known=is_known))

    def mask(self, text: str, *, is_known: bool = False) -> str:
        """Return a text of the same length, its letters and digits blacked where they were erased."""
        return blacked(text, self.find(text, is_known=is_known))

    def _names(self, text: str, words: list[Word]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Return where whole names stand, and parts of them."""
        known: dict[str, bool] = {}
        seen: dict[str, str] = {}
        whole, parts = [], []
        for at, word in enumerate(words):
            start = word.form[:START]
            if len(start) < START:
                start += "".join(one.form for one in words[at + 1 : at + START])[: START - len(start)]
            is_start = known.get(start)
            if is_start is None:
                is_start = known[start] = digest(self.key, "start", start) in self._starts
            if not is_start:
                continue
            forms: list[str] = []
            longest: int | None = None
            for last in range(at, min(at + _LONGEST, len(words))):
                if last > at and words[last].start - words[last - 1].end > _GAP:
                    break
                forms.append(words[last].form)
                form = spell(forms)
                mark = seen.get(form)
                if mark is None:
                    mark = seen[form] = digest(self.key, "name", form)
                if mark in self._long and _is_whole_name(text, words, last, form):
                    longest = last
                elif mark in self._short and _stands_alone(text, words, at, last):
                    parts.append((word.start, words[last].end))
            if longest is not None:
                whole.append((word.start, words[longest].end))
        return whole, parts

    def _passages(self, words: list[Word]) -> list[tuple[int, int]]:
        known: dict[str, bool] = {}
        found = []
        for at, word in enumerate(words):
            is_first = known.get(word.form)
            if is_first is None:
                is_first = known[word.form] = digest(self.key, "word", word.form) in self._firsts
            if not is_first:
                continue
            for size, runs in self._runs:
                some = words[at : at + size]
                if len(some) == size and digest(self.key, "run", " ".join(one.form for one in some)) in runs:
                    found.append((word.start, some[-1].end))
        return found


def blacked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text with the letters and digits of these ranges blacked.

    >>> blacked("by Hong Gil-dong, 1990", [(3, 16)])
    'by ████ ███-████, 1990'
    """
    pieces, last = [], 0
    for start, end in spans:
        pieces += [text[last:start], _LETTER.sub(MASK, text[start:end])]
        last = end
    return "".join([*pieces, text[last:]]) if pieces else text


def _is_whole_name(text: str, words: list[Word], last: int, form: str) -> bool:
    """Return whether a short form ends where the name does: "Kim Il" is not the beginning of "Kim Il-sung"."""
    after = words[last + 1] if last + 1 < len(words) else None
    if is_sign(form):
        follows = after is not None and after.start == words[last].end and is_sign(after.form)
        return len(form) > 2 or not follows or (after is not None and after.form in _AFTER)
    return len(form.replace(" ", "")) >= FEW or after is None or not _goes_on(text, words[last], after)


def _goes_on(text: str, word: Word, after: Word) -> bool:
    """Return whether the next word belongs to the same name, as far as letters tell."""
    between = text[word.end : after.start]
    return between in {"-", "\u2010", "\u2011"} or (
        between in {" ", "\u00a0"} and text[after.start].isupper()
    )


def _stands_alone(text: str, words: list[Word], first: int, last: int) -> bool:
    """Return whether a part of a name is no part of somebody else's longer one."""
    if is_sign(words[first].form):
        return True
    if last + 1 < len(words) and _goes_on(text, words[last], words[last + 1]):
        return False
    if not first:
        return True
    before = words[first - 1]
    between = text[before.end : words[first].start]
    is_name = between in {" ", "\u00a0", "-"} and text[before.start].isupper()
    return not is_name or before.form in _TITLES


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ranges in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found
