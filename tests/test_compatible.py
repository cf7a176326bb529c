"""What makes two values exclude one another, and what two statements of a first or a record have in common: laws and tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.criticism.statements import content, covers
from regesta.vocab import excludes, predicates

WORDS = st.sampled_from(
    "father grandfather mother parents uncle brother boat trawler plane train lorry on foot captain major colonel lieutenant "
    "refused granted asylum visa residence in Kenya the of".split()
)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join) | st.text(max_size=40)

EXCLUDING = [
    ("accused_kin", "father", "grandfather"),
    ("accused_kin", "his uncle's crimes".removeprefix("his "), "brother"),
    ("accused_kin", "mother", "father"),
    ("accused_kin", "son", "daughter of a general"),
    ("vehicle", "inflatable dinghy", "a stolen lorry"),
    ("vehicle", "by train", "MiG-21"),
    ("vehicle", "on foot", "in a helicopter"),
    ("rank", "sergeant", "corporal"),
    ("rank", "first lieutenant", "captain"),
    ("status", "asylum in Peru", "refused asylum"),
    ("status", "residence permit", "residence permit refused"),
]

AGREEING = [
    ("accused_kin", "father", "parents"),
    ("accused_kin", "father", "relative"),
    ("accused_kin", "brother", "older brother"),
    ("accused_kin", "stepfather", "father"),
    ("accused_kin", "maternal uncle", "uncle"),
    ("accused_kin", "father", "somebody"),
    ("vehicle", "raft", "wooden boat"),
    ("vehicle", "Santa Lucia", "train"),
    ("vehicle", "boat, then train", "train"),
    ("rank", "colonel", "colonel of engineers"),
    ("rank", "lieutenant-colonel", "colonel"),
    ("status", "asylum", "refused visa"),
    ("status", "asylum", "citizenship"),
    ("status", "applied for asylum", "refused asylum"),
    ("role", "cook", "driver"),
    ("kin", "father of Ana", "son of Ana"),
    ("nothing of the kind", "a", "b"),
]


@pytest.mark.parametrize(("predicate", "left", "right"), EXCLUDING)
def test_values_that_exclude_one_another(predicate: str, left: str, right: str) -> None:
    assert excludes(predicate, left, right)
    assert excludes(predicate, right.upper(), left)


@pytest.mark.parametrize(("predicate", "left", "right"), AGREEING)
def test_values_that_may_both_hold(predicate: str, left: str, right: str) -> None:
    assert not excludes(predicate, left, right)
    assert not excludes(predicate, right, left)


@given(st.sampled_from(sorted(predicates())), TEXTS, TEXTS)
def test_excluding_is_mutual_and_nothing_excludes_itself(predicate: str, left: str, right: str) -> None:
    assert excludes(predicate, left, right) == excludes(predicate, right, left)
    assert not excludes(predicate, left, left)


def test_a_value_of_a_megabyte_is_looked_at_only_in_part() -> None:
    assert not excludes("vehicle", "x " * 500_000, "train")


def test_what_excludes_is_told_of_predicates_that_are_asked_about() -> None:
    for predicate in predicates().values():
        assert 0 <= predicate.tolerance < 1
        if predicate.exclusive is not None:
            assert predicate.differs is not None, predicate.name


@given(st.lists(st.sampled_from("miner sailor Chilean officer camp harbour medal 1968".split()), max_size=6))
def test_the_words_of_a_statement_do_not_depend_on_case_or_number(words: list[str]) -> None:
    told = content("the first " + " ".join(words))
    assert told == content(
        " ".join(f"{word}s" if word.isalpha() else word for word in words).upper() + " the first of all"
    )
    assert covers(told, told) == len(told)
