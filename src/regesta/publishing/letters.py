"""People and groups from A to Z: the way to a name for who has no script, and for who does not know how it is spelled.

    A · B · C ...    ㄱ · ㄴ ...    other scripts     names and other names, the latter leading to the former

Letters of the Latin alphabet without their marks, Korean ones by their first consonant, every other script together.
Those who have no name are not here: the list of people has them.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from regesta.pages import Asked, Page
from regesta.shelf import Row, Shelf

__all__ = ["LETTERS", "Letters", "initial", "letters", "letters_of"]

_AT_ONCE = 400
_FIRST, _LAST, _OF_ONE = 0xAC00, 0xD7A3, 588
_CONSONANTS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
"""Of the nineteen initials of Hangul syllables in their order in Unicode; tense ones stand with the plain."""
OTHERS = "…"


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the list."""

    name: str
    card: Row
    """Of `cards`: whom it names."""

    @property
    def is_other(self) -> bool:
        """It is another name of somebody who is listed under the usual one."""
        return bool(self.name != self.card["label"])


@dataclass(frozen=True, slots=True)
class Letters:
    """The page."""

    letters: tuple[tuple[str, int], ...]
    """Each with the number of names."""
    letter: str
    """The one that is shown, empty for the page of all letters."""
    names: tuple[Named, ...]
    n: int
    part: int
    n_parts: int


def initial(name: str) -> str:
    """Return the letter under which a name stands.

    >>> [initial(name) for name in ("Émile Zola", "‘Abd al-Karim", "박지수", "Łukasz", "Толстой")]
    ['e', 'a', 'ㅂ', 'l', '…']
    """
    for char in name:
        if not char.isalpha():
            continue
        if _FIRST <= ord(char) <= _LAST:
            return _CONSONANTS[(ord(char) - _FIRST) // _OF_ONE]
        plain = unicodedata.normalize(
            "NFKD", char.translate({0x141: "L", 0x142: "l", 0xD8: "O", 0xF8: "o", 0x110: "D", 0x111: "d"})
        )
        return plain[0].lower() if plain[0].isascii() else OTHERS
    return OTHERS


def letters_of(shelf: Shelf) -> tuple[tuple[str, int], ...]:
    """Return each letter with the number of names under it."""
    counted: dict[str, int] = {}
    for name, _ in _names(shelf):
        letter = initial(name)
        counted[letter] = counted.get(letter, 0) + 1
    return tuple(sorted(counted.items(), key=lambda one: (one[0] == OTHERS, one[0])))


def letters(shelf: Shelf, asked: Asked) -> Letters:
    """Return the page of all letters, or the names of one."""
    here = asked.get("letter")
    found = [(name, entity) for name, entity in _names(shelf) if here and initial(name) == here]
    found.sort(key=lambda one: (unicodedata.normalize("NFKD", one[0]).casefold(), one))
    n_parts = max(1, -(-len(found) // _AT_ONCE))
    part = asked.number("part", most=n_parts)
    shown = found[(part - 1) * _AT_ONCE : part * _AT_ONCE]
    cards = _cards(shelf, {entity for _, entity in shown})
    return Letters(
        letters=letters_of(shelf),
        letter=here,
        names=tuple(Named(name, cards[entity]) for name, entity in shown),
        n=len(found),
        part=part,
        n_parts=n_parts,
    )


def _names(shelf: Shelf) -> list[tuple[str, str]]:
    """Return every name and other name of people and groups that are named, with whom it names."""
    rows = shelf.rows(
        "select id, label, aliases from entities where kind in ('person', 'group') and is_named order by id"
    )
    return [
        (name, row["id"])
        for row in rows
        for name in dict.fromkeys([row["label"], *json.loads(row["aliases"])])
    ]


def _cards(shelf: Shelf, entities: Iterable[str]) -> dict[str, Row]:
    wanted = json.dumps(sorted(entities))
    rows = shelf.rows(
        "select c.* from json_each(?) as wanted cross join cards c on c.id = wanted.value", [wanted]
    )
    return {row["id"]: row for row in rows}


LETTERS = Page(
    name="letters",
    section="letters",
    view=letters,
    template="letters.html",
    parameters=("letter", "part"),
)
