r"""BibTeX of the references, UTF-8, for LaTeX (BibTeX, biblatex) and for reference managers.

    @article{okafor2013boats-3d829c71,
      author = {Okafor, Chidi},
      title = {{Boats on the Strait}},
      ...
      regesta-source = {list.txt}, regesta-start = {6337}, regesta-end = {6455}, regesta-quote = {Okafor, Chidi (5 July ...

Both `date` (biblatex, EDTF) and `year`, `month` (BibTeX) are written. Titles stand in double braces, so that no style changes
their capitals. Signs that LaTeX takes for its own are escaped; addresses and DOIs stay as they are, as biblatex and hyperref want
them. Fields that begin with `regesta-` say where the entry stands; styles pass over them. Sources: Patashnik, "BibTeXing"
(1988); the manual of biblatex 3.20. No abbreviations, no cross references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from regesta.dates import Date, Edge, Interval, parse
from regesta.errors import DateError
from regesta.export.works import Author, Work, plain_date, works

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["entry", "escaped", "write"]

_TYPES: Final = {
    "book": "book",
    "journal-article": "article",
    "newspaper-article": "article",
    "page": "online",
    "document": "misc",
}
_SIGNS: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: "\\" + sign for sign in "#$%&_"},
}
_SIGN: Final = re.compile("|".join(map(re.escape, _SIGNS)))
_BREAKING: Final = re.compile(r"[{}\\\s\x00-\x1f\x7f]")
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def write(chronicle: Chronicle, folder: Path) -> list[Path]:
    """Write `references.bib` and return it."""
    path = folder / "references.bib"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for work in works(chronicle):
            file.write(entry(work))
    return [path]


def entry(work: Work) -> str:
    """Return an entry, with an empty line behind it."""
    lines = ",\n".join(f"  {name} = {value}" for name, value in _fields(work))
    return f"@{_TYPES[work.kind]}{{{work.key},\n{lines}\n}}\n\n"


def escaped(text: str) -> str:
    r"""Return words as LaTeX sets them; white space and control signs become one space.

    >>> print(escaped("R&D {100%} C:\\x"))
    R\&D \textbraceleft{}100\%\textbraceright{} C:\textbackslash{}x
    """
    plain = re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).strip()
    return _SIGN.sub(lambda sign: _SIGNS[sign[0]], plain)


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    row = work.row
    if work.authors:
        yield "author", f"{{{' and '.join(_author(each) for each in work.authors)}}}"
    yield "title", f"{{{{{escaped(work.title)}}}}}"
    if work.container:
        yield ("organization" if work.kind == "page" else "journal"), _value(work.container)
    if work.publisher:
        yield "publisher", _value(work.publisher)
    if (date := plain_date(row.date)) is not None:
        yield "year", _value(date.year.lstrip("0"))
        if date.month:
            yield "month", _MONTHS[int(date.month) - 1]
    if (told := _biblatex(row.date)) is not None:
        yield "date", f"{{{told}}}"
    elif row.date:
        yield "note", _value(f"date: {row.date}")
    for scheme in ("isbn", "issn", "doi"):
        if found := work.identifiers(scheme):
            values = found if scheme == "doi" else [escaped(each) for each in found]
            yield (
                scheme,
                f"{{{', '.join(_verbatim(each) for each in values)}}}"
                if scheme == "doi"
                else f"{{{', '.join(values)}}}",
            )
    others = [each for each in row.identifiers if each.scheme not in {"isbn", "issn", "doi"}]
    if others:
        yield "addendum", _value("; ".join(f"{each.scheme.upper()} {each.value}" for each in others))
    if row.url:
        yield "url", f"{{{_verbatim(row.url)}}}"
    if (told := _biblatex(row.retrieved)) is not None:
        yield "urldate", f"{{{told}}}"
    yield "regesta-id", _value(row.id)
    yield "regesta-source", _value(row.source)
    yield "regesta-start", _value(str(row.start_char))
    yield "regesta-end", _value(str(row.end_char))
    yield "regesta-quote", _value(row.quote)


def _value(text: str) -> str:
    return f"{{{escaped(text)}}}"


def _verbatim(text: str) -> str:
    """Return an address with what would end its field percent-encoded.

    >>> _verbatim("http://x.example/a_b?c={1}%20#d")
    'http://x.example/a_b?c=%7B1%7D%20#d'
    """
    return _BREAKING.sub(lambda sign: f"%{ord(sign[0]):02X}" if ord(sign[0]) < 0x80 else "%20", text.strip())


def _author(author: Author) -> str:
    """Return an author as BibTeX parses names: `von Family, Jr., Given`, an institution in braces of its own."""
    if not author.family:
        return f"{{{escaped(author.whole)}}}"
    parts = [" ".join(filter(None, (author.particles, _one(author.family)))), author.suffix, author.given]
    return ", ".join(_closed(part) if at else part for at, part in enumerate(parts) if part or at == 0)


def _closed(part: str) -> str:
    """Return another part of a name; in braces where it has a comma, which would begin the next part, or an `and`."""
    told = escaped(part)
    return f"{{{told}}}" if "," in told or " and " in f" {told.lower()} " else told


def _one(family: str) -> str:
    """Return a family name that no reader takes for two: braces around one with a space or an `and`."""
    told = escaped(family)
    return f"{{{told}}}" if " " in told or "," in told or not told[:1].isupper() else told


def _biblatex(edtf: str | None) -> str | None:
    """Return a date that biblatex reads: EDTF of level 1 as far as its manual goes; None for others.

    >>> [_biblatex(each) for each in ("2013-07-05", "1950~", "198X", "2004/2006", "[1667,1668]", "2004?-06")]
    ['2013-07-05', '1950~', '198X', '2004/2006', None, None]
    """
    if edtf is None:
        return None
    try:
        value = parse(edtf)
    except DateError:
        return None
    ends = (value.start, value.end) if isinstance(value, Interval) else (value,)
    for end in ends:
        if isinstance(end, Edge):
            continue
        if (
            not isinstance(end, Date)
            or end.significant
            or end.time
            or not re.fullmatch(r"\d{2}(\d\d|\dX|XX)(-\d\d){0,2}[?~%]?", str(end))
        ):
            return None
    return str(value)
