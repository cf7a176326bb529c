"""The few words that drawings themselves say; a page hands over those of its language.

Numbers and dates are written the same in every language (thousands apart by commas, ISO 8601). Not here: names, titles and
descriptions, which come with the values.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words and patterns; `{count}` and the like are filled in.

    >>> Words(gap="자료 없음").gap
    '자료 없음'
    """

    gap: str = "no figure"
    """Of a period inside a series for which there is none."""
    total: str = "stated total"
    others: str = "{count} dates from {first} to {last}"
    """Of a bin of events."""
    unsure: str = "of these {count} perhaps later"
    """Of events of a bin whose date reaches beyond it."""
    earlier: str = "{count} earlier"
    later: str = "{count} later"
    people: str = "{count} people"
    kilometres: str = "km"
