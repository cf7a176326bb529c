"""A Data Package: the CSV files of the chronicle, and one JSON file that says what they hold.

    datapackage.json    resources ─► sources.csv, claims.csv, ...   types, meanings, keys, sources, licences

Source: Data Package standard 2.0 (datapackage.org), with its Table Schema and Table Dialect. A package has no licence of its
own here: those listed are the licences that the sources state for themselves. Which table refers to which is told as foreign
keys. Dates of the sources are EDTF and therefore strings; their bounds are dates.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from regesta.export.csv import write_tables
from regesta.export.stamp import UNTOLD, newest_day
from regesta.export.tables import Column, Table, tables

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["write"]

_TYPES = {"VARCHAR": "string", "BIGINT": "integer", "DOUBLE": "number", "BOOLEAN": "boolean", "DATE": "date"}
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def write(chronicle: Chronicle, folder: Path) -> list[Path]:
    """Write the CSV files and `datapackage.json`, and return them."""
    every = tables(chronicle)
    files = write_tables(chronicle, every, folder)
    day = newest_day(chronicle)
    sources = chronicle.sources()
    package: dict[str, Any] = {
        "$schema": _PROFILE,
        "name": "chronicle",
        "title": "Chronicle",
        "description": (
            "What documents say, each claim with the passage that says it. Offsets count Unicode code points; "
            "dates are EDTF. Licences are those that the sources state for themselves."
        ),
        "homepage": "https://regesta.readthedocs.io",
        "keywords": ["history", "provenance", "EDTF"],
    }
    if day != UNTOLD:
        package["created"] = f"{day.isoformat()}T00:00:00Z"
    if licences := sorted({source.licence for source in sources if source.licence}):
        package["licenses"] = [_licence(each) for each in licences]
    if sources:
        package["sources"] = [_without_none(_source(each)) for each in sources]
    package["resources"] = [
        _resource(table, path, table.count(chronicle)) for table, path in zip(every, files, strict=True)
    ]
    path = folder / "datapackage.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(package), indent=2) + b"\n")
    return [*files, path]


def _source(source: Any) -> dict[str, Any]:
    return {
        "title": source.title or source.name,
        "path": source.url if source.url and re.match(r"https?://[^\s/]", source.url) else None,
        "version": source.revision,
        "file": source.name,
        "licence": source.licence,
        "date": source.date,
        "retrieved": source.retrieved,
        "sha256": source.sha256,
    }


def _licence(told: str) -> dict[str, str]:
    """Return a licence as it was stated: an address as one, words under a name that the standard allows.

    >>> _licence("CC-BY-4.0"), _licence("CC BY-SA 3.0")
    ({'name': 'CC-BY-4.0', 'title': 'CC-BY-4.0'}, {'name': 'CC-BY-SA-3.0', 'title': 'CC BY-SA 3.0'})
    """
    if re.match(r"https?://[^\s/]", told):
        return {"path": told}
    name = re.sub(r"[^-a-zA-Z0-9._]+", "-", told).strip("-")
    return {"name": name[:80] or hashlib.sha256(told.encode()).hexdigest()[:16], "title": told}


def _resource(table: Table, path: Path, rows: int) -> dict[str, Any]:
    with path.open("rb") as file:
        hash_ = hashlib.file_digest(file, "sha256").hexdigest()
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(column, is_key=column.name in table.key) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if refers := [
        {"fields": [column.name], "reference": {"resource": column.refers[0], "fields": [column.refers[1]]}}
        for column in table.columns
        if column.refers
    ]:
        schema["foreignKeys"] = refers
    return {
        "name": table.name,
        "title": table.name,
        "description": table.says,
        "type": "table",
        "path": path.name,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{hash_}",
        "rows": rows,
        "dialect": {
            "$schema": "https://datapackage.org/profiles/2.0/tabledialect.json",
            "lineTerminator": "\n",
        },
        "schema": schema,
    }


def _field(column: Column, *, is_key: bool) -> dict[str, Any]:
    kind = "array" if column.type.endswith("[]") else _TYPES[column.type]
    field: dict[str, Any] = {"name": column.name, "type": kind, "description": column.says}
    if is_key and kind == "string":
        field["constraints"] = {"required": True}
    return field


def _without_none(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value is not None}
