"""The one door to comparing names: Korean ones, others, and those that may be either."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta import names
from regesta.errors import VocabularyError
from regesta.names.comparing import NameTable, may_be_korean

MIXED = [
    "Han Sujin", "한수진", "Han Soo-jin", "HAN Su Chin", "Wang Min", "Wang Minh", "Li Na", "Yi Na", "Ada Brook", "Brook, A.",
    "Иван Петров", "Ivan Petrov", "Song of Solomon", "Kim Basinger", "Kim Min-su", "", "王丽", "Jo Ann", "Jo Anne", "Ana Kim",
]  # fmt: skip


def test_each_pair_is_told_by_the_model_it_belongs_to() -> None:
    assert names.compare("Han Sujin", "한수진").is_korean
    assert not names.compare("Ada Brook", "A. Brook").is_korean
    assert names.compare("Ada Brook", "A. Brook").probability > 0.5
    assert names.compare("Han Soo-jin", "HAN Su Jin").probability > 0.9


@pytest.mark.parametrize(
    ("korean", "other"),
    [
        ("Kim Min-su", "Kim Basinger"),
        ("김민수", "Kim Basinger"),
        ("Lee Ha-bi", "Lee Harvey Oswald"),
        ("Park Ae-ri", "Park Avenue"),
        ("Song Ok-sun", "Song of Solomon"),
        ("이하은", "Harvey Lee"),
        ("최영", "Че Гевара"),
    ],
)
def test_no_korean_is_taken_for_another(korean: str, other: str) -> None:
    assert names.compare(korean, other).probability < 0.1
    assert names.compare_many([korean], [other])[0] < 0.1


def test_one_pair_and_many_are_the_same_model() -> None:
    left = [a for a in MIXED for _ in MIXED]
    right = [b for _ in MIXED for b in MIXED]
    many = names.compare_many(left, right)
    single = [names.compare(a, b).probability for a, b in zip(left, right, strict=True)]
    # a glance at the letters leaves out what gets nearly nothing
    assert np.allclose(many, single, atol=2e-3)
    assert (np.abs(many.reshape(len(MIXED), -1) - many.reshape(len(MIXED), -1).T) < 1e-6).all()
    assert not np.isnan(many).any()


def test_a_table_of_names_given_twice() -> None:
    twice = NameTable(MIXED * 2)
    once = NameTable(MIXED)
    n = len(MIXED)
    left, right = np.arange(n), (np.arange(n) * 7 + 3) % n
    assert np.allclose(twice.compare(left + n, right), once.compare(left, right))
    assert len(twice) == 2 * n
    assert (twice.is_korean == np.tile(once.is_korean, 2)).all()


def test_keys_of_names_given_twice_are_those_of_each() -> None:
    def plain(table: NameTable) -> set[tuple[int, int]]:
        place, key = table.keys()
        return set(zip(place.tolist(), key.tolist(), strict=True))

    n = len(MIXED)
    single = plain(NameTable(MIXED))
    assert plain(NameTable(MIXED * 2)) == single | {(place + n, key) for place, key in single}


def test_keys_do_not_depend_on_what_was_compared_before() -> None:
    def keys_of_others(table: NameTable) -> set[tuple[int, int]]:
        place, key = table.keys()
        unsure = {0, 8, 9, 10, 11}
        return {(p, k) for p, k in zip(place.tolist(), key.tolist(), strict=True) if p in unsure and p}

    fresh, used = NameTable(MIXED), NameTable(MIXED)
    used.compare(np.array([0, 8]), np.array([8, 14]))
    assert keys_of_others(fresh) == keys_of_others(used)


def test_spellings_of_one_name_share_a_key() -> None:
    place, key = NameTable(MIXED).keys()
    own = {i: set(key[place == i].tolist()) for i in range(len(MIXED))}
    for a, b in ((0, 1), (0, 2), (1, 3), (8, 9), (10, 11), (17, 18)):
        assert own[a] & own[b], (MIXED[a], MIXED[b])
    assert not own[MIXED.index("Kim Basinger")] & own[MIXED.index("Kim Min-su")]
    assert own[MIXED.index("")] == set()
    assert max(map(len, own.values())) <= 16


@given(st.lists(st.one_of(st.sampled_from(MIXED), st.text(max_size=20)), min_size=1, max_size=6))
def test_laws_of_any_strings(some: list[str]) -> None:
    forth = names.compare_many(some, some[::-1])
    back = names.compare_many(some[::-1], some)
    assert np.allclose(forth, back)
    assert ((forth >= 0) & (forth <= 1)).all()


@given(
    st.one_of(st.sampled_from(MIXED), st.text(max_size=20)),
    st.one_of(st.sampled_from(MIXED), st.text(max_size=20)),
)
def test_a_comparison_says_why(a: str, b: str) -> None:
    told = names.compare(a, b)
    assert told.reason
    assert 0 <= told.probability <= 1
    assert len(told.readings) == 2


def test_lists_of_two_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        names.compare_many(["a"], [])
    assert len(names.compare_many([], [])) == 0


def test_known_names_in_new_pairs_get_what_new_ones_get() -> None:
    names.compare_many(MIXED, MIXED[::-1])
    turned = MIXED[5:] + MIXED[:5]
    known = names.compare_many(MIXED, turned)
    names.compare_many(["another"], ["name"])
    assert np.allclose(known, names.compare_many(MIXED, turned))


def test_a_megabyte_does_no_harm() -> None:
    for hostile in ("kim" * 300_000, "김" * 1_000_000, "k i m " * 160_000):
        assert names.compare(hostile, "Kim Min-su").probability < 0.5
        assert names.compare_many([hostile], ["김민수"])[0] < 0.5
        assert len(names.normalise(hostile)) < 400
        names.variants(hostile)


@pytest.mark.parametrize(
    "name",
    [
        "Nam Il",
        "Chŏng Yag-yong",
        "남궁민",
        "Hwang Bo-ra",
        "SEOL Kyung-gu",
        "李承晩",
        "NOH Yong-ic",
        "Ac Ju-hee",
    ],
)
def test_korean_names_are_let_through(name: str) -> None:
    assert may_be_korean(name)


@pytest.mark.parametrize(
    "name",
    [
        "Cara Cohen",
        "BRUNO Lee",
        "Quinn Park",
        "Ascot Kim",
        "Garcia Lee",
        "Lucca Han",
        "Νίκος Παππάς",
        "k" * 81,
    ],
)
def test_names_that_no_korean_has_are_kept_out(name: str) -> None:
    assert not may_be_korean(name)


def test_normal_forms() -> None:
    assert names.normalise("VAN GOGH, Vincent") == names.normalise("Vincent van Gogh") == "vincent gogh"
    assert names.normalise("Γιώργος Σεφέρης") == "giorgos seferis"
    assert names.normalise("") == ""


def test_variants() -> None:
    assert {v.system for v in names.variants("한수진")} >= {"revised", "mccune-reischauer", "north", "common"}
    assert [v.text for v in names.variants("한수진", "revised")] == ["Han Sujin"]
    assert [(v.text, v.system) for v in names.variants("Иван Петров")] == [("Ivan Petrov", "latin")]
    assert names.variants("Ada Brook") == ()
    with pytest.raises(VocabularyError, match="no system"):
        names.variants("한수진", "nobody's")


def test_names_to_ask_for() -> None:
    assert all(hasattr(names, name) for name in names.__all__)
    assert names.parse is names.parse_name
    with pytest.raises(AttributeError):
        names.nothing  # noqa: B018


def test_who_asks_the_package_for_names_finds_what_compares() -> None:
    code = "import sys; from regesta import names; print([m in sys.modules for m in ('numpy', 'regesta.names.comparing', 'regesta.names.general')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[True, True, False]"


@pytest.mark.parametrize("room", ["reading", "extraction", "extraction.proper", "cli", "names.explaining"])
def test_rooms_that_only_read_do_not_import_numpy(room: str) -> None:
    code = f"import sys, regesta.{room}; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_room_is_imported_without_what_compares() -> None:
    code = "import sys, regesta.names; print([m for m in ('numpy', 'rapidfuzz', 'anyascii', 'regesta.names.comparing') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
