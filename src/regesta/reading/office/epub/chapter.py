"""One chapter of a book as a tree of HTML, its ids made unlike those of other chapters.

    <a epub:type="noteref" href="notes.xhtml#n1">1</a>      <a role="doc-noteref" href="#c4 n1">   if notes.xhtml is chapter 4

Chapters are XML, and read as such, for `<a id="p1"/>` means something else in HTML. What is no well-formed XML is read as
browsers would.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.entities import html5
from typing import cast

from lxml import etree

from regesta.errors import ReadError
from regesta.reading.decoding import decode
from regesta.reading.office.markup import Element, parse
from regesta.reading.office.package import Package

__all__ = ["Chapter", "chapter_of"]

_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,2000}>", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s{0,99}<\?xml[^>]{0,300}\?>")
_UNSETTABLE = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TYPE = "{http://www.idpf.org/2007/ops}type"
_ROLES = {
    "noteref": "doc-noteref", "footnote": "doc-footnote", "endnote": "doc-endnote", "rearnote": "doc-endnote",
    "toc": "doc-toc", "page-list": "doc-pagelist", "landmarks": "doc-toc", "pagebreak": "doc-pagebreak",
    "backlink": "doc-backlink",
}  # fmt: skip


@dataclass(slots=True)
class Chapter:
    """One part of the spine."""

    part: str
    body: Element
    stem: str
    """Path of the body."""
    problem: str | None = None


def chapter_of(page: bytes, part: str, package: Package) -> Chapter | None:
    """Return the chapter that a part holds, None where there is no element in it."""
    markup, _ = decode(
        page.replace(b"\0", b"") if not page.startswith((b"\xff\xfe", b"\xfe\xff")) else page, part
    )
    markup = _ENTITY.sub(
        _character, _DOCTYPE.sub("", _DECLARATION.sub("", markup.removeprefix("\ufeff")), count=1)
    )
    root: Element | None = None
    try:
        root, problem = parse([markup.encode("utf-8", "replace")], f"{package.where}/{part}")
    except ReadError as error:
        problem = str(error)
        markup = re.sub(r"<!DOCTYPE.{0,100000}?\]\s{0,99}>", "", markup, count=1, flags=re.DOTALL)
    stem = "/h:html/h:body"
    if problem or root is None:
        parser = etree.HTMLParser(
            encoding="utf-8", no_network=True, recover=True, remove_comments=True, remove_pis=True
        )
        try:
            root = cast("Element | None", etree.fromstring(markup.encode("utf-8", "replace"), parser))
        except etree.XMLSyntaxError:
            root = None
        stem = "/html/body"
    if root is None:
        return None
    body = next(iter(root.iter("{*}body", "{*}book")), None)
    if body is None:
        return None
    for element in body.iter("*"):
        try:
            element.tag = element.tag.rpartition("}")[2]
        except ValueError:  # the parser lets names pass that may not be given
            element.tag = "span"
    if body.tag != "body":
        stem, body.tag = f"/*[local-name()='{root.tag.rpartition('}')[2]}']/*[local-name()='book']", "body"
    _rename(body, part, package)
    return Chapter(part, body, stem, problem)


def _rename(body: Element, part: str, package: Package) -> None:
    """Make ids and the links to them unlike those of other chapters."""
    for element in body.iter("*"):
        if not element.attrib:
            continue
        if (name := element.get("id")) is not None:
            element.set("id", _settable(f"{part}#{name}"))
        if (kind := element.get(_TYPE)) is not None and element.get("role") is None:
            role = next((_ROLES[word] for word in kind.split() if word in _ROLES), None)
            if role:
                element.set("role", role)
        if element.tag == "a" and (href := element.get("href")) and "#" in href and "://" not in href:
            path, _, fragment = href.partition("#")
            target = package.resolve(part, path) if path else part
            element.set("href", _settable(f"#{target}#{fragment}"))


def _character(match: re.Match[str]) -> str:
    return match[0] if match[1] in _XML_ENTITIES else html5.get(f"{match[1]};", match[0])


def _settable(words: str) -> str:
    """Return words that may stand in an attribute: names of files and addresses may hold what XML cannot."""
    return _UNSETTABLE.sub("\ufffd", words)
