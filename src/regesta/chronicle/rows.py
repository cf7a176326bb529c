"""One frozen dataclass per table of `schema.sql`, its fields in the order of the columns.

    dataclass ──(JSON line)──► table ──(tuple)──► dataclass

A row is what the database holds: flat, a place in three columns, a value spread over several. `ClaimRow.value` puts a
value together again. The meaning of every field is the comment of its column, kept in one place, `schema.sql`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

__all__ = [
    "TABLES",
    "BlockRow",
    "CitationMarkRow",
    "CitationRow",
    "ClaimCitationRow",
    "ClaimRow",
    "CoverageRow",
    "DecisionRow",
    "EntityRow",
    "EvidenceRow",
    "FindingMemberRow",
    "FindingRow",
    "Identifier",
    "IdentityRow",
    "LinkRow",
    "MentionRow",
    "MetaRow",
    "ObservationRow",
    "OriginRow",
    "ReferentRow",
    "RejectionRow",
    "RunRow",
    "SharedRow",
    "SourceRow",
    "Stop",
    "SupportRow",
    "TextRow",
]


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number by which the world knows a work."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Stop:
    """One place of a route."""

    text: str
    entity: str | None


@dataclass(frozen=True, slots=True)
class MetaRow:
    """A row of `meta`."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of `sources`."""

    name: str
    format: str
    title: str | None
    url: str | None
    licence: str | None
    date: str | None
    retrieved: str | None
    language: str | None
    revision: str | None
    sha256: str
    document: str
    family: str
    n_characters: int

    @property
    def text_is_file(self) -> bool:
        """Whether the text is the file itself, decoded, and not what a reader laid out."""
        return self.format in {"text", "markdown", "csv", "tsv"}


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row of `texts`."""

    source: str
    start_char: int
    text: str


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A row of `blocks`."""

    source: str
    position: int
    kind: str
    start_char: int
    end_char: int
    content_start: int
    content_end: int
    parent: int | None
    level: int
    marker: str
    row_index: int | None
    column_index: int | None
    is_header: bool
    line: int | None
    xpath: str | None
    raw_offset: int | None
    page: int | None
    box: tuple[float, ...] | None
    part: str | None
    sheet: str | None
    cell: str | None
    pointer: str | None


@dataclass(frozen=True, slots=True)
class RunRow:
    """A row of `runs`."""

    source: str
    start_char: int
    end_char: int
    line: int | None
    xpath: str | None
    raw_offset: int | None
    page: int | None
    box: tuple[float, ...] | None
    part: str | None
    sheet: str | None
    cell: str | None
    pointer: str | None


@dataclass(frozen=True, slots=True)
class CitationRow:
    """A row of `citations`."""

    id: str
    source: str
    kind: str
    marker: str
    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    date: str | None
    retrieved: str | None
    url: str | None
    identifiers: tuple[Identifier, ...]
    start_char: int
    end_char: int
    quote: str


@dataclass(frozen=True, slots=True)
class CitationMarkRow:
    """A row of `citation_marks`."""

    source: str
    start_char: int
    end_char: int
    label: str
    citation: str | None


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A row of `entities`."""

    id: str
    kind: str
    label: str
    aliases: tuple[str, ...]
    is_named: bool
    group_size: int | None


@dataclass(frozen=True, slots=True)
class ReferentRow:
    """A row of `referents`."""

    key: str
    entity: str
    source: str
    kind: str
    label: str
    is_named: bool
    group_size: int | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A row of `mentions`."""

    referent: str
    entity: str
    source: str
    start_char: int
    end_char: int
    quote: str
    form: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A row of `claims`."""

    id: str
    source: str
    subject: str
    subject_label: str
    subject_kind: str
    referent: str
    predicate: str
    value_type: str
    value_text: str | None
    value_edtf: str | None
    value_entity: str | None
    value_number: float | None
    value_low: float | None
    value_high: float | None
    value_unit: str | None
    value_approximate: bool | None
    value_stops: tuple[Stop, ...] | None
    when_edtf: str | None
    where_text: str | None
    earliest: dt.date | None
    latest: dt.date | None
    modality: str
    said_by: str | None
    bound: str | None
    at_event: str | None
    subset: str | None
    method: str
    confidence: float | None
    fingerprint: str
    rank: str

    @property
    def value(self) -> dict[str, Any]:
        """The value as the exports write it: `{"type": ..., ...}`, ids being those of entities."""
        match self.value_type:
            case "text":
                return {"type": "text", "text": self.value_text}
            case "entity":
                return {"type": "entity", "id": self.value_entity, "label": self.value_text}
            case "date":
                return {"type": "date", "edtf": self.value_edtf}
            case "route":
                stops = [{"text": stop.text, "id": stop.entity} for stop in self.value_stops or ()]
                return {"type": "route", "stops": stops, "by": self.value_text}
            case _:
                return {
                    "type": "quantity",
                    "number": _whole(self.value_number),
                    "low": _whole(self.value_low),
                    "high": _whole(self.value_high),
                    "unit": self.value_unit,
                    "approximate": self.value_approximate,
                }


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A row of `claim_evidence`."""

    claim: str
    position: int
    source: str
    start_char: int
    end_char: int
    quote: str


