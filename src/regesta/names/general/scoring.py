"""How alike two names are: their tokens laid beside one another, and what each kind of likeness costs.

A pair starts at seven binary digits for being one name (128 to 1; the prior is even), and what the two do not share takes some
away. The constants stand here and nowhere else; they are set by hand, in log2 odds, so that each can be read:

    the same letters 0 · sounds 0.5 · forms of one given name 2 · vowels differ 2 · consonants alone 2 · a slip 3 · two slips 5
    an initial for a word 3.5 · a word on one side only 1.2 · a word against another word 14 · Jr. against Sr. 18

Tokens are matched best first, each once, whatever their order. A pair is a row of arrays; rows of one number of tokens are
worked on together, and no pair costs a step of Python. Whether two people of one name are one person is not asked here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from regesta.names.general.chinese import NONE, PINYIN, UNMARKED
from regesta.names.general.columns import NameColumns, TokenColumns

__all__ = ["HOPELESS", "Aligned", "Likeness", "align", "may_agree", "probability", "same_syllables", "weigh"]

Ints = NDArray[np.int32]
Places = NDArray[np.signedinteger]
Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Weights = NDArray[np.float64]


class Likeness(IntEnum):
    """What two tokens share, the least first."""

    NONE = 0
    INITIAL = 1
    TWO_SLIPS = 2
    SLIP = 3
    CONSONANTS = 4
    VOWELS = 5
    KIN = 6
    SOUNDS = 7
    LETTERS = 8


_BASE: Final = 7.0
_SAME: Final = 12.0
"""The same words in the same order."""
_COSTS: Final = np.array([0.0, 3.5, 5.0, 3.0, 2.0, 2.0, 2.0, 0.5, 0.0])
"""By likeness; a word that matches none is counted apart."""
_CONFLICT: Final = 14.0
_MIDDLE_CONFLICT: Final = 10.0
"""A word against another where two others match: Anna Maria Schmidt, Anna Luise Schmidt."""
_NEXT_INITIAL: Final = 1.0
_EXTRA: Final = 1.2
_NEXT_EXTRA: Final = 1.0
_NO_GIVEN: Final = 5.0
"""What is missing stands first, so it may be the given name."""
_NO_SURNAME: Final = 4.5
_TURNED: Final = 0.5
_GIVEN_TURNED: Final = 8.0
"""James Henry, Henry James."""
_SCRAMBLED: Final = 2.5
_SUFFIX: Final = 18.0
_NO_SUFFIX: Final = 0.8
_ALONE: Final = -1.7
"""At most this where one word of many is all that there is: a surname alone is not a name."""
_JOINED: Final = 6.0
"""The same letters, cut into words in another way."""
_SYLLABLES: Final = 4.0
"""The same Chinese syllables in Wade-Giles and in Pinyin."""
_MANY_SLIPS: Final = 1.5
_MIN_SLIP: Final = 5
_MIN_TWO_SLIPS: Final = 6
_FAR_SIZES: Final = 2
_FAR_LETTERS: Final = 4
_FAR_WRITTEN: Final = 2
"""Sounds more on one side, and letters that only one side has, beyond which there are more slips than are looked for."""
_MIN_KNOWN: Final = 7
"""Two names of the lists, a vowel apart, may be one only if they are as long as this: Hansen and Hanson are two."""
_CHUNK: Final = 1 << 16
HOPELESS: Final = 0.12
"""Above the probability of any two names of which the one with fewer tokens has one that is like none of the other's."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """Pairs of names with a tokens on the side of fewer, each with what it was laid beside."""

    likeness: Bytes
    """[pair, token of the shorter name]: a `Likeness`."""
    partner: NDArray[np.int8]
    """[pair, token of the shorter name]: place in the longer name, -1 for none."""


def probability(names: NameColumns, tokens: TokenColumns, left: Places, right: Places) -> Weights:
    """Return for each pair of rows the probability that they spell one name."""
    result = np.zeros(len(left))
    for start in range(0, len(left), _CHUNK):
        part = slice(start, start + _CHUNK)
        result[part] = _probability(names, tokens, left[part], right[part])
    return result


