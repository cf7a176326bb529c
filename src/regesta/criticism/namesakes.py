"""F013: different people of one name, to the letter or by sound.

    Cho Kil-ho (1961, director) ≠ Jo Gil-ho (1982, at 16)      one name in two romanisations, two people
    "another Maria Novak kept the shop"                        the source says so itself
    Jan Novak, second, 1:12.4 · Jan Novak, third, 1:13.0       rows of results: nothing is said of who he is
    Kim Min-su, named in 3,000 places as 800 people            more than are all compared: some may be one

Resolution holds them apart, or is unsure; a reader should know. What tells people apart is what is said of a person: a birth, a
death, an age, a trade, a family, and not all of it may be the same, else a list was copied. Names of one word are too common to
tell. What letters sound alike is a rough key for looking; whether two names are one name, `regesta.names` says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations, groupby
from typing import Final, NamedTuple

from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import seldom, texts_saying
from regesta.model import Finding

__all__ = ["CROWD", "named_apart", "namesakes"]

_SURE: Final = 0.9
"""Probability that two names are one name, at least."""
_MOST: Final = 4
"""People whose names sound alike; what more bear is too common to tell anybody anything."""

CROWD: Final = 400
"""Mentions of one name, beyond which resolution compares each with those of the nearest dates alone; a test holds the two numbers equal."""

_CROWDS: Final = """
with borne as (
    select label, count(*) as n, count(distinct entity) as n_people from referents
    where kind in ('person', 'group') and is_named group by label having n > ? and n_people > 1
), named as (
    select b.*, m.source, m.start_char, m.end_char, m.quote,
           row_number() over (partition by b.label order by m.source, m.start_char) as turn
    from borne b join referents r on r.label = b.label and r.kind in ('person', 'group')
    join mentions m on m.referent = r.key and m.form = 'name'
)
select label, n, n_people, source, start_char, end_char, quote from named where turn <= 2 order by n desc, label, turn
"""

_SOUNDS: Final = """
with people as (
    select e.id, e.label, list_transform(
               string_split_regex(lower(strip_accents(e.label)), '[^\\p{L}]+'),
               lambda w: translate(regexp_replace(replace(replace(w, 'ch', 'j'), 'sh', 's'), '[aeiouwyh'']', '', 'g'),
                                   'gqcdbrvz', 'kkktplfj')) as parts
    from entities e where e.kind = 'person' and e.is_named
), keyed as (
    select id, label, array_to_string(list_sort(list_filter(parts, lambda p: p <> '')), ' ') as key
    from people where len(parts) > 1
), alike as (
    select id, label, key from keyed where key <> ''
    qualify count(*) over (partition by key) between 2 and 64
), told as (
    select c.subject as id, list(distinct concat(c.predicate, '=', lower(coalesce(c.value_edtf, c.value_text, c.value_number::varchar)))) as told
    from claims c join alike a on a.id = c.subject
    where c.predicate in ('birth', 'death', 'age', 'role', 'role_after', 'rank', 'kin', 'imprisoned_for', 'origin', 'arrival')
    group by c.subject
), chosen as (
    select a.id, a.label, a.key, coalesce(t.told, []) as told from alike a left join told t on t.id = a.id
    qualify count(*) over (partition by a.key) between 2 and ?
), first_named as (
    select m.entity, arg_min((m.source, m.start_char, m.end_char, m.quote),
                             (-length(m.quote), m.source, m.start_char)) as place
    from mentions m where m.form = 'name' and m.entity in (select id from chosen) group by m.entity
)
select c.key, c.label, if(f.in_table and count(distinct if(f.in_table, c.key, null)) over (partition by f.place[1]) > 1, list_filter(c.told, lambda t: regexp_matches(t, '^(birth|death|age|kin)')), c.told), f.in_table,
       f.place[1], f.place[2], f.place[3], f.place[4]
