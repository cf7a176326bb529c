r"""What is known only when every source has been read: which entity a referent is, and what people decided.

    mentions, referents, claims   name an entity by one of its referents, as they are written down source by source
    settled                       referent -> entity, its fingerprint        \
    kin                           source -> family                            |
    ranks                         claim -> preferred, deprecated              } joined when the tables are filled
    stops                         claim -> the places of its route            |
    mends                         claim -> the one that corrects it          /
    places, moved, strangers      which rows stay, and where: see `staying`

So a source's rows are written at once and forgotten, however many sources there are. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from regesta.chronicle.rows import (
    DecisionRow,
    EntityRow,
    FindingMemberRow,
    FindingRow,
    IdentityRow,
    LinkRow,
    MentionRow,
    OriginRow,
    ReferentRow,
    SharedRow,
)

if TYPE_CHECKING:
    from regesta.chronicle.lines import Flat, Lines
    from regesta.model import Decision, Finding, Outcome, Resolution
    from regesta.sharing import Origin, Shared

__all__ = [
    "JOINS",
    "PASSING",
    "REPLACED",
    "KinRow",
    "MendRow",
    "MovedRow",
    "PlaceRow",
    "RankRow",
    "SettledRow",
    "StopRow",
    "StrangerRow",
    "settle",
    "tell_anew",
]


@dataclass(frozen=True, slots=True)
class SettledRow:
    """Which entity a referent is."""

    key: str
    entity: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class KinRow:
    """Which family a source is of."""

    source: str
    family: str


@dataclass(frozen=True, slots=True)
class RankRow:
    """What somebody decided about a claim."""

    claim: str
    rank: str


@dataclass(frozen=True, slots=True)
class MendRow:
    """The claim that a person put in the place of another, for the points of series that this one makes."""

    claim: str
    made: str
    value: float | None
    period: str | None


@dataclass(frozen=True, slots=True)
class StopRow:
    """A place of a route."""

    claim: str
    position: int
    text: str
    referent: str | None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A source in the order of all, and whether its rows are those of the chronicle that is replaced."""

    source: str
    place: int
    stays: bool


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A source that was to stay, and is told anew."""

    source: str


@dataclass(frozen=True, slots=True)
class StrangerRow:
    """A referent that is no source's own: the author of a work that it cites."""

    key: str


PASSING: Final = {
    "settled": "key varchar not null, entity varchar not null, fingerprint varchar not null",
    "kin": "source varchar not null, family varchar not null",
    "ranks": "claim varchar not null, rank varchar not null",
    "stops": "claim varchar not null, position bigint not null, text varchar not null, referent varchar",
    "mends": "claim varchar not null, made varchar not null, value double, period varchar",
    "places": "source varchar not null, place bigint not null, stays boolean not null",
    "moved": "source varchar not null",
    "strangers": "key varchar not null",
}
"""Tables that are there while the others are filled, with their columns."""

REPLACED: Final = {
    "sources": {"family": "coalesce(f.family, r.family)"},
    "referents": {"entity": "s.entity", "fingerprint": "s.fingerprint"},
    "mentions": {"entity": "s.entity"},
    "claims": {
        "subject": "s.entity",
        "subject_label": "e.label",
        "subject_kind": "e.kind",
        "value_entity": "v.entity",
        "value_stops": "t.stops",
        "rank": "coalesce(k.rank, 'normal')",
    },
    "observations": {
        "claim": "coalesce(k.made, r.claim)",
        "value": "coalesce(k.value, r.value)",
        "period": "coalesce(k.period, r.period)",
    },
}
"""Columns that are taken from another table than the row itself, which is `r`."""

JOINS: Final = {
    "sources": "left join kin f on f.source = r.name",
    "referents": "left join settled s on s.key = r.key",
    "mentions": "left join settled s on s.key = r.referent",
    "claims": (
        "left join settled s on s.key = r.referent left join entities e on e.id = coalesce(s.entity, r.subject) "
        "left join settled v on v.key = r.value_entity left join ranks k on k.claim = r.id "
        "left join (select claim, list({'text': text, 'entity': p.entity} order by position) as stops "
        "from stops left join settled p on p.key = stops.referent group by claim) t on t.claim = r.id"
    ),
    "observations": "left join mends k on k.claim = r.claim",
}


