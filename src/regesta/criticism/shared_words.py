"""F081 and F082: single passages that stand in two sources, and passages told twice in one.

    a: ... went with her son for Ceuta by way of the beach ...           alike but for: her son for Ceuta | both sons for Spain
    b: ... went with both sons for Spain by way of the beach ...

Only the longest passages are told one by one, and of the others their number. That sources are one family is told by `families`.
Footnotes, menus and tables are left to other checks. Passages were found when the chronicle was built; nothing is searched for here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from regesta.criticism.families import SMALL, shortened, unmarked
from regesta.criticism.view import Said, View, finding
from regesta.model import Finding
from regesta.sharing import variants
from regesta.text.span import Span

__all__ = ["shared_entries", "told_twice"]

_EACH: Final = 6
"""Passages that are told one by one of each pair, or of each large family."""
_APART: Final = 2
"""The same of two sources that are of no family."""
_MOST: Final = 100
"""Passages that are told one by one in all, the longest; of those within one source as many."""
_WINDOW: Final = 190
"""Code points of a member that shows what differs."""
_LINE: Final = 5
"""Words of a line of prose, on average."""
_WORTH: Final = 12
"""Code points of difference, on both sides together, that are worth a second stretch."""
_LONGEST: Final = 20_000
"""Code points of a passage that are compared word by word."""
_NEAR: Final = 2
"""Words between two differences that are told as one."""

_KINDS: Final = "('paragraph', 'list_item', 'quote', 'definition', 'caption')"

_PASSAGES: Final = f"""
with own as (
    select source, position, kind, content_start as first, content_end as last from blocks where content_end > content_start
), kept as (
    select p.*, sa.family = sb.family as is_kin, sa.family as of_family, (p.a_start + p.a_end) // 2 as a_middle,
           (p.b_start + p.b_end) // 2 as b_middle
    from shared_passages p join sources sa on sa.name = p.a_source join sources sb on sb.name = p.b_source
    where p.places <= 8 and p.a_end > p.a_start and p.b_end > p.b_start and p.a_source {{}} p.b_source
), one as (
    select k.*, o.position as a_block, o.kind as a_kind, o.first as a_first, o.last as a_last from kept k
    asof left join own o on o.source = k.a_source and k.a_middle >= o.first
), placed as (
    select k.*, o.position as b_block, o.kind as b_kind, o.first as b_first, o.last as b_last from one k
    asof left join own o on o.source = k.b_source and k.b_middle >= o.first
), fit as (
    select *, least(a_end, a_last) - greatest(a_start, a_first) >= 0.7 * (a_end - a_start)
              and least(b_end, b_last) - greatest(b_start, b_first) >= 0.7 * (b_end - b_start) as is_whole,
           greatest(a_first - a_start, a_end - a_last, b_first - b_start, b_end - b_last) <= 40 as is_cut,
           a_end - a_start >= 0.66 * (a_last - a_first) and b_end - b_start >= 0.66 * (b_last - b_first) as is_entry
    from placed where coalesce(a_kind, 'paragraph') in {_KINDS} and coalesce(b_kind, 'paragraph') in {_KINDS}
)
"""  # noqa: S608 - constants
"""Passages of prose, `is_whole` where each side lies in one block: what runs over several is often made after one pattern. `is_cut`
where only a heading, a bullet or a few words of the next block are left off to make it lie there."""

_BETWEEN: Final = f"""{_PASSAGES.format("<>")}
, sizes as (
    select family, count(*) as n_sources from sources group by family
), ranked as (
    select f.*, row_number() over (
        partition by if(f.is_kin and s.n_sources > ?, f.of_family, concat(f.a_source, chr(0), f.b_source))
        order by f.words desc, f.a_source, f.a_start, f.b_source, f.b_start) as place
    from fit f join sizes s on s.family = f.of_family
    where if(f.is_kin, f.is_whole or f.words >= 40, f.is_whole and f.alike >= 0.8 and f.places <= 4 and (
        f.words >= 12 or f.is_entry))
)
select a_source, if(is_whole and is_cut, greatest(a_start, a_first), a_start), if(is_whole and is_cut, least(a_end, a_last), a_end),
       b_source, if(is_whole and is_cut, greatest(b_start, b_first), b_start), if(is_whole and is_cut, least(b_end, b_last), b_end),
       words
