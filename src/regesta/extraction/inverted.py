"""Names that are written surname first with a comma: "Hofer, Anna, maid from Schwaz", "BELOV, Igor; BELOVA, Vera".

At the head of an entry or in a cell, "Surname, Given" is two chunks that are one name. A comma alone does not tell it from
"Lisbon, Portugal" or "Smith, Baker": the second part has to be a known given name, or the document has to write most of
its heads so, or to capitalise the surname wholly. Where the first name of an entry is inverted, so are those joined to it.
"""

from __future__ import annotations

import re
from itertools import pairwise

from regesta.extraction import registers
from regesta.extraction.chunk import Chunk
from regesta.extraction.headings import LIFE_YEARS, is_head_line, opens_life
from regesta.extraction.passages import Passage
from regesta.extraction.principals import head_start
from regesta.extraction.scene import Scene
from regesta.names import lists as names
from regesta.names.parse import SUFFIXES
from regesta.text.span import Span

__all__ = ["join_inverted", "join_nicknamed"]

_KINDS = ("name", "place", "organisation", "description", "nationality", "facility", "law", "work")
_NEXT = re.compile(r"[*_\s]*(?:[;,&/]|,?\s*\band\b|;\s*\band\b)[*_\s]*(?:(?:his|her|their) [a-z]+,? )?")
_DESCRIBED = re.compile(r",[^.;:()]{0,56}[,;] (?:and )?")
_MARKS = "*_"
_ASIDE = re.compile(r" \([^()]*\)")


def join_nicknamed(scene: Scene) -> None:
    """Join names with a nickname in quotes between their parts: `Ana "La Negra" Ruiz`."""
    for row in scene.chunks:
        position = 0
        while position + 2 < len(row):
            first, nick, last = row[position : position + 3]
            quoted = (
                scene.text[first.span.end : nick.span.start] == ' "'
                and scene.text[nick.span.end : last.span.start] == '" '
            )
            if quoted and {first.kind, last.kind} <= {"name", "place"}:
                row[position : position + 3] = [
                    Chunk(
                        first.first,
                        last.last,
                        Span(first.span.start, last.span.end),
                        f"{first.text} {last.text}",
                        "name",
                        first.prefix,
                        first.starts_sentence,
                        last.is_possessive,
                    )
                ]
            position += 1


def join_inverted(scene: Scene) -> None:
    """Join the two parts of every inverted name in `scene.chunks`; the joined chunk's text is in the usual order."""
    registers.read(scene)
    found = [
        (p, pair)
        for p in scene.passages
        if p.kind in ("item", "prose", "heading") or scene.cell_meanings.get(p.span) in ("name", "family")
        for pair in [_pair(scene, p)]
        if pair
    ]
    sure = sum(_is_sure(scene, first, second) for _, (first, second) in found)
    usual = sure >= 2 and sure * 3 >= len(found)
    columned = _in_columns(scene, {p.index for p, _ in found})
    for passage, (first, second) in found:
        if (
            usual
            or passage.index in columned
            or (
                passage.kind in ("heading", "prose")
                and first.kind in ("name", "place")
                and second.kind == "name"
                and LIFE_YEARS.fullmatch(scene.text, second.span.end, passage.span.end)
            )
            or (
                (passage.kind == "heading" or is_head_line(scene, passage))
                and first.kind in ("name", "place")
                and second.kind == "name"
                and (first.kind == "name" or names.is_given(second.text.split()[0]))
                and not scene.text[second.span.end : passage.span.end].strip(" *_.")
                and (opens_life(scene, passage) or is_head_line(scene, passage))
            )
            or (
                _is_sure(scene, first, second)
                and (
                    passage.kind in ("cell", "item", "definition")
                    or scene.cell_meanings.get(passage.span) == "name"
                )
                and (
                    first.text.isupper()
                    or len(second.text) == 1
                    or _suffix(scene, second)
                    or _fills_cell(scene, passage, first, second)
                )
            )
        ):
            head = _join(scene, passage, first, second)
            head.is_sure = usual
            for pair in _following(scene, passage, head):
                _join(scene, passage, *pair).is_sure = True


def _in_columns(scene: Scene, found: set[int]) -> set[int]:
    """Return the cells of names that are written surname first, where most of those with two parts are."""
    cells = [p for p in scene.passages if scene.cell_meanings.get(p.span) in ("name", "family")]
    full = [p.index for p in cells if len(p.span.of(scene.text).split()) > 1]
    own = found & set(full)
    return own if len(own) >= 2 and len(own) * 10 >= len(full) * 6 else set()


