"""`regesta build`."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta.cli.arguments import JSON, OCR
from regesta.cli.logs import DECISIONS, chosen_log
from regesta.cli.printing import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from regesta.pipeline import Built, Turn

__all__ = ["Bar", "as_json_of", "build", "changed", "report", "summary", "turned"]

COUNTED = (
    ("sources", "source", "sources"),
    ("people", "person or group", "people and groups"),
    ("claims", "claim", "claims"),
    ("observations", "point of series", "points of series"),
    ("citations", "reference", "references"),
    ("rejections", "passage left out", "passages left out"),
)
"""What a summary counts: the table, and its words for one and for many."""


_TOLD = 3
"""Changes of ids that are told of each kind."""


class Bar:
    """A progress bar on a terminal, nothing in a pipe."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __call__(self, done: int, total: int, name: str) -> None:
        """Draw the state; the last call wipes it away."""
        if not self._shown:
            return
        width = 24
        full = width * done // max(total, 1)
        line = f"{'━' * full}{'╌' * (width - full)} {done}/{total} {name[:40]}"
        click.echo(f"\r\x1b[2K{line if done < total else ''}", nl=False, err=True)


@click.command(epilog="Example: regesta build ~/papers -o papers.duckdb")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="CHRONICLE", help="Where to write.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes at most; default: one per core.")
@OCR
@DECISIONS
@click.option("--no-cache", is_flag=True, help="Read everything again.")
@click.option(
    "--engine", type=click.Choice(("local", "spark")), default="local", help="What reads the sources."
)
@click.option("--master", metavar="URL", help="Of Spark: local[N], spark://host:7077; default: this machine.")
@click.option(
    "--landing", metavar="FOLDER-or-URL", help="Of Spark: where workers put what they read, and it stays."
)
@click.option("--profile", is_flag=True, help="Say where the time went: steps, documents, rules, checks.")
@JSON
def build(
    paths: tuple[str, ...],
    *,
    output: Path | None,
    jobs: int | None,
    ocr: str | None,
    log: str | None,
    no_cache: bool,
    engine: str,
    master: str | None,
    landing: str | None,
    profile: bool,
    as_json: bool,
) -> int:
    """Read the sources and write the chronicle.

    PATH is a file or a folder; without one the project's sources are read. With --engine spark it may be a URL, or a table of
    Parquet. The chronicle is replaced when the new one is
    complete. Exit status 1 where a source could not be read.
    """
    start = time.perf_counter()
    from regesta.pipeline import rebuild
    from regesta.profiling import Profile
    from regesta.project import find_project

    watched = Profile() if profile else None
    built = rebuild(
        paths, output=output, jobs=jobs or os.cpu_count() or 1, cache=not no_cache, ocr=ocr,
        decisions=chosen_log(find_project(), log), progress=Bar(), engine=engine, master=master, landing=landing,
        profile=watched,
    )  # fmt: skip
    seconds = time.perf_counter() - start
    if journal := sys.modules.get("regesta.journal"):
        _record(journal.record, built, seconds)
    if as_json:
        told = as_json_of(built, seconds)
        if watched is not None:
            from regesta.cli.profiled import as_json_of_profile

            told["profile"] = as_json_of_profile(built, watched, seconds)
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo(summary(built, seconds))
        for line in changed(built.changes):
            click.echo(line)
        if built.turn is not None:
            click.echo(turned(built.turn))
        if built.n_unapplied:
            n = built.n_unapplied
            click.echo(
                f"{n} decision{'s' * (n > 1)} did not apply: see them with regesta decide list", err=True
            )
        if built.n_unread:
            how = "is no decision and does" if built.n_unread == 1 else "are no decisions and do"
            click.echo(
                f"{counted(built.n_unread, 'line')} of the log {how} not count: see regesta decide list",
                err=True,
            )
        for line in bounded(built):
            click.echo(line, err=True)
        if built.n_crowded:
            passed = f"{built.n_crowded:,} runs of words that are all that two sources share were passed over"
            click.echo(f"{passed}: each source keeps its longest", err=True)
        if watched is not None:
            from regesta.cli.profiled import profile_lines

            for line in profile_lines(built, watched, seconds):
                click.echo(line)
        if not built.counts["sources"] and not built.failures:
            click.echo("nothing was read: put documents into the folder, or name them", err=True)
    report(built)
    return 1 if built.failures else 0


