"""The sentences of a small chronicle, and which sources tell of the same matter, for checks that hold words against words.

    text ──► blocks ──► sentences, each with its numbers, its dates and the names in it
    two sources that share two names which few others have          beside one another

What no claim says (a ship's arrival, the beds of a hall) stands in a sentence all the same. Only a small chronicle is read so
(`View.is_small`): of a large one there are no sentences here, and the checks that live on them are silent. Dates without a year
have that of the date before them in their source, and say so. What a sentence means is left to each check.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from regesta.criticism.sentence_figures import Number, ToldDate, dates_of, numbers_of
from regesta.criticism.view import Said
from regesta.criticism.wordings import Block
from regesta.dates import in_words

if TYPE_CHECKING:
    from regesta.criticism.view import View

__all__ = ["NAME", "Sentence", "are_beside", "dated", "sentences", "shown"]

NAME: Final = r"[^\W\d_a-z][\w'’-]+(?:\s(?:(?:de|del|dos|la|le|du|di|da|van|von|der|bin|ibn|al|el|i|y)\s)?[^\W\d_a-z][\w'’-]+){0,3}"
"""A name as a piece of a pattern: one to four words that begin with a capital (or in a script that has none)."""

_BLOCKS: Final = """
with told as (
    select source, content_start, content_end, kind, lag(kind) over w as kind_before, lag(content_start) over w as before,
           content_start - lag(content_end) over w as gap
    from blocks
    where kind in ('paragraph', 'list_item', 'caption', 'term', 'definition', 'quote', 'heading') and content_end > content_start
    window w as (partition by source order by content_start, content_end desc)
)
select source, case when kind = 'definition' and kind_before = 'term' and gap between 0 and 3 then before else content_start end as low,
       content_end, kind
