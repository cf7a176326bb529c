"""Templates that cite: what a reader sees of them, and the reference that they spell out.

    {{cite news|last=Doe|first=Jane|title=The long way|work=The Herald|date=17 May 1997|access-date=30 May 2007}}
    Doe, Jane (17 May 1997). "The long way". The Herald. Retrieved 30 May 2007.

The names of parameters are those of the Citation Style 1 templates and their usual translations. Short footnotes
({{sfn}}, {{harvnb}}) are words only: they point at an entry of the bibliography. Nothing here parses wikitext.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from regesta.model import Reference
from regesta.reading.citing.citation_dates import find_citation_dates

__all__ = ["citation_words", "fill_reference", "is_citation", "short_words"]

_NAME = re.compile(
    r"(?:cite|citation|cita|citar|literatur|internetquelle|ouvrage|article|lien web|harvard citation|vcite|cite-)\b"
)
_NO_NAME = frozenset(
    {"citation needed", "cite needed", "citation style", "citation needed span", "cite quote"}
)
_TITLE = ("title", "titel", "titre", "título", "titulo", "script-title", "chapter", "contribution", "article")
_CHAPTER = ("chapter", "contribution", "entry", "article", "section")
_HOUSE = (
    "work", "newspaper", "journal", "magazine", "website", "periodical", "publisher", "agency", "institution",
    "encyclopedia", "encyclopaedia", "network", "station", "werk", "hrsg", "verlag", "éditeur", "périodique", "site",
    "editorial", "publicación", "obra", "via",
)  # fmt: skip
_DATE = (
    "date",
    "year",
    "datum",
    "jahr",
    "année",
    "fecha",
    "año",
    "data",
    "publication-date",
    "publicationdate",
)
_ACCESS = (
    "access-date",
    "accessdate",
    "abruf",
    "zugriff",
    "consulté le",
    "fechaacceso",
    "acessodata",
    "access date",
)
_SCHEMES = ("isbn", "issn", "doi", "oclc", "asin", "pmid", "jstor", "pmc", "lccn", "arxiv", "bibcode", "hdl")


def is_citation(name: str) -> bool:
    """Return whether a template of that name (in lower case) cites a work.

    >>> is_citation("cite web"), is_citation("citation needed"), is_citation("city")
    (True, False, False)
    """
    return bool(_NAME.match(name)) and name not in _NO_NAME


def citation_words(values: Mapping[str, str]) -> str:
    """Return a citation as its reader sees it, from the parameters' readable values.

    >>> citation_words({"last": "Doe", "first": "Jane", "title": "The long way", "date": "1997", "work": "Herald"})
    'Doe, Jane (1997). "The long way". Herald.'
    """
    authors = "; ".join(_people(values))
    date = _first(values, _DATE)
    chapter, title = _first(values, _CHAPTER), _first(values, _TITLE[:6])
    parts = []
    if authors:
        parts.append(f"{authors} ({date})" if date else authors)
    if chapter and title:
        parts += [f'"{chapter}"', title]
    elif title or chapter:
        is_book = not any(values.get(k) for k in (*_HOUSE[:6], "url")) and bool(
            values.get("isbn") or values.get("publisher")
        )
        parts.append(title if is_book and title else f'"{title or chapter}"')
    parts += [p for p in (values.get("edition") and f"{values['edition']} ed", values.get("series")) if p]
    houses = list(dict.fromkeys(values[k] for k in _HOUSE if values.get(k)))
    place = values.get("location") or values.get("place")
    if houses and place:
        houses[-1] = f"{place}: {houses[-1]}"
    parts += houses
    if volume := values.get("volume"):
        parts.append(f"{volume} ({values['issue']})" if values.get("issue") else f"Vol. {volume}")
    if page := values.get("pages") or values.get("page") or values.get("at") or values.get("p"):
        parts.append(f"{'pp' if re.search(r'[-–,]', page) else 'p'}. {page}" if page[:1].isdigit() else page)
    if date and not authors:
        parts.append(date)
    parts += [f"{scheme.upper()} {values[scheme]}" for scheme in _SCHEMES if values.get(scheme)]
    if quote := values.get("quote"):
        parts.append(f'"{quote}"')
    if access := _first(values, _ACCESS):
        parts.append(f"Retrieved {access}")
    if not parts and (url := values.get("url")):
        parts.append(url)
    return " ".join(part if part[-1] in ".?!" else part + "." for part in parts)


def short_words(values: Mapping[str, str], positional: list[str]) -> str:
    """Return a short footnote's words: `Doe & Roe 1997, p. 3`.

    >>> short_words({"p": "3"}, ["Doe", "Roe", "1997"])
    'Doe & Roe 1997, p. 3'
    """
    names = [p for p in positional if p]
    year = names.pop() if names and re.search(r"\d{4}|n\.d\.", names[-1]) else ""
    who = " & ".join(names) if len(names) < 4 else f"{names[0]} et al."
    words = f"{who} {year}".strip()
    if page := values.get("p") or values.get("page"):
        words += f", p. {page}"
    elif pages := values.get("pp") or values.get("pages"):
        words += f", pp. {pages}"
    elif at := values.get("loc") or values.get("at"):
        words += f", {at}"
    return words


def fill_reference(reference: Reference, values: Mapping[str, str]) -> Reference:
    """Return the reference with what the template's parameters say, which is surer than what its words look like."""
    title = _first(values, _CHAPTER) or _first(values, _TITLE)
    publisher = next((values[k] for k in _HOUSE if values.get(k)), None)
    identifiers = tuple((scheme, values[scheme]) for scheme in _SCHEMES if values.get(scheme))
    return replace(
        reference,
        title=title or reference.title,
        authors=tuple(_people(values)) or (() if title else reference.authors),
        publisher=publisher or (None if title else reference.publisher),
        date=_edtf(_first(values, _DATE)) or (None if title else reference.date),
        retrieved=_edtf(_first(values, _ACCESS)) or reference.retrieved,
        url=values.get("url") or values.get("chapter-url") or values.get("contribution-url") or reference.url,
        identifiers=identifiers or reference.identifiers,
    )


def _people(values: Mapping[str, str]) -> list[str]:
    """Return the authors, else the editors, as `Last, First`."""
    for roles in (
        ("last", "first", "author"),
        ("surname", "given", "author"),
        ("editor-last", "editor-first", "editor"),
    ):
        found = []
        for n in ("", *map(str, range(1, 31))):
            last = _numbered(values, roles[0], n)
            first = _numbered(values, roles[1], n)
            whole = _numbered(values, roles[2], n)
            if last:
                found.append(f"{last}, {first}" if first else last)
            elif whole:
                found.append(whole)
        if found:
            return list(dict.fromkeys(found))
    if (
        several := values.get("authors")
        or values.get("people")
        or values.get("autor")
        or values.get("auteur")
    ):
        return [several]
    if vauthors := values.get("vauthors"):
        return [name.strip() for name in vauthors.split(",") if name.strip()]
    return []


def _numbered(values: Mapping[str, str], name: str, n: str) -> str | None:
    if name.startswith("editor-"):
        return values.get(f"editor{n}-{name[7:]}") or values.get(f"{name}{n}") or None
    return values.get(f"{name}{n}") or None


def _first(values: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((values[name] for name in names if values.get(name)), None)


def _edtf(words: str | None) -> str | None:
    if not words:
        return None
    return next((found.edtf for found in find_citation_dates(words)), None)
