"""Names of every language but Korean: spellings of one name are found, other names are not, and no string does harm."""

from __future__ import annotations

import csv
import itertools
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from anyascii import anyascii
from hypothesis import given
from hypothesis import strategies as st

from regesta.names.general import GeneralNames
from regesta.names.general.columns import columns, keys
from regesta.names.general.folding import consonants, romanise, sounds
from regesta.names.general.kin import are_kin, kin_groups
from regesta.names.general.scoring import HOPELESS, align, is_possible, order, weigh
from regesta.names.general.telling import tell
from regesta.names.general.tokens import MAX_TOKENS, last_turn, spell
from regesta.names.lists import fold

GOLDEN = Path(__file__).parent / "golden/names/general.tsv"
UNSEEN = GOLDEN.with_name("general_unseen.tsv")
"""Written when the model stood, and never used to change it: its first run gave F1 0.955."""


def golden(path: Path = GOLDEN) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def chance(a: str, b: str) -> float:
    return float(GeneralNames([a, b]).compare(np.array([0]), np.array([1]))[0])


@pytest.mark.parametrize(("path", "least"), [(GOLDEN, 200), (UNSEEN, 90)])
def test_the_golden_pairs_are_told_apart(path: Path, least: int) -> None:
    rows = golden(path)
    names = GeneralNames([name for row in rows for name in (row["name_a"], row["name_b"])])
    left = np.arange(0, 2 * len(rows), 2)
    said = names.compare(left, left + 1) >= 0.5
    same = np.array([row["same"] == "1" for row in rows])
    wrong = [
        f"{row['name_a']} | {row['name_b']}" for row, x, y in zip(rows, said, same, strict=True) if x != y
    ]
    assert len(rows) >= least
    assert 0.4 < same.mean() < 0.7
    assert 2 * (said & same).sum() / (said.sum() + same.sum()) >= 0.93, wrong


@pytest.mark.parametrize("kind", sorted({row["kind"] for row in golden()}))
def test_each_kind_of_golden_pair(kind: str) -> None:
    rows = [row for row in golden() if row["kind"] == kind]
    right = sum((chance(row["name_a"], row["name_b"]) >= 0.5) == (row["same"] == "1") for row in rows)
    assert right / len(rows) >= 0.9


def test_the_golden_file_has_no_pair_twice_and_no_other_columns() -> None:
    rows = golden()
    assert len({frozenset((row["name_a"], row["name_b"])) for row in rows}) == len(rows)
    assert all(row["same"] in {"0", "1"} and row["kind"] for row in rows)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (("Inge Brandt", "Inge Brandt"), ("I. Brandt", "Inge Brandt")),
        (("Inge Brandt", "Brandt, Inge"), ("Inge Brandt", "Inge Brandd")),
        (("Olumide Adeyemi", "Olumide Adeyemmi"), ("Olumide Adeyemi", "Olumide Adeyenmmi")),
        (("Pavel Hruska", "Pavel Josef Hruska"), ("Pavel Hruska", "Josef Hruska")),
        (("Sasha Melnyk", "Oleksandr Melnyk"), ("Sasha Melnyk", "Sergei Melnyk")),
        (("I. Brandt", "Inge Brandt"), ("Brandt", "Inge Brandt")),
    ],
)
def test_what_is_nearer_gets_more(more: tuple[str, str], less: tuple[str, str]) -> None:
    assert chance(*more) > chance(*less)


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("van der Merwe, Pieter", "pieter merwe"),
        ("Dr. Prof. Anna Weiss", "anna weiss"),
        ("Davis, Sammy, Jr.", "sammy davis"),
        ("Fatima al-Zahra", "fatima zahra"),
        ("Abd al-Karim Qasim", "abdkarim qasim"),
        ("Nguyen Van Troi", "nguyen van troi"),
        ("诸葛亮", "zhuge liang"),
        ("O’Malley, Grace", "grace omalley"),
        ('Edson "Pelé" Nascimento', "edson nascimento"),
        ("Dr", "dr"),
        ("de la", "de la"),
        ("", ""),
        ("?!", ""),
    ],
)
def test_tokens(name: str, tokens: str) -> None:
    assert " ".join(spell(name).tokens) == tokens


