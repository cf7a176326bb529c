"""Reading a policy: what is wrong with one is said plainly, and what is looser than the default needs two people."""

from __future__ import annotations

from pathlib import Path

import pytest

from regesta.errors import DecisionError, ProjectError
from regesta.protection import describe, read_policy, read_value
from regesta.protection.counts import tally
from regesta.protection.naming import Hidden, shown_aliases
from regesta.protection.policy import COLUMNS, LADDERS, is_as_coarse
from regesta.protection.words import delicate_kinds
from regesta.vocab import predicates

GUIDE = Path(__file__).parents[1] / "docs" / "guide" / "protection.md"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[predicates.arrival]\n", "unknown key: found 'predicates'"),
        ("[predicate.shoe_size]\nunnamed = 'show'\n", "unknown predicate: found 'shoe_size'"),
        ("[predicate.arrival]\nfamous = 'year'\n", "unknown class: found 'famous'"),
        (
            "[predicate.arrival]\nunnamed = 'week'\n",
            "unknown step: found 'week'; expected one of show, month, year",
        ),
        ("[predicate.arrival]\nunnamed = 'city'\n", "unknown step"),
        ("[name]\nat_risk = 'show'\n", "unknown step"),
        ("[words.money]\n", "unknown kind of word"),
        ("[sensitive.secret]\n", "unknown sensitivity"),
        ("[limits]\nk = 'ten'\n", "not a number that fits"),
        ("[limits]\nk = true\n", "not a number that fits"),
        ("[limits]\nat_risk_people = 1\n", "not a number that fits"),
        ("[limits]\nminor_below = 16\n", "not a number that fits"),
        ("[limits]\nkk = 3\n", "unknown limit"),
        ("when = 3\n", "not a table"),
        ("title = 3\n", "not a title"),
        ("[limits\n", "not readable as TOML"),
        ("reviewed_by = ['Ana', ' ana ']\nreviewed_on = 2026-01-01\n", "a review needs two people"),
        ("reviewed_by = ['Ana', 'Ben']\n", "a review needs its day"),
        ("reviewed_by = 'Ana and Ben'\nreviewed_on = 2026-01-01\n", "a review needs two people"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ProjectError) as told:
        read_policy(written(tmp_path, text))
    assert words in str(told.value)
    assert "policy.toml" in str(told.value)


@pytest.mark.parametrize(
    "text",
    [
        "[limits]\nk = 5\n",
        "[limits]\nrelease_months = 24\n",
        "[limits]\ndeceased_after = 90\n",
        "[predicate.kin]\npublic_role = 'show'\n",
        "[predicate.arrival]\nat_risk = 'month'\n",
        "[predicate.vehicle]\nnamed_in_source = 'show'\n",
        "[sensitive.high]\nthing = 'show'\n",
        "[name]\nat_risk = 'name'\n",
        "[where]\nunnamed = 'province'\n",
        "[words.health]\nat_risk = 'show'\n",
    ],
)
def test_looser_needs_a_review(tmp_path: Path, text: str) -> None:
    with pytest.raises(ProjectError, match="looser than the default without a review"):
        read_policy(written(tmp_path, text))
    review = "reviewed_by = ['Ana', 'Ben']\nreviewed_on = 2026-01-01\n"
    policy = read_policy(written(tmp_path, review + text))
    assert policy.reviewed_by == ("Ana", "Ben")
    assert policy.sha256 != read_policy(None).sha256


def test_tighter_is_free_and_the_rest_stays(tmp_path: Path) -> None:
    text = "[limits]\nk = 20\n[predicate.arrival]\nnamed_in_source = 'year'\n[predicate.vehicle]\ncrowd = 'withhold'\n"
    policy, usual = read_policy(written(tmp_path, text)), read_policy(None)
    assert (policy.k, policy.step("arrival", "named_in_source")) == (20, "year")
    assert (policy.step("vehicle", "crowd"), policy.step("vehicle", "public_role")) == ("withhold", "show")
    assert policy.step("arrival", "public_role") == "show"
    same = {(n, c) for n in predicates() for c in COLUMNS if policy.step(n, c) == usual.step(n, c)}
    assert len(same) == len(predicates()) * len(COLUMNS) - 2


