"""Hangul syllables as numbers: onset, vowel and coda, and the law of initial sounds.

Unicode orders the 11,172 syllables by 19 onsets, 21 vowels and 28 codas (The Unicode Standard, section 3.12), so a syllable
is arithmetic. In the South an initial ㄹ or ㄴ before certain vowels is dropped or becomes ㄴ (두음 법칙, Hangul orthography of
1988, sections 10 to 12); in the North it stays: 리 and 이, 류 and 유, 로 and 노 are one surname. `southern` brings a surname to
the form of the South. Nothing here knows how a syllable is spelled in Latin letters.
"""

from __future__ import annotations

from typing import Final

__all__ = ["CODAS", "ONSETS", "VOWELS", "compose", "is_syllable", "northern", "southern", "split"]

ONSETS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
"""The 19 onsets in the order of Unicode."""
VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
"""The 21 vowels in the order of Unicode."""
CODAS: Final = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
"""The 27 codas in the order of Unicode, and none."""
_FIRST: Final = 0xAC00
_LAST: Final = 0xD7A3
_SOFT: Final = frozenset("ㅑㅒㅕㅖㅛㅠㅣ")
"""Vowels before which an initial ㄹ or ㄴ is dropped; before the others ㄹ becomes ㄴ."""
_NORTH: Final = {"이": "리", "유": "류", "임": "림", "노": "로", "나": "라", "양": "량", "여": "려", "염": "렴", "육": "륙", "용": "룡", "연": "련", "뇌": "뢰"}  # fmt: skip


def is_syllable(char: str) -> bool:
    """Return whether the character is a whole Hangul syllable.

    >>> is_syllable("박"), is_syllable("ㅂ"), is_syllable("b")
    (True, False, False)
    """
    return "가" <= char <= "힣"


def split(syllable: str) -> tuple[str, str, str]:
    """Return onset, vowel and coda of a syllable; the coda may be empty.

    >>> split("박"), split("이")
    (('ㅂ', 'ㅏ', 'ㄱ'), ('ㅇ', 'ㅣ', ''))
    """
    code = ord(syllable) - _FIRST
    return ONSETS[code // 588], VOWELS[code % 588 // 28], CODAS[code % 28]


def compose(onset: str, vowel: str, coda: str = "") -> str:
    """Return the syllable of an onset, a vowel and a coda.

    >>> compose("ㅂ", "ㅏ", "ㄱ")
    '박'
    """
    return chr(_FIRST + (ONSETS.index(onset) * 21 + VOWELS.index(vowel)) * 28 + CODAS.index(coda))


def southern(syllable: str) -> str:
    """Return the syllable as the South writes it at the beginning of a word.

    >>> [southern(x) for x in ("리", "류", "로", "라", "량", "녀", "김")]
    ['이', '유', '노', '나', '양', '여', '김']
    """
    if (ord(syllable) - _FIRST) // 588 not in (2, 5):
        return syllable
    onset, vowel, coda = split(syllable)
    if onset == "ㄹ":
        return compose("ㅇ" if vowel in _SOFT else "ㄴ", vowel, coda)
    if onset == "ㄴ" and vowel in _SOFT:
        return compose("ㅇ", vowel, coda)
    return syllable


def northern(surname: str) -> str:
    """Return the surname as the North writes it, where ㄹ stays; a surname of two meanings takes the frequent one.

    >>> northern("이"), northern("박")
    ('리', '박')
    """
    return _NORTH.get(surname, surname)
