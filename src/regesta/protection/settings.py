"""What stands around a claim: whom its sentence is told of, and which delicate things the sentence speaks of.

    "A smuggler called the Doctor asked for 1,200 dollars each."    1,200 dollars, of nobody: of the document
        helper stands beside the figure; the paragraph is about Rami and Lubna      ──►  judged as if it were said of them
    "Brokers charge about 3,000 dollars."                           a paragraph about nobody in particular: a figure that was published

A rule that does not know who is meant gives its claim to the document, or to whatever thing stands near. So what is said of a
thing is judged as what is said of people where its sentence has one of them, or speaks of "them", or of what people are never told to
have (helpers, hiding places, payments), within a paragraph that is about people. A figure has no words of its own: those of its
sentence are its words. What is said of one person by "they" is said of whoever came along as well. Nothing here judges.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from regesta.protection.sketches import Texts
from regesta.protection.words import delicate_kinds, known, speech, words_in

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["CLOSE", "Setting", "settings_of"]

CLOSE: Final = frozenset({"helper", "refuge", "contact", "document", "payment"})
"""Delicate things that are some person's wherever a paragraph is about people."""
_ONE: Final = re.compile(r"\b(?:he|she|him|her|his|hers|my|i)\b", re.IGNORECASE)
_SEVERAL: Final = re.compile(r"\b(?:they|them|their|each|we|us|our)\b", re.IGNORECASE)
"""Words that mean others beside whoever is named."""
_THEY: Final = re.compile(r"\b(?:they|we)\b", re.IGNORECASE)
_END: Final = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[^\W\d_a-z])|\n\s*\n|[。！？｡]")
_FAR: Final = 600
"""Code points on each side of a passage in which its sentence is looked for."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around one claim."""

    people: tuple[str, ...] = ()
    """The people whom the claim may be told of, though its subject is a thing; none where it is told of nobody."""
    kinds: frozenset[str] = frozenset()
    """What the sentence speaks of, as `policy.WORD_KINDS` names it."""
    has_child: bool = False
    """One child is spoken of."""
    has_company: bool = False
    """A claim about one person is said of "them": of others as well."""


def settings_of(chronicle: Chronicle) -> dict[str, Setting]:
    """Return what stands around claims about things, around figures and around what is told of ways; others are not in it."""
    persons = _rows(
        chronicle,
        "select m.source, m.start_char, m.end_char, m.entity from mentions m join entities e on e.id = m.entity"
        " where e.kind = 'person' order by m.source, m.start_char",
    )
    blocks = _rows(
        chronicle, "select source, content_start, content_end from blocks order by source, content_start"
    )
    claims = chronicle.stream(
        "select e.source, e.start_char, e.end_char, c.id, c.subject_kind in ('person', 'group')"
        " from claims c join claim_evidence e on e.claim = c.id and e.position = 0"
        " where c.value_type = 'quantity' or c.subject_kind not in ('person', 'group')"
        " or (c.subject_kind = 'person' and c.predicate in ('vehicle', 'event', 'location')) order by e.source, e.start_char, c.id"
    )
    texts = Texts(chronicle)
    found: dict[str, Setting] = {}
    nothing = Setting()
    for source, rows in groupby(claims, key=lambda row: row[0]):
        page = _Page(texts.of(source), persons.get(source, []), blocks.get(source, []))
        for _, start, end, claim, is_of_people in rows:
            setting = page.setting(start, end, is_of_people=is_of_people)
            if setting != nothing:
                found[claim] = setting
    return found


def _rows(chronicle: Chronicle, query: str) -> Mapping[str, list[tuple[Any, ...]]]:
    return {
        source: [row[1:] for row in rows]
        for source, rows in groupby(chronicle.stream(query), lambda row: row[0])
    }


class _Page:
    """One source while its claims are looked at."""

    def __init__(self, text: str, persons: list[tuple[Any, ...]], blocks: list[tuple[Any, ...]]) -> None:
        self.text, self.persons, self.blocks = text, persons, blocks
        self._starts = [row[0] for row in persons]
        self._block_starts = [row[0] for row in blocks]

    def setting(self, start: int, end: int, *, is_of_people: bool) -> Setting:
        """Return what stands around a passage."""
        low, high = self._sentence(start, end)
        kinds = delicate_kinds(self.text[low:high])
        if is_of_people:
            return Setting(kinds=kinds, has_company=_THEY.search(self.text, low, high) is not None)
        here = self._people(low, high)
        if _SEVERAL.search(self.text, low, high) or (
            not here and (kinds & CLOSE or _ONE.search(self.text, low, high))
        ):
            here = self._people(*self._block(start))
        sentence = words_in(self.text[low:high])
        minors = (phrase for kind, phrase, _ in speech().risks.found("", sentence) if kind == "minor")
        return Setting(here, kinds, has_child=any(phrase in known().risks for phrase in minors))

    def _people(self, low: int, high: int) -> tuple[str, ...]:
        first, last = bisect_left(self._starts, low), bisect_left(self._starts, high)
        return tuple(dict.fromkeys(row[2] for row in self.persons[first:last]))

    def _block(self, start: int) -> tuple[int, int]:
        i = bisect_left(self._block_starts, start + 1) - 1
        return (self.blocks[i][0], self.blocks[i][1]) if i >= 0 else (start, start)

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return the sentence of a passage, or what of it lies near."""
        block = self._block(start)
        low, high = max(block[0], start - _FAR), min(max(block[1], end), end + _FAR)
        before = [match.end() for match in _END.finditer(self.text, low, start)]
        behind = _END.search(self.text, max(start, end - 1), high)
        return (before[-1] if before else low), (behind.start() if behind else high)
