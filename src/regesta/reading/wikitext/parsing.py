"""The parser, with the switches that reading needs."""

from __future__ import annotations

import mwparserfromhell
from mwparserfromhell.wikicode import Wikicode

__all__ = ["parse"]


def parse(words: str) -> Wikicode:
    """Return the nodes of wikitext; together their words are the text again, so that offsets can be counted."""
    return mwparserfromhell.parse(words)