def test_suffixes_are_kept_apart() -> None:
    assert [spell(x).suffix for x in ("Al Gore Jr.", "Al Gore Sr.", "Henri Lebrun III", "Lebrun, Henri, III", "Al Gore")] == [
        2, 1, 3, 3, 0,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "alike",
    ["chekhov tchekhov", "shevchenko schewtschenko", "rachmaninoff rachmaninov", "mueller muller", "ivanova ivanov", "zelenskiy zelensky"],
)  # fmt: skip
def test_spellings_of_one_sound(alike: str) -> None:
    one, other = alike.split()
    assert sounds(one) == sounds(other)


def test_unlike_sounds_stay_apart() -> None:
    different = "berg borg bell ball ivan jovan hassan hussein karim akram novak nowicki popov popovic anders andras".split()
    assert len({sounds(x) for x in different}) == len(different)


def test_consonants_of_scripts_without_vowels() -> None:
    for written, spelled in (
        ("محمد", "muhammad"),
        ("יצחק", "yitzhak"),
        ("درويش", "darwish"),
        ("नरेन्द्र", "narendra"),
    ):
        assert consonants(romanise(written).lower()) == consonants(spelled)


def test_lines_of_kin_are_folded_tokens() -> None:
    groups = kin_groups()
    assert all(token == fold(token).strip() for token in groups)
    assert are_kin("katya", "ekaterina")
    assert not are_kin("alexander", "alexandra")
    assert not are_kin("nobody", "nobody")


NAMES = [name for row in golden() for name in (row["name_a"], row["name_b"])]
SOME = st.one_of(
    st.sampled_from(NAMES),
    st.text(max_size=30),
    st.lists(
        st.sampled_from("Ana Marie Lê van A. Иван محمد 王 김 O'Neill Jr. , - al-".split()), max_size=9
    ).map(" ".join),
)


@given(SOME, SOME)
def test_laws_of_any_two_strings(a: str, b: str) -> None:
    forth, back = chance(a, b), chance(b, a)
    assert forth == back
    assert 0 <= forth <= 1
    told = tell(a, b)
    assert told.probability == pytest.approx(forth)
    assert told.reason
    assert "\n" not in told.reason or "\n" in a + b
    assert tell(b, a).probability == told.probability


@given(SOME)
def test_a_name_is_itself(name: str) -> None:
    assert chance(name, name) == (pytest.approx(1.0, abs=0.001) if spell(name).tokens else 0.0)


@given(
    st.lists(st.sampled_from("Ada Bruno Chiara Dmitri Esra Farouk Grete".split()), min_size=1, max_size=3),
    st.sampled_from("Okafor Lindqvist Baránek Петров".split()),
)
def test_a_comma_tells_the_order(first: list[str], last: str) -> None:
    assert chance(f"{' '.join(first)} {last}", f"{last}, {' '.join(first)}") > 0.98


@given(st.text("abcz", max_size=12))
def test_the_last_turn_is_the_greatest_of_all(letters: str) -> None:
    turns = [letters[i:] + letters[:i] for i in range(len(letters))]
    assert last_turn(letters) == max(turns, default="")


def test_the_fast_test_loses_nothing_that_matters() -> None:
    """The plain way: every pair of many names is laid beside one another, possible or not."""
    names, tokens = columns(NAMES[::2] + NAMES[1:200:2])
    every = np.array(list(itertools.combinations(range(len(names.rank)), 2)), np.int32)
    left, right = order(names, every[:, 0], every[:, 1])
    some = (names.n_tokens[left] > 0) & (names.is_hangul[left] == names.is_hangul[right])
    left, right = left[some], right[some]
    lost = found = 0
    for a, b in sorted(set(zip(names.n_tokens[left].tolist(), names.n_tokens[right].tolist(), strict=True))):
        rows = np.flatnonzero((names.n_tokens[left] == a) & (names.n_tokens[right] == b))
        x, y = left[rows], right[rows]
        likely = weigh(names, tokens, x, y, align(names, tokens, x, y)) > -1.2
        found += int(likely.sum())
        lost += int((likely & ~is_possible(names, x, y)).sum())
    assert found > 30
    assert lost <= 0.01 * found


