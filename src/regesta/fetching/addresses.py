"""Addresses of the web: written one way, asked whether they may be visited, and whether a page may call itself by one.

    HTTP://Example.org:80/a/../%62?q=ä#top  ──web_address──►  http://example.org/b?q=%C3%A4

The address from which bytes came is a fact; the address that a page states is a claim, which any page can make. It is taken
where it names the same site, see `own_address`. Nothing here opens a connection.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from regesta.errors import ReadError

__all__ = ["host_of", "is_public", "original_of", "own_address", "web_address"]

MAX_LENGTH = 8000
"""Code points of the longest address; servers rarely take more."""

_PORTS = {"http": 80, "https": 443}
_HEX = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_MIRRORS = {"www", "m", "mobile", "amp"}
"""Labels of a host under which sites show the same pages once more."""
_ARCHIVED = re.compile(r"/\d{4,14}(?:[a-z]{2}_)?/(https?:/{1,2}[^/].*)$", re.IGNORECASE | re.DOTALL)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def web_address(text: str) -> str:
    """Return an address of the web in its normal form, without fragment (RFC 3986, section 6.2).

    Raises `ReadError` where it is none, or carries a user's name or password.

    >>> web_address("HTTP://Example.org:80/a/../%62?q=ä#top")
    'http://example.org/b?q=%C3%A4'
    """
    shown = text if len(text) <= 200 else text[:200] + "…"
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port
        if ":" not in host:
            host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except ValueError as error:
        raise ReadError("is no address of the web", where=shown, hint="check how it is written") from error
    if parts.scheme not in _PORTS or not re.fullmatch(r"[a-z0-9._-]+|[0-9a-f:.]+", host) or port == 0:
        raise ReadError(
            "is no address of the web", where=shown, hint="it should begin with https:// or http://"
        )
    if "@" in parts.netloc:
        raise ReadError(
            "holds a user's name or a password, which regesta neither sends nor keeps",
            where=f"{parts.scheme}://…@{host}{parts.path[:200]}",
            hint="save the page with a browser and add the file",
        )
    if len(text) > MAX_LENGTH:
        raise ReadError("the address is too long", where=shown)
    place = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS[parts.scheme]:
        place += f":{port}"
    path = _plain(quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._"))
    query = _plain(quote(parts.query, safe="/?%:@!$&'()*+,;=~-._"))
    return urlunsplit((parts.scheme, place, _without_dots(path), query, ""))


def _without_dots(path: str) -> str:
    """Resolve the segments `.` and `..` of a path (RFC 3986, section 5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return "/" + "/".join([*kept, ""] if segments[-1] in {".", ".."} else kept)


def _plain(text: str) -> str:
    """Write percent codes in capitals, and none for what needs none; a stray `%` becomes `%25`."""
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)

    def one(match: re.Match[str]) -> str:
        letter = chr(int(match[1], 16))
        return letter if letter in _UNRESERVED else match[0].upper()

    return _HEX.sub(one, text)


def host_of(url: str) -> str:
    """Return the host of an address in its normal form."""
    return urlsplit(url).hostname or ""


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the open internet: not of this machine, this network, or a special range.

    An IPv4 address within an IPv6 one counts by itself (mapped, 6to4, Teredo, NAT64).

    >>> [is_public(a) for a in ("8.8.8.8", "127.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fe80::1%eth0")]
    [True, False, False, False, False, False]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def own_address(stated: str, fetched: str) -> str | None:
    """Return the address that a page states for itself where it is plausible, else None.

    It must be of the same host, `www.`, `m.`, `mobile.` and `amp.` aside, or of a part of that host; of the same port; and
    no front page where the page fetched is none. So no page can pass for one of another site, nor of the site above its own.

    >>> own_address("/story", "http://m.example.org/story?from=feed")
    'http://m.example.org/story'
    >>> own_address("https://www.example.org/story", "https://m.example.org/story?from=feed")
    'https://www.example.org/story'
    >>> own_address("https://paper.example/story", "https://example.org/copy") is None
    True
    """
    try:
        stated = web_address(urljoin(fetched, stated.strip()))
    except (ReadError, ValueError):
        return None
    new, old = urlsplit(stated), urlsplit(fetched)
    left, right = new.hostname or "", old.hostname or ""
    is_part = (
        "." in right and left.endswith("." + right) and not right[-1].isdigit()
    )  # no part of an IP address
    if not is_part and _bare(left) != _bare(right):
        return None
    if new.port != old.port or (old.scheme == "https" and new.scheme == "http"):
        return None
    if new.path == "/" and not new.query and (old.query or old.path != "/"):
        return None
    return stated


def _bare(host: str) -> str:
    """Return a host without the labels of mirrors; at least two labels stay."""
    labels = host.split(".")
    kept = [label for label in labels[:-2] if label not in _MIRRORS]
    return ".".join([*kept, *labels[-2:]])


def original_of(archived: str) -> str | None:
    """Return the address that stands, behind a date, within the address of an archive's copy; None where there is none.

    >>> original_of("https://archive.example/web/20120130000000id_/http://a.example/b?c=1")
    'http://a.example/b?c=1'
    """
    parts = urlsplit(archived)
    match = _ARCHIVED.search(parts.path + (f"?{parts.query}" if parts.query else ""))
    if not match:
        return None
    try:
        return web_address(re.sub(r"^(https?:)/+", r"\1//", match[1], flags=re.IGNORECASE))
    except ReadError:
        return None
