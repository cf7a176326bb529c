"""The browser of these tests, and `browsing`, what they share, as a module that each of them can import."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_SPEC = importlib.util.spec_from_file_location("browsing", Path(__file__).with_name("browsing.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
browsing = importlib.util.module_from_spec(_SPEC)
sys.modules["browsing"] = browsing
_SPEC.loader.exec_module(browsing)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing.browsing() as opened:
        yield opened
