"""Footnote marks in the body, and the references that they point at.

    ... a third country.[4][5] The usual ...        1. ^ "Title". House.
                        [-)[-)  Marker("4"), Marker("5")     label "1" -> Reference

Brackets with a number or a letter are marks, and superscript digits are; a bare number glued to the end of a sentence
("at sea.12 The") only in a text without bracketed marks whose list of notes goes that far. "[sic]", "[edit]" and "[1997]"
are none. A format that has marks of its own (HTML, wikitext) makes its `Marker`s itself and only calls `link`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from regesta.model import Marker, Reference
from regesta.reading.citing.labels import label_of
from regesta.text.span import Span

__all__ = ["find", "link"]

_BRACKETED = re.compile(
    r"\[(?:\d{1,4}(?:\s?[,;–-]\s?\d{1,3}){0,6}|[a-z]{1,2}|(?:note|notes|nb|n|fn|anm)\.?\s?\d{1,3})\]",
    re.IGNORECASE,
)
_SUPERSCRIPT = re.compile(r"(?<=[\w.,;:!?)\]\"”’»])[⁰¹²³⁴-⁹]{1,3}(?![⁰¹²³⁴-⁹\w])")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_UNIT_BEFORE = re.compile(r"(?:\b(?:[kcm]?m|mi|ft|in|yd)|\d)$")
_GLUED = re.compile(
    r"(?<=[A-Za-zÀ-ɏ][.,;:!?)\"”’])(\d{1,3})(?=\s|$|[—–])|(?<=[a-zà-ɏ]{3})(\d{1,2})(?=[.,;:]?(?:\s|$))"
)
_BEHIND_STOPS = re.compile(
    r"(?:(?<=[a-zà-ɏ][.,])|(?<=[A-Z][A-Z]\.)|(?<=[a-zà-ɏ.][\"”’)])|(?<=\b1[5-9]\d\d\.)|(?<=\b20\d\d\.))(\d{1,3})(?=\s+[A-ZÀ-Þ“\"]|\s*\Z)"
)
"""A number glued to the end of a sentence, and the next one: "for Aleppo.15 As far as"."""
_STOP = re.compile(r"[.,\"”’)](?=\d)")
"""What such a number stands behind; looked for first, for that is quick."""
_LEAST = 2
"""Such numbers in a row that make marks where the notes themselves are not in the text."""
_PART = re.compile(r"\d{1,4}")


def find(text: str, body: Iterable[Span], references: Sequence[Reference]) -> list[Marker]:
    """Return the marks in the given spans of the text (the body without its reference lists), in order, unlinked.

    Spans may lie within one another; each mark is found once.

    >>> text = "Kim fled.[1][2] He [sic] came in 1953.³"
    >>> [mark.label for mark in find(text, [Span(0, len(text))], [])]
    ['1', '2', '3']
    >>> text = "They came to Lum.15 Others went on.16"
    >>> [mark.label for mark in find(text, [Span(0, len(text))], [])]
    ['15', '16']
    """
    spans = list(body)
    labels = {label_of(reference.marker) for reference in references if reference.marker}
    found: dict[int, Marker] = {}
    if "[" in text:
        for span in spans:
            if text.find("[", span.start, span.end) >= 0:
                for match in _BRACKETED.finditer(text, span.start, span.end):
                    for mark in _bracketed(text, match, labels):
                        found[mark.span.start] = mark
    for span in spans if any(digit in text for digit in _RAISED) else ():
        for match in _SUPERSCRIPT.finditer(text, *span):
            if not _UNIT_BEFORE.search(text[max(span.start, match.start() - 3) : match.start()]):
                found[match.start()] = Marker(span=Span(*match.span()), label=label_of(match.group()))
    if not found:
        found = _glued(text, spans, labels) if labels else _behind_stops(text, spans)
    return [found[start] for start in sorted(found)]


def _bracketed(text: str, match: re.Match[str], labels: set[str]) -> list[Marker]:
    inner = match.group()[1:-1]
    if inner.isdigit() and len(inner) == 4 and inner not in labels:
        return []
    before = text[match.start() - 1 : match.start()]
    if (
        inner.isalpha()
        and inner.casefold() not in labels
        and (before.isspace() or before.isalpha() or not before)
    ):
        # "[a] man" and "refuge[e]s" are editors' words; a mark by letter stands behind a full stop, or is in the list.
        return []
    parts = list(_PART.finditer(inner))
    if len(parts) < 2:
        return [Marker(span=Span(*match.span()), label=label_of(match.group()) or inner.casefold())]
    marks = []
    for number, part in enumerate(parts):
        # "[1, 3]" is two marks that share a pair of brackets: each takes its digits and the bracket beside it.
        start = match.start() if number == 0 else match.start() + 1 + part.start()
        end = match.end() if number == len(parts) - 1 else match.start() + 1 + part.end()
        marks.append(Marker(span=Span(start, end), label=part.group()))
    return marks


def _glued(text: str, spans: Iterable[Span], labels: set[str]) -> dict[int, Marker]:
    """Find bare numbers at the ends of words; they must count upwards, as notes do."""
    found: dict[int, Marker] = {}
    greatest = 0
    for span in spans:
        for match in _GLUED.finditer(text, *span):
            number = match.group(1) or match.group(2)
            if number in labels and int(number) <= greatest + 3:
                greatest = max(greatest, int(number))
                found[match.start()] = Marker(span=Span(*match.span()), label=number)
    return found


def _behind_stops(text: str, spans: Iterable[Span]) -> dict[int, Marker]:
    """Find numbers at the ends of sentences that count upwards, in a text without its notes; one alone is none."""
    found: dict[int, Marker] = {}
    greatest = 0
    for span in spans:
        stops = (stop.end() for stop in _STOP.finditer(text, max(span.start - 1, 0), span.end))
        for match in filter(None, (_BEHIND_STOPS.match(text, at, span.end) for at in stops)):
            number = int(match.group(1))
            if match.start() in found or (found and not greatest < number <= greatest + 3):
                continue
            greatest = number
            found[match.start()] = Marker(span=Span(*match.span()), label=match.group(1))
    return found if len(found) >= _LEAST else {}


def link(
    markers: Iterable[Marker], references: Iterable[Reference]
) -> tuple[tuple[Marker, ...], tuple[Reference, ...]]:
    """Return both with their links: by label where a marker names no reference yet; a dangling mark keeps None.

    A reference's label is its `marker` without brackets. `cited_at` is made anew from all marks.
    """
    references = tuple(references)
    by_label: dict[str, str] = {}
    for reference in references:
        if reference.marker:
            by_label.setdefault(
                label_of(reference.marker) or reference.marker.strip("[]").casefold(), reference.id
            )
    cited: defaultdict[str, list[int]] = defaultdict(list)
    linked: list[Marker] = []
    for marker in sorted(markers, key=lambda mark: mark.span):
        target = marker.reference or by_label.get(marker.label.casefold())
        if target is not None:
            cited[target].append(marker.span.start)
        linked.append(marker if target == marker.reference else replace(marker, reference=target))
    return tuple(linked), tuple(replace(r, cited_at=tuple(sorted(cited[r.id]))) for r in references)
