"""TEI, read back by lxml and held against the schema of the TEI Consortium: words, marks, people, and what overlaps."""

from __future__ import annotations

import dataclasses
import lzma
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import regesta
from regesta.chronicle import Chronicle, flatten, settle, write
from regesta.chronicle import open as open_chronicle
from regesta.export import export
from regesta.export.tei_layout import Laid, Run, laid_out, plain
from regesta.export.tei_marking import Mark, marked
from regesta.resolution import resolve

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
Make = Callable[..., Any]


@cache
def schema() -> Any:
    packed = Path(__file__).parent / "tei" / "tei_all.rng.xz"
    return etree.RelaxNG(etree.fromstring(lzma.decompress(packed.read_bytes())))


def root_of(path: Path) -> Any:
    return etree.parse(path).getroot()


def check_valid(root: Any) -> None:
    assert schema().validate(root), [str(error) for error in schema().error_log][:5]


@pytest.fixture
def odd(tmp_path: Path, made: Make) -> Path:
    """A source with markup, a form feed, a carriage return and a name that goes up and down in folders."""
    text = (
        made()[0]
        .text.replace("Those who left\n", "Those\x0c <left> & 'stayed'\r\n")
        .replace("Mere", "Me\x00re")
    )
    text = (
        text.replace("Those\x0c <left> & 'stayed'", "Those who left") + 'Those\x0c <left> & "stayed"\r\n]]>'
    )
    document, extraction = made("../a/b & c.html", text.replace("Me\x00re", "Mere"))
    source = dataclasses.replace(
        document.source, title='A <"title">', url="https://x.example/?a=1&b=<2>", language="de-CH", date="1954~",
        retrieved="1999-21", licence="CC & co", sha256="0f",
    )  # fmt: skip
    document = dataclasses.replace(document, source=source)
    path = tmp_path / "odd.duckdb"
    of = [(document, [extraction])]
    write(path, chain(flatten(of), settle(resolve(of))), {})
    return path


@pytest.fixture(params=["demo", "odd", "chronicle_path"])
def chronicle(request: pytest.FixtureRequest) -> Iterator[Chronicle]:
    with open_chronicle(request.getfixturevalue(request.param)) as opened:
        yield opened


def test_every_file_is_valid_and_says_the_whole_text(chronicle: Chronicle, tmp_path: Path) -> None:
    paths = export(chronicle, "tei", tmp_path)
    sources = chronicle.sources()
    assert len(paths) == len(sources)
    for source, path in zip(sources, paths, strict=True):
        assert path.resolve().is_relative_to(tmp_path.resolve())
        root = root_of(path)
        check_valid(root)
        body = root.find(f".//{TEI}body")
        assert "".join(body.itertext()) == plain(chronicle.text(source.name))
        assert root.find(f".//{TEI}idno[@type='sha256']").text == source.sha256
        assert root.find(f".//{TEI}extent/{TEI}measure").get("quantity") == str(source.n_characters)


def test_every_mention_and_passage_is_marked_once(chronicle: Chronicle, tmp_path: Path) -> None:
    for source, path in zip(chronicle.sources(), export(chronicle, "tei", tmp_path), strict=True):
        root = root_of(path)
        text, body = plain(chronicle.text(source.name)), root.find(f".//{TEI}body")
        here = [source.name]
        mentions = chronicle.sql(
            "select distinct entity, start_char, end_char, form from mentions where source = ?", here
        ).rows
        wanted = Counter((entity, " ".join(text[a:b].split())) for entity, a, b, _ in mentions)
        found = Counter(
            (e.get("ref")[1:], " ".join("".join(e.itertext()).split())) for e in body.iter() if e.get("ref")
        )
        spans = list(root.iter(f"{TEI}span"))
        places = anchors(body)
        for span in spans:
            start, end = (places[span.get(name)[1:]] for name in ("from", "to"))
            assert (f"s{start}", f"e{end}") == (span.get("from")[1:], span.get("to")[1:])
            if span.get("ana").startswith("#"):
                found[span.get("ana")[1:], " ".join(text[start:end].split())] += 1
        assert found == wanted
        passages = chronicle.sql(
            "select distinct claim, start_char, end_char from claim_evidence where source = ?", here
        ).rows
        told = {
            (span.get("ana").rpartition(":")[2], places[span.get("from")[1:]], places[span.get("to")[1:]])
            for span in spans
            if span.get("type") == "claim"
        }
        assert told == set(passages)
        entities = {e.get(ID) for e in root.find(f"{TEI}standOff").iter() if e.get(ID)}
        assert entities == {entity for entity, *_ in mentions}


def anchors(body: Any) -> dict[str, int]:
    """Return where the anchors of a body stand, in code points of its words."""
    places: dict[str, int] = {}
    at = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            if element.tag == f"{TEI}anchor":
                places[element.get(ID)] = at
            at += len(element.text or "")
        else:
            at += len(element.tail or "") if element is not body else 0
    return places


