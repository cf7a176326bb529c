"""What machines read of a site: its index, the sitemap, robots.txt, the hashes of the downloads.

    index.json    the edition, its exports, every file with hash and size     sitemap.xml    where the site has an address

Nothing here writes a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

from regesta.publishing.downloads import Exported
from regesta.publishing.imprint import Imprint
from regesta.publishing.swapping import File

__all__ = ["index_of", "robots", "sitemap", "sums"]

_OF_ONE = 50_000
"""Addresses of one sitemap, by sitemaps.org."""
_NO_PAGES = ("404.html",)


def index_of(
    imprint: Imprint, exports: Sequence[Exported], languages: Sequence[str], made_of: str
) -> dict[str, Any]:
    """Return what `index.json` says before it lists the files: pages are those that end in `.html`.

    `made_of` tells the edition, the version and everything that was asked for from any other.
    """
    return {
        "site": 1,
        "edition": {
            "title": imprint.title,
            "id": imprint.id,
            "number": imprint.number,
            "on": imprint.on.isoformat(),
            "regesta": imprint.version,
            "url": imprint.url or None,
            "contact": imprint.contact or None,
        },
        "made_of": made_of,
        "languages": list(languages),
        "entries": {"people": "people/{id}.html", "findings": "findings/{id}.html"},
        "exports": [
            {
                "format": one.format,
                "says": one.says,
                "path": one.file.path,
                "sha256": one.file.sha256,
                "bytes": one.file.size,
                "holds": list(one.parts),
            }
            for one in exports
            if one.file
        ],
        "editions": "editions.json",
        "policy": "edition.html#policy",
    }


def sums(exports: Iterable[Exported]) -> bytes:
    """Return the hashes of the downloads as `sha256sum --check` reads them."""
    lines = [f"{one.file.sha256}  {one.file.path.rpartition('/')[2]}\n" for one in exports if one.file]
    return "".join(lines).encode()


def robots(imprint: Imprint) -> bytes:
    """Return `robots.txt`: everything may be read, the pieces of the search need not be."""
    lines = [
        "User-agent: *",
        "Disallow: /search/",
        *([f"Sitemap: {imprint.url}sitemap.xml"] if imprint.url else []),
    ]
    return ("\n".join(lines) + "\n").encode()


def sitemap(imprint: Imprint, made: Iterable[File]) -> Iterator[tuple[str, bytes]]:
    """Yield the sitemap of all pages, in several files where one cannot hold them."""
    pages = sorted(f.path for f in made if f.path.endswith(".html") and f.path not in _NO_PAGES)
    parts = [pages[at : at + _OF_ONE] for at in range(0, len(pages), _OF_ONE)]
    if len(parts) == 1:
        yield "sitemap.xml", _map("urlset", "url", (imprint.at(path) for path in parts[0]))
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _map("urlset", "url", (imprint.at(path) for path in part))
    yield "sitemap.xml", _map("sitemapindex", "sitemap", (imprint.at(name) for name in names))


def _map(outer: str, inner: str, addresses: Iterable[str]) -> bytes:
    lines = [f"<{inner}><loc>{escape(address)}</loc></{inner}>" for address in addresses]
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return "\n".join(
        [head, f'<{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">', *lines, f"</{outer}>\n"]
    ).encode()
