"""F012 and F086: one person, place or body whose name is spelled in several ways, and names that differ in spelling alone.

    Han Myong-Ho, Han Myong-ho · Chong Dong Su, Jeong Tong Soo        told
    Simonas Kudirka, KUDIRKA Simonas · Kudirka             the same spelling, turned round or cut short

    Harbour Defence Board ≠ Harbor Defense Board           told apart, and perhaps one

Only spellings of as many parts count, and not what differs in order, commas or capitals of whole names. Two names of one person
(a pseudonym, a married name) are no spellings of one another. Whether they are one is resolution's work.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

from regesta.criticism.view import Said, View, finding
from regesta.model import Finding

__all__ = ["spelled_apart", "spellings"]

_ALIKE: Final = 0.5
"""Share of letters that two spellings have in common, at least."""

_CLOSE: Final = 0.8
"""Share of letters in common from which on nobody is asked whether two spellings are one name."""
_ONE: Final = 0.5
"""Probability that two spellings are one name, at least."""

_LONGEST: Final = 80
_MOST: Final = 12

_NAMES: Final = """
with placed as (
    select m.entity, m.quote, m.source, min((m.start_char, m.end_char)) as place, count(*) as n
    from mentions m where m.form = 'name' and length(m.quote) <= 80 group by all
), named as (
    select entity, quote, min((source, place[1], place[2])) as place, sum(n) as n, list_sort(list((source, place[1], place[2])))[2] as second
    from placed group by all
)
select n.entity, if(e.kind = 'person', e.label, '') as person, e.label, n.quote, n.place[1], n.place[2], n.place[3], n.n, n.second from named n join entities e on e.id = n.entity
where e.is_named and e.kind in ('person', 'place', 'organisation', 'facility') and n.entity in (
    select entity from named group by entity having count(*) > 1)