def test_the_default_is_sound() -> None:
    policy = read_policy(None)
    for column in COLUMNS:
        assert all(policy.step(name, column) == "withhold" for name in ("kin", "accused_kin"))
        assert column == "crowd" or policy.step("companion", column) == "withhold"
        assert not any(policy.allows_words(kind, column) for kind in ("kin", "refuge", "contact", "document"))
    for column in ("at_risk", "unnamed"):
        assert is_as_coarse(policy.step("arrival", column), "year")
        assert all(
            policy.step(name, column) == "withhold" for name in ("event", "route", "location", "role_after")
        )
    people = set(COLUMNS) - {"crowd", "thing"}
    assert all(is_as_coarse(policy.step("route", column), "country") for column in people)
    assert not policy.names.get("thing")


@pytest.mark.parametrize("name", LADDERS)
def test_ladders_are_ordered(name: str) -> None:
    ladder = LADDERS[name]
    assert all(
        is_as_coarse(more, less)
        for i, less in enumerate(ladder)
        for more in ladder[i:]
        if more != "absent" or name == "name"
    )
    assert not is_as_coarse(ladder[0], ladder[-1])


def test_the_guide_holds_the_default() -> None:
    assert describe(read_policy(None)).strip() in GUIDE.read_text("utf-8")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "without a ground"),
        ("class=at_risk", "without a ground"),
        ("ground=fame", "no such ground"),
        ("ground=public role; ground=deceased", "stands twice"),
        ("because", "not a word of a release"),
        ("ground=public role; class=hero", "no such class"),
        ("ground=public role; scope=world", "no such scope"),
        ("x" * 2000, "too long"),
    ],
)
def test_a_release_says_what_is_wrong(value: str | None, words: str) -> None:
    with pytest.raises(DecisionError, match=words):
        read_value("release", value)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("hid with his aunt in a safe house", {"kin", "refuge"}),
        ("tested positive for HIV and hepatitis", {"health"}),
        ("came out as a lesbian", {"sexuality"}),
        ("baptised in a church", {"religion"}),
        ("lives in Turku", {"whereabouts"}),
        ("wurde vergewaltigt", {"sexuality"}),
        ("她的姐姐在船上", {"kin"}),
        ("기독교 신자", {"religion"}),
        ("write to a.b@example.org or ring (040) 123 4567", {"contact"}),
        ("passport no. M12345678", {"document"}),
        ("arrived in 1997 with 34,000 others, 20 of them soldiers", set()),
        ("founding father of the nation", set()),
        ("mother of the modern cinema and sister of Ana", {"kin"}),
        ("air force captain", set()),
    ],
)
def test_delicate_words(text: str, kinds: set[str]) -> None:
    assert delicate_kinds(text) == kinds


def test_a_text_of_a_megabyte_is_delicate() -> None:
    assert "kin" in delicate_kinds("x " * 500_000)


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("spoke with NGUYEN THI HA.", True),
        ("spoke with Nguyễn-Thị Hà", True),
        ("spoke with Nguyen Thi Hai", False),
        ("O’Brien's house", True),
        ("the brien house", False),
        ("", False),
    ],
)
def test_hidden_names_are_found_however_they_are_written(text: str, is_there: bool) -> None:
    assert Hidden.of(["Nguyễn Thị Hà", "O'Brien"]).stands_in(text) is is_there


def test_an_alias_that_is_another_name_is_not_shown() -> None:
    aliases = ["Ana", "A. Sousa", "ANA SOUSA", "Maria Lima", "Ana Lima"]
    assert shown_aliases("Ana Sousa", aliases) == ("Ana", "A. Sousa", "ANA SOUSA")


def test_nobody_makes_no_group() -> None:
    assert tally([], []) == {}