from ranked where place <= if(is_kin, ?, ?)
order by words desc, a_source, a_start, b_source, b_start
"""  # noqa: S608 - constants

_WITHIN: Final = f"""{_PASSAGES.format("=")}
select a_source, a_start, a_end, b_source, b_start, b_end, words from fit
where a_end <= b_start and is_whole and a_block is distinct from b_block and places <= 2 and words >= 14
  and (a_kind = 'paragraph' and b_kind = 'paragraph' or alike >= 0.9)
qualify row_number() over (partition by a_source order by words desc, a_start, b_start) <= 3
order by words desc, a_source, a_start, b_start
"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage that stands in two places."""

    a: tuple[str, int, int]
    b: tuple[str, int, int]
    words: int


def shared_entries(view: View) -> Iterator[Finding]:
    """Tell of a passage that stands in two sources, word for word or nearly; the differing words are named."""
    found = [
        _passage(row)
        for row in view.rows(_BETWEEN, [SMALL, _EACH, _APART], needs={"sources": 2, "shared": 1})
    ]
    for passage, a, b in _texts(view, found[:_MOST]):
        if _is_prose(a) and _is_prose(b):
            yield _told("F081", passage, a, b, f"in {passage.a[0]} and {passage.b[0]}")
    if len(found) > _MOST:
        rest = found[_MOST:]
        summary = f"{len(rest):,} more passages of up to {rest[0].words} words stand in two sources each."
        said = view.passages([rest[0].a, rest[0].b])
        yield finding("F081", "shared-text", "info", summary, said, passages=len(rest))


def told_twice(view: View) -> Iterator[Finding]:
    """Tell of a passage that one source tells twice."""
    found = [_passage(row) for row in view.rows(_WITHIN, needs={"shared": 1})]
    for passage, a, b in _texts(view, found[:_MOST]):
        yield _told("F082", passage, a, b, f"twice in {passage.a[0]}")


def _passage(row: Sequence[Any]) -> _Passage:
    a_source, a_start, a_end, b_source, b_start, b_end, words = row
    return _Passage((a_source, a_start, a_end), (b_source, b_start, b_end), words)


def _texts(view: View, found: Sequence[_Passage]) -> Iterator[tuple[_Passage, str, str]]:
    """Yield passages with the words of both sides."""
    if found:
        words = view.words([place for one in found for place in (one.a, one.b)])
        for index, one in enumerate(found):
            yield one, words[2 * index][:_LONGEST], words[2 * index + 1][:_LONGEST]


