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
from regesta.names.korean.hangul import is_syllable, southern
from regesta.names.korean.hanja import is_han, read_hanja
from regesta.names.korean.parts import read_parts
from regesta.names.korean.spelling import DOUBLE_SURNAMES, clean_token, unmarked
from regesta.names.korean.table import BASE, MIX, Candidates, Place, code_of, known, share_of, take_apart

__all__ = [
    "SYSTEMS",
    "WIDTH",
    "Head",
    "Parse",
    "cuts_of",
    "find_parts",
    "hangul_of",
    "heads_of",
    "letters_number",
    "look",
    "orders_of",
    "parse",
    "tokens_of",
]

SYSTEMS: Final = ("common", "revised", "mccune-reischauer", "mccune-reischauer-plain")
"""Names of the habits of spelling, in the order of the table."""
WIDTH: Final = 6
"""How many readings of a name are kept."""
MAX_NAME: Final = 80  # characters; no name is longer
MAX_WORD: Final = 20  # letters of a joined given name
LENGTHS: Final = {1: 0.05, 2: 0.94, 3: 0.01}
POOR: Final = 1e-7  # two syllables less likely than this may be three
_WIDEST: Final = 5  # readings of one piece that go on
KEPT: Final = 8  # readings of a given name that go on
_WRONG_MARK: Final = 0.01  # share of marks that are set wrongly
_UNMARKED: Final = 0.1  # cost of dropping marks that the table does not know
LEAST: Final = 5e-4  # readings of a given name below this share of the best are left out
FLOOR: Final = 0.02
CLOSE: Final = 0.55  # share of the different names that are compared which differ in one place only
NATIVE: Final = 5.0  # logarithm of the odds that a name in Hangul or Hanja that can be read is Korean
MARKED: Final = 3.0  # what ŏ or ŭ adds to the logarithm of the odds: few other names have them
_SYLLABLES: Final = {BASE: 2, BASE**2: 3, BASE**3: 4}
Head = tuple[int, float, float, float, float, float]
"""Number of a surname, probability under each habit, share of the surname."""
Given = tuple[float, int, int, float, float, float, float, float]
"""Strength, number of the syllables, what the surname is multiplied by, probability under each habit, sum of the shares."""
_H, _R, _M, _B = MIX
_SQUARE: Final = BASE**2
_CUBE: Final = BASE**3
_WIDE: Final = 1 << 62
_PRIME: Final = (1 << 61) - 1


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
    return code if code < _WIDE else -(code % _PRIME) - 1


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
        and (rows := _given(order[1]))
    ]
    if not ways:
        ways = [(heads, _given(order[1]), order) for order in orders if (heads := _heads_by_parts(order[0]))]
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
    top = sorted(found.items(), key=_second, reverse=True)[:WIDTH] if len(found) > 1 else found.items()
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


def letters_number(letters: str) -> int:
    """Return a number of the letters of a name, surname first; hyphens do not count.

    >>> letters_number("kim min-su") == letters_number("kim minsu")
    True
    """
    return int.from_bytes(letters.replace("-", "").encode(), "big") % _PRIME * 2 + 1


def tokens_of(name: str) -> tuple[list[str], list[str]]:
    """Return the words of a name and its tokens; no tokens where it has too few or too many words for a name.

    >>> tokens_of("KIM, Min-su"), tokens_of("Kim")[1]
    ((['KIM', 'Min-su'], ['kim', 'min-su']), [])
    """
    words = name.replace(",", " ").split() if "," in name else name.split()
    if not 2 <= len(words) <= 5:
        return words, []
    if name.isascii() and "'" not in name and "." not in name and "`" not in name:
        return words, [word.lower() for word in words]
    tokens = [clean_token(word) for word in words]
    return words, tokens if all(tokens) else []


@lru_cache(maxsize=1 << 13)
def heads_of(family: str) -> tuple[Head, ...]:
    """Return what a surname that the table knows may stand for, each habit's share of all names worked in."""
    return _mixed(take_apart("s", family.replace("-", "")))


def _heads_by_parts(family: str) -> tuple[Head, ...]:
    """Return the same for a surname spelled as nobody was seen to spell it."""
    return _mixed(look("s", family.replace("-", "")))


def _mixed(rows: Candidates) -> tuple[Head, ...]:
    return tuple(
        (code, h * MIX[0], r * MIX[1], m * MIX[2], b * MIX[3], seen) for code, h, r, m, b, seen in rows[:5]
    )


def _second(row: tuple[int, float]) -> float:
    return row[1]


def orders_of(words: list[str], tokens: list[str], name: str) -> list[tuple[str, str, float]]:
    """Return the ways to tell the surname from the given name, its pieces joined by hyphens, each with its share."""
    n = len(tokens)
    if "," in name:
        head = len(name[: name.index(",")].split())
        return [("".join(tokens[:head]), "-".join(tokens[head:]), 1.0)] if 0 < head < n else []
    first = 0.6
    if "-" in tokens[0]:
        first = 0.05
    elif n == 2 and "-" in tokens[1]:
        first = 0.95
    head_word, last_word = words[0], words[-1]
    is_head = head_word.isupper() and len(head_word) > 1
    if is_head != (last_word.isupper() and len(last_word) > 1):
        first = 0.95 if is_head else 0.05
    if n == 2:
        return [(tokens[0], tokens[1], first), (tokens[1], tokens[0], 1 - first)]
    found = [(tokens[0] + tokens[1], "-".join(tokens[2:]), first * 0.1)]
    if n <= 4:
        found.append((tokens[0], "-".join(tokens[1:]), first))
        found.append((tokens[-1], "-".join(tokens[:-1]), 1 - first))
    return found


