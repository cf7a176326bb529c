"""Who shares words with whom: passages, what differs in them, and which texts are one family."""

from __future__ import annotations

from regesta.sharing.again import Surveyed, read_surveyed, survey_again
from regesta.sharing.collation import Variant, variants
from regesta.sharing.families import families
from regesta.sharing.origins import Named, Origin, origins
from regesta.sharing.passages import Passage, Shared, Survey, shared_passages, survey

__all__ = [
    "Named",
    "Origin",
    "Passage",
    "Shared",
    "Survey",
    "Surveyed",
    "Variant",
    "families",
    "origins",
    "read_surveyed",
    "shared_passages",
    "survey",
    "survey_again",
    "variants",
]
