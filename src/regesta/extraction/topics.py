"""What a passage without a person is about: its heading, the title of the document, or the words that open it."""

from __future__ import annotations

import re

from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["topic_of"]

_PARTS = frozenset(
    "summary background introduction overview decision notes history details facts biography life results conclusion abstract contents "
    "remarks comments report findings case statement".split()
)
"""Headings that only name a part of a text and say nothing of what it is about."""


def topic_of(scene: Scene, passage: Passage) -> Actor:
    """Return what a passage without a person is about: its nearest heading, else the document's title.

    The mention stands on the heading's words; where there is no heading, on the first words of the document.
    """
    blocks = scene.document.blocks
    headings = scene.document.sections[passage.block]
    spans = [blocks[i].content.strip(scene.text) for i in reversed(headings) if not _is_of_box(scene, i)]
    spans = [span for span in spans if any(letter.isalpha() for letter in span.of(scene.text))]
    spans = [span for span in spans if not _FURNITURE.fullmatch(scene.text, *span)]
    told = [span for span in spans if span.of(scene.text).strip(" .:*_").lower() not in _PARTS]
    span = (told or spans or [_opening(scene)])[0]
    words = " ".join(span.of(scene.text).split())
    actor = scene.named("topic", words)
    if not actor.mentions:
        actor.mentions.append((span, "description"))
    return actor


_FURNITURE = lazy(
    r"\W*(?:(?:posted|published|updated|written|filed|tagged)\b(?: (?:on|by|in|at))*\W*|(?:news|global|home|menu|(?:operational )?(?:highlights|updates?)|in numbers|key (?:figures|facts|messages)|at a glance|attachments?|downloads?|"
    r"(?-i:By(?: [A-Z][\w.'’-]+){2,4})|data table|full article|read more|go to contents|go to the contents|press releases?|latest news|share|partager|teilen|compartir|comments?|leave a (?:comment|reply)|brève|flux rss[^\n]{0,20}|rss)\W*|"
    r"(?:share|partager|teilen|compartir|print|e-?mail)\b[^\n]{0,60}|[^\n]{0,40}(?:[»›>]\s+[^\n]{1,80}){2,})",
    re.IGNORECASE,
)
"""What stands on a page and says nothing of the text: "Posted on by", "Home » Articles » Act in effect"."""


_DEFINED = lazy(
    r"\W*(?:The )?(?P<what>(?!(?:He|She|It|We|They|This|That|These|Those|There)\b)[A-Z0-9][^.;:,()\n]{2,70}?)[*_'\"]{0,5}(?: \([^()]{1,80}\)){0,2},? "
    r"(?:is|was|are|were|ist|war|est|était|es|fue|era|è) (?:an?|one of|eine?|une?|una|people|persons|those who|refugees|citizens|members)\b"
)
"""A first sentence that says what something is, which is called by its subject: "The Lumi Relief Fund (LRF) is a charity"."""


def _is_of_box(scene: Scene, index: int) -> bool:
    """Whether a heading only labels a line of a box: "Population" before "33,658 (2022)"."""
    blocks = scene.document.blocks
    return index + 1 < len(blocks) and blocks[index + 1].kind == "definition"


def _opening(scene: Scene) -> Span:
    passages = [p for p in scene.passages[:6] if not _FURNITURE.fullmatch(scene.text, *p.span)]
    if passages and _is_of_box(scene, passages[0].block):
        passages = [p for p in scene.passages if p.kind == "prose"] or passages
    first = (passages or scene.passages)[0].sentences[0] if scene.passages else Span(0, len(scene.text))
    if defined := _DEFINED.match(scene.text, *first):
        return Span(*defined.span("what"))
    end = first.start + 80
    if first.end <= end:
        return first
    space = scene.text.rfind(" ", first.start, end)
    return Span(first.start, space if space > first.start else end)
