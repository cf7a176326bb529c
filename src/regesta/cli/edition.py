"""`regesta edition`."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from regesta.cli.arguments import JSON
from regesta.cli.build import Bar
from regesta.cli.logs import DECISIONS
from regesta.cli.printing import counted
from regesta.cli.protecting import people_told, planned, policy_of, tally_people
from regesta.project import find_project

if TYPE_CHECKING:
    from regesta.edition import Leak, Made
    from regesta.protection import Plan

__all__ = ["edition"]


@click.command(
    epilog="Example: regesta edition --check -o public.duckdb\n\n"
    "Example: regesta export public.duckdb --format xlsx -o tables\n\n"
    "Example: regesta edition --canary 4 >> canaries.txt"
)
@click.argument("chronicle", required=False, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUTPUT",
    help="Where to write; default: edition.duckdb beside the chronicle.",
)
@click.option(
    "--policy",
    "policy_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="What may be shown; default: policy.toml of the project, else the one that ships.",
)
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day for which releases hold; default: today.",
)
@click.option(
    "--since",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="EDITION",
    help="The edition that was given out before; default: what stands at OUTPUT. Few people without a name are not added to it.",
)
@click.option(
    "--check", is_flag=True, help="Look for what is withheld in every byte; leave nothing where it is found."
)
@click.option(
    "--canary", type=click.IntRange(1, 1000), metavar="N", help="Only print N new canaries for canaries.txt."
)
@DECISIONS
@JSON
def edition(
    chronicle: Path | None,
    *,
    output: Path | None,
    policy_file: Path | None,
    on: dt.datetime | None,
    since: Path | None,
    check: bool,
    canary: int | None,
    log: str | None,
    as_json: bool,
) -> int:
    """Make the public edition: a chronicle that never contained what is withheld.

    It is built from CHRONICLE under the policy and the log of decisions, and is read like any chronicle: by the pages, the exports,
    `query`. Its documents are new ones: what may not be seen is `[withheld]` in them. With --check every byte of it is searched for
    names of people who are hidden, in any spelling, for runs of words that are withheld, and for canaries (canaries.txt beside
    regesta.toml); where one is found the exit status is 1, and there is no file.
    """
    if canary is not None:
        return _canaries(canary)
    from regesta.chronicle import open as open_chronicle
    from regesta.edition import before_of, make, read_canaries, watch_of
    from regesta.edition.canaries import CANARIES

    project = find_project()
    path = chronicle or project.chronicle
    target = output or path.with_name(
        "edition.duckdb" if path == project.chronicle else f"{path.stem}-edition.duckdb"
    )
    day = (on or dt.datetime.now()).date()  # noqa: DTZ005 - the day where the person is
    bar = Bar()
    with open_chronicle(path) as opened:
        before = before_of(since or target)
        plan, key = planned(project, opened, policy_of(project, policy_file), day, log, before)
        canaries = read_canaries(project.root / CANARIES) if project.is_real else ()
        made = make(opened, plan, target, key=key, before=before, progress=bar)
        watch = watch_of(opened, plan, canaries) if canaries else made.watch
    leaks: tuple[Leak, ...] | None = None
    if check:
        try:
            leaks = _checked(target, watch, plan.policy.k, bar)
        finally:
            if leaks is None or leaks:
                target.unlink(missing_ok=True)  # an older edition would hold what is withheld since
    if as_json:
        click.echo(json.dumps(_as_json(made, plan, leaks), ensure_ascii=False, indent=2))
    else:
        _tell(made, plan, leaks)
    return 1 if leaks else 0


def _canaries(n: int) -> int:
    import secrets

    from regesta.edition import plant

    for one in plant(secrets.token_bytes(32), n):
        click.echo(one)
    return 0


def _checked(target: Path, watch: Any, k: int, bar: Bar) -> tuple[Leak, ...]:
    from regesta.edition import check

    return check([target], watch, k=k, progress=bar)


def _as_json(made: Made, plan: Plan, leaks: tuple[Leak, ...] | None) -> dict[str, object]:
    return {
        "edition": str(made.path) if not leaks else None,
        "on": plan.on.isoformat(),
        "policy": {"title": plan.policy.title, "sha256": plan.policy.sha256},
        "rows": made.counts,
        "people": tally_people(plan, made),
        "withheld": dict(sorted(plan.withheld.items())),
        "left_out": made.left_out,
        "checked": leaks is not None,
        "leaks": [
            {"rule": leak.rule, "count": leak.count, "files": list(leak.files)} for leak in leaks or ()
        ],
    }


def _tell(made: Made, plan: Plan, leaks: tuple[Leak, ...] | None) -> None:
    counts = made.counts
    withheld = sum(plan.withheld.values())
    click.echo(
        f"{counted(counts['sources'], 'source')}, {counted(counts['entities'], 'entity', 'entities')}, "
        f"{counted(counts['claims'], 'claim')}, {counted(counts['findings'], 'finding')}"
    )
    click.echo(
        f"withheld: {counted(withheld, 'claim or person', 'claims and people')} by {counted(len(plan.withheld), 'rule')} of the policy “{plan.policy.title}”"
    )
    for line in people_told(tally_people(plan, made)):
        click.echo(line)
    if leaks:
        for leak in leaks:
            click.echo(f"leak: {leak.rule}, {leak.count:,} times", err=True)
        click.echo(f"nothing was left at {made.path}; please report what made the leak", err=True)
        return
    if leaks is not None:
        click.echo(
            f"searched for {counted(made.watch.n_names, 'spelling')} of names and {counted(made.watch.n_runs, 'run')} of words: "
            "none is in it"
        )
        if made.watch.n_left_out:
            click.echo(
                f"not looked for: {counted(made.watch.n_left_out, 'name')}, common words or shown as well"
            )
    click.echo(f"{made.path} written, for {plan.on.isoformat()}")
