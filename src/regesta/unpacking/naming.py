r"""The names of members: a path below the container, whatever the container calls them.

    "docs\a.txt"         docs/a.txt         "C:/x.txt", "/x.txt"   x.txt
    "../etc/passwd"     None, refused      a second "x.txt"        x~2.txt

Nothing is ever written under these names; they are what people and exports call a source.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace

from regesta.model import Source

__all__ = ["Names", "Seen", "clean", "is_hidden", "of_member", "safe"]

_DRIVE = re.compile(r"(?:[A-Za-z]:)?/*")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_MAX_PART = 255
_MAX_NAME = 2000


def clean(name: str) -> str | None:
    r"""Return a member's path below its container, in NFC; None where it leads out of it, or names nothing.

    >>> clean("./docs\\b.txt"), clean("C:\\x.txt"), clean("a/../../x")
    ('docs/b.txt', 'x.txt', None)
    """
    path = name.replace("\\", "/")
    parts = [part for part in path[_drive_end(path) :].split("/") if part not in ("", ".")]
    if ".." in parts or not parts or len(path) > _MAX_NAME:
        return None
    return "/".join(safe(part) for part in parts)


def _drive_end(path: str) -> int:
    found = _DRIVE.match(path)
    return found.end() if found else 0


def safe(part: str) -> str:
    r"""Return a name without what cannot be seen, at most 255 code points long, its ending kept.

    >>> safe("a\x00b\u202etxt.exe")
    'a�b�txt.exe'
    """
    shown = unicodedata.normalize("NFC", _UNSEEN.sub("\ufffd", part))
    if len(shown) > _MAX_PART:
        stem, dot, suffix = shown.rpartition(".")
        tail = dot + suffix if stem and len(suffix) < 20 else ""
        shown = shown[: _MAX_PART - len(tail)] + tail
    return shown


def is_hidden(path: str) -> bool:
    """Return whether a member is a hidden file, or one that a system keeps for itself.

    >>> is_hidden("docs/.git/config"), is_hidden("__MACOSX/a.txt"), is_hidden("a.txt")
    (True, True, False)
    """
    return any(
        part.startswith(".") or part in ("__MACOSX", "Thumbs.db", "desktop.ini") for part in path.split("/")
    )


@dataclass(slots=True)
class Names:
    """Gives every member of one container a name of its own.

    >>> names = Names()
    >>> names.unique("a.txt"), names.unique("a.txt")
    ('a.txt', 'a~2.txt')
    """

    _taken: Counter[str] = field(default_factory=Counter)

    def unique(self, path: str) -> str:
        """Return the path, with `~2` and so on before its ending where it was given before."""
        self._taken[path] += 1
        folder, slash, name = path.rpartition("/")
        stem, dot, suffix = name.rpartition(".") if "." in name[1:] else (name, "", "")
        while self._taken[path] > 1:
            another = f"{folder}{slash}{stem}~{self._taken[path]}{dot}{suffix}"
            if another not in self._taken:
                self._taken[another] = 1
                return another
            self._taken[path] += 1
        return path


_FEW = 50_000
"""Names that are remembered whole."""


@dataclass(slots=True)
class Seen:
    """Remembers any number of names in 32 MiB; it may err towards "seen", for one name in 10,000 among millions.

    A Bloom filter with four hashes (B. H. Bloom, 1970); a plain set as long as they are few.

    >>> seen = Seen()
    >>> seen.add("a"), seen.add("a"), seen.add("b")
    (False, True, False)
    """

    _few: set[bytes] = field(default_factory=set, repr=False)
    _bits: bytearray = field(default_factory=bytearray, repr=False)

    def add(self, name: str) -> bool:
        """Return whether the name was there before, and remember it."""
        digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if not self._bits:
            if digest in self._few:
                return True
            self._few.add(digest)
            if len(self._few) > _FEW:
                self._bits = bytearray(1 << 25)
                for known in self._few:
                    self._mark(known)
                self._few.clear()
            return False
        return self._mark(digest)

    def _mark(self, digest: bytes) -> bool:
        was_there = True
        for start in (0, 4, 8, 12):
            at = int.from_bytes(digest[start : start + 4], "big") & ((1 << 28) - 1)
            byte, bit = at >> 3, 1 << (at & 7)
            if not self._bits[byte] & bit:
                was_there = False
                self._bits[byte] |= bit
        return was_there


def of_member(container: Source, path: str) -> Source:
    """Return the source of a member: what is known of the container holds for it, but for title, address and format."""
    return replace(
        container, name=f"{container.name}/{path}", sha256="", format="", title=None, url=None, columns=()
    )
