"""Names of places in one plain form: small letters, no marks, no hyphens, `st` for `saint`.

    "St.-Étienne" -> "st etienne"        "P'yŏngyang" -> "pyongyang"        "경기도" stays

The words stay apart, so that what a word means ("province", "-do", "oblast") can still be seen.
Nothing is transliterated from one script to another.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from regesta.text.letters import UNDIVIDED

__all__ = ["folded"]

_LETTERS: Final = str.maketrans(
    {
        **UNDIVIDED,
        "ə": "a",
        **dict.fromkeys("'’‘ʻʼ`´ʾʿ.\"“”«»‹›„", ""),
        **dict.fromkeys("-‐‑‒–—_/()[]·・", " "),
        "&": " and ",
    }
)
_MARKS: Final = re.compile("[\u0300-\u036f]+")
_PLAIN: Final = re.compile(r"[a-z ]*")
_SAINT: Final = re.compile(r"\b(?:saint|sankt)\b")
MAX_LENGTH: Final = 400
"""Code points; what is longer is no name."""


def folded(name: str) -> str:
    """Return a name in its plain form, its words apart by one space; empty for what is longer than a name.

    >>> folded("The St.-Étienne"), folded("P'yŏngyang"), folded("Łódź"), folded("경기도")
    ('st etienne', 'pyongyang', 'lodz', '경기도')
    """
    if len(name) > MAX_LENGTH:
        return ""
    text = name.lower().translate(_LETTERS)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).lower()
        text = unicodedata.normalize("NFC", _MARKS.sub("", text)).translate(_LETTERS)
    if not _PLAIN.fullmatch(text):
        text = text.replace(",", " ")
    text = " ".join(text.split())
    if "sa" in text:
        text = _SAINT.sub("st", text)
    return text.removeprefix("the ")
