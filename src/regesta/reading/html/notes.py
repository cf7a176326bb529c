"""Footnotes of a page: which links are marks, which elements they point at, which links only lead back.

    body    <sup><a href="#fn1">1</a></sup>   a mark: its target stands further on, and nothing but a short label is linked
    notes   <li id="fn1">Title. <a href="#r1">↩</a></li>   the note; ↩ leads back and is no word of it

This module lays out no text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from regesta.model import Reference
from regesta.reading.html.dom import Element, words_of
from regesta.reading.html.survey import Survey

__all__ = ["Notes", "bibliographic_fields", "external_link", "find_notes", "is_backlink"]

_LABEL = re.compile(
    r"\[?\(?\s*((?:[A-Za-z]{1,12}\.?\s)?\d{1,4}|[a-zA-Z]{1,2}|[ivxlc]{1,6}|[*†‡§¶]{1,4}|n(?:ote)? ?\d{1,3})\s*\)?\]?"
)
_OWN_NAME = re.compile(r"(?:fn|footnote|endnote|cite[_-]?note)[-_:.]?(\d{1,4})", re.IGNORECASE)
_CERTAIN = re.compile(r"noteref|footnote|reference|endnote|fn-?ref|\bfn\b", re.IGNORECASE)
_BACK = re.compile(r"[\s^↑↩︎️↵⏎⤴\[\]().,:;a-z\d*†‡-]{0,24}|\s*(?:back|return|jump up|zurück)\b.{0,20}")
_TOLD = ("rft.atitle=", "rft.btitle=", "rft.title=", "rft.jtitle=", "rft.pub=", "rft.au=", "rft.date=", "rft.isbn=",
         "rft.issn=", "rft_id=")  # fmt: skip
"""The keys of a COinS record that are asked for; most of a record is other keys."""
_HOLDERS = frozenset({"li", "p", "div", "dd", "aside", "section"})


@dataclass(slots=True)
class Notes:
    """What `find_notes` found."""

    targets: dict[Element, list[str]] = field(default_factory=dict)
    """The element of each note, and the ids within it that marks point at."""
    labels: dict[str, str] = field(default_factory=dict)
    """Label of the first mark that points at an id."""
    marks: dict[Element, str] = field(default_factory=dict)
    """The id that a link which is a mark points at."""


def find_notes(seen: Survey) -> Notes:
    """Return the page's footnotes and the marks that point at them."""
    notes = Notes()
    for order, name in seen.links:
        place, link = seen.by_id.get(name), seen.elements[order]
        if place is None or not _is_mark(link):
            continue
        holder = _holder(seen.elements[place])
        if (
            holder is None
            or (place < order and "cite_note" not in name)
            or seen.holds(seen.index[holder], order)
        ):
            continue
        label = _label(link)
        notes.marks[link] = name
        notes.labels.setdefault(name, label)
        known = notes.targets.setdefault(holder, [])
        if name not in known:
            known.append(name)
    _unlinked(seen, notes)
    return notes


def _unlinked(seen: Survey, notes: Notes) -> None:
    """Add the items of a list that call themselves notes though no mark leads to them: `<li id="fn1">`."""
    for name, place in seen.by_id.items():
        match = _OWN_NAME.fullmatch(name)
        element = seen.elements[place]
        if match and element.tag == "li" and element not in notes.targets:
            notes.targets[element] = [name]
            notes.labels.setdefault(name, match[1])


def _label(link: Element) -> str:
    return words_of(link).strip().strip("[]() \u200b")


def _is_mark(link: Element) -> bool:
    text = words_of(link).strip()
    if not text or len(text) > 24:
        return False
    is_label, in_brackets = bool(_LABEL.fullmatch(text)), text[0] == "["
    if not is_label and not (in_brackets and text[-1] == "]"):
        return False
    if is_label and (in_brackets or (link.tail or "").startswith("]")):
        return True
    parent = link.getparent()
    return (
        _says_mark(link)
        or (parent is not None and _says_mark(parent))
        or next(link.iterancestors("sup"), None) is not None
        or link.find("sup") is not None
    )


def _says_mark(element: Element) -> bool:
    said = f"{element.get('class', '')} {element.get('role') or ''} {element.get('epub:type') or ''}"
    return len(said) > 2 and _CERTAIN.search(said) is not None


def _holder(element: Element) -> Element | None:
    """Return the block that a note's id stands on or in."""
    here: Element | None = element
    for _ in range(6):
        if here is None or here.tag in {"body", "h1", "h2", "h3", "h4", "h5", "h6", "td", "table"}:
            return None
        if here.tag in _HOLDERS:
            return here
        here = here.getparent()
    return None


def is_backlink(link: Element) -> bool:
    """Return whether a link within a note only leads back to its mark."""
    href = link.get("href", "")
    if not href.startswith("#"):
        return False
    if "backref" in link.get("class", "") or link.get("role") == "doc-backlink" or "cite_ref" in href:
        return True
    return bool(_BACK.fullmatch(words_of(link).strip().lower()))


def external_link(element: Element) -> str | None:
    """Return the address that the first link of an entry leads to, outside its own page and site."""
    for link in element.iter("a"):
        href = (link.get("href") or "").strip()
        if href.startswith("//"):
            href = "https:" + href
        if href.startswith(("http://", "https://")):
            return href
    return None


def bibliographic_fields(element: Element, seen: Survey, reference: Reference) -> dict[str, object]:
    """Return what the entry's COinS record (`<span class="Z3988" title="rft.btitle=…">`) adds to the reference.

    Source: NISO Z39.88-2004, as MediaWiki and library catalogues write it.
    """
    at, records = seen.index[element], seen.by_name.get("Z3988", [])
    for within in records[bisect_left(records, at) : bisect_left(records, seen.end(at))]:
        span = seen.elements[within]
        if span.tag != "span":
            continue
        record = _record(span.get("title", "")[:8000])
        found: dict[str, object] = {}
        title = _first(record, "rft.atitle", "rft.btitle", "rft.title")
        publisher = _first(record, "rft.jtitle") or _first(record, "rft.pub")
        if title and title != publisher:
            found["title"] = title
        if authors := tuple(dict.fromkeys(a.strip() for a in record.get("rft.au", []) if a.strip())):
            found["authors"] = authors
        if publisher:
            found["publisher"] = publisher
        known = dict(reference.identifiers)
        extra = [
            (scheme, value)
            for scheme, value in _identifiers(record)
            if scheme not in known and value not in known.values()
        ]
        if extra:
            found["identifiers"] = (*reference.identifiers, *extra)
        if (date := _first(record, "rft.date")) and re.fullmatch(r"\d{4}(-\d\d){0,2}", date):
            found["date"] = date
        return found
    return {}


def _record(written: str) -> dict[str, list[str]]:
    """Return the values of the keys of a COinS record that are asked for, decoded; empty ones are left out."""
    found: dict[str, list[str]] = {}
    for piece in written.split("&"):
        if piece.startswith(_TOLD):
            key, _, value = piece.partition("=")
            if value:
                found.setdefault(key, []).append(unquote_plus(value))
    return found


def _identifiers(record: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for scheme in ("isbn", "issn"):
        if value := _first(record, f"rft.{scheme}"):
            yield scheme, value
    for value in record.get("rft_id", []):
        if found := re.match(r"info:(doi|oclcnum|pmid)/(.+)", value):
            yield {"oclcnum": "oclc"}.get(found[1], found[1]), found[2]


def _first(record: dict[str, list[str]], *keys: str) -> str | None:
    return next((record[key][0].strip() for key in keys if record.get(key)), None)
