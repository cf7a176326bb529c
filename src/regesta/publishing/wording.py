"""The words of the pages that only a site has, beside those of all pages: `words/en.toml`, `words/ko.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from regesta.pages import Words, words_of

__all__ = ["words_of_site"]


@cache
def words_of_site(language: str) -> Words:
    """Return the words of a language, ours and those of all pages.

    >>> words_of_site("en")("edition.title"), words_of_site("ko")("people.title")
    ('This edition', '인물')
    """
    text = files("regesta.publishing").joinpath("words", f"{language}.toml").read_text("utf-8")
    own = {
        f"{part}.{name}": value
        for part, entries in tomllib.loads(text).items()
        for name, value in entries.items()
    }
    return Words(language, MappingProxyType({**words_of(language).entries, **own}))
