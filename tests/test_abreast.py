"""Threads beside one another: as many as there are, the result is that of one."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta import abreast as room
from regesta.abreast import abreast, aside, ordering
from regesta.names import comparing
from regesta.names.comparing import NameTable

NAMES = [
    f"{given} {stem}{end}"
    for given in ("Aino", "Bertil", "Ji-woo", "Min Su", "Håkon", "Jorunn")
    for stem in ("Ahl", "Berg", "Kim", "Lind", "Pak")
    for end in ("", "a", "son", "qvist")
]


@pytest.fixture(params=[1, 2, 8])
def _processors(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "processors", lambda: request.param)


@pytest.mark.usefixtures("_processors")
def test_parts_come_back_in_their_order() -> None:
    assert abreast(lambda n: n * n, range(50)) == [n * n for n in range(50)]
    assert abreast(len, []) == []


@pytest.mark.usefixtures("_processors")
def test_what_fails_aside_fails_where_it_is_waited_for() -> None:
    turn = sys.getswitchinterval()
    assert aside(lambda: 3)() == aside(lambda: 3, at_once=True)() == 3
    assert sys.getswitchinterval() == turn
    with pytest.raises(ZeroDivisionError):
        aside(lambda: 1 // 0)()


@given(st.lists(st.integers(-(1 << 40), 1 << 40)))
def test_halves_that_are_sorted_are_sorted(drawn: list[int]) -> None:
    codes = np.array(drawn * 3, np.int64)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(room, "_LONG", 1)
        patched.setattr(room, "processors", lambda: 2)
        order = ordering(codes)
    assert sorted(order.tolist()) == list(range(len(codes)))
    assert codes[order].tolist() == sorted(codes.tolist())


def test_names_are_compared_the_same_by_several_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right = (places.ravel() for places in np.meshgrid(*[np.arange(len(NAMES))] * 2))
    alone = NameTable(NAMES).compare(left, right, least=0.2)
    monkeypatch.setattr(room, "processors", lambda: 4)
    monkeypatch.setattr(comparing, "_CHUNK", 100)
    several = NameTable(NAMES).compare(left, right, least=0.2)
    assert (alone > 0.2).sum() > len(NAMES)
    assert several.tolist() == alone.tolist()
