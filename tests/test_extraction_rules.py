"""Golden cases of the rules of extraction: a small text, and the claims of one rule's predicates that it gives.

    predicates: age                          the file's first line: what its cases look at
    # matches                                sections: matches, must not match, known failures
    ## a case
    Captain Jan Novak (age 21) fled.         the text, up to a line with a dot
    .
    Jan Novak | age | 21 year                subject | predicate | value [| when DATE] [| denied ...]

A claim in the file may leave out `when` and what follows; then they are not compared. Text is read as Markdown.
`GOLDEN_UPDATE=1 pytest ...` writes what the program gives now into the cases of *matches*; read the diff before you commit it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from regesta.extraction import extract
from regesta.model import Claim, DateValue, EntityValue, QuantityValue, RouteValue, Source, TextValue
from regesta.reading import read_bytes

GOLDEN = Path(__file__).parent / "golden" / "rules"
SECTIONS = ("matches", "must not match", "known failures")


@dataclass(frozen=True)
class Case:
    """One case and where it stands."""

    path: Path
    line: int
    title: str
    section: str
    predicates: frozenset[str]
    text: str
    expected: tuple[str, ...]


def _cases(path: Path) -> list[Case]:
    lines = path.read_text("utf-8").splitlines()
    first = lines[0]
    assert first.startswith("predicates:"), f"{path}:1: expected 'predicates: ...'"
    predicates = frozenset(first.removeprefix("predicates:").replace(",", " ").split())
    found: list[Case] = []
    section, at = "", 1
    while at < len(lines):
        line = lines[at]
        if line.startswith("# "):
            section = line[2:].strip()
            assert section in SECTIONS, f"{path}:{at + 1}: unknown section {section!r}"
        if line.startswith("## "):
            dot = next(i for i in range(at, len(lines)) if lines[i].strip() == ".")
            end = next((i for i in range(dot, len(lines)) if lines[i].startswith("#")), len(lines))
            expected = tuple(row.strip() for row in lines[dot + 1 : end] if row.strip())
            text = "\n".join(lines[at + 1 : dot])
            found.append(Case(path, at + 1, line[3:].strip(), section, predicates, text, expected))
            at = end
            continue
        at += 1
    return found


def _value(claim: Claim) -> str:
    value = claim.value
    if isinstance(value, QuantityValue):
        number = (
            f"{value.low:g}-{value.high:g}"
            if value.low is not None and value.high is not None
            else f"{value.number or 0:.12g}"
        )
        return f"{number} {value.unit}"
    if isinstance(value, DateValue):
        return value.edtf
    if isinstance(value, RouteValue):
        return " > ".join(stop.text for stop in value.stops)
    if isinstance(value, EntityValue):
        return value.label
    assert isinstance(value, TextValue)
    return value.text


def _found(case: Case) -> list[str]:
    document = read_bytes(case.text.encode("utf-8"), Source(name="case.md"))
    said = extract(document)
    label = {r.key: r.label for r in said.referents}
    rows = []
    for claim in said.claims:
        if claim.predicate in case.predicates:
            row = f"{label[claim.subject]} | {claim.predicate} | {_value(claim)}"
            if claim.when:
                row += f" | when {claim.when}"
            if claim.qualifiers.modality != "asserted":
                row += f" | {claim.qualifiers.modality}"
            if claim.qualifiers.at_event:
                row += f" | at {claim.qualifiers.at_event}"
            if claim.qualifiers.subset:
                row += f" | subset {claim.qualifiers.subset}"
            if claim.where and claim.predicate in ("count", "figure", "birth", "death"):
                row += f" | where {claim.where}"
            rows.append(row)
    return rows


def _same(expected: str, found: str) -> bool:
    want, got = [[part.strip() for part in row.split("|")] for row in (expected, found)]
    return got[:3] == want[:3] and set(want[3:]) <= set(got[3:])


def _all() -> list[Case]:
    return [case for path in sorted(GOLDEN.glob("*.md")) for case in _cases(path)]


def _parameters() -> list[object]:
    return [
        pytest.param(
            case,
            id=f"{case.path.stem}:{case.line}",
            marks=[pytest.mark.xfail(strict=True, reason="known failure")]
            if case.section == "known failures"
            else [],
        )
        for case in _all()
    ]


@pytest.mark.parametrize("case", _parameters())
def test_golden(case: Case) -> None:
    """Every case gives exactly the claims that stand under it."""
    found = _found(case)
    if os.environ.get("GOLDEN_UPDATE") and case.section == "matches":
        _rewrite(case, found)
        return
    missing = [row for row in case.expected if not any(_same(row, got) for got in found)]
    extra = [got for got in found if not any(_same(row, got) for row in case.expected)]
    where = f"{case.path}:{case.line}: {case.title}"
    assert (missing, extra) == ([], []), f"{where}\n  missing {missing}\n  not expected {extra}"
    if case.section == "must not match":
        assert not case.expected, f"{where}: a case of 'must not match' expects claims"


def _rewrite(case: Case, found: list[str]) -> None:
    lines = case.path.read_text("utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if line == f"## {case.title}")
    dot = next(i for i in range(start, len(lines)) if lines[i].strip() == ".")
    end = next((i for i in range(dot, len(lines)) if lines[i].startswith("#")), len(lines))
    lines[dot + 1 : end] = [*found, ""]
    case.path.write_text("\n".join(lines) + "\n", "utf-8")
