"""A decision as one line of JSON, and back.

    {"id": "d-…", "at": "…Z", "by": "…", "kind": "same", "targets": ["fm-…", "fm-…"],
     "value": null, "why": "…", "precondition": null, "expires": null}

One object a line, keys always in this order, letters as themselves: a version control system shows a decision as one
added line. A line from elsewhere is judged strictly, because half a decision is worse than none; a kind that a newer
version added is taken as it stands. Nothing here opens a file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from regesta.decisions.moments import instant, lapse, written
from regesta.errors import DecisionError
from regesta.model.decision import KINDS, Decision, decision_id

__all__ = ["LONGEST", "line_of", "make", "parse_line"]

LONGEST: Final = 64 * 1024
"""Bytes that a line may have, its end included."""

_FIELDS: Final = tuple(field.name for field in fields(Decision))
_REQUIRED: Final = ("at", "by", "kind", "targets", "why")
_KIND = re.compile(r"[a-z][a-z-]{0,39}", re.ASCII)
_NAMED_THING = re.compile(r"[^\s\x00-\x1f\x7f-\x9f]{1,200}")
_VALUED: Final = frozenset({"correct", "add"})


def make(
    kind: str,
    targets: Iterable[str],
    *,
    by: str,
    why: str,
    at: datetime,
    value: str | None = None,
    precondition: str | None = None,
    expires: str | None = None,
) -> Decision:
    """Return a decision with its id; raises `DecisionError` where it is none that could be written.

    >>> from datetime import UTC
    >>> now = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    >>> make("same", ["fm-1", "fm-2"], by="Ana", why="one passport", at=now).at
    '2026-03-01T09:30:00.000000Z'
    """
    if kind not in KINDS:
        raise DecisionError("unknown kind of decision", found=kind, hint=f"there are {', '.join(KINDS)}")
    row = {
        "at": written(at), "by": by.strip(), "kind": kind, "targets": list(targets), "value": value,
        "why": why.strip(), "precondition": precondition, "expires": expires,
    }  # fmt: skip
    decision, _ = _judged(row)
    line_of(decision)
    return decision


def line_of(decision: Decision) -> bytes:
    r"""Return the line of a decision, UTF-8 with its line end; raises `DecisionError` where it would be too long.

    >>> line_of(Decision(id="d-1", at="2026-03-01T09:30:00Z", by="Ana", kind="comment", targets=("fc-1",), why="é\n"))
    b'{"id":"d-1","at":"2026-03-01T09:30:00Z","by":"Ana","kind":"comment","targets":["fc-1"],"value":null,"why":"\xc3\xa9\\n","precondition":null,"expires":null}\n'
    """
    row = {name: getattr(decision, name) for name in _FIELDS}
    try:
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    except UnicodeEncodeError as error:
        raise DecisionError(
            "holds half a character", found=error.object[error.start], hint="write it again"
        ) from error
    if len(line) > LONGEST:
        raise DecisionError(
            f"takes {len(line):,} bytes", hint=f"a decision has room for {LONGEST:,}; shorten the reason"
        )
    return line


def parse_line(line: bytes) -> tuple[Decision, str]:
    """Return the decision of a line, and a remark about what is odd in it, mostly empty.

    Raises `DecisionError` where it is none; the error says what is wrong and what to do.
    """
    try:
        row = json.loads(line.decode("utf-8"), object_pairs_hook=_unique)
    except UnicodeDecodeError as error:
        raise DecisionError("is not UTF-8", hint="save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        told = error.msg if isinstance(error, json.JSONDecodeError) else str(error) or "nested too deeply"
        raise DecisionError(f"is no JSON ({told.lower()})", hint="mend the line or delete it") from error
    if not isinstance(row, dict):
        raise DecisionError("is no JSON object", hint="a line holds one decision: {...}")
    return _judged(row)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        raise ValueError("a key stands in it twice")
    return row


def _judged(row: dict[str, Any]) -> tuple[Decision, str]:
    """Return the decision that a row holds, and a remark; raises `DecisionError`."""
    for name in _REQUIRED:
        if row.get(name) in (None, "", []):
            raise DecisionError(f"has no {name!r}", hint=f"a decision needs {', '.join(_REQUIRED)}")
    for name in _FIELDS:
        if name != "targets" and not isinstance(row.get(name), str | None):
            raise DecisionError(f"{name!r} should be text", found=row[name])
    kind, why = row["kind"], row["why"]
    if not _KIND.fullmatch(kind):
        raise DecisionError("the kind should be a word", found=kind[:40])
    if not why.strip() or not row["by"].strip():
        raise DecisionError("the name or the reason is blank", hint="say who decides, and why")
    for text in (row["by"], why, row.get("value") or "", row.get("precondition") or ""):
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise DecisionError("holds half a character", hint="write it again")
    targets = _targets(kind, row["targets"])
    value, precondition, expires = (row.get(name) or None for name in ("value", "precondition", "expires"))
    if kind in _VALUED and value is None:
        raise DecisionError(f"{kind} needs a value", hint="say what is right, with --value")
    if kind == "release" and value is None:
        raise DecisionError("a release needs its ground", hint="say it, with --ground")
    instant(row["at"])
    if expires is not None:
        lapse(expires)
    content = decision_id(
        at=row["at"], by=row["by"], kind=kind, targets=targets, value=value, why=why,
        precondition=precondition, expires=expires,
    )  # fmt: skip
    stated = row.get("id") or content
    if not _NAMED_THING.fullmatch(stated):
        raise DecisionError("the id should be a word", found=stated[:40])
    decision = Decision(
        id=stated, at=row["at"], by=row["by"], kind=kind, targets=targets, value=value, why=why,
        precondition=precondition, expires=expires,
    )  # fmt: skip
    unknown = sorted(set(row) - set(_FIELDS))
    remarks = [f"has fields that this version does not know: {', '.join(unknown)[:200]}"] if unknown else []
    remarks += ["was changed after it was written: its id is of other words"] if stated != content else []
    return decision, "; ".join(remarks)


def _targets(kind: str, found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(
        isinstance(one, str) and _NAMED_THING.fullmatch(one) for one in found
    ):
        raise DecisionError("'targets' should be a list of fingerprints", found=repr(found)[:60])
    if len(set(found)) < len(found):
        raise DecisionError(
            "names one target twice", hint="to speak of two copies of one passage is not needed"
        )
    least, most = KINDS.get(kind, (1, 100))
    if not least <= len(found) <= most:
        wanted = str(least) if least == most else f"{least} to {most}"
        raise DecisionError(f"{kind} takes {wanted} target{'' if wanted == '1' else 's'}", found=len(found))
    return tuple(found)
