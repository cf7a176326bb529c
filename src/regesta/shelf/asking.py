"""The search of the pages as one call: what a chronicle holds of some words, as rows that can be told and followed.

    search("chronicle.duckdb", "Park Jeong-nam")    [Result(kind='people', id='e-...', text='Pak Chŏng-nam', ...), ...]

The first search of a chronicle makes its shelf, as `regesta serve` does; later ones find it. Nothing here marks words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from regesta.chronicle import Chronicle
from regesta.shelf.keeping import at_hand
from regesta.shelf.making import PIECE
from regesta.shelf.reading import Shelf
from regesta.shelf.searching import KINDS, Search
from regesta.shelf.wanted import understand

__all__ = ["Result", "search"]


@dataclass(frozen=True, slots=True)
class Result:
    """Something that has the words, or may be meant by them."""

    kind: str
    """One of `people`, `things`, `claims`, `passages`, `citations` and `findings`."""
    id: str
    """Of the entity, claim, reference or finding; of a passage its source and the number of its block, `list.txt#12`."""
    text: str
    """The label of an entity, the passage of a claim, the words of a block or a reference, what a finding says."""
    source: str | None
    """Where that stands; None for entities and findings."""
    reason: str = ""
    """Why a name is taken for the one that was asked for."""


def search(
    chronicle: str | Path | Chronicle, words: str, *, kinds: Iterable[str] = KINDS, limit: int = 20
) -> list[Result]:
    """Return what the search page finds, at most `limit` of each kind, in the order of that page.

    Whatever is asked is a query: words, "phrases", -without, OR, begin*; names in any spelling. Raises `StoreError` where there
    is no such chronicle, `KeyError` for a kind that is none.

    >>> search("nowhere.duckdb", "pilot")
    Traceback (most recent call last):
    ...
    regesta.errors.StoreError: ...
    """
    wanted = [_ROWS[kind] and kind for kind in kinds]
    shelf = at_hand(chronicle.path if isinstance(chronicle, Chronicle) else Path(chronicle))
    try:
        searching = Search(shelf, understand(words))
        return [
            result
            for kind in wanted
            for row in searching.found(kind, limit=limit).rows
            for result in _told(shelf, searching, kind, row)
        ]
    finally:
        shelf.close()


def _told(shelf: Shelf, searching: Search, kind: str, row: int) -> list[Result]:
    found = shelf.row(_ROWS[kind], [row])
    if found is None:
        return []
    text = found["text"] or ""
    if kind == "passages":
        pieces = shelf.rows(_PIECES, [found["source"], found["last"], found["first"]])
        whole = "".join(piece["text"] for piece in pieces)
        start = pieces[0]["start_char"] if pieces else 0
        text = whole[found["first"] - start : found["last"] - start]
    reason = ""
    if kind == "people":
        reason = next((x.reason for x in searching.likenesses if x.place == row), "")
    return [Result(kind, found["id"], text, found["source"], reason)]


_ENTITY = """
select e.id, e.label as text, null as source from sought s join entities e on e.id = s.entity where s.place = ?
"""
_ROWS = {
    "people": _ENTITY,
    "things": _ENTITY,
    "claims": """
select c.id, c.source, (select e.quote from claim_evidence e where e.claim = c.id and e.position = 0) as text
from claims c where c.rowid = ?
""",
    "passages": """
select source || '#' || position as id, source, '' as text, content_start as first, content_end as last from blocks where rowid = ?
""",
    "citations": "select id, source, quote as text from citations where rowid = ?",
    "findings": "select id, null as source, summary as text from findings where rowid = ?",
}
_PIECES = f"""
select start_char, text from texts where source = ? and start_char < ? and start_char > ? - {PIECE} order by start_char
"""  # noqa: S608 - a constant
