"""How addresses are spelled: the one place that knows, so that the same pages serve the web and a folder of files.

    on the web           /people/e-04c8       /ko/sources/notes/a.txt?leaf=2#c-77
    in a folder          ../people/e-04c8.html

Nothing here knows what a page shows.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

__all__ = ["Links", "source_key"]

_PLAIN_SEGMENT = re.compile(r"(?!\.{1,2}$)(?!~)[^\x00-\x1f\x7f/\\]{1,120}")
_BARE = re.compile(r"[A-Za-z0-9_.~-]+")
"""What is spelled in an address as it is."""
_SIMPLE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,119}")
_LONGEST = 400


def source_key(name: str) -> str:
    """Return what a source is called in an address: its name, or a hash where browsers would bend the name.

    >>> source_key("notes/a list.txt"), source_key("a/../b")
    ('notes/a list.txt', '~900ea8b7e0d8fe30')
    """
    if _SIMPLE_NAME.fullmatch(name):  # what most names are
        return name
    if len(name) <= _LONGEST and all(_PLAIN_SEGMENT.fullmatch(part) for part in name.split("/")):
        return name
    return "~" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _place(at: str) -> str:
    return at if _BARE.fullmatch(at) else quote(at, safe="")


@dataclass(frozen=True, slots=True)
class Links:
    """Spells the addresses that one page links to."""

    language: str = "en"
    """BCP 47; the first language has no part of its own in an address."""
    root: str = "/"
    """What stands before every address: `/` on the web, `../` in a file one folder down."""
    suffix: str = ""
    """What stands after every address of a page: `.html` in a folder of files."""
    statics: str = "static"
    """The folder of what does not change between pages."""
    first_language: str = "en"

    def to(self, section: str = "", key: str = "", *, at: str = "", **query: object) -> str:
        """Return the address of a page: its section, the key of the one thing it shows, and what is asked of it.

        `at` is the place on the page. Values of None or "" are left out.

        >>> Links().to("people", kind="person", year=None), Links(language="ko").to("sources", "a b?.txt", leaf=2, at="c-1")
        ('/people?kind=person', '/ko/sources/a%20b%3F.txt?leaf=2#c-1')
        >>> Links(root="../", suffix=".html").to("people", "e-1"), Links(suffix=".html", root="").to()
        ('../people/e-1.html', 'index.html')
        """
        if (
            section and not (query or self.suffix) and (not key or _BARE.fullmatch(key))
        ):  # what most links are
            language = "" if self.language == self.first_language else f"{self.language}/"
            page = f"{self.root}{language}{section}/{key}" if key else f"{self.root}{language}{section}"
            return f"{page}#{_place(at)}" if at else page
        parts = [] if self.language == self.first_language else [self.language]
        parts += [quote(part, safe="/~") for part in (section, key) if part]
        address = "/".join(parts)
        if self.suffix:
            address = f"{address}{self.suffix}" if section else "/".join([*parts, f"index{self.suffix}"])
        asked = {name: value for name, value in query.items() if value not in (None, "")}
        text = f"{self.root}{address}"
        if asked:
            text += f"?{urlencode(asked)}"
        return f"{text}#{_place(at)}" if at else text

    def source(self, name: str, *, leaf: int = 1, at: str = "") -> str:
        """Return the address of a place in a source."""
        page = self.to("sources", source_key(name))
        leafed = f"{page}?leaf={leaf}" if leaf > 1 else page
        return f"{leafed}#{_place(at)}" if at else leafed

    def file(self, section: str, name: str) -> str:
        """Return the address of a file that is made of the chronicle.

        >>> Links(language="ko").file("statistics", "s-1.csv"), Links(root="../", suffix=".html").file("statistics", "s-1.svg")
        ('/ko/statistics/s-1.csv', '../statistics/s-1.svg')
        """
        language = "" if self.language == self.first_language else f"{self.language}/"
        return f"{self.root}{language}{section}/{quote(name, safe='')}"

    def collation(self, one: str, other: str) -> str:
        """Return the address where two sources stand side by side.

        No part of the name of a source begins with `~` in an address, so nothing else can be meant.

        >>> Links().collation("notes/a.txt", "b.txt")
        '/sources/~beside/notes/a.txt/~with/b.txt'
        """
        return self.to("sources/~beside", f"{source_key(one)}/~with/{source_key(other)}")

    def leads(self, section: str) -> bool:
        """Return whether pages of a section are there to link to; on the web all are."""
        return bool(section)

    def static(self, name: str) -> str:
        """Return the address of a file that pages share."""
        return f"{self.root}{self.statics}/{name}"

    def in_language(self, language: str) -> Links:
        """Return the links of the same pages in another language."""
        return replace(self, language=language)

    def again(self, section: str, key: str, query: Mapping[str, str], name: str, value: object) -> str:
        """Return the address of a page with one thing of its query changed.

        >>> Links().again("people", "", {"kind": "group", "part": "2"}, "part", 3)
        '/people?kind=group&part=3'
        """
        changed: dict[str, Any] = {**query, name: value}
        return self.to(section, key, **changed)
