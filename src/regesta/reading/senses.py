"""What each unit of a plain text is: heading, entry, citation, caption, the page's furniture.

    pass                     sure because
    0 title                  the first line, standing alone
    1 sections               the names of back matter are few: "References", "Further reading"
    2 furniture              the page says so itself: "Jump to navigation", a licence
    3 citations              most entries of a run carry an ISBN, "Retrieved", a quoted title, a year in brackets
    4 rows                   labels and values under one another
    5 headings and captions  a short line alone
    6 the rest               lists and paragraphs

A unit keeps the first sense that a pass gives it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from regesta.model.document import BlockKind
from regesta.reading.apparatus import Role, is_furniture, looks_like_reference, role_of, strip_edit
from regesta.reading.headings import could_head, could_title, heading_shape, is_caption, is_period
from regesta.reading.labels import BACK_LINKS
from regesta.reading.units import Unit
from regesta.text.span import Span

__all__ = ["Sense", "make_sense"]

_TOC_LINE = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?\s)?\S.{0,80}$")
_LABELLED = re.compile(r"^([^\s:][^:\n]{0,38}?)(\s*:\s+)(?=\S)")
_SCRIPTS = re.compile(r"^([A-Za-zÀ-ɏ][A-Za-zÀ-ɏ .()'-]{1,40}?)(\s+)([^\x00-ɏ\s].*)$")
_LATIN = re.compile(r"[A-Za-z]{4,}")
_NUMBERED_LINE = re.compile(r"^(\d{1,3})\s{1,4}(?=[A-Z\"“«^])")


@dataclass(slots=True)
class Sense:
    """What a unit is."""

    kind: BlockKind
    level: int = 0
    """Of a heading."""
    content: Span | None = None
    """Where it is narrower than the unit's."""
    split: tuple[int, int] | None = None
    """Of a labelled row: the end of the label and the start of its value."""
    role: Role | None = None
    """Of a heading of back matter."""
    is_link: bool = False
    is_flat: bool = False
    """An entry without a bullet: it nests under nothing."""


class _Senses:
    """The passes over one text; `found[i]` is None until a pass is sure of unit `i`."""

    def __init__(self, text: str, units: list[Unit]) -> None:
        self.text = text
        self.units = units
        self.found: list[Sense | None] = [None] * len(units)
        self.scores = [looks_like_reference(unit.words) if unit.kind != "grid" else 0 for unit in units]

    def set(self, index: int, sense: Sense) -> None:
        """Give a unit its sense, unless it has one."""
        if self.found[index] is None:
            self.found[index] = sense

    def free(self, *kinds: str) -> Iterator[tuple[int, Unit]]:
        """Yield the units of these kinds that have no sense yet."""
        for index, unit in enumerate(self.units):
            if self.found[index] is None and unit.kind in kinds:
                yield index, unit

    def heading(self, index: int, role: Role | None = None) -> Sense:
        """Return the sense of a heading, its "[edit]" and colon left out of the content."""
        unit = self.units[index]
        words = strip_edit(unit.words)
        words = words.rstrip(" :") if not words.endswith("::") else words
        end = unit.content.start + max(1, len(words))
        return Sense("heading", content=Span(unit.content.start, end), role=role, level=unit.level)


def make_sense(text: str, units: list[Unit]) -> list[Sense]:
    """Return the sense of each unit."""
    senses = _Senses(text, units)
    for each in _PASSES:
        each(senses)
    done = [sense or Sense("paragraph") for sense in senses.found]
    _set_levels(units, done)
    return done


def _title(senses: _Senses) -> None:
    """Take the first line for the title where it stands alone, or right above something of another nature."""
    first = next(
        (i for i, unit in enumerate(senses.units) if unit.kind != "rule" and not is_furniture(unit.words)),
        None,
    )
    if first is None or first + 1 >= len(senses.units):
        return
    unit, below = senses.units[first], senses.units[first + 1]
    is_broken = len(unit.lines) == 2 and heading_shape(unit.words) == "capitals"
    if (
        unit.kind != "text"
        or not (unit.is_single or is_broken)
        or not could_title(unit.words)
        or is_period(unit.words)
    ):
        return
    if any(other.kind == "heading" and other.level == 1 for other in senses.units):
        return
    after = senses.units[first + 1 : first + 3]
    is_alike = len(after) == 2 and all(
        other.kind == "text"
        and other.is_single
        and not other.words.endswith(".")
        and not is_furniture(other.words)
        and len(other.words) < 2 * len(unit.words) + 20
        and not is_period(other.words)
        for other in after
    )
    is_capitals = heading_shape(unit.words) == "capitals"
    is_above_subtitle = (
        below.is_single and bool(below.gap_after) and could_title(below.words) and len(below.words) < 90
    )
    if (
        is_capitals
        or is_above_subtitle
        or (not is_alike and (unit.gap_after or is_furniture(below.words) or below.kind in ("item", "grid")))
    ):
        senses.set(first, senses.heading(first))


