r"""A text as the words that erasing compares, and where each stands.

    "HONG  Gil-dong's 홍길동"  ->  hong gil dong s 홍 길 동

Small letters without marks; other alphabets in Latin letters; of Chinese characters, Kana and Hangul each sign is a word of its
own, because nothing parts them. So case, accents, spaces, hyphens and hidden signs make no difference. Nothing here knows a
key or a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

__all__ = ["RUN", "RUN_OF_SIGNS", "Word", "is_sign", "run_of", "stretch", "words_of"]

_SIGN: Final = "\u3005\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7a3\U00020000-\U0003134f"
_SIGNS: Final = re.compile(f"[{_SIGN}]")
_WORD: Final = re.compile(
    "[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?"  # a syllable of Hangul, written as letters
    f"|[{_SIGN}][\u3099\u309a]?"
    f"|(?:(?![{_SIGN}\u1100-\u11ff])[^\\W_][\u0300-\u036f\u00ad\u200b-\u200d\u2060]*)+"
)
_HIDDEN: Final = re.compile("[\u00ad\u200b-\u200d\u2060]")

RUN: Final = 5
"""Words in a row by which a passage is known again."""
RUN_OF_SIGNS: Final = 12
"""The same in scripts without spaces."""
_FAR: Final = 400


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


def run_of(words: Sequence[Word]) -> int:
    """Return how many words in a row make a passage known again, in the script of most of these."""
    return RUN_OF_SIGNS if 2 * sum(is_sign(word.form) for word in words) >= len(words) else RUN


def stretch(spans: Sequence[tuple[int, int]], text_of: Callable[[int, int], str]) -> tuple[int, int]:
    """Return the span of a text to erase for a claim whose evidence are `spans`, the one that says it first.

    Where that is too short to be known again, such as a name alone, whose every other place would go with it, it is what lies between
    it and the claim's other words on its line; where these are too few, as many of the words around them as it takes.

    >>> text = "Ole Vik - 1922 - a baker, came with two others. Ole Vik died in 1960."
    >>> for spans in ([(0, 7)], [(0, 7), (18, 24)], [(48, 69)]):
    ...     start, end = stretch(spans, lambda a, b: text[a:b])
    ...     print(text[start:end])
    Ole Vik - 1922 - a baker
    Ole Vik - 1922 - a baker
    Ole Vik died in 1960.
    """
    (start, end), *others = spans
    base = max(0, start - _FAR)
    text = text_of(base, end + _FAR)
    words = words_of(text)

    def inside() -> list[int]:
        return [n for n, word in enumerate(words) if word.start + base < end and word.end + base > start]

    def is_known() -> bool:
        here = [words[n] for n in inside()]
        return len(here) >= run_of(here)

    for a, b in others:
        between = text[max(min(a, start) - base, 0) : max(b, end) - base]
        if not is_known() and a >= base and b <= base + len(text) and "\n" not in between:
            start, end = min(a, start), max(b, end)
    while not is_known():
        here = inside()
        first, last = (here[0], here[-1]) if here else (0, -1)
        after = words[last + 1] if last + 1 < len(words) else None
        before = words[first - 1] if here and first else None
        is_beyond = after is None or "\n" in text[end - base : after.start]
        if after is not None and (not is_beyond or before is None or "\n" in text[before.end : start - base]):
            end = after.end + base
        elif before is not None:
            start = before.start + base
        else:
            break
    return start, end


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
