"""Landings that several share: those told a sentence or two later, those a label calls aboard, those of a party named one by one.

    The boat was brought in at dawn on the 16th.
    Eight people climbed out of it.  Also on board were Oto and his son.       they came with it
    Among them were Ana, on 21 January, and Ivo, on the 30th.                  each by the day behind the name
    It was the 29th.                                                           the day of the coming before

A landing is shared over a few passages only.
"""

from __future__ import annotations

import re
from dataclasses import replace

from regesta.dates import DatePhrase
from regesta.extraction.dated_moves import Dated
from regesta.extraction.enumeration import row_after
from regesta.extraction.scene import Scene
from regesta.extraction.sentence_dates import is_usable
from regesta.extraction.stations import ABOARD, CLIMBED_OUT, PLAIN
from regesta.extraction.story import Noted, StorySentence
from regesta.text.span import Span

__all__ = ["among_them", "its_day", "label_aboard", "last_landing"]

_LISTS_ON = re.compile(
    r";(?: and)? (?:an?|the|his|her|their|[A-Z])(?![^;]*\b(?:was|were|had|has|is|died|drowned|fled|left|stayed|came|went)\b)"
)
"""What goes on with a list whose parts semicolons set off."""
_ABOARD_REACH = 4
"""Passages behind a landing in which the others on board are told: a paper's paragraphs are short."""
_ABOARD_LABEL = re.compile(
    r"\b(?:Aboard|On board|Arrived|Arrivals|New arrivals|Landed|Came in|Came over)(?: today| this morning| last night)?:(?= )"
)
_AMONG_THEM = re.compile(r"\W*Among (?:them|these) (?:was|were|are|is) ")
_IT_WAS = re.compile(
    r"\W*(?:(?:It|That|This|The date|The day) was|Era|Fu|C'était|Es war|Das war|Het was|Dat was|Był to|Foi) (?:on |in |am |im |op |le |el |il |o |a |en |em |em )?(?:the (?:night|morning|evening) of )?(?:a \w+day, )?$"
)
_NO_MORE = re.compile(r"(?:, and (?:he|she|they|we|I) (?:was|were) (?:in|on|at) [^.;,]{2,40})?\W*$")
"""What may follow the day: "It was the 14th, and they were in Styria"."""


def last_landing(told: StorySentence, before: Dated | None) -> Dated | None:
    """Return the landing told last; those of "also on board were ..." share the one told a passage or two `before`."""
    plain = [d for _, d in told.noted if d.weight >= PLAIN]
    if plain or before is None or told.passage.index - before.passage > _ABOARD_REACH:
        return plain[-1] if plain else before
    if _climbed_out(told, before):
        return before
    aboard = ABOARD.search(told.scene, told.span)
    if aboard is None:
        return before
    end = told.scene.text.find(";", aboard.end(), told.span.end)
    while end > 0 and _LISTS_ON.match(told.scene.text, end, told.span.end):
        end = told.scene.text.find(";", end + 1, told.span.end)
    for said in told.scene.people_in(told.passage, Span(aboard.end(), end if end > 0 else told.span.end)):
        relative = told.scene.text.find(" who ", aboard.end(), said.span.start)
        if said.form == "name" and relative < 0:
            told.note(said.actor, replace(before, spans=(said.span, *before.spans)))
    return before


def _climbed_out(told: StorySentence, before: Dated) -> bool:
    """Date those who get out of what came down: "It came down near Naila on the 16th. Eight people climbed out of it"."""
    out = CLIMBED_OUT.search(told.scene, told.span) if not told.dates.all else None
    if out is None:
        return False
    if out["behind"] is None:
        who = told.people.who(out.start())
    else:
        behind = told.scene.people_in(told.passage, Span(out.end(), told.span.end))
        who = tuple(s.actor for s in behind[:1])
    for actor in who:
        told.note(actor, replace(before, spans=(Span(*out.span()), *before.spans)))
    return bool(who)


def among_them(told: StorySentence, landed: list[Noted]) -> None:
    """Date those of a party that came, each by the day behind the name: "Among them were A, on 21 January, and B"."""
    opening = _AMONG_THEM.match(told.scene.text, *told.span)
    if opening is None or not landed:
        return
    said = [s for s in told.people.said if s.form == "name" and s.span.start >= opening.end()]
    for one, following in zip(said, [*(s.span.start for s in said[1:]), told.span.end], strict=False):
        own = [d for d in told.dates.all if is_usable(d) and one.span.end <= d.span.start < following]
        if own and not any(one.span.end <= m.span.start < own[0].span.start for m in told.moves):
            spans = (one.span.cover(own[0].span), *landed[-1][1].spans)
            told.note(one.actor, replace(landed[-1][1], edtf=own[0].edtf or "", spans=spans))


def label_aboard(told: StorySentence) -> None:
    """Date those whom a label calls aboard by the day that heads the passage: "Aboard: Saleh, his wife Amal"."""
    if told.scene.text.find(": ", *told.span) < 0:
        return
    for match in _ABOARD_LABEL.finditer(told.scene.text, *told.span):
        if not any(m.kind in ("fail", "return") for m in told.moves):
            for said in row_after(told.scene, told.passage, match.end(), told.span.end):
                told.of_the_day((said.actor,), said.span)


def its_day(scene: Scene, sentence: Span, dates: list[DatePhrase]) -> DatePhrase | None:
    """Return the day of a sentence that only dates the one before, as "It was the 29th" does."""
    if (
        len(dates) != 1
        or dates[0].kind not in ("date", "season")
        or not _IT_WAS.match(scene.text, sentence.start, dates[0].span.start)
    ):
        return None
    return dates[0] if _NO_MORE.match(scene.text, dates[0].span.end, sentence.end) else None