def _sections(senses: _Senses) -> None:
    for index, unit in senses.free("heading", "text"):
        role = role_of(unit.words) if len(unit.words) < 60 else None
        if unit.kind == "heading" or (role and unit.is_single and (unit.gap or index == 0 or unit.gap_after)):
            senses.set(index, senses.heading(index, role))


def _furniture(senses: _Senses) -> None:
    for index, unit in senses.free("rule"):
        senses.set(index, Sense("furniture"))
        del unit
    for index, unit in senses.free("text", "item"):
        if unit.kind == "item" and (len(unit.words) > 60 or senses.scores[index] >= 2):
            continue
        if is_furniture(unit.words) or (unit.kind == "item" and is_furniture(unit.marker + unit.words)):
            senses.set(index, Sense("furniture"))
            after = index + 1
            is_box = unit.words.lower().startswith("did you know")
            if is_box and after < len(senses.units) and not senses.units[after].gap:
                senses.set(after, Sense("furniture"))
    for index, sense in enumerate(senses.found):
        if sense is not None and sense.role == "contents":
            sense.kind = "furniture"
            for below in range(index + 1, len(senses.units)):
                unit = senses.units[below]
                is_line = (
                    unit.is_single and _TOC_LINE.match(unit.words) and not unit.words.endswith((".", ":"))
                )
                if not is_line or senses.found[below] is not None or (unit.gap and below > index + 1):
                    break
                senses.set(below, Sense("furniture"))


def _runs(senses: _Senses) -> Iterator[list[int]]:
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


def _citations(senses: _Senses) -> None:
    total = max(1, len(senses.text))
    for run in _runs(senses):
        scores = [senses.scores[i] for i in run]
        share = sum(score >= 2 for score in scores) / len(run)
        has_back_links = any(senses.units[i].words.lstrip().startswith(("^", "↑")) for i in run)
        is_numbered = senses.units[run[0]].mark_kind not in _BULLETS
        is_late = senses.units[run[0]].span.start > 0.4 * total
        if has_back_links or (
            len(run) >= 2 and share >= 0.6 and (is_numbered or is_late or sum(scores) >= 3 * len(run))
        ):
            for index in run:
                _cite(senses, index, is_note=is_numbered or has_back_links)


_BULLETS = frozenset("•●▪◦‣⁃∙·○■□▸►➢✓♦◆-o") | {"*" * n for n in range(1, 6)} | {""}


def _cite(senses: _Senses, index: int, *, is_note: bool, is_link: bool = False) -> None:
    unit = senses.units[index]
    back = BACK_LINKS.match(unit.words)
    content = unit.content
    if back and back.end() < len(unit.words):
        content = Span(content.start + back.end(), content.end)
    flat = unit.kind != "item"
    senses.set(
        index,
        Sense("footnote" if is_note else "bibliography", content=content, is_link=is_link, is_flat=flat),
    )


def _listed_by_section(senses: _Senses) -> None:
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
        score = senses.scores[index]
        if unit.kind == "text" and score == 0 and (len(unit.words) > 300 or _is_heading(senses, index)):
            if _is_heading(senses, index):
                role = None
            continue
        if role == "related" and score < 2:
            if len(unit.words) <= 80 and not unit.words.endswith("."):
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
            unit.words = unit.words[number.end() :]
        if unit.kind == "text" and role in ("works", "related") and score == 0 and unit.words.endswith(":"):
            continue
        has_number = bool(number) or unit.mark_kind not in _BULLETS
        is_note = unit.words.startswith(("^", "↑")) or (
            has_number and (role == "notes" or (role == "works" and not marked))
        )
        _cite(senses, index, is_note=is_note, is_link=role in ("links", "related"))


