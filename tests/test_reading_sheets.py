"""Sheets of XLSX, ODS and XLS: typed values, titles, headers, merged cells, what is hidden; every cell leads back to its name."""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from regesta.extraction import extract
from regesta.reading.office.number_formats import number_format, worded
from regesta.reading.office.sheets import cell_name
from regesta.text.span import Span

sys.path.insert(0, str(Path(__file__).parent / "office"))

from packing import check_spans, lines, ods, packed, place_of, read, sheet, xlsx


def ods_cell(value: object, shown: str = "", more: str = "") -> str:
    if isinstance(value, date):
        typed = f'office:value-type="date" office:date-value="{value}"'
    elif isinstance(value, int | float):
        typed = f'office:value-type="float" office:value="{value}"'
    else:
        typed = 'office:value-type="string"'
    return f"<table:table-cell {typed} {more}><text:p>{shown or value}</text:p></table:table-cell>"


def ods_sheet(name: str, *rows: str, more: str = "") -> str:
    told = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f'<table:table table:name="{name}" {more}>{told}</table:table>'


def test_a_title_a_table_and_a_note() -> None:
    data = xlsx({
        "Arrivals": sheet(
            ("Boats that arrived, by year",), (), ("Year", "Boats", "Share"), (1994, 31, 0.256), (1995, 28.5, 0.3),
            ("Source: harbour office",), styles={2: 1},
        ),
    }, formats=("0%",))  # fmt: skip
    document = read(data, "a.xlsx")
    assert [b.kind for b in document.blocks if b.parent < 0] == ["heading", "paragraph", "table", "paragraph"]
    (table,) = document.tables
    assert table.rows == (("Year", "Boats", "Share"), ("1994", "31", "25.6%"), ("1995", "28.5", "30%"))
    assert (table.n_header_rows, table.caption) == (1, "Boats that arrived, by year")
    place = place_of(document, "28.5")
    assert (place.sheet, place.cell) == ("Arrivals", "B5")
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(data))
        .get_sheet_by_name("Arrivals")
        .to_python(skip_empty_area=False)
    )
    assert rows[4][1] == 28.5
    check_spans(document)


def test_a_title_right_above_its_table_is_no_header() -> None:
    (table,) = read(
        xlsx({"S": sheet(("Boats, 1994-1995",), ("Year", "Boats"), (1994, 31), (1995, 28))}), "a.xlsx"
    ).tables
    assert (table.rows[0], table.n_header_rows, table.caption) == (("Year", "Boats"), 1, "Boats, 1994-1995")


def test_merged_headers() -> None:
    merged = '<mergeCells><mergeCell ref="B1:C1"/><mergeCell ref="A1:A2"/></mergeCells>'
    lines_ = (("District", "Arrived", None), (None, "men", "women"), ("Tuzla", 12, 9), ("Zenica", 3, 4))
    (table,) = read(xlsx({"S": sheet(*lines_, after=merged)}), "a.xlsx").tables
    assert table.rows[:2] == (("District", "Arrived", "Arrived"), ("District", "men", "women"))
    assert table.n_header_rows == 2
    document = read(
        ods(ods_sheet(
            "S",
            ods_cell("District", more='table:number-rows-spanned="2"') + ods_cell("Arrived", more='table:number-columns-spanned="2"')
            + "<table:covered-table-cell/>",
            "<table:covered-table-cell/>" + ods_cell("men") + ods_cell("women"),
            ods_cell("Tuzla") + ods_cell(12) + ods_cell(9), ods_cell("Zenica") + ods_cell(3) + ods_cell(4),
        )),
        "a.ods",
    )  # fmt: skip
    assert document.tables[0].rows == table.rows
    check_spans(document)


def test_several_tables_on_a_sheet_and_rows_that_only_make_room() -> None:
    data = xlsx({"S": sheet(
        ("Year", "Boats"), (1994, 31), (), (1995, 28), (), ("Port", "Berths"), ("Vlora", 12), ("Bari", 30),
    )})  # fmt: skip
    document = read(data, "a.xlsx")
    assert [table.rows for table in document.tables] == [
        (("Year", "Boats"), ("1994", "31"), ("1995", "28")), (("Port", "Berths"), ("Vlora", "12"), ("Bari", "30")),
    ]  # fmt: skip
    assert place_of(document, "Bari").cell == "A8"


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        (36000, "yyyy-mm-dd", "1998-07-24"), (36000, "d. mmmm yyyy", "1998-07-24"), (36000, "mmm yyyy", "1998-07"),
        (36000, "yyyy", "1998"), (36000.5, "dd/mm/yyyy hh:mm", "1998-07-24 12:00"), (0.75, "h:mm AM/PM", "18:00"),
        (1.25, "[h]:mm", "30:00"), (60, "yyyy-mm-dd", "1900-02-28"), (1, "yyyy-mm-dd", "1900-01-01"), (-5, "yyyy-mm-dd", "-5"),
        (0.5, "0.00%", "50%"), (12.5, '"€ "#,##0.00', "€ 12.5"), (40, '0" km"', "40 km"), (1234567, "#,##0", "1234567"),
        (7, "[$-407]General", "7"), (3, '_("$"* #,##0_)', "$3"), (5, "[Red]0;[Blue]-0", "5"), (36000, "mmm-yy;@", "1998-07"),
        (0.1 + 0.2, "General", "0.3"), (1e300, "General", "1e+300"), (36000, "yyyy年m月d日", "1998-07-24"),
    ],
)  # fmt: skip
def test_formats(value: float, code: str, words: str) -> None:
    assert worded(value, number_format(code)) == words


