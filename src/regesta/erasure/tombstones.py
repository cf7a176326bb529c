"""Tombstones: what stands where something was erased, one line of `tombstones.jsonl` each.

    {"id": "ft-…", "check": "hash", "long": ["hash", …], "short": […], "starts": […], "run": 5, "runs": […], "firsts": […]}

Every hash is HMAC-SHA256 (RFC 2104, FIPS 180-4) under a key that only the project has, cut to 16 bytes: nobody can try names
against them who has not the key. No word, no length and no place of what was erased is in the file. Lines are only added.
`starts` and `firsts` are hashes of how forms begin: most words of a text are passed by with one look. Nothing here reads a text.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from regesta.erasure.spelling import forms_of
from regesta.erasure.words import run_of, words_of
from regesta.errors import ProjectError
from regesta.model import content_id

__all__ = [
    "START",
    "TOMBSTONES",
    "Tombstone",
    "add_tombstone",
    "bury_name",
    "bury_passage",
    "check",
    "digest",
    "read_tombstones",
]

TOMBSTONES: Final = "tombstones.jsonl"
"""Beside `regesta.toml`."""

START: Final = 2
"""Letters of a form that tell whether it is worth a look."""
_BYTES: Final = 16
_LISTS: Final = ("long", "short", "starts", "runs", "firsts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of something that was erased."""

    id: str
    """Content id, prefix `ft`, of the hashes."""
    check: str
    """Keyed hash of nothing: another one, another key."""
    long: frozenset[str] = frozenset()
    """Of names that are blacked wherever they stand."""
    short: frozenset[str] = frozenset()
    """Of parts of names that are blacked in a document that has a long one."""
    starts: frozenset[str] = frozenset()
    """Of the first letters of both."""
    run: int = 0
    """Words of which each of `runs` is made; 0 where no passage was erased."""
    runs: frozenset[str] = frozenset()
    firsts: frozenset[str] = frozenset()
    """Of the first words of `runs`."""


def digest(key: bytes, kind: str, form: str) -> str:
    """Return the keyed hash of a form; `kind` keeps the hashes of one purpose apart from those of another.

    >>> digest(bytes(32), "name", "hong") == digest(bytes(32), "word", "hong")
    False
    """
    return hmac.digest(key, f"regesta tombstone\0{kind}\0{form}".encode(), "sha256")[:_BYTES].hex()


def bury_name(key: bytes, names: Iterable[str]) -> Tombstone:
    """Return the tombstone of somebody of these names; raises `ValueError` where none has a letter."""
    long, short = forms_of(names)
    if not long:
        raise ValueError("a name without letters")
    starts = {form.replace(" ", "")[:START] for form in long | short}
    return _tombstone(
        check(key),
        long=frozenset(digest(key, "name", form) for form in long),
        short=frozenset(digest(key, "name", form) for form in short),
        starts=frozenset(digest(key, "start", start) for start in starts),
    )


def bury_passage(key: bytes, *passages: str) -> Tombstone:
    """Return the tombstone of passages; raises `ValueError` where they have no word.

    >>> bury_passage(bytes(32), "She came by night in a boat").run
    5
    """
    told = [words for passage in passages if (words := words_of(passage))]
    if not told:
        raise ValueError("a passage without words")
    run = min(min(run_of(words), len(words)) for words in told)
    runs = [
        [word.form for word in words[at : at + run]] for words in told for at in range(len(words) - run + 1)
    ]
    return _tombstone(
        check(key),
        run=run,
        runs=frozenset(digest(key, "run", " ".join(one)) for one in runs),
        firsts=frozenset(digest(key, "word", one[0]) for one in runs),
    )


def check(key: bytes) -> str:
    """Return what tells one key from another, and nothing of either."""
    return digest(key, "key", "")


def _tombstone(check: str, run: int = 0, **lists: frozenset[str]) -> Tombstone:
    named = [f"{name} {one}" for name in _LISTS for one in sorted(lists.get(name, ()))]
    return Tombstone(id=content_id("ft", [check, run, *named]), check=check, run=run, **lists)


def read_tombstones(path: Path) -> tuple[Tombstone, ...]:
    """Return the tombstones of a file, none where there is none.

    Raises `ProjectError` with the line that is none: what was erased could come back if it were passed over.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(f"cannot be read ({error})", where=str(path)) from error
    found: dict[str, Tombstone] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = json.loads(line)
                lists = {name: frozenset(row.get(name, ())) for name in _LISTS}
                one = _tombstone(row["check"], int(row["run"]), **lists)
                _compare(one.id, row["id"])
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
                raise ProjectError(
                    f"line {number} is no tombstone ({error})", where=str(path),
                    hint="take the file back from where it is kept: what was erased would come back",
                ) from error  # fmt: skip
            found[one.id] = one
    return tuple(found.values())


def _compare(content: str, stated: object) -> None:
    if content != stated:
        raise ValueError("it was changed after it was written")


def add_tombstone(path: Path, one: Tombstone) -> bool:
    """Add a tombstone to a file, on the disk when this returns; return False where it is there already."""
    if one.id in {old.id for old in read_tombstones(path)}:
        return False
    row = {"id": one.id, "check": one.check, "run": one.run} | {
        name: sorted(found) for name in _LISTS if (found := getattr(one, name))
    }
    try:
        with path.open("ab+", buffering=0) as file:
            _add(file, json.dumps(row, separators=(",", ":")).encode() + b"\n")
    except OSError as error:
        raise ProjectError(f"cannot be written ({error.strerror})", where=str(path)) from error
    return True


def _add(file: BinaryIO, line: bytes) -> None:
    """Add a line to a file that is not buffered, on the disk when this returns; where the disk is full no half line stays."""
    size = file.seek(0, os.SEEK_END)
    if size and file.seek(size - 1) >= 0 and file.read(1) != b"\n":
        line = b"\n" + line
    try:
        left = memoryview(line)
        while left:
            left = left[file.write(left) :]
        os.fsync(file.fileno())
    except OSError:
        file.truncate(size)
        raise
