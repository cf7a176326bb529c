"""DOCX: styles in any language, lists as numbered, tables, notes, tracked changes; every word leads back to its element."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent / "office"))

from packing import check_spans, docx, lines, p, place_of, r, read, words_at

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Mein Kapitel"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Gliederung"><w:name w:val="G"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Ring1"><w:name w:val="Ring 1"/><w:basedOn w:val="Ring2"/></w:style>
<w:style w:type="paragraph" w:styleId="Ring2"><w:name w:val="Ring 2"/><w:basedOn w:val="Ring1"/></w:style>
<w:style w:type="paragraph" w:styleId="Punkt"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1%2)"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="(%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Kreis"/></w:abstractNum>
<w:abstractNum w:abstractNumId="3"><w:styleLink w:val="Kreis"/><w:numStyleLink w:val="Kreis"/></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>
"""


def item(words: str, number: int, depth: int = 0) -> str:
    return p(words, "", f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(words)}</w:tc>"


def test_headings_are_told_by_styles_whatever_their_language() -> None:
    body = (
        p("Flucht über die Drina", "Titel")
        + p("Der Anfang", "Kapitel")
        + p("Im Herbst", "Gliederung")
        + p("Direkt", "", '<w:outlineLvl w:val="0"/>')
        + p("Milica Jović floh 1992.", "Ring1")
        + p("Sie sprach: nie wieder.", "Zitat")
    )
    document = read(docx(body, styles=STYLES), "a.docx")
    assert [(b.kind, b.level) for b in document.blocks] == [
        ("heading", 1), ("heading", 2), ("heading", 4), ("heading", 2), ("paragraph", 0), ("quote", 0),
    ]  # fmt: skip
    assert document.title == "Flucht über die Drina"
    check_spans(document)


def test_without_a_title_headings_keep_their_levels() -> None:
    document = read(docx(p("Der Anfang", "berschrift1") + p("Text."), styles=STYLES), "a.docx")
    assert [(b.kind, b.level) for b in document.blocks] == [("heading", 1), ("paragraph", 0)]


def test_lists_show_the_numbers_that_word_shows() -> None:
    body = (
        item("one", 1) + item("first", 1, 1) + item("second", 1, 1) + item("deep", 1, 2) + item("two", 1)
        + item("anew", 1, 1) + p("between") + item("three", 1) + item("seven", 3) + p("dot", "Punkt") + item("circle", 4)
    )  # fmt: skip
    document = read(docx(body, styles=STYLES, numbering=NUMBERING), "a.docx")
    assert [(b.marker, b.level, b.content.of(document.text)) for b in document.blocks] == [
        ("1.", 1, "one"), ("1a)", 2, "first"), ("1b)", 2, "second"), ("(I)", 3, "deep"), ("2.", 1, "two"),
        ("2a)", 2, "anew"), ("", 0, "between"), ("3.", 1, "three"), ("7.", 1, "seven"), ("•", 1, "dot"), ("", 0, "circle"),
    ]  # fmt: skip
    parents = {b.content.of(document.text): b.parent for b in document.blocks}
    assert (parents["first"], parents["deep"], parents["two"]) == (0, 2, -1)
    assert "1a) first" in document.text
    check_spans(document)


def test_fields_show_results_and_never_codes() -> None:
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = "<w:r><w:instrText> IF </w:instrText></w:r>"
    inner = f"{begin}<w:r><w:instrText>MERGEFIELD x</w:instrText></w:r>{separate}{r('hidden result')}{end}"
    body = (
        f"<w:p>{r('On page ')}{begin}{code}{inner}{separate}{r('seven')}{end}{r(' it says')}"
        f'<w:fldSimple w:instr=" DATE ">{r(" 3 May")}</w:fldSimple></w:p>'
        f"<w:p>{begin}{code}</w:p>{p('not swallowed')}"
    )
    document = read(docx(body), "a.docx")
    assert document.text == "On page seven it says 3 May\n\nnot swallowed"


def test_hyphens_tabs_breaks_symbols() -> None:
    body = (
        f"<w:p>{r('non')}<w:r><w:noBreakHyphen/></w:r>{r('stop')}<w:r><w:tab/></w:r>{r('1953')}<w:r><w:br/></w:r>{r('next')}"
        '<w:r><w:softHyphen/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'
    )
    assert read(docx(body), "a.docx").text == "non-stop\t1953\nnext✓"


def test_tracked_changes_are_read_as_accepted_and_said() -> None:
    body = (
        f'<w:p>{r("Jan ")}<w:ins w:author="x">{r("Novák ")}</w:ins><w:del><w:r><w:delText>Nowak </w:delText></w:r></w:del>{r("left.")}</w:p>'
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('He came ')}</w:p>{p('to Graz.')}"
    )
    document = read(docx(body), "a.docx")
    assert document.text == "Jan Novák left.\n\nHe came to Graz."
    assert [(code, "Nowak" in said) for _, code, said in document.problems] == [("R030", True)]


