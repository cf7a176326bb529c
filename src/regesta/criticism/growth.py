"""F023: totals that count from one beginning, with different dates: they grow, or something is wrong.

    6,000 from 1946 to 1950, 9,000 as of 1956         3,000 more in 6 years, 500 a year: ok
    12,000 registered in total by 2011, 9,400 by 2014      a cumulative total cannot shrink

Two totals count the same people where both are said to be totals, of the same kind of people, and name the same countries,
or one names all that the other does. People who live somewhere may become fewer: only those who came, registered or left can't.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import figure
from regesta.model import Finding
from regesta.vocab.lexicon import lexicon

__all__ = ["growth"]

_FEWEST: Final = 100
"""The smallest number that is taken for a total."""

_CUE: Final = (
    r"(?i)\b(?:in total|total|altogether|in all|as of|so far|to date|since|cumulative|by (?:the end of |mid-)?[12][0-9]{3}|"
    r"up to [12][0-9]{3}|until [12][0-9]{3}|had (?:entered|arrived|come|fled|reached|left))\b"
)

_TOTALS: Final = """
with said as (
    select c.id, c.source, c.subject_label, c.value_number, coalesce(c.bound, '') as bound,
           coalesce(c.value_approximate, false) as about, c.when_edtf, c.earliest, c.latest, c.fingerprint,
           string_agg(e.quote, ' … ' order by e.position) as words
    from claims c join claim_evidence e on e.claim = c.id
    where c.predicate in ('count', 'group_size', 'population') and c.value_unit = 'person' and c.modality = 'asserted'
      and c.rank <> 'deprecated' and c.subset is null and c.value_number >= ? and c.latest is not null
      and not exists (from observations o where o.claim = c.id and o.role = 'observation')
    group by all
)
select id, source, subject_label, value_number, bound, about, when_edtf, latest, words, fingerprint
from said where regexp_matches(words, ?) order by latest, source, id limit 20000
"""

_FLOW: Final = re.compile(
    r"\b(?:enter|arriv|came|come|fled|reach|left|process|admit|register|resettl|accept|flown|emigrat|defected|crossed)\w*",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"\b(?!The\b|As\b|In\b|By\b|Since\b|Total\b|Approximate)[A-Z][a-zà-ÿ]{3,}\b")
_ENDING: Final = re.compile(r"(?:ese|ian|an|ish|ns|s|n|a)$")
_COMPASS: Final = frozenset({"north", "south", "east", "west", "northern", "southern", "eastern", "western"})

_GAP: Final = 20
"""Later totals that one is held against: of those in order of time the next that counts the same is enough."""


class _Total(NamedTuple):
    claim: str
    source: str
    label: str
    number: float
    bound: str
    about: bool
    when: str
    latest: date
    words: str
    says: str

    @property
    def text(self) -> str:
        """Return what says who is counted."""
        return f"{self.words} {self.label}"

    def names(self) -> set[str]:
        """Return the countries and peoples named, their endings cut: Korea and Korean are one."""
        cut = {_ENDING.sub("", name.lower()) for name in _NAME.findall(self.text)}
        return cut - _COMPASS - _MONTHS

    def nouns(self) -> set[str]:
        """Return the nouns for people, in the singular."""
        known = lexicon()
        words = {known.plurals.get(word, word) for word in re.findall(r"[a-z]{4,}", self.text)}
        return (words & known.person_nouns) - {"person"}

    def stated(self) -> str:
        """Return the number with its hedge."""
        return ("about " if self.about or self.bound == "about" else "") + figure(self.number)


_MONTHS: Final = frozenset(
    _ENDING.sub("", m)
    for m in "january february march april june july august september october november december".split()
)


def growth(view: View) -> Iterator[Finding]:
    """Hold totals of one count with different dates against each other: a cumulative total grows."""
    by_noun: dict[str, list[_Total]] = defaultdict(list)
    for row in view.rows(_TOTALS, [_FEWEST, _CUE], needs={"count|group_size|population": 1}):
        total = _Total(*row)
        if total.bound not in {"min", "max"}:
            for noun in total.nouns():
                by_noun[noun].append(total)
    pairs: dict[tuple[str, str], tuple[_Total, _Total]] = {}
    for totals in by_noun.values():
        for index, left in enumerate(totals):
            for right in totals[index + 1 : index + 1 + _GAP]:
                if _are_one(left, right):
                    pairs.setdefault((left.claim, right.claim), (left, right))
                    break
    view.prepare(claim for pair in pairs for claim in pair)
    for left, right in pairs.values():
        yield from _judged(view, left, right)


def _are_one(left: _Total, right: _Total) -> bool:
    """Whether two totals count the same people, the second later."""
    if right.latest.year <= left.latest.year:
        return False
    mine, theirs = left.names(), right.names()
    return bool(mine) and bool(theirs) and (mine <= theirs or theirs <= mine)


def _judged(view: View, left: _Total, right: _Total) -> Iterator[Finding]:
    years = right.latest.year - left.latest.year
    more = right.number - left.number
    passages = view.claims([left.claim, right.claim])
    said = [_short(passages[left.claim][0]), _short(passages[right.claim][0])]
    between = f"{left.stated()} to {left.latest.year}, {right.stated()} to {right.latest.year}"
    computed = {"more": more, "years": years, "a year": round(more / years, 1)}
    are_flows = _FLOW.search(left.text) and _FLOW.search(right.text)
    if more >= 0:
        summary = (
            f"{between}: {figure(more)} more in {years} year{'s' * (years > 1)}, about {figure(round(more / years))} a year; "
            "the later total is the greater."
        )
        yield finding("F023", "arithmetic-check", "ok", summary, said, **computed)
    elif are_flows and left.names() == right.names() and not (left.about or right.about):
        summary = f"{between}: a total of those who came cannot shrink by {figure(-more)}."
        yield finding("F023", "total-mismatch", "warning", summary, said, **computed)


def _short(said: Said) -> Said:
    """Return a passage cut to what a reader takes in."""
    member = said.member
    return (
        Said.passage(member.source, member.start, member.end, member.quote)
        if len(member.quote) > 200
        else said
    )
