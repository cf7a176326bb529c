"""PDF: what was set comes out as it was written, and every word leads back to its page and box."""

from __future__ import annotations

import io
import sys
import unicodedata
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from regesta.model import Document, Place, Source
from regesta.reading import read_bytes
from regesta.text.span import Span

sys.path.insert(0, str(Path(__file__).parent / "pdf"))

import pdf_score as score
from typesetting import Piece, Prose, Setting, typeset


def read(data: bytes, *, title: str | None = None, ocr: str | None = None) -> Document:
    return read_bytes(data, Source(name="a.pdf", title=title, ocr=ocr))


def kinds(document: Document, *left_out: str) -> list[tuple[str, str]]:
    return [
        (block.kind, block.content.of(document.text))
        for block in document.blocks
        if block.kind not in ("row", "cell", "table", *left_out)
    ]


def letters_in(data: bytes, place: Place) -> str:
    """Return the letters whose middle stands in the box, found without our reader."""
    assert place.page is not None
    assert place.box is not None
    page = pypdfium2.PdfDocument(data)[place.page - 1]
    text = page.get_textpage()
    left, bottom, right, top = page.get_bbox()
    turn = page.get_rotation()
    found = []
    for index in range(text.count_chars()):
        x0, y0, x1, y1 = text.get_charbox(index, loose=True)
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        seen = {
            0: (x - left, top - y),
            90: (y - bottom, x - left),
            180: (right - x, y - bottom),
            270: (top - y, right - x),
        }[turn]
        if place.box[0] <= seen[0] <= place.box[2] and place.box[1] <= seen[1] <= place.box[3]:
            found.append(chr(pypdfium2.raw.FPDFText_GetUnicode(text.raw, index)))
    return "".join(found)


def bare(words: str) -> str:
    folded = unicodedata.normalize("NFKC", words)
    return "".join(c for c in folded if c.isalnum())


