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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from regesta.edition.clauses import clauses, sentences
from regesta.edition.owning import Spans, own_words, places_of
from regesta.edition.secrets import Told, is_filler, left_of
from regesta.edition.sensitive import sensitive_spans
from regesta.names import is_given, looks_like_name

if TYPE_CHECKING:
    from regesta.chronicle.rows import BlockRow, ClaimRow, MentionRow
    from regesta.edition.leaves import Leaf
    from regesta.edition.scanning import Patterns
    from regesta.edition.wording import Hidden
    from regesta.protection import Exposure, Verdict

__all__ = ["Paint", "View", "paint"]

_WHOLE: Final = 1
_OWN: Final = 2
_AT_LEAST: Final = bytes((_WHOLE, _WHOLE, _OWN, *range(3, 256)))
_ONLY_OWN: Final = bytes((0, 0, _OWN, *range(3, 256)))
_SEEN: Final = re.compile(rb"[^\x00]+")
_PROPER: Final = re.compile(
    r"[A-Z\u00c0-\u00de][\w'’.-]*(?:[ \u00a0](?:[a-z]{1,3}[ \u00a0])?[A-Z\u00c0-\u00de][\w'’.-]*)*"
)
_STRANGE: Final = re.compile(r"[^\W\d_A-Za-z\u00aa-\u024f\u1e00-\u1eff]+")
"""Letters that are not Latin."""
_YEARS: Final = re.compile(r"\s*(?:19|20|1[0-8])\d\d(?:s|\s*[-–—]\s*(?:\d\d){1,2})?\s*")
"""A heading that is a year, a decade, or a range of years."""
_HE: Final = re.compile(
    r"\b(?:he|she|his|her|hers|him|himself|herself|they|their|my|i|we|our)\b", re.IGNORECASE
)
_SOLID: Final = re.compile(r"[^\W_]")
_NAME: Final = 100
"""Code points of a name."""
_GAP: Final = 24
"""Code points of a gap that may be closed."""
_CLOSING: Final = frozenset(")]}»”")
_LIKE_A_NAME: Final = 0.5
_WIDENED: Final = frozenset(
    {"paragraph", "list_item", "definition", "term", "caption", "quote", "cell", "preformatted"}
)
_OF_YEARS: Final = frozenset({"heading", "list_item", "term"})
_NOTES: Final = frozenset({"footnote", "bibliography"})


@dataclass(frozen=True, slots=True)
class View:
    """What may be seen of a chronicle, for all of its documents."""

    exposures: Mapping[str, Exposure]
    verdicts: Mapping[str, Verdict]
    kind_of: Mapping[str, str]
    """Entity -> its kind."""
    withheld: Mapping[str, Told]
    """Claim -> what it said, of those that are withheld or made coarser."""
    patterns: Patterns
    cited: frozenset[str] = frozenset()
    """Citations whose marks stand behind passages of released claims."""
    crowds: frozenset[str] = frozenset()
    """Groups of so many people that a description of them singles nobody out."""

    def is_hidden(self, entity: str) -> bool:
        """Return whether an entity is a person or a group that is not shown by name."""
        if self.kind_of.get(entity) not in ("person", "group"):
            return False
        exposure = self.exposures.get(entity)
        return exposure is None or exposure.shown != "name"


@dataclass(slots=True)
class Paint:
    """A document painted."""

    shown: bytearray
    """Of each code point whether it is seen."""
    citations: frozenset[str] = frozenset()
    """Ids of the references that are seen."""
    hard: Spans = field(default_factory=list)


def paint(leaf: Leaf, view: View, hidden: Hidden) -> Paint:
    """Return what of a document may be seen; `hidden` knows the strings that stand outside its text."""
    return _Painter(leaf, view, hidden).painted()


