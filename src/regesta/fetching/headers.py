"""What the headers of an answer say of a page: its kind, language, dates, addresses and licence.

    Content-Type: text/html; charset=euc-kr         media type, charset
    Content-Language: ko                            language
    Last-Modified, Memento-Datetime                 dates
    Link: <https://…>; rel="canonical"              addresses, licence

Headers are a stranger's words: nothing here trusts them, and each is bounded by what `http.client` takes.
"""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime

__all__ = ["Head", "head_of", "moment", "seconds_to_wait"]

_LINK = re.compile(
    r"<([^<>]{1,8000})>((?:\s{0,9};\s{0,9}[\w*-]{1,40}(?:\s{0,9}=\s{0,9}(?:\"[^\"]{0,500}\"|[^\s\",;]{1,500}))?){0,20})"
)
_REL = re.compile(r";\s{0,9}rel\s{0,9}=\s{0,9}(?:\"([^\"]{0,500})\"|([^\s\",;]{1,500}))", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What is known of an answer before its body."""

    url: str
    """Where it is, after redirects."""
    media_type: str
    """In lower case; empty where the server states none."""
    charset: str | None = None
    """Name of the encoding as the server states it, in lower case; only one that Python knows."""
    language: str | None = None
    """BCP 47, where the server states exactly one."""
    file_name: str | None = None
    """What the server would call the file."""
    etag: str | None = None
    last_modified: str | None = None
    """As sent, for asking again."""
    modified: dt.datetime | None = None
    """The same as a moment, where it is older than the answer by a day: else it tells when the page was made for us."""
    archived: dt.datetime | None = None
    """When an archive took its copy (Memento, RFC 7089)."""
    original: str | None = None
    """What the archive says it is a copy of."""
    canonical: str | None = None
    """What the server says is the page's own address; a claim."""
    licence: str | None = None
    """The address of a licence."""


def head_of(url: str, headers: Message, now: dt.datetime) -> Head:
    """Return what the headers of an answer at `url` say.

    >>> headers = Message()
    >>> headers["Content-Type"] = "text/html; charset=EUC-KR"
    >>> head = head_of("https://example.org/", headers, dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    >>> head.media_type, head.charset
    ('text/html', 'euc-kr')
    """
    links = dict(_links(headers.get_all("Link") or []))
    modified = moment(headers.get("Last-Modified"))
    answered = min(moment(headers.get("Date")) or now, now)
    language = (headers.get("Content-Language") or "").strip()
    return Head(
        url=url,
        media_type=headers.get_content_type() if headers.get("Content-Type") else "",
        charset=_known(headers.get_content_charset()),
        language=language if _LANGUAGE.fullmatch(language) else None,
        file_name=headers.get_filename(),
        etag=_short(headers.get("ETag")),
        last_modified=_short(headers.get("Last-Modified")),
        modified=modified if modified and answered - modified >= dt.timedelta(days=1) else None,
        archived=moment(headers.get("Memento-Datetime")),
        original=links.get("original"),
        canonical=links.get("canonical"),
        licence=links.get("license"),
    )


def moment(value: str | None) -> dt.datetime | None:
    """Return the moment that a header tells, in UTC; None where it tells none.

    >>> moment("Mon, 30 Jan 2012 10:00:00 GMT")
    datetime.datetime(2012, 1, 30, 10, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        told = parsedate_to_datetime(value or "")
        return (told if told.tzinfo else told.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def seconds_to_wait(value: str | None, now: dt.datetime) -> float | None:
    """Return what a header `Retry-After` asks for: seconds, or a moment; None where it asks for nothing.

    >>> seconds_to_wait("120", dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    120.0
    """
    if value and re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
        return float(value)
    told = moment(value)
    return max(0.0, (told - now).total_seconds()) if told else None


def _links(values: list[str]) -> Iterator[tuple[str, str]]:
    """Yield (relation, address); the last of a relation counts least."""
    found = [m for value in values[:20] for m in _LINK.finditer(value[:20_000])]
    for match in reversed(found):
        for rel in _REL.finditer(match[2]):
            for relation in (rel[1] or rel[2] or "").lower().split():
                yield relation, match[1]


def _known(charset: str | None) -> str | None:
    try:
        return charset if charset and codecs.lookup(charset) else None
    except (LookupError, ValueError):
        return None


def _short(value: str | None) -> str | None:
    """Return a header's value where it can be sent back as it is."""
    return value if value and len(value) <= 500 and value.isascii() and value.isprintable() else None
