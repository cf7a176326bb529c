"""The command line: what each command prints, its exit status, and that errors are one line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from regesta.chronicle import open as open_chronicle
from regesta.cli import COMMANDS, doctor, main, regesta
from regesta.cli.printing import Passages, aligned, bar, claim_in_words

LIST = "People who fled\n\n• 1953\n  • Ada Brook (age 21), pilot, flew to Sund on 21 September 1953.\n"
PAGE = (
    '<html lang="en"><head><title>A page</title><meta property="article:modified_time" content="2012-01-30"></head>'
    "<body><h1>A page</h1><p>Ada Brook fled in 1953.</p></body></html>"
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one source, as the current folder."""
    monkeypatch.chdir(tmp_path)
    assert main(["init", "register"]) == 0
    monkeypatch.chdir(tmp_path / "register")
    (tmp_path / "register" / "sources" / "list.txt").write_text(LIST)
    return tmp_path / "register"


def one_line(captured: str) -> bool:
    return captured.startswith("regesta: ") and captured.count("\n") == 1


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"  {name} " in out for name in COMMANDS)
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("regesta ")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert f"Example: regesta {name}" in out
    command = regesta.get_command(click.Context(regesta), name)
    assert command is not None
    assert (command.help or "").splitlines()[0] == COMMANDS[name]
    assert all(getattr(p, "help", None) for p in command.params if isinstance(p, click.Option))


@pytest.mark.parametrize(
    "args",
    [
        ["nonsense"],
        ["build", "--jobs", "0"],
        ["build", "/no/such/folder"],
        ["build"],
        ["show"],
        ["show", "a", "b", "c"],
        ["show", "Ada"],
        ["query", "--json", "--csv", "select 1"],
        ["query", "none.duckdb", "select 1"],
        ["export", "--format", "xml", "-o", "out"],
        ["export", "--format", "csv"],
        ["read", "none.txt"],
        ["add", "list.txt"],
        ["check"],
    ],
)
def test_wrong_usage_is_one_line_and_2(
    args: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(args) == 2
    captured = capsys.readouterr()
    assert one_line(captured.err), captured.err
    assert captured.out == ""


def test_a_slip_is_told_what_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for args, told in (
        (["buidl"], "did you mean build? see: regesta --help"),
        (["names", "compare", "A"], "missing argument 'b'; see: regesta names compare --help"),
        (["show", str(tmp_path), "Ada"], "is a folder, no chronicle; name the file"),
    ):
        assert main(args) == 2
        assert told in capsys.readouterr().err.lower()


@pytest.mark.parametrize("args", [[], ["names"]])
def test_a_group_alone_shows_its_help(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(args) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith(" ".join(["Usage: regesta", *args, "[OPTIONS] COMMAND"]))
    assert captured.err == ""


def test_a_pipe_that_nobody_reads_is_no_mistake() -> None:
    read, written = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "regesta", "names", "compare", "Ada", "Ida"],
        stdout=written, stderr=subprocess.PIPE, check=False, text=True,
    )  # fmt: skip
    os.close(written)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_folder_without_documents_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "papers").mkdir()
    assert main(["build", str(tmp_path / "papers"), "-o", str(tmp_path / "a.duckdb")]) == 0
    assert "put documents into the folder" in capsys.readouterr().err


def test_a_fault_of_ours_is_3_with_a_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(COMMANDS, "ghost", "A command whose module is missing.")
    assert main(["ghost"]) == 3
    err = capsys.readouterr().err
    assert one_line(err)
    log = Path(err.split()[-1])
    assert "ModuleNotFoundError" in log.read_text()


