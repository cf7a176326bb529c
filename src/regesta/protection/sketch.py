"""What is known of one person or group, gathered: what `classes` judges and `counts` counts.

    Sketch   arrivals, births, ages, roles, kin ...     of its claims
             Hint ...                                   words that speak for a class, and where they stand

Nothing here reads or judges.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regesta.chronicle.rows import EntityRow

__all__ = ["Age", "Hint", "Sketch"]


@dataclass(frozen=True, slots=True)
class Hint:
    """Words that speak for a class, and where they stand."""

    kind: str
    words: str
    claim: str
    """`ClaimRow.id`, empty where it is the text around a name."""
    when: str | None = None
    is_lasting: bool = False


@dataclass(frozen=True, slots=True)
class Age:
    """How old somebody was."""

    years: float
    when: str | None
    has_event: bool
    """It is an age at something that happened, on a day that may not be known."""
    source: str


@dataclass(slots=True)
class Sketch:
    """What is known of one person or group."""

    row: EntityRow
    size: int = 1
    arrivals: list[tuple[str, str | None]] = field(default_factory=list)
    """Date and place as worded, asserted or reported."""
    births: list[str] = field(default_factory=list)
    ages: list[Age] = field(default_factory=list)
    deaths: list[str] = field(default_factory=list)
    """Ids of claims."""
    roles: list[tuple[str, str]] = field(default_factory=list)
    """Words and claim."""
    n_lent: int = 0
    """Arrivals among these that are told of somebody else, in whose passage it is only named."""
    departures: list[str] = field(default_factory=list)
    prisons: list[str] = field(default_factory=list)
    """Ids of claims."""
    later: list[str] = field(default_factory=list)
    """Claims that tell of a life afterwards: a role, a work, a status."""
    kin: list[str] = field(default_factory=list)
    """Claims in which it is somebody's relative, or has one that is an entity."""
    company: list[str] = field(default_factory=list)
    """Who it is a relative or a companion of, as worded."""
    public: list[Hint] = field(default_factory=list)
    disclosed: list[Hint] = field(default_factory=list)
    risks: list[Hint] = field(default_factory=list)
    called_child: list[str] = field(default_factory=list)
    young: list[str] = field(default_factory=list)
    """Ages below eighteen right beside a name, in a sentence without a year: the age when the source spoke."""
    sources: set[str] = field(default_factory=set)
    mentioned: set[str] = field(default_factory=set)
    """The names by which texts call it."""
    n_male: int = 0
    n_female: int = 0
    n_claims: int = 0

    @property
    def other_names(self) -> tuple[str, ...]:
        """The aliases of the entity, then what else texts call it by name."""
        more = sorted(self.mentioned.difference(self.row.aliases, (self.row.label,)))
        return (*self.row.aliases, *more)

    @property
    def sex(self) -> str:
        """Return `male`, `female`, or nothing where nobody says."""
        if self.n_male == self.n_female:
            return ""
        return "male" if self.n_male > self.n_female else "female"
