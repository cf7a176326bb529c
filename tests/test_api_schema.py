"""The API keeps to its own description, whatever it is asked: schemathesis puts questions made from the OpenAPI document."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from regesta.pipeline import rebuild
from regesta.web import Library, create_app
from regesta.web.api.openapi import document

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

DEMO = Path(__file__).parents[1] / "src" / "regesta" / "demo" / "sources"


@cache
def served() -> Any:
    """Return the application that serves the example register, built when the first question is put."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    rebuild([DEMO], output=folder / "demo.duckdb", jobs=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "XDG_CACHE_HOME", str(folder))
        return create_app(Library(folder / "demo.duckdb", title="The example"), host="testserver")


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        await served()(scope, receive, send)


schema = schemathesis.openapi.from_dict(document())
schema.app = application
FORMS = "reconcile_batch"
"""A form field that holds JSON text cannot be described by a schema so that every text that fits it is JSON."""


@schema.exclude(operation_id=FORMS).parametrize()  # type: ignore[untyped-decorator, unused-ignore]
@settings(max_examples=6, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: Any) -> None:
    case.call_and_validate()


@schema.include(operation_id=FORMS).parametrize()  # type: ignore[untyped-decorator, unused-ignore]
@settings(max_examples=6, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_forms_are_answered_as_described(case: Any) -> None:
    checks = schemathesis.checks
    case.call_and_validate(excluded_checks=[checks.positive_data_acceptance, checks.negative_data_rejection])
