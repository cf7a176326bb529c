"""Chinese names in Wade-Giles and in Pinyin: which spellings may write the same syllables.

    Sun T'ien-ch'in    sun t'ien ch'in     marked      suntianqin    the same as "Sun Tianqin"
    Li Hsien-pin       li hsien pin        unmarked    li xian b/pin  the same as "Li Xianbin" and as "Li Xianpin"
    Zhang Jiming       zhang ji ming       Pinyin      two spellings of Pinyin are compared by their letters alone

Where the marks of breath are written (`ch'`), what has none is told by that too; where a text leaves all of them out, as most do, `p`, `t`,
`k`, `ch` and `ts` are read either way. Syllables: ISO 7098:2015; Wade-Giles after H. A. Giles, A Chinese-English Dictionary
(1912). Cantonese, Hokkien and other tongues are not read: Tan Kah Kee is not Chen Jiageng here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple
from zlib import adler32, crc32

__all__ = ["MARKED", "NONE", "PINYIN", "UNMARKED", "Reading", "read_chinese", "wade_giles"]

NONE, PINYIN, MARKED, UNMARKED = range(4)

_SYLLABLES: Final = """
- a ai an ang ao e ei en er ou yi ya yan yang yao ye yin ying yong you yu yuan yue yun wa wai wan wang wei wen weng wo wu
b a ai an ang ao ei en eng i ian iao ie in ing o u
p a ai an ang ao ei en eng i ian iao ie in ing o ou u
m a ai an ang ao ei en eng i ian iao ie in ing o ou u
f a an ang ei en eng o ou u
d a ai an ang ao e ei eng i ian iao ie ing iu ong ou u uan ui un uo
t a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo
n a ai an ang ao ei en eng i ian iang iao ie in ing iu ong u uan ue uo
l a ai an ang ao e ei eng i ian iang iao ie in ing iu ong ou u uan ue un uo
g a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
k a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo
h a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
j i ia ian iang iao ie in ing iong iu u uan ue un
q i ia ian iang iao ie in ing iong iu u uan ue un
x i ia ian iang iao ie in ing iong iu u uan ue un
zh a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
ch a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
sh a ai an ang ao e en eng i ou u ua uai uan uang ui un uo
r an ang ao e en eng i ong ou u uan ui un uo
z a ai an ang ao e en eng i ong ou u uan ui un uo
c a ai an ang ao e en eng i ong ou u uan ui un uo
s a ai an ang ao e en eng i ong ou u uan ui un uo
"""
_INITIALS: Final = {
    "b": "p", "p": "p'", "d": "t", "t": "t'", "g": "k", "k": "k'", "j": "ch", "q": "ch'", "x": "hs", "zh": "ch",
    "ch": "ch'", "r": "j", "z": "ts", "c": "ts'",
}  # fmt: skip
_WHOLE: Final = {
    "er": "erh", "yi": "i", "yan": "yen", "ye": "yeh", "yong": "yung", "you": "yu", "yue": "yueh", "zi": "tzu", "ci": "tz'u",
    "si": "ssu", "zhi": "chih", "chi": "ch'ih", "shi": "shih", "ri": "jih", "ge": "ko", "ke": "k'o", "he": "ho",
}  # fmt: skip
_FINALS: Final = {"ian": "ien", "ie": "ieh", "ue": "ueh", "iong": "iung", "ong": "ung"}
_FULL_O: Final = frozenset(("g", "k", "h", "sh"))
"""Initials behind which `uo` is written whole: kuo, but lo."""
_FOLDS: Final = (("zh", "j"), ("ch", "q"), ("you", "yu"))
_BREATH: Final = str.maketrans("bdgqcv", "ptkjzw")
_FORM: Final = re.compile(r"(?P<family>[a-z']{1,7})(?P<comma>,?) (?P<given>[a-z'-]{1,14}(?: [a-z']{1,7})?)")
_LONGEST: Final = 6
"""Letters of a syllable of Pinyin."""


class Reading(NamedTuple):
    """What a name is as a Chinese one."""

    kind: int
    """`NONE`, `PINYIN`, or Wade-Giles whose marks of breath are written (`MARKED`) or not (`UNMARKED`)."""
    close: int
    """A hash of its syllables; as far as Wade-Giles without umlauts tells them."""
    wide: int
    """The same with breath left out."""


_NOTHING: Final = Reading(NONE, 0, 0)


def read_chinese(name: str) -> Reading:
    """Return how a name of plain small letters reads as a Chinese one; of one form alone a historian tells which system it is.

    >>> read_chinese("sun t'ien-ch'in").close == read_chinese("sun tianqin").close
    True
    >>> read_chinese("li hsien-pin").wide == read_chinese("li xianbin").wide, read_chinese("ann miller").kind == NONE
    (True, True)
    """
    form = _FORM.fullmatch(name)
    if form is None:
        return _NOTHING
    family, given = form["family"], re.split("[ -]", form["given"])
    if family not in wade_giles() and family not in _pinyin() and not form["comma"] and len(given) == 1:
        family, given = given[0], family.split("-")  # "Xiaoping Deng"
    written = "".join((family, *given))
    is_wade = (
        "-" in name or "'" in written or any(word not in _pinyin() for word in given if word in wade_giles())
    )
    if is_wade and len(given) <= 2:
        read = [wade_giles().get(word) for word in (family, *given)]
        if None not in read:
            return _reading(MARKED if "'" in written else UNMARKED, [word for word in read if word])
    if family in _pinyin() and len(given) <= 2 and _is_cut(("".join(given)).replace("'", "")):
        return _reading(PINYIN, [family, *(word.replace("'", "") for word in given)])
    return _NOTHING


def _reading(kind: int, syllables: list[str]) -> Reading:
    close = "".join((syllables[0], " ", *syllables[1:]))
    for old, new in _FOLDS:
        close = close.replace(old, new)
    return Reading(kind, _hash(close), _hash(close.translate(_BREATH)))


def _hash(text: str) -> int:
    return (crc32(text.encode()) << 31) ^ adler32(text.encode())


@cache
def _pinyin() -> frozenset[str]:
    rows = (line.split() for line in _SYLLABLES.strip().splitlines())
    return frozenset(row[0].strip("-") + final for row in rows for final in row[1:])


@cache
def wade_giles() -> Mapping[str, str]:
    """Return the syllables of Wade-Giles without umlauts, and one of those of Pinyin that each may be.

    >>> [wade_giles()[x] for x in ("hsien", "ch'in", "jung", "kuei", "lo", "tzu", "i")]
    ['xian', 'qin', 'rong', 'gui', 'luo', 'zi', 'yi']
    """
    table: dict[str, str] = {}
    for line in _SYLLABLES.strip().splitlines():
        first, *finals = line.split()
        first = first.strip("-")
        for final in finals:
            syllable = first + final
            if syllable in _WHOLE:
                table.setdefault(_WHOLE[syllable], syllable)
                continue
            end = _FINALS.get(final, final)
            if final == "uo" and first not in _FULL_O:
                end = "o"
            elif final == "ui" and first in ("g", "k"):
                end = "uei"
            table.setdefault(_INITIALS.get(first, first) + end, syllable)
    table["szu"] = "si"
    return MappingProxyType(table)


def _is_cut(letters: str) -> bool:
    """Return whether the letters are one or two syllables of Pinyin."""
    known = _pinyin()
    return letters in known or any(
        letters[:cut] in known and letters[cut:] in known for cut in range(1, min(len(letters), _LONGEST + 1))
    )
