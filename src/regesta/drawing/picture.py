"""A drawing as a file of its own: SVG that carries its looks, and PNG.

    (folder / "arrivals.svg").write_text(standalone(drawing))       png(drawing, zoom=2) -> bytes

The stylesheet goes into the file with its properties already filled in, light or dark, since programs that draw SVG know no
`var()`. PNG needs the extra `png` (resvg-py) and takes the fonts of the machine: where none has Hangul, Hangul is empty boxes.
Not here: what a page shows; there the stylesheet is linked once.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from regesta.drawing.svg import Drawing
from regesta.errors import EngineError

__all__ = ["STYLESHEET", "png", "standalone", "style"]

STYLESHEET: Final = Path(__file__).parent / "drawing.css"
"""The looks of all drawings; a page links it."""

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_PROPERTY: Final = re.compile(r"(--drawing-[\w-]+):\s*([^;]+);")
_USE: Final = re.compile(r"var\((--drawing-[\w-]+)\)")
_MOST: Final = 40_000_000
"""Pixels of a PNG."""


@cache
def style(*, is_dark: bool = False) -> str:
    """Return the rules of the stylesheet for a screen, every property filled in.

    >>> "var(" in style(), "@media" in style(), "#1f1c18" in style(), "#ece5d8" in style(is_dark=True)
    (False, False, True, True)
    """
    text = _COMMENT.sub("", STYLESHEET.read_text("utf-8"))
    blocks = _blocks(text)
    plain = "".join(rule for rule in blocks if not rule.startswith("@"))
    values = dict(_PROPERTY.findall(blocks[0]))
    if is_dark:
        values |= dict(_PROPERTY.findall(next(rule for rule in blocks if "color-scheme: dark" in rule)))
    rules = _PROPERTY.sub("", plain)
    return re.sub(r"\s+", " ", _USE.sub(lambda use: values[use[1]], rules)).strip()


def _blocks(text: str) -> list[str]:
    """Return the rules of the top level, each with its braces."""
    found, depth, start = [], 0, 0
    for n, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if char == "}" and depth == 0:
            found.append(text[start : n + 1].strip())
            start = n + 1
    return found


def standalone(drawing: Drawing, *, is_dark: bool = False) -> str:
    """Return a drawing as an SVG file: its looks are inside, its ground is paper.

    >>> from regesta.drawing import span
    >>> text = standalone(span("1997", first="1990", last="1999", title="1997"))
    >>> text.startswith("<?xml"), text.count("<style>")
    (True, 1)
    """
    head, _, body = drawing.svg.partition(">")
    ground = f'<path class="paper" d="M0 0h{drawing.width}v{drawing.height}H0z"/>'
    title, end, rest = body.partition("</title>")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}>{title}{end}'
        f"<style>{style(is_dark=is_dark)}</style>{ground}{rest}\n"
    )


def png(drawing: Drawing, *, zoom: float = 2, is_dark: bool = False) -> bytes:
    """Return a drawing as PNG, `zoom` pixels for each of its own.

    Raises `EngineError` where resvg-py is not installed, where the picture would have more than 40 million pixels, and where it
    cannot be drawn.
    """
    if not 0 < zoom * zoom * drawing.width * drawing.height <= _MOST:
        raise EngineError("the picture is too large", found=zoom, hint="ask for a smaller zoom")
    try:
        import resvg_py
    except ImportError as error:
        raise EngineError(
            "PNG needs a package that is not installed", found="resvg_py", hint="pip install 'regesta[png]'"
        ) from error
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=standalone(drawing, is_dark=is_dark), zoom=zoom))
    except ValueError as error:
        raise EngineError("the drawing cannot be made a PNG", found=str(error)) from error
