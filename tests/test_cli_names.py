"""`regesta names compare` and `regesta names variants`: what they print, and what they refuse."""

from __future__ import annotations

import json

import pytest

from regesta.cli import main
from regesta.names.comparing import compare, variants


def test_compare_prints_a_verdict_a_reason_and_readings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["names", "compare", "Bill Clinton", "William Clinton"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("one name (0.97): Bill and William are forms of one given name")
    assert [line.split("  ")[-1] for line in lines[1:]] == ["bill clinton", "william clinton"]


def test_compare_of_korean_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["names", "compare", "Kim Min-su", "Kim Basinger"]) == 0
    assert capsys.readouterr().out.startswith("two names (0.00)")
    assert main(["names", "compare", "Seo Yuna", "서유나"]) == 0
    assert "서유나" in capsys.readouterr().out.splitlines()[1]


@pytest.mark.parametrize(
    ("a", "b"), [("Ha Jimin", "하지민"), ("J. Austen", "Jane Austen"), ("", "x"), ("Wang Min", "Wang Minh")]
)
def test_json_says_what_python_says(a: str, b: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["names", "compare", "--json", a, b]) == 0
    told = json.loads(capsys.readouterr().out)
    truth = compare(a, b)
    assert told["probability"] == pytest.approx(truth.probability, abs=1e-5)
    assert (told["reason"], told["is_korean"], told["is_ambiguous"]) == (
        truth.reason,
        truth.is_korean,
        truth.is_ambiguous,
    )
    assert (tuple(told["readings"]["a"]), tuple(told["readings"]["b"])) == truth.readings


def test_variants_by_system(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["names", "variants", "한수진"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0] == "한수진"
    assert "revised " in out
    assert "Han Sujin" in out
    assert main(["names", "variants", "--system", "revised", "--json", "한수진"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows == [
        {"text": v.text, "system": v.system, "hangul": v.hangul} for v in variants("한수진", "revised")
    ]


def test_a_name_without_variants_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["names", "variants", "Ada Brook"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "no other spelling of Ada Brook" in captured.err


@pytest.mark.parametrize("args", [["variants", "--system", "x", "한수진"], ["compare", "one"], ["nothing"]])
def test_wrong_usage_is_one_line(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["names", *args]) == 2
    err = capsys.readouterr().err
    assert err.startswith("regesta: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("command", ["compare", "variants"])
def test_help_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["names", command, "--help"]) == 0
    assert f"Example: regesta names {command}" in " ".join(capsys.readouterr().out.split())
