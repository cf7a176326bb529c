"""`regesta demo`."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta.cli.arguments import JSON
from regesta.cli.build import Bar, as_json_of, report, summary
from regesta.cli.printing import Passages, aligned, bar, claim_in_words, heading, number, terminal_width

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle
    from regesta.chronicle.rows import ClaimRow

__all__ = ["demo"]

_SOURCES = Path(__file__).parent.parent / "demo" / "sources"

_TELLING = (
    "arrival",
    "kin",
    "award",
    "route",
    "vehicle",
    "imprisoned_for",
    "amount",
    "capacity",
    "status",
    "population",
)
"""Predicates of which the demo shows a claim each, where there is one."""


@click.command(epilog="Example: regesta demo -o example.duckdb")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("regesta-demo.duckdb"),
    show_default=True,
    metavar="CHRONICLE",
    help="Where to write.",
)
@JSON
def demo(*, output: Path, as_json: bool) -> int:
    """Build the example register and show what it holds.

    It comes with regesta: five short documents in as many formats about people who left North Korea, which overlap and
    disagree as real ones do. On a terminal it goes on to show them in the browser, until Ctrl-C.
    """
    start = time.perf_counter()
    from regesta.chronicle import open as open_
    from regesta.pipeline import rebuild

    built = rebuild([_SOURCES], output=output, jobs=os.cpu_count() or 1, progress=Bar())
    seconds = time.perf_counter() - start
    if as_json:
        click.echo(json.dumps(as_json_of(built, seconds), ensure_ascii=False, indent=2))
    else:
        click.echo(f"{heading('The example register')}\n{summary(built, seconds)}")
        with open_(output) as chronicle:
            for part in (_sources, _people_by_year, _series, _claims, _next):
                if lines := list(part(chronicle)):
                    click.echo("\n" + "\n".join(lines))
    report(built)
    if not as_json and not built.failures and _is_watched():
        from regesta.cli.serve import serve_until_stopped

        click.echo()
        serve_until_stopped(output, title="The example register")
    return 1 if built.failures else 0


def _is_watched() -> bool:
    """Return whether somebody sits before it who can open an address, and what shows it is there."""
    from regesta.cli.serve import is_installed

    return sys.stdin.isatty() and sys.stdout.isatty() and is_installed()


def _sources(chronicle: Chronicle) -> Iterable[str]:
    answer = chronicle.sql(
        """
        select name, format, title,
            (select count(distinct entity) from mentions m join entities e on e.id = m.entity
                where m.source = name and e.kind in ('person', 'group')) as people,
            (select count(*) from claims c where c.source = name) as claims,
            (select count(*) from citations r where r.source = name) as refs
        from sources order by name
        """
    )
    yield heading("Sources")
    yield _indented(aligned(answer.columns, answer.rows, limit=44))


def _people_by_year(chronicle: Chronicle) -> Iterable[str]:
    """Count people and groups by the year of their arrival, leaving out arrivals that span years."""
    rows = chronicle.sql(
        """
        select left(value_edtf, 4) as year, count(distinct subject) as people,
            string_agg(distinct subject_label, ', ' order by subject_label) as names
        from claims where predicate = 'arrival' and subject_kind in ('person', 'group')
            and regexp_matches(value_edtf, '^[0-9]{4}') and value_edtf not like '%/%'
        group by year order by year
        """
    ).rows
    if rows:
        yield heading("People and groups by year of arrival")
        yield from _bars([(year, n, names) for year, n, names in rows], columns=14)


def _series(chronicle: Chronicle) -> Iterable[str]:
    """Return the longest series, its points in order of the source."""
    points = [o for o in chronicle.series() if o.role == "observation"]
    if points:
        longest = max({o.series for o in points}, key=lambda s: (sum(o.series == s for o in points), s))
        chosen = [o for o in points if o.series == longest]
        yield heading(f"{chosen[0].series_label} ({chosen[0].source})")
        yield from _bars([(o.label, o.value, "") for o in chosen], columns=40)


def _claims(chronicle: Chronicle) -> Iterable[str]:
    """Show one claim of each telling kind, its passage neither a word nor half a page."""
    passages = Passages(chronicle)
    shown: list[ClaimRow] = []
    for predicate in _TELLING:
        claims = chronicle.claims(predicate=predicate)
        fresh = [c for c in claims if c.subject not in {s.subject for s in shown}] or claims
        if fresh:
            told = [c for c in fresh if 20 <= len(chronicle.evidence(c)[0].quote) <= 160]
            shown.append((told or fresh)[0])
    if shown:
        yield heading("Some claims, each with the passage that says it")
    for claim in shown:
        yield f"  {claim.subject_label}  {claim_in_words(claim)}"
        yield passages.show(chronicle.evidence(claim)[0], indent="      ")


def _bars(rows: list[tuple[str, float, str]], *, columns: int) -> Iterable[str]:
    largest = max(value for _, value, _ in rows)
    label_width = max(len(label) for label, _, _ in rows)
    number_width = max(len(number(value)) for _, value, _ in rows)
    for label, value, note in rows:
        drawn = bar(value, largest, columns)
        line = f"  {label:>{label_width}} {number(value):>{number_width}} {drawn:{columns}}"
        room = terminal_width() - len(line) - 1
        shown = note if len(note) <= room else note[: room - 1] + "…"
        yield f"{line} {click.style(shown, dim=True)}".rstrip() if note else line.rstrip()


def _next(chronicle: Chronicle) -> Iterable[str]:
    """Commands to go on with, about the person of whom most is said."""
    found = chronicle.sql(
        "select subject_label from claims where subject_kind = 'person' group by all order by count(*) desc, subject_label limit 1"
    ).rows
    path = chronicle.path
    question = "select subject_label, value_edtf from claims where predicate = 'arrival' order by earliest"
    yield heading("Ask it more")
    if found:
        yield f'  regesta show {path} "{found[0][0]}"'
    yield f'  regesta query {path} "{question}"'
    yield f"  regesta export {path} --format csv -o tables"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
