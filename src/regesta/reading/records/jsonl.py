"""JSON Lines: one record a line, laid out as the records of a JSON file are; a broken line is said and the next is read."""

from __future__ import annotations

import json
import re

from regesta.model import Document, Source
from regesta.reading.records.json import lay_out
from regesta.reading.records.json_values import line_items

__all__ = ["read", "sniff"]

_LINES = re.compile(rb'(?:\xef\xbb\xbf)?(\{\s{0,9}"[^\n]+\})[ \t\r]{0,9}\n\s{0,9}\{\s{0,9}"')


def sniff(data: bytes) -> bool:
    r"""Return whether the first line is a whole object and another follows.

    >>> sniff(b'{"a": 1}\n{"a": 2}\n'), sniff(b'{"a":\n1}')
    (True, False)
    """
    found = _LINES.match(data)
    if found is None:
        return False
    try:
        return isinstance(json.loads(found[1]), dict)
    except (ValueError, RecursionError):
        return False


def read(data: bytes, source: Source) -> Document:
    r"""Return the document that the records hold; places have the line, and the pointer within it.

    >>> document = read(b'{"name": "Kim", "year": 1997}\n{"name": "Lee", "year": 1998}\n', Source(name="a.jsonl"))
    >>> document.tables[0].rows[2], document.blocks[-1].place.line, document.blocks[-1].place.pointer
    (('Lee', '1998'), 2, '/year')
    """
    return lay_out(data, source, line_items, "jsonl")
