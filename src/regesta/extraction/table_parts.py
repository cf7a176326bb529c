"""What rules that read tables of figures share: the heads of columns, what stands in a cell, and the caption.

Landings at Reval               the caption: the table's own, or the words right above it
Country | 2014: Men | %         heads; merged rows of heads are joined, each once
Peru    | 1.204 (p) | n/a       a number with its marks, and a cell that has none
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from regesta.extraction.numbers import word_set
from regesta.extraction.series_parts import NUMBER, QUALIFIED, SCALES, qualifier_of, to_number
from regesta.model import Document, Table
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["NO_VALUE", "Cells", "Figure", "without_marks"]

NO_VALUE: Final = lazy(
    r"(?:ages?|born|birth|died|death year|no\.?|nr\.?|#|№|rank|ranking|id|ref(?:erence)?s?\.?|notes?|page|pp?\.?|isbn|source|chapter|"
    r"year of .*|rounds? fired|place|position|lat\w*|lon\w*)\Z",
    re.IGNORECASE,
)
"""Heads of columns whose numbers measure nothing."""
_CELL: Final = lazy(
    rf"[ ]?{QUALIFIED}[$€£¥₩]?[ ]?{NUMBER}(?P<plus>\+)?(?P<scale>[ ]?(?:million|thousand|billion)\b)?[ ]?%?"
    r"(?:\[[^\]\n]{1,12}\]|[*†‡]|(?<=\d)[a-f]\Z|[ ]?\((?:p|e|r|prov\w*\.?|est\w*\.?|to[ ]\w+\.?|[\d,. +–%-]{1,16})\)|[¹²³⁴-⁹])*"
    r"(?:[ ][a-z]{2,20}){0,2}[ ]?\Z",
    re.IGNORECASE,
)
_EMPTY: Final = word_set(
    "– — - … .. ... n/a na n.a. ? x . unknown nil none k.a. o.a. n.c. n.d. s/d s.d. s.f. b.d. b/d н/д н.д. нет 미상 불명 자료없음"
)
"""No figure, as tables of several languages write it, without spaces."""
_POINTS: Final = lazy(r"[1-9]\d{0,2}(?:\.\d{3}){1,4}")
_COMMA: Final = lazy(r"[+-]?\d{1,4},\d{1,2}[ ]?%?")
"""A decimal comma: no thousands are parted so."""
_LEAST_PARTED: Final = 3
_DECIMAL: Final = lazy(r"(?:\d{4,}\.\d|\d+\.(?:\d{1,2}|\d{4,})\b(?!\.))|0\.")


_IN_UNITS: Final = lazy(
    r"(?:\bin |\(|^|: )(?:(?P<million>millions?|millones|milioni|miliony|mill?io\.?|млн\.?)|thousands?|1[,. ]?000s?|['’]000s?|tausend|tsd\.?|milliers|miles|migliaia|tysiące|тыс\.?)(?![^\W_])",
    re.IGNORECASE,
)
"""What stands in the head of a column whose figures are short: "in thousands", "('000)"."""


_NO_TITLES: Final = word_set(
    "source sources data table figure contents notes download excel csv quelle quellen tabelle fuente tabla fonte tabella źródło источник"
)
_SENTENCE: Final = lazy(r"[a-zß-ÿ)]{2}[.!]\Z|[a-zß-ÿ)]{3}\. [A-Z][\w-]* [a-z]")


class Figure(NamedTuple):
    """A cell that is a number."""

    value: float
    qualifier: str | None
    span: Span


class Cells:
    """A table with its heads, and what its cells hold."""

    def __init__(self, document: Document, table: Table) -> None:
        self.document = document
        self.text = document.text
        self.table = table
        self.width = len(table.rows[0]) if table.rows else 0
        self.n_heads = min(table.n_header_rows, len(table.rows))
        self.body = range(self.n_heads, len(table.rows))
        self.heads = [self.head(column) for column in range(self.width)]
        cells = [cell.strip() for row in table.rows for cell in row]
        parted = sum(bool(_POINTS.fullmatch(cell)) for cell in cells)
        by_points = parted >= _LEAST_PARTED or any(
            cell.count(".") > 1 and _POINTS.fullmatch(cell) for cell in cells
        )
        self.has_points = by_points and not any(_DECIMAL.match(cell) for cell in cells)
        """Points part the thousands: "1.174.743" somewhere or "38.200" thrice, and decimals nowhere."""
        self._scales = [_scale(head) for head in self.heads]

    def head(self, column: int, skip: int = -1) -> str:
        """Return the words above a column; merged rows of heads joined, each once; without the row `skip`."""
        words: list[str] = []
        for row in range(self.n_heads):
            cell = " ".join(without_marks(self.table.rows[row][column]).replace("_", " ").split())
            if cell and cell not in words and row != skip:
                words.append(cell)
        return ": ".join(words)

    def span(self, row: int, column: int) -> Span:
        """Return where a cell stands."""
        return self.table.cells[row][column]

    def value(self, row: int, column: int) -> Figure | None:
        """Return the number of a cell, None where it is none."""
        cell = self.table.rows[row][column].strip().strip("*_")
        plain = cell.replace(",", ".") if _COMMA.fullmatch(cell) else cell
        match = _CELL.match(plain.replace(".", ",") if self.has_points and plain is cell else plain)
        if match is None:
            return None
        value = to_number(match["value"]) * SCALES.get((match["scale"] or "").strip().lower(), 1)
        value = round(value * self._scales[column], 4)
        written = cell[match.start("value") : match.end("scale") if match["scale"] else match.end("value")]
        span = self.span(row, column)
        place = self.text.find(written, span.start, span.end)
        return Figure(
            value,
            qualifier_of(match),
            Span(place, place + len(written)) if place >= 0 else span.strip(self.text),
        )

    def is_empty(self, row: int, column: int) -> bool:
        """Return whether a cell has no words, or words that say that there is no figure."""
        cell = "".join(without_marks(self.table.rows[row][column]).lower().split())
        return not cell or cell in _EMPTY

    def caption(self) -> Span | None:
        """Return the table's caption, else the paragraph or heading directly above it."""
        index = self.table.block
        blocks = self.document.blocks
        if index < 0 or index >= len(blocks):
            return None
        for child in self.document.children[index]:
            if blocks[child].kind == "caption":
                return blocks[child].content
        before = (blocks[at] for at in range(index - 1, -1, -1))
        above = next(
            (
                b
                for b in before
                if (b.parent < 0 or b.kind == "heading")
                and b.content.of(self.text).strip(" *_:\n").lower() not in _NO_TITLES
            ),
            None,
        )
        if above is None or above.kind not in ("heading", "paragraph", "caption", "term"):
            return None
        start, end = above.content.strip(self.text)
        if end - start > 200:
            start = max(
                (m.end() for m in re.compile(r"[.!?][ ]+(?=[A-Z])").finditer(self.text, start, end)),
                default=start,
            )
        stop = Span(start, end).strip(self.text, " :\n")
        return stop if 0 < stop.end - stop.start <= 300 else None

    def title(self) -> str:
        """Return the words of the caption; a sentence above the table that only ends there is none."""
        caption = self.caption()
        words = " ".join(caption.of(self.text).split()) if caption else ""
        return "" if _SENTENCE.search(words) or words.lower() in _NO_TITLES else words


def _scale(head: str) -> int:
    """Return how many one is by the head of a column: "Expellees in thousands"."""
    match = _IN_UNITS.search(head)
    return 1 if match is None else 10**6 if match["million"] else 1000


def without_marks(cell: str) -> str:
    """Return a cell without footnote marks and asterisks.

    >>> without_marks("1,204[3]*")
    '1,204'
    """
    return re.sub(r"\[[^\]]{1,12}\]|[*†‡]+|(?<![^\W_])_+|_+(?![^\W_])", "", cell).strip()
