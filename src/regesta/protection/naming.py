"""What an edition calls each person, which other names it may show, and which names it must never show.

    "Ri Sang-min" of "Lee Sang-min"     one name, spelled twice: shown
    "Tavares" of "Rui Tavares"            a part of it: shown
    "Boris K." of "Anton Weber"           another name: that the two are one is a claim of its own, withheld

A name is hidden where whoever bears it is. What is also a part of a shown name, and a single word that is a place or a common
word, is not: it would hide half the edition and betray nobody. Nothing here judges who is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from regesta import names
from regesta.places import is_place
from regesta.protection.sketch import Sketch
from regesta.protection.verdicts import Exposure

__all__ = [
    "Hidden",
    "described",
    "hidden_names",
    "looked_for",
    "names_company",
    "shown_aliases",
    "spelled_alike",
    "tokens",
]

_WORD: Final = re.compile(r"[^\W_]+", re.UNICODE)
_COMPANY: Final = re.compile(
    r"\b(?:with|and|mit|und|avec|et|con|y|com|e)\s+(?P<name>[^\W\d_][\w'’-]+)(?!\s+[A-Z])"
)
_SURE: Final = 0.85
"""Probability from which two spellings are shown as one name."""
_LONG: Final = 100
"""Code points of a name that is compared."""
_MANY: Final = 200
"""Aliases that are compared; what is beyond stays hidden."""


@lru_cache(65536)
def tokens(name: str) -> tuple[str, ...]:
    """Return the words of a name in a form that case, accents, hyphens and order of signs do not change.

    >>> tokens("Nguyễn Thị-Hà"), tokens("O'Brien")
    (('nguyen', 'thi', 'ha'), ('o', 'brien'))
    """
    return tuple(names.fold(word) for word in _WORD.findall(name[:400]))


def shown_aliases(
    label: str, aliases: Iterable[str], alike: Container[tuple[str, str]] | None = None
) -> tuple[str, ...]:
    """Return the aliases that say no more than the name: another spelling of it, or a part.

    `alike` is what `spelled_alike` returned for these names; they are compared here where it is left out.

    >>> shown_aliases("Lee Sang-min", ["Ri Sang-min", "Lee", "Anton Weber", "LEE Sangmin"])
    ('Ri Sang-min', 'Lee', 'LEE Sangmin')
    """
    others = tuple(aliases)[:_MANY]
    known = spelled_alike((label, alias) for alias in others) if alike is None else alike
    return tuple(alias for alias in others if _is_part(label, alias) or (label, alias) in known)


def spelled_alike(pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return the pairs of names that are spellings of one, as `names` judges; those that are plain parts are left out.

    >>> sorted(spelled_alike([("Ana Sousa", "A. Sousa"), ("Ana Sousa", "Maria Lima"), ("Ana Sousa", "Ana")]))
    [('Ana Sousa', 'A. Sousa')]
    """
    open_pairs = [
        (label, alias)
        for label, alias in dict.fromkeys(pairs)
        if len(tokens(alias)) > 1 and max(len(label), len(alias)) <= _LONG and not _is_part(label, alias)
    ]
    if not open_pairs:
        return frozenset()
    odds = names.compare_many([label for label, _ in open_pairs], [alias for _, alias in open_pairs])
    return frozenset(pair for pair, one in zip(open_pairs, odds, strict=True) if one >= _SURE)


@lru_cache(65536)
def _is_part(label: str, alias: str) -> bool:
    mine, other = tokens(label), tokens(alias)
    return bool(other) and ("".join(mine) == "".join(other) or set(other) <= set(mine))


@lru_cache(65536)
def names_company(text: str) -> bool:
    """Return whether words name somebody beside their subject by a given name alone, of whom the chronicle may know nothing.

    >>> [names_company(text) for text in ("crossed to Moldova with Irina", "sailed with the tide", "went to Lviv and Georgia")]
    [True, False, False]
    """
    return any(
        match["name"][0].isupper() and names.is_given(match["name"]) and not is_place(match["name"])
        for match in _COMPANY.finditer(text)
    )


def described(sketch: Sketch, *, is_crowd: bool, sex: str = "", role: str = "") -> str:
    """Return what the edition calls somebody whom it does not name.

    >>> from regesta.chronicle.rows import EntityRow
    >>> row = EntityRow("e-1", "person", "a tall cook of Lyon", (), False, None)
    >>> described(Sketch(row), is_crowd=False), described(Sketch(row), is_crowd=False, sex="female", role="cook")
    ('unnamed person', 'unnamed woman, cook')
    """
    if sketch.row.kind == "group":
        if is_crowd:
            return f"group of {sketch.size:,} people" if sketch.row.group_size else "large group of people"
        return f"unnamed group of {sketch.size}" if sketch.size > 1 else "unnamed group"
    noun = {"male": "man", "female": "woman"}.get(sex, "person")
    return f"unnamed {noun}" + (f", {role}" if role else "")


@dataclass(frozen=True, slots=True)
class Hidden:
    """Hidden names, ready to be looked for in a text."""

    by_first: Mapping[str, tuple[tuple[str, ...], ...]]

    def stands_in(self, text: str) -> bool:
        """Return whether a hidden name stands in a text, in whatever case, with whatever accents and hyphens."""
        words = tokens(text) if len(text) <= 400 else tuple(names.fold(word) for word in _WORD.findall(text))
        for place, word in enumerate(words):
            for phrase in self.by_first.get(word, ()):
                if words[place : place + len(phrase)] == phrase:
                    return True
        return False

    @classmethod
    def of(cls, hidden: Iterable[str]) -> Hidden:
        """Return the names, the form of each made once."""
        by_first: dict[str, set[tuple[str, ...]]] = {}
        for name in hidden:
            if phrase := tokens(name):
                by_first.setdefault(phrase[0], set()).add(phrase)
        return cls({first: tuple(sorted(phrases)) for first, phrases in by_first.items()})


def hidden_names(sketches: Mapping[str, Sketch], exposures: Mapping[str, Exposure]) -> tuple[str, ...]:
    """Return every name that no claim may hold: of the hidden, and what else the shown are called."""
    shown: set[tuple[str, ...]] = set()
    for exposure in exposures.values():
        if exposure.shown == "name":
            for name in (exposure.label, *exposure.aliases):
                shown.update(_stretches(tokens(name)))
    found: set[str] = set()
    for entity, sketch in sketches.items():
        exposure = exposures[entity]
        kept = {exposure.label, *exposure.aliases} if exposure.shown == "name" else set()
        if exposure.shown != "name" and not sketch.row.is_named:
            continue
        for name in (sketch.row.label, *sketch.other_names):
            words = tokens(name)
            if name not in kept and words and words not in shown and not _is_word(name, words):
                found.add(name)
    return tuple(sorted(found))


def looked_for(hidden: Iterable[str]) -> tuple[str, ...]:
    """Return the hidden names that may stand in no byte: all but given names that stand alone, which many people bear.

    >>> looked_for(["Hanna", "Hanna Brandt", "Hadžić"])
    ('Hanna Brandt', 'Hadžić')
    """
    return tuple(name for name in hidden if len(words := tokens(name)) > 1 or not names.is_given(words[0]))


def _stretches(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return what of a name stands together: all of it, and each part."""
    short = words[:8]
    return {words} | {short[i:j] for i in range(len(short)) for j in range(i + 1, len(short) + 1)}


def _is_word(name: str, words: tuple[str, ...]) -> bool:
    """Return whether a name is one word that stands for much else."""
    return len(words) == 1 and (len(words[0]) < 3 or is_place(name) or names.is_weak(words[0]))
