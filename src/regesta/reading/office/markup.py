"""XML of strangers into trees: no entities, no network, bounded depth, size and number of nodes.

    chunks ──parse──►  the whole tree                                 for small parts
           ──stream──► the children of one element, one at a time     for a body of any length

A part that declares entities is refused. What is broken is read as far as the parser gets, and said. Paths that lead back
are made here as well: `/w:document/w:body/w:p[3]`, every step with its number but the first two, whose prefixes are those
of `PREFIXES`, whatever the file calls them. Nothing here knows a format's elements.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias, cast

from lxml import etree

from regesta.errors import ReadError

__all__ = ["MAX_NODES", "PREFIXES", "Below", "Element", "Stream", "attribute", "names", "parse", "steps"]

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml names the type of its elements so

MAX_NODES = 6_000_000
"""Tags and attributes in one tree; about a gigabyte of memory at the very worst."""
_OOXML = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
PREFIXES: dict[str, str] = {
    _OOXML + "wordprocessingml/2006/main": "w",
    _STRICT + "wordprocessingml/main": "w",
    _OOXML + "spreadsheetml/2006/main": "x",
    _STRICT + "spreadsheetml/main": "x",
    _OOXML + "drawingml/2006/main": "a",
    _STRICT + "drawingml/main": "a",
    _OOXML + "officeDocument/2006/relationships": "r",
    _STRICT + "officeDocument/relationships": "r",
    _OOXML + "officeDocument/2006/math": "m",
    _STRICT + "officeDocument/math": "m",
    _OOXML + "markup-compatibility/2006": "mc",
    _OOXML + "drawingml/2006/wordprocessingDrawing": "wp",
    _OOXML + "package/2006/metadata/core-properties": "cp",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "urn:schemas-microsoft-com:vml": "v",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    _ODF + "office:1.0": "office",
    _ODF + "text:1.0": "text",
    _ODF + "table:1.0": "table",
    _ODF + "style:1.0": "style",
    _ODF + "drawing:1.0": "draw",
    _ODF + "meta:1.0": "meta",
    _ODF + "xsl-fo-compatible:1.0": "fo",
    _ODF + "datastyle:1.0": "number",
    _ODF + "svg-compatible:1.0": "svg",
    "http://www.idpf.org/2007/opf": "opf",
    "http://www.w3.org/1999/xhtml": "h",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
"""Namespace -> the prefix by which it is called in paths and in this room."""

_PROLOG = re.compile(rb"<!DOCTYPE[^>\[]{0,2000}(\[)?", re.IGNORECASE)
_ROOT = re.compile(rb"<[A-Za-z_]")


class _Names(dict[str, str]):
    """Names as lxml has them -> short names; made at first sight, never more than the parser has seen."""

    def __missing__(self, tag: str) -> str:
        if not hasattr(tag, "startswith"):
            return ""  # an entity that is not declared
        if not tag.startswith("{"):
            return tag
        namespace, _, local = tag[1:].partition("}")
        prefix = PREFIXES.get(namespace)
        short = f"{prefix}:{local}" if prefix else f"?:{local}"
        if len(self) < 10_000:
            self[tag] = short
        return short


def names() -> dict[str, str]:
    """Return a new table from lxml's names to short ones.

    >>> names()["{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"]
    'text:p'
    """
    return _Names()


_CLARK = {prefix: namespace for namespace, prefix in reversed(PREFIXES.items())}


def attribute(element: Element, name: str) -> str | None:
    """Return the value of an attribute `w:val`, with the strict namespace of ISO 29500 as well.

    >>> attribute(parse([b'<p xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main" w:val="5"/>'], "a.xml")[0], "w:val")
    '5'
    """
    first, other = _in_full(name)
    found = element.get(first)
    return element.get(other) if found is None and other is not None else found


@lru_cache(maxsize=1024)
def _in_full(name: str) -> tuple[str, str | None]:
    """Return lxml's name for a short one, and that in the strict namespace where there is one."""
    prefix, _, local = name.partition(":")
    strict = f"{{{_OTHER[prefix]}}}{local}" if prefix in _OTHER else None
    return f"{{{_CLARK[prefix]}}}{local}", strict


_OTHER = {prefix: namespace for namespace, prefix in PREFIXES.items() if namespace.startswith(_STRICT)}


