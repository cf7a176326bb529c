"""Words for what people open, found and run for a living, beside the facilities and organisations of the lexicon."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regesta.extraction.scene import Scene

__all__ = ["ADJECTIVES", "BUSINESS", "is_adjective"]

ADJECTIVES = frozenset(
    "major minor principal general private chief head juvenile model star key host".split()
)
"""Roles and ranks that are adjectives too."""
_AFTER_ROLES = frozenset(
    "of in at for to from and or but who whose that which with by on under as when where while until after before during since "
    "was is were are has had".split()
)
_VERBAL = ("ed", "ing", "ly")


def is_adjective(scene: Scene, last: int) -> bool:
    """Return whether a word for a role describes the noun behind it here: "the major cause", "principal roles"."""
    tokens = scene.tokens
    if tokens.lowers[last] not in ADJECTIVES or tokens.capital[last] or last + 1 >= len(tokens):
        return False
    after = tokens[last + 1]
    return (
        scene.text[tokens.ends[last] : after.start] == " "
        and not after.is_capital
        and after.lower not in _AFTER_ROLES
        and not after.lower.endswith(_VERBAL)
    )


BUSINESS = frozenset(
    (
        "business company firm chain restaurant shop store café cafe bakery bar hotel clinic practice "
        "studio gallery school academy workshop farm agency newspaper magazine journal website channel "
        "station foundation charity association organisation organization movement party committee club "
        "team orchestra theatre theater troupe centre center museum church temple publisher bookshop "
        "factory laboratory institute network group project salon kiosk garage stall"
    ).split()
)
"""Nouns that make "opened a ..." an occupation."""
