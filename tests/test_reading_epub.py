"""EPUB: chapters in the order of the spine, notes across chapters; every word leads back to its chapter."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from regesta.errors import ReadError

sys.path.insert(0, str(Path(__file__).parent / "office"))

from packing import check_spans, epub, lines, place_of, read, words_at

CHAPTERS = {
    "nav.xhtml": "<nav><ol><li><a href='one.xhtml'>One</a></li></ol></nav>",
    "two.xhtml": '<h1>The river</h1><p>Ama<a id="x"/> swam.<a epub:type="noteref" href="notes.xhtml#n1">1</a></p>'
    "<table><caption>Crossings</caption><tr><th>Year</th><th>People</th></tr><tr><td>1994</td><td>31</td></tr></table>",
    "one.xhtml": '<h1>The road</h1><p>Kofi walked.<a epub:type="noteref" href="#n1">1</a></p>'
    '<aside epub:type="footnote" id="n1"><p>1. Of this chapter.</p></aside>',
    "notes.xhtml": '<h1>Notes</h1><aside epub:type="footnote" id="n1"><p>1. Of another file.</p></aside>',
}
META = "<dc:title>By night</dc:title><dc:language>tw</dc:language><dc:rights>CC BY 4.0</dc:rights><dc:date>2011-03-02</dc:date>"


def test_a_book() -> None:
    data = epub(CHAPTERS, metadata=META, properties={"nav.xhtml": "nav"})
    document = read(data, "a.epub")
    check_spans(document)
    headings = [words for kind, words in lines(document) if kind == "heading"]
    assert headings == ["The river", "The road", "Notes"]
    source = document.source
    assert (source.title, source.language, source.licence, source.date) == (
        "By night",
        "tw",
        "CC BY 4.0",
        "2011-03-02",
    )
    assert document.tables[0].caption == "Crossings"
    cited = {
        document.text[r.cited_at[0] - 5 : r.cited_at[0]]: r.span.of(document.text)
        for r in document.references
    }
    assert cited == {"swam.": "Of another file.", "lked.": "Of this chapter."}
    place = place_of(document, "Kofi walked")
    assert (place.part, place.xpath) == ("OEBPS/one.xhtml", "/h:html/h:body/h:p[1]")
    assert words_at(data, place).startswith("Kofi walked.")
    assert words_at(data, place_of(document, "1994")) == "1994"


def test_chapters_that_are_no_xml_and_entities_by_name() -> None:
    loose = "<!DOCTYPE html><html><body><p>Un<b>closed <i>words</b><p>Second&nbsp;one &amp; more"
    fine = '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><body><p>caf&eacute;</p></body></html>'
    document = read(epub({"a.xhtml": loose, "b.xhtml": fine}), "a.epub")
    assert lines(document) == [
        ("paragraph", "Unclosed words"),
        ("paragraph", "Second\u00a0one & more"),
        ("paragraph", "café"),
    ]
    assert [code for _, code, _ in document.problems] == ["R003"]
    assert place_of(document, "Second").xpath == "/html/body/p[2]"


def test_what_is_locked_or_missing_is_said() -> None:
    locked = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
        '<enc:CipherData><enc:CipherReference URI="OEBPS/one.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>'
    )
    more = {"META-INF/encryption.xml": locked}
    document = read(epub({"one.xhtml": "<p>a</p>", "two.xhtml": "<p>b</p>"}, more=more), "a.epub")
    assert (document.text, [code for _, code, _ in document.problems]) == ("b", ["R034"])
    with pytest.raises(ReadError, match="encrypted"):
        read(epub({"one.xhtml": "<p>a</p>"}, more=more), "a.epub")


def test_a_chapter_that_declares_entities_expands_none() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><html><body><p>before &b; after</p></body></html>'
    document = read(epub({"a.xhtml": bomb}), "a.epub")
    assert "before" in document.text
    assert "aaaaaaaaaa" not in document.text
    assert [code for _, code, _ in document.problems] == ["R003"]