def settle(
    resolution: Resolution,
    ranks: Mapping[str, str] | None = None,
    staying: Collection[str] = frozenset(),
) -> Iterator[dict[str, list[Any]]]:
    """Yield the rows of what was judged: the last ones of a chronicle.

    `ranks` are those of claims that are not normal, by the claim's id; `staying` are keys of referents whose rows say it already.
    """
    for first in range(0, len(resolution.entities), _BATCH):
        batch = resolution.entities[first : first + _BATCH]
        yield {
            "entities": [EntityRow(e.id, e.kind, e.label, e.aliases, e.is_named, e.group_size) for e in batch]
        }
    yield {
        "referents": [
            ReferentRow(r.key, "", source, r.kind, r.label, r.is_named, r.group_size, "")
            for source, r in resolution.authors
        ],
        "mentions": [
            MentionRow(r.key, "", source, m.span.start, m.span.end, m.quote, m.form)
            for source, r in resolution.authors
            for m in r.mentions
        ],
        "strangers": [StrangerRow(r.key) for _, r in resolution.authors],
    }
    fingerprints = resolution.fingerprint_of
    keys = [key for key in resolution.entity_of if key not in staying]
    for first in range(0, len(keys), _BATCH):
        yield {
            "settled": [
                SettledRow(key, resolution.entity_of[key], fingerprints[key])
                for key in keys[first : first + _BATCH]
            ]
        }
    yield {
        "links": [
            LinkRow(link.left, link.right, link.weight, link.verdict, link.reason, link.decision)
            for link in resolution.links
        ],
        "identities": [IdentityRow(i.id, i.anchor, i.redirect) for i in resolution.identities],
        "ranks": [RankRow(claim, rank) for claim, rank in (ranks or {}).items()],
    }


def tell_anew(flats: Iterable[Flat]) -> Iterator[Mapping[str, list[Any] | Lines]]:
    """Yield the rows of sources that were to stay."""
    for flat in flats:
        yield from flat.rows(0)
        yield {"moved": [MovedRow(flat.source)]}


def relate(
    family_of: Mapping[str, str],
    shared: Iterable[tuple[str, str, Shared]],
    origins: Iterable[tuple[str, Origin, str | None]] = (),
) -> Iterator[dict[str, list[Any]]]:
    """Yield the rows that say which sources are of one family, what they share, and what they say of themselves."""
    yield {"kin": [KinRow(source, family) for source, family in family_of.items()]}
    coming = iter(shared)
    while batch := list(islice(coming, _BATCH)):
        yield {
            "shared_passages": [
                SharedRow(
                    family_of[one], one, each.a.span.start, each.a.span.end, other, each.b.span.start,
                    each.b.span.end, each.words, round(each.alike, 4), each.places,
                )
                for one, other, each in batch
            ]
        }  # fmt: skip
    yield {
        "origins": [
            OriginRow(source, o.span.start, o.span.end, o.quote, o.how, o.named, other)
            for source, o, other in origins
        ]
    }


def tell(
    findings: Iterable[Finding], decisions: Iterable[tuple[Decision, Outcome]] = ()
) -> Iterator[dict[str, list[Any]]]:
    """Yield the rows of findings, and of what people decided with what became of it."""
    import json

    told = [
        DecisionRow(
            d.id, d.at, d.kind, d.by, d.why, d.value, d.targets, d.precondition, d.expires, outcome.status,
            outcome.note,
        )
        for d, outcome in decisions
    ]  # fmt: skip
    if told:
        yield {"decisions": told}
    for f in findings:
        computed = json.dumps(dict(f.computed), ensure_ascii=False, sort_keys=True, default=str)
        yield {
            "findings": [
                FindingRow(f.id, f.fingerprint, f.code, f.kind, f.severity, f.status, f.summary, computed)
            ],
            "finding_members": [
                FindingMemberRow(f.id, n, m.source, m.start, m.end, m.quote, m.claim)
                for n, m in enumerate(f.members)
            ],
        }


_BATCH = 10_000
"""Rows that are made at once."""
