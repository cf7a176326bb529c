"""Editions: a new chronicle that never contained what is withheld, and the check that nothing of it leaked.

    chronicle + plan ──make──► edition.duckdb ──► pages, exports, a site
                                    └──check──► leaks: rule and count, never the value

The doors are `make` and `check`; a reader of chronicles reads an edition, and `imprint_of` what it says of itself. What may be
shown, `protection` decides. Nothing here publishes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regesta.edition.before import Before, before_of
    from regesta.edition.canaries import plant, read_canaries
    from regesta.edition.checking import Leak, check
    from regesta.edition.imprint import Imprint, imprint_of, is_edition
    from regesta.edition.making import Made, make
    from regesta.edition.naming import Names
    from regesta.edition.watching import Watch, watch_of, watched

__all__ = [
    "Before",
    "Imprint",
    "Leak",
    "Made",
    "Names",
    "Watch",
    "before_of",
    "check",
    "imprint_of",
    "is_edition",
    "make",
    "plant",
    "read_canaries",
    "watch_of",
    "watched",
]

_HOME = {
    "Before": "before",
    "Imprint": "imprint",
    "Leak": "checking",
    "Made": "making",
    "Names": "naming",
    "Watch": "watching",
    "before_of": "before",
    "check": "checking",
    "imprint_of": "imprint",
    "is_edition": "imprint",
    "make": "making",
    "plant": "canaries",
    "read_canaries": "canaries",
    "watch_of": "watching",
    "watched": "watching",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(f"regesta.edition.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
