"""The declaration of the API as OpenAPI 3.1.

Shapes become schemas (msgspec), and what a key means is the comment of its column in `schema.sql`; so no word of the
description stands twice.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from regesta.version import __version__
from regesta.web.api import shapes
from regesta.web.api.routes import ROUTES, Parameter, Route

__all__ = ["document", "schema_of"]

_PREFIX = "#/components/schemas/"
_PROBLEM = {"application/problem+json": {"schema": {"$ref": f"{_PREFIX}Problem"}}}
_COMMENT = re.compile(r"comment on column (\w+)\.(\w+) is '((?:[^']|'')*)'")


@cache
def document() -> dict[str, Any]:
    """Return the whole of it."""
    answers = [_answer(route) for route in ROUTES]
    references, components = msgspec.json.schema_components(
        [*answers, shapes.Contents, shapes.Problem], ref_template=f"{_PREFIX}{{name}}"
    )
    _explain(components)
    paths: dict[str, Any] = {
        "/": {"get": _operation("contents", "What stands here.", (), references[-2], has_key=False)},
    }
    for route, reference in zip(ROUTES, references, strict=False):
        has_key = "{key}" in route.path
        paths[route.path] = {
            "get": _operation(route.name, route.about, route.parameters, reference, has_key=has_key)
        }
    paths |= _reconciling()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "regesta",
            "version": __version__,
            "summary": "A chronicle: what sources say, every claim with the passage that says it",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": paths,
        "components": {"schemas": components},
    }


def _answer(route: Route) -> Any:
    return shapes.Listing[route.shape] if route.is_list else route.shape  # type: ignore[name-defined]


def _operation(
    name: str, about: str, parameters: tuple[Parameter, ...], schema: dict[str, Any], *, has_key: bool
) -> dict[str, Any]:
    problems = {"400": "What was asked cannot be read", "404": "There is no such thing"}
    if has_key:
        problems["301"] = "It was merged into another, which the header `location` names"
    answers: dict[str, Any] = {
        "200": {
            "description": "As asked",
            "headers": {
                "etag": {"schema": {"type": "string"}, "description": "Of this state of the chronicle"}
            },
            "content": {"application/json": {"schema": schema}},
        },
        "304": {"description": "Nothing has changed since the state that `if-none-match` names"},
    }
    answers |= {
        code: {"description": text} if code == "301" else {"description": text, "content": _PROBLEM}
        for code, text in problems.items()
    }
    answers["default"] = {"description": "A problem", "content": _PROBLEM}
    key = [
        {
            "name": "key",
            "in": "path",
            "required": True,
            "schema": {"type": "string", "minLength": 1, "maxLength": 500},
        }
    ]
    return {
        "operationId": name,
        "summary": about,
        "parameters": [*(key if has_key else []), *map(_parameter, parameters)],
        "responses": answers,
    }


def _reconciling() -> dict[str, Any]:
    """Return the description of what the W3C reconciliation API describes itself."""
    answer = _operation(
        "reconcile",
        "The manifest of the reconciliation service, or its answer.",
        (),
        {"type": "object"},
        has_key=False,
    )
    asked = {
        name: {
            "type": "object",
            "maxProperties": 50,
            "description": f"`{name}` of the W3C reconciliation API 0.2",
        }
        for name in ("queries", "extend")
    }
    posted = {name: {"type": "string", "contentMediaType": "application/json"} for name in asked}
    form = {
        "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": posted}}}
    }
    preview = _operation("reconcile_preview", "A small page about an entity.", (), {}, has_key=False)
    preview["responses"]["200"]["content"] = {"text/html": {"schema": {"type": "string"}}}
    preview["parameters"] = [
        {"name": "id", "in": "query", "required": True, "schema": {"type": "string", "maxLength": LONGEST}}
    ]
    return {
        "/reconcile": {
            "get": answer,
            "post": {**answer, "operationId": "reconcile_batch", "requestBody": form},
        },
        "/reconcile/preview": {"get": preview},
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.meaning,
        "required": parameter.is_required,
        "schema": schema_of(parameter),
    }


def schema_of(parameter: Parameter) -> dict[str, Any]:
    """Return the schema of the values that a parameter takes."""
    match parameter.kind:
        case "number":
            schema: dict[str, Any] = {
                "type": "integer",
                "minimum": parameter.least,
                "maximum": parameter.most,
            }
        case "choice":
            schema = {"type": "string", "enum": list(parameter.choices)}
        case "flag":
            schema = {"type": "boolean"}
        case "date":
            schema = {
                "type": "string",
                "pattern": DATE,
                "examples": ["1997", "1997-02"],
            }
        case _:
            schema = {"type": "string", "maxLength": LONGEST}
    return schema if parameter.default is None else {**schema, "default": parameter.default}


DATE = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
"""A year, a month or a day; that there is such a day is not asked."""
LONGEST = 400
"""Characters of a value."""


def _explain(components: dict[str, Any]) -> None:
    """Put what columns mean into schemas."""
    text = files("regesta.chronicle").joinpath("schema.sql").read_text("utf-8")
    meanings: dict[str, dict[str, str]] = {}
    for table, column, meaning in _COMMENT.findall(text):
        meanings.setdefault(table, {})[column] = meaning.replace("''", "'")
    for schema in components.values():
        table = re.search(r"row of `(\w+)`", schema.get("description", ""))
        known = meanings.get(table[1], {}) if table else {}
        for name, of in schema.get("properties", {}).items():
            if name in known and "description" not in of:
                schema["properties"][name] = (
                    {"description": known[name], **of}
                    if "$ref" not in of
                    else {"description": known[name], "allOf": [of]}
                )
