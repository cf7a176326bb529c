"""Names of files that every system takes: what Windows cannot hold, or would hold as one, gets a name of its own.

    annals/a.txt ──► annals/a.txt       https:__a?b ──► https___a_b-1f0c9a77       A.txt beside a.txt ──► A.txt-2cb4902f

The same names come out on every system, so exports stay the same byte by byte. Nothing here makes a file.
"""

from __future__ import annotations

import hashlib
import re

__all__ = ["portable"]

_REFUSED = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]|[. ]+$')
"""Signs that a file name of Windows may not have, and what it may not end with. Source: Microsoft, "Naming Files, Paths, and Namespaces"."""
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_LONGEST = 200
"""Bytes of one part: file systems end at 255, and an ending is still to come."""


def portable(name: str, taken: set[str]) -> str:
    """Return a relative path for a name, with slashes; `taken` are those that were returned before, and gets this one.

    >>> taken: set[str] = set()
    >>> portable("annals/a.txt", taken), portable("annals/A.txt", taken)
    ('annals/a.txt', 'annals/A.txt-f1470568')
    >>> portable("../con.txt", taken), portable("a:b", taken)
    ('_con.txt-d3bde286', 'a_b-6783a31e')
    """
    parts = [_part(part) for part in name.split("/") if part not in ("", ".", "..")] or [_part("")]
    last, again = parts[-1], 0
    while "/".join(parts).casefold() in taken:
        parts[-1] = _marked(last, name + "\0" * again)
        again += 1
    path = "/".join(parts)
    taken.add(path.casefold())
    return path


def _part(part: str) -> str:
    plain = _REFUSED.sub("_", part)
    if (
        plain == part
        and plain
        and not _DEVICES.fullmatch(part)
        and len(part.encode("utf-8", "replace")) <= _LONGEST
    ):
        return part
    return _marked(plain.encode("utf-8", "replace")[: _LONGEST - 9].decode("utf-8", "ignore"), part)


def _marked(plain: str, name: str) -> str:
    plain = (
        f"_{plain}" if _DEVICES.fullmatch(plain) else plain
    )  # what stands behind the first dot does not help
    return f"{plain or 'x'}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