def test_hidden_words_stand_at_the_end() -> None:
    document = read(docx(f"<w:p>{r('seen ')}{r('secret', '<w:vanish/>')}{r('too')}</w:p>"), "a.docx")
    assert lines(document) == [("paragraph", "seen too"), ("furniture", "secret")]
    assert [code for _, code, _ in document.problems] == ["R031"]


FOOTNOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{r(" Okafor, Chidi (3 May 1999). ")}'
    f'<w:hyperlink r:id="l1">{r(chr(8220) + "The bridge" + chr(8221))}</w:hyperlink>{r(". The Courier.")}</w:p></w:footnote>'
    f'<w:footnote w:id="3"><w:p>{r("* Own count.")}</w:p></w:footnote>'
)


def test_notes_are_linked_to_their_marks() -> None:
    body = (
        f'<w:p>{r("They crossed")}<w:r><w:footnoteReference w:id="2"/></w:r>{r(" by night")}'
        f'<w:r><w:footnoteReference w:id="3" w:customMarkFollows="1"/><w:t>*</w:t></w:r>{r(".")}<w:r><w:endnoteReference w:id="1"/></w:r></w:p>'
    )
    endnotes = f'<w:endnote w:id="1"><w:p>{r("Kept at the end.")}</w:p></w:endnote>'
    data = docx(body, footnotes=FOOTNOTES, endnotes=endnotes)
    document = read(data, "a.docx")
    assert document.text.startswith("They crossed[1] by night[*].[i]\n")
    assert [m.label for m in document.markers] == ["1", "*", "i"]
    assert all(m.reference for m in document.markers)
    first = next(reference for reference in document.references if reference.marker == "[1]")
    assert (first.authors, first.date, first.title) == (("Okafor, Chidi",), "1999-05-03", "The bridge")
    assert first.cited_at == (document.text.index("[1]"),)
    assert "Okafor" in words_at(data, place_of(document, "Okafor"))
    assert place_of(document, "Kept at the end").part == "word/endnotes.xml"
    check_spans(document)


def test_tables_merge_repeat_headers_and_captions() -> None:
    head = "<w:trPr><w:tblHeader/></w:trPr>"
    restart, go_on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    table = (
        f"<w:tbl><w:tr>{head}{cell('District', restart)}{cell('Arrived', wide)}</w:tr>"
        f"<w:tr>{head}{cell('', go_on)}{cell('men')}{cell('women')}</w:tr>"
        f"<w:tr>{cell('Tuzla')}{cell('12')}{cell('9')}</w:tr>"
        f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell('3')}{cell('4')}</w:tr></w:tbl>"
    )
    data = docx(p("Table 4: Arrivals", "Beschriftung") + table, styles=STYLES)
    document = read(data, "a.docx")
    (found,) = document.tables
    assert found.rows == (
        ("District", "Arrived", "Arrived"), ("District", "men", "women"), ("Tuzla", "12", "9"), ("", "3", "4"),
    )  # fmt: skip
    assert (found.n_header_rows, found.caption) == (2, "Table 4: Arrivals")
    assert words_at(data, place_of(document, "women")) == "women"
    assert place_of(document, "women").xpath == "/w:document/w:body/w:tbl[1]/w:tr[2]/w:tc[3]"
    check_spans(document)


def test_frames_are_read_through_and_tables_in_cells_are_lines() -> None:
    inner = f"<w:tbl><w:tr>{cell('a')}{cell('1')}</w:tr><w:tr>{cell('b')}{cell('2')}</w:tr></w:tbl>"
    frame = (
        f"<w:tbl><w:tr><w:tc><w:tcPr/>{p('Chapter', 'berschrift1')}{inner}{p('end')}</w:tc></w:tr></w:tbl>"
    )
    document = read(docx(frame, styles=STYLES), "a.docx")
    assert [b.kind for b in document.blocks if b.parent < 0] == ["heading", "table", "paragraph"]
    long = cell("a long story of the village " * 4)
    nested = f"<w:tbl><w:tr>{cell('x')}{cell('y')}</w:tr><w:tr>{long}<w:tc>{inner}</w:tc></w:tr></w:tbl>"
    (table,) = read(docx(nested), "a.docx").tables
    assert [line.split() for line in table.rows[1][1].splitlines()] == [["a"], ["1"], ["b"], ["2"]]


def test_text_boxes_are_read_once_behind_their_paragraph() -> None:
    box = f"<w:txbxContent>{p('In the box')}</w:txbxContent>"
    twice = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    data = docx(f"<w:p>{r('Around ')}<w:r>{twice}</w:r>{r('it.')}</w:p>")
    document = read(data, "a.docx")
    assert lines(document) == [("paragraph", "Around it."), ("paragraph", "In the box")]
    assert words_at(data, place_of(document, "In the box")) == "In the box"


