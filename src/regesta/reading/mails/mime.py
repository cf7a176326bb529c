"""Mails and saved pages (MIME, RFC 2045 to 2049) as parts: numbered as IMAP numbers them, decoded, bounded.

    multipart/mixed ─┬─ 1    multipart/alternative ─┬─ 1.1  text/plain
                     └─ 2    application/pdf        └─ 1.2  text/html

The standard library parses; its newer header classes are left alone, since they take quadratic time for long headers. Messages
with more multiparts than any person makes are refused, so that nesting is bounded. Nothing here decides what is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from typing import cast

from regesta.errors import ReadError
from regesta.reading.decoding import decode
from regesta.reading.laying.assembling import printable

__all__ = ["Part", "day", "header", "parse", "parts"]

_NESTING = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_MAX_NESTING = 100
_MAX_PARTS = 10_000
_MAX_HEADER = 2_000
_CHARSET = re.compile(r"[a-z0-9][a-z0-9_.:+-]{1,39}", re.IGNORECASE)
_NO_CHARSETS = {
    "punycode",
    "idna",
    "unicode_escape",
    "unicode-escape",
    "raw_unicode_escape",
    "raw-unicode-escape",
    "undefined",
}
_UNLIKE_ASCII = ("iso-2022", "hz", "utf-7", "utf7", "utf-16", "utf-32")


@dataclass(frozen=True, slots=True)
class Part:
    """One part that holds no others."""

    number: str
    """`1.2`; `1` for a message of one part."""
    media: str
    """Media type in lower case."""
    above: tuple[str, ...]
    """Media types of the parts that hold it, outermost first."""
    name: str
    """File name, empty where none is stated."""
    is_attached: bool
    message: Message

    def data(self) -> bytes:
        """Return its bytes, the transfer encoding undone."""
        try:
            payload = self.message.get_payload(decode=True)
        except (ValueError, LookupError):
            return b""
        return payload if isinstance(payload, bytes) else b""

    def text(self, where: str) -> tuple[str, str | None]:
        """Return its words and the encoding that was taken though another was declared, else None."""
        data = self.data()
        declared = _charset(self.message)
        if declared and declared.startswith(_UNLIKE_ASCII):
            try:
                return data.decode(declared), None
            except (UnicodeDecodeError, LookupError):
                pass
        text, encoding = decode(data.replace(b"\0", b""), where, declared)
        return text.removeprefix("\ufeff"), None if encoding == declared else encoding


def parse(data: bytes, where: str) -> Message:
    """Return the message; raises `ReadError` for one that holds more multiparts than any mail."""
    import email
    from email import policy

    if sum(1 for _ in _NESTING.finditer(data)) > _MAX_NESTING:
        raise ReadError(
            f"the message holds more than {_MAX_NESTING} messages and multiparts",
            where=where,
            hint="split it",
        )
    try:
        return email.message_from_bytes(data.lstrip(b"\r\n"), policy=policy.compat32)
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise ReadError("the message cannot be parsed", where=where, found=str(error)[:120]) from error


def parts(message: Message) -> Iterator[Part]:
    """Yield the parts that hold no others, in their order."""
    todo: list[tuple[Message, str, tuple[str, ...]]] = [(message, "", ())]
    n_parts = 0
    while todo and n_parts < _MAX_PARTS:
        here, number, above = todo.pop()
        media = here.get_content_type()
        payload = (
            here.get_payload() if here.is_multipart() else None
        )  # else it is decoded, by whatever charset
        if here.is_multipart() and isinstance(payload, list) and not media.startswith("message/"):
            inner = [
                (cast("Message", part), f"{number}.{n}" if number else str(n), (*above, media))
                for n, part in enumerate(payload, 1)
            ]
            todo += reversed(inner)
            continue
        n_parts += 1
        name = _words(here.get_filename())
        is_attached = here.get_content_disposition() == "attachment" or media.startswith("message/")
        yield Part(number or "1", media, above, name, is_attached, here)


def header(message: Message, name: str) -> str:
    """Return a header's words, encoded ones decoded (RFC 2047), on one line; empty where it is not there."""
    return _words(message.get(name))


def day(message: Message) -> str | None:
    """Return the day of the `Date` header as EDTF."""
    from email.utils import parsedate_tz

    stated = header(message, "Date")[:200]
    try:
        found = parsedate_tz(stated)
    except (ValueError, IndexError, TypeError):
        return None
    if not found or not (1 <= found[1] <= 12 and 1 <= found[2] <= 31 and 1000 <= found[0] <= 9999):
        return None
    return f"{found[0]:04}-{found[1]:02}-{found[2]:02}"


def _words(value: object) -> str:
    from email.errors import MessageError
    from email.header import decode_header

    if value is None:
        return ""
    raw = str(value)[: 4 * _MAX_HEADER]
    try:
        pieces = decode_header(raw) if "=?" in raw else [(raw, None)]
    except (ValueError, MessageError):  # broken base64
        pieces = [(raw, None)]
    words = "".join(_decoded(piece, charset) for piece, charset in pieces)
    return printable(" ".join(words.split()))[:_MAX_HEADER]


def _decoded(piece: bytes | str, charset: str | None) -> str:
    data = piece if isinstance(piece, bytes) else piece.encode("utf-8", "surrogateescape")
    try:
        return data.decode(charset if charset and _is_charset(charset.lower()) else "utf-8")
    except (UnicodeDecodeError, LookupError):
        return data.decode("cp1252", "replace")


def _charset(message: Message) -> str | None:
    try:
        stated = message.get_content_charset() or ""
    except (UnicodeError, LookupError, ValueError):
        return None
    return stated if _is_charset(stated) else None


def _is_charset(stated: str) -> bool:
    """Whether a name can be that of an encoding; those that only Python has are none, and some take quadratic time."""
    return bool(_CHARSET.fullmatch(stated)) and stated not in _NO_CHARSETS
