"""What each unit of a plain text is: heading, entry, citation, caption, the page's furniture.

    pass                     sure because
    0 title                  the first line, standing alone
    1 sections               the names of back matter are few: "References", "Further reading"
    2 furniture              the page says so itself: "Jump to navigation", a licence
    3 citations              most entries of a run carry an ISBN, "Retrieved", a quoted title, a year in brackets
    4 rows                   labels and values under one another, on a line each or on two
    5 headings and captions  a short line alone
    6 the rest               lists and paragraphs

A unit keeps the first sense that a pass gives it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from regesta.reading.citing.apparatus import is_furniture, role_of, strip_edit
from regesta.reading.plain.citations import find_citations, find_unlisted, list_by_section
from regesta.reading.plain.headings import (
    MAX_HEADING,
    could_title,
    heading_shape,
    is_caption,
    is_day,
    is_period,
)
from regesta.reading.plain.levels import set_levels
from regesta.reading.plain.sense import Sense, Senses
from regesta.reading.plain.standing import first_said, stands_as_heading, stands_as_numbered_heading
from regesta.reading.plain.units import Unit

__all__ = ["make_sense"]

_TOC_LINE = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?\s)?\S.{0,80}$")
_LABELLED = re.compile(r"^([^\s:][^:\n]{0,38}?)(\s*:\s+)(?=\S)")
_LABEL = re.compile(r"([^\W\d_][^\s:]{2,19}(?: [^\s:]{1,19}){0,2}):(?:\s|$)")
_OVER = re.compile(r"[^\W\d_][^\s:]{2,19}(?: [^\s:]{1,19}){0,3} ?:")
"""A label that stands over its value."""
_NAME_YEAR = re.compile(
    r"[^\W\d_a-z][\w'’-]+(?: [\"“(]?[^\W\d_a-z][\w.'’-]*[\"”)]?){1,3},? (?:1[5-9]|20)\d\d(?:[ ,;:–-].{0,90})?"
)
"""A name and a year, and at most a remark."""
_SHORT, _LONG = 90, 240
"""Code points of a line with a label; of one whose label stands elsewhere too."""
_SCRIPTS = re.compile(r"^([A-Za-zÀ-ɏ][A-Za-zÀ-ɏ .()'-]{1,40}?)(\s+)([^\x00-ɏ\s].*)$")
_LATIN = re.compile(r"[A-Za-z]{4,}")


def make_sense(text: str, units: list[Unit]) -> list[Sense]:
    """Return the sense of each unit."""
    senses = Senses(text, units)
    for each in _PASSES:
        each(senses)
    paragraph = Sense("paragraph")
    done = [sense or paragraph for sense in senses.found]
    set_levels(units, done)
    return done


def _title(senses: Senses) -> None:
    """Take the first line for the title where it stands alone, or right above something of another nature."""
    first = next(
        (
            i
            for i, unit in enumerate(senses.units)
            if unit.kind != "rule" and not is_furniture(unit.words) and not is_day(unit.words)
        ),
        None,
    )
    if first is None or first + 1 >= len(senses.units):
        return
    unit, below = senses.units[first], senses.units[first + 1]
    is_broken = unit.n_lines == 2 and heading_shape(unit.words) == "capitals"
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
        and role_of(other.words) is None
        and other.length < 2 * unit.length + 20
        and not is_period(other.words)
        for other in after
    )
    is_capitals = heading_shape(unit.words) == "capitals"
    is_above_subtitle = (
        below.is_single and bool(below.gap_after) and could_title(below.words) and below.length < 90
    )
    if (
        is_capitals
        or is_above_subtitle
        or (not is_alike and (unit.gap_after or is_furniture(below.words) or below.kind in ("item", "grid")))
    ):
        senses.set(first, senses.heading(first))


def _sections(senses: Senses) -> None:
    for index, unit in senses.free("heading", "text"):
        if unit.length >= 100 and unit.kind == "text":
            continue
        words = unit.words
        role = role_of(words) if len(words) < 60 else None
        has_button = unit.is_single and len(words) < 100 and strip_edit(words) != words
        is_apart = bool(unit.gap or index == 0 or unit.gap_after)
        if unit.kind == "heading" or has_button or (role and unit.is_single and is_apart):
            senses.set(index, senses.heading(index, role))


def _furniture(senses: Senses) -> None:
    for index, unit in senses.free("rule"):
        senses.set(index, Sense("furniture"))
        del unit
    for index, unit in senses.free("text", "item"):
        if unit.kind == "item" and unit.length > 60:
            continue
        words = unit.words
        is_page = is_furniture(words) or (unit.kind == "item" and is_furniture(unit.marker + words))
        if is_page and not (unit.kind == "item" and senses.could_score(index, 2)):
            senses.set(index, Sense("furniture"))
            after = index + 1
            is_box = words.lower().startswith("did you know")
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
                known = senses.found[below]
                is_other = known is not None and not (known.role and unit.words[:1].isdigit())
                if not is_line or is_other or (unit.gap and below > index + 1):
                    break
                senses.found[below] = Sense("furniture")


def _rows(senses: Senses) -> None:
    """Find labels with their values: two or more neighbouring short lines, with colons or in two scripts.

    Behind a label that the text has again and again a value may be longer, or left out.
    """
    labels = Counter(m[1] for unit in senses.units if unit.is_single and (m := _LABEL.match(unit.words)))
    again = frozenset(label for label, count in labels.items() if count > 1)
    run: list[int] = []
    for index, unit in enumerate([*senses.units, None]):
        fits = (
            unit is not None
            and unit.kind == "text"
            and unit.is_single
            and senses.found[index] is None
            and (unit.length <= _SHORT or (unit.length <= _LONG and _is_of(unit.words, again)))
        )
        if fits and unit is not None and (not run or not unit.gap):
            run.append(index)
            continue
        _label(senses, run, again)
        run = [index] if fits else []


def _is_of(words: str, labels: frozenset[str]) -> bool:
    """Whether a line opens with one of some labels."""
    match = _LABEL.match(words) if labels else None
    return match is not None and match[1] in labels


def _label(senses: Senses, run: list[int], again: frozenset[str]) -> None:
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
        elif senses.units[index].words.endswith(":") and _is_of(unit.words, again):
            senses.set(index, Sense("furniture"))
        elif index != run[0] and len(unit.words) <= 60 and not unit.words.endswith("."):
            senses.set(index, Sense("definition"))
        elif index == run[0] and not unit.words.endswith("."):
            senses.set(index, senses.heading(index) if senses.is_first(index) else Sense("caption"))


def _stacked(senses: Senses) -> None:
    """Find labels that stand over their values, two or more in turn: "Born:", "1931", "Profession:", "baker"."""
    units = senses.units
    labels = [i for i, unit in senses.free("text") if unit.is_single and _OVER.fullmatch(unit.words)]
    over = [i for i in labels if _is_value(senses, i + 1)]
    row: list[int] = []
    for index in (*over, -1):
        if row and index == row[-1] + 2 and units[index].gap <= units[row[-1] + 1].gap_after:
            row.append(index)
            continue
        if len(row) > 1:
            above = row[0] - 1
            if above >= 0 and units[above].is_single and could_title(units[above].words):
                senses.set(above, senses.heading(above) if senses.is_first(above) else Sense("caption"))
            for at in row:
                senses.set(at, Sense("term", content=senses.heading(at).content))
                senses.set(at + 1, Sense("definition"))
        row = [index]


def _is_value(senses: Senses, index: int) -> bool:
    """Whether a unit may be what a label above it asks for: a short line, and no label or sentence."""
    if index == len(senses.units) or senses.found[index] is not None:
        return False
    unit = senses.units[index]
    return (
        unit.kind == "text"
        and unit.is_single
        and unit.length <= _SHORT
        and not unit.words.endswith((":", "!", "?"))
    )


def _years(senses: Senses) -> None:
    """Make entries of lines that are a name and a year, three and more in turn: "Ana Ruiz 1974", "Luz Gil 1979 (by sea)"."""
    row: list[int] = []
    for index, unit in enumerate([*senses.units, None]):
        if (
            unit is not None
            and senses.found[index] is None
            and unit.is_single
            and _NAME_YEAR.fullmatch(unit.words)
        ):
            row.append(index)
            continue
        for at in row if len(row) > 2 else ():
            senses.set(at, Sense("list_item", is_flat=True))
        row = []


def _headings(senses: Senses) -> None:
    candidates = [
        i for i, unit in senses.free("text") if unit.length <= MAX_HEADING and stands_as_heading(senses, i)
    ]
    chosen = set(candidates)
    for index in candidates:
        # Three and more in a row are a list without bullets, not headings of nothing.
        if index - 1 in chosen:
            continue
        row = [index]
        while row[-1] + 1 in chosen:
            row.append(row[-1] + 1)
        if len(row) >= 3:
            first_is_title = row[0] == 0
            periods = [i for i in row if is_period(senses.units[i].words)]
            if not periods:
                chosen.difference_update(row[1:-1] if first_is_title else row[:-1])
    repeated = first_said(senses)
    for index in candidates:
        if index not in chosen:
            continue
        words = senses.units[index].words
        is_first = senses.is_first(index)
        if not is_first and is_caption(words):
            senses.set(index, Sense("caption"))
        elif not is_first and repeated(words) < index and senses.found[index - 1] is not None:
            senses.set(index, Sense("furniture"))
        else:
            senses.set(index, senses.heading(index))
    for index, unit in senses.free("item"):
        if stands_as_numbered_heading(senses, index):
            unit.kind = "heading"
            senses.set(index, senses.heading(index))


def _captions(senses: Senses) -> None:
    for index, unit in senses.free("text"):
        is_alone = unit.is_single and unit.gap and unit.gap_after
        if is_alone and unit.length <= 250 and unit.words.count(" ") <= 25 and is_caption(unit.words):
            senses.set(index, Sense("caption"))


def _indented(senses: Senses) -> None:
    """Make entries of lines that only their indentation marks as a list: two near one another show that it is one."""
    deep = [
        index
        for index, unit in senses.free("text")
        if unit.indent >= 2 and unit.length <= 400 and unit.is_hanging
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


def _rest(senses: Senses) -> None:
    for index, unit in senses.free("item"):
        del unit
        senses.set(index, Sense("list_item"))
    for index, unit in senses.free("grid"):
        del unit
        senses.set(index, Sense("table"))
    for index, unit in senses.free("quote"):
        del unit
        senses.set(index, Sense("quote"))


_PASSES: tuple[Callable[[Senses], None], ...] = (
    _title,
    _sections,
    _furniture,
    find_citations,
    list_by_section,
    find_unlisted,
    _stacked,
    _rows,
    _years,
    _headings,
    _captions,
    _indented,
    _rest,
)
