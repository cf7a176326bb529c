"""Ids and names of an edition: made of what it shows, or with the key of the project.

    entity          e-  HMAC-SHA256(key, id in the chronicle)           the same in every edition, for nobody else
    document        d-  hash of its new text and format
    claim, mention  c- m- ...  hash of what is shown of them
    source          its own name where that is clean, else source- and an HMAC

An id of the chronicle is a hash of what is withheld as well, and names can be tried against it (PROTECTION.md, RFC 2104).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Container
from dataclasses import dataclass

__all__ = ["Names"]


@dataclass(frozen=True, slots=True)
class Names:
    """The key, and what is called by it."""

    key: bytes

    def entity(self, id_: str) -> str:
        """Return the id that an entity has in editions.

        >>> Names(b"k" * 32).entity("e-7f1c2a90b1d4e3f0")
        'e-56424d2ab184bfcc'
        """
        return f"e-{self._digest('entity', id_)}"

    def among(self, shown: Container[str]) -> Callable[[str], bool]:
        """Return whether an entity of the chronicle is among the ids of an edition.

        >>> was_shown = Names(b"k" * 32).among({"e-56424d2ab184bfcc"})
        >>> was_shown("e-7f1c2a90b1d4e3f0"), was_shown("e-0000000000000000")
        (True, False)
        """
        return lambda id_: self.entity(id_) in shown

    def source(self, name: str) -> str:
        """Return a name for a source whose own name may not be seen."""
        return f"source-{self._digest('source', name)[:12]}"

    def _digest(self, what: str, value: str) -> str:
        return hmac.new(self.key, f"edition\x1f{what}\x1f{value}".encode(), hashlib.sha256).hexdigest()[:16]
