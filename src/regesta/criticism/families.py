"""F080: sources that share their words, or of which one says that it was taken from the other.

    a.txt, b.txt: one family     a ends with "…" where b goes on; a says of itself that it was copied from b

Ten pages that copy one another are one witness, so a reader should know it. Each pair of sources of a family is told once, a large
family as a whole. Who copied whom is said only where there is a sign of it: what a source says of itself, a copy that breaks off.
An earlier date is told as what it is. The passages themselves are told by `shared_words`; nothing is searched for here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from regesta.criticism.view import Said, View, finding
from regesta.model import Finding

__all__ = ["SMALL", "families_told", "shortened", "unmarked"]

SMALL: Final = 5
"""Sources of a family up to which each pair is told."""

_PAIRS: Final = """
with sizes as (select family, count(*) as n_sources from sources group by family having count(*) > 1),
kin as (
    select p.a_source, p.b_source, a.family, count(*) as n, sum(p.words) as words,
           arg_max((p.a_start, p.a_end, p.b_start, p.b_end), (p.words, -p.a_start, -p.b_start)) as longest, max(p.words) as most
    from shared_passages p join sources a on a.name = p.a_source join sources b on b.name = p.b_source
    where a.family = b.family and p.a_source <> p.b_source group by p.a_source, p.b_source, a.family
), named as (
    select distinct least(o.source, o.origin) as a_source, greatest(o.source, o.origin) as b_source, a.family
    from origins o join sources a on a.name = o.source join sources b on b.name = o.origin where a.family = b.family
), pairs as (
    from kin
    union all
    select a_source, b_source, family, 0, 0, null, 0 from named n
    where not exists (from kin k where (k.a_source, k.b_source) in ((n.a_source, n.b_source), (n.b_source, n.a_source)))
), told as (
    select pairs.*, n_sources from pairs join sizes using (family)
    qualify n_sources <= $1 or row_number() over (partition by family order by words desc, a_source, b_source) = 1
), members as (
    select family, list(name order by name) as names from sources where family in (select family from told) group by family
)
select a_source, b_source, family, n_sources, names, n, words, longest, most from told join members using (family)
order by n_sources <= $1, family, words desc, a_source, b_source
"""
"""The pairs of small families, and of each large one the pair that shares most: it may have as many pairs as it has passages."""


_STATEMENTS: Final = """
select source, start_char, end_char, quote, how, named, origin from origins where source in (select unnest(?::varchar[]))
qualify row_number() over (partition by source order by origin is null, start_char) = 1
"""

_TITLES: Final = """
select source, content_start, content_end from blocks
where source in (select unnest(?::varchar[])) and kind = 'heading' and content_end > content_start
qualify row_number() over (partition by source order by position) = 1
"""

_DATES: Final = (
    "select name, date from sources where name in (select unnest(?::varchar[])) and date is not null"
)

_MARKS: Final = re.compile(r"\[\w{1,3}(?:\]|$)")
"""Marks of footnotes."""


_Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is asked of the sources of small families, each by its source or its place."""

    statements: Mapping[str, tuple[Any, ...]]
    """Where, in what words, how, from what, from which source one was taken: its first statement."""
    titles: Mapping[str, Said]
    dates: Mapping[str, str]
    passages: Mapping[_Place, Said]
    tails: Mapping[_Place, str]
    """The words behind a passage."""


def families_told(view: View) -> Iterator[Finding]:
    """Tell of sources that share their words or say that one was taken from the other: they are one witness, not several."""
    told: set[str] = set()
    rows = view.rows(_PAIRS, [SMALL], needs={"sources": 2})
    places_of = [[] if at is None else [(a, at[0], at[1]), (b, at[2], at[3])] for a, b, *_, at, _ in rows]
    known = _known(view, rows, places_of)
    for row, places in zip(rows, places_of, strict=True):
        a, b, family, n_sources, names, n, words, _, most = row
        if n_sources > SMALL:
            if family not in told:
                told.add(family)
                yield _large(view, names, places, most)
            continue
        signs, said, direction = _signs(known, a, b, places)
        share = (
            f"{a} and {b} share {_count(n, 'passage')} of {words:,} words"
            if n
            else f"{a} and {b} are one family"
        )
        summary = "; ".join([share, *signs]) + ": where they agree they are one witness, not two."
        if not signs:
            summary = (
                share + "; which was first is not known: where they agree they are one witness, not two."
            )
        yield finding(
            "F080", "shared-text", "info", summary, [*said, *(known.passages[place] for place in places)],
            sources=[a, b], passages=n, words=int(words), direction=direction,
        )  # fmt: skip


