"""What the program did, as lines of JSON for machines: `--log FILE`, or the variable REGESTA_LOG.

    {"at": "2026-01-31T09:00:00.000Z", "event": "request", "route": "/people/{key}", "status": 200, "seconds": 0.012}

A journal may be kept longer and read by more people than what it tells of. So it holds numbers, ids and words of the program, and
never a name, a quote, a path or an address: every field is one of `FIELDS`, and a text that does not look as it should is not
written. Without a journal nothing is made. Nothing here reads one.
"""

from __future__ import annotations

import json
import logging
import os
import re
import time
from pathlib import Path
from typing import Final

from regesta.errors import ProjectError

__all__ = ["FIELDS", "close_journal", "is_kept", "open_journal", "record"]

Field = str | int | float | bool | None

FIELDS: Final[dict[str, re.Pattern[str] | type]] = {
    "command": re.compile(r"[a-z]{1,20}"),
    "version": re.compile(r"[0-9][0-9a-z.+]{0,30}"),
    "fault": re.compile(r"[A-Za-z]{1,60}"),
    "step": re.compile(r"[a-z -]{1,30}"),
    "route": re.compile(r"[a-z0-9/{}:_.-]{1,100}"),
    "method": re.compile(r"[A-Z]{1,10}|other"),
    "status": int,
    "seconds": float,
    "n_sources": int,
    "n_cached": int,
    "n_failed": int,
    "n_claims": int,
    "n_entities": int,
    "n_rejections": int,
    "n_findings": int,
    "n_opened": int,
    "n_closed": int,
    "n_unapplied": int,
    "n_bytes": int,
    "peak_memory_bytes": int,
}
"""What a line may hold beside `at` and `event`: how a text has to look, or the type of a number."""

_LOG: Final = logging.getLogger("regesta.journal")


class _Lines(logging.FileHandler):
    """The file of a journal; other handlers of the same logger are somebody else's."""


def open_journal(path: Path) -> None:
    """Write what is recorded from now on to a file, which only its owner may read; lines are added to one that is there.

    Raises `ProjectError` where it cannot be written.
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        handler = _Lines(path, encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or "unwritable").lower()
        raise ProjectError(
            f"the journal cannot be written ({reason})", where=str(path), hint="name another file with --log"
        ) from error
    handler.setFormatter(logging.Formatter("%(message)s"))
    close_journal()
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    _LOG.propagate = False


def close_journal() -> None:
    """Write no more."""
    for handler in list(_LOG.handlers):
        if isinstance(handler, _Lines):
            _LOG.removeHandler(handler)
            handler.close()
    _LOG.setLevel(logging.NOTSET)


def is_kept() -> bool:
    """Return whether anybody keeps a journal."""
    return any(isinstance(handler, _Lines) for handler in _LOG.handlers)


def record(event: str, **fields: Field) -> None:
    """Add a line; a field that is not what it should be stays out and is named in `left_out`.

    >>> record("step", step="resolve", seconds=0.5)  # nobody keeps one here
    """
    if not is_kept():
        return
    now = time.time()
    at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now)) + f".{int(now % 1 * 1000):03d}Z"
    fit = {name: value for name, value in fields.items() if _fits(name, value)}
    line: dict[str, object] = {"at": at, "event": event, **fit}
    if len(fit) < len(fields):
        line["left_out"] = sorted(fields.keys() - fit.keys())
    _LOG.info("%s", json.dumps(line, ensure_ascii=False))


def _fits(name: str, value: Field) -> bool:
    wanted = FIELDS.get(name)
    if value is None or wanted is None:
        return value is None
    if isinstance(wanted, re.Pattern):
        return isinstance(value, str) and wanted.fullmatch(value) is not None
    return isinstance(value, (int, float)) and not isinstance(value, bool)
