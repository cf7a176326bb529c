"""F012: one person, place or body whose name is spelled in several ways.

    Han Myong-Ho, Han Myong-ho · Chong Dong Su, Jeong Tong Soo        told
    Simonas Kudirka, KUDIRKA Simonas · Kudirka             the same spelling, turned round or cut short

Only spellings of as many parts count, and not what differs in order, commas or capitals of whole names. Two names of one person
(a pseudonym, a married name) are no spellings of one another. Whether they are one is resolution's work.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from regesta.criticism.view import Said, View, finding
from regesta.model import Finding

__all__ = ["spellings"]

_ALIKE: Final = 0.5
"""Share of letters that two spellings have in common, at least."""

_LONGEST: Final = 80
_MOST: Final = 12

_NAMES: Final = """
with named as (
    select m.entity, m.quote, min((m.source, m.start_char, m.end_char)) as place, count(*) as n
    from mentions m where m.form = 'name' and length(m.quote) <= 80 group by all
)
select n.entity, e.label, n.quote, n.place[1], n.place[2], n.place[3], n.n from named n join entities e on e.id = n.entity
where e.is_named and e.kind in ('person', 'place', 'organisation', 'facility') and n.entity in (
    select entity from named group by entity having count(*) > 1)
order by n.entity, n.n desc, n.place
"""

_PARTS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\s,;]+")


def spellings(view: View) -> Iterator[Finding]:
    """Tell of the spellings of one name, one finding for each thing named."""
    names: dict[str, list[tuple[str, Said]]] = defaultdict(list)
    labels: dict[str, str] = {}
    for entity, label, quote, source, start, end, _ in view.rows(_NAMES):
        labels[entity] = label
        if len(names[entity]) < _MOST:
            names[entity].append((quote, Said.passage(source, start, end, quote)))
    for entity, spelled in names.items():
        distinct: list[tuple[str, Said]] = []
        for quote, said in spelled:
            if all(_written(quote) != _written(other) for other, _ in distinct):
                distinct.append((quote, said))
        kept = [
            (quote, said)
            for quote, said in distinct
            if any(_is_spelling(quote, other) for other, _ in distinct if other != quote)
        ]
        if len(kept) > 1:
            words = [" ".join(quote.split()) for quote, _ in kept]
            summary = f"{labels[entity]} is spelled in {len(words)} ways: {', '.join(words)}."
            yield finding(
                "F012", "spelling-variant", "info", summary, [said for _, said in kept], spellings=words
            )


def _written(name: str) -> tuple[str, ...]:
    """Return what is left of a name without order, commas, stops and capitals of whole words.

    >>> _written("KUDIRKA, Simonas") == _written("Simonas Kudirka"), _written("Han Myong-ho") == _written("Han Myong-Ho")
    (True, False)
    """
    words = [word.strip(".'’") for word in _WORDS.findall(name)]
    return tuple(sorted(word.title() if word.isupper() and len(word) > 1 else word for word in words))


def _is_spelling(left: str, right: str) -> bool:
    """Whether one name is the other spelled otherwise.

    >>> _is_spelling("Chong Dong-su", "Jeong, Tong Soo"), _is_spelling("East Germany", "German Democratic Republic")
    (True, False)
    """
    a, b = ([part.casefold() for part in _PARTS.findall(name)] for name in (left, right))
    if not a or len(a) != len(b) or sorted(len(x) == 1 for x in a) != sorted(len(y) == 1 for y in b):
        return False
    orders = ((a, b), (sorted(a), sorted(b)))
    return (
        max(SequenceMatcher(None, "".join(x), "".join(y), autojunk=False).ratio() for x, y in orders)
        >= _ALIKE
    )
