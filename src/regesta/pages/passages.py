"""Passages in context: the exact words of a claim, with the words that stand before and after them.

    … pilot Ada Brook ‹(age 21)› flew from Orland by way of Mere …     list.txt, part 2

Texts come from the shelf by piece, each piece once for a page. Pieces of evidence that stand close together become one
passage with several marks. A passage knows the place in its source that it is linked to. Nothing here marks whole texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from regesta.pages.links import Links
from regesta.shelf import PIECE, Row, Shelf

__all__ = ["BULLETS", "Passage", "Texts", "passages_of", "sources_of"]

_AROUND = 110
"""Code points shown on either side of the marked words."""
_NEAR = 160
"""Code points between two pieces of evidence of one claim that are shown as one passage."""

BULLETS = " \t•◦▪*–-"
"""Before the words of a list item."""

_EVIDENCE = """
select e.claim, e.source, e.start_char, e.end_char, e.position,
    (select l.number from leaves l where l.source = e.source and l.start_char <= e.start_char
        order by l.start_char desc limit 1) as leaf
from json_each(?) as wanted cross join claim_evidence e on e.claim = wanted.value
order by e.claim, e.source, e.start_char, e.end_char
"""


class Passage(NamedTuple):
    """Some words of a source, the exact ones marked."""

    source: str
    parts: tuple[tuple[str, bool], ...]
    """Pieces of text in order, with whether they are marked."""
    address: str
    """Of the place in the source's page."""
    start: int
    end: int
    is_beside: bool = False
    """It does not say the claim itself, but where its date or its name came from, such as the year above a list."""


@dataclass(slots=True)
class Texts:
    """The texts of a shelf, each piece read once."""

    shelf: Shelf
    _kept: dict[tuple[str, int], str] = field(default_factory=dict)

    def slice(self, source: str, start: int, end: int) -> str:
        """Return the code points `[start, end)` of a text, cut at its ends."""
        start = max(0, start)
        first, last = start // PIECE, (end - 1) // PIECE
        if last <= first:
            return self._piece(source, first)[start - first * PIECE : end - first * PIECE]
        pieces = [self._piece(source, number) for number in range(first, last + 1)]
        return "".join(pieces)[start - first * PIECE : end - first * PIECE]

    def _piece(self, source: str, number: int) -> str:
        kept = self._kept.get((source, number))
        if kept is None:
            found = self.shelf.value(
                "select text from texts where source = ? and start_char = ?", [source, number * PIECE]
            )
            kept = self._kept[source, number] = found or ""
        return kept


_IS_BESIDE = attrgetter("is_beside")


def passages_of(shelf: Shelf, claims: Iterable[str], links: Links) -> dict[str, tuple[Passage, ...]]:
    """Return the passages of each claim, by place; a claim without evidence has none."""
    rows = shelf.rows(_EVIDENCE, [json.dumps(list(claims))])
    texts = Texts(shelf)
    grouped: dict[str, list[list[Row]]] = {}
    for row in rows:
        groups = grouped.setdefault(row["claim"], [])
        last = groups[-1][-1] if groups else None
        if (
            last is not None
            and last["source"] == row["source"]
            and row["start_char"] - last["end_char"] <= _NEAR
        ):
            groups[-1].append(row)
        else:
            groups.append([row])
    found: dict[str, tuple[Passage, ...]] = {}
    for claim, groups in grouped.items():
        made = [quoted(texts, group, links, at=claim) for group in groups]
        if len(made) > 1:
            made.sort(key=_IS_BESIDE)
        found[claim] = tuple(made)
    return found


def quoted(texts: Texts, spans: list[Row], links: Links, *, at: str) -> Passage:
    """Return one passage of spans of one source, in their order, linked to the place `at` in the source's page."""
    source, start, end = spans[0]["source"], spans[0]["start_char"], spans[0]["end_char"]
    if len(spans) > 1:
        end = max(span["end_char"] for span in spans)
    first = max(0, start - _AROUND)
    text = texts.slice(source, first, end + _AROUND)
    before, after = text[: start - first], text[end - first :]
    parts: list[tuple[str, bool]] = [(_opening(before, is_whole=start <= _AROUND), False)]
    reached = start
    for span in spans:
        begun, ended = span["start_char"], span["end_char"]
        if begun > reached:
            parts.append((text[reached - first : begun - first], False))
        if ended > reached:
            parts.append((text[max(reached, begun) - first : ended - first], True))
            reached = ended
    parts.append((_closing(after, is_whole=len(after) < _AROUND), False))
    said = next(
        (span for span in spans if span["position"] == 0), spans[0]
    )  # where `at` stands, perhaps on the next leaf
    address = links.source(source, leaf=said["leaf"] or 1, at=at)
    is_beside = all(span["position"] > 0 for span in spans)
    return Passage(source, tuple(part for part in parts if part[0]), address, start, end, is_beside)


def _opening(text: str, *, is_whole: bool) -> str:
    """Return the words before a passage, begun at the last line that begins in them, else at a word."""
    line = text.rpartition("\n")[2]
    if len(line) < len(text) or is_whole:
        return line.lstrip(BULLETS)
    return "… " + (line.partition(" ")[2] or line)


def _closing(text: str, *, is_whole: bool) -> str:
    """Return the words after a passage, to the end of the line, else to a word."""
    line = text.partition("\n")[0]
    if len(line) < len(text) or is_whole:
        return line.rstrip()
    return (line.rpartition(" ")[0] or line) + " …"


def sources_of(shelf: Shelf, names: Iterable[str]) -> dict[str, Row]:
    """Return the rows of sources by name."""
    wanted = json.dumps(sorted(set(names)))
    found = shelf.rows(
        "select s.name, s.title, s.family, s.date from json_each(?) as wanted cross join sources s on s.name = wanted.value",
        [wanted],
    )
    return {row["name"]: row for row in found}
