"""How to cite what a chronicle holds: the entry, the chronicle, and of a claim the source itself in full.

    “Karl Moe, birth: 1890” (c-53c1…), ships.txt, characters 120-143, line 5: “born in 1890”.
    Source: Passengers, 1921. https://example.org/ships. SHA-256 9f2c….
    In: My register, sources as of 2025-11-18, regesta 0.1, content SHA-256 4be1….

A `Citation` holds what is said; the formats only lay it out. Titles, dates and addresses are those that the sources state; what
they do not state is left out. The date of a chronicle is that of its newest source, no clock is asked; its version is the hash of
its content, so that a reader can see whether it is the same one (`regesta verify`). No style of a journal is applied.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from regesta.custody.digesting import content_hash, digests
from regesta.errors import StoreError
from regesta.export.bibtex import escaped
from regesta.export.csl import date_variable
from regesta.export.stamp import UNTOLD, newest_day

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle
    from regesta.chronicle.rows import ClaimRow, EntityRow, FindingRow, SourceRow
    from regesta.model import Place

__all__ = ["FORMATS", "Citation", "Passage", "Work", "citation_of", "laid_out"]

FORMATS: Final = ("text", "bibtex", "csl-json", "markdown")
_LONGEST: Final = 300
"""Code points of a passage that are quoted."""
_MANY: Final = 20
"""Passages and sources that one citation names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where something is said."""

    source: str
    start: int
    end: int
    quote: str
    place: str
    """Line, page, cell, in words; empty where the format has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Something that can be cited on its own."""

    title: str
    url: str | None = None
    licence: str | None = None
    date: str | None = None
    """EDTF."""
    retrieved: str | None = None
    revision: str | None = None
    sha256: str | None = None
    name: str = ""
    """`Source.name`; empty of the chronicle, and of a work that a source cites."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What is to be said of one thing."""

    kind: str
    """`chronicle`, `entry`, `claim`, `finding` or `source`."""
    id: str
    """Empty of the chronicle; of a source its name."""
    label: str
    """Of an entry its name, of a claim what it says."""
    passages: tuple[Passage, ...]
    sources: tuple[Work, ...]
    """The sources that say it."""
    cited: tuple[str, ...]
    """Works that the sources themselves cite for it, as they word them."""
    chronicle: Work
    version: str
    """Of regesta."""
    content: str
    """SHA-256 of what the chronicle holds."""


def citation_of(chronicle: Chronicle, what: object, *, title: str) -> Citation:
    """Return the citation of a row of the chronicle, or of the whole where `what` is None.

    `what` is an `EntityRow`, `ClaimRow`, `FindingRow` or `SourceRow`; `title` is that of the register.
    """
    meta = chronicle.meta
    content = content_hash(digests(chronicle))
    day = newest_day(chronicle)
    date = meta.get("edition_on") or (day.isoformat() if day != UNTOLD else None)
    kind, id_, label, passages, cited = _told(chronicle, what, title)
    names = list(dict.fromkeys(one.source for one in passages))
    by_name = {row.name: row for row in chronicle.sources()}
    if kind == "source":
        names = [id_]
    return Citation(
        kind=kind, id=id_, label=label, passages=passages[:_MANY], cited=cited,
        sources=tuple(_work(by_name[name]) for name in names[:_MANY]),
        chronicle=Work(title=title, date=date), version=meta["regesta_version"], content=content,
    )  # fmt: skip


def laid_out(one: Citation, form: str) -> str:
    """Return a citation in one of `FORMATS`, without a line end; raises `ValueError` for another one."""
    if form == "text":
        return _text(one, marked=False)
    if form == "markdown":
        return _text(one, marked=True)
    if form == "bibtex":
        return "\n\n".join(_bibtex(item) for item in _items(one))
    if form == "csl-json":
        return json.dumps(_items(one), ensure_ascii=False, indent=2)
    raise ValueError(form)


def _told(
    chronicle: Chronicle, what: object, title: str
) -> tuple[str, str, str, tuple[Passage, ...], tuple[str, ...]]:
    from regesta.chronicle.rows import ClaimRow, EntityRow, FindingRow, SourceRow

    match what:
        case None:
            return "chronicle", "", title, (), ()
        case EntityRow():
            return "entry", what.id, what.label, _of_entry(chronicle, what), ()
        case ClaimRow():
            return "claim", what.id, _said(what), _of_claim(chronicle, what), _cited(chronicle, what)
        case FindingRow():
            return "finding", what.id, what.summary.rstrip("."), _of_finding(chronicle, what), ()
        case SourceRow():
            return "source", what.name, what.title or what.name, (), ()
    raise StoreError("nothing that can be cited", found=type(what).__name__)


