"""What of one document is cut, and what its claims say in their own words.

    hard       names of people who are not shown by name, parts of them, telephone numbers: cut whatever stands on it
    soft       descriptions of hidden people, words of withheld values, sensitive words in what is about people
    withheld   what passages of withheld claims say beyond the own words of released ones
    lending    where a date or a name of a withheld claim came from

Soft and withheld stretches are cut but for what a released claim consists of. Nothing here paints.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from regesta.edition.clauses import sentences
from regesta.edition.owning import own_words, places_of
from regesta.edition.secrets import left_of
from regesta.edition.sensitive import exact_spans, sensitive_spans
from regesta.edition.spans import Spans, merged

if TYPE_CHECKING:
    from regesta.chronicle.rows import ClaimRow, MentionRow
    from regesta.edition.leaves import Leaf
    from regesta.edition.viewing import View

__all__ = ["Cuts"]

_HE: Final = re.compile(
    r"\b(?:he|she|his|her|hers|him|himself|herself|they|their|my|i|we|our)\b", re.IGNORECASE
)
_NAME: Final = 100
"""Code points of a name."""


class Cuts:
    """The spans of one document that are weighed against one another."""

    def __init__(self, leaf: Leaf, view: View) -> None:
        self.leaf, self.view, self.text = leaf, view, leaf.text
        self.released: list[tuple[int, int, ClaimRow]] = []
        self.coarse: list[tuple[int, int, ClaimRow]] = []
        self.own: list[Spans] = []
        """The own words of each of these, the released first."""
        self.said: Spans = []
        """All of them."""
        self.withheld: Spans = []
        """What passages of withheld claims say beyond that."""
        self.lending: Spans = []
        """Where a date or a name of a withheld claim came from."""
        self._sort_evidence()
        self.exact = merged(exact_spans(self.text))
        """Addresses, telephone numbers, coordinates."""
        self.hits = list(self.view.patterns.hits(self.text))
        self.hard = merged(self._names())
        quoted = ((hit.start, hit.end) for hit in self.hits if hit.rule == "quote")
        self.soft = merged([*self._descriptions(), *self._withheld_words(), *self._sensitive(), *quoted])
        self.closed = merged([*self.hard, *self.soft, *self.withheld])
        """All that is cut, for the one reason or the other."""

    def mentions_in(self, start: int, end: int) -> Iterator[MentionRow]:
        """Yield the mentions that begin in a stretch."""
        first = bisect_left(self.leaf.mentions, start, key=lambda m: m.start_char)
        for i in range(first, len(self.leaf.mentions)):
            if self.leaf.mentions[i].start_char >= end:
                return
            yield self.leaf.mentions[i]

    def _sort_evidence(self) -> None:
        closed: Spans = []
        for e in self.leaf.evidence:
            verdict = self.view.verdicts.get(e.claim)
            if verdict is not None and verdict.row is not None:
                group = self.released if verdict.action == "show" else self.coarse
                group.append((e.start_char, e.end_char, verdict.row))
            if verdict is None or verdict.action != "show":
                if e.position:
                    self.lending.append((e.start_char, e.end_char))
                elif verdict is None or e.claim in self.view.withheld:
                    closed.append((e.start_char, e.end_char))
        for start, end, row in (*self.released, *self.coarse):
            self.own.append(own_words(self.text, start, end, row, self._names_of(row, start, end)))
        self.said = merged(span for spans in self.own for span in spans)
        self.withheld = merged(left_of(self.text, merged(closed), self.said))
        self.lending = merged(self.lending)

    def _names(self) -> Iterator[tuple[int, int]]:
        """Yield where somebody is named who is not shown by name, and where the patterns find a name or a canary."""
        for m in self.leaf.mentions:
            if m.form == "name" and self.view.is_hidden(m.entity):
                yield m.start_char, m.end_char
        for hit in self.hits:
            if hit.rule != "quote":
                yield hit.start, hit.end
        if self.view.parts is not None:
            yield from self.view.parts.spans(self.text)
        yield from self.exact

    def _withheld_words(self) -> Iterator[tuple[int, int]]:
        """Yield where the words of withheld values stand."""
        for e in self.leaf.evidence:
            told = self.view.withheld.get(e.claim)
            for words in told.words if told else ():
                yield from places_of(self.text, words, e.start_char, e.end_char)

    def _descriptions(self) -> Iterator[tuple[int, int]]:
        for m in self.leaf.mentions:
            if m.form != "name" and self.view.is_hidden(m.entity):
                exposure = self.view.exposures.get(m.entity)
                if exposure is None or (
                    m.entity not in self.view.crowds and exposure.label.casefold() != m.quote.casefold()
                ):
                    yield m.start_char, m.end_char

    def _sensitive(self) -> Iterator[tuple[int, int]]:
        """Yield sensitive words in blocks that are about people."""
        people = [m.start_char for m in self.leaf.mentions if self.view.kind_of.get(m.entity) == "person"]
        at = 0
        for block in self.leaf.blocks:
            start, end = block.content_start, block.content_end
            while at < len(people) and people[at] < start:
                at += 1
            if end <= start:
                continue
            is_about = at < len(people) and people[at] < end
            if is_about or _HE.search(self.text, start, end):
                for low, high in sentences(self.text, start, end):
                    if self._is_about_people(low, high, people, at):
                        for span in sensitive_spans(self.text, low, high):
                            if not self._is_in_name(*span):
                                yield span

    def _is_in_name(self, low: int, high: int) -> bool:
        """Return whether a stretch is a part of a name that is shown: "Gil-son"."""
        return any(
            m.form == "name"
            and m.start_char <= low
            and high <= m.end_char
            and high - low < m.end_char - m.start_char
            and not self.view.is_hidden(m.entity)
            for m in self.mentions_in(max(0, low - _NAME), high)
        )

    def _is_about_people(self, low: int, high: int, people: Sequence[int], at: int) -> bool:
        if _HE.search(self.text, low, high):
            return True
        for i in range(at, len(people)):
            if people[i] >= high:
                return False
            if people[i] >= low:
                return True
        return False

    def _names_of(self, row: ClaimRow, start: int, end: int) -> Spans:
        """Return where the subject is named in a passage, if it may be named."""
        if self.view.is_hidden(row.subject):
            return []
        return [
            (m.start_char, m.end_char)
            for m in self.mentions_in(start, end)
            if m.entity == row.subject and m.form == "name" and start <= m.start_char and m.end_char <= end
        ]
