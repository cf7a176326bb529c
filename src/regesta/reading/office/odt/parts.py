"""The parts of an ODT in the order in which they are read.

    styles.xml ──► styles ──┐
    content.xml ──stream──► its own styles, the body ──► notes, remarks ──► running heads of styles.xml

A part that is broken is said, and read as far as it goes.
"""

from __future__ import annotations

from regesta.model import Document, Source
from regesta.reading.html.metadata import fill
from regesta.reading.office.composing import Composer
from regesta.reading.office.markup import Element, Stream, steps
from regesta.reading.office.odt.styles import Lists, Styles
from regesta.reading.office.odt.walk import Walker
from regesta.reading.office.open_document import OpenDocument
from regesta.reading.office.properties import core_properties

__all__ = ["read_parts"]


def read_parts(data: bytes, source: Source) -> Document:
    """Return the document that an ODT holds."""
    file = OpenDocument(data, source.name)
    out = Composer()
    walker = Walker(file.part, out, Styles(), Lists())
    styles, problem = file.tree("styles.xml")
    if problem:
        out.problem("R003", f"styles.xml is broken: {problem}"[:300])
    if styles is not None:
        walker.styles.take(styles)
        walker.lists.take(styles)
    stream = Stream(
        file.content(),
        source.name,
        "office:text",
        walker.short,
        beside=frozenset({"office:automatic-styles"}),
    )
    stem = f"{file.path}/office:body/office:text"
    for element, name, number in stream:
        if number == 0:
            walker.styles.take(element)
            walker.lists.take(element)
        else:
            walker.walk(element, name, f"{stem}/{name}[{number}]")
    walker.lay_out_notes()
    out.end_lists()
    if stream.problem:
        out.problem("R003", f"{file.part or 'the file'} is broken: {stream.problem}"[:300])
    walker.lay_out_remarks()
    if styles is not None:
        _lay_out_running_heads(walker, styles, "styles.xml" if file.part else None)
    meta, _ = file.tree("meta.xml")
    return out.document(fill(source, core_properties(meta)), "odt")


def _lay_out_running_heads(walker: Walker, root: Element, part: str | None) -> None:
    walker.part = part
    seen: set[str] = set()

    def find(element: Element, path: str) -> None:
        for child, name, way in steps(element, path, walker.short):
            if name.startswith(("style:header", "style:footer")):
                words = "".join(map(str, child.itertext())).strip()
                if words and words not in seen:
                    seen.add(words)
                    walker.furnish(child, way)
            else:
                find(child, way)

    name = walker.short[root.tag]
    for child, inner, way in steps(root, f"/{name}", walker.short):
        if inner == "office:master-styles":
            find(child, way)