def test_a_glance_loses_no_pair_that_is_not_hopeless() -> None:
    """The plain way: every pair is compared, whatever its letters look like."""
    table = GeneralNames(NAMES[::2] + NAMES[1:200:2])
    every = np.array(list(itertools.combinations(range(len(table)), 2)), np.int32)
    chances = table.compare(every[:, 0], every[:, 1])
    seen = table.may_agree(every[:, 0], every[:, 1])
    assert chances[~seen].max() < HOPELESS
    assert seen.mean() < 0.2


def test_names_that_come_later_are_read_as_the_first_were() -> None:
    whole, grown = GeneralNames(NAMES), GeneralNames(NAMES[:50])
    grown.add(NAMES[50:120])
    grown.add(NAMES[120:])
    rows = np.arange(len(NAMES) - 1)
    assert grown.compare(rows, rows + 1).tolist() == whole.compare(rows, rows + 1).tolist()
    rows_of_one, keys_of_one = grown.keys()
    rows_of_other, keys_of_other = whole.keys()
    assert rows_of_one.tolist() == rows_of_other.tolist()
    assert keys_of_one.tolist() == keys_of_other.tolist()


def test_alike_names_share_a_key_and_few_others_do() -> None:
    table = GeneralNames(NAMES)
    place, key = table.keys()
    own: dict[int, set[int]] = {}
    for name, value in zip(place.tolist(), key.tolist(), strict=True):
        own.setdefault(name, set()).add(value)
    left = np.arange(0, len(NAMES), 2)
    alike = left[table.compare(left, left + 1) >= 0.3].tolist()
    met = sum(not own[i].isdisjoint(own[i + 1]) for i in alike)
    assert met / len(alike) >= 0.97
    assert max(map(len, own.values())) <= 12
    assert len(key) / len(NAMES) <= 8
    strangers = list(itertools.combinations(range(0, len(NAMES), 7), 2))
    shared = sum(not own.get(i, set()).isdisjoint(own.get(j, set())) for i, j in strangers)
    assert shared / len(strangers) < 0.01


@pytest.mark.parametrize(
    "wrong",
    ["Gleidro Kroudnko", "Gleidr oKroudenko", "Gledro Kroudenko", "Gleidro Kruodenko", "Gleidro kKroudenko"],
)
def test_a_slip_in_a_name_nobody_knows(wrong: str) -> None:
    names = GeneralNames(["Gleidro Kroudenko", wrong])
    assert names.compare(np.array([0]), np.array([1]))[0] > 0.5
    place, key = names.keys()
    assert set(key[place == 0].tolist()) & set(key[place == 1].tolist())


def test_keys_are_the_same_in_any_company() -> None:
    def of_first(names: list[str]) -> list[int]:
        place, key = keys(*columns(names))
        return sorted(key[place == 0].tolist())

    assert of_first(["Ada Brook"]) == of_first(["Ada Brook", "Ivan Petrov", "Ada Brook"])


@pytest.mark.parametrize(
    "hostile",
    ["a" * 1_000_000, "a " * 500_000, "-" * 1_000_000, "عبد " * 250_000, "王" * 1_000_000, ",Jr." * 250_000, "\ud800" * 1000, "'" * 1_000_000, '("' * 500_000, "abd al " * 140_000],
    ids=["letters", "words", "hyphens", "arabic", "han", "suffixes", "surrogates", "apostrophes", "quotes", "servants"],
)  # fmt: skip
def test_a_megabyte_does_no_harm(hostile: str) -> None:
    assert 0 <= chance(hostile, "Ada Brook") < 0.5
    assert len(spell(hostile).tokens) <= MAX_TOKENS
    assert len(tell(hostile, "Ada Brook").reason) < 5000


def test_nothing_is_nothing() -> None:
    names = GeneralNames([])
    assert len(names) == 0
    assert len(names.compare(np.zeros(0, np.intp), np.zeros(0, np.intp))) == 0
    assert len(names.keys()[0]) == 0
    assert chance("", "") == 0
    assert len(GeneralNames(["", "?"]).keys()[0]) == 0


@given(
    st.text(
        alphabet=[*map(chr, (*range(32, 127), *range(0xA0, 0x250), *range(0x1E00, 0x1F00), 0x301, 0x2019))]
    )
)
def test_letters_with_marks_are_romanised_as_by_the_library(text: str) -> None:
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("ʼ", "'").replace("ʻ", "'")
    assert romanise(text) == (text if text.isascii() else anyascii(plain).strip())
