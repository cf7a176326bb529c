"""All words of the interface, a file for each language: `words/en.toml`, `words/ko.toml`.

    words("people.title")                    "People"
    words.counted("count.claims", 1204)      "1,204 claims"
    words.named("predicate", "role_after")   "later role"; for a name without words, the name itself

Every file has the same keys; a test holds them together, and templates have no words of their own. What sources say,
and what the build says of it, is not translated here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

__all__ = ["LANGUAGES", "Words", "words_of"]

LANGUAGES = ("en", "ko")
"""BCP 47, the usual one first."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str
    entries: Mapping[str, str]
    """By dotted key."""

    def __call__(self, key: str, **values: object) -> str:
        """Return the words of a key with the values put in; raises `KeyError` for a key that nobody wrote."""
        text = self.entries[key]
        return text.format(**values) if values else text

    def counted(self, key: str, n: int) -> str:
        """Return the words for so many: `key.one` for one, `key.other` for any other number.

        >>> words_of("en").counted("count.claims", 1), words_of("en").counted("count.claims", 1204)
        ('1 claim', '1,204 claims')
        """
        return self.entries[f"{key}.{'one' if n == 1 else 'other'}"].format(n=f"{n:,}")

    def named(self, family: str, name: str) -> str:
        """Return what a predicate, a kind or a code is called; a name that a pack brought is shown as it is.

        >>> words_of("en").named("predicate", "own_word")
        'own word'
        """
        return self.entries.get(f"{family}.{name}") or name.replace("_", " ").replace("-", " ")


@cache
def words_of(language: str) -> Words:
    """Return the words of a language of `LANGUAGES`."""
    text = files("regesta.pages").joinpath("words", f"{language}.toml").read_text("utf-8")
    return Words(language, MappingProxyType(dict(_flat(tomllib.loads(text)))))


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """Return the entries of nested tables with dotted keys, in order."""
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        key = f"{prefix}{name}"
        found += _flat(value, f"{key}.") if isinstance(value, dict) else [(key, str(value))]
    return found
