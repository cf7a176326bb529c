"""What changed since the last edition in the same folder, and the list of all editions.

    editions.json   {"editions": [{"number": 2, "id": "ed-..", "on": "2026-11-22", ...}], "changes": {...}, "entries": {id: digest}}

Entries are told by the ids that the site itself shows; of what is gone only the number, because its name may be what had to go.
Publishing the same edition again changes nothing. Nothing here writes a file.
"""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from regesta.edition import Before
from regesta.pages import source_key
from regesta.shelf import Shelf

__all__ = ["EDITIONS", "Changes", "Since", "compare_entries", "entries_of", "since_of", "site_before"]

EDITIONS = "editions.json"
_ROWS = "downloads/jsonl.zip"
"""The download that has the entities and the ledger as lines."""
_LISTED = 500
"""Ids that are listed of each sort; more are only counted."""
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two editions."""

    added: tuple[str, ...] = ()
    """Ids of entries, as addresses show them: `people/e-1`, `sources/a.txt`; at most 500."""
    changed: tuple[str, ...] = ()
    n_added: int = 0
    n_changed: int = 0
    n_gone: int = 0


@dataclass(frozen=True, slots=True)
class Since:
    """An edition among those before it."""

    number: int
    editions: tuple[Mapping[str, Any], ...]
    """Of all, newest first: number, id, on, version, entries, added, changed, gone."""
    changes: Changes | None
    """None for the first."""
    body: bytes
    """`editions.json`."""


def entries_of(shelf: Shelf) -> dict[str, str]:
    """Return a digest of what is said of each thing and of each source, by the id that the site shows."""
    states = {
        row["id"]: blake2b(
            f"{row['kind']}|{row['label']}|{row['aliases']}|{row['group_size']}".encode(), digest_size=8
        )
        for row in shelf.rows("select id, kind, label, aliases, group_size from entities order by id")
    }
    for row in shelf.rows(
        "select subject, fingerprint, rank, when_edtf, where_text, value_edtf, value_text from claims"
        " order by subject, fingerprint, id"
    ):
        if row["subject"] in states:
            states[row["subject"]].update("|".join(map(str, tuple(row))).encode("utf-8", "replace"))
    found = {f"people/{key}": state.hexdigest() for key, state in states.items()}
    for row in shelf.rows("select name, sha256, title, licence, url, date from sources order by name"):
        said = "|".join(map(str, tuple(row))).encode("utf-8", "replace")
        found[f"sources/{source_key(row['name'])}"] = blake2b(said, digest_size=8).hexdigest()
    return found


def site_before(site: Path) -> Before | None:
    """Return what the site in a folder shows, None where there is no site.

    Names and what was merged are read from its own downloads; without them no id leads on.

    >>> site_before(Path("/nowhere/at/all")) is None
    True
    """
    try:
        known = _read((site / EDITIONS).read_bytes())
    except OSError:
        return None
    if not known["editions"]:
        return None
    prefix = "people/"
    ids = frozenset(key.removeprefix(prefix) for key in known["entries"] if key.startswith(prefix))
    named: dict[str, str] = {}
    merged: dict[str, str] = {}
    with (
        suppress(OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile),
        zipfile.ZipFile(site / _ROWS) as rows,
    ):
        named = {row["id"]: row["label"] for row in _lines(rows, "entities.jsonl") if row["named"]}
        merged = {row["id"]: row["redirect"] for row in _lines(rows, "identities.jsonl") if row["redirect"]}
    return Before(ids, named, merged)


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, Any]]:
    with archive.open(name) as file:
        yield from map(json.loads, file)


def compare_entries(
    before: bytes | None, entries: Mapping[str, str], *, identity: str, on: dt.date, version: str
) -> Since:
    """Return the edition `identity` after those of the file `before`.

    >>> first = compare_entries(None, {"people/e-1": "a", "people/e-2": "b"}, identity="ed-1", on=dt.date(2026, 1, 1), version="1")
    >>> then = compare_entries(first.body, {"people/e-1": "c", "people/e-3": "d"}, identity="ed-2", on=dt.date(2026, 2, 1), version="1")
    >>> then.number, then.changes
    (2, Changes(added=('people/e-3',), changed=('people/e-1',), n_added=1, n_changed=1, n_gone=1))
    """
    known = _read(before)
    editions: list[dict[str, Any]] = known["editions"]
    said = known["changes"]
    if editions and editions[0]["id"] == identity:  # the same again
        changes = _told(said)
    else:
        changes = _compared(known["entries"], entries) if editions else None
        editions = [
            {
                "number": (editions[0]["number"] if editions else 0) + 1,
                "id": identity,
                "on": on.isoformat(),
                "version": version,
                "entries": len(entries),
                "added": changes.n_added if changes else len(entries),
                "changed": changes.n_changed if changes else 0,
                "gone": changes.n_gone if changes else 0,
            },
            *editions,
        ][:_MOST]
    told = None if changes is None else {name: getattr(changes, name) for name in changes.__slots__}
    body = {"editions": editions, "changes": told, "entries": dict(sorted(entries.items()))}
    text = json.dumps(body, ensure_ascii=False, indent=0, separators=(",", ":"))
    return Since(editions[0]["number"], tuple(editions), changes, f"{text}\n".encode())


def since_of(body: bytes) -> Since:
    """Return the newest edition of a file `editions.json` that has one."""
    known = _read(body)
    editions = known["editions"]
    return Since(editions[0]["number"], tuple(editions), _told(known["changes"]), body)


def _told(said: Mapping[str, Any] | None) -> Changes | None:
    """Return the changes that a file tells of."""
    if not said:
        return None
    return Changes(
        tuple(map(str, said["added"])),
        tuple(map(str, said["changed"])),
        int(said["n_added"]),
        int(said["n_changed"]),
        int(said["n_gone"]),
    )


def _compared(before: Mapping[str, str], entries: Mapping[str, str]) -> Changes:
    added = sorted(key for key in entries if key not in before)
    changed = sorted(key for key, digest in entries.items() if key in before and before[key] != digest)
    gone = sum(key not in entries for key in before)
    return Changes(tuple(added[:_LISTED]), tuple(changed[:_LISTED]), len(added), len(changed), gone)


def _read(before: bytes | None) -> dict[str, Any]:
    empty: dict[str, Any] = {"editions": [], "changes": None, "entries": {}}
    try:
        found = json.loads(before or b"{}")
    except (ValueError, RecursionError):
        return empty
    is_whole = isinstance(found, dict) and all(
        isinstance(found.get(name), kind) for name, kind in (("editions", list), ("entries", dict))
    )
    return {name: found.get(name) for name in empty} if is_whole else empty
