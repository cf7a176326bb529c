"""A text made easy to read letter by letter, with the way back to its own code points.

    text       f e ́ v r i e r   １ ９ ９ ７         decomposed letters, full-width digits
    composed   f é v r i e r 1 9 9 7
    starts     0 1 3 4 5 6 7 8 ...                 where each composed letter stands in the text

Only for matching: what is quoted is always cut from the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from regesta.text.span import Span

__all__ = ["UNUSUAL", "Composed", "compose", "needs_composing"]

UNUSUAL = "\u0300-\u036f\u1100-\u11ff\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3099\u309a\uff10-\uff5e\ufeff"
"""For a character class: combining marks, full-width signs, what nobody sees."""
_UNUSUAL = re.compile(f"[{UNUSUAL}]")
_CLUSTER = re.compile(
    "[^\u0300-\u036f\u1160-\u11ff\u3099\u309a][\u0300-\u036f\u1160-\u11ff\u3099\u309a]*|.", re.DOTALL
)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def needs_composing(text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]` holds decomposed letters, full-width signs or marks that nobody sees.

    >>> needs_composing("février", 0, 7), needs_composing("fe\u0301vrier", 0, 8), needs_composing("１９９７", 0, 4)
    (False, True, True)
    """
    return _UNUSUAL.search(text, start, end) is not None


@dataclass(frozen=True, slots=True)
class Composed:
    """A stretch of a text in composed form."""

    text: str
    starts: tuple[int, ...]
    """Where each of its code points begins in the original text, and last where the stretch ends."""

    def span(self, start: int, end: int) -> Span:
        """Return the place in the original text of a place in this one."""
        return Span(self.starts[start], self.starts[end] if end > start else self.starts[start])

    def index(self, at: int) -> int:
        """Return where a place of the original text stands in this one."""
        return bisect_left(self.starts, at, 0, len(self.starts) - 1)


def compose(text: str, start: int, end: int) -> Composed:
    """Return `text[start:end]` composed (NFC), full-width signs narrow, direction marks left out.

    >>> found = compose("le 3 fe\u0301vrier", 0, 13)
    >>> found.text, found.span(5, 12)
    ('le 3 février', Span(start=5, end=13))
    """
    pieces: list[str] = []
    starts: list[int] = []
    for cluster in _CLUSTER.finditer(text, start, end):
        written = cluster[0]
        if len(written) == 1:
            if _INVISIBLE.match(written):
                continue
            if "\uff10" <= written <= "\uff5e":
                written = unicodedata.normalize("NFKC", written)
        else:
            written = unicodedata.normalize("NFC", written)
        pieces.append(written)
        starts += [cluster.start()] * len(written)
    return Composed("".join(pieces), (*starts, end))
