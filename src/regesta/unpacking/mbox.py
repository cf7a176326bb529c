"""Mailboxes in one file (mbox): one member per mail, `box.mbox/00001.eml`.

A mail begins at a line `From sender date` after an empty line (RFC 4155); `>From ` within it loses its mark, as mboxrd has it.
The mails are not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from regesta.errors import ReadError
from regesta.model import Rejection, Source
from regesta.unpacking import limits
from regesta.unpacking.naming import of_member
from regesta.unpacking.protocol import Member, rejection

__all__ = ["members"]

_BEGIN = re.compile(rb"From [^\n]{0,400}\d\d:\d\d|From \S{1,300}\r?$")
_ESCAPED = re.compile(rb">+From ")
_MAX_LINE = 1 << 16


def members(file: BinaryIO, source: Source) -> Iterator[Member | Rejection]:
    """Yield the mails of a mailbox."""
    lines: list[bytes] = []
    number = size = 0
    is_line_start = after_empty = True
    while line := file.readline(_MAX_LINE):
        if is_line_start and after_empty and line.startswith(b"From ") and _BEGIN.match(line.rstrip(b"\n")):
            if number:
                yield _mail(source, number, lines, size)
            number += 1
            lines, size = [], 0
        elif not number:
            if line.strip():
                raise ReadError(
                    "this is no mailbox",
                    where=source.name,
                    found=line[:40],
                    hint="it begins with a line From",
                )
        else:
            if is_line_start and _ESCAPED.match(line):
                line = line[1:]
            size += len(line)
            if size <= limits.MAX_MEMBER_SIZE:
                lines.append(line)
        after_empty = is_line_start and not line.strip()
        is_line_start = line.endswith(b"\n")
    if number:
        yield _mail(source, number, lines, size)


def _mail(source: Source, number: int, lines: list[bytes], size: int) -> Member | Rejection:
    inner = replace(of_member(source, f"{number:05}.eml"), format="mail")
    if size > limits.MAX_MEMBER_SIZE:
        return rejection(inner.name, "U003", "Left out: the mail is larger than any.")
    return Member(inner, b"".join(lines))
