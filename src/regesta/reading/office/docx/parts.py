"""The parts of a DOCX in the order in which they are read.

    _rels/.rels ──► the main part ──its relationships──► notes, comments, headers, footers, styles, numbering

A part that is missing or broken is said and the others are read; only the main part must be there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from regesta.errors import ReadError
from regesta.model import Document, Place, Source
from regesta.reading.html.metadata import fill
from regesta.reading.office.composing import Composer
from regesta.reading.office.docx.inline import Inline, NoteNumbers
from regesta.reading.office.docx.numbering import Numbering
from regesta.reading.office.docx.styles import Styles
from regesta.reading.office.docx.walk import Walker
from regesta.reading.office.markup import Element, Stream, attribute, names, parse, steps
from regesta.reading.office.package import Package
from regesta.reading.office.properties import core_properties
from regesta.reading.office.relationships import Relationships

__all__ = ["read_parts"]

_BODY = "/w:document/w:body"


@dataclass(slots=True)
class _Reading:
    package: Package
    out: Composer = field(default_factory=Composer)
    short: dict[str, str] = field(default_factory=names)
    numbers: dict[str, NoteNumbers] = field(
        default_factory=lambda: {"footnote": NoteNumbers(), "endnote": NoteNumbers("lowerRoman")}
    )
    styles: Styles = field(default_factory=Styles)
    numbering: Numbering = field(default_factory=Numbering)
    hidden: list[tuple[Place, str]] = field(default_factory=list)

    def tree(self, name: str | None) -> Element | None:
        """Return the tree of a small part, None where it is absent or hopeless, which is said."""
        if name is None:
            return None
        if name not in self.package:
            if "docProps" not in name:
                self.out.problem("R034", f"{name} is not in the file")
            return None
        try:
            root, problem = parse(self.package.chunks(name), f"{self.package.where}/{name}")
        except ReadError as error:
            root, problem = None, str(error)
        if problem:
            self.out.problem("R003", f"{name} is broken: {problem}"[:300])
        return root

    def walker(self, part: str) -> Walker:
        links = Relationships.of(self.package, part)
        inline = Inline(self.out, self.short, self.styles.hidden, self.numbers, links.address)
        return Walker(part, self.out, inline, self.styles, self.numbering, hidden=self.hidden)


def read_parts(data: bytes, source: Source) -> Document:
    """Return the document that a DOCX holds."""
    package = Package(data, source.name)
    main = Relationships.of(package, "").by_kind("officeDocument") or "word/document.xml"
    if main not in package:
        raise ReadError(
            "this is no Word document", where=source.name, found=", ".join(package.names[:3]) or "an empty zip",
            hint="a DOCX has a part word/document.xml",
        )  # fmt: skip
    reading = _Reading(package)
    links = Relationships.of(package, main)
    reading.styles = Styles.of(reading.tree(links.by_kind("styles")))
    reading.numbering = Numbering.of(reading.tree(links.by_kind("numbering")))
    _take_note_settings(reading, reading.tree(links.by_kind("settings")))
    said = core_properties(reading.tree(Relationships.of(package, "").by_kind("core-properties")))
    if reading.styles.language:
        said.setdefault("language", reading.styles.language)
    _lay_out_body(reading, main)
    for kind in ("footnote", "endnote"):
        for part in links.all_of_kind(f"{kind}s"):
            _lay_out_notes(reading, part, kind)
    _lay_out_margins(reading, links)
    return reading.out.document(fill(source, said), "docx")


def _take_note_settings(reading: _Reading, root: Element | None) -> None:
    if root is None:
        return
    for kind in ("footnote", "endnote"):
        for counting in root.iterfind(f"{{*}}{kind}Pr/{{*}}numFmt"):
            reading.numbers[kind].counting = attribute(counting, "w:val") or "decimal"
        for start in root.iterfind(f"{{*}}{kind}Pr/{{*}}numStart"):
            value = attribute(start, "w:val") or ""
            reading.numbers[kind].next = int(value[:6]) if value[:6].isdecimal() else 1


def _lay_out_body(reading: _Reading, part: str) -> None:
    where = f"{reading.package.where}/{part}"
    stream = Stream(reading.package.chunks(part), where, "w:body", reading.short)
    walker = reading.walker(part)
    for element, name, number in stream:
        walker.walk(element, name, f"{_BODY}/{name}[{number}]")
    reading.out.end_lists()
    if stream.problem:
        reading.out.problem("R003", f"{part} is broken: {stream.problem}"[:300])


def _lay_out_notes(reading: _Reading, part: str, kind: str) -> None:
    if part not in reading.package:
        reading.out.problem("R034", f"{part} is not in the file")
        return
    stream = Stream(reading.package.chunks(part), part, f"w:{kind}s", reading.short)
    walker = reading.walker(part)
    labels = reading.numbers[kind].labels
    try:
        for element, name, number in stream:
            if name != f"w:{kind}" or attribute(element, "w:type") not in {None, "normal"}:
                continue
            path = f"/w:{kind}s/{name}[{number}]"
            note = attribute(element, "w:id") or ""

            def write(element: Element = element, name: str = name, path: str = path) -> None:
                walker.walk(element, name, path)

            reading.out.note(labels.get(note, ""), f"{kind} {note}", Place(part=part, xpath=path), write)
    except ReadError as error:
        reading.out.problem("R003", f"{part} cannot be read: {error}"[:300])
    if stream.problem:
        reading.out.problem("R003", f"{part} is broken: {stream.problem}"[:300])


def _lay_out_margins(reading: _Reading, links: Relationships) -> None:
    """Lay out running heads, remarks in the margin and hidden words: they are not the body's, and not lost."""
    out = reading.out
    out.layout.new_paragraph()
    seen: set[str] = set()
    for kind in ("header", "footer"):
        for part in links.all_of_kind(kind):
            root = reading.tree(part)
            words = "".join(t.text or "" for t in root.iter("{*}t")).strip() if root is not None else ""
            if root is not None and words and words not in seen:
                seen.add(words)
                name = reading.short[root.tag]
                _furnish(reading.walker(part), root, name, f"/{name}")
    for part in links.all_of_kind("comments"):
        root = reading.tree(part)
        walker = reading.walker(part)
        for comment, name, path in steps(root, "/w:comments", reading.short) if root is not None else ():
            author = (attribute(comment, "w:author") or "")[:80]
            _furnish(walker, comment, name, path, f"{author}: " if author else "")
    if reading.hidden:
        said = f"{len(reading.hidden)} passages are hidden; they stand at the end, not in the body"
        out.problem("R031", said)
    for place, words in reading.hidden:
        _furnish_words(out, place, words)


def _furnish(walker: Walker, element: Element, name: str, path: str, prefix: str = "") -> None:
    place = Place(part=walker.part, xpath=path)
    walker.out.furniture(place, lambda: walker.walk(element, name, path), prefix)


def _furnish_words(out: Composer, place: Place, words: str) -> None:
    out.furniture(place, lambda: out.layout.write(words))
