"""The dates of one sentence of a story: which of them a verb of movement takes, which another phrase does.

    On 8 July Anna and her son stepped off          the date that opens the clause of the verb
    Five men abducted in 1978 arrived on Tuesday    1978 goes with a participle, and dates no arrival
    Eleven minutes later he put the aircraft down   the day told in the sentence before

`move_dates.py` says which dates lie near a movement at all; which day heads a passage stands in the passage.
"""

from __future__ import annotations

import re

from regesta.dates import DatePhrase
from regesta.extraction.movement import IRREGULAR, Movement
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene
from regesta.text.span import Span

__all__ = ["DAY", "SentenceDates", "is_usable"]

_SINCE = re.compile(
    r"\b(?:since|until) (?:the |its |their |his |her )(?:[\w'-]+ ){1,4}(?:on|in|of|at) $"
    r"|\b(?:bis (?:zu )?(?:seinem|ihrem) (?:tode?|lebensende)|hasta su muerte|até (?:à )?sua morte|jusqu'à sa mort|fino alla (?:sua )?morte|tot (?:zijn|haar) dood|до (?:своей |его |её |ее )?смерти|"
    r"(?:before|until) (?:his|her) death) (?:im jahre? |im |in |en |em |nel |op |в )?(?:\w+ )?$"
    r"|\b(?:born|geboren|geb\.|nacid[oa]|nascid[oa]) (?:in |im |am |on |en |em |el )?$",
    re.IGNORECASE,
)
"""What makes a date the bound of a stretch: "Since the first flights on 14 November"."""
_BOUND = "since until bis muerte mort dood смерти death born gebor geb. nacid nascid".split()
"""One of these stands in every match of `_SINCE`; looked for first, for that is quick."""
_LEAD_IN = re.compile(
    r"\b(?:on|in|by|at)?(?: ?the (?:night|morning|evening|afternoon|day) of)?$", re.IGNORECASE
)
_ONWARD = re.compile(
    r"(?:,|,? (?:and|then)) (?:then )?(?:in|on) (?:[\w ]{0,14} )?\d{4},? (?:on |further )?to (?:the )?[A-Z]"
)
"""What leads on to the next goal, with its own date: "In 1935 she fled to Prague, in 1938 to London"."""
_PARTICIPLE = re.compile(
    r"\b(?P<verb>[a-z]+ed|born|taken|held|kidnapped)(?: by (?:the )?[^,;.:–]{2,30}?)?(?: in [A-Z][\w'-]+)? (?:in|on|since) $"
)
_NO_PARTICIPLE = frozenset("arrived landed crossed reached entered".split())
"""Verbs after which a date is of the coming itself."""
DAY = len("2015-04-10")
_MONTH = len("2015-04")
_NEAR = 2
"""Sentences back in which the day stands that "minutes later" is of."""
_HOURS_LATER = re.compile(
    r"\W*(?:(?:[Ss]ome|[Aa]bout|[Nn]ot|[Oo]nly|[Jj]ust|[Aa]n?|[Tt]he|[\w-]+) ){0,3}(?:minutes?|hours?|half[- ]an[- ]hour|quarter of an hour) (?:later|afterwards|after that)\b"
    r"|\W*(?:At (?:noon|dawn|dusk|sunrise|sunset|first light|midday|nightfall)|By (?:noon|nightfall|evening|dusk|midday)|Before (?:noon|nightfall|evening)|"
    r"(?:Towards|Toward) (?:noon|evening|dusk)|(?:That|The same) (?:same )?(?:afternoon|evening|night|day))\b"
)
"""What opens a sentence that is of the day told before."""
_RELATED = frozenset("date range season relative decade open".split())


def is_usable(date: DatePhrase) -> bool:
    """Return whether a date says when something happened, and is no open stretch nor the day of a count."""
    return bool(date.edtf) and ".." not in (date.edtf or "") and date.qualifier != "as-of"


def _bounds(text: str, start: int, end: int) -> bool:
    """Whether the words before a date at `end` make it the bound of a stretch."""
    before = text[start:end].casefold()
    return any(map(before.__contains__, _BOUND)) and _SINCE.search(text, start, end) is not None