def _said(claim: ClaimRow) -> str:
    """Return what a claim says, in few words."""
    value = claim.value_edtf or claim.value_text
    if claim.value_type == "quantity":
        numbers = [n for n in (claim.value_number, claim.value_low, claim.value_high) if n is not None]
        value = f"{'-'.join(f'{n:g}' for n in numbers)} {claim.value_unit or ''}".strip()
    elif claim.value_type == "route":
        value = " > ".join(stop.text for stop in claim.value_stops or ())
    when = f" ({claim.when_edtf})" if claim.when_edtf and claim.when_edtf != value else ""
    return f"{claim.subject_label}, {claim.predicate.replace('_', ' ')}: {value or '?'}{when}"


def _of_claim(chronicle: Chronicle, claim: ClaimRow) -> tuple[Passage, ...]:
    return tuple(
        _passage(chronicle, one.source, one.start_char, one.end_char, one.quote)
        for one in chronicle.evidence(claim)
    )


def _of_finding(chronicle: Chronicle, finding: FindingRow) -> tuple[Passage, ...]:
    return tuple(
        _passage(chronicle, one.source, one.start_char, one.end_char, one.quote)
        for one in chronicle.members(finding)
    )


def _of_entry(chronicle: Chronicle, entity: EntityRow) -> tuple[Passage, ...]:
    """Return the first place of each source that names or describes the entity."""
    query = (
        "select source, min_by((start_char, end_char, quote), start_char) from mentions where entity = ? "
        "group by source order by source"
    )
    found = []
    for source, first in chronicle.sql(query, [entity.id]):
        start, end, quote = first.values() if isinstance(first, dict) else first
        found.append(_passage(chronicle, source, start, end, quote))
    return tuple(found)


def _passage(chronicle: Chronicle, source: str, start: int, end: int, quote: str) -> Passage:
    places = chronicle.places(source, start, end)
    shown = quote if len(quote) <= _LONGEST else f"{quote[: _LONGEST - 1]}…"
    return Passage(
        source=source, start=start, end=end, quote=shown, place=_place(places[0]) if places else ""
    )


def _place(place: Place) -> str:
    """Return a place in words.

    >>> from regesta.model import Place
    >>> _place(Place(page=3, line=5)), _place(Place(sheet="1921", cell="B7")), _place(Place(xpath="/html/body"))
    ('page 3, line 5', 'sheet 1921, cell B7', '')
    """
    named = ("part", "page", "sheet", "cell", "line")
    return ", ".join(f"{name} {value}" for name in named if (value := getattr(place, name)) is not None)


def _cited(chronicle: Chronicle, claim: ClaimRow) -> tuple[str, ...]:
    """Return the works that a source cites for a claim, as it words them."""
    query = (
        "select c.quote from claim_citations l join citations c on c.id = l.citation where l.claim = ? "
        "order by l.position"
    )
    return tuple(quote for (quote,) in chronicle.sql(query, [claim.id]))


def _work(row: SourceRow) -> Work:
    return Work(
        title=row.title or row.name, url=row.url, licence=row.licence, date=row.date, retrieved=row.retrieved,
        revision=row.revision, sha256=row.sha256, name=row.name,
    )  # fmt: skip


def _text(one: Citation, *, marked: bool) -> str:
    """Return a citation in words, with marks of Markdown or without."""

    def said(text: str) -> str:
        plain = " ".join(text.split())
        return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", plain) if marked else plain

    def code(text: str) -> str:
        return f"`{text.replace('`', '')}`" if marked else text

    lines = []
    if one.kind not in ("chronicle", "source"):
        lines.append(f"“{said(one.label)}” ({code(one.id)})")
    for passage in one.passages:
        where = ", ".join(filter(None, (f"characters {passage.start}-{passage.end}", said(passage.place))))
        lines.append(f"{code(passage.source)}, {where}: “{said(passage.quote)}”")
    for source in one.sources:
        title = f"*{said(source.title)}*" if marked else said(source.title)
        file = source.name if source.title != source.name else ""
        parts = [title, file, source.date, source.revision and f"revision {said(source.revision)}"]
        parts += [source.url and (f"<{source.url}>" if marked else source.url)]
        parts += [
            source.retrieved and f"retrieved {source.retrieved}",
            source.licence and said(source.licence),
        ]
        lines.append(
            f"Source: {', '.join(part for part in parts if part)}, SHA-256 {code(source.sha256 or '')}"
        )
    lines += [f"Cited there: {said(words)}" for words in one.cited]
    title = f"*{said(one.chronicle.title)}*" if marked else said(one.chronicle.title)
    date = f", sources as of {one.chronicle.date}" if one.chronicle.date else ""
    head = "" if one.kind == "chronicle" else "In: "
    lines.append(f"{head}{title}{date}, made by regesta {one.version}, content SHA-256 {code(one.content)}")
    return ("  \n" if marked else "\n").join(f"{line.rstrip('.')}." for line in lines)


