"""Decisions on findings and claims, through whole builds: they outlive rebuilds and edits elsewhere, and no change of a passage."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from regesta.chronicle import open as open_chronicle
from regesta.cli import main
from regesta.decisions import Asked, Seen, asks_again, kept
from regesta.model import Decision

CREW = (
    "Those of the Alma\n\n• Rui Costa – a Portuguese pilot, landed in Norway on 3 May 1961.\n"
    "• Ines Prado – a Spanish cook (age 24), arrived in Norway on 7 April 1970.\n"
)
PRESS = (
    "From the press\n\n• Rui Costa – a Portuguese pilot, landed in Norway in June 1964.\n"
    "• Ines Prado – a Spanish cook, arrived in Norway in May 1973.\n"
)


SOURCES = {"crew.txt": CREW, "press.txt": PRESS}


def build(capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["build"]) == 0
    return capsys.readouterr().out


def rows(query: str) -> list[Any]:
    with open_chronicle("chronicle.duckdb") as chronicle:
        return list(chronicle.sql(query).rows)


def decide(*args: str, by: str = "Nora") -> str:
    """Decide and return the id of the decision."""
    assert main(["decide", *args, "--by", by, "--why", "so it is"]) == 0
    return str(json.loads(Path("decisions.jsonl").read_text().splitlines()[-1])["id"])


def conflict(name: str) -> str:
    """Return the id of the finding about somebody's dates."""
    ((id_,),) = rows(f"select id from findings where kind = 'date-conflict' and summary like '{name}%'")
    return str(id_)


def status(name: str) -> str:
    ((found,),) = rows(f"select status from findings where id = '{conflict(name)}'")
    return str(found)