from chosen c join (
    select *, exists (from blocks b where b.source = place[1] and b.kind = 'cell' and b.start_char <= place[2]
                      and b.end_char >= place[3]) as in_table from first_named
) f on f.entity = c.id order by c.key, c.label, c.id
"""
"""In a table with several such names a trade tells nobody apart: rows of results have what came second in every column."""

_CUE: Final = (
    r"\b(?:(?:yet )?another|the other|a (?:second|third|different)|an unrelated|not the(?: same)?(?: person)?(?: as)?|not to be confused with|"
    r"no relation (?:to|of)|the namesake of|(?:his|her|a) namesake,?|ein(?:e)? (?:andere[rn]?|zweite[rn]?)|(?:der|die) andere|"
    r"nicht (?:der|die)|nicht zu verwechseln mit|une? (?:autre|second|seconde)|à ne pas confondre avec|l['’]autre|otr[oa]|"
    r"no confundir con|un altr[oa]|un['’]altra|um outro|uma outra|een andere|en annan)\s+"
)
_NAME: Final = r"\p{Lu}[\p{L}\p{M}'’-]+(?: (?:(?:da|de|del|della|di|dos|van|von|der|den|bin|bint|al|el|ibn|ben|y) )*\p{Lu}[\p{L}\p{M}'’.-]*){1,4}"
_TITLE: Final = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Herr|Frau|Monsieur|Madame|Señor|Señora|Captain|Father|Sister|Brother)\.? )?"
_TOLD: Final = seldom(f"(?i:{_CUE}){_TITLE}{_NAME}")
_OTHER: Final = re.compile(rf"(?P<cue>(?i:{_CUE})){_TITLE}(?=[^\W\d_a-z])")
_LIKENED: Final = re.compile(
    r"\b(?:like|called|dubbed|hailed|hope|hoped|hopes|wait|waited|need|needs|needed|want|wants|wanted|search|looking|becomes?|became|"
    r"comme|wie|como)\b[^.;:]*$|\b(?:is|was|were|are|be|been|being|as|of|for|ist|war|als|est|était|es|era)\s+$",
    re.IGNORECASE,
)
"""Before "another X": not a namesake but somebody like him."""
_THERE: Final = re.compile(r"\b(?:there|il y|hubo|gab es|es|había)\s+\w*\s*$", re.IGNORECASE)

_NAMED: Final = """
with asked as (
    select unnest(range(?)) as n, unnest(?::varchar[]) as source, unnest(?::bigint[]) as at
), here as (
    select a.n, a.source, a.at, m.start_char, m.end_char, m.quote from asked a
    join mentions m on m.source = a.source and m.form = 'name' and m.start_char between a.at and a.at + 12
    join entities e on e.id = m.entity and e.kind = 'person'
    where regexp_matches(m.quote, '\\S\\s+\\S') and length(m.quote) <= 80
    qualify row_number() over (partition by a.n order by m.start_char) = 1
)
select h.source, h.start_char, h.end_char, h.quote, o.source, o.start_char, o.end_char, o.quote
from here h join mentions o on o.form = 'name' and lower(o.quote) = lower(h.quote)
  and (o.source <> h.source or o.start_char <> h.start_char)
qualify row_number() over (partition by h.n order by o.source <> h.source, o.start_char > h.start_char,
                           abs(o.start_char - h.start_char), o.source, o.start_char) = 1
order by h.source, h.start_char
"""


class _Person(NamedTuple):
    label: str
    told: Sequence[str]
    said: Said


def namesakes(view: View) -> Iterator[Finding]:
    """Tell of people who bear one name."""
    said_so = view.once(_said_so)
    yield from said_so
    yield from _crowds(view)
    known = {member.quote.casefold() for one in said_so for member in one.members}
    keyed: dict[str, list[_Person]] = defaultdict(list)
    for key, label, told, in_table, source, start, end, quote in view.rows(
        _SOUNDS, [_MOST], needs={"named:person": 2}
    ):
        if told or not in_table:
            keyed[key].append(_Person(label, told, Said.passage(source, start, end, quote)))
    alike = [
        _grouped([one for one in people if one.said.member.quote.casefold() not in known])
        for people in keyed.values()
    ]
    pairs = dict.fromkeys((one.label, other.label) for groups in alike for one, other in _pairs(groups))
    answers = view.recall([f"names: {pair!r}" for pair in pairs], partial(_likely, list(pairs)))
    likely = dict(zip(pairs, answers, strict=True))
    for groups in alike:
        yield from _told_apart(groups, likely)


def _crowds(view: View) -> Iterator[Finding]:
    """Tell of names that so many mentions bear that not all of them were compared."""
    rows = view.rows(_CROWDS, [CROWD], needs={"named:person|named:group": 2})
    for (name, n, n_people), places in groupby(rows, lambda row: row[:3]):
        said = [Said(Said.passage(*row[3:]).member, f"crowd: {name}") for row in places]
        summary = (
            f"{n:,} mentions bear the name {' '.join(name.split())} and are told as {n_people:,} people. Each was compared with those of "
            "the nearest dates alone, so that some of them may be one."
        )
        yield finding("F013", "same-name", "info", summary, said, name=name, mentions=n, people=n_people)


def named_apart(view: View) -> frozenset[str]:
    """Return the names, case folded, of whom a source says itself that two people bear them: what is told of one may be the other's."""
    return frozenset(member.quote.casefold() for one in view.once(_said_so) for member in one.members)


