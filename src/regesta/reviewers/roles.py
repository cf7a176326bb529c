"""What a role is for: a release takes two people, one of them a protection officer; erasing takes one.

    Ana, reviewer: release ── Kim, protection officer: release      stands
    Ana, reviewer: release ── Ben, reviewer: release                refused

Anybody may withhold. Which releases need a second person at all is said by the policy (`protection`), not here.
"""

from __future__ import annotations

from collections.abc import Iterable

from regesta.errors import DecisionError
from regesta.reviewers.roll import Roll

__all__ = ["check_role"]


def check_role(roll: Roll, kind: str, by: str, before: Iterable[str]) -> None:
    """Raise `DecisionError` where somebody may not decide this; `before` are those whose release of the same stands.

    Kinds that need no role ask nobody.
    """
    if kind not in ("release", "erase"):
        return
    others = set(before) - {by} if kind == "release" else set()
    if kind == "release" and not others:
        return  # the first of two
    officers = {one.name for one in roll.all() if one.role == "protection" and one.disabled_at is None}
    if officers & {by, *others}:
        return
    what = "one of the two who release" if kind == "release" else "who erases"
    raise DecisionError(
        f"{what} has to be a protection officer", found=by,
        hint="see who is one with: regesta reviewers list",
    )  # fmt: skip