def outcomes() -> dict[str, tuple[str, str]]:
    return {id_: (told, note) for id_, told, note in rows("select id, status, note from decisions")}


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("kind", "wanted"),
    [("not-a-conflict", "explained"), ("explained", "explained"), ("exception", "exception"), ("resolved", "resolved")],
)  # fmt: skip
def test_a_finding_is_settled_in_every_build(
    kind: str, wanted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status("Rui Costa") == "open"
    decision = decide(kind, conflict("Rui Costa"))
    assert build(capsys).splitlines()[-1].startswith("findings: 0 opened, 1 closed; ")
    assert status("Rui Costa") == wanted
    assert status("Ines Prado") == "open"
    assert outcomes()[decision] == ("applied", "")
    build(capsys)
    assert status("Rui Costa") == wanted


@pytest.mark.usefixtures("project")
def test_an_edit_elsewhere_keeps_it_and_an_edit_of_the_passage_reopens_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    decision = decide("explained", conflict("Rui Costa"))
    Path("sources/crew.txt").write_text("Found in a drawer.\n\n" + CREW.replace("Those", "They"))
    Path("sources/press.txt").rename("sources/papers.txt")
    build(capsys)
    assert status("Rui Costa") == "explained"
    assert outcomes()[decision][0] == "applied"
    Path("sources/papers.txt").write_text(PRESS.replace("1964", "1965"))
    assert " opened, " in build(capsys).splitlines()[-1]
    assert status("Rui Costa") == "open"
    told, note = outcomes()[decision]
    assert told == "precondition-changed"
    assert conflict("Rui Costa") in note
    assert main(["check"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "settled before: explained by Nora on 20" in out
    Path("sources/papers.txt").write_text(PRESS)
    build(capsys)
    assert (status("Rui Costa"), outcomes()[decision][0]) == ("explained", "applied")


@pytest.mark.usefixtures("project")
def test_what_was_resolved_and_is_gone_is_as_it_should_be(capsys: pytest.CaptureFixture[str]) -> None:
    resolved = decide("resolved", conflict("Rui Costa"))
    explained = decide("explained", conflict("Ines Prado"))
    Path("sources/press.txt").write_text("From the press\n\nNothing is known.\n")
    assert main(["build"]) == 0
    assert "1 decision did not apply" in capsys.readouterr().err
    assert outcomes()[resolved] == ("already-true", "nothing like it is found any more")
    assert outcomes()[explained][0] == "orphaned"


@pytest.mark.usefixtures("project")
def test_undo_reopens(capsys: pytest.CaptureFixture[str]) -> None:
    decision = decide("exception", conflict("Rui Costa"))
    build(capsys)
    decide("undo", decision)
    assert build(capsys).splitlines()[-1].startswith("findings: 0 opened, 1 reopened, 0 closed; ")
    assert (status("Rui Costa"), outcomes()[decision][0]) == ("open", "undone")


@pytest.mark.usefixtures("project")
def test_two_who_settle_one_finding_differently_are_a_contest(capsys: pytest.CaptureFixture[str]) -> None:
    first = decide("explained", conflict("Rui Costa"), by="Nora")
    second = decide("exception", conflict("Rui Costa"), by="Tiago")
    build(capsys)
    assert status("Rui Costa") == "exception"
    assert outcomes()[first] == ("blocked", f"{second} stands instead; undo it first if it should not")
    assert main(["check", "--status", "exception"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "exception by Tiago on 20" in out
    assert "contested: explained by Nora on 20" in out
    assert main(["check", "--format", "json"]) == 0
    (found,) = [
        f for f in json.loads(capsys.readouterr().out)["findings"] if f["id"] == conflict("Rui Costa")
    ]
    assert found["is_contested"]
    assert [(one["by"], one["kind"], one["status"]) for one in found["decisions"]] == [
        ("Nora", "explained", "blocked"),
        ("Tiago", "exception", "applied"),
    ]


def claim(predicate: str, source: str, name: str) -> tuple[str, str, str]:
    query = "select id, value_edtf, rank from claims where predicate = ? and source = ? and subject_label = ? and method not like 'decision:%'"
    with open_chronicle("chronicle.duckdb") as chronicle:
        ((id_, edtf, rank),) = chronicle.sql(query, [predicate, source, name]).rows
    return id_, edtf, rank


def made() -> list[Any]:
    return rows(
        "select c.subject_label, c.predicate, coalesce(c.value_edtf, c.value_text), c.method, c.rank, e.source, e.quote, "
        "substring(t.text, e.start_char + 1, e.end_char - e.start_char) from claims c join claim_evidence e on e.claim = c.id "
        "join texts t on t.source = e.source where c.method like 'decision:%' order by all"
    )


@pytest.mark.usefixtures("project")
def test_a_value_is_corrected_and_the_old_claim_stays(capsys: pytest.CaptureFixture[str]) -> None:
    id_, edtf, _ = claim("arrival", "press.txt", "Rui Costa")
    assert edtf == "1964-06"
    decision = decide("correct", id_, "--value", "1961-05")
    for _ in range(2):
        assert "1 closed" in build(capsys) or _  # the dates agree now
        assert claim("arrival", "press.txt", "Rui Costa") == (id_, "1964-06", "deprecated")
        (found,) = made()
        assert found[:5] == ("Rui Costa", "arrival", "1961-05", f"decision:{decision}", "normal")
        assert found[6] == found[7]
        assert not rows("select 1 from findings where kind = 'date-conflict' and summary like 'Rui%'")
    assert main(["show", id_]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "[deprecated]" in out
    assert "corrected by Nora on 20" in out
    Path("sources/press.txt").write_text("A note.\n\n" + PRESS)
    build(capsys)
    assert outcomes()[decision][0] == "applied"
    Path("sources/press.txt").write_text(PRESS.replace("1964", "1965"))
    build(capsys)
    assert outcomes()[decision][0] == "orphaned"
    assert made() == []


@pytest.mark.usefixtures("project")
def test_a_subject_and_a_passage_are_corrected(capsys: pytest.CaptureFixture[str]) -> None:
    id_, *_ = claim("arrival", "press.txt", "Rui Costa")
    quote = "landed in Norway\n   in June 1964"
    decision = decide("correct", id_, "--subject", "Ines Prado", "--quote", quote)
    build(capsys)
    (found,) = made()
    assert (found[0], found[5], found[6]) == ("Ines Prado", "press.txt", "landed in Norway in June 1964")
    assert found[6] == found[7]
    assert outcomes()[decision] == ("applied", "")
    assert main(["decide", "correct", *rows("select id from claims where method like 'decision:%'")[0], "--value", "1", "--why", "x"]) == 2  # fmt: skip
    assert "this claim was made by a decision" in capsys.readouterr().err


@pytest.mark.usefixtures("project")
def test_another_claim_on_the_same_stops_a_correction(capsys: pytest.CaptureFixture[str]) -> None:
    decision = decide("correct", claim("arrival", "press.txt", "Rui Costa")[0], "--value", "1961")
    build(capsys)
    assert outcomes()[decision][0] == "applied"
    Path("sources/diary.txt").write_text(
        "A diary\n\n• Rui Costa – a Portuguese pilot, landed in Norway in 1966.\n"
    )
    build(capsys)
    assert outcomes()[decision][0] == "precondition-changed"
    assert made() == []
    assert claim("arrival", "press.txt", "Rui Costa")[2] == "normal"


@pytest.mark.usefixtures("project")
def test_a_claim_is_added_on_words_of_a_source(capsys: pytest.CaptureFixture[str]) -> None:
    decision = decide(
        "add",
        "Ines Prado",
        "--predicate",
        "role",
        "--value",
        "ship's cook",
        "--quote",
        "Spanish cook",
        "--source",
        "crew.txt",
    )
    build(capsys)
    (found,) = made()
    assert found[:3] == ("Ines Prado", "role", "ship's cook")
    assert found[5:] == ("crew.txt", "Spanish cook", "Spanish cook")
    Path("sources/crew.txt").write_text(
        "No Spanish cook alone.\n\n" + CREW
    )  # the words twice, told apart by those around
    build(capsys)
    ((start,),) = rows("select start_char from claim_evidence e join claims c on c.id = e.claim where method like 'decision:%'")  # fmt: skip
    assert start == 24 + CREW.index("Spanish cook")
    Path("sources/crew.txt").rename("sources/list.txt")
    build(capsys)
    assert made()[0][5] == "list.txt"
    Path("sources/list.txt").write_text(CREW.replace("a Spanish cook (age", "a  cook from Spain (age"))
    build(capsys)
    assert (outcomes()[decision][0], made()) == ("orphaned", [])


@pytest.mark.usefixtures("project")
def test_a_claim_that_was_made_can_be_judged(capsys: pytest.CaptureFixture[str]) -> None:
    decide("add", "Ines Prado", "--value", "birth: 1887", "--quote", "(age 24)")
    build(capsys)
    ((id_,),) = rows("select id from claims where method like 'decision:%'")
    reject = decide("prefer", id_)
    build(capsys)
    assert outcomes()[reject][0] == "applied"
    assert made()[0][4] == "preferred"


@pytest.mark.usefixtures("project")
def test_lines_of_other_hands_that_say_nothing_clear_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    ((fingerprint,),) = rows(
        "select fingerprint from claims where predicate = 'arrival' and source = 'press.txt' and subject_label = 'Rui Costa'"
    )
    ((person,),) = rows(
        "select fingerprint from referents where label = 'Ines Prado' and source = 'crew.txt'"
    )
    lines = [
        ("correct", fingerprint, "in the spring", "is no date: found 'in the spring'"),
        ("correct", fingerprint, '{"value": "1880", "colour": "red"}', "says what nobody knows"),
        ("correct", fingerprint, "1964-06", "nothing that is other than before"),
        ("add", person, "birth: 1887", "it has no predicate"),
        ("add", person, '{"predicate": "birth", "value": "1887", "quote": "born there", "source": "crew.txt"}', "nowhere"),
    ]  # fmt: skip
    for number, (kind, target, value, told) in enumerate(lines):
        row = {"at": f"2026-03-01T09:30:0{number}Z", "by": "Rita", "kind": kind, "targets": [target], "value": value, "why": "so"}  # fmt: skip
        Path("decisions.jsonl").write_text(json.dumps(row) + "\n")
        build(capsys)
        ((state, note),) = outcomes().values()
        assert state in ("unsupported", "orphaned")
        assert told in note
        assert (made(), claim("arrival", "press.txt", "Rui Costa")[2]) == ([], "normal")


@pytest.mark.usefixtures("project")
def test_rejected_claims_are_not_criticised(capsys: pytest.CaptureFixture[str]) -> None:
    decide("reject", claim("arrival", "press.txt", "Rui Costa")[0])
    build(capsys)
    assert not rows("select 1 from findings where kind = 'date-conflict' and summary like 'Rui%'")
    assert claim("arrival", "press.txt", "Rui Costa")[2] == "deprecated"


def test_what_only_shared_a_passage_was_not_settled_before() -> None:
    seen = Seen(
        "ff-1", "date-conflict", "1961 against 1964.", frozenset({"fc-1", "fc-2"}), frozenset({"ff-2"})
    )
    decision = Decision(
        id="d-1",
        at="2026-03-01T09:30:00Z",
        by="Ana",
        kind="explained",
        targets=("ff-1",),
        why="so",
        value=kept([seen]),
    )
    beside = Asked(
        "f-2", "ff-2", "date-conflict", frozenset({"fc-1", "fc-9"})
    )  # it was there when ff-1 was settled
    heir = Asked("f-3", "ff-3", "date-conflict", frozenset({"fc-1", "fc-3"}))
    other = Asked("f-4", "ff-4", "value-conflict", frozenset({"fc-1", "fc-2"}))
    closed = Asked("f-5", "ff-5", "date-conflict", frozenset({"fc-2"}), is_open=False)
    itself = Asked("f-1", "ff-1", "date-conflict", frozenset({"fc-1", "fc-2"}), is_open=False)
    assert asks_again([decision], [beside, heir, other, closed]) == {"d-1": [heir]}
    assert asks_again([decision], [beside, heir, itself]) == {}
    assert asks_again([replace(decision, value="{")], [heir]) == {}


@pytest.mark.usefixtures("project")
def test_a_finding_is_shown_by_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    decide("explained", conflict("Rui Costa"))
    build(capsys)
    assert main(["show", conflict("Rui Costa")]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "date-conflict" in out
    assert "press.txt:3 “landed in Norway in June 1964”" in out
    assert "explained by Nora on 20" in out
    assert main(["show", conflict("Rui Costa"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["status"] == "explained"
    assert main(["decide", "list"]) == 0
    assert "Nora decided: date-conflict: Rui Costa" in " ".join(capsys.readouterr().out.split())


@pytest.mark.usefixtures("project")
def test_a_figure_of_a_series_follows_its_correction(capsys: pytest.CaptureFixture[str]) -> None:
    Path("sources/years.txt").write_text("Arrivals\n\n1990: 40\n1991: 55\n1992: 60\n1993: 45\n\nTotal: 210\n")
    build(capsys)
    query = "select o.value, c.method, c.rank from observations o join claims c on c.id = o.claim where o.period = '1991'"
    assert [row[0] for row in rows(query)] == [55.0]
    ((id_,),) = rows("select claim from observations where period = '1991'")
    decision = decide("correct", id_, "--value", "65")
    build(capsys)
    assert rows(query) == [(65.0, f"decision:{decision}", "normal")]
    assert rows(f"select rank from claims where id = '{id_}'") == [("deprecated",)]
