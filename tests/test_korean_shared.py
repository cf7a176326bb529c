"""The labelled pairs of the shared folder: what the Korean model must reach on them."""

from __future__ import annotations

import csv
import importlib.util
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from regesta.names.korean import KoreanNames

SHARED = Path(__file__).parents[2] / "shared"
PAIRS = SHARED / "data" / "names" / "dev.tsv"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not PAIRS.is_file(), reason="the folder ../shared is not here"),
]


def test_the_pairs_of_people_in_public_data() -> None:
    spec = importlib.util.spec_from_file_location("evaluate_names", SHARED / "evaluate" / "names.py")
    assert spec is not None
    assert spec.loader is not None
    evaluate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(evaluate)
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    names = sorted({row[side] for row in rows for side in ("name_a", "name_b")})
    places = {name: place for place, name in enumerate(names)}
    table = KoreanNames(names)
    left = np.array([places[row["name_a"]] for row in rows])
    right = np.array([places[row["name_b"]] for row in rows])
    chances = table.compare(left, right).tolist()
    groups: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for row, chance in zip(rows, chances, strict=True):
        is_rule = row["kind"].startswith("gen-")
        kinds = ["rule"] if is_rule else ["observed", "hangul" if row["kind"].startswith("rh-") else "latin"]
        for kind in kinds:
            groups[kind][0].append(int(row["same"]))
            groups[kind][1].append(chance)
    found = {kind: evaluate.curve(*lists) for kind, lists in groups.items()}
    assert found["observed"][0] >= 0.992
    assert found["observed"][2] >= 0.994
    assert found["latin"][0] >= 0.985
    assert found["hangul"][0] >= 0.993
    assert found["rule"][0] >= 0.985


def test_pairs_that_are_one_share_a_key() -> None:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    names = sorted({row[side] for row in rows for side in ("name_a", "name_b")})
    places = {name: place for place, name in enumerate(names)}
    table = KoreanNames(names)
    own: dict[int, set[int]] = defaultdict(set)
    for place, key in zip(*(array.tolist() for array in table.keys()), strict=True):  # noqa: SIM118 - no dictionary
        own[place].add(key)
    pairs = [(places[row["name_a"]], places[row["name_b"]]) for row in rows]
    chances = table.compare(*(np.array(side) for side in zip(*pairs, strict=True)))
    likely = [bool(own[a] & own[b]) for (a, b), chance in zip(pairs, chances, strict=True) if chance >= 0.3]
    assert sum(likely) >= 0.995 * len(likely)
