"""The one declaration of the API: each address with its parameters, the shape of its answer, and what makes that.

HTTP (`answering.py`), OpenAPI (`openapi.py`) and the page about the API (`page.py`) are all made from `ROUTES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from regesta.chronicle import rows
from regesta.model.finding import FindingKind, Severity, Status
from regesta.shelf import KINDS, Shelf
from regesta.vocab import kinds, predicates
from regesta.web.api import reconciling, searched, shapes, tables
from regesta.web.api.tables import Given

__all__ = ["ROUTES", "Parameter", "Route"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be asked."""

    name: str
    meaning: str
    kind: Literal["text", "number", "choice", "date", "flag"] = "text"
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 1 << 53
    default: Any = None
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """An address below `/api/v1`."""

    path: str
    """`{key}` stands for the key of the one thing that is asked for."""
    about: str
    """One sentence."""
    shape: Any
    """Of the answer; for a list, of its items."""
    make: Callable[[Shelf, Given], object | None]
    parameters: tuple[Parameter, ...] = ()
    is_list: bool = False
    example: str = ""
    """A query that shows something, for the page about the API."""

    @property
    def name(self) -> str:
        """What the operation is called: `claims`, `claim`."""
        words = self.path.strip("/").replace("/{key}", "_by_key").replace("/", "_")
        return words or "contents"


_LIMIT = Parameter("limit", "How many at most", "number", least=1, most=500, default=50)
_CURSOR = Parameter("cursor", "Where to go on: `next` of the part before", "number")
_COUNT = Parameter(
    "count", "Count all as `n`, which takes a moment where there are many", "flag", default=False
)
_SPAN = (
    Parameter("start", "Only what ends after this code point", "number"),
    Parameter("end", "Only what begins before this code point", "number"),
)
_MEANINGS = {
    "source": "Name of a source",
    "entity": "Id of an entity",
    "subject": "Id of the entity that the claims are about",
    "value_entity": "Id of the entity that is the value",
    "predicate": "Such as arrival, age, role",
    "modality": "How it is told",
    "rank": "What people decided of it",
    "method": "The rule that made the claims",
    "from": "Only claims whose date may be this or later",
    "to": "Only claims whose date may be this or earlier",
    "kind": "Kind",
    "is_named": "With a name, or only a description",
    "name": "Beginning of any word of a name, in small letters",
    "claim": "Id of a claim",
    "family": "Family of sources",
    "series": "Id of a series",
    "referent": "Key of a referent",
    "verdict": "Whether they are one",
    "year": "Year of arrival",
    "transport": "Means of transport",
    "route": "A place on the way",
    "id": "Id",
    "code": "Code, as of a check or of a reason",
}
_KINDS_OF = {"from": "date", "to": "date", "is_named": "flag"}
_CHOICES = {
    "predicate": tuple(predicates()),
    "modality": ("asserted", "reported", "hedged", "denied", "intended"),
    "rank": ("preferred", "normal", "deprecated"),
    "verdict": ("same", "unsure", "different", "part-of"),
    "/findings severity": get_args(Severity),
    "/findings status": get_args(Status),
    "/findings kind": get_args(FindingKind),
    "/entities kind": tuple(kinds()),
    "/people kind": tuple(kinds()),
}
"""What a parameter takes, everywhere or in one list: a word that is none of them would be answered with nothing."""


def _by(*names: str, of: str = "") -> tuple[Parameter, ...]:
    """Return parameters that narrow a list by columns."""
    made = []
    for name in names:
        choices = _CHOICES.get(f"{of} {name}", _CHOICES.get(name, ()))
        kind = "choice" if choices else _KINDS_OF.get(name, "text")
        made.append(Parameter(name, _MEANINGS.get(name, f"Only those of this {name}"), kind, choices))  # type: ignore[arg-type]
    return tuple(made)


def _list(
    path: str, about: str, shape: Any, make: Callable[[Shelf, Given], object], *by: str, example: str = ""
) -> Route:
    return Route(
        path, about, shape, make, (*_by(*by, of=path), _LIMIT, _CURSOR, _COUNT), is_list=True, example=example
    )


def _one(path: str, about: str, shape: Any, make: Callable[[Shelf, Given], object | None]) -> Route:
    return Route(f"{path}/{{key}}", about, shape, make)


def _spanned(route: Route) -> Route:
    return replace(route, parameters=(*_SPAN, *route.parameters))


_PEOPLE = ("is_named", "name", "year", "role", "transport", "route", "source")
_CLAIM = ("subject", "predicate", "source", "value_entity", "from", "to", "modality", "rank", "method")
_Q = Parameter("q", 'Words; "a phrase"; -without; OR; begin*; or a name in any spelling', is_required=True)
_NARROW = tuple(
    Parameter(name, f"Only results of this {'kind of person or thing' if name == 'of' else name}")
    for name in searched.NARROWINGS
)