def _probability(names: NameColumns, tokens: TokenColumns, left: Places, right: Places) -> Weights:
    left, right = order(names, left, right)
    result = np.full(len(left), -np.inf)
    possible = np.flatnonzero(is_possible(names, left, right))
    sizes = names.n_tokens[left[possible]] * 16 + names.n_tokens[right[possible]]
    for size in sorted({*sizes.tolist()}):  # np.unique would import numpy.ma
        rows = possible[sizes == size]
        a, b = left[rows], right[rows]
        result[rows] = weigh(names, tokens, a, b, align(names, tokens, a, b))
    chances: Weights = 1.0 / (1.0 + np.exp2(-result))
    return chances


def order(names: NameColumns, left: Places, right: Places) -> tuple[Places, Places]:
    """Return the pairs with the name of fewer tokens first; of names of one length, in an order of their own."""
    more, same = names.n_tokens[left] > names.n_tokens[right], names.n_tokens[left] == names.n_tokens[right]
    swap = more | (same & (names.rank[left] > names.rank[right]))
    return np.where(swap, right, left), np.where(swap, left, right)


def is_possible(names: NameColumns, left: Places, right: Places) -> Flags:
    """Return which pairs are worth laying beside one another: the plain fast test.

    Both have tokens, Hangul stands only against Hangul, and some token, group of kin or initial may be shared: each name has 64
    bits for the forms of its tokens. Two slips in every token are not looked for.
    """
    possible: Flags = (
        (names.n_tokens[left] > 0)
        & (names.n_tokens[right] > 0)
        & (names.is_hangul[left] == names.is_hangul[right])
        & (
            ((names.bits[left] & names.bits[right]) != 0)
            | (np.bitwise_count(names.letters[left] ^ names.letters[right]) <= 3)
            | (names.squash[left] == names.squash[right])
            | same_syllables(names, left, right)
        )
    )
    return possible


def same_syllables(names: NameColumns, left: Places, right: Places) -> Flags:
    """Return which pairs may write the same Chinese syllables, one of the two in Wade-Giles."""
    one, other = names.chinese[left], names.chinese[right]
    is_close = names.chinese_close[left] == names.chinese_close[right]
    is_wide = names.chinese_wide[left] == names.chinese_wide[right]
    same: Flags = (
        ((one > PINYIN) | (other > PINYIN))
        & (one > NONE)
        & (other > NONE)
        & np.where((one == UNMARKED) | (other == UNMARKED), is_wide, is_close)
    )
    return same


