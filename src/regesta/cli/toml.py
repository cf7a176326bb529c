"""The little TOML that the commands write: strings, and one table a source."""

from __future__ import annotations

import json
from collections.abc import Mapping

__all__ = ["quoted", "table"]


def quoted(text: str) -> str:
    r"""Return a basic string of TOML, whose escapes are those of JSON and DEL besides.

    >>> print(quoted('say "a"'))
    "say \"a\""
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def table(name: str, entries: Mapping[str, str | None]) -> str:
    """Return a table of the entries that are there.

    >>> print(table("a.html", {"title": "A", "url": None}), end="")
    ["a.html"]
    title = "A"
    """
    lines = [f"{key} = {quoted(value)}" for key, value in entries.items() if value]
    return "\n".join([f"[{quoted(name)}]", *lines]) + "\n"
