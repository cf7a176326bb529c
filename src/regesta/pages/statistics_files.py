"""What can be taken home of a series: its figures as CSV, its chart as SVG and PNG."""

from __future__ import annotations

from regesta.drawing import Drawing
from regesta.pages.downloads import as_csv, as_png, as_svg, has_png
from regesta.pages.figures import Figure, drawn_series, figures_of
from regesta.pages.page import Asked
from regesta.shelf import Shelf

__all__ = ["chart_png", "chart_svg", "figures_csv"]

_DRAWN_IN_FILE = 2000


def _file_of(shelf: Shelf, asked: Asked) -> tuple[str, list[Figure]] | None:
    """Return the label and the figures of the series that a file is asked of."""
    figures = figures_of(shelf, asked, asked.key)
    return (figures[0].row["series_label"], figures) if figures else None


_COLUMNS = (
    "series",
    "series_label",
    "period",
    "label",
    "value",
    "qualifier",
    "role",
    "unit",
    "told_of",
    "source",
    "start",
    "end",
    "quote",
    "claim",
)


def figures_csv(shelf: Shelf, asked: Asked) -> bytes | None:
    """Return the figures of the series that is asked for, a line each; None where there is none such."""
    found = _file_of(shelf, asked)
    if found is None:
        return None
    return as_csv(
        _COLUMNS,
        (
            (
                f.row["series"],
                f.row["series_label"],
                f.row["period"],
                f.row["label"],
                int(f.row["value"]) if f.row["value"] == int(f.row["value"]) else f.row["value"],
                f.row["qualifier"],
                f.row["role"],
                f.row["value_unit"],
                f.told_of,
                f.row["source"],
                f.row["start_char"],
                f.row["end_char"],
                f.row["quote"],
                f.row["claim"],
            )
            for f in found[1]
        ),
    )


def _drawing(shelf: Shelf, asked: Asked) -> Drawing | None:
    found = _file_of(shelf, asked)
    return drawn_series(shelf, asked, found[1][-_DRAWN_IN_FILE:], found[0], 900) if found else None


def chart_svg(shelf: Shelf, asked: Asked) -> bytes | None:
    """Return its chart."""
    drawing = _drawing(shelf, asked)
    return as_svg(drawing) if drawing else None


def chart_png(shelf: Shelf, asked: Asked) -> bytes | None:
    """Return its chart as a picture, None where nothing here can draw one."""
    drawing = _drawing(shelf, asked) if has_png() else None
    return as_png(drawing) if drawing else None