from told where kind <> 'term' order by source, low, content_end desc
"""
"""A term is told with what defines it, where both stand on one line."""
_LONGEST: Final = 20_000
_MOST: Final = 60_000
"""Sentences that are looked at."""
_LINES: Final = 3
"""Lines that make a list, at least."""
_PROPER: Final = re.compile(r"(?<=[a-z,;:)] )[^\W\d_a-z][\w'’-]{2,}")
_CAPITAL: Final = re.compile(r"\b[^\W\d_a-z][\w'’-]{2,}")
_MONTHS: Final = frozenset(
    "January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday "
    "Saturday Sunday The".split()
)
_SHARED: Final = 2
"""Names that two sources of one matter share, at least."""
_FEW: Final = 0.05
_FEWEST: Final = 3
"""Sources that may have a name which still tells of one matter: a twentieth, or so many."""


@dataclass(frozen=True)
class Sentence:
    """One sentence (or a heading) and where it stands."""

    source: str
    start: int
    text: str
    block: int
    """Where its block begins."""
    kind: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """What it counts or measures."""
        return tuple(numbers_of(self.text))

    def said(self, start: int = 0, end: int | None = None) -> Said:
        """Return its words at `[start, end)` as a passage."""
        end = len(self.text) if end is None else end
        return Said.passage(self.source, self.start + start, self.start + end, self.text[start:end])


def shown(day: ToldDate) -> str:
    """Return a date in words, without a year that its sentence does not say.

    >>> shown(ToldDate(0, 6, "1915-05-02", is_lent=True)), shown(ToldDate(0, 11, "1915-05-02", is_lent=False))
    ('2 May', '2 May 1915')
    """
    words = in_words(day.edtf)
    return words.removesuffix(day.edtf[:4]).strip() or words if day.is_lent else words


def sentences(view: View) -> tuple[Sentence, ...]:
    """Return the sentences of a small chronicle in the order of its sources, none of a large one."""
    return view.once(_sentences)


def _sentences(view: View) -> tuple[Sentence, ...]:
    if not view.is_small():
        return ()
    rows = view.rows(_BLOCKS)
    words = view.words([(source, start, min(end, start + _LONGEST)) for source, start, end, _ in rows])
    found: list[Sentence] = []
    for at, ((source, start, _, kind), text) in enumerate(zip(rows, words, strict=True)):
        following = rows[at + 1] if at + 1 < len(rows) else None
        if following is not None and following[0] == source and following[1] < start + len(text):
            text = text[: following[1] - start]  # noqa: PLW2901 - a list item around another
        for first, line in _lines(start, text):
            low = 0
            block = Block(source, 0, kind, None, first, line)
            while low < len(line.rstrip()) and len(found) < _MOST:
                _, high = block.sentence(low)
                if high <= low:
                    break
                if line[low:high].strip():
                    found.append(Sentence(source, first + low, line[low:high], first, kind))
                low = high + len(line[high:]) - len(line[high:].lstrip())
    return tuple(found)


def _lines(start: int, text: str) -> Iterator[tuple[int, str]]:
    r"""Yield the lines of a block that is a list without marks, each beginning with a figure; else the block.

    >>> [line for _, line in _lines(0, "1941  14\n1942  122\n1943  31")]
    ['1941  14', '1942  122', '1943  31']
    """
    lines = text.split("\n")
    if len(lines) < _LINES or not all(line.lstrip()[:1].isdigit() for line in lines if line.strip()):
        yield start, text
        return
    for line in lines:
        lead = len(line) - len(line.lstrip())
        if line.strip():
            yield start + lead, line.strip()
        start += len(line) + 1


def dated(view: View) -> Callable[[Sentence], tuple[ToldDate, ...]]:
    """Return what gives the dates of a sentence, their places counted from its beginning.

    A year that the sentence does not say is that of the date before it in the source, its headings among them.
    """
    return view.once(_dated)


def _dated(view: View) -> Callable[[Sentence], tuple[ToldDate, ...]]:
    known: dict[str, tuple[list[int], list[ToldDate]]] = {}
    by_source: dict[str, list[Sentence]] = defaultdict(list)
    for one in sentences(view):
        by_source[one.source].append(one)

    def dates(sentence: Sentence) -> tuple[ToldDate, ...]:
        if sentence.source not in known:
            text, places = _laid_out(by_source[sentence.source])
            told = [
                one._replace(start=one.start + shift, end=one.end + shift)
                for one in dates_of(text)
                if (shift := _shift(places, one.start)) is not None
            ]
            known[sentence.source] = [one.start for one in told], told
        starts, told = known[sentence.source]
        low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        return tuple(
            one._replace(start=one.start - sentence.start, end=one.end - sentence.start)
            for one in told[low:high]
        )

    return dates


def _laid_out(of_source: list[Sentence]) -> tuple[str, list[tuple[int, int]]]:
    """Return the sentences of one source as one text, and where each begins there and how far it was moved."""
    pieces, places, at = [], [], 0
    for one in of_source:
        places.append((at, one.start - at))
        pieces.append(one.text)
        at += len(one.text) + 2
    return "\n\n".join(pieces), places


def _shift(places: list[tuple[int, int]], at: int) -> int | None:
    index = bisect_left(places, (at + 1,)) - 1
    return places[index][1] if index >= 0 else None


def are_beside(view: View) -> Callable[[str, str], bool]:
    """Return what says of two sources whether they tell of one matter: two names in both that few other sources have."""
    return view.once(_are_beside)


def _are_beside(view: View) -> Callable[[str, str], bool]:
    names: dict[str, set[str]] = defaultdict(set)
    for one in sentences(view):
        pattern = _CAPITAL if one.kind == "heading" or len(one.text) < 80 else _PROPER
        names[one.source] |= set(pattern.findall(one.text)) - _MONTHS
    spread = Counter(name for found in names.values() for name in found)
    most = max(_FEWEST, _FEW * len(names))
    telling: Mapping[str, frozenset[str]] = {
        source: frozenset(name for name in found if spread[name] <= most) for source, found in names.items()
    }

    def beside(left: str, right: str) -> bool:
        if left == right:
            return True
        return len(telling.get(left, frozenset()) & telling.get(right, frozenset())) >= _SHARED

    return beside
