"""Pictures: pure functions from values to SVG text, for pages, files and print alike.

    series     figures by period        Line, Point, Band
    timeline   events                   Event, Band
    span       one date, inline
    routes     journeys on a map        Leg, Stop, Country
    ribbons    two texts, what they share   Shared
    shares     parts of a whole, inline
    standalone, png                     a drawing as a file of its own
    extent_of, middle_of                what a date covers in days, where a country lies

Each returns a `Drawing`: SVG that a template writes as it is, its size, and the names of what it leaves out. A page links
`STYLESHEET` once; no drawing has a style, a script or an id of its own. Words come from the caller (`Words`). Not here:
chronicles and pages; whoever draws has its values already.
"""

from __future__ import annotations

from regesta.drawing.bands import Band
from regesta.drawing.extent import extent_of
from regesta.drawing.marks import span
from regesta.drawing.picture import STYLESHEET, png, standalone
from regesta.drawing.ribbons import Shared, ribbons
from regesta.drawing.routes import Country, Leg, Stop, routes
from regesta.drawing.series import Line, Point, series
from regesta.drawing.shapes import middle_of
from regesta.drawing.shares import shares
from regesta.drawing.svg import Drawing
from regesta.drawing.timeline import Event, timeline
from regesta.drawing.words import Words

__all__ = [
    "STYLESHEET",
    "Band",
    "Country",
    "Drawing",
    "Event",
    "Leg",
    "Line",
    "Point",
    "Shared",
    "Stop",
    "Words",
    "extent_of",
    "middle_of",
    "png",
    "ribbons",
    "routes",
    "series",
    "shares",
    "span",
    "standalone",
    "timeline",
]
