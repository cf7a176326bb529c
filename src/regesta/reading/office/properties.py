"""What an office document or a book says of itself: title, language, dates, licence, address.

    docProps/core.xml (OOXML)    meta.xml (OpenDocument)    <metadata> (EPUB)

All three speak Dublin Core. A title that a program made up ("Microsoft Word - draft.doc") is none. What the caller
stated is kept by who fills the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from regesta.reading.office.markup import Element, attribute, names

__all__ = ["core_properties"]

_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?=$|[T\s])")
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|excel)|powerpoint presentation|untitled|unbenannt|sans titre|document|dokument|title|normal)\b[\s\d]*(?:$|-)",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_KEYS = {
    "dc:title": "title", "dc:language": "language", "dc:rights": "licence", "dcterms:license": "licence",
    "dcterms:modified": "modified", "dcterms:created": "published", "dcterms:issued": "published",
    "dc:date": "modified", "meta:creation-date": "published", "dc:source": "url", "dc:identifier": "url",
}  # fmt: skip
_OWN = {
    "license": "licence",
    "licence": "licence",
    "rights": "licence",
    "url": "url",
    "source": "url",
    "language": "language",
}


def core_properties(root: Element | None, keys: dict[str, str] | None = None) -> dict[str, str]:
    """Return what is stated, among `title url licence published modified language`; dates are EDTF."""
    found: dict[str, str] = {}
    for key, words in _statements(root, keys or _KEYS):
        value = " ".join(words.split())[:1000]
        if not value or key in found:
            continue
        if key in {"published", "modified"}:
            match = _DATE.match(value)
            if match is None or match[1] == "0101":
                continue
            value = match[0]
        elif (key == "url" and not value.startswith(("http://", "https://"))) or (
            key == "title" and _NO_TITLE.match(value)
        ):
            continue
        elif key == "language":
            if not _LANGUAGE.fullmatch(value):
                continue
            value = value.replace("_", "-")
        found[key] = value
    return found


def _statements(root: Element | None, keys: dict[str, str]) -> Iterator[tuple[str, str]]:
    short = names()
    for element in root.iter("*") if root is not None else ():
        name = short[element.tag]
        if name in keys:
            yield keys[name], element.text or ""
        elif name == "meta:user-defined":
            own = _OWN.get((attribute(element, "meta:name") or "").strip().lower())
            if own:
                yield own, element.text or ""
