"""Parts of hidden names, as they stand alone or in the names of things: cut wherever they are seen, whoever is meant.

    hidden "Danica Vuković"   ──►   "Centre Vuković", "the house of Danica", "Vuković's boat"
    hidden "Matti Saarelainen"  ──►   "Saarelaisen talo"      an ending is no difference, as far as the beginning is long

A part that is also one of a shown name, a place, a common word or very short is none: it would cut half the text. What is cut
too often here costs a word; the leak check does not look for parts, because it would never pass. Nothing here reads a chronicle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from regesta.names import is_weak
from regesta.places import is_place
from regesta.protection.naming import tokens

__all__ = ["Parts"]

_SIGNS: Final = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Signs that are not seen and part no word."""
_WORD: Final = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_SIGNS}](?=[^\W\d_]))+")
_UNSEEN: Final = re.compile(f"[{_SIGNS}]")
_SHORTEST: Final = 4
_STEM: Final = 5
"""Letters that a word and a part begin with alike, at least, where their endings differ."""
_ENDING: Final = 3
"""Letters at the end of a part that another form of it may not have."""
_LONGER: Final = 5
"""Letters that another form may have more."""


class Parts:
    r"""Parts of hidden names, ready to be found.

    >>> parts = Parts(["Danica Vuković", "Matti Saarelainen"], ["Matti Laine"])
    >>> told = "Saarelaisen talo, DANICA'S house and Centre Vuko\u00advić; Matti and vuković"
    >>> [told[low:high] for low, high in parts.spans(told)]
    ['Saarelaisen', 'DANICA', 'Vuko\xadvić']
    """

    def __init__(self, hidden: Iterable[str], shown: Iterable[str]) -> None:
        self._shown = {part for name in shown for part in tokens(name)}
        self._by_stem: dict[str, list[str]] = {}
        for part in dict.fromkeys(part for name in hidden for part in tokens(name)):
            if len(part) < _SHORTEST or part in self._shown or is_weak(part) or is_place(part):
                continue
            self._by_stem.setdefault(part[:_SHORTEST], []).append(part)
        self._known: dict[str, bool] = {}

    def spans(self, text: str, *, is_cased: bool = True) -> Iterator[tuple[int, int]]:
        """Yield where parts stand; only words that begin with a capital, or are of a script without, where `is_cased`."""
        if not self._by_stem:
            return
        for match in _WORD.finditer(text):
            word = match[0]
            if is_cased and word[0].islower():
                continue
            found = self._known.get(word)
            if found is None:
                found = self._known[word] = self._is_part(_UNSEEN.sub("", word))
            if found:
                yield match.span()

    def stand_in(self, text: str, *, is_cased: bool = True) -> bool:
        """Return whether a part stands in a text; in names of files and addresses in whatever case."""
        return any(True for _ in self.spans(text if is_cased else text.replace("_", " "), is_cased=is_cased))

    def _is_part(self, word: str) -> bool:
        for folded in tokens(word):
            if folded in self._shown or len(folded) < _SHORTEST:
                continue
            for part in self._by_stem.get(folded[:_SHORTEST], ()):
                if folded == part:
                    return True
                alike = next(
                    (i for i, (a, b) in enumerate(zip(folded, part, strict=False)) if a != b),
                    min(len(folded), len(part)),
                )
                is_form = alike >= max(_STEM, len(part) - _ENDING) and len(folded) - len(part) <= _LONGER
                if is_form and not is_place(word):
                    return True
        return False
