"""A file that was cut off, or lost its table of contents, made openable again: its pages listed anew at its end.

    ... 7 0 obj << /Type /Page ... >>  9 0 obj << /Type /Page ... >>  (cut)
    + 100001 0 obj << /Type /Pages /Kids [7 0 R 9 0 R] >>  + a catalogue and a trailer that name it

The library finds objects by itself, but not which of them are pages. What the lost list said of all pages together (fonts, a size)
is lost. Pages within compressed objects are not found.
"""

from __future__ import annotations

import re

__all__ = ["mended"]

_MAX_PAGES = 5000
_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,7}) ([0-9]{1,5}) obj\b")
_PAGE = re.compile(rb"/Type\s{0,9}/Page(?![A-Za-z])")
_REACH = 4000  # bytes of an object in which its type is sought


def mended(data: bytes) -> bytes | None:
    """Return the file with a new list of its pages, None where it is no PDF or none is found.

    >>> mended(b"not a PDF") is None
    True
    """
    if b"%PDF-" not in data[:1024] or b"/Encrypt" in data:
        return None
    pages: dict[bytes, bytes] = {}
    objects = list(_OBJECT.finditer(data))
    for number, match in enumerate(objects):
        end = objects[number + 1].start() if number + 1 < len(objects) else len(data)
        if _PAGE.search(data, match.end(), min(end, match.end() + _REACH)):
            pages[match[1]] = match[1] + b" " + match[2] + b" R"
    if not pages:
        return None
    kids = list(pages.values())[:_MAX_PAGES]
    first = max(int(match[1]) for match in objects) + 1
    return b"".join(
        (
            data,
            b"\nendstream\nendobj\n%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n"
            % (first, first + 1),
            b"%d 0 obj\n<< /Type /Pages /Count %d /Kids [%b]" % (first + 1, len(kids), b" ".join(kids)),
            b" /MediaBox [0 0 612 792] >>\nendobj\n",
            b"trailer\n<< /Root %d 0 R /Size %d >>\nstartxref\n0\n%%%%EOF\n" % (first, first + 2),
        )
    )
