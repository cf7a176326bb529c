"""A name as tokens, and the table of all tokens of many names: each folded once.

    "Beethoven, Ludwig van"   -> ludwig beethoven        particles go, what stands before a comma goes last
    "Dr. Jean-Pierre Melville" -> jean pierre melville   titles go, hyphens part
    "A. N. Lan'kov"           -> a n lankov
    "王小明"                  -> wang xiaoming
    "Muhammad al-Masri"       -> muhammad masri

A token is a row of arrays: number of its sounds, of its vowels taken together, of its consonants, its letters as a set of bits,
its groups of kin. At most six tokens of a name are kept, the first five and the last. Nothing is compared here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from zlib import adler32, crc32

from regesta.names.general.chinese import Reading, read_chinese
from regesta.names.general.folding import ABJAD, consonants, romanise, sounds, vowels
from regesta.names.general.kin import kin_groups
from regesta.names.lists import given_names, surnames
from regesta.names.parse import PARTICLES

__all__ = ["MAX_KIN", "MAX_TOKENS", "Spelled", "Token", "fold_token", "spell"]

MAX_TOKENS: Final = 6
MAX_KIN: Final = 6
"""So many groups of kin of a token are looked at."""
_MAX_NAME: Final = 200
_MAX_LETTERS: Final = 40
_WORD: Final = re.compile(r"[a-z0-9]+")
_PLAIN: Final = re.compile(r"[A-Za-z ]+")
_GLUED: Final = re.compile(r"\b(?:al|el|ul|ash|as|ad|ar|at|az|an)-(?=\w)")
_SERVANT: Final = re.compile(r"\babd(?:[aeu]l)?[ -]+(?:(?:al|el|ul|ar|er|ur)[ -]?)?(?=[a-z]{3})")
_SERVANT_JOINED: Final = re.compile(r"\babd(?:[aeou][lrsn]-?|oul)(?=[a-z]{3})")
_SHIELDED: Final = re.compile(
    r"\b(n(?:oo|u|ou)r|shams|badr|fakhr|sir[ao]j|zia|saif|sayf|taj|mo?hib|rafiq|amin|aziz|qamar|anwar|jamal|kamal)[ -]?[aeu]l[ -]+(?=[a-z]{3})"
)
"""What stands before the article of a given name of two words, written apart or joined: Noor-ul-Islam, Nurul Islam."""
_DOUBLED: Final = re.compile(r"(.)\1")
_QUOTED: Final = re.compile(r"[\"“«(][^\"”»)]{1,60}[\"”»)]")
_TITLES: Final = frozenset(
    "dr prof professor mr mrs ms miss sir dame lord lady rev fr st hon gen col lt maj capt sgt cpl pvt adm cmdr pres sen rep gov "
    "general colonel lieutenant major captain sergeant admiral president senator herr frau monsieur madame mme mlle senor senora "
    "don dona sheikh shaykh shaikh hajji haji sayyid ing dipl mag imam ayatollah mullah rabbi father sister saint "
    "brother comrade geshe khenpo lama mawlawi maulvi maulana mawlana hafiz ustad ustaz qes ato woizero weizero daw".split()
)
_PARTICLE_TOKENS: Final = frozenset(x for x in PARTICLES if x.isascii() and x.isalpha() and len(x) > 1) - {
    "ben",
    "mac",
    "an",
}
_KUNYA: Final = dict.fromkeys(("abu", "abou", "abo", "aboo"), "abu") | dict.fromkeys(
    ("umm", "um", "oum", "om"), "umm"
)
"""What opens the name of a father or a mother after the child: with that of one child it is a name of its own."""
_VIETNAMESE: Final = frozenset(
    "nguyen tran le pham huynh phan vu vo dang bui do ho ngo duong ly dinh trinh truong mai lam".split()
)
_SUFFIX_GROUPS: Final = {
    "jr": 2, "jnr": 2, "jun": 2, "junior": 2, "sr": 1, "snr": 1, "sen": 1, "senior": 1, "ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9,
}  # fmt: skip
_NO_NAMES: Final = frozenset("esq phd ph md obe mbe cbe kbe kcb qc kc sj osb".split())


@dataclass(frozen=True, slots=True)
class Spelled:
    """A name as tokens."""

    tokens: tuple[str, ...]
    """Plain small letters, given names first where a comma says so; at most `MAX_TOKENS`."""
    suffix: int
    """0 for none, 1 for Sr., 2 for Jr. and II, 3 for III ..."""
    is_inverted: bool
    """A comma told the order."""
    is_abjad: bool
    """Written in a script of few vowels."""
    squash: str
    """All words joined, no letter twice, turned so that it sorts last: the same for each order and joining of the words."""
    rank: int
    """A hash of the tokens: puts two names in an order that does not depend on who is asked first."""
    chinese: Reading
    """What the name is as a Chinese one."""


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token."""

    sound: str
    vowel: str
    consonant: str
    letters: int
    """The set of its letters, a bit each."""
    kin: tuple[int, ...]
    is_given: bool
    is_surname: bool


