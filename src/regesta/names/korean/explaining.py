"""Why two strings are one Korean name, or not: in words, with the readings that it rests on.

    Kang Minjoo | Kang Minju     Minjoo and Minju are both 민주
    Kim Min-kyu | Kim Minkyung   Min-kyu is 민규, Minkyung is 민경
    Kim Yongsun | 김용선          ambiguous: Kim Yongsun may be 김용순 or 김용선

The probability is the one of `pairs.py`, worked out for one pair without arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from regesta.names.korean.alike import ALIKE, SAME_LETTERS, class_of
from regesta.names.korean.reading import SYSTEMS, Parse, find_parts, hangul_of, parse
from regesta.names.korean.varying import split_name

__all__ = ["Explanation", "Reading", "explain", "readings"]

_RIVAL: Final = 0.2  # a second reading of this share beside the first makes a name ambiguous


@dataclass(frozen=True, slots=True)
class Reading:
    """One Hangul name that a string may stand for."""

    hangul: str
    """The whole name, surname first and in the form of the South."""
    weight: float
    """Its share among the readings of the string."""
    system: str
    """How it would be spelled then: one of `SYSTEMS`, `hangul` or `hanja`."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether two strings are one Korean name."""

    probability: float
    """That both are the same Hangul name, the prior being one half."""
    reason: str
    """One line in words."""
    left: tuple[Reading, ...]
    """Readings of the first string, best first."""
    right: tuple[Reading, ...]
    """Readings of the second string, best first."""
    shared: tuple[str, ...]
    """The Hangul names that both may be, best first."""
    is_ambiguous: bool
    """The letters of one of them stand for several names, and that matters here."""


def readings(name: str, limit: int = 5) -> tuple[Reading, ...]:
    """Return what a string may stand for, best first; nothing for what is no Korean name.

    >>> [(r.hangul, r.system) for r in readings("Pak Chisu", 1)], readings("Song of Solomon")
    ([('박지수', 'mccune-reischauer')], ())
    """
    parsed = parse(name)
    if not parsed.is_korean:
        return ()
    rows = zip(parsed.keys, parsed.weights, parsed.habits, strict=True)
    script = "hangul" if any("가" <= char <= "힣" for char in name) else "hanja"
    return tuple(
        Reading(hangul_of(key), weight, SYSTEMS[habit] if parsed.letters else script)
        for key, weight, habit in list(rows)[: max(limit, 0)]
        if key > 0
    )


def probability(a: Parse, b: Parse) -> float:
    """Return the probability that two parsed strings are one Hangul name: the formula of `pairs.py`, in plain words.

    >>> probability(parse("Kang Minjoo"), parse("Kang Minju")) > 0.9
    True
    """
    if not (a.is_korean and b.is_korean):
        return 0.0
    other = dict(zip(b.keys, b.scaled, strict=True))
    odds = sum(scaled * other.get(key, 0.0) for key, scaled in zip(a.keys, a.scaled, strict=True))
    chance = odds / (1 + odds)
    if class_of(a.keys[0]) == class_of(b.keys[0]):
        chance = max(chance, ALIKE)
    return max(chance, SAME_LETTERS) if a.letters and a.letters == b.letters else chance


def explain(a: str, b: str) -> Explanation:
    """Return whether two strings are one Korean name, and why.

    >>> explain("Kang Minjoo", "Kang Minju").reason
    'Minjoo and Minju are both 민주'
    >>> explain("Kim Basinger", "김민수").reason
    'Kim Basinger is no Korean name'
    """
    left, right = parse(a), parse(b)
    chance = probability(left, right)
    rows_a, rows_b = readings(a), readings(b)
    if not rows_a or not rows_b:
        foreign = [_short(name) for name, rows in ((a, rows_a), (b, rows_b)) if not rows]
        reason = f"{foreign[0]} is no Korean name" if len(foreign) == 1 else "neither is a Korean name"
        return Explanation(chance, reason, rows_a, rows_b, (), is_ambiguous=False)
    weights = dict(zip(right.keys, right.scaled, strict=True))
    both = sorted(
        (
            (scaled * weights[key], key)
            for key, scaled in zip(left.keys, left.scaled, strict=True)
            if key in weights
        ),
        reverse=True,
    )
    shared = tuple(hangul_of(key) for _, key in both if key > 0)
    is_ambiguous = 0.1 < chance < 0.9 or (chance >= 0.5 and (_is_double(rows_a) or _is_double(rows_b)))
    reason = _why_same(a, b, shared[0]) if shared and chance >= 0.5 else _why_not(a, b, rows_a, rows_b)
    if is_ambiguous:
        reason = f"{reason}; {_doubt(a, b, rows_a, rows_b)}"
    return Explanation(chance, reason, rows_a, rows_b, shared, is_ambiguous)


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:39]}…"


def _is_double(rows: tuple[Reading, ...]) -> bool:
    return len(rows) > 1 and rows[0].system in SYSTEMS and rows[1].weight > _RIVAL * rows[0].weight


def _why_same(a: str, b: str, hangul: str) -> str:
    """Return which parts are spelled differently and what they both are."""
    family, given = split_name(hangul)
    (head_a, rest_a), (head_b, rest_b) = find_parts(a, hangul), find_parts(b, hangul)
    said = [
        _says(one, other, meant)
        for one, other, meant in ((head_a, head_b, family), (rest_a, rest_b, given))
        if one and other and one.lower() != other.lower()
    ]
    if not said and not (rest_a and rest_b):
        return f"{_short(a)} and {_short(b)} are both {hangul}"
    return ", ".join(said) or f"the same letters, read as {hangul}"


def _says(one: str, other: str, meant: str) -> str:
    """Return what two ways to write a part both are."""
    if meant in (one, other):
        return f"{other if one == meant else one} is {meant}"
    return f"{one} and {other} are both {meant}"


def _why_not(a: str, b: str, rows_a: tuple[Reading, ...], rows_b: tuple[Reading, ...]) -> str:
    """Return what each of them is."""
    one, other = rows_a[0].hangul, rows_b[0].hangul
    (family_a, given_a), (family_b, given_b) = split_name(one), split_name(other)
    (head_a, rest_a), (head_b, rest_b) = find_parts(a, one), find_parts(b, other)
    said = []
    for left, right, meant, meant_other in (
        (head_a, head_b, family_a, family_b),
        (rest_a, rest_b, given_a, given_b),
    ):
        if meant != meant_other:
            said.append(f"{_is(left, meant)}, {_is(right, meant_other)}")
    return "; ".join(said) or f"{_short(a)} is {one}, {_short(b)} is {other}"


def _is(text: str, meant: str) -> str:
    return meant if text in ("", meant) else f"{text} is {meant}"


def _doubt(a: str, b: str, rows_a: tuple[Reading, ...], rows_b: tuple[Reading, ...]) -> str:
    """Return which of them has several readings."""
    said = []
    for name, rows in ((a, rows_a), (b, rows_b)):
        if _is_double(rows):
            said.append(f"{_short(name)} may be {' or '.join(row.hangul for row in rows[:3])}")
    return f"ambiguous: {', '.join(dict.fromkeys(said))}" if said else "ambiguous"
