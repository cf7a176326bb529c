"""The working of a finding, as a reader can follow it: what was compared, counted and found, each in words.

    {"working": "230 + 220 = 450", "totals": [450, 468.0]}       230 + 220 = 450
                                                                 totals     450, 468

A check keeps its working as JSON of its own shape; the names that checks use have words in the catalogue (`working.*`), another
is shown as it is written. Nothing here computes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from regesta.pages.dating import in_words
from regesta.pages.summing import readable
from regesta.pages.telling import number
from regesta.pages.wording import Words

__all__ = ["Worked", "worked"]

_MOST = 60
"""Values of one line."""
_DEEPEST = 4
_SUMS = ("working",)
"""Lines that say it all, before the others."""
_DATES = frozenset(
    (
        "when", "reported", "filed", "told", "order", "first_day", "last_day", "missing", "written", "as_of", "born",
        "first", "other", "retrieved", "periods", "values", "stated",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Worked:
    """One line of a working."""

    name: str
    """What it is, in words; empty for the sum itself."""
    text: str
    n_more: int = 0
    """Values that are not told."""


def worked(computed: str, words: Words) -> tuple[Worked, ...]:
    """Return the lines of a working, the sum itself first; text that is no JSON object has none.

    >>> from regesta.pages.wording import words_of
    >>> for line in worked('{"sum": 450.0, "when": ["2006-10-26", "../2004"], "working": "230 + 220 = 450"}', words_of("en")):
    ...     print(line.name, "|", line.text)
     | 230 + 220 = 450
    sum | 450
    date told | 26 October 2006, until 2004
    """
    try:
        found = json.loads(computed)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(found, dict):
        return ()
    lines = [Worked("", _told(found[key], key, words)) for key in _SUMS if found.get(key)]
    for key, value in found.items():
        if key in _SUMS or value in (None, "", [], {}):
            continue
        text = _told(value, key, words)
        n_more = max(0, len(value) - _MOST) if isinstance(value, list) else 0
        if text:
            lines.append(Worked(words.named("working", key), text, n_more))
    return tuple(lines)


def _told(value: Any, key: str, words: Words, depth: int = 0) -> str:
    if value is None:
        return words("working_value.unknown")
    if isinstance(value, bool):
        return words("working_value.yes" if value else "working_value.no")
    if isinstance(value, int) and ("year" in key or key == "heading"):
        return str(value)
    if isinstance(value, int | float):
        return number(value) if abs(value) < 1e15 else str(value)
    if isinstance(value, str):
        if key in ("predicate", "kinds"):
            return words.named("predicate", value)
        return in_words(value, words) if key in _DATES else readable(value, words)
    if depth >= _DEEPEST:
        return "…"
    if isinstance(value, list):
        between = " → " if depth and all(isinstance(one, int | float) for one in value) else ", "
        between = "; " if any(isinstance(one, list) for one in value) or key == "differences" else between
        return between.join(_told(one, key, words, depth + 1) for one in value[:_MOST])
    assert isinstance(value, dict)
    return "; ".join(
        f"{words.named('working', name)}: {_told(one, name, words, depth + 1)}"
        for name, one in list(value.items())[:_MOST]
    )
