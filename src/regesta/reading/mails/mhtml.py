"""Pages that a browser saved into one file (MHTML, RFC 2557): the root page, read as HTML.

    Snapshot-Content-Location / Content-Location   url          Date   retrieved
    multipart/related; start="<root>"              the page     its pictures, styles and frames: left out

Places are those of the page with `Place.part`, the number of its part. Frames are said in a problem R040.
"""

from __future__ import annotations

import re
from dataclasses import replace
from email.message import Message

from regesta.errors import ReadError
from regesta.model import Document, Source, content_id
from regesta.reading import html
from regesta.reading.laying.assembling import printable
from regesta.reading.mails import mime
from regesta.text.span import Span

__all__ = ["read", "sniff"]

_SAVED = re.compile(
    rb"^(?:snapshot-content-location:|from:\s*[\"<]{0,2}saved by |x-mimeole:|content-location:\s*(?:https?|file):)",
    re.IGNORECASE | re.MULTILINE,
)
_RELATED = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)


def sniff(data: bytes) -> bool:
    r"""Return whether the first bytes are the header of a saved page.

    >>> sniff(b"From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/\nContent-Type: multipart/related;\n")
    True
    """
    head = data.lstrip(b"\r\n")
    return bool(re.match(rb"[A-Za-z-]{2,40}:", head) and _RELATED.search(head) and _SAVED.search(head))


def read(data: bytes, source: Source) -> Document:
    """Return the document of the saved page; raises `ReadError` where the file holds none."""
    message = mime.parse(data, source.name)
    found = list(mime.parts(message))
    root = _root(message, found)
    if root is None:
        raise ReadError("the file holds no page", where=source.name, hint="save the page again as one file")
    text, encoding = root.text(source.name)
    known = replace(
        source,
        url=source.url or _address(message, root),
        retrieved=source.retrieved or mime.day(message),
        encoding=None,  # it is UTF-8 by now
    )
    page = html.read(printable(text).encode("utf-8"), known)
    problems = list(page.problems)
    if encoding:
        problems.append((Span(0, 0), "R001", f"the page was read as {encoding}"))
    n_frames = sum(part.media == "text/html" and part is not root for part in found)
    if n_frames:
        problems.append((Span(0, 0), "R040", f"{n_frames} frames of the page were not read"))
    title = page.source.title or mime.header(message, "Subject") or None
    return replace(
        page,
        id=content_id("d", ["mhtml", page.text]),
        source=replace(page.source, title=title, format=source.format),
        blocks=tuple(replace(b, place=replace(b.place, part=root.number)) for b in page.blocks),
        runs=tuple(replace(r, place=replace(r.place, part=root.number)) for r in page.runs),
        problems=tuple(problems),
    )


def _root(message: Message, found: list[mime.Part]) -> mime.Part | None:
    """Return the part that the message names as its start, else its first page."""
    start = str(message.get_param("start") or "").strip('<>" ')
    pages = [part for part in found if part.media in ("text/html", "application/xhtml+xml")]
    named = [
        part for part in pages if start and mime.header(part.message, "Content-ID").strip("<> ") == start
    ]
    return next(iter(named or pages), None)


def _address(message: Message, root: mime.Part) -> str | None:
    for stated in (
        mime.header(message, "Snapshot-Content-Location"),
        mime.header(root.message, "Content-Location"),
        mime.header(message, "Content-Location"),
    ):
        if stated.startswith(("http://", "https://")):
            return stated
    return None
