"""The frozen types that every room speaks in. Nothing here reads, computes or stores."""

from __future__ import annotations

from regesta.model.claim import (
    Claim,
    DateValue,
    EntityValue,
    Evidence,
    Mention,
    Observation,
    Qualifiers,
    QuantityValue,
    Referent,
    Rejection,
    RouteStop,
    RouteValue,
    TextValue,
    Value,
)
from regesta.model.decision import Decision, Outcome
from regesta.model.document import Block, Document, Marker, Place, Reference, Run, Source, Table
from regesta.model.entity import Entity, Identity, Judgement, Link
from regesta.model.finding import Finding, Member
from regesta.model.ids import content_id
from regesta.model.results import Coverage, Extraction, Resolution

__all__ = [
    "Block",
    "Claim",
    "Coverage",
    "DateValue",
    "Decision",
    "Document",
    "Entity",
    "EntityValue",
    "Evidence",
    "Extraction",
    "Finding",
    "Identity",
    "Judgement",
    "Link",
    "Marker",
    "Member",
    "Mention",
    "Observation",
    "Outcome",
    "Place",
    "Qualifiers",
    "QuantityValue",
    "Reference",
    "Referent",
    "Rejection",
    "Resolution",
    "RouteStop",
    "RouteValue",
    "Run",
    "Source",
    "Table",
    "TextValue",
    "Value",
    "content_id",
]
