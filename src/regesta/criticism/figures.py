"""The figures that the claims of a block hold, each with the words that say it.

    "Laid out for about 60 boys ... now has room for 180"  ──►  60 person about, 180 person

A claim shows a whole passage; a reader wants the number. `Figure.said` cuts the passage to the words around the number where it
stands there once more or less, else to its beginning. What the figures are compared with is each check's work.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from regesta.criticism.view import Said
from regesta.criticism.wordings import NUMBER, Block, number_of

if TYPE_CHECKING:
    from regesta.criticism.view import View

__all__ = ["Figure", "figures_in", "focus"]

_QUANTITIES: Final = (
    "capacity",
    "count",
    "group_size",
    "population",
    "amount",
    "award",
    "duration",
    "figure",
)

_INSIDE: Final = """
with asked as (
    select unnest(range(?)) as n, unnest(?::varchar[]) as source, unnest(?::bigint[]) as first, unnest(?::bigint[]) as last
), pages as (
    select *, unnest(range(first // 4096, last // 4096 + 1)) as page from asked
)
select a.n, c.id, c.source, c.referent, c.predicate, c.value_unit, c.value_number,
       coalesce(c.value_approximate, false) or c.bound is not null, c.when_edtf, e.start_char, e.end_char, e.quote, c.fingerprint
from pages a join claim_evidence e on e.source = a.source and e.start_char // 4096 = a.page and e.position = 0
  and e.start_char >= a.first and e.start_char < a.last join claims c on c.id = e.claim
where c.value_type = 'quantity' and c.value_number > 0 and c.modality = 'asserted' and c.rank <> 'deprecated'
  and c.predicate in (select unnest(?::varchar[]))
order by a.n, e.start_char, c.id
"""

_NUMBER: Final = re.compile(rf"(?i)(?<![\w.,]){NUMBER}(?![\w]|[.,]\d)")
_AROUND: Final = 48
"""Code points on each side of the number that a member shows."""


class Figure(NamedTuple):
    """A quantity that a claim holds: the columns of a query, in this order."""

    claim: str
    source: str
    referent: str
    predicate: str
    unit: str
    number: float
    about: bool
    when: str | None
    start: int
    end: int
    quote: str
    says: str

    @property
    def thing(self) -> tuple[str, str, str]:
        """What it is a quantity of."""
        return self.referent, self.predicate, self.unit

    def said(self) -> Said:
        """Return the words around the number."""
        low, high = focus(self.quote, self.number)
        member = Said.passage(self.source, self.start + low, self.start + high, self.quote[low:high]).member
        return Said(member, self.says)


def focus(quote: str, number: float) -> tuple[int, int]:
    """Return the place of the words around a number in a passage; the beginning where it does not stand there.

    >>> quote = "When it was opened the hostel had been laid out for about 60 boys from the mountain villages, it was later extended"
    >>> quote[slice(*focus(quote, 60))]
    'opened the hostel had been laid out for about 60 boys from the mountain villages'
    >>> quote[slice(*focus(quote, 7))][:18]
    'When it was opened'
    """
    for match in _NUMBER.finditer(quote):
        if number_of(match[0]) == number:
            low, high = max(0, match.start() - _AROUND), min(len(quote), match.end() + _AROUND)
            if low:
                space = quote.find(" ", low, match.start())
                low = space + 1 if space >= 0 else match.start()
            if high < len(quote):
                space = quote.rfind(" ", match.end(), high)
                high = space if space >= 0 else match.end()
            words = quote[low:high]
            cut = max((m.end() for m in re.finditer(r"[.;]\s|,\s", words[: match.start() - low])), default=0)
            stop = re.search(r"[.;,]\s", words[match.end() - low :])
            if stop is not None:
                high = match.end() + stop.start()
            return low + cut, high
    return 0, min(len(quote), 2 * _AROUND)


def figures_in(view: View, blocks: Sequence[Block], *, beside: int = 0) -> list[list[Figure]]:
    """Return the figures that each block tells of, and the text so many code points beside it, in order."""
    found: list[list[Figure]] = [[] for _ in blocks]
    places = [(b.source, max(0, b.start - beside), b.start + len(b.text) + beside) for b in blocks]
    sources, firsts, lasts = ([place[i] for place in places] for i in range(3))
    for n, *row in view.rows(_INSIDE, [len(places), sources, firsts, lasts, list(_QUANTITIES)]):
        found[n].append(Figure(*row))
    return found