def spell(name: str) -> Spelled:
    """Return the tokens of a name in any script.

    >>> spell("Beethoven, Ludwig van").tokens, spell("Dr. Jean-Pierre Melville").tokens, spell("Лукашенко").tokens
    (('ludwig', 'beethoven'), ('jean', 'pierre', 'melville'), ('lukashenko',))
    >>> spell("Abdul Rahman").tokens == spell("Abdulrahman").tokens == spell("Abd al-Rahman").tokens
    True
    """
    name = name[:_MAX_NAME]
    if _PLAIN.fullmatch(name):
        words = name.lower().split()
        if "abd" in name or "Abd" in name or "ul " in name:
            words = _words(name.lower())
        return _spelled(words, read_chinese(name.lower()), is_inverted=False, is_abjad=False)
    is_abjad = ABJAD.search(name) is not None
    text = romanise(name).lower()
    if any(char in text for char in '"“«('):
        text = _QUOTED.sub(" ", text)
    chinese = read_chinese(text)
    front, comma, behind = text.partition(",")
    if not comma:
        return _spelled(_words(text), chinese, is_inverted=False, is_abjad=is_abjad)
    first, last = _words(behind), _words(front)
    if first and _TITLES.issuperset(first):
        first = []  # "Tsultrim Namgyal, Geshe"
    if first and last and first[-1] in ("abdul", "abdel", "abd"):
        last = [f"abd{last[0]}", *last[1:]]  # "Shohab, Abdul"
        first.pop()
    tail = []
    while first and (first[-1] in _SUFFIX_GROUPS or first[-1] in _NO_NAMES):
        tail.append(first.pop())
    while first and first[0] in _SUFFIX_GROUPS:
        tail.append(first.pop(0))
    return _spelled([*first, *last, *tail], chinese, is_inverted=bool(first), is_abjad=is_abjad)


def _words(text: str) -> list[str]:
    """Return the words of romanised small letters; articles are cut off, apostrophes close up."""
    text = text.replace("'", "").replace("`", "")
    if "ul" in text or "al" in text or "el" in text:
        text = _SHIELDED.sub(r"\1 ", text)
    if "saint-" in text:
        text = text.replace("saint-", "st ")
    if "-" in text:
        text = _GLUED.sub("", text)
    if "abd" in text:
        text = _SERVANT_JOINED.sub("abd", _SERVANT.sub("abd", text))
    return _WORD.findall(text)


def _spelled(words: list[str], chinese: Reading, *, is_inverted: bool, is_abjad: bool) -> Spelled:
    """Take off what is no name: titles before, suffixes behind, particles anywhere but where nothing else stands."""
    suffix = 0
    while len(words) > 1 and (words[-1] in _SUFFIX_GROUPS or words[-1] in _NO_NAMES):
        suffix = suffix or _SUFFIX_GROUPS.get(words[-1], 0)
        words = words[:-1]
    cut = 0
    while cut < len(words) - 2 and words[cut] in _TITLES:
        cut += 1
    if cut == 0 and len(words) == 2 and words[0] in {"dr", "prof", "mr", "mrs", "sir"}:
        cut = 1
    words = [word[:_MAX_LETTERS] for word in words[cut:]]
    tokens = [word for word in words if word not in _PARTICLE_TOKENS] or words
    if words and words[0] in _KUNYA and len(words) > 1 and len(tokens) == 1:
        tokens = [_KUNYA[words[0]], *tokens]  # "Abu Omar" is nobody called Omar, and not "Umm Omar"
    if "van" in words and len(tokens) > 1 and tokens[0] in _VIETNAMESE:
        tokens = words  # "Nguyen Van Thieu": a middle name
    if len(tokens) > MAX_TOKENS:
        tokens = [*tokens[: MAX_TOKENS - 1], tokens[-1]]
    key = " ".join(tokens).encode()
    return Spelled(
        tuple(tokens),
        suffix,
        is_inverted,
        is_abjad,
        last_turn(_DOUBLED.sub(_once, "".join(words))),
        crc32(key) << 31 ^ adler32(key),
        chinese,
    )


def _once(found: re.Match[str]) -> str:
    """Return the letter that stands twice once; a function, since a template costs where nothing is found."""
    return found[1]


def last_turn(letters: str) -> str:
    """Return the turn of a string that sorts last: the same for "wangxiaoming" and "xiaomingwang".

    >>> last_turn("wangxiaoming") == last_turn("xiaomingwang")
    True
    """
    if len(letters) > 2 * _MAX_LETTERS or not letters:
        return letters[: 2 * _MAX_LETTERS]
    greatest = max(letters)
    if letters.count(greatest) == 1:  # nearly always: the letters at the end of the alphabet are rare
        cut = letters.index(greatest)
        return letters[cut:] + letters[:cut]
    return max(letters[i:] + letters[:i] for i, char in enumerate(letters) if char == greatest)


def fold_token(letters: str) -> Token:
    """Return what is known of a token.

    >>> fold_token("petrova").sound, fold_token("anna").is_given
    ('petrov', True)
    """
    is_given = letters in given_names()
    sound = sounds(letters, is_given=is_given)
    bits = 0
    for char in set(sound):
        bits |= 1 << (ord(char) & 31)
    return Token(
        sound,
        vowels(sound),
        consonants(letters),
        bits,
        kin_groups().get(letters, ())[:MAX_KIN],
        is_given,
        letters in surnames(),
    )
