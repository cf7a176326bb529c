"""Lines `key: value` in which a file says what it is, into the fields of its `Source`.

    ---                                    # source: https://stat.example/arrivals
    title: Arrivals by sea                 # licence: CC BY 4.0
    date: 2019-03-02                       (at the head of a CSV file)
    ---    (at the head of a Markdown file)

What the caller stated stays. This is no YAML parser: nested values are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from regesta.model import Source

__all__ = ["fill", "stated"]

_LINE = re.compile(r"[#%;\s]{0,9}([A-Za-z][\w .-]{0,30}?)\s{0,9}[:=]\s{0,9}(\S.{0,2000})")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=$|[T\s])")
_FIELDS = {
    "title": "title", "name": "title",
    "url": "url", "source": "url", "link": "url", "canonical": "url", "permalink": "url", "source_url": "url",
    "licence": "licence", "license": "licence", "rights": "licence",
    "date": "date", "published": "date", "updated": "date", "modified": "date", "lastmod": "date",
    "retrieved": "retrieved", "accessed": "retrieved",
    "language": "language", "lang": "language",
}  # fmt: skip


def stated(lines: Iterable[str]) -> dict[str, str]:
    """Return what the lines state, under the names of the fields of `Source`; the first statement of a field wins.

    >>> stated(["title: 'By sea'", "tags: [a, b]", "date: 2019-03-02T10:00"])
    {'title': 'By sea', 'date': '2019-03-02'}
    """
    found: dict[str, str] = {}
    for line in lines:
        match = _LINE.match(line)
        if match is None:
            continue
        key = _FIELDS.get(match[1].strip().lower().replace(" ", "_"))
        value = match[2].strip().strip("\"'").strip()
        if key is None or key in found or not value:
            continue
        if key in {"date", "retrieved"}:
            date = _DATE.match(value)
            if date is None:
                continue
            value = date[0]
        if key == "url" and not value.startswith(("http://", "https://")):
            continue
        found[key] = value
    return found


def fill(source: Source, said: dict[str, str]) -> Source:
    """Return the source with the fields that it leaves open filled from `said`."""
    return replace(source, **{key: value for key, value in said.items() if getattr(source, key) is None})  # type: ignore[arg-type]
