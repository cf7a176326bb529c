"""Notes in the margin of a text: the claims that a block makes, by subject, each a link to where it stands.

    Ada Brook  arrival, route, age          Persons  count × 22

A subject that the note before was about too is not named again; several claims of one predicate are numbers behind its name, and
many are one link with their number. Nothing here finds the claims of a block.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from regesta.pages.page import Asked
from regesta.pages.setting import escaped
from regesta.pages.telling import value_of
from regesta.pages.wording import Words
from regesta.shelf import Row

__all__ = ["note_of"]

_LONGEST_LABEL = 60
_MANY = 5
"""Claims of one predicate in a note that have a link each."""
_LIT = 200
"""Claims that are lit together."""
_NOTES = 14
"""Claims that a margin note names; the others are one step away."""


def note_of(asked: Asked, by_subject: dict[str, list[Row]], digits: Mapping[str, str], before: str) -> str:
    """Return the note of a block; `before` is the only subject of the note before it, which is not named again."""
    lines: list[str] = []
    room = _NOTES
    left = sum(map(len, by_subject.values()))
    words = asked.words
    for subject, claims in by_subject.items():
        if room <= 0:
            break
        who = escaped(asked.links.to("people", subject))
        said, n_links, n_told = _predicates(claims, who, digits, words, room)
        room -= n_links
        left -= n_told
        if subject == before and len(by_subject) == 1:
            lines.append(f"<span>{said}</span>")
            continue
        label = claims[0]["subject_label"]
        if len(label) > _LONGEST_LABEL:
            label = f"{label[: _LONGEST_LABEL - 1].rstrip()}…"
        lines.append(f'<span><a class="who" href="{who}">{escaped(label)}</a> {said}</span>')
    if left:
        lines.append(f"<span>{escape(words('source.more_claims', n=left))}</span>")
    again = " again" if len(by_subject) == 1 and before in by_subject else ""
    return f'<small class="note{again}">{"".join(lines)}</small>'


def _predicates(
    claims: Sequence[Row], who: str, digits: Mapping[str, str], words: Words, room: int
) -> tuple[str, int, int]:
    """Return links to claims by what they tell, at most `room`; with how many links these are, and of how many claims.

    The second and later ones of a predicate are numbers behind the first. Of more than `_MANY` the number is told, and one link
    leads to where they stand.
    """
    grouped: dict[str, list[Row]] = {}
    for claim in claims:
        grouped.setdefault(claim["predicate"], []).append(claim)
    said: list[str] = []
    n_links = n_told = 0
    for predicate, some in grouped.items():
        name = escaped(words.named("predicate", predicate))
        if n_links >= room:
            break
        if len(some) > _MANY:
            lit = " ".join([digits[claim["claim"]] for claim in some[:_LIT]])
            said.append(
                f'<a href="{who}#is-{escaped(predicate)}" data-claim="{lit}">{name}</a> × {len(some):,}'
            )
            n_links, n_told = n_links + 1, n_told + len(some)
            continue
        links = []
        for n, claim in enumerate(some[: room - n_links], 1):
            spoken = f' aria-label="{name} {n}"' if n > 1 else ""
            links.append(
                f'<a href="{who}#{escaped(claim["claim"])}" data-claim="{digits[claim["claim"]]}"{spoken}'
                f' title="{escaped(_short(claim, words))}">{n if n > 1 else name}</a>'
            )
        said.append(" ".join(links))
        n_links, n_told = n_links + len(links), n_told + len(links)
    return ", ".join(said), n_links, n_told


def _short(claim: Row, words: Words) -> str:
    """Return the value of a claim in a few words."""
    value = value_of(claim, words).in_words
    return f"{value[:77]}…" if len(value) > 80 else value
