"""Canaries: marked strings that stand in what is withheld, and must never stand in what leaves.

    regesta edition --canary 4             four new ones, to be put into private notes, titles, reasons of decisions
    canaries.txt  beside regesta.toml      one a line; `#` begins a remark; every check looks for them

A canary is three short words that no text has beside one another and six digits, so that it survives spelling, case and hyphens
and is found by the same patterns as a name. Who plants one learns that a way out is open before a name takes it. Nothing
here looks into a file but the list itself.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from regesta.errors import ProjectError

__all__ = ["CANARIES", "plant", "read_canaries"]

CANARIES: Final = "canaries.txt"
"""Beside `regesta.toml`."""

_SYLLABLES: Final = tuple(a + b + c for a in "bdfgklmprstvz" for b in "aeiou" for c in "bdgklmnprstvxz")
_MOST: Final = 10_000
"""Lines of a list."""
_SHORTEST: Final = 6
"""Letters and digits of a canary that somebody thought of."""


def plant(seed: bytes, n: int = 1) -> list[str]:
    """Return canaries made of a seed: the same for the same seed, others for every other.

    >>> plant(b"notes of March", 2) == plant(b"notes of March", 3)[:2]
    True
    >>> len(plant(b"notes of March")[0].split("-"))
    4
    """
    made = []
    for number in range(n):
        digest = hashlib.sha256(b"canary" + seed + number.to_bytes(4, "big")).digest()
        words = [
            _SYLLABLES[int.from_bytes(digest[4 * i : 4 * i + 4], "big") % len(_SYLLABLES)]
            + _SYLLABLES[int.from_bytes(digest[4 * i + 12 : 4 * i + 16], "big") % len(_SYLLABLES)]
            for i in range(3)
        ]
        digits = int.from_bytes(digest[28:32], "big") % 1_000_000
        made.append(f"{'-'.join(words)}-{digits:06}")
    return made


def read_canaries(path: Path) -> tuple[str, ...]:
    """Return the canaries of a list, none where there is no list.

    Raises `ProjectError` where it cannot be read, or a line is too short to be looked for.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(
            "cannot be read as text", where=str(path), hint="one canary a line, UTF-8"
        ) from error
    found = []
    for number, line in enumerate(lines, 1):
        told = line.partition("#")[0].strip()
        if not told:
            continue
        if sum(x.isalnum() for x in told) < _SHORTEST or number > _MOST:
            raise ProjectError(
                "is no canary" if number <= _MOST else "the list is too long", where=f"{path}:{number}",
                hint=f"at least {_SHORTEST} letters and digits a line, at most {_MOST:,} lines; make some with: regesta edition --canary 4",
            )  # fmt: skip
        found.append(told)
    return tuple(dict.fromkeys(found))
