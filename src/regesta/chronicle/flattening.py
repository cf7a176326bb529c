"""Documents and extractions -> rows, table by table.

    Claim(subject=referent, value=QuantityValue(...), evidence=(...))
      ├── ClaimRow      value spread over columns; which entity its subject is, `settling` says
      ├── EvidenceRow   one per passage
      └── ClaimCitationRow

Ids are hashes of content, so two copies of one file speak of the same referents and make the same claims. Such a claim
is one row, with the passages of both copies as its evidence. Nothing is judged or computed here but the bounds of dates.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from regesta.chronicle.lines import Flat, Lines, Stays, lines_of, text_rows
from regesta.chronicle.rows import (
    BlockRow,
    CitationMarkRow,
    CitationRow,
    ClaimCitationRow,
    ClaimRow,
    CoverageRow,
    EvidenceRow,
    Identifier,
    MentionRow,
    ObservationRow,
    ReferentRow,
    RejectionRow,
    RunRow,
    SourceRow,
)
from regesta.chronicle.settling import MendRow, PlaceRow, StopRow
from regesta.errors import DateError
from regesta.forming import forming
from regesta.model import (
    Block,
    Claim,
    Coverage,
    DateValue,
    Document,
    EntityValue,
    Extraction,
    Place,
    QuantityValue,
    Reference,
    Rejection,
    RouteValue,
    TextValue,
    Value,
    content_id,
)
from regesta.model.fingerprints import claim_fingerprint

__all__ = ["QUOTE_LIMIT", "Rows", "bounds_of", "flat_lines", "flatten", "flatten_made"]

Rows = dict[str, list[Any]]
"""Rows by the name of their table."""

QUOTE_LIMIT = 500
"""Code points of the longest quote."""


def flatten(
    found: Iterable[tuple[Document, Iterable[Extraction]] | Flat | Stays],
    rejections: Iterable[Rejection] = (),
) -> Iterator[Mapping[str, list[Any] | Lines]]:
    """Yield the rows of what was read and found, some at a time, sources in the order given; `settle` yields the rest.

    A source may come as the lines that were made of it before, or say that its rows stay. An extraction may come in several parts, and is gone through once. `rejections` are those of what could not be read at
    all; they are asked for last, so that they may grow while the sources are read.
    """
    copies: Counter[str] = Counter()
    for place, one in enumerate(found):
        if isinstance(one, Stays):
            source, document_id = one.source, one.document
        elif isinstance(one, Flat):
            source, document_id = one.source, one.document
            yield from one.rows(copies[document_id])
        else:
            document, parts = one
            source, document_id = document.source.name, document.id
            yield from _source(document, parts, copies[document_id])
        copies[document_id] += 1
        yield {"places": [PlaceRow(source, place, isinstance(one, Stays))]}
    yield {"rejections": [_rejection(r) for r in rejections]}


def flat_lines(document: Document, parts: Iterable[Extraction]) -> dict[str, Lines]:
    """Return by table the rows of one source as lines, for `Flat`."""
    return lines_of(_source(document, parts, 0))


def _source(document: Document, parts: Iterable[Extraction], n_copies: int) -> Iterator[Rows]:
    """Yield the rows of one source; `n_copies` before it hold the same document."""
    yield from _document(document, is_copy=bool(n_copies))
    coverage = Coverage(source=document.source.name, **dict.fromkeys(_COUNTS, 0))
    for part in parts:
        yield _part(part, n_copies)
        counted = {name: getattr(coverage, name) + getattr(part.coverage, name) for name in _COUNTS}
        coverage = Coverage(source=document.source.name, **counted)
    yield {"coverage": [CoverageRow(coverage.source, *(getattr(coverage, name) for name in _COUNTS))]}


_claim_row, _evidence_row, _mention_row = forming(ClaimRow), forming(EvidenceRow), forming(MentionRow)
_referent_row, _rejection_row, _block_row = forming(ReferentRow), forming(RejectionRow), forming(BlockRow)
_COUNTS = ("n_characters", "n_body", "n_claims", "n_names_dates", "n_rejected", "n_left")
_BATCH = 10_000
"""Rows that are made at once."""


def flatten_made(made: Iterable[tuple[Claim, str, str | None]]) -> Rows:
    """Return the rows of claims that people made, each with what its subject is called, and the claim that it corrects."""
    rows: Rows = {name: [] for name in ("claims", "claim_evidence", "claim_citations", "stops", "mends")}
    for claim, label, replaced in made:
        rows["claims"].append(_claim(claim.evidence[0].source, claim, label))
        rows["claim_evidence"] += [
            EvidenceRow(claim.id, n, e.source, e.start, e.end, e.quote) for n, e in enumerate(claim.evidence)
        ]
        rows["claim_citations"] += [
            ClaimCitationRow(claim.id, n, one) for n, one in enumerate(claim.references)
        ]
        if isinstance(claim.value, RouteValue):
            rows["stops"] += [
                StopRow(claim.id, n, stop.text, stop.key) for n, stop in enumerate(claim.value.stops)
            ]
        if replaced is not None:
            number = claim.value.number if isinstance(claim.value, QuantityValue) else None
            rows["mends"].append(MendRow(replaced, claim.id, number, claim.when))
    return rows


def _document(document: Document, *, is_copy: bool) -> Iterator[Rows]:
    source, text = document.source, document.text
    row = SourceRow(
        source.name,
        source.format,
        document.title,
        source.url,
        source.licence,
        source.date,
        source.retrieved,
        source.language,
        source.revision,
        source.sha256,
        document.id,
        content_id("f", [document.id]),
        len(text),
    )
    yield {"sources": [row]}
    for piece in text_rows(source.name, text):
        yield {"texts": [piece]}
    for first in range(0, len(document.blocks), _BATCH):
        blocks = document.blocks[first : first + _BATCH]
        yield {"blocks": [_block(source.name, n, block) for n, block in enumerate(blocks, first)]}
    for first in range(0, len(document.runs), _BATCH):
        runs = document.runs[first : first + _BATCH]
        yield {"runs": [RunRow(source.name, *run.span, *_place(run.place)) for run in runs]}
    references = {} if is_copy else {reference.id: reference for reference in reversed(document.references)}
    marks = [
        CitationMarkRow(source.name, mark.span.start, mark.span.end, mark.label, mark.reference)
        for mark in document.markers
    ]
    problems = [
        RejectionRow(
            source.name,
            span.start,
            end := min(span.end, span.start + QUOTE_LIMIT),
            text[span.start : end],
            code,
            reason,
        )
        for span, code, reason in document.problems
    ]
    yield {
        "citations": [_citation(document, reference) for reference in reversed(references.values())],
        "citation_marks": marks,
        "rejections": problems,
    }


def _block(source: str, position: int, block: Block) -> BlockRow:
    return _block_row(
        source,
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
        *_place(block.place),
    )


def _place(place: Place) -> tuple[Any, ...]:
    """Return the columns that say where something stands in the raw file."""
    p = place
    return p.line, p.xpath, p.offset, p.page, p.box, p.part, p.sheet, p.cell, p.pointer


def _citation(document: Document, reference: Reference) -> CitationRow:
    start, end = reference.span
    end = min(end, start + QUOTE_LIMIT)
    return CitationRow(
        reference.id,
        document.source.name,
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
        document.text[start:end],
    )


def _part(part: Extraction, n_copies: int) -> Rows:
    """Return the rows of one part of an extraction; of a copy only its passages, which stand behind those of the first."""
    source = part.source
    rows: Rows = {
        "mentions": [
            _mention_row(r.key, "", source, m.span.start, m.span.end, m.quote, m.form)
            for r in part.referents
            for m in r.mentions
        ],
        "claim_evidence": [
            _evidence_row(claim.id, position, e.source, e.start, e.end, e.quote)
            for claim in part.claims
            for position, e in enumerate(claim.evidence, n_copies * len(claim.evidence))
        ],
        "rejections": [_rejection(r) for r in part.rejections],
    }
    if n_copies:
        return rows
    label_of = {r.key: r.label for r in part.referents}
    return rows | {
        "referents": [
            _referent_row(r.key, "", source, r.kind, r.label, r.is_named, r.group_size, "")
            for r in part.referents
        ],
        "claims": [_claim(source, claim, label_of[claim.subject]) for claim in part.claims],
        "claim_citations": [
            ClaimCitationRow(claim.id, position, reference)
            for claim in part.claims
            for position, reference in enumerate(claim.references)
        ],
        "observations": _observations(part),
        "stops": [
            StopRow(claim.id, position, stop.text, stop.key)
            for claim in part.claims
            if isinstance(claim.value, RouteValue)
            for position, stop in enumerate(claim.value.stops)
        ],
    }


def _claim(source: str, claim: Claim, label: str) -> ClaimRow:
    value = _value(claim.value)
    earliest, latest = _bounds(value["value_edtf"] or claim.when)
    q = claim.qualifiers
    return _claim_row(
        id=claim.id,
        source=source,
        subject="",
        subject_label="",
        subject_kind="",
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
        fingerprint=claim_fingerprint(claim.evidence[0].quote, claim.predicate, claim.value, label),
        rank="",
    )


def _observations(part: Extraction) -> list[ObservationRow]:
    """Return the points of series; one that is said twice in one place is one."""
    found: dict[tuple[str, ...], ObservationRow] = {}
    for position, o in enumerate(part.observations):
        e = o.evidence
        row = ObservationRow(
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
        found.setdefault((o.series, o.claim, o.period, o.role), row)
    return list(found.values())


def _rejection(r: Rejection) -> RejectionRow:
    end = min(r.end, r.start + QUOTE_LIMIT)
    return _rejection_row(r.source, r.start, end, r.quote[: end - r.start], r.code, r.reason)


_EMPTY: dict[str, Any] = dict.fromkeys(
    f"value_{part}"
    for part in ("text", "edtf", "entity", "number", "low", "high", "unit", "approximate", "stops")
)


def _value(value: Value) -> dict[str, Any]:
    """Return the `value_` columns of a value, all of them; an entity is the key of its referent."""
    match value:
        case TextValue():
            return _EMPTY | {"value_text": value.text}
        case DateValue():
            return _EMPTY | {"value_edtf": value.edtf}
        case EntityValue():
            return _EMPTY | {"value_text": value.label, "value_entity": value.key}
        case RouteValue():
            return _EMPTY | {"value_text": value.by}
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


def _index(number: int) -> int | None:
    return number if number >= 0 else None
