"""Exports of whole tables, read back by others: csv, pyarrow and DuckDB, openpyxl, frictionless."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.chronicle import flatten, settle, write
from regesta.chronicle import open as open_chronicle
from regesta.chronicle.rows import TABLES, DecisionRow, RejectionRow
from regesta.export import export
from regesta.export.stamp import newest_day
from regesta.export.tables import columns_rows, tables
from regesta.export.xlsx import LEFT_OUT, LONGEST, _parts
from regesta.export.xlsx import write as write_xlsx
from regesta.resolution import resolve

Make = Callable[..., Any]
EVIL = (
    "=1+1",
    "+49 30",
    "-1",
    "@SUM(A1)",
    "\t=1",
    '=HYPERLINK("http://x.example")',
    "plain",
    "_x0041_ \x01 \uffff",
    "😀 한국",
)


@pytest.fixture
def evil_path(tmp_path: Path, made: Make) -> Path:
    """A chronicle whose rejections hold what a sheet might stumble over, and one very long cell."""
    one = made()
    path = tmp_path / "evil.duckdb"
    texts = [*EVIL, "long 한😀 " * 8000]
    rows = [
        {"rejections": [RejectionRow("list.txt", n, n, text, "X001", "=why") for n, text in enumerate(texts)]}
    ]
    write(path, chain(flatten([(one[0], [one[1]])]), settle(resolve([(one[0], [one[1]])])), rows), {})
    return path


def rows_in(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every sheet below its header, as openpyxl reads them."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_every_column_says_what_it_means(chronicle_path: Path) -> None:
    with open_chronicle(chronicle_path) as chronicle:
        every = tables(chronicle)
        assert [table.name for table in every] == list(TABLES)
        assert all(row[-1] for row in columns_rows(every))


def test_keys_are_keys_and_references_lead_somewhere(
    chronicle_path: Path, shared: Path, tmp_path: Path
) -> None:
    import regesta

    built = tmp_path / "seeds.duckdb"
    regesta.build([shared / "seeds"], output=built).close()
    for path in (chronicle_path, built):
        with open_chronicle(path) as chronicle:
            for table in tables(chronicle):
                if table.key:
                    names = ", ".join(table.key)
                    again = f"select {names} from {table.name} group by all having count(*) > 1"
                    assert not len(chronicle.sql(again)), table.name
                for column in table.columns:
                    if column.refers:
                        there, key = column.refers
                        lost = (
                            f"select {column.name} from {table.name} where {column.name} is not null and "
                            f"{column.name} not in (select {key} from {there})"
                        )
                        assert not len(chronicle.sql(lost)), (table.name, column.name)


def test_claims_show_their_first_passage(chronicle_path: Path, tmp_path: Path) -> None:
    with open_chronicle(chronicle_path) as chronicle:
        export(chronicle, "csv", tmp_path)
        with (tmp_path / "claims.csv").open(encoding="utf-8", newline="") as file:
            claims = list(csv.DictReader(file))
        assert len(claims) == len(chronicle.claims())
        for claim in claims:
            first = chronicle.evidence(claim["id"])[0]
            assert (int(claim["start_char"]), claim["quote"]) == (first.start_char, first.quote)
        starts = [(claim["source"], int(claim["start_char"])) for claim in claims]
        assert starts == sorted(starts)


def test_parquet_says_what_its_columns_mean(chronicle_path: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    with open_chronicle(chronicle_path) as chronicle:
        export(chronicle, "parquet", tmp_path)
        for table in tables(chronicle):
            found = pq.ParquetFile(tmp_path / f"{table.name}.parquet")
            assert found.metadata.num_rows == table.count(chronicle)
            assert found.schema_arrow.names == [column.name for column in table.columns]
            told = json.loads(found.metadata.metadata[b"columns"])
            assert told == {column.name: column.says for column in table.columns}
        columns = pq.read_table(tmp_path / "columns.parquet").to_pylist()
        assert [tuple(row.values()) for row in columns] == list(columns_rows(tables(chronicle)))


def test_a_workbook_holds_every_row(evil_path: Path, tmp_path: Path) -> None:
    with open_chronicle(evil_path) as chronicle:
        (path,) = export(chronicle, "xlsx", tmp_path)
        sheets = rows_in(path)
        for table in tables(chronicle):
            if table.name in LEFT_OUT:
                assert table.name not in sheets
                continue
            header, *rows = sheets[table.name]
            assert header == tuple(column.name for column in table.columns)
            assert len(rows) == table.count(chronicle)
        told = {row[0]: row[1] for row in sheets["README"][1:] if row[0]}
        assert told == {name: len(rows) - 1 for name, rows in sheets.items() if name in TABLES}
        ages = [row for row in sheets["claims"] if "age" in row]
        assert any(isinstance(cell, int) and cell == 21 for cell in ages[0])
        (arrival,) = [row for row in sheets["claims"] if "1953-09-21" in row]
        assert dt.datetime(1953, 9, 21) in arrival  # noqa: DTZ001 - a day has no zone


def test_no_cell_of_a_workbook_is_a_formula(evil_path: Path, tmp_path: Path) -> None:
    with open_chronicle(evil_path) as chronicle:
        (path,) = export(chronicle, "xlsx", tmp_path)
    book = openpyxl.load_workbook(path)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, str) and cell.value[:1] in set("=+-@\t"):
                    assert cell.quotePrefix, cell.value
    quotes = [cell.value for cell in book["rejections"]["D"][1:]]
    assert quotes[:5] == list(EVIL[:5])
    assert "\ufffd" in quotes[7]


def test_a_long_text_goes_on_elsewhere(evil_path: Path, tmp_path: Path) -> None:
    with open_chronicle(evil_path) as chronicle:
        (path,) = export(chronicle, "xlsx", tmp_path)
    sheets = rows_in(path)
    _, *rest = sheets["long texts"]
    (number,) = {row[1] for row in rest}
    start = sheets["rejections"][number - 1][3]
    assert {(row[0], row[2]) for row in rest} == {("rejections", "quote")}
    assert start + "".join(row[4] for row in rest) == "long 한😀 " * 8000


@given(st.text(alphabet="a한😀", max_size=40).map(lambda text: text * 4000))
def test_parts_of_a_text_fit_and_make_it_up(text: str) -> None:
    parts = _parts(text)
    assert "".join(parts) == text
    assert all(len(part.encode("utf-16-le")) // 2 <= LONGEST for part in parts)


@pytest.mark.parametrize("limit", [2, 3, 5, 100])
def test_a_full_sheet_goes_on_in_the_next(limit: int, chronicle_path: Path, tmp_path: Path) -> None:
    with open_chronicle(chronicle_path) as chronicle:
        (path,) = write_xlsx(chronicle, tmp_path, rows=limit)
        sheets = rows_in(path)
        for table in tables(chronicle):
            if table.name not in LEFT_OUT:
                parts = [rows for name, rows in sheets.items() if name.partition(" ")[0] == table.name]
                assert {rows[0] for rows in parts} == {tuple(column.name for column in table.columns)}
                assert sum(len(rows) - 1 for rows in parts) == table.count(chronicle)
                assert all(len(rows) <= limit for rows in parts)
        told = [row[0] for row in sheets["README"] if row[0]]
        assert told[1:] == [name for name in sheets if name not in {"README", "columns"}]


@pytest.mark.parametrize("which", ["chronicle_path", "evil_path"])
def test_a_data_package_is_valid(which: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    from frictionless import Package, validate

    path = request.getfixturevalue(which)
    with open_chronicle(path) as chronicle:
        *_, told = export(chronicle, "datapackage", tmp_path / "out")
        report = validate(str(told))
        assert report.valid, report.flatten(["title", "message"])
        package = Package(str(told))
        for table in tables(chronicle):
            resource: Any = package.get_resource(table.name)
            rows = resource.read_rows()
            assert len(rows) == table.count(chronicle)
            assert [f.name for f in resource.schema.fields] == [c.name for c in table.columns]
            assert all(f.description for f in resource.schema.fields)
        keys = {
            r["name"]: r["schema"].get("foreignKeys", []) for r in json.loads(told.read_text())["resources"]
        }
        assert sum(map(len, keys.values())) >= 20
        claims: Any = package.get_resource("claims")
        stops = next(row for row in claims.read_rows() if row["value_stops"])
        assert stops["value_stops"][0]["text"] == "Mere"


def test_a_broken_package_is_seen(chronicle_path: Path, tmp_path: Path) -> None:
    from frictionless import validate

    with open_chronicle(chronicle_path) as chronicle:
        *_, told = export(chronicle, "datapackage", tmp_path)
    path = tmp_path / "claim_evidence.csv"
    path.write_text(path.read_text().replace("c-", "c-0", 1))
    assert not validate(str(told)).valid


def test_the_day_of_an_export_is_that_of_its_newest_source(tmp_path: Path, made: Make) -> None:
    import dataclasses

    found: list[str] = []
    for date, retrieved in ((None, None), ("1987", "2013-07-06"), ("[1667,1668]", "198X"), ("2001~", None)):
        document, extraction = made()
        source = dataclasses.replace(document.source, date=date, retrieved=retrieved)
        document = dataclasses.replace(document, source=source)
        path = tmp_path / f"{len(found)}.duckdb"
        write(
            path, chain(flatten([(document, [extraction])]), settle(resolve([(document, [extraction])]))), {}
        )
        with open_chronicle(path) as chronicle:
            found.append(newest_day(chronicle).isoformat())
    assert found == ["1980-01-01", "2013-07-06", "1980-01-01", "2001-01-01"]


def test_decisions_are_a_table_too() -> None:
    assert TABLES["decisions"] is DecisionRow
