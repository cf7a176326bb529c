"""What went out before: by which ids people were shown and under which names, so that an id that was merged leads on.

    edition before     e-1 "Rui Tavares", e-2 "R. Tavares"
    this one           e-1 "Rui Tavares", also "R. Tavares"     ──►  e-2 leads to e-1

That two are one is a claim of its own. It is told only where whoever has both editions can read it off anyway: both were, and
are, shown by name, and the name of the one that is gone is a name of the one that stayed. A pseudonym never leads to anybody. What
was told once is told on, as long as the one it leads to is shown by name. Nothing here reads a file but an edition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.chronicle import open as open_chronicle
from regesta.edition.imprint import is_edition
from regesta.errors import StoreError
from regesta.protection.naming import tokens

if TYPE_CHECKING:
    from regesta.edition.naming import Names

__all__ = ["Before", "before_of", "redirects"]


@dataclass(frozen=True, slots=True)
class Before:
    """What an edition that went out showed, by its own ids."""

    people: frozenset[str]
    """Ids of people and groups; of a site of all that it has entries of."""
    named: Mapping[str, str] = field(default_factory=dict)
    """Id -> label, of what was shown by name."""
    merged: Mapping[str, str] = field(default_factory=dict)
    """Id that led on -> where it led."""


def before_of(path: Path) -> Before | None:
    """Return what an edition shows, None where there is none at a path that can be read."""
    if not path.is_file() or not path.stat().st_size:
        return None
    try:
        with open_chronicle(path) as old:
            if not is_edition(old):
                return None
            people = old.sql("select id from entities where kind in ('person', 'group')").rows
            named = old.sql("select id, label from entities where is_named").rows
            merged = old.sql("select id, redirect from identities where redirect is not null").rows
            return Before(frozenset(id_ for (id_,) in people), dict(named), dict(merged))
    except StoreError:
        return None


def redirects(
    before: Before, merged: Iterable[tuple[str, str]], shown: Mapping[str, Iterable[str]], names: Names
) -> dict[str, str]:
    """Return the ids of editions that lead on to one that is shown, and where.

    `merged` are the ids of the chronicle that were merged, each with the one it was merged into; `shown` the names of all that is
    shown by name, by its id in editions.

    >>> from regesta.edition.naming import Names
    >>> names = Names(b"k" * 32)
    >>> old, new = names.entity("e-2"), names.entity("e-1")
    >>> went = Before(frozenset({old, new}), {old: "R. Tavares"})
    >>> redirects(went, [("e-2", "e-1")], {new: ["Rui Tavares", "R. Tavares"]}, names) == {old: new}
    True
    >>> redirects(went, [("e-2", "e-1")], {new: ["Rui Tavares"]}, names)
    {}
    """
    into = dict(merged)
    allowed = {id_: {tokens(name) for name in called} for id_, called in shown.items()}
    found: dict[str, str] = {}
    for old in into:
        id_, last = names.entity(old), names.entity(_last(old, into))
        label = before.named.get(id_)
        if label is not None and id_ not in shown and tokens(label) in allowed.get(last, ()):
            found[id_] = last
    for id_, told in before.merged.items():
        last = found.get(told, told)
        if id_ not in shown and last in shown:
            found.setdefault(id_, last)
    return dict(sorted(found.items()))


def _last(id_: str, into: Mapping[str, str]) -> str:
    """Return where a chain of merges ends; a circle ends where it began."""
    seen = {id_}
    while (then := into.get(id_)) is not None and then not in seen:
        seen.add(then)
        id_ = then
    return id_
