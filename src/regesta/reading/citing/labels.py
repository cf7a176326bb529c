"""What a footnote's number is called, however it is written: `1.`, `[1]`, `¹`, `(1)`, `note 1`, `^a`."""

from __future__ import annotations

import re

__all__ = ["BACK_LINKS", "label_of"]

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_EDGES = "[](){}.:^↑ \t\u00a0"
BACK_LINKS = re.compile(
    r"(?:(?:Jump\sup\s)?[\^↑](?:\s{0,3}Jump\sup(?:\sto)?:?)?(?:\s{0,3}(?:[a-z]|\d{1,3}[.,]\d{1,2})(?:,|(?![\w'’.])))*\s{0,4})"
)
"""The `^ a b` by which a note leads back to its marks."""


def label_of(mark: str) -> str:
    """Return the bare label of a mark, empty for a bullet.

    >>> [label_of(mark) for mark in ("1.", "[12]", "¹²", "(a)", "[Note 2]", "•")]
    ['1', '12', '12', 'a', 'note 2', '']
    """
    label = mark.translate(_SUPERSCRIPT).strip(_EDGES).casefold()
    label = re.sub(r"\s+", " ", label)
    return label if re.fullmatch(r"\d{1,4}|[a-z]{1,3}|(?:note|notes|nb|n|fn|anm)\.? ?\d{1,3}", label) else ""
