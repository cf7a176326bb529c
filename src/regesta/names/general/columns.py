"""Names and their tokens as columns of arrays: each distinct name spelled once, each distinct token folded once.

    names    0 "Hans Müller"   1 "Müller, Hans"          tokens   0 hans   1 muller
    tokens   [[0, 1, -1 ...],  [0, 1, -1 ...]]           sounds, vowels, consonants: a hash each

Columns are what `scoring.py` works on and what keys of blocking are made of. Nothing is compared here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeVar
from zlib import adler32, crc32

import numpy as np
from numpy.typing import NDArray

from regesta.names.general.chinese import NONE, PINYIN
from regesta.names.general.folding import HANGUL
from regesta.names.general.tokens import MAX_KIN, MAX_TOKENS, Spelled, Token, fold_token, spell

__all__ = ["NameColumns", "TokenColumns", "columns", "keys", "together"]

Ints = NDArray[np.int32]
Hashes = NDArray[np.int64]
_VOWELS: Final = frozenset("aeiou")
_BITS: Final = np.uint64(63)


@dataclass(frozen=True, slots=True)
class TokenColumns:
    """What is known of each token, a row each."""

    spellings: NDArray[np.object_]
    """The sounds, as text."""
    written: NDArray[np.object_]
    """The letters, as text."""
    length: Ints
    """Letters as written."""
    written_letters: NDArray[np.uint32]
    """The set of the letters as written."""
    is_known: NDArray[np.bool_]
    """In a list of given names or surnames."""
    skeletons: NDArray[np.object_]
    """The consonants, as text."""
    sounds: Hashes
    vowels: Hashes
    consonants: Hashes
    n_consonants: Ints
    bones: Ints
    """The first two consonants."""
    size: Ints
    """Letters of the sounds; 1 for an initial."""
    first: Ints
    """The first sound; e, i and y taken together."""
    end: Ints
    """The last three sounds."""
    initial: Ints
    """The first letter as written."""
    last: Ints
    is_vowel_last: NDArray[np.bool_]
    letters: NDArray[np.uint32]
    kin: Ints
    """[token, 6]: groups of kin, filled up with -1."""
    kin_bits: NDArray[np.uint64]
    is_given: NDArray[np.bool_]
    is_surname: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class NameColumns:
    """What is known of each name, a row each."""

    tokens: Ints
    """[name, 6]: rows of tokens, filled up with 0."""
    n_tokens: Ints
    suffix: Ints
    is_inverted: NDArray[np.bool_]
    is_abjad: NDArray[np.bool_]
    is_hangul: NDArray[np.bool_]
    squash: Hashes
    chinese: Ints
    """Which system of Chinese names it is written in, 0 for none; `chinese_close`, `chinese_wide`: see `chinese.py`."""
    chinese_close: Hashes
    chinese_wide: Hashes
    rank: Hashes
    """A hash of the tokens in their order."""
    letters: NDArray[np.uint32]
    bits: NDArray[np.uint64]
    """A set in 64 bits of what the tokens may share with others: sounds, vowels, consonants, kin."""


def columns(
    names: Sequence[str], numbers: dict[str, int] | None = None, known: TokenColumns | None = None
) -> tuple[NameColumns, TokenColumns]:
    """Return the columns of names, a row for each in order, and of their tokens.

    `numbers` are those of tokens whose columns are `known`: it takes in the new ones, whose columns come behind.

    >>> names, tokens = columns(["Hans Müller", "Müller, Hans"])
    >>> names.tokens[:, :2].tolist(), tokens.size.tolist()
    ([[0, 1], [0, 1]], [4, 5])
    """
    spelled = [spell(name) for name in names]
    numbers = {} if numbers is None else numbers
    n_known = len(numbers)
    rows = np.zeros((len(names), MAX_TOKENS), np.int32)
    for row, name in enumerate(spelled):
        for place, token in enumerate(name.tokens):
            rows[row, place] = numbers.setdefault(token, len(numbers))
    new = list(islice(numbers, n_known, None))
    tokens = _token_columns([fold_token(token) for token in new], new)
    tokens = tokens if known is None else together(known, tokens)
    return _name_columns(names, spelled, rows, tokens), tokens


_Columns = TypeVar("_Columns", NameColumns, TokenColumns)


def together(one: _Columns, other: _Columns) -> _Columns:
    """Return the rows of one, and behind them those of the other."""
    return type(one)(
        *(np.concatenate((getattr(one, name), getattr(other, name))) for name in type(one).__slots__)
    )


def _hash(text: str) -> int:
    """Return 63 bits that are the same in every run."""
    raw = text.encode("utf-8", "surrogatepass")
    return (crc32(raw) << 31) ^ adler32(raw)


def _token_columns(tokens: list[Token], written: list[str]) -> TokenColumns:
    kin = np.full((len(tokens), MAX_KIN), -1, np.int32)
    for row, token in enumerate(tokens):
        kin[row, : len(token.kin)] = token.kin
    spellings, skeletons = np.empty(len(tokens), np.object_), np.empty(len(tokens), np.object_)
    spellings[:] = [token.sound for token in tokens]
    letters = np.empty(len(tokens), np.object_)
    letters[:] = written
    skeletons[:] = [token.consonant for token in tokens]
    one = np.uint64(1)
    bits = np.where(kin >= 0, one << (kin.astype(np.uint64) & _BITS), np.uint64(0))
    return TokenColumns(
        spellings=spellings,
        written=letters,
        length=np.array([len(word) for word in written], np.int32),
        written_letters=np.array([_letters(word) for word in written], np.uint32),
        is_known=np.array([token.is_given or token.is_surname for token in tokens], bool),
        skeletons=skeletons,
        sounds=np.array([_hash(token.sound) for token in tokens], np.int64),
        vowels=np.array([_hash(token.vowel) for token in tokens], np.int64),
        consonants=np.array([_hash(token.consonant) for token in tokens], np.int64),
        bones=np.array(
            [sum(ord(x) << 8 * i for i, x in enumerate(token.consonant[:2])) for token in tokens], np.int32
        ),
        n_consonants=np.array([len(token.consonant) for token in tokens], np.int32),
        size=np.array(
            [
                1 if len(word) == 1 else max(len(token.sound), 2)
                for token, word in zip(tokens, written, strict=True)
            ],
            np.int32,
        ),
        first=np.array([_first(token.sound) for token in tokens], np.int32),
        end=np.array([_end(token.sound) for token in tokens], np.int32),
        initial=np.array([ord(word[0]) for word in written], np.int32),
        last=np.array([ord(token.sound[-1]) if token.sound else 0 for token in tokens], np.int32),
        is_vowel_last=np.array([token.sound[-1:] in _VOWELS for token in tokens], bool),
        letters=np.array([token.letters for token in tokens], np.uint32),
        kin=kin,
        kin_bits=np.bitwise_or.reduce(bits, axis=1) if len(tokens) else np.zeros(0, np.uint64),
        is_given=np.array([token.is_given for token in tokens], bool),
        is_surname=np.array([token.is_surname for token in tokens], bool),
    )


def _letters(word: str) -> int:
    """Return the set of the letters, a bit each."""
    bits = 0
    for char in set(word):
        bits |= 1 << (ord(char) & 31)
    return bits


def _end(sound: str) -> int:
    """Return the last three sounds as a number."""
    return sum((ord(char) & 127) << 7 * i for i, char in enumerate(sound[-3:]))


def _first(sound: str) -> int:
    """Return the first sound: e, i and y begin the same names in other spellings."""
    return ord({"y": "e", "i": "e"}.get(sound[:1], sound[:1] or "?"))


def _name_columns(
    names: Sequence[str], spelled: list[Spelled], rows: Ints, tokens: TokenColumns
) -> NameColumns:
    n_tokens = np.array([len(name.tokens) for name in spelled], np.int32)
    is_there = np.arange(MAX_TOKENS)[None, :] < n_tokens[:, None]
    one = np.uint64(1)
    bits = np.zeros(len(names), np.uint64)
    letters = np.zeros(len(names), np.uint32)
    if len(tokens.sounds):
        for forms in (tokens.vowels, tokens.sounds, tokens.consonants):
            bit = one << (forms.astype(np.uint64) & _BITS)
            bits |= np.bitwise_or.reduce(np.where(is_there, bit[rows], np.uint64(0)), axis=1)
        bits |= np.bitwise_or.reduce(np.where(is_there, tokens.kin_bits[rows], np.uint64(0)), axis=1)
        letters = np.bitwise_or.reduce(np.where(is_there, tokens.letters[rows], np.uint32(0)), axis=1)
    return NameColumns(
        tokens=rows,
        n_tokens=n_tokens,
        suffix=np.array([name.suffix for name in spelled], np.int32),
        is_inverted=np.array([name.is_inverted for name in spelled], bool),
        is_abjad=np.array([name.is_abjad for name in spelled], bool),
        is_hangul=np.array(
            [not name.isascii() and HANGUL.search(name[:200]) is not None for name in names], bool
        ),
        squash=np.array([_hash(name.squash) for name in spelled], np.int64),
        chinese=np.array([name.chinese.kind for name in spelled], np.int32),
        chinese_close=np.array([name.chinese.close for name in spelled], np.int64),
        chinese_wide=np.array([name.chinese.wide for name in spelled], np.int64),
        rank=np.array([name.rank for name in spelled], np.int64),
        letters=letters,
        bits=bits,
    )


def keys(names: NameColumns, tokens: TokenColumns) -> tuple[Ints, Hashes]:
    """Return keys to block by: rows of names, one for each key, and the keys; at most twelve for a name, four to five for most.

    A key is never one token alone, but where the name has no more: it is a token by its vowels taken together and the first
    sound of another, both ways round, of first and last token and of first and second. So a slip, an initial, a missing
    middle name and another order leave a key in common. Further keys: all letters joined; the first token and the end of the last; the group of kin of a given
    name with two consonants of the surname; the consonants of a token and the first of another, for names in scripts of few
    vowels and for those that may be theirs.
    """
    n = names.n_tokens
    rows = np.arange(len(n), dtype=np.int32)
    found_rows: list[NDArray[np.signedinteger]] = [rows[n > 0]]
    found: list[Hashes] = [_mix(0, names.squash[n > 0], names.squash[n > 0])]

    def add(
        kind: int, which: NDArray[np.signedinteger], one: NDArray[np.integer], other: NDArray[np.integer]
    ) -> None:
        found_rows.append(which)
        found.append(_mix(kind, one.astype(np.int64), other.astype(np.int64)))

    single = rows[n == 1]
    alone = names.tokens[single, 0]
    add(1, single, tokens.vowels[alone], tokens.vowels[alone])
    several = rows[n > 1]
    last = n[several] - 1
    first_token = names.tokens[several, 0]
    last_token = names.tokens[several, last]
    middle_token = names.tokens[several, np.minimum(last, 1)]
    has_middle = n[several] > 2
    pairs = (
        (several, first_token, last_token),
        (several[has_middle], first_token[has_middle], middle_token[has_middle]),
        (several[has_middle], last_token[has_middle], middle_token[has_middle]),
    )
    for number, (which, x, y) in enumerate(pairs):
        for one, other in ((x, y), (y, x)) if number < 2 else ((y, x),):
            long = tokens.size[one] > 1
            add(2, which[long], tokens.vowels[one][long], tokens.first[other][long])
    add(5, several, tokens.vowels[first_token], tokens.end[last_token])
    for turn, (given, family) in enumerate(((first_token, last_token), (last_token, first_token))):
        kin = tokens.kin[given, 0]
        known = kin >= 0
        add(3, several[known], tokens.bones[family][known], kin[known])
        kin = tokens.kin[given, 1]
        second = (kin >= 0) & (turn == 0)
        add(3, several[second], tokens.bones[family][second], kin[second])
    is_wade = names.chinese > PINYIN
    if is_wade.any():  # Pinyin is asked for only where there is Wade-Giles to meet it
        read = rows[(names.chinese > NONE) & np.isin(names.chinese_wide, names.chinese_wide[is_wade])]
        add(6, read, names.chinese_wide[read], names.chinese_wide[read])
    if names.is_abjad.any():
        for one, other in ((first_token, last_token), (last_token, first_token)):
            key = _mix(4, tokens.consonants[one], (tokens.bones[other] & 255).astype(np.int64))
            met = np.isin(key, key[names.is_abjad[several]])
            found_rows.append(several[met])
            found.append(key[met])
    every_row, every = np.concatenate(found_rows), np.concatenate(found)
    order = np.lexsort((every, every_row))
    place, keyed = every_row[order].astype(np.int32), every[order]
    new = np.ones(len(keyed), bool)
    new[1:] = (place[1:] != place[:-1]) | (keyed[1:] != keyed[:-1])
    return place[new], keyed[new]


def _mix(kind: int, one: Hashes, other: Hashes) -> Hashes:
    """Return a hash of two numbers and of what they are (the finaliser of splitmix64, by Steele, Lea and Flood, 2014)."""
    with np.errstate(over="ignore"):
        mixed = (
            one.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
            + other.astype(np.uint64)
            + np.uint64(kind << 56)
        )
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(1)).astype(np.int64)
