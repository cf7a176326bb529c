"""Which part of an OOXML package leads to which, and to what outside.

word/_rels/document.xml.rels    rId7  …/relationships/footnotes  footnotes.xml        ──► "word/footnotes.xml"
                                rId9  …/relationships/hyperlink  https://a.example    ──► an address, never fetched
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from regesta.errors import ReadError
from regesta.reading.office.markup import parse
from regesta.reading.office.package import Package

__all__ = ["Relationships"]


@dataclass(frozen=True, slots=True)
class Relationships:
    """What one part leads to; the package itself is the part with the empty name."""

    by_id: dict[str, tuple[str, str, bool]]
    """Id -> kind (the last step of its type), target (a part's name or an address), whether it is outside."""

    @classmethod
    def of(cls, package: Package, part: str) -> Relationships:
        """Return the relationships of a part; none where their part is missing or broken."""
        folder, name = posixpath.split(part)
        try:
            root, _ = parse(package.chunks(posixpath.join(folder, "_rels", f"{name}.rels")), package.where)
        except ReadError:
            root = None
        found: dict[str, tuple[str, str, bool]] = {}
        for element in root if root is not None else ():
            target = element.get("Target") or ""
            is_outside = element.get("TargetMode") == "External"
            kind = (element.get("Type") or "").rpartition("/")[2]
            found[element.get("Id") or f"#{len(found)}"] = (
                kind, target if is_outside else package.resolve(part, target), is_outside,
            )  # fmt: skip
        return cls(found)

    def all_of_kind(self, kind: str) -> Iterator[str]:
        """Yield the parts of that kind, each once."""
        yield from dict.fromkeys(
            t for k, t, is_outside in self.by_id.values() if k == kind and not is_outside
        )

    def by_kind(self, kind: str) -> str | None:
        """Return the first part of that kind."""
        return next(self.all_of_kind(kind), None)

    def part(self, name: str) -> str | None:
        """Return the part that an id leads to."""
        found = self.by_id.get(name)
        return found[1] if found and not found[2] else None

    def address(self, name: str) -> str | None:
        """Return the address outside that an id leads to, if it is one of the web."""
        found = self.by_id.get(name)
        return found[1] if found and found[2] and found[1].startswith(("http://", "https://")) else None
