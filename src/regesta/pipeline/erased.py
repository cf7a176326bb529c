"""What was erased, and stays so: nothing of it comes back with a source, nor with the reason why one was not read."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from regesta.errors import ProjectError
from regesta.gathering import Failure
from regesta.model import Rejection, Source
from regesta.project import Project

if TYPE_CHECKING:
    from regesta.erasure import Erased

__all__ = ["blacked", "what_is_erased"]

_Reason = TypeVar("_Reason", Rejection, Failure)


def what_is_erased(project: Project, log: str | Path | None) -> tuple[Erased | None, tuple[str, ...]]:
    """Return what a build of this project blacks, None where nothing is, and the ids of all tombstones.

    Raises `ProjectError` where there are tombstones and not their key: what was erased would come back.
    """
    path = project.root / "tombstones.jsonl"
    if not project.is_real or not path.is_file():
        return None, ()
    from regesta.erasure import Erased, read_tombstones
    from regesta.judgement import live_tombstones
    from regesta.protection.key import key_path, read_key

    stones = read_tombstones(path)
    if not stones:
        return None, ()
    if not key_path(project.root).is_file():
        raise ProjectError(
            "there are tombstones and not their key", where=str(key_path(project.root)),
            hint="take the key back from where it is kept: what was erased would come back",
        )  # fmt: skip
    live = live_tombstones(log, stones)
    return Erased(read_key(project.root), live) if live else None, tuple(one.id for one in stones)


def blacked(erased: Erased, one: _Reason) -> _Reason:
    """Return why something was not read, without what was erased."""
    from regesta.erasure import mask_source

    masked = {
        field.name: erased.mask(value)
        for field in fields(one)
        if isinstance(value := getattr(one, field.name), str) and field.name not in ("source", "code")
    }
    return replace(one, source=mask_source(erased, Source(name=one.source)).name, **masked)  # type: ignore[arg-type]
