"""The cells of one XLSX sheet as words.

    <c r="B7" t="s"><v>12</v></c>       the string of that number
    <c r="C7" s="4"><f>A1*2</f><v>45200</v></c>      the saved value, in the format of style 4: 2023-10-01
    <c r="D7" t="b"><v>1</v></c>        TRUE

Hidden rows and columns are read and said. Cells without a value cost nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from regesta.reading.office.markup import Element, Stream
from regesta.reading.office.number_formats import NumberFormat, worded
from regesta.reading.office.sheets import Sheet, ranges

__all__ = ["SheetReader", "words_of_string"]

_NAME = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SPACE = re.compile(r"[ \t\r\f\v]+")
_MAX_COLUMNS, _MAX_ROWS = 16_384, 1_048_576
_MAX_MERGED = 200_000
_PLAIN = NumberFormat()


@dataclass(slots=True)
class SheetReader:
    """Fills a sheet from the elements of its part."""

    sheet: Sheet
    strings: list[str]
    formats: list[NumberFormat]
    since_1904: bool = False
    n_cells: int = 0
    n_text: int = 0
    _columns: dict[str, int] = field(default_factory=dict)
    _hidden_rows: list[int] = field(default_factory=list)
    _hidden_columns: list[int] = field(default_factory=list)
    _n_unsaved: int = 0
    _wide: list[tuple[int, int]] = field(default_factory=list)

    def take(self, stream: Stream, n_cells: int, n_text: int) -> None:
        """Read the part; after so many filled cells or code points the rest is left out, and said."""
        row_number = -1
        for element, name, _ in stream:
            if name == "x:row":
                stated = element.get("r") or ""
                row_number = (
                    int(stated[:8]) - 1 if stated.isascii() and stated[:8].isdigit() else row_number + 1
                )
                if not 0 <= row_number < _MAX_ROWS:
                    continue
                self._row(element, row_number)
                if self.n_cells > n_cells or self.n_text > n_text:
                    self.sheet.rows.pop()
                    self.sheet.problems.append(
                        ("R005", f"the rows from {row_number + 1} on were left out; there are too many")
                    )
                    return
            elif name == "x:mergeCell":
                self._merge(element.get("ref") or "")
            elif name == "x:pane" and element.get("state") in {"frozen", "frozenSplit"}:
                rows = element.get("ySplit") or "0"
                self.sheet.n_frozen = int(rows[:6]) if rows[:6].isdecimal() else 0
            elif name == "x:col" and element.get("hidden") in {"1", "true"}:
                first, last = element.get("min") or "", element.get("max") or ""
                if first.isdecimal() and last.isdecimal() and len(self._wide) < 1000:
                    self._wide.append((int(first[:6]) - 1, int(last[:6]) - 1))

    def finish(self) -> None:
        """Put the rows in order and say what is to be said of them."""
        rows = self.sheet.rows
        if any(rows[n][0] <= rows[n - 1][0] for n in range(1, len(rows))):
            merged: dict[int, dict[int, str]] = {}
            for number, cells in rows:
                merged.setdefault(number, {}).update(cells)
            rows[:] = [(number, sorted(merged[number].items())) for number in sorted(merged)]
        if self._wide:
            filled = {column for _, cells in rows for column, _ in cells}
            self._hidden_columns = [c for c in filled if any(a <= c <= b for a, b in self._wide)]
        said = self.sheet.problems
        if self._hidden_rows:
            said.append(("R031", f"rows {ranges(self._hidden_rows)} are hidden; they were read"))
        if self._hidden_columns:
            said.append(
                ("R031", f"columns {ranges(self._hidden_columns, columns=True)} are hidden; they were read")
            )
        if self._n_unsaved:
            said.append(("R033", f"{self._n_unsaved} formulas have no saved value; their cells are empty"))

    def _row(self, row: Element, number: int) -> None:
        cells: list[tuple[int, str]] = []
        column, is_ordered = -1, True
        columns = self._columns
        for cell in row:
            name = cell.get("r")
            if name:
                letters = name.rstrip("0123456789")
                found = columns.get(letters)
                column = found if found is not None else self._column(letters, column + 1)
            else:
                column += 1
            if len(cell) == 0 or not 0 <= column < _MAX_COLUMNS:
                continue
            if words := self._words(cell):
                is_ordered = is_ordered and (not cells or column > cells[-1][0])
                cells.append((column, words))
        if cells:
            if not is_ordered:
                cells = sorted(dict(cells).items())
            self.sheet.rows.append((number, cells))
            self.n_cells += len(cells)
            self.n_text += sum([len(words) for _, words in cells])
            if row.get("hidden") in {"1", "true"}:
                self._hidden_rows.append(number)

    def _column(self, letters: str, default: int) -> int:
        number = 0
        for letter in letters.upper().replace("$", ""):
            if not "A" <= letter <= "Z" or number > _MAX_COLUMNS:
                return default
            number = number * 26 + ord(letter) - 64
        if len(self._columns) < 2 * _MAX_COLUMNS:
            self._columns[letters] = number - 1
        return number - 1

    def _words(self, cell: Element) -> str:
        value: str | None = None
        has_formula = False
        for child in cell:
            tag = str(child.tag)
            if tag.endswith("}v"):
                value = child.text
            elif tag.endswith("}is"):
                return words_of_string(child)
            elif tag.endswith("}f"):
                has_formula = True
        if value is None:
            self._n_unsaved += has_formula
            return ""
        kind = cell.get("t")
        if kind == "s":
            if value.isascii() and value.isdigit() and (index := int(value[:12])) < len(self.strings):
                return self.strings[index]
            return ""
        if kind is None or kind == "n":
            style = cell.get("s")
            return self._number(value, int(style[:9]) if style and style.isdecimal() else 0)
        if kind == "b":
            return "TRUE" if value.strip() in {"1", "true"} else "FALSE"
        if kind == "d":
            return (
                value.strip().removesuffix("Z").replace("T00:00:00", "").replace(".000", "").replace("T", " ")
            )
        return _folded(value)

    def _number(self, value: str, style: int) -> str:
        try:
            number = float(value)
        except ValueError:
            return _folded(value)
        form = self.formats[style] if style < len(self.formats) else _PLAIN
        return worded(number, form, since_1904=self.since_1904)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        a, b = _NAME.fullmatch(first), _NAME.fullmatch(last)
        if a is None or b is None or len(self.sheet.merged) >= _MAX_MERGED:
            return
        left, right = self._column(a[1], 0), self._column(b[1], 0)
        top, bottom = int(a[2]) - 1, int(b[2]) - 1
        if top <= bottom < _MAX_ROWS and left <= right < _MAX_COLUMNS:
            self.sheet.merged[top, left] = (bottom - top + 1, right - left + 1)


def words_of_string(element: Element) -> str:
    """Return the words of a string, its runs joined; how they are pronounced is left out."""
    found: list[str] = []
    for child in element:
        if str(child.tag).endswith("}t"):
            found.append(child.text or "")
        elif str(child.tag).endswith("}r"):
            found.extend(piece.text or "" for piece in child if str(piece.tag).endswith("}t"))
    return _folded("".join(found))


def _folded(words: str) -> str:
    if "_x" in words:
        words = _ESCAPE.sub(
            lambda match: chr(int(match[1], 16)) if match[1].lower()[:1] != "d" else match[0], words
        )
    return _SPACE.sub(" ", words).strip()
