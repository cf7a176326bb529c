"""When the people of a row arrived: the date of the row, for those in its cells of names and for those who came along.

    19.9.1944 | Kuusk, Helmi  | with her son Aare; escaped      both, that day
    30.9.1944 | Mihkelson, K. | captured                        nobody: `row_outcomes`
    no        | Ora, Jaan     | seized off the island           nobody

Whoever is named in the remarks without having come along ("betrayed by ...") has no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from regesta.extraction.dated_moves import Dated
from regesta.extraction.row_outcomes import has_failed
from regesta.extraction.scene import Actor, Entry, Said, Scene
from regesta.text.span import Span

__all__ = ["first_place", "row_arrivals"]

_COMPANY = frozenset(("kin",))
_ALONG = re.compile(
    r"(?:\b(?:with|bringing|accompanied by|together with|plus|brought)|\A\W*(?:and|his|her|their))\s+(?:(?:his|her|their|an?|the)\s+)?(?:[\w'-]+,?\s+){0,3}$",
    re.IGNORECASE,
)
_AND = re.compile(r"\W*(?:,|\band\b|&)[\w\s]{0,24}")
_STAYED = re.compile(
    r"\b(?:died|killed|drowned|shot|remained|stayed|left behind|executed|murdered|arrested|allowed to follow|followed)\b"
)


def row_arrivals(scene: Scene, entry: Entry) -> Iterator[tuple[Actor, Dated]]:
    """Yield who arrived by what a row says, with the date and its evidence."""
    filed = entry.filed
    if filed is None or filed.is_weak or ".." in filed.edtf or has_failed(scene, entry):
        return
    names = entry.cells.get("name") or entry.cells.get("family")
    where = first_place(scene, entry)
    first = entry.passages[0] if entry.passages else 0
    spans = (*filed.spans, *((names,) if names else ()))
    for actor in entry.principals:
        yield actor, Dated(4.5, filed.edtf, spans, where, first)
    for said in _company(scene, entry):
        if said.actor not in entry.principals:
            yield said.actor, Dated(1.5, filed.edtf, (said.span, *filed.spans), where, first)


def first_place(scene: Scene, entry: Entry) -> Span | None:
    """Return the cell of the destination, without what it tells of later: "Italy, 1988; Norway, 1994" came to Italy."""
    cell = entry.cells.get("destination")
    later = _THEN.search(scene.text, *cell) if cell else None
    return Span(cell.start, later.start()) if cell and later and later.start() > cell.start else cell


_THEN = re.compile(r"\s*(?:;|,? \(?\d{4}\b)")


def _company(scene: Scene, entry: Entry) -> Iterator[Said]:
    """Yield those whom the remarks of a row say to have come along, and all in its column of companions."""
    for index in entry.passages:
        passage = scene.passages[index]
        everybody = scene.cell_meanings.get(passage.span) in _COMPANY
        last: Span | None = None
        for said in scene.said[index]:
            if said.form == "pronoun" or said.actor.kind not in ("person", "group"):
                continue
            if _STAYED.search(scene.text, *_clause(scene, passage.sentence_at(said.span.start), said.span)):
                continue
            before = scene.text[max(passage.span.start, said.span.start - 60) : said.span.start]
            gap = scene.text[last.end : said.span.start] if last else ""
            if everybody or _ALONG.search(before) or (last and _AND.fullmatch(gap)):
                last = said.span
                yield said


def _clause(scene: Scene, sentence: Span, span: Span) -> Span:
    """Return what follows `span` up to the next mark that ends a clause."""
    ends = [i for mark in ";,)" if (i := scene.text.find(mark, span.end, sentence.end)) >= 0]
    return Span(span.end, min(ends, default=sentence.end))
