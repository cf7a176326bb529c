"""Where a text says whose words it holds: the places that name the teller of a testimony, an interview or a letter.

    Interview 14: Ana Ruiz          headed     ## Ana Ruiz, 34          headed, where the section says "I"
    My name is Ana Ruiz             named      I, Ana Ruiz, declare     named      This is Ana Ruiz speaking   named
    Name: Ana Ruiz                  field
    Your sister,⏎Ana Ruiz           signed

Each is a place and a name; whether anybody says "I" there, and how far the words reach, `narrator.py` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from regesta.extraction.chunk import Chunk
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene
from regesta.names import lists as names
from regesta.text.span import Span

__all__ = ["Introduction", "introductions", "is_quoted_whole", "teller_of"]

_HEADED = re.compile(
    r"\b(?:interview|testimony|statement|account|narrative|memoirs?|recollections?|reminiscences|story|deposition|affidavit|"
    r"oral history|witness|evidence|tape|transcript|témoignage|récit|entretien|bericht|aussage|gespräch|entrevista|testimonio|"
    r"depoimento|declaración|declaração|intervista|testimonianza)\b[^\n:]{0,24}?"
    r"(?:: | of | with | by | from | de | d'| avec | der | des | von | mit | con | com | di )"
    r"(?:the |mrs?\.? |ms\.? |madame |monsieur |m\. |frau |herrn? |doña |don |señora |dona )?$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:mrs?|ms|madame|monsieur|frau|herrn?|doña|don|señora|dona|the)\b", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:\b[Mm]y (?:full |real |own )?name is|\bI am called|\b[Ii]ch heiße|\b[Mm]ein Name ist|\b[Jj]e m'appelle|\b[Mm]on nom est|"
    r"\b[Mm]e llamo|\b[Mm]i nombre es|\b[Cc]hamo-me|\b[Mm]e chamo|\b[Mm]eu nome é|\b[Mm]i chiamo|\b[Ii]k heet|\b[Mm]ijn naam is) $"
)
_ENDS_NAMED = tuple(
    f"{word} " for word in "is called heiße ist m'appelle est llamo es me chamo é chiamo heet".split()
)
"""How the matches of `_NAMED` end; looked for first, for that is quick."""
_I_AM = re.compile(
    r"(?:^|[.!?:*_] |: |(?:^|[.!?:] )(?:[Hh]ello|[Hh]i|[Hh]allo|[Hh]ola|[Bb]onjour|[Ss]alut|[Oo]lá|[Cc]iao)[,!.]? )"
    r"(?:I am|I'm|[Ii]ch bin|[Jj]e suis|[Ss]oy|[Ss]ou|[Ss]ono) $"
)
_I_WHO = re.compile(r"(?:^|[.:] )(?:I, (?:the undersigned,? )?|Ich, |Je soussignée?,? |Yo, )$")
_THIS_IS = re.compile(r"(?:^|[.!?:] )This is $")
_SPEAKING = re.compile(r",? (?:speaking|talking|here)\b")
_FIELD = re.compile(
    r"(?:^|\n)[-*_•\s]{0,6}(?:full |principal |family )?(?:name|applicant|claimant|witness|interviewee|narrator|deponent|appellant|informant|"
    r"respondent|speaker|nombre|nom|nome|name und vorname)(?: of (?:the )?\w+| and surname| completo| complet| et prénom)?[*_\s]{0,4}:[*_\s]{1,4}"
    r"(?:mrs?\.? |ms\.? )?$",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"(?:full |principal )?(?:name|applicant|claimant|witness|interviewee|narrator|deponent|appellant|informant|respondent|nombre|nom|nome)"
    r"(?: of (?:the )?\w+| and surname| completo| complet| et prénom)?",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:^|[.!?\n] ?)(?:(?:[Yy]ours?|[Ee]ver|[Ww]ith (?:love|kind)|[Ll]ove|[Ss]incerely|[Ff]aithfully|[Rr]espectfully|I (?:am|remain)|Deine?|Ihre?|Eure?|"
    r"Ton|Ta|Votre|Tu|Su|Tuo|Tua|O teu|A tua)\b[^.!?]{0,60}|[Ss]igned),?\s*$"
)
_SIGNED = re.compile(
    r"(?:^|[.\n ])[*_(]{0,3}(?:[Ss]igned|[Uu]nterschrift|[Ff]irmado|[Ss]igné(?:e)?)[*_)]{0,3}:?\s*[*_]*$"
)
_LINE = 100
"""Code points of a paragraph that may head a text as a heading does."""
_OPENING = 3
"""Passages that may head the words of a teller."""
_FIELDS = 12
"""Passages among which the fields at the head of a file stand."""
_LEAD = 90


@dataclass(frozen=True, slots=True)
class Introduction:
    """A place that names somebody as the one whose words stand there."""

    passage: Passage
    chunk: Chunk
    kind: Literal["headed", "named", "field", "signed"]


def is_quoted_whole(scene: Scene, passage: Passage, *, on: bool = False) -> bool:
    """Return whether a paragraph is somebody's words from end to end: no mark closes what its first sign opens, or the last does.

    `on`: only where none does, so that they run on.
    """
    if scene.text[passage.span.start] != '"':
        return False
    closed = scene.text.find('"', passage.span.start + 1, passage.span.end)
    return closed < 0 or (not on and closed >= passage.span.end - 2)


def teller_of(chunk: Chunk, scene: Scene) -> Chunk:
    """Return the name alone of a head in capitals, which reads as one name: "STATEMENT OF MRS [ROSA ECHEVERRÍA]"."""
    if not chunk.text.isupper() or chunk.last - chunk.first < 2:
        return chunk
    for first in range(chunk.first + 2, chunk.last + 1):
        start = scene.tokens.starts[first]
        if _HEADED.search(scene.text, chunk.span.start, start) and not _TITLE.match(scene.text, start):
            span = Span(start, chunk.span.end)
            return replace(chunk, first=first, span=span, text=span.of(scene.text), prefix=None)
    return chunk


def introductions(scene: Scene, heads: Mapping[int, Chunk]) -> Iterator[Introduction]:
    """Yield the places that name a teller, in the order of the text; `heads`: the names that head passages."""
    for passage in scene.passages:
        head = heads.get(passage.index) if passage.kind == "heading" else None
        if head is not None:
            yield Introduction(passage, head, "headed")
            continue
        for chunk in scene.chunks[passage.index]:
            if chunk.kind == "name" and (kind := _kind(scene, passage, chunk)):
                yield Introduction(passage, chunk, kind)
                break


def _kind(
    scene: Scene, passage: Passage, chunk: Chunk
) -> Literal["headed", "named", "field", "signed"] | None:
    start = chunk.prefix.start if chunk.prefix else chunk.span.start
    lead = scene.text[max(passage.span.start, start - _LEAD) : start]
    is_full = chunk.last > chunk.first
    opens = passage.kind == "heading" or (
        passage.index <= _OPENING and passage.span.end - passage.span.start <= _LINE
    )
    if opens and (is_full or passage.kind != "heading") and _HEADED.search(lead):
        return "headed"
    if (lead.count('"') - is_quoted_whole(scene, passage)) % 2:
        return None
    if lead.endswith(_ENDS_NAMED) and _NAMED.search(lead):
        return "named"
    after = scene.text[chunk.span.end : chunk.span.end + 12]
    known = is_full and any(
        names.is_given(scene.tokens.lowers[i]) for i in range(chunk.first, chunk.last + 1)
    )
    if known and _I_AM.search(lead) and not after.lstrip()[:1].isalpha():
        return "named"
    if is_full and _I_WHO.search(lead) and after[:1] == ",":
        return "named"
    if lead.endswith("This is ") and _THIS_IS.search(lead) and _SPEAKING.match(after):
        return "named"
    if is_full and passage.index < _FIELDS and _is_field(scene, passage, start):
        return "field"
    return "signed" if _is_signature(scene, passage, chunk, lead) else None


def _is_field(scene: Scene, passage: Passage, start: int) -> bool:
    """Whether the name is what a labelled line at the head of a file gives as that of the person."""
    if passage.kind == "definition":
        term = scene.passages[passage.index - 1].span.of(scene.text) if passage.index else ""
        return start - passage.span.start <= 1 and _TERM.fullmatch(term.strip(" *_:")) is not None
    return _FIELD.search(scene.document.text[max(0, passage.span.start - 4, start - 60) : start]) is not None


def _is_signature(scene: Scene, passage: Passage, chunk: Chunk, lead: str) -> bool:
    """Whether the name closes a letter: behind "Your sister,", or alone in the line under it."""
    if passage.span.end - chunk.span.end > 3 or passage.kind not in ("prose", "item"):
        return False
    if _SIGNED.search(lead):
        return True
    if lead.strip(" *_–-"):
        return len(lead) < _LEAD and _CLOSING.search(lead) is not None and lead.rstrip().endswith(",")
    above = scene.passages[passage.index - 1].span.of(scene.text) if passage.index else ""
    return _CLOSING.search(above[-_LEAD:]) is not None and above.rstrip(" *_").endswith(",")
