"""A released claim's own words in its passage: the name of its subject, its value, its place, its date, its number.

    "• Ri Han – nephew of X; shot in 1997"   death 1997   ──►   "1997"        and "Ri Han" where the mention is known

They are what is kept of a sentence that also says something withheld. Nothing here knows what is withheld.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final

from regesta.dates import find_dates
from regesta.edition.spans import Spans

if TYPE_CHECKING:
    from regesta.chronicle.rows import ClaimRow

__all__ = ["own_words", "places_of"]

_NUMERAL: Final = re.compile(r"(?:[$€£¥₩]\s?|\b(?:US\$|USD|KRW)\s?)?\d[\d,.]*\d|\d")
_YEAR: Final = re.compile(r"\d{4}")


def own_words(text: str, start: int, end: int, row: ClaimRow, names: Iterable[tuple[int, int]] = ()) -> Spans:
    """Return where a claim's own words stand in its passage: names of its subject, its value, its date."""
    found = list(names)
    words = [row.value_text, row.where_text, *(stop.text for stop in row.value_stops or ())]
    for one in words:
        if one:
            found += places_of(text, one, start, end)
    dates = {d for d in (row.value_edtf, row.when_edtf) if d}
    if dates:
        found += _dates(text, start, end, dates)
    numbers = {n for n in (row.value_number, row.value_low, row.value_high) if n is not None}
    if numbers:
        found += _numerals(text, start, end, numbers, row.value_unit or "")
    return found


def _dates(text: str, start: int, end: int, wanted: Collection[str]) -> Spans:
    """Return where a date stands that is one of those wanted, else the years that they name."""
    years = {year for one in wanted for year in _YEAR.findall(one)}
    found: Spans = []
    for phrase in find_dates(text, start, end):
        if (
            phrase.edtf in wanted
            or phrase.core_edtf in wanted
            or (phrase.partial and any(one[4:] == phrase.partial[4:] for one in wanted if len(one) > 4))
        ):
            found.append((phrase.core.start, phrase.core.end))
    for match in _YEAR.finditer(text, start, end):
        if match[0] in years:
            found.append(match.span())
    return found


def _numerals(text: str, start: int, end: int, wanted: Collection[float], unit: str) -> Spans:
    found: Spans = []
    for match in _NUMERAL.finditer(text, start, end):
        digits = re.sub(r"[^\d.]", "", match[0]).rstrip(".")
        try:
            is_it = float(digits) in wanted
        except ValueError:
            is_it = False
        if is_it:
            stop = match.end()
            behind = re.compile(r"[ \u00a0-](\w+)").match(text, stop, end)
            if behind and unit and behind[1].casefold().startswith(unit.casefold()[:3]):
                stop = behind.end()
            found.append((match.start(), stop))
    return found


def places_of(text: str, words: str, start: int, end: int) -> Spans:
    """Return where words stand in a stretch, whatever their case and the white space between them."""
    parts = words.split()
    if not parts or len(words) > 2 * (end - start) + 40:
        return []
    found: Spans = []
    at = text.find(words, start, end)
    while at >= 0:
        found.append((at, at + len(words)))
        at = text.find(words, at + len(words), end)
    if found:
        return found
    pattern = re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE)
    return [match.span() for match in pattern.finditer(text, start, end)]
