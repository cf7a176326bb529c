"""What somebody types into a search box, understood: words, "phrases", -without, OR, word*.

    pilot "north coast" -seoul       all words, the phrase, not the last
    boat OR ship                     either
    defect*                          words that begin so

Whatever is typed is a query; nothing is an error, and nothing typed reaches the index but as words in quotation marks. What
is longer than anybody types is cut. Nothing here asks a shelf.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from regesta.shelf.indexing import spaced

__all__ = ["LONGEST", "Wanted", "quoted", "understand"]

LONGEST = 400
"""Characters of a query that are read."""
_MOST = 24
"""Words and phrases of a query that are read."""
_PART = re.compile(r'(?P<minus>[-−–]?)(?:["“”„«](?P<phrase>[^"“”«»]*)["“”»]?|(?P<word>[^\s"“”„«»]+))')
_LETTER = re.compile(r"\w")
_SMALLEST_BEGINNING = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query, understood."""

    text: str
    """As typed, cut and with its white space made plain."""
    groups: tuple[tuple[str, ...], ...]
    """Each is a choice of words and phrases, of which a result has one; `boat*` begins a word."""
    without: tuple[str, ...]
    """Words and phrases that no result has."""
    is_plain: bool
    """Nothing but words: it may be a name."""

    def __bool__(self) -> bool:
        return bool(self.groups)

    def expression(self, *, or_names: tuple[str, ...] = ()) -> str:
        """Return it as FTS5 reads it; `or_names` are other spellings of all of it.

        >>> print(understand('pilot "north coast" -seoul').expression())
        ("pilot" AND "north coast") NOT "seoul"
        >>> print(understand("Lee Jun").expression(or_names=("Yi Chun",)))
        (("Lee" AND "Jun") OR "Yi Chun")
        """
        wanted = " AND ".join(
            f"({' OR '.join(map(quoted, group))})" if len(group) > 1 else quoted(group[0])
            for group in self.groups
        )
        if or_names:
            wanted = " OR ".join((f"({wanted})", *map(quoted, or_names)))
        if len(self.groups) > 1 or or_names:
            wanted = f"({wanted})"
        if self.without:
            wanted = f"{wanted} NOT {' NOT '.join(map(quoted, self.without))}"
        return wanted

    def any_of(self, or_names: tuple[str, ...] = ()) -> str:
        """Return what has any of its words and phrases, or of other spellings, as FTS5 reads it; "" where there are none."""
        return " OR ".join(map(quoted, (*self.words(), *or_names)))

    def words(self) -> tuple[str, ...]:
        """Return the words and phrases that results have, in order."""
        return tuple(part for group in self.groups for part in group)


def understand(text: str) -> Wanted:
    """Return what is meant by what somebody typed; a query without letters or figures is empty.

    >>> understand("boat OR ship -“row boat”").groups, understand("boat OR ship -“row boat”").without
    ((('boat', 'ship'),), ('row boat',))
    >>> bool(understand('"" -- * ('))
    False
    """
    plain = " ".join(text[:LONGEST].replace("\x00", " ").encode("utf-8", "replace").decode().split())
    groups: list[tuple[str, ...]] = []
    without: list[str] = []
    joins = False
    for found in list(_PART.finditer(plain))[:_MOST]:
        word, phrase = found["word"], found["phrase"]
        if word == "OR" and not found["minus"]:
            joins = bool(groups)
            continue
        part = (phrase if phrase is not None else word).strip()
        if word is not None and part.endswith("*"):
            bare = part.rstrip("*")
            part = f"{bare}*" if len(_LETTER.findall(bare)) >= _SMALLEST_BEGINNING else bare
        if not _LETTER.search(part):
            continue
        if found["minus"]:
            without.append(part)
        elif joins:
            groups[-1] = (*groups[-1], part)
        else:
            groups.append((part,))
        joins = False
    is_plain = not without and all(len(group) == 1 for group in groups) and not re.search(r'["“”*]', plain)
    return Wanted(plain, tuple(groups), tuple(without), is_plain)


def quoted(part: str) -> str:
    """Return a word or a phrase as a string of FTS5."""
    begins = part.endswith("*")
    bare = spaced(part.rstrip("*") if begins else part).replace('"', '""')
    return f'"{bare}"*' if begins else f'"{bare}"'