def _is_prose(text: str) -> bool:
    """Whether lines are long enough to say something: a column of labels is made after one pattern."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(text.split()) >= _LINE * len(lines)


def _told(code: str, passage: _Passage, a: str, b: str, where: str) -> Finding:
    """Return what is to be said of two passages."""
    changed = _joined(unmarked(a), unmarked(b))
    same_a, same_b = _longest_same(a, b, changed)
    said = [_said(passage.a, a, same_a), _said(passage.b, b, same_b)]
    if not changed:
        summary = f"The same {passage.words} words stand {where}: “{shortened(a)}”."
        return finding(code, "shared-text", "info", summary, said, words=passage.words, differences=[])
    for windows in _windows(a, b, changed, (same_a, same_b)):
        said += [
            _said(place, text, span)
            for place, text, span in zip((passage.a, passage.b), (a, b), windows, strict=True)
        ]
    telling = sorted(changed, key=lambda pair: (-_size(pair[0]) - _size(pair[1]), pair[0].start))[:3]
    shown = [_pair(a, b, *pair) for pair in sorted(telling, key=lambda pair: pair[0].start)]
    more = f" and {len(changed) - len(shown)} more differences" if len(changed) > len(shown) else ""
    summary = f"{passage.words} words stand {where} but for small changes: {'; '.join(shown)}{more}."
    pairs = [f"{shortened(x.of(a)) or chr(183)} / {shortened(y.of(b)) or chr(183)}" for x, y in changed[:50]]
    return finding(code, "shared-text", "info", summary, said, words=passage.words, differences=pairs)


def _joined(a: str, b: str) -> list[tuple[Span, Span]]:
    """Return what differs in two texts; differences with a word or two between them are one.

    >>> one, two = "went with her son for Ceuta at night", "went with both sons for Spain at night"
    >>> [(x.of(one), y.of(two)) for x, y in _joined(one, two)]
    [('her son for Ceuta', 'both sons for Spain')]
    """
    kept: list[tuple[Span, Span]] = []
    for each in variants(a, b):
        if kept:
            x, y = kept[-1]
            if (
                len(a[x.end : each.a.start].split()) <= _NEAR
                and len(b[y.end : each.b.start].split()) <= _NEAR
            ):
                kept[-1] = (Span(x.start, max(x.end, each.a.end)), Span(y.start, max(y.end, each.b.end)))
                continue
        kept.append((each.a, each.b))
    return kept


def _longest_same(a: str, b: str, changed: Sequence[tuple[Span, Span]]) -> tuple[Span, Span]:
    """Return the longest stretch between differences, on both sides."""
    edges = [(Span(0, 0), Span(0, 0)), *changed, (Span(len(a), len(a)), Span(len(b), len(b)))]
    stretches = [
        (Span(x.end, max(x.end, u.start)), Span(y.end, max(y.end, v.start)))
        for (x, y), (u, v) in pairwise(edges)
    ]
    return max(stretches, key=lambda pair: (min(_size(pair[0]), _size(pair[1])), -pair[0].start))


def _windows(
    a: str, b: str, changed: Sequence[tuple[Span, Span]], shown: tuple[Span, Span]
) -> Iterator[tuple[Span, Span]]:
    """Yield the stretch of each side, at most a member long, in which most differs, and a second one where nothing is shown yet."""
    best = _window(changed)
    first = _widened(a, best[0]), _widened(b, best[1])
    yield first
    rest = [
        (x, y) for x, y in changed
        if not any(_widened(a, x).overlaps(one[0]) or _widened(b, y).overlaps(one[1]) for one in (first, shown))
    ]  # fmt: skip
    if sum(_size(x) + _size(y) for x, y in rest) >= _WORTH:
        second = _window(rest)
        yield _widened(a, second[0]), _widened(b, second[1])


def _window(changed: Sequence[tuple[Span, Span]]) -> tuple[Span, Span]:
    """Return a stretch of each side, at most a member long, in which most differs."""
    best, most = (changed[0], -1)
    for first in range(min(len(changed), 200)):
        x, y = changed[first]
        size = 0
        for u, v in changed[first : first + 12]:
            if u.end - x.start > _WINDOW or v.end - y.start > _WINDOW:
                break
            size += _size(u) + _size(v)
            if size > most:
                best, most = (Span(x.start, u.end), Span(y.start, v.end)), size
    return best


def _widened(text: str, span: Span) -> Span:
    """Return a stretch with a word on either side, so that nothing is not shown as nothing."""
    start = text.rfind(" ", 0, max(0, span.start - 1)) + 1
    end = text.find(" ", min(len(text), span.end + 1))
    end = len(text) if end < 0 else end
    return Span(
        start if span.end - start <= _WINDOW else span.start, end if end - start <= _WINDOW else span.end
    )


def _said(place: tuple[str, int, int], text: str, span: Span) -> Said:
    """Return a stretch of a passage as a member, white space and stray signs at its edges left off."""
    start, end = span.start, span.end
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        start, end = span.start, min(len(text), max(span.end, span.start + 1))
    return Said.passage(place[0], place[1] + start, place[1] + end, text[start:end])


def _pair(a: str, b: str, x: Span, y: Span) -> str:
    """Return one difference in words; where one side has nothing, with the word beside."""
    if not _size(x) or not _size(y):
        x, y = _with_word_beside(a, x), _with_word_beside(b, y)
    return f"“{shortened(x.of(a))}” / “{shortened(y.of(b))}”"


def _with_word_beside(text: str, span: Span) -> Span:
    """Return a stretch with the word before it, the first word of all where none is before."""
    before = text[: span.start].rstrip()
    if before:
        return Span(before.rfind(" ") + 1, max(span.end, len(before)))
    after = text.find(" ", span.end + 1)
    return Span(span.start, len(text) if after < 0 else after)


def _size(span: Span) -> int:
    return span.end - span.start
