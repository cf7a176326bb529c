"""How things look in a terminal: aligned tables, small bars, claims in words with their passages.

    age  21 years  in 1953
        … pilot Ada Brook “(age 21)” flew from …  list.txt:9

Widths are those of East Asian wide characters too. Nothing here reads a chronicle but through its methods.
"""

from __future__ import annotations

import bisect
import shutil
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle
    from regesta.chronicle.rows import ClaimRow, EvidenceRow
    from regesta.model import Place

__all__ = [
    "Passages",
    "aligned",
    "bar",
    "claim_in_words",
    "counted",
    "heading",
    "number",
    "terminal_width",
    "width",
]

_SHORT = 60
"""Code points below which a quote alone says too little."""

_AROUND = 70
"""Code points shown on either side of it."""

_TIMES = {"year", "month", "week", "day", "hour"}


def terminal_width() -> int:
    """Return how many columns there are, at most 110: longer lines are hard to read."""
    return min(shutil.get_terminal_size((100, 24)).columns, 110)


@lru_cache(maxsize=4096)
def width(text: str) -> int:
    """Return how many columns a text takes.

    >>> width("Kim"), width("金")
    (3, 2)
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def aligned(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, limit: int = 60) -> str:
    """Return a table, numbers to the right, cells cut at `limit` columns.

    >>> print(aligned(["name", "n"], [["Kim", 7], ["Pak", 12]]))
    name   n
    ────  ──
    Kim    7
    Pak   12
    """
    cells = [[_cell(value, limit) for value in row] for row in rows]
    right = [False] * len(columns)
    for index in range(len(columns)):
        values = [row[index] for row in rows if row[index] is not None] if isinstance(rows, Sequence) else []
        right[index] = bool(values) and all(
            isinstance(v, int | float) and not isinstance(v, bool) for v in values
        )
    sizes = [max([width(name), *(width(row[index]) for row in cells)]) for index, name in enumerate(columns)]
    lines = [columns, ["─" * size for size in sizes], *cells]
    return "\n".join(
        "  ".join(
            _padded(cell, size, to_right=r) for cell, size, r in zip(line, sizes, right, strict=True)
        ).rstrip()
        for line in lines
    )


def bar(value: float, largest: float, columns: int) -> str:
    """Return a bar of block characters, an eighth of a column exact.

    >>> bar(3, 4, 4), bar(1, 64, 8)
    ('███', '▏')
    """
    eighths = round(8 * columns * value / largest) if largest else 0
    whole, rest = divmod(max(eighths, 1 if value else 0), 8)
    return "█" * whole + ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")[rest]


def heading(text: str) -> str:
    """Return a line that opens a section; bold where the terminal knows bold."""
    return click.style(text, bold=True)


def number(value: float | None) -> str:
    """Return a number as people write it.

    >>> number(18000.0), number(0.3), number(None)
    ('18,000', '0.3', '')
    """
    if value is None:
        return ""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.10g}"


def counted(n: int, one: str, many: str = "") -> str:
    """Return a number and what it counts, in the plural unless it is one; `many` where that is not one more letter.

    >>> counted(1, "source"), counted(2300, "source"), counted(0, "passage left out", "passages left out")
    ('1 source', '2,300 sources', '0 passages left out')
    """
    return f"{n:,} {one if n == 1 else many or f'{one}s'}"


def claim_in_words(claim: ClaimRow) -> str:
    """Return predicate, value, when and where of a claim on one line."""
    parts = [click.style(claim.predicate.replace("_", " "), fg="cyan"), _value_in_words(claim)]
    if claim.when_edtf and claim.when_edtf != claim.value_edtf:
        parts.append(f"({date_in_words(claim.when_edtf)})")
    if claim.where_text:
        parts.append(f"in {claim.where_text}" if claim.where_text[:3] != "in " else claim.where_text)
    said = [claim.modality] if claim.modality != "asserted" else []
    said += [f"by {claim.said_by}"] if claim.said_by else []
    said += [f"at {claim.at_event}"] if claim.at_event else []
    said += [f"of {claim.subset}"] if claim.subset else []
    if said:
        parts.append(f"[{', '.join(said)}]")
    return "  ".join(part for part in parts if part)


def _value_in_words(claim: ClaimRow) -> str:
    match claim.value_type:
        case "date":
            return date_in_words(claim.value_edtf or "")
        case "route":
            way = " → ".join(stop.text for stop in claim.value_stops or ())
            return f"{way} by {claim.value_text}" if claim.value_text else way
        case "quantity":
            return _quantity_in_words(claim)
        case _:
            return claim.value_text or ""


def _quantity_in_words(claim: ClaimRow) -> str:
    """Return number and unit: "about 2,700 people", "20,000 to 400,000 people", "months"."""
    unit = claim.value_unit or ""
    if claim.value_number is not None:
        amount = number(claim.value_number)
    elif claim.value_low is not None and claim.value_high is not None:
        amount = f"{number(claim.value_low)} to {number(claim.value_high)}"
    else:
        amount = number(claim.value_low) or number(claim.value_high)
    word = {"min": "at least", "max": "at most"}.get(claim.bound or "")
    if word is None and (claim.value_approximate or claim.bound == "about"):
        word = "about"
    if unit == "person":
        unit = "person" if amount == "1" else "people"
    elif unit in _TIMES and amount != "1":
        unit += "s"
    return " ".join(part for part in (word, amount, unit) if part)


def date_in_words(edtf: str) -> str:
    """Return a date as people say it, the EDTF string itself where it has no words."""
    from regesta.dates.words import in_words
    from regesta.errors import DateError

    try:
        return in_words(edtf)
    except DateError:
        return edtf


def place_in_words(place: Place) -> str:
    """Return a place behind the name of its source.

    >>> from regesta.model import Place
    >>> place_in_words(Place(page=3, box=(72, 90, 300, 101))), place_in_words(Place(sheet="Arrivals", cell="B7"))
    (', page 3', ', sheet Arrivals, B7')
    >>> place_in_words(Place(part="word/document.xml", xpath="/w:document/w:body/w:p[3]"))
    ', word/document.xml, /w:document/w:body/w:p[3]'
    >>> place_in_words(Place(part="ch1.xhtml", line=40)), place_in_words(Place(line=12, pointer="/text"))
    (', ch1.xhtml:40', ':12, /text')
    """
    parts = [f", {place.part}"] if place.part else []
    parts += [f":{place.line}"] if place.line is not None else []
    parts += [f", page {place.page}"] if place.page is not None else []
    parts += [f", sheet {place.sheet}"] if place.sheet else []
    parts += [f", {one}" for one in (place.cell, place.pointer) if one]
    if place.xpath and place.line is None:
        parts += [f", {place.xpath}"]
    return "".join(parts)


class Passages:
    """The passages of a chronicle, each with the place where it stands."""

    def __init__(self, chronicle: Chronicle) -> None:
        self._chronicle = chronicle
        self._laid_out = {s.name for s in chronicle.sources() if not s.text_is_file}
        self._texts: dict[str, str] = {}
        self._starts: dict[str, list[int]] = {}

    def place(self, source: str, start: int, end: int) -> str:
        """Return where a passage stands in the raw file, as far as its reader knew it, else the line of the text.

        `annals.txt:12`, `report.pdf, page 3`, `book.epub, ch1.xhtml:40`, `list.xlsx, sheet Arrivals, B7`.
        """
        if source not in self._laid_out:
            return f"{source}:{self._line(source, start)}"
        places = self._chronicle.places(source, start, end)
        return f"{source}{place_in_words(places[0])}" if places else source

    def _line(self, source: str, start: int) -> int:
        if source not in self._starts:
            self._starts[source] = [i + 1 for i, c in enumerate(self._text(source)) if c == "\n"]
        return bisect.bisect_right(self._starts[source], start) + 1

    def show(self, evidence: EvidenceRow, *, indent: str = "    ") -> str:
        """Return the quote in quotation marks, a short one with the words around it, and where it stands."""
        quote = " ".join(evidence.quote.split())
        before, after = self._around(evidence) if len(quote) < _SHORT else ("", "")
        place = click.style(self.place(evidence.source, evidence.start_char, evidence.end_char), dim=True)
        body = textwrap.fill(
            f"{before}“{quote}”{after}",
            terminal_width(),
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
        )
        return f"{body}  {place}"

    def _around(self, evidence: EvidenceRow) -> tuple[str, str]:
        """Return the words before and after a passage in its line, cut between words."""
        text = self._text(evidence.source)
        start, end = evidence.start_char, evidence.end_char
        left = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
        right = min((text.find("\n", end) + 1 or len(text) + 1) - 1, end + _AROUND)
        before, after = text[left:start], text[end:right]
        if left and text[left - 1] != "\n":
            before = "… " + before.partition(" ")[2]
        if right < len(text) and text[right] != "\n":
            after = after.rpartition(" ")[0] + " …"
        return before.lstrip(), after.rstrip()

    def _text(self, source: str) -> str:
        if source not in self._texts:
            self._texts[source] = self._chronicle.text(source)
        return self._texts[source]


def _cell(value: Any, limit: int) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return number(value)
    text = " ".join(str(value).split())
    return text if width(text) <= limit else text[: limit - 1] + "…"


def _padded(text: str, size: int, *, to_right: bool) -> str:
    space = " " * (size - width(text))
    return space + text if to_right else text + space
