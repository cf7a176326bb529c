"""What an edition says to the house of whom it leaves out: numbers and grounds, never a name; and which decision holds."""

from __future__ import annotations

import json

import pytest

from regesta.cli import main

TEXT = """Passengers

• 1921
  • Liv Dahl, nurse, arrived in Bergen on 4 May 1921.
  • Karl Moe, baker, arrived in Bergen in 1922.
"""


SOURCES = {"ships.txt": TEXT}


def decide(*args: str) -> int:
    return main(["decide", *args, "--why", "so", "--by", "Nora"])


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("check", [[], ["--check"]])
def test_who_is_left_out_is_told_by_number_and_ground(
    check: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert decide("withhold", "Karl Moe") == 0
    capsys.readouterr()
    assert main(["edition", "-o", "e.duckdb", *check]) == 0
    said = capsys.readouterr()
    assert "people and groups: 1 by name; 1 are not in it\n  1 withheld or erased by a decision" in said.out
    assert "Moe" not in said.out + said.err
    assert main(["edition", "-o", "e.duckdb", "--json", *check]) == 0
    people = json.loads(capsys.readouterr().out)["people"]
    assert people == {"shown": {"name": 1}, "dropped": {"decision.withhold": 1}}


@pytest.mark.usefixtures("project")
def test_which_of_two_decisions_holds_is_told_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert decide("release", "Karl Moe", "--ground", "consent") == 0
    assert decide("withhold", "Liv Dahl") == 0
    assert decide("release", "Liv Dahl", "--ground", "consent") == 0
    capsys.readouterr()
    assert main(["edition", "-o", "e.duckdb"]) == 0
    said = capsys.readouterr()
    (line,) = [line for line in said.err.splitlines() if "the withhold holds" in line]
    undo = line.rpartition(" ")[2]
    assert "anybody may withhold at once" in line
    assert "1 withheld or erased by a decision" in said.out
    assert main(["decide", "undo", undo, "--by", "Nora"]) == 0
    capsys.readouterr()
    assert main(["edition", "-o", "e.duckdb"]) == 0
    said = capsys.readouterr()
    assert "the withhold holds" not in said.err
    assert "people and groups: 2 by name; 0 are not in it" in said.out


@pytest.mark.usefixtures("project")
def test_what_is_erased_or_a_source_that_is_there_is_no_news(capsys: pytest.CaptureFixture[str]) -> None:
    assert decide("withhold", "ships.txt") == 0
    assert decide("erase", "Karl Moe") == 1  # the sources still hold it
    assert main(["build"]) == 0
    capsys.readouterr()
    assert main(["edition", "-o", "e.duckdb"]) == 0
    assert "is in this chronicle" not in capsys.readouterr().err
