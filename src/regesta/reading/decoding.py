"""Bytes into text, by a fixed order of attempts; the bytes are never changed and never lost.

    byte order mark ─► UTF-16/32 without one ─► UTF-8, a few bad bytes included ─► the declared charset
        ─► what `chardet` takes the bytes for ─► cp1252 ─► latin-1

A UTF-8 byte order mark stays in the text as U+FEFF, and line ends stay as they are: offsets count from the file's first
code point. An encoding is guessed from a sample, so a large file costs no more than its decoding. This module does not look
at formats: who knows of a `<meta charset>` passes it.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from regesta.errors import ReadError

__all__ = ["decode"]

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"\0\0\0\x0cjP")
"""What files of pictures begin with: PNG, JPEG, GIF, TIFF of either order, JPEG 2000."""
_SAMPLE: Final = 65_536
"""Bytes that an encoding is guessed from."""
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_ESCAPE: Final = re.compile(rb"\x1b\$|~\{[\x21-\x7e]{2,200}~\}")
"""What an encoding of seven bits shows itself by: ISO-2022, HZ."""
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS: Final = 0.05
"""Share of control characters above which bytes are no text."""
_WIDER: Final = {
    "euc-kr": "cp949", "shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso-8859-1": "cp1252",
    "ascii": "cp1252", "iso-8859-8": "cp1255", "iso-8859-9": "cp1254",
}  # fmt: skip
"""Encoding in lower case -> one that holds it and more, tried where the narrower fails."""
_SHORT: Final = 160
"""Bytes below which statistics are weak, and what reads as Western text is taken for it."""
_COMMON: Final = frozenset(
    "cp1250 cp1251 cp1252 cp1253 cp1255 cp1256 iso8859-15 iso8859-2 koi8-r euc_kr cp949 shift_jis cp932 euc_jp gb18030 gb2312 gbk big5".split()
)
_WESTERN: Final = frozenset(map(chr, range(9, 127))) | frozenset(
    "àâäáçéèêëîïíôöóùûüúœæßñÀÂÄÁÇÉÈÊËÎÔÖÓÙÛÜÚŒÆÑåÅøØ¿¡«»–—’‘“”„…€°£§\u00a0"
)
_OF_LANGUAGE: Final = {
    "ko": ("cp949", "johab", "iso2022_kr"), "ja": ("cp932", "euc_jis_2004", "iso2022_jp_2"), "zh": ("gb18030", "big5hkscs"),
    "ru": ("cp1251", "koi8-r", "cp866", "iso-8859-5", "mac-cyrillic"), "uk": ("cp1251", "koi8-u"),
    "pl": ("cp1250", "iso-8859-2"), "cs": ("cp1250", "iso-8859-2"), "hu": ("cp1250", "iso-8859-2"),
    "el": ("cp1253", "iso-8859-7"), "he": ("cp1255",), "ar": ("cp1256", "iso-8859-6"), "tr": ("cp1254",),
    "de": ("cp1252", "iso-8859-15", "mac-roman", "cp850"), "fr": ("cp1252", "iso-8859-15", "mac-roman", "cp850"),
    "es": ("cp1252", "mac-roman", "cp850"), "en": ("cp1252", "mac-roman"),
}  # fmt: skip
"""Language -> the encodings that its texts come in; they decide where the guess is none of them and one of them fits."""


def decode(
    data: bytes, where: str, declared: str | None = None, language: str | None = None
) -> tuple[str, str | None]:
    """Return the text and the name of the encoding, None for plain UTF-8.

    UTF-8 with a few bad bytes stays UTF-8: each becomes U+FFFD, and the name says how many and where. `language` is that of
    the text (BCP 47), where it is known. Raises `ReadError` for bytes that are no text.

    >>> decode("é".encode("cp1252"), "a.txt"), decode("né là où".encode()[:-1], "a.txt")
    (('é', 'cp1252'), ('né là o�', 'UTF-8 with 1 bad place, the first in line 1'))
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                break
    if b"\0" in data:
        wide = _unmarked(data)
        if wide is None:
            raise _no_text(data, where)
        return data.decode(wide, "replace"), wide
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text or not data:
        seven = _seven_bits(data) if text.isascii() else None
        return seven or (text, None)
    return _nearly_utf8(data) or _guessed(data, where, declared, language)


def _no_text(data: bytes, where: str) -> ReadError:
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return ReadError(
            "this is a picture, no text",
            where=where,
            found=data[:8],
            hint="put it into a PDF, and read that with --ocr LANGUAGES",
        )
    return ReadError(
        "this is no text file",
        where=where,
        found=data[:8],
        hint="save it as UTF-8 text, HTML, Markdown, wikitext or CSV",
    )


