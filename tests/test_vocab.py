"""Predicates, kinds, packs and inflection."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.errors import VocabularyError
from regesta.vocab import Lexicon, kinds, lexicon, plural_of, predicates, singular_of
from regesta.vocab.pack import CLASSES, SETS

CONTRACT = Path(__file__).parent.parent.parent / "shared" / "CONTRACT.md"
SHIPPED = Path(__file__).parent.parent / "src" / "regesta" / "vocab" / "packs"


@pytest.mark.shared
@pytest.mark.skipif(not CONTRACT.exists(), reason="../shared is absent")
def test_predicates_are_those_of_the_contract() -> None:
    listed = re.search(r"Predicates that every build knows: `([^`]+)`", CONTRACT.read_text("utf-8"))
    assert listed is not None
    assert set(predicates()) == {*listed[1].split(", "), "origin"}


@pytest.mark.shared
@pytest.mark.skipif(not CONTRACT.exists(), reason="../shared is absent")
def test_kinds_are_those_of_the_contract() -> None:
    listed = re.search(r'"kind": "(person\|[^"]+)"', CONTRACT.read_text("utf-8"))
    assert listed is not None
    assert list(kinds()) == listed[1].split("|")


def test_what_a_conflict_needs_is_said() -> None:
    known = predicates()
    assert known["arrival"].holds == "single"
    assert known["arrival"].compatible == "same-date"
    assert known["kin"].sensitive == "high"
    assert known["figure"].values == ("quantity",)
    assert all(p.description and not p.description.endswith(".") for p in known.values())
    with pytest.raises(TypeError):
        known["x"] = known["kin"]  # type: ignore[index]


def test_the_packs_are_rich() -> None:
    words = lexicon()
    assert len(words.roles) > 1500
    assert {"senior lieutenant", "flight lieutenant", "commissar", "private"} <= words.ranks
    assert {"mr.", "dr", "king", "imam"} <= words.titles
    assert {"chess player", "ballerina", "border guard", "double agent", "cook"} <= words.roles
    assert words.flight["sought asylum"] == "seek"
    assert words.flight["swam"] == "flee"
    assert words.flight["was repatriated"] == "return"
    assert words.flight["was granted"] == "admit"
    assert words.flight["drowned"] == "fail"
    assert {words.facilities[x] for x in ("labour camp", "labor camps", "gulag", "kyohwaso")} == {"detention"}
    assert words.facilities["embassies"] == "diplomatic"
    assert words.currencies["₩"] == "KRW"
    assert words.currencies["deutsche marks"] == "DEM"
    assert words.currencies["roubles"] == "RUB"
    assert {"hot-air balloons", "inner tube", "crop duster", "armoured vehicles"} <= words.vehicles
    assert words.kin["wives"].relation == "wife"
    assert words.kin["elder brother"].relation == "older brother"
    assert words.kin["mothers-in-law"].gender == "female"
    assert words.plurals["chess players"] == "chess player"
    assert words.singular("fishermen") == "fisherman"
    assert words.is_role("defecting") is False
    assert words.is_role("pilots")


def all_words(words: Lexicon) -> set[str]:
    found: set[str] = set(words.kin) | set(words.plurals)
    for name in (*SETS, *CLASSES):
        found |= set(getattr(words, name))
    return found


def test_words_are_lower_case_and_evenly_spaced() -> None:
    for word in all_words(lexicon()):
        assert word == word.lower() == " ".join(word.split())
        assert word


def test_every_noun_survives_plural_and_singular() -> None:
    words = lexicon()
    nouns = {*words.roles, *words.ranks, *words.companions, *words.person_nouns, *words.plurals.values()}
    foreign = re.compile(
        r"(?:[iu]|che)(?: |$)"
    )  # "taewi", "rinpoche": what English endings say nothing about
    plural_only = {x for x in nouns if plural_of(x) == x}
    lost = {x for x in nouns - plural_only if singular_of(plural_of(x)) != x and not foreign.search(x)}
    assert lost <= {"checkpoint charlie"}
    assert {x for x in nouns - plural_only if words.singular(plural_of(x)) != x} == set()


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("ambassador-designate", "ambassador-designates"),
        ("attorney general", "attorneys general"),
        ("major general", "major generals"),
        ("chargé d'affaires", "chargés d'affaires"),
        ("member of parliament", "members of parliament"),
        ("aide-de-camp", "aides-de-camp"),
        ("comrade-in-arms", "comrades-in-arms"),
        ("stepchild", "stepchildren"),
        ("policewoman", "policewomen"),
        ("german", "germans"),
        ("embassy", "embassies"),
        ("patriarch", "patriarchs"),
        ("boss", "bosses"),
        ("coach", "coaches"),
        ("bus", "buses"),
        ("aircraft", "aircraft"),
        ("half-sister", "half-sisters"),
    ],
)
def test_plurals(singular: str, plural: str) -> None:
    assert plural_of(singular) == plural
    assert singular_of(plural) == singular


@given(st.text(max_size=80))
def test_inflection_never_fails(text: str) -> None:
    assert isinstance(plural_of(text), str)
    assert isinstance(singular_of(text), str)


def pack(folder: Path, text: str) -> tuple[Path, ...]:
    folder.mkdir(exist_ok=True)
    (folder / "words.toml").write_text(text, "utf-8")
    return (folder,)


def test_a_project_adds_words(tmp_path: Path) -> None:
    words = lexicon(
        pack(
            tmp_path / "mine",
            "roles = '''Salt Miner, tram\n conductor'''\n[facilities]\ndetention='''isolator'''\n"
            "[kin]\nrows='''blood cousin, clan cousin | cousin |'''\n[nationalities]\nRuritania='''Ruritanian'''\n",
        )
    )
    assert {"salt miner", "pilot"} <= words.roles
    assert words.facilities["isolators"] == words.facilities["prison"] == "detention"
    assert words.kin["clan cousins"].relation == "blood cousin"
    assert words.nationalities == {"ruritanian": "Ruritania"}
    assert "salt miner" not in lexicon().roles


def test_a_project_replaces_and_removes_words(tmp_path: Path) -> None:
    words = lexicon(
        pack(tmp_path / "mine", "replace = true\nranks = '''hetman'''\n[without]\nroles = '''pilot'''\n")
    )
    assert words.ranks == {"hetman"}
    assert "pilot" not in words.roles
    assert "sailor" in words.roles


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colours = '''red'''", "unknown section: found 'colours'"),
        ("roles = ['pilot']", "not a list of words"),
        ("[facilities]\nsecret = '''x'''", "unknown class: found 'secret'"),
        ("flight = '''x'''", "not a table"),
        ("[kin]\nrows = '''son | parent'''", "ill-formed row of kin"),
        ("[kin]\nrows = '''son | parent | boy'''", "ill-formed row of kin"),
        ("[kin]\nson = '''x'''", "kin has no rows"),
        ("roles = ", "not readable as TOML"),
        ("replace = 'yes'", "`replace` is true or false"),
        ("[without]\nnothing = '''x'''", "unknown section in `without`"),
    ],
)
def test_a_wrong_pack_is_told(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(VocabularyError, match=re.escape(said)) as raised:
        lexicon(pack(tmp_path / "mine", text))
    assert "mine" in str(raised.value)


def test_a_missing_pack_is_told(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="no such pack"):
        lexicon((tmp_path / "none",))


@given(
    st.dictionaries(
        st.sampled_from(sorted(SETS)),
        st.lists(st.text("abcdefgh", min_size=1, max_size=9), max_size=5),
        max_size=4,
    )
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, sections: dict[str, list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("pack")
    words = lexicon(pack(folder, "\n".join(f"{name} = '''{', '.join(x)}'''" for name, x in sections.items())))
    for name, listed in sections.items():
        assert set(listed) <= getattr(words, name)


def test_the_general_pack_knows_no_korean_word() -> None:
    general = " ".join(path.read_text("utf-8") for path in (SHIPPED / "general").glob("*.toml"))
    assert not re.search(r"kwalliso|songbun|inminban", general)


def test_importing_vocab_reads_no_pack() -> None:
    code = "import regesta.vocab, sys; sys.exit(sys.modules['regesta.vocab.lexicon'].lexicon.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], check=False, env=dict(os.environ))
    assert done.returncode == 0
