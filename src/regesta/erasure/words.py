r"""A text as the words that erasing compares, and where each stands.

    "HONG  Gil-dong's 홍길동"  ->  hong gil dong s 홍 길 동

Small letters without marks; other alphabets in Latin letters; of Chinese characters, Kana and Hangul each sign is a word of its
own, because nothing parts them. So case, accents, spaces, hyphens and hidden signs make no difference. Nothing here knows a
key or a name.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

__all__ = ["Word", "is_sign", "words_of"]

_SIGN: Final = "\u3005\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7a3\U00020000-\U0003134f"
_SIGNS: Final = re.compile(f"[{_SIGN}]")
_WORD: Final = re.compile(
    "[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?"  # a syllable of Hangul, written as letters
    f"|[{_SIGN}][\u3099\u309a]?"
    f"|(?:(?![{_SIGN}\u1100-\u11ff])[^\\W_][\u0300-\u036f\u00ad\u200b-\u200d\u2060]*)+"
)
_HIDDEN: Final = re.compile("[\u00ad\u200b-\u200d\u2060]")


class Word(NamedTuple):
    """One word of a text."""

    start: int
    end: int
    """After its last code point."""
    form: str
    """As it is compared; never empty."""


def words_of(text: str) -> list[Word]:
    """Return the words of a text, in their order.

    >>> [word.form for word in words_of("HONG Gil-dong, Łukasz Müller; 홍길동")]
    ['hong', 'gil', 'dong', 'lukasz', 'muller', '홍', '길', '동']
    """
    known: dict[str, str] = {}
    found = []
    for match in _WORD.finditer(text):
        raw = match[0]
        form = known.get(raw)
        if form is None:
            form = known[raw] = _form(raw)
        if form:
            found.append(Word(match.start(), match.end(), form))
    return found


def is_sign(form: str) -> bool:
    """Return whether a form holds signs of a script without spaces.

    >>> is_sign("홍"), is_sign("hong")
    (True, False)
    """
    return _SIGNS.search(form) is not None


def _form(raw: str) -> str:
    if raw.isascii():
        return raw.lower()
    composed = unicodedata.normalize("NFKC", _HIDDEN.sub("", raw))
    if _SIGNS.search(composed):
        return composed
    from anyascii import anyascii

    bare = "".join(
        letter for letter in unicodedata.normalize("NFD", composed) if not unicodedata.combining(letter)
    )
    return "".join(letter for letter in anyascii(bare).lower() if letter.isalnum())