def test_dates_since_1904_and_built_in_formats() -> None:
    assert worded(34538, number_format("yyyy-mm-dd"), since_1904=True) == "1998-07-24"


def test_kinds_of_cells() -> None:
    cells = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>9</v></c><c r="C1" t="e"><v>#N/A</v></c>'
        '<c r="D1" t="str"><f>A1</f><v>sum</v></c><c r="E1"><f>A1</f></c><c r="F1" t="d"><v>1998-07-24T00:00:00</v></c></row>'
        '<row r="2"><c t="b"><v>1</v></c><c><v>2.0</v></c><c t="inlineStr"><is><r><t>ru</t></r><r><t>ns</t></r><rPh><t>x</t></rPh></is></c>'
        "<c><v>words</v></c></row>"
    )
    document = read(xlsx({"S": f"<sheetData>{cells}</sheetData>"}, strings=("two\nlines",)), "a.xlsx")
    assert document.tables[0].rows == (
        ("two\nlines", "", "#N/A", "sum", "", "1998-07-24"),
        ("TRUE", "2", "runs", "words", "", ""),
    )
    assert [code for _, code, _ in document.problems] == ["R033"]


def test_what_is_hidden_is_read_and_said() -> None:
    inner = (
        '<cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>3</v></c><c r="B2"><v>4</v></c></row></sheetData>'
    )
    document = read(xlsx({"Open": inner, "Back": sheet((1, 2), (3, 4))}, states={"Back": "hidden"}), "a.xlsx")
    assert [said for _, _, said in document.problems] == [
        "sheet 'Open': rows 2 are hidden; they were read", "sheet 'Open': columns B are hidden; they were read",
        "sheet 'Back': the sheet is hidden; it was read",
    ]  # fmt: skip
    assert len(document.tables) == 2


def test_remarks_are_furniture() -> None:
    remarks = '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><commentList><comment ref="B2"><text><t>estimate</t></text></comment></commentList></comments>'
    links = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="x/comments" Target="../comments1.xml"/></Relationships>'
    more = {"xl/comments1.xml": remarks, "xl/worksheets/_rels/sheet1.xml.rels": links}
    document = read(xlsx({"S": sheet(("Year", "Boats"), (1994, 31))}, more=more), "a.xlsx")
    assert lines(document)[-1] == ("furniture", "estimate")
    assert place_of(document, "estimate").cell == "B2"


def test_dates_of_ods_are_as_precise_as_shown() -> None:
    day = date(1953, 5, 1)
    row = ods_cell(day, "May 1953") + ods_cell(day, "1953") + ods_cell(day, "01.05.53")
    share = '<table:table-cell office:value-type="percentage" office:value="0.125"><text:p>13%</text:p></table:table-cell>'
    money = '<table:table-cell office:value-type="currency" office:currency="EUR" office:value="3.5"><text:p>3,50 €</text:p></table:table-cell>'
    document = read(ods(ods_sheet("S", row + share + money, row)), "a.ods")
    assert document.tables[0].rows[0] == ("1953-05", "1953", "1953-05-01", "12.5%", "3.5 EUR")
    assert place_of(document, "12.5%").cell == "D1"


def test_a_sheet_formatted_to_its_last_row_costs_nothing() -> None:
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    document = read(
        ods(
            ods_sheet("S", ods_cell("Year") + ods_cell("Boats"), ods_cell(1994) + ods_cell(31)).replace(
                "</table:table>", empty + "</table:table>"
            )
        ),
        "a.ods",
    )
    assert document.tables[0].rows == (("Year", "Boats"), ("1994", "31"))
    far = sheet(("Year", "Boats"), (1994, 31)).replace(
        "</sheetData>",
        '<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576"><v>5</v></c></row></sheetData>',
    )
    document = read(xlsx({"S": far}), "a.xlsx")
    assert document.tables[0].rows == (("Year", "Boats"), ("1994", "31"))
    assert place_of(document, "5").cell == "XFD1048576"


