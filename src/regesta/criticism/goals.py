"""F071: entries of a list of those who came to one country, which tell that somebody went to another.

    "Refugees in Turkey"          Rui Prado – 1961, defected to the West.             warning
    "Exiles in Norway"            Ana Sousa – was granted asylum in Sweden.           info

A title or heading says where its entries came to; the headings that only divide its list (years, decades, letters) go with it. An
entry that names the country of its list, or its people, anywhere may tell of a way station and is left alone; so is "the
West" where the country may be meant by it. Fleeing to a neighbour is a way, no goal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from regesta.criticism.pages import pages
from regesta.criticism.view import View, finding
from regesta.model import Finding
from regesta.places import country, country_name, demonym

__all__ = ["goals"]

_WHO: Final = (
    r"refugees?|defectors?|exiles?|[ée]migr[ée]s?|emigrants?|fugitives?|escapees?|arrivals|deserters|asylum seekers|"
    r"(?:those|people|men|women) who (?:came|fled|defected|escaped|got)"
)
_GOAL: Final = rf"(?i)\b(?:{_WHO})\b[^.;\n]{{0,40}}?\b(?:in|into|to|reached)\s+(?:the )?(?-i:[A-Z][\w'’.-]+(?: (?:of |and )?[A-Z][\w'’.-]+){{0,3}})\s*$"
"""A title or heading by which all entries below came to one place."""
_PLACE: Final = re.compile(
    r"\b(?:in|into|to|reached)\s+(?:the )?([A-Z][\w'’.-]+(?: (?:of |and )?[A-Z][\w'’.-]+){0,3})\s*$"
)

_DIVIDES: Final = re.compile(
    r"(?i)\W*(?:by (?:year|decade|date|name|month)|alphabetical(?:ly)?|chronological(?:ly)?|(?:the )?list|entries|persons|people|names|"
    r"[12][0-9]{3}(?:s|\W+[0-9]{2,4}s?)?|[a-z](?:\W+[a-z])?|(?:the )?(?:early |mid-?|late )?[12][0-9]{3}s)\W*"
)
"""Headings that only divide a list."""

_WEST: Final = frozenset("US CA GB IE FR BE NL LU DE CH AT IT ES PT SE NO DK FI IS GR AU NZ IL DEDE".split())
"""Countries that may be meant by "the West"."""

_WENT: Final = (
    r"\bdefected to (?:the (?:West|free world|Free World)\b|(?:the )?[A-Z]\w+(?: [A-Z]\w+)?)"
    r"|\b(?:granted|given|received) (?:political )?asylum in (?:the )?[A-Z]\w+(?: [A-Z]\w+)?"
)
_BLOC: Final = re.compile(r"\bthe (?:West|free world|Free World)$")

_HEADINGS: Final = """
with headed as (
    select b.source, b.position, b.level, b.content_start, b.content_end,
           substring(t.text, b.content_start - t.start_char + 1, b.content_end - b.content_start) as words
    from blocks b join pages t on t.source = b.source and t.page = b.content_start // 1024
    where b.kind = 'heading' and b.content_end - b.content_start between 1 and 120
)
select source, content_start, content_end, words, regexp_matches(words, ?) from headed
where source in (select source from headed where regexp_matches(words, ?))
order by source, position
"""

_TOLD: Final = """
with ranges as (
    select unnest(range(?)) as n, unnest(?::varchar[]) as source, unnest(?::bigint[]) as first, unnest(?::bigint[]) as last
), entries as (
    select r.n, b.source, b.content_start, substring(t.text, b.content_start - t.start_char + 1,
           b.content_end - b.content_start) as words
    from ranges r join blocks b on b.source = r.source and b.kind = 'list_item' and b.content_start >= r.first
      and b.content_end <= r.last
    join texts t on t.source = b.source and t.start_char <= b.content_start and t.start_char + length(t.text) > b.content_start
)
select e.n, e.source, e.content_start, e.words, m.start_char, m.end_char
from entries e join mentions m on m.source = e.source and m.form = 'name' and m.start_char >= e.content_start
  and m.end_char <= e.content_start + 60
join entities p on p.id = m.entity and p.kind = 'person'
where regexp_matches(e.words, ?)
qualify row_number() over (partition by e.n, e.source, e.content_start order by m.start_char) = 1
order by e.source, e.content_start, e.n
"""


@dataclass(frozen=True, slots=True)
class _List:
    """A heading that says where its entries came to, and how far it reaches."""

    source: str
    heading: tuple[int, int]
    code: str
    until: int


def goals(view: View) -> Iterator[Finding]:
    """Tell of entries whose goal is not the country that their list is of."""
    lists = _lists(view)
    if not lists:
        return
    columns = [[one.source for one in lists], [one.heading[1] for one in lists], [one.until for one in lists]]
    for index, source, begin, words, name_start, name_end in view.rows(_TOLD, [len(lists), *columns, _WENT]):
        one = lists[index]
        found = list(re.finditer(_WENT, words))
        goal = found[0].group()
        bloc = _BLOC.search(goal)
        if len(found) > 1 or _names(words, one.code) or (bloc and one.code in _WEST):
            continue
        if not bloc:
            other = _country(goal)
            if other is None or other == one.code:
                continue
        places = [
            (source, *one.heading),
            (source, name_start, name_end),
            (source, begin + found[0].start(), begin + found[0].end()),
        ]
        said = view.passages(places)
        where = country_name(one.code) or one.code
        summary = f"{said[1].member.quote}: “{goal}”, in a list of those who came to {where}."
        yield finding(
            "F071", "convention-breach", "warning" if bloc else "info", summary, said, country=where
        )


def _lists(view: View) -> list[_List]:
    if not view.holds({"block:heading": 1, "block:list_item": 1}):
        return []
    lists: list[_List] = []
    open_: _List | None = None
    pages(view)
    for source, start, end, words, is_goal in view.rows(_HEADINGS, [_GOAL, _GOAL]):
        if open_ is not None and open_.source != source:
            lists.append(open_)
            open_ = None
        if open_ is not None and not _DIVIDES.fullmatch(words):
            lists.append(_List(source, open_.heading, open_.code, start))
            open_ = None
        if is_goal and (code := _country(words)) is not None:
            open_ = _List(source, (start, end), code, 1 << 40)
    if open_ is not None:
        lists.append(open_)
    return lists


def _country(words: str) -> str | None:
    """Return the code of the country at the end of the words.

    >>> _country("List of refugees in South Korea"), _country("was granted asylum in the Netherlands")
    ('KR', 'NL')
    """
    found = _PLACE.search(words)
    return country(found.group(1)) if found else None


def _names(words: str, code: str) -> bool:
    """Return whether an entry names a country or its people.

    >>> _names("became famous in South Korea", "KR"), _names("a South Korean ship", "KR"), _names("to the South", "KR")
    (True, True, True)
    """
    if re.search(r"\bthe (?:South|North|East)\b", words):
        return True
    for found in re.finditer(r"(?=\b([A-Z][\w'’-]+(?: [A-Z][\w-]+)?))", words):
        name = re.sub(r"['’]s?$", "", found.group(1))
        for part in (name, name.split(" ")[0]):
            if code in (country(part), demonym(part)):
                return True
    return False