class SentenceDates:
    """The dates that a sentence tells with."""

    def __init__(
        self, scene: Scene, passage: Passage, sentence: Span, moves: list[Movement], dates: list[DatePhrase]
    ) -> None:
        self.scene = scene
        self.passage = passage
        self.sentence = sentence
        self.moves = moves
        self.all = [
            d
            for d in dates
            if d.kind in _RELATED
            and d.qualifier != "as-of"
            and not _bounds(scene.text, max(sentence.start, d.span.start - 60), d.span.start)
        ]

    def of_move(self, move: Movement) -> DatePhrase | None:
        """Return the date that a movement takes: the fullest and nearest of its own, else the one that leads up to it."""
        here = {d.span for d in self.all}
        usable = [d for d in move.dates if is_usable(d) and d.span in here]
        leading = self._leading(move)
        if leading and (onward := _ONWARD.search(self.scene.text, move.span.end, self.sentence.end)):
            usable = [d for d in usable if d.span.end <= onward.start()] or leading[-1:]
        if not any(d.span.start >= move.span.end for d in usable):
            close = [
                d
                for d in self.all
                if is_usable(d) and 0 < move.span.start - d.span.end <= 30 and not self._is_of_another(d)
            ]
            for date in (close or leading)[-1:]:
                between = self.scene.text[date.span.end : move.span.start]
                if date in leading or not (any(m in between for m in ".,;:") or "and" in between.split()):
                    return date
        return max(
            usable, key=lambda d: (len(d.edtf or ""), -abs(d.span.start - move.span.start)), default=None
        )

    def _is_of_another(self, date: DatePhrase) -> bool:
        """Whether a date goes with a participle before it: "Five men [abducted in 1978] arrived on Tuesday"."""
        lead = _PARTICIPLE.search(self.scene.text, self.sentence.start, date.span.start)
        return lead is not None and lead["verb"] not in _NO_PARTICIPLE

    def same_day(self) -> DatePhrase | None:
        """Return the day of the sentence before, for "Eleven minutes later he put the aircraft down"."""
        if self.all or not _HOURS_LATER.match(self.scene.text, *self.sentence):
            return None
        before = [d for d in self.passage.dates if d.edtf and d.span.end <= self.sentence.start]
        earlier = [s for s in self.passage.sentences if s.end <= self.sentence.start]
        near = earlier[-_NEAR:][0].start if earlier else self.sentence.start
        day = before[-1] if before and before[-1].span.start >= near else None
        return day if day and is_usable(day) and len(day.edtf or "") >= _MONTH else None

    def _leading(self, move: Movement) -> list[DatePhrase]:
        """Return the date that opens the clause of the verb: "...: on 8 July Anna and her son stepped off"."""
        found = [d for d in self.all if is_usable(d) and d.span.end < move.span.start]
        if not found:
            return []
        text, date = self.scene.text, found[-1]
        opening = text[self.sentence.start : date.span.start].rstrip()
        opening = _LEAD_IN.sub("", opening[-60:]).rstrip()
        if opening and not opening.endswith((",", ":", ";", "–", " and", " but", " when", " until")):
            return []
        between = self.scene.tokens.between(date.span.end, move.span.start)
        verbs = any(
            not self.scene.tokens.capital[i]
            and (self.scene.tokens.lowers[i] in IRREGULAR or self.scene.tokens.lowers[i].endswith("ed"))
            for i in between
        )
        return [] if verbs or any(m in text[date.span.end : move.span.start] for m in ".;:") else [date]

    def near(self, start: int, end: int) -> DatePhrase | None:
        """Return the date that a phrase takes: the next one after it in the sentence, else the one that opens it."""
        after = [d for d in self.all if is_usable(d) and 0 <= d.span.start - end <= 90]
        undone = [m.span.start for m in self.moves if m.kind in ("fail", "return") and m.span.start >= end]
        after = [d for d in after if not undone or d.span.start < undone[0]]
        if after and ";" not in self.scene.text[end : after[0].span.start]:
            return after[0]
        before = [d for d in self.all if is_usable(d) and d.span.end <= start]
        if before and self.scene.text.startswith(" when ", before[-1].span.end):
            return before[-1]  # "began in 1991 when a pitcher walked away from his team"
        if before and self.scene.text[before[-1].span.end : start] == ", ":
            return before[-1]  # "lost on purpose on 29 October 1982, walked out of the hall"
        return before[0] if before and before[0].span.start - self.sentence.start <= 24 else None
