"""Hold what criticism finds in each register against what was planted there.

    .venv/bin/python tests/faults/score.py [--sealed | --fresh | --later | --night] [--all] [NAME...]

Each register is built on its own, through the public door. A finding is *true* where it touches a fault of a fitting kind:
one of its members lies over a passage of the fault, two where the fault has two passages or more; or where a reader judged it
true (`also_true`). Everything else among `error` and `warning` is false, and is listed with its words; so is every fault that
nothing found. `--all` lists every finding. Of the sealed registers only the figures are printed.
"""

from __future__ import annotations

import argparse
import collections
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click import echo

sys.path.insert(0, str(Path(__file__).parent.parent))
from faults.planted import Place, Row, Truth, documents_of, load, registers

__all__ = ["GRAVE", "Judged", "Noticed", "figures", "judge", "touches"]

GRAVE = ("error", "warning")
"""Severities that may never be false."""

PARTS = {
    "sealed": "the sealed registers, figures only",
    "fresh": "seven registers that were written after the first",
    "later": "six that were written after those",
    "night": "those that were written last",
}
"""Folders of registers besides the open ones."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """A finding of the program."""

    code: str
    kind: str
    severity: str
    summary: str
    members: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the findings of one register come to."""

    truth: Truth
    findings: tuple[Noticed, ...]
    true: tuple[Noticed, ...]
    """Of `GRAVE`, those that touch a fault or were judged true."""
    false: tuple[Noticed, ...]
    found: tuple[Row, ...]
    missed: tuple[Row, ...]
    held: tuple[Row, ...]
    """Relations that hold, and were said to."""
    unheld: tuple[Row, ...]
    wrongly_ok: tuple[Noticed, ...]
    """Findings `ok` of a kind and place where a fault was planted, and nothing else was found."""


def judge(folder: Path) -> Judged:
    """Build the register and return what its findings come to."""
    import regesta

    with (
        tempfile.TemporaryDirectory() as scratch,
        regesta.build(documents_of(folder), output=Path(scratch) / "register.duckdb") as chronicle,
    ):
        pieces = chronicle.sql("select source, text from texts order by source, start_char").rows
        findings = tuple(
            Noticed(f.code, f.kind, f.severity, f.summary, tuple(_place(m) for m in chronicle.members(f)))
            for f in chronicle.findings()
        )
    texts: dict[str, str] = collections.defaultdict(str)
    for source, text in pieces:
        texts[source] += text
    truth = load(folder, texts)
    grave = [f for f in findings if f.severity in GRAVE]
    known = [*truth.faults, *truth.also_true]
    true = [f for f in grave if any(touches(f, row) for row in known)]
    found = [r for r in truth.faults if any(touches(f, r) and f.severity in r.severities for f in findings)]
    held = [r for r in truth.holds if any(f.severity == "ok" and touches(f, r) for f in findings)]
    missed = [r for r in truth.faults if r not in found]
    return Judged(
        truth=truth,
        findings=findings,
        true=tuple(true),
        false=tuple(f for f in grave if f not in true),
        found=tuple(found),
        missed=tuple(missed),
        held=tuple(held),
        unheld=tuple(r for r in truth.holds if r not in held),
        wrongly_ok=tuple(f for f in findings if f.severity == "ok" and any(touches(f, r) for r in missed)),
    )


def _place(member: Any) -> Place:
    return Place(member.source, member.quote, member.start_char, member.end_char)


def touches(finding: Noticed, row: Row) -> bool:
    """Return whether a finding is of a kind that fits, and its members lie over enough of the passages."""
    if finding.kind not in row.kinds:
        return False
    over = sum(
        any(m.source == p.source and m.start < p.end and p.start < m.end for m in finding.members)
        for p in row.places
    )
    return over >= min(2, len(row.places))


def figures(judged: Iterable[Judged]) -> dict[str, Any]:
    """Return precision of error and warning, recall overall and by kind (the one first named), and what else was counted.

    Each share is (hits, asked).
    """
    judged = list(judged)
    by_kind: dict[str, tuple[int, int]] = {}
    for one in judged:
        for row in one.truth.faults:
            hits, asked = by_kind.get(row.kinds[0], (0, 0))
            by_kind[row.kinds[0]] = (hits + (row in one.found), asked + 1)
    true, false = sum(len(j.true) for j in judged), sum(len(j.false) for j in judged)
    return {
        "precision": (true, true + false),
        "recall": (sum(len(j.found) for j in judged), sum(len(j.truth.faults) for j in judged)),
        "ok": (sum(len(j.held) for j in judged), sum(len(j.truth.holds) for j in judged)),
        "wrongly_ok": (sum(len(j.wrongly_ok) for j in judged), 0),
        "findings": (sum(len(j.findings) for j in judged), 0),
        "by_kind": dict(sorted(by_kind.items())),
    }


def _tell(one: Judged, *, everything: bool) -> None:
    echo(f"\n{one.truth.name}")
    for f in one.false:
        trap = next((t for t in one.truth.traps if touches(f, t)), None)
        echo(
            f"  FALSE {f.severity} {f.code} {f.kind}: {f.summary}"
            + (f"  [trap: {trap.says}]" if trap else "")
        )
        for m in f.members:
            echo(f"          {m.source}: {m.quote!r}")
    for f in one.wrongly_ok:
        echo(f"  WRONGLY OK {f.code} {f.kind}: {f.summary}")
    for row in one.missed:
        echo(f"  missed {row.kinds[0]}: {row.says}")
    for row in one.unheld:
        echo(f"  unheld: {row.says}")
    if everything:
        for f in one.findings:
            echo(f"  {f.severity} {f.code} {f.kind}: {f.summary} {[m.quote[:60] for m in f.members]}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    part_of = parser.add_mutually_exclusive_group()
    for name, says in PARTS.items():
        part_of.add_argument(f"--{name}", dest="part", action="store_const", const=name, help=says)
    parser.add_argument("--all", action="store_true", help="every finding")
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args(arguments)
    part = asked.part or "open"
    judged = [judge(f) for f in registers(part) if not asked.names or f.name in asked.names]
    if part != "sealed":
        for one in judged:
            _tell(one, everything=asked.all)
    result = figures(judged)
    echo("")
    for name, (hits, of) in [(k, v) for k, v in result.items() if k != "by_kind"]:
        echo(f"{name:22} {hits}" + (f"/{of} = {hits / of:.3f}" if of else ""))
    for kind, (hits, of) in result["by_kind"].items():
        echo(f"  {kind:20} {hits}/{of}")


if __name__ == "__main__":
    main()