def _pair(scene: Scene, passage: Passage) -> tuple[Chunk, Chunk] | None:
    """Return the two chunks at the head of a passage that may be one inverted name."""
    row = scene.chunks[passage.index]
    at = head_start(scene, passage)
    for first, second in pairwise(row):
        if _begins(first) == at:
            return (first, second) if _may_join(scene, first, second) else None
    return None


def _begins(chunk: Chunk) -> int:
    return chunk.prefix.start if chunk.prefix else chunk.span.start


def _may_join(scene: Scene, first: Chunk, second: Chunk) -> bool:
    size = first.last - first.first + second.last - second.first + 2
    gap = scene.text[first.span.end : _begins(second)]
    initial = gap == "., " and len(scene.tokens.texts[first.last]) == 1 and first.last > first.first
    return (gap == ", " or initial) and first.kind in _KINDS and second.kind in _KINDS and size <= 7


def _is_sure(scene: Scene, first: Chunk, second: Chunk) -> bool:
    given = scene.tokens.lowers[second.first]
    if first.text.isupper() and not second.text.isupper() and len(first.text) > 2:
        return True
    after = scene.text[second.span.end : second.span.end + 4].lstrip(_MARKS)
    closed = not after.strip() or after[:1] in ",;:.(–" or after.startswith((" (", " –", " -", " &"))
    initial = len(given) == 1 and after[:1] == "."
    return closed and (initial or (names.is_given(given) and not names.is_weak(given)))


def _following(scene: Scene, passage: Passage, head: Chunk) -> list[tuple[Chunk, Chunk]]:
    """Return the inverted names joined to the first one of an entry: "Hofer, Anna; Hofer, Josef and Moser, Eva"."""
    row = scene.chunks[passage.index]
    found: list[tuple[Chunk, Chunk]] = []
    end = head.span.end
    position = row.index(head) + 1
    while position + 1 < len(row):
        first, second = row[position], row[position + 1]
        gap = scene.text[end : _begins(first)]
        if len(gap) > 60:
            break
        possible = first.kind == second.kind == "name" and _may_join(scene, first, second)
        sure = possible and _DESCRIBED.fullmatch(gap) is not None and _is_sure(scene, first, second)
        if sure or (possible and _NEXT.fullmatch(gap) is not None):
            found.append((first, second))
            position += 1
            end = second.span.end
        position += 1
    return found


def _has_dot(scene: Scene, second: Chunk) -> bool:
    """Whether the given name is an initial with its full stop: "Nair, M."."""
    return (len(scene.tokens.texts[second.last]) == 1 or _suffix(scene, second) != "") and scene.text[
        second.span.end : second.span.end + 1
    ] == "."


def _fills_cell(scene: Scene, passage: Passage, first: Chunk, second: Chunk) -> bool:
    """Whether the two are all that stands in a cell of names, the first one being no given name: "Asfaw, Dawit G."."""
    rest = _ASIDE.sub("", scene.text[second.span.end : passage.span.end]).strip(' *_.\n"')
    own = scene.text[passage.span.start : first.span.start].strip(' *_"')
    return (
        (passage.kind == "cell" or scene.cell_meanings.get(passage.span) == "name")
        and not rest
        and not own
        and not names.is_given(scene.tokens.lowers[first.first])
    )


def _suffix(scene: Scene, second: Chunk) -> str:
    """Return the mark of a generation behind the given name, with the space before it: "Berg, Anna jun."."""
    last = scene.tokens[second.last]
    return f" {last.text}" if second.last > second.first and f"{last.lower}." in SUFFIXES else ""


def _join(scene: Scene, passage: Passage, first: Chunk, second: Chunk) -> Chunk:
    row = scene.chunks[passage.index]
    surname = first.text.title() if first.text.isupper() else first.text
    suffix = _suffix(scene, second)
    joined = Chunk(
        first.first,
        second.last,
        Span(first.span.start, second.span.end + _has_dot(scene, second)),
        f"{second.text.removesuffix(suffix)} {surname}{suffix}",
        "name",
        starts_sentence=first.starts_sentence,
        is_possessive=second.is_possessive,
    )
    position = row.index(first)
    row[position : position + 2] = [joined]
    return joined
