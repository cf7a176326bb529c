"""Who came so many days or weeks after somebody whose arrival is known.

    Mai reached Pulau Bidong on 9 May 1980. Her brother arrived at Songkhla a week after her.      the brother, 16 May

Only whole days and weeks are counted, from a day; a sentence that dates the coming itself needs nobody else's.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from regesta.extraction.cues import Cue, passages_with
from regesta.extraction.dated_moves import Dated
from regesta.extraction.movement import Movement
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.stations import PLAIN
from regesta.text.span import Span

__all__ = ["after_others"]

_AFTER = Cue(
    "day days week weeks",
    r"\b(?P<n>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (?P<unit>day|week)s? (?:after|behind) (?P<whom>him|her|them)\b",
)
_NUMBERS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten".split(), start=1)
} | {"a": 1, "an": 1}
_DAYS = {"day": 1, "week": 7}


def after_others(
    scene: Scene, moves: Mapping[int, Sequence[Movement]], found: Mapping[int, Sequence[Dated]]
) -> Iterator[tuple[Actor, Dated]]:
    """Yield who came a stretch of time after another of `found`, with the day that it comes to."""
    for passage in passages_with(scene, _AFTER.words) if found else ():
        for match in _AFTER.find(scene, passage.span):
            whom = next(
                (s.actor for s in scene.said[passage.index] if s.span.start == match.start("whom")), None
            )
            move = next(
                (
                    m
                    for m in reversed(moves.get(passage.index, ()))
                    if m.span.end <= match.start() and m.sentence.end >= match.end() and m.is_real
                ),
                None,
            )
            day = next((d for d in found.get(id(whom), ()) if re.fullmatch(r"\d{4}-\d\d-\d\d", d.edtf)), None)
            if move is None or day is None or move.kind != "arrive":
                continue
            count = int(match["n"]) if match["n"].isdigit() else _NUMBERS[match["n"]]
            came = dt.date.fromisoformat(day.edtf) + dt.timedelta(days=count * _DAYS[match["unit"]])
            spans = (Span(move.span.start, match.end()), *day.spans)
            for actor in move.who:
                if actor is not whom:
                    yield actor, Dated(PLAIN, came.isoformat(), spans, move.place, passage.index)
