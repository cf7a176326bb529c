"""A reconciliation service for people and groups, as OpenRefine asks it: the W3C Reconciliation Service API 0.2.

    {"q0": {"query": "Yi Ung-p'yong", "properties": [{"pid": "arrival", "v": "1983"}]}}
    {"q0": {"result": [{"id": "e-…", "name": …, "score": 91.2, "match": true, "features": […], "description": reason}]}}

Names are compared by `regesta.names`, in any script. Of the score, a name is worth all where nothing else is given, and
properties that agree or do not three tenths. What is likest is a match where nothing else comes near. Values that rows are
extended with are those of claims. Source: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from regesta.pages import words_of
from regesta.pages.telling import value_of
from regesta.shelf import Likeness, Shelf, likenesses
from regesta.vocab import predicates
from regesta.web.api import shapes
from regesta.web.api.searched import suggested
from regesta.web.api.tables import Given

__all__ = [
    "HINT",
    "LONGEST",
    "answer",
    "preview",
    "properties",
    "suggest_entity",
    "suggest_property",
    "suggest_type",
]

LONGEST = 1 << 20
"""Bytes of a form."""
HINT = "see https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/"
_ROOT = "/api/v1/reconcile"
_BATCH = 50
_TYPES = ("person", "group")
_PROPERTY_SHARE = 0.3
_MATCH, _APART = 80.0, 15.0
"""A score from which the likest is a match, and how far the next must be below: our own choice."""


class Wanted(msgspec.Struct):
    """A property that a row has."""

    pid: str
    v: Any


class Query(msgspec.Struct):
    """A row to be reconciled."""

    query: str = ""
    type: str | list[str] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1)] | None = None
    properties: list[Wanted] = []


class Property(msgspec.Struct):
    """A property that rows are to be extended with."""

    id: str


class Extension(msgspec.Struct):
    """What rows are to be extended with."""

    ids: list[str]
    properties: list[Property]


def answer(shelf: Shelf, given: Mapping[str, str], site: str, title: str) -> dict[str, Any]:
    """Return what a client asked for; raises ValueError for what cannot be read."""
    if "queries" in given:
        queries = _read(given["queries"], dict[str, Query])
        if len(queries) > _BATCH:
            raise ValueError(f"{len(queries)} queries at once; at most {_BATCH} are taken")
        return {key: {"result": _candidates(shelf, query)} for key, query in queries.items()}
    if "extend" in given:
        return _extended(shelf, _read(given["extend"], Extension))
    return _manifest(site, title)


def _read(text: str, shape: Any) -> Any:
    try:
        return msgspec.json.decode(text.encode("utf-8", "replace"), type=shape)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(f"this cannot be read: {error}"[:200]) from error


def _manifest(site: str, title: str) -> dict[str, Any]:
    def service(path: str) -> dict[str, str]:
        return {"service_url": f"{site}{_ROOT}", "service_path": path}

    return {
        "versions": ["0.2"],
        "name": f"{title} (regesta)",
        "identifierSpace": f"{site}/people/",
        "schemaSpace": f"{site}/api/v1/",
        "defaultTypes": _types(),
        "view": {"url": f"{site}/people/{{{{id}}}}"},
        "preview": {"url": f"{site}{_ROOT}/preview?id={{{{id}}}}", "width": 400, "height": 200},
        "suggest": {name: service(f"/suggest/{name}") for name in ("entity", "property", "type")},
        "extend": {"propose_properties": service("/properties"), "property_settings": []},
        "batchSize": _BATCH,
    }


def _types() -> list[dict[str, str]]:
    return [{"id": kind, "name": words_of("en").named("kind", kind)} for kind in _TYPES]


def _candidates(shelf: Shelf, query: Query) -> list[dict[str, Any]]:
    types = [query.type] if isinstance(query.type, str) else query.type or []
    limit = min(query.limit or 10, 50)
    found: list[dict[str, Any]] = []
    for like in likenesses(shelf, query.query, least=0.1, limit=50):
        if types and like.kind not in types:
            continue
        agreeing = [_agrees(shelf, like, wanted) for wanted in query.properties[:20]]
        known = [agrees for agrees in agreeing if agrees is not None]
        share = sum(known) / len(known) if known else None
        score = 100 * like.probability * (1 if share is None else 1 - _PROPERTY_SHARE * (1 - share))
        features: list[dict[str, Any]] = [{"id": "name", "value": round(like.probability, 4)}]
        features += [
            {"id": wanted.pid, "value": agrees}
            for wanted, agrees in zip(query.properties, agreeing, strict=False)
            if agrees is not None
        ]
        found.append(
            {
                "id": like.entity,
                "name": like.label,
                "type": [x for x in _types() if x["id"] == like.kind],
                "score": round(score, 2),
                "match": False,
                "features": features,
                "description": f"{like.spelled}: {like.reason}"
                if like.spelled != like.label
                else like.reason,
            }
        )
    found.sort(key=lambda x: -x["score"])
    if (
        found
        and found[0]["score"] >= _MATCH
        and (len(found) == 1 or found[0]["score"] - found[1]["score"] >= _APART)
    ):
        found[0]["match"] = True
    return found[:limit]


def _agrees(shelf: Shelf, like: Likeness, wanted: Wanted) -> bool | None:
    """Return whether a claim says what the row says; None where nobody says anything of the kind."""
    values = wanted.v if isinstance(wanted.v, list) else [wanted.v]
    asked = {
        _plain(value.get("name") or value.get("id") or "" if isinstance(value, dict) else value)
        for value in values[:20]
    }
    said = {
        text for text, edtf in _said(shelf, like.entity, wanted.pid) for text in (_plain(text), _plain(edtf))
    } - {""}
    if not said or not asked - {""}:
        return None
    return any(one in other or other in one for one in asked - {""} for other in said)


def _plain(value: object) -> str:
    return " ".join(str(value)[:200].casefold().split())


def _said(shelf: Shelf, entity: str, predicate: str, limit: int = 50) -> list[tuple[str, str]]:
    rows = shelf.rows(
        "select * from claims where subject = ? and predicate = ? limit ?", [entity, predicate, limit]
    )
    return [(value_of(row, words_of("en")).in_words, row["value_edtf"] or "") for row in rows]


def _extended(shelf: Shelf, asked: Extension) -> dict[str, Any]:
    if len(asked.ids) > 500 or len(asked.properties) > 50:
        raise ValueError("too many rows or properties; at most 500 and 50 are taken")
    names = {one.id: one.name for one in _properties()}
    return {
        "meta": [{"id": one.id, "name": names.get(one.id, one.id)} for one in asked.properties],
        "rows": {
            entity: {
                one.id: [
                    {"str": text}
                    for text in dict.fromkeys(edtf or text for text, edtf in _said(shelf, entity, one.id))
                ]
                for one in asked.properties
            }
            for entity in asked.ids
        },
    }


def _properties() -> list[shapes.Named]:
    words = words_of("en")
    return [shapes.Named(name, words.named("predicate", name)) for name in predicates()]


def properties(shelf: Shelf, given: Given) -> shapes.Proposals:  # noqa: ARG001 - one shape for all
    """Return what rows can be extended with."""
    return shapes.Proposals(given.get("type"), _properties()[: given.get("limit") or 100])


def suggest_entity(shelf: Shelf, given: Given) -> shapes.Suggestions:
    """Return people and groups whose names begin so."""
    skipped, limit = given.get("cursor") or 0, given.get("limit") or 10
    kinds = (given.get("type"),) if given.get("type") in _TYPES else _TYPES
    found = suggested(shelf, given.get("prefix") or "", skipped + limit, kinds)[skipped:]
    named = {x["id"]: shapes.Named(x["id"], x["name"]) for x in _types()}
    return shapes.Suggestions(
        [shapes.Suggested(id_, label, _described(shelf, id_), [named[kind]]) for id_, label, kind in found]
    )


def suggest_type(shelf: Shelf, given: Given) -> shapes.Suggestions:  # noqa: ARG001 - the same
    """Return types whose names begin so."""
    return _beginning([shapes.Named(x["id"], x["name"]) for x in _types()], given)


def suggest_property(shelf: Shelf, given: Given) -> shapes.Suggestions:  # noqa: ARG001 - the same
    """Return properties whose names begin so."""
    return _beginning(_properties(), given)


def _beginning(all_: list[shapes.Named], given: Given) -> shapes.Suggestions:
    prefix = (given.get("prefix") or "").casefold()
    skipped, limit = given.get("cursor") or 0, given.get("limit") or 10
    found = [x for x in all_ if x.name.casefold().startswith(prefix) or x.id.startswith(prefix)]
    return shapes.Suggestions(
        [shapes.Suggested(x.id, x.name, "", []) for x in found[skipped : skipped + limit]]
    )


def _described(shelf: Shelf, entity: str) -> str:
    card = shelf.row("select role, arrival from cards where id = ?", [entity])
    return (
        ", ".join(filter(None, (card["role"], f"arrived {card['arrival']}" if card["arrival"] else "")))
        if card
        else ""
    )


def preview(shelf: Shelf, entity: str) -> str | None:
    """Return a small page about an entity, None where there is none."""
    card = shelf.row("select * from cards where id = ?", [entity])
    if card is None:
        return None
    claims = shelf.rows("select * from claims where subject = ? order by rowid limit 6", [entity])
    words = words_of("en")
    said = "".join(
        f"<li>{html.escape(words.named('predicate', claim['predicate']))}: {html.escape(value_of(claim, words).in_words)}</li>"
        for claim in claims
    )
    label = html.escape(card["label"])
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{label}</title></head><body><h1>{label}</h1><ul>{said}</ul></body></html>'