def may_agree(names: NameColumns, tokens: TokenColumns, left: Places, right: Places) -> Flags:
    """Return False for pairs whose probability is below `HOPELESS`, as far as a look at sets of letters tells."""
    found = np.zeros(len(left), bool)
    for start in range(0, len(left), _CHUNK):
        part = slice(start, start + _CHUNK)
        a, b = order(names, left[part], right[part])
        possible = np.flatnonzero(is_possible(names, a, b))
        a, b = a[possible], b[possible]
        is_open = (names.squash[a] == names.squash[b]) | (names.is_abjad[a] != names.is_abjad[b])
        is_open |= same_syllables(names, a, b)
        rest = np.flatnonzero(~is_open)
        found[start + possible[is_open]] = True
        sizes = names.n_tokens[a[rest]] * 16 + names.n_tokens[b[rest]]
        for size in sorted({*sizes.tolist()}):
            rows = rest[sizes == size]
            for i in range(size // 16):
                x, y = names.tokens[a[rows], i], names.tokens[b[rows], : size % 16]
                rows = rows[_may_be_like(tokens, x[:, None], y).any(axis=1)]
            found[start + possible[rows]] = True
    return found


def _may_be_like(tokens: TokenColumns, x: Ints, y: Ints) -> Flags:
    """Return False where `compare_tokens` says NONE, as far as a look tells; what it says of each token is looked at in turn."""
    sizes, others = tokens.size[x], tokens.size[y]
    apart = np.bitwise_count(tokens.letters[x] ^ tokens.letters[y])
    like = (apart <= _FAR_LETTERS) & (tokens.first[x] == tokens.first[y])
    like |= apart <= _FAR_LETTERS // 2  # one slip; after two the first sound is still the same
    like &= (np.abs(sizes - others) <= _FAR_SIZES) & (np.minimum(sizes, others) >= _MIN_SLIP)
    written = np.bitwise_count(tokens.written_letters[x] ^ tokens.written_letters[y]) <= _FAR_WRITTEN
    like |= written & (tokens.initial[x] == tokens.initial[y])
    like |= (sizes == 1) | (others == 1)
    like |= (tokens.kin_bits[x] & tokens.kin_bits[y]) != 0
    like |= (tokens.vowels[x] == tokens.vowels[y]) | (tokens.sounds[x] == tokens.sounds[y])
    return np.asarray(like)


def align(names: NameColumns, tokens: TokenColumns, left: Places, right: Places) -> Aligned:
    """Return what each token of the shorter names was laid beside; all pairs have the same two numbers of tokens."""
    a, b = int(names.n_tokens[left[0]]), int(names.n_tokens[right[0]])
    grid_left = np.repeat(names.tokens[left, :a][:, :, None], b, axis=2)
    grid_right = np.repeat(names.tokens[right, :b][:, None, :], a, axis=1)
    kinds = compare_tokens(tokens, grid_left.ravel(), grid_right.ravel())
    by_consonants = np.flatnonzero(names.is_abjad[left] != names.is_abjad[right])
    kinds = kinds.reshape(len(left), a, b)
    if len(by_consonants):
        x, y = grid_left[by_consonants], grid_right[by_consonants]
        kinds[by_consonants] = np.maximum(kinds[by_consonants], _by_consonants(tokens, x, y))
    return _match(kinds)


def _by_consonants(tokens: TokenColumns, left: Ints, right: Ints) -> Bytes:
    """Return CONSONANTS where they are equal, SLIP where they are one apart."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cpdist

    few = np.minimum(tokens.n_consonants[left], tokens.n_consonants[right])
    kinds = np.where(
        (tokens.consonants[left] == tokens.consonants[right]) & (few >= 2), Likeness.CONSONANTS, 0
    )
    near = np.nonzero((kinds == 0) & (few >= 3))
    if len(near[0]):
        x, y = tokens.skeletons[left[near]].tolist(), tokens.skeletons[right[near]].tolist()
        kinds[near] = (cpdist(x, y, scorer=OSA.distance, score_cutoff=1) == 1) * Likeness.SLIP
    return kinds.astype(np.uint8)


def _match(kinds: Bytes) -> Aligned:
    """Take the best of the grid, again and again; of equals, those that stand at the same place from an end."""
    n, a, b = kinds.shape
    straight = np.abs(np.arange(a)[:, None] - np.arange(b)[None, :])
    ending = np.abs((a - np.arange(a))[:, None] - (b - np.arange(b))[None, :])
    left = kinds.astype(np.int16) * 16 - np.minimum(straight, ending) * (kinds > 0)
    likeness = np.zeros((n, a), np.uint8)
    partner = np.full((n, a), -1, np.int8)
    rows = np.arange(n)
    for _ in range(a):
        best = left.reshape(n, -1).argmax(axis=1)
        i, j = best // b, best % b
        found = left[rows, i, j] > 0
        if not found.any():
            break
        hit, i, j = rows[found], i[found], j[found]
        likeness[hit, i] = kinds[hit, i, j]
        partner[hit, i] = j
        left[hit, i, :] = 0
        left[hit, :, j] = 0
    return Aligned(likeness, partner)


def compare_tokens(tokens: TokenColumns, left: Ints, right: Ints) -> Bytes:
    """Return the likeness of each pair of tokens."""
    kinds = np.zeros(len(left), np.uint8)
    same = left == right
    kinds[same] = Likeness.LETTERS
    rest = np.flatnonzero(~same)
    x, y = left[rest], right[rest]
    short = np.minimum(tokens.size[x], tokens.size[y])
    first = tokens.first[x] == tokens.first[y]
    both_given = tokens.is_given[x] & tokens.is_given[y]
    kind = np.zeros(len(rest), np.uint8)
    kind[(short == 1) & first] = Likeness.INITIAL
    slips = (
        (short >= _MIN_SLIP)
        & ~both_given
        & (np.abs(tokens.size[x] - tokens.size[y]) <= _FAR_SIZES)
        & (np.bitwise_count(tokens.letters[x] ^ tokens.letters[y]) <= _FAR_LETTERS)
    )
    kind[slips] = _slips(tokens, x[slips], y[slips])
    slips = (
        (kind == Likeness.NONE)
        & ~(tokens.is_known[x] & tokens.is_known[y])
        & (np.minimum(tokens.length[x], tokens.length[y]) >= _MIN_SLIP - 1)
        & (np.maximum(tokens.length[x], tokens.length[y]) >= _MIN_SLIP)
        & (np.bitwise_count(tokens.written_letters[x] ^ tokens.written_letters[y]) <= _FAR_WRITTEN)
        & (tokens.initial[x] == tokens.initial[y])
    )
    kind[slips] = _written_slips(tokens, x[slips], y[slips])
    vowels = (tokens.vowels[x] == tokens.vowels[y]) & (short > 1)
    both_known = both_given | (tokens.is_surname[x] & tokens.is_surname[y])
    vowels &= first & (short >= 4)
    kind[vowels & ~both_known] = Likeness.VOWELS
    kind[vowels & both_known & (short >= _MIN_KNOWN)] = Likeness.TWO_SLIPS
    kin = np.flatnonzero((tokens.kin_bits[x] & tokens.kin_bits[y]) != 0)
    if len(kin):
        groups, others = tokens.kin[x[kin]], tokens.kin[y[kin]]
        shared = ((groups[:, :, None] == others[:, None, :]) & (groups[:, :, None] >= 0)).any(axis=(1, 2))
        kind[kin[shared]] = Likeness.KIN
    sounds = (tokens.sounds[x] == tokens.sounds[y]) & (short > 1)
    is_written = (short >= 4) | (tokens.initial[x] == tokens.initial[y])
    kind[sounds] = np.where(is_written, Likeness.SOUNDS, Likeness.NONE)[sounds]  # Chen and Shen are two names
    kinds[rest] = kind
    return kinds


def _slips(tokens: TokenColumns, left: Ints, right: Ints) -> Bytes:
    """Return SLIP and TWO_SLIPS by the distance of Damerau and Levenshtein (optimal string alignment) of the sounds."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cpdist

    kinds = np.zeros(len(left), np.uint8)
    if not len(left):
        return kinds
    spellings = tokens.spellings
    distance = cpdist(
        spellings[left].tolist(),
        spellings[right].tolist(),
        scorer=OSA.distance,
        score_cutoff=2,
        dtype=np.uint8,
    )
    short = np.minimum(tokens.size[left], tokens.size[right])
    first = tokens.first[left] == tokens.first[right]
    known = tokens.is_surname[left] & tokens.is_surname[right]
    given = tokens.is_given[left] | tokens.is_given[right]
    last = tokens.last[left] != tokens.last[right]
    ending = last & (tokens.is_vowel_last[left] | tokens.is_vowel_last[right])
    ending &= (tokens.size[left] != tokens.size[right]) | (tokens.letters[left] != tokens.letters[right])
    one = distance == 1
    kinds[one] = Likeness.SLIP
    kinds[one & ((ending | known) | ~first)] = Likeness.TWO_SLIPS
    kinds[one & ((~first & (short <= _MIN_SLIP)) | (known & (short < _MIN_KNOWN)) | (ending & given))] = (
        Likeness.NONE
    )
    kinds[(distance == 2) & (short >= _MIN_TWO_SLIPS) & first & ~known & ~(ending & given)] = (
        Likeness.TWO_SLIPS
    )
    return kinds


def _written_slips(tokens: TokenColumns, left: Ints, right: Ints) -> Bytes:
    """Return what a slip of one letter as written is, where it changed more than one sound or the token is short."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cpdist

    if not len(left):
        return np.zeros(0, np.uint8)
    distance = cpdist(
        tokens.written[left].tolist(),
        tokens.written[right].tolist(),
        scorer=OSA.distance,
        score_cutoff=1,
        dtype=np.uint8,
    )
    is_long = np.minimum(tokens.length[left], tokens.length[right]) > _MIN_SLIP
    is_inside = (tokens.last[left] == tokens.last[right]) & is_long
    ending = tokens.is_vowel_last[left] | tokens.is_vowel_last[right]
    ending &= (tokens.last[left] != tokens.last[right]) & (tokens.is_given[left] | tokens.is_given[right])
    kinds = np.where(is_inside, Likeness.SLIP, Likeness.TWO_SLIPS)
    return np.where((distance == 1) & ~ending, kinds, Likeness.NONE).astype(np.uint8)


def weigh(names: NameColumns, tokens: TokenColumns, left: Places, right: Places, aligned: Aligned) -> Weights:
    """Return the log2 odds of pairs that were aligned; all have the same two numbers of tokens."""
    kinds = aligned.likeness
    a, b = kinds.shape[1], int(names.n_tokens[right[0]])
    matched = (kinds > 0).sum(axis=1)
    initials = (kinds == Likeness.INITIAL).sum(axis=1)
    strong = matched - initials
    slips = ((kinds == Likeness.SLIP) | (kinds == Likeness.TWO_SLIPS)).sum(axis=1)
    weight = _BASE - _COSTS[kinds].sum(axis=1)
    weight += np.maximum(initials - 1, 0) * (_COSTS[Likeness.INITIAL] - _NEXT_INITIAL)
    weight -= np.maximum(slips - 1, 0) * _MANY_SLIPS
    weight -= (a - matched) * np.where(strong >= 2, _MIDDLE_CONFLICT, _CONFLICT)
    weight -= (b - a) * _EXTRA + max(b - a - 1, 0) * _NEXT_EXTRA * (a <= 2)
    if a < b:
        weight -= _missing(names, tokens, left, right, aligned)
    turning = _turning(names, tokens, left, right, aligned)
    weight -= turning
    if a == 1 < b:
        weight = np.minimum(weight, _ALONE)
    if a == b == 1:
        weight -= 0.7 * _COSTS[kinds[:, 0]]
    weight = np.where(strong == 0, np.minimum(weight, -3.0), weight)
    joined = names.squash[left] == names.squash[right]
    weight = np.where(joined, np.maximum(weight, _JOINED - turning), weight)
    weight = np.where(same_syllables(names, left, right), np.maximum(weight, _SYLLABLES), weight)
    weight = np.where(names.rank[left] == names.rank[right], _SAME, weight)
    one, other = names.suffix[left], names.suffix[right]
    weight -= np.where(one != other, np.where((one > 0) & (other > 0), _SUFFIX, _NO_SUFFIX), 0.0)
    return weight


def _missing(
    names: NameColumns, tokens: TokenColumns, left: Places, right: Places, aligned: Aligned
) -> Weights:
    """Return what it costs that the first or the last word of the longer name has no match on the other side."""
    b = int(names.n_tokens[right[0]])
    n = len(left)
    is_met = np.zeros((n, b + 1), bool)
    np.put_along_axis(
        is_met, np.where(aligned.partner >= 0, aligned.partner, b).astype(np.intp), values=True, axis=1
    )
    has_initial = (aligned.likeness == Likeness.INITIAL).any(axis=1)
    all_given = tokens.is_given[names.tokens[left, : aligned.likeness.shape[1]]].all(axis=1)
    first_is_given = tokens.is_given[names.tokens[left, 0]]
    no_given = ~is_met[:, 0] & ~has_initial & ~first_is_given
    to_middle = (aligned.partner[:, -1] < b - 1) & (aligned.likeness[:, -1] == Likeness.INITIAL)
    to_middle &= (tokens.size[names.tokens[left, aligned.likeness.shape[1] - 1]] > 1) & (b > 2)
    no_surname = ~is_met[:, b - 1] & (all_given | to_middle)  # Ana Ruiz, Ana R. Kos
    cost: Weights = no_given * _NO_GIVEN + no_surname * _NO_SURNAME
    return cost


def _turning(
    names: NameColumns, tokens: TokenColumns, left: Places, right: Places, aligned: Aligned
) -> Weights:
    """Return what another order of the words costs: little where it is the surname that moved."""
    partner = aligned.partner
    n, a = partner.shape
    if a == 1:
        return np.zeros(n)
    drops = np.zeros(n, np.int64)
    last = np.full(n, -1, np.int64)
    head = np.full(n, -1, np.int64)
    for i in range(a):
        here = partner[:, i]
        met = here >= 0
        drops += met & (here < last)
        head = np.where(met & (head < 0), here, head)
        last = np.where(met, here, last)
    turned = drops > 0
    is_turn = (drops == 1) & (last < head)
    is_told = names.is_inverted[left] | names.is_inverted[right]
    is_whole = (aligned.likeness > Likeness.INITIAL).all(axis=1)
    is_whole &= tokens.is_given[names.tokens[left, :a]].all(axis=1)
    cost_of_turn = _TURNED + 1.0 * is_told
    if a == 2:
        cost_of_turn = np.where(is_whole, _GIVEN_TURNED, cost_of_turn)
    cost = np.where(is_turn, cost_of_turn, _SCRAMBLED)
    return np.asarray(turned * cost)
