"""`regesta reviewers`: who may decide on the pages of a team.

A password is asked for on the terminal, twice, without showing it; where there is no terminal it is the first line of what is
piped in. It never stands on the command line, where others on the machine could read it. Nothing here prints one.
"""

from __future__ import annotations

import getpass
import json
import sys
from typing import TYPE_CHECKING

import click

from regesta.cli.arguments import JSON
from regesta.cli.logs import DECISIONS, chosen_log
from regesta.errors import ProjectError

if TYPE_CHECKING:
    from regesta.reviewers import Reviewer, Roll

__all__ = ["reviewers"]

_ROLES = {"reviewer": "reviewer", "protection": "protection officer"}


@click.command(
    epilog='Example: regesta reviewers add "Ana Sousa" --decisions postgresql://archive.example/register'
)
@click.argument("action", type=click.Choice(["list", "add", "reset", "disable", "role"]))
@click.argument("name", required=False)
@click.option("--role", type=click.Choice(list(_ROLES)), help="Of `add` and `role`: what somebody is.")
@DECISIONS
@JSON
def reviewers(action: str, name: str | None, *, role: str | None, log: str | None, as_json: bool) -> None:
    """Tell who may decide on the pages of a team, and let somebody in or out.

    `add` and `reset` ask for a password; `disable` lets somebody in no more, `reset` again. Who is `protection` is a
    protection officer: the second person of a release. The roll is in the database that keeps the decisions.
    """
    if (action == "list") != (name is None):
        raise click.UsageError("list takes no NAME" if name else f"say whom: regesta reviewers {action} NAME")
    if role is not None and action not in ("add", "role"):
        raise click.UsageError(f"{action} takes no --role")
    if action == "role" and role is None:
        raise click.UsageError("say what they are, with --role")
    roll = _roll(log)
    if name is None:
        _list(roll.all(), as_json=as_json)
        return
    from regesta.reviewers import ROLES

    wanted = next((one for one in ROLES if one == role), ROLES[0])
    if action == "add":
        if roll.find(name) is not None:
            raise ProjectError("somebody of that name is there already", found=name, hint="try: regesta reviewers reset NAME")  # fmt: skip
        done = roll.add(name, _password(), role=wanted)
    elif action == "reset":
        if roll.find(name) is None:
            raise ProjectError("nobody of that name", found=name, hint="see: regesta reviewers list")
        done = roll.reset(name, _password())
    elif action == "disable":
        done = roll.disable(name)
    else:
        done = roll.change_role(name, wanted)
    if as_json:
        click.echo(json.dumps(_row(done), ensure_ascii=False, indent=2))
        return
    said = {
        "add": "may decide", "reset": "has a new password and may decide", "disable": "may not come in any more",
        "role": "is that from now on",
    }[action]  # fmt: skip
    click.echo(f"{done.name}, {_ROLES[done.role]}, {said}")


def _roll(log: str | None) -> Roll:
    from regesta.database import is_address, open_database
    from regesta.project import find_project
    from regesta.reviewers import Roll

    found = chosen_log(find_project(), log)
    if not is_address(found):
        raise ProjectError(
            "only a team has a roll of reviewers, and its decisions are in PostgreSQL",
            where=str(found) if found else None,
            hint='say where, with --decisions postgresql://USER@HOST/DATABASE, or url = "..." under [decisions] in regesta.toml',
        )  # fmt: skip
    return Roll(open_database(str(found)))


def _password() -> str:
    """Ask for a password."""
    from regesta.reviewers import check_password

    if not sys.stdin.isatty():
        return check_password(sys.stdin.readline().rstrip("\r\n"))
    first = check_password(getpass.getpass("Password: "))
    if check_password(getpass.getpass("Once more: ")) != first:
        raise ProjectError("the two are not the same", hint="nothing was changed; try again")
    return first


def _list(found: tuple[Reviewer, ...], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([_row(one) for one in found], ensure_ascii=False, indent=2))
        return
    width = max((len(one.name) for one in found), default=0)
    for one in found:
        state = f"since {one.since:%Y-%m-%d}"
        if one.last_seen is not None:
            state += f", came in {one.last_seen:%Y-%m-%d %H:%M}"
        if one.disabled_at is not None:
            state += f", disabled {one.disabled_at:%Y-%m-%d}"
        click.echo(f"{one.name:{width}}  {_ROLES[one.role]:18}  {state}")
    if not found:
        click.echo("nobody yet: regesta reviewers add NAME")


def _row(one: Reviewer) -> dict[str, str | None]:
    return {
        "name": one.name, "role": one.role, "since": one.since.isoformat(),
        "disabled_at": one.disabled_at.isoformat() if one.disabled_at else None,
        "last_seen": one.last_seen.isoformat() if one.last_seen else None,
    }  # fmt: skip
