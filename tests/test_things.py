"""Which places, organisations, facilities, laws, works, terms and events are one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.model.claim import Kind
from regesta.resolution.things import thing_key
from regesta.resolution.wording import initials, lexicon, owned, short_form, split_year, words_of

GOLDEN = Path(__file__).parent / "golden" / "things.md"
KINDS: tuple[Kind, ...] = get_args(Kind)
Pair = tuple[Kind, str, str, str]


def pairs() -> list[Pair]:
    found: list[Pair] = []
    for line in GOLDEN.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and cells[0] in KINDS:
            kind = next(kind for kind in KINDS if kind == cells[0])
            left, right, truth = cells[1:]
            found.append((kind, left, right, truth))
    return found


def key_of(kind: Kind, cell: str) -> str | None:
    names, _, near = cell.partition(" [")
    return thing_key(kind, names.split(" ; "), re.findall(r"\w+", near))


PAIRS = pairs()


def test_the_set_is_large_and_mixed() -> None:
    assert len(PAIRS) >= 150
    assert {truth for *_, truth in PAIRS} == {"same", "different"}
    assert len({kind for kind, *_ in PAIRS}) == 8
    assert len({pair[:3] for pair in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize("pair", [p for p in PAIRS if p[3] == "different"], ids=str)
def test_different_things_share_no_key(pair: Pair) -> None:
    kind, left, right, _ = pair
    one, other = key_of(kind, left), key_of(kind, right)
    assert one is None or one != other


def test_most_of_what_is_the_same_shares_a_key() -> None:
    same = [pair for pair in PAIRS if pair[3] == "same"]
    missed = []
    for kind, left, right, _ in same:
        one, other = key_of(kind, left), key_of(kind, right)
        if one is None or one != other:
            missed.append(f"{kind}: {left} -> {one}, {right} -> {other}")
    print(f"recall {1 - len(missed) / len(same):.3f} of {len(same)}", *missed, sep="\n")  # noqa: T201
    assert len(missed) <= 0.1 * len(same), missed


SEVERAL = [
    ("place", ["Burma", "Myanmar"], "place:iso:MM"),
    ("place", ["Springfield", "Springfield, Illinois"], "place:geonames:4250542"),
    ("place", ["Soviet Union", "Russia"], None),
    ("organisation", ["FSN", "Free Seas Network"], "organisation:free seas network"),
    ("organisation", ["Orlan", "Free Seas Network"], "organisation:orlan"),
    ("law", ["the Act", "Whale Hunting Act of 1934"], "law:whale hunting act 1934"),
    ("facility", ["the camp", "Redwater Camp"], "facility:redwater camp"),
]


@pytest.mark.parametrize(("kind", "names", "key"), SEVERAL)
def test_things_of_several_names(kind: Kind, names: list[str], key: str | None) -> None:
    assert thing_key(kind, names) == key


@pytest.mark.parametrize(
    "name", ["Department of Physics", "the army", "Foreign Ministry", "XYZ", "", " ", "...", "()"]
)
def test_organisations_that_say_too_little(name: str) -> None:
    assert thing_key("organisation", [name]) is None


@pytest.mark.parametrize("name", ["Springfield", "Georgia", "San José", "", "'s", ",", "x" * 500])
def test_places_that_say_too_little(name: str) -> None:
    assert thing_key("place", [name]) is None


def test_people_have_no_key() -> None:
    assert thing_key("person", ["Ada Byron"]) is None
    assert thing_key("group", ["the Byrons"]) is None
    assert thing_key("place", []) is None


@pytest.mark.parametrize("pair", [p for p in PAIRS if "North" in p[1] or "South" in p[1]], ids=str)
def test_north_is_never_south(pair: Pair) -> None:
    kind, name, *_ = pair
    turned = re.sub("North|South", lambda m: "South" if m[0] == "North" else "North", name)
    key = key_of(kind, name)
    assert key is None or key != key_of(kind, turned)


NAMES = sorted({(kind, cell.partition(" [")[0]) for kind, left, right, _ in PAIRS for cell in (left, right)})


@given(st.sampled_from(NAMES), st.sampled_from(["", " ", "\n"]), st.sampled_from(["", " ", ","]))
def test_what_stands_around_a_name_does_not_matter(named: tuple[Kind, str], before: str, after: str) -> None:
    kind, name = named
    assert thing_key(kind, [before + name + after]) == thing_key(kind, [name])


@given(st.lists(st.sampled_from([name for kind, name in NAMES if kind == "place"]), min_size=1, max_size=4))
def test_the_order_of_names_does_not_matter_to_known_places(names: list[str]) -> None:
    keys = {thing_key("place", order) for order in (names, names[::-1], sorted(names))}
    assert len({key for key in keys if key is None or "~" not in key}) <= 1


@given(
    st.sampled_from(KINDS),
    st.lists(st.text(max_size=40), max_size=3),
    st.lists(st.text(max_size=8), max_size=2),
)
def test_no_text_breaks_it(kind: Kind, names: list[str], near: list[str]) -> None:
    key = thing_key(kind, names, near)
    assert key is None or key.startswith(f"{kind}:")
    assert key == thing_key(kind, names, near[::-1])


@given(st.sampled_from(NAMES), st.integers(2, 99), st.integers(2, 99))
def test_numbers_tell_things_apart(named: tuple[Kind, str], one: int, other: int) -> None:
    kind, name = named
    if kind in {"law", "facility", "work", "event", "organisation", "topic"} and one != other:
        key = thing_key(kind, [f"{name} No. {one}"], ["FR"])
        assert key is None or key != thing_key(kind, [f"{name} No. {other}"], ["FR"])


def test_endless_names_have_no_key() -> None:
    for kind in KINDS:
        assert thing_key(kind, ["Camp of " * 200_000]) is None
        assert thing_key(kind, [f"Camp {number}" for number in range(50_000)]) != ""


def test_words_are_in_one_group_of_spellings() -> None:
    same = lexicon().same
    assert not set(same) & set(same.values())
    assert [name for name in lexicon().known.values() if " ".join(words_of(name)) != name] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("The Centre for Labour & Defence Organisations", "center for labor and defense organizations"),
        ("Shaft № 12", "shaft n12"),
        ("Hospital #3", "hospital n3"),
        ("Pier Number Seven", "pier n7"),
        ("No Man's Land", "no mans land"),
        ("Promised Enterprise of the Advertised", "promised enterprise of the advertised"),
        ("Żegluga “Bałtyk”", "zegluga baltyk"),
    ],
)
def test_words(name: str, words: str) -> None:
    assert " ".join(words_of(name)) == words


@pytest.mark.parametrize(
    ("name", "left", "code"),
    [
        ("Norwegian Ministry of Justice", "Ministry of Justice", "NO"),
        ("the Ministry of Justice of the Kingdom of Italy", "Ministry of Justice", "IT"),
        ("Foreign Ministry (Japan)", "Foreign Ministry", "JP"),
        ("East Germany's Border Troops", "Border Troops", "DDDE"),
        ("Border Troops", "Border Troops", None),
        ("Republic of Korea", "Republic", "x-korea"),
        ("Norway", "Norway", None),
    ],
)
def test_owners(name: str, left: str, code: str | None) -> None:
    assert owned(name) == (left, code)


def test_years_and_short_forms() -> None:
    assert split_year("Act on Whales, 1934") == ("Act on Whales", "1934")
    assert split_year("1984") == ("1984", "")
    assert short_form("Free Seas Network (FSN)") == ("Free Seas Network", "FSN")
    assert short_form("Free Seas Network (Oslo)") is None
    assert initials("Committee for Whales in North Kivu", "CWNK")
    assert not initials("Free Seas Network", "FN")
