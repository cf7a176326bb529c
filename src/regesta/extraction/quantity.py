"""The value that `find_quantities` returns: a number, what it measures, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from regesta.model import QuantityValue
from regesta.text.span import Span

__all__ = ["Bound", "Kind", "Quantity"]

Kind = Literal[
    "money",
    "time",
    "measure",
    "count",
    "ordinal",
    "percent",
    "multiple",  # double, twice, two-thirds: a number that relates to another
    "rate",  # of anything but money: 200 people per month
    "bare",  # a number without a noun
    "code",  # digits or a number word that count nothing: MiG-15, Article 3
]
Bound = Literal["min", "max", "about"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number and what it measures, with its place."""

    span: Span
    """The whole expression: bound, number, unit or noun, rate."""
    number_span: Span
    """The number alone, both ends of a range included."""
    kind: Kind
    number: float | None = None
    """None of a range, and where the words give none ("several")."""
    low: float | None = None
    high: float | None = None
    unit: str = ""
    """As in `QuantityValue`; empty for a bare number or a code; `share` of fractions, `time` of "twice"."""
    noun: str = ""
    """The counted noun phrase as worded; empty where there is none."""
    noun_span: Span | None = None
    approximate: bool = False
    bound: Bound | None = None
    per: str | None = None
    """What a sum is for each of: `person` of "₩36 million per person"."""
    is_adjective: bool = False
    """Stands before its noun: "31-person", "three-month"."""
    is_age: bool = False
    is_weak: bool = False
    """Counts nothing, or may not; `reason` says why."""
    reason: str = ""

    def as_value(self) -> QuantityValue:
        """Return the value that a claim holds."""
        return QuantityValue(
            number=self.number, unit=self.unit, low=self.low, high=self.high, approximate=self.approximate
        )
