"""A policy told as a table: what is shown of whom, for people to read and for the guide to be held by.

Every predicate of the vocabulary is a row, those of one kind of step below one another; every kind of subject a column.
Nothing is left to be looked up elsewhere. Nothing here judges.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from regesta.protection.policy import COLUMNS, WORD_KINDS, Policy
from regesta.vocab import predicates

__all__ = ["describe"]

_NOTHING: Final = "-"


def describe(policy: Policy) -> str:
    """Return the policy as tables in Markdown; a dash is what is withheld.

    >>> from regesta.protection.policy import default_policy
    >>> print(next(line for line in describe(default_policy()).splitlines() if line.startswith("| arrival")))
    | arrival | show | show | show | show | year | year | show | show |
    """
    rows = [("the name", *(policy.names.get(column, "absent") for column in COLUMNS[:-1]), _NOTHING)]
    rows += [
        (what, *(_cell(table.get(column, "withhold")) for column in COLUMNS))
        for what, table in (("any date", policy.when), ("any place", policy.where))
    ]
    said = [(name, *(_cell(policy.step(name, column)) for column in COLUMNS)) for name in predicates()]
    words = [
        (kind, *("show" if policy.allows_words(kind, column) else _NOTHING for column in COLUMNS))
        for kind in WORD_KINDS
    ]
    limits = [
        f"k = {policy.k}", f"minors are under {policy.minor_below}", f"dead {policy.deceased_after} years after birth",
        f"a release lapses after {policy.release_months} months", f"{policy.at_risk_people} people for somebody at risk",
    ]  # fmt: skip
    grounds = [f"{column}: {policy.grounds[column]}" for column in COLUMNS if column in policy.grounds]
    parts = [
        f"Limits: {'; '.join(limits)}.", f"Grounds: {'; '.join(grounds)}.",
        "What people are called, and the finest date and place:", _table("", rows),
        "What is shown of each predicate:", _table("predicate", said),
        "Texts that hold such words:", _table("words of", words),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _cell(step: str) -> str:
    return _NOTHING if step == "withhold" else step


def _table(corner: str, rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {corner} | {' | '.join(COLUMNS)} |", f"| --- |{' --- |' * len(COLUMNS)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])
