"""`regesta check`."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from typing import TYPE_CHECKING, get_args

import click

from regesta.cli.arguments import JSON, one_form, open_chronicle
from regesta.cli.findings import COLOURS, Told, Wanted, as_json, find, print_grouped
from regesta.cli.printing import Passages, aligned, counted, heading, terminal_width
from regesta.model.finding import FindingKind, Severity, Status

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

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

_SEVERITIES, _KINDS, _STATUSES = get_args(Severity), get_args(FindingKind), get_args(Status)


def _several(words: str | None, known: tuple[str, ...], option: str) -> tuple[str, ...]:
    """Return the words of an option, each one of those that there are."""
    given = tuple(word.strip() for word in (words or "").split(",") if word.strip())
    if strange := [word for word in given if word not in known]:
        raise click.UsageError(f"{option} knows no {strange[0]!r}: there are {', '.join(known)}")
    return given


@click.command(
    epilog="""Example: regesta check --severity error,warning --status open

\b
More
  regesta check                                      all that was found
  regesta check papers.duckdb --kind date-conflict,value-conflict
  regesta check --fail-on error,sum-mismatch         exit status 1 where one is open
  regesta check --format sarif > findings.sarif      for editors and code reviews
  regesta decide explained f-9c9650ccbde249b8 --why "two journeys"
"""
)
@click.argument("chronicle", required=False)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", help="The form."
)
@JSON
@click.option("--severity", metavar="S,...", help=f"Only these: {', '.join(_SEVERITIES)}.")
@click.option("--kind", metavar="KIND,...", help="Only these kinds, such as date-conflict.")
@click.option("--status", metavar="S,...", help=f"Only these: {', '.join(_STATUSES)}.")
@click.option("--code", metavar="CODE,...", help="Only what these checks found, such as F008.")
@click.option(
    "--fail-on", metavar="KIND,...", help="Exit with 1 where one of these kinds or severities is open."
)
def check(
    chronicle: str | None,
    *,
    form: str,
    as_json: bool,
    severity: str | None,
    kind: str | None,
    status: str | None,
    code: str | None,
    fail_on: str | None,
) -> int:
    """Show what a careful reader would notice, what could not be read or was left out, and how much was used.

    With --severity, --kind, --status or --code only the findings that fit are shown. Exit status 1 where --fail-on names
    a kind or a severity, and one of them is open, shown or not.
    """
    form = one_form(form, "json", as_json=as_json)
    wanted = Wanted(
        _several(severity, _SEVERITIES, "--severity"),
        _several(kind, _KINDS, "--kind"),
        _several(status, _STATUSES, "--status"),
        tuple(word.strip().upper() for word in (code or "").split(",") if word.strip()),
    )
    failing = _several(fail_on, (*_SEVERITIES, *_KINDS), "--fail-on")
    with open_chronicle(chronicle) as opened:
        found = find(opened, wanted)
        if form == "json":
            click.echo(json.dumps(_as_json(opened, found, wanted), ensure_ascii=False, indent=2))
        elif form == "sarif":
            from regesta.cli.sarif import as_sarif

            click.echo(json.dumps(as_sarif(opened, found), ensure_ascii=False, indent=2))
        else:
            _print(opened, found, wanted)
        return 1 if failing and _n_failing(opened, failing) else 0


def _n_failing(chronicle: Chronicle, failing: tuple[str, ...]) -> int:
    """Return how many open findings are of these kinds or severities."""
    query = "select count(*) from findings where status = 'open' and (kind in (select unnest(?)) or severity in (select unnest(?)))"
    ((n,),) = chronicle.sql(query, [list(failing), list(failing)])
    return int(n)


def _as_json(chronicle: Chronicle, found: list[Told], wanted: Wanted) -> dict[str, object]:
    told: dict[str, object] = {"findings": as_json(found)}
    if not wanted.is_all:
        return told
    return told | {
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


def _print(chronicle: Chronicle, found: list[Told], wanted: Wanted) -> None:
    passages = Passages(chronicle)
    print_grouped(found, passages)
    if wanted.is_all:
        _print_left_out(chronicle, passages)
        _print_coverage(chronicle)
    click.echo(("\n" if found else "") + heading(_summary(chronicle, found, wanted)))


def _summary(chronicle: Chronicle, found: list[Told], wanted: Wanted) -> str:
    """Return one line: how many of each severity, how many are open, how many are not shown."""
    severities = Counter(one.row.severity for one in found)
    statuses = Counter(one.row.status for one in found)
    parts = [counted(len(found), "finding")]
    if found:
        parts[0] += ": " + ", ".join(f"{severities[s]:,} {s}" for s in COLOURS if severities[s])
        parts += [", ".join(f"{statuses[s]:,} {s}" for s in _STATUSES if statuses[s])]
    if contested := sum(bool(one.contested) for one in found):
        parts.append(f"{contested:,} contested")
    if again := sum(bool(one.before) for one in found):
        parts.append(f"{again:,} settled before and open again")
    if not wanted.is_all:
        ((n,),) = chronicle.sql("select count(*) from findings")
        parts.append(f"of {n:,} in all")
    return "; ".join(parts)


def _print_left_out(chronicle: Chronicle, passages: Passages) -> None:
    rejections = chronicle.rejections()
    for letter, about in _STAGES.items():
        of_stage = [r for r in rejections if r.code.startswith(letter)]
        if not of_stage:
            continue
        click.echo("\n" + heading(f"{len(of_stage):,} {about}"))
        counts = Counter(r.code for r in of_stage)
        for code, n in sorted(counts.items()):
            for r in [r for r in of_stage if r.code == code][:_SHOWN]:
                place = passages.place(r.source, r.start_char, r.end_char) if r.end_char else r.source
                quote = f"  “{' '.join(r.quote.split())}”" if r.quote else ""
                text = f"  {code}  {place}  {r.reason}{quote}"
                click.echo(text if len(text) <= terminal_width() else text[: terminal_width() - 1] + "…")
            if n > _SHOWN:
                click.echo(f"  {code}  and {n - _SHOWN:,} more")


def _print_coverage(chronicle: Chronicle) -> None:
    coverage = chronicle.coverage()
    if not coverage:
        return
    click.echo("\n" + heading("how much of each text was used"))
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
