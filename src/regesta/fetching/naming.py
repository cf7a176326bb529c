"""File names for addresses: readable, safe on every system, and with the ending that tells the kind.

    https://www.example.org/wiki/Air_force?oldid=7   text/html   ──►  example.org_wiki_Air_force_oldid=7.html

Letters of every script stay. What makes a path, hides a file or means something to a shell becomes `_`. Whether a name is
taken already is not asked here.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection
from urllib.parse import unquote, urlsplit

__all__ = ["file_name", "suffix_for"]

_MAX_BYTES = 150
"""Of a name in UTF-8, ending excluded; file systems take 255."""

_SUFFIXES = {
    "text/html": (".html",),
    "application/xhtml+xml": (".xhtml", ".html"),
    "text/plain": (".txt",),
    "text/markdown": (".md",),
    "text/x-markdown": (".md",),
    "text/csv": (".csv",),
    "text/tab-separated-values": (".tsv",),
    "text/x-wiki": (".wikitext",),
    "application/pdf": (".pdf",),
    "application/x-pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
    "application/vnd.ms-excel": (".xls",),
    "application/epub+zip": (".epub",),
    "multipart/related": (".mhtml", ".mht"),
    "application/x-mimearchive": (".mhtml", ".mht"),
    "message/rfc822": (".eml",),
    "application/mbox": (".mbox",),
    "application/json": (".json",),
    "application/ld+json": (".json",),
    "application/x-ndjson": (".jsonl",),
    "application/jsonl": (".jsonl",),
    "application/xml": (".xml",),
    "text/xml": (".xml",),
    "application/warc": (".warc",),
    "application/zip": (".zip",),
    "application/x-tar": (".tar",),
}
"""Endings by media type, the best first (IANA's names, and what servers write instead)."""

_VAGUE = {
    "", "application/octet-stream", "binary/octet-stream", "application/x-download", "application/force-download",
    "text/plain", "application/xml", "text/xml", "application/zip", "application/gzip", "application/x-gzip",
    "application/x-bzip2", "application/zstd", "application/x-xz", "text/x-wiki", "application/json",
}  # fmt: skip
"""Types that leave the kind open: the ending in the address tells more."""


def suffix_for(media_type: str, names: Collection[str], known: Collection[str]) -> str | None:
    """Return the ending for what was fetched, one of `known`; "" where its bytes must tell, None where nobody reads it.

    `names` are what the file might be called: the last part of its address, or what the server says.

    >>> suffix_for("text/html", ["index.php"], {".html", ".pdf"})
    '.html'
    >>> suffix_for("text/plain", ["notes.md"], {".txt", ".md"}), suffix_for("image/png", ["a.png"], {".txt"})
    ('.md', None)
    """
    endings = sorted(known, key=len, reverse=True)
    if media_type in _VAGUE:
        for name in names:
            for ending in endings:
                if name.lower().endswith(ending):
                    return ending
    for ending in _SUFFIXES.get(media_type, ()):
        if ending in known:
            return ending
    return "" if media_type in _VAGUE and media_type not in _SUFFIXES else None


def file_name(url: str, suffix: str) -> str:
    """Return a file's name for an address in its normal form.

    >>> file_name("https://www.example.org/wiki/Air_force?oldid=7", ".html")
    'example.org_wiki_Air_force_oldid=7.html'
    >>> file_name("https://example.org/", ".html"), file_name("https://example.org/a/b.HTM", ".html")
    ('example.org.html', 'example.org_a_b.html')
    """
    parts = urlsplit(url)
    path = unquote(parts.path).strip("/")
    for ending in {suffix, ".html", ".htm", ".xhtml"} if suffix == ".html" else {suffix}:
        if ending and path.lower().endswith(ending):
            path = path[: -len(ending)]
            break
    words = [parts.netloc.removeprefix("www."), path, unquote(parts.query)]
    stem = unicodedata.normalize("NFC", "_".join(word for word in words if word))
    stem = re.sub(r"[^\w.()=,-]+", "_", stem)
    stem = re.sub(r"__+", "_", re.sub(r"\.\.+", ".", stem)).strip("._ ") or "page"
    if len(stem.encode()) > _MAX_BYTES:  # the rest is told apart by a hash
        cut = stem.encode()[: _MAX_BYTES - 11].decode("utf-8", "ignore")
        stem = f"{cut}-{hashlib.sha256(url.encode()).hexdigest()[:10]}"
    return stem + suffix
