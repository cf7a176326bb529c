"""The IRIs that a chronicle is told under in RDF, and the language tags of its names.

    claim      urn:regesta:claim:c-1f0c...             of the ids of the chronicle, which are hashes of content
    source     urn:regesta:source:3d829c71aa01:wp.txt  twelve digits of its hash, and its name: two projects may each have a wp.txt
    passage    urn:regesta:source:...:wp.txt#char=12,45   RFC 5147: code points

The name `regesta` of the URN is not registered: the IRIs are stable and lead nowhere. No id is made here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import quote

__all__ = ["URN", "address_of", "iri", "passage_iri", "source_iri", "tag_of"]

URN: Final = "urn:regesta:"
_SCRIPTS: Final = {
    "LATIN": "und-Latn", "HANGUL": "ko-Hang", "CJK": "und-Hani", "CYRILLIC": "und-Cyrl", "GREEK": "und-Grek",
    "ARABIC": "und-Arab", "HEBREW": "und-Hebr", "HIRAGANA": "ja-Hira", "KATAKANA": "ja-Kana", "THAI": "und-Thai",
    "DEVANAGARI": "und-Deva", "ARMENIAN": "und-Armn", "GEORGIAN": "und-Geor", "BENGALI": "und-Beng", "TAMIL": "und-Taml",
}  # fmt: skip
"""What a script of Unicode says of the language: Hangul and Kana tell it, the others do not (BCP 47, ISO 15924)."""
_LONGEST: Final = 200
"""Letters of a name that are looked at."""


def iri(kind: str, id_: str) -> str:
    """Return the IRI of a row that has an id.

    >>> iri("claim", "c-1f"), iri("method", "a rule")
    ('urn:regesta:claim:c-1f', 'urn:regesta:method:a%20rule')
    """
    return f"{URN}{kind}:{quote(id_, safe='-._~')}"


def source_iri(name: str, sha256: str) -> str:
    """Return the IRI of a source.

    >>> source_iri("a b/한.txt", "00ff")
    'urn:regesta:source:00ff:a%20b/%ED%95%9C.txt'
    """
    return f"{URN}source:{quote(sha256[:12], safe='')}:{quote(name, safe='/-._~', errors='surrogatepass')}"


def passage_iri(source: str, start: int, end: int) -> str:
    """Return the IRI of a passage of a source's IRI (RFC 5147)."""
    return f"{source}#char={start},{end}"


def address_of(url: str | None) -> str | None:
    """Return an address of the web as an IRI, None where it is none.

    >>> address_of("https://a.example/x y?q=<1>"), address_of("see below")
    ('https://a.example/x%20y?q=%3C1%3E', None)
    """
    if url is None or not re.match(r"https?://[^\s/?#<>\"]+", url):
        return None
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~-._", errors="replace")


def tag_of(name: str) -> str:
    """Return what the letters of a name say of its language and script.

    >>> tag_of("Ada Brook"), tag_of("김 철수"), tag_of("金正日"), tag_of("Kim 김"), tag_of("1997")
    ('und-Latn', 'ko-Hang', 'und-Hani', 'und', 'und')
    """
    found = {script for letter in name[:_LONGEST] if (script := _script(letter))}
    return _SCRIPTS.get(found.pop(), "und") if len(found) == 1 else "und"


@lru_cache(4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0] if letter.isalpha() else ""
