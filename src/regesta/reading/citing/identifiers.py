"""Numbers that name a work, wherever an entry prints them: ISBN, ISSN, DOI, OCLC, ASIN, PMID, JSTOR, and its address."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Identifier", "find_identifiers", "find_url"]


class Identifier(NamedTuple):
    """One number and where it stands, its name included."""

    scheme: str
    """In lower case."""
    value: str
    """As written, without the name and without a full stop behind."""
    start: int
    end: int


_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("isbn", re.compile(r"\bISBN(?:-1[03])?[:\s]{0,3}((?:97[89][\s-]?)?(?:\d[\s-]?){8,9}[\dXx])(?![\d-])")),
    ("issn", re.compile(r"\be?-?ISSN[:\s]{0,3}(\d{4}-?\d{3}[\dXx])\b")),
    (
        "doi",
        re.compile(
            r"(?:\bdoi\s?[:=]?\s{0,2}|(?:https?://)?(?:dx\.)?doi\.org/)(10\.\d{4,9}/[^\s\"<>]{1,200})",
            re.IGNORECASE,
        ),
    ),
    ("oclc", re.compile(r"\bOCLC[:\s#]{0,3}(?:ocm|ocn|on)?(\d{3,12})\b")),
    ("asin", re.compile(r"\bASIN[:\s]{0,3}([A-Z0-9]{10})\b")),
    ("pmid", re.compile(r"\bPMID[:\s]{0,3}(\d{3,9})\b")),
    ("jstor", re.compile(r"\bJSTOR[:\s]{0,3}(?:i)?(\d{3,12})\b|\bjstor\.org/stable/(\d{3,12})\b")),
)
_NAMES = ("ISBN", "ISSN", "OCLC", "ASIN", "PMID", "JSTOR", "jstor.org")
_URL = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"“”«»]{3,1000}")
_EDGE = ".,;:!?'’»"


def find_identifiers(words: str) -> list[Identifier]:
    """Return the identifiers in the order of the text; ones with the same scheme and value once.

    >>> [(i.scheme, i.value) for i in find_identifiers("House, 1999. ISBN 0-306-40615-2. OCLC 123456.")]
    [('isbn', '0-306-40615-2'), ('oclc', '123456')]
    """
    if not any(name in words for name in _NAMES) and "doi" not in words.lower():
        return []
    found: dict[tuple[str, str], Identifier] = {}
    for scheme, pattern in _PATTERNS:
        for match in pattern.finditer(words):
            value = next(group for group in match.groups() if group).strip()
            if scheme == "doi":
                value = _trim(value)
            end = match.end() - (len(match.group()) - match.group().rfind(value) - len(value))
            found.setdefault((scheme, value), Identifier(scheme, value, match.start(), end))
    return sorted(found.values(), key=lambda identifier: identifier.start)


def find_url(words: str) -> tuple[int, int] | None:
    """Return where the first address stands, without the punctuation behind it.

    >>> words = "Seen at https://example.org/a_(b)."
    >>> words[slice(*find_url(words))]
    'https://example.org/a_(b)'
    """
    match = _URL.search(words) if "://" in words or "www." in words else None
    return (match.start(), match.start() + len(_trim(match.group()))) if match else None


def _trim(address: str) -> str:
    """Return the address without the sentence's punctuation at its end; a bracket stays where its partner is inside."""
    while address:
        last = address[-1]
        if last in _EDGE or (last in ")]}" and address.count(last) > address.count("([{"[")]}".index(last)])):
            address = address[:-1]
            continue
        break
    return address
