"""How often a rule is right, as the corpus has it: `confidence.toml`, which `tests/corpus/precision.py` writes.

    confidence_of("arrivals")     0.96
    confidence_of("own words")    None: nobody measured it

The share of what was judged on documents of our own; sources that are unlike them may fare worse. Nothing here measures.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["confidence_of"]


def confidence_of(method: str) -> float | None:
    """Return the measured precision of a rule in [0, 1], None where it was judged too seldom.

    >>> confidence_of("no such rule") is None
    True
    """
    return _measured().get(method)


@cache
def _measured() -> dict[str, float]:
    text = files("regesta.extraction").joinpath("confidence.toml").read_text("utf-8")
    rules = tomllib.loads(text)["rules"]
    return {method: round(count["right"] / count["judged"], 2) for method, count in rules.items()}
