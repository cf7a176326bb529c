"""The weights of identity: those that ship, those of a project instead of them, and how they are counted."""

from __future__ import annotations

import importlib.util
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

import regesta
from regesta.decisions import append, make
from regesta.errors import ProjectError
from regesta.resolution.weights import weights, weights_of

ROOT = Path(__file__).parents[1]


def told(folder: Path, text: str) -> Path:
    path = folder / "weights.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_file_of_weights_needs_only_what_differs(tmp_path: Path) -> None:
    own = weights_of(told(tmp_path, "[prior]\nthreshold = 2\n[birth]\nyear = 4.5\n"))
    assert own.prior.threshold == 2.0
    features = {feature.name: feature for feature in own.features}
    assert features["birth"].levels["year"] == 4.5
    assert features["birth"].levels["day"] == {f.name: f for f in weights().features}["birth"].levels["day"]
    assert [f for f in own.features if f.name != "birth"] == [
        f for f in weights().features if f.name != "birth"
    ]


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert weights_of(told(tmp_path, "")) == weights()


def test_a_project_may_have_a_feature_of_its_own(tmp_path: Path) -> None:
    text = '[prize]\nfrom = ["award"]\ncompare = "words"\nmost = 3\ndiffer = -0.5\n'
    own = weights_of(told(tmp_path, text))
    assert [feature.name for feature in own.of_predicate["award"]] == ["prize"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[birth]\nyears = 1\n", "unknown key"),
        ("[brith]\nyear = 1\n", "no such feature"),
        ("[prior]\nfrom = 1\n", "unknown key"),
        ("[birth]\nyear = 'much'\n", "year is not what it should be"),
        ("[birth]\nyear = nan\n", "year is not what it should be"),
        ("[birth]\nyear = true\n", "year is not what it should be"),
        ("[birth]\ncompare = ['date']\n", "compare is not what it should be"),
        ("[birth]\ncompare = 'number'\n", "equal missing"),
        ("[birth]\nfrom = 'birth'\n", "from is not what it should be"),
        ("[death]\nforbids = 'no'\n", "forbids is not what it should be"),
        ("[prize]\nfrom = ['award']\ncompare = 'words'\nmost = 3\n", "differ missing"),
        ("birth = 3\n", "outside of any section"),
        ("[birth", "is not TOML"),
    ],
)
def test_what_no_weights_are_is_told(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(ProjectError, match=problem):
        weights_of(told(tmp_path, text))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="cannot be read"):
        weights_of(tmp_path / "weights.toml")


@pytest.fixture(scope="module")
def training() -> ModuleType:
    """The script that counts weights."""
    where = ROOT / "scripts" / "train_weights.py"
    spec = importlib.util.spec_from_file_location("train_weights", where)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two passenger lists of the same forty people, whose years of birth always agree and whose trades never do."""
    folder = tmp_path_factory.mktemp("lists")
    (folder / "sources").mkdir()
    names = [f"{first} {last}" for first in ("Ada", "Bruno", "Clara", "Dario", "Elena") for last in LAST]
    truth = []
    for number, trades in enumerate((("baker", "clerk"), ("miner", "sailor"))):
        rows = [f"{name},{1850 + n % 40},{trades[n % 2]}" for n, name in enumerate(names)]
        path = folder / "sources" / f"list-{number}.csv"
        path.write_text("Name,Born,Occupation\n" + "\n".join(rows) + "\n", "utf-8")
        truth += [f"list-{number}.csv\t{n}\tp{n}\n" for n in range(1, len(names) + 1)]
    (folder / "truth.tsv").write_text("".join(truth), "utf-8")
    regesta.build([folder / "sources"], output=folder / "built.duckdb", cache=False).close()
    return folder


LAST = ("Aldini", "Borghi", "Cattaneo", "Donati", "Esposito", "Fontana", "Galli", "Moretti")


def test_weights_are_counted_from_a_table_of_truth(
    lists: Path, tmp_path: Path, training: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = tmp_path / "weights.toml"
    order = ["train", str(lists / "built.duckdb"), str(lists / "truth.tsv"), "--write", str(written)]
    monkeypatch.setattr(sys, "argv", order)
    training.main()
    shipped = {feature.name: feature.levels for feature in weights().features}
    counted = {feature.name: feature.levels for feature in weights_of(written).features}
    assert counted["birth"]["apart"] < -4, "years of birth always agree"
    assert counted["role"]["differ"] > shipped["role"]["differ"] + 1, "that trades differ says little here"
    assert counted["role"]["most"] == shipped["role"]["most"]
    assert counted["arrival"] == shipped["arrival"], "nobody's arrival is told"


def test_what_was_judged_the_same_is_one_person(lists: Path, tmp_path: Path, training: ModuleType) -> None:
    with regesta.open(lists / "built.duckdb") as chronicle:
        rows = list(
            chronicle.sql(
                "select label, fingerprint from referents where kind = 'person' order by label, source"
            )
        )
        asked = [
            [f for label, f in rows if label == name] for name in ("Ada Borghi", "Ada Galli", "Dario Donati")
        ]
        log = tmp_path / "decisions.jsonl"
        ada, other, dario = asked
        for kind, targets in (("same", ada), ("same", (ada[0], other[0])), ("different", dario)):
            append(log, make(kind=kind, targets=targets, by="Ines", why="the parish register says so", at=AT))
        corpus = training.corpus_of(chronicle, weights().features)
        person = training.judged(chronicle, corpus, log)
    assert len(person) == 3
    assert len(set(person.values())) == 1
    left, right = training.pairs_of_one(person)
    assert len(left) == len(right) == 3


AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
