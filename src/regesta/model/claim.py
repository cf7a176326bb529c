"""What sources say: mentions of things, claims about them, and the exact words that say so.

    Referent  "the person this document calls Kim Il"   has mentions
       ↑ subject
    Claim     predicate, value, when, where             has evidence
       ↓
    Evidence  source, [start, end), quote               text[start:end] == quote

A referent lives in one document; which referents are the same person is the judgement of a later stage (`Entity`).
Nothing here decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from regesta.text.span import Span

__all__ = [
    "Claim",
    "DateValue",
    "EntityValue",
    "Evidence",
    "Mention",
    "Observation",
    "Qualifiers",
    "QuantityValue",
    "Referent",
    "Rejection",
    "RouteStop",
    "RouteValue",
    "TextValue",
    "Value",
]

Kind = Literal[
    "person", "group", "place", "organisation", "facility", "law", "term", "work", "event", "topic"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage that says something: at most 500 code points of one source."""

    source: str
    """`Source.name`."""
    start: int
    end: int
    quote: str
    """`document.text[start:end]`, always."""

    @property
    def span(self) -> Span:
        """The place without the words."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One naming of a referent in the text."""

    span: Span
    """The name, or the shortest phrase that describes; not the sentence."""
    quote: str
    form: Literal["name", "description", "pronoun"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Referent:
    """Somebody or something that a document speaks of; one per name within a document."""

    key: str
    """Content id, prefix `m`, of the document, the kind and the first mention."""
    kind: Kind
    label: str
    """The most frequent name, else the first description."""
    mentions: tuple[Mention, ...]
    """In order of the text, never empty."""
    is_named: bool
    group_size: int | None = None
    """How many people, where the text says so and the kind is `group`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextValue:
    """Words of the source, or words that begin with a relation ("nephew of Kim Jong-il")."""

    text: str
    type: Literal["text"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityValue:
    """Another referent."""

    key: str
    """`Referent.key`."""
    label: str
    type: Literal["entity"] = "entity"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateValue:
    """A date, as uncertain as the source leaves it."""

    edtf: str
    type: Literal["date"] = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteStop:
    """One place on a way."""

    text: str
    key: str | None = None
    """`Referent.key` of the place, where known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteValue:
    """A way through places, in the order of travel."""

    stops: tuple[RouteStop, ...]
    by: str | None = None
    """Means of transport, as worded."""
    type: Literal["route"] = "route"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityValue:
    """A number with its unit; a range has `low` and `high` and no `number`; all None for "for months"."""

    number: float | None
    unit: str
    """`year month week day hour`, an ISO 4217 code (rates `KRW/month`), `person`, or the counted noun in the singular."""
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    type: Literal["quantity"] = "quantity"


Value = TextValue | EntityValue | DateValue | RouteValue | QuantityValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifiers:
    """How a claim is said."""

    modality: Literal["asserted", "reported", "hedged", "denied", "intended"] = "asserted"
    by: str | None = None
    """Who says so, where the sentence names somebody."""
    bound: Literal["min", "max", "about"] | None = None
    """"over 40" is min, "up to" max, "about" about."""
    at_event: str | None = None
    """The event that the value belongs to: age at `imprisonment`."""
    subset: str | None = None
    """The part of the subject that is meant: `women`, `father`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing that one document says, and where."""

    id: str
    """Content id, prefix `c`."""
    subject: str
    """`Referent.key`."""
    predicate: str
    """A name of `vocab/predicates.toml`."""
    value: Value
    when: str | None = None
    """EDTF."""
    where: str | None = None
    """A place, as worded."""
    qualifiers: Qualifiers = field(default_factory=Qualifiers)
    evidence: tuple[Evidence, ...] = ()
    """Never empty in a finished extraction; the passage first, then where a date or a name came from."""
    references: tuple[str, ...] = ()
    """Ids of the references whose marks stand behind the passage."""
    method: str = ""
    """The rule that made it."""
    confidence: float | None = None
    """The rule's measured precision, None where unmeasured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One point of a statistical series."""

    series: str
    """Content id, prefix `s`, of document and series; the same for all points of one list or table column."""
    series_label: str
    """What is counted, as the source words it."""
    period: str
    """EDTF."""
    label: str
    """The period as worded."""
    value: float
    qualifier: str | None
    """`about`, `min`, `max` or None."""
    role: Literal["observation", "stated-total"]
    claim: str
    """Id of the claim that says the same."""
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Something that was seen and left out, and why."""

    source: str
    start: int
    end: int
    quote: str
    code: str
    """Room letter and three digits: `R` reading, `X` extraction, `P` project, `U` unpacking."""
    reason: str
    """One sentence."""
