"""What a page says of itself: title, address, licence, dates, language, site, revision.

    MediaWiki's own settings  >  JSON-LD  >  OpenGraph and other <meta>  >  <link>, <title>, <html lang>

Pages state these things several times; the more deliberate statement wins. Nothing here reads the body's words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from regesta.model import Source
from regesta.reading.html.dom import Element, words_of

__all__ = ["fill", "page_metadata"]

_DATE = re.compile(
    r"(\d{4})(?:-?(0[1-9]|1[0-2]))?(?:-?(0[1-9]|[12]\d|3[01]))?(?=$|[T\s])|(\d{4})(\d\d)(\d\d)\d{6}$"
)
_MW_SETTING = re.compile(
    r"[\"']?wg(Title|PageName|RevisionId|CurRevisionId|ContentLanguage|PageContentLanguage|SiteName)[\"']?"
    r"\s*[:=]\s*(?:\"([^\"\n]{0,300})\"|(\d{1,12}))"
)
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:byline|dateline|date|published|posted|pubdate|timestamp|entry-meta|post-meta|meta|entry-date)(?=$|[\s_-])",
    re.IGNORECASE,
)
_META = {
    "og:title": "title", "dc.title": "title", "dcterms.title": "title", "citation_title": "title",
    "twitter:title": "title", "headline": "title",
    "og:url": "url", "dc.rights": "licence", "dcterms.license": "licence", "dc.rights.license": "licence",
    "article:published_time": "published", "datepublished": "published", "dc.date": "published",
    "dcterms.created": "published", "citation_publication_date": "published", "citation_date": "published",
    "pubdate": "published", "date": "published", "dc.date.issued": "published", "dcterms.issued": "published",
    "article:modified_time": "modified", "og:updated_time": "modified", "datemodified": "modified",
    "last-modified": "modified", "dcterms.modified": "modified", "revised": "modified",
    "og:locale": "language", "content-language": "language", "dc.language": "language",
    "og:site_name": "site", "application-name": "site", "citation_journal_title": "site",
}  # fmt: skip


def page_metadata(root: Element) -> dict[str, str]:
    """Return what the page states, among `title url licence published modified language site revision`; dates are EDTF."""
    found: dict[str, str] = {}
    for key, statement in _statements(root):
        value = " ".join(statement.split())
        if not value or key in found:
            continue
        if key in {"published", "modified"}:
            if date := _edtf(value):
                found[key] = date
        elif key == "language":
            found[key] = value.replace("_", "-")
        else:
            found[key] = value[:1000]
    site = found.get("site")
    if site and (title := found.get("title")):
        for separator in (" - ", " | ", " – ", " — ", " :: "):
            if title.endswith(separator + site) and len(title) > len(separator + site):
                found["title"] = title.removesuffix(separator + site)
    return found


def fill(source: Source, said: Mapping[str, str]) -> Source:
    """Return the source with its unknown fields filled from what the page says; what the caller stated stays.

    >>> fill(Source(name="a.html", title="Mine"), {"title": "Theirs", "modified": "2020-05-01"}).date
    '2020-05-01'
    """
    return replace(
        source,
        title=source.title or said.get("title"),
        url=source.url or said.get("url"),
        licence=source.licence or said.get("licence"),
        date=source.date or said.get("modified") or said.get("published"),
        language=source.language or said.get("language"),
    )


def _statements(root: Element) -> Iterator[tuple[str, str]]:
    yield from _mediawiki(root)
    for script in root.iter("script"):
        if script.get("type", "").strip().lower() == "application/ld+json":
            yield from _json_ld(script.text or "")
    for meta in root.iter("meta"):
        name = (
            meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        )
        if key := _META.get(name.strip().lower()):
            yield key, meta.get("content") or ""
    for link in root.iter("link", "a"):
        relations = (link.get("rel") or "").lower().split()
        if "canonical" in relations:
            yield "url", link.get("href") or ""
        if "license" in relations:
            yield "licence", link.get("href") or ""
    for time in root.iter("time"):
        if (
            time.get("pubdate") is not None
            or time.get("itemprop") == "datePublished"
            or any(
                _BYLINE.search(e.get("class", ""))
                for e in (time, *time.iterancestors("p", "div", "span", "header"))
            )
        ):
            yield "published", time.get("datetime") or words_of(time)
    if (language := root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")) is not None:
        yield "language", language
    for heading in root.iterfind(".//h1[@id='firstHeading']"):
        yield "title", words_of(heading)
    for title in root.iter("title"):
        yield "title", words_of(title)
        break


def _mediawiki(root: Element) -> Iterator[tuple[str, str]]:
    for script in root.iter("script"):
        text = script.text or ""
        if "wgPageName" not in text and "wgTitle" not in text:
            continue
        settings = {m[1]: m[2] or m[3] for m in _MW_SETTING.finditer(text[:200_000])}
        if title := settings.get("PageName", "").replace("_", " ") or settings.get("Title"):
            yield "title", title
        if (revision := settings.get("RevisionId") or settings.get("CurRevisionId")) and revision != "0":
            yield "revision", revision
        language = settings.get("PageContentLanguage") or settings.get("ContentLanguage")
        if language:
            yield "language", language
        if site := settings.get("SiteName"):
            yield "site", site


def _json_ld(text: str) -> Iterator[tuple[str, str]]:
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        return
    todo: list[Any] = [loaded]
    for _ in range(200):
        if not todo:
            return
        item = todo.pop(0)
        if isinstance(item, list):
            todo += item
        elif isinstance(item, dict):
            kinds = str(item.get("@type", ""))
            if any(
                k in kinds for k in ("Article", "Posting", "WebPage", "Report", "Dataset", "CreativeWork")
            ):
                yield from _json_ld_item(item)
            todo += [v for k, v in item.items() if k in {"@graph", "mainEntity"}]


def _json_ld_item(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, name in (
        ("headline", "title"), ("name", "title"), ("url", "url"), ("mainEntityOfPage", "url"),
        ("license", "licence"), ("datePublished", "published"), ("dateModified", "modified"),
        ("inLanguage", "language"), ("publisher", "site"),
    ):  # fmt: skip
        value = item.get(key)
        if isinstance(value, dict):
            value = value.get("name") or value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield name, value


def _edtf(value: str) -> str | None:
    found = _DATE.match(value.strip())
    if not found:
        return None
    parts = found.groups()[:3] if found[1] else found.groups()[3:]
    return "-".join(part for part in parts if part)
