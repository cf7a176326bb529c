"""Documents, extractions and the resolution -> rows, table by table.

    Claim(subject=referent, value=QuantityValue(...), evidence=(...))
      ├── ClaimRow      subject=entity, value spread over columns
      ├── EvidenceRow   one per passage
      └── ClaimCitationRow

Ids are hashes of content, so two copies of one file speak of the same referents and make the same claims. Such a claim
is one row, with the passages of both copies as its evidence. Nothing is judged or computed here but the bounds of dates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from regesta.chronicle.rows import (
    TABLES,
    BlockRow,
    CitationMarkRow,
    CitationRow,
    ClaimCitationRow,
    ClaimRow,
    CoverageRow,
    EntityRow,
    EvidenceRow,
    Identifier,
    MentionRow,
    ObservationRow,
    ReferentRow,
    RejectionRow,
    SourceRow,
    Stop,
    TextRow,
)
from regesta.errors import DateError
from regesta.model import (
    Claim,
    DateValue,
    Document,
    Entity,
    EntityValue,
    Extraction,
    QuantityValue,
    Rejection,
    Resolution,
    RouteValue,
    TextValue,
    Value,
    content_id,
)

__all__ = ["QUOTE_LIMIT", "Rows", "bounds_of", "flatten"]

Rows = dict[str, list[Any]]
"""Rows by the name of their table."""

QUOTE_LIMIT = 500
"""Code points of the longest quote."""


def flatten(
    read: Iterable[tuple[Document, Extraction]],
    resolution: Resolution,
    rejections: Iterable[Rejection] = (),
) -> Rows:
    """Return the rows of every table but `meta`, sources in the order given.

    `rejections` are those of files that could not be read at all.
    """
    rows: Rows = {table: [] for table in TABLES}
    of_entity = {entity.id: entity for entity in resolution.entities}
    rows["entities"] = [
        EntityRow(e.id, e.kind, e.label, e.aliases, e.is_named, e.group_size) for e in resolution.entities
    ]
    rows["rejections"] = [_rejection(r) for r in rejections]
    seen: dict[str, int] = {}
    for document, extraction in read:
        _document(rows, document, seen)
        _referents(rows, extraction, resolution, seen)
        for claim in extraction.claims:
            _claim(rows, extraction.source, claim, of_entity, resolution.entity_of, seen)
        _observations(rows, extraction, seen)
        rows["rejections"].extend(_rejection(r) for r in extraction.rejections)
        c = extraction.coverage
        rows["coverage"].append(
            CoverageRow(
                extraction.source,
                c.n_characters,
                c.n_body,
                c.n_claims,
                c.n_names_dates,
                c.n_rejected,
                c.n_left,
            )
        )
    return rows


def _document(rows: Rows, document: Document, seen: dict[str, int]) -> None:
    source, text = document.source, document.text
    rows["sources"].append(
        SourceRow(
            source.name,
            source.format,
            document.title,
            source.url,
            source.licence,
            source.date,
            source.retrieved,
            source.language,
            source.sha256,
            document.id,
            content_id("f", [document.id]),
            len(text),
        )
    )
    rows["texts"].append(TextRow(source.name, text))
    rows["blocks"].extend(
        BlockRow(
            source.name,
            position,
            block.kind,
            block.span.start,
            block.span.end,
            block.content.start,
            block.content.end,
            _index(block.parent),
            block.level,
            block.marker,
            _index(block.row),
            _index(block.column),
            block.is_header,
            block.place.line,
            block.place.xpath,
            block.place.offset,
            block.place.page,
        )
        for position, block in enumerate(document.blocks)
    )
    for reference in document.references:
        if _is_new(seen, reference.id):
            start, end = reference.span
            end = min(end, start + QUOTE_LIMIT)
            rows["citations"].append(
                CitationRow(
                    reference.id,
                    source.name,
                    reference.kind,
                    reference.marker,
                    reference.title,
                    reference.authors,
                    reference.publisher,
                    reference.date,
                    reference.retrieved,
                    reference.url,
                    tuple(Identifier(*pair) for pair in reference.identifiers),
                    start,
                    end,
                    text[start:end],
                )
            )
    rows["citation_marks"].extend(
        CitationMarkRow(source.name, mark.span.start, mark.span.end, mark.label, mark.reference)
        for mark in document.markers
    )
    for span, code, reason in document.problems:
        end = min(span.end, span.start + QUOTE_LIMIT)
        rows["rejections"].append(
            RejectionRow(source.name, span.start, end, text[span.start : end], code, reason)
        )


def _referents(rows: Rows, extraction: Extraction, resolution: Resolution, seen: dict[str, int]) -> None:
    for referent in extraction.referents:
        entity = resolution.entity_of[referent.key]
        if _is_new(seen, referent.key):
            rows["referents"].append(
                ReferentRow(
                    referent.key,
                    entity,
                    extraction.source,
                    referent.kind,
                    referent.label,
                    referent.is_named,
                    referent.group_size,
                )
            )
        rows["mentions"].extend(
            MentionRow(referent.key, entity, extraction.source, m.span.start, m.span.end, m.quote, m.form)
            for m in referent.mentions
        )


def _claim(
    rows: Rows,
    source: str,
    claim: Claim,
    of_entity: dict[str, Entity],
    entity_of: dict[str, str],
    seen: dict[str, int],
) -> None:
    if _is_new(seen, claim.id):
        subject = of_entity[entity_of[claim.subject]]
        value = _value(claim.value, entity_of)
        earliest, latest = _bounds(value["value_edtf"] or claim.when)
        q = claim.qualifiers
        rows["claims"].append(
            ClaimRow(
                id=claim.id,
                source=source,
                subject=subject.id,
                subject_label=subject.label,
                subject_kind=subject.kind,
                referent=claim.subject,
                predicate=claim.predicate,
                value_type=claim.value.type,
                **value,
                when_edtf=claim.when,
                where_text=claim.where,
                earliest=earliest,
                latest=latest,
                modality=q.modality,
                said_by=q.by,
                bound=q.bound,
                at_event=q.at_event,
                subset=q.subset,
                method=claim.method,
                confidence=claim.confidence,
            )
        )
        rows["claim_citations"].extend(
            ClaimCitationRow(claim.id, position, reference)
            for position, reference in enumerate(claim.references)
        )
    first = seen[claim.id]
    seen[claim.id] = first + len(claim.evidence)
    rows["claim_evidence"].extend(
        EvidenceRow(claim.id, position, e.source, e.start, e.end, e.quote)
        for position, e in enumerate(claim.evidence, first)
    )


def _observations(rows: Rows, extraction: Extraction, seen: dict[str, int]) -> None:
    for position, o in enumerate(extraction.observations):
        if _is_new(seen, f"{o.series} {o.claim} {o.period} {o.role}"):
            e = o.evidence
            rows["observations"].append(
                ObservationRow(
                    o.series,
                    o.series_label,
                    e.source,
                    position,
                    o.period,
                    o.label,
                    o.value,
                    o.qualifier,
                    o.role,
                    o.claim,
                    e.start,
                    e.end,
                    e.quote,
                )
            )


def _rejection(r: Rejection) -> RejectionRow:
    end = min(r.end, r.start + QUOTE_LIMIT)
    return RejectionRow(r.source, r.start, end, r.quote[: end - r.start], r.code, r.reason)


_EMPTY: dict[str, Any] = dict.fromkeys(
    f"value_{part}"
    for part in ("text", "edtf", "entity", "number", "low", "high", "unit", "approximate", "stops")
)


def _value(value: Value, entity_of: dict[str, str]) -> dict[str, Any]:
    """Return the `value_` columns of a value, all of them."""
    match value:
        case TextValue():
            return _EMPTY | {"value_text": value.text}
        case DateValue():
            return _EMPTY | {"value_edtf": value.edtf}
        case EntityValue():
            return _EMPTY | {"value_text": value.label, "value_entity": entity_of[value.key]}
        case RouteValue():
            stops = tuple(Stop(stop.text, entity_of.get(stop.key or "")) for stop in value.stops)
            return _EMPTY | {"value_text": value.by, "value_stops": stops}
        case QuantityValue():
            return _EMPTY | {
                "value_number": value.number,
                "value_low": value.low,
                "value_high": value.high,
                "value_unit": value.unit,
                "value_approximate": value.approximate,
            }


def bounds_of(edtf: str) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last day of a date, None where it is open or beyond the years 1 to 9999 of calendars.

    Raises `DateError` where it is no EDTF date.

    >>> bounds_of("1953-02/..")
    (datetime.date(1953, 2, 1), None)
    """
    from regesta.dates.bounds import bounds

    found = bounds(edtf)
    first, last = (
        dt.date(*day) if day and dt.MINYEAR <= day.year <= dt.MAXYEAR else None
        for day in (found.earliest, found.latest)
    )
    return first, last


@lru_cache(maxsize=4096)
def _bounds(edtf: str | None) -> tuple[dt.date | None, dt.date | None]:
    """Return the bounds of a claim's date; a string that is no date has none, and stays as it is."""
    try:
        return bounds_of(edtf) if edtf else (None, None)
    except DateError:
        return None, None


def _is_new(seen: dict[str, int], key: str) -> bool:
    if key in seen:
        return False
    seen[key] = 0
    return True


def _index(number: int) -> int | None:
    return number if number >= 0 else None
