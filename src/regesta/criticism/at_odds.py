"""F048 in words: two sources that seem to tell of one thing give it other numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from regesta.criticism.view import Said, finding

if TYPE_CHECKING:
    from regesta.model import Finding

__all__ = ["at_odds"]


def at_odds(told: str, said: Sequence[Said], values: Iterable[float], **computed: object) -> Finding:
    """Return the finding about two numbers that passages give; `told` names both with their sources."""
    summary = f"{told}; whether both mean the same is not said."
    return finding("F048", "value-conflict", "info", summary, said, values=sorted(set(values)), **computed)
