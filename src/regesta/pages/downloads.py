"""Files that pages offer: figures as CSV, drawings as SVG and PNG, each under an address of its own.

    /statistics/s-686b69bcd18201bb.csv

A `Download` is to a file what a `Page` is to a page: where it stands and what makes its bytes. PNG is there where the extra
`png` is installed. Nothing here knows a server.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from regesta.drawing import Drawing, png, standalone
from regesta.pages.page import Asked
from regesta.shelf import Shelf

__all__ = ["Download", "as_csv", "as_png", "as_svg", "has_png"]


@dataclass(frozen=True, slots=True)
class Download:
    """A kind of file."""

    section: str
    """The first part of its address."""
    suffix: str
    """What its name ends with, without the dot."""
    media_type: str
    make: Callable[[Shelf, Asked], bytes | None]
    """Makes the file of `asked.key`; None where there is no such thing."""

    @property
    def is_there(self) -> bool:
        """Whether it can be made here."""
        return self.suffix != "png" or has_png()


def has_png() -> bool:
    """Return whether drawings can be made PNG: whether the extra `png` is installed."""
    return find_spec("resvg_py") is not None


def as_csv(names: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    r"""Return a table as CSV (RFC 4180, UTF-8), its values as they are: a sheet that takes `=...` for a formula should import text.

    >>> as_csv(["a", "b"], [(1, None), ("x, y", 2.5)])
    b'a,b\r\n1,\r\n"x, y",2.5\r\n'
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(names)
    writer.writerows(rows)
    return file.getvalue().encode("utf-8", "replace")


def as_svg(drawing: Drawing) -> bytes:
    """Return a drawing as a file of its own."""
    return standalone(drawing).encode("utf-8", "replace")


def as_png(drawing: Drawing) -> bytes:
    """Return a drawing as PNG; raises `EngineError` where that cannot be."""
    return png(drawing)
