"""Printing sheets: each page of a site in all its parts and languages, into the folder; here or in another process.

    Sheet("people", query={"kind": "group"})  ──►  people/by/kind-group.html, ko/people/by/kind-group.html, people/by/kind-group~2.html ...

What the web reckons for a question is reckoned here once. Nothing here decides which pages there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from regesta.pages import DOWNLOADS, LANGUAGES, Asked, Elsewhere, Page, Press
from regesta.publishing.changes import Since
from regesta.publishing.downloads import Exported
from regesta.publishing.imprint import Imprint
from regesta.publishing.paths import Paths, Sheet
from regesta.publishing.planning import pages_of_site
from regesta.publishing.policies import rendered, rule_told
from regesta.publishing.remembering import Remembering
from regesta.publishing.swapping import File, Folder
from regesta.publishing.wording import words_of_site

__all__ = ["Job", "print_files", "print_problem", "print_redirects", "print_sheets"]

_PARTS = {"timeline": 20, "coverage": 25}
"""Parts of a page that is long and costs much; its lists by decade and by reason have the rest."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every page of a site is printed with."""

    shelf: Path
    folder: Folder
    paths: Paths
    imprint: Imprint
    languages: tuple[str, ...]
    steps: tuple[str, ...]
    policy: str
    """What is shown and what is not, as HTML."""
    withheld: Mapping[str, int]
    """How many claims and people are withheld, by rule."""
    since: Since
    labels: Mapping[str, str]
    """What the entries that changed are called."""
    exports: tuple[Exported, ...] = ()


def print_sheets(job: Job, sheets: Iterable[Sheet]) -> list[File]:
    """Print sheets in every language of the job and return their files."""
    press = _press(job)
    pages = {page.name: page for page in pages_of_site()}
    return [
        job.folder.put(path, body)
        for sheet in sheets
        for path, body in _printed(press, job, pages[sheet.page], sheet)
    ]


def print_problem(job: Job) -> list[File]:
    """Print the page that a host shows where nothing is; it may be shown at any depth, so its links need the address of the site."""
    press = _press(job)
    press.links = replace(job.paths, language=LANGUAGES[0], root=urlsplit(job.imprint.url).path)
    return [
        job.folder.put("404.html", press.problem("missing", LANGUAGES[0]).html.encode("utf-8", "replace"))
    ]


def print_redirects(job: Job, merged: Mapping[str, str]) -> list[File]:
    """Print a page for each id that was merged into another, so that what was cited leads on."""
    press = _press(job)
    page = Page(
        name="moved", section="people", view=lambda _shelf, _asked: None, template="moved.html", has_key=True
    )
    made = []
    for id_, into in sorted(merged.items()):
        for language in job.languages:
            links = replace(job.paths, language=language)
            path = links.path("people", id_, {})
            links = replace(links, root="../" * path.count("/"))
            asked = Asked(words_of_site(language), links, id_)
            html = press.show(page, asked, into, None).html
            made.append(job.folder.put(path, html.encode("utf-8", "replace")))
    return made


def print_files(job: Job) -> list[File]:
    """Make the files that pages offer: figures and charts of every series, in every language."""
    shelf = Remembering(job.shelf)
    made = []
    try:
        series = [row[0] for row in shelf.rows("select distinct series from observations order by series")]
        for language in job.languages:
            links = replace(job.paths, language=language)
            for one in DOWNLOADS:
                for key in series if one.is_there else ():
                    path = links.file(one.section, f"{key}.{one.suffix}")
                    asked = Asked(words_of_site(language), replace(links, root="../" * path.count("/")), key)
                    body = one.make(shelf, asked)
                    if body is not None:
                        made.append(job.folder.put(path, body))
    finally:
        shelf.close()
    return made


def _press(job: Job) -> Press:
    given = {
        "imprint": job.imprint,
        "steps": job.steps,
        "policy": job.policy,
        "policy_told": rendered,
        "rule_told": rule_told,
        "withheld": job.withheld,
        "since": job.since,
        "labels": job.labels,
        "exports": job.exports,
    }
    return Press(
        Remembering(job.shelf),
        pages_of_site(),
        title=job.imprint.title,
        links=job.paths,
        templates=Path(str(files("regesta.publishing").joinpath("templates"))),
        given=given,
        words=words_of_site,
        languages=job.languages,
    )


def _printed(press: Press, job: Job, page: Page, sheet: Sheet) -> Iterator[tuple[str, bytes]]:
    """Yield the file of each part of a page in each language; languages stand together, because they ask the same of the shelf."""
    rest: list[dict[str, str]] = [{}]
    is_first = True
    while rest:
        query = {**sheet.query, **rest.pop(0)}
        counted: list[tuple[str, int]] = []
        for language in job.languages:
            links = replace(job.paths, language=language)
            path = links.path(page.section, sheet.key, query)
            links = replace(links, root="../" * path.count("/"))
            asked = Asked(words_of_site(language), links, sheet.key, page.asked(query))
            view = page.view(press.shelf, asked)
            if view is None or isinstance(view, Elsewhere):
                return
            view, counted = _cut(page, view)
            yield path, press.show(page, asked, view, None).html.encode("utf-8", "replace")
        if is_first:
            rest += [{name: str(n)} for name, most in counted for n in range(2, most + 1)]
            is_first = False


def _cut(page: Page, view: Any) -> tuple[Any, list[tuple[str, int]]]:
    """Return a view with no more parts than the site has, and how many parts it has by what they are asked with."""
    if not is_dataclass(view) or isinstance(view, type):
        return view, []
    names = {field.name for field in fields(view)}
    counted = []
    for name, parameter in (("n_parts", "part"), ("n_leaves", "leaf")):
        if name in names and parameter in page.parameters:
            n = min(getattr(view, name), _PARTS.get(page.name, 1_000_000))
            view = replace(view, **{name: n})
            counted.append((parameter, n))
    if page.name == "source":
        counted = [("leaf", len(view.leaves))]
    if page.name == "statistics" and view.is_one:
        counted = [("part", view.series[0].n_parts)]
    return view, counted
