"""`regesta query`."""

from __future__ import annotations

import csv
import io
import json

import click

from regesta.cli.arguments import JSON, first_is_chronicle, open_chronicle
from regesta.cli.printing import aligned, counted

__all__ = ["query"]


@click.command(
    epilog='Example: regesta query "select predicate, count(*) as n from claims group by all order by n desc"\n\n'
    'The tables and their columns: regesta query "select table_name, comment from duckdb_tables()"'
)
@click.argument("given", nargs=-1, required=True, metavar="[CHRONICLE] SQL")
@JSON
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV instead of a table.")
def query(given: tuple[str, ...], *, as_json: bool, as_csv: bool) -> None:
    """Put a question in SQL to a chronicle.

    The question reads the chronicle and nothing else: no other file, no network, no writing.
    """
    if as_json and as_csv:
        raise click.UsageError("--json or --csv, not both")
    path, sql = first_is_chronicle(given, "SQL")
    with open_chronicle(path) as chronicle:
        answer = chronicle.sql(sql)
    if as_json:
        click.echo(json.dumps(answer.dicts(), ensure_ascii=False, indent=2, default=str))
    elif as_csv:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows(answer.rows)
        click.echo(text.getvalue(), nl=False)
    else:
        click.echo(aligned(answer.columns, answer.rows))
        click.echo(counted(len(answer), "row"), err=True)
