"""`decide withhold` and `release`: anyone withholds at once, a release has a ground and an end, and two people where it is risky."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from regesta.chronicle import open as open_chronicle
from regesta.cli import main
from regesta.decisions import append, make
from regesta.decisions.moments import a_year_after

SHIPS = "Passengers\n\n• 1921\n  • Liv Dahl (age 30), nurse, arrived in Bergen on 4 May 1921.\n  • Karl Moe, baker, arrived in Bergen in 1922.\n"


SOURCES = {"ships.txt": SHIPS}


def decide(*args: str, by: str = "Nora") -> int:
    return main(["decide", *args, "--by", by, *([] if args[0] == "undo" else ["--why", "so"])])


def lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path("decisions.jsonl").read_text("utf-8").splitlines()]


def statuses(capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert main(["build"]) == 0
    capsys.readouterr()
    assert main(["decide", "list", "--json"]) == 0
    return [one["status"] for one in json.loads(capsys.readouterr().out)["decisions"]]


@pytest.mark.usefixtures("project")
def test_anything_can_be_withheld_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    with open_chronicle("chronicle.duckdb") as chronicle:
        (claim,) = chronicle.sql("select id from claims where predicate = 'arrival' limit 1").rows[0]
    for target in ("Liv Dahl", claim, "ships.txt"):
        assert decide("withhold", target) == 0
    assert [line["targets"][0][:3] for line in lines()] == ["fm-", "fc-", "fs-"]
    assert [line["expires"] for line in lines()] == [None] * 3
    assert statuses(capsys) == ["applied"] * 3
    assert main(["decide", "list"]) == 0
    assert "the source ships.txt is to be withheld" in capsys.readouterr().out
    Path("sources/ships.txt").rename("sources/boats.txt")
    assert statuses(capsys) == ["applied", "applied", "orphaned"]


@pytest.mark.usefixtures("project")
def test_a_release_has_a_ground_and_an_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert decide("release", "Liv Dahl") == 2
    assert "on what ground" in capsys.readouterr().err
    assert decide("withhold", "Liv Dahl", "--ground", "consent") == 2
    assert decide("release", "Liv Dahl", "--ground", "hearsay") == 2
    assert decide("release", "Liv Dahl", "--value", "ground=hearsay") == 2
    assert not Path("decisions.jsonl").exists()
    assert decide("release", "Liv Dahl", "--ground", "own-disclosure", "--value", "scope=aliases") == 0
    (line,) = lines()
    assert line["value"] == "ground=own disclosure; scope=aliases"
    end = date.fromisoformat(line["expires"])
    assert end == a_year_after(datetime.fromisoformat(line["at"]).date())
    assert statuses(capsys) == ["applied"]


@pytest.mark.usefixtures("project")
def test_a_release_that_is_over_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert decide("withhold", "Liv Dahl") == 0
    assert decide("release", "Liv Dahl", "--ground", "record", "--expires", "2020-01-01") == 0
    assert statuses(capsys) == ["applied", "expired"]


@pytest.mark.usefixtures("project")
def test_who_is_at_risk_is_released_by_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert decide("withhold", "Liv Dahl", "--value", "class=at_risk") == 0
    assert decide("release", "Liv Dahl", "--ground", "consent") == 0
    assert decide("release", "Karl Moe", "--ground", "consent") == 0
    assert statuses(capsys) == ["applied", "waits", "applied"]
    assert main(["decide", "list"]) == 0
    assert "so far Nora alone did" in capsys.readouterr().out
    assert main(["status"]) == 0
    assert "1 wait for a second person" in capsys.readouterr().out
    assert decide("release", "Liv Dahl", "--ground", "consent") == 0  # the same person says it again
    assert statuses(capsys) == ["applied", "waits", "applied", "waits"]
    assert decide("release", "Liv Dahl", "--ground", "consent", by="Ole") == 0
    assert statuses(capsys) == ["applied", "applied", "applied", "already-true", "applied"]
    assert decide("undo", lines()[-1]["id"]) == 0
    assert statuses(capsys)[1] == "waits"


@pytest.mark.usefixtures("project")
def test_who_is_held_is_at_risk_without_anybody_saying_so(capsys: pytest.CaptureFixture[str]) -> None:
    Path("sources/held.txt").write_text(
        "Notes\n\nOle Vik was arrested in 1953 and has been in prison since.\n"
    )
    assert main(["build"]) == 0
    assert decide("release", "Ole Vik", "--ground", "consent") == 0
    assert statuses(capsys) == ["waits"]
    assert decide("release", "Ole Vik", "--ground", "record", by="Ole") == 0
    assert statuses(capsys) == ["applied", "applied"]


@pytest.mark.usefixtures("project")
def test_nothing_of_a_withheld_source_is_in_an_edition() -> None:
    Path("sources/letter.txt").write_text("A letter\n\nKarl Moe was minister of fisheries in 1930.\n")
    assert main(["build"]) == 0
    assert main(["edition", "-o", "before.duckdb"]) == 0
    assert decide("withhold", "ships.txt") == 0
    assert main(["edition", "-o", "after.duckdb"]) == 0
    texts = []
    for name in ("before.duckdb", "after.duckdb"):
        with open_chronicle(name) as chronicle:
            texts.append(" ".join(text for (text,) in chronicle.sql("select text from texts order by all")))
    assert "Bergen in 1922" in texts[0]
    assert "Bergen" not in texts[1]


@pytest.mark.usefixtures("project")
def test_a_release_without_a_ground_in_the_log_does_not_count(capsys: pytest.CaptureFixture[str]) -> None:
    line = make(
        "release", ["fm-0123456789abcdef"], by="x", why="y", at=datetime.now(UTC), value="ground=deceased"
    )
    append("decisions.jsonl", line)
    path = Path("decisions.jsonl")
    path.write_text(path.read_text("utf-8").replace('"ground=deceased"', "null"), "utf-8")
    assert main(["decide", "list"]) == 1
    assert "needs its ground" in capsys.readouterr().err
