"""Where the phrase for a role stands: before a name, beside one, at the opening of a sentence, under a word that makes it unreal.

    [rank NAME]   [NAME, role]   [NAME (1994) - role]   "Coach, 45; fled."   "posing as a [clerk]"

Whose role it is follows from that in `rules/role.py` and in `doings.py`; how far the phrase reaches is for `reach.py`.
"""

from __future__ import annotations

import re

from regesta.extraction.after_flight import FLIGHTS
from regesta.extraction.passages import Passage
from regesta.extraction.reach import left_edge
from regesta.extraction.scene import Actor, Said, Scene
from regesta.text.patterns import lazy
from regesta.text.span import Span
from regesta.vocab.inflect import singular_of

__all__ = [
    "UNREAL",
    "all_joined",
    "is_told_of",
    "is_unreal",
    "name_following",
    "named_after",
    "named_before",
    "opens_telling",
    "start_of_joined",
]

_PARENTHESIS = lazy(r"\s*\([^()]{0,90}\)")
_SEPARATOR = lazy(r"[\s,:;–\-*_\"'()•]*")
_DETERMINER = lazy(
    r"(?:for (?:\w+ ){1,3}(?:years|months)\s+)?(?:(?:an?|the|one|another|his|her|their|its|then|himself an?|herself an?|itself)\s+){0,2}(?:(?:[A-Z][\w.'-]*\s+){0,3}[A-Z][\w.-]*(?:'s|')\s+)?",
)
_NUMBER = lazy(r"^(?:then\s+|about\s+)?\d{1,2}\s*[,)]\s*")
_TWIN = lazy(r"\s+and\s+([a-z]+)(?=\s)")
UNREAL = lazy(
    r"\b(?:not|never|no|wanted to|hoped to|dreamed of|as if|like|pretend\w*|pos(?:ed|ing) as|disguised as|dressed as|claimed to be|against|other)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_BESIDE = frozenset(
    ("later", "now", "then", "afterwards", "once", "formerly", "today", "who was a", "previously")
)
"""What may lead up to a role that is put beside a name."""
_MAY_LEAD = frozenset(
    "|a|an|the|later|now|then|former|afterwards|today|subsequently|later a|later an|now a|now an".split("|")
)
"""What may stand between the opening of a sentence and its role."""


def named_after(scene: Scene, said: list[Said], last: int, sentence: Span) -> list[Said]:
    """Return the names that a role stands right before: one, or all that are joined if it is plural."""
    tokens = scene.tokens
    end = tokens.ends[last]
    first = next((s for s in said if s.span.start >= end), None)
    if first is None or first.form != "name" or first.span.start > sentence.end:
        return []
    gap = scene.text[end : first.span.start]
    twin = _TWIN.match(gap)
    if twin is not None and scene.lexicon.singular(twin.group(1)) in scene.lexicon.companions:
        gap = gap[twin.end() :]
    if gap.strip(" \"'*_") or len(gap) > 4:
        return []
    if first.is_possessive and scene.text[first.span.end : first.span.end + 2] == "'s":
        return [first]
    if singular_of(tokens.lowers[last]) == tokens.lowers[last]:
        return [first]
    found = [first]
    for other in said:
        if other.span.start < found[-1].span.end or other.form != "name":
            continue
        between = scene.text[found[-1].span.end : other.span.start].strip()
        if between not in (",", "and", ", and", "&"):
            break
        found.append(other)
    return found


def is_told_of(scene: Scene, passage: Passage, actor: Actor, sentence: Span) -> bool:
    """Whether the unnamed are somebody that the entry is about, or that fled."""
    entry = scene.entry_of[passage.index]
    if entry is not None and actor in entry.principals:
        return True
    if scene.facts_of(actor):
        return True
    words = (scene.tokens.lowers[i] for i in scene.tokens.between(*sentence))
    return any(scene.lexicon.flight.get(word) in FLIGHTS or word == "smuggled" for word in words)


def start_of_joined(scene: Scene, heads: list[tuple[int, int]], position: int, start: int) -> int:
    """Take in "air force officers and" before "friends NAME": two nouns for the same people."""
    if position == 0:
        return start
    first, last = heads[position - 1]
    gap = scene.text[scene.tokens.ends[last] : start]
    if gap.strip() == "and" and len(gap) <= 6:
        return scene.tokens.starts[left_edge(scene, first, start - 60)]
    return start


def named_before(scene: Scene, passage: Passage, said: list[Said], start: int) -> Said | None:
    """Return the name that the phrase at `start` is put beside, over brackets, dates and separators."""
    before = [s for s in said if s.span.end <= start and s.form == "name" and s.span.end > start - 160]
    if not before or before[-1].is_possessive:
        return None
    name = before[-1]
    at = name.span.end
    saw_mark = False
    for _ in range(8):
        gap = _SEPARATOR.match(scene.text, at, start)
        if gap:
            saw_mark = saw_mark or any(mark in gap.group() for mark in ",:–-(")
            at = gap.end()
        date = next(
            (d for d in passage.dates if d.span.start <= at + 3 and d.span.end <= start and d.span.end > at),
            None,
        )
        if (
            date is not None
            and not scene.text[at : date.span.start].replace("on ", "").replace("in ", "").strip()
        ):
            at, saw_mark = date.span.end, True
            continue
        bracket = _PARENTHESIS.match(scene.text, max(name.span.end, at - 2), start)
        if bracket and bracket.end() > at:
            at, saw_mark = bracket.end(), True
            continue
        break
    rest = scene.text[at:start]
    if not saw_mark or at > start:
        return None
    for quantity in passage.quantities:
        if quantity.is_age and at <= quantity.span.end <= start:
            rest = scene.text[quantity.span.end : start].lstrip(" ,)-")
    lead = _DETERMINER.fullmatch(_NUMBER.sub("", rest))
    if lead is None and rest.strip().lower() not in _BESIDE:
        return None
    return name


def name_following(scene: Scene, said: list[Said], end: int) -> Said | None:
    """Return the name that follows over a comma: "X, his aide, Y" leaves open whose the noun is."""
    following = next((s for s in said if s.span.start >= end), None)
    if following is None or following.form != "name":
        return None
    return following if scene.text[end : following.span.start].strip() == "" else None


def all_joined(scene: Scene, said: list[Said], last: Said) -> list[Actor]:
    """Return the last of some names and those before it that commas or "and" join to it."""
    found = [last.actor]
    right = last
    for left in reversed([s for s in said if s.span.end <= last.span.start and s.form == "name"]):
        if scene.text[left.span.end : right.span.start].strip() not in (",", "and", ", and", "&"):
            break
        found.insert(0, left.actor)
        right = left
    return found


def is_unreal(scene: Scene, start: int, sentence: Span) -> bool:
    """Return whether the words before `start` say that it was not so: "wanted to be", "posing as"."""
    return bool(UNREAL.search(scene.text, max(sentence.start, start - 40), start))


def opens_telling(scene: Scene, sentence: Span, start: int) -> bool:
    """Whether the phrase opens a sentence, or the telling after the head of its entry."""
    lead = scene.text[max(sentence.start, start - 70) : start]
    for mark in ("–", ": ", "; ", " - "):
        if mark in lead:
            lead = lead[lead.rindex(mark) + len(mark) :]
    lead = lead.strip(" \"'*•–-:,.()").lower()
    return lead in _MAY_LEAD
