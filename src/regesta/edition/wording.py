"""Strings that stand outside the texts: titles, names of files, addresses, values of claims. They are seen where they are clean.

    "Letter to Maria"      a value that stands in the text          ──►  as the new text has it: "Letter to [withheld]"
    "kim_chol_su.txt"      the name of a file that names somebody   ──►  source-4f2a90b1d4e3
    "reported by Mina"     a name that the new text does not show   ──►  [withheld]

Nothing here looks into the database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from regesta.edition.laying import MARK
from regesta.edition.scanning import found_in
from regesta.edition.sensitive import sensitive_spans

if TYPE_CHECKING:
    from regesta.edition.scanning import Patterns
    from regesta.protection.parts import Parts

__all__ = ["Hidden", "masked", "plain"]

_WORD: Final = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Return the words of a string in small plain letters, with a space around each.

    >>> plain("Kim_Chŏl-su%20(2).txt")
    ' kim chol su 2 txt '
    """
    decomposed = unicodedata.normalize("NFKD", unquote(text)).casefold()
    bare = unicodedata.normalize("NFC", "".join(x for x in decomposed if not unicodedata.combining(x)))
    return f" {' '.join(_WORD.findall(bare))} "


class Hidden:
    """What may stand in no string that belongs to one document: the patterns, and the names that it hides itself.

    >>> from regesta.edition.watching import watched
    >>> hidden = Hidden(watched(["Kim Chol-su"]).patterns, ["Maria"], ["a/kim_chol_su.txt", "Letter to Maria", "Annals"])
    >>> hidden.is_clean("a/kim_chol_su.txt"), hidden.is_clean("Letter to Maria"), hidden.is_clean("Annals")
    (False, False, True)
    """

    def __init__(
        self,
        patterns: Patterns,
        names: Iterable[str],
        strings: Iterable[str | None],
        parts: Parts | None = None,
    ) -> None:
        self._parts = parts
        self._names = sorted({plain(name) for name in names} - {"  "})
        told = sorted({text for text in strings if text})
        bare = [unquote(text) for text in told]
        found = found_in(patterns, [*bare, *map(plain, bare)])
        self._is_clean = {
            text: not found[i] and not found[i + len(told)] and self._is_plain(bare[i])
            for i, text in enumerate(told)
        }

    def is_clean(self, text: str | None) -> bool:
        """Return whether nothing hidden and nothing sensitive stands in a string that it was made for."""
        return not text or self._is_clean[text]

    def kept(self, text: str | None) -> str | None:
        """Return a string that is clean, None for one that is not."""
        return text if self.is_clean(text) else None

    def _is_plain(self, text: str) -> bool:
        words = plain(text)
        if self._parts is not None and self._parts.stand_in(text, is_cased=False):
            return False
        return not any(name in words for name in self._names) and not any(True for _ in sensitive_spans(text))


def masked(patterns: Patterns, strings: Collection[str], parts: Parts | None = None) -> dict[str, str]:
    """Return those strings in which patterns or parts of hidden names stand, each with a mark in their place."""
    found: dict[str, str] = {}
    unique = sorted(set(strings))
    for string, hits in zip(unique, found_in(patterns, unique), strict=True):
        spans = sorted({*((hit.start, hit.end) for hit in hits), *(parts.spans(string) if parts else ())})
        if spans:
            made, at = "", 0
            for start, end in spans:
                if start >= at:
                    made += string[at:start] + MARK
                at = max(at, end)
            found[string] = made + string[at:]
    return found
