"""Finding words of the lexicon in a text: what is public, what endangers, what is nobody's business.

    "his sister hid him in a safe house"  ──►  kin ("sister"), refuge ("safe house")

A text is cut into words once; phrases of the lexicon are looked up word by word, the longest first, so that the time grows
with the text alone. Words of languages that write without spaces are looked for as they stand. Telephone numbers, addresses
of mail and numbers of documents are known by their form. Nothing here judges what may be shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from regesta.vocab import Lexicon, lexicon, plural_of

__all__ = ["Phrases", "Speech", "delicate_kinds", "known", "packs_spoken", "speech", "spoken", "words_in"]

_PACKS: ContextVar[tuple[Path, ...]] = ContextVar("packs", default=())
"""The packs of the project whose words are meant; the shipped ones are always among them."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*", re.UNICODE)
_UNSPACED: Final = re.compile(r"[\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PHONE: Final = re.compile(r"(?<![\w.,₩$€£])(?:\+|00|\(?0)[\d()][\d\s()./–-]{5,18}\d(?!\w)")
_NUMBER: Final = re.compile(r"\b(?=[A-Z]{0,3}\d)(?:[A-Z]{1,3}[- ]?\d{6,9}|\d{6}-\d{7}|\d{3}-\d{2}-\d{4})\b")
_FATHERLY: Final = re.compile(
    r"\b(?:founding\s+)?(?:father|mother|grandfather|godfather|parent)s?\s+of\s+(?:the\s+|its\s+|modern\s+|(?:\w+\s+){0,2}\w+[’']s?\s+){0,3}"
    r"(?:[\w-]+\s+){0,3}?(?:programme|program|movement|nation|republic|revolution|theory|science|industry|bomb|project|"
    r"literature|poetry|music|cinema|painting|medicine|physics|chemistry|independence|constitution|language)\b",
    re.IGNORECASE,
)
_LONGEST: Final = 20_000
"""Code points of a text that are looked at; a value of a claim has 500 at most, and what is longer counts as delicate."""


def words_in(text: str) -> list[str]:
    """Return the words of a text, lower case, without the possessive.

    >>> words_in("The Minister’s sister-in-law")
    ['the', 'minister', 'sister', 'in', 'law']
    """
    found = [word.casefold().replace("’", "'") for word in _WORD.findall(text)]
    return [word.removesuffix("'s") for word in found]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words and phrases, each with a class, ready to be found."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    """First word -> the phrases that begin with it, the longest first, with their classes."""
    unspaced: re.Pattern[str] | None
    class_of: Mapping[str, str]

    def found(self, text: str, words: list[str] | None = None) -> Iterator[tuple[str, str, int]]:
        """Yield class, phrase and the number of its first word for each phrase of a text; -1 where there are no words."""
        words = words_in(text) if words is None else words
        index = 0
        while index < len(words):
            step = 1
            for phrase, class_ in self.by_first.get(words[index], ()):
                if tuple(words[index : index + len(phrase)]) == phrase:
                    yield class_, " ".join(phrase), index
                    step = len(phrase)
                    break
            index += step
        if self.unspaced is not None:
            for match in self.unspaced.finditer(text):
                yield self.class_of[match[0].casefold()], match[0], -1


@dataclass(frozen=True, slots=True)
class Speech:
    """The phrases that protection looks for."""

    public: Phrases
    prominent: Phrases
    reigns: frozenset[str]
    disclosing: Phrases
    published: Phrases
    risks: Phrases
    delicate: Phrases
    """`kin`, `helper`, `health`, ... of the lexicon, words of relatives with them."""
    titles: frozenset[str]


@contextmanager
def spoken(packs: tuple[Path, ...]) -> Iterator[None]:
    """Let the words of a project's own packs count as well, while this is open."""
    token = _PACKS.set(packs)
    try:
        yield
    finally:
        _PACKS.reset(token)


def packs_spoken() -> tuple[Path, ...]:
    """Return the packs whose words count: what is kept of an answer is kept under them."""
    return _PACKS.get()


def known() -> Lexicon:
    """Return the lexicon of the shipped packs and of those that are spoken."""
    return lexicon(_PACKS.get())


def speech() -> Speech:
    """Return the phrases of the shipped packs and of those that are spoken, made once."""
    return _speech(_PACKS.get())


@lru_cache(8)
def _speech(packs: tuple[Path, ...]) -> Speech:
    known = lexicon(packs)
    delicate = {**dict.fromkeys(known.kin, "kin"), **known.delicate}
    return Speech(
        _phrases(dict.fromkeys(known.public_roles, "public")),
        _phrases(dict.fromkeys(known.prominence, "prominence")),
        known.reigns,
        _phrases(dict.fromkeys(known.disclosures, "disclosure")),
        _phrases(dict.fromkeys(known.published_works, "work")),
        _phrases(known.risks),
        _phrases(delicate),
        known.titles,
    )


def delicate_kinds(text: str) -> frozenset[str]:
    """Return the kinds of delicate thing that a text speaks of, as `policy.WORD_KINDS` names them; all where it is too long.

    >>> sorted(delicate_kinds("his sister hid him in a safe house; call +82 10 1234 5678"))
    ['contact', 'kin', 'refuge']
    >>> sorted(delicate_kinds("father of the Brazilian space programme")), sorted(delicate_kinds("passport M12345678"))
    ([], ['document'])
    """
    if len(text) > _LONGEST:
        from regesta.protection.policy import WORD_KINDS

        return frozenset(WORD_KINDS)
    bare = _FATHERLY.sub(" ", text)
    kinds = {class_ for class_, _, _ in speech().delicate.found(bare)}
    if "@" in text and _MAIL.search(text):
        kinds.add("contact")
    if any(letter.isdigit() for letter in text):
        if _PHONE.search(text):
            kinds.add("contact")
        if _NUMBER.search(text):
            kinds.add("document")
    return frozenset(kinds)


def _phrases(classes: Mapping[str, str]) -> Phrases:
    by_first: dict[str, dict[tuple[str, ...], str]] = {}
    unspaced: dict[str, str] = {}
    for word, class_ in classes.items():
        if _UNSPACED.search(word):
            unspaced[word.casefold()] = class_
            continue
        for form in _forms(word):
            tokens = tuple(words_in(form))
            if tokens:
                by_first.setdefault(tokens[0], {}).setdefault(tokens, class_)
    pattern = (
        re.compile("|".join(map(re.escape, sorted(unspaced, key=len, reverse=True)))) if unspaced else None
    )
    ordered = {
        first: tuple(sorted(rows.items(), key=lambda row: (-len(row[0]), row[0])))
        for first, rows in by_first.items()
    }
    return Phrases(ordered, pattern, unspaced)


def _forms(word: str) -> Iterable[str]:
    """Return a phrase in the singular and in the plural."""
    last = word.rpartition(" ")[2]
    plain = last.isascii() and last.isalpha() and len(last) > 2 and not last.endswith(("ed", "ing", "ly"))
    return (word, plural_of(word)) if plain else (word,)
