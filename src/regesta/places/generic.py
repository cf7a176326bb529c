"""What a name of a place says of its kind, and what is left of it without: the words are data, `gazetteer/generic.txt`.

    "gyeonggi do", "gyeonggi province", "province of gyeonggi"  ->  "gyeonggi", a state
    "lake baikal"                                               ->  "baikal", a lake

`state` is every division of the first level: province, oblast, prefecture, governorate, voivodeship, Bundesland, 도.
The longest words win. A name that is nothing but such words stays whole.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

__all__ = ["bare", "says_nothing"]

_FILE: Final = Path(__file__).parent / "gazetteer" / "generic.txt"


def bare(name: str) -> tuple[str, str | None]:
    """Return a folded name without the words that say its kind, and that kind, None where no word does.

    >>> bare("gyeonggi do"), bare("province of gyeonggi"), bare("lake baikal"), bare("경기도"), bare("seoul")
    (('gyeonggi', 'state'), ('gyeonggi', 'state'), ('baikal', 'lake'), ('경기', 'state'), ('seoul', None))
    """
    before, after, endings = _words()
    words = name.split(" ")
    for count in range(min(4, len(words) - 1), 0, -1):
        if (found := after.get(" ".join(words[-count:]))) is not None:
            return " ".join(words[:-count]), found
        if (found := before.get(" ".join(words[:count]))) is not None:
            return " ".join(words[count:]), found
    if name.isascii():
        return name, None
    for count in range(min(7, len(name) - 2), 0, -1):
        if (found := endings.get(name[-count:])) is not None:
            return name[:-count].rstrip(), found
    return name, None


def says_nothing(name: str) -> bool:
    """Return whether a folded name is only a word such as "north" or "capital", which means another place each time.

    >>> says_nothing("north"), says_nothing("north korea")
    (True, False)
    """
    return name in _alone()


@cache
def _alone() -> frozenset[str]:
    lines = _FILE.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if line.startswith("alone|") for word in line[6:].split(";"))


@cache
def _words() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Return the words before a name, those after it, and the endings, each with its class."""
    tables: tuple[dict[str, str], dict[str, str], dict[str, str]] = ({}, {}, {})
    for line in _FILE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            class_, *cells = line.split("|")
            if class_ == "alone":
                continue
            for table, cell in zip(tables, cells, strict=True):
                for word in cell.split(";"):
                    if word:
                        table.setdefault(word, class_)
    return tables
