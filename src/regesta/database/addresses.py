"""Addresses of databases, as PostgreSQL spells them: `postgresql://ana@archive.example:5432/register`.

They are shown to people, written into settings and handed to other programs, so a password in one is refused: PostgreSQL's
own ways keep it (`~/.pgpass`, PGPASSFILE, PGPASSWORD). Source: PostgreSQL 15, 34.1.1.2 Connection URIs. Nothing here connects.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urlsplit

from regesta.errors import EngineError

__all__ = ["check_address", "is_address"]

_SCHEMES: Final = ("postgresql://", "postgres://")
_SECRETS: Final = frozenset({"password", "sslpassword", "oauth_client_secret"})


def is_address(where: object) -> bool:
    """Return whether something names a database and no file.

    >>> is_address("postgresql:///register"), is_address("decisions.jsonl")
    (True, False)
    """
    return isinstance(where, str) and where.startswith(_SCHEMES)


def check_address(address: str) -> str:
    """Return an address that may be shown and written down; raises `EngineError` where it holds a password.

    >>> check_address("postgresql://ana@archive.example/register")
    'postgresql://ana@archive.example/register'
    """
    hint = "leave it out, and put it into ~/.pgpass, or into a file that PGPASSFILE names"
    try:
        parts = urlsplit(address)
        secret = parts.password is not None
        asked = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    except ValueError as error:
        raise EngineError(
            "is no address of a database", hint="write postgresql://user@host/database"
        ) from error
    if not is_address(address):
        raise EngineError("is no address of a database", hint="write postgresql://user@host/database")
    if secret or asked & _SECRETS:
        raise EngineError("an address is no place for a password", hint=hint)
    return address
