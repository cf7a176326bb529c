"""Variants of a passage: collations that a person can read, and laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.sharing import collation, variants

CASES = [
    ("after twenty one nights in Sund", "after 21 nights in Sund", ["twenty one -> 21"]),
    ("Anna Lena Vogt, October", "anna-lena VOGT – October.", []),
    ("with mother to the coast", "with her mother to the coast", ["+ her"]),
    ("the late, exiled queen", "the exiled queen", ["- late"]),
    ("", "all of it", ["+ all of it"]),
    ("Sie kam am 3. Mai an", "Sie kam am 4. Mai in Bern an", ["3 -> 4", "+ in Bern"]),
    ("그는 1997년에 서울에 왔다", "그는 1998년에 서울에 왔다", ["1997년에 -> 1998년에"]),
    ("他于一九九七年抵达汉城", "他于一九九八年抵达首尔", ["七 -> 八", "汉城 -> 首尔"]),
    ("Она бежала в Китай весной", "Она бежала весной", ["- в Китай"]),
    ("وصلت إلى سيول في مارس", "وصلت إلى بكين في مارس", ["سيول -> بكين"]),
]


def shown(a: str, b: str) -> list[str]:
    sign = {"added": "+", "left out": "-", "changed": "->"}
    return [
        f"{each.a.of(a)} {sign[each.kind]} {each.b.of(b)}".strip().replace("  ", " ")
        if each.kind == "changed"
        else f"{sign[each.kind]} {each.a.of(a)}{each.b.of(b)}"
        for each in variants(a, b)
    ]


@pytest.mark.parametrize(("a", "b", "expected"), CASES)
def test_collation(a: str, b: str, expected: list[str]) -> None:
    assert shown(a, b) == expected


SENTENCE = st.lists(st.sampled_from("a b c d e f".split()), max_size=30)


@given(SENTENCE, SENTENCE, st.sampled_from([4_000_000, 20]))
def test_one_is_made_of_the_other_by_its_variants(one: list[str], two: list[str], small: int) -> None:
    a, b = " ".join(one), " ".join(two)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collation, "SMALL", small)
        found = variants(a, b)
    made, at = "", 0
    for each in found:
        made += a[at : each.a.start] + " " + each.b.of(b) + " "
        at = each.a.end
        assert (each.kind == "added") == (each.a.start == each.a.end)
        assert (each.kind == "left out") == (each.b.start == each.b.end)
    assert (made + a[at:]).split() == two


@given(SENTENCE, SENTENCE)
def test_turned_round_as_many_words_differ(one: list[str], two: list[str]) -> None:
    a, b = " ".join(one), " ".join(two)
    assert bool(variants(a, b)) == bool(variants(b, a)) == (one != two)


def test_long_passages_are_cut_at_landmarks() -> None:
    row = [f"w{n}" for n in range(5000)]
    other = [*row[:2000], "new", *row[2000:4000], *row[4001:]]
    a, b = " ".join(row), " ".join(other)
    assert shown(a, b) == ["+ new", "- w4000"]