_PRINTED = bytes([*b"\t\n\r", *range(0x20, 0x7F)])


def _unmarked(data: bytes) -> str | None:
    """Return which UTF-16 or UTF-32 the bytes are, None if none: every code point assigned, no control characters."""
    sample = data[: _SAMPLE // 16 * 4]
    if len(sample.translate(None, _PRINTED)) < 0.2 * len(sample):
        return (
            None  # ASCII with a stray NUL; Latin letters of two bytes are half NULs, others half beyond ASCII
        )
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        if len(data) % (4 if "32" in encoding else 2):
            continue
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            text = decoder.decode(sample)
        except UnicodeDecodeError:
            continue
        kinds = [unicodedata.category(sign) for sign in text]
        odd = sum(kind in {"Cn", "Co", "Cs"} for kind in kinds) + sum(
            kind == "Cc" and sign not in "\t\n\r\f\x1b" for kind, sign in zip(kinds, text, strict=True)
        )
        words = sum(kind[0] in "LZ" or sign in "\n\r" for kind, sign in zip(kinds, text, strict=True))
        if text and odd == 0 and words >= 0.5 * len(text) and _is_one_script(text):
            return encoding
    return None


def _is_one_script(text: str) -> bool:
    """Return whether a text keeps to few blocks of 256 code points, as words do and chance does not; Han and Hangul are one."""
    blocks = {ord(sign) >> 8 for sign in text[:400]}
    return len({block for block in blocks if not 0x30 <= block <= 0xD7}) <= 4


def _seven_bits(data: bytes) -> tuple[str, str] | None:
    """Return the text of an encoding that uses plain bytes and escapes, None where there are none."""
    if not _ESCAPE.search(data[:_SAMPLE]):
        return None
    for encoding in ("iso2022_jp_2", "iso2022_kr", "hz"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text.isascii() and "\x1b" not in text:
            return text, encoding
    return None


def _nearly_utf8(data: bytes) -> tuple[str, str] | None:
    """Return the text of UTF-8 that was damaged: at least twice as many good letters beyond ASCII as bad places."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd") - data.count("\ufffd".encode())
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    if bad > 0.5 * good:
        return None
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    return text, f"UTF-8 with {bad:,} bad place{'s' * (bad > 1)}, the first in line {line:,}"


def _guessed(data: bytes, where: str, declared: str | None, language: str | None) -> tuple[str, str]:
    first = _HIGH.search(data)
    start = max(0, first.start() - 1024) if first else 0
    sample = data[start : start + _SAMPLE]
    tried = [declared] if declared else []
    controls = len(_CONTROL.findall(sample))
    if controls > _MOST_CONTROLS * len(sample):
        raise _no_text(data, where)
    tried += _attempts(sample, language)
    for encoding in tried:
        for name in (encoding, _WIDER.get(encoding.lower().replace("_", "-"), "")):
            try:
                return data.decode(name), name
            except (UnicodeDecodeError, LookupError):
                continue
    return _best_damaged(data, tried)


def _attempts(sample: bytes, language: str | None) -> list[str]:
    """Return encodings in the order in which to try them."""
    import chardet  # a tenth of a second, for few files

    guess = _same(chardet.detect(sample)["encoding"] or "cp1252", wider=False)
    if (
        len(sample) < _SHORT
        and guess not in _COMMON
        and _WESTERN.issuperset(sample.decode("cp1252", "replace"))
    ):
        guess = "cp1252"
    known = _OF_LANGUAGE.get((language or "").partition("-")[0].lower(), ())
    if known and _same(guess) not in {_same(name) for name in known}:
        within = chardet.detect(sample, include_encodings=known, no_match_encoding=known[0])["encoding"]
        return [*([_same(within, wider=False)] if within else []), guess, "cp1252"]
    return [guess, "cp1252"]


def _same(name: str, *, wider: bool = True) -> str:
    """Return the name that Python knows an encoding by, on demand that of the wider where one is wider."""
    chosen = _WIDER.get(name.lower().replace("_", "-"), name) if wider else name
    try:
        return codecs.lookup(chosen).name
    except LookupError:
        return chosen


def _best_damaged(data: bytes, tried: list[str]) -> tuple[str, str]:
    """Return the text in the first encoding that reads nearly all of it, with U+FFFD in the bad places; else latin-1."""
    for encoding in tried:
        try:
            text = data.decode(encoding, "replace")
        except LookupError:
            continue
        bad = text.count("\ufffd")
        if bad * 100 <= len(text):
            line = text.count("\n", 0, text.index("\ufffd")) + 1
            return text, f"{encoding} with {bad:,} bad place{'s' * (bad > 1)}, the first in line {line:,}"
    return data.decode("latin-1"), "latin-1"
