"""Where sentences and clauses begin, for what is cut: rather too many pieces than too few.

    "He fled to Lyon, where he wrote a book."    one sentence, two clauses and a comma

Conjunctions are known of a few languages; in others clauses end at signs alone. Nothing here knows what is cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["clauses", "sentences"]

_SENTENCE: Final = re.compile(
    r"[.!?][\"'”’)\]]*(?:\[[^\]\s]{1,6}\])*\s+(?=[\"'“‘(\[]*[A-Z\u00c0-\u00de0-9])|[。！？｡]+|\n\s*\n"
)
_ABBREVIATION: Final = re.compile(
    r"(?:\b[A-Za-z]|\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Maj|Capt|Sgt|Sr|Jr|No|vs|ca|approx))\.$"
)
_JOINT: Final = re.compile(
    r"[,;:](?=\s)|[()\[\]]|(?<=\s)[–—-](?=\s)|(?<=\s)(?:and|but|or|nor|who|whom|whose|which|where|when|while|after|before|until|since|because|although|"
    r"und|aber|et|mais|y|pero)(?=\s)"
)
"""Where a clause begins, or what hangs on one."""


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield stretches that are sentences, or less: cutting too often shows too little, never too much."""
    low = start
    for match in _SENTENCE.finditer(text, start, end):
        if _ABBREVIATION.search(text[max(low, match.start() - 8) : match.start() + 1]):
            continue
        yield low, match.end()
        low = match.end()
    if low < end:
        yield low, end


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield stretches that are clauses, or less.

    >>> told = "He fled to Lyon, where he wrote a book (in French) and died."
    >>> [told[low:high].strip() for low, high in clauses(told, 0, len(told))]
    ['He fled to Lyon', ',', 'where he wrote a book', '(in French', ')', 'and died.']
    """
    for low, high in sentences(text, start, end):
        at = low
        for match in _JOINT.finditer(text, low + 1, high):
            yield at, match.start()
            at = match.start()
        yield at, high
