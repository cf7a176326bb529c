"""The passes that find reference lists: by the look of their entries, by their headings, by neither.

1. ^ "Title". The Herald. Retrieved ...      a run of numbered citations, or one with back links: footnotes
• Doe, Jane. Title. Ulm: House, 1999.        a late run of citations with bullets: a bibliography
Further reading                              a heading that tells
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from regesta.reading.citing.apparatus import Role
from regesta.reading.citing.labels import BACK_LINKS
from regesta.reading.plain.sense import Sense, Senses
from regesta.reading.plain.standing import stands_as_heading
from regesta.text.span import Span

__all__ = ["find_citations", "find_unlisted", "list_by_section"]

_MARK = re.compile(r"\[\d{1,3}\]|(?:[^\W\d_]|[.,;:)\"”’])\d{1,2}(?=\s|$)|[¹²³⁴-⁹]")
_NUMBERED_LINE = re.compile(r"^(\d{1,3})\s{1,4}(?=[A-Z\"“«^])")


def _runs(senses: Senses) -> Iterator[list[int]]:
    """Yield runs of neighbouring items with the same kind of mark."""
    run: list[int] = []
    for index, unit in enumerate(senses.units):
        fits = unit.kind == "item" and senses.found[index] is None
        if run and not (fits and unit.mark_kind == senses.units[run[-1]].mark_kind and run[-1] == index - 1):
            yield run
            run = []
        if fits:
            run.append(index)
    if run:
        yield run


def find_citations(senses: Senses) -> None:
    """Take runs of items that mostly look like citations, and any with `^`, for reference lists."""
    total = max(1, len(senses.text))
    for run in _runs(senses):
        has_back_links = any(BACK_LINKS.match(senses.units[i].words) for i in run)
        is_numbered = senses.units[run[0]].mark_kind not in _BULLETS
        is_late = senses.units[run[0]].span.start > 0.4 * total
        if has_back_links or (
            len(run) >= 2
            and sum(senses.score(i) >= 2 for i in run) / len(run) >= 0.6
            and (
                is_late
                or sum(map(senses.score, run)) >= 3 * len(run)
                or (is_numbered and _is_marked(senses, run[0]))
            )
        ):
            for index in run:
                _cite(senses, index, is_note=is_numbered or has_back_links)


def _is_marked(senses: Senses, first: int) -> bool:
    """Return whether marks stand before a numbered list: without any, early numbers are those of a register."""
    return _MARK.search(senses.text, 0, senses.units[first].span.start) is not None


_BULLETS = frozenset("•●▪◦‣⁃∙·○■□▸►➢✓♦◆-o") | {"*" * n for n in range(1, 6)} | {""}


def _cite(senses: Senses, index: int, *, is_note: bool, is_link: bool = False) -> None:
    unit = senses.units[index]
    back = BACK_LINKS.match(unit.words)
    content = unit.content
    if back and back.end() < unit.length:
        content = Span(content.start + back.end(), content.end)
    flat = unit.kind != "item"
    senses.set(
        index,
        Sense("footnote" if is_note else "bibliography", content=content, is_link=is_link, is_flat=flat),
    )


def list_by_section(senses: Senses) -> None:
    """Give the entries below "References", "Further reading" and the like their sense."""
    role: Role | None = None
    marked = any(sense is not None and sense.kind == "footnote" for sense in senses.found)
    for index, unit in enumerate(senses.units):
        sense = senses.found[index]
        if sense is not None:
            role = sense.role if sense.kind == "heading" else role
            continue
        if role is None or role == "contents" or unit.kind not in ("item", "text"):
            continue
        score = senses.score(index)
        if unit.kind == "text" and score == 0 and (unit.length > 300 or stands_as_heading(senses, index)):
            if stands_as_heading(senses, index):
                role = None
            continue
        if role == "related" and score < 2:
            if unit.length <= 80 and not unit.words.endswith("."):
                senses.set(index, Sense("furniture"))
            else:
                role = None
            continue
        number = _NUMBERED_LINE.match(unit.words) if role == "notes" and unit.kind == "text" else None
        if number:
            unit.marker, unit.content = (
                number.group(1),
                Span(unit.content.start + number.end(), unit.content.end),
            )
        if unit.kind == "text" and role in ("works", "related") and score == 0 and unit.words.endswith(":"):
            continue
        has_number = bool(number) or unit.mark_kind not in _BULLETS
        is_note = bool(BACK_LINKS.match(unit.words)) or (
            has_number and (role == "notes" or (role == "works" and not marked))
        )
        _cite(senses, index, is_note=is_note, is_link=role in ("links", "related"))


def find_unlisted(senses: Senses) -> None:
    """Find a list without bullets and without a heading: three and more citations at the end, notes if all have `^`."""
    for run in _unlisted(senses):
        has_back_links = all(BACK_LINKS.match(senses.units[i].words) for i in run)
        for i in run:
            _cite(senses, i, is_note=has_back_links)


def _unlisted(senses: Senses) -> Iterator[list[int]]:
    """Yield runs of three and more free texts that look like citations, in the last part of the text.

    Of any three neighbours one has an index that three divides, so that only these are looked at until one fits.
    """

    def fits(index: int) -> bool:
        unit = senses.units[index]
        return unit.kind == "text" and senses.found[index] is None and senses.could_score(index, 3)

    n = len(senses.units)
    index = bisect_right(senses.units, 0.4 * len(senses.text), key=lambda unit: unit.span.start)
    while index < n:
        if not fits(index):
            index += 3 - index % 3
            continue
        first, last = index, index
        while first and fits(first - 1):
            first -= 1
        while last + 1 < n and fits(last + 1):
            last += 1
        if last - first >= 2 and senses.units[first].span.start > 0.4 * len(senses.text):
            yield list(range(first, last + 1))
        index = last + 1
