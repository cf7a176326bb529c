"""`regesta diff`."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

import click

from regesta.cli.arguments import JSON
from regesta.cli.printing import heading, terminal_width
from regesta.cli.targets import seen

if TYPE_CHECKING:
    from regesta.chronicle import Comparison

__all__ = ["diff"]

_SHOWN = 12
"""Things of each kind that are told one by one."""

_TITLES = {
    "sources": "sources",
    "entities": "people, groups and things",
    "claims": "claims",
    "findings": "findings",
}
_COLOURS = {
    "new": "green", "opened": "yellow", "reopened": "yellow", "gone": "red", "closed": "green", "settled": "green",
    "no longer holds": "red",
}  # fmt: skip


@click.command(epilog="Example: regesta diff before.duckdb chronicle.duckdb")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option(
    "--limit", type=click.IntRange(0), metavar="N", help=f"Of each kind at most N; {_SHOWN}, with --json all."
)
@JSON
def diff(before: str, after: str, *, limit: int | None, as_json: bool) -> None:
    """Tell what differs between two chronicles: sources, entities, claims, findings.

    A is the older one. Things are known again by the words that they stand on, so that an edit elsewhere in a source
    changes nothing here.
    """
    from regesta.chronicle import Comparison

    with Comparison(before, after) as comparison:
        if as_json:
            click.echo(json.dumps(_as_json(comparison, before, after, limit), ensure_ascii=False, indent=2))
        else:
            _print(comparison, _SHOWN if limit is None else limit)


def _as_json(comparison: Comparison, before: str, after: str, limit: int | None) -> dict[str, Any]:
    told: dict[str, Any] = {"a": before, "b": after, "counts": {}}
    for section in _TITLES:
        counts = comparison.counts(section)
        told["counts"][section] = counts
        told[section] = {how: comparison.rows(section, how, limit) for how in counts}
    return told


def _print(comparison: Comparison, limit: int) -> None:
    same = True
    for name in ("regesta_version", "extractor_version"):
        one, other = (meta.get(name) for meta in comparison.meta)
        if one != other:
            click.echo(f"built by another version ({name.replace('_', ' ')} {one} and {other})")
    for section, title in _TITLES.items():
        counts = comparison.counts(section)
        if not counts:
            continue
        same = False
        click.echo(heading(f"{title}: " + ", ".join(f"{n:,} {how}" for how, n in counts.items())))
        size = max(map(len, counts))
        for how, n in counts.items():
            for row in comparison.rows(section, how, limit):
                told = textwrap.fill(
                    f"{how:{size}}  {_WORDS[section](row)}", terminal_width(), initial_indent="  ",
                    subsequent_indent=" " * (size + 4), break_long_words=False, break_on_hyphens=False,
                )  # fmt: skip
                shown = 2 + len(how)
                click.echo(click.style(told[:shown], fg=_COLOURS.get(how)) + told[shown:])
            if n > limit:
                click.echo(f"  {how:{size}}  " + (f"and {n - limit:,} more" if limit else f"{n:,}"))
    if same:
        click.echo("no difference")


def _source(row: dict[str, Any]) -> str:
    return seen(f"{row['name']}, was {row['was']}" if "was" in row else row["name"])


def _entity(row: dict[str, Any]) -> str:
    was = f"; {row['was']}" if "was" in row else ""
    return seen(f"{row['label']} ({row['kind']}, {row['id']}){was}", 400)


def _claim(row: dict[str, Any]) -> str:
    was = f", was {seen(row['was'], 80)}" if row.get("was") else ""
    said = f"{row['subject']}: {row['predicate']} {row.get('value', '')}{was}"
    return f"{seen(said, 200)}  “{seen(row['quote'], 60)}” {seen(row['source'], 60)}"


def _finding(row: dict[str, Any]) -> str:
    now = f" [{row['now']}]" if "now" in row else ""
    return seen(f"{row['severity']} {row['kind']}: {row['summary']}{now} {row['id']}", 400)


_WORDS = {"sources": _source, "entities": _entity, "claims": _claim, "findings": _finding}