def _parser(tags: Iterable[str] | None) -> etree.XMLPullParser:
    return etree.XMLPullParser(
        events=("start", "end"),
        tag=[f"{{*}}{tag}" for tag in tags] if tags else None, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def _refuse_entities(head: bytes, where: str) -> None:
    plain = head.replace(b"\0", b"")  # UTF-16 as well
    root = _ROOT.search(plain)
    stated = _PROLOG.search(plain, 0, root.start() if root else len(plain))
    if stated and stated[1]:
        raise ReadError(
            "the part declares entities, which is not read", where=where, hint="no office program writes that"
        )


@dataclass(slots=True)
class Stream:
    """The children of the element `within`, each parsed whole and thrown away when the next is asked for."""

    chunks: Iterable[bytes]
    where: str
    within: str
    """Short name of the element whose children are wanted."""
    short: dict[str, str] = field(default_factory=names)
    tags: tuple[str, ...] = ()
    """Local names of the children that are wanted; all where there is none."""
    beside: frozenset[str] = frozenset()
    """Short names of elements outside that one which are wanted too, as they end; their number is 0."""
    problem: str | None = None
    """What was wrong with the markup, known at the end."""
    root: Element | None = None

    def __iter__(self) -> Iterator[tuple[Element, str, int]]:
        """Yield each child, its short name and its number among those of its name."""
        parser = _parser((self.within.partition(":")[2], *self.tags) if self.tags else None)
        cost, counts, is_first = 0, Counter[str](), True
        holder: Element | None = None
        short = self.short
        for chunk in self.chunks:
            if is_first:
                _refuse_entities(chunk[:8192], self.where)
                is_first = False
            cost += chunk.count(b"<") + chunk.count(b"=")
            if cost > MAX_NODES:
                raise ReadError(
                    "the part holds more than is read", where=self.where, hint="split the document"
                )
            try:
                parser.feed(chunk)
            except etree.XMLSyntaxError as error:
                self.problem = _one_line(str(error))
                break
            for event, element in _events(parser):
                if self.root is None:
                    self.root = element
                if holder is None:
                    name = short[element.tag]
                    if event == "start" and name == self.within:
                        holder = element
                    elif event == "end" and name in self.beside:
                        yield element, name, 0
                        _forget(element)
                        cost = 0
                elif event == "end" and element is holder:
                    holder = None
                elif event == "end" and element.getparent() is holder:
                    name = short[element.tag]
                    counts[name] += 1
                    yield element, name, counts[name]
                    _forget(element)
                    cost = 0
        self._close(parser)
        # what the markup left open is read as far as it goes
        for child in list(holder) if holder is not None else ():
            if len(child) and isinstance(child.tag, str) and self.problem:
                name = short[child.tag]
                counts[name] += 1
                yield child, name, counts[name]

    def _close(self, parser: etree.XMLPullParser) -> None:
        try:
            parser.close()
        except etree.XMLSyntaxError as error:
            self.problem = self.problem or _one_line(str(error))
        if self.problem is None:
            self.problem = next(
                (_one_line(entry.message) for entry in parser.feed_error_log if entry.level >= 2), None
            )


def _events(parser: etree.XMLPullParser) -> Iterator[tuple[str, Element]]:
    return cast("Iterator[tuple[str, Element]]", parser.read_events())


def _forget(element: Element) -> None:
    """Free an element that is done with; it stays in place, so that its successors still stand behind it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


def parse(chunks: Iterable[bytes], where: str) -> tuple[Element | None, str | None]:
    """Return the tree (None where there is none) and what was wrong with the markup (None where nothing was)."""
    data = b"".join(chunks)
    _refuse_entities(data[:8192], where)
    if data.count(b"<") + data.count(b"=") > MAX_NODES:
        raise ReadError("the part holds more than is read", where=where, hint="split the document")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return None, str(error)
    problem = next((_one_line(entry.message) for entry in parser.error_log if entry.level >= 2), None)
    return cast("Element | None", root), problem


def steps(element: Element, path: str, short: dict[str, str]) -> Iterator[tuple[Element, str, str]]:
    """Yield the children of an element, each with its short name and its path below `path`.

    >>> root, _ = parse([b'<a xmlns="http://www.w3.org/1999/xhtml"><p/><b/><p/></a>'], "a.xml")
    >>> [path for _, _, path in steps(root, "/h:a", names())]
    ['/h:a/h:p[1]', '/h:a/h:b[1]', '/h:a/h:p[2]']
    """
    counts: dict[str, int] = {}
    for child in element:
        name = short[child.tag]
        counts[name] = number = counts.get(name, 0) + 1
        step = name if name[:1] != "?" else f"*[local-name()='{name[2:]}']"
        yield child, name, f"{path}/{step}[{number}]"


class Below:
    """Finds the paths of elements below one whose path is known; those of all children of a parent are made at once.

    >>> root, _ = parse([b'<a xmlns="http://www.w3.org/1999/xhtml"><p/><b/><p/></a>'], "a.xml")
    >>> Below(root, "/h:a", names()).path(root[2])
    '/h:a/h:p[2]'
    """

    def __init__(self, element: Element, path: str, short: dict[str, str]) -> None:
        self._known = {element: path}
        self._short = short

    def path(self, element: Element) -> str:
        """Return the path of an element, nothing for one that does not stand below."""
        above: list[Element] = []
        here: Element | None = element
        while here is not None and here not in self._known:
            here = here.getparent()
            if here is not None:
                above.append(here)
        for parent in reversed(above):
            if parent in self._known:
                for child, _, way in steps(parent, self._known[parent], self._short):
                    self._known[child] = way
        return self._known.get(element, "")


def _one_line(message: str) -> str:
    return " ".join(message.split())
