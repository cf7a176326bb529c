"""Golden cases of people and arrivals: a small document, and everybody in it with the date on which they arrived.

    # matches                                sections: matches, must not match, known failures
    ## a case
    - 5 May 1962: Jan Novak, pilot           the text, up to a line with a dot, read as Markdown
    .
    Jan Novak | 1962-05-05                   everybody the program may find, by label, and when they arrived
    Eva Novak                                somebody who has no arrival
    (the president)                          may be found or not, but has no arrival

Whoever is found and not listed fails the case. `GOLDEN_UPDATE=1 pytest ...` writes what the program gives now into the
cases of *matches*; read the diff before you commit it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from regesta.extraction import extract
from regesta.model import DateValue, Source
from regesta.reading import read_bytes

GOLDEN = Path(__file__).parent / "golden" / "people.md"
SECTIONS = ("matches", "must not match", "known failures")


@dataclass(frozen=True)
class Case:
    """One case and where it stands."""

    line: int
    title: str
    section: str
    text: str
    expected: tuple[str, ...]


def cases(path: Path = GOLDEN) -> list[Case]:
    """Return the cases of the file, in order."""
    lines = path.read_text("utf-8").splitlines()
    found: list[Case] = []
    section = ""
    at = 0
    while at < len(lines):
        if lines[at].startswith("# ") and lines[at][2:].strip() in SECTIONS:
            section = lines[at][2:].strip()
        elif lines[at].startswith("## "):
            start = at + 1
            dot = next(i for i in range(start, len(lines)) if lines[i].strip() == ".")
            end = next((i for i in range(dot, len(lines)) if not lines[i].strip()), len(lines))
            rows = tuple(row.strip() for row in lines[dot + 1 : end])
            text = "\n".join(lines[start:dot])
            found.append(Case(start, lines[at][3:].strip(), section, text, rows))
            at = end
        at += 1
    return found


def people_of(text: str) -> dict[str, str]:
    """Return everybody the program finds in a Markdown text: label to arrivals, joined by a comma."""
    said = extract(read_bytes(text.encode(), Source(name="case.md")))
    arrivals: dict[str, set[str]] = {}
    for claim in said.claims:
        if claim.predicate == "arrival" and isinstance(claim.value, DateValue):
            arrivals.setdefault(claim.subject, set()).add(claim.value.edtf)
    return {
        referent.label: ", ".join(sorted(arrivals.get(referent.key, ())))
        for referent in said.referents
        if referent.kind in ("person", "group")
    }


def _check(case: Case) -> None:
    got = people_of(case.text)
    free = {row[1:-1] for row in case.expected if row.startswith("(")}
    want: dict[str, str] = {}
    for row in case.expected:
        if not row.startswith("("):
            label, _, date = (part.strip() for part in row.partition(" | "))
            want[label] = date
    assert all(not got.get(label) for label in free), f"{GOLDEN}:{case.line}: {got}"
    kept = {label: date for label, date in got.items() if label not in free}
    assert kept == want, f"{GOLDEN}:{case.line}: {case.title}"


def _update(case: Case) -> None:
    lines = GOLDEN.read_text("utf-8").splitlines()
    start = next(
        i
        for i, line in enumerate(lines)
        if line == f"## {case.title}" and lines[i + 1 :][:1] == case.text.splitlines()[:1]
    )
    dot = next(i for i in range(start, len(lines)) if lines[i].strip() == ".")
    end = next((i for i in range(dot, len(lines)) if not lines[i].strip()), len(lines))
    rows = [f"{label} | {date}" if date else label for label, date in people_of(case.text).items()]
    GOLDEN.write_text("\n".join([*lines[: dot + 1], *rows, *lines[end:]]) + "\n", "utf-8")


@pytest.mark.parametrize("case", [c for c in cases() if c.section == "matches"], ids=lambda c: c.title)
def test_who_is_found_and_when_they_arrived(case: Case) -> None:
    if os.environ.get("GOLDEN_UPDATE"):
        _update(case)
    _check(case)


@pytest.mark.parametrize("case", [c for c in cases() if c.section == "must not match"], ids=lambda c: c.title)
def test_who_is_mentioned_or_stopped_has_no_arrival(case: Case) -> None:
    _check(case)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(c, marks=pytest.mark.xfail(strict=True, reason="known failure"), id=c.title)
        for c in cases()
        if c.section == "known failures"
    ],
)
def test_known_failures(case: Case) -> None:
    _check(case)
