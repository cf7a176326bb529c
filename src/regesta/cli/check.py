"""`regesta check`."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from typing import TYPE_CHECKING

import click

from regesta.cli.arguments import open_chronicle
from regesta.cli.printing import Passages, aligned, heading, terminal_width

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle
    from regesta.chronicle.rows import FindingRow

__all__ = ["check"]

_STAGES = {
    "P": "files that were not read",
    "U": "what was left out of archives and dumps",
    "R": "what the readers could not make sense of",
    "X": "what no rule took",
}
"""Letters of codes, and what they are about."""

_SHOWN = 8
"""Examples of each code in the terminal; `--format json` prints all."""


@click.command(epilog="Example: regesta check papers.duckdb --format json")
@click.argument("chronicle", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="The form.")
@click.option(
    "--fail-on", metavar="KIND,...", default="", help="Exit with 1 where a finding of such a kind is open."
)
def check(chronicle: str | None, *, form: str, fail_on: str) -> int:
    """Show what a careful reader would notice, what could not be read or was left out, and how much was used.

    Exit status 1 where `--fail-on` names a kind of finding, such as date-conflict, and one of it is open.
    """
    wanted = {kind.strip() for kind in fail_on.split(",")} - {""}
    with open_chronicle(chronicle) as opened:
        if form == "json":
            click.echo(json.dumps(_as_json(opened), ensure_ascii=False, indent=2))
        else:
            _print(opened)
        return 1 if any(f.kind in wanted and f.status == "open" for f in opened.findings()) else 0


def _as_json(chronicle: Chronicle) -> dict[str, object]:
    return {
        "findings": [
            {**dataclasses.asdict(f), "computed": json.loads(f.computed), "members": _members(chronicle, f)}
            for f in chronicle.findings()
        ],
        "rejections": [
            {
                "source": r.source,
                "start": r.start_char,
                "end": r.end_char,
                "quote": r.quote,
                "code": r.code,
                "reason": r.reason,
            }
            for r in chronicle.rejections()
        ],
        "coverage": [dataclasses.asdict(c) for c in chronicle.coverage()],
    }


def _members(chronicle: Chronicle, finding: FindingRow) -> list[dict[str, object]]:
    return [
        {"source": m.source, "start": m.start_char, "end": m.end_char, "quote": m.quote, "claim": m.claim}
        for m in chronicle.members(finding)
    ]


_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan", "undetermined": "blue", "ok": "green"}
"""Severities, the gravest first, and how they are shown."""


def _print_findings(chronicle: Chronicle, passages: Passages) -> None:
    found = chronicle.findings()
    if not found:
        return
    counts = Counter(f.severity for f in found)
    told = ", ".join(f"{counts[s]} {s}" for s in _COLOURS if counts[s])
    click.echo(heading(f"{len(found):,} findings: {told}"))
    for severity, colour in _COLOURS.items():
        for f in [f for f in found if f.severity == severity]:
            click.echo(
                f"  {click.style(severity, fg=colour)}  {f.kind}  {f.summary}  {click.style(f.id, dim=True)}"
            )
            for m in chronicle.members(f)[:_SHOWN]:
                line = f"      {passages.place(m.source, m.start_char, m.end_char)}  “{' '.join(m.quote.split())}”"
                click.echo(line if len(line) <= terminal_width() else line[: terminal_width() - 1] + "…")


def _print(chronicle: Chronicle) -> None:
    passages = Passages(chronicle)
    _print_findings(chronicle, passages)
    rejections = chronicle.rejections()
    for letter, about in _STAGES.items():
        of_stage = [r for r in rejections if r.code.startswith(letter)]
        if not of_stage:
            continue
        click.echo(heading(f"{len(of_stage):,} {about}"))
        counts = Counter(r.code for r in of_stage)
        for code, n in sorted(counts.items()):
            for r in [r for r in of_stage if r.code == code][:_SHOWN]:
                place = passages.place(r.source, r.start_char, r.end_char) if r.end_char else r.source
                quote = f"  “{' '.join(r.quote.split())}”" if r.quote else ""
                text = f"  {code}  {place}  {r.reason}{quote}"
                click.echo(text if len(text) <= terminal_width() else text[: terminal_width() - 1] + "…")
            if n > _SHOWN:
                click.echo(f"  {code}  and {n - _SHOWN:,} more")
    coverage = chronicle.coverage()
    if coverage:
        click.echo(heading("how much of each text was used"))
        rows = [
            [
                c.source,
                c.n_body,
                *(_share(n, c.n_body) for n in (c.n_claims, c.n_names_dates, c.n_rejected, c.n_left)),
            ]
            for c in coverage
        ]
        columns = ["source", "characters", "in claims", "names, dates", "left out, told", "left"]
        click.echo(aligned(columns, rows))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else ""
