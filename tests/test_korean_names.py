"""Korean names: golden pairs, names that are none, laws, hostile strings, and arrays against plain words."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.errors import VocabularyError
from regesta.names.korean import VARIANT_SYSTEMS, KoreanNames, explain, readings, variants
from regesta.names.korean.alike import class_of, classes_of
from regesta.names.korean.columns import read
from regesta.names.korean.explaining import probability
from regesta.names.korean.reading import hangul_of, parse
from regesta.names.korean.systems import mccune, north, plain, revised
from regesta.names.korean.table import code_of, prior

SAME = """
Noh Tae-woo | 노태우
Ro T'ae-u | Roh Tae Woo
Chun Doo-hwan | Jeon Duhwan
Chŏn Tu-hwan | 전두환
Paik Nam-june | 백남준
PAIK Namjune | Nam June Paik
Whang Sun-won | 황순원
Yi Ch'ŏng-jun | Lee Cheong-jun
Choe In-ho | Choi Inho
Choi, In-ho | 최인호
Yun I-sang | Isang Yun
Yoon Ee-sang | 윤이상
Ryu Hyun-jin | Yu Hyeonjin
Ri Sol Ju | 이설주
Thae Ho | 태호
Namkung Ok | 남궁옥
Nam Gung Ok | 남궁옥
Hwangbo Seung-hee | 황보승희
Sŏnu Hwi | Sunwoo Hwi
Kim Ku | Kim Koo
金九 | Kim Gu
安重根 | An Chunggŭn
柳寬順 | Yu Gwan-sun
림수경 | Lim Su-kyung
Yu Ir-han | 유일한
Tae-whan Park | 박태환
Hong Myung-bo | Hong Myongbo
Gu Bon-chang | Koo Bohn-chang
Lee Byung-hun | I Pyŏnghŏn
Jun Ji-hyun | 전지현
"""

DIFFERENT = """
Noh Tae-woo | 노태준
Kim Ji-young | Kim Ji-yeong Lee
Kim Ji-hoon | Kim Ji-hyun
Choi Min-ho | 최민호수
Park Min-su | 박민서
Lee Seo-jun | Lee Seo-jin
Yun I-sang | 윤이수
Kang Ha-neul | 강하나
Han So-hee | 한소희수
Jung Ho-yeon | 정호영
김민수 | 박민수
김지영 | 김지연
"""

FOREIGN = (
    "Kim Basinger", "Lee Harvey Oswald", "Park Avenue", "Song of Solomon", "Kim Kardashian", "Bruce Lee", "Robert E. Lee",
    "Lee Marvin", "Jackie Chan", "Mao Zedong", "Deng Xiaoping", "Xi Jinping", "Hu Jintao", "Sun Yat-sen", "Nguyen Van Thieu",
    "Ho Chi Minh", "Pham Van Dong", "Haruki Murakami", "Sato Eisaku", "Hans Müller", "Marie Curie", "Ursula von der Leyen",
    "Jo March", "Park Hyatt", "Seoul Station", "Moon River", "Young Frankenstein", "Лев Толстой", "محمود درويش", "习近平",
)  # fmt: skip

SYLLABLES = sorted(
    name for name, share in prior("f").items() if share > 1e-3 and prior("l").get(name, 0) > 1e-3
)
SURNAMES = sorted(name for name, share in prior("s").items() if share > 2e-3)
hangul_names = st.builds(
    "".join, st.tuples(st.sampled_from(SURNAMES), st.sampled_from(SYLLABLES), st.sampled_from(SYLLABLES))
)
strings = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="kimleparkjsungohyŏŭ'- ,.ABCDEF", max_size=30),
    hangul_names,
    hangul_names.map(lambda name: variants(name, "common")[0].text),
)


def pairs(text: str) -> list[tuple[str, str]]:
    return [
        (left.strip(), right.strip())
        for left, _, right in (x.partition("|") for x in text.strip().splitlines())
    ]


@pytest.mark.parametrize(("left", "right"), pairs(SAME))
def test_one_name_in_two_spellings(left: str, right: str) -> None:
    assert explain(left, right).probability >= 0.5


@pytest.mark.parametrize(("left", "right"), pairs(DIFFERENT))
def test_two_names(left: str, right: str) -> None:
    assert explain(left, right).probability < 0.5


@pytest.mark.parametrize("name", FOREIGN)
def test_no_korean_name(name: str) -> None:
    assert readings(name) == ()
    assert explain(name, "김민수").probability == 0
    assert not KoreanNames([name]).is_korean[0]
    assert variants(name) == ()


@pytest.mark.parametrize(
    "name", ["Kim Il Sung", "Ban Ki-moon", "Shin Dong-hyuk", "Han Kang", "Ahn Cheol-soo", "朴正熙", "한강"]
)
def test_a_korean_name(name: str) -> None:
    assert KoreanNames([name]).is_korean[0]


@pytest.mark.parametrize(
    ("name", "hangul"),
    [
        ("Chong Yong-ch'ŏl", "종용철"),  # with marks, ŏ is written where it is meant
        ("Chŏng Chu-yŏng", "정주영"),
        ("Jong Yong-chol", "정영철"),  # the habit of the North is one for all syllables
        ("Kyŏn Hwŏn", "견훤"),
        ("Yu Ir-han", "유일한"),
        ("李成桂", "이성계"),
        ("羅喜錫", "나희석"),
        ("盧武鉉", "노무현"),
        ("金玉均", "김옥균"),
        ("리춘희", "이춘희"),
    ],
)
def test_the_likeliest_reading(name: str, hangul: str) -> None:
    assert readings(name)[0].hangul == hangul


def test_reasons_are_words() -> None:
    assert explain("Kang Minjoo", "Kang Minju").reason == "Minjoo and Minju are both 민주"
    assert explain("Park Jisoo", "박지수").reason == "Park is 박, Jisoo is 지수"
    assert explain("Kim Min-kyu", "Kim Minkyung").reason == "Min-kyu is 민규, Minkyung is 민경"
    assert explain("Song of Solomon", "Kim Basinger").reason == "neither is a Korean name"
    doubtful = explain("Kim Yongsun", "김용선")
    assert doubtful.is_ambiguous
    assert "Kim Yongsun may be" in doubtful.reason
    assert {"김용순", "김용선"} <= {reading.hangul for reading in doubtful.left}
    assert not explain("Kang Minjoo", "강민주").is_ambiguous


def test_readings_are_weighted_and_limited() -> None:
    found = readings("Kim Yongsun", 2)
    assert len(found) == 2
    assert found[0].weight >= found[1].weight > 0
    assert sum(x.weight for x in readings("Kim Yongsun", 99)) <= 1 + 1e-9
    assert readings("Kim Yongsun", 0) == ()


@pytest.mark.parametrize(
    ("syllables", "expected"),
    [
        ("국렬", "kung nyŏl"), ("석봉", "sŏk pong"), ("백년", "paeng nyŏn"), ("돈례", "tol lye"), ("필로", "p'il lo"), ("덕여", "tŏg yŏ"),
        ("두경", "tu gyŏng"), ("달수", "tal su"), ("일규", "il gyu"), ("일중", "il chung"), ("익문", "ing mun"), ("봉구", "pong gu"),
    ],
)  # fmt: skip
def test_sounds_of_mccune_and_reischauer(syllables: str, expected: str) -> None:
    assert mccune(syllables) == expected.split()


def test_variants_by_system() -> None:
    spelled = {v.system: v.text for v in reversed(variants("정철룡"))}
    assert spelled["revised"] == "Jeong Cheolryong"
    assert spelled["mccune-reischauer"] == "Chŏng Ch'ŏllyong"
    assert spelled["mccune-reischauer-plain"] == "Chong Chollyong"
    assert spelled["north"] == "Jong Chol Ryong"
    assert set(spelled) == set(VARIANT_SYSTEMS)
    assert variants("이옥", "north")[0].text == "Ri Ok"
    assert "Lee Ok" in [v.text for v in variants("李玉", "common")]
    with pytest.raises(VocabularyError, match="no system of romanisation: found 'yale'"):
        variants("박지수", "yale")


@pytest.mark.parametrize(
    "hangul",
    "김철수 이영희 박지수 최민호 정다은 강하늘 조성훈 윤서연 남궁민수 황보승희 유일한 류현진 노태우 전두환".split(),
)
def test_every_variant_is_the_name(hangul: str) -> None:
    found = variants(hangul)
    assert {variant.system for variant in found} == set(VARIANT_SYSTEMS)
    for variant in found:
        assert explain(hangul, variant.text).probability >= 0.5, variant


def test_nearly_every_variant_of_any_name_is_the_name() -> None:
    made = [
        family + first + later
        for place, (first, later) in enumerate(itertools.product(SYLLABLES[::7], SYLLABLES[3::7]))
        for family in (SURNAMES[place % len(SURNAMES)],)
    ]
    spelled = [(hangul, variant.text) for hangul in made for variant in variants(hangul)]
    names = KoreanNames([name for pair in spelled for name in pair])
    chances = names.compare(np.arange(0, len(names), 2), np.arange(1, len(names), 2))
    assert len(spelled) > 2000
    assert (chances >= 0.5).mean() >= 0.98


@given(hangul_names, st.sampled_from([revised, mccune, north]))
def test_marks_dropped_are_read_as_well(hangul: str, system: object) -> None:
    spelled = " ".join(("".join(plain(system(hangul[0]))), "-".join(plain(system(hangul[1:])))))  # type: ignore[operator]
    assert parse(spelled).keys  # whether it is likelier another name ("yeo gang-gang") is not asked


@given(hangul_names)
def test_a_name_is_itself_in_any_order_and_dress(hangul: str) -> None:
    family, rest = variants(hangul, "common")[-1].text.split(" ")
    forms = [
        f"{family} {rest}",
        f"{rest} {family}",
        f"{family}, {rest}",
        f"{family.upper()} {rest}",
        f"{family} {rest.replace('-', ' ')}",
    ]
    names = KoreanNames(forms)
    if names.is_korean[0]:
        assert names.compare(np.zeros(1, int), np.zeros(1, int))[0] >= 0.95
        assert (names.compare(np.zeros(5, int), np.arange(5))[[0, 2, 3]] >= 0.5).all()
    assert KoreanNames([hangul, hangul]).compare(np.array([0]), np.array([1]))[0] > 0.8


@given(st.lists(strings, min_size=1, max_size=8))
@settings(max_examples=60)
def test_arrays_say_what_plain_words_say(names: list[str]) -> None:
    table = KoreanNames(names)
    left, right = (np.array(x) for x in zip(*itertools.product(range(len(names)), repeat=2), strict=True))
    found = table.compare(left, right)
    slow = [probability(parse(names[a]), parse(names[b])) for a, b in zip(left, right, strict=True)]
    assert np.allclose(found, slow, atol=1e-5)
    assert np.allclose(found, table.compare(right, left), atol=1e-6)
    assert ((found >= 0) & (found <= 1)).all()
    assert [explain(names[a], names[b]).probability for a, b in zip(left, right, strict=True)] == slow
    index, keys = table.keys()
    assert len(index) == len(keys)
    own = [set(keys[index == place].tolist()) for place in range(len(names))]
    for a, b, chance in zip(left, right, found, strict=True):
        assert chance < 0.5 or own[a] & own[b]


@pytest.mark.parametrize(
    "name",
    [
        "", " ", ",", "-", "'", "Kim", "Kim ,", ", Kim", "- -", "Kim -", "Kim '", "Kim " * 3, "a" * 1_000_000, "Kim " + "min" * 300_000,
        "김" * 1_000_000, "金" * 100_000, "🙂 🙂", "Kim 🙂", "123 456", "Kim 2", "Kim\x00Min", "\ud7ff박", "ㄱㄴ ㄷ", "Kim Min-su Min-su Min-su",
        "김 민 수", "김·민수", "김민수金", "Kim 민수", "K̶i̶m̶ Min", "ﬀ ﬁ", "İ ı", "Kim-Min-Su", "-Kim- -Min-", "Ch''o''i '''", "Kim " + "o'" * 60,
    ],
    ids=range(35),
)  # fmt: skip
def test_hostile_strings(name: str) -> None:
    names = KoreanNames([name, "김민수"])
    chances = names.compare(np.array([0, 0, 1]), np.array([0, 1, 0]))
    assert chances[1] == pytest.approx(chances[2])
    assert explain(name, "김민수").reason
    assert len(explain(name, name).reason) < 400
    variants(name)


def test_nothing_and_many() -> None:
    nothing = KoreanNames([])
    assert len(nothing) == 0
    assert nothing.compare(np.array([], int), np.array([], int)).shape == (0,)
    assert [len(x) for x in nothing.keys()] == [0, 0]  # noqa: SIM118 - no dictionary
    many = KoreanNames(["Kim Min-su", "김민수", "Hans Müller"] * 20_000)
    chances = many.compare(np.arange(59_999), np.arange(1, 60_000))
    assert (chances[::3] > 0.9).all()
    assert (chances[1::3] == 0).all()


@given(st.lists(hangul_names, min_size=1, max_size=5))
def test_numbers_of_names(names: list[str]) -> None:
    keys = [code_of(name) for name in names]
    assert [hangul_of(key) for key in keys] == names
    assert classes_of(np.array(keys)).tolist() == [class_of(key) for key in keys]


ODD = [
    "", "Kim", "Kim Min-su", "Min-su Kim", "Su Min", "Seo Su", "Kim, Min Su", "KIM Minsu", "kim sangil", "Yi San-gil", "Nam Gung-min",
    "Namgung Min-su", "남궁민수", "Ch'oe Hyŏn-u", "Chʻoe Hyŏnu", "Choe Ch’ŏl", "Kim Junga", "Park Ji", "Ahn Bo", "Lee Soo Yi Na", "리룡해",
    "김 민수", "김용", "金大中", "习近平", "Kim Basinger", "Hwang Bo-ra", "Hwangbo Ra", "Pak Haneul", "Park Haneulbyeol", "Jo Cherll-ihk",
    "a b c d e f", "Ōta Shin", "O O", "- -", "Kim -", "Kim-Park Jin-ho", "Kang Jin-ho-su", "x" * 90, "Kim " + "a" * 30, "Lim Qq-zz", "Ko Un",
]  # fmt: skip


@given(
    st.lists(
        st.one_of(
            st.sampled_from(ODD),
            st.text(alphabet="kimnparkjeosughcly -,'ŏ", max_size=16),
            st.text(alphabet="김이남궁황보리민수용룡", max_size=5),
            st.builds(
                "{} {}{}{}".format,
                st.sampled_from(["Kim", "Yi", "Sŏ", "Nam", "Hwangbo", "Su", "Min", "Tjoe"]),
                st.sampled_from(["jun", "san", "sung", "ch'ŏl", "in", "eu", "a", "hyeon"]),
                st.sampled_from(["", "-", " "]),
                st.sampled_from(["gi", "ga", "a", "ggi", "nam", "ŏk", "ui", "deok"]),
            ),
        ),
        max_size=8,
    )
)
def test_many_names_are_read_as_each_alone(some: list[str]) -> None:
    many = read(some)
    for row, name in enumerate(some):
        one = parse(name)
        count = len(one.keys)
        assert tuple(many.keys[row].tolist()) == (*one.keys, *[0] * (6 - count)), name
        assert np.allclose(many.weights[row, :count], one.weights, rtol=1e-9), name
        assert np.allclose(many.scaled[row, :count], one.scaled, rtol=1e-9), name
        assert many.letters[row] == one.letters, name
        assert many.log_odds[row] == pytest.approx(one.log_odds, abs=1e-9), name


def test_all_odd_names_are_read_as_each_alone() -> None:
    many = read(ODD)
    for row, name in enumerate(ODD):
        assert tuple(many.keys[row, : len(parse(name).keys)].tolist()) == parse(name).keys, name
