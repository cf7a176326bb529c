"""Words for what people open, found and run for a living, beside the facilities and organisations of the lexicon."""

from __future__ import annotations

__all__ = ["BUSINESS"]

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
