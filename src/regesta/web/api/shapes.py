"""The shapes of answers: rows of the chronicle as they are, and what joins them.

    Claim     a row of `claims`, its value as one object, with passages, references and support
    Finding   a row of `findings`, with the passages that it is about
    Listing   some of many, and where the next are

What a key means that is a column is the comment of the column in `schema.sql`; see `openapi.py`. Nothing here reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

import msgspec

from regesta.chronicle.rows import (
    CitationRow,
    EntityRow,
    EvidenceRow,
    FindingMemberRow,
    LinkRow,
    SourceRow,
    SupportRow,
)

__all__ = [
    "ArrivalsOfYear",
    "Citation",
    "Claim",
    "Contents",
    "Entity",
    "EntityDetail",
    "Facet",
    "FacetValue",
    "Family",
    "Finding",
    "Leg",
    "Link",
    "Listing",
    "Named",
    "Problem",
    "Proposals",
    "SearchAnswer",
    "SearchResult",
    "Series",
    "Source",
    "Suggested",
    "Suggestion",
    "Suggestions",
    "Text",
    "Value",
]

Item = TypeVar("Item")


class Listing(msgspec.Struct, Generic[Item]):
    """Some of many: `next` is the address of those that follow, null for the last; `n` counts all, where `count=true` asked."""

    items: list[Item]
    next: str | None = None
    n: int | None = None


class TextValue(msgspec.Struct, tag="text", tag_field="type"):
    """Words."""

    text: str | None


class EntityValue(msgspec.Struct, tag="entity", tag_field="type"):
    """Somebody or something."""

    id: str | None
    label: str | None


class DateValue(msgspec.Struct, tag="date", tag_field="type"):
    """A date, EDTF."""

    edtf: str | None


class RouteStop(msgspec.Struct):
    """A place on a way; `id` where it is an entity."""

    text: str
    id: str | None


class RouteValue(msgspec.Struct, tag="route", tag_field="type"):
    """A way through places, in the order of travel."""

    stops: list[RouteStop]
    by: str | None


class QuantityValue(msgspec.Struct, tag="quantity", tag_field="type"):
    """A number with its unit; a range has `low` and `high`."""

    number: float | None
    low: float | None
    high: float | None
    unit: str | None
    approximate: bool | None


Value = TextValue | EntityValue | DateValue | RouteValue | QuantityValue


@dataclass(frozen=True, slots=True)
class Claim:
    """A row of `claims` with its value as one object, and what it stands on."""

    id: str
    source: str
    subject: str
    subject_label: str
    subject_kind: str
    referent: str
    predicate: str
    value: Value
    when_edtf: str | None
    where_text: str | None
    earliest: str | None
    latest: str | None
    modality: str
    said_by: str | None
    bound: str | None
    at_event: str | None
    subset: str | None
    method: str
    confidence: float | None
    fingerprint: str
    rank: str
    evidence: list[EvidenceRow]
    citations: list[str]
    support: SupportRow | None


@dataclass(frozen=True, slots=True)
class Source(SourceRow):
    """A row of `sources`, with how much it gave."""

    n_claims: int
    n_citations: int


@dataclass(frozen=True, slots=True)
class Entity(EntityRow):
    """A row of `entities`, with what is said of it in short."""

    n_claims: int
    n_sources: int
    n_families: int
    arrival: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a source spells or describes somebody, and how often."""

    quote: str
    form: str
    source: str
    n: int


@dataclass(frozen=True, slots=True)
class EntityDetail(Entity):
    """An entity with its spellings, at most 200."""

    spellings: list[Spelling]


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of `findings`, its working as an object, with the passages side by side."""

    id: str
    fingerprint: str
    code: str
    kind: str
    severity: str
    status: str
    summary: str
    computed: dict[str, Any]
    members: list[FindingMemberRow]


@dataclass(frozen=True, slots=True)
class Citation(CitationRow):
    """A row of `citations`, with the claims behind whose passage its mark stands, at most 500."""

    claims: list[str]


@dataclass(frozen=True, slots=True)
class Link(LinkRow):
    """A row of `links`, with whom it is about."""

    left_entity: str
    left_label: str
    right_entity: str
    right_label: str


@dataclass(frozen=True, slots=True)
class Family:
    """Sources that share passages, and count as one voice."""

    family: str
    sources: list[str]


@dataclass(frozen=True, slots=True)
class Series:
    """A statistical series in short; its points are `observations`."""

    series: str
    series_label: str
    source: str
    n_observations: int


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of the text of a source."""

    source: str
    start_char: int
    end_char: int
    n_characters: int
    text: str


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value with how many people and groups have it."""

    value: str
    n: int


@dataclass(frozen=True, slots=True)
class Facet:
    """One way in which people differ, with its values, most people first, at most 200."""

    facet: str
    values: list[FacetValue]


@dataclass(frozen=True, slots=True)
class ArrivalsOfYear:
    """People and groups that a source says arrived in this year."""

    year: str
    n: int


@dataclass(frozen=True, slots=True)
class Leg:
    """A way between two stops of routes, with how many go it."""

    start: str
    end: str
    transport: str | None
    n: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Something that has the words; `marked` is its passage in pieces, `[words, whether they are marked]`."""

    kind: Literal["people", "things", "claims", "passages", "citations", "findings"]
    id: str
    label: str
    what: str
    source: str | None
    reason: str | None
    marked: list[tuple[str, bool]]
    page: str


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What a query found of one kind or of all, and how many of each; counts end at 1000."""

    q: str
    counts: dict[str, int]
    facets: list[Facet]
    items: list[SearchResult]
    next: str | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody or something whose name begins so, or may be spelled so."""

    id: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Named:
    """A type or a property of the reconciliation service."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion of the reconciliation service."""

    id: str
    name: str
    description: str
    notable: list[Named]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Suggestions of the reconciliation service."""

    result: list[Suggested]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Properties that rows can be extended with."""

    type: str | None
    properties: list[Named]


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands here: the chronicle, what made it, and where what is found."""

    title: str
    regesta: str
    chronicle: str
    meta: dict[str, str]
    links: dict[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, and what to do (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    hint: str
