"""Who may decide on the pages of a team: names, passwords, roles, and who is there at the moment.

    Roll(database).add("Ana Sousa", password, role="reviewer")        regesta reviewers add
    Sessions(database).enter("Ana Sousa", password) ──► the secret of a session ──► Sessions.who(secret) ──► Reviewer

All of it is in PostgreSQL, so that several servers share it. Reviewers are disabled and never deleted: their names stand beside
what they decided. Nothing here knows a page or a decision. Needs the extra `postgres`.
"""

from __future__ import annotations

from regesta.reviewers.passwords import SHORTEST, check_password
from regesta.reviewers.roles import check_role
from regesta.reviewers.roll import ROLES, Reviewer, Role, Roll
from regesta.reviewers.sessions import LASTS, Besieged, Sessions

__all__ = [
    "LASTS",
    "ROLES",
    "SHORTEST",
    "Besieged",
    "Reviewer",
    "Role",
    "Roll",
    "Sessions",
    "check_password",
    "check_role",
]
