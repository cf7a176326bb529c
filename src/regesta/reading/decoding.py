"""Bytes into text, by a fixed order of attempts; the bytes are never changed and never lost.

    byte order mark UTF-16/32 -> UTF-8 -> the declared charset -> euc_kr / shift_jis / gb18030 where it fits -> cp1252

A UTF-8 byte order mark stays in the text as U+FEFF, and line ends stay as they are: offsets count from the file's first
code point. This module does not look at formats: who knows of a `<meta charset>` passes it.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from regesta.errors import ReadError

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MULTIBYTE = ("euc_kr", "shift_jis", "gb18030", "cp949", "big5")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{4,64}")


def decode(data: bytes, where: str, declared: str | None = None) -> tuple[str, str | None]:
    """Return the text and the name of the encoding, None for plain UTF-8.

    Raises `ReadError` for bytes that are no text: NUL bytes without a UTF-16 or UTF-32 mark.

    >>> decode("é".encode("cp1252"), "a.txt")
    ('é', 'cp1252')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                break
    if b"\0" in data:
        raise ReadError(
            "this is no text file",
            where=where,
            found=data[:8],
            hint="save it as UTF-8 text, HTML, Markdown, wikitext or CSV",
        )
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    for encoding in _attempts(data, declared):
        try:
            return data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1"), "latin-1"


def _attempts(data: bytes, declared: str | None) -> list[str]:
    found = [declared] if declared else []
    # Long runs of high bytes are East Asian text: in a western encoding accented letters stand between plain ones.
    runs = _HIGH_RUN.findall(data)
    if sum(map(len, runs)) > 0.5 * sum(byte >= 0x80 for byte in data):
        found += sorted(
            (encoding for encoding in _MULTIBYTE if _share_of_letters(data, encoding) > 0.9),
            key=lambda encoding: -_share_of_letters(data, encoding),
        )
    return [*found, "cp1252"]


def _share_of_letters(data: bytes, encoding: str) -> float:
    """How much of the non-ASCII text is letters of the scripts that the encoding was made for."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    high = [c for c in text if ord(c) > 127]
    good = {
        "euc_kr": ("HANGUL SYLLABLE",),
        "cp949": ("HANGUL SYLLABLE",),
        "shift_jis": ("HIRAGANA", "KATAKANA", "CJK UNIFIED"),
    }
    wanted = good.get(encoding, ("CJK UNIFIED", "IDEOGRAPHIC", "FULLWIDTH"))
    return sum(unicodedata.name(c, "").startswith(wanted) for c in high) / max(1, len(high))
