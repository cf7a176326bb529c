"""JSON lines for programs: one file a kind, one object a line, as `docs/guide/exports.md` describes.

    sources entities claims series references findings families rejections identities   .jsonl
    texts/NAME.txt      the text of each source whose text is not the file itself

Rows are ordered by source, place and id. Keys are those of the contract, not of the tables: `start`, not `start_char`.
Nothing is computed here; what a table does not hold is not exported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from regesta.chronicle import Chronicle
from regesta.chronicle.rows import (
    CitationMarkRow,
    ClaimCitationRow,
    EvidenceRow,
    FindingMemberRow,
    IdentityRow,
    MentionRow,
    OriginRow,
    SharedRow,
    SupportRow,
)

__all__ = ["write"]


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
        path.write_bytes(encoder.encode_lines(rows))
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
    mentions: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for m in chronicle.rows(MentionRow, order="source, start_char, end_char, quote, form"):
        mentions[m.entity].append({**_place(m), "form": m.form})
    return [
        {
            "id": e.id,
            "kind": e.kind,
            "label": e.label,
            "aliases": e.aliases,
            "named": e.is_named,
            "group_size": e.group_size,
            "mentions": mentions[e.id],
        }
        for e in chronicle.entities()
    ]


def _claims(chronicle: Chronicle) -> Iterable[dict[str, Any]]:
    evidence: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for e in chronicle.rows(EvidenceRow, order="claim, position"):
        evidence[e.claim].append(_place(e))
    references: dict[str, list[str]] = defaultdict(list)
    for r in chronicle.rows(ClaimCitationRow, order="claim, position"):
        references[r.claim].append(r.citation)
    support = {s.claim: s for s in chronicle.rows(SupportRow)}
    return [
        {
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
            "evidence": evidence[c.id],
            "references": references[c.id],
            "method": c.method,
            "confidence": c.confidence,
            "support": _supported(support.get(c.id)),
        }
        for c in chronicle.claims()
    ]


def _supported(row: SupportRow | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "statement": row.statement,
        "passages": row.passages,
        "documents": row.documents,
        "independent": row.independent,
    }


def _series(chronicle: Chronicle) -> Iterable[dict[str, Any]]:
    return [
        {
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
        for o in chronicle.series()
    ]


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
    return [{**_place(r), "code": r.code, "reason": r.reason} for r in chronicle.rejections()]


def _place(row: Any) -> dict[str, Any]:
    """Return where a row stands, under the names of the contract."""
    return {"source": row.source, "start": row.start_char, "end": row.end_char, "quote": row.quote}


def _findings(chronicle: Chronicle) -> Iterable[dict[str, Any]]:
    members: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for m in chronicle.rows(FindingMemberRow, order="finding, position"):
        members[m.finding].append({**_place(m), "claim": m.claim})
    return [
        {
            "id": f.id,
            "fingerprint": f.fingerprint,
            "code": f.code,
            "kind": f.kind,
            "severity": f.severity,
            "status": f.status,
            "summary": f.summary,
            "members": members[f.id],
            "computed": msgspec.json.decode(f.computed),
        }
        for f in chronicle.findings()
    ]


def _identities(chronicle: Chronicle) -> Iterable[dict[str, Any]]:
    return [
        {"id": i.id, "anchor": i.anchor, "redirect": i.redirect}
        for i in chronicle.rows(IdentityRow, order="redirect is not null, id, anchor, redirect")
    ]


def _texts(chronicle: Chronicle, folder: Path) -> list[Path]:
    """Write the texts that readers laid out, so that every place can be looked up."""
    written: list[Path] = []
    for source in chronicle.sources():
        if not source.text_is_file:
            parts = [part for part in PurePosixPath(source.name).parts if part not in ("..", "/")]
            path = folder.joinpath(*parts[:-1], f"{parts[-1]}.txt")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(chronicle.text(source.name).encode("utf-8", "surrogatepass"))
            written.append(path)
    return written
