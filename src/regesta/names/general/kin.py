"""Which given names are forms of one name: Bill and William, Sasha and Aleksandr, Mohammed and Muhammad.

    kin.txt       made by scripts/make_name_kin.py from rigour's tables (MIT; Wikidata, CC0)
    by_hand.txt   written for regesta: short forms, and one name in several languages

A line is a group; a token may stand in several, and being kin does not carry over from line to line: Sasha is Alexander and
Sasha is Alexandra, but these two are not kin. Of family names only a few are known, of which two traditions of writing make two.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

__all__ = ["are_kin", "kin_groups"]

_FOLDER = Path(__file__).parent


@cache
def kin_groups() -> Mapping[str, tuple[int, ...]]:
    """Return token -> the numbers of its groups.

    >>> len(kin_groups()["sasha"]) > 1
    True
    """
    groups: dict[str, tuple[int, ...]] = {}
    lines = [
        line
        for file in ("by_hand.txt", "kin.txt")
        for line in (_FOLDER / file).read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    for number, line in enumerate(lines):
        one = (number,)
        for token in dict.fromkeys(line.split()):
            before = groups.get(token)
            groups[token] = one if before is None else before + one
    return MappingProxyType(groups)


def are_kin(left: str, right: str) -> bool:
    """Return whether two tokens of plain small letters are forms of one given name.

    >>> are_kin("bill", "william"), are_kin("ivan", "john"), are_kin("marina", "karina")
    (True, True, False)
    """
    groups = kin_groups()
    return not set(groups.get(left, ())).isdisjoint(groups.get(right, ()))
