"""Parts of the graph of RDF: rows, values and dates as nodes of JSON-LD, in the terms of `context.jsonld`.

    passage_node(source, text, 12, 45)    an oa:SpecificResource: where it stands, its words, a few before and behind
    limits_of("1997-08")                  {"earliest": "1997-08-01", "latest": "1997-08-31"}
    named("김철수")                       {"@value": "김철수", "@language": "ko-Hang"}

`graph` puts them together. Nothing is read from a chronicle here.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any, Final

from regesta.chronicle.rows import ClaimRow, DecisionRow
from regesta.dates import bounds
from regesta.errors import DateError
from regesta.export.iris import iri, passage_iri, tag_of
from regesta.vocab import predicates, schema_org, wikidata

__all__ = [
    "AROUND",
    "WIKIDATA",
    "Node",
    "bare",
    "day_of",
    "decimal_of",
    "decision_node",
    "limits_of",
    "named",
    "passage_node",
    "predicate_node",
    "value_of",
]

Node = dict[str, Any]
"""A node of JSON-LD; None and empty values are never in a finished one."""
AROUND: Final = 32
"""Code points before and behind a passage in its selector."""
WIKIDATA: Final = "http://www.wikidata.org/entity/"
SCHEMA: Final = "https://schema.org/"


def passage_node(source: str, text: str, start: int, end: int) -> Node:
    """Return a passage with both its selectors."""
    words = {
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    return {
        "@id": passage_iri(source, start, end),
        "@type": ["oa:SpecificResource", "prov:Entity"],
        "hasSource": source,
        "wasQuotedFrom": source,
        "hasSelector": [
            {"@type": "oa:TextPositionSelector", "start": start, "end": end},
            {"@type": "oa:TextQuoteSelector", **words},
        ],
    }


def predicate_node(name: str) -> Node:
    """Return what the vocabulary knows of a predicate, and what means the same elsewhere."""
    known, matches = predicates().get(name), []
    if (schema := schema_org().properties.get(name)) is not None:
        matches.append(SCHEMA + schema.name)
    if (property_ := wikidata().properties.get(name)) is not None:
        matches.append(WIKIDATA + property_.id)
    return {
        "@id": iri("predicate", name),
        "@type": "regesta:Predicate",
        "label": name,
        "definition": known.description if known is not None else None,
        "exactMatch": matches,
    }


def value_of(claim: ClaimRow) -> Node:
    """Return the value of a claim."""
    stops = [
        bare(
            {
                "position": number,
                "label": stop.text,
                "entity": iri("entity", stop.entity) if stop.entity else None,
            }
        )
        for number, stop in enumerate(claim.value_stops or (), 1)
    ]
    return {
        "valueType": claim.value_type,
        "text": claim.value_text,
        "date": claim.value_edtf,
        "entity": iri("entity", claim.value_entity) if claim.value_entity else None,
        "number": decimal_of(claim.value_number),
        "low": decimal_of(claim.value_low),
        "high": decimal_of(claim.value_high),
        "unit": claim.value_unit,
        "isApproximate": claim.value_approximate,
        "stop": stops,
    }


def decision_node(row: DecisionRow) -> Node:
    """Return what somebody decided."""
    return {
        "@id": iri("decision", row.id),
        "@type": ["regesta:Decision", "prov:Activity"],
        "kind": row.kind,
        "madeAt": row.made_at,
        "madeBy": row.made_by,
        "why": row.why,
        "newValue": row.value,
        "target": list(dict.fromkeys(row.targets)),
        "expires": row.expires,
        "status": row.status,
        "note": row.note,
    }


def named(words: str) -> Node:
    """Return a name with what its letters say of language and script."""
    return {"@value": words, "@language": tag_of(words)}


def limits_of(edtf: str | None) -> Node:
    """Return the first and the last day that a date may mean."""
    if edtf is None:
        return {}
    try:
        limits = bounds(edtf)
    except DateError:
        return {}
    return {
        name: f"{day.year:04d}-{day.month:02d}-{day.day:02d}"
        if day.year >= 0
        else f"-{-day.year:04d}-{day.month:02d}-{day.day:02d}"
        for name, day in (("earliest", limits.earliest), ("latest", limits.latest))
        if day is not None
    }


def day_of(day: dt.date | None) -> str | None:
    """Return a day as `xsd:date`."""
    return day.isoformat() if day is not None else None


def decimal_of(value: float | None) -> str | None:
    """Return a number as `xsd:decimal` writes it.

    >>> decimal_of(21.0), decimal_of(1e-7), decimal_of(2.5e20), decimal_of(None)
    ('21', '0.0000001', '250000000000000000000', None)
    """
    if value is None:
        return None
    told = f"{Decimal(repr(value)):f}"
    return re.sub(r"\.0+$", "", told)


def bare(node: Node) -> Node:
    """Return a node without what is not told."""
    return {name: value for name, value in node.items() if value is not None and value not in ([], "")}
