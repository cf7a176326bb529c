"""Who is one of a group, where a text says so in words: "9 dancers defected, including the soloist Ana Reyes".

    whole ──"of whom", "including", "among them", ":"──► part      the part stands behind, in the same sentence
    part ──"was one of", "a member of"──► whole                    or before

A word alone is not enough: the part is smaller than the whole, and where days are told of both they agree to the month.
A name behind "including" needs the day, since others may be meant ("testified against officials, including ..."). Part and
whole are linked, never made one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from regesta.model import Link

if TYPE_CHECKING:
    from regesta.model import Document, Extraction, Referent
    from regesta.resolution.corpus import Corpus

__all__ = ["Part", "part_links", "parts_said"]

_REACH: Final = 240
"""Code points between whole and part."""
_AHEAD: Final = 16
"""Mentions behind one of a group that are looked at."""
_CERTAIN: Final = re.compile(
    r"\b(?:(?:among|of|including) (?:them|whom)|amongst (?:them|whom))\b", re.IGNORECASE
)
_LIKELY: Final = re.compile(
    r"\b(?:includ(?:ing|ed|es)|numbered among|comprising|consisting of)\b", re.IGNORECASE
)
_LISTED: Final = re.compile(r"\s?:(?:\s+|(?:[A-Z][\w.'’-]*|and|y|et|und|de|al|&)[\s,;]+)*")
"""A colon and names, up to the next one."""
_MEMBER: Final = re.compile(
    r"^[^.;]{0,60}\b(?:(?:was|were|is|as) (?:one|two|three|some)?\s*(?:of|among)|(?:was|is) (?:a )?(?:member|part) of"
    r"|numbered among|belonged to)\s+(?:the |a |this |that |these )?(?:group of )?$",
    re.IGNORECASE,
)
_END: Final = re.compile(r"[.!?]\s+(?=[A-Z])|\n")


@dataclass(frozen=True, slots=True)
class Part:
    """What a text says of a part, by the keys of referents."""

    part: str
    whole: str
    words: str
    """That say so."""
    is_certain: bool
    """They need no day beside them."""


def parts_said(document: Document, part: Extraction) -> Iterator[Part]:
    """Yield who is said to be one of a group of known size, in one document; cost grows with the mentions."""
    people = [r for r in part.referents if r.kind in ("person", "group")]
    if not any(_size(r) > 1 for r in people):
        return
    mentions = sorted(
        (m.span.start, m.span.end, n) for n, r in enumerate(people) for m in r.mentions if m.form != "pronoun"
    )
    told: set[tuple[int, int]] = set()
    for place, (_, end, number) in enumerate(mentions):
        for first, _, other in mentions[place + 1 : place + 1 + _AHEAD]:
            if first > end + _REACH:
                break
            if first < end or other == number:
                continue
            between = document.text[end:first]
            if _END.search(between):
                break
            found = _said(people[number], people[other], between)
            if found is not None:
                whole, one = (other, number) if found.part == people[number].key else (number, other)
                if (one, whole) not in told and (whole, one) not in told:
                    told.add((one, whole))
                    yield found


def _said(first: Referent, second: Referent, between: str) -> Part | None:
    """Return what the words between two people say of them."""
    if _size(first) > _size(second) and not first.is_named:
        if not _size(second):
            return None
        if _LISTED.fullmatch(between):
            return Part(second.key, first.key, ":", is_certain=second.is_named)
        certain = _CERTAIN.search(between)
        word = certain or _LIKELY.search(between)
        if word is None:
            return None
        counted = second.kind == "group" and between[word.end() :].strip(" \n\t").lower() in ("", "the", "a")
        return Part(second.key, first.key, word[0].strip(), certain is not None or counted)
    if (
        0 < _size(first) < _size(second)
        and not second.is_named
        and (word := _MEMBER.match(between)) is not None
    ):
        return Part(first.key, second.key, " ".join(word[0].split()), is_certain=True)
    return None


def _size(referent: Referent) -> int:
    """Return how many somebody is; 0 for a group of unknown size, which is no part and no whole here."""
    return 1 if referent.kind == "person" else referent.group_size or 0


def part_links(corpus: Corpus, find: Callable[[int], int]) -> Iterator[Link]:
    """Yield a link for each part that a text tells of and no day speaks against; `find` gives the cluster of a referent."""
    days: dict[int, list[tuple[int, int]]] = {}
    wanted = {find(corpus.index_of[key]) for part in corpus.parts for key in (part.part, part.whole)}
    for feature in ("arrival", "departure"):
        for number, first, last in corpus.dates.get(feature, ()):
            if (cluster := find(number)) in wanted:
                days.setdefault(cluster, []).append((first, last))
    seen: set[tuple[int, int]] = set()
    for part in corpus.parts:
        one, whole = corpus.index_of[part.part], corpus.index_of[part.whole]
        pair = find(one), find(whole)
        if pair[0] == pair[1] or pair in seen:
            continue
        ours, theirs = days.get(pair[0], []), days.get(pair[1], [])
        agree = any(a <= d and c <= b and max(b - a, d - c) <= _MONTH for a, b in ours for c, d in theirs)
        if agree or (part.is_certain and not (ours and theirs)):
            seen.add(pair)
            when = ", and the time told of both agrees" if agree else ""
            yield Link(
                left=part.part, right=part.whole, weight=0.0, verdict="part-of",
                reason=f"{corpus.labels[one]} belongs to {corpus.labels[whole]}: the text says “{part.words}”{when}",
            )  # fmt: skip


_MONTH: Final = 31
"""Days."""