order by n.entity, n.n desc, n.place
"""

_APART: Final = r"""
with named as (
    select e.id, e.kind, e.label, regexp_replace(regexp_replace(regexp_replace(regexp_replace(lower(strip_accents(e.label)),
               '^the ', ''), '&', 'and'), '[^\p{L}\p{N}]', '', 'g'), '(cent|theat|met|lit|calib|fib)re', '\1er', 'g') as bare
    from entities e where e.is_named and length(e.label) between 5 and 80
      and e.kind in ('place', 'organisation', 'facility', 'law', 'term', 'event')
), keyed as (
    select id, label, concat(kind, replace(replace(replace(replace(bare, 'our', 'or'), 'defence', 'defense'), 'ise', 'ize'),
                             'isation', 'ization')) as key from named
), chosen as (
    select * from keyed qualify count(*) over (partition by key) between 2 and 4
), first_named as (
    select m.entity, arg_min((m.source, m.start_char, m.end_char, m.quote), (m.source, m.start_char)) as place
    from mentions m join chosen c on c.id = m.entity and m.quote = c.label group by m.entity
)
select c.key, c.label, f.place[1], f.place[2], f.place[3], f.place[4] from chosen c join first_named f on f.entity = c.id
order by c.key, f.place
"""

_PARTS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\s,;]+")


def spellings(view: View) -> Iterator[Finding]:
    """Tell of the spellings of one name, one finding for each thing named."""
    names: dict[str, list[tuple[str, Said]]] = defaultdict(list)
    labels: dict[str, str] = {}
    people: set[str] = set()
    elsewhere: dict[tuple[str, str], Said] = {}
    for entity, person, label, quote, source, start, end, _, second in view.rows(
        _NAMES, needs={"named:person|named:place|named:organisation|named:facility": 1}
    ):
        labels[entity] = label
        if person:
            people.add(entity)
        if len(names[entity]) < _MOST:
            names[entity].append((quote, Said.passage(source, start, end, quote)))
            if second:
                elsewhere[entity, quote] = Said.passage(second[0], second[1], second[2], quote)
    for entity, spelled in names.items():
        distinct: list[tuple[str, Said]] = []
        for quote, said in spelled:
            if all(_written(quote) != _written(other) for other, _ in distinct):
                distinct.append((quote, said))
        alike: set[int] = set()
        for (i, (quote, _)), (j, (other, _)) in combinations(enumerate(distinct), 2):
            if {i, j} <= alike or quote == other or not _is_spelling(quote, other):
                continue
            if entity not in people or _is_one_name(quote, other):
                alike |= {i, j}
        kept = [one for i, one in enumerate(distinct) if i in alike]
        if len(kept) > 1:
            words = [" ".join(quote.split()) for quote, _ in kept]
            summary = f"{labels[entity]} is spelled in {len(words)} ways: {', '.join(words)}."
            shown = [said for _, said in kept]
            if len(kept) == 2:  # few enough to show where else each is written so
                shown += [elsewhere[entity, quote] for quote, _ in kept if (entity, quote) in elsewhere]
            yield finding("F012", "spelling-variant", "info", summary, shown, spellings=words)


def spelled_apart(view: View) -> Iterator[Finding]:
    """Tell of names of places and bodies that are told apart and differ in spelling alone."""
    keyed: dict[str, dict[str, Said]] = defaultdict(dict)
    for key, label, source, start, end, quote in view.rows(
        _APART, needs={"named:place|named:organisation|named:facility|named:law|named:term|named:event": 2}
    ):
        keyed[key].setdefault(label, Said.passage(source, start, end, quote))
    for spelled in keyed.values():
        if len(spelled) > 1:
            names = list(spelled)
            summary = f"{' and '.join(names[:2])} may be one name spelled in {len(names)} ways."
            yield finding(
                "F086", "spelling-variant", "info", summary, list(spelled.values()), spellings=names
            )


def _written(name: str) -> tuple[str, ...]:
    """Return what is left of a name without order, commas, stops and capitals of whole words.

    >>> _written("KUDIRKA, Simonas") == _written("Simonas Kudirka"), _written("Han Myong-ho") == _written("Han Myong-Ho")
    (True, False)
    """
    words = [word.strip(".'’") for word in _WORDS.findall(name)]
    return tuple(sorted(word.title() if word.isupper() and len(word) > 1 else word for word in words))


def _is_one_name(left: str, right: str) -> bool:
    """Whether two names of one person are one name: a translated or a taken name is another one.

    >>> _is_one_name("Yonas Fesehaye", "Yonas Fessehaye"), _is_one_name("András Gróf", "Andrew Grove")
    (True, False)
    """
    if _have_in_common(left.casefold(), right.casefold(), _CLOSE):
        return True
    from regesta.names import compare  # takes its tables along, and its time

    return float(compare(left, right).probability) >= _ONE


def _is_spelling(left: str, right: str) -> bool:
    """Whether one name is the other spelled otherwise.

    >>> _is_spelling("Chong Dong-su", "Jeong, Tong Soo"), _is_spelling("East Germany", "German Democratic Republic")
    (True, False)
    """
    a, b = ([part.casefold() for part in _PARTS.findall(name)] for name in (left, right))
    if not a or len(a) != len(b) or sorted(len(x) == 1 for x in a) != sorted(len(y) == 1 for y in b):
        return False
    return _have_in_common("".join(a), "".join(b), _ALIKE) or _have_in_common(
        "".join(sorted(a)), "".join(sorted(b)), _ALIKE
    )


def _have_in_common(left: str, right: str, share: float) -> bool:
    """Whether two words have so many of their letters in common: they have at least those before or those after what differs."""
    same = max(_n_shared(left, right), _n_shared(left[::-1], right[::-1]))
    if 2 * same >= share * (len(left) + len(right)):
        return True
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= share


def _n_shared(left: str, right: str) -> int:
    """Return how many letters two words begin with alike."""
    letters = enumerate(zip(left, right, strict=False))
    return next((n for n, (a, b) in letters if a != b), min(len(left), len(right)))
