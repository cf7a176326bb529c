"""What a PDF says of itself: title, date, language. Programs fill these in; what they fill in by themselves is no title."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace

from regesta.model import Source

__all__ = ["date_of", "fill", "title_of"]

_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|power|excel)|untitled|unbenannt|sans titre|sin título|document\d*$|dokument\d*$|\(?anonymous|unspecified|title$|layout \d|print(?:out)?$"
    r"|scan(?:ned)?\b|page \d|slide \d|new document|pdf$|template|default|no title|none$|null$|about:blank|https?:|file:|[a-z]:\\)"
    r"|\.(?:docx?|pdf|indd|qxd|qxp|tex|dvi|ps|eps|rtf|odt|wpd|pmd|p65|fm|xlsx?|pptx?|html?|txt|tiff?|jpe?g)\W{0,3}$",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}$")


def title_of(stated: str) -> str | None:
    """Return the stated title, None where a program made it up.

    >>> title_of("Crossings of the Oder, 1945"), title_of("Microsoft Word - report_final.doc"), title_of("untitled")
    ('Crossings of the Oder, 1945', None, None)
    """
    title = " ".join(stated.split())
    letters = sum(letter.isalpha() for letter in title)
    if letters < 3 or _NO_TITLE.search(title) or "\ufffd" in title or len(title) > 400:
        return None
    if " " not in title and (re.search(r"[_\d]", title) or len(title) > 30):
        return None  # a file's name
    return title


def date_of(stated: str) -> str | None:
    """Return a date of the file's own notation (ISO 32000, 7.9.4) as EDTF, to the day.

    >>> date_of("D:20040517093000+02'00'"), date_of("D:200413"), date_of("yesterday")
    ('2004-05-17', '2004', None)
    """
    match = _DATE.match(stated.strip())
    if not match or not 1980 <= int(match[1]) <= 2200:
        return None
    year, month, day = match[1], match[2], match[3]
    if month is None or not 1 <= int(month) <= 12:
        return year
    if day is None or not 1 <= int(day) <= monthrange(int(year), int(month))[1]:
        return f"{year}-{month}"
    return f"{year}-{month}-{day}"


def fill(source: Source, stated: Mapping[str, str]) -> Source:
    """Return the source with its unknown fields filled from what the file says; what the caller stated stays."""
    language = stated.get("Language", "").strip().strip("\0")
    return replace(
        source,
        title=source.title or title_of(stated.get("Title", "")),
        date=source.date or date_of(stated.get("CreationDate", "")) or date_of(stated.get("ModDate", "")),
        language=source.language or (language.replace("_", "-") if _LANGUAGE.match(language) else None),
    )