def _unlisted(senses: _Senses) -> None:
    """Find a bibliography without bullets and without a heading: three and more citations at the end."""
    run: list[int] = []
    for index, unit in enumerate([*senses.units, None]):
        if (
            unit is not None
            and unit.kind == "text"
            and senses.found[index] is None
            and senses.scores[index] >= 3
        ):
            run.append(index)
            continue
        if len(run) >= 3 and senses.units[run[0]].span.start > 0.4 * len(senses.text):
            for i in run:
                _cite(senses, i, is_note=False)
        run = []


def _rows(senses: _Senses) -> None:
    """Find labels with their values: two or more neighbouring short lines, with colons or in two scripts."""
    run: list[int] = []
    for index, unit in enumerate([*senses.units, None]):
        if (
            unit is not None
            and unit.kind == "text"
            and unit.is_single
            and senses.found[index] is None
            and len(unit.words) <= 90
            and (not run or not unit.gap)
        ):
            run.append(index)
            continue
        _label(senses, run)
        run = (
            [index]
            if unit is not None
            and unit.kind == "text"
            and unit.is_single
            and len(unit.words) <= 90
            and senses.found[index] is None
            else []
        )


def _label(senses: _Senses, run: list[int]) -> None:
    splits: dict[int, tuple[int, int]] = {}
    for index in run:
        unit = senses.units[index]
        match = _LABELLED.match(unit.words) or _SCRIPTS.match(unit.words)
        if match and not is_period(match.group(1)) and not unit.words.endswith((".", "!", "?")):
            n_words = match.group(1).count(" ") + 1
            if n_words <= 4 and not (match.re is _SCRIPTS and _LATIN.search(match.group(3))):
                start = unit.content.start
                splits[index] = (start + match.end(1), start + match.end(2))
    if len(splits) < 2 or 2 * len(splits) < len(run) - 1:
        return
    for index in run:
        unit = senses.units[index]
        if index in splits:
            senses.set(index, Sense("definition", split=splits[index]))
        elif index != run[0] and len(unit.words) <= 60 and not unit.words.endswith("."):
            senses.set(index, Sense("definition"))
        elif index == run[0] and not unit.words.endswith("."):
            is_title = all(sense is not None and sense.kind == "furniture" for sense in senses.found[:index])
            senses.set(index, senses.heading(index) if is_title else Sense("caption"))


def _is_repeated(senses: _Senses, index: int) -> bool:
    """Return whether the line says again what an earlier one said."""
    words = senses.units[index].words.casefold()
    return any(unit.words.casefold() == words for unit in senses.units[:index])


def _is_heading(senses: _Senses, index: int) -> bool:
    """Return whether a free unit of text stands and reads like a heading."""
    unit = senses.units[index]
    if unit.kind != "text" or not unit.is_single or not could_head(unit.words):
        return False
    below = senses.units[index + 1] if index + 1 < len(senses.units) else None
    if below is None:
        return False
    if is_period(unit.words):
        return True
    stands_alone = bool(unit.gap) or index == 0
    is_deeper = below.indent > unit.indent
    opens = (
        unit.gap_after
        or below.kind in ("item", "grid")
        or is_deeper
        or (below.kind == "text" and len(below.words) > 120)
    )
    is_capitals = heading_shape(unit.words) == "capitals"
    return bool((stands_alone and opens) or (is_capitals and (stands_alone or opens)))


def _headings(senses: _Senses) -> None:
    candidates = [i for i, _ in senses.free("text") if _is_heading(senses, i)]
    chosen = set(candidates)
    for index in candidates:
        # Three and more in a row are a list without bullets, not headings of nothing.
        row = [index]
        while row[-1] + 1 in chosen:
            row.append(row[-1] + 1)
        if len(row) >= 3 and index - 1 not in chosen:
            first_is_title = row[0] == 0
            periods = [i for i in row if is_period(senses.units[i].words)]
            if not periods:
                chosen.difference_update(row[1:-1] if first_is_title else row[:-1])
    for index in candidates:
        if index not in chosen:
            continue
        words = senses.units[index].words
        is_first = all(s is not None and s.kind == "furniture" for s in senses.found[:index])
        if not is_first and is_caption(words):
            senses.set(index, Sense("caption"))
        elif not is_first and _is_repeated(senses, index) and senses.found[index - 1] is not None:
            senses.set(index, Sense("furniture"))
        else:
            senses.set(index, senses.heading(index))
    for index, unit in senses.free("item"):
        if _is_numbered_heading(senses, index):
            unit.kind = "heading"
            senses.set(index, senses.heading(index))