@dataclass(frozen=True, slots=True)
class ClaimCitationRow:
    """A row of `claim_citations`."""

    claim: str
    position: int
    citation: str


@dataclass(frozen=True, slots=True)
class SupportRow:
    """A row of `claim_support`."""

    claim: str
    statement: str
    passages: int
    documents: int
    independent: int


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """A row of `observations`."""

    series: str
    series_label: str
    source: str
    position: int
    period: str
    label: str
    value: float
    qualifier: str | None
    role: str
    claim: str
    start_char: int
    end_char: int
    quote: str


@dataclass(frozen=True, slots=True)
class RejectionRow:
    """A row of `rejections`."""

    source: str
    start_char: int
    end_char: int
    quote: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A row of `coverage`."""

    source: str
    n_characters: int
    n_body: int
    n_claims: int
    n_names_dates: int
    n_rejected: int
    n_left: int


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A row of `shared_passages`."""

    family: str
    a_source: str
    a_start: int
    a_end: int
    b_source: str
    b_start: int
    b_end: int
    words: int
    alike: float
    places: int


@dataclass(frozen=True, slots=True)
class OriginRow:
    """A row of `origins`."""

    source: str
    start_char: int
    end_char: int
    quote: str
    how: str
    named: str
    origin: str | None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A row of `links`."""

    left_referent: str
    right_referent: str
    weight: float
    verdict: str
    reason: str
    decision: str | None


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """A row of `identities`."""

    id: str
    anchor: str
    redirect: str | None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A row of `decisions`."""

    id: str
    made_at: str
    kind: str
    made_by: str
    why: str
    value: str | None
    targets: tuple[str, ...]
    precondition: str | None
    expires: str | None
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A row of `findings`."""

    id: str
    fingerprint: str
    code: str
    kind: str
    severity: str
    status: str
    summary: str
    computed: str


@dataclass(frozen=True, slots=True)
class FindingMemberRow:
    """A row of `finding_members`."""

    finding: str
    position: int
    source: str
    start_char: int
    end_char: int
    quote: str
    claim: str | None


TABLES: dict[str, type] = {
    "meta": MetaRow,
    "sources": SourceRow,
    "texts": TextRow,
    "blocks": BlockRow,
    "runs": RunRow,
    "citations": CitationRow,
    "citation_marks": CitationMarkRow,
    "entities": EntityRow,
    "referents": ReferentRow,
    "mentions": MentionRow,
    "claims": ClaimRow,
    "claim_evidence": EvidenceRow,
    "claim_citations": ClaimCitationRow,
    "claim_support": SupportRow,
    "observations": ObservationRow,
    "rejections": RejectionRow,
    "coverage": CoverageRow,
    "shared_passages": SharedRow,
    "origins": OriginRow,
    "links": LinkRow,
    "identities": IdentityRow,
    "decisions": DecisionRow,
    "findings": FindingRow,
    "finding_members": FindingMemberRow,
}
"""Every table and the class of its rows, in the order of `schema.sql`."""


def _whole(number: float | None) -> float | int | None:
    """Return 3 for 3.0, so that the exports count people in whole numbers."""
    return int(number) if number is not None and number.is_integer() else number
