"""Whole pages: what is body and what is furniture, tables as the web writes them, the way back, and traps."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from regesta.model import Block, Document, Place, Source
from regesta.reading.html import read
from regesta.reading.laying.making import form_place

sys.path.insert(0, str(Path(__file__).parent / "pages"))
from designs import DESIGNS, HEADING, PARAGRAPHS, TITLE

BODY = " ".join((TITLE, *PARAGRAPHS, HEADING))


def page(markup: str | bytes) -> Document:
    data = markup.encode() if isinstance(markup, str) else markup
    return read(data, Source(name="a.html"))


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def body_of(document: Document) -> str:
    kept = [b for b in document.blocks if b.kind not in {"furniture", "table", "row"}]
    return "\n".join(block.content.of(document.text) for block in kept)


@pytest.mark.parametrize("name", DESIGNS)
def test_the_body_is_whole_and_little_else(name: str) -> None:
    found, wanted = words(body_of(page(DESIGNS[name](TITLE, PARAGRAPHS)))), words(BODY)
    assert not wanted - found
    assert (found - wanted).total() <= 12, found - wanted


@pytest.mark.parametrize("name", DESIGNS)
def test_furniture_is_left_out_of_the_body_but_not_lost(name: str) -> None:
    markup = DESIGNS[name](TITLE, PARAGRAPHS)
    root = etree.HTML(
        re.sub(r"<!--.*?-->|<(select|button|label|title|textarea)\b.*?</\1>", " ", markup, flags=re.DOTALL)
    )
    visible = re.sub(r"\s", "", "".join(root.xpath("//body//text()")))  # type: ignore[arg-type]
    lost = Counter(visible) - Counter(page(markup).text)
    assert not lost


@pytest.mark.parametrize("name", [*DESIGNS, "deep", "wide"])
def test_every_block_is_found_again_in_the_raw_page(name: str) -> None:
    markup = {
        "deep": "<!-- a --><body>" + "<div><!-- b --><span>x</span>" * 200 + "<p>one</p><p>two</p>",
        "wide": "<table class=wikitable>"
        + "<tr><th>a</th><td>b</td><td>c</td></tr>" * 30
        + "</table><p>end<p>last",
    }.get(name) or DESIGNS[name](TITLE, PARAGRAPHS)
    document, root = page(markup), etree.HTML(markup)
    assert document.blocks
    for block in document.blocks:
        assert block.place.xpath is not None
        found = root.xpath(block.place.xpath)
        assert isinstance(found, list)
        assert len(found) == 1
        element = found[0]
        assert isinstance(element, etree._Element)
        inside = re.sub(r"\s", "", "".join(element.itertext()))  # type: ignore[arg-type]
        for line in block.content.of(document.text).splitlines():
            assert re.sub(r"\s", "", line) in inside


@pytest.mark.parametrize(
    ("markup", "rows", "n_header_rows"),
    [
        # a foot written before the body, a head written last: as browsers show them
        (
            ("<table><tfoot><tr><td>all<td>3</tfoot><tbody><tr><td>Ulm<td>1<tr><td>Bern<td>2</tbody>"
            "<thead><tr><th>Place<th>n</thead></table>"),
            [["Place", "n"], ["Ulm", "1"], ["Bern", "2"], ["all", "3"]],
            1,
        ),
        # capital tags, a form and a font between the table and its rows, nothing closed
        (
            "<TABLE><FORM><TR><TD>Ulm<TD>1<TR><TD>Bern<TD>2</FORM></TABLE>",
            [["Ulm", "1"], ["Bern", "2"]],
            0,
        ),
        # cells before any row
        ("<table><td>a<td>b<tr><td>c<td>d</table>", [["a", "b"], ["c", "d"]], 0),
        # keys for sorting: in an attribute, hidden by style, by class, invisible
        (
            ("<table><tr><th>Day</th><th>n</th></tr><tr><td data-sort-value='19320401'><span style='display:none'>1932-04-01"
            "</span>1 April</td><td><span class=sortkey>0026</span><span style='visibility:hidden'>00</span>26</td></tr></table>"),
            [["Day", "n"], ["1 April", "26"]],
            1,
        ),
        # spans that are broken, too long, zero
        (
            ("<table><tr><th colspan='2;'>Who</th></tr><tr><td rowspan=99>a</td><td rowspan=0>b</td></tr><tr></tr>"
            "<tr><td colspan=x rowspan=-1>c</td></tr></table>"),
            [["Who", "Who", ""], ["a", "b", ""], ["a", "b", ""], ["a", "b", "c"]],
            1,
        ),
        # two rows of headings, a heading repeated in the body
        (
            ("<table><tr><th rowspan=2>Name<th colspan=2>Came<tr><th>from<th>in<tr><td>Kim<td>Ulm<td>1953"
            "<tr><th>Name<th>from<th>in<tr><td>Lee<td>Bern<td>1954</table>"),
            [
                ["Name", "Came", "Came"], ["Name", "from", "in"], ["Kim", "Ulm", "1953"],
                ["Name", "from", "in"], ["Lee", "Bern", "1954"],
            ],
            2,
        ),
        # a hidden row, a hidden column's cell, lines within a cell
        (
            "<table><tr><th>a<th>b</tr><tr hidden><td>x<td>y</tr><tr><td>one<br>two<td style='display: none'>no<td>3</tr></table>",
            [["a", "b"], ["one\ntwo", "3"]],
            1,
        ),
    ],
    ids=["groups", "capitals", "no row", "sort keys", "spans", "headings", "hidden"],
)  # fmt: skip
def test_tables(markup: str, rows: list[list[str]], n_header_rows: int) -> None:
    (table,) = page(markup).tables
    assert [list(row) for row in table.rows] == rows
    assert table.n_header_rows == n_header_rows


@pytest.mark.parametrize(
    "markup",
    [
        "<table role=presentation><tr><td>Kim fled.<td>Lee stayed.</table>",
        "<table><tr><td><p>Kim fled.</p><p>He was six.</p></table>",
        "<table><tr><td><h2>Routes</h2>By sea.<td><ul><li>a<li>b</ul></table>",
    ],
)
def test_a_table_that_arranges_is_no_table(markup: str) -> None:
    assert not page(markup).tables


def test_buttons_at_headings_are_no_words_of_theirs() -> None:
    for label in ("edit", "Bearbeiten", "modifier le code", "편집", "編集", "править | править код"):
        document = page(f"<h2>1953 [<a href=/e>{label}</a>]</h2><p>Kim fled.</p>")
        assert document.blocks[0].content.of(document.text) == "1953"
    kept = page("<h2>How to edit</h2><p>x</p><h2>Kim [sic]</h2>")
    assert [b.content.of(kept.text) for b in kept.blocks if b.kind == "heading"] == [
        "How to edit",
        "Kim [sic]",
    ]


def test_merged_cells_take_no_more_room_than_the_table_has() -> None:
    document = page(
        "<table><tr><td colspan=99999999 rowspan=99999999>x</td></tr>"
        + "<tr><td>y</td></tr>" * 1000
        + "</table>"
    )
    assert all(len(table.rows[0]) <= 1001 for table in document.tables)
    trap = "<table>" + "<tr>" + "<td rowspan=65000>x" * 900 + "<tr><td rowspan=65000 colspan=1000>x" * 2000
    assert sum(len(table.rows) * len(table.rows[0]) for table in page(trap).tables) <= 2_000_000


def test_a_tag_of_very_many_attributes_is_read_without_them() -> None:
    markup = "<p " + " ".join(f'a{n}=">"' for n in range(100_000)) + ">Kim fled.</p>"
    document = page(markup)
    assert document.text == "Kim fled."
    assert [code for _, code, _ in document.problems] == ["R003"]


@pytest.mark.parametrize(
    "markup", ["<table>" * 30_000, "<table class=wikitable><tr><th>h<td>" * 1_000, "<li>x" * 30_000]
)
def test_unclosed_elements_by_the_thousand(markup: str) -> None:
    assert len(page(markup).text) <= 2 * len(markup)


def test_what_is_formed_equals_what_is_made() -> None:
    assert form_place(3, "/p") == Place(line=3, xpath="/p")
    assert hash(form_place(None, None)) == hash(Place())
    document = page("<h2>1953</h2><table><tr><th>a<td colspan=2>b<tr><td>c<td>d<td>e</table>")
    for block in document.blocks:
        fields = {name: getattr(block, name) for name in Block.__dataclass_fields__}
        assert Block(**fields) == block
        assert type(block) is Block
        with pytest.raises(AttributeError):
            block.level = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("menu", "lines"),
    [
        ("<ul><li><a href=/a>Home</a><li><a href=/b>Ports</a></ul>", "Home\n\nPorts"),
        ("Home<br>Ports<br><br>Law", "Home\nPorts\n\nLaw"),
        ("<p>Home <i>and</i></p> <div>\n<p>Ports</p></div>Law", "Home and\n\nPorts\n\nLaw"),
        ("<table><tr><td>Home<td>Ports</table><p hidden>never</p>", "Home\n\nPorts"),
    ],
    ids=["list", "breaks", "blocks", "table"],
)
def test_a_piece_of_furniture_is_one_block_of_many_lines(menu: str, lines: str) -> None:
    document = page(f"<body><nav>{menu}</nav><p>Kim fled in 1953.</p><nav>Imprint</nav></body>")
    pieces = [b for b in document.blocks if b.kind == "furniture"]
    assert [b.content.of(document.text) for b in pieces] == [lines, "Imprint"]
    assert [b.place.xpath for b in pieces] == ["/html/body/nav[1]", "/html/body/nav[2]"]
    assert document.text == f"Kim fled in 1953.\n\n{lines}\n\nImprint"