def changed(data: bytes, angle: int = 0, crop: list[float] | None = None) -> bytes:
    pdf = pikepdf.open(io.BytesIO(data))
    for page in pdf.pages:
        page.rotate(angle, relative=False)
        if crop:
            page.cropbox = pikepdf.Array(crop)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def drawn(*lines: tuple[float, float, str], size: float = 11, font: str = "Times-Roman") -> bytes:
    """Return a page with words at places counted from the upper left corner."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 800), invariant=1)
    canvas.setFont(font, size)
    for x, y, words in lines:
        canvas.drawString(x, 800 - y, words)
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("name", score.SETTINGS)
def test_what_was_set_is_read(name: str) -> None:
    pieces = Prose(11).book(3)
    document = read(typeset(pieces, score.SETTINGS[name]))
    wanted, found = score.truth_of(pieces), kinds(document)
    for kind, words in wanted:
        assert (kind, words) in [(k, score.normal(w)) for k, w in found], (kind, words)
    for kind, (right, n, n_found) in score.compare(pieces, document).items():
        assert (right, n_found) == (n, n), kind


@pytest.mark.parametrize("head", ["alternating", "plain", "foot"])
def test_running_heads_are_furniture_and_not_lost(head: str) -> None:
    pieces = Prose(2).book(5, tables=False)
    setting = Setting(width=400, height=560, margin=60, size=10, head=head, first_page=11)
    document = read(typeset(pieces, setting))
    furniture = [words for kind, words in kinds(document) if kind == "furniture"]
    n_pages = document.runs[-1].place.page
    assert n_pages is not None
    assert n_pages > 4
    for number in range(1, n_pages):
        assert any(str(11 + number) in words for words in furniture)
    assert not any(kind == "paragraph" and len(words) < 40 for kind, words in kinds(document))


def test_order_of_blocks_is_that_of_reading() -> None:
    pieces = Prose(5).book(4)
    document = read(typeset(pieces, Setting(columns=2, size=9)))
    wanted = [
        words for kind, words in score.truth_of(pieces) if kind in ("heading", "paragraph", "list_item")
    ]
    found = [score.normal(w) for k, w in kinds(document) if k in ("heading", "paragraph", "list_item")]
    assert found == wanted


def test_levels_of_headings() -> None:
    document = read(typeset(Prose(7).book(4), Setting()))
    levels = {
        block.content.of(document.text)[:8]: block.level
        for block in document.blocks
        if block.kind == "heading"
    }
    assert levels.pop("The long") == 1
    assert set(levels.values()) == {2, 3}
    assert all((level == 3) == words.startswith("A remark") for words, level in levels.items())


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, [30, 20, 560, 815]])
def test_every_word_leads_to_its_box(angle: int, crop: list[float] | None) -> None:
    data = changed(typeset(Prose(3).book(2), Setting(columns=2)), angle, crop)
    document = read(data)
    assert len(document.runs) > 400
    for run in document.runs[::29]:
        words = run.span.of(document.text)
        assert document.places(run.span) == (run.place,)
        assert bare(words) in bare(letters_in(data, run.place)), (words, run.place)


def test_runs_ascend_and_cover_every_word() -> None:
    document = read(typeset(Prose(8).book(3), Setting(columns=2, size=9)))
    end = 0
    covered: set[int] = set()
    for run in document.runs:
        assert end <= run.span.start < run.span.end
        end = run.span.end
        covered.update(range(*run.span))
    for block in document.blocks:
        if block.kind in ("paragraph", "heading", "cell", "footnote", "furniture", "caption"):
            loose = [n for n in range(*block.content) if n not in covered and not document.text[n].isspace()]
            assert not loose, block.content.of(document.text)


def test_a_hyphenated_word_has_two_boxes() -> None:
    data = drawn(
        (60, 100, "The clerk of the office for resettle-"),
        (60, 114, "ment wrote it down in the book of the town."),
    )
    document = read(data)
    start = document.text.index("resettlement")
    places = document.places(Span(start, start + len("resettlement")))
    assert [bare(letters_in(data, place)) for place in places] == ["resettle", "ment"]


@pytest.mark.parametrize(
    ("above", "below", "wanted"),
    [
        ("the report of the resettle-", "ment office in the town", "resettlement office"),
        ("told by the Seoul-", "based paper, in Seoul and based on letters", "Seoul-based paper"),
        ("seen by the North-", "Korean envoy in the town", "North-Korean envoy"),
        ("It happened in the years 1950-", "1953, when the war went on", "1950-1953, when"),
        ("a state-of-the-", "art bridge was built there", "state-of-the-art bridge"),
        ("Kim Jong-il came before Kim Jong-", "un in the line of rulers", "Kim Jong-un in"),
        ("nobody in the village said any-", "thing about the crossing", "anything about"),
        ("with soft hyphens the regis\u00ad", "tration went on all day", "the registration went"),
    ],
)
def test_hyphens_at_line_ends(above: str, below: str, wanted: str) -> None:
    document = read(drawn((60, 100, above), (60, 114, below)))
    assert wanted in document.text


def test_a_word_that_the_document_writes_with_a_hyphen_keeps_it() -> None:
    lines = [
        (60.0, 100.0, "A cross-border search began, and no other cross-"),
        (60.0, 114.0, "border search was made in all of the years after."),
    ]
    assert "other cross-border search" in read(drawn(*lines)).text


def test_a_paragraph_over_a_page_is_one() -> None:
    pieces = [
        Piece("heading", "Crossings", level=1),
        *(Prose(seed).paragraph(noted=True) for seed in range(30)),
    ]
    for number, piece in enumerate(pieces[1:], 1):
        piece.text = piece.text.replace("^1^", f"^{number}^")
        piece.notes = {str(number): note for note in piece.notes.values()}
    document = read(typeset(pieces, Setting(width=380, height=500, margin=50)))
    paragraphs = [words for kind, words in kinds(document) if kind == "paragraph"]
    assert [score.normal(words) for words in paragraphs] == [piece.plain for piece in pieces[1:]]
    over = [
        b
        for b in document.blocks
        if b.kind == "paragraph" and len({p.page for p in document.places(b.content)}) > 1
    ]
    assert over


def test_marks_lead_to_the_notes_of_their_page() -> None:
    """Notes are counted anew on each page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 500), invariant=1)
    for page, town in enumerate(("Brno", "Tampere"), 1):
        canvas.setFont("Times-Roman", 11)
        for line in range(8):
            canvas.drawString(
                50, 440 - 14 * line, f"The archive of {town} keeps the letters of that year in boxes"
            )
        canvas.drawString(50, 320, f"and one of them tells of {town}.")
        width = canvas.stringWidth(f"and one of them tells of {town}.", "Times-Roman", 11)
        canvas.setFont("Times-Roman", 7)
        canvas.drawString(50 + width, 324, "1")
        canvas.drawString(50, 64, "1")
        canvas.setFont("Times-Roman", 8.5)
        canvas.drawString(54, 60, f"Doe, Jane, The boxes of {town} (House, 199{page}).")
        canvas.showPage()
    canvas.save()
    document = read(out.getvalue())
    assert [m.label for m in document.markers] == ["1", "1"]
    notes = {r.id: r.span.of(document.text) for r in document.references}
    linked = [notes[m.reference] for m in document.markers if m.reference]
    assert ["Brno" in linked[0], "Tampere" in linked[1]] == [True, True]
    assert "Brno.¹" in document.text


