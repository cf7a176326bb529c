r"""F021: a total that ends a count ("bringing 81 in all"), its parts, and another total of the same event.

    50 came on the 3rd; 31 more on the 4th, bringing 81 in all        50 + 31 = 81, ok
                                                     71 in all        sum-mismatch
    elsewhere: "in May 85 came", from the same country                sum-mismatch, both shown

The parts are the groups told just before, as far back as the sum asks for. A total above them may count from further back and
is left alone. Two totals are of one event where one source tells both exactly, the time of one holds that of the other, they
name the same place and differ by little; unless both are called the largest, that is only worth knowing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import NUMBER, Block, blocks_saying, figure, number_of, seldom
from regesta.model import Finding

__all__ = ["running_totals"]

_N: Final = rf"(?i:{NUMBER})"
_TOTAL: Final = re.compile(
    rf"\b(?:(?:bringing|making|giving|totall?ing)\s[^.;:0-9]{{0,60}}?(?P<a>{_N})(?P<an>(?:\s[\w'’-]+){{0,3}})"
    rf"|(?P<b>{_N})(?P<bn>(?:\s[\w'’-]+){{0,4}}?)\s(?:in all|all told|altogether|in total)\b)"
)
_CUE: Final = seldom(r"\b(?:bringing|making|giving|totall?ing|in all|all told|altogether|in total)\b")
_FIRST: Final = re.compile(rf"(?P<n>{_N})\b")
_MORE: Final = re.compile(
    rf"\b{_N}\s(?:more|others?|further|additional)\b|\b(?:another|a further|an additional)\s{_N}\b",
    re.IGNORECASE,
)
_SINCE: Final = re.compile(
    r"\b(?:since|so far|this year|to date|(?:for|of) the (?:year|month|season|war)|population)\b",
    re.IGNORECASE,
)
"""Words after which a total counts more than what stands before it."""

_RECORD: Final = re.compile(r"\b(?:largest|biggest|greatest|highest|record)\b", re.IGNORECASE)

_BACK: Final = 6
"""Groups before a total that may be its parts."""

_FAR: Final = 2_000
"""Code points before the block of a total in which its parts may stand."""

_NEAR: Final = 0.25
"""By which share two totals of one event may differ; beyond it they are of two events."""

_GROUPS: Final = """
select c.id, c.source, e.start_char, e.end_char, c.value_number, c.earliest, c.latest, c.when_edtf, c.referent,
       exists (from claims a where a.referent = c.referent and a.predicate in ('arrival', 'departure')) as moves,
       e.quote, c.predicate, c.fingerprint
from claims c join claim_evidence e on e.claim = c.id and e.position = 0
where c.source in (select unnest(?::varchar[])) and (c.predicate in ('group_size', 'count') and c.value_unit = 'person'
       or c.predicate = 'figure' and c.value_unit = 'unit')
  and c.value_number is not null and c.modality = 'asserted' and c.rank <> 'deprecated' and c.bound is null
  and not coalesce(c.value_approximate, false) and c.subset is null
order by c.source, e.start_char, c.id
"""

_AROUND: Final = """
with asked as (
    select unnest(range(?)) as n, unnest(?::varchar[]) as source, unnest(?::bigint[]) as at
), near as (
    select source, content_start, max(content_end) as content_end from blocks
    where source in (select source from asked) and kind in ('paragraph', 'list_item', 'cell')
    group by source, content_start
)
select a.n, b.source, b.content_start, b.content_end from asked a asof join near b
  on a.source = b.source and a.at >= b.content_start
