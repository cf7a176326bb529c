"""When what the program says counts as what the truth says: dates, units, words, whole claims.

The same judgement for every document; it is lenient about wording and strict about place, number and unit. Nothing
here adds up figures.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import Any

from truth import Fact

__all__ = ["CONTEXT", "hits_of", "near", "numbers", "overlap", "same_date", "words_of", "years"]

CONTEXT = {"event", "superlative", "first", "convention", "route", "effective"}
"""Predicates whose value can be worded in too many ways: that something is said at the place is enough."""
TIME = {"year", "month", "week", "day", "hour", "person"}


def overlap(a: Sequence[int], b: Sequence[int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def words(text: object) -> set[str]:
    stop = {"the", "a", "an", "of", "in", "to", "and", "his", "her", "their", "former", "was", "as"}
    return {w for w in re.findall(r"\w+", str(text).lower()) if w not in stop}


def near(want: object, got: object) -> bool:
    a, b = words(want), words(got)
    if not a or not b or len(b) > 3 * len(a) + 6:
        return False
    return (
        len(a & b) / len(a) >= 0.5
        or difflib.SequenceMatcher(None, str(want).lower(), str(got).lower()).ratio() > 0.7
    )


def same_date(want: str, got: str) -> bool:
    bare_want, bare_got = re.sub(r"[~?%]", "", want), re.sub(r"[~?%]", "", got)
    if bare_want == bare_got:
        return True
    parts = [part for part in bare_got.split("/") if part and part != ".."]
    return "~" in want and bool(parts) and all(part[:4] == bare_want[:4] for part in parts)


def same_unit(want: str | None, got: str) -> bool:
    if not want or not (want in TIME or re.fullmatch(r"[A-Z]{3}(/\w+)?", want)):
        return True
    return want == got or (want == "person" and got not in TIME and not re.fullmatch(r"[A-Z]{3}(/\w+)?", got))


def same_predicate(want: str, got: str) -> bool:
    return got.startswith(want) or (want == "location" and got in ("figure", "event"))


def words_of(value: Any) -> str:
    return str(
        getattr(value, "text", None) or getattr(value, "label", None) or getattr(value, "edtf", None) or ""
    )


def numbers(value: Any) -> set[float]:
    return {float(n) for n in (getattr(value, k, None) for k in ("number", "low", "high")) if n is not None}


def hits_of(fact: Fact, near_by: Iterable[Any]) -> list[Any]:
    """Return the claims at the place that say what the fact says."""
    if isinstance(fact.value, (int, float, list)):
        want = {float(n) for n in (fact.value if isinstance(fact.value, list) else [fact.value])}
        return [c for c in near_by if want <= numbers(c.value) and same_unit(fact.unit, c.value.unit)]
    if fact.what in CONTEXT:
        return list(near_by)
    of_kind = [c for c in near_by if same_predicate(fact.what, c.predicate)]
    if fact.value is None:
        return of_kind
    if fact.what == "kin":  # told from either side: "her husband Kaveh", "wife of Kaveh", the entity Kaveh
        return [c for c in of_kind if words(fact.value) & words(words_of(c.value))]
    return [
        c
        for c in of_kind
        if near(fact.value, words_of(c.value)) or same_date(str(fact.value), getattr(c.value, "edtf", "-"))
    ]


def years(edtf: str) -> set[str]:
    return set(re.findall(r"\d[\dX]{3}", edtf))
