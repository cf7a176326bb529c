"""What was fetched as a web archive (WARC 1.1, ISO 28500:2017): request and answer, byte for byte, one gzip member a record.

    warcinfo   who wrote it, with what
    request    GET /story HTTP/1.1 ...                     with its answer `concurrent-to`
    response   HTTP/1.1 200 OK ... <html>                  its address, date, the number of the host, a digest of the bytes

Where the page was reached by redirects, each of them is a pair before it. A record's id is a hash of what is in it (a UUID of
version 5, RFC 9562), so the same visit gives the same bytes. It is written by hand: three records need no library, and what they
need is headers in an order that is plain to see. Nothing here reads a web archive; `unpacking.warc` does.
"""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import hashlib
import uuid
from collections.abc import Iterable, Iterator
from typing import Final

from regesta.fetching.visits import Exchange

__all__ = ["warc_of"]

_VERSION: Final = "WARC/1.1"


def warc_of(exchanges: Iterable[Exchange], agent: str) -> bytes:
    r"""Return a web archive of these exchanges, gzipped record by record; `agent` is what asked.

    >>> at = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    >>> one = Exchange(
    ...     url="http://a.example/", at=at, address="192.0.2.1", request=b"GET / HTTP/1.1\r\n\r\n",
    ...     response=b"HTTP/1.1 200 OK\r\n\r\nHello"
    ... )
    >>> gzip.decompress(warc_of([one], "regesta")).count(b"WARC/1.1\r\n")
    3
    """
    found = tuple(exchanges)
    return b"".join(gzip.compress(record, 9, mtime=0) for record in _records(found, agent))


def _records(exchanges: tuple[Exchange, ...], agent: str) -> Iterator[bytes]:
    first = min((one.at for one in exchanges), default=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    body = (
        f"software: {agent}\r\nformat: WARC File Format 1.1\r\n"
        "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
    ).encode()
    info = _id("warcinfo", agent, first, body)
    yield _record("warcinfo", info, first, body, {"Content-Type": "application/warc-fields"})
    for one in exchanges:
        response = _id("response", one.url, one.at, one.response)
        request = _id("request", one.url, one.at, one.request)
        where = {"WARC-Target-URI": one.url}
        where |= {"WARC-IP-Address": one.address} if one.address else {}
        where |= {"WARC-Warcinfo-ID": info}
        yield _record(
            "request", request, one.at, one.request,
            {**where, "WARC-Concurrent-To": response, "Content-Type": "application/http;msgtype=request"},
        )  # fmt: skip
        yield _record(
            "response", response, one.at, one.response,
            {**where, "Content-Type": "application/http;msgtype=response"},
        )  # fmt: skip


def _id(kind: str, what: str, at: dt.datetime, body: bytes) -> str:
    name = f"{kind}\0{what}\0{at.isoformat()}\0{hashlib.sha256(body).hexdigest()}"
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>"


def _record(kind: str, id_: str, at: dt.datetime, body: bytes, more: dict[str, str]) -> bytes:
    digest = base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
    headers = {
        "WARC-Type": kind,
        "WARC-Record-ID": id_,
        "WARC-Date": at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        **more,
        "WARC-Block-Digest": f"sha1:{digest}",  # what readers of WARC check
        "Content-Length": str(len(body)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{_VERSION}\r\n{lines}\r\n".encode() + body + b"\r\n\r\n"