def test_a_project_from_beginning_to_end(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 2
    assert "is a project already" in capsys.readouterr().err
    assert main(["build"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("1 source, ")
    assert "chronicle.duckdb written in" in out
    assert main(["build", "--profile", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["unchanged"] == 1
    assert told["counts"]["sources"] == 1
    assert main(["query", "select name, n_characters from sources"]) == 0
    assert "list.txt" in capsys.readouterr().out
    assert main(["query", "chronicle.duckdb", "select 1 as n", "--csv"]) == 0
    assert capsys.readouterr().out == "n\n1\n"
    assert main(["query", "select 1 as n, date '1953-09-21' as d", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"n": 1, "d": "1953-09-21"}]
    assert main(["show", "list.txt"]) == 0
    assert "sha256" in capsys.readouterr().out
    assert main(["export", "--format", "jsonl", "-o", "out", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 9
    assert main(["check", "--format", "json"]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {"findings", "rejections", "coverage"}
    assert sorted(p.name for p in (project / "sources").iterdir()) == ["list.txt", "sources.toml"]


def test_a_source_that_cannot_be_read_is_listed_and_1(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "sources" / "odd.txt").write_bytes(bytes(range(256)) * 4)
    (project / "sources" / "odd.xyz").write_text("no reader")
    (project / "sources" / "sealed.txt").symlink_to("/proc/self/mem")
    assert main(["build"]) == 1
    err = capsys.readouterr().err
    assert "sealed.txt" in err
    assert main(["check"]) == 0
    out = capsys.readouterr().out
    assert "P002  sealed.txt" in out
    assert "P001  odd.xyz  No reader for files ending in '.xyz'." in out


def test_a_chronicle_is_not_written_where_it_reads(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "sources", "-o", "sources/x.duckdb"]) == 2
    assert "lie in a folder that is read" in capsys.readouterr().err
    assert not (project / "sources" / "x.duckdb").exists()


def test_several_processes_give_the_same(project: Path) -> None:
    for n in range(4):
        (project / "sources" / f"{n}.txt").write_text(LIST + f"\n{'Some words. ' * 6}" * 1000 + f"{n}\n")
    exports = []
    for jobs in ("1", "2"):
        assert main(["build", "--jobs", jobs, "--no-cache"]) == 0
        assert main(["export", "--format", "jsonl", "-o", f"out{jobs}"]) == 0
        exports.append({p.name: p.read_bytes() for p in (project / f"out{jobs}").iterdir()})
    assert exports[0] == exports[1]


def test_the_cache_gives_the_same(project: Path) -> None:
    exports = []
    for name, extra in (("a", ["--no-cache"]), ("b", []), ("c", [])):
        assert main(["build", *extra]) == 0
        assert main(["export", "--format", "jsonl", "-o", name]) == 0
        exports.append({p.name: p.read_bytes() for p in (project / name).iterdir()})
    assert exports[0] == exports[1] == exports[2]


def test_a_chronicle_alone_is_asked_what_to_show(
    chronicle_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", str(chronicle_path)]) == 2
    told = capsys.readouterr().err
    assert f"{chronicle_path} is the chronicle: give WHAT behind it" in " ".join(told.split())


def test_show(chronicle_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(chronicle_path)
    assert main(["show", path, "ada brook"]) == 0
    out = capsys.readouterr().out
    assert "Ada Brook  person" in out
    assert "arrival  21 September 1953  [reported, by The Herald]" in out
    assert "“flew from Orland by way of Mere to Sund on 21 September 1953”" in " ".join(out.split())
    assert "route  Mere → Sund by plane" in out
    assert "list.txt:3" in out
    assert main(["show", path, "sail"]) == 0
    assert "12 sailors  group, unnamed  of 12" in capsys.readouterr().out
    with open_chronicle(path) as chronicle:
        claim = chronicle.claims(predicate="age")[0]
    assert main(["show", path, claim.id, "--json"]) == 0
    (shown,) = json.loads(capsys.readouterr().out)
    assert (shown["value"]["number"], shown["evidence"][0]["quote"]) == (21, "(age 21)")
    assert main(["show", path, claim.subject]) == 0
    assert "Ada Brook" in capsys.readouterr().out
    assert main(["show", path, "list.txt", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["people"] == 2


def test_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    assert main(["read", str(tmp_path / "page.html")]) == 0
    assert "Ada Brook fled in 1953." in capsys.readouterr().out
    assert main(["read", str(tmp_path / "page.html"), "--json"]) == 0
    assert {"text", "blocks", "references", "tables"} <= set(json.loads(capsys.readouterr().out))


def test_add_a_file(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    assert main(["add", str(tmp_path / "page.html")]) == 0
    assert (project / "sources" / "page.html").read_text() == PAGE
    assert 'title = "A page"' in (project / "sources" / "sources.toml").read_text()
    assert main(["add", str(tmp_path / "page.html"), "none.txt"]) == 1
    captured = capsys.readouterr()
    assert "there already" in captured.out
    assert "no such file" in captured.err
    (tmp_path / "page.html").write_text(PAGE.replace("1953", "1954"))
    assert main(["add", str(tmp_path / "page.html")]) == 0
    assert (project / "sources" / "page-2.html").exists()
    assert main(["build"]) == 0


def test_doctor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["needs"]["duckdb"]
    settings = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {
        re.split(r"[<>=]", need)[0]: extra
        for extra, needs in settings["optional-dependencies"].items()
        for need in needs
        if extra != "all"
    }
    assert {name: extra for name, (extra, _) in doctor.EXTRAS.items()} == extras
    assert set(doctor.NEEDED) == {re.split(r"[<>=]", need)[0] for need in settings["dependencies"]}


def test_doctor_says_how_to_get_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setitem(doctor.EXTRAS, "no-such-package", ("pdf", "such files"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "needed for such files; pip install 'regesta[pdf]'" in out
    assert "tesseract         not installed" in out
    monkeypatch.setattr(doctor, "NEEDED", (*doctor.NEEDED, "not-there"))
    assert main(["doctor"]) == 1
    assert "missing: pip install not-there" in capsys.readouterr().out


def test_demo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "-o", str(tmp_path / "demo.duckdb")]) == 0
    captured = capsys.readouterr()
    assert "5 sources" in captured.out
    assert "People and groups by year of arrival" in captured.out
    assert "\x1b" not in captured.out
    assert captured.err == ""
    with open_chronicle(tmp_path / "demo.duckdb") as chronicle:
        assert len({s.format for s in chronicle.sources()}) >= 4
        assert all(s.title and s.date for s in chronicle.sources())


def test_tables_and_bars() -> None:
    assert aligned(["a"], []) == "a\n─"
    assert aligned(["n", "名"], [[1.5, "金"], [None, "x" * 80]], limit=5).splitlines()[2:] == [
        "1.5  金",
        "     xxxx…",
    ]
    assert bar(0, 4, 8) == ""
    assert bar(4, 4, 8) == "█" * 8


def test_claims_in_words(chronicle_path: Path) -> None:
    with open_chronicle(chronicle_path) as chronicle:
        words = {claim.predicate: click.unstyle(claim_in_words(claim)) for claim in chronicle.claims()}
        assert words["duration"].startswith("duration  about 2 to 3.5 days")
        assert words["age"].startswith("age  about 21 years  (1953)  in Sund")
        assert words["count"].startswith("count  about 40 people  (1953)")
        passages = Passages(chronicle)
        shown = click.unstyle(passages.show(chronicle.evidence(chronicle.claims(predicate="role")[0])[0]))
        assert shown.strip().startswith("• Ada Brook, “pilot” (age 21), flew")
        assert shown.endswith("list.txt:3")
