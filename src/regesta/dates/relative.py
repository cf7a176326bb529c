"""Phrases that count from another date: "two years later", "the previous year", "the day before", "ten months ago".

They are read from the unit outwards: what stands behind it, then the number or the word before it.

    [two] [years] [later]      count, unit, later
    the [following] [year]     neighbour, unit

A bare duration ("for two years") is no date. A phrase with an event behind it ("two years after his arrival") is found and
says so in `relative_to`, for its value hangs on that event.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from regesta.dates.patterns import Patterns
from regesta.dates.phrase import DatePhrase, Qualifier
from regesta.dates.values import part_of
from regesta.text.span import Span

__all__ = ["read_now", "read_relative"]

_REACH = 40
"""Code points before a unit in which its phrase must begin."""
_NO_EVENT = re.compile(r"\s*(?:[.,;:)\]–—\"”]|$|\n|(?:and|but|when|in|at|on|with|by|as|because)\b)")
_GOES_ON = re.compile(r",\s")
"""What must follow "ten days on" that is no "ten days on the road"."""
_WORD = re.compile(r"[^\W\d_]+")
_WORD_BEFORE = re.compile(r"(\w+)\s{1,2}$")
_SPANNING = frozenset({"over", "within", "for", "throughout", "during", "every", "each", "per", "into"})
"""Words before "the next year" that make it a duration."""


def read_now(text: str, at: int, floor: int, stop: int, patterns: Patterns) -> DatePhrase | None:
    """Return "now" or "at present" with the word at `at` as its last; not as part of a word such as "now-closed"."""
    word = _WORD.match(text, at, stop)
    if word is None or text[word.end() : word.end() + 1] in {"-", "’", "'"}:
        return None
    start = at
    if word[0].lower() not in patterns.language.now:
        phrase = patterns.now_phrase.search(text, max(floor, at - 16), word.end())
        if phrase is None:
            return None
        start = phrase.start()
    span = Span(start, word.end())
    return DatePhrase(span=span, core=span, kind="now", relative_to="source", evidence=(span,))


def read_relative(
    text: str, unit: re.Match[str], patterns: Patterns, floor: int, stop: int
) -> DatePhrase | None:
    """Return the relative phrase around a unit, or None if it is but a duration; it begins no sooner than `floor`."""
    low = max(floor, unit.start() - _REACH)
    later = patterns.later.match(text, unit.end(), stop)
    phrase = _counted(text, unit, later, patterns, low) if later else None
    if phrase is None:
        phrase = _neighbour(text, unit, patterns, low)
    return _bounded(text, phrase, patterns, floor) if phrase else None


def _bounded(text: str, phrase: DatePhrase, patterns: Patterns, floor: int) -> DatePhrase:
    """Return a phrase with the bound before it: "by the end of that year", "until the next day"."""
    start = phrase.span.start
    lead = patterns.lead.search(text, max(floor, start - 20), start)
    if lead is None or not lead["bound"] or lead["approx"] or lead["part"]:
        return phrase
    bound = patterns.language.bounds[" ".join(lead["bound"].lower().replace("-", " ").split())]
    if bound not in {"until", "before", "since"}:
        return phrase
    span = Span(lead.start(), phrase.span.end)
    return replace(phrase, span=span, qualifier=bound, evidence=(span,))  # type: ignore[arg-type]


def _phrase(
    start: int,
    end: int,
    offset: tuple[int, str] | None,
    to: Literal["anchor", "source", "event"],
    qualifier: Qualifier | None = None,
) -> DatePhrase:
    span = Span(start, end)
    partial = None
    if offset and offset[1] == "year" and qualifier in {"end", "beginning"}:
        partial = part_of("XXXX", qualifier, "year")[0]
    return DatePhrase(
        span=span,
        core=span,
        partial=partial,
        kind="relative",
        qualifier=qualifier,
        offset=offset,
        relative_to=to,
        evidence=(span,),
    )


def _counted(
    text: str, unit: re.Match[str], later: re.Match[str], patterns: Patterns, low: int
) -> DatePhrase | None:
    """Return "two years later", "a decade ago", "the day before"."""
    language = patterns.language
    name = language.units[unit["unit"]]
    word, end = later["later"], later.end()
    if word == "on" and not _GOES_ON.match(text, end):
        return None
    found = patterns.count.search(text, low, unit.start())
    amount: int | None
    if found and found["fraction"]:
        start = found.start()
        amount, name = language.fractions.get((found["fraction"].lower(), name), (None, name))
    elif found:
        start, amount = found.start(), _amount(found, patterns)
    elif word in language.adjacent and re.search(r"\bthe\s$", text[low : unit.start()], re.IGNORECASE):
        start, amount = unit.start() - 4, 1
    elif unit["unit"] in language.plural_units and word not in language.adjacent:
        start, amount = unit.start(), None
    else:
        return None
    if found and (later["half"] or found["half"]) and amount is not None:
        amount, name = (amount * 12 + 6, "month") if name == "year" else (None, name)
    to: Literal["anchor", "source", "event"] = "source" if language.later[word] == -2 else "anchor"
    if word in language.adjacent and not _NO_EVENT.match(text, end):
        if re.match(rf"\s{unit['unit']}", text[end : end + 12]):  # "year after year"
            return None
        to = "event"
    about: Qualifier | None = "about" if found and found["about"] else None
    sign = 1 if language.later[word] > 0 else -1
    return _phrase(start, end, None if amount is None else (sign * amount, name), to, about)


def _amount(found: re.Match[str], patterns: Patterns) -> int | None:
    """Return the number of a count, None for "several"."""
    numbers = patterns.language.numbers
    if found["digits"]:
        return int(found["digits"])
    if found["tens"]:
        return (numbers[found["tens"].lower()] or 0) + (numbers[found["ones"].lower()] or 0)
    return numbers[" ".join(found["word"].lower().replace("-", " ").split())]


def _neighbour(text: str, unit: re.Match[str], patterns: Patterns, low: int) -> DatePhrase | None:
    """Return "the previous year", "later that month", "last year", "the end of that year"."""
    language = patterns.language
    if unit["unit"] in language.plural_units:
        return None
    found = patterns.neighbour.search(text, low, unit.start())
    if found is None or found.start() == unit.start():
        return None
    step, article, shift, part = ((found[g] or "").lower() for g in ("step", "the", "shift", "part"))
    before = _WORD_BEFORE.search(text, max(0, found.start() - 16), found.start())
    if before and before[1].lower() in _SPANNING and step not in {"same", ""}:
        return None
    name, start, end = language.units[unit["unit"]], found.start(), unit.end()
    qualifier: Qualifier | None = None
    if part or shift in {"late", "early"}:
        qualifier = {"late": "late", "early": "early", "end": "end"}.get(part or shift, "beginning")  # type: ignore[assignment]
    if name == "week" and qualifier is None:
        qualifier = "about"  # some day of it
    if not step:
        if article == "that":
            return _phrase(start, end, (0, name), "anchor", qualifier)
        if article == "this":
            return _phrase(start, end, (0, name), "source", qualifier)
        if article == "the" and (part or shift) and not re.match(r"\s+(?:of\s+)?\d", text[end : end + 6]):
            return _phrase(start, end, (0, name), "anchor", qualifier)
        return None
    if step == "last":
        is_of = re.match(r"\s+of\b", text[end : end + 5]) is not None
        return None if article or is_of else _phrase(start, end, (-1, name), "source", qualifier)
    if article == "this" or (not article and step not in {"next", "same"}):
        return None
    return _phrase(start, end, (language.neighbours[" ".join(step.split())], name), "anchor", qualifier)
