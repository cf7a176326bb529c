"""Lists of names, their parts, and how much tokens look like a name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta import names
from regesta.names.lists import fold
from regesta.names.parse import PARTICLES, SUFFIXES

LISTS = Path(names.__file__).parent / "lists"


@pytest.mark.parametrize(
    ("text", "given_part", "particles", "family", "suffix"),
    [
        ("Rudolf Nureyev", "Rudolf", "", "Nureyev", None),
        ("Pollack, Andrew", "Andrew", "", "Pollack", None),
        ("Beethoven, Ludwig van", "Ludwig", "van", "Beethoven", None),
        ("van Beethoven, Ludwig", "Ludwig", "van", "Beethoven", None),
        ("Ursula von der Leyen", "Ursula", "von der", "Leyen", None),
        ("Charles de Gaulle", "Charles", "de", "Gaulle", None),
        ("Charles De Gaulle", "Charles De", "", "Gaulle", None),
        ("Osama bin Laden", "Osama", "bin", "Laden", None),
        ("Bashar al-Assad", "Bashar", "", "al-Assad", None),
        ("Martin Luther King, Jr.", "Martin Luther", "", "King", "Jr."),
        ("Martin Luther King Jr.", "Martin Luther", "", "King", "Jr."),
        ("King, Jr., Martin Luther", "Martin Luther", "", "King", "Jr."),
        ("King, Martin Luther, Jr.", "Martin Luther", "", "King", "Jr."),
        ("A. N. Lan'kov", "A. N.", "", "Lan'kov", None),
        ("W. B. Yeats", "W. B.", "", "Yeats", None),
        ("Sinéad O'Neill", "Sinéad", "", "O'Neill", None),
        ("Chiang Kai-shek", "Kai-shek", "", "Chiang", None),
        ("Mao Zedong", "Zedong", "", "Mao", None),
        ("Nguyễn Văn Thiệu", "Văn Thiệu", "", "Nguyễn", None),
        ("Ban Ki-moon", "Ki-moon", "", "Ban", None),
        ("Kim Basinger", "Kim", "", "Basinger", None),
        ("Lee Harvey Oswald", "Lee Harvey", "", "Oswald", None),
        ("Nureyev", "", "", "Nureyev", None),
        ("Olga", "Olga", "", "", None),
        ("al-Masri", "", "", "al-Masri", None),
        ("", "", "", "", None),
    ],
)
def test_parts(text: str, given_part: str, particles: str, family: str, suffix: str | None) -> None:
    parts = names.parse_name(text)
    assert (parts.given, " ".join(parts.particles), parts.family, parts.suffix) == (
        given_part,
        particles,
        family,
        suffix,
    )


def test_order_is_said() -> None:
    assert names.parse_name("Pollack, Andrew").is_inverted
    assert not names.parse_name("King, Jr.").is_inverted
    assert names.parse_name("Deng Xiaoping").is_family_first
    assert not names.parse_name("Andrew Pollack").is_family_first


LETTERS = st.sampled_from(
    [
        "Anna",
        "van",
        "der",
        "Kim",
        "Il-sung",
        "O'Neill",
        "Jr.",
        "A.",
        "Petrov",
        "al-Masri",
        "Lee",
        "Nguyễn",
        "김민수",
        "x",
        "III",
    ]
)


@given(st.lists(LETTERS, min_size=1, max_size=6), st.sampled_from([" ", ", "]))
def test_no_word_of_a_name_is_lost(words: list[str], joint: str) -> None:
    text = words[0] + joint + " ".join(words[1:]) if len(words) > 1 else words[0]
    parts = names.parse_name(text)
    kept = " ".join([parts.given, *parts.particles, parts.family, parts.suffix or ""]).split()
    assert sorted(kept) == sorted(re.split(r",? +", text.strip(" ,")))


PEOPLE = """
Rudolf Nureyev; Oleg Gordievsky; Svetlana Alliluyeva; Conrad Schumann; Nadia Comăneci; Ion Mihai Pacepa; Orlando Hernández;
Yoani Sánchez; Lobsang Sangay; Rebiya Kadeer; Chen Guangcheng; Fang Lizhi; Ayaan Hirsi Ali; Hissène Habré; Dith Pran;
Haing S. Ngor; Masih Alinejad; Krystsina Tsimanouskaya; Semyon Bychkov; Ladislav Bezák; Munir Redfa; Adnan Awad;
Aung San Suu Kyi; Günter Litfin; Ferenc Puskás; Igor Gouzenko; Stanislav Levchenko; Natalia Makarova; Petr Nedomanský;
Orestes Lorenzo Pérez; Yasiel Puig; Mengistu Haile Mariam; Feyisa Lilesa; Viktor Kravchenko; Guy Burgess; James Dresnok;
Ludwig van Beethoven; Osama bin Laden; Khaled el-Masri; Malala Yousafzai; Chiang Kai-shek; Wei Jingsheng; Liao Yiwu;
Vang Pao; Loung Ung; Jörg Berger; Georgi Markov; Bashkim Shehu; A. N. Lan'kov; Martin Luther King Jr.; PAK HAN SE;
Nguyen Cao Ky; Jisoo Park; 김민수; 王丽; Андрей Сахаров; Ngũgĩ wa Thiong'o; Tashi Tsering; Zviad Gamsakhurdia
""".replace("\n", " ").split(";")


@pytest.mark.parametrize("name", [x.strip() for x in PEOPLE])
def test_names_of_many_languages_look_like_names(name: str) -> None:
    assert names.looks_like_name(name.split()) >= 0.5


@pytest.mark.parametrize(
    "phrase",
    [
        "Supreme Court", "World Cup", "Upper Meadow", "Yalu River", "United Nations", "Trade Mission", "Foreign Ministry",
        "Second World War", "Great Leap Forward", "Human Rights Watch", "Refugee Act", "Silver Star", "Prison Camp",
    ],
)  # fmt: skip
def test_other_capitalised_phrases_score_low(phrase: str) -> None:
    assert names.looks_like_name(phrase.split()) < 0.5


@pytest.mark.parametrize(
    "phrase",
    [
        "the committee", "Boeing 747", "MiG-29", "USA", "NATO HQ", "of Berlin", "van", "J.", "defected to", "Ivan fled",
        "A B", "Иван Petrov", "1968", "-", "", "a b c d e f g h", "Nureyev Rudolf danced",
    ],
)  # fmt: skip
def test_what_cannot_be_a_name_scores_nothing(phrase: str) -> None:
    assert names.looks_like_name(phrase.split(" ")) == 0


def test_reasons_are_given() -> None:
    score, reasons = names.explain_name(["Ludwig", "van", "Beethoven"])
    assert score == pytest.approx(0.8)
    assert reasons == ("capitalised words: 2", "given name: Ludwig", "particle: van")


@given(st.lists(st.text(max_size=12), max_size=8))
def test_the_score_is_a_share_and_never_fails(tokens: list[str]) -> None:
    score, reasons = names.explain_name(tokens)
    assert 0 <= score <= 1
    assert reasons


@pytest.mark.parametrize(
    "token", ["Olga", "Jean-Pierre", "Mohammed", "Ngoc", "Shin-jo", "Kwame", "Reza", "Björn", "Yehuda"]
)
def test_given_names(token: str) -> None:
    assert names.is_given(token)


@pytest.mark.parametrize(
    "token", ["Schmidt", "García", "Ivanov", "Nguyễn", "Pak", "Yılmaz", "Okonkwo", "Cohen", "Ch'oe", "Zhang"]
)
def test_surnames(token: str) -> None:
    assert names.is_surname(token)


@pytest.mark.parametrize(
    "token", ["The", "Former", "Lieutenant", "Refugees", "Defector", "Republic", "In-law", "", "1968"]
)
def test_no_names(token: str) -> None:
    assert not names.is_given(token) or names.is_weak(token)
    assert not names.is_surname(token) or names.is_weak(token)


@pytest.mark.parametrize(
    "token", ["May", "Will", "Hope", "Paris", "Rose", "Jordan", "King", "Young", "German"]
)
def test_weak_names(token: str) -> None:
    assert names.is_given(token) or names.is_surname(token)
    assert names.is_weak(token)


@pytest.mark.parametrize("token", ["John", "Maria", "Peter", "Kim", "Petrov"])
def test_strong_names(token: str) -> None:
    assert not names.is_weak(token)


def test_lists_hold_what_look_ups_ask_for() -> None:
    for file in ("given.txt", "surnames.txt", "weak.txt"):
        tokens = (LISTS / file).read_text("utf-8").split()
        assert tokens == sorted(set(tokens))
        assert [x for x in tokens if x != fold(x) or not re.fullmatch(r"[a-z]+(?:['-][a-z]+)*'?", x)] == []
    everything = names.given_names() | names.surnames()
    weak = set((LISTS / "weak.txt").read_text("utf-8").split())
    assert weak <= everything
    assert not everything & (PARTICLES & SUFFIXES)
    assert sum(path.stat().st_size for path in LISTS.iterdir()) < 400_000


def test_korean_surnames_have_weights() -> None:
    counts = names.korean_surnames()
    assert counts["kim"] == max(counts.values())
    assert {"yi", "lee", "ri", "rhee", "pak", "park", "ryu", "noh"} <= set(counts) | {"noh"}