def test_margins_are_furniture() -> None:
    document = read(
        docx(
            p("Contents", "Verzeichnis1") + p("Body."),
            styles=STYLES,
            header1=p("Annual report"),
            comments=f'<w:comment w:id="0" w:author="Eva">{p("Check this.")}</w:comment>',
        ),
        "a.docx",
    )
    assert lines(document) == [
        ("furniture", "Contents"), ("paragraph", "Body."), ("furniture", "Annual report"), ("furniture", "Check this."),
    ]  # fmt: skip
    assert "Eva: Check this." in document.text


def test_works_cited_become_references() -> None:
    body = (
        p("Report", "berschrift1") + p("Words.") + p("Works cited", "berschrift1")
        + p("Mbeki, Ann (2004). The river road. Durban: Quill Press.") + p("Sow, Aliou (1999). Camps. Dakar: Baobab.")
    )  # fmt: skip
    document = read(docx(body, styles=STYLES), "a.docx")
    assert [(x.kind, x.authors, x.date) for x in document.references] == [
        ("bibliography", ("Mbeki, Ann",), "2004"), ("bibliography", ("Sow, Aliou",), "1999"),
    ]  # fmt: skip


def test_what_the_file_says_of_itself() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        "<dc:title>Across the ice</dc:title><dc:language>et-EE</dc:language>"
        "<dcterms:created>2001-02-03T00:00:00Z</dcterms:created><dcterms:modified>2004-05-06T07:08:09Z</dcterms:modified>"
        "</cp:coreProperties>"
    )
    source = read(docx(p("x"), core=core), "a.docx").source
    assert (source.title, source.language, source.date, source.format) == (
        "Across the ice",
        "et-EE",
        "2004-05-06",
        "docx",
    )
    made_up = core.replace("Across the ice", "Microsoft Word - draft7.doc")
    assert read(docx(p("x"), core=made_up), "a.docx").source.title is None


def test_the_strict_form_of_the_standard_is_read() -> None:
    import zipfile

    data = docx(p("Strict words.", "", '<w:outlineLvl w:val="0"/>'))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            text = text.replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(name, text)
    document = read(out.getvalue(), "a.docx")
    assert lines(document) == [("heading", "Strict words.")]


def test_what_another_program_wrote() -> None:
    made = python_docx.Document()
    made.add_heading("The ferry", 0)
    made.add_paragraph("first", style="List Number")
    made.add_paragraph("second", style="List Number")
    table = made.add_table(2, 2)
    for n, words in enumerate(("Year", "Boats", "1994", "31")):
        table.cell(n // 2, n % 2).text = words
    table.cell(1, 1).paragraphs[0].add_run(" or so").bold = True
    file = io.BytesIO()
    made.save(file)
    document = read(file.getvalue(), "a.docx")
    assert [(b.kind, b.marker) for b in document.blocks[:4]] == [
        ("heading", ""), ("list_item", "1."), ("list_item", "2."), ("table", ""),
    ]  # fmt: skip
    assert document.tables[0].rows == (("Year", "Boats"), ("1994", "31 or so"))
    again = python_docx.Document(io.BytesIO(file.getvalue()))
    place = place_of(document, "second")
    assert "second" in words_at(file.getvalue(), place)
    assert "second" in [paragraph.text for paragraph in again.paragraphs]


WORDS = st.text(st.sampled_from("aé김 \u00a0😀.\t\nא"), max_size=8)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "berschrift1", "Zitat", "Punkt", "Titel"]), st.lists(WORDS, max_size=4)
        ),
        max_size=8,
    )
)
@settings(deadline=None, max_examples=150)
def test_any_paragraphs_are_found_again(paragraphs: list[tuple[str, list[str]]]) -> None:
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(map(r, runs))}</w:p>'
        for style, runs in paragraphs
    )
    data = docx(body, styles=STYLES, numbering=NUMBERING)
    document = read(data, "a.docx")
    check_spans(document)
    wanted = [
        " ".join("".join(runs).replace("\u00a0", "~").split()).replace("~", "\u00a0")
        for _, runs in paragraphs
    ]
    assert [b.content.of(document.text) for b in document.blocks] == [w for w in wanted if w]
    for block in document.blocks:
        raw = words_at(data, block.place)
        assert "".join(raw.split()) == "".join(block.content.of(document.text).split())


@pytest.mark.parametrize("body", ["", "<w:p/>", "<w:sectPr/>", "<w:tbl/>", "<w:tbl><w:tr/></w:tbl>"])
def test_without_words(body: str) -> None:
    document = read(docx(body), "a.docx")
    assert (document.text, [code for _, code, _ in document.problems]) == ("", ["R002"])
