"""Statistical series: runs of a period and a value in lists, lines and tables, with stated totals and the source line.

    Refugees admitted, in all 18,000:        label, stated total
      • pre-1989 – 607                       ../1988    607
      • 1990 – 9                             1990         9
                                             (a blank line ends nothing)
      • 1991 – 52                            1991        52
    Source: Ministry                         source line

A list of people by year is no series: its lines go on behind the number, or have none. Lines are read in `series_lines`,
tables in `series_tables`.
"""

from __future__ import annotations

from dataclasses import replace

from regesta.dates import find_dates
from regesta.extraction.periods import Dates
from regesta.extraction.series_lines import series_of_lines
from regesta.extraction.series_parts import PointFound, SeriesFound, grouped_by_points
from regesta.extraction.series_tables import series_of_tables
from regesta.model import Document

__all__ = ["PointFound", "SeriesFound", "find_series"]


def find_series(document: Document, dates: Dates = find_dates) -> list[SeriesFound]:
    r"""Return the statistical series of a document, in the order of the text.

    `dates` finds the dates of a piece of text, as `regesta.dates.find_dates` does.

    >>> from regesta.model import Source
    >>> text = "Arrivals by year\n1990: 9\n1991: 9\n1992: 8 (provisional)\nTotal: 26\n"
    >>> [series] = find_series(Document(id="d", source=Source(name="a.txt", format="text"), text=text))
    >>> series.label, [(p.period, p.value, p.role) for p in series.points]
    ('Arrivals by year', [('1990', 9, 'observation'), ('1991', 9, 'observation'), ('1992', 8, 'observation'), ('1990/1992', 26, 'stated-total')])
    """
    found = series_of_tables(document, dates)
    if document.source.format not in ("csv", "tsv"):
        found += series_of_lines(document, dates)
    found = [replace(one, points=grouped_by_points(one.points, document.text)) for one in found]
    return sorted(found, key=lambda series: (series.points[0].span, series.label))
