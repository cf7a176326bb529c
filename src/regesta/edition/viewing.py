"""What may be seen of a chronicle, for all of its documents: what `cutting` and `painting` ask.

Nothing here looks into a text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regesta.edition.scanning import Patterns
    from regesta.edition.secrets import Told
    from regesta.protection import Exposure, Verdict
    from regesta.protection.parts import Parts

__all__ = ["View"]


@dataclass(frozen=True, slots=True)
class View:
    """What may be seen of a chronicle, for all of its documents."""

    exposures: Mapping[str, Exposure]
    verdicts: Mapping[str, Verdict]
    kind_of: Mapping[str, str]
    """Entity -> its kind."""
    withheld: Mapping[str, Told]
    """Claim -> what it said, of those that are withheld or made coarser."""
    patterns: Patterns
    cited: frozenset[str] = frozenset()
    """Citations whose marks stand behind passages of released claims."""
    crowds: frozenset[str] = frozenset()
    """Groups of so many people that a description of them singles nobody out."""
    parts: Parts | None = None
    """Of hidden names, which are cut where they stand alone."""

    def is_hidden(self, entity: str) -> bool:
        """Return whether an entity is a person or a group that is not shown by name."""
        if self.kind_of.get(entity) not in ("person", "group"):
            return False
        exposure = self.exposures.get(entity)
        return exposure is None or exposure.shown != "name"
