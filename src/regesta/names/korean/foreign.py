"""How likely a romanised string is as a name that is not Korean: what the Korean reading has to beat.

    P(token)        = share of a known foreign name ("Johnson", "Lee"), or
                      product of P(letter | the two before), counted on names and words of many languages
    P(Chinese name) = 1 / surnames x 1 / syllables for each syllable; so Vietnamese

"Basinger" and "Avenue" are likely by the letters and nearly impossible in Korean; "Wang Min" is a fair Chinese name and comes
out as doubtful. Which person is meant is not known here.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from regesta.names.korean.spelling import unmarked

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["foreign_log", "foreign_logs"]

_FOLDER: Final = Path(__file__).parent / "tables"
_ASIAN: Final = Path(__file__).parents[1] / "lists/asian.txt"
_NEVER: Final = -60.0
_UNKNOWN: Final = -8.0
_MAX_TOKEN: Final = 40
_CHINESE: Final = 0.2
"""Share of Chinese, and as much of Vietnamese, among the names that are not Korean."""


@cache
def _rows() -> tuple[dict[str, str], dict[str, str]]:
    """Return the rows of letters by the two letters before (`^` before the first), and the shares of known names."""
    text = (_FOLDER / "foreign.txt").read_text("utf-8")
    steps, _, names = text.partition("\n\n")
    return (
        dict(line.split(" ", 1) for line in steps.split("\n")),
        dict(zip((words := names.split())[0::2], words[1::2], strict=True)),
    )


@lru_cache(maxsize=1 << 12)
def _steps(before: str) -> list[float]:
    """Return the logarithms of the probabilities of a to z and of the end after two letters."""
    row = _rows()[0].get(before)
    return [-float(int(number)) / 10 for number in row.split(" ")] if row else [_UNKNOWN] * 27


@lru_cache(maxsize=1 << 15)
def _token_log(token: str) -> float:
    """Return the logarithm of the probability of one token."""
    token = unmarked(token).replace("-", "")[:_MAX_TOKEN]
    known = _rows()[1].get(token)
    if known:
        return -int(known) / 10
    if not (token.isascii() and token.isalpha()):
        return _UNKNOWN * (len(token) + 1)
    log = 0.0
    before = "^^"
    for letter in token:
        log += _steps(before)[ord(letter) - 97]
        before = before[1] + letter
    return log + _steps(before)[26]


@cache
def _lists() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    rows = dict(
        line.split(":", 1) for line in _ASIAN.read_text("utf-8").splitlines() if not line.startswith("#")
    )
    return tuple(
        (frozenset(rows[family].split()), frozenset(rows[given].split()))
        for family, given in (
            ("chinese-surnames", "chinese-syllables"),
            ("vietnamese-surnames", "vietnamese-given"),
        )
    )


@cache
def _families() -> dict[str, list[tuple[int, float]]]:
    """Return for each surname in which lists it is, and the logarithm of its probability there."""
    found: dict[str, list[tuple[int, float]]] = {}
    for which, (families, _) in enumerate(_lists()):
        for family in families:
            found.setdefault(family, []).append((which, math.log(0.5 * _CHINESE / len(families))))
    return found


@lru_cache(maxsize=1 << 15)
def _syllables_log(given: str, which: int) -> float:
    """Return the logarithm of the probability of one or two syllables of the list, never for other letters."""
    known = _lists()[which][1]
    each = -math.log(len(known))
    found = 0.25 * math.exp(each) if given in known else 0.0
    for cut in range(1, len(given)):
        if given[:cut] in known and given[cut:] in known:
            found += 0.75 * math.exp(2 * each)
    return math.log(found) if found else _NEVER


def foreign_log(tokens: list[str]) -> float:
    """Return the logarithm of the probability of the tokens as a name that is not Korean.

    >>> foreign_log(["kim", "basinger"]) > foreign_log(["kim", "byeongcheol"])
    True
    """
    best = sum(map(_token_log, tokens))
    return max(best, _asian_log(tokens)) if len(tokens) >= 2 else best


def _asian_log(tokens: list[str]) -> float:
    """Return the logarithm of the probability of the tokens as a Chinese or Vietnamese name, the surname first or last."""
    families = _families()
    best = -math.inf
    for family, rest in ((tokens[0], tokens[1:]), (tokens[-1], tokens[:-1])):
        for which, log in families.get(family, ()):
            best = max(best, log + _syllables_log("".join(rest).replace("-", ""), which))
    return best


def foreign_logs(names: list[list[str]]) -> NDArray[np.float64]:
    """Return `foreign_log` of many names, each of two tokens or more.

    >>> float(foreign_logs([["kim", "basinger"]])[0]) == foreign_log(["kim", "basinger"])
    True
    """
    import numpy as np

    numbers: dict[str, int] = {}
    number_of = numbers.setdefault
    row = [number_of(token, len(numbers)) for tokens in names for token in tokens]
    lengths = np.fromiter(map(len, names), np.intp, len(names))
    logs = _token_logs(list(numbers))[np.array(row, np.intp)]
    best = np.add.reduceat(logs, np.cumsum(lengths) - lengths)
    return np.maximum(best, np.fromiter(map(_asian_log, names), np.float64, len(names)))


def _token_logs(tokens: list[str]) -> NDArray[np.float64]:
    """Return `_token_log` of many tokens."""
    import numpy as np

    rows, shares = _rows()
    logs = np.empty(len(tokens))
    places, words = [], []
    for place, token in enumerate(tokens):
        word = unmarked(token).replace("-", "")[:_MAX_TOKEN]
        share = shares.get(word)
        if share:
            logs[place] = -int(share) / 10
        elif word and word.isascii() and word.isalpha():
            places.append(place)
            words.append(word)
        else:
            logs[place] = _token_log(token)
    if not words:
        return logs
    steps = np.full((27 * 27, 27), _UNKNOWN)
    befores = np.frombuffer("".join(rows).encode(), np.uint8).reshape(-1, 2).astype(np.intp) - 97
    befores[befores < 0] = 26  # the sign for the beginning
    steps[befores[:, 0] * 27 + befores[:, 1]] = (
        np.fromstring(" ".join(rows.values()), np.int64, sep=" ").reshape(-1, 27) / -10
    )
    text = np.frombuffer(("^^" + "{^^".join(words) + "{").encode(), np.uint8).astype(np.intp) - 97
    text[text < 0] = 26
    ends = np.cumsum([len(word) + 3 for word in words])
    each = steps[text[:-2] * 27 + text[1:-1], text[2:]]
    starts = np.concatenate(([0], ends[:-1]))
    each[ends[:-1] - 2] = each[ends[:-1] - 1] = 0.0  # between two words
    logs[np.array(places)] = np.add.reduceat(each, starts)
    return logs
