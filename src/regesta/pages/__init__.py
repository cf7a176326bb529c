"""What a person sees of a chronicle: one page a file, each a view made from the shelf and a template that shows it.

    Shelf ── PAGE.view(shelf, asked) ──► a frozen dataclass ── templates/PAGE.template ──► HTML

`PAGES` is the table of contents. To add a page, write a file like `coverage.py`: a frozen dataclass, a function that
makes it, a `PAGE`; a template of the name it gives; its words in every file of `words/`; and name it here. The web, the
navigation and the tests take it from there. Pages know no server: `Links` says how an address is spelled, so the same pages
serve the web and a folder of files.
"""

from __future__ import annotations

from regesta.pages import (
    about,
    collation,
    coverage,
    finding,
    findings,
    overview,
    people,
    person,
    policy,
    report,
    routes,
    search,
    source,
    sources,
    statistics,
    terms,
    timeline,
)
from regesta.pages.downloads import Download
from regesta.pages.links import Links, source_key
from regesta.pages.page import Asked, Elsewhere, Page
from regesta.pages.press import Press, Printed
from regesta.pages.statics import Statics, statics
from regesta.pages.wording import LANGUAGES, Words, words_of

__all__ = [
    "DOWNLOADS",
    "LANGUAGES",
    "PAGES",
    "Asked",
    "Download",
    "Elsewhere",
    "Links",
    "Page",
    "Press",
    "Printed",
    "Statics",
    "Words",
    "source_key",
    "statics",
    "words_of",
]

PAGES: tuple[Page, ...] = (
    overview.PAGE,
    people.PAGE,
    person.PAGE,
    timeline.PAGE,
    statistics.PAGE,
    policy.PAGE,
    routes.PAGE,
    terms.PAGE,
    sources.PAGE,
    collation.PAGE,
    source.PAGE,
    findings.PAGE,
    finding.PAGE,
    coverage.PAGE,
    search.PAGE,
    report.PERSON,
    report.FINDING,
    about.PAGE,
)
"""Every page, in the order of the navigation."""

DOWNLOADS: tuple[Download, ...] = statistics.DOWNLOADS
"""Every kind of file that pages offer."""
