"""Writing SVG: numbers, escaped text, elements, and the root that every drawing has.

    tag("rect", x=1.04, y=2, class_="bar")   -> <rect x="1" y="2" class="bar"/>

What a source says is only ever text: it is escaped here and nowhere else, and characters that XML forbids become U+FFFD.
Looks are classes, so that a Content-Security-Policy needs to allow no inline style; there are no ids, so that any number of
drawings stand on one page. Not here: colours and sizes of letters, which are `drawing.css`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final

from regesta.errors import RegestaError

__all__ = ["Drawing", "hatching", "joined", "letters", "num", "root", "tag", "titled", "told"]

_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SCHEME: Final = re.compile(r"[\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.-]*)\s*:")
_LONGEST: Final = 500
"""Characters of a title or label that are written; a name of a megabyte makes no page of a megabyte."""
_LONGEST_LINK: Final = 2000
_NARROW: Final = 480


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as SVG text; a template writes it as it is."""

    svg: str
    """One `<svg>` element, ASCII markup and UTF-8 text, the same bytes for the same values."""
    width: int
    """Pixels at its natural size."""
    height: int
    omitted: tuple[str, ...] = ()
    """Names of what was given and is not in the picture, in that order: for a list beside it."""

    def __str__(self) -> str:
        return self.svg

    def __html__(self) -> str:
        """Return the markup: what templates that escape on their own ask for."""
        return self.svg


def num(value: float) -> str:
    """Return a coordinate, to a tenth of a pixel.

    >>> num(3), num(2.04), num(-0.04), num(17.26)
    ('3', '2', '0', '17.3')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def letters(text: str) -> str:
    r"""Return text that is safe inside an element or an attribute.

    >>> letters('<b onload="x">\x00')
    '&lt;b onload=&quot;x&quot;&gt;�'
    """
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1] + "…"
    return escape(_FORBIDDEN.sub("\ufffd", text))


def tag(name: str, *inside: str, **attributes: float | str | None) -> str:
    """Return an element; `inside` is markup that is already safe, attributes are escaped, those of None left out.

    `_` in the name of an attribute stands for `-`, a last one for nothing.

    >>> tag("text", letters("a & b"), x=10, text_anchor="end", class_="label")
    '<text x="10" text-anchor="end" class="label">a &amp; b</text>'
    """
    parts = [name]
    for key, value in attributes.items():
        if value is None:
            continue
        told = letters(value) if isinstance(value, str) and key != "d" else value
        parts.append(f'{key.rstrip("_").replace("_", "-")}="{told if isinstance(told, str) else num(told)}"')
    opening = " ".join(parts)
    if not inside:
        return f"<{opening}/>"
    return f"<{opening}>{''.join(inside)}</{name}>"


def titled(text: str) -> str:
    """Return the element that tells what its parent is, shown on pointing, nothing for no text."""
    return f"<title>{letters(text)}</title>" if text else ""


def told(markup: str, title: str, link: str | None = None, class_: str = "") -> str:
    """Return markup with a title and a class: as a link, or as a group where the address is none of a page.

    >>> told("<path/>", "a & b", "sources/a?b=1&c=2", "bar")
    '<a class="bar" href="sources/a?b=1&amp;c=2"><title>a &amp; b</title><path/></a>'
    >>> told("<path/>", "", "javascript:alert(1)", "bar")
    '<g class="bar"><path/></g>'
    """
    kind = f' class="{class_}"' if class_ else ""
    if link and len(link) <= _LONGEST_LINK:
        scheme = _SCHEME.match(link)
        if scheme is None or scheme[1].lower() in {"http", "https"}:
            address = escape(_FORBIDDEN.sub("", link))
            return f'<a{kind} href="{address}">{titled(title)}{markup}</a>'
    return f"<g{kind}>{titled(title)}{markup}</g>" if title or kind else markup


def joined(points: Iterable[tuple[float, float]], *, is_closed: bool = False) -> str:
    """Return the commands of a path through points.

    >>> joined([(0, 0), (10, 0), (10, 5.25)], is_closed=True)
    'M0 0L10 0L10 5.2Z'
    """
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points) + ("Z" if is_closed else "")


def hatching(x: float, y: float, width: float, height: float, step: float = 5) -> str:
    """Return the commands of a path of slanting lines that fill a rectangle, at most sixty of them.

    Lines and no pattern: a pattern needs an id, and shows nothing where the drawing that defines it is hidden.

    >>> hatching(0, 0, 10, 5)
    'M0 5L5 0M5 5L10 0'
    """
    step = max(step, (width + height) / 60)
    lines = []
    offset = step
    while offset < width + height:
        x1, y1 = max(0.0, offset - height), min(height, offset)
        x2, y2 = min(width, offset), max(0.0, offset - width)
        if x2 - x1 > 0.4:
            lines.append(f"M{num(x + x1)} {num(y + y1)}L{num(x + x2)} {num(y + y2)}")
        offset += step
    return "".join(lines)


def root(
    inside: Iterable[str],
    *,
    width: float,
    height: float,
    kind: str,
    title: str,
    desc: str = "",
    omitted: Iterable[str] = (),
) -> Drawing:
    """Return a whole drawing around its parts.

    It is one image to a screen reader, with `title` as its name; a group where it has links, since an image has no parts.
    `class` holds `drawing`, the kind, and `narrow` or `wide`, so that a page can keep one of each and show what fits.
    """
    if not title.strip():
        raise RegestaError("a drawing has no title", hint="say in a few words what it shows")
    body = "".join(inside)
    size = f"{round(width)} {round(height)}"
    role = "group" if "<a " in body else "img"
    shape = "narrow" if width < _NARROW else "wide"
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing {kind} {shape}" viewBox="0 0 {size}" '
        f'width="{round(width)}" height="{round(height)}" role="{role}" aria-label="{letters(title)}">'
        f"{titled(title)}{f'<desc>{letters(desc)}</desc>' if desc else ''}{body}</svg>"
    )
    return Drawing(text, round(width), round(height), tuple(omitted))