def unmarked(text: str) -> str:
    """Return a text with blanks for marks of footnotes, which are none of its words.

    >>> unmarked("left Mere.[6][7]")
    'left Mere.      '
    """
    return _MARKS.sub(lambda match: " " * len(match[0]), text)


def shortened(words: str) -> str:
    """Return words on one line, cut at 80 code points."""
    line = " ".join(unmarked(words).split())
    return line if len(line) <= 80 else line[:80].rpartition(" ")[0] + " …"


def _large(view: View, names: Sequence[str], places: Sequence[tuple[str, int, int]], most: int) -> Finding:
    """Return the one finding of a large family."""
    shown = ", ".join(names[:3])
    summary = (
        f"{len(names):,} sources share their words and are one witness, not {len(names):,}: {shown} and "
        f"{len(names) - 3:,} more; which was first is not known."
    )
    said = view.passages(places) if places else view.passages([(name, 0, 80) for name in names[:3]])
    return finding("F080", "shared-text", "info", summary, said, sources=list(names[:50]), words=most)


def _known(view: View, rows: Sequence[Sequence[Any]], places_of: Sequence[Sequence[_Place]]) -> _Known:
    """Ask once for what is needed of all pairs of small families."""
    pairs = [(row[0], row[1]) for row in rows if row[3] <= SMALL]
    names = sorted({name for pair in pairs for name in pair})
    if not names:
        return _Known({}, {}, {}, {}, {})
    statements = {source: tuple(rest) for source, *rest in view.rows(_STATEMENTS, [names])}
    heads = view.rows(_TITLES, [names])
    titles = {said.member.source: said for said in view.passages(heads)}
    dates: dict[str, str] = dict(view.rows(_DATES, [names]))
    places = [place for row, both in zip(rows, places_of, strict=True) if row[3] <= SMALL for place in both]
    passages = dict(zip(places, view.passages(places), strict=True))
    tails = dict(zip(places, view.words([(source, end, end + 60) for source, _, end in places]), strict=True))
    return _Known(statements, titles, dates, passages, tails)


def _signs(
    known: _Known, a: str, b: str, places: Sequence[_Place]
) -> tuple[list[str], list[Said], dict[str, str] | None]:
    """Return in words what tells which was first, the passages that say it, and the direction where there is one."""
    signs: list[str] = []
    said: list[Said] = []
    direction: dict[str, str] | None = None
    for one, other in ((a, b), (b, a)):
        if one in known.statements:
            start, end, quote, how, named, origin = known.statements[one]
            if origin is not None and origin != other:
                continue  # it was taken from a third
            said.append(Said.passage(one, start, end, quote))
            said += [known.titles[other]] if other in known.titles else []
            if origin == other:
                signs.append(f"{one} says that it was {how} from {other}")
                direction = {"from": other, "to": one, "because": "says of itself"}
            else:
                signs.append(f"{one} says that it was {how} from “{shortened(named)}”, which {other} may be")
                direction = direction or {"from": "not known", "to": one, "because": "says of itself"}
    if direction is None:
        direction = _broken_off(known, places, signs)
    _dates(known.dates, a, b, signs)
    return signs, said[:4], direction


def _dates(dates: Mapping[str, str], a: str, b: str, signs: list[str]) -> None:
    """Say which source is older, where both have a date and one ends before the other begins."""
    from regesta.dates import bounds
    from regesta.errors import DateError

    if a not in dates or b not in dates:
        return
    try:
        one, two = bounds(dates[a]), bounds(dates[b])
    except DateError:
        return
    for older, newer, x, y in ((a, b, one, two), (b, a, two, one)):
        if x.latest and y.earliest and x.latest < y.earliest:
            signs.append(f"{older} ({dates[older]}) is older than {newer} ({dates[newer]})")


def _broken_off(known: _Known, places: Sequence[_Place], signs: list[str]) -> dict[str, str] | None:
    """Return the direction where the copy breaks off in the middle of what the other goes on to say."""
    if len(places) != 2:
        return None
    tails = [known.tails[place] for place in places]
    for (copy, tail), (whole, more) in (
        ((places[0][0], tails[0]), (places[1][0], tails[1])),
        ((places[1][0], tails[1]), (places[0][0], tails[0])),
    ):
        line, rest = tail.partition("\n")[0].strip(), more.partition("\n")[0].strip()
        if line in ("…", "...", "[…]", "[...]") and rest[:1].isalnum():
            signs.append(f"{copy} breaks off where {whole} goes on")
            return {"from": whole, "to": copy, "because": "breaks off"}
    return None


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}" + ("" if n == 1 else "s")
