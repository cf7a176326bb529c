"""A name as written, made ready for reading: tokens in small letters, one kind of apostrophe, hyphen and breve.

"KIM Ch’ŏl-su"   -> kim, ch'ŏl-su
"Ch'o'l"         -> ch'ŏl            an apostrophe that stands for the breve
"Mun'gi"         -> mungi            one that only parts two letters
"Müller"         -> muller           marks that no Korean system has are dropped
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["DOUBLE_SURNAMES", "clean", "clean_token", "unmarked"]

DOUBLE_SURNAMES: Final = frozenset("남궁 황보 제갈 선우 사공 서문 독고 동방 망절".split())
"""The surnames of two syllables."""
_ONE: Final = str.maketrans(
    {"’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "`": "'", "′": "'", "‛": "'", "´": "'", "‐": "-", "‑": "-", "–": "-", "‒": "-", "ǒ": "ŏ", "ǔ": "ŭ", "ō": "ŏ", "ū": "ŭ", "õ": "ŏ", "ũ": "ŭ", "ı": "i"}
)  # fmt: skip
_BREVE: Final = re.compile(r"([ou])'(?=[a-z])|([ou])'$")
_PLAIN: Final = str.maketrans({"ŏ": "o", "ŭ": "u", "'": ""})
_ASPIRATE: Final = re.compile(r"(?<!ch)(?<![ktp])'|'(?![aeiouywŏŭ])")


def clean(name: str) -> list[str]:
    """Return the name's tokens, in small letters and with one kind of mark each; commas are dropped.

    >>> clean("KIM Ch’ŏl-su"), clean("PAK Ch'o'l-nam"), clean("Hwang Mun'gi"), clean("Choi, Jung Ah")
    (['kim', "ch'ŏl-su"], ['pak', "ch'ŏl-nam"], ['hwang', 'mungi'], ['choi', 'jung', 'ah'])
    """
    return [token for token in map(clean_token, name.replace(",", " ").split()) if token]


def clean_token(token: str) -> str:
    """Return one token in small letters, with one kind of apostrophe, hyphen and breve.

    >>> clean_token("Ch’o’l"), clean_token("HYŎN"), clean_token("Sǒng"), clean_token("Mun'gi")
    ("ch'ŏl", 'hyŏn', 'sŏng', 'mungi')
    """
    token = token.lower()
    if token.isascii() and "'" not in token:
        return token.strip(".-").replace(".", "-")
    token = unicodedata.normalize("NFC", token).translate(_ONE)
    if not token.isascii():
        token = "".join(c if c in "ŏŭ" else _bare(c) for c in token)
    if "'" in token:
        token = _BREVE.sub(lambda match: "ŏ" if "o" in match[0] else "ŭ", token)
        token = _ASPIRATE.sub("", token)
    return token.strip(".-'").replace("eŏ", "ŏ").replace(".", "-")


def unmarked(token: str) -> str:
    """Return the token without breves and apostrophes.

    >>> unmarked("ch'ŏl")
    'chol'
    """
    return token.translate(_PLAIN)


def _bare(char: str) -> str:
    """Return the letter without its marks."""
    if char < "\x80" or "가" <= char <= "힣":
        return char
    return "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
