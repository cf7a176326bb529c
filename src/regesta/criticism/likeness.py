"""Whether two claims that clash are told of one person for more reasons than two names that are alike.

    "Ana Horvat" and "Ana Horvat"                   one name: firm
    "ORTIZ RUIZ, Ana" and "RUIZ ORTIZ Ana"          alike in names alone: loose
    the same two, and one day of arrival, one trade firm

A conflict between two who are loosely one may only say that they are two; so it is told, but as no defect. The weights are
those of `links`; what somebody decided is firm. Nothing is compared anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from regesta.criticism.view import View

__all__ = ["FIRM", "loose"]

FIRM: Final = 5.0
"""Weight of a link from which more than a name speaks for it: log2 of the odds."""

_LOOSE: Final = r"""
with asked as (
    select unnest(?::varchar[]) as a, unnest(?::varchar[]) as b
), paired as (
    select k.a, k.b, c.referent as x, d.referent as y,
           regexp_replace(lower(r.label), '[^\w]+', '', 'g') = regexp_replace(lower(s.label), '[^\w]+', '', 'g') as alike
    from asked k join claims c on c.id = k.a join claims d on d.id = k.b
    join referents r on r.key = c.referent join referents s on s.key = d.referent
)
select p.a, p.b from paired p
where p.x <> p.y and not p.alike and not exists (
    select 1 from links l where l.verdict = 'same' and (l.weight >= ? or l.decision is not null)
      and (l.left_referent = p.x and l.right_referent = p.y or l.left_referent = p.y and l.right_referent = p.x)
)
"""


def loose(view: View, pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return which pairs of claims are about one subject only because two names are alike."""
    asked = sorted(set(pairs))
    if not asked:
        return frozenset()
    found = view.rows(_LOOSE, [[a for a, _ in asked], [b for _, b in asked], FIRM])
    return frozenset((a, b) for a, b in found)