def test_repetitions_and_strings_shown_often_are_bounded() -> None:
    bomb = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell office:value-type="string" table:number-columns-repeated="16384">'
    bomb += f"<text:p>{'x' * 5000}</text:p></table:table-cell></table:table-row>"
    document = read(ods(ods_sheet("S").replace("</table:table>", bomb + "</table:table>")), "a.ods")
    assert "R005" in [code for _, code, _ in document.problems]
    cells = "".join('<row><c t="s"><v>0</v></c></row>' for _ in range(800))
    document = read(xlsx({"S": f"<sheetData>{cells}</sheetData>"}, strings=("x" * 100_000,)), "a.xlsx")
    assert "R005" in [code for _, code, _ in document.problems]
    assert len(document.text) <= 50_001_000


def test_overlapping_merges_do_not_multiply() -> None:
    merged = (
        "<mergeCells>"
        + "".join(f'<mergeCell ref="{cell_name(0, c)}:XFD1048576"/>' for c in range(400))
        + "</mergeCells>"
    )
    cells = "".join(f'<c r="{cell_name(r, c)}"><v>{c}</v></c>' for r in (0,) for c in range(400))
    document = read(
        xlsx(
            {
                "S": f'<sheetData><row r="1">{cells}</row><row r="2"><c r="A2"><v>1</v></c></row></sheetData>{merged}'
            }
        ),
        "a.xlsx",
    )
    assert len(document.tables) == 1
    check_spans(document)


def test_a_table_of_people_becomes_entries_and_one_of_years_a_series() -> None:
    people = sheet(
        ("Name", "Born", "Place of birth", "Arrived"), ("Branka Horvat", 14000, "Osijek", 33800),
        ("Emil Dragić", 15000, "Zadar", 33900), ("Sanja Perić", 16000, "Vukovar", 34000), styles={1: 1, 3: 1},
    )  # fmt: skip
    years = sheet(("Year", "Arrivals"), (1991, 120), (1992, 340), (1993, 95))
    document = read(xlsx({"People": people, "Years": years}, formats=("yyyy-mm-dd",)), "a.xlsx")
    result = extract(document)
    claims = {
        (claim.predicate, evidence.quote, document.places(Span(evidence.start, evidence.end))[0].cell)
        for claim in result.claims
        for evidence in claim.evidence
    }
    assert {
        ("birth", "1938-04-30", "B2"),
        ("birth", "Branka Horvat", "A2"),
        ("arrival", "1992-10-23", "D3"),
    } <= claims
    assert [(o.series_label, o.period, o.value) for o in result.observations] == [
        ("Arrivals", "1991", 120), ("Arrivals", "1992", 340), ("Arrivals", "1993", 95),
    ]  # fmt: skip


SHEETS = st.lists(
    st.lists(st.one_of(st.none(), st.integers(-5, 2050), st.text(st.sampled_from("aé김 1.א"), max_size=6), st.booleans()), max_size=6),
    max_size=10,
)  # fmt: skip


@given(SHEETS)
@settings(deadline=None, max_examples=200)
def test_every_cell_is_found_again(cells: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "S"
    for r, line in enumerate(cells, 1):
        for c, value in enumerate(line, 1):
            page.cell(r, c, value)
    file = io.BytesIO()
    book.save(file)
    document = read(file.getvalue(), "a.xlsx")
    check_spans(document)
    raw = openpyxl.load_workbook(io.BytesIO(file.getvalue()))["S"]
    seen = 0
    for block in document.blocks:
        words = block.content.of(document.text)
        if block.kind in {"cell", "paragraph", "caption"} and words:
            value = raw[block.place.cell].value
            line = [cell.value for cell in raw[raw[block.place.cell].row]]
            assert "".join(words.split()).startswith(
                "".join(str(value).split()).replace("True", "TRUE").replace("False", "FALSE")
            ), line
            seen += 1 if block.kind == "cell" else sum(bool(str(v).strip()) for v in line if v is not None)
    wanted = [v for line in cells for v in line if v is not None and str(v).strip()]
    assert seen == len(wanted)


def test_old_workbooks_and_what_only_calls_itself_one() -> None:
    page = b"<html><body><table><tr><th>Year</th><th>Boats</th></tr><tr><td>1994</td><td>31</td></tr></table>"
    assert read(page, "a.xls").tables[0].rows[1] == ("1994", "31")
    assert read(b"Year\tBoats\n1994\t31\n1995\t28\n", "a.xls").tables[0].rows[1] == ("1994", "31")
    assert read(xlsx({"S": sheet(("Year", "Boats"), (1994, 31))}), "a.xls").tables[0].rows[1] == (
        "1994",
        "31",
    )


def test_a_sheet_that_is_missing_or_broken_is_said() -> None:
    good, cut = (
        sheet(("Year", "Boats"), (1994, 31)),
        "<sheetData><row r='1'><c r='A1'><v>7</v></c><c r='B1'><v>8</v></c></row><row>",
    )
    data = xlsx({"Good": good, "Cut": cut, "Gone": good})
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if "sheet3" not in name}
    document = read(packed(parts), "a.xlsx")
    assert [code for _, code, _ in document.problems] == ["R034", "R003"] or {"R034", "R003"} == {
        c for _, c, _ in document.problems
    }
    assert "1994" in document.text
    assert "7" in document.text
