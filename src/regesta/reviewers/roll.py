"""The roll: who may decide, and as what.

Two names that look alike are one (NFKC, case, spaces), so that nobody can pass for another. Who is disabled or gets a new
password is out at once, wherever they are logged in. Nothing here checks a password.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal, get_args

from regesta.errors import ProjectError
from regesta.reviewers.passwords import hashed

if TYPE_CHECKING:
    from regesta.database import Database

__all__ = ["ROLES", "Reviewer", "Role", "Roll", "key_of", "tidy"]

Role = Literal["reviewer", "protection"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
"""What somebody may be: `protection` is a protection officer, who also may be the second person of a release."""

LONGEST_NAME: Final = 80
SELECT: Final = "select number, name, role, since, disabled_at, (select max(s.since) from regesta.sessions s where s.reviewer = r.number) from regesta.reviewers r"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """Somebody who may decide."""

    number: int
    name: str
    """As it stands beside decisions."""
    role: Role
    since: datetime
    disabled_at: datetime | None = None
    """From when on they may not come in; None where they may."""
    last_seen: datetime | None = None
    """When the newest session that is not over began."""


class Roll:
    """The reviewers of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[Reviewer, ...]:
        """Return everybody, by name."""
        with self._database.transaction() as cursor:
            cursor.execute(f"{SELECT} order by key")
            return tuple(reviewer_of(row) for row in cursor.fetchall())

    def find(self, name: str) -> Reviewer | None:
        """Return who has this name, None where nobody has."""
        with self._database.transaction() as cursor:
            cursor.execute(f"{SELECT} where key = %s", [key_of(name)])
            row = cursor.fetchone()
            return reviewer_of(row) if row else None

    def add(self, name: str, password: str, *, role: Role = "reviewer") -> Reviewer:
        """Add somebody; raises `ProjectError` where the name is taken or is none, or the password will not do."""
        plain = tidy(name)
        kept = hashed(password)
        with self._database.transaction() as cursor:
            cursor.execute(
                "insert into regesta.reviewers (name, key, password, role) values (%s, %s, %s, %s) "
                "on conflict (key) do nothing",
                [plain, key_of(plain), kept, role],
            )
            if not cursor.rowcount:
                raise ProjectError(
                    "somebody of that name is there already", found=plain,
                    hint="who comes back is let in again with: regesta reviewers reset NAME",
                )  # fmt: skip
            cursor.execute(f"{SELECT} where key = %s", [key_of(plain)])
            row = cursor.fetchone()
            assert row is not None
            return reviewer_of(row)

    def disable(self, name: str) -> Reviewer:
        """Let somebody in no more, and end their sessions; raises `ProjectError` where nobody has that name."""
        return self._changed(name, "disabled_at = coalesce(disabled_at, now())", [])

    def reset(self, name: str, password: str) -> Reviewer:
        """Give somebody a new password, let them in again if they were disabled, and end their sessions."""
        return self._changed(name, "password = %s, disabled_at = null", [hashed(password)])

    def change_role(self, name: str, role: Role) -> Reviewer:
        """Make somebody something else; their sessions end."""
        return self._changed(name, "role = %s", [role])

    def _changed(self, name: str, change: str, values: list[str]) -> Reviewer:
        with self._database.transaction() as cursor:
            cursor.execute(
                f"update regesta.reviewers set {change} where key = %s returning number",  # noqa: S608 - ours
                [*values, key_of(name)],
            )
            row = cursor.fetchone()
            if row is None:
                raise ProjectError(
                    "nobody of that name", found=name[:LONGEST_NAME], hint="see: regesta reviewers list"
                )
            cursor.execute("delete from regesta.sessions where reviewer = %s", [row[0]])
            cursor.execute("delete from regesta.attempts where key = %s", [key_of(name)])
            cursor.execute(f"{SELECT} where number = %s", [row[0]])
            found = cursor.fetchone()
            assert found is not None
            return reviewer_of(found)


def tidy(name: str) -> str:
    r"""Return a name on one line; raises `ProjectError` where it is none or has what cannot be seen.

    >>> tidy("  Ana \n Sousa ")
    'Ana Sousa'
    """
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise ProjectError(f"a name has 1 to {LONGEST_NAME} visible characters", found=name[:LONGEST_NAME])
    return plain


def key_of(name: str) -> str:
    """Return what two names share that look alike.

    >>> key_of("ＡＮＡ  Sousa") == key_of("Ana sousa")
    True
    """
    return " ".join(
        unicodedata.normalize("NFKC", name[: 4 * LONGEST_NAME]).casefold().replace("\x00", " ").split()
    )


def reviewer_of(row: tuple[int, str, Role, datetime, datetime | None, datetime | None]) -> Reviewer:
    number, name, role, since, disabled_at, last_seen = row
    return Reviewer(
        number=number, name=name, role=role, since=since, disabled_at=disabled_at, last_seen=last_seen
    )
