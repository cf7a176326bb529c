r"""Regular expressions that are compiled when they are first used.

    _DIED = lazy(r"\b(?:died|drowned) in\b")     costs nothing until a rule asks _DIED.search(...)

Some rooms hold hundreds of patterns, of which a short document needs a few and most commands none; compiling them all would be
the greater part of the time it takes to start. What is made here is used like a compiled pattern; it is not an `re.Pattern`
for `isinstance`, and a mistake in it shows when it is first used.
"""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["lazy"]

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "groupindex", "groups")


class _Lazy:
    """A pattern that takes over the methods of the compiled one when one of them is first asked for."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(source: str, flags: int = 0) -> re.Pattern[str]:
    r"""Return what `re.compile` would, compiled when it is first used.

    >>> years = lazy(r"\b\d{4}\b")
    >>> years.findall("1953 and 1997"), years.pattern
    (['1953', '1997'], '\\b\\d{4}\\b')
    """
    return cast("re.Pattern[str]", _Lazy(source, flags))
