"""Which code points of a document may be seen: none but those that a released claim stands on.

    released claim, nothing withheld near     its passage, and the rest of its sentence where that is clean
    released claim, something withheld there  its own words: the name, the value, the date
    heading, head of a table, reference       where it is clean
    everything else                           not seen, whether a secret stands there or nothing that was understood

What is cut whatever else is said: names of people who are not shown by name. What is cut unless a released claim consists of it:
passages and words of withheld claims, descriptions of people who are not shown, words of the sensitive lexicon in a sentence
about a person. A sentence is not widened where it holds a name that nobody understood: who is
unknown to the plan cannot have been released. Nothing is written here, and no claim is judged.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from regesta.edition.clauses import clauses, sentences
from regesta.edition.cutting import Cuts
from regesta.edition.secrets import is_filler
from regesta.edition.sensitive import sensitive_spans
from regesta.edition.spans import Spans, merged, runs, touches
from regesta.names import is_given, looks_like_name

if TYPE_CHECKING:
    from regesta.chronicle.rows import BlockRow
    from regesta.edition.leaves import Leaf
    from regesta.edition.viewing import View
    from regesta.edition.wording import Hidden

__all__ = ["Paint", "paint"]

_WHOLE: Final = 1
_OWN: Final = 2
_AT_LEAST: Final = bytes((_WHOLE, _WHOLE, _OWN, *range(3, 256)))
_ONLY_OWN: Final = bytes((0, 0, _OWN, *range(3, 256)))
_PROPER: Final = re.compile(
    r"[A-Z\u00c0-\u00de][\w'’.-]*(?:[ \u00a0](?:[a-z]{1,3}[ \u00a0])?[A-Z\u00c0-\u00de][\w'’.-]*)*"
)
_STRANGE: Final = re.compile(r"[^\W\d_A-Za-z\u00aa-\u024f\u1e00-\u1eff]+")
"""Letters that are not Latin."""
_YEARS: Final = re.compile(r"\s*(?:19|20|1[0-8])\d\d(?:s|\s*[-–—]\s*(?:\d\d){1,2})?\s*")
"""A heading that is a year, a decade, or a range of years."""
_SOLID: Final = re.compile(r"[^\W_]")
_GAP: Final = 24
"""Code points of a gap that may be closed."""
_CLOSING: Final = frozenset(")]}»”,;:")
_LIKE_A_NAME: Final = 0.5
_WIDENED: Final = frozenset(
    {"paragraph", "list_item", "definition", "term", "caption", "quote", "cell", "preformatted"}
)
_OF_YEARS: Final = frozenset({"heading", "list_item", "term"})
_NOTES: Final = frozenset({"footnote", "bibliography"})


@dataclass(slots=True)
class Paint:
    """A document painted."""

    shown: bytearray
    """Of each code point whether it is seen."""
    citations: frozenset[str] = frozenset()
    """Ids of the references that are seen."""
    hard: Spans = field(default_factory=list)
    """What is cut whatever stands on it."""
    exact: Spans = field(default_factory=list)
    """Addresses, telephone numbers, coordinates among these: no figures."""


def paint(leaf: Leaf, view: View, hidden: Hidden) -> Paint:
    """Return what of a document may be seen; `hidden` knows the strings that stand outside its text."""
    return _Painter(leaf, view, hidden).painted()


class _Painter:
    """One document while it is painted: what is shown, weighed against what is cut."""

    def __init__(self, leaf: Leaf, view: View, hidden: Hidden) -> None:
        self.leaf, self.view, self.text, self.hidden = leaf, view, leaf.text, hidden
        self.shown = bytearray(len(leaf.text))
        self.cuts = Cuts(leaf, view)

    def painted(self) -> Paint:
        """Paint, cut, and say what is left."""
        whole = self._passages()
        self._widen(whole)
        self._clauses()
        self._subjects()
        self._heads()
        citations = self._citations()
        self._cut()
        self._marks(citations)
        self._mend()
        return Paint(self.shown, citations, self.cuts.hard, self.cuts.exact)

    def _passages(self) -> Spans:
        """Paint the passages of released claims, and return those that are whole."""
        whole: Spans = []
        for n, (start, end, _) in enumerate((*self.cuts.released, *self.cuts.coarse)):
            is_coarse = n >= len(self.cuts.released)
            if (
                is_coarse
                or touches(self.cuts.closed, start, end)
                or not self._is_understood(start, end, self.cuts.said)
            ):
                self._paint(self.cuts.own[n], _OWN)
            if not is_coarse and not touches(self.cuts.closed, start, end):
                whole.append((start, end))
        self._paint(whole, _WHOLE)
        return whole

    def _widen(self, whole: Spans) -> None:
        """Paint the sentences of whole passages that are clean."""
        starts, known = sorted(whole), merged(whole)
        at = 0
        for block in self.leaf.blocks:
            if block.kind not in _WIDENED:
                continue
            while at < len(starts) and starts[at][0] < block.content_start:
                at += 1
            if at == len(starts) or starts[at][0] >= block.content_end:
                continue
            for low, high in sentences(self.text, block.content_start, block.content_end):
                if any(low <= s < high for s, _ in starts[at : at + 400]) and self._is_clean(
                    low, high, known
                ):
                    self._paint([(low, high)], _WHOLE)

    def _clauses(self) -> None:
        """Paint the clauses of released passages that are clean, in sentences that are not."""
        passages = merged((start, end) for start, end, _ in self.cuts.released)
        for block in self.leaf.blocks:
            if block.kind not in _WIDENED or not touches(passages, block.content_start, block.content_end):
                continue
            for low, high in clauses(self.text, block.content_start, block.content_end):
                if (
                    touches(passages, low, high)
                    and not all(self.shown[low:high])
                    and self._is_clean(low, high, self.cuts.said)
                ):
                    self._paint([(low, high)], _WHOLE)

    def _is_clean(self, low: int, high: int, known: Sequence[tuple[int, int]] = ()) -> bool:
        """Return whether a stretch holds nothing that is closed, and no name that nobody understood."""
        return not touches(self.cuts.closed, low, high) and self._is_understood(low, high, known)

    def _is_understood(self, low: int, high: int, known: Sequence[tuple[int, int]] = ()) -> bool:
        """Return whether all names of a stretch are mentions, or lie in the spans that are known, sorted and merged."""
        mentions = [(m.start_char, m.end_char) for m in self.cuts.mentions_in(low, high)]
        first = bisect_right(known, low, key=lambda span: span[1])
        mentions += [(s, e) for s, e in known[first : bisect_left(known, high, key=lambda span: span[0])]]
        for match in _STRANGE.finditer(self.text, low, high):
            if not any(s <= match.start() and match.end() <= e for s, e in mentions):
                return False
        for match in _PROPER.finditer(self.text, low, high):
            start, end = match.span()
            if any(s < end and e > start for s, e in mentions):
                continue
            words = match[0].replace("\u00a0", " ").split(" ")
            if len(words) > 1 and looks_like_name([w.strip(".,'’") or w for w in words]) >= _LIKE_A_NAME:
                return False
            if len(words) == 1 and start > low and is_given(words[0].strip(".'’")):
                return False
        return True

    def _subjects(self) -> None:
        """Paint the name of a released claim's subject where it first stands in the same block, outside of what is closed."""
        spoken = sorted((start, row.subject) for start, _, row in (*self.cuts.released, *self.cuts.coarse))
        for block in self.leaf.blocks:
            low, high = block.content_start, block.content_end
            first = bisect_left(spoken, (low, ""))
            subjects = {entity for _, entity in spoken[first : bisect_left(spoken, (high, ""))]}
            if not subjects or block.kind in _NOTES:
                continue
            told: set[str] = set()
            named = (m for m in self.cuts.mentions_in(low, high) if m.form == "name")
            for n, m in enumerate(named):
                if m.entity not in subjects or m.entity in told:
                    continue
                told.add(m.entity)
                closed = (
                    self.cuts.closed if n else self.cuts.hard
                )  # whom an entry is about stands first in it
                if not touches(closed, m.start_char, m.end_char):
                    self._paint([(m.start_char, m.end_char)], _OWN)

    def _heads(self) -> None:
        """Paint headings and heads of tables that are clean, and years that stand alone."""
        for block in self.leaf.blocks:
            start, end = block.content_start, block.content_end
            if end <= start:
                continue
            is_year = _YEARS.fullmatch(self.text, start, end) is not None and block.kind in _OF_YEARS
            if not (is_year or block.kind == "heading" or (block.kind == "cell" and block.is_header)):
                continue
            lends = touches(self.cuts.lending, start, end)
            if is_year or (
                not (lends and _touches_digit(self.text, start, end))
                and not any(True for _ in sensitive_spans(self.text, start, end))
                and self._is_clean(start, end)
            ):
                self._paint([(start, end)], _WHOLE)

    def _citations(self) -> frozenset[str]:
        """Paint the references that are cited by what is seen, or by nothing, and are clean; return their ids."""
        shown: set[str] = set()
        blocks = [b for b in self.leaf.blocks if b.kind in _NOTES]
        for c in self.leaf.citations:
            if c.kind == "footnote" and c.id not in self.view.cited:
                continue
            start, end = c.start_char, max(c.end_char, _end_of(blocks, c.start_char, c.end_char))
            if touches(self.cuts.closed, start, end) or any(
                True for _ in sensitive_spans(self.text, start, end)
            ):
                continue
            if not all(map(self.hidden.is_clean, (c.title, c.url, c.publisher, *c.authors))):
                continue
            shown.add(c.id)
            self._paint([(start, end)], _WHOLE)
        return frozenset(shown)

    def _cut(self) -> None:
        for start, end in (*self.cuts.withheld, *self.cuts.soft):
            self.shown[start:end] = self.shown[start:end].translate(_ONLY_OWN)
        for start, end in self.cuts.hard:
            self.shown[start:end] = bytes(min(end, len(self.shown)) - start)

    def _marks(self, citations: Collection[str]) -> None:
        """Paint marks of references that are seen, right behind words that are."""
        for mark in self.leaf.marks:
            before = mark.start_char - 1
            while before >= 0 and self.text[before].isspace():
                before -= 1
            is_behind = before >= 0 and self.shown[before]
            fill = 1 if mark.citation in citations and is_behind else 0
            self.shown[mark.start_char : mark.end_char] = bytes([fill]) * (mark.end_char - mark.start_char)

    def _mend(self) -> None:
        """Close gaps that hold no letter and no digit, and take away what alone holds none."""
        for block in self.leaf.blocks:
            start, end = block.content_start, block.content_end
            seen = list(runs(self.shown, start, end))
            solid = []
            for s, e in seen:
                if _SOLID.search(self.text, s, e):
                    low = s
                    while s > start and self.text[low] in _CLOSING:  # what it closes is not seen
                        low += 1
                    self.shown[s:low] = bytes(low - s)
                    solid.append((low, e))
                else:
                    self.shown[s:e] = bytes(e - s)
            edges = [start, *(x for run in solid for x in run), end]
            for s, e in zip(edges[::2], edges[1::2], strict=True):
                if solid and e > s and self._is_nothing(s, e, start, end):
                    self.shown[s:e] = bytes([1]) * (e - s)

    def _is_nothing(self, low: int, high: int, start: int, end: int) -> bool:
        """Return whether a gap in `[start, end)` says nothing: signs, or between two stretches words that only join them."""
        if not _SOLID.search(self.text, low, high):
            return True
        is_between = low > start and high < end and high - low < _GAP
        return is_between and is_filler(self.text[low:high]) and not touches(self.cuts.hard, low, high)

    def _paint(self, spans: Iterable[tuple[int, int]], level: int) -> None:
        for start, end in spans:
            piece = self.shown[start:end]
            self.shown[start:end] = (
                piece.translate(_AT_LEAST) if level == _WHOLE else bytes([level]) * len(piece)
            )


def _touches_digit(text: str, start: int, end: int) -> bool:
    return any(sign.isdigit() for sign in text[start:end])


def _end_of(blocks: Sequence[BlockRow], start: int, end: int) -> int:
    """Return the end of the note that an entry is the beginning of: what is longer than a quote may be."""
    i = bisect_right(blocks, start, key=lambda b: b.content_start) - 1
    return blocks[i].content_end if i >= 0 and start < blocks[i].content_end else end
