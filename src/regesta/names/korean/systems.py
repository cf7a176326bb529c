"""The regular systems of romanisation, as rules from Hangul to Latin letters.

    revised                  Ministry of Culture and Tourism 2000      Bak Jisu
    mccune-reischauer        McCune and Reischauer 1939                Pak Chisu, Kŭng-nyŏl, ch'ŏl
    mccune-reischauer-plain  the same without marks and apostrophes    Pak Chisu, Kungnyol, chol
    north                    spelling in use for people of the North   Pak Ji Su, Ri Chol (of McCune-Reischauer, ㄹ kept)

Revised Romanization leaves the sounds of a given name unchanged from syllable to syllable; McCune-Reischauer writes what is
heard: a stop is voiced between voiced sounds (chi + chŏng = chijŏng), ㄱ before ㄴㅁㄹ becomes ng, ㄹ after most codas n, ㄴ by ㄹ
becomes l. Habitual spellings ("Lee", "Choi", "-sook") are no system; the table of `table.py` counts them.
"""

from __future__ import annotations

from typing import Final

from regesta.names.korean.hangul import CODAS, ONSETS, VOWELS, split

__all__ = ["mccune", "north", "plain", "revised"]

_R_ONSET: Final = dict(
    zip(ONSETS, "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "").split(" "), strict=True)
)
_R_VOWEL: Final = dict(
    zip(VOWELS, "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(), strict=True)
)
_M_ONSET: Final = dict(
    zip(ONSETS, "k kk n t tt r m p pp s ss - ch tch ch' k' t' p' h".replace("-", "").split(" "), strict=True)
)
_M_VOWEL: Final = dict(
    zip(VOWELS, "a ae ya yae ŏ e yŏ ye o wa wae oe yo u wŏ we wi yu ŭ ŭi i".split(), strict=True)
)
_CODA_SOUND: Final = dict(
    zip(
        CODAS[1:],
        "ㄱ ㄱ ㄱ ㄴ ㄴ ㄴ ㄷ ㄹ ㄱ ㅁ ㄹ ㄹ ㄹ ㅂ ㄹ ㅁ ㅂ ㅂ ㄷ ㄷ ㅇ ㄷ ㄷ ㄱ ㄷ ㅂ ㄷ".split(),
        strict=True,
    )
) | {"": ""}
"""What a coda sounds like at the end of a word: one of seven."""
_CODA: Final = {"": "", "ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅇ": "ng"}
_VOICED: Final = {"k": "g", "t": "d", "p": "b", "ch": "j"}
_NASAL: Final = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}
_LIAISON: Final = {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b", "ㄹ": "r", "ㅅ": "s", "ㅈ": "j", "ㅊ": "ch'", "ㅋ": "k'", "ㅌ": "t'", "ㅍ": "p'", "ㅎ": "", "ㄲ": "kk", "ㅆ": "ss"}  # fmt: skip
_NO_MARKS: Final = str.maketrans({"ŏ": "o", "ŭ": "u", "'": ""})


def revised(syllables: str) -> list[str]:
    """Return the spelling of each syllable in Revised Romanization, as in personal names.

    >>> revised("박지수"), revised("석린")
    (['bak', 'ji', 'su'], ['seok', 'rin'])
    """
    spelled = []
    for syllable in syllables:
        onset, vowel, coda = split(syllable)
        spelled.append(_R_ONSET[onset] + _R_VOWEL[vowel] + _CODA[_CODA_SOUND[coda]])
    return spelled


def mccune(syllables: str, *, is_voiced: bool = True, is_kept: bool = False) -> list[str]:
    """Return the spelling of each syllable of one word in McCune-Reischauer, with what neighbours do to it.

    `is_voiced` is false for those who leave the stops unvoiced after a hyphen ("Se-chŏng"); with `is_kept` an initial ㄹ
    stays an r, as in the North.

    >>> mccune("국렬"), mccune("덕수"), mccune("지정"), mccune("지정", is_voiced=False), mccune("천로"), mccune("익문")
    (['kung', 'nyŏl'], ['tŏk', 'su'], ['chi', 'jŏng'], ['chi', 'chŏng'], ["ch'ŏl", 'lo'], ['ing', 'mun'])
    >>> mccune("림"), mccune("림", is_kept=True), mccune("석일"), mccune("휘")
    (['nim'], ['rim'], ['sŏg', 'il'], ['hwi'])
    """
    parts = [split(syllable) for syllable in syllables]
    spelled: list[str] = []
    before = ""  # the sound of the coda before; "" is a vowel
    for place, (onset, vowel, coda) in enumerate(parts):
        start = _M_ONSET[onset]
        if place == 0:
            if onset == "ㄹ" and not is_kept:
                start = "n"
        elif onset == "ㄹ":
            start = "r" if not before else "l" if before in "ㄴㄹ" else "n"
        elif onset == "ㄴ" and before == "ㄹ":
            start = "l"
        elif (
            is_voiced
            and start in _VOICED
            and (before in ("", "ㄴ", "ㅁ", "ㅇ") or (before == "ㄹ" and start in "kp"))
        ):
            start = _VOICED[start]
        if onset == "ㅅ" and vowel == "ㅟ":
            start = "sh"
        sound = _CODA_SOUND[coda]
        end = _CODA[sound]
        if place + 1 < len(parts):
            after = parts[place + 1][0]
            if after == "ㅇ" and coda in _LIAISON:
                end = _LIAISON[coda]
            elif sound in _NASAL and after in "ㄴㅁㄹ":
                sound = _NASAL[sound]
                end = _CODA[sound]
            elif sound == "ㄴ" and after == "ㄹ":
                sound, end = "ㄹ", "l"
        spelled.append(start + _M_VOWEL[vowel] + end)
        before = sound
    return spelled


def plain(spelled: list[str]) -> list[str]:
    """Return the spellings without marks and apostrophes.

    >>> plain(["ch'ŏl", "ŭi"])
    ['chol', 'ui']
    """
    return [spelling.translate(_NO_MARKS) for spelling in spelled]


def north(syllables: str) -> list[str]:
    """Return the spelling that the North uses for people: McCune-Reischauer without marks, each syllable by itself, ㅈ as j.

    >>> north("정은"), north("영철"), north("룡해")
    (['jong', 'un'], ['yong', 'chol'], ['ryong', 'hae'])
    """
    spelled = []
    for syllable in syllables:
        (text,) = plain(mccune(syllable, is_kept=True))
        spelled.append("j" + text[2:] if split(syllable)[0] == "ㅈ" else text)
    return spelled
