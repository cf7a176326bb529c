"""The one thing that is saved: a DuckDB file, written whole and swapped in, opened read-only.

The doors are `write` and `open`. The names of `query` and `rows` are loaded when they are first asked for, so that writing
needs nothing of reading.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regesta.chronicle.comparing import Comparison
    from regesta.chronicle.flattening import Rows, flat_lines, flatten, flatten_made
    from regesta.chronicle.hiding import findings_before, fingerprints_of, unseen
    from regesta.chronicle.lending import Lent
    from regesta.chronicle.lines import Flat, Lines, Stays
    from regesta.chronicle.query import Answer, Chronicle
    from regesta.chronicle.settling import relate, settle, tell, tell_anew
    from regesta.chronicle.staying import AstrayError, Before
    from regesta.chronicle.writing import SCHEMA_VERSION, write

__all__ = [
    "SCHEMA_VERSION",
    "Answer",
    "AstrayError",
    "Before",
    "Chronicle",
    "Comparison",
    "Flat",
    "Lent",
    "Lines",
    "Rows",
    "Stays",
    "findings_before",
    "fingerprints_of",
    "flat_lines",
    "flatten",
    "flatten_made",
    "open",
    "relate",
    "settle",
    "tell",
    "tell_anew",
    "unseen",
    "write",
]

_HOME = {
    "SCHEMA_VERSION": "writing",
    "Answer": "query",
    "AstrayError": "staying",
    "Before": "staying",
    "Chronicle": "query",
    "Comparison": "comparing",
    "Flat": "lines",
    "Lent": "lending",
    "Lines": "lines",
    "Rows": "flattening",
    "Stays": "lines",
    "findings_before": "hiding",
    "fingerprints_of": "hiding",
    "flat_lines": "flattening",
    "flatten": "flattening",
    "flatten_made": "flattening",
    "relate": "settling",
    "settle": "settling",
    "tell": "settling",
    "tell_anew": "settling",
    "unseen": "hiding",
    "write": "writing",
}


def open(path: str | Path) -> Chronicle:  # noqa: A001 - the contract's name
    """Return the chronicle in this file, open for reading.

    Raises `StoreError` where there is none, where another program writes to it, or where another version of regesta
    wrote it: then it wants rebuilding.
    """
    from regesta.chronicle.query import Chronicle

    return Chronicle(path)


def __getattr__(name: str) -> Any:
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(f"regesta.chronicle.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