where a.at < b.content_end and b.content_end - b.content_start < 20000 order by a.n
"""

_PLACES: Final = """
select distinct m.source, m.quote from mentions m join entities e on e.id = m.entity
where e.kind = 'place' and m.form = 'name' and m.source in (select unnest(?::varchar[])) order by all
"""


class _Group(NamedTuple):
    """A number of people and where it is said."""

    claim: str
    source: str
    start: int
    end: int
    number: float
    earliest: Any
    latest: Any
    when: str | None
    referent: str
    moves: bool
    quote: str
    predicate: str
    says: str

    @property
    def is_told(self) -> bool:
        """Whether the passage begins with the number; one that counts nothing of its own must be "more"."""
        first = _FIRST.match(self.quote)
        is_more = self.predicate != "figure" or _MORE.match(self.quote) is not None
        return first is not None and is_more and number_of(first["n"]) == self.number

    def said(self) -> Said:
        """Return the first words of its passage, no more than the sentence needs."""
        first = re.match(r"(?:\S+\s+){0,4}\S+", self.quote)
        quote = first[0] if first else self.quote
        passage = Said.passage(self.source, self.start, self.start + len(quote), quote)
        return Said(passage.member, self.says)


class _Total(NamedTuple):
    """A total, its parts, and what they add up to."""

    said: Said
    number: int
    at: int
    parts: tuple[_Group, ...]
    record: bool
    """Whether its sentence calls it the largest, the first, the only one."""


def running_totals(view: View) -> Iterator[Finding]:
    """Hold a total that ends a count against its parts, and against another total of the same event."""
    blocks = blocks_saying(view, _CUE)
    if not blocks:
        return
    groups: dict[str, list[_Group]] = {}
    for row in view.rows(_GROUPS, [sorted({block.source for block in blocks})]):
        one = _Group(*row)
        if one.is_told:
            groups.setdefault(one.source, []).append(one)
    held: list[_Total] = []
    for block in blocks:
        for match in _TOTAL.finditer(block.text):
            total = _total(block, match, groups.get(block.source, []))
            if total is None:
                continue
            said = [*(part.said() for part in total.parts), total.said]
            added = sum(part.number for part in total.parts)
            working = f"{' + '.join(figure(part.number) for part in total.parts)} = {figure(added)}"
            computed = {
                "working": working,
                "sum": added,
                "stated": total.number,
                "difference": added - total.number,
            }
            if added == total.number:
                held.append(total)
                summary = f"{working}, the total that the text states."
                yield finding("F021", "arithmetic-check", "ok", summary, said, **computed)
            elif added > total.number:
                summary = f"{working}, but the text states {figure(total.number)} in all."
                yield finding("F021", "sum-mismatch", "warning", summary, said, **computed)
    yield from _elsewhere(view, held, groups)


def _total(block: Block, match: re.Match[str], groups: list[_Group]) -> _Total | None:
    """Return a total with the parts that explain it, else with the last part and what it is added to."""
    name = "a" if match["a"] else "b"
    number = number_of(match[name])
    low, high = block.sentence(match.start())
    stop = re.compile(r"[,;]|$").search(block.text, match.end(), high)
    if number is None or _SINCE.search(block.text, low, stop.start() if stop else high):
        return None
    at = block.start + match.start(name)
    end = bisect_left(groups, at, key=lambda group: group.start)
    before = [g for g in groups[max(0, end - _BACK) : end] if g.start > block.start - _FAR]
    inside = [g for g in before if g.start >= block.start + low]
    if not inside or not before:
        return None
    is_record = bool(_RECORD.search(block.text, low, high))
    said = block.said(match.start(), match.end(f"{name}n") if name == "a" else match.end())
    added = 0.0
    for index in range(len(before) - 1, -1, -1):
        added += before[index].number
        chosen = tuple(before[index:])
        if added == number and len(chosen) > 1:
            return _Total(said, number, at, chosen, is_record)
    more = list(_MORE.finditer(block.text, low, match.start()))
    if len(more) == 1 and len(before) > 1 and len(inside) <= 2:
        pair = tuple(before[-2:])
        if sum(part.number for part in pair) > number > pair[-1].number and _is_next(pair, block):
            return _Total(said, number, at, pair, is_record)
    return None


def _is_next(pair: tuple[_Group, ...], block: Block) -> bool:
    """Whether the group that is added to stands in the same block, or at the most in the one before."""
    return pair[0].start >= block.start or block.start - pair[0].end < 200


def _elsewhere(view: View, held: list[_Total], groups: dict[str, list[_Group]]) -> Iterator[Finding]:
    """Hold a total whose parts add up against other totals of the same event in the same source."""
    pairs = []
    by_month: dict[tuple[str, int, int], list[_Group]] = {}
    for other in (
        one for source in {t.parts[0].source for t in held} for one in groups[source] if one.earliest
    ):
        by_month.setdefault((other.source, other.earliest.year, other.earliest.month), []).append(other)
    for total in held:
        first = min((p.earliest for p in total.parts if p.earliest), default=None)
        last = max((p.latest for p in total.parts if p.latest), default=None)
        if first is None or last is None or (last - first).days > 92:
            continue
        for other in by_month.get((total.parts[0].source, first.year, first.month), ()):
            is_apart = abs(other.start - total.at) > 300
            holds = other.earliest and other.latest and other.earliest <= first and last <= other.latest
            is_short = holds and (other.latest - other.earliest).days <= 92
            is_near = (
                other.number != total.number and abs(other.number - total.number) <= _NEAR * total.number
            )
            if (
                is_apart
                and is_short
                and is_near
                and other.moves
                and all(other.number > p.number for p in total.parts)
            ):
                pairs.append((total, other))
    if not pairs:
        return
    records = {
        other.start
        for block in blocks_saying(view, f"(?i:{_RECORD.pattern})")
        for _, other in pairs
        if block.source == other.source
        and block.start <= other.start < block.start + len(block.text)
        and _RECORD.search(block.text, *block.sentence(other.start - block.start))
    }
    named = _named(view, [(t.parts[0].source, at) for t, o in pairs for at in (t.at, o.start)])
    for index, (total, other) in enumerate(pairs):
        if not named[2 * index] & named[2 * index + 1]:
            continue
        is_one = total.record and other.start in records
        parts = " + ".join(figure(p.number) for p in total.parts)
        apart = other.number - total.number
        summary = (
            f"{parts} = {figure(total.number)} here, {figure(other.number)} there ({other.when}), of the same time and place: "
            f"{figure(abs(apart))} {'more' if apart > 0 else 'fewer'}."
        )
        said = [*(p.said() for p in total.parts), total.said, other.said()]
        yield finding(
            "F021",
            "sum-mismatch",
            "warning" if is_one else "info",
            summary,
            said,
            working=f"{parts} = {figure(total.number)}",
            totals=[total.number, other.number],
            difference=apart,
        )


def _named(view: View, places: list[tuple[str, int]]) -> list[set[str]]:
    """Return the names of places that the sentence around each offset holds."""
    known: dict[str, set[str]] = {}
    for source, name in view.rows(_PLACES, [sorted({source for source, _ in places})]):
        known.setdefault(source, set()).add(name)
    rows = view.rows(_AROUND, [len(places), [s for s, _ in places], [at for _, at in places]])
    named: list[set[str]] = [set() for _ in places]
    for (n, source, start, _), words in zip(rows, view.words([row[1:] for row in rows]), strict=True):
        block = Block(source, 0, "", None, start, words)
        low, high = block.sentence(places[n][1] - start)
        named[n] = {name for name in known.get(source, ()) if words.find(name, low, high) >= 0}
    return named
