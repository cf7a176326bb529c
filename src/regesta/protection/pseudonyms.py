"""Names that lead nowhere without the key: the same person, the same pseudonym, edition after edition.

    HMAC-SHA256(key, what it is for, the id of the entity)  ──►  "Person 7F3K2Q"

An unkeyed hash of a name could be looked up by trying names; this cannot. Letters and digits are those of Crockford's
base 32, which leaves out what people mix up. Nothing here reads the key.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from typing import Final

from regesta.errors import ProjectError

__all__ = ["keyed", "pseudonyms"]

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LEAST: Final = 7


def keyed(key: bytes, what: str, word: str) -> bytes:
    """Return HMAC-SHA256 (RFC 2104) of a word for one purpose; raises `ProjectError` for a key under 32 bytes.

    >>> keyed(bytes(32), "person", "e-1").hex()[:12]
    '68fb5bf5bddf'
    """
    if len(key) < 32:
        raise ProjectError(
            "the key is too short", found=f"{len(key)} bytes", hint="32 random bytes are needed"
        )
    return hmac.new(key, f"{what}\x1f{word}".encode("utf-8", "surrogatepass"), hashlib.sha256).digest()


def pseudonyms(key: bytes, entities: Iterable[str]) -> dict[str, str]:
    """Return a pseudonym for each entity, no two the same: seven letters, more where seven would meet.

    >>> list(pseudonyms(bytes(32), ["e-1"]).values())
    ['Person KVXCEZ4']
    """
    letters = {entity: _spelled(keyed(key, "pseudonym", entity)) for entity in dict.fromkeys(entities)}
    seen: dict[str, int] = {}
    for spelled in letters.values():
        seen[spelled[:_LEAST]] = seen.get(spelled[:_LEAST], 0) + 1
    return {
        entity: f"Person {spelled[:_LEAST] if seen[spelled[:_LEAST]] == 1 else spelled[:16]}"
        for entity, spelled in letters.items()
    }


def _spelled(digest: bytes) -> str:
    number = int.from_bytes(digest[:16], "big")
    return "".join(_LETTERS[(number >> (123 - 5 * place)) & 31] for place in range(16))
