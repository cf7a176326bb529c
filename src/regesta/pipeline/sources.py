"""Which sources a build reads, and that it does not write among them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from regesta.errors import ProjectError
from regesta.project import Listed, Project

__all__ = ["asked", "keep_out", "sources_of"]


def asked(sources: tuple[Listed, ...], ocr: str | None) -> tuple[Listed, ...]:
    """Return the sources, those that say nothing of it asked to be recognised in these languages."""
    if ocr is None:
        return sources
    return tuple(
        listed if listed.source.ocr else replace(listed, source=replace(listed.source, ocr=ocr))
        for listed in sources
    )


def sources_of(project: Project) -> Path:
    """Return the folder of sources of a project."""
    if not project.sources.is_dir():
        hint = "name what to build, or make a project with: regesta init"
        raise ProjectError("no sources", where=str(project.sources), hint=hint)
    return project.sources


def keep_out(target: Path, given: list[Path]) -> None:
    """Refuse to write into a folder that is read."""
    for path in given:
        if path.is_dir() and target.resolve().is_relative_to(path.resolve()):
            raise ProjectError(
                "the chronicle would lie in a folder that is read",
                where=str(target),
                hint="say where with -o",
            )