def test_exponents_are_no_marks() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(50, 700, "The camp covered 12 km")
    width = canvas.stringWidth("The camp covered 12 km", "Times-Roman", 11)
    canvas.setFont("Times-Roman", 7)
    canvas.drawString(50 + width, 704, "2")
    canvas.save()
    document = read(out.getvalue())
    assert document.text == "The camp covered 12 km²"
    assert document.markers == ()


def test_merged_cells() -> None:
    rows = [["Place", "Arrivals", ""], ["", "men", "women"], ["Gdynia", "41", "37"], ["Elbing", "12", "20"]]
    table = Piece("table", rows=rows, spans={(0, 0): (2, 1), (0, 1): (1, 2)})
    document = read(typeset([Prose(1).paragraph(), table], Setting()))
    (found,) = document.tables
    assert found.rows == (
        ("Place", "Arrivals", "Arrivals"),
        ("Place", "men", "women"),
        ("Gdynia", "41", "37"),
        ("Elbing", "12", "20"),
    )
    spans = {
        b.content.of(document.text): (b.row_span, b.column_span) for b in document.blocks if b.kind == "cell"
    }
    assert spans["Place"] == (2, 1)
    assert spans["Arrivals"] == (1, 2)


def test_a_table_that_goes_on_is_one_and_its_heading_is_not_lost() -> None:
    rows = [["Name", "Came"], *([f"Person {n}", str(1900 + n)] for n in range(1, 61))]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 500), invariant=1)
    for part in (rows[:31], [rows[0], *rows[31:]]):
        for n, row in enumerate(part):
            for column, cell in enumerate(row):
                canvas.rect(50 + 150 * column, 440 - 13 * n, 150, 13)
                canvas.drawString(54 + 150 * column, 443.5 - 13 * n, cell)
        canvas.showPage()
    canvas.save()
    document = read(out.getvalue())
    (table,) = document.tables
    assert [list(row) for row in table.rows] == rows
    assert table.n_header_rows == 1
    assert {place.page for place in document.places(table.cells[-1][0])} == {2}
    assert [words for kind, words in kinds(document) if kind == "furniture"] == ["Name Came"] or [
        words for kind, words in kinds(document) if kind == "furniture"
    ] == ["Name", "Came"]


