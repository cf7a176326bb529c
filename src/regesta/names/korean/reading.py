"""A name parsed once: the Hangul names that it may stand for, each with its weight.

    P(Hangul, habit | letters)  ~  P(order) P(habit) P(surname) P(its letters | surname, habit)
                                    P(number of syllables) product over syllables P(syllable) P(its letters | syllable, habit)

The Hangul name is the hidden cause of the letters; the habit of spelling (`table.py`) is a second one, shared by all syllables
of one name: so "Chong" is 정 beside "Yong-ch'ol" and 종 beside "Seung". Joined given names are cut wherever both sides can be
read. What the table cannot read is read by parts (`parts.py`); what that cannot read is no Korean name. Whether two names are
one is asked in `pairs.py`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from regesta.names.korean.foreign import foreign_log
from regesta.names.korean.hangul import is_syllable, southern
from regesta.names.korean.hanja import is_han, read_hanja
from regesta.names.korean.parts import read_parts
from regesta.names.korean.spelling import DOUBLE_SURNAMES, clean_token, unmarked
from regesta.names.korean.table import BASE, MIX, Candidates, Place, code_of, known, share_of, take_apart

__all__ = ["SYSTEMS", "WIDTH", "Parse", "find_parts", "hangul_of", "parse"]

SYSTEMS: Final = ("common", "revised", "mccune-reischauer", "mccune-reischauer-plain")
"""Names of the habits of spelling, in the order of the table."""
WIDTH: Final = 6
"""How many readings of a name are kept."""
_MAX_NAME: Final = 80  # characters; no name is longer
_MAX_WORD: Final = 20  # letters of a joined given name
_LENGTHS: Final = {1: 0.05, 2: 0.94, 3: 0.01}
_KEPT: Final = 10  # readings of a given name that go on
_UNMARKED: Final = 0.1  # cost of dropping marks that the table does not know
_LEAST: Final = 1e-4  # readings of a given name below this share of the best are left out
_FLOOR: Final = 0.02
_KOREAN: Final = 0.0
Given = tuple[int, int, float, float, float, float, float]
"""Number of the syllables, what the surname is multiplied by, probability under each habit, sum of the shares."""


@dataclass(frozen=True, slots=True)
class Parse:
    """What one string may stand for."""

    keys: tuple[int, ...]
    """Numbers of Hangul names, the likeliest first."""
    weights: tuple[float, ...]
    """Their shares; 1 in all, but for what was cut off."""
    scaled: tuple[float, ...]
    """The shares over the root of how often another name would be taken for this one."""
    habits: tuple[int, ...]
    """Which habit of spelling each reading rests on most."""
    letters: int
    """A number of the letters alone, in the likeliest order; 0 for other scripts."""
    log_odds: float
    """How much likelier as a Korean name than as another, natural logarithm."""

    @property
    def is_korean(self) -> bool:
        """Readable as a Korean name, more likely than not."""
        return self.log_odds > 0


NOTHING: Final = Parse((), (), (), (), 0, -math.inf)


def hangul_of(key: int) -> str:
    """Return the Hangul of a number.

    >>> hangul_of(code_of("남궁민수"))
    '남궁민수'
    """
    syllables = []
    while key > 0:
        key, digit = divmod(key, BASE)
        syllables.append(chr(0xABFF + digit))
    return "".join(reversed(syllables))


@lru_cache(maxsize=1 << 17)
def parse(name: str) -> Parse:
    """Return the readings of a name.

    >>> [hangul_of(key) for key in parse("Park Jisoo").keys][:1], parse("Kim Basinger").is_korean
    (['박지수'], False)
    """
    if len(name) > _MAX_NAME or not name:
        return NOTHING
    if name.isascii():
        return _romanised(name)
    letters = [char for char in name if char.isalpha()]
    if letters and all(map(is_syllable, letters)):
        return _hangul("".join(letters)) if _has_only(name, " ·-") else NOTHING
    if letters and all(map(is_han, letters)):
        return _weighted(read_hanja("".join(letters))) if _has_only(name, " ·") else NOTHING
    return _romanised(name)


def _has_only(name: str, others: str) -> bool:
    return all(char.isalpha() or char in others for char in name)


def _hangul(text: str) -> Parse:
    """Return the reading of a name in Hangul: itself, in the form of the South."""
    is_double = text[:2] in DOUBLE_SURNAMES
    family = southern(text[0])
    if not 2 <= len(text) <= 4 + is_double or not (is_double or share_of("s", family) > 1e-4):
        return NOTHING
    name = family + text[1:]
    found = {name: 1.0}
    if len(text) > 2 and not is_double:
        other = family + southern(text[1]) + text[2:]
        if other != name:  # 룡 of the North is 용 of the South
            found = {name: 0.7, other: 0.3}
    return _weighted(found)


def _weighted(found: dict[str, float]) -> Parse:
    """Return the parse of names that are known with their shares."""
    if not found:
        return NOTHING
    rows = sorted(found.items(), key=lambda row: -row[1])[:WIDTH]
    keys = tuple(_fold_key(code_of(name)) for name, _ in rows)
    scaled = tuple(weight / math.sqrt(max(_mistaken(name), _FLOOR)) for name, weight in rows)
    return Parse(keys, tuple(weight for _, weight in rows), scaled, (0,) * len(rows), 0, 5.0)


def _mistaken(name: str) -> float:
    """Return how often a name that differs in one place would be this one: the mean share of its syllables."""
    cut = 2 if name[:2] in DOUBLE_SURNAMES and len(name) > 2 else 1
    shares = [share_of("s", name[:cut])]
    shares += [share_of("l" if place else "f", syllable) for place, syllable in enumerate(name[cut:])]
    return sum(shares) / len(shares)


def _fold_key(code: int) -> int:
    """Return the number within 62 bits; names of five syllables are rare enough to be scattered."""
    return code if code < 1 << 62 else -(code % ((1 << 61) - 1)) - 1


def _romanised(name: str) -> Parse:
    """Return the readings of a name in Latin letters."""
    words = name.replace(",", " ").split()
    if not 2 <= len(words) <= 5:
        return NOTHING
    tokens = [clean_token(word) for word in words]
    if not all(tokens):
        return NOTHING
    found: dict[int, float] = {}
    sums: dict[int, tuple[float, tuple[float, ...]]] = {}
    best_order = 0.0
    letters = ""
    for family, parts, share in _orders(words, tokens, name):
        heads = _look("s", family)
        if not heads:
            continue
        whole = 0.0
        rows = _given(parts)
        for code, sh, sr, sm, sb, seen in heads[:5]:
            h, r, m, b = sh * MIX[0] * share, sr * MIX[1] * share, sm * MIX[2] * share, sb * MIX[3] * share
            for low, power, gh, gr, gm, gb, shares in rows:
                weight = h * gh + r * gr + m * gm + b * gb
                if weight > 0:
                    key = code * power + low
                    whole += weight
                    if key in found:
                        found[key] += weight
                    else:
                        found[key] = weight
                        count = 2 if power == BASE else 3 if power == BASE**2 else 4
                        sums[key] = ((seen + shares) / count, (h * gh, r * gr, m * gm, b * gb))
        if whole > best_order:
            best_order, letters = whole, f"{family} {''.join(parts)}"
    total = sum(found.values())
    if total <= 0:
        return NOTHING
    top = sorted(found.items(), key=lambda row: -row[1])[:WIDTH]
    weights = tuple(weight / total for _, weight in top)
    scaled = tuple(
        weight / math.sqrt(max(sums[key][0], _FLOOR)) for (key, _), weight in zip(top, weights, strict=True)
    )
    habits = tuple(max(range(4), key=sums[key][1].__getitem__) for key, _ in top)
    odds = math.log(total) - foreign_log([unmarked(token).replace("-", "") for token in tokens])
    return Parse(
        tuple(_fold_key(key) for key, _ in top), weights, scaled, habits, hash_letters(letters), odds
    )


def hash_letters(letters: str) -> int:
    """Return a number of 60 bits for letters, the same in every run."""
    value = 1469598103934665603
    for byte in letters.encode():
        value = (value ^ byte) * 1099511628211 & 0xFFFFFFFFFFFFFFF
    return value | 1


def _orders(words: list[str], tokens: list[str], name: str) -> list[tuple[str, tuple[str, ...], float]]:
    """Return the ways to tell the surname from the given name, each with its share."""
    n = len(tokens)
    if "," in name:
        head = len(name[: name.index(",")].split())
        if not 0 < head < n:
            return []
        return [("".join(tokens[:head]).replace("-", ""), _pieces(tokens[head:]), 1.0)]
    first = 0.6
    if "-" in tokens[0]:
        first = 0.05
    elif n == 2 and "-" in tokens[1]:
        first = 0.95
    upper = [len(word) > 1 and word.isupper() for word in words]
    if upper[0] and not upper[-1]:
        first = 0.95
    elif upper[-1] and not upper[0]:
        first = 0.05
    found = []
    if n <= 4:
        found.append((tokens[0].replace("-", ""), _pieces(tokens[1:]), first))
        found.append((tokens[-1].replace("-", ""), _pieces(tokens[:-1]), 1 - first))
    if n >= 3:
        found.append((tokens[0] + tokens[1], _pieces(tokens[2:]), first * 0.1))
    return found


def _pieces(tokens: list[str]) -> tuple[str, ...]:
    return tuple(piece for token in tokens for piece in token.split("-") if piece)


@lru_cache(maxsize=1 << 15)
def _look(place: Place, spelling: str) -> Candidates:
    """Return what a piece may stand for, from the table, without its marks, or by its parts."""
    rows = take_apart(place, spelling)
    if rows or len(spelling) > 12:
        return rows
    bare = unmarked(spelling)
    if bare != spelling:
        return tuple(
            (code, h * _UNMARKED, r * _UNMARKED, (h + b) * _UNMARKED, b * _UNMARKED, share)
            for code, h, r, _, b, share in take_apart(place, bare)
        )
    return read_parts(place, spelling)


@lru_cache(maxsize=1 << 15)
def _given(parts: tuple[str, ...]) -> tuple[Given, ...]:
    """Return the readings of a given name, cut as written or, where it is joined, wherever it can be."""
    found: dict[int, Given] = {}
    if not 1 <= len(parts) <= 3 or sum(map(len, parts)) > _MAX_WORD:
        return ()
    if len(parts) == 1:
        word = parts[0]
        if len(word) <= 8:
            _add(found, (_look("f", word),), _LENGTHS[1])
        for cut in _cuts(word):
            _add(found, (_look("f", word[:cut]), _look("l", word[cut:])), _LENGTHS[2])
        if len(word) >= 6:
            _add_three(found, word)
        if not found:
            for cut in range(1, len(word)):
                _add(found, (_look("f", word[:cut]), _look("l", word[cut:])), _LENGTHS[2])
    else:
        rows = tuple(_look("l" if place else "f", part) for place, part in enumerate(parts))
        _add(found, rows, _LENGTHS[len(parts)])
        if len(parts) == 2 and not found:
            for cut in _cuts(parts[0]):
                _add(found, (_look("f", parts[0][:cut]), _look("l", parts[0][cut:]), rows[1]), _LENGTHS[3])
            for cut in _cuts(parts[1]):
                _add(found, (rows[0], _look("l", parts[1][:cut]), _look("l", parts[1][cut:])), _LENGTHS[3])
    rows_found = sorted(found.values(), key=_strength, reverse=True)[:_KEPT]
    if not rows_found:
        return ()
    least = _strength(rows_found[0]) * _LEAST
    return tuple(row for row in rows_found if _strength(row) > least)


def _strength(row: Given) -> float:
    return row[2] * MIX[0] + row[3] * MIX[1] + row[4] * MIX[2] + row[5] * MIX[3]


def _cuts(word: str) -> list[int]:
    """Return where a joined word can be cut in two that the table knows."""
    table = known()
    return [cut for cut in range(1, len(word)) if "f" + word[:cut] in table and "l" + word[cut:] in table]


def _add_three(found: dict[int, Given], word: str) -> None:
    """Add the readings of a joined word as three syllables."""
    table = known()
    for first in range(1, min(7, len(word) - 1)):
        if "f" + word[:first] not in table:
            continue
        for second in range(first + 1, min(first + 7, len(word))):
            if "l" + word[first:second] in table and "l" + word[second:] in table:
                rows = (_look("f", word[:first]), _look("l", word[first:second]), _look("l", word[second:]))
                _add(found, tuple(row[:3] for row in rows), _LENGTHS[3])


def _add(found: dict[int, Given], rows: tuple[Candidates, ...], share: float) -> None:
    """Add the readings of a row of pieces: every choice of syllables, its probability under each habit."""
    made: list[Given] = [(0, 1, share, share, share, share, 0.0)]
    for row in rows:
        made = [
            (code * BASE + syllable, power * BASE, h * sh, r * sr, m * sm, b * sb, shares + seen)
            for code, power, h, r, m, b, shares in made
            for syllable, sh, sr, sm, sb, seen in row[:6]
        ]
    for made_row in made:
        code = made_row[0]
        old = found.get(code)
        if old is None:
            found[code] = made_row
        else:
            found[code] = (
                code,
                old[1],
                old[2] + made_row[2],
                old[3] + made_row[3],
                old[4] + made_row[4],
                old[5] + made_row[5],
                old[6],
            )


def find_parts(name: str, hangul: str) -> tuple[str, str]:
    """Return surname and given name as written in a name that was read as a Hangul name; empty where they are not found.

    >>> find_parts("Ji-soo PARK", "박지수"), find_parts("박지수", "박지수")
    (('PARK', 'Ji-soo'), ('박', '지수'))
    """
    words = name.replace(",", " ").split()
    cut = 2 if hangul[:2] in DOUBLE_SURNAMES and len(hangul) > 2 else 1
    if len(words) == 1 and len(name) == len(hangul):
        return name[:cut], name[cut:]
    family = code_of(hangul[:cut])
    if len(words) < 2 or len(name) > _MAX_NAME:
        return "", ""
    spans = [(0, 1), (len(words) - 1, len(words)), (0, 2)]
    if "," in name:
        spans = [(0, len(name[: name.index(",")].split()))]
    given = code_of(hangul[cut:])
    for start, end in spans:
        rest = words[:start] + words[end:]
        head = "".join(clean_token(word) for word in words[start:end]).replace("-", "")
        tokens = [token for token in map(clean_token, rest) if token]
        if any(row[0] == family for row in _look("s", head)) and any(
            row[0] == given for row in _given(_pieces(tokens))
        ):
            return " ".join(words[start:end]), " ".join(rest)
    return "", ""
