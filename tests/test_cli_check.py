"""`regesta check`, `diff` and `status`: what they tell, what they leave out when asked to, and what programs get."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from regesta.chronicle import open as open_chronicle
from regesta.cli import main
from regesta.criticism import CHECKS

LIST = (
    "Those who came\n\n• Rui Costa – a Portuguese pilot, landed in Norway on 3 May 1961.\n"
    "• Ines Prado – a Spanish cook (age 24), arrived in Norway on 7 April 1970.\n\n"
    "Arrivals\n\n1990: 40\n1991: 55\n1992: 60\n1993: 45\n1994: 30\n1996: 31\n1997: 22\n\nTotal 1990 to 1997: 283\n"
)
PAGE = (
    "<html><body><h1>Press</h1>\n<ul>\n<li>Rui Costa – a Portuguese pilot, landed in Norway in June 1964.</li>\n"
    "<li>Ole Dahl – a Danish baker, arrived in Norway in 1971.</li></ul></body></html>\n"
)


SOURCES = {"the list.txt": LIST, "press.html": PAGE}


@pytest.fixture(scope="module")
def built(built: Path) -> Path:
    """The same with a conflict that somebody explained."""
    with contextlib.chdir(built), pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(built.parent / "cache"))
        with open_chronicle("chronicle.duckdb") as chronicle:
            ((id_,),) = chronicle.sql("select id from findings where kind = 'date-conflict'").rows
        assert main(["decide", "explained", id_, "--why", "two journeys", "--by", "Åse"]) == 0
        assert main(["build"]) == 0
    return built


def out(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


def checked(capsys: pytest.CaptureFixture[str], *args: str) -> list[dict[str, Any]]:
    assert main(["check", "--format", "json", *args]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    return found


@pytest.mark.usefixtures("project")
def test_findings_are_told_in_groups_with_passages_working_and_judges(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check"]) == 0
    text = out(capsys)
    assert re.search(r"warning: can hardly be right \(\d+\)", text)
    assert re.search(r"Rui Costa: arrival .+? F008 explained f-\w+", text)
    assert "the list.txt:3 “landed in Norway on 3 May 1961”" in text
    assert re.search(r"explained by Åse on \d{4}-\d\d-\d\d: two journeys", text)
    assert "working: " in text
    assert re.search(r"\d+ findings: .*; \d+ open, 1 explained$", text)
    assert "\x1b" not in text


@pytest.mark.usefixtures("project")
def test_filters(capsys: pytest.CaptureFixture[str]) -> None:
    everything = checked(capsys)
    for option, key in (
        ("--severity", "severity"),
        ("--kind", "kind"),
        ("--status", "status"),
        ("--code", "code"),
    ):
        for value in {one[key] for one in everything}:
            found = checked(capsys, option, value)
            assert found == [one for one in everything if one[key] == value]
    assert checked(capsys, "--status", "explained,resolved", "--severity", "ok") == []
    assert main(["check", "--kind", "date-conflict"]) == 0
    text = out(capsys)
    assert text.endswith(f"1 finding: 1 warning; 1 explained; of {len(everything)} in all")
    assert "how much of each text was used" not in text


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("given", "status"),
    [
        ("date-conflict", 0),  # there is one, and it is settled
        ("coverage-gap", 1),
        ("warning", 1),
        ("undetermined,first-claim", 0),
        (" date-conflict , coverage-gap", 1),
        ("", 0),
    ],
)
def test_fail_on_counts_open_findings(given: str, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--fail-on", given, "--kind", "first-claim"]) == status
    capsys.readouterr()


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    "args",
    [["--severity", "grave"], ["--kind", "date"], ["--status", "shut"], ["--fail-on", "warning,dates"]],
)
def test_unknown_words_are_refused(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *args]) == 2
    assert "knows no" in capsys.readouterr().err


@pytest.mark.usefixtures("project")
def test_no_color_is_respected(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click._compat.should_strip_ansi", lambda *_: False)
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda *_, **__: False)
    assert main(["check"]) == 0
    assert "\x1b[" in capsys.readouterr().out
    monkeypatch.undo()
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["check", "--severity", "warning"]) in (0, 2)
    assert "\x1b[" not in capsys.readouterr().out


LEVELS = {("fail", "error"), ("fail", "warning"), ("fail", "note"), ("pass", "none"), ("open", "none")}


@pytest.mark.usefixtures("project")
def test_sarif_is_what_the_standard_demands(capsys: pytest.CaptureFixture[str]) -> None:
    """The main demands of SARIF 2.1.0 (sections 3.13 to 3.54), and that places and quotes are those of the files."""
    everything = checked(capsys)
    assert main(["check", "--format", "sarif"]) == 0
    log = json.loads(capsys.readouterr().out)
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert set(run) <= {"tool", "columnKind", "artifacts", "results"}
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(CHECKS)
    for rule in rules:
        assert rule["shortDescription"]["text"].endswith(".")
        assert rule["fullDescription"]["text"]
        assert re.fullmatch(r"\w+", rule["name"])
    assert [result["partialFingerprints"]["regestaFinding/v1"] for result in run["results"]] == [
        one["fingerprint"] for one in everything
    ]
    uris = [artifact["location"]["uri"] for artifact in run["artifacts"]]
    assert set(uris) == {"the%20list.txt", "press.html"}
    assert all(re.fullmatch(r"[0-9a-f]{64}", artifact["hashes"]["sha-256"]) for artifact in run["artifacts"])
    for result, told in zip(run["results"], everything, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == told["code"]
        assert (result["kind"], result["level"]) in LEVELS
        assert result["message"]["text"] == told["summary"]
        locations = [*result["locations"], *result.get("relatedLocations", [])]
        assert len(result["locations"]) == 1
        assert [one["id"] for one in locations[1:]] == list(range(1, len(locations)))
        for location, member in zip(locations, told["members"], strict=True):
            physical = location["physicalLocation"]
            assert uris[physical["artifactLocation"]["index"]] == physical["artifactLocation"]["uri"]
            if member["source"] == "the list.txt":
                region = physical["region"]
                start = region["charOffset"]
                assert (
                    LIST[start : start + region["charLength"]] == member["quote"] == region["snippet"]["text"]
                )
                line = LIST.split("\n")[region["startLine"] - 1]
                first = member["quote"].split("\n")[0]
                assert line[region["startColumn"] - 1 :].startswith(first)
                before_end = LIST.split("\n")[region["endLine"] - 1][: region["endColumn"] - 1]
                assert before_end.endswith(member["quote"].split("\n")[-1])
            else:
                assert "charOffset" not in physical.get("region", {})
        assert ("suppressions" in result) == (told["status"] != "open")
    (settled,) = [result for result in run["results"] if "suppressions" in result]
    (suppression,) = settled["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert re.fullmatch(r"explained by Åse on \d{4}-\d\d-\d\d: two journeys", suppression["justification"])


def test_status_tells_what_has_changed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 0
    assert re.fullmatch(r"sources: 2 unchanged findings: .* open up to date", out(capsys))
    (project / "sources" / "new.txt").write_text("Liv Dahl was born in 1890.\n")
    (project / "sources" / "the list.txt").write_text(LIST + "\nMore.\n")
    (project / "sources" / "press.html").unlink()
    assert main(["decide", "comment", "Ines Prado", "--why", "look again", "--by", "Åse"]) == 0
    capsys.readouterr()
    assert main(["status"]) == 0
    text = out(capsys)
    assert "sources: 1 new, 1 changed, 1 gone, 0 unchanged" in text
    assert "new new.txt changed the list.txt gone press.html" in text
    assert "decisions: 1 wait for the next build" in text
    assert "comment by Åse: look again" in text
    assert text.endswith("build again with: regesta build")
    assert main(["status", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["new"], told["changed"], told["gone"]) == (["new.txt"], ["the list.txt"], ["press.html"])
    assert not told["is_current"]
    assert main(["build"]) == 0
    capsys.readouterr()
    assert main(["status"]) == 0
    text = out(capsys)
    assert "decisions: 1 did not apply" in text
    assert "explained by Åse: two journeys [orphaned: nothing has the fingerprint" in text
    assert text.endswith("up to date")


def test_status_without_a_chronicle_and_of_archives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["status"]) == 2
    assert "no sources" in capsys.readouterr().err
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Liv Dahl was born in 1890.\n")
    shutil.make_archive(str(tmp_path / "kept"), "zip", tmp_path / "in")
    given = ["kept.zip", "-o", "c.duckdb"]
    assert main(["status", *given]) == 0
    assert "c.duckdb is not built yet sources: 1 new, 0 unchanged" in out(capsys)
    assert main(["build", *given]) == 0
    capsys.readouterr()
    assert main(["status", *given]) == 0
    assert out(capsys) == "sources: 1 unchanged findings: none open up to date"


def differing(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["diff", "before.duckdb", "chronicle.duckdb", "--json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    for section, counts in told["counts"].items():
        assert {how: len(rows) for how, rows in told[section].items()} == counts
    return told


def test_diff_tells_sources_claims_and_findings(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy("chronicle.duckdb", "before.duckdb")
    assert main(["build"]) == 0
    capsys.readouterr()
    assert main(["diff", "before.duckdb", "chronicle.duckdb"]) == 0
    assert out(capsys) == "no difference"
    (project / "sources" / "the list.txt").rename(project / "sources" / "list.txt")
    (project / "sources" / "new.txt").write_text("Liv Dahl was born in 1890.\n")
    assert main(["build"]) == 0
    capsys.readouterr()
    told = differing(capsys)
    assert told["sources"] == {
        "new": [{"name": "new.txt"}],
        "renamed": [{"name": "list.txt", "was": "the list.txt"}],
    }
    assert [row["label"] for row in told["entities"]["new"] if row["kind"] == "person"] == ["Liv Dahl"]
    assert {row["subject"] for row in told["claims"]["new"]} == {"Liv Dahl"}
    assert set(told["claims"]) == {"new"}
    assert "gone" not in told["entities"]
    (project / "sources" / "list.txt").write_text(LIST.replace("7 April", "8 April"))
    (project / "sources" / "press.html").unlink()
    assert main(["build"]) == 0
    capsys.readouterr()
    told = differing(capsys)
    assert told["sources"]["gone"] == [{"name": "press.html"}, {"name": "the list.txt"}]
    changed = {row["predicate"]: (row["value"], row["was"]) for row in told["claims"]["changed"]}
    assert changed["arrival"][0] == "1970-04-08"
    assert "1970-04-07" in changed["arrival"][1]
    assert {row["subject"] for row in told["claims"]["gone"]} >= {"Ole Dahl"}
    assert [row["kind"] for row in told["findings"]["gone, settled before"]] == ["date-conflict"]
    assert main(["diff", "before.duckdb", "chronicle.duckdb", "--limit", "1"]) == 0
    text = out(capsys)
    assert "sources: 2 new, 2 gone" in text
    assert re.search(r"claims: .*\d+ changed", text)


def test_diff_tells_who_was_joined_and_parted(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy("chronicle.duckdb", "before.duckdb")
    assert main(["decide", "same", "Ines Prado", "Ole Dahl", "--why", "so", "--by", "Åse"]) == 0
    (line,) = Path("decisions.jsonl").read_text().splitlines()[-1:]
    with open_chronicle("chronicle.duckdb") as chronicle:
        ((finding,),) = chronicle.sql("select id from findings where kind = 'coverage-gap' limit 1").rows
    assert main(["decide", "exception", finding, "--why", "so", "--by", "Åse"]) == 0
    assert main(["build"]) == 0
    capsys.readouterr()
    told = differing(capsys)
    (merged,) = told["entities"]["merged"]
    assert "Ines Prado (e-" in merged["was"]
    assert "Ole Dahl (e-" in merged["was"]
    assert told["counts"]["sources"] == {}
    assert [row["id"] for row in told["findings"]["settled"]] == [finding]
    Path("chronicle.duckdb").rename("joined.duckdb")
    Path("before.duckdb").rename("chronicle.duckdb")
    Path("joined.duckdb").rename("before.duckdb")
    told = differing(capsys)
    assert len(told["entities"]["split"]) == 1
    assert [row["id"] for row in told["findings"]["reopened"]] == [finding]
    assert json.loads(line)["kind"] == "same"
    assert project.is_dir()


def test_diff_refuses_what_it_cannot_compare(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "chronicle.duckdb", "./chronicle.duckdb"]) == 2
    assert "both are one file" in capsys.readouterr().err
    assert main(["diff", "chronicle.duckdb", "none.duckdb"]) == 2
    assert "no such chronicle" in capsys.readouterr().err
    (project / "text.duckdb").write_text("no chronicle")
    assert main(["diff", "text.duckdb", "chronicle.duckdb"]) == 2
    assert "is no chronicle" in capsys.readouterr().err


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("command", ["check", "cite"])
def test_json_is_another_word_for_a_form(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    form = {"check": "json", "cite": "csl-json"}[command]
    assert main([command, "--json"]) == main([command, "--format", form]) == 0
    told = capsys.readouterr().out
    assert told[: len(told) // 2] == told[len(told) // 2 :]
    other = {"check": "sarif", "cite": "bibtex"}[command]
    assert main([command, "--json", "--format", other]) == 2
    assert f"--json is --format {form}" in capsys.readouterr().err
