"""Runs of words that stand more than once: SQL finds what sorting finds."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.sharing.groups import groups_of
from regesta.sharing.words import read_words

sys.path.insert(0, str(Path(__file__).parent / "spark"))

from asking import Here


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
