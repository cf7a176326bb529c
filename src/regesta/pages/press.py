"""Printing pages: a page, what is asked of it and the shelf, made into HTML in one language.

Templates escape whatever they are given; only `Markup` made by `setting` passes, which escapes on its own. Every template
sees `view`, `asked`, `links`, `t` (the words) and `frame` (what stands around every page). Nothing here knows a server.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.errors import StoreError
from regesta.pages.dating import in_words
from regesta.pages.links import Links
from regesta.pages.page import Asked, Elsewhere, Page
from regesta.pages.reasoning import left_out, note_of, phrase_of, reason_of
from regesta.pages.setting import set_marked
from regesta.pages.summing import summary_of
from regesta.pages.telling import number
from regesta.pages.wording import LANGUAGES, Words, words_of
from regesta.shelf import Shelf
from regesta.version import __version__

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["Frame", "Press", "Printed"]


@dataclass(frozen=True, slots=True)
class Printed:
    """A page as HTML."""

    html: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page."""

    title: str
    """Of the chronicle."""
    version: str
    """Of regesta."""
    navigation: tuple[Page, ...]
    languages: tuple[tuple[str, str], ...]
    """Each language with the address of this page in it."""
    meta: Mapping[str, str]
    has_search: bool


class Press:
    """Prints the pages of one shelf.

    Who prints them for another place than the web may bring `templates`, a folder whose files stand in for those of the same
    name (which they extend as `pages/NAME`), what these templates see besides (`given`), its own `words`, and fewer `languages`.
    """

    def __init__(
        self,
        shelf: Shelf,
        pages: tuple[Page, ...],
        *,
        title: str,
        links: Links | None = None,
        templates: Path | None = None,
        given: Mapping[str, object] | None = None,
        words: Callable[[str], Words] = words_of,
        languages: tuple[str, ...] = LANGUAGES,
    ) -> None:
        self.shelf = shelf
        self.pages = pages
        self.title = title
        self.links = links or Links()
        self.words = words
        self.languages = languages
        self._templates = templates
        self._given = given or {}
        self._environments: dict[str, Environment] = {}
        self._navigations: dict[tuple[str, str, bool, bool], str] = {}
        self._navigation = tuple(page for page in pages if page.is_listed and not page.has_key)
        self._has_search = any(page.section == "search" for page in pages)

    def again(self, shelf: Shelf) -> Press:
        """Return a press of another shelf, which need not compile what this one has."""
        made = copy(self)
        made.shelf = shelf
        return made

    def warm(self) -> None:
        """Compile all templates of the first language, before anybody asks."""
        words = self.words(self.languages[0])
        environment = self._environments.get(words.language) or self._environment(words)
        for page in self.pages:
            environment.get_template(page.template)

    def print(
        self,
        page: Page,
        language: str,
        key: str = "",
        query: Mapping[str, str] | None = None,
        desk: object | None = None,
    ) -> Printed | Elsewhere | None:
        """Return a page, where else it is, or None where there is no such thing.

        `desk` is what a reviewer brings, None for a reader. Raises `StoreError` where the shelf cannot answer.
        """
        asked = Asked(
            self.words(language),
            self.links.in_language(language),
            key,
            page.asked(query or {}),
            tells_places=desk is not None,
        )
        view = page.view(self.shelf, asked)
        if view is None or isinstance(view, Elsewhere):
            return view
        return self._printed(page, page.template, asked, view, desk)

    def show(self, page: Page, asked: Asked, view: object, desk: object | None) -> Printed:
        """Return a page of a view that was made elsewhere, not from the shelf alone."""
        return self._printed(page, page.template, asked, view, desk)

    def problem(self, name: str, language: str) -> Printed:
        """Return the page that says what went wrong: `missing`, `fault` or `refused`, keys of the words."""
        asked = Asked(self.words(language), self.links.in_language(language))
        page = Page(
            name=f"problem.{name}", section="", template="problem.html", view=lambda _shelf, _asked: None
        )
        return self._printed(page, page.template, asked, name)

    def _printed(
        self, page: Page, template: str, asked: Asked, view: object, desk: object | None = None
    ) -> Printed:
        frame = Frame(
            title=self.title,
            version=__version__,
            navigation=self._navigation,
            languages=tuple(
                (language, asked.links.in_language(language).to(page.section, asked.key, **asked.query))
                for language in self.languages
            ),
            meta=self.shelf.meta,
            has_search=self._has_search,
        )
        environment = self._environments.get(asked.words.language) or self._environment(asked.words)
        seen = {"page": page, "links": asked.links, "t": asked.words, "frame": frame, "desk": desk}
        home = (
            asked.links.to()
        )  # tells the links of one page from those of another: language, root and suffix stand in it
        name = (home, page.section, page.has_key, desk is not None)
        navigation = self._navigations.get(name)
        if navigation is None:
            navigation = environment.get_template("navigation.html").render(**seen)
            self._navigations[name] = navigation
        html = environment.get_template(template).render(
            view=view, asked=asked, navigation=navigation, **seen
        )
        return Printed(html)

    def _environment(self, words: Words) -> Environment:
        """Return the templates in a language, made when it is first asked for."""
        made = _environment(self._templates, words)
        made.globals.update(self._given)
        self._environments[words.language] = made
        return made


def _environment(over: Path | None, words: Words) -> Environment:
    try:
        from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined

        from regesta.pages.compiling import Typecase
    except ImportError as error:
        raise StoreError(
            "pages need the extra `web`", hint="install it with: pip install 'regesta[web]'"
        ) from error
    own = FileSystemLoader(str(files("regesta.pages").joinpath("templates")))
    first = [FileSystemLoader(over)] if over else []
    environment = Typecase(
        words,
        loader=ChoiceLoader([*first, own, PrefixLoader({"pages": own})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["number"] = number
    environment.globals["marked"] = set_marked
    environment.globals["summed"] = summary_of
    environment.globals["dated"] = in_words
    environment.globals |= {
        "reasoned": reason_of,
        "phrased": phrase_of,
        "left_out": left_out,
        "noted": note_of,
    }
    return environment
