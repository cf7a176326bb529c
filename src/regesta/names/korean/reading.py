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
from functools import lru_cache
from typing import Final, NamedTuple

from regesta.names.korean.foreign import foreign_log
from regesta.names.korean.given import readings_of_given
from regesta.names.korean.hangul import is_syllable, southern
from regesta.names.korean.hanja import is_han, read_hanja
from regesta.names.korean.pieces import (
    LEAST,
    PRIME,
    Given,
    Head,
    heads_by_parts,
    heads_of,
    letters_number,
    look,
    orders_of,
    tokens_of,
)
from regesta.names.korean.spelling import DOUBLE_SURNAMES, clean_token
from regesta.names.korean.table import BASE, code_of, known, share_of

__all__ = ["SYSTEMS", "WIDTH", "Parse", "find_parts", "hangul_of", "parse"]

SYSTEMS: Final = ("common", "revised", "mccune-reischauer", "mccune-reischauer-plain")
"""Names of the habits of spelling, in the order of the table."""
WIDTH: Final = 6
"""How many readings of a name are kept."""
MAX_NAME: Final = 80  # characters; no name is longer
FLOOR: Final = 0.02
CLOSE: Final = 0.55  # share of the different names that are compared which differ in one place only
NATIVE: Final = 5.0  # logarithm of the odds that a name in Hangul or Hanja that can be read is Korean
MARKED: Final = 3.0  # what ŏ or ŭ adds to the logarithm of the odds: few other names have them
_SYLLABLES: Final = {BASE: 2, BASE**2: 3, BASE**3: 4}
_WIDE: Final = 1 << 62


class Parse(NamedTuple):
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
    if len(name) > MAX_NAME or not name:
        return NOTHING
    if name.isascii():
        return _romanised(name)
    if min(name) >= "가" and max(name) <= "힣":
        return _hangul(name)
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
    other = southern(text[1])
    if other != text[1] and len(text) > 2 and not is_double:
        return _weighted({name: 0.7, family + other + text[2:]: 0.3})  # 룡 of the North is 용 of the South
    scaled = 1 / math.sqrt(CLOSE * max(_mistaken(name), FLOOR))
    return Parse((_fold_key(code_of(name)),), (1.0,), (scaled,), (0,), 0, NATIVE)


def _weighted(found: dict[str, float]) -> Parse:
    """Return the parse of names that are known with their shares."""
    if not found:
        return NOTHING
    rows = sorted(found.items(), key=lambda row: -row[1])[:WIDTH]
    keys = tuple(_fold_key(code_of(name)) for name, _ in rows)
    scaled = tuple(weight / math.sqrt(CLOSE * max(_mistaken(name), FLOOR)) for name, weight in rows)
    return Parse(keys, tuple(weight for _, weight in rows), scaled, (0,) * len(rows), 0, NATIVE)


def _mistaken(name: str) -> float:
    """Return how often a name that differs in one place would be this one: the mean share of its syllables."""
    cut = 2 if name[:2] in DOUBLE_SURNAMES and len(name) > 2 else 1
    total = share_of("s", name[:cut])
    if cut < len(name):
        total += share_of("f", name[cut])
    for syllable in name[cut + 1 :]:
        total += share_of("l", syllable)
    return total / (len(name) - cut + 1)


def _fold_key(code: int) -> int:
    """Return the number within 62 bits; names of five syllables are rare enough to be scattered."""
    return code if code < _WIDE else -(code % PRIME) - 1


def _romanised(name: str) -> Parse:
    """Return the readings of a name in Latin letters."""
    words, tokens = tokens_of(name)
    if not tokens:
        return NOTHING
    orders = orders_of(words, tokens, name)
    families = known()["s"]
    ways = [
        (heads, rows, order)
        for order in orders
        if (order[0] in families or "-" in order[0])
        and (heads := heads_of(order[0]))
        and (rows := readings_of_given(order[1]))
    ]
    if not ways:
        ways = [
            (heads, readings_of_given(order[1]), order)
            for order in orders
            if (heads := heads_by_parts(order[0]))
        ]
    found: dict[int, float] = {}
    origin: dict[int, tuple[Head, Given]] = {}
    total = best = 0.0
    letters = ""
    for heads, rows, (family, given, share) in ways:
        whole = 0.0
        for head in heads:
            code, h, r, m, b, _ = head
            for row in rows:
                weight = share * (h * row[3] + r * row[4] + m * row[5] + b * row[6])
                whole += weight
                key = code * row[2] + row[1]
                if key in found:
                    found[key] += weight
                else:
                    found[key] = weight
                    origin[key] = head, row
        total += whole
        if whole > best:
            best, letters = whole, f"{family} {given}"
    if total <= 0:
        return NOTHING
    top = sorted(found.items(), key=_share, reverse=True)[:WIDTH] if len(found) > 1 else found.items()
    keys, weights, scaled, habits = [], [], [], []
    for key, weight in top:
        share = weight / total
        if share < LEAST:
            break
        (_, h, r, m, b, seen), (_, _, power, gh, gr, gm, gb, shares) = origin[key]
        mistaken = (seen + shares) / _SYLLABLES[power]
        each = (h * gh, r * gr, m * gm, b * gb)
        keys.append(key if key < _WIDE else _fold_key(key))
        weights.append(share)
        scaled.append(share / math.sqrt(CLOSE * max(FLOOR, mistaken)))
        habits.append(each.index(max(each)))
    odds = math.log(total) - foreign_log(tokens)
    if not name.isascii() and ("ŏ" in letters or "ŭ" in letters):
        odds += MARKED
    number = letters_number(letters)
    return Parse(tuple(keys), tuple(weights), tuple(scaled), tuple(habits), number, odds)


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
    if len(words) < 2 or len(name) > MAX_NAME:
        return "", ""
    spans = [(0, 1), (len(words) - 1, len(words)), (0, 2)]
    if "," in name:
        spans = [(0, len(name[: name.index(",")].split()))]
    given = code_of(hangul[cut:])
    for start, end in spans:
        rest = words[:start] + words[end:]
        head = "".join(clean_token(word) for word in words[start:end]).replace("-", "")
        tokens = [token for token in map(clean_token, rest) if token]
        if any(row[0] == family for row in look("s", head)) and any(
            row[1] == given for row in readings_of_given("-".join(tokens))
        ):
            return " ".join(words[start:end]), " ".join(rest)
    return "", ""


def _share(row: tuple[int, float]) -> float:
    return row[1]