def _grouped(people: Sequence[_Person]) -> list[list[_Person]]:
    """Return people whose names sound alike by the letters of their names; who may be one of a group is left out."""
    named: dict[str, list[_Person]] = defaultdict(list)
    for one in people:
        group = named[one.label.casefold()]
        if all(_differ(one, other) for other in group):
            group.append(one)
    return list(named.values())


def _pairs(groups: Sequence[Sequence[_Person]]) -> Iterator[tuple[_Person, _Person]]:
    """Yield two of other spellings who differ in what is told of them."""
    for one, other in combinations([group[0] for group in groups], 2):
        if _differ(one, other) and not (_is_numbered(one.label) or _is_numbered(other.label)):
            yield one, other


def _told_apart(
    groups: Sequence[Sequence[_Person]], likely: Mapping[tuple[str, str], float]
) -> Iterator[Finding]:
    """Yield one finding for those who bear one name to the letter, and one for each pair of spellings."""
    for group in groups:
        if len(group) > 1:
            count = {2: "Two", 3: "Three", 4: "Four"}.get(len(group), str(len(group)))
            summary = f"{count} people by the name of {' '.join(group[0].label.split())} are told apart."
            yield finding("F013", "same-name", "info", summary, _in_order(group), probability=1.0)
    for one, other in _pairs(groups):
        probability = likely[one.label, other.label]
        if probability >= _SURE:
            summary = f"{one.label} and {other.label} may be one name of two people."
            said = _in_order([one, other])
            yield finding("F013", "same-name", "info", summary, said, probability=round(probability, 2))


_FEW: Final = 16
"""Pairs of names that are compared one by one: for many it is worth the while to prepare tables."""


def _likely(pairs: Sequence[tuple[str, str]], asked: Sequence[int]) -> list[float]:
    """Return how likely the two names of each pair that is asked for are one."""
    from regesta.names import compare, compare_many  # take their tables along

    if len(asked) <= _FEW:
        return [float(compare(*pairs[number]).probability) for number in asked]
    one, other = zip(*(pairs[number] for number in asked), strict=True)
    return [float(probability) for probability in compare_many(one, other)]


def _in_order(people: Sequence[_Person]) -> list[Said]:
    return sorted((one.said for one in people), key=lambda said: (said.member.source, said.member.start))


def _differ(one: _Person, other: _Person) -> bool:
    """Whether something told of both is not the same.

    >>> from regesta.criticism.view import Said
    >>> here = Said.passage("a.csv", 0, 3, "Ana")
    >>> _differ(_Person("Ana", ["birth=1904"], here), _Person("Ana", ["birth=1904", "role=nurse"], here))
    False
    >>> _differ(_Person("Ana", ["birth=1904"], here), _Person("Ana", ["birth=1881"], here))
    True
    """
    left, right = _by_predicate(one.told), _by_predicate(other.told)
    common = left.keys() & right.keys()
    return not common or any(left[name].isdisjoint(right[name]) for name in common)


def _by_predicate(told: Sequence[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in told:
        name, _, value = one.partition("=")
        found[name].add(value)
    return found


def _is_numbered(label: str) -> bool:
    """Whether a name ends in a number, as ships, machines and kings are told apart."""
    return re.fullmatch(r"[IVXL]+|\d+", label.rsplit(maxsplit=1)[-1]) is not None


def _said_so(view: View) -> list[Finding]:
    """Tell where a source itself says that another one bears the name: "another X", "not the X who"."""
    asked: list[tuple[str, int]] = []
    for source, start, text in texts_saying(view, _TOLD):
        for match in _OTHER.finditer(text):
            before = text[max(0, match.start() - 60) : match.start()]
            is_like = _LIKENED.search(before) and not _THERE.search(before)
            if not (is_like and not match["cue"].casefold().startswith(("not", "nicht"))):
                asked.append((source, start + match.end()))
    if not asked:
        return []
    rows = view.rows(_NAMED, [len(asked), [source for source, _ in asked], [at for _, at in asked]])
    told: set[tuple[str, str]] = set()
    found = []
    for source, start, end, quote, *there in rows:
        if (source, quote.casefold()) in told:
            continue
        told.add((source, quote.casefold()))
        said = [
            Said.passage(*there),
            Said.passage(source, start, end, quote),
        ]
        said.sort(key=lambda one: (one.member.source != there[0], one.member.start))
        summary = f"Two people are called {' '.join(quote.split())}, as the source itself says."
        found.append(finding("F013", "same-name", "info", summary, said, probability=1.0))
    return found
