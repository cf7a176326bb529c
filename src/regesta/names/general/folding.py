"""Tokens of names in forms that spellings share: letters, sounds, vowels taken together, consonants alone.

    token          letters        sounds        vowels       consonants
    Müller         muller         muler         mular        mlr
    Mueller        mueller        muler         mular        mlr
    Лукашенко      lukashenko     lukaXenko     lukaXanku    lksnk
    Lukaschenko    lukaschenko    lukaXenko     lukaXanku    lksnk
    Muhammad       muhammad       muhamad       muhamad      mhmd
    محمد           mhmd           mhmd          mhmd         mhmd

Scripts are romanised by anyascii; Han names character by character, the surname first; Arabic and Hebrew letters write few
vowels, so of such tokens only the consonants are compared with other scripts. Rules here are those by which languages write the
same sounds (w = v, sch = sh, -off = -ov, ou = u); they are kept few, and what they join is only evidence: see `scoring.py`.
No name is looked up here and nothing is decided.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["ABJAD", "HANGUL", "consonants", "is_han", "romanise", "sounds", "vowels"]

HANGUL: Final = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
"""A letter or syllable of Korean writing."""
ABJAD: Final = re.compile(
    "[\u0900-\u0e7f\u0590-\u05ff\u0600-\u06ff\u0700-\u074f\u0750-\u077f\ufb1d-\ufdff\ufe70-\ufefc]"
)
"""A letter of a script that writes few vowels, or whose vowels are lost in romanising (Arabic, Hebrew; Indic, Thai)."""
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff]+")
_ARTICLE: Final = re.compile("(?<!\\w)ال(?=\\w{3})")
_SERVANT: Final = re.compile("(?<!\\w)عبد\\s+(?=\\w)")
_MARKS: Final = re.compile("[\u064b-\u065f\u0670\u0591-\u05c7]")
_MARKED: Final = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
"""A Latin letter that may be a plain one with marks."""
_COMPOUND_SURNAMES: Final = frozenset(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 司徒 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 夏侯 轩辕 軒轅 宇文 长孙 長孫 端木 南宫 南宮 百里".split()
)
_SMALL: Final = str.maketrans(
    {"Ё": "Е", "ё": "е", "ъ": "", "ь": "", "Ъ": "", "Ь": "", "ʻ": "'", "ʼ": "'", "’": "'", "ב": "b", "ו": "w"}
)

_SOUNDS: Final = tuple(
    (frozenset(sign), re.compile(pattern), to)
    for sign, pattern, to in (
        ("c", r"^ch(?=[lru][a-z]{3})", "h"),
        ("t", r"^ts(?=[iy][a-z]{4})", "t"),  # Tsikhanouski: the Belarusian ts before a soft vowel
        ("u", r"(?<=[ao])u(?=sk)", "v"),  # and its short u: -ouski, -auski
        (
            "hz",
            r"shch|schtsch|chtch|stsch|szcz|tsch|tch|tsh|sch|sh|ch|cz|sz",
            "X",
        ),  # hissing: languages disagree
        ("fw", r"([oe])(?:ff|w)$", r"\1v"),  # Romanoff, Romanow
        ("jz", r"zh|dzh|dj|dsch|j", "y"),
        ("h", r"kh|gh(?!$)|h(?![aeiouy])", "h"),
        ("h", r"ph", "f"),
        ("h", r"([tdrb])h", r"\1"),
        ("cq", r"ck|q|c(?![eiy])", "k"),
        ("c", r"c", "s"),
        ("x", r"x", "ks"),
        ("t", r"t[sz]", "z"),
        ("w", r"w", "v"),
        ("ou", r"ou|oo|ue", "u"),
        ("e", r"ae", "a"),
        ("e", r"oe", "o"),
        ("e", r"ee|ie", "i"),
        ("yj", r"(?<=[aeou])y(?=ev(?:a|ich)?$)", ""),  # Zuyev, Zuev
        ("yjz", r"y", "i"),
        ("iyjze", r"i+(?=[aou])", "i"),
        ("k", r"(?<=[bdfghklmnprstvzX])skai?a$", "ski"),
        ("iyjze", r"([^i])i?i$", r"\1i"),
        ("iyjze", r"^i(?=[aeou])", "y"),
        ("e", r"(?<=[a-z]in)e$", ""),
    )
)
"""A rule is tried only where one of the letters of its sign stood in the token; this halves the time."""
_DOUBLE: Final = re.compile(r"(.)\1+")
_FINAL_H: Final = re.compile(r"(?<=[aeiou])h$")
_FEMININE: Final = re.compile(r"(?<=[a-zX]{2}(?:ov|ev|in))a$")
_CONSONANTS: Final = tuple(
    (frozenset(sign), re.compile(pattern), to)
    for sign, pattern, to in (
        ("z", r"tz", "ts"),
        ("h", r"kh|ch(?=[aeiou])", "h"),
        ("h", r"sch|sh", "s"),
        ("gj", r"gh|j|dj", "g"),
        ("h", r"([td])h", r"\1"),
        ("ht", r"(?<=..)[ht]$", ""),
    )
)
_LIKE: Final = str.maketrans(
    {"p": "f", "z": "d", "c": "k", "q": "k", "v": "b", "x": "ks"} | dict.fromkeys("aeiouwy'")
)
"""Single letters that become others, or nothing."""


def _first_group(found: re.Match[str]) -> str:
    """Return the first group: as a function it costs nothing where nothing is found, and a template does."""
    return found[1]


def is_han(text: str) -> bool:
    """Return whether the text is written in Chinese characters alone.

    >>> is_han("王小明"), is_han("山田 太郎"), is_han("Wang")
    (True, True, False)
    """
    return bool(text) and all(_HAN.fullmatch(part) for part in text.replace("·", " ").split())


def romanise(text: str) -> str:
    """Return the text in ASCII letters and the punctuation that it had.

    >>> romanise("Лукашенко"), romanise("Nguyễn"), romanise("王小明"), romanise("Łukasz"), romanise("محمد المصري")
    ('Lukashenko', 'Nguyen', 'Wang Xiaoming', 'Lukasz', 'mhmd msry')
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    bare = _MARKED.sub(lambda found: unicodedata.normalize("NFD", found[0])[0], text.translate(_SMALL))
    if bare.isascii():  # only Latin letters with marks: the same, and nothing has to be loaded
        return bare.strip()
    from anyascii import anyascii

    if _HAN.search(text):
        text = _HAN.sub(lambda found: _romanise_han(found[0], anyascii), text)
    if ABJAD.search(text):
        text = _ARTICLE.sub("", _SERVANT.sub("عبد", _MARKS.sub("", text)))
        text = text.replace("עבד אל ", "עבד")
    return anyascii(text.translate(_SMALL)).strip()