def _record(record: Callable[..., None], built: Built, seconds: float) -> None:
    """Tell the journal of a build: numbers alone."""
    for step, took in built.seconds.items():
        record("step", step=step, seconds=round(took, 4))
    turn, counts = built.turn, built.counts
    record(
        "built", seconds=round(seconds, 4), n_sources=counts["sources"], n_cached=built.n_cached,
        n_failed=len(built.failures), n_claims=counts["claims"], n_entities=counts["entities"],
        n_rejections=counts["rejections"], n_findings=counts["findings"], n_unapplied=built.n_unapplied,
        n_opened=turn and turn.n_opened, n_closed=turn and turn.n_closed, n_bytes=built.path.stat().st_size,
    )  # fmt: skip


def changed(changes: tuple[str, ...]) -> Iterator[str]:
    """Yield what became of the ids that the project's ledger knew: how many of each kind, and the first of them."""
    kinds = dict.fromkeys(change.partition(":")[0] for change in changes)
    for kind in kinds:
        told = [change.partition(": ")[2] for change in changes if change.startswith(f"{kind}:")]
        first = "; ".join(told[:_TOLD]) + (" ..." if len(told) > _TOLD else "")
        yield f"{len(told)} {kind}: {first}"


def bounded(built: Built) -> Iterator[str]:
    """Yield what was not compared with everything, for there was too much of it, and what that means."""
    if not built.n_skipped:
        return
    yield (
        f"up to {built.n_skipped:,} pairs of mentions were not compared: too many bear one name, or names that begin alike; each was "
        "compared with those of the nearest dates or letters alone, and one person may be told as several"
    )
    borne = [f"{name} by {n:,} mentions" for name, n in built.crowds[:_TOLD]]
    if borne:
        more = f" and {len(built.crowds) - _TOLD:,} more names" if len(built.crowds) > _TOLD else ""
        yield f"borne by too many: {'; '.join(borne)}{more} (findings F013: regesta check)"


def turned(turn: Turn) -> str:
    """Return what became of findings against the chronicle that was replaced, in one line.

    >>> from regesta.pipeline import Turn
    >>> turned(Turn(n_opened=2, n_reopened=1, n_closed=3, n_open=9))
    'findings: 2 opened, 1 reopened, 3 closed; 9 open'
    """
    again = f", {turn.n_reopened:,} reopened" if turn.n_reopened else ""
    return f"findings: {turn.n_opened:,} opened{again}, {turn.n_closed:,} closed; {turn.n_open:,} open"


def summary(built: Built, seconds: float) -> str:
    """Return what a build made in two lines."""
    numbers = [counted(built.counts[table], one, many) for table, one, many in COUNTED]
    kept = f", {built.n_cached} unchanged" if built.n_cached else ""
    return f"{', '.join(numbers)}\n{built.path} written in {seconds:.2f} s{kept}"


def as_json_of(built: Built, seconds: float) -> dict[str, object]:
    """Return what a build made, for programs."""
    return {
        "chronicle": str(built.path),
        "counts": built.counts,
        "failures": [{"source": f.source, "reason": f.reason} for f in built.failures],
        "unchanged": built.n_cached,
        "changes": list(built.changes),
        "findings": None
        if built.turn is None
        else {
            "opened": built.turn.n_opened,
            "reopened": built.turn.n_reopened,
            "closed": built.turn.n_closed,
            "open": built.turn.n_open,
        },
        "decisions_not_applied": built.n_unapplied,
        "decisions_not_read": built.n_unread,
        "pairs_not_compared": built.n_skipped,
        "names_borne_by_too_many": [{"name": name, "mentions": n} for name, n in built.crowds],
        "passages_passed_over": built.n_crowded,
        "seconds": {
            "total": round(seconds, 4),
            **{step: round(took, 4) for step, took in built.seconds.items()},
        },
    }


def report(built: Built) -> None:
    """Name the sources that could not be read, and keep the tracebacks of our own faults."""
    for failure in built.failures:
        click.echo(f"regesta: {failure.source}: {failure.reason}", err=True)
    traces = [f"{f.source}\n{f.trace}" for f in built.failures if f.trace]
    if traces:
        from regesta.cli import write_log

        click.echo(f"regesta: the tracebacks are in {write_log(traces)}", err=True)
