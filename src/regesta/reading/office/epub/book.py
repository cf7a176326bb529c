"""The parts of a book in the order in which they are read, and where its blocks stand.

Every chapter is parsed by itself and hung into one tree, so that the reader of pages sees one page; its ids and the links to
them get the chapter's number first. The way back is the chapter and the path in it: `OEBPS/ch1.xhtml`,
`/h:html/h:body/h:p[2]`, with `h` for XHTML, or `/html/body/p[2]` for a chapter that is no well-formed XML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from regesta.errors import ReadError
from regesta.model import Document, Place, Source
from regesta.reading.html.metadata import fill
from regesta.reading.html.notes import external_link, find_notes
from regesta.reading.html.survey import survey
from regesta.reading.html.walk import Walker
from regesta.reading.office.composing import LaidNote, NoteKind, compose
from regesta.reading.office.epub.chapter import Chapter, chapter_of
from regesta.reading.office.markup import Element, parse
from regesta.reading.office.package import Package
from regesta.reading.office.properties import core_properties
from regesta.text.span import Span

__all__ = ["read_book"]

MAX_CHAPTERS = 64 << 20
"""Bytes of all chapters together."""
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})


@dataclass(slots=True)
class _Book:
    package: Package
    chapters: list[Chapter] = field(default_factory=list)
    problems: list[tuple[Span, str, str]] = field(default_factory=list)

    def say(self, code: str, sentence: str) -> None:
        self.problems.append((Span(0, 0), code, sentence[:300]))


def read_book(data: bytes, source: Source) -> Document:
    """Return the document that an EPUB holds."""
    book = _Book(Package(data, source.name))
    name, opf = _package_document(book)
    metadata = next(iter(opf.iterfind("{*}metadata")), None)
    locked = _locked(book)
    size = 0
    for part in _spine(book, name, opf):
        if part in locked:
            book.say("R034", f"{part} is locked and was left out")
            continue
        try:
            page = book.package.read(part)
        except ReadError as error:
            book.say("R034", f"{part} cannot be read: {error}")
            continue
        if page is None:
            book.say("R034", f"{part} is not in the file")
            continue
        size += len(page)
        if size > MAX_CHAPTERS:
            book.say("R005", f"{part} and what follows were left out: the book is too long")
            break
        chapter = chapter_of(page, part, book.package)
        if chapter is None:
            book.say("R003", f"{part} is no page, and was left out")
            continue
        if chapter.problem:
            book.say("R003", f"{part} is broken: {chapter.problem}")
        book.chapters.append(chapter)
    if not book.chapters and locked:
        raise ReadError("the book is encrypted", where=source.name, hint="only its seller's program opens it")
    return _read(book, fill(source, core_properties(metadata)))


def _read(book: _Book, source: Source) -> Document:
    root = etree.Element("html")
    body = etree.SubElement(root, "body")
    for chapter in book.chapters:
        body.append(chapter.body)
    seen = survey(root)
    walker = Walker(_left_out(root), find_notes(seen), seen)
    walker.walk(root)
    walker.layout.new_paragraph()
    walker.lay_out_furniture()
    notes = [
        LaidNote(entry.block, cast("NoteKind", entry.kind), entry.label, url=external_link(entry.element))
        for entry in walker.entries
        if entry.block.index >= 0
    ]
    same: dict[str, str] = {}
    for note, entry in zip(notes, [e for e in walker.entries if e.block.index >= 0], strict=True):
        if entry.names:
            note.name = entry.names[0]
            same.update(dict.fromkeys(entry.names, note.name))
    marks = [(span, label, same.get(name, name)) for span, label, name in walker.marks]
    return compose(source, "epub", walker.layout, walker.tables, notes, marks, book.problems, _places(book))


def _left_out(root: Element) -> set[Element]:
    """Return what is no chapter's own: lists of contents and of pages."""
    return set(root.iter("nav")) | {
        e for e in root.iter("*") if e.get("role") in {"doc-toc", "doc-pagelist", "doc-pagebreak"}
    }


def _places(book: _Book) -> Callable[[object], Place]:
    chapters = {chapter.body: chapter for chapter in book.chapters}
    paths: dict[Element, tuple[str | None, str]] = {
        body: (chapter.part, chapter.stem) for body, chapter in chapters.items()
    }

    def find(element: Element) -> tuple[str | None, str]:
        above: list[Element] = []
        here: Element | None = element
        while here is not None and here not in paths:
            above.append(here)
            here = here.getparent()
        if here is None:
            return None, ""
        for one in reversed(above):
            parent = one.getparent()
            if one in paths or parent is None:
                continue
            part, stem = paths[parent]
            prefix = "h:" if stem.startswith("/h:") else ""
            counts: dict[object, int] = {}
            for child in parent:
                counts[child.tag] = counts.get(child.tag, 0) + 1
                paths[child] = (
                    part,
                    f"{stem}/{prefix}{child.tag}[{counts[child.tag]}]" if len(stem) < 2000 else "",
                )
        return paths[element]

    def place(origin: object) -> Place:
        if origin is None:
            return Place()
        part, path = find(cast("Element", origin))
        return Place(part=part, xpath=path or None)

    return place


def _package_document(book: _Book) -> tuple[str, Element]:
    """Return the name and the tree of the part that tells what the book consists of."""
    package = book.package
    container, _ = parse(package.chunks("META-INF/container.xml"), package.where)
    stated = [
        path
        for element in (container.iter("{*}rootfile") if container is not None else ())
        if (path := element.get("full-path")) and path in package
    ]
    name = next(iter(stated), None) or next((n for n in package.names if n.lower().endswith(".opf")), None)
    root, problem = parse(package.chunks(name), f"{package.where}/{name}") if name else (None, None)
    if root is None or name is None:
        raise ReadError(
            "this is no EPUB", where=package.where, found=", ".join(package.names[:3]) or "an empty zip",
            hint="a book has META-INF/container.xml, which names its package document",
        )  # fmt: skip
    if problem:
        book.say("R003", f"{name} is broken: {problem}")
    return name, root


def _spine(book: _Book, name: str, opf: Element) -> Iterator[str]:
    """Yield the parts of the chapters in their order, each once; the book's own table of contents is none."""
    items: dict[str, tuple[str, str, str]] = {}
    for item in opf.iterfind("{*}manifest/{*}item"):
        href = book.package.resolve(name, item.get("href") or "")
        items[item.get("id") or ""] = (href, item.get("media-type") or "", item.get("properties") or "")
    order = [ref.get("idref") or "" for ref in opf.iterfind("{*}spine/{*}itemref")]
    seen: set[str] = set()
    for identifier in order or list(items):
        href, media, properties = items.get(identifier, ("", "", ""))
        is_page = media in _PAGES or href.lower().endswith((".xhtml", ".html", ".htm"))
        if href and is_page and "nav" not in properties.split() and href not in seen:
            seen.add(href)
            yield href


def _locked(book: _Book) -> set[str]:
    try:
        root, _ = parse(book.package.chunks("META-INF/encryption.xml"), book.package.where)
    except ReadError:
        return set()
    return {
        book.package.resolve("", reference.get("URI") or "")
        for reference in (root.iter("{*}CipherReference") if root is not None else ())
    }
