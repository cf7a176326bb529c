"""Finding whom a reviewer means, on the shelf: by an id, by a name in any case, by the beginning of a name.

A claim and a decision speak of somebody as one document names them (a referent), so an entity leads to the referent whose
mention stands nearest to the passage. Several that fit are listed, never chosen among. Nothing here decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from regesta.shelf import Row, Shelf

__all__ = ["Found", "entities_named", "referent_of"]

_MANY = 20
_ID = re.compile(r"e-[0-9a-f]{4,40}")


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who may be meant."""

    id: str
    label: str
    kind: str
    n_claims: int


def entities_named(shelf: Shelf, what: str) -> tuple[Found, ...]:
    """Return whom a name or an id may mean: those who are called exactly so, else those whose names begin so."""
    words = " ".join(what.split())
    if not words:
        return ()
    if _ID.fullmatch(words):
        id_ = (
            shelf.value("select redirect from identities where id = ? and redirect is not null", [words])
            or words
        )
        rows = shelf.rows("select id, label, kind, n_claims from cards where id = ?", [id_])
    else:
        rows = shelf.rows(_EXACTLY, [words, words.casefold(), _MANY])
        rows = rows or _beginning(shelf, words)
    return tuple(Found(row["id"], row["label"], row["kind"], row["n_claims"]) for row in rows)


def _beginning(shelf: Shelf, words: str) -> list[Row]:
    """Return entities of which every word begins a word of a name."""
    parts = [part for part in re.split(r"[-\s'’.,]+", words.lower()) if part][:6]
    if not parts:
        return []
    wanted = " intersect ".join(
        ["select entity from names where word >= ? and word < ? || char(1114111)"] * len(parts)
    )
    given = [part for word in parts for part in (word, word)]
    return shelf.rows(
        f"select id, label, kind, n_claims from cards where id in ({wanted}) order by n_claims desc, sorted limit ?",  # noqa: S608
        [*given, _MANY],
    )


def referent_of(shelf: Shelf, entity: str, source: str | None = None, start: int = 0) -> str | None:
    """Return the fingerprint of the referent that a source means by an entity: the one named nearest to a place.

    Where the source does not name it, the one of its first mention anywhere; None where there is no such entity.
    """
    if source is not None:
        near = shelf.value(
            "select r.fingerprint from mentions m join referents r on r.key = m.referent "
            "where m.entity = ? and m.source = ? order by abs(m.start_char - ?), r.key limit 1",
            [entity, source, start],
        )
        if near:
            return str(near)
    first = shelf.value(
        "select r.fingerprint from mentions m join referents r on r.key = m.referent where m.entity = ? "
        "order by m.form <> 'name', m.source, m.start_char, r.key limit 1",
        [entity],
    )
    first = first or shelf.value(
        "select fingerprint from referents where entity = ? order by key limit 1", [entity]
    )
    return str(first) if first else None


_EXACTLY = """
select c.id, c.label, c.kind, c.n_claims from entities e join cards c on c.id = e.id
where e.label = ?1 collate nocase or lower(e.label) = ?2
    or exists (select 1 from json_each(e.aliases) as a where a.value = ?1 collate nocase or lower(a.value) = ?2)
order by c.n_claims desc, c.sorted, c.id limit ?3
"""
