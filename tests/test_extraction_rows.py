"""Tables and labelled lines of people: what columns mean, how cells are dated, who stands in them and when they came."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.extraction import extract
from regesta.extraction.cell_dates import century_of, date_of, from_parts, is_day_first
from regesta.extraction.rows import meaning_of_heading, meanings
from regesta.model import DateValue, Source, Table
from regesta.reading import read_bytes
from regesta.text.span import Span
from regesta.vocab import lexicon


def table(*rows: str, n_header_rows: int = 1) -> Table:
    """Return a table of the rows given, cells parted by `|`; its spans stand nowhere in particular."""
    cells = tuple(tuple(cell.strip() for cell in row.split("|")) for row in rows)
    spans = tuple(tuple(Span(0, len(cell)) for cell in row) for row in cells)
    return Table(block=-1, rows=cells, n_header_rows=n_header_rows, cells=spans)


def test_a_pack_of_a_project_may_name_columns(tmp_path: Path) -> None:
    (tmp_path / "heads.toml").write_text('[columns]\nbirth = """syntynyt"""\n', "utf-8")
    own = lexicon((tmp_path,))
    assert meaning_of_heading("Syntynyt", ["1931", "1940"], own) == "birth"
    assert meaning_of_heading("Syntynyt", ["1931", "1940"]) is None


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            ["Date | Name | From | To | Notes", "1961 | Rudi Arnstadt | GDR | Austria | by train"],
            {0: "date", 1: "name", 2: "origin", 3: "destination", 4: "notes"},
            id="the usual columns",
        ),
        pytest.param(
            ["Surname | Given name | D.o.B. | Occ.", "Kos | Jan | 1931 | baker"],
            {0: "family", 1: "given", 2: "birth", 3: "role"},
            id="abbreviations",
        ),
        pytest.param(
            ["Who | From | To", "Ana Ruiz | May 1961 | 1963", "Luz Gil | 1962 | 1964"],
            {0: "name", 1: "departure"},
            id="from and to over dates are no places",
        ),
        pytest.param(
            ["Name | Arrival", "Ana Ruiz | Ellis Island", "Luz Gil | Boston"],
            {0: "name", 1: "destination"},
            id="arrival over places is no date",
        ),
        pytest.param(
            ["Number | Name | Party", "1 | Ana Ruiz | 4", "2 | Luz Gil | 6", "3 | Eva Roth | 5"],
            {1: "name", 2: "size"},
            id="a number that counts the rows is no size",
        ),
        pytest.param(
            ["Year | Held at | Rank", "2003 | Split, Croatia | 7th", "2004 | Graz, Austria | 9th"],
            {0: "date"},
            id="towns with their countries are nobody's names",
        ),
        pytest.param(
            ["Year | Competition | Rank", "2003 | Ana Ruiz Memorial | 7th", "2004 | Luz Gil Trophy | 9th"],
            {0: "date"},
            id="what was won is nobody",
        ),
        pytest.param(
            ["Name | Day | Month | Year", "Ana Ruiz | 3 | 4 | 2004", "Luz Gil | 9 | 5 | 2004"],
            {0: "name", 1: "day", 2: "month", 3: "year"},
            id="a date in three columns",
        ),
        pytest.param(
            [
                "Lfd. Nr. | Name, Vorname | geb. | Beruf | Eingereist am",
                "1 | Brandl, Resi | 1931 | Köchin | 4.5.1951",
            ],
            {0: "index", 1: "name", 2: "birth", 3: "role", 4: "arrival"},
            id="German heads",
        ),
        pytest.param(
            [
                "Nombre | F. nac. | Natural de | Salió el | Llegó el",
                "Ana Ruiz | 1931 | Vigo | 2/3/1951 | 8/3/1951",
            ],
            {0: "name", 1: "birth", 2: "origin", 3: "departure", 4: "arrival"},
            id="Spanish heads, a name whole under the word for a given name",
        ),
        pytest.param(
            [
                "Фамилия, имя | Год рожд. | Профессия | Дата прибытия в Омск",
                "Кац Лев | 1931 | врач | 02.03.1951",
            ],
            {0: "name", 1: "birth", 2: "role", 3: "arrival"},
            id="Russian heads, one of them longer than it is known",
        ),
        pytest.param(
            ["성명 | 생년월일 | 직업 | 입국일 | 비고", "한경수 | 1968.2.1 | 광부 | 2010.4.17 | -"],
            {0: "name", 1: "birth", 2: "role", 3: "arrival", 4: "notes"},
            id="Korean heads",
        ),
        pytest.param(
            ["family_name | firstName | arrivalDate", "Kos | Jan | 1951-09-12"],
            {0: "family", 1: "given", 2: "arrival"},
            id="headings of a data file",
        ),
        pytest.param(
            [
                "Ship | Master | Souls",
                "Ierax | Dimitris Kallergis | 2,150",
                "Winona | Ioannis Lambros | 1,900",
            ],
            {0: "vehicle", 2: "size"},
            id="the master of a ship is not who fled",
        ),
        pytest.param(
            ["Year | Arrivals", "1990 | 9", "1991 | 12"],
            {0: "date"},
            id="a series has no names",
        ),
    ],
)
def test_columns_mean_what_heading_and_cells_say(rows: list[str], expected: dict[int, str]) -> None:
    assert meanings(table(*rows), {}) == expected


def test_a_table_without_headings_is_read_from_its_cells() -> None:
    rows = ("Hedwig Frank | botanist | 1934-02", "Artur Weiss | economist | 1933-11-12")
    assert meanings(table(*rows, n_header_rows=0), {}) == {0: "name", 1: "role", 2: "date"}


def test_the_later_of_two_columns_of_dates_dates_the_rows() -> None:
    rows = ("Hedwig Frank | 3 May 1901 | 2 June 1938", "Artur Weiss | 9 May 1899 | 4 June 1938")
    assert meanings(table(*rows, n_header_rows=0), {}) == {0: "name", 1: "birth", 2: "date"}


def test_what_the_source_states_wins_over_the_heading() -> None:
    columns = meanings(
        table("Name | X | Remarks", "Ana Ruiz | 1961 | -"), {"X": "arrival", "Remarks": "ignore"}
    )
    assert columns == {0: "name", 1: "arrival"}


@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=6))
def test_no_heading_breaks_the_reading(heading: str, cells: list[str]) -> None:
    meaning = meaning_of_heading(heading, cells)
    assert meaning is None or isinstance(meaning, str)


@pytest.mark.parametrize(
    ("cell", "day_first", "expected"),
    [
        ("26/9/22", None, "1922-09-26"),
        ("02/08/1979", True, "1979-08-02"),
        ("02/08/1979", False, "1979-02-08"),
        ("22 IX 1944", None, "1944-09-22"),
        ("22.IX.1944", None, "1944-09-22"),
        ("5 May 1944, Gotland", None, "1944-05-05"),
        ("n/a", None, None),
    ],
)
def test_dates_of_cells(cell: str, day_first: bool | None, expected: str | None) -> None:
    years = century_of("the winter of 1922")
    found = date_of(cell, Span(0, len(cell)), None, years, day_first=day_first)
    assert (found.edtf if found else None) == expected


@given(st.integers(1, 28), st.integers(1, 12), st.integers(1500, 2099))
def test_parts_make_the_date_they_say(day: int, month: int, year: int) -> None:
    text = f"{day};{month};{year}"
    a, b = text.index(";"), text.rindex(";")
    found = from_parts(text, Span(b + 1, len(text)), Span(a + 1, b), Span(0, a))
    assert found is not None
    assert found.edtf == f"{year}-{month:02}-{day:02}"


def test_one_clear_cell_tells_the_order_of_its_column() -> None:
    assert is_day_first(["01/02/1980", "30/02/1980"]) is True
    assert is_day_first(["01/02/1980", "02/30/1980"]) is False
    assert is_day_first(["01/02/1980", "soon"]) is None


def arrivals(text: str, name: str) -> dict[str, str]:
    """Return everybody found in a document with the arrival stated, "" where there is none."""
    said = extract(read_bytes(text.encode(), Source(name=name)))
    dates = {
        c.subject: c.value.edtf
        for c in said.claims
        if c.predicate == "arrival" and isinstance(c.value, DateValue)
    }
    return {r.label: dates.get(r.key, "") for r in said.referents if r.kind in ("person", "group")}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        pytest.param(
            "a.csv",
            "Surname;Given name;Day;Month;Year;Remarks\nTesfay;Mehari;3;4;2004;\nOkello;Santo;29;11;2004;\n",
            {"Tesfay, Mehari": "2004-04-03", "Okello, Santo": "2004-11-29"},
            id="one name of two cells, one date of three",
        ),
        pytest.param(
            "a.md",
            "# Escapes to the West\n\n| Date | Name | Outcome |\n|---|---|---|\n"
            "| 3 May 1962 | Jana Havel | escaped |\n| 9 May 1962 | Petr Dvorak | captured |\n"
            "| 2 June 1962 | unknown soldier | escaped |\n",
            {"Jana Havel": "1962-05-03", "Petr Dvorak": "", "unknown soldier": "1962-06-02"},
            id="the outcome decides",
        ),
        pytest.param(
            "a.md",
            "# Register of arrivals\n\n| Date | Name | Age |\n|---|---|---|\n| **1996** | | |\n"
            "| 14 Nov. | Tashi Wangmo | 22 |\n| **1997** | | |\n| 8 Jan. | Kelsang Norbu | 26 |\n",
            {"Tashi Wangmo": "1996-11-14", "Kelsang Norbu": "1997-01-08"},
            id="years as rows",
        ),
        pytest.param(
            "a.html",
            "<title>Three poets</title><table><tr><th></th><th>Vadim Orlov</th><th>Ilse Braun</th></tr>"
            "<tr><th>Born</th><td>1936</td><td>1941</td></tr><tr><th>Occupation</th><td>poet</td><td>critic</td></tr>"
            "<tr><th>Arrived in the West</th><td>4 June 1972</td><td>May 1976</td></tr></table>",
            {"Vadim Orlov": "1972-06-04", "Ilse Braun": "1976-05"},
            id="a table on its side",
        ),
        pytest.param(
            "a.txt",
            "Card index\n\nName: Kuusk, Helmi\nBorn: 1.12.1926\nArrived: 19.9.1944, Gotland\nWith: brother Jaan\n\n"
            "Name: Mihkelson, Karl\nBorn: 6.6.1908\nArrived: no; seized 30.9.1944\nWith: -\n",
            {"Kuusk, Helmi": "1944-09-19", "Jaan": "1944-09-19", "Mihkelson, Karl": ""},
            id="labelled lines",
        ),
        pytest.param(
            "a.txt",
            "Writers in exile\n\nLisow, Ulrich\nLebensdaten: 2. Oktober 1910 in Riga – 15. April 1990 in Lund\nBeruf: Schriftsteller\n"
            "Exil: 1933 Schweden und Peru, 1944 Chile\nRückkehr:\nNach dem Brand fand sich zuerst niemand, der ihm half.\n"
            "Karmann, Richard A. (Pseudonym Arnold Hiller)\nLebensdaten: 27. April 1885 in Wien, Österreich-Ungarn – 5. September 1939 "
            "in einem kleinen Ort bei Montevideo, Uruguay\nBeruf: Journalist\nExil: 1938 Uruguay\nRückkehr: 1948\n",
            {"Lisow, Ulrich": "1933", "Karmann, Richard A.": "1938"},
            id="lives under lines that are names",
        ),
        pytest.param(
            "a.html",
            "<h1>Those who came over the Pyrenees</h1><dl><dt>Zofia and Henryk Wilczek</dt>"
            "<dd>Polish couple. They arrived in Spain on 3 June 1942.</dd><dt>Lieutenant Walter Harding</dt>"
            "<dd>Navigator. Reached Spain on 5 May 1943.</dd></dl>",
            {"Zofia": "1942-06-03", "Henryk Wilczek": "1942-06-03", "Walter Harding": "1943-05-05"},
            id="a definition list",
        ),
    ],
)
def test_people_of_rows_and_their_arrivals(name: str, text: str, expected: dict[str, str]) -> None:
    found = arrivals(text, name)
    assert {label: found.get(label) for label in expected} == expected
    assert set(found) - set(expected) <= {"couple", "Polish couple"}


def test_a_glossary_is_no_list_of_people() -> None:
    text = "<h1>Words</h1><dl><dt>Hanja</dt><dd>Characters of Chinese origin.</dd><dt>Camp</dt><dd>A place.</dd></dl>"
    assert arrivals(text, "a.html") == {}
