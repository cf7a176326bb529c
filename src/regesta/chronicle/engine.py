"""DuckDB's core, without the Python around it, which takes twice as long to import as the core itself.

    duckdb ──(importlib.metadata, expressions, relations: 60 ms)──► _duckdb ──(30 ms)──► connect, exceptions

The names are the same objects in both; a DuckDB that keeps its core elsewhere is imported whole.
"""

from __future__ import annotations

try:
    from _duckdb import (
        BinderException,
        CatalogException,
        DuckDBPyConnection,
        Error,
        OutOfMemoryException,
        __version__,
        connect,
    )
except ImportError:
    from duckdb import (
        BinderException,
        CatalogException,
        DuckDBPyConnection,
        Error,
        OutOfMemoryException,
        __version__,
        connect,
    )

__all__ = [
    "BinderException",
    "CatalogException",
    "DuckDBPyConnection",
    "Error",
    "OutOfMemoryException",
    "__version__",
    "connect",
]
