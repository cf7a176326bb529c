"""The words that name a number, as forms and fact sheets put them: "Asylum seekers: 840,000", "Total applications: 4,511".

    Key figures, 2019                the heading, whose one date is theirs
    Returnees: 1.5 million           the label opens its line, or follows the number before it
    Reception centres: 14
    75,000: the number of people who had to move      the label that goes on behind the number its line opens with
    KEY FIGURES / 12,400 / Refugees in Orla           lines of numbers, each with its label on the next

A label that is a place is not asked for here (`listed`), and neither is a number that goes on in words ("Note: 12 of them left").
"""

from __future__ import annotations

import re
from typing import Final

from regesta.dates import find_dates
from regesta.extraction.labels import head_of, is_number_of, is_share, names_people, speaks_of_people, unit_of
from regesta.extraction.passages import Passage
from regesta.extraction.quantity import Quantity
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.table_parts import NO_VALUE
from regesta.extraction.units import is_plural
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["counted_in", "dated_above", "dated_in", "label_before", "label_behind", "measured_by"]

_LABEL: Final = lazy(
    r"(?:^|\n|[•;]\s|\d[%)]?\s|\d\s(?:million|thousand|billion)\s)[ \t*_•-]{0,6}"
    r"(?P<label>[^\W\d_a-zß-ÿ][^\n:;•*|?!]{1,80}?)[*_]{0,2}(?:\s?:|\s[–—])[*_]{0,2}\s{0,2}$"
)
_ENDS: Final = lazy(r"[*_]{0,2}[ \t]*(?:\n|\Z|[(\[;,•|.–-]|[^\W\d_a-zß-ÿ][^\n:;.]{1,80}:)")
"""What follows a number that stands alone behind its label: the end of the line, a bracket, the next label."""
_LONGEST: Final = 100
_MOST_WORDS: Final = 10
_WORD: Final = lazy(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HEAD: Final = lazy(r"\s(?:of|in|to|under|by|for|from|with|at|per|on|who|as|awaiting|living)\s|[(,]")


def label_before(scene: Scene, passage: Passage, quantity: Quantity) -> Span | None:
    """Return the label of a number or share, None where none stands right before it."""
    if quantity.kind not in ("bare", "percent"):
        return None
    text, start = scene.document.text, quantity.span.start
    if passage.kind in ("definition", "cell"):
        return _beside(scene, passage, quantity)
    if not any(mark in ":–—" for mark in text[max(passage.span.start, start - 6) : start]):
        return None
    low = max(passage.span.start, start - _LONGEST)
    found = _LABEL.search(text[low:start])
    if found is None or len(found["label"].split()) > _MOST_WORDS or NO_VALUE.match(found["label"]):
        return None
    if found.start() == 0 and low > passage.span.start:
        return None  # a sentence that began long before
    if _ENDS.match(text[quantity.span.end : min(passage.span.end, quantity.span.end + _LONGEST)]) is None:
        return None
    return Span(low + found.start("label"), low + found.end("label")).strip(text, " *_")


def label_behind(scene: Scene, passage: Passage, quantity: Quantity) -> Span | None:
    """Return what a number is of that opens its line, by what follows a colon or a dash, or by the line below; else None."""
    if quantity.kind != "bare" or passage.kind in ("definition", "cell"):
        return None
    if passage.span.strip(scene.text, _MARKS) == quantity.number_span:
        return _below(scene, passage)
    text, (start, end) = scene.document.text, quantity.span
    line = max(passage.span.start, text.rfind("\n", 0, start) + 1)
    found = _BEHIND.match(text, end, passage.span.end)
    if found is None or text[line:start].strip(" \t*_•-+~<>") or not counted_in(scene, found["label"]):
        return None
    return Span(*found.span("label"))


_BEHIND: Final = lazy(
    r"(?:\s\([^()\n]{1,24}\))?[*_]{0,2}(?:\s?:|\s[–—-])[*_]{0,2}\s(?P<label>[^\W\d_][^\n:;,.()*]{2,160})(?=[\n;,.()*]|\Z)"
)


def _below(scene: Scene, passage: Passage) -> Span | None:
    """Return the line below a number that is its line, in a run of both that begins with a number below a heading."""
    blocks, at = scene.document.blocks, passage.block
    if not 0 < at < len(blocks) - 1:
        return None

    def is_number(index: int) -> bool:
        return _ALONE.fullmatch(scene.text, *blocks[index].content.strip(scene.text)) is not None

    first = at
    while first > 2 and is_number(first - 2) and not is_number(first - 1):
        first -= 2
    above = blocks[first - 1].content.strip(scene.text).of(scene.text)
    label = blocks[at + 1].content.strip(scene.text)
    words = label.of(scene.text)
    is_led = blocks[first - 1].kind == "heading" or above.endswith(":") or above.isupper()
    is_told = is_led and 0 < len(words) <= _LONGEST_BELOW and "\n" not in words
    return label if is_told and counted_in(scene, words) else None


_MARKS: Final = " *+~†‡\\"
_ALONE: Final = lazy(r"\W{0,3}\d[\d,. \u00a0]*(?:million|thousand|[MK])?[*+~†‡\\]{0,4}")
_LONGEST_BELOW: Final = 140


def counted_in(scene: Scene, words: str) -> str:
    """Return what one of the counted is by words that tell of them, "" where they name none: "Syrian refugees", "Deaths"."""
    words = _SOME_OF.sub("", words)
    head = head_of(words)
    if not words[:1].isalpha() or _FIGURES.search(head):
        return ""
    if names_people(head, scene.lexicon) or head.endswith("population"):
        return "person"
    is_told = " " not in words or is_number_of(words)
    return (
        unit_of(head, scene.lexicon)
        if is_told and scene.language is None and is_plural(head.lower().rpartition(" ")[2])
        else ""
    )


_SOME_OF: Final = lazy(r"\A(?:Most|Many|Some|Half|All) of (?:the |those |these )?")
_FIGURES: Final = lazy(r"\b(?:figures?|numbers?|data|statistics|totals?)\b", re.IGNORECASE)
_YEAR: Final = lazy(r"\b(?:1[5-9]|20)\d\d\b")


def _beside(scene: Scene, passage: Passage, quantity: Quantity) -> Span | None:
    """Return the label of a line of a box, or of a row of two cells, whose other part the number opens."""
    text = scene.document.text
    above = scene.passages[passage.index - 1] if passage.index else None
    if above is None or text[passage.span.start : quantity.span.start].strip(" *_|–—"):
        return None
    gap = text[above.span.end : passage.span.start]
    if passage.kind == "cell":
        following = scene.passages[passage.index + 1 : passage.index + 2]
        alone = not following or "\n" in text[passage.span.end : following[0].span.start]
        line = text.rfind("\n", 0, above.span.start) + 1
        first = not text[line : above.span.start].strip(" |*_\t")
        if above.kind != "cell" or "\n" in gap or not (alone and first):
            return None
    elif above.kind != "heading":
        return None
    words = above.span.of(text)
    told = len(words) <= _LONGEST and words[:1].isalpha() and not any(map(str.isdigit, _YEAR.sub("", words)))
    return above.span.strip(text, " *_") if told else None


def measured_by(scene: Scene, label: str) -> tuple[str, str]:
    """Return the predicate and the unit of a number by its label: people, things, shares, or some other figure.

    A noun in the plural at the head of a label is what is counted: "Reception centres in use".
    """
    if is_share(label):
        return "figure", "percent"
    if label.lower().split()[-1] == "population":
        return "population", "person"
    if speaks_of_people(label, scene.lexicon):
        return "count", "person"
    words = _WORD.findall(_HEAD.split(label, maxsplit=1)[0].lower())
    named = "number of" in label.lower() or (bool(words) and is_plural(words[-1]))
    return ("count", unit_of(label, scene.lexicon)) if named else ("figure", "unit")


def dated_above(scene: Scene, topic: Actor) -> tuple[str | None, tuple[Span, ...]]:
    """Return the one date that the heading of a form names, for numbers that have none of their own: no day, which dates the page."""
    if topic.kind != "topic":
        return None, ()
    when, spans = dated_in(scene, topic.first)
    return (None, ()) if len(when or "") == len("2001-01-01") else (when, spans)


def dated_in(scene: Scene, words: Span) -> tuple[str | None, tuple[Span, ...]]:
    """Return the one date that a label names, None where it names none or several."""
    dates = [d for d in find_dates(scene.text, *words) if d.edtf and d.kind not in ("now", "relative")]
    return (dates[0].edtf, (Span(*dates[0].span),)) if len(dates) == 1 else (None, ())
