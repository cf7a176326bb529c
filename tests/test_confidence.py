"""How right rules are: measured figures are shares of enough claims, claims carry them, and nothing else does."""

from __future__ import annotations

import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from regesta.extraction import extract
from regesta.extraction.confidence import confidence_of
from regesta.reading import read

CORPUS = Path(__file__).parent / "corpus"
RULES = tomllib.loads(files("regesta.extraction").joinpath("confidence.toml").read_text("utf-8"))["rules"]


@pytest.fixture
def precision(monkeypatch: pytest.MonkeyPatch) -> object:
    """The script that measures."""
    monkeypatch.syspath_prepend(str(CORPUS))
    sys.modules.pop("precision", None)
    import precision

    return precision


def test_figures_are_shares_of_enough() -> None:
    assert RULES
    for name, count in RULES.items():
        assert count["judged"] >= 20, name
        assert 0 <= count["right"] <= count["judged"], name
        assert confidence_of(name) == round(count["right"] / count["judged"], 2)


def test_claims_carry_the_figure_of_their_rule(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Ada Brook, aged 31, reached Orland on 4 May 1961. A treaty was signed on 2 June 1961.\n", "utf-8"
    )
    claims = extract(read(path)).claims
    assert claims
    assert {claim.confidence for claim in claims if claim.method == "ages"} == {confidence_of("ages")}
    for claim in claims:
        assert claim.confidence == confidence_of(claim.method)


def test_only_what_the_truth_speaks_of_is_judged(precision: object, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(
        "Jan Kos (aged 31) reached Linz on 3 May 1951.\n\nEva Dol (aged 40) reached Linz on 4 June 1952.\n",
        "utf-8",
    )
    truth = tmp_path / "x.truth.toml"
    truth.write_text(
        'document = "x.txt"\n'
        'people = [{ quote = "Jan Kos", arrival = "1951-05-03" }, { quote = "Eva Dol", arrival = "1953" }]\n'
        'claims = [{ what = "age", value = 31, of = "Jan Kos", quote = "aged 31" }]\n',
        "utf-8",
    )
    judged = precision.judge(truth)  # type: ignore[attr-defined]
    assert judged["arrivals"] == [1, 2]  # the truth has another year for Eva Dol
    assert judged["ages"] == [1, 1]  # of her age it says nothing
    assert precision.measured([judged]) == {}  # type: ignore[attr-defined]  # too few
    assert precision.measured([judged] * 10) == {"arrivals": (10, 20)}  # type: ignore[attr-defined]
