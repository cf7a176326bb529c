"""What `edition` and `publish` share: the policy of a project, the plan under it, and who is not in an edition, in words.

Who is left out is told as numbers by ground, never as names. Nothing here writes a file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import click

from regesta.cli.logs import chosen_log
from regesta.errors import ProjectError

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from regesta.chronicle import Chronicle
    from regesta.edition import Before, Made
    from regesta.project import Project
    from regesta.protection import Plan, Policy

__all__ = ["people_told", "planned", "policy_of", "tally_people"]

_POLICY: Final = "policy.toml"
_UNSEEN: Final = "no_passage"
_GROUNDS: Final = {
    "decision.withhold": "withheld or erased by a decision",
    "name.joined": "told of in the words that tell of somebody who is shown by name",
    "name.kin": "relatives whom no source names",
    "small_counts": "too few are like them",
    "name.nothing_to_show": "nothing that is said of them may be shown",
    _UNSEEN: "no passage that may be seen speaks of them",
}


def policy_of(project: Project, file: Path | None) -> Policy:
    """Return the policy of a file, else that of the project, else the one that ships."""
    from regesta.protection import read_policy

    own = project.root / _POLICY
    if file is None and project.is_real and own.is_file():
        file = own
    if file is not None and not file.is_file():
        raise ProjectError(
            "no such policy", where=str(file), hint="check the path, or leave it out to use the default"
        )
    return read_policy(file)


def planned(
    project: Project,
    chronicle: Chronicle,
    policy: Policy,
    day: dt.date,
    log: str | None,
    before: Before | None,
) -> tuple[Plan, bytes]:
    """Return what may be shown, and the key of the project; `before` is the edition that went out."""
    from regesta.decisions import read_log
    from regesta.edition import Names
    from regesta.protection import plan
    from regesta.protection.key import read_key

    key = read_key(project.root if project.is_real else None)
    where = chosen_log(project, log)
    decisions: Any = read_log(where) if where is not None else ()
    was_shown = None if before is None else Names(key).among(before.people)
    made = plan(
        chronicle, policy, decisions, key=key, on=day, was_shown=was_shown, packs=project.pack_folders
    )
    for note in made.notes:
        click.echo(f"regesta: {note}", err=True)
    return made, key


def tally_people(plan: Plan, made: Made) -> dict[str, dict[str, int]]:
    """Return how many people and groups are shown and how, and how many are not, by ground."""
    unseen = set(made.unseen)
    shown: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    for entity, one in plan.exposures.items():
        if one.shown == "absent":
            dropped[one.rule] += 1
        elif entity in unseen:
            dropped[_UNSEEN] += 1
        else:
            shown[one.shown] += 1
    return {"shown": dict(sorted(shown.items())), "dropped": dict(sorted(dropped.items()))}


def people_told(tally: dict[str, dict[str, int]]) -> Iterator[str]:
    r"""Yield the same in words, a line each.

    >>> print(*people_told({"shown": {"name": 3, "described": 1}, "dropped": {"name.kin": 2, "name.at_risk": 1}}), sep="\n")
    people and groups: 3 by name, 1 described; 3 are not in it
      2 relatives whom no source names (name.kin)
      1 the policy shows nobody of this class (name.at_risk)
    """
    words = {"name": "by name", "pseudonym": "by a pseudonym", "described": "described"}
    shown = ", ".join(
        f"{tally['shown'][how]:,} {told}" for how, told in words.items() if how in tally["shown"]
    )
    dropped = tally["dropped"]
    yield f"people and groups: {shown or 'nobody'}; {sum(dropped.values()):,} are not in it"
    for rule, n in sorted(dropped.items(), key=lambda row: (-row[1], row[0])):
        yield f"  {n:,} {_GROUNDS.get(rule, 'the policy shows nobody of this class')} ({rule})"
