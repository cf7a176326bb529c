"""Two sources side by side: what they share, passage by passage, with the words marked in which they differ.

Above the passages a strip shows where in each text they stand; its ribbons lead to them. Passages come in the order of the
first source. A source beside itself shows what it says twice. Which of the two is the older is not said here, but for what
a source says of itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regesta.drawing import Drawing, Shared, ribbons
from regesta.pages.collating import LONGEST, Telling, Words, pieces, where_they_differ
from regesta.pages.page import Asked, Page
from regesta.pages.passages import Texts
from regesta.pages.source import name_of
from regesta.shelf import Row, Shelf

__all__ = ["PAGE", "Collation", "collation"]

_AT_ONCE = 20
_RIBBONS = 600
"""The longest passages, in one picture."""


@dataclass(frozen=True, slots=True)
class Side:
    """A passage in one of the two sources."""

    start: int
    address: str
    """Of its place in the source."""
    words: tuple[Words, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """A passage as both have it."""

    number: int
    """Its place among all that the two share, from 1."""
    sides: tuple[Side, Side]
    n_words: int
    alike: float
    n_differing: int
    """Stretches that differ, in the first."""
    is_commonplace: bool
    """What stands in more than eight places: it tells little of who copied whom."""


@dataclass(frozen=True, slots=True)
class Collation:
    """The page."""

    rows: tuple[Row, Row]
    """Of `sources`."""
    passages: tuple[Beside, ...]
    n_passages: int
    n_words: int
    strips: tuple[Drawing, ...]
    """The same picture for a wide screen and for a narrow one."""
    is_one_family: bool
    origins: tuple[Row, ...]
    """Where one says that it was taken from the other: source, how, quote."""
    part: int
    n_parts: int


def collation(shelf: Shelf, asked: Asked) -> Collation | None:
    """Return the page; None where the two share nothing."""
    one_key, between, other_key = asked.key.partition("/~with/")
    if not between:
        return None
    names = (name_of(shelf, one_key), name_of(shelf, other_key))
    found = [shelf.row("select * from sources where name = ?", [name]) for name in names]
    one, other = found
    rows = shelf.rows(_PASSAGES, names)
    if not one or not other or not rows:
        return None
    n_parts = -(-len(rows) // _AT_ONCE)
    part = asked.number("part", most=n_parts)
    first = (part - 1) * _AT_ONCE
    return Collation(
        rows=(one, other),
        passages=_passages(shelf, asked, names, rows[first : first + _AT_ONCE], first + 1),
        n_passages=len(rows),
        n_words=sum(row["words"] for row in rows),
        strips=_strips(asked, (one, other), rows),
        is_one_family=one["family"] == other["family"],
        origins=tuple(shelf.rows(_ORIGINS, names)),
        part=part,
        n_parts=n_parts,
    )


def _passages(
    shelf: Shelf, asked: Asked, names: tuple[str, str], rows: Sequence[Row], first: int
) -> tuple[Beside, ...]:
    texts = Texts(shelf)
    return tuple(_beside(texts, asked, names, row, number) for number, row in enumerate(rows, first))


def _beside(texts: Texts, asked: Asked, names: tuple[str, str], row: Row, number: int) -> Beside:
    spans = ((row["a_start"], row["a_end"]), (row["b_start"], row["b_end"]))
    tellings = [
        Telling(
            name, start, texts.slice(name, start, min(end, start + LONGEST)), (0, 0), end > start + LONGEST
        )
        for name, (start, end) in zip(names, spans, strict=True)
    ]
    differing = where_they_differ(tellings[0].text, tellings[1].text, ends_count=True)
    leaves = (row["a_leaf"], row["b_leaf"])
    one, other = (
        Side(
            telling.start,
            asked.links.source(telling.source, leaf=leaf or 1, at=f"p{telling.start}"),
            pieces(telling, spans_),
            telling.is_cut,
        )
        for telling, leaf, spans_ in zip(tellings, leaves, differing, strict=True)
    )
    return Beside(
        number, (one, other), row["words"], row["alike"], max(map(len, differing)), row["places"] > 8
    )


def _strips(asked: Asked, sources: tuple[Row, Row], rows: Sequence[Row]) -> tuple[Drawing, ...]:
    numbered = sorted(enumerate(rows), key=lambda pair: -pair[1]["words"])[:_RIBBONS]
    shared = [
        Shared(
            row["a_start"], row["a_end"], row["b_start"], row["b_end"], row["alike"],
            title=asked.words("source.shared_words", n=f"{row['words']:,}", share=f"{row['alike']:.0%}"),
            link=_address(asked, index),
        )
        for index, row in numbered
    ]  # fmt: skip
    names = tuple(source["title"] or source["name"] for source in sources)
    title = asked.words("collation.strip", one=names[0], other=names[1])
    return tuple(
        ribbons(
            sources[0]["n_characters"], sources[1]["n_characters"], shared, names=(names[0], names[1]), title=title,
            width=width,
        )
        for width in (1100, 350)
    )  # fmt: skip


def _address(asked: Asked, index: int) -> str:
    """Return where a passage stands on these pages."""
    part = index // _AT_ONCE + 1
    return asked.links.to("sources/~beside", asked.key, at=f"s{index + 1}", part=part if part > 1 else None)


_PASSAGES = """
with both as (
    select a_start, a_end, b_start, b_end, words, alike, places from shared_passages where a_source = ?1 and b_source = ?2
    union all
    select b_start, b_end, a_start, a_end, words, alike, places from shared_passages
        where b_source = ?1 and a_source = ?2 and ?1 <> ?2
)
select both.*,
    (select l.number from leaves l where l.source = ?1 and l.start_char <= a_start order by l.start_char desc limit 1) as a_leaf,
    (select l.number from leaves l where l.source = ?2 and l.start_char <= b_start order by l.start_char desc limit 1) as b_leaf
from both order by a_start, b_start, a_end limit 5000
"""

_ORIGINS = """
select source, how, quote, named from origins where (source = ?1 and origin = ?2) or (source = ?2 and origin = ?1)
order by source, start_char limit 10
"""

PAGE = Page(
    name="collation",
    section="sources/~beside",
    view=collation,
    template="collation.html",
    has_key=True,
    parameters=("part",),
    is_long=True,
)