def test_dates_and_figures_of_claims(demo: Path, tmp_path: Path) -> None:
    with open_chronicle(demo) as chronicle:
        paths = export(chronicle, "tei", tmp_path)
        values = {v for c in chronicle.claims() for v in (c.value_edtf, c.when_edtf) if v}
    dates = [
        (d.get("when-custom"), "".join(d.itertext()))
        for p in paths
        for d in root_of(p).iter(f"{TEI}date")
        if not d.get("type")
    ]
    assert {edtf for edtf, _ in dates} <= values
    assert ("1953-09-21", "21 September") in dates
    figures = [
        (m.get("quantity"), m.get("unit"), "".join(m.itertext()))
        for p in paths
        for m in root_of(p).iter(f"{TEI}measure")
    ]
    assert ("31093", "person", "31,093") in figures
    assert ("21", "year", "21") in figures


def test_structure(demo: Path, tmp_path: Path) -> None:
    with open_chronicle(demo) as chronicle:
        paths = export(chronicle, "tei", tmp_path)
        kinds: Counter[str] = Counter(kind for (kind,) in chronicle.sql("select kind from blocks").rows)
    tags = Counter(e.tag.removeprefix(TEI) for p in paths for e in root_of(p).find(f".//{TEI}body").iter())
    assert (tags["head"], tags["p"], tags["item"], tags["row"], tags["cell"], tags["table"]) == tuple(
        kinds[kind] for kind in ("heading", "paragraph", "list_item", "row", "cell", "table")
    )
    assert (tags["bibl"], tags["note"]) == (kinds["bibliography"], kinds["footnote"])


def test_what_xml_cannot_hold_is_told(odd: Path, tmp_path: Path) -> None:
    with open_chronicle(odd) as chronicle:
        (path,) = export(chronicle, "tei", tmp_path)
    root = root_of(path)
    assert path.name == "b & c.html.xml"
    assert "1 characters that XML cannot hold" in "".join(root.find(f".//{TEI}encodingDesc").itertext())
    assert '\ufffd <left> & "stayed"\r\n]]>' in "".join(root.find(f".//{TEI}body").itertext())
    issued, retrieved = root.find(f".//{TEI}sourceDesc").iter(f"{TEI}date")
    assert (issued.get("when"), issued.get("when-custom")) == (None, "1954~")
    assert (retrieved.get("when"), retrieved.get("notBefore"), retrieved.get("when-custom")) == (
        None,
        "1999-03-01",
        "1999-21",
    )


def test_a_row_of_no_source_is_an_error(tmp_path: Path, made: Make) -> None:
    document, extraction = made()
    of = [(document, [extraction])]
    rows = [dict(each) for each in chain(flatten(of), settle(resolve(of)))]
    for each in rows:
        each.pop("sources", None)
    path = tmp_path / "lost.duckdb"
    write(path, iter(rows), {})
    with open_chronicle(path) as chronicle, pytest.raises(regesta.errors.ExportError, match="no such source"):
        export(chronicle, "tei", tmp_path / "out")


WORDS = st.text(st.sampled_from("ab \n\t\r<&>\x0c\x00é😀한•"), max_size=60)
KINDS = ("heading", "paragraph", "list_item", "term", "definition", "table", "row", "cell", "caption", "footnote", "bibliography", "quote", "preformatted", "furniture")  # fmt: skip


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, list[Laid], list[Mark]]:
    """Draw any blocks in any order over any text, and any marks: worse than readers ever make."""
    text = draw(WORDS)
    place = st.integers(0, len(text))
    blocks: list[Laid] = []
    for number in range(draw(st.integers(0, 8))):
        start, end = sorted((draw(place), draw(place)))
        parent = draw(st.sampled_from([None, None, *range(number)]))
        kind = draw(st.sampled_from(KINDS))
        blocks.append(Laid(kind, start, end, draw(st.integers(start, end)), parent, draw(st.integers(0, 6)), draw(st.sampled_from(["", "1", "•"])), draw(st.booleans())))  # fmt: skip
    marks = []
    for number in range(draw(st.integers(0, 8))):
        start, end = sorted((draw(place), draw(place)))
        marks.append(Mark(start, end, "rs", f' n="{number}"', f"#{number}", is_beside=draw(st.booleans())))
    return text, blocks, marks


HEAD = "<teiHeader><fileDesc><titleStmt><title>t</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"


@given(texts())
def test_any_blocks_and_marks_give_valid_files_with_all_words(
    drawn: tuple[str, list[Laid], list[Mark]],
) -> None:
    text, blocks, marks = drawn
    tokens = list(laid_out(text, blocks))
    runs = [token for token in tokens if isinstance(token, Run)]
    assert "".join(text[run.start : run.end] for run in runs) == text
    made = marked(text, tokens, marks)
    root: Any = etree.fromstring(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEAD}<text>{"".join(made.pieces)}</text></TEI>'.encode()
    )
    check_valid(root)
    body = root.find(f".//{TEI}body")
    assert "".join(body.itertext()) == plain(text)
    places = anchors(body)
    found = {(m.points, places[f"s{m.start}"], places[f"e{m.end}"]) for m in made.beside}
    for element in body.iter(f"{TEI}rs"):
        before = "".join(element.xpath("preceding::text()[ancestor::t:body]", namespaces={"t": TEI[1:-1]}))
        number = int(element.get("n"))
        assert "".join(element.itertext()) == plain(text[marks[number].start : marks[number].end])
        found.add((f"#{number}", len(before), len(before) + len("".join(element.itertext()))))
    assert found == {(m.points, m.start, m.end) for m in marks if m.start < m.end}
