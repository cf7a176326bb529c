"""HTML, whole pages and bare fragments: the article as text, the furniture after it.

    bytes ─decode─► tree ─furniture(), find_notes()─► Walker ─► text, blocks, marks, tables
                      └─ page_metadata() ─► title, url, licence, date, language of the source

No element is fetched and no entity expanded; depth is bounded by the parser. Trees deeper than that lose their
innermost elements, which is a problem of the document. This module knows no site but MediaWiki's marks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal, TypeAlias, cast

from lxml import etree

from regesta.errors import ReadError
from regesta.model import Document, Marker, Reference, Source, content_id
from regesta.reading.citing import footnotes
from regesta.reading.citing.apparatus import is_furniture
from regesta.reading.citing.labels import BACK_LINKS
from regesta.reading.citing.references import parse_reference
from regesta.reading.decoding import decode
from regesta.reading.html.article import furniture
from regesta.reading.html.dom import Element
from regesta.reading.html.metadata import fill, page_metadata
from regesta.reading.html.notes import bibliographic_fields, external_link, find_notes
from regesta.reading.html.places import Places
from regesta.reading.html.survey import survey
from regesta.reading.html.walk import Walker
from regesta.text.span import Span

__all__ = ["describe", "read", "sniff"]

Problem: TypeAlias = tuple[Span, str, str]

_CHARSET = re.compile(
    rb"<meta\s[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([a-z0-9_:.-]{2,40})"
)  # in bytes of lower case: to look for letters of both cases takes ten times as long
_XML_ENCODING = re.compile(rb"^\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_.-]{2,40})")
_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_SNIFF = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s{0,999}(?:<\?xml[^>]{0,300}>\s{0,99})?(?:<!--.{0,999}?-->\s{0,99}){0,9}"
    rb"<(?:!doctype\s+html|html|head|body|div|p|table|ul|ol|h[1-6]|article|section|main|span)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
# A tag with more attributes than any page has: a parser that looks through all of them for each new one never ends.
_CHECKED = 200_000  # bytes; in less, no tag can hold so many that it takes a second
_OVERLOADED = re.compile(
    rb"""<([A-Za-z][^\s/>]{0,99}+)(?>(?:[\s/]*+[^\s/>][^\s=/>]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+){1000,}+)"""
)
_LEFT_OF_NUMBER = re.compile(
    r"(?:[.:)\]]{1,2}(?=\s))?\s{0,9}"
)  # what stood between a note's number and its words
# What browsers take these labels to mean (WHATWG Encoding Standard).
_LABELS = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "iso8859-1": "cp1252",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "shift-jis": "cp932", "x-sjis": "cp932", "iso-8859-9": "cp1254", "windows-31j": "cp932",
}  # fmt: skip


def sniff(data: bytes) -> bool:
    """Return whether the first bytes begin like HTML.

    >>> sniff(b"<!DOCTYPE html><p>Kim"), sniff(b"Kim <b>fled</b>")
    (True, False)
    """
    return bool(_SNIFF.match(data))


def describe(data: bytes, base: str | None = None, encoding: str | None = None) -> dict[str, str]:
    """Return what a page states about itself, among `title url licence published modified language site revision`.

    Relative addresses are resolved against `base`, where the page was; `encoding` is what its sender told of its bytes.

    >>> describe(b'<html lang="pt"><title>Fugas</title><link rel="canonical" href="https://a.example/f">')
    {'url': 'https://a.example/f', 'language': 'pt', 'title': 'Fugas'}
    """
    root, markup, _ = _parse(data, "page", encoding)
    return {} if root is None else page_metadata(survey(root), base, markup)


def read(data: bytes, source: Source) -> Document:
    r"""Return the document that a page or a fragment holds; unknown fields of the source are filled from the page.

    >>> document = read(b"<h2>1968</h2><ul><li>Kim <b>fled</b>", Source(name="a.html"))
    >>> document.text, [b.kind for b in document.blocks]
    ('1968\n• Kim fled', ['heading', 'list_item'])
    """
    root, markup, problems = _parse(data, source.name, source.encoding)
    if root is None:
        return _document(source, "", problems=(*problems, (Span(0, 0), "R002", "the page holds no words")))
    seen = survey(root)  # comes first: an element that was once met is met again in a third of the time
    source = fill(source, page_metadata(seen, source.url, markup))
    is_page = bool(_PAGE.search(markup, 0, 20_000))
    del markup, data  # a page may be hundreds of megabytes: no second copy while it is laid out
    walker = Walker(furniture(seen, is_page=is_page), find_notes(seen), seen)
    walker.walk(root)
    walker.layout.new_paragraph()
    walker.lay_out_furniture()
    return _assemble(walker, source, problems)


def _assemble(walker: Walker, source: Source, problems: tuple[Problem, ...]) -> Document:
    text = walker.layout.text()
    tables = [laid.table(text, n_header_rows) for laid, n_header_rows in walker.tables]
    if None in tables:
        reason = "the merged cells of a table fill millions of places; its rows were read without its columns"
        problems = (*problems, (Span(0, 0), "R003", reason))
    references, by_name = _references(walker, text, source.name)
    layout = walker.layout
    blocks = tuple(
        [
            replace(block, kind="furniture")
            if block.kind == "paragraph" and block.parent < 0 and is_furniture(block.content.of(text))
            else block
            for block in layout.placed(Places(walker.seen.index).of(layout.origins()))
        ]
    )
    marks = [
        Marker(span=span, label=label, reference=by_name.get(name))
        for span, label, name in sorted(walker.marks)
    ]
    if not marks and references:  # a page whose notes are not linked: the marks are words
        body = [b.content for b in blocks if b.kind not in {"footnote", "bibliography", "furniture"}]
        marks = footnotes.find(text, body, references)
    markers, linked = footnotes.link(marks, references)
    if not text:
        problems = (*problems, (Span(0, 0), "R002", "the page holds no words"))

    return replace(
        _document(source, text, problems),
        blocks=blocks,
        markers=markers,
        references=linked,
        tables=tuple(table for table in tables if table is not None),
    )


def _references(walker: Walker, text: str, source_name: str) -> tuple[list[Reference], dict[str, str]]:
    """Return the entries of all reference lists, and the id of the reference that each anchor stands for."""
    found: list[Reference] = []
    by_name: dict[str, str] = {}
    for entry in walker.entries:
        draft = entry.block
        if draft.index < 0:
            continue
        if entry.kind == "footnote":
            back = BACK_LINKS.match(text, draft.content_start)
            left = _LEFT_OF_NUMBER.match(text, back.end() if back else draft.content_start)
            if left:
                draft.content_start = min(left.end(), draft.content_end)
        span = Span(draft.content_start, draft.content_end)
        reference = parse_reference(
            text,
            span,
            kind=cast("Literal['footnote', 'bibliography', 'link']", entry.kind),
            marker=f"[{entry.label}]" if entry.label else "",
            source_name=source_name,
            url=external_link(entry.element),
        )
        if more := bibliographic_fields(entry.element, walker.seen, reference):
            reference = replace(reference, **more)  # type: ignore[arg-type]
        found.append(reference)
        by_name.update(dict.fromkeys(entry.names, reference.id))
    return found, by_name


def _document(source: Source, text: str, problems: tuple[Problem, ...] = ()) -> Document:
    return Document(id=content_id("d", ["html", text]), source=source, text=text, problems=problems)


def _parse(
    data: bytes, where: str, told: str | None = None
) -> tuple[Element | None, str, tuple[Problem, ...]]:
    """Return the tree (None where there is no element), the markup as text, and what was wrong with the bytes.

    `told` is the encoding that who sent the page told, for a page that does not declare its own.
    """
    head = data[:8192]
    declared = _CHARSET.search(head.lower()) or _XML_ENCODING.match(head[:512])
    label = declared[1].decode("ascii").lower() if declared else told
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        data = data.replace(b"\0", b"")  # browsers ignore it too
    problems: list[Problem] = []
    markup, encoding = decode(data, where, _LABELS.get(label, label) if label else None)
    if encoding and encoding not in {label, _LABELS.get(label or "")}:
        problems.append((Span(0, 0), "R001", f"the bytes are no UTF-8; read as {encoding}"))
    if encoding:
        data = markup.encode("utf-8", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf")
    if len(data) > _CHECKED:
        data, n_emptied = _OVERLOADED.subn(rb"<\1", data)
        if n_emptied:
            problems.append((Span(0, 0), "R003", "tags with a thousand attributes were read without them"))
    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        recover=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if not data.strip() or "empty" in str(error).lower():
            return None, markup, tuple(problems)
        raise ReadError("the page cannot be parsed", where=where, found=str(error)[:200]) from error
    if any("depth" in entry.message for entry in parser.error_log):
        reason = "elements are nested deeper than the parser goes; the innermost were left out"
        problems.append((Span(0, 0), "R003", reason))
    return root, markup, tuple(problems)
