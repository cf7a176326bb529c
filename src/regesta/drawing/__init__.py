"""Pictures: pure functions from values to SVG text, for pages, files and print alike."""

from __future__ import annotations

from regesta.drawing.bands import Band
from regesta.drawing.marks import span
from regesta.drawing.routes import Country, Leg, Stop, routes
from regesta.drawing.series import Line, Point, series
from regesta.drawing.svg import Drawing
from regesta.drawing.timeline import Event, timeline
from regesta.drawing.words import Words

__all__ = [
    "Band",
    "Country",
    "Drawing",
    "Event",
    "Leg",
    "Line",
    "Point",
    "Stop",
    "Words",
    "routes",
    "series",
    "span",
    "timeline",
]
