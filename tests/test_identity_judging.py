"""What people judged comes before what the machine thinks, and judgements that clash are told, the later one holding."""

from __future__ import annotations

from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from regesta.model import Judgement
from regesta.resolution.judging import constrain

KEYS = {letter: number for number, letter in enumerate("abcdef")}


def judged(*said: str) -> list[Judgement]:
    """Judgements in the order of time: "a=b" the same, "a!b" different, "a<b" a part."""
    kinds: dict[str, Literal["same", "different", "part-of"]] = {
        "=": "same",
        "!": "different",
        "<": "part-of",
    }
    return [
        Judgement(decision=f"d-{n}", kind=kinds[one[1]], left=(one[0],), right=(one[2],))
        for n, one in enumerate(said)
    ]


def test_the_same_and_different() -> None:
    found = constrain(judged("a=b", "b!c"), KEYS)
    assert found.joined == [(0, 1)]
    assert sorted(found.apart) == [(0, 2), (1, 2)]
    assert found.blocked == {}


def test_the_later_judgement_holds() -> None:
    found = constrain(judged("a=b", "a!b"), KEYS)
    assert found.joined == []
    assert found.blocked == {"d-0": "d-1 says that they are different"}
    assert set(constrain(judged("a!b", "a=b"), KEYS).blocked) == {"d-0"}


def test_a_chain_of_sames_is_blocked_where_it_would_join_what_is_different() -> None:
    found = constrain(judged("a=b", "a!c", "b=c"), KEYS)
    assert found.joined == [(1, 2)]
    assert len(found.blocked) == 1


def test_parts_join_nothing() -> None:
    found = constrain(judged("a<b"), KEYS)
    assert (found.joined, found.apart, found.parts) == ([], [], [(0, 1, "d-0")])


def test_unknown_keys_are_passed_over() -> None:
    assert constrain([Judgement(decision="d", kind="same", left=("x",), right=("a",))], KEYS).joined == []


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("=!"), st.sampled_from("abcdef")), max_size=12
    )
)
def test_constraints_never_contradict_each_other(said: list[tuple[str, str, str]]) -> None:
    found = constrain(judged(*map("".join, said)), KEYS)
    group = {n: n for n in KEYS.values()}
    for a, b in found.joined:
        old, new = group[a], group[b]
        group = {n: new if g == old else g for n, g in group.items()}
    assert all(group[a] != group[b] for a, b in found.apart)
    told = {f"d-{n}" for n, one in enumerate(said)}
    assert set(found.blocked) <= told
