"""A chronicle in other forms: one format a file, all behind `export`.

    export(chronicle, "jsonl", "out/")      FORMATS: name ─► writer(chronicle, folder)

Every format writes the same bytes for the same chronicle, in an order of its own that does not depend on the store.
Writers are imported when they are first used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from regesta.errors import ExportError
from regesta.replacing import mark, sweep

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["FORMATS", "Format", "export"]

_PREFIX = ".regesta-"
"""Of a folder in which files are made that take their places when all are finished."""

Writer = Callable[["Chronicle", Path], list[Path]]


@dataclass(frozen=True, slots=True)
class Format:
    """A form that a chronicle can be written in."""

    name: str
    says: str
    """What it makes, in a few words."""
    module: str
    """Where its `write(chronicle, folder)` is, which returns the files that it wrote."""

    def write(self, chronicle: Chronicle, folder: Path) -> list[Path]:
        """Write the chronicle into a folder and return the files."""
        writer = cast("Writer", import_module(self.module).write)
        return writer(chronicle, folder)


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("jsonl", "JSON lines, one file a kind, for programs", "regesta.export.jsonl"),
        Format("csv", "a CSV file a table, for spreadsheets", "regesta.export.csv"),
        Format("parquet", "a Parquet file a table, for data frames", "regesta.export.parquet"),
        Format("xlsx", "one workbook, a sheet a table, for people", "regesta.export.xlsx"),
        Format(
            "datapackage",
            "CSV files with their schema: a Frictionless Data Package",
            "regesta.export.datapackage",
        ),
        Format("bibtex", "the references, for LaTeX and reference managers", "regesta.export.bibtex"),
        Format("csl-json", "the references, for reference managers", "regesta.export.csl"),
        Format("geojson", "places, routes and events, for maps", "regesta.export.geojson"),
        Format(
            "quickstatements", "statements for Wikidata, with references", "regesta.export.quickstatements"
        ),
        Format("ics", "what happened on a day, for calendars", "regesta.export.ics"),
        Format("timeline", "dated claims, for TimelineJS", "regesta.export.timeline"),
        Format("ftm", "FollowTheMoney entities, for tools of investigation", "regesta.export.ftm"),
        Format("jsonld", "the graph: PROV-O and Web Annotation, for RDF tools", "regesta.export.jsonld"),
        Format("tei", "TEI P5, a file a source, with names, dates and figures marked", "regesta.export.tei"),
        Format("trig", "the same graph, with a named graph a source", "regesta.export.trig"),
    )
}
"""Every format by its name."""


def export(chronicle: Chronicle, format: str, path: str | Path) -> list[Path]:  # noqa: A002 - the option's name
    """Write a chronicle in a format into the folder `path`, made if need be, and return the files.

    Files of the same names are replaced once all are finished, others are left alone. Raises `ExportError` for an unknown format or a folder
    that cannot be written.
    """
    if format not in FORMATS:
        raise ExportError("unknown format", found=format, hint=f"one of {', '.join(FORMATS)}")
    folder = Path(path)
    if folder.is_file():
        raise ExportError("is a file", where=str(folder), hint="name a folder, which is made if need be")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder, _PREFIX)
        with TemporaryDirectory(dir=folder, prefix=f"{_PREFIX}{mark()}.") as place:
            written = FORMATS[format].write(chronicle, Path(place))
            return [_swapped_in(file, folder / file.relative_to(place)) for file in written]
    except OSError as error:
        raise ExportError(
            f"cannot be written ({(error.strerror or 'unwritable').lower()})", where=str(folder)
        ) from error


def _swapped_in(made: Path, file: Path) -> Path:
    """Put a finished file in its place, and return the place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    return made.replace(file)
