r"""Blocks and sentences that say certain words, for checks that must read how a figure is worded.

    r"\bdoubl\w+"  ──► texts that hold it (SQL) ──► the blocks around it ──► the sentence, the words before and after

The database scans the texts; Python sees only those that hold a match. A block is the text of a paragraph, an entry of a list
or a cell of a table, never a heading, a reference or furniture. What the words mean is left to each check.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from regesta.criticism.view import Said

if TYPE_CHECKING:
    from regesta.criticism.view import View

__all__ = ["NUMBER", "Block", "blocks_saying", "figure", "number_of", "seldom", "stretches", "texts_saying"]

_HITS: Final = """
select source, start_char, text, regexp_extract_all(text, $1) from {texts} where regexp_matches(text, $1) order by source, start_char
"""
"""Whether a text holds a match at all is found in half of the time that it takes to look for all; a condition on these would look for them twice."""

_PORTION: Final = "(select * from texts where source between $2 and $3)"

_HITS_OF: Final = """
select source, start_char, text, regexp_extract_all(text, $1)
from (select *, source in (select unnest($2::varchar[])) as is_asked from {texts})
where case when is_asked then regexp_matches(text, $1) end order by source, start_char
"""
"""The same of some texts: the rest is not looked at."""

_SAYING: Final = (
    "select source, start_char, text from {texts} where regexp_matches(text, $1) order by source, start_char"
)

_SAYING_OF: Final = """
select source, start_char, text from (select *, source in (select unnest($2::varchar[])) as is_asked from {texts})
where case when is_asked then regexp_matches(text, $1) end order by source, start_char
"""

_SPEAKING: Final = "select distinct source from {texts} where regexp_matches(text, ?)"

_SELDOM: list[str] = []
"""Patterns that fit few texts, as their modules name them."""

_AROUND: Final = """
with asked as (
    select unnest(?::varchar[]) as source, unnest(?::bigint[]) as spot, spot // 4096 as page
), near as (
    select source, content_start, content_end, kind, position, parent,
           unnest(range(content_start // 4096, content_end // 4096 + 1)) as page
    from blocks semi join asked using (source)
    where kind in ('paragraph', 'list_item', 'cell', 'caption', 'definition', 'quote') and content_end > content_start
), around as (
    select n.* from asked a join near n on a.source = n.source and a.page = n.page
      and a.spot >= n.content_start and a.spot < n.content_end
    qualify row_number() over (partition by a.source, a.spot order by n.content_start desc, n.position desc) = 1
)
select distinct source, position, kind, parent, content_start, content_end from around order by source, content_start
"""

_SPANS: Final = """
select source, position, kind, parent, content_start, content_end from blocks
where kind in ('paragraph', 'list_item', 'cell', 'caption', 'definition', 'quote') and content_end > content_start
order by source, content_start, position
"""

_MOST: Final = 20_000
"""Places that are looked at for one pattern in one text: one made of nothing but cues is not worth more."""

_LONGEST: Final = 20_000
"""Code points of a block that are read."""

_SENTENCE: Final = 1_500
"""Code points before and after a place in which its sentence begins and ends."""

_STOP: Final = re.compile(r"[.!?][\"”’)\]]*(?:\s?\[\^?[\w-]{1,12}\])*\s+(?=[\"“‘(\[]?[^\W_a-z])")
_SHORT: Final = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Lt|Col|Gen|Capt|Sgt|No|Nos|ca|c|vs|approx|i\.e|e\.g|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|"
    r"geb|gest|verh|Nr|Hl|bzw|vgl|Sra?|Mgr)|\.[A-Z])\.$"
)
_DAY: Final = re.compile(
    r"(?<!\d)\d{1,2}\.\s(?:Jan|Jän|Feb|März|Apr|Mai|Jun|Jul|Aug|Sept|Okt|Nov|Dez|jan|feb|mar|apr|ma[ij]|jun|jul|aug|sep|okt|nov|dec)"
)
"""The day of a month with a dot, as in German: no sentence ends there."""
_LONG: Final = 7
"""Letters of a word that is none of the short ones."""

_ONES: Final = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split(),
        range(1, 20),
        strict=True,
    )
)
_TENS: Final = dict(
    zip(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        range(20, 100, 10),
        strict=True,
    )
)
_WORD: Final = "|".join(sorted((*_ONES, *_TENS), key=len, reverse=True))

NUMBER: Final = (
    rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,15}}|(?:{_WORD})(?:[ -](?:{_WORD}|hundred|thousand)){{0,6}})"
)
"""A whole number in digits or English words, as a piece of a pattern; letters of any case need `(?i:...)`."""


@dataclass(frozen=True, slots=True)
class Block:
    """The text of one block and where it stands."""

    source: str
    position: int
    kind: str
    parent: int | None
    start: int
    text: str

    def said(self, start: int, end: int) -> Said:
        """Return the words at `[start, end)` of the block as a passage."""
        return Said.passage(self.source, self.start + start, self.start + end, self.text[start:end])

    def sentence(self, at: int) -> tuple[int, int]:
        """Return where the sentence around an offset begins and ends.

        >>> block = Block("a.txt", 0, "paragraph", None, 0, "Dr. Lee left. In all 20 came.[3] Then none.")
        >>> [block.text[slice(*block.sentence(at))] for at in (5, 20)]
        ['Dr. Lee left.', 'In all 20 came.[3]']
        """
        low, high = max(0, at - _SENTENCE), min(len(self.text.rstrip()), at + _SENTENCE)
        ends, begins = _stops(self.text)
        following = bisect_right(begins, at)
        if following:
            low = max(low, begins[following - 1])
        if following < len(ends):
            high = min(high, ends[following])
        return low, max(low, high)


@lru_cache(maxsize=16)
def _stops(text: str) -> tuple[list[int], list[int]]:
    """Return where the sentences of a block end, and where the next ones begin."""
    ends: list[int] = []
    begins: list[int] = []
    low = 0
    for stop in _STOP.finditer(text):
        at = stop.start()
        lead = max(low, at - 8)
        is_long = at - low >= _LONG and text[at - _LONG : at].isalpha()
        if not is_long and (_SHORT.search(text[lead : at + 1]) or _DAY.search(text[lead : stop.end() + 5])):
            continue
        low = stop.end()
        ends.append(at + len(stop[0].rstrip()))
        begins.append(low)
    return ends, begins


def seldom(pattern: str) -> str:
    """Return a pattern that fits few texts: in a large chronicle all such are looked for at once, and each where one of them was found.

    Together they must be few states for the database: no piece of one repeats more than some dozens of times.
    """
    _SELDOM.append(pattern)
    return pattern


def _speaking(view: View) -> list[str]:
    together = "|".join(f"(?:{pattern})" for pattern in _SELDOM)
    return [source for (source,) in view.rows(_SPEAKING.format(texts=view.texts()), [together])]


def _may_say(view: View, pattern: str, asked: Sequence[str] | None = None) -> Sequence[str] | None:
    """Return the sources whose texts a pattern may fit, those `asked` of where nothing is remembered; None where any may."""
    names = view.memory.may_say(pattern) if view.memory else asked
    if names is None and pattern in _SELDOM and not view.is_small():
        return view.once(_speaking)
    return names


def texts_saying(view: View, pattern: str) -> list[tuple[str, int, str]]:
    """Return the texts in which a pattern matches, in order: source, where the piece begins, and the piece."""
    names = _may_say(view, pattern)
    query = _SAYING if names is None else _SAYING_OF
    given = [pattern] if names is None else [pattern, names]
    rows = [(source, at, text) for source, at, text in view.rows(query.format(texts=view.texts()), given)]
    if view.memory:
        view.memory.keep_saying(pattern, {source for source, *_ in rows})
    return rows


def blocks_saying(view: View, pattern: str) -> list[Block]:
    """Return the blocks in whose text a pattern matches, in the order of the sources and of their texts.

    Where findings are asked of some sources (`View.asked`), so are blocks. The pattern is the database's, which finds matches many times faster: no look-around, no back reference.
    """
    memory = view.memory
    names = _may_say(view, pattern, view.asked)
    said: set[str] = set()
    blocks: list[Block] = []
    for found in _hits(view, pattern, names):
        blocks += _blocks(view, found, said)
    if memory:
        memory.keep_saying(pattern, said)
    return blocks


def _hits(view: View, pattern: str, names: Sequence[str] | None) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the texts that a pattern fits, with its hits; of a large chronicle that no threads share, a portion at a time."""
    texts = view.texts()
    if names is not None:
        if names:
            yield view.rows(_HITS_OF.format(texts=texts), [pattern, names])
    elif texts == "texts" and not view.is_small():
        for some in view.portions():
            yield view.rows(_HITS.format(texts=_PORTION), [pattern, *some])
    else:
        yield view.rows(_HITS.format(texts=texts), [pattern])


def _blocks(view: View, found: Iterable[tuple[Any, ...]], said: set[str]) -> list[Block]:
    """Return the blocks around the hits, and note the sources that they are of."""
    pieces: dict[str, list[tuple[int, str]]] = {}
    asked: list[tuple[str, int]] = []
    places: dict[str, int] = defaultdict(int)
    for source, start, text, hits in found:
        if places[source] < _MOST:
            pieces.setdefault(source, []).append((start, text))
            spots = [(source, start + at) for at in _places(text, hits)]
            places[source] += len(spots)
            asked += spots
    said.update(pieces)  # `|=` with the keys would make another set
    if not asked:
        return []
    blocks = []
    if view.is_small():
        around = _around(view.once(_spans), asked)
    else:
        around = view.rows(_AROUND, [[s for s, _ in asked], [at for _, at in asked]])
    for source, position, kind, parent, start, end in around:
        for first, text in pieces[source]:
            if first <= start < first + len(text):
                words = text[start - first : min(end, start + _LONGEST) - first]
                blocks.append(Block(source, position, kind, parent, start, words))
    return blocks


_Span = tuple[str, int, str, int | None, int, int]
"""Source, position, kind and parent of a block, and where its words begin and end."""


@dataclass(frozen=True, slots=True)
class _Spans:
    """The blocks of one source in the order in which they begin."""

    blocks: list[_Span]
    starts: list[int]
    reach: list[int]
    """How far any block up to this one goes."""

    def over(self, spot: int) -> _Span | None:
        """Return the innermost block around a place: of all that hold it, the one that begins last."""
        at = bisect_right(self.starts, spot) - 1
        while at >= 0 and self.reach[at] > spot:
            if self.blocks[at][5] > spot:
                return self.blocks[at]
            at -= 1
        return None


def _spans(view: View) -> dict[str, _Spans]:
    """Return the blocks that `_AROUND` looks at, of each source."""
    found: dict[str, _Spans] = {}
    for row in view.rows(_SPANS):
        spans = found.setdefault(row[0], _Spans([], [], []))
        spans.blocks.append((row[0], row[1], row[2], row[3], row[4], row[5]))
        spans.starts.append(row[4])
        spans.reach.append(max(row[5], spans.reach[-1] if spans.reach else 0))
    return found


def _around(spans: Mapping[str, _Spans], asked: Iterable[tuple[str, int]]) -> list[_Span]:
    """Return what `_AROUND` answers, of a chronicle whose blocks are at hand."""
    over = {spans[source].over(spot) for source, spot in asked if source in spans}
    return sorted((one for one in over if one is not None), key=itemgetter(0, 4, 1))


def _places(text: str, hits: list[str]) -> Iterator[int]:
    """Yield where each of the words found stands, in order."""
    end = 0
    for hit in hits:
        at = text.find(hit, end)
        while at > 0 and hit[0].isalnum() and text[at - 1].isalnum():
            at = text.find(hit, at + 1)
        if at >= 0:
            yield at
            end = at + len(hit)


def stretches(text: str, words: Sequence[str], lead: int, tail: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text in which one of some words stands, `lead` code points before and `tail` behind it with them.

    A pattern that cannot match without one of them, nor beyond them, finds there all that it finds in the text, in a tenth of the time. The
    words are in small letters; stretches that meet are one.

    >>> text = "He came in May, being aged 30, of a large family, and said no more of it."
    >>> [text[low:high] for low, high in stretches(text, ("age", "year"), 6, 5)]
    ['being aged ']
    """
    small = text.lower()
    if len(small) != len(text):  # a letter whose small one is two
        small = "".join(one.lower()[0] for one in text)
    spots: list[int] = []
    for word in words:
        at = small.find(word)
        while at >= 0:
            spots.append(at)
            at = small.find(word, at + 1)
    low = high = 0
    for spot in sorted(spots):
        if spot - lead > high:
            if high:
                yield low, high
            low = spot - lead
        low, high = max(low, 0), min(spot + tail, len(text))
    if high:
        yield low, high


def number_of(words: str) -> int | None:
    """Return the value of a number in digits or English words, None where it is none.

    >>> [number_of(w) for w in ("21,507", "Thirty-seven", "two hundred", "six thousand five hundred", "some")]
    [21507, 37, 200, 6500, None]
    """
    if words[:1].isdigit():
        digits = words.replace(",", "")
        return int(digits) if digits.isdecimal() and len(digits) < 16 else None
    total = part = 0
    for word in re.split(r"[ -]", words.lower()):
        if word in _ONES or word in _TENS:
            part += _ONES.get(word, 0) or _TENS[word]
        elif word in {"hundred", "thousand"}:
            part = (part or 1) * (100 if word == "hundred" else 1000)
            if word == "thousand":
                total, part = total + part, 0
        else:
            return None
    return total + part


def figure(value: float) -> str:
    """Return a number as people write it.

    >>> figure(2400.0), figure(0.5), figure(857.1428)
    ('2,400', '0.5', '857.143')
    """
    return f"{int(value):,}" if value == int(value) else f"{value:,.6g}"
