"""Whether somebody is called the elder or the younger of two of one name: Jr., Sr., III, "the elder", "ml.", "père".

    generation("Orlando Quintana", ", Jr., a student")   -> younger
    generation("Isaac Delacroix", " the elder, weaver")  -> elder

The words stand in `generations.toml`, each as it is written behind a name. What a name says of nobody's age is not looked at.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

__all__ = ["LONGEST", "generation"]

_FILE: Final = Path(__file__).with_name("generations.toml")
LONGEST: Final = 24
"""Code points behind a name that are looked at."""


@cache
def _marks() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Return what finds a mark at the end of a name, what finds one behind it, and the generation of each mark."""
    with _FILE.open("rb") as file:
        words: dict[str, list[str]] = tomllib.load(file)
    of = {word: generation for generation, listed in words.items() for word in listed}
    found = "|".join(re.escape(word) for word in sorted(of, key=len, reverse=True))
    return (
        re.compile(
            rf"\w[\s,]+[\w.'’-]+[\s,]+\(?({found})[.)]*$", re.IGNORECASE
        ),  # a given name, a surname, a mark
        re.compile(rf"[\s,(]{{1,3}}({found})(?!\w|\.\w| (?:de|of|du|von|di)\b)", re.IGNORECASE),
        of,
    )


def generation(name: str, behind: str) -> str:
    """Return `elder`, `younger` or a Roman numeral where a name, or the words right behind it, say so; else nothing.

    >>> generation("Matthew Okonjo III", ""), generation("Jan Kos", " (ml.)"), generation("Jan Kos", " and the younger men")
    ('iii', 'younger', '')
    """
    within, after, of = _marks()
    told = within.search(name[-80:]) or (after.match(behind[:LONGEST]) if " " in name else None)
    return "" if told is None else of[told[1].lower()]
