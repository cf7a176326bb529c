"""What somebody was given: predicate `award`, a sum of money, a right or an honour.

    matches          "a reward of $50,000"  ·  "was awarded the sum of £5,000 and the right to reside in X"  ·  "won the X Prize"
    must not match   "refugees receive €400 a month"  ·  "the award-winning author"  ·  "paid smugglers $8,000"

An equivalent in another currency that stands in brackets behind a sum is an award too.
"""

from __future__ import annotations

import re

from regesta.extraction.clauses import spell_out
from regesta.extraction.cues import Cue, passages_with
from regesta.extraction.nearest_dates import when_near
from regesta.extraction.passages import Passage
from regesta.extraction.quantity import Quantity
from regesta.extraction.reach import plain
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.subjects import subject_of
from regesta.model import Qualifiers, TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["awards"]

_REWARD = lazy(
    r"\b(?:award(?:ed)?|reward(?:ed)?|prize|bounty|bonus|gratuity|compensation|sum|honorarium)\b",
    re.IGNORECASE,
)
_GIVEN = lazy(
    r"\b(?:award(?:ed)?|reward(?:ed)?|received|given|granted|paid|presented|won|collected|promised|offered|got|obtained)\b",
    re.IGNORECASE,
)
_PAID_OUT = lazy(
    r"\b(?:paid|paying|cost|bribed?|charged|demanded|fined?|ransom|price on|bounty on|head)\b", re.IGNORECASE
)
_RIGHT = Cue("right rights", r"\bthe rights? (?:to|of)\s+\w")
_HONOUR = Cue(
    "order medal prize award cross star medallion fellowship scholarship prix premio legion hero grammy oscar",
    r"\b(?:award(?:ed)?|received|receiv(?:es|ing)|won|winning|winner of|given|presented with|decorated with|recipient of|laureate of|honou?red with|was made)\s+"
    r"(?:an?\s+|the\s+|his\s+|her\s+|their\s+)?(?P<name>(?:\d{4}\s+)?(?:[A-Z][\w'.-]*\s+(?:(?:of|for|the|and|de|las|la|les|du|des)\s+){0,3}){0,6}(?:Order|Medal|Prize|Award|Cross|Star|Medallion|Fellowship|Scholarship|Prix|Premio|Legion|Hero|Grammy|Oscar|Legion of Honou?r)"
    r"(?:\s+(?:of|for|in)\s+(?:the\s+)?[A-Z][\w'-]*(?:\s+(?:(?:and|of|the|for)\s+){0,2}[A-Z][\w'-]*){0,5})?)",
    opening="award awarded received receives receiving won winning winner given presented decorated recipient "
    "laureate honored honoured was",
)

_WON = Cue(
    "won awarded received given",
    r"\b(?:won|(?:was|were) awarded|received|was given)\s+(?:the|an?)\s+"
    r"(?P<name>(?!(?:Act|University|Convention|Red|United|European|Republic)\b)[A-Z][\w'-]+(?:\s+(?:(?:of|for|the)\s+){0,2}[A-Z][\w'-]+){1,5})(?=\s+(?:in|for|from|at)\b|[.,;)])",
    opening="won was were received",
)
"""An honour whose name has no word for one: "won the Golden Needle of Lodz in 1971"."""


def awards(scene: Scene) -> None:
    """State sums, rights and honours that people received."""
    named = {p.index for p in passages_with(scene, _RIGHT.words, _HONOUR.words, _WON.words)}
    for passage in scene.passages:
        money = [q for q in passage.quantities if q.kind == "money" and not q.is_weak]
        if not (money or passage.index in named) or passage.kind in ("heading", "caption"):
            continue
        done: list[Span] = []
        for quantity in money:
            span = _sum(scene, passage, quantity, done)
            if span is not None:
                done.append(span)
        for match in _RIGHT.find(scene, passage.span):
            _right(scene, passage, match)
        found = list(_HONOUR.find(scene, passage.span))
        taken = {m.start("name") for m in found}
        for match in [
            *found,
            *(m for m in _WON.find(scene, passage.span) if m.start("name") not in taken),
        ]:
            value = Span(*match.span("name"))
            for actor in _people(scene, passage, match.start()):
                when = when_near(scene, passage, value)[0]
                scene.state(
                    actor,
                    "award",
                    TextValue(text=plain(scene, value)),
                    Span(match.start(), value.end),
                    when=when,
                )


def _people(scene: Scene, passage: Passage, offset: int) -> list[Actor]:
    return [
        a
        for a in subject_of(scene, passage, offset)
        if a.kind in ("person", "group") and (a.is_named or a.kind == "person")
    ]


def _sum(scene: Scene, passage: Passage, quantity: Quantity, done: list[Span]) -> Span | None:
    """State one sum if the words round it say that somebody got it as a reward."""
    span = quantity.span
    sentence = passage.sentence_at(span.start)
    before = scene.text[max(sentence.start, span.start - 70) : span.start]
    after = scene.text[span.end : min(sentence.end, span.end + 24)]
    start = span.start
    if done and 0 < span.start - done[-1].end <= 40 and "(" in scene.text[done[-1].end : span.start]:
        # "(the equivalent of $560,000 then)": the same sum in another currency
        people = [f.actor for f in scene.facts if f.predicate == "award" and f.spans[0] == done[-1]]
        start = done[-1].end + scene.text[done[-1].end : span.start].index("(")
    else:
        word = _REWARD.search(before)
        given = _GIVEN.search(before)
        behind = re.match(r"[\s-]+(?:cash\s+)?(?:award|reward|prize|bounty|bonus)\b", after)
        if not behind and not (word and given):
            return None
        if _PAID_OUT.search(before) and not re.search(r"\b(?:was|were) paid\b", before):
            return None
        first = min([m.start() for m in (word, given) if m] or [len(before)])
        start = span.start - len(before) + first
        people = _people(scene, passage, start)
        if behind and not people:
            return None
    if quantity.per or not people:
        return None
    evidence = Span(start, span.end)
    when = None
    for actor in dict.fromkeys(people):
        scene.state(
            actor,
            "award",
            quantity.as_value(),
            evidence,
            when=when,
            qualifiers=Qualifiers(bound=quantity.bound),
            claims=[span],
        )
    return evidence


def _right(scene: Scene, passage: Passage, match: re.Match[str]) -> None:
    sentence = passage.sentence_at(match.start())
    before = scene.text[max(sentence.start, match.start() - 90) : match.start()]
    if not _GIVEN.search(before) or re.search(r"\b(?:denied|refused|not|lost)\b", before):
        return
    start = match.start() + 4
    end = spell_out(scene, passage, start)
    for actor in _people(scene, passage, match.start()):
        scene.state(actor, "award", TextValue(text=plain(scene, Span(start, end))), Span(match.start(), end))