def _items(one: Citation) -> list[dict[str, Any]]:
    """Return a citation as items of CSL JSON: the thing itself, then its sources."""
    own: dict[str, Any] = {
        "id": _key(one.id or "regesta"), "type": "entry" if one.kind == "entry" else "dataset",
        "title": one.label, "version": one.content[:12],
    }  # fmt: skip
    if one.kind not in ("chronicle", "source"):
        own["container-title"] = one.chronicle.title
    if one.chronicle.date:
        own["issued"] = date_variable(one.chronicle.date)
    own["note"] = "\n".join(_notes(one))
    own["custom"] = {
        "regesta": {
            "kind": one.kind, "id": one.id, "content": one.content, "version": one.version,
            "passages": [
                {"source": p.source, "start": p.start, "end": p.end, "quote": p.quote} for p in one.passages
            ],
        }
    }  # fmt: skip
    if one.kind == "source":
        own = {}
    return [*([own] if own else []), *(_item(source, one) for source in one.sources)]


def _notes(one: Citation) -> Iterator[str]:
    for passage in one.passages:
        where = f"characters {passage.start}-{passage.end}" + (f", {passage.place}" if passage.place else "")
        yield f"{passage.source}, {where}: “{' '.join(passage.quote.split())}”"
    yield from (f"cited there: {' '.join(words.split())}" for words in one.cited)
    yield f"content SHA-256: {one.content}"
    yield f"made by regesta {one.version}"


def _item(source: Work, one: Citation) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": _key(source.name), "type": "webpage" if source.url else "document", "title": source.title,
    }  # fmt: skip
    if source.date:
        made["issued"] = date_variable(source.date)
    if source.retrieved:
        made["accessed"] = date_variable(source.retrieved)
    if source.url:
        made["URL"] = source.url
    if source.revision:
        made["version"] = source.revision
    said = [
        f"SHA-256: {source.sha256}",
        f"file: {source.name}",
        source.licence and f"licence: {source.licence}",
    ]
    if one.kind == "source":
        said += [f"read in: {one.chronicle.title}, content SHA-256: {one.content}, regesta {one.version}"]
    made["note"] = "\n".join(part for part in said if part)
    return made


_TYPES: Final = {"webpage": "online", "document": "misc", "dataset": "misc", "entry": "inbook"}


def _bibtex(item: dict[str, Any]) -> str:
    """Return an item as an entry of BibTeX."""
    fields = [("title", f"{{{escaped(item['title'])}}}")]
    if "container-title" in item:
        fields.append(("booktitle", f"{{{escaped(item['container-title'])}}}"))
    if parts := item.get("issued", {}).get("date-parts"):
        fields.append(("date", _date(parts)))
        fields.append(("year", str(parts[0][0])))
    if "URL" in item:
        fields.append(("url", re.sub(r"[{}\\\s]", lambda sign: f"%{ord(sign[0]):02X}", item["URL"])))
    if parts := item.get("accessed", {}).get("date-parts"):
        fields.append(("urldate", _date(parts)))
    if "version" in item:
        fields.append(("version", escaped(str(item["version"]))))
    fields.append(("note", escaped("; ".join(item["note"].splitlines()))))
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields)
    return f"@{_TYPES[item['type']]}{{{item['id']},\n{lines}\n}}"


def _date(parts: Iterable[Iterable[int]]) -> str:
    return "/".join("-".join(f"{n:02}" if at else f"{n:04}" for at, n in enumerate(part)) for part in parts)


def _key(name: str) -> str:
    """Return an id that BibTeX takes.

    >>> _key("letters/Åse 1921.txt")
    'letters-se-1921-txt'
    """
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-") or "regesta"
