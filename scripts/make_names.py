#!/usr/bin/env python3
"""Write `src/regesta/names/lists/`: given names, surnames, weak tokens, and the East Asian file.

    pip install Faker names PyICU && apt-get install wamerican
    python scripts/make_names.py [SYLLABLES.tsv]

Sources: the person providers of Faker (MIT), all locales, other scripts romanised with ICU (Unicode licence); the most
frequent names of the US census of 1990 (public domain) as packed by `names` (MIT); `scripts/names_by_hand.txt`, written for
regesta; counts of romanised Korean syllables (facts only). A token is *weak* if it is a lower-case word of the American
word list of Debian (SCOWL) or a place of the hand-written gazetteer, and not among `strong` in the file written by hand.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import faker.providers.person
import icu
import names as census

from regesta import vocab
from regesta.names.lists import fold

HERE = Path(__file__).parent
TARGET = HERE.parent / "src/regesta/names/lists"
GAZETTEER = HERE.parent / "src/regesta/places/gazetteer"
CENSUS = Path(census.__file__).parent
SYLLABLES = HERE.parent.parent / "shared/data/names/syllables.tsv"
DICTIONARY = Path("/usr/share/dict/american-english")
N_CENSUS_SURNAMES = 7500
N_CENSUS_FEMALE = 2000
N_CENSUS_MALE = 1000
WEAK_SURNAME_RANK = 1500
"""Census surnames that are English words are kept only up to this rank."""
VOWELLESS = ("ar_", "fa_", "he_", "th_", "ur_")
"""Locales whose script writes few vowels, or none in order: romanising them gives nobody's name."""
TOO_RARE = ("en", "is_IS", "bn_BD", "gu_IN", "hi_IN", "mr_IN", "ne_NP", "or_IN", "si_LK", "ta_IN")
"""Very long lists of rare names, and Indian scripts, whose letters give `sukadeba` where people write Sukhdev."""
HAN = ("zh_", "ja_", "ko_")
"""Only the romanised lists of these are used."""
TOKEN = re.compile(r"[a-z][a-z']*[a-z]")
CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
        "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
        "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "ѓ": "gj", "ѕ": "dz", "ќ": "kj",
    }
)  # fmt: skip
LATIN = icu.Transliterator.createInstance("Any-Latin; Latin-ASCII")


def main(syllables: Path) -> None:
    """Make the lists."""
    hand = read_hand(HERE / "names_by_hand.txt")
    words = {word for word in DICTIONARY.read_text("utf-8").split() if word.islower() and word.isalpha()}
    ranked = list(census_names("dist.all.last", N_CENSUS_SURNAMES))
    given = set(
        chain(
            census_names("dist.female.first", N_CENSUS_FEMALE), census_names("dist.male.first", N_CENSUS_MALE)
        )
    )
    family = {name for rank, name in enumerate(ranked) if rank < WEAK_SURNAME_RANK or name not in words}
    for kind, token in faker_tokens():
        if token not in words:
            (given if kind == "given" else family).add(token)
    given |= set(hand["given"])
    family |= set(hand["surnames"])
    korean = korean_counts(syllables)
    family |= set(korean["surname"]) | set(hand["chinese-surnames"]) | set(hand["vietnamese-surnames"])
    given |= set(hand["vietnamese-given"])
    given -= set(hand["not"])
    family -= set(hand["not"])
    weak = ((given | family) & (words | set(places()) | lexicon_words())) - set(hand["strong"]) | (
        set(hand["weak"]) & (given | family)
    )
    write("given.txt", "\n".join(sorted(given)))
    write("surnames.txt", "\n".join(sorted(family)))
    write("weak.txt", "\n".join(sorted(weak)))
    rows = {
        "korean-surnames": [f"{name}={count}" for name, count in korean["surname"].most_common()],
        "chinese-surnames": hand["chinese-surnames"],
        "vietnamese-surnames": hand["vietnamese-surnames"],
        "korean-syllables": sorted(korean["given"]),
        "chinese-syllables": sorted(set(pinyin(hand["pinyin"]))),
        "vietnamese-given": hand["vietnamese-given"],
        "hangul-surnames": hand["hangul-surnames"],
        "han-surnames": [*hand["han-surnames"], *sorted(han_surnames())],
    }
    write(
        "asian.txt",
        "\n".join(f"{label}: {' '.join(dict.fromkeys(tokens))}" for label, tokens in rows.items()),
    )
    sys.stdout.write(f"{len(given)} given, {len(family)} surnames, {len(weak)} weak\n")


def write(name: str, text: str) -> None:
    """Write one list."""
    (TARGET / name).write_text(text + "\n", "utf-8")


