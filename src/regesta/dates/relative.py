"""Phrases that count from another date: "two years later", "the previous year", "the day before", "ten months ago".

They are found from the unit ("years") outwards. A bare duration ("for two years") is none; a phrase with an event behind it
("two years after his arrival") says so in `relative_to`, for its sense hangs on that event's date.
"""

from __future__ import annotations

import re

from regesta.dates.patterns import Patterns
from regesta.dates.phrase import DatePhrase
from regesta.text.span import Span

__all__ = ["read_relative"]

_NO_EVENT = re.compile(r"\s*(?:[.,;:)\]–—\"”]|$|\n|(?:and|but|when|in|at|on|with|by|as|because)\b)")
_SPANNING = frozenset({"over", "within", "for", "throughout", "during", "every", "each", "per", "of"})


def read_relative(text: str, unit: re.Match[str], patterns: Patterns, floor: int, stop: int) -> DatePhrase | None:
    """Return the relative phrase around a unit, or None if it is but a duration."""
    name = patterns.language.units[unit["unit"]]
    low = max(floor, unit.start() - 40)
    later = patterns.later.match(text, unit.end(), stop)
    if later and (phrase := _counted(text, unit, later, name, patterns, low)):
        return phrase
    return _neighbour(text, unit, name, patterns, low)


def _phrase(start: int, end: int, offset: tuple[int, str] | None, to: str, **more: str | None) -> DatePhrase:
    span = Span(start, end)
    return DatePhrase(span=span, core=span, kind="relative", offset=offset, relative_to=to, evidence=(span,), **more)  # type: ignore[arg-type]


def _counted(
    text: str, unit: re.Match[str], later: re.Match[str], name: str, patterns: Patterns, low: int
) -> DatePhrase | None:
    """Return "two years later", "a decade ago", "the day before"."""
    language = patterns.language
    word = later["later"]
    sign = language.later[word.lower()]
    found = patterns.count.search(text, low, unit.start())
    about = False
    amount: int | None
    if found:
        start = found.start()
        about = found["about"] is not None and found["about"].lower() not in {"exactly", "just", "only"}
        if found["digits"]:
            amount = int(found["digits"])
        elif found["tens"]:
            amount = (language.numbers[found["tens"].lower()] or 0) + (language.numbers[found["ones"].lower()] or 0)
        else:
            amount = language.numbers[" ".join(found["word"].lower().replace("-", " ").split())]
        if found["half"] and amount is not None:
            if name != "year":
                return None
            amount, name = amount * 12 + 6, "month"
    elif re.search(r"\b[Tt]he\s$", text[low : unit.start()]) and word in {"before", "after"}:
        start, amount = unit.start() - 4, 1
    elif unit["unit"].endswith("s") and word in {"later", "ago", "earlier", "afterwards"}:
        start, amount = unit.start(), None
    else:
        return None
    to = "source" if word == "ago" else "anchor"
    if word in {"before", "after", "prior"} and not _NO_EVENT.match(text, later.end()):
        to = "event"
        if word == "after" and text[later.end() : later.end() + 5] == " year":  # "year after year"
            return None
    offset = None if amount is None else (sign * amount, name)
    return _phrase(start, later.end(), offset, to, qualifier="about" if about else None)


def _neighbour(text: str, unit: re.Match[str], name: str, patterns: Patterns, low: int) -> DatePhrase | None:
    """Return "the previous year", "later that month", "last year", "the end of that year"."""
    if unit["unit"].endswith("s") or unit["unit"] == "centuries":
        return None
    found = patterns.neighbour.search(text, low, unit.start())
    if found is None or found.start() == unit.start():
        return None
    step, article, shift, part = (found[g] and found[g].lower() for g in ("step", "the", "shift", "part"))
    before = re.search(r"(\w+)\s{1,2}$", text[max(0, found.start() - 16) : found.start()])
    if before and before[1].lower() in _SPANNING - ({"of"} if not article or article == "that" else set()) and not part and (step != "same"):
        return None
    start = found.start()
    if step is None:
        if article == "that":
            return _phrase(start, unit.end(), (0, name), "anchor", qualifier=_part(part, shift))
        if article == "this":
            return _phrase(start, unit.end(), (0, name), "source", qualifier=_part(part, shift))
        if article == "the" and (part or shift) and not re.match(r"\s+\d", text[unit.end() : unit.end() + 3]):
            return _phrase(start, unit.end(), (0, name), "anchor", qualifier=_part(part, shift))
        return None
    if step == "last":
        if article or re.match(r"\s+of\b", text[unit.end() : unit.end() + 5]):
            return None
        return _phrase(start, unit.end(), (-1, name), "source")
    if article == "this" or (article is None and step not in {"next", "same"}):
        return None
    return _phrase(
        start, unit.end(), (patterns.language.neighbours[" ".join(step.split())], name), "anchor", qualifier=_part(part, shift)
    )


def _part(part: str | None, shift: str | None) -> str | None:
    if part:
        return "end" if part == "end" else "beginning"
    return {"late": "late", "early": "early"}.get(shift or "")
