"""What is said to be the first or the greatest of its kind, as the checks on such claims see it.

    "the first Chilean officer to defect"      content: chilean officer defect      no limit
    "the largest group so far"                 content: large group                 relative: as of the day when it was written
    "the first in 40 years"                    content: 40 year                     relative: nothing before it counts
    "the first woman on its staff"             content: woman staff                 whose staff is not in the words

Here are only the words: which two statements say the same, and what limits one. Nothing is compared with anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from regesta.criticism.view import View

__all__ = ["Statement", "content", "covers", "statements"]

_STATEMENTS: Final = """
with said as (
    select c.id, c.predicate, c.subject, e.label, e.kind, e.is_named, c.value_text, c.when_edtf, c.earliest::varchar as earliest,
           c.latest::varchar as latest, c.source, s.family, s.date, v.start_char, v.end_char
    from claims c join claim_evidence v on v.claim = c.id and v.position = 0 join entities e on e.id = c.subject
    join sources s on s.name = c.source
    where c.predicate in ('first', 'superlative') and c.value_text is not null and c.modality = 'asserted'
      and c.rank <> 'deprecated' and c.said_by is null
)
select d.*, coalesce(max(b.content_start), any_value(d.start_char)),
       coalesce(min(b.content_end), any_value(d.end_char))
from said d left join blocks b on b.source = d.source and b.kind in ('paragraph', 'list_item', 'cell', 'footnote', 'caption')
  and b.content_start <= d.start_char and b.content_end >= d.end_char
group by all order by d.source, d.start_char, d.id
"""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d,.]*\d|\d")
_LONGEST: Final = 2000
"""Code points of a text that are looked at."""
_EMPTY: Final = frozenset(
    "a an the of in on at by with and or from for to its his her their our this that these those it he she they is was were are be "
    "been being has have had who which as into than then ever so far yet also one single very all any world's".split()
)
_POSSESSIVE: Final = re.compile(r"\b(?:his|her|its|their|our|my|this|that|these|those|such)\b", re.IGNORECASE)
_PROPER: Final = re.compile(r"(?<=\s)[A-Z]\w+|\b\d{2,}")
_RELATIVE: Final = re.compile(
    r"\b(?:so far|until then|until now|up to then|to date|at the time|at that time|as of|yet|after that|since then|"
    r"in (?:more than |over |almost |nearly )?[\w-]+ (?:years|decades|months|weeks)|of the (?:year|decade|season|month|week|day)|"
    r"this (?:year|season|decade|century|month)|that (?:year|season|decade|month)|remaining|surviving|living)\b",
    re.IGNORECASE,
)
_GREATEST: Final = re.compile(
    r"\b(?:most|least|best|worst|only|sole|last|first|[a-z]{2,12}est)\b", re.IGNORECASE
)


class _Row(NamedTuple):
    claim: str
    predicate: str
    subject: str
    label: str
    kind: str
    is_named: bool
    text: str
    when: str | None
    earliest: str | None
    latest: str | None
    source: str
    family: str
    stated: str | None
    start: int
    end: int
    block_start: int
    block_end: int


class Statement(_Row):
    """One claim of `first` or `superlative`, and where it stands."""

    @cached_property
    def content(self) -> frozenset[str]:
        """The words that say of what it is the first or greatest, with that word."""
        return content(self.text)

    @property
    def head(self) -> str:
        """The word that makes it one: first, largest, only; empty where there is none."""
        match = _GREATEST.search(self.text)
        return match.group().casefold() if match else ""

    @property
    def is_relative(self) -> bool:
        """Whether it holds for a time that its words do not name: so far, this season, in forty years."""
        return _RELATIVE.search(self.text) is not None

    @property
    def is_absolute(self) -> bool:
        """Whether its own words say of what: a name or a number, and nothing that points elsewhere."""
        return _PROPER.search(self.text) is not None and _POSSESSIVE.search(self.text) is None


def statements(view: View) -> list[Statement]:
    """Return every statement of that kind that somebody asserts, in the order of the sources."""
    return [Statement(*row) for row in view.rows(_STATEMENTS, needs={"first|superlative": 1})]


def content(text: str) -> frozenset[str]:
    """Return the words of a statement that carry its meaning, in one form.

    >>> sorted(content("the first Chilean officers to defect")) == sorted(content("The first Chilean officer who defects"))
    True
    """
    words = (word.casefold().replace("’", "'") for word in _WORD.findall(text[:_LONGEST]))
    return frozenset(_stem(word) for word in words if word not in _EMPTY)


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def covers(words: Iterable[str], others: Iterable[str]) -> int:
    """Return how many of the words stand among the others, "korean" in "korea" too.

    >>> covers({"korean", "only", "pilot"}, {"korea", "only", "soldier"})
    2
    """
    exact = set(others)
    starts = {word[:5] for word in exact if len(word) > 4}
    return sum(word in exact or (len(word) > 4 and word[:5] in starts) for word in words)