@lru_cache(maxsize=1 << 15)
def look(place: Place, spelling: str) -> Candidates:
    """Return what a piece may stand for, from the table, without its marks, or by its parts."""
    rows = take_apart(place, spelling)
    bare = unmarked(spelling)
    if bare != spelling and len(spelling) <= MAX_WORD:
        cost = _WRONG_MARK if rows else _UNMARKED
        seen = {row[0] for row in rows}
        return rows + tuple(
            (code, h * cost, r * cost, (h + b) * cost, b * cost, share)
            for code, h, r, _, b, share in take_apart(place, bare)
            if code not in seen
        )
    if rows or len(spelling) > 12:
        return rows
    return read_parts(place, spelling)


@lru_cache(maxsize=1 << 15)
def _given(given: str) -> tuple[Given, ...]:
    """Return the readings of a given name, cut at its hyphens or, where it is joined, wherever it can be."""
    parts = [part for part in given.split("-") if part]
    if not 1 <= len(parts) <= 3 or sum(map(len, parts)) > MAX_WORD:
        return ()
    found: list[Given] = []
    if len(parts) == 2:
        found = _two(look("f", parts[0]), look("l", parts[1]))
        if not found:
            for cut in cuts_of(parts[0]):
                found += _three(look("f", parts[0][:cut]), look("l", parts[0][cut:]), look("l", parts[1]))
            for cut in cuts_of(parts[1]):
                found += _three(look("f", parts[0]), look("l", parts[1][:cut]), look("l", parts[1][cut:]))
    elif len(parts) == 3:
        found = _three(look("f", parts[0]), look("l", parts[1]), look("l", parts[2]))
    else:
        word = parts[0]
        for cut in cuts_of(word):
            found += _two(look("f", word[:cut]), look("l", word[cut:]))
        if len(word) <= 8 and (not found or word in known()["f"]):
            found += _one(look("f", word))
        if len(word) >= 6 and all(row[0] < POOR for row in found):
            found += _three_joined(word)
        if not found:
            first, later = known()["f"], known()["l"]
            for cut in range(1, len(word)):
                if word[:cut] in first or word[cut:] in later:
                    found += _two(look("f", word[:cut]), look("l", word[cut:]))
    found.sort(reverse=True)
    kept: dict[int, Given] = {}
    for row in found[: 3 * KEPT]:
        old = kept.get(row[1])
        kept[row[1]] = row if old is None else _sum(old, row)
        if len(kept) == KEPT or row[0] < found[0][0] * LEAST:
            break
    return tuple(kept.values())


def _sum(one: Given, other: Given) -> Given:
    """Return the sum of two ways to come to the same syllables."""
    strength, code, power, h, r, m, b, shares = one
    return strength + other[0], code, power, h + other[3], r + other[4], m + other[5], b + other[6], shares


def _one(rows: Candidates) -> list[Given]:
    """Return the readings as a given name of one syllable."""
    p = LENGTHS[1]
    return [
        (p * (_H * h + _R * r + _M * m + _B * b), code, BASE, p * h, p * r, p * m, p * b, seen)
        for code, h, r, m, b, seen in rows
    ]


def _two(first: Candidates, second: Candidates) -> list[Given]:
    """Return the readings as a given name of two syllables."""
    p = LENGTHS[2]
    found = []
    for one, ph, pr, pm, pb, seen in first[:_WIDEST]:
        h, r, m, b = p * ph, p * pr, p * pm, p * pb
        found += [
            (
                _H * h * sh + _R * r * sr + _M * m * sm + _B * b * sb,
                one * BASE + two,
                _SQUARE,
                h * sh,
                r * sr,
                m * sm,
                b * sb,
                seen + s,
            )
            for two, sh, sr, sm, sb, s in second[:_WIDEST]
        ]
    return found


def _three(first: Candidates, second: Candidates, third: Candidates) -> list[Given]:
    """Return the readings as a given name of three syllables."""
    p = LENGTHS[3] / LENGTHS[2]
    found = []
    for strength, code, _, ph, pr, pm, pb, seen in sorted(_two(first, second), reverse=True)[:4]:
        if strength > 0:
            h, r, m, b = p * ph, p * pr, p * pm, p * pb
            found += [
                (
                    _H * h * sh + _R * r * sr + _M * m * sm + _B * b * sb,
                    code * BASE + last,
                    _CUBE,
                    h * sh,
                    r * sr,
                    m * sm,
                    b * sb,
                    seen + s,
                )
                for last, sh, sr, sm, sb, s in third[:3]
            ]
    return found


def cuts_of(word: str) -> list[int]:
    """Return where a joined word can be cut in two that the table knows."""
    first, later = known()["f"], known()["l"]
    return [cut for cut in range(1, len(word)) if word[cut:] in later and word[:cut] in first]


def _three_joined(word: str) -> list[Given]:
    """Return the readings of a joined word as three syllables."""
    heads, later = known()["f"], known()["l"]
    found: list[Given] = []
    for first in range(1, min(7, len(word) - 1)):
        if word[:first] not in heads:
            continue
        for second in range(first + 1, min(first + 7, len(word))):
            if word[first:second] in later and word[second:] in later:
                found += _three(
                    look("f", word[:first]), look("l", word[first:second]), look("l", word[second:])
                )
    return found


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
            row[1] == given for row in _given("-".join(tokens))
        ):
            return " ".join(words[start:end]), " ".join(rest)
    return "", ""
