"""CSV and TSV: the scanner against the standard library, headings, the lines around a table, hostile files."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.errors import ReadError
from regesta.model import Document, Source
from regesta.reading.laying.grid import header_rows, positions
from regesta.reading.table import read, sniff
from regesta.reading.table.scanning import scan, sniff_delimiter

sys.path.insert(0, str(Path(__file__).parent / "blocks"))

from nesting import outside

CELLS = st.text(st.sampled_from('ab1é,;\t|"\n\r 김😀.'), max_size=8)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=8)


def page(words: str, name: str = "a.csv") -> Document:
    return read(words.encode(), Source(name=name))


@given(
    ROWS,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
@settings(deadline=None, max_examples=300)
def test_the_scanner_reads_what_the_standard_library_reads(
    rows: list[list[str]], delimiter: str, end: str, quoting: int
) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    text = file.getvalue()
    wanted = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    records = list(scan(text, delimiter))
    assert [[f.value(text) for f in r.fields] for r in records] == wanted
    assert not any(record.is_broken for record in records)
    for record in records:
        assert text.count("\n", 0, record.start) <= record.line


@given(st.text(st.sampled_from('ab,;"\n\r \t|'), max_size=60))
@settings(deadline=None, max_examples=300)
def test_any_text_is_a_document_in_which_nothing_is_lost(words: str) -> None:
    document = page(words)
    assert document.text == words
    assert not outside(document, but="table").strip()


def test_cells_hold_the_words_inside_the_quotes() -> None:
    document = page('\ufeffname;said\r\nKim;"a ""b""\r\nc"\r\n')
    (table,) = document.tables
    assert table.rows == (("name", "said"), ("Kim", 'a "b"\r\nc'))
    assert table.cells[1][1].of(document.text) == 'a ""b""\r\nc'
    assert document.text.startswith("\ufeff")


@pytest.mark.parametrize(
    ("rows", "n"),
    [
        ([["Year", "Arrivals"], ["1997", "56"], ["1998", "71"]], 1),
        ([["1997", "56"], ["1998", "71"]], 0),
        ([["Region", "1990", "1991"], ["North", "5", "6"]], 1),
        ([["North", "5", "6"], ["South", "7", "8"]], 0),
        ([["Name", "Name"], ["Kim", "1"]], 0),
        ([["Kim Il", "Seoul"], ["Lee Ho", "Busan"]], 0),
        ([["name", "remark"], ["Kim Il", "came by boat in May"], ["Lee Ho", "walked"]], 1),
        ([["only"]], 0),
        ([], 0),
    ],
)
def test_the_first_row_is_a_heading_by_what_stands_below_it(rows: list[list[str]], n: int) -> None:
    assert header_rows(rows) == n


@given(st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 4)), max_size=4), max_size=6))
def test_no_two_cells_cover_one_place(rows: list[list[tuple[int, int]]]) -> None:
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(positions(rows)):
        for column, down, across in row:
            assert r + down <= len(rows)
            for place in ((r + i, column + j) for i in range(down) for j in range(across)):
                assert place not in taken
                taken.add(place)


@pytest.mark.parametrize(
    "words",
    [b'"' * 50_001, b'"a\n' * 10_000, b'"a",' * 10_000 + b'"', b"abc,def " * 100_000, b"," * 50_000, b"", b"\xff\xc3\x28,1\n2,3",
     b'x"y,' * 10_000, b'" "x,' * 10_000, b"a" * 5_000_000, b"\0,1"],
    ids=range(11),
)  # fmt: skip
def test_hostile_files_give_a_document_or_a_read_error(words: bytes) -> None:
    try:
        document = read(words, Source(name="a.csv"))
    except ReadError:
        assert b"\0" in words
        return
    assert all(b.span.end <= len(document.text) for b in document.blocks)


def test_delimiters_and_sniffing() -> None:
    assert sniff_delimiter("a;b,c\nd;e\n") == ";"
    assert sniff_delimiter("a\tb, c\nd\te, f\n") == "\t"
    assert sniff_delimiter('"a;b",c\n"d;e",f\n') == ","
    assert sniff_delimiter("plain words\n") == ","
    assert sniff(b"a,b\n1,2\n3,4\n")
    assert not sniff(b"Kim, who fled.\nLee, too, came.\nAnd so on.\n")
