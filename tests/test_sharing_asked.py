"""Runs of words that stand more than once: SQL finds what sorting finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.sharing.seeds import groups_of
from regesta.sharing.words import read_words

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
    st.lists(st.lists(st.sampled_from("abc"), max_size=30).map(" ".join), min_size=1, max_size=5),
    st.integers(2, 5),
    st.booleans(),
)
def test_sql_finds_what_sorting_finds(texts: list[str], size: int, is_asked: bool) -> None:
    hashes = read_words(texts).hashes
    wanted = np.arange(len(hashes)) % 3 > 0 if is_asked else None
    members, heads = groups_of(hashes, size, wanted)
    asked, begins = groups_of(hashes, size, wanted, Here())
    assert asked.tolist() == members.tolist()
    assert begins.tolist() == heads.tolist()
