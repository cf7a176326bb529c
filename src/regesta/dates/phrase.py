"""What a date in a text is: its place, its value, and what it still lacks.

    "He stayed until the late 1990s."
               [-------------------)   span: with the words that change the value
                         [---------)   core: the date itself

Neutral prepositions ("in", "on") and a leading "the" are in neither, except before a relative phrase ("the previous year"),
whose sense hangs on it. For a range the words "from" and "between" stay outside too: its value says as much.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from regesta.dates.values import ends, predecessor
from regesta.text.span import Span

__all__ = ["DatePhrase", "Kind", "Qualifier", "apply_bound"]

Kind = Literal["date", "range", "decade", "century", "season", "relative", "now", "open"]
Qualifier = Literal[
    "about", "before", "after", "until", "since", "from", "as-of", "early", "late", "mid", "end", "beginning"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePhrase:
    """A date as a text words it, and its EDTF value as far as the words alone give one."""

    span: Span
    """The date with the words that change its value: "until 2004", "the end of 2020" without its "the"."""
    core: Span
    """The date without preposition and hedge: "2004", "late 1990s", "2020"; both dates of a range."""
    edtf: str | None = None
    """The value, bound included; None while something is missing."""
    core_edtf: str | None = None
    """The value without the bound: `2004` for "until 2004"; for a range the same as `edtf`."""
    partial: str | None = None
    """The core with `XXXX` for a missing year: `XXXX-02-12`."""
    kind: Kind = "date"
    qualifier: Qualifier | None = None
    """The outermost word that changes the value; a bound wins over a part, a part over "about"."""
    offset: tuple[int, str] | None = None
    """For a relative phrase: a signed count and `day week month year decade century`; None if the count is unknown.
    `(1, "recurrence")` is the next time that `partial` comes round ("the following March"), -1 the last."""
    relative_to: Literal["anchor", "source", "event"] | None = None
    """What a relative phrase counts from: the date told before, the date of writing, or an event named behind it."""
    bounds_hint: str | None = None
    """Narrower bounds than EDTF can say: `1980/1983` for "early 1980s"."""
    evidence: tuple[Span, ...] = ()
    """What the value stands on: the span, then where a year or an anchor was found."""


def apply_bound(value: str, hint: str | None, bound: str | None) -> tuple[str, str | None]:
    """Return (EDTF, bounds hint) of a complete value under a bound.

    "Before 1997" ends with 1996, "until 1997" with 1997; "after 1990" begins with 1990, for much that is said to come after
    a year still falls in it.

    >>> apply_bound("1997", None, "before"), apply_bound("199X", "1997/1999", "since")
    (('../1996', None), ('199X/..', '1997/..'))
    """
    low, high = ends(value)
    hint_low, hint_high = ends(hint) if hint else ("", "")
    if bound == "before" and low:
        return f"../{predecessor(low)}", f"../{predecessor(hint_low)}" if hint_low else None
    if bound == "until" and high:
        return f"../{high}", f"../{hint_high}" if hint_high else None
    if bound in {"since", "from", "after"} and low:
        return f"{low}/..", f"{hint_low}/.." if hint_low else None
    return value, hint
