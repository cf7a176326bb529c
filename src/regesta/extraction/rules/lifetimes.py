"""Lives in brackets behind a name: "Jan Novak (5 May 1944 – 1962)", "Ana Lis (Russian: Анна Лис; Oslo, 1920 – Bergen, 1994)".

Two years in brackets may be a term of office, or the times of something that stopped and began again: such are left alone.
"""

from __future__ import annotations

import re

from regesta.dates import DatePhrase
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.model import DateValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["CELL_YEAR", "opens_lifetime", "span_of_life"]

_LIFE = lazy(
    r"\s*(?:\"[^\"]{1,40}\"\s*)?\(\s*(?:[^()\d]{2,120}[;,]\s)?(?P<born>[^()–;-]{0,40}\d{4}[^()–;]{0,24}?)\s*(?:–|-|to|;)\s*(?P<died>[^()]{0,40}\d{4}[^()]{0,24}|\?|)\s*\)"
)
_BRACKET = lazy(
    r"\([^()\n]{0,160}?\b1[4-9]\d\d\b[^()\n]{0,40}?(?:–|-| to |;)[^()\n]{0,40}\b(?:1[4-9]|20)\d\d\b[^()\n]{0,24}\)"
)
"""The same, whatever stands before the bracket and before its first year."""
_LONGEST_OFFICE = 30
"""Years."""
CELL_YEAR = lazy(r"\b\d{4}\b")


def opens_lifetime(text: str, opening: int) -> bool:
    """Return whether the bracket at `opening` holds the two ends of a life: its dates date no coming.

    >>> opens_lifetime("Ana Lis (Oslo, 3 May 1920 – Bergen, 9 June 1994) fled", 8)
    True
    """
    return _BRACKET.match(text, opening) is not None


def span_of_life(scene: Scene, passage: Passage) -> None:
    """Read "Jan Novak (5 May 1944 – 1962)", and the bracket that opens what is told below a name."""
    start = passage.span.start
    entry = scene.entry_of[passage.index]
    opens = entry is not None and len(entry.principals) == 1 and scene.text.startswith("(", start)
    under = [(entry.principals[0], Span(start, start + 1))] if entry is not None and opens else []
    named = [(s.actor, s.span) for s in scene.said[passage.index] if s.form == "name"]
    for actor, called in under + named:
        if actor.kind != "person":
            continue
        at = called.end if called.start > start or not opens else start
        match = _LIFE.match(scene.text, at, min(passage.span.end, at + 220))
        if match is None:
            continue
        inside = [
            d for d in passage.dates if match.start() <= d.span.start and d.span.end <= match.end() and d.edtf
        ]
        if len(inside) == 1 and inside[0].edtf and "/" in inside[0].edtf:
            born, _, died = inside[0].edtf.partition("/")
            pieces = [(born, "birth", inside[0]), (died, "death", inside[0])]
        else:
            pieces = [(d.edtf or "", p, d) for d, p in zip(inside, ("birth", "death"), strict=False)]
        opening = scene.text[match.start() : inside[0].span.start] if inside else ""
        if _is_office(scene, opening, pieces) or not _is_lifetime(scene, passage, actor, pieces):
            continue
        for edtf, predicate, date in pieces:
            if edtf and edtf != "..":
                scene.state(
                    actor,
                    predicate,
                    DateValue(edtf=edtf),
                    called.cover(date.span),
                    when=edtf,
                    claims=[date.span],
                )


def _is_office(scene: Scene, opening: str, pieces: list[tuple[str, str, DatePhrase]]) -> bool:
    """Whether the words before the first year in brackets name an office: "(President, 1990–1994)", and no "(poet, 1920–1994)"."""
    years = _years(pieces)
    if len(years) == 2 and years[1] - years[0] >= _LONGEST_OFFICE:
        return False
    return any(scene.lexicon.is_role(word) for word in re.findall(r"[^\W\d_]+", opening.lower()))


def _years(pieces: list[tuple[str, str, DatePhrase]]) -> list[int]:
    return [int(m.group()) for edtf, _, _ in pieces if (m := CELL_YEAR.match(edtf))]


def _is_lifetime(
    scene: Scene, passage: Passage, actor: Actor, pieces: list[tuple[str, str, DatePhrase]]
) -> bool:
    """Whether two years in brackets are a life, not a term of office: long enough, or of whom the entry is about.

    Two stretches, "(1955–1980, 1989–1992)", are the times of something that stopped and began again.
    """
    if len(pieces) == 2 and pieces[0][2] is not pieces[1][2] and any("/" in edtf for edtf, _, _ in pieces):
        return False
    years = _years(pieces)
    entry = scene.entry_of[passage.index]
    if passage.kind != "heading" and entry is not None and actor in entry.principals:
        return True
    return len(years) == 2 and years[1] - years[0] >= 15
