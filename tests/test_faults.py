"""The corpus of planted and absent faults is what it says, and criticism reaches its floors on it."""

from __future__ import annotations

import collections
import sys
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import regesta
from faults.planted import HERE, Truth, TruthError, documents_of, load, registers
from faults.score import figures, judge
from regesta.model.finding import FindingKind, Severity

ALL = [*registers(), *registers("fresh"), *registers("later"), *registers("night"), *registers("sealed")]
FLOORS: dict[str, Any] = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))


def truth_of(folder: Path) -> Truth:
    return load(folder, {path.name: regesta.read(path).text for path in documents_of(folder)})


def test_there_are_enough_documents() -> None:
    assert len(registers("sealed")) >= 3
    assert sum(len(documents_of(folder)) for folder in ALL) >= 36


@pytest.mark.parametrize("folder", ALL, ids=lambda folder: folder.name)
def test_every_passage_of_the_truth_stands_in_its_document(folder: Path) -> None:
    truth = truth_of(folder)
    for row in (*truth.faults, *truth.traps, *truth.holds, *truth.also_true):
        assert row.places, row.says
        assert set(row.kinds) <= set(get_args(FindingKind)), row.says
        assert set(row.severities) <= set(get_args(Severity)), row.says
    assert all(row.severities for row in truth.faults)


def test_every_kind_is_planted_twice_and_absent_twice() -> None:
    truths = [truth_of(folder) for folder in ALL]
    planted = collections.Counter(row.kinds[0] for truth in truths for row in truth.faults)
    absent = collections.Counter(kind for truth in truths for row in truth.traps for kind in row.kinds)
    for kind in get_args(FindingKind):
        assert planted[kind] >= 2, kind
        assert absent[kind] >= 2, kind


def test_a_passage_that_is_not_there_fails_loudly(tmp_path: Path) -> None:
    (tmp_path / "truth.toml").write_text(
        '[[trap]]\nkinds = ["uncited"]\nwhy = "x"\nat = [["a.txt", "no"]]', "utf-8"
    )
    with pytest.raises(TruthError, match="stands there 0 times"):
        load(tmp_path, {"a.txt": "yes"})


@pytest.mark.parametrize("part", ["open", "fresh", "later", "night", "sealed"])
def test_the_floors_are_reached(part: str) -> None:
    got = figures([judge(folder) for folder in registers(part)])
    shares = {**got, **got["by_kind"]}
    low = {}
    for name, floor in FLOORS[part].items():
        hits, asked = shares.get(name, (0, 0))
        if asked and hits / asked < floor:
            low[name] = (hits, asked, floor)
    assert not low, "(hits, asked, floor) by measure"
    assert got["wrongly_ok"][0] <= FLOORS[part].get("wrongly_ok_at_most", 0)
