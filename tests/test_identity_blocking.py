"""Pairs whose names share a key: on arrays, by SQL in DuckDB, and one by one, they are the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.resolution import pairs
from regesta.resolution.blocking import ask_pairs
from regesta.resolution.corpus import Corpus

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 3


class Here:
    """SQL asked of DuckDB."""

    least = 0

    def ask(self, query: str, tables: Mapping[str, Mapping[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
        with duckdb.connect() as connection:
            for name, columns in tables.items():
                connection.register(name, dict(columns))
            return {
                name: np.asarray(column) for name, column in connection.execute(query).fetchnumpy().items()
            }

    def components(self, left: NDArray[Any], right: NDArray[Any], size: int) -> NDArray[Any]:
        raise NotImplementedError

    def spread(
        self, rows: NDArray[Any], of: NDArray[Any], work: Callable[[NDArray[Any]], NDArray[Any]], width: int
    ) -> NDArray[Any]:
        raise NotImplementedError


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5), st.integers(-1, 2)), min_size=1, max_size=30),
    st.sets(st.tuples(st.integers(0, 5), st.integers(-3, 3))),
)
def test_pairs_are_the_same_by_arrays_by_sql_and_one_by_one(
    told: list[tuple[int, int, int]], named: set[tuple[int, int]]
) -> None:
    told.sort()
    owner, name = (np.array(column, np.int64) for column in zip(*((a, b) for a, b, _ in told), strict=True))
    highest = int(name.max())
    keys = sorted((n, key) for n, key in named if n <= highest)
    of_name, key = np.array([n for n, _ in keys], np.int32), np.array([k for _, k in keys], np.int64)
    year_of = {a: year for a, _, year in reversed(told)}
    corpus = Corpus()
    corpus.keys = [str(n) for n in range(10)]
    corpus.dates["arrival"] = [(a, max(year, 0) * 366, 9) for a, year in year_of.items() if year >= 0]
    patched = pairs._LARGEST_BLOCK
    pairs._LARGEST_BLOCK = MOST  # type: ignore[misc]
    try:
        arrays = pairs._blocked(corpus, owner, name, of_name, key)
    finally:
        pairs._LARGEST_BLOCK = patched  # type: ignore[misc]
    part = np.array([year_of[a] for a in owner.tolist()], np.int64) + 2
    asked = ask_pairs(Here(), owner, name, part, of_name, key, MOST)
    expected = one_by_one(owner.tolist(), name.tolist(), part.tolist(), keys)
    for found in (arrays, asked):
        assert list(zip(found[0].tolist(), found[1].tolist(), strict=True)) == expected
    assert arrays[2] == asked[2]


def one_by_one(
    owner: list[int], name: list[int], part: list[int], keys: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    bearers: dict[int, list[int]] = defaultdict(list)
    for named, key in keys:
        bearers[key] += [place for place, one in enumerate(name) if one == named]
    found = set()
    for places in bearers.values():
        parts: dict[int, list[int]] = defaultdict(list)
        for place in sorted(places):
            parts[part[place] if len(places) > MOST else 0].append(place)
        for several in parts.values():
            for begin in range(0, len(several), MOST):
                found |= {
                    (a, b) for a, b in combinations(several[begin : begin + MOST], 2) if owner[a] != owner[b]
                }
    return sorted(found)
