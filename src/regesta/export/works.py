"""The references of a chronicle as works that bibliographies can cite: kind, authors in parts, dates, a key.

    "Okafor, Chidi (5 July 2013). ..."  ──►  newspaper, Okafor | Chidi, 2013-07-05, key okafor2013boats-3d829c71

A kind is only told where something says it: an ISBN makes a book, a DOI or an ISSN an article, a day with the name of a paper an
article in it, an address alone a page. All else is a document. An author who is neither written family name first nor looks
like a personal name is kept whole. A key has eight digits of the reference's id: it stays when others are added. Nothing is
looked up, and a title that was not found is not made up: the entry as written stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from regesta.chronicle.rows import CitationRow
from regesta.dates import Date, bounds, parse
from regesta.errors import DateError
from regesta.names import fold, looks_like_name, parse_name

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["Author", "Work", "WorkKind", "plain_date", "works"]

WorkKind = Literal["book", "journal-article", "newspaper-article", "page", "document"]

_ARTICLE: Final = frozenset({"doi", "issn", "pmid", "jstor"})
_EMPTY: Final = frozenset(
    "a an the of in on at by for and to from der die das le la les el los un une".split()
)
_LIKELY: Final = 0.5
"""From here on words look more like a personal name than not: see `looks_like_name`."""
_WORD: Final = re.compile(r"[a-z0-9]{3,24}")


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a work."""

    whole: str
    """As written."""
    family: str = ""
    """Empty for an institution and for a name whose parts are not known."""
    given: str = ""
    particles: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A reference, ready to be cited."""

    key: str
    """ASCII letters, digits and a hyphen; unique in a chronicle."""
    kind: WorkKind
    title: str
    """The entry as written where no title was found."""
    authors: tuple[Author, ...]
    container: str | None
    """The paper or journal that it stands in."""
    publisher: str | None
    row: CitationRow
    """What it was made of: date, url, identifiers, passage."""

    def identifiers(self, scheme: str) -> list[str]:
        """Return its identifiers of one scheme, in order."""
        return [each.value for each in self.row.identifiers if each.scheme == scheme]


def works(chronicle: Chronicle) -> Iterator[Work]:
    """Yield every reference of the chronicle as a work, by source and place."""
    keys: set[str] = set()
    for row in chronicle.each(CitationRow, order="source, start_char, end_char, id"):
        authors = tuple(_author(each) for each in row.authors)
        key = _key(row, authors, 8)
        if key in keys:
            key = _key(row, authors, 64)
        keys.add(key)
        kind = _kind(row)
        in_it = kind in {"journal-article", "newspaper-article", "page"}
        yield Work(
            key=key,
            kind=kind,
            title=row.title or row.quote,
            authors=authors,
            container=row.publisher if in_it else None,
            publisher=None if in_it else row.publisher,
            row=row,
        )


def plain_date(edtf: str | None) -> Date | None:
    """Return a date of year, month or day that computers know, qualified or not; None for anything else.

    >>> str(plain_date("2013-07-05")), str(plain_date("1950~")), plain_date("198X"), plain_date("2004/2006")
    ('2013-07-05', '1950~', None, None)
    """
    if edtf is None:
        return None
    try:
        value = parse(edtf)
    except DateError:
        return None
    if not isinstance(value, Date) or value.is_masked or value.season is not None:
        return None
    first = bounds(value).earliest
    return value if first is not None and 0 < first.year <= 9999 else None


def _kind(row: CitationRow) -> WorkKind:
    schemes = {each.scheme for each in row.identifiers}
    if "isbn" in schemes:
        return "book"
    if schemes & _ARTICLE:
        return "journal-article"
    date = plain_date(row.date)
    if row.publisher and date is not None and date.day:
        return "newspaper-article"
    return "page" if row.url else "document"


def _author(told: str) -> Author:
    """Return an author, in parts where the words are a personal name.

    >>> _author("Okafor, Chidi").family, _author("Ursula von der Leyen").particles, _author("Ministry of Health").family
    ('Okafor', 'von der', '')
    """
    told = " ".join(told.split())
    name = parse_name(told)
    words = [word.strip(",;") for word in told.split()]
    if not name.family or not (name.is_inverted or looks_like_name(words) >= _LIKELY):
        return Author(told)
    return Author(told, name.family, name.given, " ".join(name.particles), name.suffix or "")


def _key(row: CitationRow, authors: tuple[Author, ...], digits: int) -> str:
    """Return `family + year + first word of the title + digits of the id`, in plain letters."""
    first = authors[0].family or authors[0].whole if authors else (row.publisher or "")
    who = "".join(_WORD.findall(fold(first[:80])))[:24]
    date = plain_date(row.date)
    words = [word for word in _WORD.findall(fold((row.title or "")[:200])) if word not in _EMPTY]
    told = f"{who}{date.year if date is not None else ''}{words[0] if words else ''}"
    return f"{told or 'entry'}-{row.id.rpartition('-')[2][:digits]}"
