"""The corpus is what it says: its truth is well formed, its quotes stand in its documents, the program reaches its figures."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "corpus"))
import score
import truth

from regesta.vocab import predicates

ALL = [*score.truth_files(), *score.truth_files(heldout=True)]


def text_of(path: Path) -> str:
    """Return the text as the program reads it, or skip while it cannot."""
    try:
        from regesta.reading import read

        return read(path).text
    except ImportError:
        if path.suffix in (".txt", ".md", ".csv", ".tsv"):
            return path.read_bytes().decode("utf-8")
        pytest.skip(f"no reader for {path.suffix} yet")


def test_there_are_enough_documents() -> None:
    assert len(score.truth_files()) >= 20
    assert len(score.truth_files(heldout=True)) >= 5


@pytest.mark.parametrize("folder", [score.HERE, score.HERE / "heldout"], ids=["open", "heldout"])
def test_every_document_has_its_truth_and_every_truth_its_document(folder: Path) -> None:
    own = {"score.py", "matching.py", "precision.py", "truth.py", "thresholds.toml", "README.md"}
    documents = {p.name for p in folder.iterdir() if p.is_file() and not p.name.endswith(".truth.toml")} - own
    assert documents == {truth.load(p)["document"] for p in folder.glob("*.truth.toml")}


@pytest.mark.parametrize("path", ALL, ids=lambda p: p.name.removesuffix(".truth.toml"))
def test_every_quote_of_the_truth_stands_in_the_document(path: Path) -> None:
    rows = truth.load(path)
    resolved = truth.resolve(rows, text_of(path.parent / rows["document"]))
    assert resolved.people or resolved.points or resolved.facts


@pytest.mark.parametrize("path", ALL, ids=lambda p: p.name.removesuffix(".truth.toml"))
def test_every_predicate_of_the_truth_is_one_of_the_vocabulary(path: Path) -> None:
    assert {row["what"] for row in truth.load(path).get("claims", [])} <= set(predicates())


def test_a_quote_that_is_not_there_fails_loudly() -> None:
    with pytest.raises(truth.TruthError, match="Nobody"):
        truth.resolve({"document": "x.txt", "people": [{"quote": "Nobody"}]}, "Somebody fled.")


def test_the_figures_are_reached() -> None:
    pytest.importorskip("regesta.reading")
    if not hasattr(pytest.importorskip("regesta.extraction"), "extract"):
        pytest.skip("there is no extraction yet")
    limits = tomllib.loads((score.HERE / "thresholds.toml").read_text("utf-8"))
    got = score.figures([score.score_document(path)[0] for path in score.truth_files()])
    low = {k: (got[k], v) for k, v in limits["at_least"].items() if (got[k] or 0) < v}
    high = {k: (got[k], v) for k, v in limits["at_most"].items() if (got[k] or 0) > v}
    assert not low | high, "(got, wanted) by measure"
