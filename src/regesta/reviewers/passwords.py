"""Passwords: what may be one, and what is kept of it.

Kept is an Argon2id hash with its own salt and its costs (RFC 9106, the second recommended choice: 64 MiB, three passes), so a
password is guessed slowly even by who has the database. It has at least 15 characters and no other rule (NIST SP 800-63B-4,
3.1.1.2), and is the same however its accents were typed (NFKC). At most two are reckoned at once, so that guesses cannot fill
the memory. Nothing here keeps or sends one.
"""

from __future__ import annotations

import threading
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from regesta.errors import EngineError, ProjectError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

__all__ = ["LONGEST", "SHORTEST", "check_password", "hashed", "is_right"]

SHORTEST: Final = 15
"""Characters."""
LONGEST: Final = 256
_AT_ONCE = threading.BoundedSemaphore(2)


def check_password(password: str) -> str:
    """Return a password as it is compared; raises `ProjectError` where it is too short, too long or one letter repeated.

    >>> check_password("four quiet words here")
    'four quiet words here'
    """
    plain = unicodedata.normalize("NFKC", password)
    if len(plain) < SHORTEST:
        raise ProjectError(
            f"a password has at least {SHORTEST} characters", hint="four words that do not belong together will do"
        )  # fmt: skip
    if len(plain) > LONGEST:
        raise ProjectError(f"a password has at most {LONGEST} characters")
    if len(set(plain)) < 5:
        raise ProjectError("a password of so few different characters is guessed at once")
    return plain


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    with _AT_ONCE:
        return _hasher().hash(check_password(password))


def is_right(password: str, kept: str | None) -> bool:
    """Return whether this is the password of which that was kept; takes as long where nothing was kept."""
    from argon2.exceptions import InvalidHashError, VerificationError

    plain = unicodedata.normalize("NFKC", password[: 2 * LONGEST])
    with _AT_ONCE:
        try:
            return _hasher().verify(kept if kept is not None else _nobody(), plain) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher
        from argon2.profiles import RFC_9106_LOW_MEMORY
    except ImportError as error:
        raise EngineError(
            "passwords need the extra `postgres`", hint="install it with: pip install 'regesta[postgres]'"
        ) from error
    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


@cache
def _nobody() -> str:
    """Return the hash of what nobody types: whoever tries a name that is not there waits as long as others."""
    return _hasher().hash("\x00 nobody has this password \x00")
