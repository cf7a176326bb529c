"""Which sources of a build share words, and which of them are one witness: compared here, or by a process of its own."""

from __future__ import annotations

from regesta.kinship.comparing import Compared, Comparing
from regesta.kinship.texts import Kinship, Texts

__all__ = ["Compared", "Comparing", "Kinship", "Texts"]