def _romanise_han(text: str, letters: object) -> str:
    """Return a run of Chinese characters as a surname and a given name, in the sounds of Mandarin."""
    assert callable(letters)
    syllables = [str(letters(char)).lower() for char in text]
    cut = 2 if text[:2] in _COMPOUND_SURNAMES and len(text) > 2 else 1
    if len(text) == 1 or len(text) > 4:
        return "".join(syllables).capitalize()
    return f"{''.join(syllables[:cut]).capitalize()} {''.join(syllables[cut:]).capitalize()} "


def sounds(letters: str, *, is_given: bool = False) -> str:
    """Return how a token of plain small letters sounds, roughly and in any language.

    The `a` of women's surnames is taken off unless the token is a given name.

    >>> [sounds(x) for x in ("lukashenko", "lukaschenko", "mueller", "muller", "petrova", "romanoff", "yousef", "zelenskiy")]
    ['lukaXenko', 'lukaXenko', 'muler', 'muler', 'petrov', 'romanov', 'yusef', 'zelenski']
    """
    there = frozenset(letters)
    for sign, pattern, to in _SOUNDS:
        if not sign.isdisjoint(there):
            letters = pattern.sub(to, letters) if "\\" not in to or pattern.search(letters) else letters
    letters = _FINAL_H.sub("", _DOUBLE.sub(_first_group, letters))
    return letters if is_given else _FEMININE.sub("", letters)


def vowels(sound: str) -> str:
    """Return sounds with the vowels that spellings mix taken together.

    >>> vowels("muhamad") == vowels("mohamed"), vowels("husein") == vowels("husain"), vowels("hasan") == vowels("husein")
    (True, True, False)
    """
    sound = sound.replace("ei", "a").replace("ai", "a").replace("e", "a")
    return sound.replace("o", "u").replace("uu", "u").replace("uu", "u")


def consonants(letters: str) -> str:
    """Return the consonants of a token of plain small letters, those that Arabic and Hebrew write alike taken together.

    >>> consonants("muhammad"), consonants("mhmd"), consonants("netanyahu"), consonants("ntnyhw")
    ('mhmd', 'mhmd', 'ntnh', 'ntnh')
    """
    there = frozenset(letters)
    for sign, pattern, to in _CONSONANTS:
        if not sign.isdisjoint(there):
            letters = pattern.sub(to, letters) if "\\" not in to or pattern.search(letters) else letters
    return _DOUBLE.sub(_first_group, letters.translate(_LIKE))