def _is_numbered_heading(senses: _Senses, index: int) -> bool:
    """Return whether a numbered item alone between paragraphs is a heading: "2. Routes"."""
    unit = senses.units[index]
    if unit.mark_kind != "1." or not unit.is_single or not could_head(unit.words) or not unit.gap_after:
        return False
    below = senses.units[index + 1] if index + 1 < len(senses.units) else None
    above = senses.units[index - 1] if index else None
    return (
        below is not None
        and below.kind == "text"
        and len(below.words) > len(unit.words)
        and below.indent <= unit.indent + 3
        and (above is None or (above.kind != "item" and bool(unit.gap)))
    )


def _captions(senses: _Senses) -> None:
    for index, unit in senses.free("text"):
        is_alone = unit.is_single and unit.gap and unit.gap_after
        if is_alone and unit.words.count(" ") <= 25 and is_caption(unit.words):
            senses.set(index, Sense("caption"))


def _indented(senses: _Senses) -> None:
    """Make entries of lines that only their indentation marks as a list: two near one another show that it is one."""
    deep = [
        index
        for index, unit in senses.free("text")
        if unit.indent >= 2
        and len(unit.words) <= 400
        and (unit.is_single or unit.lines[1].indent >= unit.lines[0].indent)
    ]
    listed = {
        senses.units[index].indent
        for one, other in pairwise(deep)
        if other == one + 1 and senses.units[other].gap <= 1
        for index in (one, other)
    }
    for index in deep:
        if senses.units[index].indent in listed:
            senses.units[index].kind = "item"
            senses.set(index, Sense("list_item"))


def _rest(senses: _Senses) -> None:
    for index, unit in senses.free("item"):
        del unit
        senses.set(index, Sense("list_item"))
    for index, unit in senses.free("grid"):
        del unit
        senses.set(index, Sense("table"))
    for index, unit in senses.free("quote"):
        del unit
        senses.set(index, Sense("quote"))


_PASSES: tuple[Callable[[_Senses], None], ...] = (
    _title,
    _sections,
    _furniture,
    _citations,
    _listed_by_section,
    _unlisted,
    _rows,
    _headings,
    _captions,
    _indented,
    _rest,
)


def _set_levels(units: list[Unit], senses: list[Sense]) -> None:
    """Give headings their levels: the first is the title, like shapes get like levels, a heading right below one is deeper."""
    shapes: dict[str, int] = {}
    above: int | None = None
    has_title = False
    has_capitals = (
        sum(
            sense.kind == "heading" and heading_shape(unit.words) == "capitals"
            for unit, sense in zip(units, senses, strict=True)
        )
        >= 2
    )
    has_level_1 = any(unit.level == 1 for unit in units)
    last = 1
    for index, (unit, sense) in enumerate(zip(units, senses, strict=True)):
        if sense.kind != "heading":
            above = None if sense.kind not in ("furniture", "caption") else above
            continue
        shape = heading_shape(unit.words)
        is_time = shape in ("period", "decade", "century")
        if unit.level and not (unit.marker == "-" and not has_level_1 and _is_first(senses, index)):
            sense.level = min(6, unit.level)
        elif not has_title and not is_time and sense.role is None and _is_first(senses, index):
            sense.level = 1
        elif sense.role is not None:
            sense.level = 2
        elif shape in shapes:
            sense.level = shapes[shape]
        elif is_time:
            coarser = {"century": (), "decade": ("century",), "period": ("century", "decade")}[shape]
            under = [shapes[s] for s in coarser if s in shapes]
            sense.level = max(under) + 1 if under else min(3, max(2, last + 1))
        elif shape.startswith("number"):
            sense.level = 2 + int(shape.split()[1])
        elif above is not None:
            sense.level = min(6, above + 1)
        else:
            sense.level = 3 if has_capitals and shape != "capitals" else 2
        if sense.level > 1 and not unit.level and sense.role is None:
            shapes.setdefault(shape, sense.level)
        if not is_time:
            last = sense.level
        has_title = has_title or sense.level == 1
        above = sense.level


def _is_first(senses: list[Sense], index: int) -> bool:
    return all(sense.kind == "furniture" for sense in senses[:index])
