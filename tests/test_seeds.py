"""The two documents of the first register, held against their gold standard with the figures that the issue asks for.

Both stand beside the checkout (`../shared`); without them this file skips.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from regesta.export import export
from regesta.pipeline import build

SHARED = Path(__file__).parents[2] / "shared"
AT_LEAST = {
    "evidence_exact": 1.0,
    "people_recall": 0.97,
    "named_recall": 1.0,
    "name_boundaries_exact": 0.96,
    "arrival_entity_precision": 0.97,
    "arrival_accuracy": 0.96,
    "claims_number_recall": 0.95,
    "claims_text_recall": 0.85,
    "claims_context_recall": 0.9,
    "claims_subject_accuracy": 0.93,
    "claims_when_accuracy": 0.8,
    "claims_quantity_precision": 0.95,
    "claims_fact_precision": 0.9,
    "series_recall": 1.0,
    "series_precision": 0.95,
    "references_recall": 1.0,
    "references_titles": 0.9,
    "citations_linked": 1.0,
    "citations_precision": 0.95,
    "merge_recall": 1.0,
    "shared_text_recall": 0.95,
    "shared_text_precision": 0.7,
}
AT_MOST = {
    "people_extra_named": 15,
    "people_extra_unnamed": 40,
    "arrival_invented": 2,
    "figure_share": 0.2,
    "false_merges": 0,
    "findings_total": 160,
}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (SHARED / "evaluate").is_dir(), reason="needs ../shared beside the checkout"),
]


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the shared evaluation says of a build of the seeds."""
    folder = tmp_path_factory.mktemp("seeds")
    with build([SHARED / "seeds"], output=folder / "seeds.duckdb", cache=False) as chronicle:
        export(chronicle, "jsonl", folder / "export")
    command = [
        sys.executable,
        str(SHARED / "evaluate/evaluate.py"),
        str(folder / "export"),
        str(SHARED / "gold"),
        "--json",
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(said.stdout)
    return figures


@pytest.mark.parametrize("name", AT_LEAST)
def test_is_at_least(figures: dict[str, Any], name: str) -> None:
    assert figures[name] >= AT_LEAST[name]


@pytest.mark.parametrize("name", AT_MOST)
def test_is_at_most(figures: dict[str, Any], name: str) -> None:
    assert figures[name] <= AT_MOST[name]


def test_nothing_in_the_program_is_made_for_the_seeds_alone() -> None:
    """`overfit.py` lists every name or phrase of the gold documents in the program: there is none."""
    source = Path(__file__).parents[1] / "src"
    command = [sys.executable, str(SHARED / "evaluate/overfit.py"), str(source)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout


def test_two_builds_export_the_same_bytes(tmp_path: Path) -> None:
    """A build is a pure function: other output paths and another order of the inputs change no byte."""
    names = ["nwe.txt", "wp.txt"]
    exports = []
    for turn, order in enumerate((names, names[::-1])):
        paths = [SHARED / "seeds" / name for name in order]
        with build(paths, output=tmp_path / f"{turn}.duckdb", cache=False) as chronicle:
            exports.append(sorted(export(chronicle, "jsonl", tmp_path / str(turn))))
    for first, second in zip(*exports, strict=True):
        assert first.read_bytes() == second.read_bytes(), first.name
