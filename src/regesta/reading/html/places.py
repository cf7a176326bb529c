"""Where an element stands in the page: its line, and an XPath that finds it.

    /html/body/div[2]/p[3]     the names of the elements that hold it, numbered among siblings of one name
    (//*)[20418]               the 20418th element of the page, where the path would be longer than 400 characters

Both find the element in any tree that an HTML parser of the same kind makes of the raw bytes. Paths are made for all
children of a parent at once, so that a table of many rows costs no more a row than a short one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from regesta.model import Place
from regesta.reading.html.dom import Element
from regesta.reading.laying.making import form_place

__all__ = ["Places"]

_LONGEST = 400
_NOWHERE = Place()


class Places:
    """Finds the place of each element of one page.

    >>> from lxml import etree
    >>> root = etree.HTML("<p>a</p><p>b</p>")
    >>> places = Places({element: n for n, element in enumerate(root.iter())})
    >>> [place.xpath for place in places.of([root[0][1], root[0], None])]
    ['/html/body/p[2]', '/html/body', None]
    """

    def __init__(self, index: dict[Element, int]) -> None:
        self._index = index
        self._paths: dict[Element, str] = {}

    def of(self, origins: Iterable[Any]) -> list[Place]:
        """Return the place of each element; nowhere for what stands in none."""
        path, known = self._path, self._paths.get
        return [
            _NOWHERE if origin is None else form_place(origin.sourceline, known(origin) or path(origin))
            for origin in origins
        ]

    def _path(self, element: Element) -> str:
        paths = self._paths
        above: list[Element] = []
        here: Element | None = element
        while here is not None and here not in paths:
            parent = here.getparent()
            if parent is None:
                paths[here] = f"/{here.tag}"
            else:
                above.append(parent)
            here = parent
        for parent in reversed(above):
            self._name_children(parent)
        return paths[element]

    def _name_children(self, parent: Element) -> None:
        paths, children = self._paths, list(parent)
        tags = cast("list[str]", [child.tag for child in children])
        stem = paths[parent]
        if len(stem) > _LONGEST - 20 or stem[0] == "(":
            for child in children:
                paths[child] = f"(//*)[{self._index[child] + 1}]"
            return
        if len(children) == 1:
            paths[children[0]] = f"{stem}/{tags[0]}"
            return
        if len(children) == tags.count(tags[0]):
            tag = tags[0]
            for number, child in enumerate(children, 1):
                paths[child] = f"{stem}/{tag}[{number}]"
            return
        is_repeated: dict[str, bool] = {}
        for tag in tags:
            is_repeated[tag] = tag in is_repeated
        numbers: dict[str, int] = {}
        for child, tag in zip(children, tags, strict=True):
            if is_repeated[tag]:
                number = numbers[tag] = numbers.get(tag, 0) + 1
                paths[child] = f"{stem}/{tag}[{number}]"
            else:
                paths[child] = f"{stem}/{tag}"
