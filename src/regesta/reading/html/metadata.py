"""What a page says of itself: title, address, licence, dates, language, site, revision.

    MediaWiki's own settings  >  <link rel=canonical>  >  JSON-LD  >  OpenGraph and other <meta>  >  <title>, <html lang>
                              >  MediaWiki's footer  >  what a browser noted on saving

Pages state these things several times; the more deliberate statement wins. Nothing here reads the body's words, nor judges
whether a page may call itself by the address that it states: who knows where it was fetched does.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from regesta.model import Source
from regesta.reading.html.dom import words_of
from regesta.reading.html.survey import Survey

__all__ = ["fill", "page_metadata"]

_DATE = re.compile(
    r"(\d{4})(?:-?(0[1-9]|1[0-2]))?(?:-?(0[1-9]|[12]\d|3[01]))?(?=$|[T\s])|(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{6}$"
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
    "og:url": "url", "citation_public_url": "url", "citation_abstract_html_url": "url",
    "dc.rights": "licence", "dcterms.license": "licence", "dc.rights.license": "licence", "dcterms.rights": "licence",
    "license": "licence", "dc.title.alternative": "title", "eprints.title": "title",
    "dc.date.created": "published", "dc.date.published": "published", "dcterms.date": "published",
    "dcterms.available": "published", "citation_online_date": "published", "og:article:published_time": "published",
    "og:published_time": "published", "datecreated": "published", "parsely-pub-date": "published",
    "sailthru.date": "published", "publish-date": "published", "article.published": "published",
    "dc.date.modified": "modified", "og:article:modified_time": "modified", "og:modified_time": "modified",
    "article:modified": "modified", "article.updated": "modified", "lastmod": "modified",
    "dcterms.language": "language", "citation_language": "language", "inlanguage": "language",
    "article:published_time": "published", "datepublished": "published", "dc.date": "published",
    "dcterms.created": "published", "citation_publication_date": "published", "citation_date": "published",
    "pubdate": "published", "date": "published", "dc.date.issued": "published", "dcterms.issued": "published",
    "article:modified_time": "modified", "og:updated_time": "modified", "datemodified": "modified",
    "last-modified": "modified", "dcterms.modified": "modified", "revised": "modified",
    "og:locale": "language", "content-language": "language", "dc.language": "language",
    "og:site_name": "site", "application-name": "site", "citation_journal_title": "site",
}  # fmt: skip


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,5}")
_OLDID = re.compile(r"[?&]oldid=([0-9]{1,12})(?![0-9])")
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s{0,2}(\d{1,2})\s?[月월]\s{0,2}(\d{1,2})\s?[日일]")
_SAVED = re.compile(
    r"<!--[^<>]{0,200}?(?:saved from url=\(\d{1,5}\)|\burl:\s{0,9})(https?://[^\s<>]{1,2000})", re.IGNORECASE
)


def page_metadata(seen: Survey, base: str | None = None, markup: str = "") -> dict[str, str]:
    """Return what the page states, among `title url licence published modified language site revision`; dates are EDTF.

    Relative addresses are resolved against `base`, where the page was; without it they say nothing. In the beginning of
    the `markup` stands where a browser saved the page from.
    """
    found: dict[str, str] = {}
    base = next((_absolute(e.get("href") or "", base) for e in seen.those("base")), None) or base
    for key, statement in _statements(seen, markup):
        value = " ".join(statement.split())
        if key == "url" or (key == "licence" and value.startswith(("/", ".", "?", "#"))):
            value = _absolute(value, base) or ""
        if not value or key in found:
            continue
        if key in {"published", "modified"}:
            if date := _edtf(value):
                found[key] = date
        elif key == "language":
            if _LANGUAGE.fullmatch(language := value.replace("_", "-")):
                found[key] = language
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
        revision=source.revision or said.get("revision"),
    )


def _absolute(address: str, base: str | None) -> str | None:
    """Return an address of the web in full, None where it is none."""
    try:
        full = urljoin(base or "", address.strip())
        parts = urlsplit(full)
    except ValueError:
        return None
    return full if parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc else None


def _statements(seen: Survey, markup: str) -> Iterator[tuple[str, str]]:
    yield from _mediawiki(seen)
    related = [(seen.elements[at], set(value.lower().split())) for at, value in seen.relations]
    for link, relations in related:
        if link.tag == "link" and "canonical" in relations:
            yield "url", link.get("href") or ""
    for script in seen.those("script"):
        if script.get("type", "").strip().lower() == "application/ld+json":
            yield from _json_ld(script.text or "")
    for meta in seen.those("meta"):
        name = (
            meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        )
        if key := _META.get(name.strip().lower()):
            yield key, meta.get("content") or ""
    for link, relations in related:
        if relations & {"license", "licence"}:
            yield "licence", link.get("href") or ""
    for time in seen.those("time"):
        if (
            time.get("pubdate") is not None
            or time.get("itemprop") == "datePublished"
            or any(
                _BYLINE.search(e.get("class", ""))
                for e in (time, *time.iterancestors("p", "div", "span", "header"))
            )
        ):
            yield "published", time.get("datetime") or words_of(time)
    root = seen.elements[0]
    if (language := root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")) is not None:
        yield "language", language
    for at in seen.of("h1"):
        if seen.ids.get(at) == "firstHeading":
            yield "title", words_of(seen.elements[at])
    for title in seen.those("title")[:1]:
        yield "title", words_of(title)
    if "oldid=" in markup or "lastmod" in markup:
        yield from _mediawiki_footer(seen)
    if saved := _SAVED.search(markup[:20_000]):
        yield "url", saved[1]


def _mediawiki(seen: Survey) -> Iterator[tuple[str, str]]:
    for script in seen.those("script"):
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


def _mediawiki_footer(seen: Survey) -> Iterator[tuple[str, str]]:
    """Yield the revision of a permanent link, and the day of "This page was last edited on ..."."""
    told = {at for at, name in seen.ids.items() if name in {"t-permalink", "footer-info-lastmod", "lastmod"}}
    told.update([at for at, name in seen.names.items() if name == "printfooter"])
    for at in sorted(told):
        element, name = seen.elements[at], seen.ids.get(at)
        if element.tag not in {"li", "div"}:
            continue
        if name == "t-permalink" or element.get("class") == "printfooter":
            for link in element.iter("a"):
                if found := _OLDID.search(link.get("href") or ""):
                    yield "revision", found[1]
        elif name in {"footer-info-lastmod", "lastmod"}:
            said = words_of(element)[:300]
            if day := _EAST_ASIAN.search(said):
                yield "modified", f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
                continue
            from regesta.dates.find import find_dates

            for date in find_dates(said):
                yield "modified", date.edtf or ""


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
    year, month, day = found.groups()[:3] if found[1] else found.groups()[3:]
    if day:
        try:
            dt.date(int(year), int(month), int(day))
        except ValueError:  # no day of that month
            day = None
    return "-".join(part for part in (year, month, day) if part)
