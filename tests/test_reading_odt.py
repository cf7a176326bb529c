"""ODT: headings, lists as numbered, tables, notes, tracked changes; packed and flat; every word leads back to its element."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

sys.path.insert(0, str(Path(__file__).parent / "office"))

from packing import NAMESPACES, check_spans, lines, odt, place_of, read, root, words_at

STYLES = """<office:styles>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Title" style:family="paragraph" style:parent-style-name="Standard"/>
<style:style style:name="Caption" style:family="paragraph"/><style:style style:name="Table" style:parent-style-name="Caption"/>
<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:default-outline-level="2"/>
<style:style style:name="Contents_20_1" style:display-name="Contents 1"/>
<style:style style:name="A" style:parent-style-name="B"/><style:style style:name="B" style:parent-style-name="A"/>
<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>
<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>
</office:styles>"""
AUTOMATIC = """
<style:style style:name="P1" style:parent-style-name="Title"/><style:style style:name="P2" style:parent-style-name="Table"/>
<style:style style:name="P3" style:parent-style-name="Heading_20_2"/>
<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L1">
 <text:list-level-style-number text:level="1" style:num-format="I" style:num-suffix="."/>
 <text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
</text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="-"/></text:list-style>
"""


def p(words: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def items(style: str, *inner: str, more: str = "") -> str:
    told = "".join(f"<text:list-item>{one}</text:list-item>" for one in inner)
    return f'<text:list text:style-name="{style}" {more}>{told}</text:list>'


def page(body: str) -> bytes:
    return odt(body, automatic=AUTOMATIC, styles=STYLES)


def test_headings_and_their_numbers() -> None:
    body = (
        p("Über den Fluss", "P1") + '<text:h text:outline-level="1">Anfang</text:h><text:h text:outline-level="2">Herbst</text:h>'
        '<text:h text:outline-level="2">Winter</text:h>' + p("Zwischen", "P3") + p("Ring", "A")
    )  # fmt: skip
    document = read(page(body), "a.odt")
    assert [(b.kind, b.level, b.marker) for b in document.blocks] == [
        ("heading", 1, ""), ("heading", 2, "1."), ("heading", 3, "1.1"), ("heading", 3, "1.2"), ("heading", 3, ""),
        ("paragraph", 0, ""),
    ]  # fmt: skip
    check_spans(document)


def test_lists() -> None:
    body = (
        items("L1", p("one"), p("two") + items("L1", p("in"), p("side"))) + p("between")
        + items("L1", p("three"), more='text:continue-numbering="true"') + items("L1", p("anew")) + items("L2", p("dot"))
    )  # fmt: skip
    document = read(page(body), "a.odt")
    assert [(b.marker, b.level, b.content.of(document.text)) for b in document.blocks] == [
        ("I.", 1, "one"), ("II.", 1, "two"), ("(a)", 2, "in"), ("(b)", 2, "side"), ("", 0, "between"), ("III.", 1, "three"),
        ("I.", 1, "anew"), ("•", 1, "dot"),
    ]  # fmt: skip
    check_spans(document)


def test_words_spaces_links_and_what_is_hidden() -> None:
    body = p(
        'Ana<text:s text:c="3"/>Kovač <text:span text:style-name="T1">secret</text:span><text:a xlink:href="https://a.example">fled</text:a><text:line-break/>in<text:tab/>1992'
    )
    document = read(page(body), "a.odt")
    assert lines(document) == [("paragraph", "Ana Kovač fled\nin\t1992"), ("furniture", "secret")]


NOTE = (
    '<text:note text:id="f1" text:note-class="footnote"><text:note-citation>7</text:note-citation><text:note-body>'
    + p("Sow, Aliou (3 May 1999). “The bridge”. The Courier.")
    + "</text:note-body></text:note>"
)


def test_notes_remarks_and_tracked_changes() -> None:
    remark = f"<office:annotation><dc:creator>Eva</dc:creator>{p('Check this.')}</office:annotation>"
    tracked = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info/>" + p("never said")
        + "</text:deletion></text:changed-region></text:tracked-changes>"
    )  # fmt: skip
    data = page(tracked + p(f"They crossed{NOTE} by{remark} night."))
    document = read(data, "a.odt")
    assert document.text.startswith("They crossed[7] by night.\n7. Sow, Aliou")
    (mark,) = document.markers
    assert mark.reference == document.references[0].id
    assert document.references[0].date == "1999-05-03"
    place = place_of(document, "The bridge")
    assert (
        place.xpath
        == "/office:document-content/office:body/office:text/text:p[1]/text:note[1]/text:note-body[1]"
    )
    assert "The bridge" in words_at(data, place)
    assert lines(document)[-1] == ("furniture", "Check this.")
    assert [code for _, code, _ in document.problems] == ["R030"]
    check_spans(document)


def test_tables_boxes_and_contents() -> None:
    def cell(words: str, more: str = "") -> str:
        return f"<table:table-cell {more}>{p(words)}</table:table-cell>"

    twice = 'table:number-columns-repeated="2"'
    table = (
        "<table:table><table:table-header-rows><table:table-row>"
        + cell("District") + cell("Arrived", 'table:number-columns-spanned="2"') + "<table:covered-table-cell/></table:table-row></table:table-header-rows>"
        + f"<table:table-row>{cell('Tuzla')}{cell('12', twice)}</table:table-row></table:table>"
    )  # fmt: skip
    index = f"<text:table-of-content><text:index-body>{p('Anfang 3', 'Contents_20_1')}</text:index-body></text:table-of-content>"
    box = p(f"Around it.<draw:frame><draw:text-box>{p('In the box')}</draw:text-box></draw:frame>")
    data = page(index + p("Table 4: Arrivals", "P2") + table + box)
    document = read(data, "a.odt")
    (found,) = document.tables
    assert found.rows == (("District", "Arrived", "Arrived"), ("Tuzla", "12", "12"))
    assert (found.n_header_rows, found.caption) == (1, "Table 4: Arrivals")
    assert lines(document)[0] == ("furniture", "Anfang 3")
    assert lines(document)[-2:] == [("paragraph", "Around it."), ("paragraph", "In the box")]
    assert words_at(data, place_of(document, "In the box")) == "In the box"
    assert words_at(data, place_of(document, "Tuzla")) == "Tuzla"
    check_spans(document)


def test_repeated_tables_in_tables_do_not_multiply() -> None:
    inner = p("x")
    for _ in range(20):
        row = f'<table:table-row table:number-rows-repeated="900"><table:table-cell table:number-columns-repeated="900">{inner}</table:table-cell><table:table-cell/></table:table-row>'
        inner = f"<table:table>{row}</table:table>"
    document = read(page(inner), "a.odt")
    assert len(document.text) < 1_000_000


def test_flat_files_are_the_same() -> None:
    inner = (
        f"<office:automatic-styles/><office:body><office:text>{p('Flat words.')}</office:text></office:body>"
    )
    data = (
        root("office:document", inner)
        .replace(
            "<office:document ", '<office:document office:mimetype="application/vnd.oasis.opendocument.text" '
        )
        .encode()
    )
    for name in ("a.fodt", "a"):
        document = read(data, name)
        assert (document.source.format, document.text) == ("odt", "Flat words.")
        place = place_of(document, "Flat")
        found = etree.fromstring(data).xpath(place.xpath or "", namespaces=NAMESPACES)
        assert isinstance(found, list)
        assert [e.text for e in found if isinstance(e, etree._Element)] == ["Flat words."]


def test_what_the_file_says_of_itself() -> None:
    meta = "<dc:title>Across the ice</dc:title><dc:language>et</dc:language><dc:date>2004-05-06T07:08:09</dc:date>"
    source = read(odt(p("x"), meta=meta), "a.odt").source
    assert (source.title, source.language, source.date) == ("Across the ice", "et", "2004-05-06")


WORDS = st.text(st.sampled_from("aé김 \u00a0😀.\t\nא"), max_size=8)


@given(st.lists(st.tuples(st.sampled_from(["Standard", "P1", "P3", "A"]), WORDS, WORDS), max_size=8))
@settings(deadline=None, max_examples=150)
def test_any_paragraphs_are_found_again(paragraphs: list[tuple[str, str, str]]) -> None:
    data = page("".join(p(f"{a}<text:span>{b}</text:span>", style) for style, a, b in paragraphs))
    document = read(data, "a.odt")
    check_spans(document)
    assert len(document.blocks) == sum(bool((a + b).strip(" \t\n")) for _, a, b in paragraphs)
    for block in document.blocks:
        assert words_at(data, block.place).split() == block.content.of(document.text).split()
