"""How addresses are spelled in a folder of files: relative, and for each question that the site answers a file of its own.

    people/e-1.html               a person                    people/e-1~2.html     the second part of what is said
    people/by/year-1997.html      a list, one choice made      people/by/all~3.html  the third part of the list
    sources/beside/5f....html     two sources side by side     ko/people/e-1.html    in Korean

A site cannot answer every question: what it has no file for leads to the nearest page that it has, the whole list or
the decade. Names that a file system would bend become plain ones with a hash. Nothing here writes a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableSet
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import quote

from regesta.pages import Links, source_key

__all__ = ["Asking", "Paths", "Recording", "Sheet", "asking", "slug"]

Asking = tuple[str, tuple[tuple[str, str], ...]]
"""A section and what is asked of it, but for the part."""

_PLAIN = re.compile(r"[a-z0-9~][a-z0-9._~-]{0,79}")
_HASHED = re.compile(r".*-[0-9a-f]{8}|.*~[0-9]+")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
"""Names that Windows keeps for itself."""
_NOT_PLAIN = re.compile(r"[^a-z0-9.]+")
_PARTS = ("part", "leaf")
_BESIDE = "sources/~beside"


def slug(name: str) -> str:
    """Return a name that every file system takes and keeps apart from all others.

    >>> slug("nwe.txt"), slug("Notes/A list.txt"), slug("con"), slug("이웅평")
    ('nwe.txt', 'notes-a-list.txt-2cb4902f', 'con-1143da2b', 'x-7a073e5f')
    """
    is_plain = _PLAIN.fullmatch(name) and not name.endswith(".") and not _DEVICES.fullmatch(name)
    if is_plain and not _HASHED.fullmatch(name):
        return name
    plain = _NOT_PLAIN.sub("-", name.lower()).strip("-.")[:48].rstrip("-.")
    if "." in plain and _DEVICES.fullmatch(plain):
        plain = f"x-{plain}"  # what stands behind the first dot does not help
    return f"{plain or 'x'}-{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def asking(section: str, query: Mapping[str, str]) -> Asking:
    """Return a question without the part that is asked for.

    >>> asking("people", {"part": "2", "kind": "person"})
    ('people', (('kind', 'person'),))
    """
    return section, tuple(sorted((name, value) for name, value in query.items() if name not in _PARTS))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the site, before it is printed."""

    page: str
    """Name of a page of `PAGES`, or of our own."""
    key: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    """Without a part: all parts of a page are printed together."""


@dataclass(frozen=True, slots=True)
class Paths(Links):
    """Spells the addresses that one page of a site links to."""

    root: str = ""
    suffix: str = ".html"
    answered: frozenset[Asking] = frozenset()
    """The questions that the site has files for."""
    moved: Mapping[str, int] = field(default_factory=dict)
    """Places on a page that stand on a later part of it, with that part."""
    without: tuple[str, ...] = ("reports/people", "reports/findings")
    """Sections that the site has not."""

    def to(self, section: str = "", key: str = "", *, at: str = "", **query: object) -> str:
        """Return the address of the file that answers, or of the nearest that there is.

        >>> links = Paths(root="../", answered=frozenset({("people", (("kind", "group"),))}))
        >>> links.to("people", "e-1", at="c-2"), links.to("people", kind="group", part=2), links.to("people", role="spy")
        ('../people/e-1.html#c-2', '../people/by/kind-group~2.html', '../people.html')
        """
        given = {name: str(value) for name, value in query.items() if value not in (None, "")}
        if at in self.moved:
            given["part"] = str(self.moved[at])
        path = f"{self.root}{quote(self.path(section, key, given), safe='/~')}"
        return f"{path}#{quote(at, safe='~')}" if at else path

    def path(self, section: str, key: str, query: Mapping[str, str]) -> str:
        """Return the path of the file below the folder of the site.

        >>> Paths(language="ko").path("", "", {}), Paths().path("sources", "A list.txt", {"leaf": "2"})
        ('ko/index.html', 'sources/a-list.txt-d25a6b7b~2.html')
        """
        prefix = "" if self.language == self.first_language else f"{self.language}/"
        part = next((query[name] for name in _PARTS if query.get(name, "1") != "1"), "")
        if not key and query.get("leaf", "1") != "1":  # a second list on one page
            part = f"leaf-{query['leaf']}"
        if key and section == _BESIDE:
            name = f"sources/beside/{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
        elif key:
            name = f"{section}/{slug(key)}"
        else:
            asked = self.nearest(section, query)
            if asked != asking(section, query)[1]:
                part = ""  # of another list
            if asked:
                choice = ".".join(f"{slug(k)}-{slug(value)}" for k, value in asked)
                name = f"{section}/by/{choice}"
            else:
                name = f"{section}/by/all" if part else section or "index"
        return f"{prefix}{name}{f'~{part}' if part else ''}{self.suffix}"

    def nearest(self, section: str, query: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """Return what of a question the site answers, empty for the page as a whole."""
        asked = asking(section, query)
        if not asked[1] or asked in self.answered:
            return asked[1]
        year = query.get("from", "")[:4]
        if section == "timeline" and year.isdigit():
            for span in ((year, year), (f"{year[:3]}0", f"{year[:3]}9"), (f"{year[:2]}00", f"{year[:2]}99")):
                wider = asking(section, {"from": span[0], "to": span[1]})
                if wider in self.answered:
                    return wider[1]
        return ()

    def source(self, name: str, *, leaf: int = 1, at: str = "") -> str:
        """Return the address of a place in a source."""
        return self.to("sources", source_key(name), at=at, leaf=leaf)

    def file(self, section: str, name: str) -> str:
        """Return the address of a file that is made of the chronicle."""
        prefix = "" if self.language == self.first_language else f"{self.language}/"
        stem, _, suffix = name.rpartition(".")
        return f"{self.root}{prefix}{section}/{slug(stem)}.{suffix}"

    def leads(self, section: str) -> bool:
        """Return whether the site has pages of a section."""
        return section not in self.without

    def below(self, path: str) -> str:
        """Return the address of any file of the site, by its path below the folder."""
        return f"{self.root}{quote(path, safe='/~')}"


@dataclass(frozen=True, slots=True)
class Recording(Links):
    """Spells addresses as the web does, and keeps what was asked of pages without a key."""

    seen: MutableSet[Asking] = field(default_factory=set)

    def to(self, section: str = "", key: str = "", *, at: str = "", **query: object) -> str:
        """Return an address and remember the question."""
        given = {name: str(value) for name, value in query.items() if value not in (None, "")}
        if not key and given:
            self.seen.add(asking(section, given))
        return Links.to(self, section, key, at=at, **query)
