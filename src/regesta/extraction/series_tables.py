"""Series in tables: a column of periods and columns of numbers, the same lying on its side, and years against months.

    Year   Men   Women   Total             Year   1990   1991   1992            Year   Jan   Feb
    1990     6       3       9             Men       6      5      8            1990     1     2
    Total   19       7      26

Columns are known by their content and by what `Source.columns` says of them. A table of people (a column of words, dates
that are days, ages) is no series, and neither is a table with one row.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, NamedTuple, TypeVar

from regesta.extraction.periods import Dates, Period, cover, is_month, month_of, read_period, with_year
from regesta.extraction.series_parts import (
    ALL_ABROAD,
    TOTAL,
    PointFound,
    Role,
    SeriesFound,
    source_line,
    total_in_words,
    year_above,
)
from regesta.extraction.table_parts import NO_VALUE, Cells, Figure, without_marks
from regesta.model import Document, Table
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["series_of_tables"]

_PERIOD_HEAD: Final = lazy(
    r"(?:fiscal |calendar |financial )?(?:year|period|date|month|quarter|decade|years|season)s?\b|"
    r"(?:jahr|zeitraum|monat|année|période|mois|año|período|mes|ano|anno|periodo|mese|jaar|rok|okres|год|период|рік|연도|년도|기간)\b",
    re.IGNORECASE,
)
_REMARKS: Final = lazy(
    r"(?:notes?|remarks?|comments?|sources?|refs?\.?|references?|events?|main .*|details?|changes?)\b",
    re.IGNORECASE,
)
_GENERIC: Final = lazy(
    r"(?:numbers?|no\.?|totals?|values?|counts?|figures?|amount|n|all|sum|persons|people)\Z", re.IGNORECASE
)
_COUNT: Final = lazy(r"\d{1,3}(?:,\d{3})*")
"""A number that is no period."""
_ALL: Final = lazy(rf"(?:(?:grand |over)?(?:totals?|sum|all|altogether)|{ALL_ABROAD})\W*\Z", re.IGNORECASE)
_CROWD: Final = lazy(
    r"\b(?:souls|aboard|on board|passengers|people|persons|refugees|landed|carried|embarked|evacuees)\b",
    re.IGNORECASE,
)
_PERCENT: Final = ("%", " %", "％")
_LONGEST_POINT: Final = 300
_T = TypeVar("_T")


class _Row(NamedTuple):
    """A row of the body with its period, or with the word that makes it a total."""

    row: int
    period: str
    label: str
    span: Span
    role: Role


def series_of_tables(document: Document, dates: Dates) -> list[SeriesFound]:
    """Return the series of all tables of a document, one for each column (or row) of values."""
    return [
        series
        for table in document.tables
        for series in _TableReader(document, _unfolded(table), dates).series()
    ]


def _unfolded(table: Table) -> Table:
    """Return a table that was folded to save room, "Year, People, Year, People", as the narrow one it stands for."""
    n_heads = min(table.n_header_rows, len(table.rows))
    heads = list(zip(*table.rows[:n_heads], strict=True))
    width = len(heads)
    fold = next(
        (n for n in range(2, width // 2 + 1) if width % n == 0 and heads == heads[:n] * (width // n)), 0
    )
    if not fold or len(set(heads[:fold])) < fold:
        return table

    def stacked(rows: tuple[tuple[_T, ...], ...]) -> tuple[tuple[_T, ...], ...]:
        above = tuple(row[:fold] for row in rows[:n_heads])
        return above + tuple(row[at : at + fold] for at in range(0, width, fold) for row in rows[n_heads:])

    return replace(table, rows=stacked(table.rows), cells=stacked(table.cells))


class _TableReader(Cells):
    """Reads one table."""

    def __init__(self, document: Document, table: Table, dates: Dates) -> None:
        super().__init__(document, table)
        self.dates = dates
        self.periods: dict[str, Period | None] = {}
        """What cells are as periods, as far as they were asked for."""
        self.meanings = {head.lower(): meaning for head, meaning in document.source.columns}

    def series(self) -> list[SeriesFound]:
        """Return the series of the table, read downwards, or sideways where that gives none."""
        if self.width < 2 or "name" in self.meanings.values():
            return []
        return self._downwards() or self._sideways()

    # -- cells

    def _year(self) -> str | None:
        """Return the year for a column of months: of the caption or the heads, else of what stands above the table."""
        caption = self.caption()
        years = re.findall(
            r"\b(?:1[4-9]|20)\d\d\b", " ".join([caption.of(self.text) if caption else "", *self.heads])
        )
        return years[0] if years else year_above(self.document, self.table.cells[0][0].start)

    def _period(self, row: int, column: int) -> Period | None:
        cell = self.table.rows[row][column].strip().strip("*_")
        if not cell or _COUNT.fullmatch(cell):
            return None
        if cell not in self.periods:
            self.periods[cell] = read_period(cell, 0, len(cell), self.dates)
        return self.periods[cell]

    # -- downwards

    def _downwards(self) -> list[SeriesFound]:
        column = self._period_column()
        if column is None:
            return []
        rows = [row for index in self.body if (row := self._row(index, column))]
        dated = [row for row in rows if row.role == "observation"]
        months = [c for c in range(self.width) if c != column and is_month(self.heads[c])]
        if len(months) >= 3 and dated and all(len(row.period) == 4 for row in dated):
            return self._years_by_months(dated, months)
        is_told = "period" in self.meanings.values() or len(dated) < len(rows)
        if len(dated) < (2 if is_told else 3):
            return []
        columns = self._value_columns(column, dated) or self._summed_columns(column, rows)
        columns = columns or self._crowds(column, dated)
        if not columns:
            return []
        groups = self._groups(rows, columns, column)
        found: list[SeriesFound] = []
        for value_column in columns:
            for name, members in groups:
                if series := self._column(value_column, members, name, len(columns)):
                    found.append(series)
        return found

    def _period_column(self) -> int | None:
        """Return the column whose cells are periods."""
        for column in range(self.width):
            if self.meanings.get(self.heads[column].lower()) == "period":
                return column
        best: int | None = None
        for column in range(min(self.width, 4)):
            cells = [row for row in self.body if not self.is_empty(row, column)]
            if not cells or self.meanings.get(self.heads[column].lower(), "period") != "period":
                continue
            periods = sum(self._period(row, column) is not None for row in cells)
            totals = sum(bool(TOTAL.match(self.table.rows[row][column].strip("*_ "))) for row in cells)
            if periods >= 2 and periods * 10 >= (len(cells) - totals) * 7:
                if _PERIOD_HEAD.match(self.heads[column]):
                    return column
                best = column if best is None else best
        return best

    def _row(self, index: int, column: int) -> _Row | None:
        cell = self.table.rows[index][column].strip().strip("*_")
        span = self.span(index, column).strip(self.text)
        if TOTAL.match(cell):
            return _Row(index, "", cell, span, "stated-total")
        period = self._period(index, column)
        if period is None:
            return None
        edtf = period.edtf
        if edtf.startswith("--"):
            year = self._year()
            if year is None:
                return None
            edtf = with_year(edtf, year)
        return _Row(index, edtf, without_marks(cell), span, "observation")

    def _value_columns(self, period_column: int, rows: list[_Row]) -> list[int] | None:
        """Return the columns of numbers; None where a column of words makes the table one of people or events."""
        told = [c for c in range(self.width) if self.meanings.get(self.heads[c].lower()) == "value"]
        if told:
            return told
        columns: list[int] = []
        for column in range(self.width):
            meaning = self.meanings.get(self.heads[column].lower())
            if column == period_column or meaning == "ignore":
                continue
            cells = [row.row for row in rows if not self.is_empty(row.row, column)]
            values = [v for index in cells if (v := self.value(index, column))]
            if len(values) >= 2 and len(values) * 10 >= len(cells) * 6:
                yearlike = (
                    sum(v.span.end - v.span.start == 4 and 1400 <= v.value < 2100 for v in values)
                    > len(values) * 0.8
                )
                if not NO_VALUE.match(self.heads[column]) and not (
                    yearlike and len(values) > 1 and not self.heads[column]
                ):
                    columns.append(column)
            elif cells and len(cells) * 2 > len(rows) and not _REMARKS.match(self.heads[column]):
                words = {self.table.rows[index][column].strip().lower() for index in cells}
                if len(words) * 2 > len(cells):
                    return None  # a name or a story in every row
        return columns or None

    def _summed_columns(self, period_column: int, rows: list[_Row]) -> list[int]:
        """Return the columns that a row of totals adds up, whatever else the table tells: ships, their dates and people aboard."""
        totals = [row.row for row in rows if row.role == "stated-total"]
        return [
            c for c in range(self.width)
            if c != period_column and any(self.value(row, c) for row in totals)
            and sum(self.value(row.row, c) is not None for row in rows) * 2 > len(rows)
        ]  # fmt: skip

    def _crowds(self, period_column: int, rows: list[_Row]) -> list[int]:
        """Return the columns that count people by the shipload, in a table of ships or trains: "Souls", "aboard"."""
        found: list[int] = []
        for column in range(self.width):
            if column == period_column or not _CROWD.search(self.heads[column]):
                continue
            values = sorted(v.value for row in rows if (v := self.value(row.row, column)))
            if len(values) * 4 >= len(rows) * 3 and values[len(values) // 2] > 20:
                found.append(column)
        return found

    def _groups(
        self, rows: list[_Row], columns: list[int], period_column: int
    ) -> list[tuple[str, list[_Row]]]:
        """Split the rows by the columns of words, where periods repeat: one series for each country."""
        periods = [row.period for row in rows if row.role == "observation"]
        keys = [
            c
            for c in range(self.width)
            if c not in columns and c != period_column and not _REMARKS.match(self.heads[c])
        ]
        if len(set(periods)) == len(periods) or not keys:
            alike = ({self._key(row.row, c) for row in rows if row.period} for c in keys)
            same = (words.pop() for words in alike if len(words) == 1)
            return [(", ".join(word for word in same if word[:1].isalpha()), rows)]
        groups: dict[str, list[_Row]] = {}
        for row in rows:
            name = ", ".join(x for c in keys if (x := self._key(row.row, c)))
            groups.setdefault(name, []).append(row)
        return list(groups.items())

    def _key(self, row: int, column: int) -> str:
        """Return the word of a row in a column of words, nothing where a dash stands for none."""
        return "" if self.is_empty(row, column) else self.table.rows[row][column].strip()

    def _column(self, column: int, rows: list[_Row], group: str, n_columns: int) -> SeriesFound | None:
        """Make the series of one column."""
        head = self.heads[column]
        is_total = n_columns > 1 and bool(_ALL.match(head.rpartition(": ")[2])) and not group
        periods = [row.period for row in rows if row.role == "observation"]
        points: list[PointFound] = []
        for row in rows:
            value = self.value(row.row, column)
            if value is None or (not row.period and not periods):
                continue  # a total of periods that nobody names
            role: Role = "stated-total" if is_total else row.role
            points.append(self._point(value, row.period or cover(periods), row.label, row.span, role))
        if sum(p.label not in ("", "Total") for p in points) < 2:
            return None
        first = self.span(self.n_heads, column) if not self.n_heads else self.span(self.n_heads - 1, column)
        caption = self.caption()
        label, span = self._label(head, first, caption, group, n_columns)
        if n_columns == 1 and caption and not any(p.role == "stated-total" for p in points):
            total = total_in_words(self.text, *caption, self.dates, periods)
            points += [total] if total else []
        return self._series(label, span, points)

    def _label(
        self, head: str, head_span: Span, caption: Span | None, group: str, n_columns: int
    ) -> tuple[str, Span | None]:
        """Return what a column counts: its head, with the caption where the head alone says little."""
        words = self.title() or (self.table.caption or "" if caption is None else "")
        if group:
            return (f"{group}: {head}" if head and not _GENERIC.match(head) else group), head_span
        if not head:
            return words or self.document.title or self.document.source.name, caption
        if not words:
            return head, head_span
        if n_columns == 1 and _GENERIC.match(head):
            return words, caption
        return (head, head_span) if n_columns == 1 else (f"{words}: {head}", head_span)

    def _years_by_months(self, rows: list[_Row], months: list[int]) -> list[SeriesFound]:
        """Read a table of years against months; a last column of totals states the year."""
        points: list[PointFound] = []
        for row in rows:
            for column in range(self.width):
                value = self.value(row.row, column)
                if value is None or value.span == row.span:
                    continue
                head = self.heads[column]
                if column in months:
                    period = f"{row.period}-{month_of(head):02}"
                    points.append(self._point(value, period, f"{head} {row.label}", row.span, "observation"))
                elif _ALL.match(head):
                    points.append(self._point(value, row.period, row.label, row.span, "stated-total"))
        caption = self.caption()
        label = caption.of(self.text) if caption else self.document.title or self.document.source.name
        series = self._series(label, caption, points)
        return [series] if series else []

    # -- sideways

    def _sideways(self) -> list[SeriesFound]:
        """Read a table with periods above its columns, and rows of values behind a label; other heads part the columns."""
        n_rows = len(self.table.rows)
        for top in range(max(1, self.n_heads)) if n_rows else ():
            periods = self._periods_across(top)
            if periods is None:
                continue
            first = max(top + 1, self.n_heads)
            groups: dict[str, list[int]] = {}
            for column in range(1, self.width):
                groups.setdefault(self.head(column, top), []).append(column)
            if min(sum(c in periods for c in columns) for columns in groups.values()) < 2:
                groups = {
                    "": list(range(1, self.width))
                }  # what stands above a column of totals is no measure
            found = (
                self._row_series(row, top, periods, columns, measure, n_rows - first)
                for row in range(first, n_rows)
                for measure, columns in groups.items()
            )
            return [series for series in found if series]
        return []

    def _periods_across(self, top: int) -> dict[int, Period] | None:
        """Return the periods that stand in a row of heads, by column; None where it is no row of periods.

        Two periods are enough for rows that are told apart by words.
        """
        periods: dict[int, Period] = {}
        for column in range(1, self.width):
            found = self._period(top, column)
            if found and not found.edtf.startswith("--"):
                periods[column] = found
        labels = [self.table.rows[row][0].strip() for row in self.body]
        worded = self.n_heads and len(labels) > 2 and all(x[:1].isalpha() for x in labels if x)
        least = 2 if worded and len(set(labels)) == len(labels) else 3
        few = len(periods) * 10 < (self.width - 1) * 6 or len({p.edtf for p in periods.values()}) < least
        return None if few or self._period(top, 0) else _one_after_another(periods)

    def _row_series(
        self, row: int, top: int, periods: dict[int, Period], columns: list[int], measure: str, n_rows: int
    ) -> SeriesFound | None:
        points: list[PointFound] = []
        head = ": ".join(x for x in (" ".join(without_marks(self.table.rows[row][0]).split()), measure) if x)
        is_total = n_rows > 1 and bool(_ALL.match(self.table.rows[row][0].strip(" *_")))
        for column in columns:
            value = self.value(row, column)
            if value is None:
                continue
            label = without_marks(self.table.rows[top][column]).strip()
            where = self.span(top, column).strip(self.text)
            if column in periods:
                role: Role = "stated-total" if is_total else "observation"
                points.append(self._point(value, periods[column].edtf, label, where, role))
            elif TOTAL.match(label):
                points.append(
                    self._point(
                        value, cover([p.edtf for p in periods.values()]), label, where, "stated-total"
                    )
                )
        if len(points) < min(3, len({periods[c].edtf for c in columns if c in periods})):
            return None
        caption = self.caption()
        label, span = self._label(head, self.span(row, 0), caption, "", n_rows)
        return self._series(label, span, points)

    # -- both

    def _point(self, value: Figure, period: str, label: str, where: Span, role: Role) -> PointFound:
        span = where.cover(value.span)
        if span.end - span.start > _LONGEST_POINT or "\n" in span.of(self.text).strip():
            span = value.span
        return PointFound(
            period=period, label=label, value=value.value, qualifier=value.qualifier, role=role, span=span, value_span=value.span,
            period_span=where,
        )  # fmt: skip

    def _series(self, label: str, span: Span | None, points: list[PointFound]) -> SeriesFound | None:
        if any(self.text.startswith(_PERCENT, p.value_span.end) for p in points):
            points = [p for p in points if p.role != "stated-total"]  # shares add up to nothing
        if not points:
            return None
        end = max(cell.end for row in self.table.cells for cell in row)
        line = self.text.find("\n", end)
        return SeriesFound(
            label=label, label_span=span, source_span=source_line(self.text, line if line >= 0 else len(self.text), len(self.text)),
            points=tuple(sorted(points, key=lambda p: (p.span, p.value_span))),
        )  # fmt: skip


def _one_after_another(periods: dict[int, Period]) -> dict[int, Period]:
    """Return the periods with one that is open before and follows another such as what lies between: "~'98", "~'01"."""
    last: str | None = None
    found: dict[int, Period] = {}
    for column, period in periods.items():
        year = period.edtf[3:]
        is_open = period.edtf.startswith("../") and year.isdecimal()
        found[column] = (
            period._replace(edtf=f"{int(last) + 1}/{year}") if is_open and last and last < year else period
        )
        last = year if is_open else None
    return found
