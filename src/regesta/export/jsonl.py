"""JSON lines for programs: one file a kind, one object a line, as `docs/guide/exports.md` describes.

    sources entities claims series references findings families rejections identities   .jsonl
    texts/NAME.txt      the text of each source whose text is not the file itself, byte for byte

Rows are ordered by source, place and id. Keys are those of the contract, not of the tables: `start`, not `start_char`.
Rows are written as they come: what belongs to a row, its passages or its mentions, comes beside it in the same order, and memory
holds a thousand rows. Nothing is computed here; what a table does not hold is not exported.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from regesta.chronicle import Chronicle
from regesta.chronicle.rows import (
    CitationMarkRow,
    ClaimRow,
    EntityRow,
    FindingRow,
    IdentityRow,
    ObservationRow,
    OriginRow,
    RejectionRow,
    SharedRow,
)
from regesta.export.merged import Merged

__all__ = ["write"]

_AT_ONCE = 1000
_FIRST_PASSAGE = (
    "select (e.source, e.start_char, e.end_char) from claim_evidence e where e.claim = id and e.position = 0"
)
_FIRST_MEMBER = "select (m.source, m.start_char, m.end_char) from finding_members m where m.finding = id and m.position = 0"
_FIRST_MENTION = "select min((m.source, m.start_char, m.end_char)) from mentions m where m.entity = id"
_BY_PASSAGE = "join claim_evidence f on f.claim = x.claim and f.position = 0 order by f.source, f.start_char, f.end_char, x.claim"
"""The order of claims, for what belongs to them."""
_EVIDENCE = f"select x.claim, x.source, x.start_char, x.end_char, x.quote from claim_evidence x {_BY_PASSAGE}, x.position"  # noqa: S608 - our own names
_CITATIONS = f"select x.claim, x.citation from claim_citations x {_BY_PASSAGE}, x.position"  # noqa: S608 - our own names
_SUPPORT = (
    f"select x.claim, x.statement, x.passages, x.documents, x.independent from claim_support x {_BY_PASSAGE}"  # noqa: S608 - our own names
)
_MENTIONS = """
with firsts as (select entity, min((source, start_char, end_char)) as first from mentions group by entity)
select m.entity, m.source, m.start_char, m.end_char, m.quote, m.form
from mentions m join firsts f on f.entity = m.entity join entities e on e.id = m.entity
order by f.first, m.entity, m.source, m.start_char, m.end_char, m.quote, m.form
"""
_MEMBERS = """
select m.finding, m.source, m.start_char, m.end_char, m.quote, m.claim from finding_members m
join findings f on f.id = m.finding join finding_members g on g.finding = m.finding and g.position = 0
order by f.code, g.source, g.start_char, g.end_char, m.finding, m.position
"""


def write(chronicle: Chronicle, folder: Path) -> list[Path]:
    """Write the nine files and the texts, and return their paths."""
    kinds = {
        "sources": _sources(chronicle),
        "entities": _entities(chronicle),
        "claims": _claims(chronicle),
        "series": _series(chronicle),
        "references": _references(chronicle),
        "findings": _findings(chronicle),
        "families": _families(chronicle),
        "rejections": _rejections(chronicle),
        "identities": _identities(chronicle),
    }
    encoder = msgspec.json.Encoder()
    written: list[Path] = []
    for kind, rows in kinds.items():
        path = folder / f"{kind}.jsonl"
        left = iter(rows)
        with path.open("wb") as file:
            while batch := list(islice(left, _AT_ONCE)):
                file.write(encoder.encode_lines(batch))
        written.append(path)
    return written + _texts(chronicle, folder / "texts")


def _sources(chronicle: Chronicle) -> Iterable[dict[str, Any]]:
    return [
        {
            "source": s.name,
            "title": s.title,
            "sha256": s.sha256,
            "format": s.format,
            "characters": s.n_characters,
            "family": s.family,
            "url": s.url,
            "licence": s.licence,
            "date": s.date,
            "retrieved": s.retrieved,
            "language": s.language,
        }
        for s in chronicle.sources()
    ]


def _entities(chronicle: Chronicle) -> Iterable[dict[str, Any]]:
    mentions = Merged(chronicle.stream(_MENTIONS))
    for e in chronicle.each(EntityRow, order=f"({_FIRST_MENTION}), id"):
        yield {
            "id": e.id,
            "kind": e.kind,
            "label": e.label,
            "aliases": e.aliases,
            "named": e.is_named,
            "group_size": e.group_size,
            "mentions": [{**_spot(m), "form": m[5]} for m in mentions.of(e.id)],
        }


def _claims(chronicle: Chronicle) -> Iterable[dict[str, Any]]:
    evidence = Merged(chronicle.stream(_EVIDENCE))
    references = Merged(chronicle.stream(_CITATIONS))
    support = Merged(chronicle.stream(_SUPPORT))
    said = "id in (select claim from claim_evidence where position = 0)"
    for c in chronicle.each(ClaimRow, said, order=f"({_FIRST_PASSAGE}), id"):
        yield {
            "id": c.id,
            "subject": {"id": c.subject, "label": c.subject_label, "kind": c.subject_kind},
            "predicate": c.predicate,
            "value": c.value,
            "when": c.when_edtf,
            "where": c.where_text,
            "qualifiers": {
                "modality": c.modality,
                "by": c.said_by,
                "bound": c.bound,
                "at_event": c.at_event,
                "subset": c.subset,
            },
            "evidence": [_spot(e) for e in evidence.of(c.id)],
            "references": [citation for _, citation in references.of(c.id)],
            "method": c.method,
            "confidence": c.confidence,
            "support": next((_supported(s) for s in list(support.of(c.id))), None),
        }


def _supported(row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(("statement", "passages", "documents", "independent"), row[1:], strict=True))


def _series(chronicle: Chronicle) -> Iterable[dict[str, Any]]:
    for o in chronicle.each(ObservationRow, order="source, start_char, end_char, series"):
        yield {
            "series": o.series,
            "series_label": o.series_label,
            "period": o.period,
            "label": o.label,
            "value": int(o.value) if o.value.is_integer() else o.value,
            "qualifier": o.qualifier,
            "role": o.role,
            "claim": o.claim,
            **_place(o),
        }


def _references(chronicle: Chronicle) -> Iterable[dict[str, Any]]:
    cited_at: dict[tuple[str, str], list[int]] = defaultdict(list)
    for mark in chronicle.rows(CitationMarkRow, "citation is not null", order="source, start_char"):
        cited_at[mark.source, mark.citation or ""].append(mark.start_char)
    found = []
    for r in chronicle.references():
        identifiers: dict[str, str] = {}
        for i in r.identifiers:
            identifiers[i.scheme] = (
                f"{identifiers[i.scheme]}; {i.value}" if i.scheme in identifiers else i.value
            )
        found.append(
            {
                "id": r.id,
                "kind": r.kind,
                "marker": r.marker,
                "title": r.title,
                "authors": r.authors,
                "publisher": r.publisher,
                "date": r.date,
                "retrieved": r.retrieved,
                "url": r.url,
                "identifiers": identifiers,
                **_place(r),
                "cited_at": cited_at[r.source, r.id],
            }
        )
    return found


def _families(chronicle: Chronicle) -> Iterable[dict[str, Any]]:
    members: dict[str, list[str]] = defaultdict(list)
    for s in chronicle.sources():
        members[s.family].append(s.name)
    shared: dict[str, list[dict[str, Any]]] = defaultdict(list)
    order = "a_source, a_start, a_end, b_source, b_start, b_end"
    for each in chronicle.rows(SharedRow, order=order):
        shared[each.family].append(
            {
                "a": {"source": each.a_source, "start": each.a_start, "end": each.a_end},
                "b": {"source": each.b_source, "start": each.b_start, "end": each.b_end},
                "words": each.words,
                "alike": each.alike,
            }
        )
    origins: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for o in chronicle.rows(OriginRow, order="source, start_char"):
        origins[o.source].append({**_place(o), "how": o.how, "named": o.named, "origin": o.origin})
    return [
        {
            "family": family,
            "sources": names,
            "shared": shared[family],
            "origins": [one for name in names for one in origins[name]],
        }
        for family, names in sorted(members.items(), key=lambda item: item[1])
        if len(names) > 1 or shared[family] or any(origins[name] for name in names)
    ]


def _rejections(chronicle: Chronicle) -> Iterable[dict[str, Any]]:
    order = "source, start_char, end_char, code, reason"
    return (
        {**_place(r), "code": r.code, "reason": r.reason} for r in chronicle.each(RejectionRow, order=order)
    )


def _spot(row: tuple[Any, ...]) -> dict[str, Any]:
    """Return where a row stands that has its key first, then source, place and words."""
    return {"source": row[1], "start": row[2], "end": row[3], "quote": row[4]}


def _place(row: Any) -> dict[str, Any]:
    """Return where a row stands, under the names of the contract."""
    return {"source": row.source, "start": row.start_char, "end": row.end_char, "quote": row.quote}


def _findings(chronicle: Chronicle) -> Iterable[dict[str, Any]]:
    members = Merged(chronicle.stream(_MEMBERS))
    found = "id in (select finding from finding_members where position = 0)"
    for f in chronicle.each(FindingRow, found, order=f"code, ({_FIRST_MEMBER}), id"):
        yield {
            "id": f.id,
            "fingerprint": f.fingerprint,
            "code": f.code,
            "kind": f.kind,
            "severity": f.severity,
            "status": f.status,
            "summary": f.summary,
            "members": [{**_spot(m), "claim": m[5]} for m in members.of(f.id)],
            "computed": msgspec.json.decode(f.computed),
        }


def _identities(chronicle: Chronicle) -> Iterable[dict[str, Any]]:
    return (
        {"id": i.id, "anchor": i.anchor, "redirect": i.redirect}
        for i in chronicle.each(IdentityRow, order="redirect is not null, id, anchor, redirect")
    )


def _texts(chronicle: Chronicle, folder: Path) -> list[Path]:
    """Write the texts that readers laid out or decoded from what is not UTF-8, so that every place can be looked up."""
    written: list[Path] = []
    texts = Merged(chronicle.stream("select source, text from texts order by source, start_char"))
    for source in sorted(chronicle.sources(), key=lambda each: each.name):
        text = "".join(piece for _, piece in texts.of(source.name)).encode("utf-8", "surrogatepass")
        if source.text_is_file and hashlib.sha256(text).hexdigest() == source.sha256:
            continue
        parts = [part for part in PurePosixPath(source.name).parts if part not in ("..", "/")]
        path = folder.joinpath(*parts[:-1], f"{parts[-1]}.txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
        written.append(path)
    return written