ROUTES: tuple[Route, ...] = (
    _list("/sources", "What was read.", shapes.Source, tables.sources, "family", "format", "language"),
    _one("/sources", "One source.", shapes.Source, tables.source),
    Route(
        "/text",
        "A stretch of the text of a source; places count its code points.",
        shapes.Text,
        tables.text,
        (
            replace(_by("source")[0], is_required=True),
            Parameter("start", "First code point", "number", default=0),
            Parameter("end", "After the last code point; at most 100,000 are sent", "number"),
        ),
    ),
    _spanned(_list("/blocks", "Headings, paragraphs, cells of a text.", rows.BlockRow, tables.blocks, "source", "kind")),
    _list("/entities", "People, groups, places, laws, terms.", shapes.Entity, tables.entities, "kind", *_PEOPLE, example="kind=place"),
    _one("/entities", "One entity, with its spellings.", shapes.EntityDetail, tables.entity),
    _list("/people", "People and groups.", shapes.Entity, tables.people, "kind", *_PEOPLE, example="kind=person&limit=5"),
    Route("/facets", "What people and groups are sorted into.", shapes.Facet, tables.facets, is_list=True),
    _list("/mentions", "Where texts name or describe somebody.", rows.MentionRow, tables.mentions, "entity", "source", "form"),
    _list("/claims", "What the sources say, each claim with its passages.", shapes.Claim, tables.claim_list, *_CLAIM, example="predicate=arrival&from=1990&limit=5"),
    _one("/claims", "One claim, with its passages.", shapes.Claim, tables.claim),
    _spanned(_list("/evidence", "The passages that say claims.", rows.EvidenceRow, tables.evidence, "claim", "source")),
    _list("/findings", "What a careful reader would notice, with the passages side by side.", shapes.Finding, tables.finding_list, "kind", "severity", "status", "code", "claim", "source", "entity", example="severity=error"),
    _one("/findings", "One finding, with its passages and its working.", shapes.Finding, tables.finding),
    _list("/families", "Which sources share passages, and count as one voice.", shapes.Family, tables.families),
    _list("/shared", "Passages that sources share.", rows.SharedRow, tables.shared, "family", "source"),
    _list("/origins", "Where sources say that their text is taken from.", rows.OriginRow, tables.origins, "source", "how"),
    _list("/series", "Statistical series.", shapes.Series, tables.series, "source"),
    _list("/observations", "The points of series.", rows.ObservationRow, tables.observations, "series", "source", "role"),
    _list("/citations", "References of the sources, with the claims behind which they stand.", shapes.Citation, tables.citation_list, "source", "kind"),
    _one("/citations", "One reference.", shapes.Citation, tables.citation),
    _list("/links", "Why mentions are taken for one, and which may be.", shapes.Link, tables.links, "entity", "referent", "verdict", example="verdict=unsure"),
    _list("/identities", "The ledger of ids, and what was merged into what.", rows.IdentityRow, tables.identities, "id", "redirect"),
    _list("/decisions", "What people decided, and what became of it.", rows.DecisionRow, tables.decisions, "kind", "made_by", "status"),
    _list("/rejections", "What was seen and left out, and why.", rows.RejectionRow, tables.rejections, "source", "code"),
    _list("/coverage", "How much of each text was used.", rows.CoverageRow, tables.coverage, "source"),
    Route("/charts/arrivals", "The chart of arrivals by year, as numbers.", shapes.ArrivalsOfYear, tables.arrivals, is_list=True),
    Route("/charts/legs", "The legs of journeys, as numbers.", shapes.Leg, tables.legs, (_LIMIT, _CURSOR), is_list=True),
    Route(
        "/search",
        "What has the words, of one kind in parts or of all kinds; names in any spelling.",
        shapes.SearchAnswer,
        searched.search,
        (
            _Q,
            Parameter("kind", "One kind of results; without it the first of each, and no `next`", "choice", choices=KINDS),
            *_NARROW,
            replace(_LIMIT, most=100, default=20),
            replace(_CURSOR, most=1000),
        ),
        example="q=pilot",
    ),
    Route(
        "/suggest",
        "Whose name begins so, or may be spelled so.",
        shapes.Suggestion,
        searched.suggest,
        (_Q, replace(_LIMIT, most=50, default=8)),
        is_list=True,
        example="q=kim",
    ),
    *(
        Route(
            f"/reconcile/{path}",
            about,
            shapes.Suggestions if path.startswith("suggest") else shapes.Proposals,
            make,
            tuple(
                Parameter(name, meaning, "number" if name in ("limit", "cursor") else "text", most=500)
                for name, meaning in (
                    ("prefix", "What somebody has typed"),
                    ("type", "Only of this type"),
                    ("limit", "How many at most"),
                    ("cursor", "How many to leave out"),
                )
            ),
        )
        for path, about, make in (
            ("suggest/entity", "Entities for the field of a reconciliation client.", reconciling.suggest_entity),
            ("suggest/type", "Types for such a field.", reconciling.suggest_type),
            ("suggest/property", "Properties for such a field.", reconciling.suggest_property),
            ("properties", "What rows can be extended with.", reconciling.properties),
        )
    ),
)  # fmt: skip
"""Every address, in the order of the documentation."""
