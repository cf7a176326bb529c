"""CSL JSON of the references, for Zotero, Pandoc and whatever else reads the input of Citation Style Language processors.

    [{"id": "okafor2013boats-3d829c71", "type": "article-newspaper", "author": [{"family": "Okafor", "given": "Chidi"}],
      "issued": {"date-parts": [[2013, 7, 5]]}, ..., "custom": {"regesta": {"source": "list.txt", "start": 6337, ...}}}]

A date of year, month or day becomes `date-parts`, with `circa` where it is qualified; two such the ends of a range; a season
its number; any other EDTF value stays as `literal`. Identifiers without a variable of their own stand in `note`, as Zotero
reads them. Source: CSL 1.0.2, schema `csl-data.json`. Where the entry stands is in `custom`. No style is applied.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from regesta.dates import Date, Interval, parse
from regesta.errors import DateError
from regesta.export.works import Author, Work, plain_date, works

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["date_variable", "item", "write"]

_TYPES: Final = {
    "book": "book",
    "journal-article": "article-journal",
    "newspaper-article": "article-newspaper",
    "page": "webpage",
    "document": "document",
}
_OWN: Final = {"isbn": "ISBN", "issn": "ISSN", "doi": "DOI", "pmid": "PMID"}


def write(chronicle: Chronicle, folder: Path) -> list[Path]:
    """Write `references.csl.json` and return it."""
    path = folder / "references.csl.json"
    encoder = msgspec.json.Encoder()
    with path.open("wb") as file:
        file.write(b"[")
        for number, work in enumerate(works(chronicle)):
            file.write(b",\n" if number else b"\n")
            file.write(encoder.encode(item(work)))
        file.write(b"\n]\n")
    return [path]


def item(work: Work) -> dict[str, Any]:
    """Return a work as an item of CSL JSON."""
    row = work.row
    made: dict[str, Any] = {"id": work.key, "type": _TYPES[work.kind], "title": work.title}
    if work.authors:
        made["author"] = [_name(each) for each in work.authors]
    if work.container:
        made["container-title"] = work.container
    if work.publisher:
        made["publisher"] = work.publisher
    if row.date:
        made["issued"] = date_variable(row.date)
    if row.retrieved:
        made["accessed"] = date_variable(row.retrieved)
    if row.url:
        made["URL"] = row.url
    for scheme, variable in _OWN.items():
        if found := work.identifiers(scheme):
            made[variable] = " ".join(found)
    if others := [each for each in row.identifiers if each.scheme not in _OWN]:
        made["note"] = "\n".join(f"{each.scheme.upper()}: {each.value}" for each in others)
    made["custom"] = {
        "regesta": {
            "id": row.id,
            "source": row.source,
            "start": row.start_char,
            "end": row.end_char,
            "quote": row.quote,
        }
    }
    return made


def date_variable(edtf: str) -> dict[str, Any]:
    """Return an EDTF date as CSL has it.

    >>> date_variable("2013-07-05"), date_variable("1950~")
    ({'date-parts': [[2013, 7, 5]]}, {'date-parts': [[1950]], 'circa': True})
    >>> date_variable("2004/2006-02"), date_variable("198X"), date_variable("2001-21")
    ({'date-parts': [[2004], [2006, 2]]}, {'literal': '198X'}, {'date-parts': [[2001]], 'season': 1})
    """
    try:
        value = parse(edtf)
    except DateError:
        return {"literal": edtf}
    season = value.season if isinstance(value, Date) else None
    if isinstance(value, Date) and season is not None and season <= 24 and value.year.isdecimal():
        return _hedged({"date-parts": [[int(value.year)]], "season": season - 20}, value)
    ends = (value.start, value.end) if isinstance(value, Interval) else (value,)
    parts, dates = [], []
    for end in ends:
        date = plain_date(str(end)) if isinstance(end, Date) else None
        if date is None:
            return {"literal": edtf}
        dates.append(date)
        parts.append([int(part) for part in (date.year, date.month, date.day) if part])
    return _hedged({"date-parts": parts}, *dates)


def _hedged(made: dict[str, Any], *dates: Date) -> dict[str, Any]:
    if any(date.is_approximate or date.is_uncertain for date in dates):
        made["circa"] = True
    return made


def _name(author: Author) -> dict[str, str]:
    if not author.family:
        return {"literal": author.whole}
    parts = {
        "family": author.family,
        "given": author.given,
        "non-dropping-particle": author.particles,
        "suffix": author.suffix,
    }
    return {name: value for name, value in parts.items() if value}