class _Painter:
    """The spans of one document, and how they are weighed against one another."""

    def __init__(self, leaf: Leaf, view: View, hidden: Hidden) -> None:
        self.leaf, self.view, self.text, self.hidden = leaf, view, leaf.text, hidden
        self.shown = bytearray(len(leaf.text))
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
        self.hits = list(self.view.patterns.hits(self.text))
        self.hard = _merged(self._names())
        runs = ((hit.start, hit.end) for hit in self.hits if hit.rule == "quote")
        self.soft = _merged([*self._descriptions(), *self._withheld_words(), *self._sensitive(), *runs])
        self.closed = _merged([*self.hard, *self.soft, *self.withheld])

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
        return Paint(self.shown, citations, self.hard)

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
        self.said = _merged(span for spans in self.own for span in spans)
        self.withheld = _merged(left_of(self.text, _merged(closed), self.said))
        self.lending = _merged(self.lending)

    def _names(self) -> Iterator[tuple[int, int]]:
        """Yield where somebody is named who is not shown by name, and where the patterns find a name or a canary."""
        for m in self.leaf.mentions:
            if m.form == "name" and self.view.is_hidden(m.entity):
                yield m.start_char, m.end_char
        for hit in self.hits:
            if hit.rule != "quote":
                yield hit.start, hit.end

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
            for m in self._mentions_in(max(0, low - _NAME), high)
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

    def _passages(self) -> Spans:
        """Paint the passages of released claims, and return those that are whole."""
        whole: Spans = []
        for n, (start, end, _) in enumerate((*self.released, *self.coarse)):
            is_coarse = n >= len(self.released)
            if (
                is_coarse
                or _touches(self.closed, start, end)
                or not self._is_understood(start, end, self.said)
            ):
                self._paint(self.own[n], _OWN)
            if not is_coarse and not _touches(self.closed, start, end):
                whole.append((start, end))
        self._paint(whole, _WHOLE)
        return whole

    def _names_of(self, row: ClaimRow, start: int, end: int) -> Spans:
        """Return where the subject is named in a passage, if it may be named."""
        if self.view.is_hidden(row.subject):
            return []
        return [
            (m.start_char, m.end_char)
            for m in self._mentions_in(start, end)
            if m.entity == row.subject and m.form == "name" and start <= m.start_char and m.end_char <= end
        ]

    def _mentions_in(self, start: int, end: int) -> Iterator[MentionRow]:
        first = bisect_left(self.leaf.mentions, start, key=lambda m: m.start_char)
        for i in range(first, len(self.leaf.mentions)):
            if self.leaf.mentions[i].start_char >= end:
                return
            yield self.leaf.mentions[i]

    def _widen(self, whole: Spans) -> None:
        """Paint the sentences of whole passages that are clean."""
        starts, known = sorted(whole), _merged(whole)
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
        passages = _merged((start, end) for start, end, _ in self.released)
        for block in self.leaf.blocks:
            if block.kind not in _WIDENED or not _touches(passages, block.content_start, block.content_end):
                continue
            for low, high in clauses(self.text, block.content_start, block.content_end):
                if (
                    _touches(passages, low, high)
                    and not all(self.shown[low:high])
                    and self._is_clean(low, high, self.said)
                ):
                    self._paint([(low, high)], _WHOLE)

    def _is_clean(self, low: int, high: int, known: Sequence[tuple[int, int]] = ()) -> bool:
        """Return whether a stretch holds nothing that is closed, and no name that nobody understood."""
        return not _touches(self.closed, low, high) and self._is_understood(low, high, known)

    def _is_understood(self, low: int, high: int, known: Sequence[tuple[int, int]] = ()) -> bool:
        """Return whether all names of a stretch are mentions, or lie in the spans that are known, sorted and merged."""
        mentions = [(m.start_char, m.end_char) for m in self._mentions_in(low, high)]
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
        """Paint the name of a released claim's subject where it stands in the same block, outside of what is closed."""
        spoken = sorted((start, row.subject) for start, _, row in (*self.released, *self.coarse))
        for block in self.leaf.blocks:
            low, high = block.content_start, block.content_end
            first = bisect_left(spoken, (low, ""))
            subjects = {entity for _, entity in spoken[first : bisect_left(spoken, (high, ""))]}
            if not subjects or block.kind in _NOTES:
                continue
            named = [m for m in self._mentions_in(low, high) if m.form == "name"]
            for n, m in enumerate(named):
                closed = self.closed if n else self.hard  # whom an entry is about stands first in it
                if m.entity in subjects and not _touches(closed, m.start_char, m.end_char):
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
            lends = _touches(self.lending, start, end)
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
            if _touches(self.closed, start, end) or any(True for _ in sensitive_spans(self.text, start, end)):
                continue
            if not all(map(self.hidden.is_clean, (c.title, c.url, c.publisher, *c.authors))):
                continue
            shown.add(c.id)
            self._paint([(start, end)], _WHOLE)
        return frozenset(shown)

    def _cut(self) -> None:
        for start, end in (*self.withheld, *self.soft):
            self.shown[start:end] = self.shown[start:end].translate(_ONLY_OWN)
        for start, end in self.hard:
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
            runs = list(_runs(self.shown, start, end))
            solid = []
            for s, e in runs:
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
        return is_between and is_filler(self.text[low:high]) and not _touches(self.hard, low, high)

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


def _merged(spans: Iterable[tuple[int, int]]) -> Spans:
    """Return spans joined where they overlap, in order.

    >>> _merged([(5, 9), (1, 3), (2, 4)])
    [(1, 4), (5, 9)]
    """
    found: Spans = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _touches(spans: Spans, start: int, end: int) -> bool:
    """Return whether any of some merged spans shares code points with `[start, end)`."""
    i = bisect_right(spans, (start, 1 << 62)) - 1
    return (i >= 0 and spans[i][1] > start) or (i + 1 < len(spans) and spans[i + 1][0] < end)


def _runs(shown: bytearray, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of `[start, end)` that are seen."""
    for match in _SEEN.finditer(shown, start, end):
        yield match.span()
