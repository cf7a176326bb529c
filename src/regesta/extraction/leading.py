"""What leads a list of names and numbers in: the line above it that is no heading, or the words before its first name.

    Arrivals by first harbour, 1975       what is counted in the list, and when
    Peru – 254
    Lumia – 195

What stands above other text leads no list in.
"""

from __future__ import annotations

from typing import Final

from regesta.extraction.labels import names_people
from regesta.extraction.listed import BRACKETED
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.units import denotes_person
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["counted_above", "counted_before_list", "topic_above"]

_LISTED: Final = ("term", "definition", "list_item")
_LINE: Final = lazy(
    r"\W{0,4}[^\W\d_][^\n\d:–—]{1,40}(?:(?:\s?:|\s[–—-])\s[^\n\d]{0,12}\d[^\n]*|\s(?!(?:1[5-9]|20)\d\d\W*\Z)\d[\d,.]*\W{0,3})"
)
"""A paragraph that is a line of a list: "Peru: about 41 (end of May)", "Peru 41"."""
_LEAD: Final = lazy(r"[^\W\d_][^\n.!?;]{3,110}[^\s.!?;,]")
_MOST: Final = 60
"""Blocks of a list, at most."""


_LED_IN = lazy(r"(?P<said>[^\n.:]{10,300}):(?=\s)")
_WORD = lazy(r"\b[a-z]{3,}\b")
_LEAST_WORDS = 4
"""Small words of a lead-in at least: "Costa Rica 29,900 Guyana:" is none."""
_LEAD_IN = 900
"""Code points before a list in which its lead-in says what is counted."""


def topic_above(scene: Scene, passage: Passage, actor: Actor) -> Actor:
    """Return what the line above a list says that it counts, where no heading says it; else the actor that is known."""
    lead = _lead_of(scene, passage) if actor.kind == "topic" else None
    if lead is None or not names_people(lead.of(scene.text), scene.lexicon):
        return actor
    topic = scene.named("topic", " ".join(lead.of(scene.text).split()))
    if not topic.mentions:
        topic.mentions.append((lead, "description"))
    return topic


def _lead_of(scene: Scene, passage: Passage) -> Span | None:
    """Return the line right above the list that a passage is a line of, None where none leads it in."""
    blocks = scene.document.blocks
    at = passage.block
    for index in range(at, max(-1, at - _MOST), -1):
        block = blocks[index]
        if block.kind in _LISTED or (
            block.kind == "paragraph" and _LINE.fullmatch(block.content.of(scene.text).strip())
        ):
            continue
        line = block.content.strip(scene.text, " *_:")
        is_lead = index < at and block.kind == "paragraph" and _LEAD.fullmatch(scene.text, *line)
        return line if is_lead else None
    return None


def counted_above(scene: Scene, start: int) -> bool:
    """Return whether the words before the colon that leads a list in speak of people."""
    leads = [m["said"] for m in _LED_IN.finditer(scene.text, max(0, start - _LEAD_IN), start)]
    said = next((words for words in reversed(leads) if len(_WORD.findall(words)) >= _LEAST_WORDS), "")
    return any(denotes_person(word.strip(",.()").lower()) for word in said.split())


def counted_before_list(scene: Scene, passage: Passage, start: int) -> bool:
    """Return whether the words before the first place of a list speak of people: "the concentration of refugees is in A (41), B (30)"."""
    sentence = passage.sentence_at(start)
    first = BRACKETED.search(scene.text, *sentence)
    lead = scene.text[sentence.start : first.start() if first else sentence.start]
    return names_people(lead, scene.lexicon) or any(
        denotes_person(word.strip(",.()").lower()) for word in lead.split()
    )
