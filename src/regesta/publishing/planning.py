"""Which pages a site has: those that stand in the navigation, one for each thing, and the questions that lists answer.

What a list can be narrowed by is not reckoned here: the main pages are printed once with links that note what they ask, and
each choice by itself becomes a list of its own. Choices together, free searches and times of one's own need a server: they
are left out, and the pages say so. Of a time line each decade is a page; of what was in force, each day on which it changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regesta.pages import PAGES, Elsewhere, Page, Press, source_key, words_of
from regesta.pages import Asked as Asked_
from regesta.publishing.letters import LETTERS, letters_of
from regesta.publishing.own import OWN
from regesta.publishing.paths import Asking, Recording, Sheet
from regesta.shelf import Shelf

__all__ = ["Plan", "pages_of_site", "plan"]

_LEFT_OUT = ("report_person", "report_finding", "search")
"""Pages that need a server, or that another page of the site stands for."""
_ONE_CHOICE = ("people", "findings", "coverage", "statistics", "routes")
_NO_CHOICE = ("name", "sort", "all")
_PAIRS = 3000
"""Pairs of sources that stand side by side, those that share most."""
_STEPS = 80
"""Days on which something changed that have a page, the last ones."""
_LONG = 150
"""Claims of a thing above which its page has parts; `pages.person` shows as many at once."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The pages of a site."""

    sheets: tuple[Sheet, ...]
    """In order."""
    answered: frozenset[Asking]
    moved: Mapping[str, int]
    """Claims that stand on a later part of the page of their subject."""
    steps: tuple[str, ...]
    """Days or years on which something that was in force changed."""


def pages_of_site() -> tuple[Page, ...]:
    """Return every page of a site, in the order of the navigation."""
    main = [page for page in PAGES if page.name not in _LEFT_OUT]
    return (*main[:2], LETTERS, *main[2:-1], *OWN, main[-1])


def plan(shelf: Shelf) -> Plan:
    """Return the pages that a site of this shelf has."""
    steps = _steps(shelf)
    answered = frozenset(
        {one for one in _asked(shelf) if _is_kept(one)}
        | {("policy", (("on", step),)) for step in steps}
        | {("letters", (("letter", letter),)) for letter, _ in letters_of(shelf)}
    )
    sheets = [Sheet(page.name) for page in pages_of_site() if not page.has_key]
    by_section = {page.section: page.name for page in pages_of_site() if not page.has_key}
    sheets += [Sheet(by_section[section], "", dict(query)) for section, query in sorted(answered)]
    sheets += [
        Sheet("source", source_key(row[0])) for row in shelf.rows("select name from sources order by name")
    ]
    sheets += [Sheet("collation", key) for key in _pairs(shelf)]
    sheets += [Sheet("finding", row[0]) for row in shelf.rows("select id from findings order by id")]
    sheets += [Sheet("person", row[0]) for row in shelf.rows("select id from entities order by id")]
    return Plan(tuple(sheets), answered, _moved(shelf), steps)


def _asked(shelf: Shelf) -> set[Asking]:
    """Return what the main pages ask of one another."""
    links = Recording()
    press = Press(shelf, PAGES, title="", links=links)
    for page in PAGES:
        if page.name not in _LEFT_OUT and not page.has_key:
            press.print(page, links.language)
    return set(links.seen)


def _is_kept(one: Asking) -> bool:
    section, query = one
    names = [name for name, _ in query]
    if section == "timeline":
        asked = dict(query)
        start, end = asked.get("from", ""), asked.get("to", "")
        is_decade = start[:3] == end[:3] and (start[3:], end[3:]) == ("0", "9")
        is_century = start[:2] == end[:2] and (start[2:], end[2:]) == ("00", "99")
        return names == ["from", "to"] and (is_decade or is_century)
    return section in _ONE_CHOICE and len(names) == 1 and names[0] not in _NO_CHOICE


def _steps(shelf: Shelf) -> tuple[str, ...]:
    """Return when something that was in force began, changed or ended, as exact as it is told."""
    rows = shelf.rows(
        "select distinct earliest, latest from claims where coalesce(earliest, latest) is not null"
        " and (predicate in ('effective', 'opened', 'capacity') or (predicate = 'event' and subject_kind = 'law')"
        " or (predicate in ('duration', 'amount') and subject_kind not in ('person', 'group', 'place', 'event')))"
    )
    found: set[str] = set()
    for row in rows:
        found.update(_edges(str(row["earliest"] or ""), str(row["latest"] or "")))
    return tuple(sorted(step for step in found if step[:4].isdigit())[-_STEPS:])


def _edges(first: str, last: str) -> tuple[str, ...]:
    """Return the day, month or year in which something began, and that in which it ended; an open end is none.

    >>> _edges("1999-07-08", "1999-07-08"), _edges("", "1993-12-31"), _edges("2004-10-01", "2004-10-31")
    (('1999-07-08',), ('1993',), ('2004-10',))
    >>> _edges("1990-01-01", "1999-12-31"), _edges("1997-03-02", "2004-12-31")
    (('1990', '1999'), ('1997-03-02', '2004'))
    """
    if first == last or (first[:7] == last[:7] and not first.endswith("-01")):
        return (first,)
    if first[:7] == last[:7]:
        return (first[:7],)
    edges = [
        first[:4] if first.endswith("-01-01") else first,
        last[:4] if last.endswith("-12-31") else last,
    ]
    return tuple(dict.fromkeys(edge for edge in edges if edge))


def _pairs(shelf: Shelf) -> list[str]:
    """Return the keys of the pages where two sources stand side by side."""
    rows = shelf.rows(
        "select a_source as a, b_source as b, sum(words) as n from shared_passages group by 1, 2 order by n desc, 1, 2 limit ?",
        [_PAIRS],
    )
    keys = []
    for row in rows:
        for one, other in {(row["a"], row["b"]), (row["b"], row["a"])}:
            keys.append(f"{source_key(one)}/~with/{source_key(other)}")
    return sorted(keys)


def _moved(shelf: Shelf) -> dict[str, int]:
    """Return the claims that stand on a later part of the page of their subject."""
    page = next(page for page in PAGES if page.name == "person")
    moved: dict[str, int] = {}
    for row in shelf.rows("select id from cards where n_claims > ? order by id", [_LONG]):
        part, n_parts = 1, 2
        while part < n_parts:
            part += 1
            view = page.view(shelf, Asked_(words_of("en"), Recording(), row["id"], {"part": str(part)}))
            if view is None or isinstance(view, Elsewhere):
                break
            n_parts = getattr(view, "n_parts", 1)
            for section in getattr(view, "sections", ()):
                moved |= {claim["id"]: part for told in section.told for claim in told.claims}
    return moved
