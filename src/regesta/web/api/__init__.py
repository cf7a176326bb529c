"""The API below `/api/v1`: what the pages show as JSON, with the same evidence.

    routes.py     the one declaration: address, parameters, shape of the answer, what makes it
    shapes.py     the shapes: rows of the chronicle, and what joins them     tables.py searched.py   what makes the answers
    openapi.py    the declaration as OpenAPI 3.1                            answering.py    HTTP: parameters, problems, headers
    reconciling.py    the W3C reconciliation API, for OpenRefine            page.py         the page that tells of it

Keys are the names of the chronicle's columns. Nothing here writes.
"""

from __future__ import annotations

from regesta.web.api.answering import ROOT, api_routes, nowhere
from regesta.web.api.page import PAGE as API_PAGE

__all__ = ["API_PAGE", "ROOT", "api_routes", "nowhere"]
