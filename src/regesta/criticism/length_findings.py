"""A length of time as F033 tells it: its number and unit, how far two dates are apart in that, and the finding."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from regesta.criticism.telling import Sentence
from regesta.criticism.view import Said, finding
from regesta.criticism.wordings import number_of
from regesta.criticism.words_of_numbers import foreign_number
from regesta.dates import in_words

if TYPE_CHECKING:
    from regesta.criticism.sentence_figures import ToldDate
    from regesta.model import Finding

__all__ = [
    "FULL",
    "NEAR",
    "UNITS",
    "WORTH",
    "YEAR",
    "days_apart",
    "length_finding",
    "length_told",
    "units_apart",
    "value_of",
]

UNITS: Final = {
    "day": "days?|nights?|Tage?n?|Nächten?|jours?|nuits?|días?|noches?",
    "week": "weeks?|Wochen?|semaines?|semanas?",
    "month": "months?|Monate?n?|mois|mes(?:es)?",
    "year": "years?|Jahre?n?|ans|années?|años?",
}
FULL: Final = 10
YEAR: Final = 4
WORTH: Final = 2
NEAR: Final = 60


def value_of(match: re.Match[str]) -> int:
    """Return the number of a length, in digits or in words."""
    return number_of(match["n"]) or foreign_number(match["n"]) or 0


def length_told(match: re.Match[str]) -> tuple[int, str]:
    """Return a length in its smaller unit: years and months are months."""
    number = value_of(match)
    unit = next(name for name, words in UNITS.items() if re.fullmatch(words, match["unit"]))
    if match["m"]:
        return 12 * number + (number_of(match["m"]) or 0), "month"
    return number, unit


def _words(match: re.Match[str]) -> str:
    return match[0][: match.start("way") - match.start()].strip() if match["way"] else match[0]


def units_apart(a: ToldDate, b: ToldDate, unit: str) -> int | None:
    """Return how many units lie between two dates, None where they do not say so."""
    if unit == "year":
        return int(b.edtf[:YEAR]) - int(a.edtf[:YEAR])
    if unit == "month":
        both = [d.edtf for d in (a, b) if re.match(r"\d{4}-(?:0\d|1[012])", d.edtf)]
        return (
            12 * (int(both[1][:4]) - int(both[0][:4])) + int(both[1][5:7]) - int(both[0][5:7])
            if len(both) > 1
            else None
        )
    return days_apart(a, b) if len(a.edtf) == len(b.edtf) == FULL else None


def days_apart(first: ToldDate, second: ToldDate) -> int | None:
    """Return the days from one date to a later one, None for anything else."""
    try:
        low, high = date.fromisoformat(first.edtf), date.fromisoformat(second.edtf)
    except ValueError:
        return None
    return (high - low).days if high > low else None


def length_finding(
    one: Sentence,
    match: re.Match[str],
    first: tuple[Sentence, ToldDate],
    second: tuple[Sentence, ToldDate],
    apart: str,
    *,
    holds: bool,
    is_sure: bool,
) -> Finding:
    """Return the finding about a length and two dates: whether it holds, and if not, whether that can be a matter of counting."""
    spots: list[tuple[Sentence, int, int]] = sorted(
        [
            (first[0], first[1].start, first[1].end),
            (second[0], second[1].start, second[1].end),
            (one, match.start(), match.end()),
        ],
        key=lambda spot: (spot[0].start, spot[1]),
    )
    said: list[Said] = []
    for home in (first[0], second[0], one):
        ends = [(low, high) for place, low, high in spots if place is home]
        said.append(home.said(min(low for low, _ in ends), max(high for _, high in ends)))
    ends_words = f"{in_words(first[1].edtf)} to {in_words(second[1].edtf)}"
    computed = {"working": f"{ends_words}: {apart}", "stated": _words(match)}
    if holds:
        return finding(
            "F033",
            "arithmetic-check",
            "ok",
            f"{ends_words} are {apart}, and the text says {_words(match)}.",
            said,
            **computed,
        )
    summary = f"{ends_words} are {apart}, not {_words(match)}."
    if is_sure:
        return finding("F033", "sum-mismatch", "warning", summary, said, **computed)
    return finding("F033", "arithmetic-check", "info", summary, said, **computed)
