"""What makes the answers about searching: the results of the search page as values, and who is suggested while typing.

The work is the page's (`regesta.pages.search`), so both find the same. Nothing here knows HTTP.
"""

from __future__ import annotations

from typing import Any

from regesta.pages import Asked, Links, words_of
from regesta.pages.search import Hit, hits
from regesta.shelf import COUNTED, FACETS, KINDS, Search, Shelf, likenesses, quoted, understand
from regesta.web.api import shapes
from regesta.web.api.tables import Given

__all__ = ["search", "suggest"]


def search(shelf: Shelf, given: Given) -> shapes.SearchAnswer:
    """Return what a query found."""
    asked = Asked(words_of("en"), Links())
    searching = Search(shelf, understand(given.get("q")))
    kind, limit, start = given.get("kind"), given.get("limit"), given.get("cursor") or 0
    narrowed = {name: given.get(name) for name in NARROWINGS if given.get(name) is not None}
    narrowed = {"kind" if name == "of" else name: value for name, value in narrowed.items()}
    counts: dict[str, int] = {}
    items: list[shapes.SearchResult] = []
    after = None
    for each in KINDS:
        here = kind in (None, each)
        found = searching.found(
            each,
            narrowed=narrowed if here else None,
            limit=limit + 1 if here else 0,
            offset=start if here else 0,
        )
        counts[each] = min(found.n, COUNTED)
        if here:
            if len(found.rows) > limit and start + limit < COUNTED:
                after = str(start + limit)
            shown = hits(shelf, asked, searching, each, found.rows[:limit])
            items += [_result(each, hit) for hit in shown]
    facets = searching.tally(kind, narrowed=narrowed) if kind and counts[kind] else {}
    return shapes.SearchAnswer(
        given.get("q"),
        counts,
        [
            shapes.Facet(name, [shapes.FacetValue(*pair) for pair in values.items()])
            for name, values in facets.items()
        ],
        items,
        after if kind else None,
    )


def _result(kind: Any, hit: Hit) -> shapes.SearchResult:
    return shapes.SearchResult(
        kind=kind,
        id=hit.id,
        label=hit.label,
        what=hit.what,
        source=hit.source or None,
        reason=hit.reason or None,
        marked=list(hit.parts),
        page=hit.address,
    )


def suggest(shelf: Shelf, given: Given) -> shapes.Listing[shapes.Suggestion]:
    """Return whose name begins so, or may be spelled so; those of whom most is said first."""
    return shapes.Listing(
        [shapes.Suggestion(*one) for one in suggested(shelf, given.get("q"), given.get("limit"))]
    )


def suggested(
    shelf: Shelf, begun: str, limit: int, kinds: tuple[str, ...] = ()
) -> list[tuple[str, str, str]]:
    """Return id, label and kind of the entities whose names begin so, or are spelled so."""
    plain = understand(begun).words()
    found: dict[str, tuple[str, str, str]] = {}
    if plain:
        match = " AND ".join((*(quoted(word) for word in plain[:-1]), quoted(f"{plain[-1].rstrip('*')}*")))
        for row in shelf.rows(
            "select e.id, e.label, e.kind from (select rowid from words_of_entities where words_of_entities match ? limit 200) w "
            "cross join sought s on s.place = w.rowid cross join entities e on e.id = s.entity order by s.place",
            [match],
        ):
            if not kinds or row["kind"] in kinds:
                found.setdefault(row["id"], tuple(row))
    if len(found) < limit:
        for like in likenesses(shelf, begun, limit=limit):
            if not kinds or like.kind in kinds:
                found.setdefault(like.entity, (like.entity, like.label, like.kind))
    return list(found.values())[:limit]


NARROWINGS = ("of", *dict.fromkeys(facet for kind in KINDS for facet in FACETS[kind] if facet != "kind"))
"""What results are narrowed by; `of` is the kind of a person or thing."""