def read_hand(path: Path) -> dict[str, list[str]]:
    """Return the sections of the file written by hand: `[label]`, then words."""
    found: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("["):
            current = found.setdefault(line.strip("[] "), [])
        elif line and not line.startswith("#"):
            current += line.split() if not line[0].isascii() else fold_all(line.split())
    return found


def fold_all(tokens: Iterable[str]) -> list[str]:
    """Fold each token as `names.lists` does at look-up."""
    return [token if ":" in token else fold(token) if len(token) < 60 else token for token in tokens]


def faker_tokens() -> Iterator[tuple[str, str]]:
    """Yield (given or family, token) of every locale of Faker."""
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        locale = module.name
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute, values in vars(provider).items():
            if not isinstance(values, (list, tuple, dict, set)) or any(
                x in attribute for x in ("format", "pairs", "language", "kana")
            ):
                continue
            romanised = "romanized" in attribute
            if (
                locale in TOO_RARE
                or locale.startswith(VOWELLESS)
                or (locale.startswith(HAN) and not romanised)
            ):
                continue
            kind = "given" if attribute.startswith(("first", "middle")) else "family"
            if not attribute.startswith(("first", "middle", "last", "surname")):
                continue
            for value in values:
                for token in romanise(str(value)).replace("-", " ").split():
                    if TOKEN.fullmatch(token) and not (
                        len(token) < 3 and locale[:2] not in ("zh", "vi", "en")
                    ):
                        yield kind, token


def romanise(text: str) -> str:
    """Return a name in plain Latin letters, lower case."""
    lower = text.lower()
    if re.search("[а-яёіїєђјљњћџ]", lower):
        return lower.translate(CYRILLIC)
    if re.search(r"[^\u0000-\u024f\u1e00-\u1eff’‘ʻʼ]", lower):
        return fold(LATIN.transliterate(lower))
    return fold(lower)


def han_surnames() -> set[str]:
    """Return the surnames of Faker's Chinese and Japanese lists, in their own letters."""
    return {
        name
        for locale in ("zh_CN", "zh_TW", "ja_JP")
        for name in importlib.import_module(f"faker.providers.person.{locale}").Provider.last_names
        if 1 <= len(name) <= 2
    }


def lexicon_words() -> set[str]:
    """Return the words of the general lexicon that texts write with a capital: titles, ranks, roles, headings."""
    words = vocab.lexicon()
    return set(
        chain(
            words.stop_names, words.titles, words.ranks, words.roles, words.place_nouns, words.organisations
        )
    )


def census_names(file: str, most: int) -> Iterator[str]:
    """Yield the most frequent names of one census list."""
    for number, line in enumerate((CENSUS / file).read_text("ascii").splitlines()):
        if number >= most:
            return
        yield line.split()[0].lower()


def korean_counts(path: Path) -> dict[str, Counter[str]]:
    """Return how often each spelling was seen, for surnames and for syllables of given names."""
    counts: dict[str, Counter[str]] = {"surname": Counter(), "given": Counter()}
    for line in path.read_text("utf-8").splitlines()[1:]:
        _, position, spelling, count = line.split("\t")
        spelling = fold(spelling).replace("'", "")
        if spelling.isalpha() and spelling.isascii():
            counts[position][spelling] += int(count)
    for name in (
        "ban",
        "pan",
        "yi",
        "rhee",
        "rhie",
        "ryu",
        "ri",
        "ro",
        "roh",
        "rim",
        "ra",
        "ryang",
        "nam",
        "namgung",
        "hwangbo",
        "jegal",
        "sunwoo",
        "seonu",
        "dokgo",
        "tokko",
        "paik",
        "pai",
        "paek",
        "paik",
        "choy",
        "khim",
        "gim",
        "gang",
        "bak",
        "baik",
        "chough",
        "chung",
        "eom",
        "om",
        "um",
        "jeon",
        "jon",
        "jun",
        "jin",
        "kye",
        "kwak",
        "mun",
        "myung",
        "myong",
        "pyo",
        "pyon",
        "byun",
        "sok",
        "tae",
        "thae",
        "tak",
        "to",
        "ok",
        "uhm",
        "yom",
        "yeom",
        "yon",
        "ryom",
        "ryon",
        "pong",
        "rang",
    ):
        counts["surname"].setdefault(name, 1)
    return counts


def pinyin(rows: list[str]) -> Iterator[str]:
    """Yield syllables from rows such as `b:a,ai,an`."""
    for row in rows:
        initial, _, finals = row.partition(":")
        for final in finals.split(","):
            yield ("" if initial == "-" else initial) + final


def places() -> Iterator[str]:
    """Yield the one-word places of the hand-written part of the gazetteer, folded."""
    for file in ("countries.txt", "regions.txt"):
        for line in (GAZETTEER / file).read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                for cell in line.split("|")[1:]:
                    yield from (fold(name.partition("=")[0]) for name in cell.split(";"))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SYLLABLES)
