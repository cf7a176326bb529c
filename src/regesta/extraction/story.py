"""One sentence of a story at work: who travels in it, which dates it has, and what it has noted so far.

What finds a coming in it (verbs of movement in `itinerary.py`, other words in `other_comings.py`, landings in `landings.py`)
notes it with `add`; nothing is weighed or chosen here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from regesta.dates import DatePhrase
from regesta.extraction.dated_moves import Dated
from regesta.extraction.movement import Movement
from regesta.extraction.passages import Filed, Passage
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.sentence_dates import DAY, SentenceDates
from regesta.extraction.stations import PLAIN, changes_place
from regesta.extraction.travellers import Travellers
from regesta.text.span import Span

__all__ = ["Note", "Noted", "StorySentence"]

Note = Callable[[Actor, Dated], None]
Noted = tuple[tuple[Actor, ...], Dated]
"""Who came, and what dates it."""
_CAMP = re.compile(r"\b(?:(?:refugee|transit|tented) )?camps?\b")
_GOT_AWAY = 3.4
"""From this weight on a flight got somewhere."""


class StorySentence:
    """One sentence of a story."""

    def __init__(
        self,
        scene: Scene,
        passage: Passage,
        sentence: Span,
        moves: list[Movement],
        dates: list[DatePhrase],
        party: list[Actor],
        note: Note,
        sent_back: Counter[int],
    ) -> None:
        self.scene = scene
        self.passage = passage
        self.span = sentence
        self.moves = moves
        self.dates = SentenceDates(scene, passage, sentence, moves, dates)
        self.people = Travellers(scene, passage, sentence, party)
        self.note = note
        self.sent_back = sent_back
        self.noted: list[Noted] = []
        self.undated: list[Noted] = []
        """Comings that the sentence does not date: the next one may."""

    def add(
        self,
        who: tuple[Actor, ...],
        weight: float,
        date: DatePhrase,
        verb: Span,
        place: Span | None,
        *,
        is_behind: bool = False,
    ) -> None:
        """Note that they came, by a verb and a date; `is_behind`: those who came are named behind the verb."""
        span = verb.cover(date.span)
        if place is not None and place.end - span.start < 300 and place.start - span.end < 60:
            span = span.cover(place)
        spans = (span, *(s for s in date.evidence if not self.span.contains(s)))
        camp = place is not None and _CAMP.search(
            self.scene.text, verb.end, min(place.end + 14, self.span.end)
        )
        dated = Dated(
            weight,
            date.edtf or "",
            spans,
            place,
            self.passage.index,
            waits=bool(camp),
            is_change=changes_place(self.scene, verb),
            is_flight=_GOT_AWAY <= weight < PLAIN and not changes_place(self.scene, verb),
        )
        self.noted.append((who, dated))
        for actor in who:
            said = self.people.said_of(actor) if is_behind else None
            own = (said.span, *spans) if said else spans
            self.note(actor, replace(dated, spans=own, journey=self.sent_back[id(actor)]))

    def of_the_day(self, who: tuple[Actor, ...], place: Span) -> None:
        """Date by the day that heads the passage, as in a diary: "10 April" above "Tareq reached us at noon"."""
        filed = self.heading_day()
        if filed is None:
            return
        dated = Dated(PLAIN, filed.edtf, (place, *filed.spans), None, self.passage.index)
        self.noted.append((who, dated))
        for actor in who:
            self.note(actor, dated)

    def heading_day(self) -> Filed | None:
        """Return the day that heads the passage, as in a diary."""
        filed = self.passage.filed
        return filed if filed is not None and not filed.is_weak and len(filed.edtf) == DAY else None