def test_what_stands_between_columns_and_over_them() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 800), invariant=1)
    canvas.setFont("Times-Roman", 10)
    words = "went over the bridge to the other side and came"
    for block, top in (("one", 700), ("two", 400)):
        canvas.drawString(
            60,
            top + 40,
            f"A line about part {block} that goes over both of the columns of this page, from left to right, all of it.",
        )
        for line in range(10):
            canvas.drawString(60, top - 13 * line, f"L{block}{line} {words}")
            canvas.drawString(320, top - 5 - 13 * line, f"R{block}{line} {words}")
    canvas.save()
    text = read(out.getvalue()).text
    order = [
        text.index(mark)
        for mark in ("part one", "Lone0", "Lone9", "Rone0", "Rone9", "part two", "Ltwo0", "Ltwo9", "Rtwo0")
    ]
    assert order == sorted(order)


def test_rows_without_rules_stay_rows() -> None:
    lines = []
    for n in range(12):
        lines += [
            (60.0, 100.0 + 14 * n, f"Person number {n}"),
            (320.0, 100.0 + 14 * n, f"came in {1950 + n}"),
        ]
    text = read(drawn(*lines)).text
    for n in range(12):
        assert f"Person number {n}\tcame in {1950 + n}" in text


def test_ligatures_and_letter_spaced_words() -> None:
    document = read(drawn((60, 100, "T H E   R I V E R"), size=11))
    assert "THE RIVER" in document.text


def test_the_file_says_what_it_is() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setTitle("Crossings of the Oder")
    canvas.drawString(50, 700, "Words.")
    canvas.save()
    pdf = pikepdf.open(io.BytesIO(out.getvalue()))
    pdf.Root.Lang = "de-DE"
    pdf.docinfo["/CreationDate"] = "D:20040517093000+02'00'"
    changed_out = io.BytesIO()
    pdf.save(changed_out)
    source = read(changed_out.getvalue()).source
    assert (source.title, source.date, source.language) == ("Crossings of the Oder", "2004-05-17", "de-DE")
    assert read(changed_out.getvalue(), title="Mine").title == "Mine"


@pytest.mark.parametrize(
    "title", ["Microsoft Word - report_final.doc", "untitled", "scan0001.pdf", "(anonymous)"]
)
def test_titles_of_programs_are_none(title: str) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setTitle(title)
    canvas.drawString(50, 700, "Words.")
    canvas.save()
    assert read(out.getvalue()).source.title is None


def embedded(lines: list[str], font: str) -> bytes:
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont

    registerFont(UnicodeCIDFont(font))
    return drawn(*((60.0, 100.0 + 15 * n, line) for n, line in enumerate(lines)), font=font)


@pytest.mark.parametrize(
    ("font", "lines", "wanted"),
    [
        ("STSong-Light", ["一九五三年冬天他们渡过大河来到对岸的村庄里面住了", "下来。"], "住了下来。"),
        ("HeiseiMin-W3", ["昭和二十八年の冬に彼らは川を渡って対岸の村に着", "いた。"], "村に着いた。"),
        (
            "HYSMyeongJo-Medium",
            ["1953년 겨울에 그들은 강을 건너 맞은편 마을에", "도착하였다."],
            "마을에 도착하였다.",
        ),
    ],
)
def test_lines_of_eastern_asia(font: str, lines: list[str], wanted: str) -> None:
    assert wanted in read(embedded(lines, font)).text


@given(
    st.lists(st.text("abcdefgh ,.-ABC123", min_size=1, max_size=60), min_size=1, max_size=12),
    st.integers(8, 14),
)
@settings(max_examples=12, deadline=None)
def test_no_word_is_lost_or_invented(lines: list[str], size: int) -> None:
    data = drawn(*((50.0, 80.0 + 16 * n, line) for n, line in enumerate(lines)), size=size)
    document = read(data)
    wanted = sorted(bare("".join(lines)))
    assert sorted(bare(document.text)) == wanted
    for run in document.runs:
        assert bare(run.span.of(document.text)) in bare(letters_in(data, run.place))
