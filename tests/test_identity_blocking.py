"""Names that share a key: on arrays, by SQL in DuckDB, and one by one, the same pairs meet; a name that very many bear stops nothing."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.resolution.blocking import ask_names, meeting, ordered, passed_over
from regesta.resolution.clustering import MISSING, UNIT
from regesta.resolution.corpus import Corpus
from regesta.resolution.namesakes import of_clusters
from regesta.resolution.pairs import Pairs, compare, feature_scores

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
    asked = sorted(
        pair
        for one, other in ask_names(Here(), name, key, MOST)
        for pair in zip(one.tolist(), other.tolist(), strict=True)
    )
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


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 9)), max_size=20),
    st.lists(st.integers(0, 5), min_size=6, max_size=6),
)
def test_other_bearers_of_a_name_are_counted_as_one_by_one(
    drawn: list[tuple[int, int, int]], cluster: list[int]
) -> None:
    chance = {(min(a, b), max(a, b)): n / 10 for a, b, n in drawn if a != b}
    ends = sorted(chance)
    pairs = Pairs(
        left=np.array([a for a, _ in ends], np.int32), right=np.array([b for _, b in ends], np.int32),
        same_name=np.array([chance[pair] for pair in ends]), world=np.ones(len(ends)),
        features=np.empty((len(ends), 0), np.int32), is_entry=np.zeros(len(ends), bool),
        is_forbidden=np.zeros(len(ends), bool), likely=np.full(len(ends), np.inf),
    )  # fmt: skip

    def others(one: int, but: int) -> float:
        near: dict[int, float] = {}
        for pair, p in chance.items():
            if one in pair and cluster[sum(pair) - one] not in (cluster[one], but):
                other = cluster[sum(pair) - one]
                near[other] = max(near.get(other, 0.0), p)
        return sum(near.values())

    expected = [(others(a, cluster[b]) + others(b, cluster[a])) / 2 for a, b in ends]
    assert of_clusters(pairs, np.array(cluster)).tolist() == pytest.approx(expected)


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 40), st.integers(0, 400)), max_size=12),
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from(("cook", "pilot", "smith", "nurse"))), max_size=12),
)
def test_features_are_scored_as_one_by_one(
    days: list[tuple[int, int, int]], words: list[tuple[int, str]]
) -> None:
    corpus = people([("Anna Kovács", None)] * 5)
    if days:
        corpus.dates["birth"] = [(n, 365 * year, 365 * year + width) for n, year, width in days]
    if words:
        corpus.words["role"] = words
    features = corpus.told()
    assert [feature.name for feature in features] == ["birth"] * bool(days) + ["role"] * bool(words)
    ends = [*combinations(range(5), 2)]
    scores, forbidden = feature_scores(
        corpus, np.array([a for a, _ in ends], np.int32), np.array([b for _, b in ends], np.int32), features
    )
    assert not forbidden.any()
    for (a, b), row in zip(ends, scores.tolist(), strict=True):
        step = dict(zip((feature.name for feature in features), row, strict=True))
        level = {feature.name: feature.levels for feature in features}
        if words:
            one, other = ({word for n, word in words if n == end} for end in (a, b))
            if one and other and not one & other:
                assert step["role"] == round(UNIT * level["role"]["differ"])
            else:
                assert (step["role"] > 0) == bool(one & other)
                assert (step["role"] == MISSING) != bool(one & other)
        if days:
            told = [list(dict.fromkeys(day[1:] for day in days if day[0] == end))[:2] for end in (a, b)]
            known = [agreed(one, other, level["birth"]) for one, other in product(*told)]
            assert step["birth"] == (round(UNIT * max(known)) if known else MISSING)


def agreed(one: tuple[int, int], other: tuple[int, int], level: dict[str, float]) -> float:
    """What two dates say, each a year and a number of days from its beginning."""
    (fa, la), (fb, lb) = ((365 * year, 365 * year + width) for year, width in (one, other))
    if fa <= lb and fb <= la:
        width = max(la - fa, lb - fb)
        return level["day" if width < 1 else "month" if width < 31 else "year" if width < 366 else "decade"]
    years = abs(fa // 365.2425 - fb // 365.2425)
    if max(fa - lb, fb - la) <= 366 or years <= 1:
        return level["near"]
    return level["apart" if years <= 12 else "far"]
