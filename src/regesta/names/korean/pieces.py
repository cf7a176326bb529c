"""The pieces of a name in Latin letters: which of its words are the surname, and what a piece may stand for.

A piece is read by the table, without its marks, or by its parts (`parts.py`); what is made of the pieces is for `reading.py`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from regesta.names.korean.parts import read_parts
from regesta.names.korean.spelling import clean_token, unmarked
from regesta.names.korean.table import MIX, Candidates, Place, take_apart

__all__ = [
    "KEPT",
    "LEAST",
    "LENGTHS",
    "MAX_WORD",
    "POOR",
    "PRIME",
    "Given",
    "Head",
    "heads_by_parts",
    "heads_of",
    "letters_number",
    "look",
    "orders_of",
    "tokens_of",
]

MAX_WORD: Final = 20  # letters of a joined given name
LENGTHS: Final = {1: 0.05, 2: 0.94, 3: 0.01}
POOR: Final = 1e-7  # two syllables less likely than this may be three
KEPT: Final = 8  # readings of a given name that go on
_WRONG_MARK: Final = 0.01  # share of marks that are set wrongly
_UNMARKED: Final = 0.1  # cost of dropping marks that the table does not know
LEAST: Final = 5e-4  # readings of a given name below this share of the best are left out
Head = tuple[int, float, float, float, float, float]
"""Number of a surname, probability under each habit, share of the surname."""
Given = tuple[float, int, int, float, float, float, float, float]
"""Strength, number of the syllables, what the surname is multiplied by, probability under each habit, sum of the shares."""
PRIME: Final = (1 << 61) - 1


def letters_number(letters: str) -> int:
    """Return a number of the letters of a name, surname first; hyphens do not count.

    >>> letters_number("kim min-su") == letters_number("kim minsu")
    True
    """
    return int.from_bytes(letters.replace("-", "").encode(), "big") % PRIME * 2 + 1


def tokens_of(name: str) -> tuple[list[str], list[str]]:
    """Return the words of a name and its tokens; no tokens where it has too few or too many words for a name.

    >>> tokens_of("KIM, Min-su"), tokens_of("Kim")[1]
    ((['KIM', 'Min-su'], ['kim', 'min-su']), [])
    """
    words = name.replace(",", " ").split() if "," in name else name.split()
    if not 2 <= len(words) <= 5:
        return words, []
    if name.isascii() and "'" not in name and "." not in name and "`" not in name:
        return words, [word.lower() for word in words]
    tokens = [clean_token(word) for word in words]
    return words, tokens if all(tokens) else []


@lru_cache(maxsize=1 << 13)
def heads_of(family: str) -> tuple[Head, ...]:
    """Return what a surname that the table knows may stand for, each habit's share of all names worked in."""
    return _mixed(take_apart("s", family.replace("-", "")))


def heads_by_parts(family: str) -> tuple[Head, ...]:
    """Return the same for a surname spelled as nobody was seen to spell it."""
    return _mixed(look("s", family.replace("-", "")))


def _mixed(rows: Candidates) -> tuple[Head, ...]:
    return tuple(
        (code, h * MIX[0], r * MIX[1], m * MIX[2], b * MIX[3], seen) for code, h, r, m, b, seen in rows[:5]
    )


def orders_of(words: list[str], tokens: list[str], name: str) -> list[tuple[str, str, float]]:
    """Return the ways to tell the surname from the given name, its pieces joined by hyphens, each with its share."""
    n = len(tokens)
    if "," in name:
        head = len(name[: name.index(",")].split())
        return [("".join(tokens[:head]), "-".join(tokens[head:]), 1.0)] if 0 < head < n else []
    first = 0.6
    if "-" in tokens[0]:
        first = 0.05
    elif n == 2 and "-" in tokens[1]:
        first = 0.95
    head_word, last_word = words[0], words[-1]
    is_head = head_word.isupper() and len(head_word) > 1
    if is_head != (last_word.isupper() and len(last_word) > 1):
        first = 0.95 if is_head else 0.05
    if n == 2:
        return [(tokens[0], tokens[1], first), (tokens[1], tokens[0], 1 - first)]
    found = [(tokens[0] + tokens[1], "-".join(tokens[2:]), first * 0.1)]
    if n <= 4:
        found.append((tokens[0], "-".join(tokens[1:]), first))
        found.append((tokens[-1], "-".join(tokens[:-1]), 1 - first))
    return found


@lru_cache(maxsize=1 << 15)
def look(place: Place, spelling: str) -> Candidates:
    """Return what a piece may stand for, from the table, without its marks, or by its parts."""
    rows = take_apart(place, spelling)
    bare = unmarked(spelling)
    if bare != spelling and len(spelling) <= MAX_WORD:
        cost = _WRONG_MARK if rows else _UNMARKED
        seen = {row[0] for row in rows}
        return rows + tuple(
            (code, h * cost, r * cost, (h + b) * cost, b * cost, share)
            for code, h, r, _, b, share in take_apart(place, bare)
            if code not in seen
        )
    if rows or len(spelling) > 12:
        return rows
    return read_parts(place, spelling)
