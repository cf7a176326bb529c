"""How much a row of tokens looks like a person's name: a sum of small reasons, each named, between 0 and 1.

    Olga Petrenko        two capitalised words .35, given name .30, surname .25         0.90
    Upper Meadow         two capitalised words .35                                      0.35
    Kim Min-su           two capitalised words .35, East Asian order .50                0.85
    the committee        a word in small letters that is no particle                    0

The score asks only about letters and lists. It knows no places, nations, offices or organisations: "Victoria Station" and
"Jordan River" score well, and the caller, who has the lexicon and the gazetteer, must turn them down.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from regesta.names.lists import (
    asian_surnames,
    fold,
    is_east_asian_given,
    is_given,
    is_native_surname,
    is_surname,
    is_weak,
)
from regesta.names.parse import PARTICLES, SUFFIXES, is_family_first

__all__ = ["explain_name", "has_surname_ending", "looks_like_name"]

_INITIAL: Final = re.compile(r"(?:[^\W\d_]\.-?){1,3}|[A-Z]|Yu\.|Ya\.|Ch\.|Sh\.|Zh\.|Kh\.|Ts\.|Th\.|St\.")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’‘ʼʻ`.‐‑-][^\W\d_]+){0,4}['’]?")
_GLUED: Final = re.compile(r"(?:al|el|ul|ash|as|ad|an|ar|at|az|ad|d|l|o|t|s)['’‐‑-]\w", re.IGNORECASE)
_ENDING_WORDS: Final = (
    "enko chuk shvili dze vich vych wicz ovic evic ovich evich ovna evna escu opoulos oglu oglou zade zadeh nejad zai sson ssen dottir sky "
    "skiy skij skaya ski ska ovsky evsky ova eva ov ev yan yants iak czyk inen auskas aitis aite iene witz mann meier mayer stein baum"
)
_ENDINGS: Final = tuple(_ENDING_WORDS.split())
_MAX_TOKENS: Final = 7


def looks_like_name(tokens: Sequence[str]) -> float:
    """Return 0 for what cannot be a personal name, up to 1 for what looks like nothing else.

    Tokens are words as they stand, without the punctuation around them; initials keep their full stop. Titles are to be
    taken off first. Two unknown capitalised words give 0.35, one known given name and one known surname 0.9.

    >>> [round(looks_like_name(x.split()), 2) for x in ("Olga Petrenko", "Kim Min-su", "Upper Meadow", "the committee")]
    [0.9, 0.85, 0.35, 0.0]
    """
    return explain_name(tokens)[0]


def explain_name(tokens: Sequence[str]) -> tuple[float, tuple[str, ...]]:
    """Return the score of `looks_like_name` and its reasons, in the order in which they were found.

    >>> explain_name(["Ludwig", "van", "Beethoven"])
    (0.8, ('capitalised words: 2', 'given name: Ludwig', 'particle: van'))
    """
    if not 1 <= len(tokens) <= _MAX_TOKENS:
        return 0.0, ("not one to seven words",)
    scripts = {_script(token) for token in tokens}
    if scripts != {"LATIN"}:
        return _other_script(tokens, scripts)
    return _latin(tokens)


def has_surname_ending(token: str) -> bool:
    """Return whether a word ends as family names of some languages do, and few words of English.

    >>> [has_surname_ending(x) for x in ("Shevardnadze", "Kowalski", "Bondarenko", "Table", "Olav")]
    [True, True, True, False, False]
    """
    word = fold(token)
    return len(word) > 4 and word.endswith(_ENDINGS)


def _latin(tokens: Sequence[str]) -> tuple[float, tuple[str, ...]]:
    words: list[str] = []
    particles: list[str] = []
    reasons: list[str] = []
    score = 0.0
    suffix = tokens[-1] if len(tokens) > 1 and tokens[-1].lower() in SUFFIXES else None
    body = tokens[:-1] if suffix else tokens
    n_initials = 0
    for place, token in enumerate(body):
        if _INITIAL.fullmatch(token) and len(body) > 1:
            n_initials += 1
        elif token.lower() in PARTICLES and place < len(body) - 1 and (token.islower() or place > 0):
            particles.append(token)
        elif not _WORD.fullmatch(token):
            return 0.0, (f"not a word: {token}",)
        elif token[0].islower() and not (_GLUED.match(token) and any(char.isupper() for char in token)):
            return 0.0, (f"small letter: {token}",)
        else:
            words.append(token)
    if not words:
        return 0.0, ("no word besides initials and particles",)
    capitals = [word for word in words if len(word) > 1 and word.isupper()]
    is_eastern = is_family_first(list(body))
    if (
        len(capitals) == len(words)
        and not is_eastern
        and not all(is_given(word) or is_surname(word) for word in words)
    ):
        return 0.0, ("all in capitals and not in the lists",)
    base = {1: 0.15, 2: 0.35, 3: 0.35, 4: 0.3, 5: 0.2}.get(len(words), 0.1)
    reasons.append(f"capitalised words: {len(words)}")
    score += base
    if is_eastern:
        return _sum(score + 0.5, [*reasons, "East Asian order"], suffix)
    if "." in words[0] and words[0].endswith("."):
        return 0.0, ("abbreviation",)
    if (
        len(words) == len(body) > 1
        and fold(words[-1]) in asian_surnames()
        and _is_long_asian_given(words[:-1])
    ):
        return _sum(score + 0.4, [*reasons, "East Asian, family last"], suffix)
    given = next((word for word in words[:-1] or words if is_given(word)), None)
    if given is not None:
        score += 0.12 if is_weak(given) else 0.3
        reasons.append(f"{'weak ' * is_weak(given)}given name: {given}")
    last = words[-1]
    if len(words) > 1 or given is None:
        if is_surname(last):
            score += 0.1 if is_weak(last) else 0.25
            reasons.append(f"{'weak ' * is_weak(last)}surname: {last}")
        elif has_surname_ending(last):
            score += 0.2
            reasons.append(f"ending of surnames: {last}")
        elif is_given(last):
            score += 0.06 if is_weak(last) else 0.15
            reasons.append(f"given name at the end: {last}")
    if n_initials:
        score += 0.15
        reasons.append(f"initials: {n_initials}")
    if particles:
        score += 0.15
        reasons.append(f"particle: {' '.join(particles)}")
    if any(_GLUED.match(word) and len(word) > 4 for word in words):
        score += 0.1
        reasons.append("glued article or O'")
    if any(not word.isascii() for word in words):
        score += 0.05
        reasons.append("marks on letters")
    return _sum(score, reasons, suffix)


def _is_long_asian_given(words: Sequence[str]) -> bool:
    """Return whether the words before a surname are an East Asian given name of two syllables, none of them elsewhere known.

    >>> [_is_long_asian_given(x.split()) for x in ("Jisoo", "Min-su", "Seung Il", "Na", "Karen")]
    [True, True, True, False, False]
    """
    if not all(is_east_asian_given(word) for word in words) or len(words) > 2:
        return False
    return len(words) == 2 or (len(words[0]) > 4 and not is_given(words[0])) or "-" in words[0]


def _sum(score: float, reasons: list[str], suffix: str | None) -> tuple[float, tuple[str, ...]]:
    """Add the suffix and keep the sum within 1."""
    if suffix:
        score += 0.2
        reasons.append(f"suffix: {suffix}")
    return round(min(score, 1.0), 3), tuple(reasons)


def _other_script(tokens: Sequence[str], scripts: set[str]) -> tuple[float, tuple[str, ...]]:
    """Score a name that is not in Latin letters; mixed scripts are none."""
    if len(scripts) != 1:
        return 0.0, ("scripts are mixed or no letters",)
    script = next(iter(scripts))
    joined = "".join(tokens)
    if script in ("HANGUL", "HAN"):
        if 2 <= len(joined) <= 4 and len(tokens) <= 2:
            if is_native_surname(joined):
                return 0.8, (f"{script}: a surname and one to three more",)
            return 0.3, (f"{script}: two to four letters",)
        return 0.0, (f"{script}: not two to four letters",)
    if script in ("CYRILLIC", "GREEK", "ARMENIAN"):
        if 2 <= len(tokens) <= 3 and all(token[0].isupper() for token in tokens):
            return 0.7, (f"{script}: two or three capitalised words",)
        return (
            (0.2, (f"{script}: one capitalised word",))
            if tokens[0][0].isupper()
            else (0.0, ("small letter",))
        )
    if script in ("HIRAGANA", "KATAKANA"):
        return (0.4, (f"{script}: letters of names",)) if 2 <= len(joined) <= 12 else (0.0, ("length",))
    if script and 2 <= len(tokens) <= 4 and all(len(token) > 1 for token in tokens):
        return 0.4, (f"{script}: two to four words",)
    return 0.0, ("one word of a script without capitals",)


def _script(token: str) -> str:
    """Return the script of a token's letters as Unicode names it, empty where there are none or several."""
    if token.isascii():
        return "LATIN" if any(char.isalpha() for char in token) else ""
    found = ""
    for char in token[:40]:
        if not char.isalpha():
            continue
        name = unicodedata.name(char, "").partition(" ")[0]
        name = "HAN" if name == "CJK" else "LATIN" if name in ("MODIFIER", "FULLWIDTH") else name
        if found and name != found:
            return ""
        found = name
    return found
