"""The log and the ledger without what was erased: the one time that their lines are changed.

    targets that spoke of it ──► the tombstone's id          words that name it ──► blacked
    targets that spoke of what stands beside it ──► the fingerprints that these have now

A changed line has another content, so it gets another id, and whoever undoes it undoes the new one. Lines that nobody can read
are blacked as text. Both files are replaced at once or not at all, under the lock that those wait for who add to them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regesta.decisions.outcomes import TOMBSTONE
from regesta.decisions.rows import line_of, parse_line
from regesta.errors import DecisionError
from regesta.model.decision import decision_id
from regesta.project import read_ledger, write_ledger
from regesta.replacing import write_whole

if TYPE_CHECKING:
    from regesta.erasure import Erased
    from regesta.model import Decision

__all__ = ["rewrite_ledger", "rewrite_log"]


def rewrite_log(path: Path, names: Mapping[str, str], erased: Erased) -> int:
    """Rewrite the lines of a log that speak of what was erased, or of what has another name since; return how many."""
    if not path.is_file():
        return 0
    with _alone(path):
        lines: list[Decision | bytes] = []
        was: list[bytes] = []
        for line in path.read_bytes().splitlines(keepends=True):
            was.append(line)
            try:
                lines.append(_rewritten(parse_line(line)[0], names, erased))
            except DecisionError:
                text = line.decode("utf-8", "surrogateescape")
                lines.append(erased.mask(text).encode("utf-8", "surrogateescape"))
        now = _numbered(lines, was)
        changed = sum(one != old for one, old in zip(now, was, strict=True))
        if changed:
            try:
                write_whole(path, b"".join(now))
            except OSError as error:
                raise DecisionError(f"cannot be rewritten ({error.strerror})", where=str(path)) from error
    return changed


def rewrite_ledger(path: Path, names: Mapping[str, str]) -> int:
    """Rewrite the lines of a ledger whose mentions were erased, or have another name since; return how many."""
    lines = read_ledger(path)
    now = []
    seen = set()
    changed = 0
    for line in lines:
        anchor, dot, number = line.anchor.partition(".")
        name = names.get(anchor, anchor)
        if name != anchor:
            changed += 1
            is_gone = name.startswith(TOMBSTONE)
            if is_gone and line.id in seen:
                continue  # one line is enough to say that the id was borne
            seen |= {line.id} if is_gone else set()
            line = replace(line, anchor=name if is_gone else f"{name}{dot}{number}")  # noqa: PLW2901 - the same line
        now.append(line)
    if changed:
        write_ledger(path, now)
    return changed


def _rewritten(one: Decision, names: Mapping[str, str], erased: Erased) -> Decision:
    """Return a decision without what was erased; the id is still the old one."""
    targets: list[str] = []
    for target in one.targets:
        name = names.get(target, target)
        if name not in targets:
            targets.append(name)
    if one.kind in ("same", "different", "part-of") and len(targets) < len(one.targets):
        targets.append(f"{targets[0]}.2")  # both were erased: it takes two to be one
    value = one.value if one.value is None else _blacked(one.value, erased, names)
    return replace(one, targets=tuple(targets), why=erased.mask(one.why), by=erased.mask(one.by), value=value)


def _blacked(value: str, erased: Erased, names: Mapping[str, str]) -> str:
    """Return a value blacked; of one that is JSON each text by itself, however it is escaped."""
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict | list):
        return names.get(value) or erased.mask(value)
    masked = _inside(found, erased, names)
    return value if masked == found else json.dumps(masked, ensure_ascii=False)


def _inside(found: Any, erased: Erased, names: Mapping[str, str]) -> Any:
    if isinstance(found, str):
        return names.get(found) or erased.mask(found)
    if isinstance(found, list):
        return [_inside(one, erased, names) for one in found]
    if isinstance(found, dict):
        return {key: _inside(one, erased, names) for key, one in found.items()}
    return found


def _numbered(lines: list[Decision | bytes], was: list[bytes]) -> list[bytes]:
    """Return the lines with the ids of what they now say; those that did not change to the byte as they were."""
    old = [
        parse_line(line)[0] if not isinstance(one, bytes) else None
        for one, line in zip(lines, was, strict=True)
    ]
    new_id: dict[str, str] = {}
    todo = {at for at, one in enumerate(lines) if not isinstance(one, bytes)}
    while True:  # an undo of an undo of a changed line changes in its turn: as many rounds as they are deep
        turned = False
        for at in sorted(todo):
            one, before = lines[at], old[at]
            if isinstance(one, bytes) or before is None:
                continue
            targets = tuple(new_id.get(target, target) for target in one.targets)
            now = replace(one, targets=targets)
            if now != before and before.id not in new_id:
                id_ = decision_id(
                    at=now.at, by=now.by, kind=now.kind, targets=now.targets, value=now.value, why=now.why,
                    precondition=now.precondition, expires=now.expires,
                )  # fmt: skip
                new_id[before.id] = id_
                turned = True
            if now != one:
                lines[at] = now
        if not turned:
            break
    found = []
    for one, before, line in zip(lines, old, was, strict=True):
        if isinstance(one, bytes):
            found.append(one)
        else:
            found.append(line if one == before else line_of(replace(one, id=new_id.get(one.id, one.id))))
    return found


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a file alone, where the system can."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    with path.open("rb+") as file:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        yield
