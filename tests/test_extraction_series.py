"""Series of figures in lists and tables: golden documents, places, and the seed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.extraction.periods import cover, period_at
from regesta.extraction.series import SeriesFound, find_series
from regesta.model import Document, Source, Table
from regesta.reading import read_bytes
from regesta.text.span import Span

GOLDEN = Path(__file__).parent / "golden" / "series.md"
SHARED = Path(__file__).parents[1] / ".." / "shared"


def cases() -> list[object]:
    """Return (name, text, expected lines) of every case."""
    pattern = re.compile(r"^## (.+)\n~~~(\S+)\n((?:.*\n)*?)~~~\n((?:.+\n)+)", re.MULTILINE)
    found: list[object] = []
    for title, name, text, expected in pattern.findall(GOLDEN.read_text("utf-8")):
        lines = tuple(line for line in expected.split("\n") if line)
        found.append(pytest.param(name, text.replace("→", "\t"), lines, id=title))
    return found


def shown(document: Document, series: list[SeriesFound]) -> list[str]:
    """Return series in the notation of the golden file, by label."""
    lines: list[str] = []
    for one in sorted(series, key=lambda s: s.label):
        lines.append(f"= {one.label}")
        if one.source_span:
            lines.append(f"source {one.source_span.of(document.text)}")
        for point in one.points:
            words = [
                point.period,
                f"{point.value:g}" if point.value < 1e5 else str(point.value),
                point.qualifier or "",
            ]
            words.append("total" if point.role == "stated-total" else "")
            lines.append(" ".join(word for word in words if word))
    return lines or ["none"]


def check_places(document: Document, series: list[SeriesFound]) -> None:
    """Check that every span is where it says."""
    for one in series:
        if one.label_span:
            assert one.label_span.of(document.text)
        for point in one.points:
            assert point.span.contains(point.value_span)
            assert 0 < point.span.end - point.span.start <= 500
            assert any(letter.isdigit() for letter in point.value_span.of(document.text))


@pytest.mark.parametrize(("name", "text", "expected"), cases())
def test_golden(name: str, text: str, expected: tuple[str, ...]) -> None:
    document = read_bytes(text.encode(), Source(name=name))
    series = find_series(document)
    check_places(document, series)
    assert shown(document, series) == list(expected)


def table(rows: list[list[str]], **source: object) -> Document:
    """Build a document that is one table, without a reader."""
    text = ""
    cells: list[tuple[Span, ...]] = []
    for row in rows:
        places = []
        for cell in row:
            places.append(Span(len(text), len(text) + len(cell)))
            text += cell + "\t"
        cells.append(tuple(places))
        text += "\n"
    columns = source.get("columns", ())
    assert isinstance(columns, tuple)
    return Document(
        id="d", source=Source(name="t.tsv", format="tsv", columns=columns), text=text,
        tables=(Table(block=-1, rows=tuple(map(tuple, rows)), n_header_rows=1, cells=tuple(cells)),),
    )  # fmt: skip


def test_told_columns_win() -> None:
    rows = [["when", "which", "n"], ["1990", "1", "7"], ["1991", "2", "9"]]
    told = table(rows, columns=(("when", "period"), ("n", "value")))
    [series] = find_series(told)
    assert [(p.period, p.value) for p in series.points] == [("1990", 7), ("1991", 9)]
    assert find_series(table(rows)) == []
    named = table([*rows, ["1992", "3", "4"]], columns=(("which", "name"),))
    assert find_series(named) == []


def test_dates_are_asked_of_the_caller() -> None:
    """Whoever finds no dates reads formal periods only."""
    text = "Guests\n31 December 2001 – 4\n5 May 2002 – 6\n6 May 2003 – 8\n"
    document = Document(id="d", source=Source(name="a.txt", format="text"), text=text)
    assert [p.period for p in find_series(document)[0].points] == ["2001-12-31", "2002-05-05", "2003-05-06"]
    assert find_series(document, lambda _text, _start, _end: []) == []


@pytest.mark.parametrize(
    ("label", "edtf"),
    [
        ("1990", "1990"), ("pre-1989", "../1988"), ("before 1989", "../1988"), ("until 1989", "../1989"), ("since 2001", "2001/.."),
        ("after 2001", "2002/.."), ("1990 and earlier", "../1990"), ("2016*", "2016"), ("1998–99", "1998/1999"), ("1999/00", "1999/2000"),
        ("1990–1995", "1990/1995"), ("FY 2004", "2004"), ("Sept 2001", "2001-09"), ("2001-02", "2001-02"), ("1990s", "199X"),
        ("H1 2003", "2003-01/2003-06"), ("Jan–Mar 2003", "2003-01/2003-03"), ("c. 1950", "1950~"), ("May", "--05"),
    ],
)  # fmt: skip
def test_periods(label: str, edtf: str) -> None:
    found = period_at(label, 0, len(label))
    assert found is not None
    assert (found.edtf, found.end) == (edtf, len(label))


@pytest.mark.parametrize("label", ["1,990", "19901", "1990.5", "12", "1990-05-06", "May flies", "1990a", ""])
def test_no_periods(label: str) -> None:
    found = period_at(label, 0, len(label))
    assert found is None or found.end < len(label)


@settings(max_examples=80, deadline=None)
@given(
    st.integers(1900, 2020),
    st.lists(st.integers(0, 99_999), min_size=3, max_size=12),
    st.sampled_from([": ", " – ", " - ", " | ", " .... ", "\t", " = "]),
    st.sampled_from(["", "• ", "- ", "* "]),
)
def test_what_is_written_is_read(first: int, values: list[int], between: str, bullet: str) -> None:
    """A list of years and values comes back as it went in, whatever stands between."""
    plain = [v for v in values if not 1400 <= v < 2100]
    lines = [f"{bullet}{first + i}{between}{v:,}" for i, v in enumerate(plain)]
    text = "Counted\n\n" + "\n".join(lines) + "\n"
    document = Document(id="d", source=Source(name="a.txt", format="text"), text=text)
    got = [(p.period, p.value) for s in find_series(document) for p in s.points]
    wanted = [(str(first + i), v) for i, v in enumerate(plain)] if len(plain) >= 3 else []
    assert got == wanted
    check_places(document, find_series(document))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="12907 –-:.|•\n,()Jan FYTotal", max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    document = Document(id="d", source=Source(name="a.txt", format="text"), text=text)
    series = find_series(document)
    check_places(document, series)
    for one in series:
        assert cover([p.period for p in one.points])


@pytest.mark.shared
def test_the_series_of_the_seed() -> None:
    path = SHARED / "seeds" / "nwe.txt"
    gold_path = SHARED / "gold" / "series.json"
    if not (path.exists() and gold_path.exists()):
        pytest.skip("the shared folder is absent")
    gold = json.loads(gold_path.read_text("utf-8"))
    [series] = find_series(read_bytes(path.read_bytes(), Source(name="nwe.txt")))
    points = [p for p in series.points if p.role == "observation"]
    assert [(p.period, p.value, list(p.span), list(p.value_span)) for p in points] == [
        (e["edtf"], e["value"], e["span"], e["value_span"]) for e in gold["entries"]
    ]
    [total] = [p for p in series.points if p.role == "stated-total"]
    stated = gold["stated_total"]
    assert (total.value, total.period, total.qualifier) == (stated["value"], stated["edtf"], "about")
    assert list(total.value_span) == stated["value_span"]
    assert series.source_span == tuple(gold["source_statement"]["span"])


def test_there_are_enough_cases() -> None:
    assert len(cases()) >= 20
