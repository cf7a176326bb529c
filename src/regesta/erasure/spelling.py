"""How a name may stand in a text: the forms of which a tombstone keeps hashes.

    Hong Gil-dong   long    honggildong gildonghong hongkiltong 홍길동 ...
                    short   gildong (where the sources used it alone), ghong

A form is the letters of the name without spaces, so that it fits however the name is parted. A name of few Latin letters keeps
its spaces, lest it be found inside other words. Long forms are blacked wherever they stand, short ones only in a document
that has a long one. Covered are case, spaces, hyphens, accents, surname first or last, other alphabets in Latin letters, and of
Korean names Hangul and each system of romanisation, for the likeliest readings. Not covered are inflected names, nicknames
that no source connects with the person, and spellings that no system has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from regesta.erasure.words import is_sign, words_of

__all__ = ["FEW", "forms_of", "spell"]

FEW: Final = 6
"""Latin letters below which a name keeps its spaces."""
_READINGS: Final = 4
"""Readings of one romanised Korean name that are spelled anew."""
_MOST: Final = 4000
"""Forms of one person."""


def spell(words: Sequence[str]) -> str:
    """Return the form of words that stand beside each other.

    >>> spell(["hong", "gil", "dong"]), spell(["li", "an"]), spell(["홍", "길", "동"])
    ('honggildong', 'li an', '홍길동')
    """
    joined = "".join(words)
    return " ".join(words) if len(joined) < FEW and not is_sign(joined) else joined


def forms_of(names: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the long and the short forms of a person's names.

    >>> long, short = forms_of(["Hong Gil-dong", "Gil-dong"])
    >>> "hongkiltong" in long, "홍길동" in long, "gildong" in short, "gildong" in long
    (True, True, True, False)
    >>> forms_of(["Cher"])
    (frozenset({'cher'}), frozenset())
    """
    known = {name: _parts(name[:200]) for name in names}
    split = [parts for parts in known.values() if parts]
    whole = [parts for parts in split if _is_whole(parts)] or split
    long: set[str] = set()
    short = {_spelled(parts) for parts in split if parts not in whole and _is_telling(parts)}
    for parts in whole:
        long |= {_spelled(parts), _spelled([*parts[1:], parts[0]]), _spelled([parts[-1], *parts[:-1]])}
        if len(parts) > 2:
            short |= {_spelled([parts[0], parts[-1]]), _spelled([parts[-1], parts[0]])}  # Ana Maria Sousa
        if len(parts) > 1 and not is_sign(parts[0][0]):
            initials = [[part[0][0]] for part in parts[:-1]]  # A. M. Sousa, A. Sousa
            short |= {_spelled([*some, parts[-1]]) for some in (initials, initials[:1])}
            short |= {_spelled([parts[-1], *some]) for some in (initials, initials[:1])}
    for name, parts in known.items():
        if parts in whole and len(long) < _MOST:
            long |= _respelled(name[:200])
    return frozenset(long), frozenset(one for one in short - long if len(one) > 2)


def _parts(name: str) -> list[list[str]]:
    """Return the words of each part of a name, parted by spaces; of a name in signs each sign is a part."""
    found = [[word.form for word in words_of(part)] for part in name.split()]
    flat = [[word] for part in found for word in part]
    return flat if is_sign("".join(word for (word,) in flat)) else [part for part in found if part]


def _spelled(parts: Iterable[Sequence[str]]) -> str:
    return spell([word for part in parts for word in part])


def _is_whole(parts: Sequence[Sequence[str]]) -> bool:
    """Return whether this names somebody in full: two parts, or three signs."""
    return len(parts) >= (3 if is_sign(parts[0][0]) else 2)


def _is_telling(parts: Sequence[Sequence[str]]) -> bool:
    """Return whether a part of a name is long enough to be looked for alone."""
    joined = "".join(word for part in parts for word in part)
    return len(joined) >= (2 if is_sign(joined) else 3)


def _respelled(name: str) -> set[str]:
    """Return the forms of a full name in other letters and by other systems."""
    from regesta.names import variants
    from regesta.names.korean.reading import hangul_of, parse
    from regesta.names.korean.varying import family_spellings, split_name

    texts = {variant.text for variant in variants(name)}
    found: set[str] = set()
    families: set[str] = set()
    parsed = parse(name)
    if parsed.is_korean:
        for key in parsed.keys[:_READINGS]:
            if key >= 0:
                hangul = hangul_of(key)
                found.add(spell(list(hangul)))
                families |= set(family_spellings(split_name(hangul)[0]))
                texts |= {variant.text for variant in variants(hangul)}
    givens: set[str] = set()
    for text in (name, *sorted(texts)):
        parts = _parts(text)
        if len(parts) > 1 and not is_sign(parts[0][0]):
            found |= {_spelled(parts), _spelled([*parts[1:], parts[0]]), _spelled([parts[-1], *parts[:-1]])}
            if parsed.is_korean:
                families.add("".join(parts[0]))
                givens.add(_spelled(parts[1:]))
        elif len(parts) == 1 and len(parts[0][0]) >= FEW:
            found.add(_spelled(parts))
    for family in sorted(one.lower() for one in families):
        for given in sorted(givens):
            found |= {spell([family, *given.split()]), spell([*given.split(), family])}
    return found
