"""Names that share a key: on arrays, by SQL in DuckDB, and one by one, the same pairs meet; a name that very many bear stops nothing."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.resolution.blocking import ask_names, meeting, ordered, passed_over
from regesta.resolution.corpus import Corpus
from regesta.resolution.pairs import Pairs, compare

sys.path.insert(0, str(Path(__file__).parent / "spark"))

from asking import Here

MOST = 3


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(-3, 3)), min_size=1, max_size=40),
    st.lists(st.integers(1, 4), min_size=10, max_size=10),
)
def test_pairs_are_the_same_by_arrays_by_sql_and_one_by_one(
    keyed: list[tuple[int, int]], bearers: list[int]
) -> None:
    name, key = ordered(np.array([n for n, _ in keyed], np.int64), np.array([k for _, k in keyed], np.int64))
    arrays = {
        pair
        for one, other in meeting(name, key, MOST)
        for pair in zip(one.tolist(), other.tolist(), strict=True)
    }
    one, other = ask_names(Here(), name, key, MOST)
    asked = sorted(zip(one.tolist(), other.tolist(), strict=True))
    expected, n_skipped = one_by_one(keyed, bearers)
    assert asked == sorted(arrays) == expected
    assert passed_over(name, key, np.array(bearers), MOST) == n_skipped


def one_by_one(keyed: list[tuple[int, int]], bearers: list[int]) -> tuple[list[tuple[int, int]], int]:
    names: dict[int, list[int]] = defaultdict(list)
    for name, key in sorted(set(keyed)):
        names[key].append(name)
    found, n_skipped = set(), 0
    for several in names.values():
        for (i, one), (j, other) in combinations(enumerate(several), 2):
            if j - i < MOST:
                found.add((one, other))
            else:
                n_skipped += bearers[one] * bearers[other]
    return sorted(found), n_skipped


def people(named: list[tuple[str, int | None]]) -> Corpus:
    """A corpus of one document each, of people of whom a name is told, and perhaps a day of arrival."""
    corpus = Corpus()
    for number, (name, day) in enumerate(named):
        corpus.begin(f"{number}.txt")
        corpus.keys.append(f"m-{number}")
        corpus.kinds.append("person")
        corpus.labels.append(name)
        corpus.names.append((name,))
        corpus.document.append(number)
        corpus.entry.append(-1)
        if day is not None:
            corpus.dates.setdefault("arrival", []).append((number, day, day))
    return corpus


def compared(corpus: Corpus, largest: int) -> Pairs:
    return compare(corpus, range(len(corpus)), corpus.weights, largest=largest)


def test_a_name_that_many_bear_is_compared_with_those_of_near_dates() -> None:
    named = [
        ("Anna Kovács" if n % 3 else "Anna Kovacs", 700_000 + 40 * (n * 7 % 600 // 2)) for n in range(600)
    ]
    corpus = people([*named, ("Petr Dvořák", 700_000), ("Petr Dvorak", 700_000)])
    whole, cut = compared(corpus, 10_000), compared(corpus, 64)
    assert len(whole.left) == 600 * 599 // 2 + 1
    assert whole.n_skipped == 0
    assert len(cut.left) <= 600 * 2 * 8 + 1
    assert cut.n_skipped == len(whole.left) - len(cut.left)
    met = set(zip(cut.left.tolist(), cut.right.tolist(), strict=True))
    assert (600, 601) in met, "few bear that name"
    days = [day for _, day in named]
    same = {pair for pair in combinations(range(600), 2) if days[pair[0]] == days[pair[1]]}
    assert len(same) == 300
    assert same <= met, "who came on one day meets"


@pytest.mark.parametrize("n", [2_000, 8_000])
def test_work_grows_with_the_bearers_of_a_name_and_not_with_their_square(n: int) -> None:
    corpus = people([("Anna Kovács", 700_000 + n * 13 % 9_000) for n in range(n)])
    found = compared(corpus, 80)
    assert n <= len(found.left) <= 10 * n
    assert found.n_skipped + len(found.left) == n * (n - 1) // 2
    meetings = Counter(found.left.tolist()) + Counter(found.right.tolist())
    assert max(meetings.values()) <= 2 * 10
