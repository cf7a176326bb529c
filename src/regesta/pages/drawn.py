"""Drawings on a page: each for a wide screen and for a narrow one, and the words that drawings say in a language.

    Pair(wide, narrow)      a template writes both, the style sheet shows the one that fits
    drawn_words(words)      what `regesta.drawing` itself says, from the catalogue

Also where a claim stands: the place that a mark of a drawing leads to. Nothing here draws.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from regesta.drawing import Drawing
from regesta.drawing import Words as DrawnWords
from regesta.pages.links import Links
from regesta.pages.wording import Words
from regesta.shelf import Row

__all__ = ["STANDS", "Pair", "called", "drawn_words", "pair", "place_of"]

_WIDE = 1180.0
_NARROW = 350.0
_OF_ONE_PART = 150
"""Claims of a subject that stand on the first part of its page; `person.py` shows as many at once."""

STANDS = """
    coalesce((select n_claims from cards k where k.id = c.subject), 0) as n_of_subject,
    (select l.number from claim_evidence e join leaves l on l.source = e.source and l.start_char <= e.start_char
        where e.claim = c.id and e.position = 0 order by l.start_char desc limit 1) as leaf,
    (select e.quote from claim_evidence e where e.claim = c.id and e.position = 0) as quote,
    case c.subject_kind when 'topic' then (
        select (select b.kind from blocks b where b.source = m.source and b.start_char <= m.start_char
            order by b.start_char desc limit 1)
        from mentions m where m.entity = c.subject order by m.source, m.start_char limit 1
    ) end as stands_in
"""
"""Columns that `place_of` and `called` ask for, in a query where `c` is a row of `claims`."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The same drawn wide and narrow."""

    wide: Drawing
    narrow: Drawing

    @property
    def omitted(self) -> tuple[str, ...]:
        """What could not be drawn."""
        return self.wide.omitted


def pair(draw: Callable[[float], Drawing]) -> Pair:
    """Return what a function draws at both widths, in pixels."""
    return Pair(draw(_WIDE), draw(_NARROW))


def drawn_words(words: Words) -> DrawnWords:
    """Return the words that drawings say.

    >>> from regesta.pages.wording import words_of
    >>> drawn_words(words_of("en")).later
    '{count} later'
    """
    names = ("gap", "total", "others", "unsure", "earlier", "later", "people", "kilometres")
    return DrawnWords(**{name: words.entries[f"drawing.{name}"] for name in names})


def place_of(claim: Row, links: Links) -> str:
    """Return the address where a claim stands: on the page of its subject, or in its source where that page has several parts."""
    if claim["n_of_subject"] > _OF_ONE_PART:
        return links.source(claim["source"], leaf=claim["leaf"] or 1, at=claim["id"])
    return links.to("people", claim["subject"], at=claim["id"])


def called(claim: Row) -> str:
    """Return what a claim is about, in a few words: its subject, or its passage where the subject is only the heading above it."""
    quote = claim["quote"] or ""
    label: str = claim["subject_label"]
    is_heading = claim["stands_in"] == "heading" and label.casefold() not in quote.casefold()
    return quote if is_heading and quote else label
