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
_CLOSING = "])}”’»」』）"
_CLOSERS = 4
_RIBBONS = 200
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
    n_drawn: int
    """Passages in the picture, the longest."""
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
    counted = shelf.row(f"{_BOTH} select count(*), sum(words) from both", names)  # noqa: S608 - a constant
    if not one or not other or counted is None or not counted[0]:
        return None
    n_parts = -(-counted[0] // _AT_ONCE)
    part = asked.number("part", most=n_parts)
    rows = shelf.rows(
        f"{_BOTH} select * from both order by number limit ? offset ?",  # noqa: S608
        [*names, _AT_ONCE, (part - 1) * _AT_ONCE],
    )
    longest = shelf.rows(
        f"{_BOTH} select * from both order by words desc, number limit ?",  # noqa: S608
        [*names, _RIBBONS],
    )
    return Collation(
        rows=(one, other),
        passages=_passages(shelf, asked, names, rows),
        n_passages=counted[0],
        n_words=counted[1],
        strips=_strips(asked, (one, other), longest),
        n_drawn=len(longest),
        is_one_family=one["family"] == other["family"],
        origins=tuple(shelf.rows(_ORIGINS, names)),
        part=part,
        n_parts=n_parts,
    )


def _passages(shelf: Shelf, asked: Asked, names: tuple[str, str], rows: Sequence[Row]) -> tuple[Beside, ...]:
    texts = Texts(shelf)
    return tuple(_beside(texts, asked, names, row) for row in rows)


def _beside(texts: Texts, asked: Asked, names: tuple[str, str], row: Row) -> Beside:
    spans = ((row["a_start"], row["a_end"]), (row["b_start"], row["b_end"]))
    tellings = [
        Telling(
            name, start, _closed(texts, name, start, min(end, start + LONGEST)), (0, 0), end > start + LONGEST
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
        row["number"], (one, other), row["words"], row["alike"], max(map(len, differing)), row["places"] > 8
    )


def _closed(texts: Texts, name: str, start: int, end: int) -> str:
    """Return the words of a passage, with the brackets and quotation marks that close behind its last word."""
    words, after = texts.slice(name, start, end), texts.slice(name, end, end + _CLOSERS)
    n = next((n for n, sign in enumerate(after) if sign not in _CLOSING), len(after))
    return words + after[:n]


def _strips(asked: Asked, sources: tuple[Row, Row], rows: Sequence[Row]) -> tuple[Drawing, ...]:
    shared = [
        Shared(
            row["a_start"], row["a_end"], row["b_start"], row["b_end"], row["alike"],
            title=asked.words("source.shared_words", n=f"{row['words']:,}", share=f"{row['alike']:.0%}"),
            link=_address(asked, row["number"]),
        )
        for row in rows
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


def _address(asked: Asked, number: int) -> str:
    """Return where a passage stands on these pages."""
    part = (number - 1) // _AT_ONCE + 1
    return asked.links.to("sources/~beside", asked.key, at=f"s{number}", part=part if part > 1 else None)


_BOTH = """
with passages as (
    select a_start, a_end, b_start, b_end, words, alike, places from shared_passages where a_source = ?1 and b_source = ?2
    union all
    select b_start, b_end, a_start, a_end, words, alike, places from shared_passages
        where b_source = ?1 and a_source = ?2 and ?1 <> ?2
), both as (
    select *, row_number() over (order by a_start, b_start, a_end, b_end) as number,
        (select l.number from leaves l where l.source = ?1 and l.start_char <= a_start order by l.start_char desc limit 1) as a_leaf,
        (select l.number from leaves l where l.source = ?2 and l.start_char <= b_start order by l.start_char desc limit 1) as b_leaf
    from passages
)
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
